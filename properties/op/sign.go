package op

import (
	"fmt"
	"math"
	"slices"
)

// A Side is where a number lies that no rounding carries past its ends.
type Side struct{ Lo, Hi float64 }

// The sides of 0, and the range of a probability.
var (
	anySide     = Side{math.Inf(-1), math.Inf(1)}
	atLeast0    = Side{0, math.Inf(1)}
	atMost0     = Side{math.Inf(-1), 0}
	probability = Side{0, 1}
)

// String says it of a number: "at least 0".
func (s Side) String() string {
	switch s {
	case anySide:
		return "any number"
	case atLeast0:
		return "at least 0"
	case atMost0:
		return "at most 0"
	case probability:
		return "from 0 to 1"
	}
	return fmt.Sprintf("from %.3g to %.3g", s.Lo, s.Hi)
}

// Signs are the signs that every right implementation of an op keeps. The numbers that a
// standard algorithm adds, multiplies and compares have them by their own, and what is
// monotonic stays so when it is rounded: Σ w ≥ max w, so that ln(Σ/max w) ≥ 0 and w/Σ ≤ 1.
//
// A gradient that flows through the maximum, too, adds 1 − Σp̂ to one of the minimisers,
// or a share of it to each: that rounds to either side of 0, and so may their slopes.
// Nothing is asked of them.
type Signs struct {
	Says string                                          // as a formula
	of   func(c Call, m Model) (value Side, each []Side) // of the value, and of each slope or probability; nil: nothing is asked
}

// Sides are those of the value of c, and of each slope or probability.
func (r *Row) Sides(c Call, by Arithmetic) (value Side, each []Side) {
	return r.Signs.of(c, by.model())
}

// constantSigns are the same for every call; without those of slopes nothing is asked of
// slopes.
func constantSigns(says string, value Side, each ...Side) Signs {
	return Signs{says, func(Call, Model) (Side, []Side) { return value, each }}
}

// pairSigns are those of a loss that the energy of the right answer raises and that of
// the wrong one lowers.
var pairSigns = constantSigns("ℓ ≥ 0, ∂ℓ/∂F ≥ 0, ∂ℓ/∂F̄ ≤ 0", atLeast0, atLeast0, atMost0)

// answerSides are those of the slopes of a loss of all answers: y raises it, every other
// one lowers it.
func answerSides(c Call) []Side {
	each := make([]Side, len(c.Energies))
	for i := range each {
		each[i] = atMost0
	}
	each[c.Answer] = atLeast0
	return each
}

// notLowest asks nothing of the slopes by minimisers of F.
func notLowest(c Call, m Model, each []Side) []Side {
	low := slices.Min(c.Energies)
	for i, f := range c.Energies {
		if m.nearLowest(c.Beta, f, low) {
			each[i] = anySide
		}
	}
	return each
}

// answerSigns are those of a loss of all answers by their softmax.
var answerSigns = Signs{"ℓ ≥ 0, ∂ℓ/∂F_y ≥ 0, ∂ℓ/∂F_j ≤ 0 for j ≠ y, but for minimisers of F", func(c Call, m Model) (Side, []Side) {
	return atLeast0, notLowest(c, m, answerSides(c))
}}
