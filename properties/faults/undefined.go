package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// undefined are faults in what becomes of NaN, infinities and limits.
var undefined = slices.Concat(
	each(Fault{"%s-nan-to-num", "nan_to_num", "NaN becomes 0, infinities the largest number, going in", required("%s.nonfinite", nonfinite),
		asking(func(c *call) { nanToNum(c.Energies) })}, append([]op.Op{op.Gibbs}, valueOps...)...),
	each(Fault{"%s-constant-for-nonfinite", "M15 torchebm ContrastiveDivergence", "a loss that is not finite is replaced by 0.1", required("%s.nonfinite", nonfinite),
		saying(func(_ call, r *reply) {
			if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
				r.Value = 0.1
			}
		})}, valueOps...),
	[]Fault{
		{"free-energy-swallows-nan", "M14, Z7 gonum v0.17, onnxruntime 1.30", "log Σ = −∞ although an energy is NaN, beside an impossible answer", recommended("free_energy.nonfinite", nonfinite),
			saying(func(c call, r *reply) {
				if slices.ContainsFunc(c.Energies, math.IsNaN) && slices.Contains(c.Energies, math.Inf(1)) {
					r.Value = math.Inf(1)
				}
			})},
		{"infer-answers-nan", "numpy argmin", "the index of a NaN, as if it were the minimum", recommended("infer.nonfinite", nonfinite),
			saying(func(c call, r *reply) {
				if k := slices.IndexFunc(c.Energies, math.IsNaN); k >= 0 {
					*r = reply{Index: k}
				}
			})},
		{"gibbs-impossible-nan", "Z4, Z16 tensorflow #11692, #11756", "−∞ − (−∞): NaN as soon as one answer is impossible", required("gibbs.impossible", nonfinite),
			massed(func(c call, p []float64) {
				if slices.Max(c.Energies) == math.Inf(1) {
					for i := range p {
						p[i] = math.NaN()
					}
				}
			})},
		{"gibbs-impossible-mass", "Z17 allennlp #105", "an impossible answer is given the energy 10: it keeps some mass", required("gibbs.impossible", nonfinite),
			asking(func(c *call) {
				for i, F := range c.Energies {
					if F == math.Inf(1) {
						c.Energies[i] = 10
					}
				}
			})},
		{"gibbs-impossible-uniform", "planted", "β = 0 is uniform over all answers, the impossible ones too", required("gibbs.limits", nonfinite).declaring(limiting),
			massed(func(c call, p []float64) {
				if c.Beta == 0 && !slices.ContainsFunc(c.Energies, math.IsNaN) {
					for i := range p {
						p[i] = 1 / float64(len(p))
					}
				}
			})},
		{"gibbs-β-∞-first-only", "planted", "β = ∞ is a one-hot, at ties too", required("gibbs.limits", nonfinite).declaring(limiting),
			massed(func(c call, p []float64) {
				if math.IsInf(c.Beta, 1) && !math.IsNaN(p[0]) {
					k := argmin(c.Energies)
					clear(p)
					p[k] = 1
				}
			})},
		{"gibbs-β-∞-nan", "Z5", "∞ · 0: NaN at β = ∞", required("gibbs.limits", nonfinite).declaring(limiting),
			massed(func(c call, p []float64) {
				for i, F := range c.Energies {
					p[i] += 0 * (c.Beta * (F - slices.Min(c.Energies)))
				}
			})},
		{"gibbs-β-0-nan", "planted", "divides by β", required("gibbs.limits", nonfinite).declaring(limiting),
			massed(func(c call, p []float64) { scale(p, c.Beta*(1/c.Beta)) })},
		{"lse-swallows-nan", "M14 gonum v0.17, Z6 gam #4417, Z7", "NaN is dropped by the maximum and counted as nothing", required("free_energy.nonfinite", nonfinite),
			asking(func(c *call) { dropNaN(c.Energies) })},
		{"gibbs-swallows-nan", "Z6 gam #4417", "NaN is an impossible answer", required("gibbs.nonfinite", nonfinite),
			asking(func(c *call) { dropNaN(c.Energies) })},
		{"nll-swallows-nan", "Z35 pytorch #20406", "NaN among the others is ignored", required("nll.nonfinite", nonfinite),
			asking(func(c *call) { dropNaN(c.Energies) })},
		{"mee-swallows-nan", "Z35", "NaN among the others is ignored", required("mee.nonfinite", nonfinite),
			asking(func(c *call) { dropNaN(c.Energies) })},
		{"perceptron-swallows-nan", "Z7", "comparisons with NaN are false: it is never the minimum", required("perceptron.nonfinite", nonfinite),
			valued(func(c call) float64 { return c.Energies[c.Answer] - c.Energies[argmin(c.Energies)] })},
		{"lse-nan-second", "Z8 dpctl #1321", "NaN is seen only in the first place", required("free_energy.nonfinite", nonfinite),
			asking(func(c *call) { dropNaN(c.Energies[1:]) })},
		{"free-energy-nothing-possible", "Z4 stan-math #646, M13 pytorch #31829", "NaN where no answer is possible", recommended("free_energy.undefined", nonfinite),
			saying(func(_ call, r *reply) {
				if math.IsInf(r.Value, 1) {
					r.Value = math.NaN()
				}
			})},
		{"free-energy-impossible-gradient", "Z11 jax #6811, Z16", "0 · ∞ in the gradient of an impossible answer", required("free_energy.impossible", nonfinite),
			sloped(func(c call, grad []float64) {
				for i, F := range c.Energies {
					if F == math.Inf(1) {
						grad[i] = math.NaN()
					}
				}
			})},
		{"nll-0-times-∞", "Z31 optax #896", "Σ y log p with 0 · −∞: NaN as soon as one answer is impossible", required("nll.impossible", nonfinite),
			valued(func(c call) float64 {
				sum, F := 0.0, freeEnergy(c)
				for i, Fi := range c.Energies {
					if i == c.Answer {
						sum += right(c).Value
					} else {
						sum += 0 * (Fi - F)
					}
				}
				return sum
			})},
		{"nll-impossible-zero", "Z17 mxnet #19703", "the loss of an impossible answer is 0: as if certain", required("nll.impossible", nonfinite),
			saying(func(_ call, r *reply) {
				if math.IsInf(r.Value, 1) {
					r.Value = 0
				}
			})},
		{"mee-impossible-nan", "Z16", "NaN as soon as one answer is impossible", required("mee.impossible", nonfinite),
			saying(func(c call, r *reply) {
				if slices.Max(c.Energies) == math.Inf(1) {
					r.Value = math.NaN()
				}
			})},
		{"infer-impossible", "Z22", "the mask is multiplied in: an impossible answer has energy 0", required("infer.impossible", nonfinite),
			asking(func(c *call) {
				for i, F := range c.Energies {
					if F == math.Inf(1) {
						c.Energies[i] = 0
					}
				}
			})},
		{"hinge-swallows-nan", "Z6", "if t > 0 { t } else { 0 }: NaN is 0", required("hinge.nonfinite", nonfinite), nanIsZero},
		{"simple-swallows-nan", "Z6", "if t > 0 { t } else { 0 }: NaN is 0", required("simple.nonfinite", nonfinite), nanIsZero},
		{"square-square-swallows-nan", "Z6", "if t > 0 { t } else { 0 }: NaN is 0", required("square_square.nonfinite", nonfinite), nanIsZero},
		{"lvq2-swallows-nan", "Z6", "if t > 0 { t } else { 0 }: NaN is 0", required("lvq2.nonfinite", nonfinite), nanIsZero},
		{"log-swallows-nan", "Z6", "max(NaN, 0) is 0", required("log.nonfinite", nonfinite), nanIsZero},
		{"soft-hinge-swallows-nan", "Z6", "max(NaN, 0) is 0", required("soft_hinge.nonfinite", nonfinite), nanIsZero},
		{"mce-impossible-half", "Z22 NNlib.jl #206", "½ where one of the two is impossible", required("mce.impossible", nonfinite),
			pairValueWhere(impossible, 0.5)},
		{"log-impossible-ln-2", "Z22", "ln 2 where one of the two is impossible", required("log.impossible", nonfinite),
			pairValueWhere(impossible, math.Ln2)},
		{"soft-hinge-impossible-0", "Z22", "1 where ȳ is impossible", required("soft_hinge.impossible", nonfinite),
			pairValueWhere(func(_, Fbar float64) bool { return math.IsInf(Fbar, 1) }, 1)},
		{"hinge-impossible-m", "Z22", "1 where ȳ is impossible", required("hinge.impossible", nonfinite),
			pairValueWhere(func(_, Fbar float64) bool { return math.IsInf(Fbar, 1) }, 1)},
		{"gibbs-β-∞-undefined", "Z5", "NaN at β = ∞, right elsewhere", required("gibbs.limits", nonfinite).declaring(limiting),
			massed(func(c call, p []float64) {
				for i := range p {
					if math.IsInf(c.Beta, 1) {
						p[i] = math.NaN()
					}
				}
			})},
		{"mce-swallows-nan", "planted", "NaN is half wrong", required("mce.nonfinite", nonfinite),
			saying(func(_ call, r *reply) {
				if math.IsNaN(r.Value) {
					r.Value = 0.5
				}
			})},
		{"square-exp-swallows-nan", "Z6", "NaN is 0", required("square_exp.nonfinite", nonfinite), nanIsZero},
		{"energy-swallows-nan", "Z35", "a NaN energy is 0", required("energy.nonfinite", nonfinite), nanIsZero},
	})

