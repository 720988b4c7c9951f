package exact

// The fast path for the pair losses: see fast.go.

// A logistic holds what σ(βt), its derivative and ln(1 + e^{βt})/β are made of, for a t ≠ 0.
type logistic struct {
	t    dd // to 2u²
	beta float64
	E    near // e^{−β|t|}, scaled; 0 below e^−1100 < 2^−1586
	D    dd   // 1 + E, to E.err + 2u²
}

// newLogistic takes t = m + F − F̄; ok is false where the fast path does not go.
//
// F − F̄ is exact as a pair and adding m costs 2u², whatever cancels; the product with β another 2u²: together 2⁻⁹³·⁸ of
// an argument of e^z below 1100. With 2⁻⁹² of expDD, E is good to 1.3·2⁻⁹².
func newLogistic(F, Fbar, m, beta float64) (x logistic, ok bool) {
	for _, v := range []float64{F, Fbar, m} {
		if v != 0 && !isModerate(v) {
			return x, false
		}
	}
	x.t, x.beta = twoSum(F, -Fbar).plus1(m), beta
	if !isModerate(beta) || !isModerate(x.t.hi) {
		return x, false
	}
	a := x.t
	if a.hi > 0 {
		a = a.neg()
	}
	z := a.times1(beta)
	if x.D = (dd{1, 0}); z.hi >= expLeast {
		x.E = near{expDD(z), -expScale, 1.3 * expError}
		x.D = x.E.ldexp(-expScale).plus1(1)
	}
	return x, true
}

// softplus returns ln(1 + e^{βt})/β = [t]⁺ + ln(1 + E)/β.
func (x logistic) softplus() (Value, bool) {
	if x.E.hi == 0 { // the second term is below 2^−1586/β < 2^−1286
		if x.t.hi < 0 {
			return speck, true
		}
		return near{x.t, 0, 2*u2 + 0x1p-200}.settle(false)
	}
	l, ok := x.E.log1p(x.beta)
	if !ok {
		return Value{}, false
	}
	if x.t.hi > 0 {
		l = l.add(x.t)
		l.err += 2 * u2 // of t
	}
	return l.settle(false)
}

// sigmoid returns σ(βt): 1/(1 + E) above 0, E/(1 + E) below.
func (x logistic) sigmoid() (Value, bool) {
	switch above := x.t.hi > 0; {
	case x.E.hi == 0 && above:
		return almost1, true
	case x.E.hi == 0:
		return speck, true
	case above:
		return near{dd{1, 0}.over(x.D), 0, x.E.err + 18.1*u2}.settle(true)
	}
	return near{x.E.over(x.D), x.E.e, 2*x.E.err + 18.1*u2}.settle(true)
}

// slope returns σ(1 − σ) = E/(1 + E)².
func (x logistic) slope() (Value, bool) {
	if x.E.hi == 0 {
		return speck, true
	}
	return near{x.E.over(x.D.times(x.D)), x.E.e, 3*x.E.err*(1+0x1p-20) + 24*u2}.settle(false)
}

// almost1 is a number below 1 by less than 2⁻²⁰⁰, known by its side.
var almost1 = Value{1, -0x1p-60, 0x1p-60}

// quick returns the value of the fast path if there is one, else that of the slow.
func quick(x logistic, ok bool, fast func(logistic) (Value, bool), slow func() Value) Value {
	if ok {
		if v, ok := fast(x); ok {
			return v
		}
	}
	return slow()
}
