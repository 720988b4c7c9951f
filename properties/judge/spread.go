package judge

import (
	"math"

	"ebmcheck/properties/result"
)

// spreads are the cases of a claim by the spread of their energies, max F − min F: by binades from 2⁻¹⁰ on, what is less in the
// first, and all from 2²⁰ on in the last.
type spreads [lastBinade - firstBinade + 2]result.Spread

const firstBinade, lastBinade = -10, 20

// add counts a case with energies F, of which at least one is, by the errors of the parts of its reply.
func (s *spreads) add(F []float64, parts []part) {
	if len(parts) == 0 {
		return // an error is no number
	}
	at := &s[binade(F)]
	at.Cases++
	for _, p := range parts {
		at.Ulps, at.Spent = max(at.Ulps, result.Real(p.ulps)), max(at.Spent, result.Real(p.spent(result.Required)))
	}
}

// binade is the place of energies F among the spreads.
func binade(F []float64) int {
	least, greatest := F[0], F[0]
	for _, f := range F[1:] {
		least, greatest = min(least, f), max(greatest, f)
	}
	_, exp := math.Frexp(greatest - least) // 0 has the exponent 0
	if greatest == least {
		return 0
	}
	return min(max(exp-1-firstBinade+1, 0), lastBinade-firstBinade+1)
}

// told are those that have cases.
func (s *spreads) told() []result.Spread {
	var out []result.Spread
	for k, at := range s {
		if at.Cases == 0 {
			continue
		}
		if k > 0 {
			at.From = result.Real(math.Ldexp(1, firstBinade+k-1))
		}
		out = append(out, at)
	}
	return out
}
