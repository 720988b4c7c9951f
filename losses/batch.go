package losses

import (
	"math"

	"ebmcheck/ebm"
	"ebmcheck/ebm/twofold"
)

// A Datum is an input x with its correct answer y, an index into the answers.
type Datum struct {
	X []float64
	Y int
}

// Batch returns the mean loss of a batch and its gradient in the parameters (the loss
// functional of LeCun et al. 2006, section 2, without a regulariser),
//
//	ℓ̄(W) = (1/N) Σᵢ ℓ(F_W(xᵢ, ·), yᵢ),    ∂ℓ̄/∂W = (1/N) Σᵢ Σⱼ (∂ℓᵢ/∂Fⱼ) ∂F_W(xᵢ, yⱼ)/∂W
//
// for data that have their answers ys in common. It sets dst to the gradient, allocating a
// nil one, and returns it: what ebm.Descend asks for. The mean loss is rounded once; each
// component of the gradient is a sum in float64. A mean loss of NaN, as one datum without a
// value makes it, has a gradient of NaN.
//
// It panics if the batch is empty, or where l.Eval or ebm.Pull does.
func Batch(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (loss float64, dW []float64) {
	if len(batch) == 0 {
		panic("losses: an empty batch")
	}
	if dst == nil {
		dst = make([]float64, f.Params())
	}
	clear(dst)
	var sum twofold.Number
	F, g, one := make([]float64, len(ys)), make([]float64, len(ys)), make([]float64, len(dst))
	for _, d := range batch {
		ebm.Energies(F, f, w, d.X, ys)
		sum = sum.Add(twofold.Of(l.Eval(g, F, d.Y)))
		for k, slope := range ebm.Pull(one, g, f, w, d.X, ys) {
			dst[k] += slope
		}
	}
	N := float64(len(batch))
	loss = sum.Div(twofold.Of(N)).Float64()
	for k := range dst {
		if dst[k] /= N; math.IsNaN(loss) { // where W_k has no part in it, too
			dst[k] = loss
		}
	}
	return loss, dst
}
