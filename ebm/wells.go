package ebm

import "gonum.org/v1/gonum/floats"

// Wells is the energy whose minima are a sphere, for a one-to-many relation
// between x and y (C01):
//
//	F_W(x, y) = (‖x‖² + ‖y‖² − a²)²,    W = (a)
//
// With s = ‖x‖² + ‖y‖² − a²:
//
//	∂F/∂a = −4 a s,    ∂F/∂yⱼ = 4 yⱼ s
//
// With x empty and y in ℝ it is the double well (y² − a²)²; with y in the plane
// the answers of least energy are a whole circle. If ‖x‖² > a² there is one
// minimum, y = 0. Any lengths of x and y are read.
type Wells struct{}

// Params returns 1.
func (Wells) Params() int { return 1 }

func (Wells) s(w, x, y []float64) float64 {
	shape(w, x, y, 1, anyLength, anyLength)
	return floats.Dot(x, x) + floats.Dot(y, y) - w[0]*w[0]
}

// Eval returns (‖x‖² + ‖y‖² − a²)².
func (e Wells) Eval(w, x, y []float64) float64 {
	s := e.s(w, x, y)
	return s * s
}

// GradW returns −4 a s.
func (e Wells) GradW(dst, w, x, y []float64) []float64 {
	dst = room(dst, 1)
	dst[0] = -4 * w[0] * e.s(w, x, y)
	return dst
}

// GradY returns 4 s y.
func (e Wells) GradY(dst, w, x, y []float64) []float64 {
	dst = room(dst, len(y))
	return floats.ScaleTo(dst, 4*e.s(w, x, y), y)
}
