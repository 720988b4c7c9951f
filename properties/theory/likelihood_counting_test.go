package theory

import (
	"slices"
	"testing"
)

// TestConstraints: which clauses are violated, by hand.
func TestConstraints(t *testing.T) {
	for _, test := range []struct {
		c        constraints
		shown    string
		violated []int // by y = 0, 1, …, whose bits are y1, y2, …
	}{
		{constraints{1, [][]int{{1}}}, "n=1, (y1)", []int{1, 0}},
		{constraints{2, [][]int{{1, -2}}}, "n=2, (y1 ∨ ¬y2)", []int{0, 0, 1, 0}},
		{constraints{2, [][]int{{1, 2}, {-1}}}, "n=2, (y1 ∨ y2) ∧ (¬y1)", []int{1, 1, 0, 1}},
		{constraints{3, [][]int{{-1, -2, -3}, {3}}}, "n=3, (¬y1 ∨ ¬y2 ∨ ¬y3) ∧ (y3)", []int{1, 1, 1, 1, 0, 0, 0, 1}},
	} {
		if got := test.c.String(); got != test.shown {
			t.Errorf("%s is shown as %s", test.shown, got)
		}
		solutions := 0
		for y, want := range test.violated {
			if got := test.c.violated(y); got != want {
				t.Errorf("%s: y=%b violates %d clauses, want %d", test.shown, y, got, want)
			}
			if want == 0 {
				solutions++
			}
		}
		if got := test.c.solutions(); got != solutions {
			t.Errorf("%s has %d solutions, want %d", test.shown, got, solutions)
		}
	}
	two := constraints{1, [][]int{{1}, {1}}} // Z = 1 + e^{−2β} is above 1 + ½ for β < ½ ln 2
	for beta, want := range map[float64]truth{0.34: no, 0.35: yes} {
		if f := two.counts(x(beta)); f.truth != want {
			t.Errorf("at β = %v: %v", beta, f)
		}
	}
	one := constraints{1, [][]int{{1}, {-1}}} // Z = 2e^{−β} is ½ at β = 2 ln 2
	for k, want := range map[float64]truth{2: yes, 3: no} {
		if f := one.counts(x(2).Log().Scale(k)); f.truth != want {
			t.Errorf("at β = %v ln 2: %v", k, f)
		}
	}
	if levels := (table{F: []float64{2, 0, 2, 1}}).different(); !slices.Equal(levels, []float64{0, 1, 2}) {
		t.Errorf("levels %v", levels)
	}
}
