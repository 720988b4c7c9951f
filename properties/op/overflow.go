package op

import (
	"math"
	"slices"
)

// Where a number on the way of a standard algorithm may pass the largest of the format.
// What comes of it, an infinity or a NaN, is a number to nobody; where digits are REQUIRED an
// Allowance says which of the two is right.

// passes reports whether one of the numbers passes the largest.
func (m Model) passes(numbers ...float64) bool {
	for _, x := range numbers {
		if !(math.Abs(x) <= m.most) {
			return true
		}
	}
	return false
}

// powerOf2 reports whether β is: then −βF does not round.
func powerOf2(beta float64) bool {
	f, _ := math.Frexp(beta)
	return f == 0.5
}

// scales reports whether β, 1/β and products with them may pass the largest number, or
// lose digits below the smallest normal one, on energies of this size. A power of 2
// multiplies without rounding.
func (m Model) scales(beta, size float64) bool {
	product := beta * size
	if !powerOf2(beta) {
		product *= 1 + 4*m.u
	}
	return beta < m.Normal() || beta*m.Normal() > 1 || m.passes(product, 1/beta)
}

// spreads reports whether a difference of finite energies may.
func (m Model) spreads(F []float64) bool {
	least, most := 0.0, 0.0
	for i, f := range slices.DeleteFunc(slices.Clone(F), func(f float64) bool { return f-f != 0 }) {
		if i == 0 {
			least, most = f, f
		}
		least, most = min(least, f), max(most, f)
	}
	return m.passes(most - least)
}

// overflows reports whether a softmax of x = −βF, or of −F/T, may: in its products, in
// the differences of possible answers, or in what fusing leaves of the largest.
func (s softmax) overflows() bool {
	size, spread := 0.0, 0.0
	for _, f := range s.F {
		if !math.IsInf(f, 1) {
			size, spread = max(size, math.Abs(f)), max(spread, f-s.low)
		}
	}
	return s.scales(s.beta, size) || s.passes(spread) || s.scales(s.beta, spread) || s.fuses(s.beta, s.low, len(s.F))
}

// fuses reports whether a product that is fused with its shift may pass the largest number,
// or vanish. What −βF − max x then is at the maximum is not 0, but what max x = fl(−β min F)
// is off, b = uβ|min F| or less: its weight is from e^−b to e^b, and Σ no more than n e^b.
// Past the largest number, or below the smallest normal one, p is ∞/∞ or 0/0. A compiler
// may fuse wherever a product is added to, as XLA does, so that a NaN is right there. If β
// is a power of 2 nothing is off.
func (m Model) fuses(beta, low float64, n int) bool {
	if powerOf2(beta) {
		return false
	}
	b := m.scaled(beta, low)
	in := Arithmetic{Precision: m.accumulator()}
	return b > math.Log(m.most) || b+math.Log(float64(n)) > math.Log(in.Largest()) || b > -math.Log(m.Normal())
}

// sumOverflows reports whether m + F − F̄ may, added in any order.
func (m Model) sumOverflows(F, Fbar, margin float64) bool {
	return m.passes(margin+F, F-Fbar, margin-Fbar)
}
