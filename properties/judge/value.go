package judge

import "ebmcheck/properties/op"

// judgeValue judges the value of a loss or free energy.
func judgeValue(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	p := a.newPart("value", a.reply.Value, point(a.truth.Value), allow.Value, op.Cancels(a.call), 0)
	p.overflowing(allow)
	return []part{p}, ""
}
