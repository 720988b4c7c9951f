package exact

import "math"

// Rational numbers that float64 holds, or two of them do, without any error: the fast path of the losses with corners. It
// takes finite numbers whose sums and products are such, as those of the formats of 16 bits are, and leaves the others.

// plainSum returns x₀ + x₁ + …; ok is false if a term is not finite, or one addition rounds.
func plainSum(x ...float64) (s float64, ok bool) {
	for _, v := range x {
		t := twoSum(s, v)
		if t.lo != 0 || !finite(t.hi) { // of an infinite sum lo is NaN
			return 0, false
		}
		s = t.hi
	}
	return s, true
}

// plainSquares returns a² + b²; ok is false where it is not the sum of two float64, or a square comes near to an end of
// their range.
//
// The squares are exact as pairs where each is 0 or at least 2⁻⁹⁰⁰, for then their lower parts are no smaller than 2⁻¹⁰⁰⁶.
// The three sums that follow are exact, and ok demands that nothing is left of them but hi + lo, of which hi is the float64
// nearest to the sum, ties to even.
func plainSquares(a, b float64) (v Value, ok bool) {
	for _, x := range []float64{a, b} {
		if x != 0 && !(math.Abs(x) >= 0x1p-450 && math.Abs(x) <= 0x1p450) {
			return Value{}, false
		}
	}
	p, q := twoProd(a, a), twoProd(b, b)
	s, t := twoSum(p.hi, q.hi), twoSum(p.lo, q.lo)
	low := twoSum(s.lo, t.hi)
	r := twoSum(s.hi, low.hi)
	if t.lo != 0 || low.lo != 0 {
		return Value{}, false
	}
	return Value{r.hi, ldexp(r.lo, -ulpExp(r.hi)), 0}.positiveZero(), true
}

// sign is −1, 0 or 1.
func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