// limiting says that a subject means to answer the limits of β.
var limiting = op.Declared{Limits: true}

// nanIsZero is the reference with 0 for a value of NaN.
var nanIsZero = saying(func(_ call, r *reply) {
	if math.IsNaN(r.Value) {
		*r = reply{Grad: make([]float64, len(r.Grad))}
	}
})

// pairValueWhere is the reference with another value where the pair is such.
func pairValueWhere(such func(F, Fbar float64) bool, value float64) func() answer {
	return saying(func(c call, r *reply) {
		if F, Fbar, _ := pair(c); such(F, Fbar) && !math.IsNaN(r.Value) {
			r.Value = value
		}
	})
}

// impossible says that one of the two answers is impossible, the other not.
func impossible(F, Fbar float64) bool { return math.IsInf(F, 1) != math.IsInf(Fbar, 1) }

// dropNaN makes NaN an impossible answer.
func dropNaN(F []float64) {
	for i, f := range F {
		if math.IsNaN(f) {
			F[i] = math.Inf(1)
		}
	}
}

// nanToNum is NumPy's nan_to_num.
func nanToNum(F []float64) {
	for i, f := range F {
		switch {
		case math.IsNaN(f):
			F[i] = 0
		case math.IsInf(f, 0):
			F[i] = math.Copysign(math.MaxFloat64, f)
		}
	}
}
