package op

import "slices"

// Simplest returns one simple call an op, away from ties, kinks and tails: first of the
// catalogue, then of what users defined.
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
	return calls
}
