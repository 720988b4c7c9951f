package judge

import (
	"slices"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
)

// How often a batch is asked again to make it shorter, of so many candidates at once.
const (
	batchTries      = 20
	batchCandidates = 64
)

// simplestBatch is the simplest batch found that fails, from c, which does: of the fewest
// rows, then of the fewest energies, then of the plainest numbers. fails says which of some
// calls fail; nil ends the search.
func (cs Cases) simplestBatch(c op.Call, fails func([]op.Call) []bool) op.Call {
	some := func(all []op.Call) (first int) { // of those that fail; −1: none
		var at []int
		var asked []op.Call
		for i, d := range all {
			if len(asked) < batchCandidates && cs.in.Holds(d) && cs.regime.holds(d, cs.in) {
				at, asked = append(at, i), append(asked, d)
			}
		}
		if len(asked) > 0 {
			if k := slices.Index(fails(asked), true); k >= 0 {
				return at[k]
			}
		}
		return -1
	}
	for more := batchTries; more > 0; more-- {
		all := shorterBatches(c)
		k := some(all)
		if k < 0 {
			break
		}
		c = all[k]
	}
	return cs.plainest(c, fails)
}

// shorterBatches are batches like c with rows, the mask, the weights or a column left out.
func shorterBatches(c op.Call) []op.Call {
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
	if b.Mask != nil {
		add(func(b *op.Batch) { b.Mask = nil })
	}
	if b.Weights != nil {
		add(func(b *op.Batch) { b.Weights = nil })
	}
	for j := n - 1; j >= 0 && n > 1; j-- {
		add(func(b *op.Batch) {
			for i := range b.Rows {
				r := &b.Rows[i]
				if r.Energies = slices.Delete(r.Energies, j, j+1); r.Answer > j {
					r.Answer--
				}
				r.Answer = min(r.Answer, n-2)
				if b.Mask != nil {
					b.Mask[i] = slices.Delete(b.Mask[i], j, j+1)
				}
			}
		})
	}
	return all
}

// hasBatch is has of a batch of as many rows as from.
func (cs Cases) hasBatch(c, from op.Call) bool {
	for i, r := range c.Batch.Rows {
		if !inRange(r, from.Batch.Rows[i]) {
			return false
		}
	}
	return c.Batch.Check() == nil && cs.in.Holds(c) && cs.regime.holds(c, cs.in)
}

// plainest is c with plainer numbers: its energies, weights and parameters, those that all
// rows have in common as one.
func (cs Cases) plainest(c op.Call, fails func([]op.Call) []bool) op.Call {
	each := func(c op.Call, number func(x float64) float64) {
		b := c.Batch
		for _, r := range b.Rows {
			for j := range r.Energies {
				r.Energies[j] = number(r.Energies[j])
			}
		}
		for i := range b.Weights {
			b.Weights[i] = number(b.Weights[i])
		}
		for _, q := range b.Rows[0].Op.Row().Params {
			first := q.Of(b.Rows[0])
			common := !slices.ContainsFunc(b.Rows, func(r op.Call) bool { return q.Of(r) != first })
			is := first
			for i := range b.Rows {
				if i == 0 || !common {
					is = number(q.Of(b.Rows[i]))
				}
				q.Set(&b.Rows[i], is)
			}
		}
	}
	from := draw.Point{Place: -1}
	each(c.Clone(), func(x float64) float64 { from.Rest = append(from.Rest, x); return x })
	call := func(p draw.Point) op.Call {
		d, k := c.Clone(), -1
		each(d, func(float64) float64 { k++; return p.Rest[k] })
		return d
	}
	return simplified(from, 0, call, func(d op.Call) bool { return cs.hasBatch(d, c) }, fails)
}
