package theory

import (
	"fmt"
	"math"
	"slices"

	"ebmcheck/losses"
	"ebmcheck/properties/result"
)

// A walk is a descent from W: w ← w + v, v ← μv − η∇. With μ = 0 that is plain gradient descent, else momentum.
type walk struct {
	of       string // what descends
	W        []float64
	Eta, Mu  float64
	gradient func(dst, w []float64) []float64
	names    []string
	values   func(w []float64) []float64
}

// steps writes how many.
func steps(n int) string {
	if n == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps", n)
}

// path walks, and looks at what has come of W after 0, 1, 10, … steps, up to last.
func (c walk) path(last int) result.Path {
	rule := "gradient descent"
	if c.Mu > 0 {
		rule = "momentum " + result.Decimal(c.Mu)
	}
	p := result.Path{By: fmt.Sprintf("%s, %s, η=%s", c.of, rule, result.Decimal(c.Eta)), Names: c.names}
	w, v, g := slices.Clone(c.W), make([]float64, len(c.W)), make([]float64, len(c.W))
	for t, next := 0, 0; t <= last; t++ {
		if t == next {
			row := make([]result.Real, len(c.names))
			for i, value := range c.values(w) {
				row[i] = result.Real(value)
			}
			p.Steps, p.Values = append(p.Steps, t), append(p.Values, row)
			next = max(1, 10*next)
		}
		for i, slope := range c.gradient(g, w) {
			v[i] = c.Mu*v[i] - c.Eta*slope
			w[i] += v[i]
		}
	}
	return p
}

// both walks by plain gradient descent and by momentum.
func (c walk) both(last int) []result.Path {
	heavy := c
	heavy.Mu = 0.9
	return []result.Path{c.path(last), heavy.path(last)}
}

// collapsing is the descent of two embeddings on (1, 1) and (1, 2), samples that share their weights.
func collapsing() walk {
	c := lesson{Family: embeddings, X: 1, Y: 1, Also: 2, Ybar: 1.5}
	return walk{
		of: "F = (g₁x − g₂y)², samples (1, 1) and (1, 2), from W=(1, 1)", W: []float64{1, 1}, Eta: 0.0625, gradient: c.gradient,
		names:  []string{"F(1, 1)", "F(1, 2)", "F(1, 1.5)"},
		values: func(w []float64) []float64 { F := c.energies(w); return []float64{F[0], F[2], F[1]} },
	}
}

// pushedDown is the descent of a table and of least squares on one sample.
func pushedDown() []result.Path {
	at := func(of string, c lesson) result.Path {
		return walk{of: of, W: c.W, Eta: 0.1, gradient: c.gradient, names: []string{"F(y)", "F(ȳ)"},
			values: func(w []float64) []float64 { return c.energies(w) }}.path(1000)
	}
	return []result.Path{
		at("a table, F(y) = W_y, from (0, 0)", lesson{Family: tabular, W: []float64{0, 0}, Ybar: 1}),
		at("F = (y − wx)², x=1, y=1, ȳ=2, from w=0", lesson{Family: leastSquares, W: []float64{0}, X: 1, Y: 1, Ybar: 2}),
	}
}

// A curve is how the energies of a table of two answers depend on its weights: F_i = of(W_i).
type curve struct {
	name      string
	of, slope func(w float64) float64
	W         []float64
}

// growing are descents on the NLL of two answers at β = 1: of a table, with the law of its growth, and of curves on which the
// incorrect energy has an end.
func growing() []result.Path {
	ln := curve{"F = W", func(w float64) float64 { return w }, func(float64) float64 { return 1 }, []float64{0, 0}}
	sinh := curve{"F = sinh W", math.Sinh, math.Cosh, []float64{math.Asinh(-1), 0}}
	tanh := curve{"F = tanh W", math.Tanh, func(w float64) float64 { return 1 / (math.Cosh(w) * math.Cosh(w)) }, []float64{0, 0}}
	table := ln.walk(1).path(10_000)
	table.Names = append(table.Names, "½ ln(1 + 2t)") // e^u + u = 1 + 2t, u = 2F_ȳ, but for the u
	for i, t := range table.Steps {
		table.Values[i] = append(table.Values[i], result.Real(math.Log(1+2*float64(t))/2))
	}
	return []result.Path{table, sinh.walk(0.1).path(10_000), tanh.walk(1).path(10_000)}
}

func (c curve) walk(eta float64) walk {
	F := func(w []float64) []float64 { return []float64{c.of(w[0]), c.of(w[1])} }
	start := F(c.W)
	return walk{
		of: fmt.Sprintf("NLL, β=1, %s, n=2, from F=(%.6g, %.6g)", c.name, start[0], start[1]), W: c.W, Eta: eta,
		gradient: func(dst, w []float64) []float64 {
			losses.NLL{Beta: 1}.Eval(dst, F(w), 0)
			for i := range dst {
				dst[i] *= c.slope(w[i])
			}
			return dst
		},
		names: []string{"F_y", "F_ȳ"}, values: F,
	}
}

// A rule is how a pair of energies is pushed.
type rule struct {
	name string
	of   coefficients
}

// pushes are descents of a pair of energies, m = 1, each by some rules, from F and F̄.
func pushes(F, Fbar float64, rules ...rule) (paths []result.Path) {
	for _, r := range rules {
		paths = append(paths, pushed(F, Fbar, r).path(100))
	}
	return paths
}

func pushed(F, Fbar float64, r rule) walk {
	return walk{
		of: fmt.Sprintf("%s, m=1, from F=%s, F̄=%s", r.name, result.Decimal(F), result.Decimal(Fbar)), W: []float64{F, Fbar}, Eta: 0.1,
		gradient: func(dst, w []float64) []float64 { dst[0], dst[1] = r.of(1, w[0], w[1]); return dst },
		names:    []string{"F", "F̄"}, values: func(w []float64) []float64 { return w },
	}
}

// halving is the descent of one energy that y and ȳ share on the square-square loss, m = 1.
func halving() result.Path {
	return walk{
		of: "square-square loss, m=1, one energy for both, from F=F̄=0", W: []float64{0}, Eta: 0.1,
		gradient: func(dst, w []float64) []float64 {
			g, gbar := rightSquare(1, w[0], w[0])
			dst[0] = g + gbar
			return dst
		},
		names: []string{"F = F̄"}, values: func(w []float64) []float64 { return w },
	}.path(100)
}

// printedSimple is ∂ℓ/∂F and ∂ℓ/∂F̄ of the simple loss as the source prints them.
func printedSimple(m, F, Fbar float64) (g, gbar float64) {
	if !(F <= 0) {
		g = 1
	}
	if !(m >= Fbar) {
		gbar = -1
	}
	return g, gbar
}

// printedSquare is ∂ℓ/∂F and ∂ℓ/∂F̄ of the square-square loss as the source
// prints them.
func printedSquare(m, F, Fbar float64) (g, gbar float64) {
	if !(F <= 0) {
		g = 2 * F
	}
	if !(Fbar <= m) {
		gbar = -2 * (m - Fbar)
	}
	return g, gbar
}
