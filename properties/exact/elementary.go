package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// huge bounds the arguments whose exponential is computed: beyond ±2³⁰ it is enclosed by 2^±2³⁰ and the infinity or 0 on
// the far side (e > 2), which keeps everything within the exponents of big.Float.
const huge = 30

// guard is the number of bits kept beyond the precision asked for: the errors of expFixed and log1pFixed stay below
// 2^(s+7) units with s ≤ √w.
func guard(prec uint) uint { return 12 + uint(2*math.Sqrt(float64(prec))) }

// Exp returns e^a, to a relative accuracy of about 2^−prec. Beyond ±2³⁰ only a bound is given: [2^2³⁰, +∞] and [0, 2^−2³⁰].
func (a Interval) Exp() Interval {
	lo, hi := expEnds(a.lo, a.prec)
	if a.lo == a.hi {
		return Interval{lo, hi, a.prec}.tidy()
	}
	// Where a is narrow, e^hi = e^lo·e^δ with e^δ ≤ 1 + δ + δ² for 0 ≤ δ ≤ 1 saves the second exponential.
	if !a.lo.IsInf() && !a.hi.IsInf() && a.lo.MantExp(nil) <= huge {
		d := addEnd(a.hi, negated(a.lo), a.prec, up)
		if e := d.MantExp(nil); e < -int(a.prec)/2 {
			f := addEnd(d, mulEnd(d, d, a.prec, up), a.prec, up)
			f = addEnd(big.NewFloat(1), f, a.prec, up)
			return Interval{lo, mulEnd(hi, f, a.prec, up), a.prec}
		}
	}
	_, hi = expEnds(a.hi, a.prec)
	return Interval{lo, hi, a.prec}
}

// expEnds encloses e^x.
func expEnds(x *big.Float, prec uint) (lo, hi *big.Float) {
	switch {
	case x.Sign() == 0:
		one := new(big.Float).SetPrec(prec).SetInt64(1)
		return one, one
	case x.IsInf() && x.Sign() > 0:
		return x, x
	case x.IsInf():
		zero := new(big.Float).SetPrec(prec)
		return zero, zero
	}
	e := x.MantExp(nil)
	if e > huge {
		far := new(big.Float).SetPrec(prec).SetInt64(1)
		if x.Sign() > 0 {
			return far.SetMantExp(far, 1<<huge), infinity(up)
		}
		return new(big.Float).SetPrec(prec), far.SetMantExp(far, -1<<huge)
	}
	w := words(prec + guard(prec) + uint(max(e, 0)))
	m, k, err := expFixed(x, w)
	return fromFixed(m, err, k, w, prec)
}

// Expm1 returns e^a − 1, to a relative accuracy of about 2^−prec near 0 too.
func (a Interval) Expm1() Interval { return a.monotone(expm1Ends) }

// monotone applies an increasing function, given by an enclosure at a point, to both ends.
func (a Interval) monotone(f func(x *big.Float, prec uint) (lo, hi *big.Float)) Interval {
	lo, hi := f(a.lo, a.prec)
	if a.lo != a.hi {
		_, hi = f(a.hi, a.prec)
	}
	return Interval{lo, hi, a.prec}.tidy()
}

func expm1Ends(x *big.Float, prec uint) (lo, hi *big.Float) {
	if x.Sign() == 0 {
		return x, x
	}
	minus := big.NewFloat(-1)
	e := x.MantExp(nil)
	if x.IsInf() || e >= 1 { // |x| ≥ 1: subtracting 1 costs less than two bits
		lo, hi = expEnds(x, prec+8)
		return addEnd(lo, minus, prec, down), addEnd(hi, minus, prec, up)
	}
	k := uint(-e) // |x| < 2^−k
	if k > prec/3 {
		// x + x²/2 + x³/6 + R with |R| ≤ |x|⁴/24·e^|x| < x⁴, which is below 2^−prec·|x|.
		X := around(x, prec+16)
		s := X.Mul(X).Scale(0.5).Add(X.Mul(X).Mul(X).Div(Of(6, prec))).Add(X)
		return s.blurred(X.Sqr().Sqr(), prec)
	}
	w := words(prec + guard(prec) + k)
	m, q, err := expFixed(x, w) // q is −2 … 1
	m.Lsh(m, uint(q+2)).Sub(m, new(big.Int).Lsh(big.NewInt(1), w+2))
	return fromFixed(m, err<<uint(q+2), -2, w, prec)
}

// blurred returns the ends of a ± r at prec bits.
func (a Interval) blurred(r Interval, prec uint) (lo, hi *big.Float) {
	return addEnd(a.lo, negated(r.hi), prec, down), addEnd(a.hi, r.hi, prec, up)
}

// Log returns ln a, to a relative accuracy of about 2^−prec near 1 too. The part of a below 0 has no logarithm and is left
// out; the logarithm of 0 is −∞, and that of an interval wholly below 0 is the whole line.
func (a Interval) Log() Interval {
	if a.hi.Sign() < 0 {
		return line(a.prec)
	}
	if a.lo.Sign() < 0 {
		_, hi := logEnds(a.hi, a.prec)
		return Interval{infinity(down), hi, a.prec}
	}
	return a.monotone(logEnds)
}

