package ebm

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"ebmcheck/ebm/promise"
)

// A minimiser is InferFrom, or what is planted for it.
type minimiser func(f Energy, w, x []float64, starts [][]float64) (y []float64, min float64, err error)

// The families of TestInferFromPromises: where the minimum is known, the search ends
// at it.
var inferences = map[string]func(infer minimiser) func(r *rand.Rand) string{
	"quadratics of any scale": quadraticsOfAnyScale,
	"spheres of any radius":   spheresOfAnyRadius,
	"domains that end":        domainsThatEnd,
	"saddles and maxima":      saddlesAndMaxima,
}

// quadraticsOfAnyScale has Quadratic of size 10⁻¹⁵⁰ to 10¹⁵⁰, condition κ ≤ 10⁴, from
// starts 10⁻⁸ to 10⁸ as far as its minimum from 0.
//
// At the end no step h along an axis lowers F, and the least that is tried moves yᵢ by
// no more than 2⁹ ulps, h ≤ 2⁻⁴³|yᵢ|. So |gᵢ| ≤ h Aᵢᵢ/2, and F = ½ gᵀA⁻¹g ≤ d h² κ λ/8
// with λ the largest eigenvalue. Twice that is allowed for yᵢ ≠ μᵢ, and the rounding
// of F, which matters only where F itself is no larger.
func quadraticsOfAnyScale(infer minimiser) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d := 1 + r.IntN(4)
		size, kappa, far := magnitude(r, -150, 150), magnitude(r, 0, 4), magnitude(r, -8, 8)
		mu := make([]float64, d)
		start := make([]float64, d)
		var most float64
		for i := range mu {
			mu[i] = r.NormFloat64()
			start[i] = far * r.NormFloat64()
			most = max(most, math.Abs(mu[i]))
		}
		w := slices.Concat(mu, make([]float64, d*d))
		Q := rotation(r, d)
		for i := range d {
			for j := range d {
				for k, q := range Q {
					w[d+i*d+j] += size * math.Pow(kappa, -float64(k)/float64(max(1, d-1))) * q[i] * q[j]
				}
			}
		}
		y, F, err := infer(Quadratic{d}, w, nil, [][]float64{start})
		h := 0x1p-43 * most
		if allowed := float64(d) * h * h / 4 * kappa * size; err != nil || !(F <= allowed) {
			return fmt.Sprintf("A of size %.2g, κ = %.2g, μ = %v, from %v: %v, F = %v, allowed %.2g, %v", size, kappa, mu, start, y, F, allowed, err)
		}
		return ""
	}
}

// spheresOfAnyRadius has Wells of radius 10⁻⁶⁰ to 10⁶⁰. With s = |y|² − a² and j the
// largest |yⱼ| ≥ |y|/√d, a step h ≤ 2⁻⁴³|yⱼ| that does not lower s² leaves |s| ≤ |yⱼ| h
// + h²/2, some 2⁻⁴³ a²; s itself is known to 4u a².
func spheresOfAnyRadius(infer minimiser) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d, a := 1+r.IntN(3), magnitude(r, -60, 60)
		start := make([]float64, d)
		for i := range start {
			start[i] = a * magnitude(r, -5, 8) * (2*r.Float64() - 1)
		}
		if a < 1e3 && r.IntN(4) == 0 {
			clear(start) // the maximum, beside which there is less within 1/16
		}
		y, _, err := infer(Wells{}, []float64{a}, nil, [][]float64{start})
		var square float64
		for _, v := range y {
			square += v / a * v / a
		}
		if err != nil || !(math.Abs(square-1) <= 0x1p-42) {
			return fmt.Sprintf("a = %v from %v: %v, |y|²/a² = %v, %v", a, start, y, square, err)
		}
		return ""
	}
}

// domainsThatEnd has minima at s of functions of t = y/s that are NaN for t < 0, or
// beyond 2. Where F is 0 at its minimum t is found to the 2⁹ ulps of a step; where F
// is 1 + (t − 1)²/2 it is level to u within 2⁻²⁶ of t = 1, and to 2⁴ u within 2⁻²⁴.
func domainsThatEnd(infer minimiser) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		s := magnitude(r, -20, 20)
		ends := []struct {
			name   string
			F, G   func(t float64) float64
			t      float64 // the start
			within float64
		}{
			{"(ln y)²", func(t float64) float64 { return math.Log(t) * math.Log(t) }, func(t float64) float64 { return 2 * math.Log(t) / t }, magnitude(r, -6, 6), 0x1p-42},
			{"y − ln y", func(t float64) float64 { return t - math.Log(t) }, func(t float64) float64 { return 1 - 1/t }, magnitude(r, -6, 6), 0x1p-24},
			{"y − 2√y", func(t float64) float64 { return t - 2*math.Sqrt(t) }, func(t float64) float64 { return 1 - 1/math.Sqrt(t) }, magnitude(r, -6, 6), 0x1p-23},
			{"−ln(y(2 − y))", func(t float64) float64 { return -math.Log(t) - math.Log(2-t) }, func(t float64) float64 { return 1/(2-t) - 1/t }, 2 * magnitude(r, -9, -1e-9), 0x1p-25},
		}
		c := ends[r.IntN(len(ends))]
		f := field{
			func(y []float64) float64 { return c.F(y[0] / s) },
			func(dst, y []float64) { dst[0] = c.G(y[0]/s) / s },
		}
		y, F, err := infer(f, nil, nil, [][]float64{{c.t * s}})
		if err != nil || !(math.Abs(y[0]/s-1) <= c.within) {
			return fmt.Sprintf("%s with y/s, s = %v, from %v s: %v, F = %v, %v", c.name, s, c.t, y, F, err)
		}
		return ""
	}
}

