package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// inference are faults of infer, energy and perceptron.
var inference = []Fault{
	{"infer-rounds", "planted", "energies within 1e-12 count as tied; the last wins", required("infer.minimiser", tame),
		pure(func(c call) reply {
			k := 0
			for i, F := range c.Energies {
				if F <= c.Energies[k]+1e-12 {
					k = i
				}
			}
			return reply{Index: k}
		})},
	{"infer-skips-last", "planted", "i < n − 1: the last answer is never looked at", required("infer.minimiser", tame),
		pure(func(c call) reply { return reply{Index: argmin(c.Energies[:max(1, len(c.Energies)-1)])} })},
	{"infer-best-starts-at-0", "planted", "best = 0 to begin with: finds nothing among positive energies", required("infer.minimiser", tame),
		pure(func(c call) reply {
			k, best := 0, 0.0
			for i, F := range c.Energies {
				if F < best {
					k, best = i, F
				}
			}
			return reply{Index: k}
		})},
	{"infer-tie-neither", "planted", "at a tie the answer between the two", required("infer.minimiser", tame),
		pure(func(c call) reply {
			low, sum, k := slices.Min(c.Energies), 0, 0
			for i, F := range c.Energies {
				if F == low {
					sum, k = sum+i, k+1
				}
			}
			return reply{Index: (sum + k/2) / max(k, 1)}
		})},
	{"infer-absolute", "M7", "the smallest |F|", required("infer.minimiser", tame),
		asking(func(c *call) {
			for i, F := range c.Energies {
				c.Energies[i] = math.Abs(F)
			}
		})},
	{"infer-after-sort", "planted", "the place in the sorted list", required("infer.minimiser", tame),
		asking(func(c *call) { slices.Sort(c.Energies) })},
	{"infer-by-probability", "planted", "the largest p of a softmax at β = 1: near ties are rounded away", required("infer.minimiser", tame),
		pure(func(c call) reply {
			p := right(call{Op: op.Gibbs, Energies: c.Energies, Beta: 1}).Probs
			return reply{Index: argmin(negated(p))}
		})},
	{"infer-as-integers", "planted", "energies cut to integers before they are compared", required("infer.minimiser", tame),
		asking(func(c *call) {
			for i, F := range c.Energies {
				c.Energies[i] = math.Trunc(F)
			}
		})},

	{"energy-is-the-lowest", "planted", "the energy of the minimiser, not of y", required("energy.value", tame),
		valued(func(c call) float64 { return slices.Min(c.Energies) })},
	{"energy-sign", "M4", "−F_y: a score", required("energy.value", tame), saying(func(_ call, r *reply) { r.Value = -r.Value })},
	{"energy-positive-part", "M6", "[F_y]⁺", required("energy.value", tame), saying(func(_ call, r *reply) { r.Value = pos(r.Value) })},
	{"energy-absolute", "M7", "|F_y|", required("energy.value", tame), saying(func(_ call, r *reply) { r.Value = math.Abs(r.Value) })},
	{"energy-centred", "planted", "less the mean energy: contrastive without saying so", required("energy.value", tame),
		valued(func(c call) float64 {
			mean := 0.0
			for _, F := range c.Energies {
				mean += F
			}
			return c.Energies[c.Answer] - mean/float64(len(c.Energies))
		})},
	{"energy-pushes-all-down", "C18", "slope 1 at every answer", required("energy.gradient", tame),
		sloped(func(_ call, grad []float64) {
			for i := range grad {
				grad[i] = 1
			}
		})},
	{"energy-gradient-at-minimiser", "planted", "the one at the minimiser", required("energy.gradient", tame),
		sloped(func(c call, grad []float64) { clear(grad); grad[argmin(c.Energies)] = 1 })},
	{"energy-gradient-of-a-square", "M8", "2F_y", required("energy.gradient", tame),
		sloped(func(c call, grad []float64) { grad[c.Answer] = 2 * c.Energies[c.Answer] })},

	{"perceptron-max", "C07", "F_y − max_j F_j", required("perceptron.value", tame),
		valued(func(c call) float64 { return c.Energies[c.Answer] - slices.Max(c.Energies) })},
	{"perceptron-margin", "C72", "a margin of 1: 1 where it should be 0", required("perceptron.value", tame),
		valued(func(c call) float64 {
			worst := 0.0
			for i, F := range c.Energies {
				if i != c.Answer {
					worst = max(worst, 1+c.Energies[c.Answer]-F)
				}
			}
			return worst
		})},
	{"perceptron-other-answers", "planted", "the minimum over the incorrect answers only, no positive part: ℓ < 0", required("perceptron.value", tame),
		valued(func(c call) float64 {
			low := math.Inf(1)
			for i, F := range c.Energies {
				if i != c.Answer || len(c.Energies) == 1 {
					low = min(low, F)
				}
			}
			return c.Energies[c.Answer] - low
		})},
	{"perceptron-n=1", "M17 thrml #37", "refuses a single answer: nothing to minimise over", required("perceptron.value", tame),
		saying(func(c call, r *reply) {
			if len(c.Energies) == 1 {
				*r = reply{Error: "min of an empty sequence"}
			}
		})},
	{"perceptron-ties-sum-to-k", "Z77 Theano #4568, gomlx, tfjs", "every tied minimiser gets −1: the gradient sums to 1 − k", required("perceptron.gradient", tame),
		sloped(func(c call, grad []float64) {
			low := slices.Min(c.Energies)
			for i, F := range c.Energies {
				grad[i] = -step(F == low)
			}
			grad[c.Answer]++
		})},
	{"perceptron-minimiser-only", "planted", "−e_k without e_y", required("perceptron.gradient", tame),
		sloped(func(c call, grad []float64) { clear(grad); grad[argmin(c.Energies)] = -1 })},
	{"perceptron-one-side-at-ties", "planted", "e_y at a tie with y, where e_y − e_k or 0 is meant", required("perceptron.gradient", tame),
		sloped(func(c call, grad []float64) {
			if tied(c.Energies) {
				clear(grad)
				grad[c.Answer] = 1
			}
		})},
	{"perceptron-soft", "planted", "the gradient of nll at β = 1", required("perceptron.gradient", tame),
		sloped(func(c call, grad []float64) {
			soft := retitled(c, op.NLL)
			soft.Beta = 1
			copy(grad, right(soft).Grad)
		})},
	{"perceptron-rival-second", "planted", "the second lowest instead of the lowest", required("perceptron.value", tame),
		valued(func(c call) float64 {
			s := slices.Sorted(slices.Values(c.Energies))
			return pos(c.Energies[c.Answer] - s[min(1, len(s)-1)])
		})},
}