// logEnds encloses ln x, x ≥ 0: with x = m·2^e, 3/4 ≤ m < 3/2, it is e·ln2 + ln(1 + (m−1)), whose terms cannot cancel
// (|ln m| < 0.41 < ln2 − 0.28).
func logEnds(x *big.Float, prec uint) (lo, hi *big.Float) {
	if x.Sign() == 0 {
		return infinity(down), infinity(down)
	}
	if x.IsInf() {
		return x, x
	}
	m := new(big.Float)
	e := x.MantExp(m)
	if m.Cmp(big.NewFloat(0.75)) < 0 {
		m.SetMantExp(m, 1)
		e--
	}
	u := new(big.Float).SetPrec(m.Prec()+2).Sub(m, big.NewFloat(1)) // exact
	if e == 0 {
		return log1pEnds(u, prec)
	}
	size := uint(max(e, -e))
	w := words(prec + guard(prec) + uint(bits.Len(size)) + 64)
	L, err := new(big.Int), uint64(1)
	if k := -u.MantExp(nil); u.Sign() != 0 && k < 60 {
		L, err = log1pFixed(u, w)
	} else if u.Sign() != 0 {
		lo, hi := log1pEnds(u, w) // rare: x is all but a power of two
		L = toFixed(lo, w)
		err = new(big.Int).Sub(toFixed(hi, w), L).Uint64() + 2
	}
	t := new(big.Int).SetInt64(int64(e))
	L.Add(L, t.Mul(t, ln2.at(w)))
	return fromFixed(L, err+uint64(size), 0, w, prec)
}

// Log1p returns ln(1 + a), to a relative accuracy of about 2^−prec near 0 too; below −1 as Log below 0.
func (a Interval) Log1p() Interval {
	if a.lo.Cmp(big.NewFloat(-1)) <= 0 {
		return a.Add(Of(1, a.prec)).Log()
	}
	return a.monotone(log1pEnds)
}

// log1pEnds encloses ln(1 + u), u > −1.
func log1pEnds(u *big.Float, prec uint) (lo, hi *big.Float) {
	if u.Sign() == 0 {
		return u, u
	}
	if u.Cmp(big.NewFloat(-0.25)) < 0 || u.Cmp(big.NewFloat(0.5)) > 0 {
		// 1 + u is no nearer to 1 than that: its rounding costs the logarithm less than two bits, and where 1 + u is
		// near 0 the sum is exact.
		p := max(prec+8, u.Prec()+2)
		lo, hi = addEnd(big.NewFloat(1), u, p, down), addEnd(big.NewFloat(1), u, p, up)
		lo, _ = logEnds(lo, prec)
		_, hi = logEnds(hi, prec)
		return lo, hi
	}
	k := uint(max(-u.MantExp(nil), 0)) // |u| < 2^−k
	if k > prec/3 {
		// u − u²/2 + u³/3 + R with |R| ≤ |u|⁴/4/(1 − |u|) < u⁴, which is below 2^−prec·|u|.
		U := around(u, prec+16)
		s := U.Mul(U).Mul(U).Div(Of(3, prec)).Sub(U.Mul(U).Scale(0.5)).Add(U)
		return s.blurred(U.Sqr().Sqr(), prec)
	}
	w := words(prec + guard(prec) + k + 64)
	L, err := log1pFixed(u, w)
	return fromFixed(L, err, 0, w, prec)
}

// Sqrt returns √a; the part of a below 0 is left out, and an interval wholly below 0 gives the whole line.
func (a Interval) Sqrt() Interval {
	if a.hi.Sign() < 0 {
		return line(a.prec)
	}
	return a.Max(Of(0, a.prec)).monotone(sqrtEnds)
}

// sqrtEnds encloses √x by the integer square root, which big.Int gives exactly rounded down.
func sqrtEnds(x *big.Float, prec uint) (lo, hi *big.Float) {
	if x.Sign() == 0 || x.IsInf() {
		return x, x
	}
	e := x.MantExp(nil)
	shift := 2*int(prec+8) - e
	shift += shift & 1
	shift = max(shift, int(x.MinPrec())-e+(int(x.MinPrec())-e)&1) // so that N is x·2^shift exactly
	N, _ := new(big.Float).SetMantExp(x, shift).Int(nil)
	r := new(big.Int).Sqrt(N)
	rest := new(big.Int).Mul(r, r)
	lo = shifted(rounded(prec, down).SetInt(r), -shift/2)
	if rest.Cmp(N) != 0 {
		r.Add(r, big.NewInt(1))
	}
	hi = shifted(rounded(prec, up).SetInt(r), -shift/2)
	return lo, hi
}

// Pi encloses π.
func Pi(prec uint) Interval {
	w := words(prec + 8)
	lo, hi := fromFixed(pi.at(w), 1, 0, w, prec)
	return Interval{lo, hi, prec}
}
