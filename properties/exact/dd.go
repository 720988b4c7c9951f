package exact

import "math"

// A double-double is the unevaluated sum of two float64, |lo| ≤ ulp(hi)/2: about 106 bits. u = 2⁻⁵³.
//
// The sums and products are those of Joldes, Muller and Popescu, "Tight and rigorous error bounds for basic building
// blocks of double-word arithmetic", ACM TOMS 44(2), 2017 (proofs checked formally by Muller and Rideau, 2022), with the
// relative error bounds they prove for them, which hold where nothing overflows or underflows. The callers in fast.go
// keep every operand within 2^±1000; an operation on parts that underflow all the same is off by at most 2⁻¹⁰⁷⁴
// absolutely, which is nothing beside a result of at least 2⁻⁷⁰⁰.
//
// All products go through math.FMA or are sums of one operation a statement, so that a compiler which fuses x*y + z
// gives the same numbers.
type dd struct{ hi, lo float64 }

// twoSum returns a + b without error (Knuth).
func twoSum(a, b float64) dd {
	s := a + b
	t := s - a
	return dd{s, (a - (s - t)) + (b - t)}
}

// fastTwoSum returns a + b without error if |a| ≥ |b| or a = 0 (Dekker).
func fastTwoSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

// twoProd returns a·b without error.
func twoProd(a, b float64) dd {
	p := float64(a * b)
	return dd{p, math.FMA(a, b, -p)}
}

// plus returns x + y to 3u² + 13u³ (their algorithm 6, AccurateDWPlusDW).
func (x dd) plus(y dd) dd {
	s, t := twoSum(x.hi, y.hi), twoSum(x.lo, y.lo)
	v := fastTwoSum(s.hi, s.lo+t.hi)
	return fastTwoSum(v.hi, t.lo+v.lo)
}

// plus1 returns x + y to 2u² (algorithm 4, DWPlusFP), whatever cancels.
func (x dd) plus1(y float64) dd {
	s := twoSum(x.hi, y)
	return fastTwoSum(s.hi, x.lo+s.lo)
}

// times returns x·y to 4u² (algorithm 12, DWTimesDW3).
func (x dd) times(y dd) dd {
	c := twoProd(x.hi, y.hi)
	t := math.FMA(x.lo, y.hi, math.FMA(x.hi, y.lo, float64(x.lo*y.lo)))
	return fastTwoSum(c.hi, c.lo+t)
}

// times1 returns x·y to 2u² (algorithm 9, DWTimesFP3).
func (x dd) times1(y float64) dd {
	c := twoProd(x.hi, y)
	return fastTwoSum(c.hi, math.FMA(x.lo, y, c.lo))
}

// scaled returns x·y to 2u², and to 2^−1073 where that underflows, for any y: an infinity or NaN where it overflows.
func (x dd) scaled(y float64) dd {
	if isModerate(y) && math.Abs(x.hi) <= 0x1p700 {
		return x.times1(y)
	}
	b, e := math.Frexp(y)
	up := 0
	if math.Abs(x.hi) < 1 {
		up = 500 // beyond the parts of the product that could underflow
	}
	return x.scale(twoTo(up)).times1(b).ldexp(e - up)
}

// over returns x/y to 15u².
//
// t = RN(x.hi/y.hi) is x/y to 3.1u, so ρ = x − y·t is at most 3.1u·|x|. r = y·t is good to 2u²; x.hi − r.hi is exact
// (Sterbenz), x.lo − r.lo (at most 2.1u·|x|) costs 2.1u², and adding the two (3.2u·|x|) 3.2u²: ρ is known to 7.3u²·|x|.
// Dividing it by y.hi for y and rounding costs 2.1u of it, 6.5u² of x/y. Together less than 14u².
func (x dd) over(y dd) dd {
	t := x.hi / y.hi
	r := y.times1(t)
	rho := (x.hi - r.hi) + (x.lo - r.lo)
	return fastTwoSum(t, rho/y.hi)
}

func (x dd) neg() dd            { return dd{-x.hi, -x.lo} }
func (x dd) half() dd           { return dd{x.hi / 2, x.lo / 2} }
func (x dd) scale(p float64) dd { return dd{x.hi * p, x.lo * p} } // p a power of two
func (x dd) ldexp(e int) dd     { return dd{ldexp(x.hi, e), ldexp(x.lo, e)} }

