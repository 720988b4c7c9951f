package judge

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/result"
)

func expectation(t *testing.T, text string) []Expectation {
	t.Helper()
	es, err := ReadExpectations(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return es
}

func failing(claim string, r Regime, outcome result.Outcome, what string) result.Result {
	return result.Result{Claim: claim, Regime: string(r), Level: result.Required, Outcome: outcome, Small: &result.Counterexample{What: what}}
}

// TestExpect holds expectations to their meaning: only the failure that is
// expected is, and everything else about them is said.
func TestExpect(t *testing.T) {
	today := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, line string
		result     result.Result
		expected   bool
		stale      string
	}{
		{"fails as expected", "nll.value wide required refuted:value # known", failing("nll.value", Wide, result.Refuted, "value"), true, ""},
		{"by pattern", "nll.* * required refuted:value # known", failing("nll.value", Wide, result.Refuted, "value"), true, ""},
		{"not yet lapsed", "nll.value wide required refuted:value # known until 2026-07-01", failing("nll.value", Wide, result.Refuted, "value"), true, ""},
		{"lapsed", "nll.value wide required refuted:value # known until 2026-06-29", failing("nll.value", Wide, result.Refuted, "value"), false, "lapsed on 2026-06-29"},
		{"passes", "nll.value wide required refuted:value # known", result.Result{Claim: "nll.value", Regime: "wide", Level: result.Required, Outcome: result.Passed}, false, "passed in wide"},
		{"fails otherwise", "nll.value wide required refuted:value # known", failing("nll.value", Wide, result.Crashed, ""), false, "failed otherwise in wide: crashed:"},
		{"any component", "nll.gradient wide required refuted:grad[*] # known", failing("nll.gradient", Wide, result.Refuted, "grad[1]"), true, ""},
		{"another part", "nll.gradient wide required refuted:grad[0] # known", failing("nll.gradient", Wide, result.Refuted, "grad[1]"), false, "refuted:grad[1]"},
		{"another regime", "nll.value tame required refuted:value # known", failing("nll.value", Wide, result.Refuted, "value"), false, "matches nothing"},
		{"another level", "nll.value wide recommended refuted:value # known", failing("nll.value", Wide, result.Refuted, "value"), false, "matches nothing"},
		{"not run, and known", "nll.value wide required not-run: # n = 1 only", result.Result{Claim: "nll.value", Regime: "wide", Level: result.Required, Outcome: result.NotRun}, true, ""},
		{"not run", "nll.value wide required refuted:value # known", result.Result{Claim: "nll.value", Regime: "wide", Level: result.Required, Outcome: result.NotRun}, false, "matches nothing"},
		{"judged after all", "nll.value wide required not-run: # n = 1 only", failing("nll.value", Wide, result.Refuted, "value"), false, "failed otherwise in wide: refuted:value"},
		{"not offered", "nll.value wide required refuted:value # known", result.Result{Claim: "nll.value", Regime: "wide", Level: result.Required, Outcome: result.NotOffered}, false, "matches nothing"},
	} {
		results := []result.Result{test.result}
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
		"* * required refuted:value # why":                         `line 1: "*": it expects everything`,
		"*.* wide required refuted:value # why":                    `it expects everything`,
		"nll.value * required * # why":                             `failure "*": want OUTCOME:WHAT`,
		"nll.value * required *:value # why":                       `failure "*:value": want OUTCOME:WHAT`,
		"nll.value * required refuted* # why":                      `failure "refuted*": want OUTCOME:WHAT`,
		"nll.value wide must refuted:value # why":                  `level "must": want required or recommended`,
		"nll.value wide required refuted:value # why until summer": "want until YYYY-MM-DD",
	} {
		if _, err := ReadExpectations(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestWriteExpectations: what is written is read, and makes the same results
// pass; lines that are right are kept, and a claim that fails alike everywhere
// has one.
func TestWriteExpectations(t *testing.T) {
	results := []result.Result{
		failing("nll.value", Wide, result.Refuted, "value"),
		failing("nll.gradient", Tame, result.Refuted, "grad[0]"), failing("nll.gradient", Wide, result.Refuted, "grad[12]"),
		failing("log.value", Tame, result.Refuted, "value"), failing("log.value", Wide, result.Crashed, ""),
		{Claim: "hinge.value", Regime: "tame", Level: result.Recommended, Outcome: result.NotRun},
		{Claim: "mee.value", Regime: "tame", Level: result.Required, Outcome: result.Passed}}
	old := "nll.v* wide required refuted:value # known\nmee.value tame required refuted:value # mended\nlog.* * required crashed: # it crashes\n"
	var b strings.Builder
	if err := WriteExpectations(&b, expectation(t, old), results, result.Required); err != nil {
		t.Fatal(err)
	}
	want := `# CLAIM REGIME LEVEL OUTCOME:WHAT # REASON [until YYYY-MM-DD]
nll.v*                       wide      required    refuted:value        # known
nll.gradient                 *         required    refuted:grad[*]      # TODO: why
log.value                    tame      required    refuted:value        # TODO: why
log.value                    wide      required    crashed:             # it crashes
hinge.value                  *         recommended not-run:             # TODO: why
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	if stale := Expect(expectation(t, b.String()), results, time.Now()); len(stale) > 0 {
		t.Errorf("stale: %v", stale)
	}
	for _, r := range results {
		if (r.Expected == "") != (r.Outcome == result.Passed) {
			t.Errorf("%s in %s: expected %q", r.Claim, r.Regime, r.Expected)
		}
	}
}
