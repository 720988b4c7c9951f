package op

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The negative log-likelihood, in units of 1/β.
var nll = Row{
	Op: NLL, Answer: true, Params: []Param{beta},

	Symbol: "ℓ", Formula: "F[y] + log(sum(j: exp(-beta*F[j])))/beta",
	Forms:  []string{"F[y] + logsumexp(j: -beta*F[j])/beta", "(beta*F[y] + logsumexp(j: -beta*F[j]))/beta", "softplus(logsumexp(j != y: beta*F[y] - beta*F[j]))/beta"},
	Slopes: []string{"delta(i, y) - p[i]"},
	Truth:  func(c Call) exact.Truth { return exact.NLL(c.Energies, c.Answer, c.Beta) },

	Standard: "−((x_y − max x) − log Σ)/β; gradient one-hot − softmax by subtraction",
	Bound: func(c Call, m Model) Allowance {
		s := newSoftmax(c, m)
		return Allowance{Value: s.nll(c.Answer), Grad: s.slopes(s.oneHotMinus(c.Answer), c.Answer), Overflows: s.overflows()}
	},

	Signs: answerSigns,

	Refs: []string{"T1.nll", "C25", "C43", "I41", "I42"}, Where: "SOURCE 1.2(b); Table 1, row NLL/MMI",
	Reference: whole(func(c Call) losses.Loss { return losses.NLL{Beta: c.Beta} }),
}
