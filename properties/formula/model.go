package formula

import "math"

// A Model is the arithmetic of one who computes. Every operation + − × ÷ and √ rounds once, by at most U relatively; exp (and expm1), log and
// log1p are off by so many U. What is smaller than Tiny may be lost: in a product, a quotient, an exponential, and with Flushes in a
// sum and of an input, too. Past Most there are no numbers.
type Model struct {
	U, Tiny, Most   float64
	Exp, Log, Log1p float64 // in units of U
	Flushes         bool
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
