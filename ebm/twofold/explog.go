package twofold

import "math"

// Exp returns e^t; 0 and +Inf from |t| = 2³¹ on, where nothing that a float64
// times it or divided by it could bring back is left.
//
// With k = ⌊32t/ln 2⌉ and r = t − k·(ln 2)/32, |r| ≤ (ln 2)/64 < 2⁻⁶·⁵,
//
//	e^t = 2^(k/32) · e^r
//
// where 2^(k/32) comes from a table good to 2⁻¹⁰⁷ and e^r − 1 from its Taylor
// polynomial of degree 12. Relative errors: the first term left out, r¹³/13!,
// is below 2⁻¹¹⁷; the terms from r⁷ on, evaluated in float64, add less than
// 2⁻⁵⁸ · 2⁻⁵¹; six steps of pairs and the last product add a few u² = 2⁻¹⁰⁶;
// and t itself, known to 2⁻¹⁰⁴, adds |t|·2⁻¹⁰⁴. Together below 2⁻¹⁰² + |t|·2⁻¹⁰⁴:
// within 2⁻⁹⁶ for |t| ≤ 128, and within 2⁻⁹³ for all |t| ≤ 1490, outside of which
// e^t times any float64 rounds to 0 or Inf.
func (t Number) Exp() Number {
	switch {
	case math.IsNaN(t.Hi):
		return t
	case t.Scale > 30 || !t.Finite():
		if t.Hi < 0 {
			return Number{}
		}
		return Number{Hi: math.Inf(1)}
	case t.Scale < -120: // e^t = 1 + t
		return Of(1).Add(t)
	}
	f := power(t.Scale)
	hi, lo := t.Hi*f, t.Lo*f

	// k·(ln 2)/32 as k times a sum of three float64s. The first product is
	// exact as a pair, and Sterbenz makes its difference from hi exact.
	const (
		ln2a = 0x1.62e42fefa39efp-06
		ln2b = 0x1.abc9e3b39803fp-61
		ln2c = 0x1.7b57a079a1934p-116
	)
	k := math.RoundToEven(hi * (1 / ln2a))
	p := float64(k * ln2a)
	q := float64(k * ln2b)
	r, ρ := TwoSum(hi-p, -math.FMA(k, ln2a, -p))
	r, ρ = AddPair(r, ρ, lo, 0)
	r, ρ = AddPair(r, ρ, -q, -math.FMA(k, ln2b, -q)-float64(k*ln2c))

	h, l := expm1Pair(r, ρ)
	n := int(k)
	root := root2[n&31]
	h, l = MulPair(h, l, root.hi, root.lo)
	h, l = AddPair(root.hi, root.lo, h, l)
	return normal(h, l, n>>5)
}

// Expm1 returns e^t − 1, to 2⁻⁹⁶ relative for t < 128: below 2⁻⁷ by the Taylor
// polynomial of Exp, whose error is relative to t.
func (t Number) Expm1() Number {
	switch {
	case t.Scale >= -7: // 0, ±Inf and NaN too
		return t.Exp().Sub(Of(1))
	case t.Scale < -120:
		return t
	}
	f := power(t.Scale)
	h, l := expm1Pair(t.Hi*f, t.Lo*f)
	return normal(h, l, 0)
}

// expm1Pair returns e^(r+ρ) − 1 for |r| ≤ 1/64 by the first twelve terms of its
// series: float64 down to r⁷/7!, pairs below.
func expm1Pair(r, ρ float64) (hi, lo float64) {
	tail := 1. / 479001600 // 1/12!
	for _, c := range [...]float64{1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040} {
		tail = math.FMA(tail, r, c)
	}
	s, σ := MulPair(r, ρ, tail, 0)
	for i := len(inverseFactorial) - 1; i > 0; i-- {
		s, σ = AddPair(s, σ, inverseFactorial[i].hi, inverseFactorial[i].lo)
		s, σ = MulPair(s, σ, r, ρ)
	}
	return s, σ
}

// Log1p returns ln(1 + t); NaN for t < −1.
//
// For |t| ≤ 1/32 it is 2 artanh(s), s = t/(2 + t), |s| < 2⁻⁵·⁹, by the series
//
//	2s·(1 + s²/3 + s⁴/5 + … + s¹⁸/19)
//
// The first term left out, s²⁰/21, is below 2⁻¹²²; those from s¹⁰/11 on,
// evaluated in float64, add less than 2⁻⁶² · 2⁻⁵¹; five steps of pairs and the
// quotient some 30u²: relative error below 2⁻¹⁰⁰. Otherwise it is Log(1 + t).
func (t Number) Log1p() Number {
	if t.Scale >= -5 { // 0, ±Inf and NaN too
		return Of(1).Add(t).Log()
	}
	s := t.Div(Of(2).Add(t))
	x := s.Mul(s)
	if x.Scale < -110 {
		return s.Add(s)
	}
	f := power(x.Scale)
	z, ζ := x.Hi*f, x.Lo*f
	tail := 1. / 19
	for _, c := range [...]float64{1. / 17, 1. / 15, 1. / 13, 1. / 11} {
		tail = math.FMA(tail, z, c)
	}
	h, l := MulPair(z, ζ, tail, 0)
	for i := len(inverseOdd) - 1; i >= 0; i-- {
		h, l = AddPair(h, l, inverseOdd[i].hi, inverseOdd[i].lo)
		if i > 0 {
			h, l = MulPair(h, l, z, ζ)
		}
	}
	s.Scale++
	return s.Mul(normal(h, l, 0))
}

