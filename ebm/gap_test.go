package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm/promise"
)

// A wrong is an energy with a mistake in its gradients.
type wrong struct {
	Energy
	w, y func(g []float64)
}

func (f wrong) GradW(dst, w, x, y []float64) []float64 {
	dst = f.Energy.GradW(dst, w, x, y)
	f.w(dst)
	return dst
}

func (f wrong) GradY(dst, w, x, y []float64) []float64 {
	if dst = f.Energy.GradY(dst, w, x, y); !math.IsNaN(dst[0]) { // y is no index
		f.y(dst)
	}
	return dst
}

// gaps holds GradientGap to 10⁻¹⁰ of F or of its slopes on the smooth families.
func gaps(change func(f Energy) Energy) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		all := families()
		m := all[r.IntN(len(all))]
		for m.piece != nil {
			m = all[r.IntN(len(all))]
		}
		draw := func(n int) []float64 {
			v := make([]float64, n)
			for i := range v {
				v[i] = 0.5 + r.Float64()
			}
			return v
		}
		w, x, y := draw(m.f.Params()), draw(m.nx), draw(m.ny)
		if m.inputs != nil {
			x = m.inputs[r.IntN(len(m.inputs))]
		}
		if m.answers != nil {
			y = m.answers[r.IntN(len(m.answers))]
		}
		gapW, gapY := GradientGap(change(m.f), w, x, y)
		if index := math.IsNaN(m.f.GradY(nil, w, x, y)[0]); index != math.IsNaN(gapY) || index && m.answers == nil {
			return fmt.Sprintf("%s: gap %v of GradY", m.name, gapY)
		}
		F := math.Abs(m.f.Eval(w, x, y))
		most := func(g []float64) float64 { // 10⁻¹⁰ of F, or of its largest slope, over that
			return 1e-10 * max(1, F/max(floats.Norm(g, math.Inf(1)), 1e-300))
		}
		if !(gapW <= most(m.f.GradW(nil, w, x, y))) || gapY > most(m.f.GradY(nil, w, x, y)) {
			return fmt.Sprintf("%s at W = %v, x = %v, y = %v: gaps %v and %v", m.name, w, x, y, gapW, gapY)
		}
		return ""
	}
}

func TestGradientGapPromises(t *testing.T) {
	promise.Try(t, "right gradients", 60, gaps(func(f Energy) Energy { return f }))
	nothing := func([]float64) {}
	negate := func(g []float64) {
		for i := range g {
			g[i] = -g[i]
		}
	}
	for fault, f := range map[string]func(f Energy) Energy{
		"a sign":             func(f Energy) Energy { return wrong{f, negate, nothing} },
		"a sign by y":        func(f Energy) Energy { return wrong{f, nothing, negate} },
		"a factor":           func(f Energy) Energy { return wrong{f, func(g []float64) { g[0] *= 2 }, nothing} },
		"one forgotten":      func(f Energy) Energy { return wrong{f, nothing, func(g []float64) { g[len(g)-1] = 0 }} },
		"in another order":   func(f Energy) Energy { return wrong{f, slices.Reverse[[]float64], nothing} },
		"a thousandth of it": func(f Energy) Energy { return wrong{f, func(g []float64) { g[0] *= 1.001 }, nothing} },
	} {
		promise.Refute(t, fault, 60, gaps(f))
	}
}

func TestGradientGapSpecial(t *testing.T) {
	flat := field{func([]float64) float64 { return 7 }, func(dst, y []float64) { clear(dst) }}
	line := field{func(y []float64) float64 { return 3 * y[0] }, func(dst, y []float64) { dst[0] = 3 }}
	signed := field{line.F, func(dst, y []float64) { dst[0] = -3 }}
	falling := func(slope float64) field {
		return field{func(y []float64) float64 { return -3 * y[0] }, func(dst, y []float64) { dst[0] = slope }}
	}
	twice := field{line.F, func(dst, y []float64) { dst[0] = 6 }}
	forgotten := field{line.F, func(dst, y []float64) { dst[0] = 0 }}
	undefined := field{func([]float64) float64 { return nan }, line.G}
	for _, c := range []struct {
		why  string
		f    field
		want float64
	}{{"flat", flat, 0}, {"a line", line, 0}, {"a sign", signed, 2}, {"a factor of 2", twice, 0.5}, {"a gradient forgotten", forgotten, 1}, {"a factor of 2, downhill", falling(-6), 0.5}, {"forgotten downhill", falling(0), 1}, {"NaN", undefined, nan}} {
		if gapW, gapY := GradientGap(c.f, nil, nil, []float64{0.5}); gapW != 0 || !(math.Abs(gapY-c.want) <= 0x1p-40) && !(math.IsNaN(gapY) && math.IsNaN(c.want)) {
			t.Errorf("%s: gaps %v and %v, want 0 and %v", c.why, gapW, gapY, c.want)
		}
	}
	refuses(t, "number of parameters", func() { GradientGap(Quadratic{1}, []float64{1}, nil, []float64{1}) })
}
