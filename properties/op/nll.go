package op

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The negative log-likelihood, in units of 1/β.
var nll = Row{
	Op: NLL, Answer: true, Params: []Param{beta},

	Formula:  "ℓ = F_y + (1/β) ln Σ_j exp(−βF_j)",
	Gradient: "∂ℓ/∂F_i = δ_iy − p_i",
	Truth:    func(c Call) exact.Truth { return exact.NLL(c.Energies, c.Answer, c.Beta) },

	Standard: "−((x_y − max x) − log Σ)/β; gradient one-hot − softmax by subtraction",
	Bound: func(c Call, m Model) Allowance {
		s := newSoftmax(c, m)
		return Allowance{Value: s.nll(c.Answer), Grad: s.slopes(s.oneHotMinus(c.Answer), c.Answer)}
	},

	Refs: []string{"T1.nll", "C25", "C43", "I41", "I42"}, Where: "SOURCE 1.2(b); Table 1, row NLL/MMI",
	Reference: whole(func(c Call) losses.Loss { return losses.NLL{Beta: c.Beta} }),
}
