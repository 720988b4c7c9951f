package exact

import (
	"math"
	"math/big"
)

const (
	down = big.ToNegativeInf
	up   = big.ToPositiveInf
)

func rounded(prec uint, to big.RoundingMode) *big.Float {
	return new(big.Float).SetPrec(prec).SetMode(to)
}

// round rounds x to prec bits in the given direction.
func round(x *big.Float, prec uint, to big.RoundingMode) *big.Float {
	z, _ := outward(rounded(prec, to).Set(x))
	return z
}

// outward repairs the one thing in which big.Float does not honour its rounding mode: beyond its exponents (about
// ±2³¹) it gives ±Inf or 0 whatever the mode. A result rounded the wrong way becomes the largest or smallest number.
// It also returns whether z is the exact result of the operation that made it.
func outward(z *big.Float) (r *big.Float, exact bool) {
	wrong := z.Mode() == down && z.Acc() == big.Above || z.Mode() == up && z.Acc() == big.Below
	switch {
	case !wrong:
		return z, z.Acc() == big.Exact
	case z.IsInf(): // largest magnitude, of the sign of z
		ones := new(big.Float).SetMantExp(big.NewFloat(1), int(z.Prec())) // 2^prec − 1 has prec ones
		ones.SetPrec(z.Prec()+1).Sub(ones, big.NewFloat(1)).SetPrec(z.Prec())
		m := new(big.Float).SetMantExp(ones, big.MaxExp-int(z.Prec()))
		if z.Signbit() {
			m.Neg(m)
		}
		return m, false
	case z.Sign() == 0: // smallest magnitude, on the side of the rounding
		m := new(big.Float).SetPrec(z.Prec()).SetMantExp(big.NewFloat(0.5), big.MinExp) // MinExp − 1 is no int of 32 bits
		if z.Mode() == down {
			m.Neg(m)
		}
		return m, false
	}
	panic("exact: big.Float rounded the wrong way")
}

// toFloat returns the float64 nearest to x, ties to even, and how it compares with x. (At the smallest exponents of all
// big.Float's own method overflows an integer and gives ∞.)
func toFloat(x *big.Float) (float64, big.Accuracy) {
	if e := x.MantExp(nil); e < -1<<16 && x.Sign() < 0 {
		return math.Copysign(0, -1), big.Above
	} else if e < -1<<16 {
		return 0, big.Below
	}
	return x.Float64()
}

func negated(x *big.Float) *big.Float { return new(big.Float).Neg(x) }

func infinity(to big.RoundingMode) *big.Float { return new(big.Float).SetInf(to == down) }

// addEnd returns x + y rounded in the given direction; ∞ − ∞ is the infinity of that direction.
func addEnd(x, y *big.Float, prec uint, to big.RoundingMode) *big.Float {
	z, _ := addExact(x, y, prec, to)
	return z
}

// addExact also returns whether the sum is exact.
func addExact(x, y *big.Float, prec uint, to big.RoundingMode) (z *big.Float, exact bool) {
	if x.IsInf() || y.IsInf() {
		if x.IsInf() && y.IsInf() && x.Signbit() != y.Signbit() {
			return infinity(to), false
		}
		return rounded(prec, to).Add(x, y), true
	}
	if x.Sign() != 0 && y.Sign() != 0 {
		// big.Float aligns its operands bit by bit, which for 1 + 2^−2³⁰ takes 128 MB. A term that small only has to
		// be known to lie between 0 and something still far below the last bit.
		ex, ey := x.MantExp(nil), y.MantExp(nil)
		if ex < ey {
			x, y, ex, ey = y, x, ey, ex
		}
		if far := int(2*max(prec, x.Prec(), y.Prec())) + 64; ex-ey > far {
			if (y.Sign() > 0) == (to == up) {
				y = new(big.Float).SetMantExp(big.NewFloat(float64(y.Sign())), ex-far)
			} else {
				y = new(big.Float)
			}
			z, _ = outward(rounded(prec, to).Add(x, y))
			return z, false
		}
	}
	return outward(rounded(prec, to).Add(x, y))
}

// mulEnd returns x·y rounded in the given direction. 0·∞ is 0: the infinite end of an unbounded interval is never
// attained, and the product of 0 with any number is 0.
func mulEnd(x, y *big.Float, prec uint, to big.RoundingMode) *big.Float {
	z, _ := mulExact(x, y, prec, to)
	return z
}

// mulExact also returns whether the product is exact.
func mulExact(x, y *big.Float, prec uint, to big.RoundingMode) (z *big.Float, exact bool) {
	if x.Sign() == 0 || y.Sign() == 0 {
		return new(big.Float).SetPrec(prec), true
	}
	return outward(rounded(prec, to).Mul(x, y))
}

// quoEnd returns x/y, y ≠ 0, rounded in the given direction; ∞/∞ is the infinity of that direction.
func quoEnd(x, y *big.Float, prec uint, to big.RoundingMode) *big.Float {
	z, _ := quoExact(x, y, prec, to)
	return z
}

// quoExact also returns whether the quotient is exact.
func quoExact(x, y *big.Float, prec uint, to big.RoundingMode) (z *big.Float, exact bool) {
	if x.IsInf() && y.IsInf() {
		return infinity(to), false
	}
	return outward(rounded(prec, to).Quo(x, y))
}

