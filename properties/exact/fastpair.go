package exact

import "math"

// The fast path for the pair losses: see fast.go.

// A logistic holds what σ(βt), its derivative and ln(1 + e^{βt})/β are made of.
type logistic struct {
	t     dd   // to 2u²; 0 if it is
	exact bool // whether t has no error
	beta  float64
	z     dd   // −β|t|
	E     near // e^z; 0 below e^−1100 < 2^−1586
	D     dd   // 1 + E, to E.err + 2u²
}

// newLogistic takes t = m + F − F̄; ok is false where the fast path does not go.
//
// F − F̄ is exact as a pair and adding m costs 2u², whatever cancels; the product with β another 2u², and 2^−1073 where its
// parts underflow: together 2⁻⁹³·⁸ of an argument of e^z below 1100. With 2⁻⁹² of expDD, E is good to 1.3·2⁻⁹².
func newLogistic(F, Fbar, m, beta float64) (x logistic, ok bool) {
	x.t, x.beta = twoSum(F, -Fbar), beta
	if x.exact = x.t.lo == 0; x.exact {
		x.t = twoSum(x.t.hi, m)
	} else {
		x.t = x.t.plus1(m)
	}
	if !(math.Abs(x.t.hi) <= math.MaxFloat64) || math.IsNaN(x.t.lo) { // it overflowed, or did so on its way
		return x, false
	}
	x.z = x.t.scaled(beta)
	if x.z.hi > 0 {
		x.z = x.z.neg()
	}
	if x.D = (dd{1, 0}); x.z.hi >= -expMost {
		E, q := expDD(x.z)
		x.E = near{E, q, 1.3 * expError}
		x.D = E.ldexp(q).plus1(1)
	}
	return x, true
}

// softplus returns ln(1 + e^{βt})/β = [t]⁺ + ln(1 + E)/β.
func (x logistic) softplus() (Value, bool) {
	if x.E.hi == 0 { // the second term is below 2^−1586/β, or 2^−5909/β
		if !isModerate(x.beta) && !(x.z.hi < -4096) {
			return Value{}, false
		}
		switch {
		case x.t.hi < 0:
			return speck, true
		case x.exact:
			return x.t.beside(+1)
		}
		return near{x.t, 0, 2*u2 + 0x1p-200}.settle(false)
	}
	l, ok := x.E.log1p(x.beta)
	if !ok {
		return Value{}, false
	}
	switch {
	case x.t.hi > 0 && x.exact:
		return l.on(x.t)
	case x.t.hi > 0:
		l = l.add(x.t)
		l.err += 2 * u2 // of t
	}
	return l.settle(false)
}

// sigmoid returns σ(βt): 1/(1 + E) above 0, E/(1 + E) below. Near 0 it is ½ + βt/4 − (βt)³/48 + …, beside ½ by βt·2⁵¹ ulps
// but for 2⁻⁵⁰ of them, and for what z loses in underflow.
func (x logistic) sigmoid() (Value, bool) {
	off := math.Copysign(x.z.hi*0x1p51, x.t.hi)
	switch above := x.t.hi > 0; {
	case x.t.hi == 0:
		return whole(0.5), true
	case x.z.hi > -0x1p-54:
		return Value{0.5, off, math.Abs(off)*0x1p-50 + 0x1p-1000}, off != 0
	case x.E.hi == 0 && above:
		return almost1, true
	case x.E.hi == 0:
		return speck, true
	case above:
		return near{dd{1, 0}.over(x.D), 0, x.E.err + 18.1*u2}.settle(true)
	}
	return near{x.E.over(x.D), x.E.e, 2*x.E.err + 18.1*u2}.settle(true)
}

// slope returns σ(1 − σ) = E/(1 + E)². Near 0 it is ¼ − (βt)²/16 + (βt)⁴/96 − …, below ¼ by (βt)²·2⁵⁰ ulps but for 2⁻⁵⁰ of
// them, and for what underflows.
func (x logistic) slope() (Value, bool) {
	switch {
	case x.t.hi == 0:
		return whole(0.25), true
	case x.z.hi > -0x1p-27:
		off := x.z.hi * x.z.hi * 0x1p50
		return Value{0.25, -off - 0x1p-200, off*0x1p-50 + 0x1p-199}, true
	case x.E.hi == 0:
		return speck, true
	}
	return near{x.E.over(x.D.times(x.D)), x.E.e, 3*x.E.err*(1+0x1p-20) + 24*u2}.settle(false)
}

// almost1 is a number below 1 by less than 2⁻²⁰⁰, known by its side.
var almost1 = Value{1, -0x1p-60, 0x1p-60}

// quick returns the value of the fast path if there is one, else that of the slow.
func quick[T any](x T, ok bool, fast func(T) (Value, bool), slow func() Value) Value {
	if ok {
		if v, ok := fast(x); ok {
			return v
		}
	}
	return slow()
}

// A tail is γe^{−F̄} ≠ 0. Where near is 0 it is below 2^−1586·|γ|, or huge: beyond 2^2308·|γ| > 2^2068.
type tail struct {
	near
	sign float64
	huge bool
}

// newTail takes F̄ ≠ 0 and γ; ok is false where the fast path does not go.
func newTail(Fbar, gamma float64) (x tail, ok bool) {
	if Fbar == 0 || !isModerate(gamma) || !(math.Abs(Fbar) <= math.MaxFloat64) {
		return x, false
	}
	x.sign, x.huge = math.Copysign(1, gamma), Fbar <= -1600
	switch {
	case math.Abs(Fbar) <= expMost:
		m, q := expDD(dd{-Fbar, 0})
		x.near = near{m.times1(gamma), q, expError + 3*u2}
	case Fbar < 0 && !x.huge: // the square of e^{−F̄/2}
		m, q := expDD(dd{-Fbar / 2, 0})
		x.near = near{m.times(m).times1(gamma), 2 * q, 2*expError*(1+0x1p-20) + 7*u2}
	}
	return x, true
}

// slope returns −γe^{−F̄}.
func (x tail) slope() (Value, bool) {
	switch {
	case x.hi != 0:
		return x.opposite().settle(false)
	case x.huge:
		return beyond(-x.sign), true
	case x.sign > 0:
		return speck.negative(), true
	}
	return speck, true
}

// above returns F² + γe^{−F̄}, where F² is exact as a pair.
func (x tail) above(F float64) (Value, bool) {
	if F != 0 && !isModerate(F) {
		return Value{}, false
	}
	s := twoProd(F, F)
	switch {
	case x.hi != 0 && math.Ilogb(x.hi)+x.e > 1024: // F² < 2^482 is less than 2^−542 of it
		return near{x.dd, x.e, x.err + 0x1p-500}.settle(false)
	case x.hi != 0:
		return x.on(s)
	case x.huge:
		return beyond(x.sign), true
	}
	return s.beside(x.sign)
}
