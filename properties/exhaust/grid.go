package exhaust

import (
	"fmt"
	"iter"

	"ebmcheck/properties/op"
)

// gridded are the ops of n energies of which all short vectors over a grid are asked.
var gridded = []op.Op{op.Gibbs, op.NLL, op.MEE, op.Perceptron}

// longest is the number of energies of the longest of them.
const longest = 5

// values are the grid: ties, neighbours of 1, gaps around where 1 + e^−x is 1, and numbers
// past it.
func values(p op.Precision) []float64 {
	at := p.Thresholds()
	vs := []float64{0, 1, -1, 0.5, 2, p.Next(1, 2), p.Next(1, 0), at[2], -at[1], 20, 50, -50}
	for i, v := range vs {
		vs[i] = p.Round(v)
	}
	return vs
}

// grid is every vector of up to longest values, with every answer, β = 1.
func grid(o op.Op, p op.Precision) Set {
	row, vs := o.Row(), values(p)
	answers := func(n int) uint64 {
		if row.Answer {
			return uint64(n)
		}
		return 1
	}
	// Vectors of n values are the numbers below 12^n; those of all n follow each other.
	var of [longest + 1]uint64
	total := uint64(0)
	for n, power := 1, uint64(1); n <= longest; n++ {
		power *= uint64(len(vs))
		of[n] = power
		total += power
	}
	s := Set{Op: o, Name: "grid", Says: fmt.Sprintf("every vector of up to %d of %d values, with every answer, β = 1", longest, len(vs)), Slices: 16}
	s.Calls = func(k int) iter.Seq[op.Call] {
		return func(yield func(op.Call) bool) {
			c := ones(o)
			from, to := bounds(k, s.Slices, total)
			for i := from; i < to; i++ {
				n, at := 1, i
				for at >= of[n] {
					at -= of[n]
					n++
				}
				F := make([]float64, n)
				for j := range F {
					F[j] = vs[at%uint64(len(vs))]
					at /= uint64(len(vs))
				}
				c.Energies = F
				for y := range answers(n) {
					if c.Answer = int(y); !yield(c) {
						return
					}
				}
			}
		}
	}
	s.Size = func(k int) uint64 {
		from, to := bounds(k, s.Slices, total)
		size, at := uint64(0), uint64(0) // of the vectors of n values those from at on
		for n := 1; n <= longest; n++ {
			if lo, hi := max(from, at), min(to, at+of[n]); lo < hi {
				size += (hi - lo) * answers(n)
			}
			at += of[n]
		}
		return size
	}
	s.Asked = s.Size
	return s
}
