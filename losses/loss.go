package losses

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// A Loss (LeCun et al. 2006, section 2) says how badly the energies F = (F_W(x, y₀), …,
// F_W(x, yₙ₋₁)) of all answers serve the correct answer y.
//
// Eval returns ℓ(F, y). If grad is not nil it also sets
//
//	grad[i] = ∂ℓ/∂Fᵢ
//
// whatever grad held before; grad must not be F. At a kink it is one element of
// the subdifferential, named by the loss.
//
// Eval panics if y is no index of F, or if grad is neither nil nor as long as F, and,
// whatever F is, if a β is negative or NaN. A NaN anywhere in F makes the value and the
// whole gradient NaN.
type Loss interface {
	Eval(grad, F []float64, y int) float64
}

// A PairLoss (SOURCE 1.3; Table 1) sees two energies only: F = F_W(x, y) of the correct
// answer and F̄ = F_W(x, ȳ) of an incorrect one.
//
// Pair returns ℓ(F, F̄), ∂ℓ/∂F and ∂ℓ/∂F̄; at a kink the derivatives of its flat
// side, where the source puts them. +Inf is an impossible answer: value and
// derivatives are their limits. All three are NaN if an energy is NaN or −Inf, if a
// parameter is NaN, or if there is no limit (of F − F̄ where both are +Inf).
type PairLoss interface {
	Pair(F, Fbar float64) (loss, dF, dFbar float64)
}

// Contrastive returns the loss that p is on the whole answer space: p on the
// correct answer and the most offending incorrect one,
//
//	ℓ(F, y) = p(F_y, F_ȳ),   ȳ = argmin_{j ≠ y} F_j
//
// (LeCun et al. 2006, definition 1); the gradient goes to the first of tied
// answers. Where there is no incorrect answer (n = 1), or only impossible ones,
// it is p's limit as F̄ → +Inf.
func Contrastive(p PairLoss) Loss { return contrastive{p, nil, 0} }

// ContrastiveBeyond is Contrastive on a continuum seen at the given points
// of ℝᵈ (ebm.Measure's, for instance), where answers near y are not wrong:
//
//	ȳ = argmin F over ‖ȳ − y‖ ≥ ε
//
// (LeCun et al. 2006, definition 2, which has ‖ȳ − y‖ > ε: over that open set
// the minimum may not exist, and the closed one has its infimum.) The points
// are kept, not copied. Eval panics if F and points differ in length. It panics
// if eps is negative or NaN, if the points differ in length, or if a point is not finite.
func ContrastiveBeyond(p PairLoss, points [][]float64, eps float64) Loss {
	if !(eps >= 0) {
		panic("losses: eps is negative or NaN")
	}
	for _, y := range points {
		if len(y) != len(points[0]) {
			panic("losses: points differ in length")
		}
		for _, v := range y {
			if v-v != 0 {
				panic("losses: a point is not finite")
			}
		}
	}
	if points == nil {
		points = [][]float64{}
	}
	return contrastive{p, points, eps}
}

type contrastive struct {
	pair   PairLoss
	points [][]float64 // nil: every answer but y is incorrect
	eps    float64
}

func (l contrastive) Eval(grad, F []float64, y int) float64 {
	if l.points != nil && len(l.points) != len(F) {
		panic("losses: energies and points differ in length")
	}
	if undefined(grad, F, y) {
		l.pair.Pair(math.NaN(), math.NaN()) // for its panics
		return math.NaN()
	}
	ybar, Fbar := -1, math.Inf(1)
	for j, f := range F {
		if f < Fbar && l.incorrect(j, y) {
			ybar, Fbar = j, f
		}
	}
	loss, dF, dFbar := l.pair.Pair(F[y], Fbar)
	if grad != nil {
		clear(grad)
		grad[y] = dF
		if ybar >= 0 {
			grad[ybar] = dFbar
		}
	}
	return loss
}

// incorrect says whether answer j is wrong when y is right. The distance is
// compared without its square root overflowing.
func (l contrastive) incorrect(j, y int) bool {
	if j == y || l.points == nil {
		return j != y
	}
	var square twofold.Number
	for k, v := range l.points[j] {
		d := twofold.Diff(v, l.points[y][k])
		square = square.Add(d.Mul(d))
	}
	return square.Sub(twofold.Prod(l.eps, l.eps)).Sign() >= 0
}

// undefined checks the arguments of Eval. If F has a NaN it fills grad with NaN
// and returns true.
func undefined(grad, F []float64, y int) bool {
	if y < 0 || y >= len(F) {
		panic("losses: the answer is no index of the energies")
	}
	if grad != nil && len(grad) != len(F) {
		panic("losses: grad and energies differ in length")
	}
	for _, f := range F {
		if math.IsNaN(f) {
			fill(grad, math.NaN())
			return true
		}
	}
	return false
}

func fill(s []float64, x float64) {
	for i := range s {
		s[i] = x
	}
}
