package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// Slopes sets dst[j] to the derivative of pᵢ in Fⱼ,
//
//	β pᵢ pⱼ  for j ≠ i,    −β pᵢ (1 − pᵢ)  for j = i
//
// and returns whether it is sure of all. With pᵢ to 2⁻⁸¹·⁹, pⱼ to as much, 1 − pᵢ to 2⁻⁸⁰ and
// leftOut, which is 2⁻⁸⁴ of 2⁻⁹⁰⁰, and two products of pairs with low parts up to 2⁻⁴² of them, to
// 2⁻⁹³ each, they are off by less than 2⁻⁷⁹. An answer with a gap from 768 on has 0 for β ≤ 2³⁰:
// β e^−768 < 2⁻¹⁰⁷⁶.
func (s *Sum) Slopes(dst []float64, i int) (sure bool) {
	if !s.ok {
		return false
	}
	z, ζ := s.gap(i)
	if !(z < deepest) {
		return false
	}
	w, ω, e := exponential(z, ζ)
	p, π := s.share(w, ω)
	p, π = twofold.MulPair(p, π, s.beta, 0)
	for j := range dst {
		var w, ω float64
		k := 0
		switch z, ζ := s.gap(j); {
		case j == i:
			w, ω = s.others(i)
		case z < deepest:
			w, ω, k = exponential(z, ζ)
		case s.beta <= 0x1p30:
			dst[j] = 0
			continue
		default:
			return false
		}
		hi, lo := s.share(w, ω)
		hi, lo = twofold.MulPair(p, π, hi, lo)
		if j == i {
			hi, lo = -hi, -lo
		}
		if dst[j], sure = anywhere(hi, lo, math.Abs(hi)*0x1p-79, e+k); !sure {
			return false
		}
	}
	return true
}

// anywhere is settle for (hi + lo)·2^e, whatever e is: where that is normal, or overflows, a power
// of 2 changes nothing.
func anywhere(hi, lo, err float64, e int) (x float64, sure bool) {
	x, sure = settle(hi, lo, err)
	if x = math.Ldexp(x, e); sure && math.Abs(x) < 0x1p-1000 {
		return deep(hi, lo, err, e)
	}
	return x, sure
}
