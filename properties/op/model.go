package op

import "math"

// What REQUIRED allows: the error that the standard algorithm of an op cannot
// exceed in the subject's precision, derived here for each op, as an absolute
// bound on each number of the reply. RECOMMENDED allows 4 ulps everywhere (see
// Recommended).
//
// The model. Every operation + − × ÷ rounds once, relative error ≤ u = 2^−bits;
// exp, log and log1p are within 2 ulps, relative error ≤ 4u (Go's exp is the
// worst of the mainstream at 1.7 ulps). Comparison, max, negation and
// multiplication by 2 are exact. A product and a sum may also be fused: that
// saves a rounding, but −βF − max x is then not 0 at the maximum.
//
// Numbers below tiny, the smallest normal one, may be flushed to zero: a further
// absolute error of tiny for each op that takes exp, before and after its last
// multiplication or division. Float16 is not flushed: what underflows is off by 2
// ulps, and by half of one more in the operation after it, that is by 2½ of its
// smallest numbers, which are tiny there.
//
// A gradient may be that of the standard algorithm, or what automatic
// differentiation makes of its value, the maximum held constant: by the chain
// rule, p as p·(1/β)·β.
//
// u may be as large as 2⁻⁸, so products of errors count. A rounding
// multiplies by 1 + δ, |δ| ≤ u, or where it is in a divisor by 1/(1 + δ): either
// way by no more than e^±v with v = −ln(1 − u). Logarithms of such factors add
// up, and a factor e^±L is a relative error of at most e^L − 1.
// A Model is the arithmetic of a subject.
type Model struct {
	u    float64
	v    float64 // −ln(1 − u): what a rounding adds to the logarithm
	exp  float64 // −ln(1 − 4u): what exp, log and log1p add
	tiny float64 // what is lost by underflow
	most float64 // the largest number

	Precision
}

func (p Precision) model() Model {
	u, tiny := p.Unit(), p.Normal()
	if p == Float16 {
		tiny = 2.5 * p.Smallest()
	}
	return Model{u, -math.Log1p(-u), -math.Log1p(-4 * u), tiny, p.Largest(), p}
}

// after bounds what is wrong with a number of size t, off by e, after k more
// roundings.
func (m Model) after(k int, t, e float64) float64 { return e + math.Expm1(float64(k)*m.v)*(t+e) }

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

	Overflows bool // an infinity of the right sign is right: the algorithm overflows on its way
}

// Allowed returns the REQUIRED allowance of the call in precision p.
func Allowed(c Call, p Precision) Allowance {
	a := c.Op.Row().Bound(c, p.model())
	a.Value *= slack
	for _, v := range [][]float64{a.Grad, a.Probs} {
		for i := range v {
			v[i] *= slack
		}
	}
	return a
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
