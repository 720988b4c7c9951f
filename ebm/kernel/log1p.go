package kernel

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// log1p returns ln(1 + s) as hi + lo, |lo| ≤ u·hi, and what it is off by at most, with the error
// of s, of 2⁻⁸²·⁸ and leftOut; s comes as a pair (s, σ), and so does 1 + s as (total, τ), to 3u². err is +Inf where
// math.Log1p is further off than 2⁻⁴⁵.
//
// Below s = 2⁻¹³ it is s − s²/2 + t, t = s³(1/3 − s/4 + s²/5 − s³/6). With (s + σ)² = q + c + 2sσ,
// where q + c = s² exactly, relative to s:
//
//	2⁻⁷⁸·³    5u of s²/3 < 2⁻²⁷·⁵: qs (2u), the bracket (2u), its product (u)
//	2⁻⁷⁹·⁵    t added, and lo, at 2⁻²⁷·⁵
//	2⁻⁷⁹      s²σ/s, left out
//	2⁻⁸⁰·⁸    s⁶/7, left out
//
// and smaller ones: less than 2⁻⁷⁷ of s, 2⁻⁷⁶ of ln(1 + s) with the error of s itself.
//
// From there on, with y = math.Log1p(s) and E = e^−y,
//
//	ln(1 + s) = y + ln(1 + d + l),    d + l = (1 + s)E − 1
//
// E is good to 2⁻⁸³·¹, and (1 + s)E, which is next to 1, to 10u² more; d = h − 1 has no error
// (Sterbenz). With |d| ≤ 2⁻⁴⁵, d + l leaves d²/2 < 2⁻⁹¹ and dl < 2⁻⁹⁷. With the error of s,
// s/(1 + s) of 2⁻⁸²·⁸, less than 2⁻⁸¹, whatever s is.
func log1p(s, σ, total, τ float64) (hi, lo, err float64) {
	if s < 0x1p-13 {
		q := float64(s * s)
		c := math.FMA(s, s, -q)
		t := float64(float64(q*s) * (1./3 - float64(s*(1./4-float64(s*(1./5-float64(s*(1./6))))))))
		hi, lo = twofold.FastTwoSum(s, -q/2)
		hi, lo = twofold.FastTwoSum(hi, lo+(σ-float64(s*σ)-c/2+t))
		return hi, lo, float64(hi*0x1p-76) + leftOut
	}
	y := math.Log1p(s)
	w, ω, e := exponential(y, 0)
	w, ω = twofold.FastTwoSum(w, ω)
	h, l := twofold.MulPair(total, τ, float64(w*power(e)), float64(ω*power(e)))
	d := h - 1
	if !(math.Abs(d) <= 0x1p-45) {
		return y, 0, math.Inf(1)
	}
	hi, lo = twofold.FastTwoSum(y, d)
	hi, lo = twofold.FastTwoSum(hi, lo+l)
	return hi, lo, 0x1p-81
}
