package op

import (
	"slices"

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

	Signs: nllSigns,

	Refs: []string{"T1.nll", "C25", "C43", "I41", "I42"}, Where: "SOURCE 1.2(b); Table 1, row NLL/MMI",
	Reference: whole(func(c Call) losses.Loss { return losses.NLL{Beta: c.Beta} }),
}

// nllSigns are those of a loss by its softmax, but for the value where y is a minimiser and
// −βF_y rounds. The value is (ln Σ − (x_y − max x))/β, where Σ ≥ 1 and x_y ≤ max x. If the
// product is fused with the shift, x_y − max x at the maximum is not 0, but what fl(−βF_y)
// is off, to either side, and ln Σ rounds: to 0, say, where that is below u. Of any other
// y the value is far above 0, unless e to what is off overflows; and if β is a power of 2,
// or F_y is 0, nothing is off.
var nllSigns = Signs{answerSigns.Says + "; ℓ ≥ 0 there if −βF_y does not round", func(c Call, m Model) (Side, []Side) {
	value, each := answerSigns.of(c, m)
	F, low := c.Energies[c.Answer], slices.Min(c.Energies)
	if F != 0 && !powerOf2(c.Beta) && m.nearLowest(c.Beta, F, low) || m.fuses(c.Beta, low, len(c.Energies)) {
		value = anySide
	}
	return value, each
}}
