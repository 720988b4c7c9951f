package exact

import "math"

// The fast path: a result in double-double, with a proved bound on its error, is rounded if that bound leaves no doubt
// about the result of rounding, and left to the intervals otherwise. It takes energies and β of moderate exponents; a
// tie of weights, β = 0 and the infinities have gone before.

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
	fr, ex := math.Frexp(x.hi)
	E := ex + x.e // 2^(E−1) ≤ |x| < 2^E
	if x.hi == 0 || E > 1023 {
		return Value{}, false
	}
	const slack = 1 + 0x1p-20 // for the few roundings in forming the bound itself
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
	if math.Abs(fr) == 0.5 {
		// On the side of 0 the numbers lie twice as close; which side it is must be certain.
		if math.Abs(v.Off) <= v.Err {
			if !(below1 && v.Near == 1) {
				return Value{}, false
			}
			v = Value{1, -v.Err, 2 * v.Err}
		}
		if v.Off*fr < 0 {
			limit = 0.25
		}
	}
	return v, math.Abs(v.Off)+v.Err < limit && v.Err < 0x1p-20
}

// speck is a positive number below 2^−1200, known by its sign.
var speck = Value{0, 0x1p-60, 0x1p-60}

// isModerate reports whether the fast path takes x ≠ 0 for an energy or for β: then β·(F − F'), sums and quotients of
// them by β stay far from the ends of float64.
func isModerate(x float64) bool {
	a := math.Abs(x)
	return a >= 0x1p-300 && a <= 0x1p300
}

// fastWeights are the weights e^{−β(F_i − min F)}·2^900. One below e^−1100 < 2^−1586 is cut: it is set to 0.
type fastWeights struct {
	w      []dd
	Z      dd      // Σ w_i, unscaled: at least 1
	err    float64 // relative error of a weight that is not cut
	sumErr float64 // of a sum of such weights, and of Z

	kept struct { // the last rest, which the slopes by all n energies share
		of    int
		s     near
		known bool
	}
}

// weightError: the argument β(F_i − min F), below 1100, is off by 2u² of it (the difference is exact), 2⁻⁹⁴·⁸; e^z by 2⁻⁹².
const weightError = expError * (1 + 0x1p-2)

// fast returns the weights in double-double, nil where the fast path does not go.
func (e *ensemble) fast() *fastWeights {
	if e.quick != nil || e.slow {
		return e.quick
	}
	e.slow = true
	if !isModerate(e.beta) || len(e.possible) > 1<<20 || e.level {
		return nil
	}
	least := e.F[e.least]
	if least != 0 && !isModerate(least) {
		return nil
	}
	f := &fastWeights{w: make([]dd, len(e.F)), err: weightError}
	for _, i := range e.possible {
		F := e.F[i]
		d := twoSum(F, -least)
		if F != 0 && !isModerate(F) || d.hi != 0 && d.hi < 0x1p-300 {
			return nil
		}
		z := d.times1(-e.beta)
		if z.hi >= expLeast {
			f.w[i] = expDD(z)
		}
	}
	// Each addition of positive numbers costs 3u² + 13u³ of the sum; what was cut, 2^20·2^−1586, is nothing beside Z ≥ 1.
	f.sumErr = weightError + 3.01*u2*float64(len(e.possible))
	f.Z = f.sum(-1).scale(0x1p-900)
	f.kept.of = -1
	e.quick = f
	return f
}

// sum returns Σ_{j≠i} w_j, scaled like the weights.
func (f *fastWeights) sum(i int) dd {
	var s dd
	for j, w := range f.w {
		if j != i && w.hi != 0 {
			s = s.plus(w)
		}
	}
	return s
}

// rest returns Σ_{j≠i} w_j, and whether it is known to sumErr: what was cut is below 2^20·2^−1586, so of a sum of 2^−1400
// less than 2^−166. Otherwise it is positive and below 2^−1399.
func (f *fastWeights) rest(i int) (s near, known bool) {
	if k := &f.kept; k.of != i {
		k.of, k.s = i, near{f.sum(i), -expScale, f.sumErr * (1 + 0x1p-20)}
		k.known = k.s.hi >= 0x1p-500
	}
	return f.kept.s, f.kept.known
}

// beside returns the value of a number above (side = 1) or below (−1) t, by less than 2^−1099, where t = 0 or of moderate
// size.
func (t dd) beside(side float64) (Value, bool) {
	switch {
	case t.hi == 0:
		return Value{math.Copysign(0, side), side * 0x1p-60, 0x1p-60}, true
	case t.lo == 0:
		return Value{t.hi, side * 0x1p-60, 0x1p-60}, true
	}
	return near{t, 0, 0x1p-200}.settle(false)
}

// p returns p_i.
func (f *fastWeights) p(i int) (Value, bool) {
	if f.w[i].hi == 0 {
		return speck, true
	}
	return f.ratio(i).settle(true)
}

func (f *fastWeights) ratio(i int) near {
	return near{f.w[i].over(f.Z), -expScale, f.err + f.sumErr + 16*u2}
}

// q returns 1 − p_i.
func (f *fastWeights) q(i int) (Value, bool) {
	s, known := f.rest(i)
	if !known {
		return speck, true
	}
	return near{s.over(f.Z), s.e, s.err + f.sumErr + 16*u2}.settle(true)
}

// log1p returns ln(1 + x)/β for x ≥ 0.
func (x near) log1p(beta float64) (near, bool) {
	L, err := log1pDD(x.dd, x.e)
	scale := L.hi / beta
	return near{L.over(dd{beta, 0}), x.e, x.err + err + 16*u2},
		L.hi >= 0x1p-690 && scale >= 0x1p-700 && scale <= 0x1p1000
}

// add returns t + x for an exact t and a scaled x. A part of x that underflows in unscaling is below 2^−1070, and so, where
// t ≠ 0, below 2^−700 of t.
func (x near) add(t dd) near {
	if t.hi == 0 {
		return x
	}
	y := x.ldexp(x.e)
	s := t.plus(y)
	// The error of x, relative to the sum, and 3u² + 13u³ for adding, whatever cancels.
	return near{s, 0, x.err*math.Abs(y.hi)/math.Abs(s.hi)*(1+0x1p-20) + 4*u2 + 0x1p-200}
}

// nll returns the loss of y.
func (f *fastWeights) nll(F []float64, y, least int, beta float64) (Value, bool) {
	d := twoSum(F[y], -F[least])
	s, known := f.rest(least)
	if !known {
		return d.beside(+1)
	}
	l, ok := s.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.add(d).settle(false)
}

// freeEnergy returns min F − ln(1 + Σ_{j≠least} w_j)/β. Where they cancel the error grows, relatively, until it is not
// accepted.
func (f *fastWeights) freeEnergy(least int, F, beta float64) (Value, bool) {
	s, known := f.rest(least)
	if !known {
		return dd{F, 0}.beside(-1)
	}
	l, ok := s.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.opposite().add(dd{F, 0}).settle(false)
}

// meeSlope returns ∂(1 − p_y)/∂F_j.
func (f *fastWeights) meeSlope(y, j int, beta float64) (Value, bool) {
	s, known := f.rest(y)
	if f.w[y].hi == 0 || j != y && f.w[j].hi == 0 || j == y && !known { // at most 2^−1399·β
		if j == y {
			return speck, true
		}
		return speck.negative(), true
	}
	a, b := f.ratio(y), f.ratio(j).opposite()
	if j == y {
		b = near{s.over(f.Z), s.e, s.err + f.sumErr + 16*u2}
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
