package exact

import "math"

// The fast path: a result in double-double, with a proved bound on its error, is rounded if that bound leaves no doubt
// about the result of rounding, and left to the intervals otherwise. It takes any energies and a β of a moderate exponent; a
// tie of weights, β = 0 and β = ∞ have gone before.

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
	if ex < -1021 || ex > 1024 || E > 1024 {
		return Value{}, false
	}
	if E <= -1022 {
		// Subnormal: the unit is 2^−1074. X < 2^52, so X − n is exact; adding lo rounds once, below 2⁻⁵².
		X := math.Ldexp(x.hi, x.e+1074)
		n := math.RoundToEven(X)
		v := Value{math.Ldexp(n, -1074), (X - n) + math.Ldexp(x.lo, x.e+1074), x.err*math.Abs(X)*slack + 0x1p-52}
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

// isModerate reports whether the fast path takes x for β, or for a factor: then quotients of logarithms by it, and products of
// a weight that is cut with it, stay far from the ends of float64. Energies it takes as they are: their differences are exact
// as pairs, or beyond float64, and then β times them beyond e^z.
func isModerate(x float64) bool {
	a := math.Abs(x)
	return a >= 0x1p-240 && a <= 0x1p240
}

// fastWeights are the weights e^{−β(F_i − min F)}·2^900. One below e^−1100 < 2^−1586 is cut: it is set to 0.
type fastWeights struct {
	w       []dd
	rest    near    // Σ w_i but for that of the first minimiser, which is 1
	known   bool    // whether rest is known to its err; otherwise it is positive and below 2^−1399
	Z       dd      // 1 + rest, unscaled
	inverse dd      // 1/Z, to 15u² of it
	err     float64 // relative error of a weight that is not cut
	sumErr  float64 // of Z
}

// weightError: the argument β(F_i − min F), below 1100, is off by 2u² of it (the difference is exact), 2⁻⁹⁴·⁸, and 2^−1073
// where its parts underflow; e^z by 2⁻⁹².
const weightError = expError * (1 + 0x1p-2)

// block is how many weights are added up before what was rounded off is added to their sum.
const block = 64

// blockError: in a block of b weights of sum S each addition rounds to u·S, exactly known, and each weight has a low part of
// u·w_i. All of them are below (b + 1)u·S together; adding each to the others rounds to u of that, b times, and forming
// it once more: less than (b + 1)²u²·S·(1 + u)^b.
const blockError = (block + 1) * (block + 1) * u2 * (1 + 0x1p-20)

// fast returns the weights in double-double, nil where the fast path does not go.
func (e *ensemble) fast() *fastWeights {
	if e.quick != nil || e.slow {
		return e.quick
	}
	e.slow = true
	if !isModerate(e.beta) || e.many > 1<<20 || e.level {
		return nil
	}
	f := &fastWeights{w: make([]dd, len(e.F)), err: weightError}
	least, minus := e.F[e.least], -e.beta
	var sum dd
	hi, lo := 0.0, 0.0 // of the block
	for i, F := range e.F {
		z := twoSum(F, -least).times1(minus)
		if !(z.hi >= -expMost) || i == e.least { // an impossible answer, too, and a difference beyond float64
			continue
		}
		w, q := expDD(z)
		w = w.scale(twoTo(q + expScale))
		f.w[i] = w
		t := twoSum(hi, w.hi)
		hi, lo = t.hi, lo+(t.lo+w.lo)
		if i%block == block-1 {
			sum = sum.plus(fastTwoSum(hi, lo))
			hi, lo = 0, 0
		}
	}
	f.w[e.least] = dd{0x1p900, 0}
	sum = sum.plus(fastTwoSum(hi, lo))
	// Each block that is added costs 3u² + 13u³ of the sum; what was cut, 2^20·2^−1586, is less than 2^−166 of a sum of 2^−1400.
	f.sumErr = (weightError + blockError + 3.01*u2*float64(len(e.F)/block+2)) * (1 + 0x1p-20)
	f.rest = near{sum, -expScale, f.sumErr}
	f.known = sum.hi >= 0x1p-500
	f.Z = sum.scale(0x1p-900).plus1(1)
	f.sumErr += 3 * u2
	f.inverse = dd{1, 0}.over(f.Z)
	e.quick = f
	return f
}

// others returns Σ_{j≠i} w_j, unless it is not known, and positive and below 2^−1399. If i is not the first minimiser, w_i is
// at most half of Z, and the difference at least as large as it: known to the errors of Z, twice, of w_i, and 3u² + 13u³.
func (f *fastWeights) others(i, least int) (s near, known bool) {
	if i == least {
		return f.rest, f.known
	}
	return near{f.Z.plus(f.w[i].scale(0x1p-900).neg()), 0, 2*f.sumErr + f.err + 4*u2}, true
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

// p returns p_i.
func (f *fastWeights) p(i int) (Value, bool) {
	if f.w[i].hi == 0 {
		return speck, true
	}
	return f.ratio(i).settle(true)
}

func (f *fastWeights) ratio(i int) near { return f.share(near{f.w[i], -expScale, f.err}) }

// share returns x/Z.
func (f *fastWeights) share(x near) near {
	return near{x.dd.times(f.inverse), x.e, x.err + f.sumErr + 20*u2}
}

// q returns 1 − p_i.
func (f *fastWeights) q(i, least int) (Value, bool) {
	s, known := f.others(i, least)
	if !known {
		return speck, true
	}
	return f.share(s).settle(true)
}

// log1p returns ln(1 + x)/β for x ≥ 0.
func (x near) log1p(beta float64) (near, bool) {
	L, err := log1pDD(x.dd, x.e)
	scale := L.hi / beta
	return near{L.over(dd{beta, 0}), x.e, x.err + err + 16*u2},
		L.hi >= 0x1p-690 && scale >= 0x1p-700 && scale <= 0x1p1000
}

// add returns t + x for an exact t and a scaled x. A part of x that underflows in unscaling is below 2^−1070, and so below
// 2^−200 of a sum from 2^−870 on; a smaller one is not known.
func (x near) add(t dd) near {
	if t.hi == 0 {
		return x
	}
	y := x.ldexp(x.e)
	s := t.plus(y)
	if !(math.Abs(s.hi) >= 0x1p-870) {
		return near{}
	}
	// The error of x, relative to the sum, and 3u² + 13u³ for adding, whatever cancels.
	return near{s, 0, x.err*math.Abs(y.hi)/math.Abs(s.hi)*(1+0x1p-20) + 4*u2 + 0x1p-200}
}

// nll returns the loss of y.
func (f *fastWeights) nll(F []float64, y, least int, beta float64) (Value, bool) {
	d := twoSum(F[y], -F[least])
	if !f.known {
		return d.beside(+1)
	}
	l, ok := f.rest.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.add(d).settle(false)
}

// freeEnergy returns min F − ln(1 + Σ_{j≠least} w_j)/β. Where they cancel the error grows, relatively, until it is not
// accepted.
func (f *fastWeights) freeEnergy(least int, F, beta float64) (Value, bool) {
	if !f.known {
		return dd{F, 0}.beside(-1)
	}
	l, ok := f.rest.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.opposite().add(dd{F, 0}).settle(false)
}

// meeSlope returns ∂(1 − p_y)/∂F_j.
func (f *fastWeights) meeSlope(y, j, least int, beta float64) (Value, bool) {
	s, known := f.others(y, least)
	if f.w[y].hi == 0 || j != y && f.w[j].hi == 0 || j == y && !known { // at most 2^−1399·β
		if j == y {
			return speck, true
		}
		return speck.negative(), true
	}
	a, b := f.ratio(y), f.ratio(j).opposite()
	if j == y {
		b = f.share(s)
	}
	return a.times(b).times(near{dd: dd{beta, 0}}).settle(false)
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
