package op

import (
	"iter"

	"ebmcheck/properties/formula"
)

// A Slip is an op with a formula that is taken for its own.
type Slip struct {
	*Row
	What string // how they differ: "y and ȳ exchanged"
}

// Slips returns what is taken for the formula of r, of an op that answers a value: what
// goes wrong throughout first, then one change after another.
func (r *Row) Slips() iter.Seq[Slip] {
	return func(yield func(Slip) bool) {
		if r.Answers != AsValue {
			return
		}
		for _, m := range formula.MustParse(r.Formula).Slips() {
			s := &Row{Op: r.Op, Pair: r.Pair, Answer: r.Answer, Params: r.Params, Symbol: r.Symbol, Formula: m.Formula.String()}
			if err := s.define(); err == nil && !yield(Slip{s, m.What}) { // F[ybar] has no value where there is one answer
				return
			}
		}
	}
}
