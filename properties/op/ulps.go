package op

import (
	"math"

	"ebmcheck/properties/exact"
)

// Ulp is the distance of the format's numbers in the binade of x, and for x
// past the largest that of the last binade.
func (p Precision) Ulp(x float64) float64 { return p.spacing(exponent(x)) }

// spacing is the distance of the format's numbers from 2^e to 2^(e+1).
func (p Precision) spacing(e int) float64 {
	f := &Formats[p]
	return power2(min(max(e, f.min), f.Max-1) - f.bits + 1)
}

// power2 is 2^e, from the smallest float64 to the largest power of 2: Ldexp takes its time.
func power2(e int) float64 {
	if e < -1022 {
		return math.Float64frombits(1 << (e + 1074))
	}
	return math.Float64frombits(uint64(e+1023) << 52)
}

// exponent is that of x: 2^e ≤ |x| < 2^(e+1). That of 0 is below any other.
func exponent(x float64) int {
	if x == 0 {
		return math.MinInt32
	}
	return math.Ilogb(x)
}

// TrueUlp is the ulp of a true value: half of its nearest float64's where that
// is a power of two and the truth lies on the side of 0.
func (p Precision) TrueUlp(v exact.Value) float64 {
	e := exponent(v.Near)
	if f, _ := math.Frexp(v.Near); math.Abs(f) == 0.5 && v.Off*f < 0 {
		e--
	}
	return p.spacing(e)
}

// ulps returns |got − true| in ulps of the true value, as exact.Value.Ulps
// does: at most ½ for the number nearest to it, 0 for an infinity where the
// truth overflows, +Inf where only one of the two is a number.
func (p Precision) ulps(v exact.Value, got float64) float64 {
	d := v.Ulps(got)
	if p == Float64 || d == 0 || math.IsNaN(got) {
		return d
	}
	near := p.Nearest(v)
	switch {
	case got == near && math.IsInf(near, 0):
		return 0
	case got == near:
		return min(d*(Float64.TrueUlp(v)/p.TrueUlp(v)), 0.5)
	}
	return d * (Float64.TrueUlp(v) / p.TrueUlp(v)) // both are powers of two
}

// Off is how far got lies outside want, in ulps of p: 0 inside a
// subdifferential. An undefined truth is met by anything but a finite number.
func (p Precision) Off(got float64, want exact.Range) float64 {
	lo, hi := want.Lo.Near, want.Hi.Near
	switch {
	case math.IsNaN(lo) || math.IsNaN(hi):
		if math.IsNaN(got) || math.IsInf(got, 0) {
			return 0
		}
		return math.Inf(1)
	case lo <= got && got <= hi && lo < hi:
		return 0
	case got > hi:
		return p.ulps(want.Hi, got)
	default:
		return p.ulps(want.Lo, got)
	}
}

// What is true, as a judge of replies sees it.
type (
	Truth = exact.Truth
	Range = exact.Range // a component of a subdifferential
	Value = exact.Value // a real number, and its nearest float64
)
