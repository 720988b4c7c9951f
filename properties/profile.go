package properties

import (
	"fmt"

	"ebmcheck/properties/op"
	"ebmcheck/properties/profile"
)

// LossProfile is what is known of a loss: answers, each proved, refuted by a case, sampled in a number of cases, or open; and what is
// drawn of it over the plane of F and F̄.
type LossProfile = profile.Profile

// Profile returns the profile of the loss of an op, of the catalogue or defined, by its formula: its gradient and sign, where it is 0,
// whether it is convex, which margin it has, which known losses it equals or lies between, and so on. Its parameters are above 0; of
// those that the condition mentions, such as "eps >= 0 and eps < 1", it says what they are; "" mentions none. An answer that neither a
// proof nor a case decides, nor enough cases without a counterexample, is open. It is an error if o is no op or answers no value, or if
// the condition is none.
func Profile(o Op, condition string) (*LossProfile, error) {
	r, ok := op.Find(o)
	if !ok {
		return nil, op.Unknown(o)
	}
	if r.Answers != op.AsValue {
		return nil, fmt.Errorf("op %s is no loss: it answers no value", o)
	}
	return profile.Of(r.Formula, condition)
}
