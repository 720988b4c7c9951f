package theory

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/ebm"
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A family is a set of energies, the members told apart by W.
type family int

const (
	tabular      family = iota // F(y) = W_y
	leastSquares               // F = (y − wx)²
	fixedCentres               // F = (u_y − wx)², u = (−1, 1)
	embeddings                 // F = (g₁x − g₂y)²
)

// A lesson is gradient descent from W on the energy loss of one sample (x, y) or, with embeddings, on that of (x, y) plus
// that of (x, y′), y′ ≠ y, which share the weights; ȳ is the incorrect answer that is looked at.
type lesson struct {
	Family     family
	W          []float64
	X, Y, Ybar float64
	Step       float64
	Steps      int
	Also       float64 // y′
}

func (c lesson) String() string {
	form := map[family]string{
		tabular: "F(y) = W_y", leastSquares: "F = (y − wx)²", fixedCentres: "F = (u_y − wx)², u = (−1, 1)",
		embeddings: "F = (g₁x − g₂y)²",
	}[c.Family]
	y := result.Decimal(c.Y)
	if c.Family.collapses() {
		y += " and y=" + result.Decimal(c.Also)
	}
	return fmt.Sprintf("%s, x=%s, y=%s, ȳ=%s, %s of %s from W=(%s)", form, result.Decimal(c.X), y, result.Decimal(c.Ybar), steps(c.Steps), result.Decimal(c.Step), list(c.W))
}

func (c lesson) model() ebm.Energy {
	switch c.Family {
	case tabular:
		return ebm.Table{Nx: 1, Ny: len(c.W)}
	case leastSquares:
		return ebm.Regression{Nx: 1, Ny: 1}
	case fixedCentres:
		return ebm.RBF{Nx: 1, Centres: [][]float64{{-1}, {1}}}
	}
	return towers{}
}

// learn descends, and returns W with the energies of y and ȳ.
func (c lesson) learn() (w, F []float64) {
	w = ebm.Descend(slices.Clone(c.W), c.Step, c.Steps, c.gradient, nil)
	return w, c.energies(w)
}

// energies returns those of y and ȳ and, with embeddings, of y′.
func (c lesson) energies(w []float64) []float64 {
	ys := [][]float64{{c.Y}, {c.Ybar}, {c.Also}}
	if !c.Family.collapses() {
		ys = ys[:2]
	}
	return ebm.Energies(nil, c.model(), w, []float64{c.X}, ys)
}

// gradient returns that of the energy losses of the samples.
func (c lesson) gradient(dst, w []float64) []float64 {
	f, in := c.model(), []float64{c.X}
	of := func(dst []float64, y float64) []float64 {
		ys := [][]float64{{y}, {c.Ybar}}
		_, dst = losses.Gradient(dst, losses.EnergyLoss{}, ebm.Energies(nil, f, w, in, ys), 0, func(dst, g []float64) []float64 { return ebm.Pull(dst, g, f, w, in, ys) })
		return dst
	}
	dst = of(dst, c.Y)
	if c.Family.collapses() {
		for i, g := range of(nil, c.Also) {
			dst[i] += g
		}
	}
	return dst
}

// tableLaw encloses what rounded descent can make of F₀ − tη: t subtractions, each rounded by at most 2^−53 of the
// largest value passed, |F₀| + tη, which the roundings themselves raise by less than one more.
func (c lesson) tableLaw() exact.Interval {
	F0, t := c.W[int(c.Y)], float64(c.Steps)
	return around(x(F0).Sub(x(c.Step).Scale(t)), (t+1)*0x1p-53*(math.Abs(F0)+t*c.Step))
}

// regressionLaw encloses what rounded descent can make of w* + (w₀ − w*)q^t, w* = y/x, q = 1 − 2ηx². Drawn steps have
// 0 ≤ q ≤ 1, so no error grows. A step rounds w·x, y − wx, 2rx, ηg and the new w: with |w| and |w − w*| at most
// B = |w*| + |w₀ − w*|, that is 2^−53 (2ηx²|w| + 6η|x||r| + |w|) ≤ 5·2^−53·B; six times covers the second order.
func (c lesson) regressionLaw() exact.Interval {
	best := x(c.Y).Div(x(c.X))
	off := x(c.W[0]).Sub(best)
	q := x(1).Sub(x(c.Step).Scale(2).Mul(x(c.X).Sqr()))
	return around(best.Add(off.Mul(raised(q, c.Steps))), 6*float64(c.Steps)*0x1p-53*best.Abs().Add(off.Abs()).Mid())
}

