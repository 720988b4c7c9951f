package op

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The minimum empirical error loss.
var mee = Row{
	Op: MEE, Answer: true, Params: []Param{beta},

	Symbol: "ℓ", Formula: "1 - p[y]",
	Forms:  []string{"1 - p[y]", "sum(j != y: p[j])"},
	Slopes: []string{"beta*p[y]*(delta(i, y) - p[i])"},
	Truth:  func(c Call) exact.Truth { return exact.MEE(c.Energies, c.Answer, c.Beta) },

	Standard: "1 − p_y by subtraction; gradient β p_y (δ − p)",
	Bound: func(c Call, m Model) Allowance {
		s := newSoftmax(c, m)
		value, grad := s.mee(c.Answer)
		return Allowance{Value: value, Grad: grad, Overflows: s.overflows()}
	},

	Signs: answerSigns,

	Refs: []string{"T1.mee", "I50"}, Where: "Table 1, row MEE",
	Reference: whole(func(c Call) losses.Loss { return losses.MEE{Beta: c.Beta} }),
}
