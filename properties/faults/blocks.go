package faults

import (
	"fmt"
	"math"

	"ebmcheck/properties/op"
)

// inBlocks are softmaxes that never see all energies at once, as kernels have them: in
// blocks of 8, each with a maximum and a sum of its own, joined at last; and in one pass.
// Those of 16 bits compute in float32, and so does their last rounding alone count.
var inBlocks = func() []Variant {
	vs := []Variant{{ID: "blockwise", Says: "blocks of 8 with a maximum and a sum each, joined at last", ops: blockwise(arithmetic{})}}
	for _, p := range op.Precisions[1:] {
		a := arithmetic{in: p}.accumulator()
		vs = append(vs,
			Variant{ID: fmt.Sprintf("%s-blockwise", p), Says: "blocks of 8 with a maximum and a sum each, joined at last, in float32", In: p, ops: kept(p, blockwise(a))},
			Variant{ID: fmt.Sprintf("%s-online", p), Says: "one pass: the sum is scaled again whenever a new maximum comes, in float32", In: p, ops: kept(p, onePass(a))})
	}
	return vs
}()

// kept is ops with their answers rounded to p.
func kept(p op.Precision, ops map[op.Op]answer) map[op.Op]answer {
	for o, f := range ops {
		ops[o] = func(c call) reply { return roundedTo(p, f(c)) }
	}
	return ops
}

// joined are gibbs, free_energy and nll by the maximum M and the sum Σ e^(x − M).
func (a arithmetic) joined(pass func(x []float64) (M, sum float64)) map[op.Op]answer {
	all := func(c call) (x, p []float64, M, sum float64) {
		for _, F := range c.Energies {
			x = append(x, a.mul(-c.Beta, F))
		}
		M, sum = pass(x)
		for _, t := range x {
			p = append(p, a.div(a.exp(a.add(t, -M)), sum))
		}
		return x, p, M, sum
	}
	return map[op.Op]answer{
		op.Gibbs: limits(func(c call) reply { _, p, _, _ := all(c); return reply{Probs: p} }),
		op.FreeEnergy: func(c call) reply {
			_, p, M, sum := all(c)
			return reply{Value: -a.div(a.add(M, a.log(sum)), c.Beta), Grad: p}
		},
		op.NLL: func(c call) reply {
			x, p, M, sum := all(c)
			return reply{Value: -a.div(a.add(a.add(x[c.Answer], -M), -a.log(sum)), c.Beta), Grad: oneHotMinus(p, c.Answer)}
		},
	}
}

// onePass takes one energy after the other.
func onePass(a arithmetic) map[op.Op]answer {
	return a.joined(func(x []float64) (M, sum float64) {
		M = math.Inf(-1)
		for _, t := range x {
			switch {
			case math.IsInf(t, -1): // impossible
			case !(t <= M):
				sum, M = a.add(a.mul(sum, a.exp(a.add(M, -t))), 1), t
			default:
				sum = a.add(sum, a.exp(a.add(t, -M)))
			}
		}
		return M, sum
	})
}

// blockwise takes blocks of 8.
func blockwise(a arithmetic) map[op.Op]answer {
	return a.joined(func(x []float64) (M, sum float64) {
		var Ms, sums []float64
		M = math.Inf(-1)
		for k := 0; k < len(x); k += 8 {
			top, sum := math.Inf(-1), 0.0
			for _, t := range x[k:min(k+8, len(x))] {
				top = max(top, t)
			}
			for _, t := range x[k:min(k+8, len(x))] {
				if !math.IsInf(top, -1) { // the whole block is impossible
					sum = a.add(sum, a.exp(a.add(t, -top)))
				}
			}
			Ms, sums, M = append(Ms, top), append(sums, sum), max(M, top)
		}
		for k, top := range Ms {
			if !math.IsInf(top, -1) {
				sum = a.add(sum, a.mul(sums[k], a.exp(a.add(top, -M))))
			}
		}
		return M, sum
	})
}
