package op

import "slices"

// Simplest returns one simple call an op, away from ties, kinks and tails: first of the
// catalogue, then of what users defined, then a batch of each.
func Simplest() []Call {
	var calls []Call
	for _, op := range append(slices.Clone(Ops), Defined()...) {
		r := op.Row()
		c := Call{Op: op, Energies: []float64{0.5, -1.25, 2}, Beta: 2, Margin: 1, Gamma: 3, Cap: 5}
		if r.Pair {
			c.Energies = []float64{1.5, 0.25}
		}
		for _, p := range r.Params {
			if p.Within != (Within{}) {
				p.Set(&c, p.typical())
			}
		}
		calls = append(calls, c.Asked())
	}
	for _, c := range slices.Clone(calls) {
		if c.Op.Row().Answers == AsValue {
			calls = append(calls, simplestBatch(c))
		}
	}
	return calls
}

// simplestBatch is the mean of c and of a row like it, one entry shorter if that is enough.
func simplestBatch(c Call) Call {
	other, n := c.Clone(), len(c.Energies)
	for j := range other.Energies {
		other.Energies[j] /= 2
	}
	mask := [][]bool{slices.Repeat([]bool{true}, n), slices.Repeat([]bool{true}, n)}
	if n > 2 {
		mask[1][n-1] = false
	}
	return Call{Op: BatchOf(c.Op), Batch: &Batch{Rows: []Call{c, other}, Mask: mask, Weights: []float64{1, 2}, Reduction: Mean}}
}