func nearestDD(x Interval) (d dd) {
	d.hi = x.Mid()
	d.lo = x.Sub(Of(d.hi, 64)).Mid()
	return d
}

// The exponential: e^z = 2^q · 2^(i/64) · 2^(j/4096) · e^r with k = 4096q + 64i + j = round(z·4096/ln2).
//
// ln2/4096 = c1 + c2 + c3, c1 a multiple of 2⁻⁴² and c2 of 2⁻⁷², so that their products with |k| < 2²³ have at most 53
// bits and are exact; |c3| ≤ 2⁻⁷³.
var (
	coarse, fine [64]dd // 2^(i/64), 2^(j/4096): two roundings each, u²
	c1, c2, c3   float64
)

func init() {
	const prec = 192
	step := Of(2, prec).Log().Mul(power(-12, prec))
	for i := range 64 {
		fine[i] = nearestDD(step.Scale(float64(i)).Exp())
		coarse[i] = nearestDD(step.Scale(float64(64 * i)).Exp())
	}
	c1 = math.Ldexp(math.RoundToEven(math.Ldexp(step.Mid(), 42)), -42)
	rest := step.Sub(Of(c1, prec))
	c2 = math.Ldexp(math.RoundToEven(math.Ldexp(rest.Mid(), 72)), -72)
	c3 = rest.Sub(Of(c2, prec)).Mid()
}

const (
	expScale = 900                   // weights are scaled by 2^900, so that none underflows
	expMost  = 1100                  // the largest argument of expDD, of either sign: 2^±1587
	expError = 0x1p-92               // the relative error of expDD
	perRad   = 0x1.71547652b82fep+12 // 4096/ln2
)

// expDD returns m and q with e^z = m·2^q for |z| ≤ 1100, m from 0.999 to 2.03 with a relative error of at most 2⁻⁹².
//
// The reduced argument. |k| < 1100·4096/ln2 + 1 < 2²³, so k·c1 and k·c2 are exact. So is a: if k ≠ 0, |z.hi| > 2⁻¹³·⁶, so
// z.hi is a multiple of 2⁻⁶⁶, as k·c1 is, and |a| < 2⁻¹³·⁵ + k·2⁻⁴³ < 2⁻¹³ (the rounding of z·4096/ln2 moves k by less than
// 2⁻²⁸ beyond a half). The next difference is exact as a pair, b.lo ≤ 2⁻⁶⁶. zl ≤ u·|z| < 2⁻⁴²·⁸; adding b.lo to it, and then
// −k·c3 (at most 2⁻⁵⁰), rounds twice, 2⁻⁹⁵·⁸ each; k·c3 is off by 2⁻¹⁰³ for its rounding and 2⁻¹⁰³ for that of c3. So r is good
// to 2·2⁻⁹⁵·⁸ + 2⁻¹⁰² < 2⁻⁹⁴·⁷, |r| < 2⁻¹³·⁵, and after the last twoSum rl ≤ 2⁻⁶⁶·⁵.
//
// The polynomial. e^r − 1 = rh + rh²/2 + [rl + rh·rl + p] + R, p = rh³/6 + … + rh⁶/720 in float64. |p| < 2⁻⁴³·⁰⁷ comes with
// less than 4.7u (s, rh·s, the product: u each; the bracket: 1.6u) = 2⁻⁹³·⁸. R: rh²·rl/2 < 2⁻⁹⁴·⁵, rl²/2 < 2⁻¹³³,
// r⁷/5040 < 2⁻¹⁰⁶. rh² is exact as a pair. The additions that meet p round at 2⁻⁴³·⁰⁶: twice 2⁻⁹⁶, others below 2⁻¹¹⁸. In
// both fast sums the first term is rh but for a part of 2⁻¹⁴, and so the larger.
// In units of 2⁻⁹⁶: 2.5 (r) + 4.6 + 2.9 + 2 = 12 < 2³·⁵⁹: e^r − 1 is off by less than 2⁻⁹²·⁴ absolutely, and e^r > 0.9999
// by less than 2⁻⁹²·³⁹ relatively.
//
// The product T = 2^(i/64)·2^(j/4096), from 1 to 2.02, is left unnormalized. The tables: u² each. Th + Tl is off by what
// the terms of Tl round, 2⁻¹⁰⁵ + 2⁻¹⁰⁴·⁴ + 2⁻¹⁰³·⁷, and the product of low parts, 2⁻¹⁰⁶: with the tables by less than 2⁻¹⁰²;
// |Tl| < 2⁻⁵⁰·⁶. In T + T·m, Th·mh is exact as a pair, Tl·ml < 2⁻¹¹⁷ is left out, and the low terms add up to less than 2⁻⁵⁰:
// they round to 2⁻¹⁰³ twice, and below 2⁻¹¹⁵ before. Together less than 2⁻¹⁰¹ of e^z/2^q > 0.999, and with e^r less than 2⁻⁹².
func expDD(z dd) (m dd, q int) {
	k := math.RoundToEven(z.hi * perRad)
	a := z.hi - float64(k*c1)
	b := twoSum(a, -float64(k*c2))
	r := twoSum(b.hi, (z.lo+b.lo)-float64(k*c3))

	s := twoProd(r.hi, r.hi)
	p := float64(r.hi*s.hi) * math.FMA(r.hi, math.FMA(r.hi, math.FMA(r.hi, 1.0/720, 1.0/120), 1.0/24), 1.0/6)
	m = fastTwoSum(r.hi, s.hi/2)
	t := math.FMA(r.hi, r.lo, s.lo/2) + r.lo
	m = fastTwoSum(m.hi, m.lo+(t+float64(p)))

	n := int(k)
	C, D := &coarse[n>>6&63], &fine[n&63]
	T := twoProd(C.hi, D.hi)
	T.lo += math.FMA(C.lo, D.hi, float64(C.hi*D.lo))
	e := twoProd(T.hi, m.hi)
	e.lo = T.lo + math.FMA(T.hi, m.lo, math.FMA(T.lo, m.hi, e.lo))
	S := fastTwoSum(T.hi, e.hi)
	return fastTwoSum(S.hi, S.lo+e.lo), n >> 12
}

