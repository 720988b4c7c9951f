package faults

import (
	"math"
	"slices"
	"strconv"

	"ebmcheck/properties/op"
)

// The ops with a margin, and with an inverse temperature.
var (
	margined = those(func(r *op.Row) bool { return has(r, "m") })
	heated   = those(func(r *op.Row) bool { return has(r, "beta") })
)

// has reports whether an op has a parameter.
func has(r *op.Row, name string) bool {
	return slices.ContainsFunc(r.Params, func(p op.Param) bool { return p.Name == name })
}

// judgedBy is what a claim about the answer of an op is called.
func judgedBy(o op.Op) string {
	if o.Row().Answers == op.AsProbs {
		return string(o) + ".probabilities"
	}
	return string(o) + ".value"
}

// answering is each, of the claim about what the op answers.
func answering(f Fault, ops ...op.Op) []Fault {
	fs := each(f, ops...)
	for i, o := range ops {
		fs[i].Claim = judgedBy(o)
	}
	return fs
}

// parameters are margins, temperatures, weights and caps that are read as something else.
var parameters = slices.Concat(
	answering(Fault{"%s-m-up-to-20", "planted", "a margin beyond 20 is 20", required("%s", tame),
		asking(func(c *call) { c.Margin = min(c.Margin, 20) })}, margined...),
	answering(Fault{"%s-m-3-decimals", "planted", "the margin goes through text with three decimals", required("%s", tame),
		asking(func(c *call) { c.Margin = decimals(c.Margin, 3) })}, margined...),
	answering(Fault{"%s-m-negative", "planted", "a negative margin is 0", required("%s", tame),
		asking(func(c *call) { c.Margin = pos(c.Margin) })}, margined...),
	answering(Fault{"%s-m-unsigned", "planted", "the sign of the margin is lost", required("%s", tame),
		asking(func(c *call) { c.Margin = math.Abs(c.Margin) })}, margined...),
	answering(Fault{"%s-m-far-negative", "planted", "a margin below −100 is −100", required("%s", wide),
		asking(func(c *call) { c.Margin = max(c.Margin, -100) })}, margined...),
	answering(Fault{"%s-β-4-decimals", "planted", "β goes through text with four decimals", required("%s", tame),
		asking(func(c *call) { c.Beta = decimals(c.Beta, 4) })}, heated...),
	answering(Fault{"%s-β-up-to-100", "planted", "a β beyond 100 is 100", required("%s", wide),
		asking(func(c *call) { c.Beta = min(c.Beta, 100) })}, slices.DeleteFunc(slices.Clone(heated), func(o op.Op) bool { return o == op.MEE })...),
	[]Fault{
		{"gibbs-β-up-to-1000", "planted", "a β beyond 1000 is 1000", recommended("gibbs.probabilities", extreme),
			asking(func(c *call) { c.Beta = min(c.Beta, 1000) })},
		{"square-exp-γ-unsigned", "planted", "the sign of γ is lost", required("square_exp.value", tame),
			asking(func(c *call) { c.Gamma = math.Abs(c.Gamma) })},
		{"square-exp-γ=0", "planted", "γ = 0 is the default, 1", required("square_exp.value", tame),
			asking(func(c *call) { c.Gamma += step(c.Gamma == 0) })},
		{"square-exp-γ-logarithm", "planted", "γe^(−F̄) as e^(ln γ − F̄): NaN for γ < 0", required("square_exp.gradient", tame),
			sloped(func(c call, grad []float64) {
				if c.Gamma < 0 {
					grad[1] = math.NaN()
				}
			})},
		{"square-exp-γ-single", "planted", "γ in float32", required("square_exp.gradient", tame),
			asking(func(c *call) { c.Gamma = float64(float32(c.Gamma)) })},
		{"lvq2-M-single", "planted", "M in float32", required("lvq2.value", tame),
			asking(func(c *call) { c.Cap = float64(float32(c.Cap)) })},
		{"lvq2-M-up-to-20", "planted", "a cap beyond 20 is 20", required("lvq2.value", tame),
			asking(func(c *call) { c.Cap = min(c.Cap, 20) })},
	},
	each(Fault{"%s-nan-parameter", "planted", "a parameter that is NaN is 1, the default", required("%s.parameters", nonfinite),
		asking(defaulted)}, those(func(r *op.Row) bool { return len(r.Params) > 0 })...),
	[]Fault{
		{"hinge-nan-margin", "planted", "[m + d]⁺ by comparison: NaN is not above 0, so the loss is 0", required("hinge.parameters", nonfinite),
			pairValue(func(F, Fbar, m float64) float64 {
				if t := m + F - Fbar; t > 0 {
					return t
				}
				return 0
			})},
	},
)

// decimals is x read back from text with so many decimals, but never 0.
func decimals(x float64, n int) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', n, 64), 64)
	if y == 0 {
		return x
	}
	return y
}

// defaulted gives c 1 for each parameter that is NaN.
func defaulted(c *call) {
	for _, p := range c.Op.Row().Params {
		if math.IsNaN(p.Of(*c)) {
			p.Set(c, 1)
		}
	}
}
