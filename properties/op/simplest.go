package op

// Simplest returns one simple call an op, away from ties, kinks and tails.
func Simplest() []Call {
	var calls []Call
	for _, op := range Ops {
		c := Call{Op: op, Energies: []float64{0.5, -1.25, 2}, Beta: 2, Margin: 1, Gamma: 3, Cap: 5}
		if op.Row().Pair {
			c.Energies = []float64{1.5, 0.25}
		}
		calls = append(calls, c.Asked())
	}
	return calls
}
