package theory

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/optimize"
)

// TestCollapse: by whatever way the energy loss is minimised, two embeddings, whose weights all answers share, come to F ≡ 0, and least
// squares does not: F(ȳ) stays (ȳ − y)².
func TestCollapse(t *testing.T) {
	ends := func(c lesson, start []float64) map[string][]float64 {
		p := optimize.Problem{
			Func: func(w []float64) float64 {
				F := c.energies(w)
				if c.Family.collapses() {
					return F[0] + F[2]
				}
				return F[0]
			},
			Grad: func(dst, w []float64) { copy(dst, c.gradient(nil, w)) },
		}
		w := map[string][]float64{}
		for name, mu := range map[string]float64{"gradient descent": 0, "momentum": 0.9} {
			w[name] = slices.Clone(start)
			descent := walk{W: start, Eta: 0.0625, Mu: mu, gradient: c.gradient, values: func(v []float64) []float64 { copy(w[name], v); return nil }}
			descent.path(1000)
		}
		for name, method := range map[string]optimize.Method{"LBFGS": &optimize.LBFGS{}, "CG": &optimize.CG{}} {
			r, err := optimize.Minimize(p, start, &optimize.Settings{GradientThreshold: 1e-9}, method)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			w[name] = r.X
		}
		return w
	}
	for _, start := range [][]float64{{1, 1}, {3, -2}, {-0.5, 4}} {
		two := lesson{Family: embeddings, X: 1, Y: 1, Also: 2, Ybar: 1.5}
		for name, w := range ends(two, start) {
			for _, y := range []float64{1, 2, 1.5, -10} {
				if F := two.model().Eval(w, []float64{1}, []float64{y}); !(F < 1e-6) {
					t.Errorf("%s from %v: F(1, %v) = %v, want 0", name, start, y, F)
				}
			}
		}
		one := lesson{Family: leastSquares, X: 1, Y: 1, Ybar: 2}
		for name, w := range ends(one, start[:1]) {
			if F := one.energies(w); !(F[0] < 1e-6 && math.Abs(F[1]-1) < 1e-6) {
				t.Errorf("%s from %v: least squares ends with F(y), F(ȳ) = %v, want 0 and 1", name, start[:1], F)
			}
		}
	}
}

// TestPaths: what the reasons say of the descents that are kept is so.
func TestPaths(t *testing.T) {
	paths := growing()
	// e^u + u − 1 − 2t is between 0 and Taylor's remainder, and ½ ln(1 + 2t) leaves out u and that: of 1 + 2t less than a tenth
	// from the first step on, and less than a hundredth from 1000 on.
	for i, step := range paths[0].Steps {
		F, law := paths[0].Values[i][1], paths[0].Values[i][2]
		if off := math.Abs(float64(F - law)); !(off <= 0.06) || step >= 1000 && !(off <= 0.005) {
			t.Errorf("a table after %d steps: F̄ = %v, far from %v", step, F, law)
		}
	}
	for _, p := range paths {
		for _, row := range p.Values {
			if len(row) != len(p.Names) {
				t.Errorf("%s: %d values of %d names", p.By, len(row), len(p.Names))
			}
		}
	}
	for _, p := range paths[1:] {
		for i, row := range p.Values {
			if !(row[1] < 1) || i > 0 && !(row[1] > p.Values[i-1][1]) {
				t.Errorf("%s: F̄ = %v does not rise, or passes 1", p.By, row[1])
			}
		}
	}
	heavy := pushed(2, 0, rule{"square-square loss", rightSquare}).both(1000)[1].Values
	if end := float64(heavy[len(heavy)-1][0]); !(math.Abs(end+7.3) < 0.05) {
		t.Errorf("momentum carries F to %v, not to −7.3", end)
	}
	if end := halving().Values; !(math.Abs(float64(end[len(end)-1][0])-0.5) <= 1e-12) {
		t.Errorf("one energy for both ends at %v, not at m/2", end[len(end)-1])
	}
	for _, test := range []struct{ m, F, Fbar, g, gbar, gSquare, gbarSquare float64 }{
		{1, 2, 0, 1, 0, 4, 0}, {1, 0.5, 1, 1, 0, 1, 0}, {1, 0, 1.5, 0, -1, 0, 1}, {2, -1, 3, 0, -1, 0, 2}, {1, -0.5, 0, 0, 0, 0, 0},
	} {
		if g, gbar := printedSimple(test.m, test.F, test.Fbar); g != test.g || gbar != test.gbar {
			t.Errorf("%v: the printed branches of the simple loss are %v and %v", test, g, gbar)
		}
		if g, gbar := printedSquare(test.m, test.F, test.Fbar); g != test.gSquare || gbar != test.gbarSquare {
			t.Errorf("%v: the printed branches of the square-square loss are %v and %v", test, g, gbar)
		}
	}
}
