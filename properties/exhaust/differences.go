package exhaust

import (
	"fmt"
	"iter"
	"math"
	"math/bits"
	"sort"

	"ebmcheck/properties/op"
)

// The losses of d = F − F̄ alone, and how one pair may stand for all of the same d.
//
// What is true of them depends on d alone, by their definitions. What this module's code
// answers does, too: it sees F and F̄ as arguments of sums and differences only, F − F̄ and
// m + F − F̄ (TestThroughDifference reads the code); and of numbers of float16 these are
// exact whatever the order, for all are multiples of 2⁻²⁴ below 2¹⁸, 42 bits. A pair with
// a −0 is asked itself, for the sign of a difference that is 0.
var differences = []op.Op{op.Hinge, op.Log, op.SoftHinge, op.MCE, op.LVQ2}

// throughDifference are the pairs of which one is asked for each difference, that of stand.
func throughDifference(o op.Op, f *format) Set {
	s := pairs(o, f)
	s.Ours, s.Name, s.Says = true, "differences", s.Says+", of each difference F − F̄ one asked"
	s.Calls = func(k int) iter.Seq[op.Call] { return f.pairs(o, k, s.Slices, f.stands) }
	s.Asked = func(k int) uint64 {
		asked := uint64(0)
		from, to := bounds(k, s.Slices, uint64(len(f.numbers)))
		for _, n := range f.stood()[from:to] {
			asked += n
		}
		return asked
	}
	return s
}

// standsWith is how many pairs with this number as F are asked. The more F̄ is, the less is
// F − F̄, and F of what stands for it: those for which that is F follow each other.
func (f *format) standsWith(i int) uint64 {
	if f.alone(i) {
		return uint64(len(f.numbers))
	}
	u, up := f.units[i], len(f.units)/2 // so many from 0 up
	from := func(x int64) int {         // the first place, of the finite numbers in order and −0 left out, where F of what stands is at most x
		return sort.Search(2*up-1, func(k int) bool {
			at := k - up + 1 // 0 is in the middle, before it what is less
			if at < 0 {
				at = up - at
			}
			F, _ := f.stand(u - f.units[at])
			return F <= x
		})
	}
	return uint64(from(u-1)-from(u)) + uint64(len(f.numbers)-(2*up-1))
}

// stands reports whether the pair of these places is asked: whether it stands for its d, or
// is not of two finite numbers other than −0. It panics if what stands for d is no pair of
// numbers of f, so that a slice that was run has none of which that is so.
func (f *format) stands(i, j int) bool {
	if f.alone(i) || f.alone(j) {
		return true
	}
	F, Fbar := f.stand(f.units[i] - f.units[j])
	if !f.has(F) || !f.has(Fbar) {
		panic(fmt.Sprintf("exhaust: for %v − %v stand %d and %d units, which %s does not have", f.numbers[i], f.numbers[j], F, Fbar, f.name))
	}
	return F == f.units[i] && Fbar == f.units[j]
}

// alone reports whether a pair with this number stands for itself only.
func (f *format) alone(i int) bool {
	return i >= len(f.units) || f.units[i] == 0 && math.Signbit(f.numbers[i])
}

// stand is the pair F, F̄ that stands for F − F̄ = d, in units: F is d cut to the bits of a
// significand, rounded, and F̄ what is left.
func (f *format) stand(d int64) (F, Fbar int64) {
	size := max(d, -d)
	if cut := bits.Len64(uint64(size)) - f.bits; cut > 0 {
		size = min((size+1<<(cut-1))>>cut<<cut, f.top)
	}
	if F = size; d < 0 {
		F = -size
	}
	return F, F - d
}

// has reports whether f has u units.
func (f *format) has(u int64) bool {
	u = max(u, -u)
	return u <= f.top && (u == 0 || bits.Len64(uint64(u))-bits.TrailingZeros64(uint64(u)) <= f.bits)
}
