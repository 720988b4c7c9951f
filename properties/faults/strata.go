package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// strata are faults that are right nearly everywhere.
var strata = []Fault{
	{"gibbs-n≥33", "planted", "unrolled by 32; of the remainder the last is left out of the sum", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			if n := len(p); n >= 33 {
				rest := gibbs(call{Energies: c.Energies[:n-1], Beta: c.Beta})
				copy(p, rest)
			}
		})},
	{"lse-n≥33", "planted", "blocks of 32, added without their shifts", required("free_energy.value", tame),
		valued(func(c call) float64 {
			if len(c.Energies) < 33 {
				return freeEnergy(c)
			}
			a := freeEnergy(call{Energies: c.Energies[:32], Beta: c.Beta})
			b := freeEnergy(call{Energies: c.Energies[32:], Beta: c.Beta})
			return min(a, b)
		})},
	{"nll-n≥33", "planted", "the correct answer beyond 32 is read as y mod 32", required("nll.value", tame),
		asking(func(c *call) { c.Answer %= 32 })},
	{"infer-n≥33", "planted", "looks at the first 32 answers", required("infer.minimiser", tame),
		asking(func(c *call) { c.Energies = c.Energies[:min(32, len(c.Energies))] })},
	{"perceptron-n≥33", "planted", "looks at the first 32 answers", required("perceptron.value", tame),
		valued(func(c call) float64 {
			return pos(c.Energies[c.Answer] - slices.Min(c.Energies[:min(32, len(c.Energies))]))
		})},
	{"mee-n=1", "M17", "a single answer is wrong with probability ½", required("mee.value", tame),
		saying(func(c call, r *reply) {
			if len(c.Energies) == 1 {
				r.Value = 0.5
			}
		})},
	{"gibbs-n=1", "M17", "no answer when there is no choice: p = 0", required("gibbs.probabilities", tame),
		massed(func(_ call, p []float64) {
			if len(p) == 1 {
				p[0] = 0
			}
		})},
	{"gibbs-n=2-tie", "verification §0.5", "two equal energies: all to the first", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			if len(p) == 2 && c.Energies[0] == c.Energies[1] {
				p[0], p[1] = 1, 0
			}
		})},
	{"gibbs-tie-once", "planted", "answers kept in a map by energy: tied ones share one entry", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			distinct := slices.Compact(slices.Sorted(slices.Values(c.Energies)))
			q := gibbs(call{Energies: distinct, Beta: c.Beta})
			for i, F := range c.Energies {
				if k := slices.Index(distinct, F); k >= 0 {
					p[i] = q[k]
				}
			}
		})},
	{"nll-gradient-tie", "planted", "the gradient is 0 where y is tied for the minimum", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			if tied(c.Energies) && c.Energies[c.Answer] == slices.Min(c.Energies) {
				clear(grad)
			}
		})},
	{"free-energy-β>1", "planted", "β is clamped to 1", required("free_energy.value", tame), asking(func(c *call) { c.Beta = min(c.Beta, 1) })},
	{"mee-β<1", "planted", "β below 1 is 1 in the gradient", required("mee.gradient", tame),
		saying(func(c call, r *reply) { scale(r.Grad, max(1, 1/c.Beta)) })},
	{"nll-dominant", "planted", "0 as soon as the others are e^−30 away", required("nll.value", tame),
		saying(func(c call, r *reply) {
			if r.Value*c.Beta < math.Exp(-30) {
				r.Value = 0
			}
		})},
	{"nll-gradient-one-in-64", "verification §0.7", "the last of 33 or more components is 1e-9 off, relatively", required("nll.gradient", tame),
		sloped(func(_ call, grad []float64) {
			if n := len(grad); n >= 33 {
				grad[n-1] *= 1 + 1e-9
			}
		})},
	{"gibbs-large-F", "planted", "energies clamped to ±1e5", required("gibbs.probabilities", wide),
		asking(func(c *call) { clampTo(c.Energies, 1e5) })},
	{"perceptron-large-F", "planted", "energies clamped to ±1e5", required("perceptron.value", wide),
		asking(func(c *call) { clampTo(c.Energies, 1e5) })},
	{"infer-huge-F", "planted", "1e300 stands for infinity and is skipped", recommended("infer.minimiser", extreme),
		pure(func(c call) reply {
			k, best := 0, 1e300
			for i, F := range c.Energies {
				if F < best {
					k, best = i, F
				}
			}
			return reply{Index: k}
		})},
	{"energy-huge-F", "planted", "a running total is added and taken away again: overflows", recommended("energy.value", extreme),
		saying(func(c call, r *reply) {
			total := 0.0
			for _, F := range c.Energies {
				total += math.Abs(F)
			}
			r.Value += total - total
		})},
	{"hinge-huge-F", "planted", "m + F overflows before F̄ is taken away", recommended("hinge.value", extreme),
		saying(func(c call, r *reply) {
			if F, _, m := pair(c); math.IsInf(m+F, 0) {
				r.Value = pos(m + F)
			}
		})},
	{"hinge-rounds-twice", "planted", "m + F rounds before F̄ is taken away", recommended("hinge.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(m + F - Fbar) })},
	{"perceptron-n≥4-ties-sum-to-k", "Z77", "every tied minimiser gets −1, but only of four answers or more", required("perceptron.gradient", tame),
		sloped(func(c call, grad []float64) {
			if low := slices.Min(c.Energies); len(grad) >= 4 {
				for i, F := range c.Energies {
					grad[i] = -step(F == low)
				}
				grad[c.Answer]++
			}
		})},
	{"square-square-tiny-m", "planted", "a margin below 1e-6 is 1e-6", required("square_square.value", tame),
		asking(func(c *call) { c.Margin = max(c.Margin, 1e-6) })},
	{"hinge-m=0", "planted", "a margin of 0 means the default, 1", required("hinge.value", tame),
		asking(func(c *call) {
			if c.Margin == 0 {
				c.Margin = 1
			}
		})},
	{"simple-negative-F̄", "planted", "a negative F̄ is taken for 0: energies \"are\" distances", required("simple.value", tame),
		asking(func(c *call) { c.Energies[1] = max(c.Energies[1], 0) })},
	{"lvq2-M=0", "planted", "a cap of 0 means none", required("lvq2.value", tame),
		pairValue(func(F, Fbar, m float64) float64 {
			if m == 0 {
				return pos(F - Fbar)
			}
			return min(m, pos(F-Fbar))
		})},
	{"mce-beyond-36", "planted", "1 − e^−d becomes 0 or 1 beyond ±36", required("mce.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 {
			if math.Abs(F-Fbar) > 36 {
				return step(F > Fbar)
			}
			return sigmoid(F - Fbar)
		})},
	{"log-at-0", "Z13 jax #2107", "slope 1 at d = 0, the convention of max", required("log.gradient", tame),
		sloped(func(c call, grad []float64) {
			if c.Energies[0] == c.Energies[1] {
				grad[0], grad[1] = 1, -1
			}
		})},
	{"soft-hinge-β>10", "planted", "the hinge for β > 10", required("soft_hinge.value", tame),
		saying(func(c call, r *reply) {
			if c.Beta > 10 {
				r.Value = pos(c.Margin + c.Energies[0] - c.Energies[1])
			}
		})},
	{"square-exp-far", "planted", "e^{−F̄} is 0 for F̄ > 40", required("square_exp.gradient", tame),
		sloped(func(c call, grad []float64) { grad[1] *= step(c.Energies[1] <= 40) })},
}

