package exact

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Interval is a closed interval of real numbers whose ends are rounded outward: whatever real number an exact
// computation would give lies between them. An end may be ±Inf: then the interval is unbounded on that side.
//
// Every method rounds its result to the larger of the precisions of its operands, the lower end towards −∞ and the
// upper towards +∞. Where an operation is undefined on part of its operands (∞ − ∞, division by an interval around
// 0, the logarithm of a negative number), the result is unbounded on the sides where nothing can be said, at worst
// the whole line. Nothing panics.
//
// Intervals are values: no method changes its receiver or its arguments. The zero Interval is none; make one with Of, Ratio
// or Pi.
type Interval struct {
	lo, hi *big.Float // lo ≤ hi, never shared with a caller; the same pointer where the interval is a point
	prec   uint
}

// Of returns the point x, at precision prec bits; x = ±Inf is the point at infinity. The result encloses x should
// prec be less than the 53 bits x may need. Of panics if x is NaN.
func Of(x float64, prec uint) Interval {
	if math.IsNaN(x) {
		panic("exact: NaN is not a number to enclose")
	}
	if x == 0 {
		x = 0 // −0 and 0 are the same real number
	}
	if prec >= 53 {
		return point(new(big.Float).SetPrec(prec).SetFloat64(x), prec)
	}
	return around(new(big.Float).SetFloat64(x), prec)
}

// Ratio encloses p/q. It panics if q is 0.
func Ratio(p, q int64, prec uint) Interval {
	if q == 0 {
		panic("exact: ratio with denominator 0")
	}
	wide := max(prec, 64)
	r := point(new(big.Float).SetPrec(wide).SetInt64(p), wide).Div(point(new(big.Float).SetPrec(wide).SetInt64(q), wide))
	return Interval{round(r.lo, prec, down), round(r.hi, prec, up), prec}.tidy()
}

// Rational encloses r.
func Rational(r *big.Rat, prec uint) Interval {
	lo := new(big.Float).SetPrec(prec).SetMode(down).SetRat(r)
	hi := new(big.Float).SetPrec(prec).SetMode(up).SetRat(r)
	return Interval{lo, hi, prec}.tidy()
}

// around encloses the point x in an interval of precision prec.
func around(x *big.Float, prec uint) Interval {
	return Interval{round(x, prec, down), round(x, prec, up), prec}.tidy()
}

func point(x *big.Float, prec uint) Interval { return Interval{x, x, prec} }

// line is the whole line: nothing is known.
func line(prec uint) Interval {
	return Interval{new(big.Float).SetInf(true), new(big.Float).SetInf(false), prec}
}

// tidy lets both ends of a point share one pointer, which is how the arithmetic recognises points.
func (a Interval) tidy() Interval {
	if a.lo != a.hi && a.lo.Cmp(a.hi) == 0 {
		a.hi = a.lo
	}
	return a
}

// Lo returns the lower end, a copy.
func (a Interval) Lo() *big.Float { return new(big.Float).Copy(a.lo) }

// Hi returns the upper end, a copy.
func (a Interval) Hi() *big.Float { return new(big.Float).Copy(a.hi) }

// Prec returns the precision in bits at which results are rounded.
func (a Interval) Prec() uint { return a.prec }

// At returns the interval at another precision, ends rounded outward.
func (a Interval) At(prec uint) Interval {
	return Interval{round(a.lo, prec, down), round(a.hi, prec, up), prec}.tidy()
}

// Mid returns a float64 near the middle of the interval: the point itself to nearest if it is one, NaN for the whole
// line. It carries no guarantee but that of lying in the interval rounded to float64.
func (a Interval) Mid() float64 {
	lo, _ := toFloat(a.lo)
	hi, _ := toFloat(a.hi)
	if lo == hi {
		return lo
	}
	return lo/2 + hi/2
}

// IsPoint reports whether the ends are equal.
func (a Interval) IsPoint() bool { return a.lo == a.hi || a.lo.Cmp(a.hi) == 0 }

// Sign returns the sign of the numbers in a, if they all have the same one: ok.
func (a Interval) Sign() (s int, ok bool) {
	switch lo, hi := a.lo.Sign(), a.hi.Sign(); {
	case lo > 0:
		return 1, true
	case hi < 0:
		return -1, true
	default:
		return 0, lo == 0 && hi == 0
	}
}

// IsUnbounded reports whether a is no point and nothing is known on one of its sides.
func (a Interval) IsUnbounded() bool { return a.lo != a.hi && (a.lo.IsInf() || a.hi.IsInf()) }

