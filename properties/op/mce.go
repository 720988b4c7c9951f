package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The minimum classification error loss.
var mce = Row{
	Op: MCE, Pair: true,

	Symbol: "ℓ", Formula: "1/(1 + exp(F[ybar] - F[y]))",
	Forms:  []string{"sigmoid(F[y] - F[ybar])"},
	Slopes: []string{"sigmoid(F[y] - F[ybar])*sigmoid(F[ybar] - F[y])", "-sigmoid(F[y] - F[ybar])*sigmoid(F[ybar] - F[y])"},
	Truth:  func(c Call) exact.Truth { return exact.MCE(c.Energies[0], c.Energies[1]) },

	Standard: "1/(1 + e^−d) for d ≥ 0, e^d/(1 + e^d) below",
	Bound: func(c Call, m Model) Allowance { // σ(d). Gradient: s(1 − s), where 1 − s is off by as much as s and rounds; or σ(d)σ(−d), which is nearer
		if impossible(c) {
			return Allowance{Grad: both(0), Overflows: overflown(c)}
		}
		s, L := logSigma(d(c)), m.sigmaOff(d(c), m.u*math.Abs(d(c)))
		return Allowance{Value: min(grown(s, L)+m.tiny, 1), Grad: both(min(grown(s, 2*L+3*m.v)+2*m.tiny, 1)), Overflows: m.passes(d(c))}
	},

	Signs: pairSigns,

	Refs: []string{"T1.mce", "I50", "I69"}, Where: "Table 1, row MCE",
	Reference: pairwise(func(Call) losses.PairLoss { return losses.MCE{} }),
}
