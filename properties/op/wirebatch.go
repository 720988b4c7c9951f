package op

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"ebmcheck/properties/result"
)

// wireBatch is what a call of op batch has beside its op.
type wireBatch struct {
	Of        Op            `json:"of"`
	Rows      []wireCall    `json:"rows"`
	Mask      [][]bool      `json:"mask"`
	Weights   []result.Real `json:"weights"`
	Reduction Reduction     `json:"reduction"`
}

// append appends b, of rows of the op of, as the protocol has it.
func (b *Batch) append(to []byte, of *Row) []byte {
	to = append(append(append(to, `{"op":"batch","of":"`...), of.Op...), `","rows":[`...)
	for i, r := range b.Rows {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(r.appendFields(append(to, '{'), of), '}')
	}
	to = append(to, ']')
	if b.Mask != nil {
		to = append(to, `,"mask":[`...)
		for i, m := range b.Mask {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(to, '[')
			for j, counts := range m {
				if j > 0 {
					to = append(to, ',')
				}
				to = strconv.AppendBool(to, counts)
			}
			to = append(to, ']')
		}
		to = append(to, ']')
	}
	if b.Weights != nil {
		to = appendReals(append(to, `,"weights":`...), b.Weights)
	}
	return append(append(append(to, `,"reduction":"`...), b.Reduction...), `"}`...)
}

// readBatch reads a call of op batch and refuses one that could not be asked.
func (c *Call) readBatch(w wireBatch) error {
	r, ok := Find(w.Of)
	if !ok {
		return fmt.Errorf(`op batch: "of": %w`, Unknown(w.Of))
	}
	if r.Answers != AsValue || r.Of != nil {
		return fmt.Errorf(`op batch: "of" is %q, which answers no value`, w.Of)
	}
	b := &Batch{Mask: w.Mask, Reduction: w.Reduction}
	if w.Weights != nil {
		b.Weights = result.Floats(w.Weights)
	}
	for i, row := range w.Rows {
		row.Op = w.Of
		var c Call
		if err := c.take(row); err != nil {
			return fmt.Errorf("op batch: row %d: %w", i, err)
		}
		b.Rows = append(b.Rows, c)
	}
	if err := b.Check(); err != nil {
		return fmt.Errorf("op batch: %w", err)
	}
	*c = Call{Op: w.Of + suffix, Batch: b}
	return nil
}

// validBatch says what b lacks to be a batch of r's rows.
func (r *Row) validBatch(b *Batch) error {
	if b == nil {
		return fmt.Errorf("op %s: no Batch: want the rows", r.Op)
	}
	for i, row := range b.Rows {
		if row.Op != r.Of.Op {
			return fmt.Errorf("op %s: row %d is of op %q, want %q", r.Op, i, row.Op, r.Of.Op)
		}
		if err := row.Validate(); err != nil {
			return fmt.Errorf("op %s: row %d: %w", r.Op, i, err)
		}
	}
	if err := b.Check(); err != nil {
		return fmt.Errorf("op %s: %w", r.Op, err)
	}
	return nil
}

// Check says what b lacks to be a batch.
func (b *Batch) Check() error {
	if len(b.Rows) == 0 {
		return errors.New("no rows")
	}
	n := len(b.Rows[0].Energies)
	if b.Mask != nil && len(b.Mask) != len(b.Rows) {
		return fmt.Errorf("a mask of %d rows for %d", len(b.Mask), len(b.Rows))
	}
	if b.Weights != nil && len(b.Weights) != len(b.Rows) {
		return fmt.Errorf("%d weights for %d rows", len(b.Weights), len(b.Rows))
	}
	if !slices.Contains(Reductions, b.Reduction) {
		return fmt.Errorf("reduction %q: want one of %v", b.Reduction, Reductions)
	}
	for i, r := range b.Rows {
		if len(r.Energies) != n {
			return fmt.Errorf("row %d has %d energies and row 0 has %d: want all padded to one number", i, len(r.Energies), n)
		}
		if w := b.Weight(i); !(w >= 0 && w <= math.MaxFloat64) {
			return fmt.Errorf("weight %d is %v, want a number ≥ 0", i, w)
		}
		if b.Mask != nil && len(b.Mask[i]) != n {
			return fmt.Errorf("row %d has %d energies and a mask of %d", i, n, len(b.Mask[i]))
		}
		row, at := b.Alone(i)
		switch k := row.Op.Row(); {
		case len(at) == 0:
		case k.Pair && len(at) != 2:
			return fmt.Errorf("row %d is a pair: want two energies, both masked or none", i)
		case len(at) < k.Least():
			return fmt.Errorf("row %d has %d energies that count, want %d", i, len(at), k.Least())
		case r.Answer >= n || k.Answer && b.Mask != nil && !b.Mask[i][r.Answer]:
			return fmt.Errorf("row %d: its answer, %d, is masked", i, r.Answer)
		}
	}
	return nil
}
