package formula

import "math"

// A Model is the arithmetic of one who computes. Every operation + − × ÷ and √ rounds once, by at most U relatively; exp (and expm1), log and
// log1p are off by so many U. What is smaller than Tiny may be lost: in a product, a quotient, an exponential, and with Flushes in a
// sum and of an input, too. Past Most there are no numbers.
type Model struct {
	U, Tiny, Most   float64
	Exp, Log, Log1p float64 // in units of U
	Flushes         bool
	Sum, Stored     float64 // unit roundoffs of an addition to a long sum, and of bringing the sum back to the format; both 0: U, and none
}

// summed bounds the logarithm of the factor by which k additions to a sum are off.
func (m Model) summed(k float64) float64 {
	if m.Sum == 0 && m.Stored == 0 {
		return -k * math.Log1p(-m.U)
	}
	return -k*math.Log1p(-m.Sum) - math.Log1p(-m.Stored)
}

// rel bounds the relative error of k errors of U, in a numerator or in a denominator: (1 − U)^−k − 1.
func (m Model) rel(k float64) float64 { return math.Expm1(-k * math.Log1p(-m.U)) }

// function bounds the relative error of a function that is off by k units: as rel, of one such error.
func (m Model) function(k float64) float64 { return math.Expm1(-math.Log1p(-k * m.U)) }

// isExact reports whether x is a number of the format.
func (m Model) isExact(x float64) bool {
	f, _ := math.Frexp(x)
	f /= m.U
	return f == math.Trunc(f) && (x == 0 || math.Abs(x) >= m.Tiny) && math.Abs(x) <= m.Most
}
