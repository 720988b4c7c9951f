// Package descent finds a local minimum of a function on ℝᵈ by its gradient.
package descent

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// Minimum returns a point of ℝᵈ, the value of F there, no more than at the start, and no
// error if F falls from there by none of the steps of beside: of max(1, |yᵢ|)/16 and, each a
// 512th of the one before, smaller ones, along an axis, along a diagonal of two axes and along
// an eigenvector of the Hessian. Descent is by BFGS, which may end at a saddle, at a maximum
// or early; then it sets out again beside it. Where F is NaN, or y infinite, it counts as
// +Inf: a domain may end. After 100 searches it is enough that the last step lowered F by less
// than 2⁻³⁰ of all it has fallen: among the steps that rounding makes of a slope there may be
// ever lower ones.
//
// F(y) is the function, grad sets dst to its gradient. It is an error if F or the
// gradient is not finite at the start or at the end, or if F still falls by more
// after 100 searches: some 10⁵ calls of F in the plane.
func Minimum(F func(y []float64) float64, grad func(dst, y []float64), start []float64) (y []float64, low float64, err error) {
	const again, crept = 100, 0x1p-30
	y, low = slices.Clone(start), F(start)
	first := low
	g := make([]float64, len(y))
	inside := func(y []float64) float64 {
		if f := F(y); finite(y...) && !math.IsNaN(f) {
			return f
		}
		return math.Inf(1)
	}
	for k := range again {
		grad(g, y)
		if !finite(low) || !finite(g...) || !finite(y...) {
			return nil, 0, fmt.Errorf("energy %v, gradient %v at y = %v", low, g, y)
		}
		if end, f := search(inside, grad, y); f < low {
			y, low = end, f
		}
		next, lower := beside(inside, grad, y, low)
		if next == nil || k == again-1 && low-lower < crept*(first-lower) {
			return y, low, nil
		}
		y, low = next, lower
	}
	return nil, 0, fmt.Errorf("the energy still falls after %d searches, at y = %v, energy %v", again, y, low)
}

// search returns the lowest point that one run of BFGS sees. Its first step, which may
// grow, is some 2⁻⁴ of the largest |yᵢ|, which is the unit of length; the gradient is
// scaled to be next to 1, so that its products neither overflow nor underflow (of F
// only the order matters to the line search). Both are scaled by powers of two, which
// change no digit.
func search(F func(y []float64) float64, grad func(dst, y []float64), start []float64) (end []float64, low float64) {
	length := 0
	if most := floats.Norm(start, math.Inf(1)); most > 0 {
		length = math.Ilogb(most) - 4
	}
	d := len(start)
	y, g, u := make([]float64, d), make([]float64, d), make([]float64, d)
	scale := func(dst, v []float64, by int) {
		for i := range v {
			dst[i] = math.Ldexp(v[i], by)
		}
	}
	grad(g, start)
	height := 0
	if most := floats.Norm(g, math.Inf(1)); most > 0 {
		height = math.Ilogb(most)
	}
	problem := optimize.Problem{
		Func: func(u []float64) float64 {
			scale(y, u, length)
			return F(y)
		},
		Grad: func(dst, u []float64) {
			scale(y, u, length)
			grad(g, y)
			scale(dst, g, -height)
		},
	}
	settings := &optimize.Settings{Converger: optimize.NeverTerminate{}, GradientThreshold: math.SmallestNonzeroFloat64, MajorIterations: 300}
	scale(u, start, -length)
	// gonum's error says how the search ended; whether at a minimum is seen from what
	// stands beside.
	result, _ := optimize.Minimize(problem, u, settings, &optimize.BFGS{GradStopThreshold: math.NaN()})
	if result == nil {
		return nil, math.Inf(1)
	}
	end = make([]float64, d)
	scale(end, result.X, length)
	return end, F(end)
}

// beside returns a point near y of less F, and its F; nil if it finds none. It tries
// steps of either sign, each 2⁻⁹ of the one before,
//
//	from 2⁻⁴ max(1, |yᵢ|) to the spacing of the float64s about yᵢ, along the axes
//	as many as are above 2⁻⁵² of the first, along eᵢ ± eⱼ and the eigenvectors
//
// and takes the best of the first of these directions along which F falls. At a
// stationary point that is neither a minimum nor degenerate the Hessian has an
// eigenvector along which it does.
func beside(F func(y []float64) float64, grad func(dst, y []float64), y []float64, low float64) ([]float64, float64) {
	next := slices.Clone(y)
	var best []float64
	// along tries steps from the longest down, while they move y and are above least.
	along := func(direction map[int]float64, longest, least float64) bool {
		moved := true
		for step := longest; step > least && moved; step *= 0x1p-9 {
			moved = false
			for _, s := range [2]float64{step, -step} {
				for i, v := range direction {
					next[i] = y[i] + s*v
					moved = moved || next[i] != y[i]
				}
				if f := F(next); f < low {
					best, low = slices.Clone(next), f
				}
			}
		}
		copy(next, y)
		return best != nil
	}
	reach := make([]float64, len(y))
	for i, v := range y {
		reach[i] = 0x1p-4 * max(1, math.Abs(v))
		if along(map[int]float64{i: 1}, reach[i], 0) {
			return best, low
		}
	}
	for _, v := range curvature(grad, y) {
		direction := map[int]float64{}
		for i := range v {
			direction[i] = v[i] * reach[i]
		}
		if along(direction, 1, 0x1p-52) {
			return best, low
		}
	}
	for i := range y {
		for j := range i {
			for _, side := range [2]float64{1, -1} {
				if along(map[int]float64{i: reach[i], j: side * reach[j]}, 1, 0x1p-52) {
					return best, low
				}
			}
		}
	}
	return nil, low
}

// curvature returns the eigenvectors of the Hessian at y in the coordinates yᵢ/max(1,
// |yᵢ|), from differences of the gradient; none if they are not finite.
func curvature(grad func(dst, y []float64), y []float64) [][]float64 {
	d := len(y)
	if d == 1 {
		return nil // the axis
	}
	const h = 0x1p-17
	at, up, down := slices.Clone(y), make([]float64, d), make([]float64, d)
	H := mat.NewDense(d, d, nil)
	var largest float64
	for i := range y {
		unit := max(1, math.Abs(y[i]))
		at[i] = y[i] + h*unit
		grad(up, at)
		at[i] = y[i] - h*unit
		grad(down, at)
		at[i] = y[i]
		for j := range y {
			v := (up[j]/2 - down[j]/2) * max(1, math.Abs(y[j])) // times a common factor
			largest = max(largest, math.Abs(v))                 // NaN stays NaN
			H.Set(i, j, v)
		}
	}
	if !(largest > 0) || math.IsInf(largest, 1) {
		return nil
	}
	sym := mat.NewSymDense(d, nil)
	for i := range d {
		for j := range i + 1 {
			sym.SetSym(i, j, (H.At(i, j)/largest+H.At(j, i)/largest)/2)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, true) {
		return nil
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	all := make([][]float64, d)
	for k := range all {
		all[k] = mat.Col(nil, k, &vectors)
	}
	return all
}

// finite reports whether no v is NaN or infinite.
func finite(v ...float64) bool {
	return !slices.ContainsFunc(v, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}
