package judge

import "ebmcheck/properties/op"

// hardest are the calls of o that are the hardest to round, where r is the narrowest regime that has
// them: in float64 alone, for rounded to another format they are other calls, and no harder
// than any.
func hardest(o op.Op, r Regime, p op.Precision) []op.Call {
	if p != op.Float64 {
		return nil
	}
	var calls []op.Call
	for _, c := range o.Hardest() {
		if RegimeOf(c, p) == r {
			calls = append(calls, c)
		}
	}
	return calls
}
