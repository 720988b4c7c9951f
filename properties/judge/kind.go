package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// A kind is what is not finite in a call of the regime NonFinite. Each has its claim.
type kind int

const (
	hasOther      kind = iota // nothing is asked here: of −∞, a limit or undefined, as one likes; of a parameter that is NaN there is a claim of its own
	atLimit                   // β = 0 or β = ∞
	hasNaN                    // an energy is NaN
	hasNoAnswer               // nothing is possible, or +∞ stands against +∞
	hasImpossible             // an answer is impossible, others are not
)

// kind is that of the call, the first that it has.
func (q *question) kind() kind {
	F, row := q.call.Energies, q.call.Op.Row()
	for _, p := range row.Params {
		if x := p.Of(q.call); math.IsNaN(x) || !p.Scale && math.IsInf(x, 0) {
			return hasOther
		}
	}
	if b, ok := row.Scaled(); ok && (b.Of(q.call) == 0 || math.IsInf(b.Of(q.call), 1)) {
		return atLimit
	}
	switch {
	case slices.ContainsFunc(F, math.IsNaN):
		return hasNaN
	case slices.Contains(F, math.Inf(-1)):
		return hasOther
	case nothingPossible(F), row.Answers == op.AsValue && math.IsNaN(q.truth.Value.Near):
		return hasNoAnswer
	default:
		return hasImpossible
	}
}

// kindOf says whether a call is of kind k.
func kindOf(k kind) func(*question) bool { return func(q *question) bool { return q.kind() == k } }

// nothingPossible reports whether every answer is impossible.
func nothingPossible(F []float64) bool {
	return !slices.ContainsFunc(F, func(f float64) bool { return !math.IsInf(f, 1) })
}
