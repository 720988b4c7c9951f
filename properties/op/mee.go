package op

import (
	"math"
	"strings"

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

	Signs: meeSigns,

	Refs: []string{"T1.mee", "I50"}, Where: "Table 1, row MEE",
	Reference: whole(func(c Call) losses.Loss { return losses.MEE{Beta: c.Beta} }),
}

// meeSigns are those of a loss by its softmax, but that the value may be −u. Where p_y is the
// product w_y·fl(1/Σ), and fused with 1 − p_y, it does not round: w_y ≤ Σ, and fl(1/Σ) is up
// to (1 + u)/Σ.
var meeSigns = Signs{"ℓ ≥ −u, and" + strings.TrimPrefix(answerSigns.Says, "ℓ ≥ 0,"), func(c Call, m Model) (Side, []Side) {
	_, each := answerSigns.of(c, m)
	return Side{-m.u, math.Inf(1)}, each
}}
