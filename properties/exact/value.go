package exact

import (
	"math"
	"math/big"
)

// Value is a real number and what float64 can say of it: the nearest float64, and by how much that is off.
//
//	true = Near + Off·ulp(Near), known to ±Err·ulp(Near)
//
// ulp(x) is the distance between the float64 in the binade of x, at least 2⁻¹⁰⁷⁴. Special cases are:
//
//   - Near is ±Inf for a number that rounds to it (from 2¹⁰²⁴ − 2⁹⁷⁰ on). Off and Err then count ulps of 2⁹⁷¹ from
//     ±2¹⁰²⁴, and Err is +Inf where only the overflow is known.
//   - Near and Off are ±Inf for a true infinity.
//   - Near is NaN where there is no value: the number is undefined.
//   - Near is −0 for a negative number that rounds to 0; a true zero is +0.
type Value struct {
	Near, Off, Err float64
}

const topUlp = 971 // exponent of the ulp of the largest float64

// ulpExp returns the exponent of the ulp of the binade of x: of topUlp for ±Inf.
func ulpExp(x float64) int {
	if math.IsInf(x, 0) {
		return topUlp
	}
	if math.Abs(x) < 0x1p-1021 {
		return -1074
	}
	return math.Ilogb(x) - 52
}

// ldexp is math.Ldexp, x·2^k rounded once, where 2^k is a normal number by one product.
func ldexp(x float64, k int) float64 {
	if k < -1022 || k > 1023 {
		return math.Ldexp(x, k)
	}
	return x * math.Float64frombits(uint64(k+1023)<<52)
}

// trueUlpExp returns the exponent of the ulp of the binade of the true value, which is half that of Near where Near is a
// power of two and the truth lies on the side of 0.
func (v Value) trueUlpExp() int {
	e := ulpExp(v.Near)
	if f, _ := math.Frexp(v.Near); math.Abs(f) == 0.5 && v.Off*f < 0 && e > -1074 {
		e--
	}
	return e
}

// Defined reports whether there is a value: whether Near is not NaN.
func (v Value) Defined() bool { return !math.IsNaN(v.Near) }

// Ulps returns |got − true| in ulps of the true value, rounded up, so that an error is never understated. It is
//
//   - 0 where got is the infinity, the overflow or the NaN that the truth is,
//   - +Inf where only one of got and the truth is undefined or infinite (a finite got for a truth that overflows has the
//     distance from that truth).
//
// It is never NaN.
func (v Value) Ulps(got float64) float64 {
	switch {
	case math.IsNaN(got) || !v.Defined():
		if math.IsNaN(got) && !v.Defined() {
			return 0
		}
		return math.Inf(1)
	case math.IsInf(got, 0) || math.IsInf(v.Off, 0):
		if got == v.Near {
			return 0
		}
		return math.Inf(1)
	case got == v.Near && v.Off == 0 && v.Err == 0:
		return 0
	case got == v.Near && math.Float64bits(got)<<12 != 0: // no power of two, and so of the binade of the true value
		return math.Min((math.Abs(v.Off)+v.Err)*(1+0x1p-50), 0.5)
	}
	e := ulpExp(v.Near)
	near := ldexp(v.Near, -e) // a whole number below 2^53, exactly
	if math.IsInf(v.Near, 0) {
		near = math.Copysign(0x1p53, v.Near)
	}
	d := math.Abs(ldexp(got, -e)-near-v.Off) + v.Err
	d *= 1 + 0x1p-50 // the scaling, two subtractions and the addition each round once, to 2⁻⁵³
	d = ldexp(d, e-v.trueUlpExp())
	if got == v.Near {
		d = math.Min(d, 0.5) // Near is correctly rounded
	}
	if d == 0 && (got != v.Near || v.Off != 0) {
		d = math.SmallestNonzeroFloat64
	}
	return d
}

// Enclosure returns an interval that contains the true value: the whole line where there is none.
func (v Value) Enclosure() Interval {
	const prec = 192
	switch {
	case !v.Defined():
		return line(prec)
	case math.IsInf(v.Off, 0):
		return Of(v.Near, prec)
	}
	near := Of(v.Near, prec)
	if math.IsInf(v.Near, 0) {
		near = point(new(big.Float).SetPrec(prec).SetMantExp(big.NewFloat(math.Copysign(1, v.Near)), 1024), prec)
		if math.IsInf(v.Err, 0) {
			beyond := near.Sub(point(new(big.Float).SetPrec(prec).SetMantExp(big.NewFloat(math.Copysign(1, v.Near)), 970), prec))
			return beyond.Hull(Of(v.Near, prec))
		}
	}
	off := Of(v.Off, prec)
	if v.Err != 0 {
		r := Of(v.Err, prec)
		off = off.Sub(r).Hull(off.Add(r))
	}
	return near.Add(off.Mul(power(ulpExp(v.Near), prec)))
}

// Times returns v·s, undefined where v is or s is unbounded; 0 times an infinity is undefined, too.
func (v Value) Times(s Interval) Value {
	switch {
	case !v.Defined() || s.IsUnbounded():
		return undefined
	case v == Value{} || s.lo == s.hi && s.lo.Cmp(big.NewFloat(1)) == 0:
		return v
	case math.IsInf(v.Err, 0) && s.lo.Cmp(big.NewFloat(0x1p-900)) > 0: // v is beyond 2^1995
		return v
	}
	x := v.Enclosure().Mul(s)
	if x.IsUnbounded() && math.IsInf(v.Off, 0) {
		return undefined
	}
	return SettleBest(x)
}

// power returns the point 2^e.
func power(e int, prec uint) Interval {
	return point(new(big.Float).SetPrec(prec).SetMantExp(big.NewFloat(1), e), prec)
}
