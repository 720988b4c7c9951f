package ebm

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// ErrNoMinimum is the error of InferFrom if no search ended at a minimum.
var ErrNoMinimum = errors.New("ebm: no minimum found")

// InferFrom returns the answer of least energy in a continuous space, with x
// fixed, and its energy,
//
//	ŷ = argmin over y in ℝᵈ of F_W(x, y)
//
// It descends along ∂F/∂y from each start (BFGS) until no step lowers F, nor a
// small one along an axis, and returns the best of the local minima so found,
// the first of equals: the global minimum only if a start leads there. At a
// kink of F it finds the minimum in one dimension; in more it may stop short of
// it.
//
// The error wraps ErrNoMinimum, and y is nil, if no search ended at a minimum:
// F has no lower bound, or is not finite, or has no gradient, at the starts. An
// energy that falls for ever but levels off, such as e^{−y}, has no minimum
// either (C05), but the search can't tell: it returns a point far out.
//
// It panics if starts is empty.
func InferFrom(f Energy, w, x []float64, starts [][]float64) (y []float64, min float64, err error) {
	if len(starts) == 0 {
		panic("ebm: no starts")
	}
	min = math.NaN()
	var last error
	for _, start := range starts {
		at, low, err := descent(f, w, x, start)
		if err != nil {
			last = err
		} else if y == nil || low < min {
			y, min = at, low
		}
	}
	if y == nil {
		return nil, min, fmt.Errorf("%w: %w", ErrNoMinimum, last)
	}
	return y, min, nil
}

// descent returns the local minimum of F in y that BFGS reaches from start
// (Nocedal and Wright, Numerical Optimization, algorithm 6.1, with a search
// along each direction by halving and doubling).
func descent(f Energy, w, x, start []float64) (y []float64, low float64, err error) {
	const (
		most  = 10_000  // steps; quadratics in ten dimensions take fewer than a hundred (TestInferFrom)
		small = 0x1p-20 // a step well below those of neighbour
	)
	y = slices.Clone(start)
	low = f.Eval(w, x, y)
	g := f.GradY(nil, w, x, y)
	h, fresh := identity(len(y)), true // h: the inverse of the Hessian as known so far
	dir, dg := make([]float64, len(y)), make([]float64, len(y))
	for range most {
		if math.IsNaN(low) || math.IsInf(low, 0) || !finite(g) {
			return nil, 0, fmt.Errorf("energy %v, gradient %v at y = %v", low, g, y)
		}
		for i := range dir {
			dir[i] = -floats.Dot(h[i], g)
		}
		if long := floats.Norm(dir, 2); fresh && long > 1 {
			floats.Scale(1/long, dir) // with nothing known of the curvature, not too far
		}
		next, after := search(f, w, x, y, dir, low, floats.Dot(dir, g), fresh)
		if next == nil && !fresh {
			h, fresh = identity(len(y)), true
			continue
		}
		if next == nil {
			if next, after = neighbour(f, w, x, y, low); next == nil {
				return y, low, nil
			}
		}
		floats.SubTo(dir, next, y)
		if floats.Norm(dir, 2) < small*max(1, floats.Norm(y, 2)) { // creeping up to an inflection?
			if beside, lower := neighbour(f, w, x, next, after); beside != nil {
				next, after = beside, lower
				floats.SubTo(dir, next, y)
			}
		}
		newg := f.GradY(nil, w, x, next)
		floats.SubTo(dg, newg, g)
		if curve := floats.Dot(dir, dg); fresh && curve > 0 {
			for i := range h { // the best multiple of 1 (Nocedal and Wright, equation 6.20)
				h[i][i] = curve / floats.Dot(dg, dg)
			}
		}
		fresh = !update(h, dir, dg) && fresh
		y, low, g = next, after, newg
	}
	return nil, 0, fmt.Errorf("no minimum after %d steps, at y = %v, energy %v", most, y, low)
}

// search returns a point y + t dir, t > 0, that lowers F enough for its slope
// along dir (Armijo), and its energy; nil if there is none for t = 1, ½, …
// 2⁻¹⁰⁰. If t = 1 is good and longer is set, it doubles t while that lowers F.
func search(f Energy, w, x, y, dir []float64, low, slope float64, longer bool) (next []float64, after float64) {
	if !(slope < 0) {
		return nil, low
	}
	try := func(t float64) ([]float64, float64) {
		at := floats.AddScaledTo(make([]float64, len(y)), y, t, dir)
		return at, f.Eval(w, x, at)
	}
	t := 1.0
	for next, after = try(t); !(after < low && after <= low+1e-4*t*slope); next, after = try(t) {
		if t /= 2; t < 0x1p-100 {
			return nil, low
		}
	}
	for longer && t >= 1 {
		t *= 2
		further, energy := try(t)
		if !(energy < after) {
			break
		}
		next, after = further, energy
	}
	return next, after
}

// neighbour returns a point beside y, along an axis, that has less energy, and
// its energy; nil if there is none. It leads away from maxima and most saddles,
// where ∂F/∂y = 0 as well.
func neighbour(f Energy, w, x, y []float64, low float64) ([]float64, float64) {
	for i := range y {
		for _, step := range []float64{0x1p-13, -0x1p-13} { // moves F by 2⁻²⁶ F″/2, well above its rounding
			next := slices.Clone(y)
			next[i] += step * max(1, math.Abs(y[i]))
			if after := f.Eval(w, x, next); after < low {
				return next, after
			}
		}
	}
	return nil, low
}

// update improves the inverse Hessian h after a step s that changed the
// gradient by dg,
//
//	H ← (I − ρ s dgᵀ) H (I − ρ dg sᵀ) + ρ s sᵀ,    ρ = 1/(s·dg)
//
// It leaves h alone and returns false unless s·dg > 0, that is unless F curves
// upward along s.
func update(h [][]float64, s, dg []float64) bool {
	rho := 1 / floats.Dot(s, dg)
	if !(rho > 0) || math.IsInf(rho, 1) {
		return false
	}
	u := make([]float64, len(s)) // H dg
	for i := range u {
		u[i] = floats.Dot(h[i], dg)
	}
	scale := rho * (1 + rho*floats.Dot(dg, u))
	for i := range h {
		for j := range h[i] {
			h[i][j] += scale*s[i]*s[j] - rho*(u[i]*s[j]+s[i]*u[j])
		}
	}
	return true
}

func identity(d int) [][]float64 {
	h := make([][]float64, d)
	for i := range h {
		h[i] = make([]float64, d)
		h[i][i] = 1
	}
	return h
}

// finite reports whether no element of s is NaN or infinite.
func finite(s []float64) bool {
	for _, v := range s {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
