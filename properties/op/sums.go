package op

import (
	"math"
)

// d is F(x,y) − F(x,ȳ) of a pair, rounded.
func d(c Call) float64 { return c.Energies[0] - c.Energies[1] }

// impossible reports whether F(x,y) or F(x,ȳ) of a pair is impossible, or their difference
// overflows, so that d is ±∞ and what is made of it is exact.
func impossible(c Call) bool { return math.IsInf(d(c), 0) }

// overflown reports whether their difference overflows.
func overflown(c Call) bool {
	return impossible(c) && !math.IsInf(c.Energies[0], 0) && !math.IsInf(c.Energies[1], 0)
}

func pos(t float64) float64 { return max(0, t) }

// both is one number for each energy of a pair.
func both(x float64) []float64 { return []float64{x, x} }

// sum3 is x + y + z with the two roundings added back: what is lost is of
// second order.
func sum3(x, y, z float64) float64 {
	xy, e := twoSum(x, y)
	xyz, f := twoSum(xy, z)
	return xyz + (e + f)
}

// twoSum returns x + y as a float64 and the error that it rounds away, exactly
// (Knuth).
func twoSum(x, y float64) (sum, lost float64) {
	sum = x + y
	v := sum - x
	return sum, (x - (sum - v)) + (y - v)
}

// sumOff bounds m + F − F̄ computed by two additions in any order.
func sumOff(F, Fbar, m, u float64) float64 {
	first := max(math.Abs(m+F), math.Abs(F-Fbar), math.Abs(m-Fbar))
	return u*first + u*math.Abs(m+F-Fbar) + u*u*first
}
