package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// declarers are right but for what they declare: less than they do.
var declarers = []Fault{
	{"gibbs-coarse-exp", "jax on TPUs", "an exp that is 40 ulps off, declared within 4", required("gibbs.probabilities", tame).declaring(op.Declared{Exp: 4}), pure(coarse(40))},
	{"soft-hinge-flushes", "XLA", "subnormal numbers are 0, which it does not declare", required("soft_hinge.value", wide), pure(flushing(op.Float64).ops()[op.SoftHinge])},
	{"soft-hinge-float32-flushes", "XLA", "subnormal numbers are 0, which it does not declare", required("soft_hinge.value", wide).in(float32s), pure(flushing(float32s).ops()[op.SoftHinge])},
	{"gibbs-bfloat16-adds-up", "candle #3727, tract #2586, executorch #20090", "sums in bfloat16, which it does not declare: 1/256 of 1025 equal ones",
		required("gibbs.probabilities", tame).in(bfloat16s), pure(arithmetic{in: bfloat16s, sums: bfloat16s}.ops()[op.Gibbs])},
	{"gibbs-bfloat16-adds-up-coarser", "planted", "sums in bfloat16, declared in float16",
		required("gibbs.probabilities", tame).in(bfloat16s).declaring(op.Declared{Accumulate: float16s}), pure(arithmetic{in: bfloat16s, sums: bfloat16s}.ops()[op.Gibbs])},
	{"nll-float16-adds-up", "candle #3727", "sums in float16, which it does not declare", required("nll.value", tame).in(float16s), pure(arithmetic{in: float16s, sums: float16s}.ops()[op.NLL])},
	{"gibbs-limits-unsupported", "planted", "declares limits, and calls them unsupported", required("gibbs.limits", nonfinite).declaring(limiting), pure(limits(right))},
	{"gibbs-limits-undeclared", "Z5", "NaN at β = ∞, of which it declares nothing", recommended("gibbs.limits", nonfinite),
		massed(func(c call, p []float64) {
			for i := range p {
				if math.IsInf(c.Beta, 1) {
					p[i] = math.NaN()
				}
			}
		})},
}

// declaring are right, and declare what they mean to answer.
var declaring = []Variant{
	{ID: "limits", Says: "β = 0 is uniform over the possible answers, β = ∞ over the minimisers, which it declares", Declared: limiting, ops: map[op.Op]answer{op.Gibbs: atLimits}},
	{ID: "finite-only", Says: "infinite energies are unsupported, as scikit-learn raises an error at them", ops: map[op.Op]answer{op.NLL: finiteOnly, op.Hinge: finiteOnly}},
}

// atLimits is the standard softmax with a case of its own for each limit of β.
func atLimits(c call) reply {
	low := slices.Min(c.Energies)
	share := func(has func(F float64) bool) reply {
		p := make([]float64, len(c.Energies))
		for i, F := range c.Energies {
			p[i] = step(has(F))
		}
		scale(p, 1/forwards(p)) // NaN if none has
		return reply{Probs: p}
	}
	switch {
	case math.IsNaN(low):
		return reply{Probs: slices.Repeat([]float64{low}, len(c.Energies))}
	case c.Beta == 0:
		return share(func(F float64) bool { return F < math.Inf(1) })
	case math.IsInf(c.Beta, 1):
		return share(func(F float64) bool { return F == low && F < math.Inf(1) })
	}
	return reply{Probs: softmax(c, nil)}
}

// finiteOnly is the reference for finite energies, and NaN.
func finiteOnly(c call) reply {
	if slices.ContainsFunc(c.Energies, func(F float64) bool { return math.IsInf(F, 0) }) {
		return reply{Unsupported: "an energy is infinite"}
	}
	return right(c)
}

// flushing is the arithmetic of a format whose subnormal numbers are 0.
func flushing(p op.Precision) arithmetic { return arithmetic{in: p, flush: p.Normal()} }

// coarse is gibbs with an exp that is so many ulps off, but for e⁰.
func coarse(ulps float64) answer {
	return limits(func(c call) reply {
		p, _ := scaledThenShifted(c.Energies, c.Beta)
		for i, t := range p {
			if p[i] = math.Exp(t); t < 0 {
				p[i] *= 1 + ulps*0x1p-53
			}
		}
		scale(p, 1/forwards(p))
		return reply{Probs: p}
	})
}
