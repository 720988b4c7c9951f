package op

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A Batch is rows of one op that are asked at once, as one table. Row i is what is left of
// Rows[i] without the entries that Mask leaves out; ℓ_i is its value, w_i its weight. What
// is answered is
//
//	none  w_i·ℓ_i of each row, and its gradient
//	sum   Σ_i w_i·ℓ_i, and its gradient by the energies of each row
//	mean  Σ_i w_i·ℓ_i / Σ_i w_i, and its gradient
//
// with sums over the rows that count: those of which an entry does. The gradient by an
// entry that is left out is 0. What becomes of a row of which none counts is a convention,
// and so is the mean where no weight counts.
type Batch struct {
	Rows      []Call    // each of as many energies: what pads the shorter ones is masked
	Mask      [][]bool  // which energies count; nil: all do
	Weights   []float64 // w ≥ 0 of each row; nil: 1
	Reduction Reduction
}

// A Reduction is what a batch makes of the values of its rows.
type Reduction string

// The reductions of the protocol.
const (
	None Reduction = "none"
	Mean Reduction = "mean"
	Sum  Reduction = "sum"
)

// Reductions lists them.
var Reductions = []Reduction{None, Mean, Sum}

// suffix makes the name of an op that of its batches.
const suffix = ".batch"

// BatchOf is the op of batches of op o: a Call of it has a Batch, whose Rows are calls of
// o. There is one of every op that answers a value; BatchOf panics on another.
func BatchOf(o Op) Op {
	if r, ok := Find(o); ok && (r.Answers != AsValue || r.Of != nil) {
		panic(fmt.Sprintf("op: there are no batches of %s, which answers no value", o))
	}
	return o + suffix
}

// Batches are the ops of batches of the catalogue, in its order.
var Batches = func() []Op {
	var ops []Op
	for _, r := range catalogue {
		if r.Answers == AsValue {
			ops = append(ops, r.Op+suffix)
		}
	}
	return ops
}()

// Further are the ops beside those of the catalogue: their batches, what users defined, and
// batches of that.
func Further() []Op {
	ops := slices.Clone(Batches)
	for _, o := range Defined() {
		ops = append(ops, o, o+suffix)
	}
	return ops
}

// Counts reports whether an entry of row i counts.
func (b *Batch) Counts(i int) bool { return b.Mask == nil || slices.Contains(b.Mask[i], true) }

// Weight is w_i.
func (b *Batch) Weight(i int) float64 {
	if b.Weights == nil {
		return 1
	}
	return b.Weights[i]
}

// Alone returns row i without the entries that are left out, and where in the row those
// stand that are not. Of a row of which none counts there is nothing.
func (b *Batch) Alone(i int) (c Call, at []int) {
	c = b.Rows[i]
	F := c.Energies
	c.Energies = nil
	y := c.Answer
	for j, f := range F {
		if b.Mask != nil && !b.Mask[i][j] {
			continue
		}
		if j == y {
			c.Answer = len(at)
		}
		at = append(at, j)
		c.Energies = append(c.Energies, f)
	}
	return c, at
}

// Size is how many energies c has, those of all rows of a batch.
func (c Call) Size() int {
	if c.Batch == nil {
		return len(c.Energies)
	}
	n := 0
	for _, r := range c.Batch.Rows {
		n += len(r.Energies)
	}
	return n
}

// clone returns a copy of b that shares no memory with it.
func (b *Batch) clone() *Batch {
	if b == nil {
		return nil
	}
	d := &Batch{Rows: slices.Clone(b.Rows), Mask: slices.Clone(b.Mask), Weights: slices.Clone(b.Weights), Reduction: b.Reduction}
	for i, r := range d.Rows {
		d.Rows[i] = r.Clone()
	}
	for i, m := range d.Mask {
		d.Mask[i] = slices.Clone(m)
	}
	return d
}

// equal reports whether b and d are the same batch, bit for bit.
func (b *Batch) equal(d *Batch) bool {
	if b == nil || d == nil {
		return b == d
	}
	return b.Reduction == d.Reduction && slices.EqualFunc(b.Rows, d.Rows, Call.Equal) &&
		slices.EqualFunc(b.Mask, d.Mask, slices.Equal[[]bool]) && slices.EqualFunc(b.Weights, d.Weights, sameBits) &&
		(b.Mask == nil) == (d.Mask == nil) && (b.Weights == nil) == (d.Weights == nil)
}

// few is how many rows are written one by one.
const few = 6

// String writes a batch as a person would: mean of nll(F=[0 1], y=0, β=1), 2·nll(F=[3 (9)], …).
// An energy that is left out stands in brackets.
func (b *Batch) String() string {
	rows := make([]string, len(b.Rows))
	for i, r := range b.Rows {
		var counts []bool
		if b.Mask != nil {
			counts = b.Mask[i]
		}
		rows[i] = r.shown(counts)
		if b.Weights != nil {
			rows[i] = result.Decimal(b.Weights[i]) + "·" + rows[i]
		}
	}
	if k := len(rows); k > few {
		rows = append(rows[:few-2:few-2], "…", rows[k-1], fmt.Sprintf("%d rows", k))
	}
	of := map[Reduction]string{None: "batch of ", Mean: "mean of ", Sum: "sum of "}[b.Reduction]
	return of + strings.Join(rows, ", ")
}
