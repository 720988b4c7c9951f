package op

import (
	"math"
	"slices"
)

// Where a number on the way of a standard algorithm may pass the largest of the format.
// What comes of it, an infinity or a NaN, is right.

// passes reports whether one of the numbers passes the largest.
func (m Model) passes(numbers ...float64) bool {
	for _, x := range numbers {
		if !(math.Abs(x) <= m.most) {
			return true
		}
	}
	return false
}

// scales reports whether β, 1/β and products with them may pass the largest number, or
// lose digits below the smallest normal one, on energies of this size. A power of 2
// multiplies without rounding.
func (m Model) scales(beta, size float64) bool {
	product := beta * size
	if f, _ := math.Frexp(beta); f != 0.5 {
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

// overflows reports whether a softmax of x = −βF, or of −F/T, may: in its products, or in
// the differences of possible answers.
func (s softmax) overflows() bool {
	size, spread := 0.0, 0.0
	for _, f := range s.F {
		if !math.IsInf(f, 1) {
			size, spread = max(size, math.Abs(f)), max(spread, f-s.low)
		}
	}
	return s.scales(s.beta, size) || s.passes(spread) || s.scales(s.beta, spread)
}

// sumOverflows reports whether m + F − F̄ may, added in any order.
func (m Model) sumOverflows(F, Fbar, margin float64) bool {
	return m.passes(margin+F, F-Fbar, margin-Fbar)
}
