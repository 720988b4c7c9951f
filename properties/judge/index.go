package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeIndex judges the answer of infer: any minimiser is right.
func judgeIndex(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	p := part{what: "index", got: float64(a.reply.Index), ulps: math.Inf(1), required: 0.5, recommended: 0.5}
	if a.flushed() {
		p.required = math.NaN()
	}
	for _, i := range a.truth.Index {
		p.want = point(op.Value{Near: float64(i)})
		if a.reply.Index == i {
			p.ulps = 0
			break
		}
	}
	return []part{p}, ""
}
