package judge

import (
	"slices"

	"ebmcheck/properties/op"
)

// The regime of a batch is that of its rows: what is masked does not count, and may be any
// finite number.

// counted are the rows of b that count, without what is masked.
func counted(b *op.Batch) []op.Call {
	var rows []op.Call
	for i := range b.Rows {
		if row, at := b.Alone(i); len(at) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// batchBelongs is belongs of a batch: of the non-finite regime one row is enough.
func (r Regime) batchBelongs(b *op.Batch) bool {
	odd := slices.ContainsFunc(counted(b), NonFinite.belongs)
	return odd == (r == NonFinite)
}

// regimeOfBatch is RegimeOf of a batch: the widest of its rows'.
func regimeOfBatch(b *op.Batch, p op.Precision) Regime {
	widest := Tame
	for _, row := range counted(b) {
		if r := RegimeOf(row, p); slices.Index(Regimes, r) > slices.Index(Regimes, widest) {
			widest = r
		}
	}
	return widest
}

// fitBatch is fit of a batch.
func (r Regime) fitBatch(c op.Call, p op.Precision) op.Call {
	c = p.Fit(c, r.least(p))
	for i, row := range c.Batch.Rows {
		c.Batch.Rows[i] = r.fit(row, p)
	}
	return c
}