// ContainsZero reports whether 0 lies in the interval.
func (a Interval) ContainsZero() bool { return a.lo.Sign() <= 0 && a.hi.Sign() >= 0 }

// Contains reports whether b is a part of a.
func (a Interval) Contains(b Interval) bool { return a.lo.Cmp(b.lo) <= 0 && a.hi.Cmp(b.hi) >= 0 }

// Less reports whether every number of a is below every number of b: a < b for certain.
func (a Interval) Less(b Interval) bool { return a.hi.Cmp(b.lo) < 0 }

// Disjoint reports whether the intervals have no number in common: that what they enclose is equal is excluded.
func (a Interval) Disjoint(b Interval) bool { return a.Less(b) || b.Less(a) }

// Agrees reports whether the intervals overlap and whatever they enclose is the same to bits bits: their hull is no
// wider than 2^−bits · max(1, the largest magnitude in it). Infinite points agree with themselves.
func (a Interval) Agrees(b Interval, bits int) bool {
	if a.Disjoint(b) {
		return false
	}
	h := a.Hull(b)
	if h.IsPoint() {
		return true
	}
	if h.lo.IsInf() || h.hi.IsInf() {
		return false
	}
	width := addEnd(h.hi, negated(h.lo), 64, up)
	size := big.NewFloat(1)
	for _, e := range []*big.Float{h.lo, h.hi} {
		if m := new(big.Float).Abs(e); m.Cmp(size) > 0 {
			size = m
		}
	}
	return width.Cmp(new(big.Float).SetMantExp(size, -bits)) <= 0
}

// Hull returns the smallest interval that contains both.
func (a Interval) Hull(b Interval) Interval {
	r := Interval{a.lo, a.hi, max(a.prec, b.prec)}
	if b.lo.Cmp(r.lo) < 0 {
		r.lo = b.lo
	}
	if b.hi.Cmp(r.hi) > 0 {
		r.hi = b.hi
	}
	return r.tidy()
}

// Float64 returns the float64 nearest to the enclosed number (ties to even) and whether that is certain: whether both
// ends round to the same one. A number too large for float64 rounds to ±Inf.
func (a Interval) Float64() (x float64, ok bool) {
	lo, _ := toFloat(a.lo)
	if a.IsPoint() {
		return lo + 0, true // + 0: a true zero is +0
	}
	hi, _ := toFloat(a.hi)
	return lo, lo == hi
}

// String returns the ends in decimal, with enough digits to tell them apart, as "[lo, hi]": rounded outwards, so that
// what is written contains a. A point is written twice, to 17 digits, rounded to nearest.
func (a Interval) String() string {
	digits := 17
	if !a.IsPoint() {
		for digits < int(float64(a.prec)*0.302)+3 && text(a.lo, digits) == text(a.hi, digits) {
			digits += 4
		}
	}
	if a.IsPoint() {
		return fmt.Sprintf("[%s, %s]", text(a.lo, digits), text(a.hi, digits))
	}
	return fmt.Sprintf("[%s, %s]", directed(a.lo, digits, -1), directed(a.hi, digits, 1))
}

// directed writes x as text does, on the side of x that sign says, -1 for below, or as x.
func directed(x *big.Float, digits, sign int) string {
	s := text(x, digits)
	r, _ := x.Rat(nil)
	q, ok := new(big.Rat).SetString(s)
	if r == nil || !ok || q.Cmp(r)*sign >= 0 {
		return s
	}
	_, exponent, _ := strings.Cut(x.Text('e', digits-1), "e")
	e, _ := strconv.Atoi(exponent) // of the first digit
	unit := new(big.Float).SetPrec(64 + 4*uint(digits))
	unit.Parse(fmt.Sprintf("%de%d", sign, e-digits+1), 10)
	return text(unit.Add(unit, new(big.Float).SetPrec(unit.Prec()).SetRat(q)), digits)
}

// text writes x in decimal, or as a power of two where the decimal would take for ever to find.
func text(x *big.Float, digits int) string {
	if x.Sign() == 0 {
		return "0" // rounding downward gives −0
	}
	if e := x.MantExp(nil); e > 1<<16 || e < -1<<16 {
		m, _ := new(big.Float).SetMantExp(x, -e).Float64()
		return fmt.Sprintf("%gp%+d", m, e)
	}
	return x.Text('g', digits)
}
