package exact

import (
	"math"
	"math/big"
)

// Rounding, correctly: the number is enclosed at growing precision until both ends of the enclosure round to the same
// float64 (Ziv's strategy). It ends because every number here is of one of two kinds.
//
// A rational one is computed without any error: the operations are sums and products of float64, whose bits lie between
// 2^1024 and 2^−1074, so that a sum of three needs less than 2 112 bits and a sum of squares less than 4 224; or it is a
// quotient whose enclosure is a point where it has finitely many binary digits (then it fits the precision sooner or
// later), and where it has infinitely many it is not halfway between two float64.
//
// A transcendental one is not a binary fraction, so it is not halfway either, and its distance from the nearest half is a
// positive number that some precision resolves. That it is transcendental is the theorem of Lindemann and Weierstrass:
// for rational a_j, all different, and rational c_j, not all 0, Σ c_j e^{a_j} ≠ 0. With at least two possible answers:
//
//   - a free energy or NLL equal to a rational q would give Σ_j e^{−βF_j} = e^{−βq} (with F_y − q for the NLL): on the left
//     all coefficients are ≥ 1 and add up to n ≥ 2, on the right there is one, so the two sides differ;
//   - a rational p_i = r, 1 − p_i = r, or a product p_i·p_j or p_i·(1 − p_i) equal to r gives an identity between
//     polynomials in the weights; compare the largest and the smallest exponent on both sides: they agree only if all the
//     possible energies are equal, and then the number is rational and computed as such;
//   - ln(1 + e^t)/β = q gives 1 + e^t = e^{βq}; 1/(1 + e^{−t}) = r gives e^{−t} rational, which needs t = 0;
//     F² + γe^{−F̄} is rational only for γ = 0 or F̄ = 0.
//
// The trivial cases (one possible answer, all equal, β = 0 or ∞, t = 0, …) are split off by each function and rounded as
// rational numbers.
const (
	firstBits = 128
	exactBits = 4608 // enough for every sum, product and square of this package to be exact
)

// rational returns the value of a point.
func rational(x Interval) Value {
	v, ok := settle(x, false)
	if !ok {
		panic("exact: a rational number was not computed exactly")
	}
	return v
}

// converge returns the value that f encloses. With transcendental = true the number is known to be no binary fraction, so
// it lies strictly between the ends of the enclosure: an end may then itself be halfway between two float64.
func converge(transcendental bool, f func(prec uint) Interval) Value {
	for prec := uint(firstBits); prec < 1<<20; prec *= 2 {
		if v, ok := settle(f(prec), transcendental); ok {
			return v
		}
	}
	panic("exact: no precision decides; the number must be rational")
}

// Settle returns the value of the number in x, if all of x rounds to one float64 and x is narrow enough for Err to be at
// most 2⁻²⁰ ulp.
func Settle(x Interval) (Value, bool) { return settle(x, false) }

// SettleEnds returns the values of the ends of x.
func SettleEnds(x Interval) (lo, hi Value) {
	lo, _ = settle(point(x.lo, x.prec), false)
	hi, _ = settle(point(x.hi, x.prec), false)
	return lo, hi
}

// SettleWide returns the value of the number in x where x holds a tie of two float64, or is wide: Near is one of those next to
// it, Off and Err say how far from it the number may be.
func SettleWide(x Interval) Value {
	near, _ := toFloat(x.lo)
	if math.IsInf(near, 0) || near == 0 {
		near = x.Mid()
	}
	if math.IsInf(near, 0) || math.IsNaN(near) {
		return Value{near, math.Copysign(0x1p60, near), math.Inf(1)}
	}
	off, err := middle(x.Sub(Of(near, 64)).Mul(power(-ulpExp(near), 64)))
	return Value{near, off, err}
}

// SettleBest is Settle where x settles, and SettleWide where it does not.
func SettleBest(x Interval) Value {
	if v, ok := settle(x, false); ok {
		return v
	}
	return SettleWide(x)
}

// settle returns the value of the number in the enclosure x, if all of x rounds to one float64 and x is narrow enough.
func settle(x Interval, open bool) (Value, bool) {
	if x.IsInfinite() {
		near := math.Inf(x.lo.Sign())
		return Value{near, near, 0}, true
	}
	lo, hi := nearest(x.lo, 0), 0.0
	if open {
		lo, hi = nearest(x.lo, +1), nearest(x.hi, -1)
	} else if x.IsPoint() {
		hi = lo
	} else {
		hi = nearest(x.hi, 0)
	}
	if math.Float64bits(lo) != math.Float64bits(hi) {
		return Value{}, false
	}
	near := lo
	e := ulpExp(near)
	from := Of(0, x.prec)
	if math.IsInf(near, 0) {
		if x.lo.IsInf() || x.hi.IsInf() {
			return Value{near, math.Copysign(0x1p60, near), math.Inf(1)}, true
		}
		from = power(1024, 64).Scale(math.Copysign(1, near))
	} else if near != 0 {
		from = Of(near, 64)
	}
	d := x.Sub(from).Mul(power(-e, 64))
	off, err := middle(d)
	if math.IsInf(off, 0) { // the truth is beyond 2^1995
		return Value{near, math.Copysign(0x1p60, near), math.Inf(1)}, true
	}
	if off == 0 && !(d.IsPoint() && d.lo.Sign() == 0) {
		// An offset too small for float64 must still show on which side the truth lies.
		if d.lo.Sign() >= 0 {
			off = math.SmallestNonzeroFloat64
		} else if d.hi.Sign() <= 0 {
			off = -math.SmallestNonzeroFloat64
		}
		err += math.SmallestNonzeroFloat64
	}
	// 2⁻²⁰ ulp is far more than 128 bits leave unless there was cancellation.
	return Value{near, off, err}, err <= 0x1p-20 || math.IsInf(near, 0)
}

// middle returns a float64 in the middle of d and a bound on its distance from any number of d.
func middle(d Interval) (mid, radius float64) {
	if d.IsPoint() {
		m, acc := toFloat(d.lo)
		if acc == big.Exact {
			return m + 0, 0
		}
		mid = m
	} else {
		mid = d.Mid()
	}
	for _, end := range []*big.Float{d.lo, d.hi} {
		r, _ := toFloat(new(big.Float).Abs(addEnd(end, big.NewFloat(-mid), 64, up)))
		if end == d.lo {
			r, _ = toFloat(new(big.Float).Abs(addEnd(end, big.NewFloat(-mid), 64, down)))
		}
		radius = math.Max(radius, math.Nextafter(r, math.Inf(1)))
	}
	return mid, radius
}

// nearest returns the float64 nearest to x, ties to even. With side = ±1 it returns the float64 nearest to the numbers
// immediately above or below x, which are not ties, and −0 for those immediately below 0.
func nearest(x *big.Float, side int) float64 {
	if x.Sign() == 0 {
		if side < 0 {
			return math.Copysign(0, -1)
		}
		return 0
	}
	if e := x.MantExp(nil); side != 0 && !x.IsInf() && e > -1<<16 {
		// x and every midpoint of two float64 near it are multiples of half the last bit of a number of that precision, so a
		// step below that crosses nothing.
		prec := max(x.Prec(), 64) + 64
		step := new(big.Float).SetMantExp(big.NewFloat(float64(side)), e-int(prec)+4)
		x = new(big.Float).SetPrec(prec).Add(x, step)
	}
	f, _ := toFloat(x)
	return f
}
