package op

import (
	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
)

// An answer of least energy.
var infer = Row{
	Op: Infer, Answers: AsIndex,

	Says:  "ŷ ∈ argmin_y F_y",
	Truth: func(c Call) exact.Truth { return exact.Infer(c.Energies) },

	Standard: "comparisons, which do not round",
	Bound:    func(Call, Model) Allowance { return Allowance{} },

	Refs: []string{"C04", "C27"}, Where: "SOURCE 1.1(i)",
	Reference: func(c Call) Reply {
		i := ebm.Infer(c.Energies)
		if i < 0 {
			return Reply{Error: "no answer is possible, or an energy is NaN"}
		}
		return Reply{Index: i}
	},
}
