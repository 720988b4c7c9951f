package reports

import (
	"fmt"
	"slices"
	"testing"

	"ebmcheck/properties/result"
)

// TestWhyNotRun: what was not run is told with the reason, by reasons, of which the first three stand apart.
func TestWhyNotRun(t *testing.T) {
	var r Run
	add := func(claim, why string) {
		r.Results = append(r.Results, result.Result{Claim: claim, Regime: "tame", Outcome: result.NotRun, Why: why})
	}
	add("a", "the process ended without an answer: exit status 7")
	add("b", "the budget of 2m ran out.")
	add("c", "the process ended without an answer: exit status 7")
	add("d", "")
	for i := range 3 {
		add(fmt.Sprint("e", i), fmt.Sprint("reason ", i))
	}
	r.Results = append(r.Results, result.Result{Claim: "f", Outcome: result.Passed})
	want := []string{
		"2 claims were not run: a tame, c tame (the process ended without an answer: exit status 7).",
		"1 claim was not run: b tame (the budget of 2m ran out).",
		"1 claim was not run: d tame.",
		"3 claims were not run: e0 tame, e1 tame, e2 tame.",
	}
	r.Footer = result.Footer{Complete: true}
	if got := warnings(&r); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
