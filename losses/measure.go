package losses

import (
	"math"

	"ebmcheck/ebm"
	"ebmcheck/ebm/twofold"
)

// NLLOver is the negative log-likelihood of a density relative to a measure (SOURCE
// 1.2(b) with ∫ for Σ): on a box, on a sample, on any ebm.Measure,
//
//	ℓ = F_y + (1/β) ln ∫ e^(−βF) dμ = −(1/β) ln p(y) = F_y − F_β
//	∂ℓ/∂F_i = δ_iy − p_i,   p_i = μ_i e^(−βF_i)/Z
//
// Under ebm.Counting it is NLL. The datum is the answer y of Mu: one of its points, or
// one added to it, Mu.With(y, 0), whose mass of 0 leaves Z as it is and whose density is
// that at y all the same; with a mass it is one of the terms of the estimate of Z.
// Mu may be the Box made for other energies, W having moved on: then its estimate of the
// error no longer holds.
//
// Special cases:
//
//	F_y = +Inf: ℓ = +Inf, ∂ℓ/∂F_y = 1
//	no possible answer, some F = −Inf: NaN
//	Beta = +Inf: F_y − min F
//	Beta = 0: +Inf or −Inf as the total mass is more or less than 1; F_y − ⟨F⟩ if it is 1
//
// Eval panics if Beta is negative or NaN, or if F and Mu differ in length.
type NLLOver struct {
	Beta float64
	Mu   ebm.Measure
}

// Eval implements Loss.
func (l NLLOver) Eval(grad, F []float64, y int) float64 {
	g := over(grad, F, y, l.Beta, l.Mu)
	if g == nil {
		return math.NaN()
	}
	if grad != nil {
		for j, p := range g.Probs(grad) {
			grad[j] = 0 - p
		}
		grad[y] = g.Complement(y)
	}
	return g.DensityNLL(F[y])
}

// MEEOver is the minimum empirical error loss of a density relative to a measure
// (Table 1, row MEE, with its integral),
//
//	ℓ = 1 − q,   q = p(y) = e^(−βF_y)/∫ e^(−βF) dμ
//	∂ℓ/∂F_y = β q (1 − p_y),   ∂ℓ/∂F_i = −β q p_i,   p_i = μ_i e^(−βF_i)/Z
//
// Under ebm.Counting it is MEE. A density may be larger than 1, and the loss negative:
// on a continuum it has no lower bound. The datum is as in NLLOver. q is the
// exponential of a rounded logarithm: value and gradient are off by up to 1 + |ln q|
// ulps of q, and some. The gradient may be a number where q is none.
//
// Special cases: an impossible y gives 1 and a gradient of 0; no possible answer gives
// NaN, and so does an energy of −Inf.
//
// Eval panics unless 0 ≤ Beta < +Inf, or if F and Mu differ in length.
type MEEOver struct {
	Beta float64
	Mu   ebm.Measure
}

// Eval implements Loss.
func (l MEEOver) Eval(grad, F []float64, y int) float64 {
	if math.IsInf(l.Beta, 1) {
		panic("losses: beta is infinite")
	}
	g := over(grad, F, y, l.Beta, l.Mu)
	if g == nil {
		return math.NaN()
	}
	ln := g.LogDensity(F[y])
	if grad != nil {
		slope := twofold.Of(ln).Exp().Mul(twofold.Of(l.Beta)) // βq, which may be no float64
		for j, p := range g.Probs(grad) {
			grad[j] = 0 - slope.Mul(twofold.Of(p)).Float64()
		}
		grad[y] = slope.Mul(twofold.Of(g.Complement(y))).Float64()
	}
	return -math.Expm1(ln)
}

// over returns the Gibbs distribution of F on mu, or nil if F has a NaN, and then
// fills grad with it.
func over(grad, F []float64, y int, beta float64, mu ebm.Measure) *ebm.Gibbs {
	demand(beta)
	if len(F) != mu.Len() {
		panic("losses: energies and measure differ in length")
	}
	if undefined(grad, F, y) {
		return nil
	}
	return ebm.NewGibbs(F, beta, mu)
}
