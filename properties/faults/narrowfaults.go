package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

const (
	float32s  = op.Float32
	bfloat16s = op.BFloat16
	float16s  = op.Float16
)

// narrowFaults are wrong in a narrower precision: constants of float64 that do
// nothing or too much there, one more narrowing inside, and answers with too few
// digits even for the format.
var narrowFaults = slices.Concat(
	[]Fault{
		{"gibbs-float32-unshifted", "M5", "no shift: e^−βF overflows beyond 88.7", required("gibbs.probabilities", tame).in(float32s),
			massed(func(c call, p []float64) { unshifted(float32s, c, p) })},
		{"gibbs-float16-unshifted", "M5", "no shift: e^−βF overflows beyond 11.1", required("gibbs.probabilities", tame).in(float16s),
			massed(func(c call, p []float64) { unshifted(float16s, c, p) })},
		{"nll-float32-clip", "Z29 scikit-learn #24315", "−ln of p clipped to 1 − 1e-15, which float32 does not have: the NLL of what is sure to be wrong is capped at 34.5",
			required("nll.value", tame).in(float32s), valued(func(c call) float64 {
				p := arithmetic{in: float32s}.softmax(c)[c.Answer]
				return float32s.Round(-math.Log(max(p, 1e-15)) / c.Beta)
			})},
		{"nll-float16-epsilon", "M7", "−ln(p + 1e-8): half of the smallest float16 is more", required("nll.value", tame).in(float16s),
			valued(func(c call) float64 {
				p := arithmetic{in: float16s}.softmax(c)[c.Answer]
				return float16s.Round(-math.Log(float16s.Round(p+float16s.Round(1e-8))) / c.Beta)
			})},
		{"log-float32-of-1-plus", "§1", "ln(1 + e^d) as written: 0 below −16.6", required("log.value", tame).in(float32s),
			pairValue(func(F, Fbar, _ float64) float64 {
				a := arithmetic{in: float32s}
				if d := a.add(F, -Fbar); d < 0 {
					return a.log(a.add(1, a.exp(d)))
				}
				return a.softplus(a.add(F, -Fbar))
			})},
		{"log-float16-of-1-plus", "§1", "ln(1 + e^d) as written: infinite beyond 11.1", required("log.value", tame).in(float16s),
			pairValue(func(F, Fbar, _ float64) float64 {
				a := arithmetic{in: float16s}
				return a.log(a.add(1, a.exp(a.add(F, -Fbar))))
			})},
		{"soft-hinge-float32-cut", "Z27 pytorch", "the identity beyond βt = 10, where float32 still has e^−10", required("soft_hinge.value", tame).in(float32s),
			saying(func(c call, r *reply) {
				if d := c.Margin + c.Energies[0] - c.Energies[1]; c.Beta*d > 10 {
					r.Value = float32s.Round(d)
				}
				*r = roundedTo(float32s, *r)
			})},
		{"mce-float32-complement", "planted", "σ(d) as 1 − σ(−d): 0 below −17", required("mce.value", tame).in(float32s),
			pairValue(func(F, Fbar, _ float64) float64 {
				a := arithmetic{in: float32s}
				return a.add(1, -a.sigmoid(a.add(Fbar, -F)))
			})},
		{"mee-bfloat16-twice", "planted", "p_y rounded to float16 and then to bfloat16: below 6e-8 it is 0", required("mee.gradient", tame).in(bfloat16s),
			sloped(func(c call, grad []float64) {
				p := gibbs(c)
				for i := range p {
					p[i] = bfloat16s.Round(float16s.Round(p[i]))
				}
				for i := range grad {
					grad[i] = bfloat16s.Round(c.Beta * p[c.Answer] * (step(i == c.Answer) - p[i]))
				}
			})},
		{"square-square-bfloat16-halves", "planted", "(m − F̄)² as m² − 2mF̄ + F̄²", required("square_square.value", tame).in(bfloat16s),
			pairValue(func(F, Fbar, m float64) float64 {
				a := arithmetic{in: bfloat16s}
				f, square := pos(F), a.add(a.add(a.mul(m, m), -a.mul(a.mul(2, m), Fbar)), a.mul(Fbar, Fbar))
				return a.add(a.mul(f, f), square*step(Fbar < m))
			})},
		{"hinge-bfloat16-m-last", "planted", "the margin cut to float16's exponents: below 6e-8 it is 0", required("hinge.value", tame).in(bfloat16s),
			pairValue(func(F, Fbar, m float64) float64 {
				a := arithmetic{in: bfloat16s}
				return pos(a.add(float16s.Round(m), a.add(F, -Fbar)))
			})},
		{"infer-float16-of-float32", "planted", "energies compared in float16", required("infer.minimiser", tame).in(float32s),
			asking(func(c *call) {
				for i, F := range c.Energies {
					c.Energies[i] = float16s.Round(F)
				}
			})},
	},
	each(Fault{"%s-float16-of-float32", "planted", "energies in float16, declared float32", required("%s.value", tame).in(float32s), halved}, valueOps...),
	each(Fault{"%s-bfloat16-of-float16", "planted", "energies in bfloat16, declared float16", required("%s.value", tame).in(float16s), truncated}, valueOps...),
	each(Fault{"%s-float32-9-ulps", "tightness", "the value is 9 float32 ulps off", required("%s.value", tame).in(float32s), off(float32s, 9)}, valueOps...),
	each(Fault{"%s-float16-9-ulps", "tightness", "the value is 9 float16 ulps off", required("%s.value", tame).in(float16s), off(float16s, 9)}, valueOps...),
	each(Fault{"%s-bfloat16-9-ulps", "tightness", "the value is 9 bfloat16 ulps off", required("%s.value", tame).in(bfloat16s), off(bfloat16s, 9)}, valueOps...),
)

// roundedTo is r with its numbers rounded to p.
func roundedTo(p op.Precision, r reply) reply {
	for _, x := range numbers(&r) {
		*x = p.Round(*x)
	}
	return r
}

// unshifted writes the softmax of p without a shift.
func unshifted(p op.Precision, c call, probs []float64) {
	a, sum := arithmetic{in: p}, 0.0
	for i, F := range c.Energies {
		probs[i] = a.exp(a.mul(-c.Beta, F))
		sum = a.add(sum, probs[i])
	}
	for i := range probs {
		probs[i] = a.div(probs[i], sum)
	}
}

var (
	halved    = energiesIn(float16s, float32s)
	truncated = energiesIn(bfloat16s, float16s)
)

// energiesIn rounds the energies to inside, and the reply to p.
func energiesIn(inside, p op.Precision) func() answer {
	return pure(func(c call) reply {
		c.Energies = slices.Clone(c.Energies)
		for i, F := range c.Energies {
			c.Energies[i] = inside.Round(F)
		}
		return roundedTo(p, right(c))
	})
}

// off is the reference rounded to p and some ulps more.
func off(p op.Precision, ulps int) func() answer {
	return saying(func(_ call, r *reply) {
		*r = roundedTo(p, *r)
		for range ulps {
			if r.Value != 0 {
				r.Value = p.Next(r.Value, math.Copysign(math.Inf(1), r.Value))
			}
		}
	})
}
