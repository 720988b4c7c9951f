package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// cells is how many powers of 2 the table has between 1 and 2.
const cells = 512

// roots[j] is 2^(j/512) to 2⁻¹⁰¹ of it: j(ln 2)/512 < 0.7 comes with some 7u², its exponential
// with 2⁻¹⁰² and 2⁻¹⁰⁴ (see twofold.Number.Exp). All are in [1, 2).
var roots = func() (t [cells]struct{ hi, lo float64 }) {
	step := twofold.Number{Hi: 0x1.62e42fefa39efp+00, Lo: 0x1.abc9e3b39803fp-55, Scale: -1 - 9}
	for j := range t {
		root := twofold.Of(float64(j)).Mul(step).Exp()
		t[j].hi, t[j].lo = root.Hi, root.Lo
	}
	return t
}()

// exponential returns e^−(z + ζ) as (w + ω)·2^e, for 0 ≤ z ≤ 768 and |ζ| ≤ 2⁻⁵¹·⁹⁹z, with
// 0.999 < w < 2, |ω| ≤ 2⁻⁴²w and a relative error below 2⁻⁸³·¹:
//
//	e^−(z+ζ) = 2^e · 2^(j/512) · e^r · e^ρ,    −z = (512e + j)(ln 2)/512 + r, |r| ≤ (ln 2)/1024
//
// Reduction. k = 512e + j is z·512/ln 2 rounded to the integers by adding 1.5·2⁵², where they
// lie 1 apart, with a minus; |k| < 2¹⁹·². The factor is off by u of it, so that k may be beyond
// the middle by 2⁻³³: |r| < 2⁻¹⁰·⁵². (ln 2)/512 is c1 + c2, c1 a multiple of 2⁻⁶² and c2 < 2⁻⁶⁴.
//
//	r = −z − k·c1   without error: it is −z for k = 0; else z > 2⁻¹¹ is a multiple of 2⁻⁶³, and
//	                so is r, of less than 2⁻¹⁰·⁵/2⁻⁶³ < 2⁵³ units
//	ρ = −ζ − k·c2   below 2⁻⁴²·⁴ + 2⁻⁴⁵·⁰ < 2⁻⁴²·¹; rounded at that, and c2 has an error of u of
//	                it: off by less than 2⁻⁹⁵
//
// Polynomial. e^r − 1 = r + r²/2 + r³P, P = 1/6 + r/24 + r²/120 + r³/720. As r² = q + c exactly,
// h + l₀ = r + q/2 too, and l = l₀ + (r³P + c/2), relative to 1:
//
//	2⁻⁸⁵·⁹    left out, r⁷/5040
//	2⁻⁸⁴·⁸    5u of r³P < 2⁻³⁴·¹: qr (2u), P (2u, most of it 1/6 and the last step), the sum (u)
//	2⁻⁸⁷·¹    l₀ + …, rounded at 2⁻³⁴·¹
//
// Product. 2^(j/512) = t.hi + t.lo, |t.lo| ≤ u·t.hi. t.hi·h = v + an error, exactly; ν has that,
// t.hi·l and t.lo(1 + h), but not t.lo·l < 2⁻⁸⁷·¹: rounded at 2⁻³⁴·¹, twice, 2⁻⁸⁶·¹. v + ν = a +
// α, or where |v| < |ν| ≤ 2⁻⁵² nearly so, to 2⁻¹⁰⁵; t.hi + a = w + (t.hi − w) + a. What is left
// of both is below 1.1u, and rounds at that. Its error is that of ω.
//
// Tail. e^ρ = 1 + ρ leaves ρ²/2 < 2⁻⁸⁵·². ρ times w, which is within 2u of 2^(j/512)e^r, is off
// by 2⁻⁹⁴; ω is rounded at 2⁻⁴²·¹, 2⁻⁹⁵.
//
// In units of 2⁻⁸⁷·¹ of t.hi: 2.3 + 5 + 1 + 1 + 2 + 3.8 + 0.1 = 15.2 < 2³·⁹³, that is 2⁻⁸³·¹⁷, and
// e^r > 0.999.
func exponential(z, ζ float64) (w, ω float64, e int) {
	const (
		magic = 0x1.8p52
		c1    = 0x1.62e42fefa39efp-10
		c2    = 0x1.abc9e3b39803fp-65
	)
	m := math.FMA(z, -cells/math.Ln2, magic)
	k := m - magic
	r, ρ := math.FMA(k, -c1, -z), math.FMA(k, -c2, -ζ)

	q := float64(r * r)
	c := math.FMA(r, r, -q)
	P := math.FMA(r, math.FMA(r, math.FMA(r, 1./720, 1./120), 1./24), 1./6)
	h := r + q/2
	l := ((r - h) + q/2) + math.FMA(float64(q*r), P, c/2)

	n := int(int64(math.Float64bits(m)<<13) >> 13) // k: the last 51 bits of 2⁵¹ + k
	t := &roots[n&(cells-1)]
	v := float64(t.hi * h)
	ν := math.FMA(t.hi, h, -v) + math.FMA(t.hi, l, math.FMA(t.lo, h, t.lo))
	a := v + ν
	α := (v - a) + ν
	w = t.hi + a
	return w, math.FMA(w, ρ, ((t.hi-w)+a)+α), n >> 9
}