// near reports whether descent, on a family that does not collapse, has brought y below ȳ: a table by its law, and F = (u − wx)²
// with wx nearer to y's u than to ȳ's, where u − wx shrinks by 1 − 2ηx² a step. What is as near as rounding is not.
func (c lesson) near() bool {
	u, ubar := c.Y, c.Ybar
	switch c.Family {
	case tabular:
		return c.tableLaw().Less(x(c.W[int(c.Ybar)]))
	case embeddings:
		return false
	case fixedCentres:
		u, ubar = 2*u-1, 2*ubar-1
	}
	off := (u - c.W[0]*c.X) * math.Pow(1-2*c.Step*c.X*c.X, float64(c.Steps))
	return math.Abs(off) < (1-0x1p-30)*math.Abs(ubar-u+off)
}

// around returns a ± r.
func around(a exact.Interval, r float64) exact.Interval { return a.Add(x(-r).Hull(x(r))) }

// drawLesson draws a sample and a start in one of the families, of few weights and steps: 0 ≤ 1 − 2ηx² for all, and
// ηT ≤ 1 for embeddings, T that of decay.
func drawLesson(t *rapid.T, from ...family) lesson {
	c := lesson{
		Family: rapid.SampledFrom(from).Draw(t, "family"),
		X:      float64(rapid.IntRange(1, 8).Draw(t, "x")) / 4,
		Step:   float64(rapid.IntRange(1, 10).Draw(t, "η")) / 100,
		Steps:  rapid.IntRange(0, 100).Draw(t, "steps"),
		Y:      decimal(t, 500, "y"),
	}
	c.Ybar = c.Y + float64(rapid.IntRange(1, 20).Draw(t, "ȳ − y"))/4
	n := map[family]int{tabular: rapid.IntRange(2, 4).Draw(t, "n"), leastSquares: 1, fixedCentres: 1, embeddings: 2}[c.Family]
	for range n {
		c.W = append(c.W, decimal(t, 500, "W"))
	}
	switch c.Family {
	case tabular:
		c.X, c.Y = 0, float64(rapid.IntRange(0, n-1).Draw(t, "y"))
		c.Ybar = float64((int(c.Y) + 1) % n)
	case fixedCentres:
		c.Y = float64(rapid.IntRange(0, 1).Draw(t, "y"))
		c.Ybar = 1 - c.Y
	case embeddings:
		c.Also = c.Ybar
		c.Ybar = c.Y + float64(rapid.IntRange(-20, 20).Draw(t, "8(ȳ − y)"))/8
		c.Step = 1 / (float64(rapid.IntRange(1, 32).Draw(t, "1/ηT")) * math.Ceil(2*c.X*c.X+c.Y*c.Y+c.Also*c.Also))
	}
	return c
}

// lessons are the special cases of the families, in their order.
func lessons(of ...family) []lesson {
	var cs []lesson
	for _, f := range of {
		cs = append(cs, map[family][]lesson{
			tabular:      {{f, []float64{0.3, 0.7}, 0, 0, 1, 0.1, 1000, 0}, {f, []float64{1, 0}, 0, 0, 1, 0.1, 100, 0}, {f, []float64{0, 0}, 0, 1, 0, 0.5, 1, 0}},
			leastSquares: {{f, []float64{0}, 1, 2, 0, 0.1, 100, 0}, {f, []float64{0}, 1, 1, 2, 0.1, 100, 0}, {f, []float64{2}, 1, 1, 2, 0.5, 1, 0}},
			fixedCentres: {{f, []float64{-1}, 1, 1, 0, 0.1, 100, 0}, {f, []float64{0}, 1, 1, 0, 0.1, 100, 0}},
			embeddings:   {{f, []float64{1, 1}, 1, 1, 1.5, 0.0625, 1000, 2}, {f, []float64{1, 1}, 1, 1, 3, 0.0625, 1000, 2}, {f, []float64{3, 1}, 1, 1, 3, 0.0625, 0, 2}, {f, []float64{2, 1}, 1, 1, 1.5, 0x1p-7, 1000, 3}},
		}[f]...)
	}
	return cs
}

// lessonReach are strata that statements about lessons must reach.
func lessonReach(of ...family) map[string]func(lesson) bool {
	reach := map[string]func(lesson) bool{"no step": func(c lesson) bool { return c.Steps == 0 }}
	for _, f := range of {
		reach[[]string{"table", "regression", "fixed centres", "embeddings"}[f]] = func(c lesson) bool { return c.Family == f && c.Steps > 0 }
	}
	return reach
}
