package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// How often a batch is asked again to make it simpler, of so many candidates at once.
const (
	batchTries      = 40
	batchCandidates = 64
)

// simplestBatch is the simplest batch found that fails, from c, which does: of the fewest
// rows, then of the fewest energies, then the shortest to write. fails says which of some
// calls fail; nil ends the search.
func (cs Cases) simplestBatch(c op.Call, fails func([]op.Call) []bool) op.Call {
	for range batchTries {
		from := batchCost(c)
		var some []op.Call
		for _, d := range plainerBatches(c) {
			if len(some) < batchCandidates && slices.Compare(batchCost(d), from) < 0 && cs.in.Holds(d) && cs.regime.holds(d, cs.in) {
				some = append(some, d)
			}
		}
		if len(some) == 0 {
			return c
		}
		yes := fails(some)
		best := -1
		for i := range yes {
			if yes[i] && (best < 0 || slices.Compare(batchCost(some[i]), batchCost(some[best])) < 0) {
				best = i
			}
		}
		if best < 0 {
			return c
		}
		c = some[best]
	}
	return c
}

// batchCost orders batches by simplicity.
func batchCost(c op.Call) []int {
	text, err := c.MarshalJSON()
	if err != nil {
		panic("properties: " + err.Error()) // cases are calls of known ops
	}
	return []int{len(c.Batch.Rows), c.Size(), len(text)}
}

// plainerBatches are batches like c with something left out, or made plainer.
func plainerBatches(c op.Call) []op.Call {
	var all []op.Call
	add := func(change func(b *op.Batch)) {
		d := c.Clone()
		change(d.Batch)
		if d.Batch.Check() == nil {
			all = append(all, d)
		}
	}
	b := c.Batch
	k, n := len(b.Rows), len(b.Rows[0].Energies)
	for size := k / 2; size > 0; size /= 2 {
		for at := 0; at < k; at += size {
			to := min(at+size, k)
			add(func(b *op.Batch) {
				b.Rows = slices.Delete(b.Rows, at, to)
				if b.Mask != nil {
					b.Mask = slices.Delete(b.Mask, at, to)
				}
				if b.Weights != nil {
					b.Weights = slices.Delete(b.Weights, at, to)
				}
			})
		}
	}
	add(func(b *op.Batch) { b.Mask = nil })
	add(func(b *op.Batch) { b.Weights = nil })
	for j := n - 1; j >= 0 && n > 1 && !b.Rows[0].Op.Row().Pair; j-- {
		add(func(b *op.Batch) {
			for i := range b.Rows {
				r := &b.Rows[i]
				r.Energies = slices.Delete(r.Energies, j, j+1)
				if r.Answer > j || r.Answer == len(r.Energies) {
					r.Answer--
				}
				if b.Mask != nil {
					b.Mask[i] = slices.Delete(b.Mask[i], j, j+1)
				}
			}
		})
	}
	// The numbers: all of a kind at once, then one row's, then one alone.
	plain := []func(float64) float64{math.Round, func(float64) float64 { return 0 }, func(float64) float64 { return 1 }, func(f float64) float64 { return math.Round(10*f) / 10 }}
	for _, to := range plain {
		add(func(b *op.Batch) {
			for _, r := range b.Rows {
				for j, f := range r.Energies {
					r.Energies[j] = to(f)
				}
			}
		})
		add(func(b *op.Batch) {
			for i := range b.Weights {
				b.Weights[i] = to(b.Weights[i])
			}
		})
		for _, q := range b.Rows[0].Op.Row().Params {
			add(func(b *op.Batch) {
				for i := range b.Rows {
					q.Set(&b.Rows[i], to(q.Of(b.Rows[i])))
				}
			})
		}
	}
	for i := range b.Rows {
		for j := range n {
			if c.Size() > batchCandidates {
				return all // rows and columns go first
			}
			for _, to := range plain {
				add(func(b *op.Batch) { b.Rows[i].Energies[j] = to(b.Rows[i].Energies[j]) })
			}
		}
	}
	return all
}
