package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// batches are faults of what computes many rows at once.
var batches = slices.Concat(
	each(Fault{"%s-weights-ignored", "planted", "every row weighs 1", required("%s.value", tame),
		asked(func(b *op.Batch) { b.Weights = nil })}, op.Batches...),
	each(Fault{"%s-scaled-by-row-0", "Liger-Kernel PR #1298", "all gradients are scaled by what comes back to row 0", required("%s.gradient", tame),
		weighing(func(b *op.Batch, s []float64) {
			for i := range s {
				s[i] = s[0]
			}
		})}, op.Batches...),
	each(Fault{"%s-nan-spreads", "planted", "a row with NaN leaves NaN in the gradients of all", required("%s.nonfinite", nonfinite),
		said(func(c call, r *reply) {
			for _, row := range r.Grads {
				if slices.ContainsFunc(row, math.IsNaN) {
					for _, g := range r.Grads {
						fill(g, math.NaN())
					}
				}
			}
		})}, op.Batches...),
	each(Fault{"%s-shifts-in-place", "Z88", "subtracts the least energy of each row in place", required("%s.pure", tame),
		pure(func(c call) reply {
			r := rightly(c)
			for _, row := range c.Batch.Rows {
				low := slices.Min(row.Energies)
				for j := range row.Energies {
					row.Energies[j] -= low
				}
			}
			return r
		})}, op.Batches...),
	[]Fault{
		{"nll.batch-one-maximum", "crysx_nn #7", "one maximum for the batch: a row far above it has only weights of 0", required("nll.batch.value", tame), pure(vectorised(table{oneMaximum: true}))},
		{"nll.batch-running-maximum", "planted", "the running maximum is not reset between rows", required("nll.batch.value", tame), pure(vectorised(table{running: true}))},
		{"nll.batch-padding-read", "planted", "the mask is for the gradient only: padding adds to the sum", required("nll.batch.value", tame), pure(vectorised(table{fill: none}))},
		{"nll.batch-masked-as-0", "planted", "the mask multiplies: what it leaves out has energy 0", required("nll.batch.value", tame), pure(vectorised(table{fill: to(0)}))},
		{"nll.batch-masked-as-1e4", "planted", "what is masked has energy 10⁴, which is not beyond all", required("nll.batch.value", wide), pure(vectorised(table{fill: to(1e4)}))},
		{"energy.batch-bfloat16-adds-up", "candle #3727", "the rows are added up in bfloat16, which it does not declare", required("energy.batch.value", tame).in(bfloat16s),
			pure(rowwise{in: bfloat16s, sums: bfloat16s}.answer(right))},
		{"nll.batch-right-padded", "planted", "the first entries of a row count, as many as its mask has", required("nll.batch.value", tame),
			asked(func(b *op.Batch) {
				for _, m := range b.Mask {
					slices.SortFunc(m, func(a, b bool) int { return step2(b) - step2(a) })
				}
			})},
		{"nll.batch-masked-gradient", "planted", "a masked entry has the gradient of its probability", required("nll.batch.gradient", tame), pure(vectorised(table{leak: 1}))},
		{"nll.batch-masked-gradient-tiny", "planted", "a masked entry has a gradient of 10⁻³⁰⁰, not 0", required("nll.batch.gradient", tame),
			said(func(c call, r *reply) {
				for i, m := range c.Batch.Mask {
					for j, counts := range m {
						if !counts {
							r.Grads[i][j] = 1e-300
						}
					}
				}
			})},
		{"nll.batch-rows-beyond-a-tile", "tt-metal #53208", "rows from the 17th on are not written", required("nll.batch.gradient", tame),
			said(func(_ call, r *reply) {
				for _, g := range r.Grads[min(16, len(r.Grads)):] {
					clear(g)
				}
			})},
		{"hinge.batch-rows-beyond-1024", "planted", "a thread a row: rows from the 1025th on are not written", required("hinge.batch.gradient", tame),
			said(func(_ call, r *reply) {
				for _, g := range r.Grads[min(1024, len(r.Grads)):] {
					clear(g)
				}
			})},
		{"hinge.batch-mask-of-64-rows", "planted", "which rows count is kept in 64 bits: from the 65th on all do", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for _, m := range b.Mask[min(64, len(b.Mask)):] {
					for j := range m {
						m[j] = true
					}
				}
			})},
		{"free_energy.batch-mask-of-64-bits", "planted", "which entries of a row count is kept in 64 bits: the 65th counts as the first does", required("free_energy.batch.value", tame),
			asked(func(b *op.Batch) {
				for _, m := range b.Mask {
					for j := 64; j < len(m); j++ {
						m[j] = m[j-64]
					}
				}
			})},
		{"nll.batch-n>64", "planted", "the sum of each row ends at 64", required("nll.batch.value", tame),
			asked(func(b *op.Batch) {
				for _, r := range b.Rows {
					for j := 64; j < len(r.Energies); j++ {
						if j != r.Answer {
							r.Energies[j] = math.MaxFloat64
						}
					}
				}
			})},
		{"hinge.batch-weights-small", "planted", "a weight below 10⁻⁵ is 0", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for i, w := range b.Weights {
					b.Weights[i] = w * step(w >= 1e-5)
				}
			})},
		{"hinge.batch-weights-up-to-100", "planted", "a weight beyond 100 is 100", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for i, w := range b.Weights {
					b.Weights[i] = min(w, 100)
				}
			})},
		{"hinge.batch-weights-3-decimals", "planted", "weights go through text with three decimals", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for i, w := range b.Weights {
					b.Weights[i] = decimals(w, 3)
				}
			})},
		{"nll.batch-stride", "burn #4815, mlx #657", "the table is read by columns", required("nll.batch.value", tame),
			asked(func(b *op.Batch) {
				k, n := len(b.Rows), len(b.Rows[0].Energies)
				flat := make([]float64, k*n)
				for i, r := range b.Rows {
					for j, f := range r.Energies {
						flat[j*k+i] = f
					}
				}
				for i := range b.Rows {
					b.Rows[i].Energies = flat[i*n : (i+1)*n]
				}
			})},
		{"nll.batch-β-of-row-0", "planted", "one β for all rows: the first's", required("nll.batch.value", tame),
			asked(func(b *op.Batch) {
				for i := range b.Rows {
					b.Rows[i].Beta = b.Rows[0].Beta
				}
			})},
		{"hinge.batch-m-of-row-0", "planted", "one margin for all rows: the first's", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for i := range b.Rows {
					b.Rows[i].Margin = b.Rows[0].Margin
				}
			})},
		{"hinge.batch-mean-over-all", "Fast-LLM #344, segmentation_models.pytorch #852", "the mean divides by all rows, masked ones too", required("hinge.batch.value", tame),
			divided(func(b *op.Batch) float64 {
				sum := 0.0
				for i := range b.Rows {
					sum += b.Weight(i)
				}
				return sum
			})},
		{"hinge.batch-masked-rows-count", "DiffCSE #25", "rows of which nothing counts are in the sum, and in the divisor of the mean", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) { b.Mask = nil })},
		{"hinge.batch-of-the-mean", "MatchZoo-py #159", "the loss of the mean pair for the mean of the losses", required("hinge.batch.value", tame),
			said(func(c call, r *reply) {
				s, _ := c.Batch.Shares()
				if c.Batch.Reduction != op.Mean || math.IsNaN(s[0]) {
					return
				}
				one := call{Op: op.Hinge, Energies: make([]float64, 2)}
				for i, row := range c.Batch.Rows {
					one.Energies[0] += s[i] * row.Energies[0]
					one.Energies[1] += s[i] * row.Energies[1]
					one.Margin += s[i] * row.Margin
				}
				r.Value = right(one).Value
			})},
		{"nll.batch-mean-over-padding", "planted", "the mean divides by the entries that count, not by rows", required("nll.batch.value", tame),
			divided(func(b *op.Batch) float64 {
				sum := 0.0
				for i := range b.Rows {
					_, at := b.Alone(i)
					sum += b.Weight(i) * float64(len(at))
				}
				return sum
			})},
		{"hinge.batch-mean-by-rows", "planted", "a weighted mean divides by the number of rows, not by their weights", required("hinge.batch.value", tame),
			divided(func(b *op.Batch) float64 { _, k := b.Shares(); return float64(k) })},
		{"hinge.batch-sum-for-mean", "planted", "a mean is a sum", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				if b.Reduction == op.Mean {
					b.Reduction = op.Sum
				}
			})},
		{"hinge.batch-mean-for-sum", "planted", "a sum is a mean", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				if b.Reduction == op.Sum {
					b.Reduction = op.Mean
				}
			})},
		{"hinge.batch-weights-twice", "planted", "the weights multiply the values, and again the sum of them", required("hinge.batch.value", tame),
			asked(func(b *op.Batch) {
				for i, w := range b.Weights {
					b.Weights[i] = w * w
				}
			})},
		{"hinge.batch-gradient-not-reduced", "planted", "a mean's gradient is the sum's", required("hinge.batch.gradient", tame),
			weighing(func(b *op.Batch, s []float64) {
				for i := range s {
					s[i] = b.Weight(i)
				}
			})},
		{"nll.batch-nan-of-nothing", "flash-attention #1930", "a row of which nothing counts is NaN, and the sum with it", required("nll.batch.value", tame), pure(vectorised(table{nothing: true}))},
		{"nll.batch-nan-dropped", "planted", "a mean leaves out what is NaN", required("nll.batch.nonfinite", nonfinite),
			asked(func(b *op.Batch) {
				for i, r := range b.Rows {
					if b.Reduction != op.None && slices.ContainsFunc(r.Energies, math.IsNaN) {
						b.Rows[i].Energies = make([]float64, len(r.Energies))
					}
				}
			})},
		{"nll.batch-0-times-∞", "planted", "a row of weight 0 and infinite loss makes the sum NaN", recommended("nll.batch.nonfinite", nonfinite), pure(vectorised(table{}))},
		{"nll.batch-next-row", "planted", "each row is answered by the state that the last one left: its maximum", required("nll.batch.value", tame), func() answer {
			last := 0.0 // and the last batch
			return func(c call) reply { return vectorised(table{last: &last})(c) }
		}},
	})

