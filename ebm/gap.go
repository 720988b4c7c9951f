package ebm

import (
	"math"
	"slices"
)

// GradientGap returns how far the gradients of an energy are from the slopes of its values
// at one point, to tell whether an Energy of one's own is right,
//
//	gapW = max |∂F/∂W_k − s_k| / max(|∂F/∂W_k|, |s_k|),    s_k the slope of F along W_k
//
// each maximum over all k, and gapY likewise. Both are next to 0 for gradients that are right,
// 2 for a sign that is wrong, 1 for a gradient that is forgotten, ½ for a factor of 2; 0 where
// all is 0, NaN where F or a gradient is.
//
// A slope is a difference quotient extrapolated to a step of 0 (Ridders 1982), from steps of
// 1/16 of max(1, |W_k|) down: F must be smooth that far around. What is left is then rounding,
// some 10⁻¹⁰ of F or of its largest slope. Of an index y there is no slope: gapY is NaN.
//
// It panics where f does.
func GradientGap(f Energy, w, x, y []float64) (gapW, gapY float64) {
	gap := func(g, at []float64, eval func(at []float64) float64) float64 {
		var apart, size float64
		for k := range at {
			s := slope(eval, slices.Clone(at), k)
			apart = max(apart, math.Abs(g[k]-s)) // NaN stays NaN
			size = max(size, math.Abs(g[k]), math.Abs(s))
		}
		if apart == 0 {
			return 0
		}
		return apart / size
	}
	gapW = gap(f.GradW(nil, w, x, y), w, func(w []float64) float64 { return f.Eval(w, x, y) })
	g := f.GradY(nil, w, x, y)
	if slices.ContainsFunc(g, math.IsNaN) {
		return gapW, math.NaN()
	}
	return gapW, gap(g, y, func(y []float64) float64 { return f.Eval(w, x, y) })
}

// slope returns ∂F/∂t at t = at[k]: of the triangle of extrapolations, with steps that shrink
// by √2, the one that differs least from its two neighbours.
func slope(F func(at []float64) float64, at []float64, k int) float64 {
	t, best, doubt := at[k], math.NaN(), math.Inf(1)
	h := math.Max(1, math.Abs(t)) / 16
	var before []float64
	for range 14 {
		at[k] = t + h
		up, right := F(at), at[k]
		at[k] = t - h
		row := []float64{(up - F(at)) / (right - at[k])}
		for j, power := 0, 2.; j < len(before); j, power = j+1, power*2 {
			next := row[j] + (row[j]-before[j])/(power-1)
			row = append(row, next)
			if d := math.Max(math.Abs(next-row[j]), math.Abs(next-before[j])); d < doubt {
				best, doubt = next, d
			}
		}
		before, h = row, h/math.Sqrt2
	}
	return best
}