// Add returns a + b.
func (a Interval) Add(b Interval) Interval {
	prec := max(a.prec, b.prec)
	lo, exact := addExact(a.lo, b.lo, prec, down)
	if a.lo == a.hi && b.lo == b.hi && exact {
		return point(lo, prec)
	}
	return Interval{lo, addEnd(a.hi, b.hi, prec, up), prec}.tidy()
}

// Neg returns −a.
func (a Interval) Neg() Interval {
	if a.lo == a.hi {
		if a.lo.Sign() == 0 {
			return a
		}
		return point(negated(a.lo), a.prec)
	}
	return Interval{negated(a.hi), negated(a.lo), a.prec}
}

// Sub returns a − b.
func (a Interval) Sub(b Interval) Interval { return a.Add(b.Neg()) }

// IsInfinite reports whether a is a point at infinity.
func (a Interval) IsInfinite() bool {
	return a.lo.IsInf() && a.hi.IsInf() && a.lo.Signbit() == a.hi.Signbit()
}

// Mul returns a·b.
func (a Interval) Mul(b Interval) Interval {
	prec := max(a.prec, b.prec)
	if a.IsInfinite() && b.ContainsZero() || b.IsInfinite() && a.ContainsZero() {
		return line(prec)
	}
	if a.lo == a.hi && b.lo == b.hi {
		lo, exact := mulExact(a.lo, b.lo, prec, down)
		if exact {
			return point(lo, prec)
		}
		return Interval{lo, mulEnd(a.lo, b.lo, prec, up), prec}
	}
	// The signs decide which ends meet.
	if a.lo.Sign() < 0 && a.hi.Sign() <= 0 {
		return a.Neg().Mul(b).Neg()
	}
	if b.lo.Sign() < 0 && b.hi.Sign() <= 0 {
		return a.Mul(b.Neg()).Neg()
	}
	switch an, bn := a.lo.Sign() < 0, b.lo.Sign() < 0; {
	case !an && !bn:
		return Interval{mulEnd(a.lo, b.lo, prec, down), mulEnd(a.hi, b.hi, prec, up), prec}.tidy()
	case an && !bn:
		return Interval{mulEnd(a.lo, b.hi, prec, down), mulEnd(a.hi, b.hi, prec, up), prec}
	case !an && bn:
		return Interval{mulEnd(a.hi, b.lo, prec, down), mulEnd(a.hi, b.hi, prec, up), prec}
	}
	lo, l2 := mulEnd(a.lo, b.hi, prec, down), mulEnd(a.hi, b.lo, prec, down)
	if l2.Cmp(lo) < 0 {
		lo = l2
	}
	hi, h2 := mulEnd(a.lo, b.lo, prec, up), mulEnd(a.hi, b.hi, prec, up)
	if h2.Cmp(hi) > 0 {
		hi = h2
	}
	return Interval{lo, hi, prec}
}

// Div returns a/b. Where b touches 0 from one side and a has one sign, the result is unbounded on one side; where 0
// lies inside b, or b = 0, it is the whole line.
func (a Interval) Div(b Interval) Interval {
	prec := max(a.prec, b.prec)
	if b.hi.Sign() < 0 || b.hi.Sign() == 0 && b.lo.Sign() < 0 {
		return a.Neg().Div(b.Neg())
	}
	if b.lo.Sign() < 0 || b.hi.Sign() == 0 {
		return line(prec)
	}
	if a.lo.Sign() < 0 && a.hi.Sign() <= 0 {
		return a.Neg().Div(b).Neg()
	}
	// Now b ≥ 0, b ≠ 0, and a ≥ 0 or 0 lies inside a.
	if b.lo.Sign() == 0 {
		if a.lo.Sign() < 0 {
			return line(prec)
		}
		return Interval{quoEnd(a.lo, b.hi, prec, down), infinity(up), prec}
	}
	below := b.hi // a quotient is least with the largest divisor, unless it is negative
	if a.lo.Sign() < 0 {
		below = b.lo
	}
	lo, exact := quoExact(a.lo, below, prec, down)
	if a.lo == a.hi && b.lo == b.hi && exact {
		return point(lo, prec)
	}
	return Interval{lo, quoEnd(a.hi, b.lo, prec, up), prec}.tidy()
}

// Scale returns c·a; c must not be NaN.
func (a Interval) Scale(c float64) Interval {
	r := a.Mul(Of(c, max(a.prec, 53)))
	if r.prec != a.prec {
		return r.At(a.prec)
	}
	return r
}

// Abs returns |a|.
func (a Interval) Abs() Interval {
	switch {
	case a.lo.Sign() >= 0:
		return a
	case a.hi.Sign() <= 0:
		return a.Neg()
	}
	r := a.Max(a.Neg())
	r.lo = new(big.Float).SetPrec(a.prec)
	return r
}

// Sqr returns a², which is not a·a: no number of it is negative.
func (a Interval) Sqr() Interval {
	m := a.Abs()
	return m.Mul(m)
}

// Max returns the larger of a and b.
func (a Interval) Max(b Interval) Interval {
	r := Interval{a.lo, a.hi, max(a.prec, b.prec)}
	if b.lo.Cmp(r.lo) > 0 {
		r.lo = b.lo
	}
	if b.hi.Cmp(r.hi) > 0 {
		r.hi = b.hi
	}
	return r.tidy()
}

// Min returns the smaller of a and b.
func (a Interval) Min(b Interval) Interval { return a.Neg().Max(b.Neg()).Neg() }

// Pos returns the positive part, max(0, a).
func (a Interval) Pos() Interval { return a.Max(Of(0, a.prec)) }
