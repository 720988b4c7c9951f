package exhaust

import (
	"iter"
	"sync"

	"ebmcheck/properties/op"
)

// The losses that see F and F̄ each through a part of it: [F]⁺ and [1 − F̄]⁺, or F², of which
// the slope 2F only changes its sign with F. One number may stand for all of the same part.
//
// What is true of these losses depends on the parts alone, by their definitions. What this
// module's code answers does, too (TestThroughParts reads it). A kink stands for itself, for
// more than one slope is right there, and so does −0, and what is not finite.
var parted = map[op.Op][2]func(x float64) float64{ // of F, of F̄
	op.Simple:       {upTo(0, -1), upTo(1, 1)},
	op.SquareSquare: {upTo(0, -1), upTo(1, 1)},
	op.SquareExp:    {func(F float64) float64 { return max(F, -F) }, func(Fbar float64) float64 { return Fbar }},
}

// upTo is a part of which all numbers beyond the kink, on this side of it, are one.
func upTo(kink, side float64) func(x float64) float64 {
	return func(x float64) float64 {
		if (x-kink)*side > 0 {
			return kink + side
		}
		return x
	}
}

// throughParts are the pairs of which one is asked for all of the same parts.
func throughParts(o op.Op, f *format) Set {
	s := pairs(o, f)
	s.Ours, s.Name, s.Says = true, "parts", s.Says+", of each part of F and of F̄ that the loss sees one asked"
	stand := sync.OnceValues(func() (first, second []bool) {
		return f.standing(parted[o][0]), f.standing(parted[o][1])
	})
	s.Calls = func(k int) iter.Seq[op.Call] {
		first, second := stand()
		return f.pairs(o, k, s.Slices, func(i, j int) bool { return first[i] && second[j] })
	}
	row := sync.OnceValue(func() uint64 { _, second := stand(); return trues(second) })
	s.Asked = func(k int) uint64 {
		first, _ := stand()
		from, to := bounds(k, s.Slices, uint64(len(f.numbers)))
		return trues(first[from:to]) * row()
	}
	return s
}

// trues is how many of bs are true.
func trues(bs []bool) (n uint64) {
	for _, b := range bs {
		if b {
			n++
		}
	}
	return n
}

// standing says of each number whether it stands for its part, as the first of it does.
func (f *format) standing(part func(x float64) float64) []bool {
	stands, seen := make([]bool, len(f.numbers)), map[float64]bool{}
	for i, x := range f.numbers {
		if f.alone(i) {
			stands[i] = true
			continue
		}
		p := part(x)
		stands[i], seen[p] = !seen[p], true
	}
	return stands
}
