package faults

import (
	"fmt"
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// batchRight are right implementations of batches.
var batchRight = func() []Variant {
	vs := []Variant{
		variant("batch-vectorised", "NLL of a table at once, what is masked at −∞", map[op.Op]answer{op.BatchOf(op.NLL): pure(vectorised(table{}))()}),
		variant("batch-loop", "row after row, weighed, added, divided by the sum of weights", inBatches(everywhere(right), rowwise{in: op.Float64})),
		variant("batch-backwards", "the last row first; weights are divided by their sum before, and multiplied into the gradients' terms", inBatches(everywhere(right), rowwise{in: op.Float64, backwards: true, first: true})),
		variant("batch-reciprocal", "a mean multiplies by 1/Σw", inBatches(everywhere(right), rowwise{in: op.Float64, reciprocal: true})),
		variant("batch-nan-of-nothing", "rows of which nothing counts are NaN, and left out of sums", inBatches(everywhere(right), rowwise{in: op.Float64, nothing: math.NaN()})),
	}
	for _, p := range op.Precisions[1:] {
		a := arithmetic{in: p}
		vs = append(vs,
			Variant{ID: fmt.Sprintf("%s-batch-loop", p), Says: fmt.Sprintf("row after row, every operation in %s, sums in float32 or better", p), In: p, ops: inBatches(a.ops(), rowwise{in: p})},
			Variant{ID: fmt.Sprintf("%s-batch-backwards", p), Says: fmt.Sprintf("the last row first, weights divided before, every operation in %s, sums in float32 or better", p), In: p, ops: inBatches(a.ops(), rowwise{in: p, backwards: true, first: true})})
		if p.Short() {
			vs = append(vs, Variant{ID: fmt.Sprintf("%s-batch-adds-up", p), Says: fmt.Sprintf("row after row, sums in %s, too, which it declares", p), In: p, Declared: op.Declared{Accumulate: p},
				ops: inBatches(arithmetic{in: p, sums: p}.ops(), rowwise{in: p, sums: p})})
		}
	}
	return vs
}()

// rowwise is how batches are answered row after row.
type rowwise struct {
	in         op.Precision
	sums       op.Precision // the format in which it adds up, where that is coarser than float32
	backwards  bool         // the last row first
	first      bool         // weights are divided by their sum before they multiply
	reciprocal bool         // a mean multiplies by 1/Σw
	nothing    float64      // the value of a row of which nothing counts
}

// inBatches answers batches by what answers their rows.
func inBatches(ops map[op.Op]answer, how rowwise) map[op.Op]answer {
	batched := map[op.Op]answer{}
	for _, o := range op.Ops {
		if o.Row().Answers == op.AsValue && ops[o] != nil {
			batched[op.BatchOf(o)] = how.answer(ops[o])
		}
	}
	return batched
}

func (h rowwise) answer(row answer) answer {
	a := arithmetic{in: h.in, sums: h.sums}
	adds := a.accumulator()
	return func(c call) reply {
		b := c.Batch
		order := make([]int, len(b.Rows))
		for i := range order {
			order[i] = i
		}
		if h.backwards {
			slices.Reverse(order)
		}
		all := 0.0
		for _, i := range order {
			switch {
			case !b.Counts(i):
			case b.Weights == nil: // rows are counted
				all++
			default:
				all = adds.add(all, b.Weight(i))
			}
		}
		all = a.round(all)
		mean := b.Reduction == op.Mean
		share := func(x, w float64) float64 { // w·x, or w·x/Σw
			switch {
			case !mean:
				return a.mul(w, x)
			case h.first:
				return a.mul(a.div(w, all), x)
			case h.reciprocal:
				return a.mul(a.mul(w, x), a.div(1, all))
			}
			return a.div(a.mul(w, x), all)
		}
		r := reply{Values: make([]float64, len(b.Rows)), Grads: make([][]float64, len(b.Rows))}
		sum := 0.0
		for _, i := range order {
			r.Grads[i] = make([]float64, len(b.Rows[i].Energies))
			one, at := b.Alone(i)
			if len(at) == 0 {
				r.Values[i] = h.nothing
				continue
			}
			got, w := row(one), b.Weight(i)
			for k, g := range got.Grad {
				r.Grads[i][at[k]] = share(g, w)
			}
			r.Values[i] = a.mul(w, got.Value)
			if h.first {
				sum = adds.add(sum, share(got.Value, w))
			} else {
				sum = adds.add(sum, r.Values[i])
			}
		}
		if b.Reduction == op.None {
			return r
		}
		sum = a.round(sum)
		r.Value, r.Values = sum, nil
		switch {
		case mean && h.reciprocal:
			r.Value = a.mul(sum, a.div(1, all))
		case mean && !h.first:
			r.Value = a.div(sum, all)
		}
		return r
	}
}
