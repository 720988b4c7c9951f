package faults

import (
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/op"
)

// signs are on the wrong side of 0, or of 1, by no more than a rounding.
var signs = slices.Concat(
	each(Fault{"%s-below-0", "optax #1771, keras #23684", "a loss of nearly 0 is −2.2e-16: its logarithm is NaN", required("%s.sign", tame),
		valued(func(c call) float64 {
			if v := right(c).Value; v > 1e-18 {
				return v
			}
			return -0x1p-52
		})}, those(func(r *op.Row) bool { return strings.HasPrefix(r.Signs.Says, "ℓ ≥ ") })...),
	each(Fault{"%s-slope-past-0", "planted", "a slope below 2⁻⁵³ has the other sign", required("%s.sign", tame),
		sloped(func(_ call, grad []float64) {
			for i, g := range grad {
				if math.Abs(g) < 0x1p-53 {
					grad[i] = -g
				}
				if g == 0 {
					grad[i] = math.Copysign(0x1p-60, -grad[0])
				}
			}
		})}, op.FreeEnergy, op.NLL, op.MEE, op.Energy, op.MCE),
	[]Fault{
		{"gibbs-past-1", "planted", "a certain answer has probability 1 + 2⁻⁵²", required("gibbs.sign", tame),
			massed(func(_ call, p []float64) {
				for i, x := range p {
					if x == 1 {
						p[i] = 1 + 0x1p-52
					}
				}
			})},
	},
)

// finites answer with no number where there is one.
var finites = slices.Concat(
	each(Fault{"%s-lowest-1e300", "onnxruntime PR #26670", "the maximum starts from −1e300: 0/0 where all energies are beyond", required("%s.finite", extreme),
		saying(func(c call, r *reply) {
			if c.Beta*slices.Min(c.Energies) > 1e300 {
				for _, x := range numbers(r) {
					*x = math.NaN()
				}
			}
		})}, op.Gibbs, op.FreeEnergy, op.NLL, op.MEE),
	each(Fault{"%s-total", "planted", "a running total of F² is added and taken away again: ∞ − ∞", required("%s.finite", extreme),
		saying(func(c call, r *reply) {
			total := 0.0
			for _, F := range c.Energies {
				total += F * F
			}
			r.Value += total - total
		})}, those(func(r *op.Row) bool {
		smooth := []op.Op{op.FreeEnergy, op.NLL, op.MEE, op.Log, op.SoftHinge, op.SquareExp, op.MCE} // they have others, above and below
		return r.Answers == op.AsValue && !slices.Contains(smooth, r.Op)
	})...),
	each(Fault{"%s-infinite-band", "tt-metal #55798", "+∞ for 0 where F̄ − F is 1.6e7 or more", required("%s.finite", extreme),
		saying(func(c call, r *reply) {
			if c.Energies[1]-c.Energies[0] > 1.6e7 {
				r.Value = math.Inf(1)
			}
		})}, op.Log, op.SoftHinge),
	[]Fault{
		{"mce-ratio", "planted", "e^d/(1 + e^d): ∞/∞ beyond 709.8", required("mce.finite", wide),
			pairValue(func(F, Fbar, _ float64) float64 { e := math.Exp(F - Fbar); return e / (1 + e) })},
		{"square-exp-ratio", "planted", "γ e^{−2F̄}/e^{−F̄}: 0/0 beyond 745", required("square_exp.finite", wide),
			pairValue(func(F, Fbar, gamma float64) float64 {
				if Fbar < 0 {
					return F*F + gamma*exp(-Fbar)
				}
				return F*F + gamma*(exp(-2*Fbar)/exp(-Fbar))
			})},
	},
)

// formats are answers of another format than is declared.
var formats = slices.Concat(
	each(Fault{"%s-bfloat16-in-name", "planted", "answers float64 numbers, and says bfloat16", required("%s.format", tame).in(bfloat16s), pure(right)},
		append([]op.Op{op.Gibbs}, slices.DeleteFunc(slices.Clone(valueOps), func(o op.Op) bool { return o == op.Energy })...)...),
	[]Fault{
		{"energy-bfloat16-in-name", "planted", "answers float32 numbers, and says bfloat16", required("energy.format", tame).in(bfloat16s),
			valued(func(c call) float64 { return float32s.Next(c.Energies[c.Answer], math.Inf(1)) })},
		{"nll-float32-in-name", "planted", "answers float64 numbers, and says float32", required("nll.format", tame).in(float32s), pure(right)},
	},
)

// impossibles are wrong where an answer is impossible, or all are.
var impossibles = slices.Concat(
	each(Fault{"%s-masked-by-10", "Z17 allennlp #105", "an impossible answer is given the energy 10", required("%s.impossible", nonfinite),
		asking(func(c *call) {
			for i, F := range c.Energies {
				if F == math.Inf(1) {
					c.Energies[i] = 10
				}
			}
		})}, slices.DeleteFunc(slices.Clone(valueOps), func(o op.Op) bool { return o == op.MEE })...),
	each(Fault{"%s-nothing-is-0.1", "M15 torchebm ContrastiveDivergence", "0.1 where nothing is possible", recommended("%s.undefined", nonfinite),
		saying(func(c call, r *reply) {
			if slices.Min(c.Energies) == math.Inf(1) {
				r.Value = 0.1
			}
		})}, valueOps...),
	[]Fault{
		{"gibbs-nothing-uniform", "planted", "uniform where nothing is possible, by a mask of the largest number", recommended("gibbs.undefined", nonfinite),
			massed(func(c call, p []float64) {
				if slices.Min(c.Energies) == math.Inf(1) {
					for i := range p {
						p[i] = 1 / float64(len(p))
					}
				}
			})},
		{"infer-nothing-first", "numpy argmin", "the first answer where none is possible", recommended("infer.undefined", nonfinite),
			saying(func(c call, r *reply) {
				if slices.Min(c.Energies) == math.Inf(1) {
					*r = reply{}
				}
			})},
	},
)

// races answer otherwise the second time, where it is hard to see.
var races = slices.Concat(
	each(Fault{"%s-races-far", "neon #171, llama.cpp PR #26385, composable_kernel PR #323", "the second answer is 1e-3 off where an |F| is above 50", required("%s.pure", wide),
		racing(func(c call) bool { return beyond(c, 50) })}, op.Gibbs, op.NLL),
	[]Fault{
		{"nll-races-huge", "planted", "the second answer is 1e-3 off where an |F| is above 1e6", required("nll.pure", extreme),
			racing(func(c call) bool { return beyond(c, 1e6) })},
		{"gibbs-races-masked", "planted", "the second answer is 1e-3 off where an answer is impossible", required("gibbs.pure", nonfinite),
			racing(func(c call) bool { return slices.Contains(c.Energies, math.Inf(1)) })},
	},
)

// beyond reports whether an energy of c is finite and larger than size.
func beyond(c call, size float64) bool {
	return slices.ContainsFunc(c.Energies, func(F float64) bool { return math.Abs(F) > size && !math.IsInf(F, 0) })
}

// racing is the reference, whose second answer to such a call is 1e-3 off.
func racing(such func(call) bool) func() answer {
	return func() answer {
		calls := 0
		return func(c call) reply {
			r := right(c)
			if such(c) {
				if calls++; calls%2 == 0 {
					for _, x := range numbers(&r) {
						*x *= 1.001
					}
				}
			}
			return r
		}
	}
}
