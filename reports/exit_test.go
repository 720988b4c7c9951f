package reports

import (
	"testing"

	"ebmcheck/properties"
)

func TestExitCode(t *testing.T) {
	code := func(outcome properties.Outcome, level properties.Level, cases int) properties.Result {
		return properties.Result{Claim: "c" + string(outcome) + string(level), Layer: "code", Level: level, Outcome: outcome, Cases: cases}
	}
	statement := func(outcome properties.Outcome, verdict properties.Verdict) properties.Result {
		return properties.Result{Claim: "t" + string(outcome) + string(verdict), Layer: "theory", Outcome: outcome, Verdict: verdict}
	}
	passed := code(properties.Passed, properties.Required, 1)
	expected := code(properties.Refuted, properties.Required, 2)
	unasked := code(properties.NotRun, properties.Required, 0)
	expected.Expected, unasked.Expected = "issue 17", "margin 1 only"
	for _, c := range []struct {
		name     string
		complete bool
		results  []properties.Result
		want     int
	}{
		{"all passed", true, []properties.Result{passed, statement(properties.Passed, properties.IsRefuted)}, 0},
		{"recommended refuted", true, []properties.Result{passed, code(properties.Refuted, properties.Recommended, 1)}, 0},
		{"recommended crashed", true, []properties.Result{passed, code(properties.Crashed, properties.Recommended, 1)}, 0},
		{"some not offered", true, []properties.Result{passed, code(properties.NotOffered, properties.Required, 0)}, 0},
		{"refuted", true, []properties.Result{passed, code(properties.Refuted, properties.Required, 1)}, 1},
		{"refuted before incomplete", false, []properties.Result{code(properties.NotRun, properties.Required, 0), code(properties.Refuted, properties.Required, 1)}, 1},
		{"errored", true, []properties.Result{code(properties.Errored, properties.Required, 1)}, 1},
		{"crashed", true, []properties.Result{code(properties.Crashed, properties.Required, 1)}, 1},
		{"timeout", true, []properties.Result{code(properties.TimedOut, properties.Required, 1)}, 1},
		{"garbage", true, []properties.Result{code(properties.Garbage, properties.Required, 1)}, 1},
		{"nondeterministic", true, []properties.Result{code(properties.Nondeterministic, properties.Required, 1)}, 1},
		{"no level", true, []properties.Result{passed, code(properties.Refuted, "", 1)}, 1},
		{"statement not established", true, []properties.Result{passed, statement(properties.Refuted, properties.Holds)}, 1},
		{"statement errored", true, []properties.Result{passed, statement(properties.Errored, "")}, 1},
		{"statement not offered", true, []properties.Result{passed, statement(properties.NotOffered, "")}, 1},
		{"statement not run", true, []properties.Result{passed, statement(properties.NotRun, "")}, 4},
		{"not run", true, []properties.Result{passed, code(properties.NotRun, properties.Required, 0)}, 4},
		{"recommended not run", true, []properties.Result{passed, code(properties.NotRun, properties.Recommended, 0)}, 4},
		{"passed on no case", true, []properties.Result{passed, code(properties.Passed, properties.Recommended, 0)}, 4},
		{"not complete", false, []properties.Result{passed}, 4},
		{"refuted as expected", true, []properties.Result{passed, expected}, 0},
		{"refuted as expected, and otherwise", true, []properties.Result{expected, code(properties.Refuted, properties.Required, 1)}, 1},
		{"not run, as expected", true, []properties.Result{passed, unasked}, 0},
		{"nothing run, as expected", true, []properties.Result{unasked}, 4},
		{"nothing", true, nil, 4},
		{"nothing offered", true, []properties.Result{code(properties.NotOffered, properties.Required, 0)}, 4},
	} {
		run := &Run{Results: c.results, Complete: c.complete}
		if got := run.ExitCode(); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
	stale := &Run{Results: []properties.Result{passed}, Complete: true, Footer: properties.Footer{Stale: []string{"line 3: matches nothing"}}}
	if got := stale.ExitCode(); got != exitRefuted {
		t.Errorf("a stale expectation: exit code %d, want %d", got, exitRefuted)
	}
}