// Log returns ln t: −Inf for 0, NaN below.
//
// With t = m·2^k, √½ < m ≤ √2, and y = math.Log(m),
//
//	ln t = k ln 2 + y + ln(1 + w),  w = m·e^(−y) − 1
//
// where |w| < 2⁻⁵³, math.Log being within an ulp, so that w leaves less than 2⁻¹⁰⁷
// of ln(1 + w). The absolute error is that and the one of e^(−y), 2⁻¹⁰², and nothing
// smaller than 1/33 is computed so (nearer to t = 1, Log1p of the exact t − 1):
// relative error below 2⁻⁹⁶.
func (t Number) Log() Number {
	switch {
	case t.Hi == 0:
		return Number{Hi: math.Inf(-1)}
	case t.Hi < 0:
		return Number{Hi: math.NaN()}
	case !t.Finite():
		return t
	}
	if d := t.Sub(Of(1)); d.Scale < -5 {
		return d.Log1p()
	}
	m, k := t, t.Scale
	m.Scale = 0
	if m.Hi > math.Sqrt2 {
		m.Scale, k = -1, k+1
	}
	y := math.Log(math.Ldexp(m.Hi, m.Scale))
	ln := Of(y).Add(m.Mul(Of(-y).Exp()).Sub(Of(1)))
	ln2 := Number{0x1.62e42fefa39efp+00, 0x1.abc9e3b39803fp-55, -1}
	return Of(float64(k)).Mul(ln2).Add(ln)
}

// inverseFactorial[i] is 1/i! (the entry at 0 is not used).
var inverseFactorial = [7]pair{
	{1, 0},
	{1, 0},
	{1. / 2, 0},
	{0x1.5555555555555p-03, 0x1.5555555555555p-57},
	{0x1.5555555555555p-05, 0x1.5555555555555p-59},
	{0x1.1111111111111p-07, 0x1.1111111111111p-63},
	{0x1.6c16c16c16c17p-10, -0x1.f49f49f49f49fp-65},
}

// inverseOdd[i] is 1/(2i + 1).
var inverseOdd = [5]pair{
	{1, 0},
	{0x1.5555555555555p-02, 0x1.5555555555555p-56},
	{0x1.999999999999ap-03, -0x1.999999999999ap-57},
	{0x1.2492492492492p-03, 0x1.2492492492492p-57},
	{0x1.c71c71c71c71cp-04, 0x1.c71c71c71c71cp-58},
}

// root2[j] is 2^(j/32).
var root2 = [32]pair{
	{0x1p+00, 0x0p+00},
	{0x1.059b0d3158574p+00, 0x1.d73e2a475b465p-55},
	{0x1.0b5586cf9890fp+00, 0x1.8a62e4adc610bp-54},
	{0x1.11301d0125b51p+00, -0x1.6c51039449b3ap-54},
	{0x1.172b83c7d517bp+00, -0x1.19041b9d78a76p-55},
	{0x1.1d4873168b9aap+00, 0x1.e016e00a2643cp-54},
	{0x1.2387a6e756238p+00, 0x1.9b07eb6c70573p-54},
	{0x1.29e9df51fdee1p+00, 0x1.612e8afad1255p-55},
	{0x1.306fe0a31b715p+00, 0x1.6f46ad23182e4p-55},
	{0x1.371a7373aa9cbp+00, -0x1.63aeabf42eae2p-54},
	{0x1.3dea64c123422p+00, 0x1.ada0911f09ebcp-55},
	{0x1.44e086061892dp+00, 0x1.89b7a04ef80dp-59},
	{0x1.4bfdad5362a27p+00, 0x1.d4397afec42e2p-56},
	{0x1.5342b569d4f82p+00, -0x1.07abe1db13cadp-55},
	{0x1.5ab07dd485429p+00, 0x1.6324c054647adp-54},
	{0x1.6247eb03a5585p+00, -0x1.383c17e40b497p-54},
	{0x1.6a09e667f3bcdp+00, -0x1.bdd3413b26456p-54},
	{0x1.71f75e8ec5f74p+00, -0x1.16e4786887a99p-55},
	{0x1.7a11473eb0187p+00, -0x1.41577ee04992fp-55},
	{0x1.82589994cce13p+00, -0x1.d4c1dd41532d8p-54},
	{0x1.8ace5422aa0dbp+00, 0x1.6e9f156864b27p-54},
	{0x1.93737b0cdc5e5p+00, -0x1.75fc781b57ebcp-57},
	{0x1.9c49182a3f09p+00, 0x1.c7c46b071f2bep-56},
	{0x1.a5503b23e255dp+00, -0x1.d2f6edb8d41e1p-54},
	{0x1.ae89f995ad3adp+00, 0x1.7a1cd345dcc81p-54},
	{0x1.b7f76f2fb5e47p+00, -0x1.5584f7e54ac3bp-56},
	{0x1.c199bdd85529cp+00, 0x1.11065895048ddp-55},
	{0x1.cb720dcef9069p+00, 0x1.503cbd1e949dbp-56},
	{0x1.d5818dcfba487p+00, 0x1.2ed02d75b3707p-55},
	{0x1.dfc97337b9b5fp+00, -0x1.1a5cd4f184b5cp-54},
	{0x1.ea4afa2a490dap+00, -0x1.e9c23179c2893p-54},
	{0x1.f50765b6e454p+00, 0x1.9d3e12dd8a18bp-54},
}