func clampTo(F []float64, size float64) {
	for i, f := range F {
		F[i] = min(max(f, -size), size)
	}
}

// precision are answers with too few digits, in every op: how sharp each claim
// is.
var precision = slices.Concat(
	each(Fault{"%s-float32", "§9", "energies in float32", required("%s.value", tame), asking(single)}, valueOps...),
	each(Fault{"%s-float32", "§9", "energies in float32", required("%s.probabilities", tame), asking(single)}, op.Gibbs),
	each(Fault{"%s-float32", "§9", "energies in float32", required("%s.minimiser", tame), asking(single)}, op.Infer),
	each(Fault{"%s-gradient-float32", "§9", "the gradient in float32", required("%s.gradient", tame), singleGradient},
		op.FreeEnergy, op.NLL, op.MEE, op.Log, op.SoftHinge, op.SquareSquare, op.SquareExp, op.MCE),
	each(Fault{"%s-9-ulps", "tightness", "the value is 9 ulps off", required("%s.value", tame), nudged}, valueOps...),
	each(Fault{"%s-9-ulps", "tightness", "every probability is 9 ulps off", required("%s.probabilities", tame), nudged}, op.Gibbs),
	each(Fault{"%s-gradient-9-ulps", "tightness", "the gradient is 9 ulps off", required("%s.gradient", tame), nudgedGradient(9)},
		slices.DeleteFunc(slices.Clone(valueOps), func(o op.Op) bool { return o == op.MCE || o == op.MEE })...),
	[]Fault{ // products of two probabilities, each with its bound
		{"mce-gradient-9-ulps", "tightness", "the gradient is 9 ulps off", recommended("mce.gradient", tame), nudgedGradient(9)},
		{"mee-gradient-20-ulps", "tightness", "the gradient is 20 ulps off", required("mee.gradient", tame), nudgedGradient(20)},
	},
)

// single rounds the energies to float32.
func single(c *call) {
	for i, F := range c.Energies {
		c.Energies[i] = float64(float32(F))
	}
}

var (
	singleGradient = sloped(func(_ call, grad []float64) {
		for i, g := range grad {
			grad[i] = float64(float32(g))
		}
	})
	nudged = saying(func(_ call, r *reply) {
		r.Value = up(r.Value, 9)
		for i, p := range r.Probs {
			r.Probs[i] = up(p, 9)
		}
	})
)

// nudgedGradient is the reference with a gradient that is some ulps off.
func nudgedGradient(ulps int) func() answer {
	return sloped(func(_ call, grad []float64) {
		for i, g := range grad {
			grad[i] = up(g, ulps)
		}
	})
}

// up is x and n ulps; 0 stays.
func up(x float64, n int) float64 {
	for range n {
		if x != 0 {
			x = math.Nextafter(x, math.Copysign(math.Inf(1), x))
		}
	}
	return x
}
