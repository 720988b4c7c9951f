package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// An Interval is what one number of a reply may be: any from Lo to Hi, the ends too.
type Interval struct {
	What   string  // value, grad[1], probs[0]
	Right  float64 // the true number, correctly rounded; at a kink one that is right
	Lo, Hi float64

	Free bool // nothing is asked of it, NaN is as good as any
	None bool // no finite number is right
}

// Holds reports whether x is right.
func (v Interval) Holds(x float64) bool {
	if v.Free {
		return true
	}
	if v.None {
		return math.IsNaN(x) || math.IsInf(x, 0)
	}
	return v.Lo <= x && x <= v.Hi
}

// Intervals are what REQUIRED asks of each number of the answer to c, in float64, of one
// who declares nothing, all others being right: the claims of c's regime about a reply alone are
// asked, so that the ends are the last numbers that they let pass. What is asked of several
// numbers at once, as that the slopes at a kink have sum 0, is not. An answer that is an
// index has none.
func Intervals(c op.Call) []Interval {
	q := newQuestion(c, op.Float64)
	a := &Asked{question: q, reply: rightReply(q)}
	r := RegimeOf(c, op.Float64)
	claims := slices.DeleteFunc(About(c.Op, r), func(k Claim) bool {
		return isPure(k) || k.of != nil || !k.concerns(q) || !slices.Contains(k.levels(r, op.Subject{}), result.Required)
	})
	about := func(what part, of *float64) Interval {
		right := *of
		passes := func(x float64) bool {
			*of = x
			defer func() { *of = right }()
			for _, k := range claims {
				parts, broken := k.by(a)
				if broken != "" {
					return false
				}
				for _, p := range parts {
					if p.what == what.what && p.nth == what.nth && !(p.spent(result.Required) <= 1) {
						return false
					}
				}
			}
			return true
		}
		v := Interval{What: what.name(), Right: right, Lo: right, Hi: right}
		switch {
		case math.IsNaN(right):
			v.None = !passes(0)
			v.Free = !v.None
		case passes(math.NaN()):
			v.Free = true
		default:
			v.Lo, v.Hi = edge(passes, right, math.Inf(-1)), edge(passes, right, math.Inf(1))
		}
		return v
	}
	var vs []Interval
	switch c.Op.Row().Answers {
	case op.AsProbs:
		for i := range a.reply.Probs {
			vs = append(vs, about(part{what: "probs"}.at(i), &a.reply.Probs[i]))
		}
	case op.AsIndex:
	default:
		vs = append(vs, about(part{what: "value"}, &a.reply.Value))
		for i := range a.reply.Grad {
			vs = append(vs, about(part{what: "grad"}.at(i), &a.reply.Grad[i]))
		}
	}
	return vs
}

// rightReply is the truth of q, correctly rounded: at a kink the slopes of the reference, if
// there is one.
func rightReply(q *question) op.Reply {
	r := op.Reply{Value: q.in.Nearest(q.truth.Value)}
	for _, p := range q.truth.Probs {
		r.Probs = append(r.Probs, q.in.Nearest(p))
	}
	var reference op.Reply
	if q.call.Op.Row().Reference != nil {
		reference = op.Reference().Answer([]op.Call{q.call.Clone()})[0]
	}
	for i, g := range q.truth.Grad {
		slope := q.in.Nearest(g.Lo)
		if g.Lo != g.Hi && i < len(reference.Grad) {
			slope = min(max(reference.Grad[i], slope), q.in.Nearest(g.Hi))
		}
		r.Grad = append(r.Grad, slope)
	}
	return r
}

// edge is the last number from right, which passes, towards an infinity, where those that pass
// are an interval: found by steps that double, then by halving.
func edge(passes func(float64) bool, right, infinity float64) float64 {
	if passes(infinity) {
		return infinity
	}
	good, bad := rank(right), rank(infinity) // good passes, bad does not
	if good > 0 && bad < 0 || good < 0 && bad > 0 {
		if passes(0) {
			good = 0
		} else {
			bad = 0
		}
	}
	for step := int64(1); abs(bad-good) > 1; {
		x := good + min(step, abs(bad-good)/2)
		if bad < good {
			x = good - min(step, abs(bad-good)/2)
		}
		if passes(unrank(x)) {
			good = x
			if step < math.MaxInt64/2 {
				step *= 2
			}
		} else {
			bad, step = x, math.MaxInt64 // from now on halve
		}
	}
	return unrank(good)
}

func abs(k int64) int64 { return max(k, -k) }

// rank numbers the float64s in their order, ±0 being 0.
func rank(x float64) int64 {
	b := int64(math.Float64bits(x))
	if b < 0 {
		return math.MinInt64 - b
	}
	return b
}

func unrank(k int64) float64 {
	if k < 0 {
		k = math.MinInt64 - k
	}
	return math.Float64frombits(uint64(k))
}
