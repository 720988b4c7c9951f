package op

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The square-square loss.
var squareSquare = Row{
	Op: SquareSquare, Pair: true, Params: []Param{margin},

	Symbol: "ℓ", Formula: "pos(F[y])^2 + pos(m - F[ybar])^2",
	Slopes: []string{"2*pos(F[y])", "-2*pos(m - F[ybar])"},
	Truth:  func(c Call) exact.Truth { return exact.SquareSquare(c.Energies[0], c.Energies[1], c.Margin) },

	Standard: "one rounding a written operation",
	Bound: func(c Call, m Model) Allowance { // F²; m − F̄ twice and its square; the sum. Gradient: 2F, and m − F̄ once
		f, v := pos(c.Energies[0]), pos(c.Margin-c.Energies[1])
		return Allowance{Value: m.after(2, f*f, 0) + m.after(4, v*v, 0) + 3*m.tiny, Grad: []float64{0, 2 * m.u * v}, Overflows: m.passes(c.Margin - c.Energies[1])}
	},
	Strata: marginStrata,

	Signs: pairSigns,

	Refs: []string{"T1.square-square", "C63", "C64", "C65", "C66"}, Where: "SOURCE 1.3(d)",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.SquareSquare{Margin: c.Margin} }),
}
