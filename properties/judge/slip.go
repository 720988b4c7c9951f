package judge

import (
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

const (
	brief  = 40 // how many energies a call has, at most, of which slips are asked
	enough = 4  // the wrong answers that tell a slip from the op
)

// Slip returns the formula that is taken for that of the op, by one slip, and what is to be
// computed: all of the evidence is what REQUIRED allows of that formula, which in several
// cases does not allow the right answer. It returns "" if there is none. Nothing is said of
// what is not finite, where one NaN is like another.
func (e Evidence) Slip() (likely, mend string) {
	if e.regime == NonFinite || len(e.wrong.kept) < enough {
		return "", ""
	}
	row := e.Op().Row()
	for s := range row.Slips() {
		if e.by(s) {
			return "as if " + s.Shown() + ": " + s.What, "compute " + row.Shown()
		}
	}
	return "", ""
}

// by reports whether the evidence is by the formula of the slip, and not by that of the op.
func (e Evidence) by(s op.Slip) bool {
	told := 0
	for _, a := range e.wrong.kept {
		if len(a.call.Energies) > brief {
			continue
		}
		b := a.asked(s)
		if !e.allows(b) {
			return false
		}
		if b.reply = rightReply(a.question); !e.allows(b) {
			told++
		}
	}
	for _, a := range e.right.kept {
		if len(a.call.Energies) <= brief && !e.allows(a.asked(s)) {
			return false
		}
	}
	return told >= enough
}

// asked is a as a reply to the call by the formula of the slip.
func (a *Asked) asked(s op.Slip) *Asked {
	b := *a
	allow := s.Allowed(a.call, a.arithmetic())
	b.question = &question{call: a.call, in: a.in, truth: s.Truth(a.call), allowance: &allow, by: a.by}
	return &b
}

// allows reports whether REQUIRED allows the reply: of a claim about the gradient the
// gradient, of one about the value the value, of any other both.
func (e Evidence) allows(a *Asked) bool {
	value, broken := judgeValue(a)
	if broken != "" {
		return false
	}
	if !isGradient(e.claim) && wrong(value, "", result.Required) {
		return false
	}
	if a.reply.Grad == nil || e.claim.ID == e.claim.Op+".value" {
		return true
	}
	slopes, broken := judgeGradient(a)
	return !wrong(slopes, broken, result.Required)
}
