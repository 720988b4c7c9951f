package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The hinge loss.
var hinge = Row{
	Op: Hinge, Pair: true, Params: []Param{margin},

	Symbol: "ℓ", Formula: "pos(m + F[y] - F[ybar])",
	Slopes: []string{"if(m + F[y] > F[ybar], 1, 0)", "if(m + F[y] > F[ybar], -1, 0)"},
	Truth:  func(c Call) exact.Truth { return exact.Hinge(c.Energies[0], c.Energies[1], c.Margin) },

	Standard: "one rounding a written operation",
	Bound: func(c Call, m Model) Allowance { // two additions, in any order
		if impossible(c) {
			return Allowance{Grad: both(0), Overflows: overflown(c)}
		}
		F, Fbar := c.Energies[0], c.Energies[1]
		off := sumOff(F, Fbar, c.Margin, m.u)
		return Allowance{Value: off, Grad: both(0), Kink: math.Abs(sum3(c.Margin, F, -Fbar)) <= off, Overflows: m.sumOverflows(F, Fbar, c.Margin)}
	},
	Strata: marginStrata,

	Signs: pairSigns,

	Refs: []string{"T1.hinge", "C58", "C59", "C60"}, Where: "SOURCE 1.3(b); Table 1, row hinge",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.Hinge{Margin: c.Margin} }),
}
