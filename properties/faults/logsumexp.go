package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// logSumExp are faults of free_energy and gibbs: the shift, the sum, β, and
// the way back from logarithms.
var logSumExp = []Fault{
	{"lse-shift-inside", "Z1 gorgonia v0.9.18", "log(Σ exp(x − max x) + max x): the maximum inside the logarithm", required("free_energy.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return -math.Log(math.Exp(logSum(x, M))+M) / c.Beta
		})},
	{"lse-never-shifted-back", "Z2 perses #1239", "the maximum is never added back", required("free_energy.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return -logSum(x, M) / c.Beta
		})},
	{"lse-naive", "Z3, M12 TensorRT #4772, onnx-mlir #365", "log Σ exp(x), no shift: overflows", required("free_energy.value", tame),
		valued(func(c call) float64 { return -math.Log(partition(c.Energies, c.Beta)) / c.Beta })},
	{"gibbs-naive", "Z3, Z62 machinelearning #3648", "exp(x)/Σ exp(x), no shift: ∞/∞", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			Z := partition(c.Energies, c.Beta)
			for i, F := range c.Energies {
				p[i] = math.Exp(-c.Beta*F) / Z
			}
		})},
	{"lse-shift-by-first", "planted", "shifts by x₀, not by the maximum", required("free_energy.value", tame),
		valued(func(c call) float64 {
			x, _ := scaled(c)
			return -(x[0] + logSum(x, x[0])) / c.Beta
		})},
	{"gibbs-shift-by-smallest", "planted", "shifts by the smallest x: min for max", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			x, _ := scaled(c)
			low := math.Inf(1)
			for _, t := range x {
				low = min(low, t)
			}
			sum := 0.0
			for i, t := range x {
				p[i] = math.Exp(t - low)
				sum += p[i]
			}
			scale(p, 1/sum)
		})},
	{"lse-log-of-1-plus", "Z9 scipy #18295", "log(1 + tiny): [0, 40] gives 0", recommended("free_energy.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			return -(M + logSum(x, M)) / c.Beta
		})},
	{"lse-drops-the-tail", "planted", "terms below 1e-10 of the largest are left out", required("free_energy.value", tame),
		valued(func(c call) float64 {
			x, M := scaled(c)
			sum := 0.0
			for _, t := range x {
				if t > M-23 {
					sum += math.Exp(t - M)
				}
			}
			return -(M + math.Log(sum)) / c.Beta
		})},
	{"free-energy-gradient-naive", "Z14 ExponentialFamily.jl #294", "stable value, gradient from raw exp", required("free_energy.gradient", tame),
		sloped(func(c call, grad []float64) {
			Z := partition(c.Energies, c.Beta)
			for i, F := range c.Energies {
				grad[i] = math.Exp(-c.Beta*F) / Z
			}
		})},
	{"free-energy-gradient-0/0", "Z21 NNlib.jl #68", "∂ log Z by dividing: 0/0 where e^x has underflowed", required("free_energy.gradient", tame),
		sloped(func(c call, grad []float64) {
			for i, p := range gibbs(c) {
				grad[i] = p * p / p
			}
		})},
	{"free-energy-gradient-times-beta", "planted", "β p: the 1/β and the chain rule's β do not meet", required("free_energy.gradient", tame),
		sloped(func(c call, grad []float64) { scale(grad, c.Beta) })},
	{"free-energy-gradient-sign", "planted", "−p: the gradient of ln Z", required("free_energy.gradient", tame),
		sloped(func(c call, grad []float64) { scale(grad, -1) })},
	{"free-energy-gradient-hard", "planted", "the gradient of the minimum: one-hot", required("free_energy.gradient", tame),
		sloped(func(c call, grad []float64) { k := argmin(c.Energies); clear(grad); grad[k] = 1 })},
	{"free-energy-hard", "M16", "min F: right only as β → ∞", required("free_energy.value", tame),
		valued(func(c call) float64 { return c.Energies[argmin(c.Energies)] })},
	{"free-energy-mean", "planted", "−(1/β) ln of the mean, not the sum: off by ln n/β", required("free_energy.value", tame),
		valued(func(c call) float64 { return freeEnergy(c) + math.Log(float64(len(c.Energies)))/c.Beta })},
	{"free-energy-mean-energy", "planted", "⟨E⟩: the entropy is left out", required("free_energy.value", tame),
		valued(func(c call) float64 {
			mean := 0.0
			for i, p := range gibbs(c) {
				mean += p * c.Energies[i]
			}
			return mean
		})},
	{"free-energy-log-Z-at-1", "M10 anesthetic #67", "log Z computed without β, then divided by it", required("free_energy.value", tame),
		valued(func(c call) float64 {
			one := call{Op: op.FreeEnergy, Energies: c.Energies, Beta: 1}
			return right(one).Value / c.Beta
		})},
	{"free-energy-base-2", "planted", "log₂ for ln", required("free_energy.value", tame),
		saying(func(c call, r *reply) { r.Value /= math.Ln2 })},
	{"gibbs-raw-sum", "Z24 keras-io #320", "divides by the sum of the raw inputs", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			x, _ := scaled(c)
			sum := 0.0
			for _, t := range x {
				sum += t
			}
			for i, t := range x {
				p[i] = math.Exp(t) / sum
			}
		})},
	{"gibbs-twice", "Z30 keras #6143", "softmax of a softmax", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			copy(p, right(call{Op: op.Gibbs, Energies: negated(p), Beta: 1}).Probs)
		})},
	{"gibbs-β-twice", "Z48 RL-Kernel #81", "β applied twice: invisible at β = 1", required("gibbs.probabilities", tame),
		asking(func(c *call) { c.Beta *= c.Beta })},
	{"gibbs-β-after", "Z47 Kimi-Audio #161", "p^β without normalising again: β outside of the softmax", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			one := c
			one.Beta = 1
			for i, q := range gibbs(one) {
				p[i] = math.Pow(q, c.Beta)
			}
		})},
	{"gibbs-unnormalised", "Z50 PastaQ.jl #159", "exp(x − max x), not divided", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			x, M := scaled(c)
			for i, t := range x {
				p[i] = math.Exp(t - M)
			}
		})},
	{"gibbs-eps-in-the-sum", "Z28 gomlx eps 1e-8", "divides by Σ + 1e-8", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) { scale(p, 1/(1+1e-8)) })},
	{"gibbs-clipped", "M22, Z28 keras #17634", "probabilities clipped to [1e-7, 1 − 1e-7]", required("gibbs.probabilities", tame),
		massed(func(_ call, p []float64) {
			for i := range p {
				p[i] = min(max(p[i], 1e-7), 1-1e-7)
			}
		})},
	{"gibbs-small-to-zero", "planted", "p < 1e-10 becomes 0", required("gibbs.probabilities", tame),
		massed(func(_ call, p []float64) {
			for i := range p {
				if p[i] < 1e-10 {
					p[i] = 0
				}
			}
		})},
	{"gibbs-last-by-difference", "planted", "the last probability is 1 − Σ of the others", required("gibbs.probabilities", tame),
		massed(func(_ call, p []float64) {
			rest := 1.0
			for _, q := range p[:len(p)-1] {
				rest -= q
			}
			p[len(p)-1] = rest
		})},
	{"gibbs-fast-exp", "planted", "exp by (1 + x/2³⁰)^{2³⁰}", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			x, M := scaled(c)
			sum := 0.0
			for i, t := range x {
				p[i] = 1 + (t-M)*0x1p-30
				for range 30 {
					p[i] *= p[i]
				}
				sum += p[i]
			}
			scale(p, 1/sum)
		})},
	{"gibbs-β-overflows", "regressions", "βF overflows before the shift: NaN where the answer is 1/2", recommended("gibbs.probabilities", extreme),
		massed(func(c call, p []float64) {
			if x, M := scaled(c); math.IsInf(M, 0) || math.IsInf(slices.Min(x), 0) {
				copy(p, softmax(c, nil))
			}
		})},
	{"gibbs-scales-before-shifting", "N17", "−βF rounds before the shift: the gaps lose their digits", recommended("gibbs.probabilities", tame),
		massed(func(c call, p []float64) { copy(p, softmax(c, nil)) })},
	{"free-energy-cancels", "regressions", "M and log Σ cancel: 0 for [ln 2, ln 2]", recommended("free_energy.value", tame),
		valued(func(c call) float64 { x, M := scaled(c); return -(M + logSum(x, M)) / c.Beta })},
	{"free-energy-β-floor", "planted", "β below 0.05 is taken for 0.05, \"to be safe\"", required("free_energy.value", tame),
		asking(func(c *call) { c.Beta = max(c.Beta, 0.05) })},
}
