package exact

import (
	"math"
	"math/big"
	"sync/atomic"
)

// Fixed point: a big.Int X stands for X·2^−w, and one unit is 2^−w. Working precisions w are multiples of 64, so that
// dropping w bits is dropping words. Every function here returns its result with a bound on its error in units.

const word = 64

// words rounds a number of bits up to whole 64-bit words.
func words(bits uint) uint { return (bits + word - 1) / word * word }

// toFixed returns x·2^w truncated towards 0: the error is below one unit, and 0 if x is a multiple of the unit.
func toFixed(x *big.Float, w uint) *big.Int {
	z, _ := new(big.Float).SetMantExp(x, int(w)).Int(nil)
	return z
}

// fromFixed returns the ends of (m ± err)·2^(k−w) at prec bits, rounded outward.
func fromFixed(m *big.Int, err uint64, k int, w, prec uint) (lo, hi *big.Float) {
	e := new(big.Int).SetUint64(err)
	t := new(big.Int).Sub(m, e)
	lo = rounded(prec, down).SetInt(t)
	hi = rounded(prec, up).SetInt(t.Add(m, e))
	return shifted(lo, k-int(w)), shifted(hi, k-int(w))
}

// shifted returns x·2^e, rounded outward should that leave the exponents of big.Float.
func shifted(x *big.Float, e int) *big.Float {
	mode := x.Mode()
	z, _ := outward(x.SetMode(mode).SetMantExp(x, e))
	return z
}

// A constant is a function of w that costs something, kept once found. 512 words are 32 768 bits.
type constant[T any] struct {
	find  func(w uint) *T
	known [512]atomic.Pointer[T]
}

func (c *constant[T]) at(w uint) *T {
	i := w / word
	if i >= uint(len(c.known)) {
		return c.find(w)
	}
	if v := c.known[i].Load(); v != nil {
		return v
	}
	v := c.find(w)
	c.known[i].Store(v)
	return v
}

// ln2 = 18·artanh(1/26) − 2·artanh(1/4801) + 8·artanh(1/8749), and π = 16·arctan(1/5) − 4·arctan(1/239) (Machin), each
// to one unit.
//
// Each series is summed with 64 more bits. The power t of 1/q² is off by less than 2 of those units (each division
// truncates once, and what came before is divided by q² ≥ 25), its term t/(2j+1) by less than 3. A series of w bits has
// fewer than w/4 terms, so with w < 2²⁸ and coefficients that add up to less than 32 the whole is off by less than
// 2²⁸⁻²·3·32 + 1 < 2³³ of 2⁶⁴, to which rounding to nearest adds half a unit.
var (
	ln2 = constant[big.Int]{find: func(w uint) *big.Int {
		return machin(w, +1, [][2]int64{{18, 26}, {-2, 4801}, {8, 8749}})
	}}
	pi = constant[big.Int]{find: func(w uint) *big.Int {
		return machin(w, -1, [][2]int64{{16, 5}, {-4, 239}})
	}}
)

// machin returns Σ c·Σ_j sign^j/((2j+1)·q^(2j+1)) over the pairs (c, q), to one unit.
func machin(w uint, sign int64, pairs [][2]int64) *big.Int {
	sum, term := new(big.Int), new(big.Int)
	for _, cq := range pairs {
		c, q := cq[0], big.NewInt(cq[1])
		t := new(big.Int).Lsh(big.NewInt(1), w+word)
		t.Quo(t, q)
		q.Mul(q, q)
		for j := int64(0); t.Sign() != 0; j++ {
			term.Quo(t, big.NewInt(2*j+1))
			sum.Add(sum, term.Mul(term, big.NewInt(c)))
			t.Quo(t, q)
			c *= sign
		}
	}
	sum.Add(sum, new(big.Int).Lsh(big.NewInt(1), word-1))
	return sum.Rsh(sum, word)
}

// dropped returns the words of z above the lowest n.
func dropped(z *big.Int, n uint) []big.Word {
	b := z.Bits()
	if n *= word / wordSize; uint(len(b)) > n {
		return b[n:]
	}
	return nil
}

const wordSize = 32 << (^uint(0) >> 63) // bits of a big.Word

// log1pFixed returns L and a bound err such that ln(1+u) lies in (L ± err)·2^−w, for −1/4 ≤ u ≤ 1/2 and a
// multiple w of 64 with |u| ≥ 2^(60−w).
//
// A float64 y ≈ ln(1+u) is a multiple of the unit. With E = e^−y and δ = (1+u)·E − 1, which is tiny, ln(1+u) = y + ln(1+δ).
// E < 1.5 comes with an error of e units (halved where its exponent is −1), u with one: δ is off by 1.5·e + 1.5 + 1, and
// ln(1+δ), whose slope is below 1.01, by 1.6·e + 3. The powers of δ are off by 2 (each product truncates once and |δ|
// ≤ 2^−40), the terms by 2/j + 1 ≤ 3, and the series is cut off below half a unit: 3·N + 1 more.
func log1pFixed(u *big.Float, w uint) (L *big.Int, err uint64) {
	n := w / word
	uf, _ := u.Float64()
	y := new(big.Float).SetFloat64(math.Log1p(uf))
	E, k, e := expFixed(new(big.Float).Neg(y), w)
	if k < 0 {
		E.Rsh(E, uint(-k))
		e++ // for the truncation
	} else {
		E.Lsh(E, uint(k))
		e <<= uint(k)
	}
	d := toFixed(u, w)
	d.Mul(d, E)
	d.Quo(d, new(big.Int).Lsh(big.NewInt(1), w))
	d.Add(d, E)
	d.Sub(d, new(big.Int).Lsh(big.NewInt(1), w))
	small := int(w) - d.BitLen() // |δ| < 2^−small
	if small < 40 {
		panic("exact: the first approximation of the logarithm is bad")
	}
	L = toFixed(y, w)
	terms := int(w)/small + 1 // |δ|^(terms+1) < 2^−w, and the alternating or geometric rest is below that by far
	negative := d.Sign() < 0
	d.Abs(d)
	power, term := new(big.Int).Set(d), new(big.Int)
	for j := 1; j <= terms; j++ {
		term.Quo(power, term.SetInt64(int64(j)))
		if negative || j%2 == 0 {
			L.Sub(L, term)
		} else {
			L.Add(L, term)
		}
		p := new(big.Int).Mul(power, d)
		power.SetBits(dropped(p, n))
	}
	return L, e + (e+1)*6/10 + 4 + 3*uint64(terms)
}
