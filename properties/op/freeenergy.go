package op

import (
	"math"
	"slices"

	"ebmcheck/properties/exact"
)

// The free energy of all answers.
var freeEnergy = Row{
	Op: FreeEnergy, Params: []Param{beta},

	Symbol: "F_β", Formula: "-log(sum(j: exp(-beta*F[j])))/beta",
	Forms:  []string{"-logsumexp(j: -beta*F[j])/beta"},
	Slopes: []string{"p[i]"},
	Truth:  func(c Call) exact.Truth { return exact.FreeEnergy(c.Energies, c.Beta) },

	Standard: "−(max x + log Σ exp(x − max x))/β, the maximum inside the sum",
	Bound: func(c Call, m Model) Allowance {
		s := newSoftmax(c, m)
		return Allowance{Value: s.freeEnergy(), Grad: s.slopes(s.probs(), -1), Overflows: s.overflows()}
	},

	// min F and −ln Σ/β may be nearly opposite; RECOMMENDED then allows 4 ulps of
	// 2⁻¹⁰ |min F|, for no algorithm short of a correctly rounded one does better. Where
	// min F is 0 or small nothing cancels: ln Σ by log1p has all its digits.
	Cancels: func(c Call) float64 { return math.Abs(slices.Min(c.Energies)) * 0x1p-10 },

	Strata: func(p Precision) []Stratum {
		return []Stratum{{Name: "near cancellation", In: func(c Call) bool {
			s := shifted(c, Arithmetic{Precision: p}.model())
			return len(c.Energies) > 1 && math.Abs(s.logSum-c.Beta*s.low) <= max(0x1p-10, 4*p.Unit())*c.Beta*math.Abs(s.low)
		}}}
	},

	Signs: Signs{"∂F_β/∂F_i ≥ 0, but for minimisers of F", func(c Call, m Model) (Side, []Side) {
		return anySide, notLowest(c, m, slices.Repeat([]Side{atLeast0}, len(c.Energies)))
	}},

	Refs: []string{"I1", "I12", "I15"}, Where: "identity 12",
	Reference: func(c Call) Reply { g := distribution(c); return Reply{Value: g.FreeEnergy(), Grad: g.Probs(nil)} },
}
