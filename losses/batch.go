package losses

import (
	"ebmcheck/ebm"
	"ebmcheck/ebm/twofold"
)

// A Sample is an input x with its correct answer y, an index into the answers.
type Sample struct {
	X []float64
	Y int
}

// Batch returns the mean loss of a batch and its gradient in the parameters (the loss
// functional of LeCun et al. 2006, section 2, without a regulariser),
//
//	ℓ̄(W) = (1/N) Σᵢ ℓ(F_W(xᵢ, ·), yᵢ),    ∂ℓ̄/∂W = (1/N) Σᵢ Σⱼ (∂ℓᵢ/∂Fⱼ) ∂F_W(xᵢ, yⱼ)/∂W
//
// for samples that have their answers ys in common. It sets dst to the gradient, allocating a
// nil one, and returns it: what ebm.Descend asks for. The mean loss is rounded once; each
// component of the gradient is a sum in float64. One sample without a value makes all NaN.
//
// It panics if the batch is empty, or where l.Eval or ebm.Pull does.
func Batch(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Sample) (loss float64, dW []float64) {
	if len(batch) == 0 {
		panic("losses: an empty batch")
	}
	if dst == nil {
		dst = make([]float64, f.Params())
	}
	clear(dst)
	var sum twofold.Number
	F, g, one := make([]float64, len(ys)), make([]float64, len(ys)), make([]float64, len(dst))
	for _, s := range batch {
		ebm.Energies(F, f, w, s.X, ys)
		sum = sum.Add(twofold.Of(l.Eval(g, F, s.Y)))
		for k, d := range ebm.Pull(one, g, f, w, s.X, ys) {
			dst[k] += d
		}
	}
	N := float64(len(batch))
	for k := range dst {
		dst[k] /= N
	}
	return sum.Div(twofold.Of(N)).Float64(), dst
}