// twoTo returns 2^q, for −1022 ≤ q ≤ 1023.
func twoTo(q int) float64 { return math.Float64frombits(uint64(q+1023) << 52) }

// log1pDD returns ln(1 + s) for s ≥ 0, s = S·2^e, as L·2^e with the same e, and a bound on its relative error: +Inf where
// the first approximation turns out bad. An error of s passes to ln(1 + s) no larger, relatively.
//
// Below s = 2⁻¹⁵, L = S·c with c = 1 − s/2 + [s²/3 − s³/4 + s⁴/5 − s⁵/6]: the bracket, at most 2⁻³¹·⁵, is computed in float64
// from s.hi (relatively off by u) with less than 6u, 2⁻⁸¹·⁹; the next term is below 2⁻⁹²; 1 − s/2 and the sum add 5u², the
// product 4u². Together less than 2⁻⁸¹.
//
// Above, with y = log1p(s.hi) in float64 and E = e^−y, δ = (1 + s)·E − 1 and ln(1 + s) = y + ln(1 + δ). E is good to 2⁻⁹², 1 + s
// to 2u², the product to 4u²: δ is off by less than 2⁻⁹¹·⁹ (its own value is tiny, found without error but for the sum of
// two parts, u·δ ≤ 2⁻⁹⁸). With |δ| ≤ 2⁻⁴⁵ checked, ln(1 + δ) = δ − δ²/2 to 2⁻¹³⁶, off by 2⁻⁹⁸ for the roundings. The sum adds 2u²
// relatively: 2⁻⁹¹·⁷/ln(1 + s) with those, as ln(1 + s) > 2⁻¹⁵·⁰¹ and below 2⁶ for any sum here.
func log1pDD(S dd, e int) (L dd, err float64) {
	s := S.ldexp(e)
	if s.hi < 0x1p-15 {
		x := s.hi
		t := float64(float64(x*x) * (1.0/3 - float64(x*(1.0/4-float64(x*(1.0/5-float64(x*(1.0/6))))))))
		c := s.half().neg().plus1(1).plus1(t)
		return S.times(c), 0x1p-81
	}
	y := math.Log1p(s.hi)
	E, q := expDD(dd{-y, 0})
	P := s.plus1(1).times(E.scale(twoTo(q)))
	d := fastTwoSum(P.hi-1, P.lo)
	if !(math.Abs(d.hi) <= 0x1p-45) {
		return dd{}, math.Inf(1)
	}
	l := fastTwoSum(d.hi, d.lo-float64(d.hi*d.hi)/2)
	return l.plus1(y).ldexp(-e), 0x1.4p-92 / y * (1 + 0x1p-20)
}
