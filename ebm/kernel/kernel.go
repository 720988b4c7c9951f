// Package kernel sums the exponentials of a Gibbs distribution on answers of mass 1 in pairs of
// float64s, and rounds what follows from the sum where it can prove that it rounds correctly:
//
//	s = Σ_{i≠t} e^(−β(Fᵢ − F_t)),    Z = e^(−βF_t)(1 + s),    F_t = min F
//
// It is the fast path of ebm.Gibbs. Each method returns a float64, and whether it is sure that
// this is the true value, rounded once: to nearest, ties to even. Where it is not, package ebm
// asks its plain twin, twofold numbers and then as many bits as it takes.
//
//	exp.go      the exponential of −z, with its error
//	log1p.go    ln(1 + s), with its error
//	sum.go      the sum s
//	slope.go    the derivatives of a probability
//	mean.go     the mean and the variance of numbers, the entropy
//	softmin.go  rows of energies that are pairs: their free energy, and their shares
//	kernel.go   the test of rounding; ln Z, F_β, probabilities and losses
//
// # Errors
//
// u = 2⁻⁵³ is half an ulp of 1. All operations are +, −, ×, ÷ of float64s and explicit fused
// multiply-adds, each product that a compiler could fuse being converted first: the numbers are
// the same on every machine, but for the start of Log1p, which is math.Log1p.
package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// settle returns hi + lo rounded, and whether every number rounds to the same that is as near to
// hi + lo as err and the slack of 2⁻⁸² of it:
//
//	fl(hi + fl(lo − e)) = fl(hi + fl(lo + e)),    e = err + 2⁻⁸²|hi|
//
// Rounding is monotonic, so that it takes all between the two arguments to one float64. For
// |lo| ≤ 2⁻⁴²|hi| the slack covers
//
//	2⁻⁹⁴|hi|   the roundings of lo ± e, and a few of 2⁻¹⁰⁰|hi| in err itself
//	2⁻⁸³|hi|   that the plain twin may be off: it rounds to the same float64, then
//	2⁻⁹⁷⁴|hi|  what has underflowed, as |hi| ≥ 2⁻⁹⁰⁰
//
// and more than doubles it. NaN and Inf are not sure.
func settle(hi, lo, err float64) (x float64, sure bool) {
	size := math.Abs(hi)
	err += float64(size * 0x1p-82)
	x = hi + (lo - err)
	return x, x == hi+(lo+err) && size >= 0x1p-900 && size <= 0x1p1000
}

// LogZ returns ln Z = ln(1 + s) − βF_t.
func (s *Sum) LogZ() (x float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	p := float64(s.beta * s.low)
	hi, lo := twofold.AddPair(s.ln, s.lnLow, -p, -math.FMA(s.beta, s.low, -p))
	return settle(hi, lo, s.lnErr)
}

// FreeEnergy returns F_β = F_t − ln(1 + s)/β.
func (s *Sum) FreeEnergy() (x float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	q, κ := s.perBeta()
	hi, lo := twofold.AddPair(s.low, 0, -q, -κ)
	return settle(hi, lo, s.lnErr/s.beta)
}

// NLL returns −(1/β) ln pᵢ = (Fᵢ − F_t) + ln(1 + s)/β, and 0 for the top where that is alone and
// β ≥ 2⁻⁷: s/β < 2⁻¹⁰⁷⁶.
func (s *Sum) NLL(i int) (x float64, sure bool) {
	switch {
	case !s.ok:
		return 0, false
	case i == s.top && s.alone():
		return 0, s.beta >= 0x1p-7
	}
	d, δ := twofold.TwoSum(s.energies[i], -s.low)
	q, κ := s.perBeta()
	hi, lo := twofold.AddPair(d, δ, q, κ)
	return settle(hi, lo, s.lnErr/s.beta)
}

