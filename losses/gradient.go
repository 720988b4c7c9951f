package losses

// Gradient is the chain rule from the energies to the parameters, the step that
// SOURCE 1.2(c) and 1.3 take for every loss:
//
//	∂ℓ/∂W = Σᵢ (∂ℓ/∂Fᵢ) ∂Fᵢ/∂W
//
// It returns ℓ(F, y) and sets dst, which it also returns. The model is seen
// through pull alone, which sets dst = Σᵢ gᵢ ∂Fᵢ/∂W, allocating a nil dst:
//
//	pull := func(dst, g []float64) []float64 { return ebm.Pull(dst, g, f, w, x, ys) }
//
// It panics where l.Eval or pull does.
func Gradient(dst []float64, l Loss, F []float64, y int, pull func(dst, g []float64) []float64) (loss float64, dW []float64) {
	g := make([]float64, len(F))
	loss = l.Eval(g, F, y)
	return loss, pull(dst, g)
}
