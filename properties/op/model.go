package op

import "math"

// What REQUIRED allows: the error that the standard algorithm of an op cannot
// exceed in the subject's arithmetic, derived here for each op, as an absolute
// bound on each number of the reply. RECOMMENDED allows 4 ulps everywhere (see
// Recommended).
//
// The model. Every operation + − × ÷ rounds once, relative error ≤ u = 2^−bits;
// exp, log and log1p are off by as many ulps as the subject declares (2 if it says
// nothing, relative error ≤ 4u; Go's exp is at 1.7). Comparison, max, negation and
// multiplication by 2 are exact. A product and a sum may also be fused: that
// saves a rounding, but −βF − max x is then not 0 at the maximum. Where a formula
// multiplies by β or divides by it, T = 1/β may be used instead, rounded: one
// rounding more.
//
// What underflows is off by as many of the smallest numbers as exp is of ulps, and by half
// of one more in the operation after it: a further absolute error of tiny, 2½ of them,
// for each op that takes exp, before and after its last multiplication or division. Of
// one who declares that it flushes, tiny is the smallest normal number, below which all
// is 0. (A result below that may be 0 whoever answers: see package judge.)
//
// A sum of k + 1 numbers rounds k times, in 16 bits in the format in which the subject
// declares to add up, float32 unless it says so, and then to its own.
//
// A gradient may be that of the standard algorithm, or what automatic
// differentiation makes of its value, the maximum held constant: by the chain
// rule, p as p·(1/β)·β.
//
// u may be as large as 2⁻⁸, so products of errors count. A rounding
// multiplies by 1 + δ, |δ| ≤ u, or where it is in a divisor by 1/(1 + δ): either
// way by no more than e^±v with v = −ln(1 − u). Logarithms of such factors add
// up, and a factor e^±L is a relative error of at most e^L − 1.

// An Arithmetic is what a subject computes in: its format, and what it declares of it.
type Arithmetic struct {
	Precision
	Declared
}

// Declared is what a subject says of its arithmetic (PROTOCOL.md, "declares"). The zero
// value is that of one that says nothing.
type Declared struct {
	Exp, Log, Log1p float64   // the largest errors of its exp, log and log1p, in its own ulps; 0: 2, as all mainstream libraries have them
	Flushes         bool      // it flushes subnormal numbers, going in, coming out and between
	Accumulate      Precision // the format in which one of 16 bits adds up; the zero value: float32 or better
	Limits          bool      // it means to answer β = 0 and β = ∞

	Together bool // calls that are asked together may round otherwise than alone
}

// ulps is an error that is declared, or the usual one.
func ulps(declared float64) float64 {
	if declared == 0 {
		return 2
	}
	return declared
}

// A Model is the arithmetic of a subject, as the bounds take it.
type Model struct {
	u               float64
	v               float64 // −ln(1 − u): what a rounding adds to the logarithm
	exp, log, log1p float64 // −ln(1 − 2e·u): what exp, log and log1p add, off by e ulps
	added, stored   float64 // what an addition to a long sum adds, and bringing the sum back to the format
	tiny            float64 // what is lost by underflow
	most            float64 // the largest number

	Arithmetic
}

func (a Arithmetic) model() Model {
	u := a.Unit()
	v := -math.Log1p(-u)
	off := func(declared float64) float64 { return -math.Log1p(-min(2*ulps(declared)*u, 0.5)) }
	m := Model{u: u, v: v, exp: off(a.Exp), log: off(a.Log), log1p: off(a.Log1p), added: v, most: a.Largest(), Arithmetic: a}
	if acc := a.accumulator(); acc != a.Precision {
		m.added, m.stored = -math.Log1p(-acc.Unit()), v
	}
	if m.tiny = a.Normal(); !a.Flushes {
		m.tiny = (max(ulps(a.Exp), ulps(a.Log1p)) + 0.5) * a.Smallest()
	}
	return m
}

// accumulator is the format in which a adds up: its own, but in 16 bits what it declares,
// float32 if it says nothing.
func (a Arithmetic) accumulator() Precision {
	switch {
	case !a.Short():
		return a.Precision
	case a.Accumulate == Float64:
		return Float32
	}
	return a.Accumulate
}

// sum is what k additions to a sum add to its logarithm: k roundings in the format in
// which the subject adds up, and one to its own.
func (m Model) sum(k int) float64 {
	if k <= 0 {
		return 0
	}
	return float64(k)*m.added + m.stored
}

// expm1 returns e^x − 1, and log1p ln(1 + x), for x ≥ 0. Most of what is off is so small that
// the next term is below half an ulp.
func expm1(x float64) float64 {
	if x < 0x1p-26 {
		return x + x*x/2
	}
	return math.Expm1(x)
}

func log1p(x float64) float64 {
	if x < 0x1p-26 {
		return x - x*x/2
	}
	return math.Log1p(x)
}

// after bounds what is wrong with a number of size t, off by e, after k more
// roundings.
func (m Model) after(k int, t, e float64) float64 { return e + expm1(float64(k)*m.v)*(t+e) }

// grown bounds what is wrong with e^x, off by the factor e^±L.
func grown(x, L float64) float64 {
	if L < 1 {
		return math.Exp(x) * math.Expm1(L)
	}
	return math.Exp(x + L) // e^x alone may be too small for a float64
}

// slack covers the roundings of these formulas themselves, which are in float64
// whatever the subject's precision.
const slack = 1 + 0x1p-16

// An Allowance is what an op may be off, absolutely, in each number.
type Allowance struct {
	Value float64
	Grad  []float64
	Probs []float64
	Kink  bool // rounding may carry the argument across a kink: either side's gradient is right

	// Of a loss by its formula: the components of the gradient that stand at a corner, or
	// so near that rounding may take the other side; and how far, in allowances, those of a
	// gradient are from a mixture of the sides. Up to 1 they are right, together.
	Corner  []bool
	Mixture func(grad []float64) float64

	Lost      bool // nothing is asked: the algorithm comes upon ∞ − ∞ or ∞·0
	Overflows bool // the algorithm may overflow on its way: an infinity of the right sign is right
	NaN       bool // and so is a NaN, which a formula may make of an infinity

	Rows []Allowance // of a batch: of its rows, as they are weighed
}

// Allowed returns the REQUIRED allowance of the call to a subject that computes so.
func Allowed(c Call, by Arithmetic) Allowance { return c.Op.Row().Allowed(c, by) }

// Allowed is that of the call by the formula of r.
func (r *Row) Allowed(c Call, by Arithmetic) Allowance {
	a := r.Bound(c, by.model())
	a.widen()
	return a
}

// widen makes every number of a as much larger as slack is.
func (a *Allowance) widen() {
	a.Value *= slack
	for _, v := range [][]float64{a.Grad, a.Probs} {
		for i := range v {
			v[i] *= slack
		}
	}
	for i := range a.Rows {
		a.Rows[i].widen()
	}
}

// Recommended is what RECOMMENDED allows, in ulps of the true value.
const Recommended = 4

// Cancels returns the size below which the true value of c counts as cancelling; 0
// for most ops.
func Cancels(c Call) float64 {
	if f := c.Op.Row().Cancels; f != nil {
		return f(c)
	}
	return 0
}
