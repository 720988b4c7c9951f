package exact

import "math"

// The fast path: a result in double-double, with a proved bound on its error, is rounded if that bound leaves no doubt
// about the result of rounding, and left to the intervals otherwise. Differences of energies are exact as pairs, or beyond
// float64, and then β times them is beyond e^z, or the ensemble goes the slow way. A tie of weights, β = 0 and β = ∞ have
// gone before.

// fastWeights are the weights e^{−β(F_i − min F)}·2^900. One below e^−1100 < 2^−1586 is cut: it is set to 0.
type fastWeights struct {
	w       []dd
	rest    near    // Σ w_i but for that of the first minimiser, which is 1
	known   bool    // whether rest is known to its err; otherwise it is positive and below 2^−1399
	speck   bool    // whether what is below 2^−1399, or cut, is below 2^−1159 when multiplied or divided by β
	Z       dd      // 1 + rest, unscaled
	inverse dd      // 1/Z, to 15u² of it
	err     float64 // relative error of a weight that is not cut
	sumErr  float64 // of Z
}

// weightError: the argument β(F_i − min F), below 1100, is off by 2u² of it (the difference is exact), 2⁻⁹⁴·⁸, and 2^−1073
// where that underflows; e^z by 2⁻⁹².
const weightError = expError * (1 + 0x1p-2)

// block is how many weights are added up before what was rounded off is added to their sum.
const block = 64

// blockError: in a block of b weights of sum S each addition rounds to u·S, exactly known, and each weight has a low part of
// u·w_i. All of them are below (b + 1)u·S together; adding each to the others rounds to u of that, b times, and forming
// it once more: less than (b + 1)²u²·S·(1 + u)^b.
func blockError(b int) float64 { return float64(b+1) * float64(b+1) * u2 * (1 + 0x1p-20) }

// fast returns the weights in double-double, nil where the fast path does not go.
func (e *ensemble) fast() *fastWeights {
	if e.quick != nil || e.slow {
		return e.quick
	}
	e.slow = true
	if e.many > 1<<20 {
		return nil
	}
	f := &fastWeights{w: make([]dd, len(e.F)), err: weightError}
	least, top, moderate := e.F[e.least], math.Inf(-1), isModerate(e.beta)
	var sum dd
	hi, lo := 0.0, 0.0 // of the block
	for i, F := range e.F {
		if i%block == 0 {
			sum = sum.plus(fastTwoSum(hi, lo))
			hi, lo = 0, 0
		}
		if i == e.least || F > math.MaxFloat64 {
			continue
		}
		d := twoSum(F, -least)
		if !(d.hi <= 0x1p1020) { // twoSum may have overflowed on its way
			if e.beta < 0x1p-1000 {
				return nil
			}
			continue
		}
		z := d // −β·d, of most energies without a call
		if moderate && d.hi <= 0x1p700 {
			z = d.times1(-e.beta)
		} else {
			z = d.scaled(e.beta).neg()
		}
		if z.hi > top {
			top = z.hi
		}
		if !(z.hi >= -expMost) {
			continue
		}
		w, q := expDD(z)
		w = w.scale(twoTo(q + expScale))
		f.w[i] = w
		t := twoSum(hi, w.hi)
		hi, lo = t.hi, lo+(t.lo+w.lo)
	}
	f.speck = moderate || top < -4096 // 2^20·e^−4096 < 2^−5889
	f.w[e.least] = dd{0x1p900, 0}
	sum = sum.plus(fastTwoSum(hi, lo))
	// Each block that is added costs 3u² + 13u³ of the sum; what was cut, 2^20·2^−1586, is less than 2^−166 of a sum of 2^−1400.
	f.sumErr = (weightError + blockError(min(e.many, block)) + 3.01*u2*float64(len(e.F)/block+2)) * (1 + 0x1p-20)
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

// nll returns the loss of y.
func (f *fastWeights) nll(F []float64, y, least int, beta float64) (Value, bool) {
	d := twoSum(F[y], -F[least])
	if !f.known {
		v, ok := d.beside(+1)
		return v, ok && f.speck
	}
	l, ok := f.rest.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.on(d)
}

// freeEnergy returns min F − ln(1 + Σ_{j≠least} w_j)/β. Where they cancel the error grows, relatively, until it is not
// accepted.
func (f *fastWeights) freeEnergy(least int, F, beta float64) (Value, bool) {
	if !f.known {
		v, ok := dd{F, 0}.beside(-1)
		return v, ok && f.speck
	}
	l, ok := f.rest.log1p(beta)
	if !ok {
		return Value{}, false
	}
	return l.opposite().on(dd{F, 0})
}

// meeSlope returns ∂(1 − p_y)/∂F_j.
func (f *fastWeights) meeSlope(y, j, least int, beta float64) (Value, bool) {
	s, known := f.others(y, least)
	if f.w[y].hi == 0 || j != y && f.w[j].hi == 0 || j == y && !known {
		if j == y {
			return speck, f.speck
		}
		return speck.negative(), f.speck
	}
	a, b := f.ratio(y), f.ratio(j).opposite()
	if j == y {
		b = f.share(s)
	}
	return a.times(b).times(near{dd: dd{beta, 0}}).settle(false)
}
