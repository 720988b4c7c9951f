package exact

import "math"

// A near number is (hi + lo)·2^e, off by at most err of its magnitude.
type near struct {
	dd
	e   int
	err float64
}

// u2 is u², the unit of the bounds in dd.go.
const u2 = 0x1p-106

// settle returns the value of x, if x decides it: as the function of that name does for enclosures. below1 says that the
// true value is less than 1.
func (x near) settle(below1 bool) (Value, bool) {
	const slack = 1 + 0x1p-20 // for the few roundings in forming the bound itself
	bits := math.Float64bits(x.hi)
	ex := int(bits>>52&0x7ff) - 1022 // of a normal number
	E := ex + x.e                    // 2^(E−1) ≤ |x| < 2^E
	switch {
	case ex < -1021 || ex > 1024:
		return Value{}, false
	case E > 1995:
		return beyond(x.hi), true
	case E > 1024:
		X := math.Ldexp(x.hi, x.e-topUlp)
		off := (X - math.Copysign(0x1p53, x.hi)) + math.Ldexp(x.lo, x.e-topUlp)
		return Value{math.Inf(int(math.Copysign(1, x.hi))), off, x.err*math.Abs(X)*slack + math.Abs(off)*0x1p-51}, x.err < 0x1p-60
	}
	if E <= -1022 {
		// Subnormal: the unit is 2^−1074. X < 2^52, so X − n is exact; adding lo rounds once, below 2⁻⁵².
		X := math.Ldexp(x.hi, x.e+1074)
		lo := math.Ldexp(x.lo, x.e+1074)
		n := math.RoundToEven(X)
		if d := X - n; math.Abs(d) == 0.5 && d*lo > 0 { // hi is in the middle
			n += 2 * d
		}
		v := Value{math.Ldexp(n, -1074), (X - n) + lo, x.err*math.Abs(X)*slack + 0x1p-52}
		if v.Off == 0 {
			v.Off = 0
		}
		return v, math.Abs(v.Off)+v.Err < 0.5 && v.Err < 0x1p-20 && (n != 0 || v.Off != 0)
	}
	// hi is the float64 nearest to hi + lo, and lo in units of its ulp, 2^(ex − 53), is a shift of bits.
	v := Value{ldexp(x.hi, x.e), ldexp(x.lo, 53-ex), x.err * 0x1p53 * slack}
	limit := 0.5
	if bits<<12 == 0 { // a power of two
		// On the side of 0 the numbers lie twice as close; which side it is must be certain.
		if math.Abs(v.Off) <= v.Err {
			if !(below1 && v.Near == 1) {
				return Value{}, false
			}
			v = Value{1, -v.Err, 2 * v.Err}
		}
		if math.Signbit(v.Off) != math.Signbit(x.hi) {
			limit = 0.25
		}
	}
	return v, math.Abs(v.Off)+v.Err < limit && v.Err < 0x1p-20
}

// speck is a positive number below 2^−1133, known by its sign.
var speck = Value{0, 0x1p-60, 0x1p-60}

// beyond is a number of x's sign beyond 2^1995.
func beyond(x float64) Value {
	sign := math.Copysign(1, x)
	return Value{math.Inf(int(sign)), sign * 0x1p60, math.Inf(1)}
}

// isModerate reports whether what is below 2^−1399 is below 2^−1159 when it is multiplied or divided by x.
func isModerate(x float64) bool {
	a := math.Abs(x)
	return a >= 0x1p-240 && a <= 0x1p240
}

// beside returns the value of a number above (side = 1) or below (−1) t, by less than 2^−1159.
func (t dd) beside(side float64) (Value, bool) {
	switch {
	case t.hi == 0:
		return Value{math.Copysign(0, side), side * 0x1p-60, 0x1p-60}, true
	case math.IsInf(t.hi, 0):
		return Value{}, false
	case t.lo == 0:
		return Value{t.hi, side * 0x1p-60, 0x1p-60}, true
	}
	return near{t, 0, 0x1p-200}.settle(false) // if |t| < 2^−950, lo is 0: it is a multiple of 2^−1074
}

// log1p returns ln(1 + x)/β for x ≥ 0 and β > 0; ok is false where x is so small that parts of it underflow.
func (x near) log1p(beta float64) (y near, ok bool) {
	L, err := log1pDD(x.dd, x.e)
	b, e := math.Frexp(beta)
	return near{L.over(dd{b, 0}), x.e - e, x.err + err + 16*u2}, L.hi >= 0x1p-690
}

// on returns the value of t + x for an exact t. Beside a float64 t, x by itself is what t is off.
func (x near) on(t dd) (Value, bool) {
	if t.hi == 0 {
		return x.settle(false)
	}
	if t.lo == 0 && x.err < 0x1p-60 {
		if off := ldexp(x.hi, x.e-ulpExp(t.hi)); math.Abs(off) < 0x1p-7 {
			return Value{t.hi, off + math.Copysign(0x1p-1000, x.hi), math.Abs(off)*0x1p-50 + 0x1p-999}, !math.IsInf(t.hi, 0)
		}
	}
	return x.add(t).settle(false)
}

// add returns t + x for an exact t ≠ 0. A part of x that underflows in unscaling is below 2^−1070, and so below 2^−200 of a sum
// from 2^−870 on; a smaller one is not known.
func (x near) add(t dd) near {
	y := x.ldexp(x.e)
	s := t.plus(y)
	if !(math.Abs(s.hi) >= 0x1p-870) {
		return near{}
	}
	// The error of x, relative to the sum, and 3u² + 13u³ for adding, whatever cancels.
	return near{s, 0, x.err*math.Abs(y.hi)/math.Abs(s.hi)*(1+0x1p-20) + 4*u2 + 0x1p-200}
}

func (x near) opposite() near { return near{x.neg(), x.e, x.err} }

// times returns x·y.
func (x near) times(y near) near {
	return x.normal().product(y.normal())
}

// normal returns x with 1/2 ≤ |hi| < 1.
func (x near) normal() near {
	_, ex := math.Frexp(x.hi)
	return near{x.ldexp(-ex), x.e + ex, x.err}
}

func (x near) product(y near) near {
	return near{x.dd.times(y.dd), x.e + y.e, (x.err+y.err)*(1+0x1p-20) + 4*u2}
}
