package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The soft hinge loss: the log loss with a margin, at any temperature.
var softHinge = Row{
	Op: SoftHinge, Pair: true, Params: []Param{beta, margin},

	Symbol: "ℓ", Formula: "log(1 + exp(beta*(m + F[y] - F[ybar])))/beta",
	Forms:  []string{"softplus(beta*(m + F[y] - F[ybar]))/beta"},
	Slopes: []string{"sigmoid(beta*(m + F[y] - F[ybar]))", "-sigmoid(beta*(m + F[y] - F[ybar]))"},
	Truth:  func(c Call) exact.Truth { return exact.SoftHinge(c.Energies[0], c.Energies[1], c.Margin, c.Beta) },

	Standard: "(max(t, 0) + log1p(e^−|t|))/β, t = fl(β fl(m + d)); coefficient as mce",
	Bound: func(c Call, m Model) Allowance {
		if impossible(c) {
			return Allowance{Grad: both(0), Overflows: overflown(c)}
		}
		F, Fbar := c.Energies[0], c.Energies[1]
		t := c.Beta * (c.Margin + F - Fbar)
		a := m.after(2, math.Abs(t), c.Beta*sumOff(F, Fbar, c.Margin, m.u)) + m.tiny // or (m + d)/T, T = fl(1/β)
		allow := m.softplusBound(t, a, c.Beta, 3)                                    // by the chain rule σ·(1/β)·β: three roundings
		allow.Overflows = m.sumOverflows(F, Fbar, c.Margin) || m.scales(c.Beta, math.Abs(c.Margin)+math.Abs(F-Fbar))
		return allow
	},
	Strata: marginStrata,

	Signs: pairSigns,

	Refs: []string{"C73", "I61", "I63"}, Where: "identity 61",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.SoftHinge{Margin: c.Margin, Beta: c.Beta} }),
}
