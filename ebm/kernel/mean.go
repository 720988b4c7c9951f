package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// Mean returns ⟨x⟩ = Σᵢ wᵢxᵢ/(1 + s), for |x| ≤ 2⁹⁰⁰ where an answer is possible. In units of ⟨|x|⟩ it
// is off by less than
//
//	2⁻⁸³·⁰    of the exponentials, and 5u² of the products
//	2⁻⁸⁰      3u² of each of at most 2²⁴ sums
//	2⁻⁸¹·⁹    of 1/(1 + s)
//	2⁻⁷⁶      that the plain twin may be off, 2⁻⁸⁰ for 2²⁰ answers
//
// together 2⁻⁷⁵ with what ⟨|x|⟩ is off itself, and by leftOut times the largest |x| beyond the cut.
func (s *Sum) Mean(x []float64) (mean float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	var hi, lo, size, beyond float64
	for i, x := range x {
		if math.IsInf(s.energies[i], 1) {
			continue
		}
		if !(math.Abs(x) <= 0x1p900) {
			return 0, false
		}
		z, ζ := s.gap(i)
		if !(z < cut) {
			beyond = max(beyond, math.Abs(x))
			continue
		}
		w, ω := weight(z, ζ)
		p, π := twofold.MulPair(w, ω, x, 0)
		hi, lo = twofold.AddPair(hi, lo, p, π)
		size += math.Abs(p)
	}
	hi, lo = s.share(hi, lo)
	return settle(hi, lo, float64(size*s.inverse*0x1p-75)+float64(beyond*leftOut))
}

// Variance returns ⟨(x − ⟨x⟩)²⟩, for |x| ≤ 2⁴⁰⁰ where an answer is possible. With c next to ⟨x − x_t⟩,
//
//	Σᵢ pᵢ(xᵢ − x_t − c)² = ⟨(x − ⟨x⟩)²⟩ + Δ²,    Δ = c − ⟨x − x_t⟩
//
// where c is that of the sums rounded to u: Δ² < 2⁻¹⁰⁴c², and c² ≤ n times the variance, as p_t ≥ 1/n. So
// Δ² is below 2⁻⁸⁰ of it for 2²⁴ answers, and all terms are positive: with the products, 2⁻⁸⁰ of the sums, and
// 1/(1 + s), less than 2⁻⁷⁸; and leftOut of the largest square beyond the cut.
func (s *Sum) Variance(x []float64) (v float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	top := x[s.top]
	var hi, lo float64
	for i, x := range x {
		z, ζ := s.gap(i)
		if math.IsInf(s.energies[i], 1) || !(z < cut) {
			continue
		}
		w, ω := weight(z, ζ)
		d, δ := twofold.TwoSum(x, -top)
		p, π := twofold.MulPair(w, ω, d, δ)
		hi, lo = twofold.AddPair(hi, lo, p, π)
	}
	c, _ := s.share(hi, lo)
	hi, lo = 0, 0
	beyond := 0.0
	for i, x := range x {
		if math.IsInf(s.energies[i], 1) {
			continue
		}
		if !(math.Abs(x) <= 0x1p400) {
			return 0, false
		}
		d, δ := twofold.TwoSum(x, -top)
		d, δ = twofold.AddPair(d, δ, -c, 0)
		d, δ = twofold.MulPair(d, δ, d, δ)
		z, ζ := s.gap(i)
		if !(z < cut) {
			beyond = max(beyond, d)
			continue
		}
		w, ω := weight(z, ζ)
		p, π := twofold.MulPair(w, ω, d, δ)
		hi, lo = twofold.AddPair(hi, lo, p, π)
	}
	hi, lo = s.share(hi, lo)
	return settle(hi, lo, float64(hi*0x1p-78)+float64(beyond*leftOut))
}

// Entropy returns H = ln(1 + s) + Σᵢ wᵢzᵢ/(1 + s), zᵢ = β(Fᵢ − F_t). All is positive: the second is off by
// less than 2⁻⁷⁹ of itself (see Mean), and by 700 leftOut, as ze^−z falls beyond the cut.
func (s *Sum) Entropy() (H float64, sure bool) {
	if !s.ok {
		return 0, false
	}
	var hi, lo float64
	for i := range s.energies {
		z, ζ := s.gap(i)
		if !(z < cut) {
			continue
		}
		w, ω := weight(z, ζ)
		z, ζ = twofold.FastTwoSum(z, ζ)
		p, π := twofold.MulPair(w, ω, z, ζ)
		hi, lo = twofold.AddPair(hi, lo, p, π)
	}
	hi, lo = s.share(hi, lo)
	err := s.lnErr + float64(hi*0x1p-79) + 0x1p-974
	hi, lo = twofold.FastTwoSum(hi, lo)
	hi, lo = twofold.AddPair(s.ln, s.lnLow, hi, lo)
	return settle(hi, lo, err)
}

// weight returns e^−(z + ζ) as a pair, for z below the cut.
func weight(z, ζ float64) (w, ω float64) {
	w, ω, e := exponential(z, ζ)
	return twofold.FastTwoSum(float64(w*power(e)), float64(ω*power(e)))
}
