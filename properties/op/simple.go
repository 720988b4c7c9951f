package op

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The simple loss.
var simple = Row{
	Op: Simple, Pair: true, Params: []Param{margin},

	Symbol: "ℓ", Formula: "pos(F[y]) + pos(m - F[ybar])",
	Slopes: []string{"if(F[y] > 0, 1, 0)", "if(F[ybar] < m, -1, 0)"},
	Truth:  func(c Call) exact.Truth { return exact.Simple(c.Energies[0], c.Energies[1], c.Margin) },

	Standard: "one rounding a written operation",
	Bound: func(c Call, m Model) Allowance { // m − F̄ and the sum; the sign of a difference is exact
		v := pos(c.Margin - c.Energies[1])
		return Allowance{Value: m.after(1, pos(c.Energies[0])+v, m.u*v), Grad: both(0), Overflows: m.passes(c.Margin - c.Energies[1])}
	},
	Strata: marginStrata,

	Signs: pairSigns,

	Refs: []string{"C54", "C55", "C56", "C57"}, Where: "SOURCE 1.3(a)",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.Simple{Margin: c.Margin} }),
}
