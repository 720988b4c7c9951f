package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// LogDensity returns ln p(y), the logarithm of the density relative to the measure μ
// at a point y of energy F, which need not be one of the answers that stand for 𝒴 (SOURCE
// 1.1(c), C14; its gradient in y is free of Z: identity 92),
//
//	ln p(y) = −βF − ln Z,    pᵢ = μᵢ p(yᵢ)
//
// Special cases are:
//
//	F = +Inf: −Inf
//	F is NaN or −Inf, or p is undefined: NaN
//	β = +Inf: −ln Σ μ over the minimisers where F = min F; −Inf above it, +Inf below
//
// It is rounded once. Where β(F − min F) and ln(Z e^(β min F)) cancel, or the latter is
// next to 0, the error is up to 2⁻⁹⁰ of either, or of 1.
func (g *Gibbs) LogDensity(F float64) float64 { return g.rarity(F).Neg().Float64() }

// DensityNLL returns the negative log-likelihood of a point y of energy F under the
// density p (SOURCE 1.2(b) on a continuum),
//
//	−(1/β) ln p(y) = F + (1/β) ln Z = F − F_β
//
// which is NLL for an answer of mass 1, and the loss of a datum that is no node of a
// quadrature and no point of a sample. The accuracy is that of LogDensity.
//
// Special cases are:
//
//	F = +Inf: +Inf
//	F is NaN or −Inf, or p is undefined: NaN
//	β = +Inf: F − min F
//	β = 0: its limit, +Inf or −Inf as the total mass of the possible answers is
//	more or less than 1, and F − ⟨F⟩ if it is 1
func (g *Gibbs) DensityNLL(F float64) float64 {
	r := g.rarity(F)
	switch {
	case math.IsNaN(r.Hi) || math.IsInf(F, 1):
		return r.Hi
	case math.IsInf(g.beta, 1):
		return twofold.Diff(F, g.low).Float64()
	case g.beta == 0:
		return twofold.Diff(F, g.FreeEnergy()).Float64()
	}
	return r.Div(twofold.Of(g.beta)).Float64()
}

// rarity returns −ln p(y) for a point of energy F.
func (g *Gibbs) rarity(F float64) twofold.Number {
	switch {
	case math.IsInf(F, -1) || !g.defined(): // NaN stays NaN
		return twofold.Number{Hi: math.NaN()}
	case math.IsInf(F, 1):
		return twofold.Number{Hi: F}
	}
	return times(twofold.Of(g.beta), twofold.Diff(F, g.low)).Add(g.plain().ln)
}

// EffectiveSize returns how many answers of equal probability would spread p as widely,
//
//	1 / Σᵢ pᵢ² = (Σ wᵢ)² / Σ wᵢ²,    wᵢ = μᵢ e^(−βFᵢ)
//
// from 1 (all on one answer) to n: the effective size of a sample with its importance
// weights (Kong 1992), of which a mean under p has about the variance. NaN if p is
// undefined.
func (g *Gibbs) EffectiveSize() float64 {
	p := g.plain()
	var squares twofold.Number
	for _, w := range p.w {
		squares = squares.Add(w.Mul(w))
	}
	return p.sum.Mul(p.sum).Div(squares).Float64()
}
