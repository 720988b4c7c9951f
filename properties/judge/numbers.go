package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// A number is one of a reply, and what is true and allowed of it.
type number struct {
	of    string // value, grad, probs
	i     int    // which of them
	got   float64
	want  op.Range
	bound float64
}

// numbers calls see with every number of the reply that the truth has, too, until it
// says no.
func (a *Asked) numbers(see func(number) bool) {
	allow := a.allowed(a.by)
	if a.call.Op.Row().Answers == op.AsProbs {
		for i := range min(len(a.reply.Probs), len(a.truth.Probs)) {
			if !see(number{"probs", i, a.reply.Probs[i], point(a.truth.Probs[i]), allow.Probs[i]}) {
				return
			}
		}
		return
	}
	if !see(number{"value", 0, a.reply.Value, point(a.truth.Value), allow.Value}) {
		return
	}
	for i := range min(len(a.reply.Grad), len(a.truth.Grad)) {
		if !see(number{"grad", i, a.reply.Grad[i], a.truth.Grad[i], allow.Grad[i]}) {
			return
		}
	}
}

// rule judges a rule that each number keeps or breaks: the part is the first that breaks
// it, by name the rule in words, else the last that keeps it.
func (a *Asked) rule(breaks func(number) (broken bool, want op.Range, rule string)) []part {
	p := part{required: 0.5, recommended: 0.5}
	var last number
	a.numbers(func(n number) bool {
		broken := false
		if broken, p.want, p.rule = breaks(n); broken {
			p.ulps = math.Inf(1)
		}
		last = n
		return !broken
	})
	if p.what, p.got = last.of, last.got; last.of != "value" {
		p = p.at(last.i)
	}
	return []part{p}
}
