package op

import "slices"

// batchStrata are those of batches of r: what of them is weighed, masked and padded.
func (r *Row) batchStrata(Precision) []Stratum {
	in := func(name string, is func(b *Batch) bool) Stratum {
		return Stratum{Name: name, In: func(c Call) bool { return is(c.Batch) }}
	}
	some := func(name string, is func(b *Batch, i int) bool) Stratum {
		return in(name, func(b *Batch) bool {
			for i := range b.Rows {
				if is(b, i) {
					return true
				}
			}
			return false
		})
	}
	st := []Stratum{
		in("none", func(b *Batch) bool { return b.Reduction == None }),
		in("mean", func(b *Batch) bool { return b.Reduction == Mean }),
		in("sum", func(b *Batch) bool { return b.Reduction == Sum }),
		in("weights", func(b *Batch) bool { return b.Weights != nil }),
		in("more than 16 rows", func(b *Batch) bool { return len(b.Rows) > 16 }),
		some("a weight of 0", func(b *Batch, i int) bool { return b.Weight(i) == 0 }),
		some("a row that does not count", func(b *Batch, i int) bool { return !b.Counts(i) }),
		some("the same row twice", func(b *Batch, i int) bool {
			return slices.ContainsFunc(b.Rows[:i], func(r Call) bool { return r.Equal(b.Rows[i]) })
		}),
	}
	if !r.Pair { // of which both energies count, or none
		st = append(st, some("a masked entry beside others", func(b *Batch, i int) bool { return b.Counts(i) && b.Mask != nil && slices.Contains(b.Mask[i], false) }))
	}
	return st
}
