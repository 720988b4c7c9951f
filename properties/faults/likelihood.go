package faults

import (
	"math"

	"ebmcheck/properties/op"
)

// likelihood are faults of nll and mee.
var likelihood = []Fault{
	{"nll-of-p", "Z52 tfjs logLoss", "−(1/β) ln p_y: ∞ where p_y has underflowed", required("nll.value", tame),
		valued(func(c call) float64 { return -math.Log(gibbs(c)[c.Answer]) / c.Beta })},
	{"nll-of-p-plus-eps", "Z28 gomlx eps 1e-8, keras #17634", "−(1/β) ln(p_y + 1e-8)", required("nll.value", tame),
		valued(func(c call) float64 { return -math.Log(gibbs(c)[c.Answer]+1e-8) / c.Beta })},
	{"nll-clipped", "M22, Z28 keras #15249", "p_y clipped to [1e-15, 1 − 1e-15]", required("nll.value", tame),
		valued(func(c call) float64 {
			return -math.Log(min(max(gibbs(c)[c.Answer], 1e-15), 1-1e-15)) / c.Beta
		})},
	{"nll-winner-zero", "Z25 pytorch #113708, scipy #19521", "the winner's loss is exactly 0 once the others are below 2⁻⁵³", recommended("nll.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return -((x[c.Answer] - M) - logSum(x, M)) / c.Beta
		})},
	{"nll-shift-lost", "Z27 mlx #4188", "lse(x) − x_y: the maximum is added and subtracted again", recommended("nll.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return ((M + logSum(x, M)) - x[c.Answer]) / c.Beta
		})},
	{"nll-scales-before-shifting", "N17", "−βF rounds before the shift", recommended("nll.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return -((x[c.Answer] - M) - logSum(x, M)) / c.Beta
		})},
	{"nll-gradient-1-p", "Z26 tensorflow #126634", "1 − p_y by subtraction: 0 where the truth is e⁻⁴⁰", recommended("nll.gradient", tame),
		sloped(func(c call, grad []float64) { grad[c.Answer] = 1 - gibbs(c)[c.Answer] })},
	{"nll-gradient-naive", "Z14", "gradient from raw exp: ∞/∞", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			Z := partition(c.Energies, c.Beta)
			for i, F := range c.Energies {
				grad[i] = -math.Exp(-c.Beta*F) / Z
			}
			grad[c.Answer]++
		})},
	{"nll-gradient-sign", "Z68", "the gradient of the log-likelihood, not of its negative", required("nll.gradient", tame),
		sloped(func(_ call, grad []float64) { scale(grad, -1) })},
	{"nll-gradient-mean", "M8", "the gradient divided by n, the value not", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) { scale(grad, 1/float64(len(grad))) })},
	{"nll-gradient-at-minimiser", "planted", "the one at the minimiser, not at y", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			for i, p := range gibbs(c) {
				grad[i] = -p
			}
			grad[argmin(c.Energies)]++
		})},
	{"nll-gradient-twice", "Z38 djl #520", "the gradient twice as large", required("nll.gradient", tame),
		sloped(func(_ call, grad []float64) { scale(grad, 2) })},
	{"nll-gradient-clipped", "planted", "the gradient clipped to ±0.99", required("nll.gradient", tame),
		sloped(func(_ call, grad []float64) {
			for i := range grad {
				grad[i] = min(max(grad[i], -0.99), 0.99)
			}
		})},
	{"nll-first-answer", "planted", "always the loss of answer 0", required("nll.value", tame), asking(func(c *call) { c.Answer = 0 })},
	{"nll-next-answer", "planted", "answers counted from 1", required("nll.value", tame),
		asking(func(c *call) { c.Answer = (c.Answer + 1) % len(c.Energies) })},
	{"nll-without-the-positive", "Z44 CoMIR #51, flowjax #164", "y is missing from the sum: ℓ < 0", required("nll.value", tame),
		valued(func(c call) float64 {
			others := c
			others.Energies = nil
			for i, F := range c.Energies {
				if i != c.Answer || len(c.Energies) == 1 {
					others.Energies = append(others.Energies, F)
				}
			}
			return c.Energies[c.Answer] - freeEnergy(others)
		})},
	{"nll-β-missing-on-positive", "Z43 info-nce-pytorch #17", "F_y/β + (1/β) ln Z: β missing on the positive", required("nll.value", tame),
		valued(func(c call) float64 { return c.Energies[c.Answer]/c.Beta - freeEnergy(c) })},
	{"nll-log-Z-at-1", "M10 anesthetic #67", "log Z without β", required("nll.value", tame),
		valued(func(c call) float64 {
			one := c
			one.Beta = 1
			return c.Energies[c.Answer] - freeEnergy(one)/c.Beta
		})},
	{"nll-smoothed", "Z32 ConvE #55", "label smoothing of 1e-3 left on", required("nll.value", tame),
		valued(func(c call) float64 {
			mean := 0.0
			for _, F := range c.Energies {
				mean += F / float64(len(c.Energies))
			}
			return 0.999*c.Energies[c.Answer] + 0.001*mean - freeEnergy(c)
		})},
	{"nll-smoothed-target", "Z33 fastai #1814", "off-target mass (1 − ε)/C in the gradient", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			for i := range grad {
				grad[i] += 1e-3 / float64(len(grad))
			}
			grad[c.Answer] -= 1e-3
		})},
	{"nll-capped", "planted", "capped at 30: an outlier \"must not dominate\"", required("nll.value", tame),
		saying(func(_ call, r *reply) { r.Value = min(r.Value, 30) })},
	{"nll-positive-part", "planted", "of at least 1e-12, so that its logarithm exists", required("nll.value", tame),
		saying(func(_ call, r *reply) { r.Value = max(r.Value, 1e-12) })},

	{"mee-is-p", "planted", "p_y: the minimum correct answer loss", required("mee.value", tame),
		saying(func(_ call, r *reply) { r.Value = 1 - r.Value })},
	{"mee-beta-forgotten", "M16", "∂ = p_y(δ − p): right for β = 1 only", required("mee.gradient", tame),
		sloped(func(c call, grad []float64) {
			p := gibbs(c)
			for i := range grad {
				grad[i] = -p[c.Answer] * p[i]
			}
			grad[c.Answer] += p[c.Answer]
		})},
	{"mee-nll-gradient", "planted", "δ − p: the gradient of nll", required("mee.gradient", tame),
		sloped(func(c call, grad []float64) { copy(grad, right(retitled(c, op.NLL)).Grad) })},
	{"mee-gradient-p²", "planted", "β p_i(1 − p_i) at every answer: the diagonal only", required("mee.gradient", tame),
		sloped(func(c call, grad []float64) {
			for i, p := range gibbs(c) {
				grad[i] = c.Beta * p * (1 - p)
			}
		})},
	{"mee-cancels", "Z26", "1 − p_y by subtraction", recommended("mee.value", tame),
		valued(func(c call) float64 { return 1 - gibbs(c)[c.Answer] })},
	{"mee-gradient-cancels", "Z26", "β p_y(1 − p_y) with 1 − p_y by subtraction", recommended("mee.gradient", tame),
		sloped(func(c call, grad []float64) {
			p := gibbs(c)[c.Answer]
			grad[c.Answer] = c.Beta * p * (1 - p)
		})},
	{"mee-counts", "planted", "the hard error: 1 if y is no minimiser", required("mee.value", tame),
		valued(func(c call) float64 { return step(argmin(c.Energies) != c.Answer) })},
	{"mee-clipped", "M22", "p clipped to at least 1e-9 in the gradient", required("mee.gradient", tame),
		sloped(func(c call, grad []float64) {
			p := gibbs(c)
			for i := range grad {
				grad[i] = -c.Beta * max(p[c.Answer], 1e-9) * max(p[i], 1e-9)
			}
			grad[c.Answer] = c.Beta * max(p[c.Answer], 1e-9) * (1 - p[c.Answer])
		})},
}

// retitled is c as a call of another op.
func retitled(c call, op op.Op) call {
	c.Op = op
	return c
}