// LogProb returns ln pᵢ = −β(Fᵢ − F_t) − ln(1 + s).
func (s *Sum) LogProb(i int) (x float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	z, ζ := s.gap(i)
	z, ζ = twofold.FastTwoSum(z, ζ)
	hi, lo := twofold.AddPair(-z, -ζ, -s.ln, -s.lnLow)
	return settle(hi, lo, s.lnErr)
}

// perBeta returns ln(1 + s)/β, off by lnErr/β and 4u² of it.
func (s *Sum) perBeta() (q, κ float64) { return quotient(s.ln, s.lnLow, s.beta) }

// quotient returns (x + ξ)/β to 4u²: x/β leaves x − qβ without error.
func quotient(x, ξ, beta float64) (q, κ float64) {
	q = x / beta
	return twofold.FastTwoSum(q, (math.FMA(-q, beta, x)+ξ)/beta)
}

// Prob returns pᵢ = wᵢ/(1 + s), wᵢ = e^(−β(Fᵢ − F_t)), and 0 for gaps from 768 on:
// e^−768 < 2⁻¹¹⁰⁷. wᵢ comes with 2⁻⁸³·¹, 1/(1 + s) with the 2⁻⁸²·⁸ of s and 10u², the product
// leaves 2⁻⁹⁵ out and rounds at 2⁻⁹⁴: together less than 2⁻⁸¹·⁹.
func (s *Sum) Prob(i int) (x float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	z, ζ := s.gap(i)
	if !(z < deepest) {
		return 0, true
	}
	w, ω, e := exponential(z, ζ)
	hi, lo := s.share(w, ω)
	err := float64(hi * 0x1p-81)
	if e < -800 {
		return deep(hi, lo, err, e)
	}
	x, sure = settle(hi, lo, err)
	return float64(x * power(e)), sure
}

// deep is settle for (hi + lo)·2^e where that is not normal: it rounds to multiples of 2⁻¹⁰⁷⁴, or to
// ±Inf.
func deep(hi, lo, err float64, e int) (x float64, sure bool) {
	err += float64(math.Abs(hi) * 0x1p-82)
	below, above := twofold.Sum(hi, lo-err), twofold.Sum(hi, lo+err)
	below.Scale += e
	above.Scale += e
	x = below.Float64()
	return x, x == above.Float64()
}

// Complement returns 1 − pᵢ: s/(1 + s) for the top t, and for any other
//
//	((1 + s) − wᵢ)/(1 + s) ≥ 1/2
//
// the difference of which is off by no more than 2⁻⁸²·⁸ of 1 + s and 2⁻⁸³·¹ of wᵢ ≤ 1, so by
// less than 2⁻⁸¹·² of itself. With the error of 1/(1 + s): less than 2⁻⁸⁰.
//
// It is 0 for a top that is alone.
func (s *Sum) Complement(i int) (x float64, sure bool) {
	switch {
	case !s.ok:
		return 0, false
	case i == s.top && s.alone():
		return 0, true
	}
	hi, lo := s.share(s.others(i))
	return settle(hi, lo, float64(hi*0x1p-80)+leftOut)
}

// others returns the sum of all exponentials but that of i, with the error that Complement says.
func (s *Sum) others(i int) (w, ω float64) {
	if i == s.top {
		return s.rest, s.restLow
	}
	z, ζ := s.gap(i)
	if !(z < cut) {
		return s.total, s.totalLow
	}
	w, ω, e := exponential(z, ζ)
	w, ω = twofold.FastTwoSum(w, ω)
	return twofold.AddPair(s.total, s.totalLow, -float64(w*power(e)), -float64(ω*power(e)))
}

// share returns (w + ω)/(1 + s).
func (s *Sum) share(w, ω float64) (hi, lo float64) {
	hi = float64(w * s.inverse)
	return hi, math.FMA(w, s.inverse, -hi) + math.FMA(w, s.inverseLow, float64(ω*s.inverse))
}
