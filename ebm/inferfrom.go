package ebm

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// ErrNoMinimum is the error of InferFrom if no search ended at a minimum.
var ErrNoMinimum = errors.New("ebm: no minimum found")

// InferFrom returns the answer of least energy in a continuous space, with x
// fixed, and its energy,
//
//	ŷ = argmin over y in ℝᵈ of F_W(x, y)
//
// It descends along ∂F/∂y from each start (BFGS) until F no longer falls, nor by
// a small step along an axis, and returns the best of the local minima so found,
// the first of equals: the global minimum only if a start leads there. F must be
// differentiable in y: at a kink the search may stop short, or find no minimum.
//
// The error wraps ErrNoMinimum, and y is nil, if no search ended at a minimum:
// F has no lower bound, or is not finite, or has no gradient, at the starts. An
// energy that falls for ever but levels off, such as e^{−y}, has no minimum
// either (C05), but the search can't tell: it returns a point far out.
//
// It panics if starts is empty, or a start is.
func InferFrom(f Energy, w, x []float64, starts [][]float64) (y []float64, min float64, err error) {
	if len(starts) == 0 {
		panic("ebm: no starts")
	}
	min = math.NaN()
	var last error
	for _, start := range starts {
		if len(start) == 0 {
			panic("ebm: a start without dimensions")
		}
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

// descent returns the local minimum of F in y that BFGS reaches from start. It
// ends where F no longer falls, which may also be at a maximum or a saddle:
// from there it sets out again beside it.
func descent(f Energy, w, x, start []float64) (y []float64, low float64, err error) {
	const again = 100 // searches; one or two do on the models here
	problem := optimize.Problem{
		Func: func(y []float64) float64 { return f.Eval(w, x, y) },
		Grad: func(g, y []float64) { f.GradY(g, w, x, y) },
	}
	settings := &optimize.Settings{
		GradientThreshold: math.SmallestNonzeroFloat64,
		Converger:         optimize.NeverTerminate{},
		MajorIterations:   300,
	}
	y, low = slices.Clone(start), f.Eval(w, x, start)
	for range again {
		if g := f.GradY(nil, w, x, y); !finite(g) || !finite([]float64{low}) {
			return nil, 0, fmt.Errorf("energy %v, gradient %v at y = %v", low, g, y)
		}
		// gonum's error says how the search ended; whether at a minimum is seen
		// from what stands beside.
		if end, _ := optimize.Minimize(problem, y, settings, &optimize.BFGS{}); end.F < low {
			y, low = end.X, end.F
		}
		beside, lower := neighbour(f, w, x, y, low)
		if beside == nil {
			return y, low, nil
		}
		y, low = beside, lower
	}
	return nil, 0, fmt.Errorf("no minimum after %d searches, at y = %v, energy %v", again, y, low)
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

// finite reports whether no element of s is NaN or infinite.
func finite(s []float64) bool {
	for _, v := range s {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
