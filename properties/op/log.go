package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The log loss.
var logLoss = Row{
	Op: Log, Pair: true,

	Symbol: "ℓ", Formula: "log(1 + exp(F[y] - F[ybar]))",
	Forms:  []string{"softplus(F[y] - F[ybar])"},
	Slopes: []string{"sigmoid(F[y] - F[ybar])", "-sigmoid(F[y] - F[ybar])"},
	Truth:  func(c Call) exact.Truth { return exact.Log(c.Energies[0], c.Energies[1]) },

	Standard: "max(t, 0) + log1p(e^−|t|), t = fl(F − F̄); coefficient as mce",
	Bound: func(c Call, m Model) Allowance {
		if impossible(c) {
			return Allowance{Grad: both(0), Overflows: overflown(c)}
		}
		allow := m.softplusBound(d(c), m.u*math.Abs(d(c)), 1, 0)
		allow.Overflows = m.passes(d(c))
		return allow
	},

	Signs: pairSigns,

	Refs: []string{"T1.log", "C61", "C62", "I59"}, Where: "SOURCE 1.3(c); Table 1, row log",
	Reference: pairwise(func(Call) losses.PairLoss { return losses.Log{} }),
}
