package reports

import (
	"fmt"
	"slices"
	"testing"

	"ebmcheck/properties/result"
)

// A statement of which a part is proved is counted as that, in a column of its own: not among those that are tried, nor as
// proved, and one that is not checkable under nothing.
func TestInPart(t *testing.T) {
	of := func(ref string, verdict result.Verdict, evidence result.Evidence, part string) result.Result {
		return result.Result{Claim: "a." + ref, Layer: "theory", Refs: []string{ref}, Outcome: result.Passed, Verdict: verdict, Evidence: evidence, ProvedPart: part, Cases: 7}
	}
	rs := []result.Result{
		of("C01", result.Holds, result.Proved, ""), of("C02", result.Holds, result.Proved, ""), of("C03", result.Holds, result.Sampled, ""),
		of("C04", result.Holds, result.Sampled, "for n answers"), of("C05", result.NotCheckable, "", "for n answers"),
	}
	top := newTop(&Run{}, make(anchors).cards(statements(rs)))
	if want := []string{"proved", "in part", "tried"}; !slices.Equal(top.Evidence, want) {
		t.Errorf("columns %q, want %q", top.Evidence, want)
	}
	got := ""
	for _, s := range top.Tally {
		for _, r := range s.Rests {
			got += fmt.Sprintf("%s %d; ", r.Fragment, r.Count)
		}
	}
	if want := "true-proved 2; true-in-part 1; true-sampled 1; unchecked-proved 0; unchecked-in-part 0; unchecked-sampled 0; "; got != want {
		t.Errorf("counted %s, want %s", got, want)
	}
	if want := (fact{"in part", "a part so, which the statement names; the rest on 7 inputs or more each, and none is against it"}); !slices.Contains(top.Means, want) {
		t.Errorf("told %q, want %q", top.Means, want)
	}
}