// saddlesAndMaxima has ½ uᵀAu + ¼|u|⁴ with u = (y − μ)/s and A rotated, with
// eigenvalues of which the least is λ < 0: the minimum −λ²/4 is at u = ±√−λ along its
// eigenvector; every other stationary point is a saddle or a maximum. Searches start at
// them, on the way to them, or anywhere. Near the minimum F is a parabola of curvature
// 2λ at least along that vector, along the others of the gaps between the eigenvalues,
// ½ at least; a step h = 2⁻¹³ gains less than 2⁻²⁶ max curvature, so that 2⁻²⁰ is
// ample; a saddle is at −(λ − ½)²/4 or above.
func saddlesAndMaxima(infer minimiser) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d := 2 + r.IntN(3)
		s := magnitude(r, -3, 3)
		mu, lambda := make([]float64, d), make([]float64, d)
		for i := range mu {
			if r.IntN(2) == 0 {
				mu[i] = s * r.NormFloat64()
			}
			lambda[i] = -1 - r.Float64()
			if i > 0 {
				lambda[i] = lambda[i-1] + 0.5 + r.Float64()
			}
		}
		Q := rotation(r, d)
		if r.IntN(4) == 0 && d == 2 { // the diagonals
			Q = [][]float64{{math.Sqrt2 / 2, math.Sqrt2 / 2}, {math.Sqrt2 / 2, -math.Sqrt2 / 2}}
		}
		if r.IntN(8) == 0 { // and the axes
			for i := range Q {
				clear(Q[i])
				Q[i][i] = 1
			}
		}
		project := func(y []float64) (c []float64, square float64) {
			c = make([]float64, d)
			for k, q := range Q {
				for i := range y {
					c[k] += q[i] * (y[i] - mu[i]) / s
				}
				square += c[k] * c[k]
			}
			return c, square
		}
		f := field{
			func(y []float64) float64 {
				c, square := project(y)
				F := square * square / 4
				for k := range c {
					F += lambda[k] * c[k] * c[k] / 2
				}
				return F
			},
			func(dst, y []float64) {
				c, square := project(y)
				clear(dst)
				for k, q := range Q {
					for i := range dst {
						dst[i] += (lambda[k] + square) * c[k] * q[i] / s
					}
				}
			},
		}
		start := slices.Clone(mu)
		switch k := r.IntN(d); r.IntN(3) {
		case 0: // where all eigenvectors meet
		case 1: // along one
			for i := range start {
				start[i] += s * Q[k][i] * r.NormFloat64()
			}
		case 2:
			for i := range start {
				start[i] += s * r.NormFloat64()
			}
		}
		y, F, err := infer(f, nil, nil, [][]float64{start})
		least := -lambda[0] * lambda[0] / 4
		if err != nil || !(F <= least*(1-0x1p-20)) {
			return fmt.Sprintf("eigenvalues %v, s = %v, μ = %v from %v: %v, F = %v, want %v, %v", lambda, s, mu, start, y, F, least, err)
		}
		return ""
	}
}

func TestInferFromPromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(inferences)) {
		promise.Try(t, family, 60, inferences[family](InferFrom))
	}
}

// TestInferFromFaults: searches that are wrong in a believable way break a promise.
func TestInferFromFaults(t *testing.T) {
	// bfgs is gonum's search, begun again up to so many times beside its end if beside
	// is along an axis.
	bfgs := func(threshold float64, ends func(F float64) float64, axes bool) minimiser {
		return func(f Energy, w, x []float64, starts [][]float64) ([]float64, float64, error) {
			y := slices.Clone(starts[0])
			low := f.Eval(w, x, y)
			for range 100 {
				problem := optimize.Problem{
					Func: func(y []float64) float64 { return ends(f.Eval(w, x, y)) },
					Grad: func(g, y []float64) { f.GradY(g, w, x, y) },
				}
				settings := &optimize.Settings{GradientThreshold: math.SmallestNonzeroFloat64, Converger: optimize.NeverTerminate{}, MajorIterations: 300}
				if end, _ := optimize.Minimize(problem, y, settings, &optimize.BFGS{GradStopThreshold: threshold}); end != nil && end.F < low {
					y, low = end.X, end.F
				}
				fell := false
				for i := range y {
					for _, step := range []float64{0x1p-13, -0x1p-13} {
						next := slices.Clone(y)
						next[i] += step * max(1, math.Abs(y[i]))
						if after := f.Eval(w, x, next); axes && !fell && after < low {
							y, low, fell = next, after, true
						}
					}
				}
				if !fell {
					return y, low, nil
				}
			}
			return nil, 0, errors.New("still falls")
		}
	}
	same := func(F float64) float64 { return F }
	infinite := func(F float64) float64 {
		if math.IsNaN(F) {
			return inf
		}
		return F
	}
	for _, c := range []struct {
		fault, family string
		infer         minimiser
	}{
		{"a gradient of 1e-12 is taken for 0", "quadratics of any scale", bfgs(0, infinite, true)},
		{"a gradient of 1e-12 is taken for 0", "spheres of any radius", bfgs(0, infinite, true)},
		{"NaN is not +Inf", "domains that end", bfgs(nan, same, true)},
		{"steps of one size beside", "spheres of any radius", bfgs(nan, infinite, true)},
		{"nothing is tried beside the end", "saddles and maxima", bfgs(nan, infinite, false)},
		{"only axes are tried beside the end", "saddles and maxima", bfgs(nan, infinite, true)},
	} {
		promise.Refute(t, c.fault+", "+c.family, 60, inferences[c.family](c.infer))
	}
}
