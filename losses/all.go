package losses

import (
	"math"

	"ebmcheck/ebm"
)

// EnergyLoss is the energy loss (LeCun et al. 2006, Table 1; margin none),
//
//	ℓ = F_y,   ∂ℓ/∂F = e_y
//
// which pushes down on the correct answer and on nothing else up (SOURCE 1.1(f)).
type EnergyLoss struct{}

// Eval implements Loss.
func (EnergyLoss) Eval(grad, F []float64, y int) float64 {
	if undefined(grad, F, y) {
		return math.NaN()
	}
	if grad != nil {
		clear(grad)
		grad[y] = 1
	}
	return F[y]
}

// Perceptron is the generalised perceptron loss (Table 1; margin 0),
//
//	ℓ = F_y − min_j F_j ≥ 0,   ∂ℓ/∂F = e_y − e_k,  k a minimiser
//
// The minimiser k is y itself if y is one of them, so that the gradient is 0
// wherever the loss is; else the first. An impossible y gives +Inf. Energies
// that are all +Inf give NaN, and so does an energy of −Inf.
type Perceptron struct{}

// Eval implements Loss.
func (Perceptron) Eval(grad, F []float64, y int) float64 {
	if undefined(grad, F, y) {
		return math.NaN()
	}
	k := y
	for j, f := range F {
		if f < F[k] {
			k = j
		}
	}
	if math.IsInf(F[k], 0) {
		fill(grad, math.NaN())
		return math.NaN()
	}
	if grad != nil {
		clear(grad)
		if k != y {
			grad[y], grad[k] = 1, -1
		}
	}
	return F[y] - F[k]
}

// NLL is the negative log-likelihood loss (SOURCE 1.2(b), Table 1 row NLL/MMI),
//
//	ℓ = F_y + (1/β) ln Σ_j e^(−βF_j) = −(1/β) ln p_y
//	∂ℓ/∂F_y = 1 − p_y,   ∂ℓ/∂F_j = −p_j
//
// with p the Gibbs distribution at inverse temperature Beta. The component at y
// is the sum of the other probabilities, not a difference.
//
// Special cases:
//
//	F_y = +Inf: ℓ = +Inf, ∂ℓ/∂F_y = 1
//	n = 1: ℓ = 0
//	every F = +Inf, some F = −Inf: NaN
//	Beta = +Inf: the perceptron, its gradient shared among tied minimisers
//	Beta = 0: ℓ = +Inf for n > 1, the gradient its limit
//
// Eval panics if Beta is negative or NaN.
type NLL struct{ Beta float64 }

// Eval implements Loss.
func (l NLL) Eval(grad, F []float64, y int) float64 {
	demand(l.Beta)
	if undefined(grad, F, y) {
		return math.NaN()
	}
	var g ebm.Gibbs
	g.Hold(F, l.Beta, ebm.Counting(len(F)))
	if grad != nil {
		g.Probs(grad)
		for j, p := range grad {
			if p != 0 { // no −0
				grad[j] = -p
			}
		}
		grad[y] = g.Complement(y)
	}
	return g.NLL(y)
}

// MEE is the minimum empirical error loss (Table 1; Ljolje et al. 1990),
//
//	ℓ = 1 − p_y
//	∂ℓ/∂F_y = β p_y (1 − p_y),   ∂ℓ/∂F_j = −β p_y p_j
//
// with p the Gibbs distribution at inverse temperature Beta. The products are
// rounded once: they may be large where p_y has underflowed. An impossible y
// gives 1 and a zero gradient; no possible answer gives NaN, and so does an
// energy of −Inf. At Beta = +Inf the value is its limit and the gradient 0, but
// NaN where y is one of several minimisers: there the limit jumps.
//
// Eval panics if Beta is negative or NaN.
type MEE struct{ Beta float64 }

// Eval implements Loss.
func (l MEE) Eval(grad, F []float64, y int) float64 {
	demand(l.Beta)
	if undefined(grad, F, y) {
		return math.NaN()
	}
	var g ebm.Gibbs
	g.Hold(F, l.Beta, ebm.Counting(len(F)))
	if grad != nil {
		for j, d := range g.ProbGrad(grad, y) {
			grad[j] = 0 - d
		}
	}
	return g.Complement(y)
}

// demand panics unless beta ≥ 0.
func demand(beta float64) {
	if !(beta >= 0) {
		panic("losses: beta is negative or NaN")
	}
}
