// Package twofold has real numbers of some 106 bits whose exponent cannot overflow:
// sums and products of float64s, their exponentials and logarithms, to be rounded
// once, at the end.
package twofold

import "math"

// A Number is the unevaluated sum
//
//	(Hi + Lo) · 2^Scale
//
// a real number of some 106 bits (double-double) whose exponent cannot
// overflow. A non-zero finite Number has 1 ≤ |Hi| < 2, with Hi the sum
// rounded to float64; zero, ±Inf and NaN are Hi alone, with Scale 0. The zero
// value is 0.
//
// Probabilities and losses are computed in it and rounded once, by Float64,
// so that neither the rounding of F − F̄ nor that of β(F − F̄), which an
// exponential magnifies, ever happens. With u = 2⁻⁵³ the relative errors are
//
//	Of, Neg      0
//	Add, Sub     3u², and 0 for two float64s within 2²⁰⁰ of each other
//	Mul          5u²
//	Div          10u²
//	Exp, Expm1, Log, Log1p   2⁻⁹⁶, derived beside them
//
// (the first four are Joldes, Muller and Popescu 2017, theorems 3.1, 5.3 and
// 6.1). All operations are +, −, ×, ÷ and explicit fused multiply-adds: they
// give the same bits on every machine, but for Log, which starts from
// math.Log and corrects it.
type Number struct {
	Hi, Lo float64
	Scale  int
}

// Of returns x itself.
func Of(x float64) Number {
	if exp := int(math.Float64bits(x)>>52) & 0x7ff; 0 < exp && exp < 2046 {
		return Number{x * power(1023-exp), 0, exp - 1023}
	}
	frac, exp := math.Frexp(x) // zero, subnormal, the last binade, not finite
	if frac == 0 || frac-frac != 0 {
		return Number{Hi: x}
	}
	return Number{Hi: 2 * frac, Scale: exp - 1}
}

// Diff returns a − b, which cannot overflow.
func Diff(a, b float64) Number { return Of(a).Sub(Of(b)) }

// Sum returns a + b, which cannot overflow.
func Sum(a, b float64) Number { return Of(a).Add(Of(b)) }

// Prod returns ab exactly; it can neither overflow nor underflow.
func Prod(a, b float64) Number { return Of(a).Mul(Of(b)) }

// Float64 returns t rounded once: to the nearest float64, to ±Inf where that
// overflows, and to the nearest subnormal where it underflows. (A tie that
// only bits beyond Lo could break goes to even.)
func (t Number) Float64() float64 {
	const least = -1074 // the exponent of the smallest subnormal
	switch {
	case t.Scale >= -1022: // Hi is the sum rounded; the power of two is exact
		return math.Ldexp(t.Hi, t.Scale)
	case t.Scale < least-1:
		return math.Copysign(0, t.Hi)
	}
	// Round Hi + Lo to a multiple of the quantum q = 2⁻¹⁰⁷⁴⁻ˢᶜᵃˡᵉ, the size
	// that the least subnormal has beside Hi: adding and taking away 2⁵²q
	// rounds Hi; Lo matters only where that was a tie.
	q := math.Ldexp(1, least-t.Scale)
	big := math.Copysign(0x1p52*q, t.Hi)
	n := (t.Hi + big) - big
	switch left := t.Hi - n; {
	case left == q/2 && t.Lo > 0:
		n += q
	case left == -q/2 && t.Lo < 0:
		n -= q
	}
	if n == 0 {
		return math.Copysign(0, t.Hi)
	}
	return math.Ldexp(n, t.Scale)
}

// Sign returns −1, 0 or +1 as t is negative, zero or positive; 0 for NaN.
func (t Number) Sign() int {
	switch {
	case t.Hi > 0:
		return 1
	case t.Hi < 0:
		return -1
	}
	return 0
}

// Finite says whether t is neither infinite nor NaN.
func (t Number) Finite() bool { return t.Hi-t.Hi == 0 }

// Less reports whether t < v; false if one is NaN.
func (t Number) Less(v Number) bool { return t.Sub(v).Sign() < 0 }

// Neg returns −t, and 0 for 0.
func (t Number) Neg() Number { return Number{0 - t.Hi, 0 - t.Lo, t.Scale} }

// Add returns t + v.
func (t Number) Add(v Number) Number {
	switch {
	case !t.Finite() || !v.Finite():
		return Number{Hi: t.Hi + v.Hi}
	case t.Hi == 0:
		return v
	case v.Hi == 0:
		return t
	}
	if t.Scale < v.Scale {
		t, v = v, t
	}
	down := t.Scale - v.Scale
	if down > 220 { // v is below 2⁻²¹⁸ of t: it shows nowhere
		return t
	}
	f := power(-down)
	hi, lo := AddPair(t.Hi, t.Lo, v.Hi*f, v.Lo*f)
	return normal(hi, lo, t.Scale)
}

// Sub returns t − v.
func (t Number) Sub(v Number) Number { return t.Add(v.Neg()) }

// Mul returns t · v.
func (t Number) Mul(v Number) Number {
	if p := t.Hi * v.Hi; p == 0 || p-p != 0 {
		return Number{Hi: p}
	}
	hi, lo := MulPair(t.Hi, t.Lo, v.Hi, v.Lo)
	return normal(hi, lo, t.Scale+v.Scale)
}

// Div returns t / v.
func (t Number) Div(v Number) Number {
	q := t.Hi / v.Hi
	if q == 0 || q-q != 0 { // also where v is infinite or NaN
		return Number{Hi: q}
	}
	// t − qv is exact in its leading part: one step of long division.
	h, l := MulPair(v.Hi, v.Lo, q, 0)
	rest := (t.Hi - h) + (t.Lo - l)
	hi, lo := FastTwoSum(q, rest/v.Hi)
	return normal(hi, lo, t.Scale-v.Scale)
}

// normal returns (hi + lo)·2^scale with 1 ≤ |Hi| < 2, for hi the rounded sum,
// of moderate exponent.
func normal(hi, lo float64, scale int) Number {
	if hi == 0 {
		return Number{}
	}
	exp := int(math.Float64bits(hi)>>52)&0x7ff - 1023
	f := power(-exp)
	return Number{hi * f, lo * f, scale + exp}
}

// power returns 2^k for −1022 ≤ k ≤ 1023.
func power(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
