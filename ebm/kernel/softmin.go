package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// A Pair is an energy Hi + Lo, |Lo| ≤ u|Hi|; where Hi is infinite, Lo says nothing.
type Pair struct{ Hi, Lo float64 }

// Plus returns p + x, off by 2u² of p and of the result, and ±Inf where p or x is infinite or the
// sum overflows.
func (p Pair) Plus(x float64) Pair {
	s, e := twofold.TwoSum(p.Hi, x)
	if math.IsInf(s, 0) {
		return Pair{Hi: s}
	}
	s, e = twofold.FastTwoSum(s, e+p.Lo)
	return Pair{s, e}
}

// less says whether p < v.
func (p Pair) less(v Pair) bool { return p.Hi < v.Hi || p.Hi == v.Hi && p.Lo < v.Lo }

// SoftMin returns the free energy of f, none of which is NaN or −Inf,
//
//	−(1/β) ln Σᵥ e^(−βfᵥ) = min f − ln(1 + s)/β
//
// for 2⁻⁹⁰⁰ ≤ β ≤ 2⁹⁰⁰, and what it is off by at most: the error of the logarithm over β, and
// with 700 ≥ βd for the d = fᵥ − min f that count,
//
//	8u²(|min f| + 700/β)   of a difference: δ is the sum of three parts below u(|fᵥ| + |min f|)
//	4u² ln(1 + s)/β        of the quotient
//	3u²|min f| + …         of the last difference
//
// which is less than 2⁻¹⁰²|min f| + (2⁻⁹² + 2⁻¹⁰³ ln(1 + s))/β. It is +Inf if no f is finite.
func SoftMin(f []Pair, beta float64) (F Pair, err float64) {
	top := 0
	for v, x := range f {
		if x.less(f[top]) {
			top = v
		}
	}
	low := f[top]
	if math.IsInf(low.Hi, 1) {
		return low, 0
	}
	var s, σ float64
	for from := 0; from < len(f); from += block {
		var hi, lo, lost float64
		for v := from; v < min(from+block, len(f)); v++ {
			if v == top {
				continue
			}
			d, δ := twofold.TwoSum(f[v].Hi, -low.Hi)
			d, δ = twofold.TwoSum(d, δ+(f[v].Lo-low.Lo))
			z := float64(beta * max(d, 0)) // a d of 0 may have become less
			if !(z < cut) {                // +Inf and NaN too
				continue
			}
			w, ω, e := exponential(z, math.FMA(beta, δ, math.FMA(beta, max(d, 0), -z)))
			hi, lost = twofold.TwoSum(hi, float64(w*power(e)))
			lo += lost + float64(ω*power(e))
		}
		hi, lo = twofold.FastTwoSum(hi, lo)
		s, σ = twofold.AddPair(s, σ, hi, lo)
	}
	total, τ := twofold.AddPair(1, 0, s, σ)
	ln, λ, err := log1p(s, σ, total, τ)
	q, κ := quotient(ln, λ, beta)
	F.Hi, F.Lo = twofold.AddPair(low.Hi, low.Lo, -q, -κ)
	return F, (err+float64(ln*0x1p-103)+0x1p-92)/beta + math.Abs(low.Hi)*0x1p-102
}

// Settle returns F + ε rounded, for every ε up to err, and whether all round to the same: those of
// F + ε, and of their products with a factor.
func Settle(F Pair, factor, err float64) (x float64, sure bool) {
	hi, lo := twofold.MulPair(F.Hi, F.Lo, factor, 0)
	return settle(hi, lo, err*math.Abs(factor))
}
