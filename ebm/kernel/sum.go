package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// A Sum is the sum of the exponentials of some energies, and what is made of it. The zero value
// is sure of nothing.
type Sum struct {
	energies []float64
	beta     float64
	low      float64 // F_t
	top      int     // t
	ok       bool

	rest, restLow       float64 // s, to 2⁻⁸²·⁸ of it and leftOut
	faint               bool    // whether some gap is beyond the cut, and below deepest
	total, totalLow     float64 // 1 + s
	inverse, inverseLow float64 // 1/(1 + s)
	ln, lnLow, lnErr    float64 // ln(1 + s), to lnErr
}

const (
	deepest = 768      // the gaps that exponential takes end here
	cut     = 700      // those of the sum do here: e^−700 < 2⁻¹⁰⁰⁹
	longest = 1 << 24  // the most answers
	leftOut = 0x1p-984 // 2²⁴ e^−700 < 2⁻⁹⁸⁵: what lies beyond the cut
	block   = 64
)

// Hold makes s the sum of the energies F, which it keeps, of which none is NaN or −Inf and the
// least is F[top] < +Inf. It is sure of nothing outside of 2⁻⁹⁰⁰ ≤ β ≤ 2⁹⁰⁰, where a
// difference that overflows might still matter, or for more than 2²⁴ answers.
func (s *Sum) Hold(F []float64, beta float64, top int) {
	if !(beta >= 0x1p-900 && beta <= 0x1p900) || len(F) > longest {
		*s = Sum{}
		return
	}
	*s = Sum{energies: F, beta: beta, low: F[top], top: top, ok: true}
	s.add(F[:top])
	s.add(F[top+1:])
	s.total, s.totalLow = twofold.AddPair(1, 0, s.rest, s.restLow)
	s.ln, s.lnLow, s.lnErr = log1p(s.rest, s.restLow, s.total, s.totalLow)
	s.inverse = 1 / s.total
	s.inverseLow = (math.FMA(-s.inverse, s.total, 1) - float64(s.inverse*s.totalLow)) * s.inverse
}

// gap returns β(Fᵢ − F_t) as z + ζ. The difference is exact as a pair (d, δ), |δ| ≤ ud, and so
// is βd; βδ is below uβd. So |ζ| ≤ (2u + 3u²)z, and z + ζ is off by a rounding of ζ, 2u²z.
// It is +Inf where Fᵢ is, or where the difference overflows: then βd is above 2¹²³.
func (s *Sum) gap(i int) (z, ζ float64) { return gap(s.energies[i], s.low, s.beta) }

func gap(f, low, beta float64) (z, ζ float64) {
	d, δ := twofold.TwoSum(f, -low)
	z = float64(beta * d)
	return z, math.FMA(beta, δ, math.FMA(beta, d, -z))
}

// add adds the exponentials of F, a block at a time, for AddPair costs 3u² of the sum each time:
// with 2¹⁸ blocks less than 2⁻⁸⁶, and 2⁻⁸⁷ in the blocks; the exponentials are good to
// 2⁻⁸³·¹. Together less than 2⁻⁸²·⁸ of s.
func (s *Sum) add(F []float64) {
	for len(F) > 0 {
		n := min(block, len(F))
		hi, lo := s.ofBlock(F[:n])
		hi, lo = twofold.FastTwoSum(hi, lo)
		s.rest, s.restLow = twofold.AddPair(s.rest, s.restLow, hi, lo)
		F = F[n:]
	}
}

// ofBlock returns the sum S of at most 64 exponentials. No sum of leading parts loses anything;
// the errors that it finds, up to uS each, and the low parts, 2⁻⁴²S in all, are added
// in float64, twice 64 roundings at 2⁻⁴¹·⁹S: less than 2⁻⁸⁷S.
func (s *Sum) ofBlock(F []float64) (hi, lo float64) {
	low, beta := s.low, s.beta
	for _, f := range F {
		z, ζ := gap(f, low, beta)
		if !(z < cut) { // +Inf too
			s.faint = s.faint || z < deepest
			continue
		}
		w, ω, e := exponential(z, ζ)
		scale := power(e)
		var err float64
		hi, err = twofold.TwoSum(hi, float64(w*scale))
		lo += err + float64(ω*scale)
	}
	return hi, lo
}

// alone says whether s is below 2²⁴ e^−768 < 2⁻¹⁰⁸³.
func (s *Sum) alone() bool { return s.rest == 0 && !s.faint }

// power returns 2^k for −1022 ≤ k ≤ 1023.
func power(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
