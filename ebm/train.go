package ebm

import "gonum.org/v1/gonum/floats"

// Descend takes steps of gradient descent from w, in place, and returns w:
//
//	w ← w − step · ∇(w)
//
// grad returns ∇(w), into dst unless it prefers to return its own slice; the
// loss that it belongs to is not needed. A step is one Euler step of the
// gradient flow dw/dt = −∇, so t steps stand for the time t·step (C52, C57,
// C66, C74). A negative step ascends. observe, unless it is nil, is called with
// t = 0 and the start, then with t = 1 … steps after each step; it must not
// change w.
//
// It panics if grad returns a slice of another length than w, or if steps < 0.
func Descend(
	w []float64, step float64, steps int,
	grad func(dst, w []float64) []float64, observe func(t int, w []float64),
) []float64 {
	if steps < 0 {
		panic("ebm: negative number of steps")
	}
	if observe != nil {
		observe(0, w)
	}
	dst := make([]float64, len(w))
	for t := range steps {
		g := grad(dst, w)
		if len(g) != len(w) {
			panic("ebm: gradient and parameters differ in length")
		}
		floats.AddScaled(w, -step, g)
		if observe != nil {
			observe(t+1, w)
		}
	}
	return w
}