func step2(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func fill(x []float64, with float64) {
	for i := range x {
		x[i] = with
	}
}

// rightly is the reference's reply to a batch.
func rightly(c call) reply { return reference.Answer([]call{c})[0] }

// asked is the reference, asked another batch.
func asked(change func(b *op.Batch)) func() answer {
	return pure(func(c call) reply {
		c = c.Clone()
		change(c.Batch)
		return rightly(c)
	})
}

// said is the reference with another reply to a batch.
func said(change func(c call, r *reply)) func() answer {
	return pure(func(c call) reply {
		r := rightly(c)
		change(c, &r)
		return r
	})
}

// weighing is the reference with other weights of the gradients: change is given w_i, or
// w_i/Σw, of each row.
func weighing(change func(b *op.Batch, s []float64)) func() answer {
	return pure(func(c call) reply {
		r, b := rightly(c), c.Clone().Batch
		s, _ := b.Shares()
		change(b, s)
		b.Reduction, b.Weights = op.None, s
		b.Weights = slices.Clone(s)
		r.Grads = rightly(call{Op: c.Op, Batch: b}).Grads
		return r
	})
}

// divided is the reference with another divisor of means.
func divided(by func(b *op.Batch) float64) func() answer {
	return pure(func(c call) reply {
		if c.Batch.Reduction != op.Mean {
			return rightly(c)
		}
		d := c.Clone()
		d.Batch.Reduction = op.Sum
		r := rightly(d)
		q := by(c.Batch)
		r.Value /= q
		for _, g := range r.Grads {
			scale(g, 1/q)
		}
		return r
	})
}
