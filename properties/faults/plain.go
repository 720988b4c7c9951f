package faults

import (
	"math"

	"ebmcheck/properties/op"
)

// plain is what a newcomer has: right where there is an answer, and NaN by ∞ − ∞, 0·∞ or
// 0/0 where that is a matter of convention, or of a limit that nobody declared.
var plain = []Variant{
	variant("plain", "softmax and NLL shifted by the maximum, as NumPy has them, and max(0, m + F − F̄), with no case of their own for anything", map[op.Op]answer{
		op.Gibbs: func(c call) reply { _, p, _ := unguarded(c); return reply{Probs: p} },
		op.NLL: func(c call) reply {
			s, p, sum := unguarded(c)
			return reply{Value: -(s[c.Answer] - math.Log(sum)) / c.Beta, Grad: oneHotMinus(p, c.Answer)}
		},
		op.Hinge: func(c call) reply {
			F, Fbar, m := pair(c)
			t := m + F - Fbar
			return reply{Value: max(0, t), Grad: []float64{step(t > 0), -step(t > 0)}}
		},
	}),
}

// unguarded is x − max x, p = e^(x − max x)/Σ, and Σ.
func unguarded(c call) (s, p []float64, sum float64) {
	x, M := scaled(c)
	for _, t := range x {
		s = append(s, t-M)
		p = append(p, math.Exp(t-M))
		sum += math.Exp(t - M)
	}
	for i := range p {
		p[i] /= sum
	}
	return s, p, sum
}
