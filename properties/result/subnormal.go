package result

import (
	"math"
	"math/big"
)

// strconv takes hundreds of times longer for a subnormal number than for any other, and the
// cases are full of them. Here those are read that a sum of two float64 decides.

// In units of 2^−1074, 10^e is tens[e−leastTen], hi + lo, to u² of it.
const leastTen, mostTen = -342, -308

var tens = func() (t [mostTen - leastTen + 1]struct{ hi, lo float64 }) {
	const prec = 256
	unit := new(big.Float).SetPrec(prec).SetMantExp(big.NewFloat(1), 1074)
	for k := range t {
		ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-leastTen-k)), nil)
		x := new(big.Float).SetPrec(prec).SetInt(ten)
		x.Quo(unit, x)
		t[k].hi, _ = x.Float64()
		t[k].lo, _ = x.Sub(x, big.NewFloat(t[k].hi)).Float64()
	}
	return t
}()

// subnormal returns the float64 nearest to a decimal number of at most 18 digits with an
// exponent, as in 4.9e-324, if it is below 2^−1022 and decided here.
//
// With w its digits, N = w·10^e·2^1074 < 2^52 is to be rounded. w and 10^e are sums of two float64, the
// second terms at most u of the first; four products and their sum are off by less than 8u²·N
// < 2^−51. What is nearer than 2^−40 to the middle of two is left to strconv.
func subnormal(token []byte) (x float64, ok bool) {
	sign := uint64(0)
	if len(token) > 0 && token[0] == '-' {
		sign, token = 1<<63, token[1:]
	}
	w, digits, e, point, i := uint64(0), 0, 0, false, 0
	for ; i < len(token); i++ {
		switch c := token[i]; {
		case '0' <= c && c <= '9':
			w, digits = 10*w+uint64(c-'0'), digits+1
			if point {
				e--
			}
			continue
		case c == '.' && !point:
			point = true
			continue
		}
		break
	}
	exponent := token[i:]
	if digits == 0 || digits > 18 || len(exponent) != 5 || exponent[0]|0x20 != 'e' || exponent[1] != '-' {
		return 0, false
	}
	n := 0
	for _, c := range exponent[2:] {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	if e -= n; e < leastTen || e > mostTen {
		return 0, false
	}
	ten, hi := &tens[e-leastTen], float64(w)
	lo := float64(int64(w - uint64(hi)))
	N := hi * ten.hi
	rest := math.FMA(hi, ten.hi, -N) + math.FMA(hi, ten.lo, lo*ten.hi)
	if !(N < 0x1p52-1) {
		return 0, false
	}
	near := math.RoundToEven(N)
	off := (N - near) + rest
	if math.Abs(off) > 0.5 {
		near, off = near+math.Copysign(1, off), off-math.Copysign(1, off)
	}
	return math.Float64frombits(sign | uint64(near)), math.Abs(off) < 0.5-0x1p-40
}
