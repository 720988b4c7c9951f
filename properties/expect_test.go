package properties

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func expectation(t *testing.T, text string) []Expectation {
	t.Helper()
	es, err := ReadExpectations(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return es
}

func failing(claim string, r Regime, outcome, what string) Result {
	return Result{Claim: claim, Regime: string(r), Level: Required, Outcome: outcome, Small: &Counterexample{What: what}}
}

// TestExpect holds expectations to their meaning: only the failure that is
// expected is, and everything else about them is said.
func TestExpect(t *testing.T) {
	today := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, line string
		result     Result
		expected   bool
		stale      string
	}{
		{"fails as expected", "nll.value wide required refuted:value # known", failing("nll.value", Wide, Refuted, "value"), true, ""},
		{"by pattern", "nll.* * required refuted:value # known", failing("nll.value", Wide, Refuted, "value"), true, ""},
		{"not yet lapsed", "nll.value wide required refuted:value # known until 2026-07-01", failing("nll.value", Wide, Refuted, "value"), true, ""},
		{"lapsed", "nll.value wide required refuted:value # known until 2026-06-29", failing("nll.value", Wide, Refuted, "value"), false, "lapsed on 2026-06-29"},
		{"passes", "nll.value wide required refuted:value # known", Result{Claim: "nll.value", Regime: "wide", Level: Required, Outcome: Passed}, false, "passed in wide"},
		{"fails otherwise", "nll.value wide required refuted:value # known", failing("nll.value", Wide, Crashed, ""), false, "failed otherwise in wide: crashed:"},
		{"another part", "nll.gradient wide required refuted:grad[0] # known", failing("nll.gradient", Wide, Refuted, "grad[1]"), false, "refuted:grad[1]"},
		{"another regime", "nll.value tame required refuted:value # known", failing("nll.value", Wide, Refuted, "value"), false, "matches nothing"},
		{"another level", "nll.value wide recommended refuted:value # known", failing("nll.value", Wide, Refuted, "value"), false, "matches nothing"},
		{"not offered", "nll.value wide required refuted:value # known", Result{Claim: "nll.value", Regime: "wide", Level: Required, Outcome: NotOffered}, false, "matches nothing"},
	} {
		results := []Result{test.result}
		stale := strings.Join(Expect(expectation(t, test.line), results, today), "\n")
		if (results[0].Expected != "") != test.expected || (test.stale == "") != (stale == "") || !strings.Contains(stale, test.stale) {
			t.Errorf("%s: expected %q, stale %q; want %v, %q", test.name, results[0].Expected, stale, test.expected, test.stale)
		}
	}
}

// TestExpectErrors holds the reader to errors that name the line.
func TestExpectErrors(t *testing.T) {
	for text, want := range map[string]string{
		"nll.value wide required refuted:value":                    "line 1: \"nll.value wide required refuted:value\": want CLAIM REGIME LEVEL OUTCOME:WHAT # REASON",
		"\n# a comment\nnll.value wide refuted:value # why":        "line 3",
		"nll.value mild required refuted:value # why":              `regime "mild": want one of`,
		"nll.value wide must refuted:value # why":                  `level "must": want required or recommended`,
		"nll.value wide required refuted:value # why until summer": "want until YYYY-MM-DD",
	} {
		if _, err := ReadExpectations(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestWriteExpectations: what is written is read, and makes the same results
// pass; reasons are kept.
func TestWriteExpectations(t *testing.T) {
	results := []Result{failing("nll.value", Wide, Refuted, "value"), failing("gibbs.pure", Tame, Nondeterministic, "the same call again"),
		{Claim: "mee.value", Regime: "tame", Level: Required, Outcome: Passed}}
	var b strings.Builder
	if err := WriteExpectations(&b, expectation(t, "nll.* wide required refuted:value # known"), results, Required); err != nil {
		t.Fatal(err)
	}
	es := expectation(t, b.String())
	if stale := Expect(es, results, time.Now()); len(stale) > 0 {
		t.Errorf("stale: %v", stale)
	}
	reasons := []string{results[0].Expected, results[1].Expected, results[2].Expected}
	if diff := cmp.Diff([]string{"known", "TODO: why", ""}, reasons); diff != "" {
		t.Error(diff)
	}
}
