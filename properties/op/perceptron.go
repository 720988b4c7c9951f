package op

import (
	"slices"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The perceptron loss.
var perceptron = Row{
	Op: Perceptron, Answer: true,

	Symbol: "ℓ", Formula: "F[y] - min(j: F[j])",
	Says:  "∂ℓ/∂F ∈ e_y − conv{e_i : i a minimiser}",
	Truth: func(c Call) exact.Truth { return exact.Perceptron(c.Energies, c.Answer) },

	Standard: "one rounding: the subtraction",
	Bound: func(c Call, m Model) Allowance {
		return Allowance{Value: m.u * (c.Energies[c.Answer] - slices.Min(c.Energies)), Grad: make([]float64, len(c.Energies))}
	},

	Signs: Signs{"ℓ ≥ 0, ∂ℓ/∂F_y ≥ 0, ∂ℓ/∂F_j ≤ 0 for j ≠ y", func(c Call, _ Model) (Side, []Side) { return atLeast0, answerSides(c) }},

	Refs: []string{"T1.perceptron", "I44", "I67"}, Where: "Table 1, row perceptron",
	Reference: whole(func(Call) losses.Loss { return losses.Perceptron{} }),
}
