package judge

import (
	"math"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// How sharp the random cases are, without the grid and the regressions.

// RandomBench lays the random cases from, …, to − 1 of op in r and p and finds
// their truths: the same as in NewBench with this seed.
func RandomBench(op op.Op, r Regime, p op.Precision, seed uint64, from, to int) *Bench {
	b := random(op, r, p, seed, from, to)
	b.truths = make([]exact.Truth, len(b.calls))
	for i, c := range b.calls {
		b.truths[i] = c.Truth()
	}
	return b
}

// Strata returns how many of the first checks random cases of op in r, in float64,
// are in each stratum that the claims about op in r want reached, and the strata in order.
func Strata(o op.Op, r Regime, seed uint64, checks int) (names []string, cases map[string]int) {
	for _, s := range strata(o, r, op.Float64) {
		names = append(names, s.Name)
	}
	return names, random(o, r, op.Float64, seed, 0, checks).strata
}

// DetectionPower returns the smallest p such that n independent cases of a
// stratum meet, with probability at least 1 − 10⁻⁶, any fault that shows on a
// fraction p of it: all n miss with probability (1 − p)ⁿ ≤ 10⁻⁶, so
//
//	p = 1 − 10^(−6/n) = −expm1(−ln 10⁶/n) ≤ 13.82/n
//
// The fraction is measured by the generator's own distribution on the stratum.
// With no cases nothing is sure: p = 1.
func DetectionPower(n int) float64 { return -math.Expm1(-6 * math.Ln10 / float64(n)) }

// First returns how many of the cases are up to and with the first that refutes
// the claim at the level; 0 if none does.
func (b *Bench) First(c Claim, level result.Level, as []Asked) int {
	for i, a := range as {
		if a.reply.Unsupported != "" {
			continue
		}
		parts, broken := c.by(a, b.regime)
		if broken != "" {
			return i + 1
		}
		for _, p := range parts {
			if !(p.spent(level) <= 1) {
				return i + 1
			}
		}
	}
	return 0
}

// Spent returns the largest share of the level's allowance that a reply spends by
// the claim, and the call on which it does; over 1 is refuted.
func (b *Bench) Spent(c Claim, level result.Level, as []Asked) (spent float64, on op.Call) {
	for _, a := range as {
		if a.reply.Unsupported != "" {
			continue
		}
		parts, broken := c.by(a, b.regime)
		if broken != "" {
			return math.Inf(1), a.call
		}
		for _, p := range parts {
			if s := p.spent(level); !(s <= spent) {
				spent, on = s, a.call
			}
		}
	}
	return spent, on
}

// random lays random cases, without their truths.
func random(op op.Op, r Regime, p op.Precision, seed uint64, from, to int) *Bench {
	b := empty(op, r, p, seed, to-from)
	for i := from; i < to; i++ {
		b.calls = append(b.calls, draw.Example(b.draw, b.seed+uint64(i)))
	}
	b.stratify()
	return b
}
