package op

import (
	"slices"

	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
)

// The Gibbs distribution of the energies.
var gibbs = Row{
	Op: Gibbs, Params: []Param{beta}, Answers: AsProbs, Limits: true,

	Symbol: "p_y", Formula: "exp(-beta*F[y])/sum(j: exp(-beta*F[j]))",
	Truth: func(c Call) exact.Truth { return exact.Gibbs(c.Energies, c.Beta) },

	Standard: "x = fl(−βF), shift by max x, exp, divide by the sum",
	Bound: func(c Call, m Model) Allowance {
		s := newSoftmax(c, m)
		return Allowance{Probs: s.probs(), Overflows: s.overflows()}
	},

	Signs: Signs{"0 ≤ p_i ≤ 1", func(c Call, _ Model) (Side, []Side) {
		return anySide, slices.Repeat([]Side{probability}, len(c.Energies))
	}},

	Refs: []string{"C10", "I15", "I31", "I34"}, Where: "SOURCE 1.1(c)",
	Reference: func(c Call) Reply { return Reply{Probs: distribution(c).Probs(nil)} },
}

func distribution(c Call) *ebm.Gibbs {
	return ebm.NewGibbs(c.Energies, c.Beta, ebm.Counting(len(c.Energies)))
}
