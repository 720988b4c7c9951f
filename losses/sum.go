package losses

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// sum returns a + b + c correctly rounded, and NaN where infinities disagree.
//
// It is the algorithm of Boldo and Melquiond (2008): two exact sums, their two
// errors added with rounding to odd, one last rounding that cannot be double.
func sum(a, b, c float64) float64 {
	if naive := a + b + c; a-a != 0 || b-b != 0 || c-c != 0 {
		return naive
	}
	s, e := twofold.TwoSum(a, b)
	t, f := twofold.TwoSum(s, c)
	if e-e != 0 || f-f != 0 { // as where s or t is infinite
		return 4 * sum(a/4, b/4, c/4) // is the sum too large, or only a part of it, or of its error?
	}
	odd, left := twofold.TwoSum(e, f)
	if bits := math.Float64bits(odd); left != 0 && bits&1 == 0 {
		if (left > 0) == (odd > 0) {
			bits++
		} else {
			bits--
		}
		odd = math.Float64frombits(bits)
	}
	return t + odd
}

// wideSum returns a + b + c, to 3·2⁻¹⁰⁶ even if the two largest cancel.
func wideSum(a, b, c float64) twofold.Number {
	a, b, c = byMagnitude(a, b, c)
	return twofold.Sum(a, b).Add(twofold.Of(c))
}

// byMagnitude returns its arguments, the largest first.
func byMagnitude(a, b, c float64) (x, y, z float64) {
	if math.Abs(a) < math.Abs(b) {
		a, b = b, a
	}
	if math.Abs(b) < math.Abs(c) {
		b, c = c, b
	}
	if math.Abs(a) < math.Abs(b) {
		a, b = b, a
	}
	return a, b, c
}
