package properties

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Test runs the claims about code on s, one subtest a claim, regime and
// level: nll.gradient/tame/required. A REQUIRED claim that is refuted fails
// its subtest, at the line that called Test, with a call to be pasted; a RECOMMENDED one
// is logged. The ops that s does not offer are skipped, aloud and at once. Every subtest
// carries its result line as the attribute "ebmcheck" (testing.T.Attr), from which
// "ebmcheck report" makes the same report as from results.jsonl.
//
// A subject that offers nothing, or an op that there is not, fails at once. Under
// -short a tenth of the random cases run.
func Test(t *testing.T, s op.Subject) {
	t.Helper()
	test(t, s, Promised)
}

// test is Test on so many random cases a claim and regime.
func test(t *testing.T, s op.Subject, checks int) {
	t.Helper()
	if err := errors.Join(op.Validate(), s.Validate()); err != nil {
		t.Fatal("properties: ", err)
	}
	if testing.Short() {
		checks /= 10
	}
	attribute(t, result.NewHeader(testSeed, checks, s.Info()))
	ops := slices.Clone(op.Ops)
	for _, o := range s.Ops {
		if !slices.Contains(ops, o) {
			ops = append(ops, o)
		}
	}
	for _, advice := range s.Info().Advice {
		t.Log(advice)
	}
	var missing []string
	for _, u := range units(obligations(ops)) {
		if !s.Offers(u.code.Op) {
			for _, r := range u.run(s, testSeed, checks) {
				attribute(t, r)
			}
			if name := string(u.code.Op); !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
			continue
		}
		t.Run(u.name, func(t *testing.T) {
			t.Helper()
			t.Parallel()
			for _, r := range u.run(s, testSeed, checks) {
				if r.Outcome == result.NotOffered && (u.code.Regime != judge.Tame || r.Level != result.Required) {
					attribute(t, r) // once is enough for a person
					continue
				}
				t.Run(r.Claim+"/"+string(r.Level), func(t *testing.T) {
					t.Helper()
					report(t, r)
				})
			}
		})
	}
	if len(missing) > 0 {
		t.Run("not offered", func(t *testing.T) {
			t.Helper()
			t.Skip(s.Name + " does not offer " + strings.Join(missing, ", "))
		})
	}
}

// testSeed is the seed of the random cases under go test, always the same.
const testSeed = 1

// attribute puts a line of results.jsonl into the events of go test.
func attribute(t *testing.T, line any) {
	b, err := json.Marshal(line)
	if err != nil {
		t.Fatal(err)
	}
	t.Attr("ebmcheck", string(b))
}

// report gives the result to go test.
func report(t *testing.T, r result.Result) {
	t.Helper()
	attribute(t, r)
	switch r.Outcome {
	case result.Passed:
	case result.NotOffered:
		t.Skip(r.Why)
	default:
		say := t.Fatal
		if r.Level == result.Recommended {
			say = t.Log
		}
		say(failure(r))
	}
}
