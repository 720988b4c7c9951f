package op

import (
	"slices"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The energy loss: the energy of the correct answer.
var energy = Row{
	Op: Energy, Answer: true,

	Symbol: "ℓ", Formula: "F[y]",
	Slopes: []string{"delta(i, y)"},
	Truth:  func(c Call) exact.Truth { return exact.Energy(c.Energies, c.Answer) },

	Standard: "no rounding",
	Bound:    func(c Call, _ Model) Allowance { return Allowance{Grad: make([]float64, len(c.Energies))} },

	Signs: Signs{"∂ℓ/∂F_i ≥ 0", func(c Call, _ Model) (Side, []Side) { return anySide, slices.Repeat([]Side{atLeast0}, len(c.Energies)) }},

	Refs: []string{"T1.energy", "C19"}, Where: "Table 1, row energy loss",
	Reference: whole(func(Call) losses.Loss { return losses.EnergyLoss{} }),
}
