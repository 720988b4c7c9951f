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

// A Row is a row of energies f that are pairs, at inverse temperature β: what a sum over them leaves.
type Row struct {
	Low  Pair    // min f, +Inf if no f is finite, and
	Top  int     // where that is, first
	s, σ float64 // Σ e^(−β(fᵥ − min f)) without that of the least
	beta float64
}

// lift is what exponentials are multiplied by, so that each up to the deepest has a low part.
const lift = 500

// Soften returns the row of f, none of which is NaN or −Inf, for 2⁻⁹⁰⁰ ≤ β ≤ 2⁹⁰⁰. A w that is not nil is set to
// its exponentials, each times 2⁵⁰⁰, for Spread.
//
// With 768 ≥ βd for the d = fᵥ − min f that count, a difference is off by 8u²(|min f| + 768/β): δ is the sum of
// three parts below u(|fᵥ| + |min f|). So an exponential is off by 2⁻⁸³·¹ (see exponential), 2⁻⁹³·⁴ and
// 2⁻¹⁰³β|min f| of itself, and s by 2⁻⁸²·⁸ and 2⁻¹⁰³β|min f| (see Sum).
func Soften(w, f []Pair, beta float64) Row {
	top := 0
	for v, x := range f {
		if x.less(f[top]) {
			top = v
		}
	}
	low := f[top]
	var s, σ float64
	for from := 0; from < len(f); from += block {
		var hi, lo, lost float64
		for v := from; v < min(from+block, len(f)); v++ {
			x := Pair{}
			if v == top {
				x.Hi = 0x1p500
			} else {
				d, δ := twofold.TwoSum(f[v].Hi, -low.Hi)
				d, δ = twofold.TwoSum(d, δ+(f[v].Lo-low.Lo))
				d = max(d, 0)          // a d of 0 may have become less
				z := float64(beta * d) // +Inf and NaN too
				if z < deepest {
					w, ω, e := exponential(z, math.FMA(beta, δ, math.FMA(beta, d, -z)))
					x.Hi, x.Lo = twofold.FastTwoSum(float64(w*power(e+lift)), float64(ω*power(e+lift)))
					hi, lost = twofold.TwoSum(hi, x.Hi)
					lo += lost + x.Lo
				}
			}
			if w != nil {
				w[v] = x
			}
		}
		hi, lo = twofold.FastTwoSum(hi, lo)
		s, σ = twofold.AddPair(s, σ, hi, lo)
	}
	return Row{low, top, float64(s * 0x1p-500), float64(σ * 0x1p-500), beta}
}

// Min returns the free energy of a row,
//
//	−(1/β) ln Σᵥ e^(−βfᵥ) = min f − ln(1 + s)/β
//
// and what it is off by at most: the error of the logarithm over β, and
//
//	8u²(|min f| + 768/β)   of what s is made of
//	4u² ln(1 + s)/β        of the quotient
//	3u²|min f| + …         of the last difference
//
// which is less than 2⁻¹⁰²|min f| + (2⁻⁹² + 2⁻¹⁰³ ln(1 + s))/β beside it. It is +Inf if no f is finite.
func (r Row) Min() (F Pair, err float64) {
	if math.IsInf(r.Low.Hi, 1) {
		return r.Low, 0
	}
	q, κ, err := r.log()
	F.Hi, F.Lo = twofold.AddPair(r.Low.Hi, r.Low.Lo, -q, -κ)
	return F, err + 0x1p-92/r.beta + math.Abs(r.Low.Hi)*0x1p-102
}

// log returns ln(1 + s)/β, off by no more than err if s is off by no more than 2⁻⁸²·⁸.
func (r Row) log() (q, κ, err float64) {
	total, τ := twofold.AddPair(1, 0, r.s, r.σ)
	ln, λ, err := log1p(r.s, r.σ, total, τ)
	q, κ = quotient(ln, λ, r.beta)
	return q, κ, (err + float64(ln*0x1p-103)) / r.beta
}

// Above returns how far an f of a row, a finite one, lies above its free energy,
//
//	−(1/β) ln(e^(−βf)/Σᵥ e^(−βfᵥ)) = (f − min f) + ln(1 + s)/β
//
// and what it is off by at most: the error of log, 2⁻⁹³·⁴ and 2⁻¹⁰³β|min f| of it for what s is made of, 8u²(f + |min f|) of a
// difference that is not 0, and 3u² of the sum.
func (r Row) Above(f Pair) (x Pair, err float64) {
	q, κ, err := r.log()
	d, δ := twofold.TwoSum(f.Hi, -r.Low.Hi)
	d, δ = twofold.TwoSum(d, δ+(f.Lo-r.Low.Lo))
	err += float64(q * (0x1p-93 + float64(r.beta*math.Abs(r.Low.Hi)*0x1p-103)))
	if d != 0 {
		err += float64((math.Abs(f.Hi) + math.Abs(r.Low.Hi)) * 0x1p-103)
	}
	x.Hi, x.Lo = twofold.AddPair(d, δ, q, κ)
	return x, err + float64(x.Hi*0x1p-104)
}

// Spread shares p out over a row: it sets w, which are Soften's, to
//
//	p e^(−βfᵥ)/Σ e^(−βf)
//
// for a p, and shares, that come times 2⁹⁰⁰, of which p is between 2⁻¹²⁰⁰ and 1. With 2⁻⁸³·¹ of an exponential, 2⁻⁸²·⁸ of
// the sum, 10u² of its inverse and two products, a share is off by less than 2⁻⁸¹·⁹ + 2⁻¹⁰²β|min f| of itself, and
// by 2⁻¹¹⁰⁷p where it is 0 for being beyond the deepest; what underflows is nothing beside 2⁻¹⁰⁷⁶.
func (r Row) Spread(w []Pair, p Pair) {
	total, τ := twofold.AddPair(1, 0, r.s, r.σ)
	inverse := 1 / total
	inverse, ι := twofold.FastTwoSum(inverse, (math.FMA(-inverse, total, 1)-float64(inverse*τ))*inverse)
	hi, lo := twofold.MulPair(p.Hi, p.Lo, inverse, ι)
	hi, lo = float64(hi*0x1p-500), float64(lo*0x1p-500)
	for v, x := range w {
		w[v].Hi, w[v].Lo = twofold.MulPair(x.Hi, x.Lo, hi, lo)
	}
}

// Probability returns p rounded, which comes times 2⁹⁰⁰, as does what it is off by at most, and whether all that is
// as near rounds to the same: 0 for all below 2⁻¹⁰⁷⁶.
func Probability(p Pair, err float64) (x float64, sure bool) {
	switch {
	case p.Hi+err < 0x1p-176:
		return 0, true
	case p.Hi < 0x1p-100:
		x, sure = deep(p.Hi, p.Lo, err, -900)
		return x + 0, sure // no −0
	}
	x, sure = settle(p.Hi, p.Lo, err)
	return float64(x * 0x1p-900), sure
}

// Settle returns F + ε rounded, for every ε up to err, and whether all round to the same: those of
// F + ε, and of their products with a factor.
func Settle(F Pair, factor, err float64) (x float64, sure bool) {
	hi, lo := twofold.MulPair(F.Hi, F.Lo, factor, 0)
	return settle(hi, lo, err*math.Abs(factor))
}
