package properties

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Test runs the claims about code on s, one subtest a claim, regime and
// level: nll.gradient/tame/required. A REQUIRED claim that is refuted fails
// its subtest; a RECOMMENDED one is logged. Claims about ops that s does not
// offer are skipped aloud. Every subtest carries its result line as the
// attribute "ebmcheck" (testing.T.Attr), from which "ebmcheck report" makes
// the same report as from results.jsonl.
//
// A subject that offers nothing, or an op that there is not, fails at once. Under
// -short a tenth of the random cases run.
func Test(t *testing.T, s op.Subject) {
	t.Helper()
	if err := errors.Join(op.Validate(), s.Validate()); err != nil {
		t.Fatal("properties: ", err)
	}
	checks := Promised
	if testing.Short() {
		checks /= 10
	}
	attribute(t, result.NewHeader(testSeed, checks, s.Info()))
	ops := slices.Clone(op.Ops)
	for _, o := range s.Ops {
		if !slices.Contains(ops, o) {
			ops = append(ops, o)
		}
		for _, advice := range o.Row().Advice {
			t.Logf("%s: %s", o, advice)
		}
	}
	for _, u := range units(obligations(ops)) {
		t.Run(u.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range u.run(s, testSeed, checks) {
				t.Run(r.Claim+"/"+string(r.Level), func(t *testing.T) { report(t, r) })
			}
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
		x := result.Counterexample{}
		if r.Small != nil {
			x = *r.Small
		}
		say := t.Fatalf
		if r.Level == result.Recommended {
			say = t.Logf
		}
		say("%s: %s\n  %s\n  smallest: %s\n  %s: got %s (%s), want %s (%s)\n  allowed %s\n  %s",
			r.Outcome, r.Says, r.Formula, x.Case, x.What, x.Got, x.GotHex, x.Want, x.WantHex, x.Allowance, r.Why)
	}
}
