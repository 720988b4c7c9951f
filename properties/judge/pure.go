package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// judgePure judges that the same call is answered the same twice, bit for
// bit, and that the subject leaves its arguments alone. Of a subject that computes calls
// together REQUIRED is that both answers are right: a sum over a longer table rounds in
// another order.
func judgePure(a *Asked) ([]part, string) {
	for _, r := range []op.Reply{a.reply, a.again} {
		if r.Outcome != "" {
			return nil, r.Error
		}
	}
	same := part{what: "the same call again", required: 0.5, recommended: 0.5}
	if a.changed {
		same.what, same.ulps = "the energies after the call", math.Inf(1)
	} else if !a.reply.Equal(a.again) {
		same.ulps = math.Inf(1)
		if a.by.Together && a.againRight() {
			same.required = math.NaN()
		}
	}
	return []part{same}, ""
}

// againRight reports whether the second reply alone passes the other claims, as REQUIRED.
func (a *Asked) againRight() bool {
	b := *a
	b.reply = a.again
	r, s := RegimeOf(a.call, a.in), op.Subject{Precision: a.in, Declares: a.by}
	for _, c := range asked(About(a.call.Op, r), s) {
		if isPure(c) || isGradient(c) && b.reply.Grad == nil && b.reply.Grads == nil || !c.concerns(a.question) || c.levels(r, s)[0] != result.Required {
			continue
		}
		parts, broken := c.by(&b)
		if broken != "" || slices.ContainsFunc(parts, func(p part) bool { return !(p.spent(result.Required) <= 1) }) {
			return false
		}
	}
	return true
}
