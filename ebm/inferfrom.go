package ebm

import (
	"errors"
	"fmt"
	"math"

	"ebmcheck/ebm/descent"
)

// ErrNoMinimum is the error of InferFrom if no search ended at a minimum.
var ErrNoMinimum = errors.New("ebm: no minimum found")

// InferFrom returns the answer of least energy in a continuous space, with x
// fixed, and its energy,
//
//	ŷ = argmin over y in ℝᵈ of F_W(x, y)
//
// It descends along ∂F/∂y from each start until F no longer falls, and returns the best
// of the local minima so found, the first of equals: the global minimum only if a start
// leads there. The search is BFGS (Nocedal and Wright 2006, algorithm 6.1), whatever
// the scales of y and F; where it ends, F falls by no step of max(1, |yᵢ|)/16, nor by one
// of the smaller ones that are tried, each a 512th of the one before, along an axis, a
// diagonal of two axes or an eigenvector of the Hessian, or, after 100 searches, by less than
// 2⁻³⁰ of all it has fallen. So it leaves maxima and saddles, but for a saddle that is flat
// along all of these. Where F is NaN it counts as +Inf:
// the domain may end. F must be differentiable in y: at a kink the search may stop
// short.
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
		at, low, err := descent.Minimum(
			func(y []float64) float64 { return f.Eval(w, x, y) },
			func(dst, y []float64) { f.GradY(dst, w, x, y) }, start)
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
