package exhaust

import (
	"fmt"
	"iter"
	"slices"

	"ebmcheck/properties/op"
)

// pairs are all pairs of numbers of f for a loss of a pair, parameters at 1: of the first
// each, with each of the second. NaN stands once among them, whatever its bits.
func pairs(o op.Op, f *format) Set {
	n := len(f.numbers)
	s := Set{Op: o, Name: "pairs", Says: fmt.Sprintf("every pair of %s numbers, infinities and NaN too", f.name), Slices: min(8192, n)}
	s.Size = func(k int) uint64 {
		from, to := bounds(k, s.Slices, uint64(n))
		return (to - from) * uint64(n)
	}
	s.Asked = s.Size
	s.Calls = func(k int) iter.Seq[op.Call] { return f.pairs(o, k, s.Slices, func(i, j int) bool { return true }) }
	return s
}

// pairs are those of slice k that are asked, by their places.
func (f *format) pairs(o op.Op, k, slices int, asked func(i, j int) bool) iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		c := ones(o)
		c.Energies = make([]float64, 2)
		from, to := bounds(k, slices, uint64(len(f.numbers)))
		for i := int(from); i < int(to); i++ {
			for j, Fbar := range f.numbers {
				if !asked(i, j) {
					continue
				}
				c.Energies[0], c.Energies[1] = f.numbers[i], Fbar
				if !yield(c) {
					return
				}
			}
		}
	}
}

// reduced are the pairs of which one stands for all that are one question to this module's
// code; ok is false for a loss of which that is not known.
func reduced(o op.Op, f *format) (s Set, ok bool) {
	switch _, parts := parted[o]; {
	case slices.Contains(differences, o):
		return throughDifference(o, f), true
	case parts:
		return throughParts(o, f), true
	}
	return Set{}, false
}
