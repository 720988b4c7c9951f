package theory

import (
	"math"
	"slices"
	"testing"
)

// TestGrounds: the numbers that cases give, and cases that are turned to where a statement says something.
func TestGrounds(t *testing.T) {
	v := []float64{5, 6, 7, 8}
	for y, want := range [][]float64{{5, 6, 7, 8}, {6, 5, 7, 8}, {7, 5, 6, 8}, {8, 5, 6, 7}} {
		if got := first(v, y); !slices.Equal(got, want) || !slices.Equal(back(got, y), v) {
			t.Errorf("%v with number %d first is %v, and back %v", v, y, got, back(got, y))
		}
	}
	for _, test := range []struct{ a, x, want float64 }{{3, 0.5, 5.5}, {1, 0.25, 1.75}, {0, 1.0 / 3, -0.333333}} {
		if got := mirrored(test.a, test.x); got != test.want {
			t.Errorf("%v mirrored at %v is %v, want %v", test.x, test.a, got, test.want)
		}
	}
	for name, test := range map[string]struct {
		ground groundOf[twin]
		end    func(c twin) float64
	}{"m": {highTwin, func(c twin) float64 { return c.M }}, "m + F": {metTwin, func(c twin) float64 { return c.M + c.F }}} {
		moved := 0
		for i, c := range test.ground.cases() {
			if i%2 == 1 && c.Fbar < test.end(c) {
				t.Errorf("%v is not turned to F̄ ≥ %s", c, name)
			}
			if i%2 == 0 && c.Fbar < test.end(c) {
				moved++
			}
		}
		if moved < 100 {
			t.Errorf("F̄ < %s in %d cases only", name, moved)
		}
	}
	for _, test := range []struct {
		beta float64
		F    []float64
		want float64
	}{
		{1, []float64{0, 0, math.Inf(1)}, 2},
		{2, []float64{0, -0.5}, 1 + math.E},
		{1, []float64{1e4}, math.SmallestNonzeroFloat64},
		{1, []float64{0, -1e4}, math.MaxFloat64},
	} {
		if got := (table{F: test.F, Beta: test.beta}).sum(); got != test.want {
			t.Errorf("β = %v: Σ e^{−βF} of F = %v is %v, want %v", test.beta, test.F, got, test.want)
		}
	}
}

// TestMentioned: a case is shown by the numbers that its formulas mention.
func TestMentioned(t *testing.T) {
	pair := twin{2, 3, 5, 0.5, 1, -1}.numbers()
	three := table{[]float64{4, 0, 8}, 1, 2, []float64{1, 0, -1}}.numbers().with("m", 7)
	three.vectors["g"] = []float64{10, 20, 30}
	for _, test := range []struct {
		f    formulas
		c    numbers
		want string
	}{
		{formulas{printed: "D(pos(m - F[ybar]), W) = 0 if m >= F[ybar]"}, pair, "F̄=3, m=5, ∂F̄/∂W=-1"},
		{formulas{printed: "F[y] = m"}, pair, "F=2, m=5"},
		{formulas{printed: "F[y] = m"}, three, "F=0, m=7"},
		{formulas{printed: "F[y] < F[ybar]", fault: "beta < m"}, pair, "F=2, F̄=3, β=0.5, m=5"},
		{formulas{printed: "F[y] < F[ybar]"}, three, "F=(4, 0, 8), y=1"},
		{formulas{printed: "D(d, W) = 0 where d = F[y] - F[ybar]"}, pair, "F=2, F̄=3, ∂F/∂W=1, ∂F̄/∂W=-1"},
		{formulas{printed: "p[y] < 1"}, three, "F=(4, 0, 8), y=1, β=2"},
		{formulas{printed: "n = 1"}, three, "F=(4, 0, 8), y=1"},
		{formulas{printed: "n = 1"}, pair, "F=(2, 3), y=0"},
		{formulas{printed: "g[y] = 1 if m > 1"}, three, "m=7, g=(20, 10, 30)"},
		{formulas{printed: "sum(j: g[j]) = 1"}, three, "g=(20, 10, 30)"},
		{formulas{printed: "m > 1", condition: "sum(j: F[j]) = 1", corrected: "m < 1"}, three, "F=(4, 0, 8), y=1, m=7"},
		{formulas{printed: "m > 1", only: []string{"F[y] = 0"}, accident: []string{"beta = 1"}}, pair, "F=2, β=0.5, m=5"},
	} {
		if got := mentions(test.f).show(test.c); got != test.want {
			t.Errorf("%+v is shown as %q, want %q", test.f, got, test.want)
		}
	}
}
