package judge

import (
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// Random parameters: short decimals, numbers with all the digits that there are, and both
// over the whole range.

// drawBeta draws an inverse temperature of the regime, in one of eight cases
// from the grid's.
func drawBeta(t *rapid.T, r Regime, limits bool) float64 {
	if r == NonFinite {
		if limits {
			return rapid.SampledFrom(r.betas()).Draw(t, "β")
		}
		return rapid.SampledFrom(Tame.betas()).Draw(t, "β")
	}
	decades := map[Regime]int{Tame: 2, Wide: 3, Extreme: 300}[r]
	switch kind := rapid.IntRange(0, 7).Draw(t, "kind of β"); kind {
	case 0:
		return float64(rapid.IntRange(1, 100).Draw(t, "β")) / 10 // 0.1 … 10
	case 1:
		return 1 + float64(rapid.IntRange(-50, 50).Draw(t, "β"))/1e4 // nearly 1
	case 2:
		return rapid.SampledFrom(r.betas()).Draw(t, "β")
	default:
		exponent := rapid.IntRange(-decades, decades-1).Draw(t, "decade of β")
		digits := float64(rapid.IntRange(100, 999).Draw(t, "β"))
		if kind >= 5 {
			digits += drawRest(t)
		}
		return digits / 100 * math.Pow10(exponent)
	}
}

// drawParam draws a parameter that is no temperature.
func drawParam(t *rapid.T, q op.Param, r Regime, p op.Precision) float64 {
	if q.Within == (op.Within{}) {
		m := drawMargin(t, r, p)
		if q.Unsigned {
			m = math.Abs(m)
		}
		return m
	}
	switch kind := rapid.IntRange(0, 3).Draw(t, "kind of "+q.Name); kind {
	case 0:
		return rapid.SampledFrom(r.values(q)).Draw(t, q.Name)
	default:
		const steps = 1 << 10
		k := float64(rapid.IntRange(0, steps-1).Draw(t, q.Name))
		if kind > 1 {
			k += drawRest(t)
		}
		return min(q.Within.Lo+(q.Within.Hi-q.Within.Lo)*(k/steps), q.Within.Hi)
	}
}

// drawMargin draws a margin (or γ, or of either sign the cap) of the regime: it ranges as
// the energies do.
func drawMargin(t *rapid.T, r Regime, p op.Precision) float64 {
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind of m"); kind {
	case 0, 1:
		return rapid.SampledFrom(r.margins()).Draw(t, "m")
	case 7:
		return drawSmall(t, p)
	case 8: // any
		return drawEnergy(t, r, p)
	case 9: // of any size
		m := math.Pow(r.end(p), rapid.Float64Range(0, 1).Draw(t, "size of m"))
		if rapid.Bool().Draw(t, "m < 0") {
			m = -m
		}
		return m
	default:
		m := float64(rapid.IntRange(-2000, 4999).Draw(t, "m"))
		if kind >= 4 {
			m += drawRest(t)
		}
		return m / 100
	}
}

// drawRest draws what follows the short decimal of a number with all its digits: from
// [0, 1), 0 when it shrinks.
func drawRest(t *rapid.T) float64 {
	k := uint64(rapid.IntRange(0, 1<<20).Draw(t, "further digits"))
	return float64(k*golden>>11) / (1 << 53)
}

// drawSmall draws a number from 1e-12 to 1e-3, or up to p.Small(): what a tolerance
// would swallow.
func drawSmall(t *rapid.T, p op.Precision) float64 {
	return float64(rapid.IntRange(100, 999).Draw(t, "small")) * math.Pow10(rapid.IntRange(-14, -6).Draw(t, "decade")) * (p.Small() / 1e-3)
}
