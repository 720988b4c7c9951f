package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The loss of learning vector quantisation: the hinge of no margin, capped.
var lvq2 = Row{
	Op: LVQ2, Pair: true, Params: []Param{limit},

	Symbol: "ℓ", Formula: "min(M, pos(F[y] - F[ybar]))",
	Slopes: []string{"if(min(F[y] - F[ybar], M - F[y] + F[ybar]) > 0, 1, 0)", "if(min(F[y] - F[ybar], M - F[y] + F[ybar]) > 0, -1, 0)"},
	Truth:  func(c Call) exact.Truth { return exact.LVQ2(c.Energies[0], c.Energies[1], c.Cap) },

	Standard: "one rounding: the subtraction",
	Bound: func(c Call, m Model) Allowance { // d; min and max are exact, and d rounds across no number of the format but to M itself
		if impossible(c) {
			return Allowance{Grad: both(0), Overflows: overflown(c)}
		}
		return Allowance{Value: m.u * math.Abs(d(c)), Grad: both(0), Kink: m.Round(d(c)) == c.Cap, Overflows: m.passes(d(c))}
	},
	Strata: func(p Precision) []Stratum {
		return []Stratum{
			small(p, func(c Call) float64 { return c.Cap }),
			nearKink(p, func(c Call) float64 { return min(math.Abs(d(c)), math.Abs(d(c)-c.Cap)) }),
			{Name: "0 < d < M", In: func(c Call) bool { return d(c) > 0 && d(c) < c.Cap }},
			{Name: "d = M", In: func(c Call) bool { return d(c) == c.Cap }},
			{Name: "d > M", In: func(c Call) bool { return d(c) > c.Cap }},
		}
	},

	Signs: Signs{"ℓ ≥ 0 for M ≥ 0, ∂ℓ/∂F ≥ 0, ∂ℓ/∂F̄ ≤ 0", func(c Call, _ Model) (Side, []Side) {
		if c.Cap < 0 {
			return anySide, []Side{atLeast0, atMost0}
		}
		return atLeast0, []Side{atLeast0, atMost0}
	}},

	Refs: []string{"T1.lvq2", "E2"}, Where: "Table 1, row LVQ2",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.LVQ2{Cap: c.Cap} }),
}
