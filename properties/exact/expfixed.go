package exact

import "math/big"

// The exponential in fixed point. With R = x − k·ln2 in [0, ln2] and 32 bits of R in four digits to the base 256,
//
//	e^x = 2^k·e^(d_1/2⁸)·e^(d_2/2¹⁶)·e^(d_3/2²⁴)·e^(d_4/2³²)·e^r, 0 ≤ r < 2⁻³²:
//
// the first four are read from tables, and e^r = (e^(r/2^s))^(2^s) by Taylor's series.

const (
	digitBits = 8
	digits    = 4
)

// expTables has, at digit i − 1, e^(d/2^8i) for d = 0 … 255, truncated to w bits: a unit, with 2^−40 of one for what it is made
// with.
var expTables = constant[[digits][1 << digitBits]*big.Int]{find: func(w uint) *[digits][1 << digitBits]*big.Int {
	// The powers of b = e^(2^−8i) are taken with 64 more bits. The series of b is off by a unit for each of its terms and one for
	// what follows, that is by less than w, so the power d by less than 255·(w + 1) relatively: below 2^24 as w < 2¹⁵ of all that
	// is kept, and below 2^40 of 2^64 as long as w < 2³¹.
	tables, W := new([digits][1 << digitBits]*big.Int), w+word
	for i := range tables {
		b := new(big.Int)
		for j, term := int64(1), new(big.Int).Lsh(big.NewInt(1), W); term.Sign() != 0; j++ {
			b.Add(b, term)
			term.Quo(term, big.NewInt(j))
			term.Rsh(term, digitBits*uint(i+1))
		}
		power := new(big.Int).Lsh(big.NewInt(1), W)
		for d := range tables[i] {
			tables[i][d] = new(big.Int).Rsh(power, word)
			power.Mul(power, b)
			power.Rsh(power, W)
		}
	}
	return tables
}}

// taylor holds what expFixed needs at one precision: s, and 1/j! for j = 0 … N, truncated, so each is off by less than a unit.
type taylor struct {
	s       uint
	inverse []*big.Int
}

var taylors = constant[taylor]{find: func(w uint) *taylor {
	// The sum of N terms and s squarings is cheapest near √w·0.7 bits gone from r, those of the digits included (measured).
	t, gone := &taylor{}, uint(digits*digitBits)
	for gone*gone < w/2 {
		gone++
		t.s++
	}
	one := new(big.Int).Lsh(big.NewInt(1), w)
	t.inverse = append(t.inverse, one)
	// With r/2^s < 2^−gone, what follows the term N is below (r/2^s)^(N+1)/(N+1)!·(1 + 2^−gone) < 2·2^(−gone·(N+1))·(1/(N+1)!):
	// at most a unit once 1/(N+1)! < 2^(gone·(N+1)−1) units.
	for j := int64(1); ; j++ {
		next := new(big.Int).Quo(t.inverse[j-1], big.NewInt(j))
		if next.BitLen() < int(gone)*int(j)-1 {
			return t
		}
		t.inverse = append(t.inverse, next)
	}
}}

// expFixed returns m, k and a bound err such that e^x lies in (m ± err)·2^(k−w). It needs |x| < 2³¹ and a multiple w of
// 64, and m is between 2^w and 2.1·2^w.
//
// The bound, in units of 2^−w. The reduced argument R = X − k·ln2 is off by 1 (truncation of x) + |k| (ln2 is good to one
// unit): as R is an exponent, that is a relative error of |k| + 2 of e^R, with room for the second order. The digits are taken
// without error. r/2^s is truncated: another unit. Horner's rule has an error of at most e' = r·e + 2 a step (one unit for
// truncating the product, one for the coefficient), so at most 2/(1 − 2^−32) < 3, and the series is cut off within 1: the value
// e^r ≥ 1 is off by less than 1.1 + 3 + 1 < 6, relatively too. A squaring doubles the relative error and adds one unit
// (truncation, relative to a value ≥ 1); second-order terms are below 2^−20 of it. After s of them: 2^s·(6 + 1)·1.01 <
// 2^s·8. Each product with a number of a table adds 1.01 for that number and 1 for the truncation: 8.04 for four, less than 9 with the
// second order. Together 2^s·8 + 9 + |k| + 2 relatively, and as e^R < 2.1, less than 2^s·17 + 2.1·(|k| + 11) absolutely, which is
// less than 2^s·17 + 3·(|k| + 9).
func expFixed(x *big.Float, w uint) (m *big.Int, k int, err uint64) {
	X, L := toFixed(x, w), ln2.at(w)
	xf, _ := toFloat(x)
	k = int(xf * 1.4426950408889634)
	size := w/wordSize + 2 // of a number and some bits
	space := make([]big.Word, 3*size)
	acc, p := new(big.Int).SetBits(space[:0:size]), new(big.Int).SetBits(space[size:size])
	if k != 0 {
		X.Sub(X, p.Mul(L, acc.SetInt64(int64(k))))
	}
	for X.Sign() < 0 {
		X.Add(X, L)
		k--
	}
	for X.Cmp(L) > 0 {
		X.Sub(X, L)
		k++
	}
	top := acc.Rsh(X, w-digits*digitBits).Uint64()
	X.Sub(X, acc.Lsh(acc, w-digits*digitBits))
	t := taylors.at(w)
	X.Rsh(X, t.s)
	acc.Set(t.inverse[len(t.inverse)-1])
	times := func(y *big.Int) {
		p.Mul(acc, y)
		acc.Rsh(p, w)
	}
	for j := len(t.inverse) - 2; j >= 0; j-- {
		times(X)
		acc.Add(acc, t.inverse[j])
	}
	for range t.s {
		times(acc)
	}
	for i, table := range expTables.at(w) {
		if d := top >> (digitBits * (digits - 1 - i)) % (1 << digitBits); d != 0 {
			times(table[d])
		}
	}
	return acc, k, 17<<t.s + 3*(uint64(max(k, -k))+9)
}
