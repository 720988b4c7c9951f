package reports

import (
	"testing"

	"ebmcheck/properties/result"
)

func TestExitCode(t *testing.T) {
	code := func(outcome result.Outcome, level result.Level, cases int) result.Result {
		return result.Result{Claim: "c" + string(outcome) + string(level), Layer: "code", Level: level, Outcome: outcome, Cases: cases}
	}
	statement := func(outcome result.Outcome, verdict result.Verdict) result.Result {
		return result.Result{Claim: "t" + string(outcome) + string(verdict), Layer: "theory", Outcome: outcome, Verdict: verdict}
	}
	passed := code(result.Passed, result.Required, 1)
	expected := code(result.Refuted, result.Required, 2)
	unasked := code(result.NotRun, result.Required, 0)
	expected.Expected, unasked.Expected = "issue 17", "margin 1 only"
	for _, c := range []struct {
		name     string
		complete bool
		results  []result.Result
		want     int
	}{
		{"all passed", true, []result.Result{passed, statement(result.Passed, result.IsRefuted)}, 0},
		{"recommended refuted", true, []result.Result{passed, code(result.Refuted, result.Recommended, 1)}, 0},
		{"recommended crashed", true, []result.Result{passed, code(result.Crashed, result.Recommended, 1)}, 0},
		{"some not offered", true, []result.Result{passed, code(result.NotOffered, result.Required, 0)}, 0},
		{"refuted", true, []result.Result{passed, code(result.Refuted, result.Required, 1)}, 1},
		{"refuted before incomplete", false, []result.Result{code(result.NotRun, result.Required, 0), code(result.Refuted, result.Required, 1)}, 1},
		{"errored", true, []result.Result{code(result.Errored, result.Required, 1)}, 1},
		{"crashed", true, []result.Result{code(result.Crashed, result.Required, 1)}, 1},
		{"timeout", true, []result.Result{code(result.TimedOut, result.Required, 1)}, 1},
		{"garbage", true, []result.Result{code(result.Garbage, result.Required, 1)}, 1},
		{"nondeterministic", true, []result.Result{code(result.Nondeterministic, result.Required, 1)}, 1},
		{"no level", true, []result.Result{passed, code(result.Refuted, "", 1)}, 1},
		{"statement not established", true, []result.Result{passed, statement(result.Refuted, result.Holds)}, 1},
		{"statement errored", true, []result.Result{passed, statement(result.Errored, "")}, 1},
		{"statement not offered", true, []result.Result{passed, statement(result.NotOffered, "")}, 1},
		{"statement not run", true, []result.Result{passed, statement(result.NotRun, "")}, 4},
		{"not run", true, []result.Result{passed, code(result.NotRun, result.Required, 0)}, 4},
		{"recommended not run", true, []result.Result{passed, code(result.NotRun, result.Recommended, 0)}, 4},
		{"passed on no case", true, []result.Result{passed, code(result.Passed, result.Recommended, 0)}, 4},
		{"not complete", false, []result.Result{passed}, 4},
		{"refuted as expected", true, []result.Result{passed, expected}, 0},
		{"refuted as expected, and otherwise", true, []result.Result{expected, code(result.Refuted, result.Required, 1)}, 1},
		{"not run, as expected", true, []result.Result{passed, unasked}, 0},
		{"nothing run, as expected", true, []result.Result{unasked}, 4},
		{"nothing", true, nil, 4},
		{"nothing offered", true, []result.Result{code(result.NotOffered, result.Required, 0)}, 4},
	} {
		run := &Run{Results: c.results, Complete: c.complete}
		if got := run.ExitCode(); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
	stale := &Run{Results: []result.Result{passed}, Complete: true, Footer: result.Footer{Stale: []string{"line 3: matches nothing"}}}
	if got := stale.ExitCode(); got != result.ExitRefuted {
		t.Errorf("a stale expectation: exit code %d, want %d", got, result.ExitRefuted)
	}
}
