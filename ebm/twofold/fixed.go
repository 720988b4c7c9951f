package twofold

import (
	"math"
	"math/big"
	"math/bits"
	"sync"
)

// A Fixed is a sum in fixed point, with 192 bits behind the point: what of a sum of
// exponentials is left when 1 is taken away, where 106 bits do not show it. The zero
// value is 0.
//
// An AddExp of m·e^x is off by less than 2⁻¹⁷⁸ m·e^x + 2⁻¹⁹¹, and costs some 200 ns.
type Fixed struct{ word [4]uint64 } // two's complement, the last word before the point

// A fraction is a number in [0, 1), in units of 2⁻¹⁹², its least word first.
type fraction [3]uint64

// AddExp adds m·e^x, for m ≥ 0. If |x| ≥ 2¹⁰, or if m·e^x is above 2³², it leaves s as it
// is and returns false.
//
// With k = ⌊x/ln 2⌋ and R = x − k ln 2 = i/2⁷ + j/2¹⁴ + r, 0 ≤ r < 2⁻¹⁴,
//
//	e^x = 2^k · e^(i/2⁷) · e^(j/2¹⁴) · e^r
//
// by two tables, and the Taylor polynomial of degree 12, which leaves r¹³/13! < 2⁻²¹⁴.
// R is off by k + 1 < 2¹¹ units of 2⁻¹⁹², and the products by three each.
func (s *Fixed) AddExp(m, x Number) bool {
	if m.Hi == 0 {
		return true
	}
	if x.Scale >= 10 || !x.Finite() || !m.Finite() {
		return false
	}
	c := exponentials()
	k := int(math.Floor(x.Hi * power(max(x.Scale, -1000)) * (1 / math.Ln2)))
	var R Fixed
	R.add(x, 192)
	R.addMultiple(-k, c.ln2)
	for R.word[3]>>63 != 0 { // the quotient was a little above an integer
		R.addMultiple(1, c.ln2)
		k--
	}
	for R.word[3] != 0 || !less(fraction(R.word[:3]), c.ln2) {
		R.addMultiple(-1, c.ln2)
		k++
	}
	i, j := R.word[2]>>57, R.word[2]>>50&127
	r := fraction{R.word[0], R.word[1], R.word[2] << 14 >> 14}

	// Horner's scheme, in as many words as rⁿ leaves to be known.
	var p fraction
	p[2] = c.inverseFactorial[12][2]
	for n := 11; n >= 10; n-- { // r¹⁰ < 2⁻¹⁴⁰
		hi, _ := bits.Mul64(r[2], p[2])
		p[2] = c.inverseFactorial[n][2] + hi
	}
	for n := 9; n >= 6; n-- { // r⁶ < 2⁻⁸⁴
		q, carry := c.inverseFactorial[n], uint64(0)
		h, l := bits.Mul64(r[2], p[2])
		h12, _ := bits.Mul64(r[1], p[2])
		h21, _ := bits.Mul64(r[2], p[1])
		p[1], carry = bits.Add64(q[1], l, 0)
		p[2] = q[2] + h + carry
		p[1], carry = bits.Add64(p[1], h12, 0)
		p[2] += carry
		p[1], carry = bits.Add64(p[1], h21, 0)
		p[2] += carry
	}
	for n := 5; n >= 2; n-- {
		p = plus(c.inverseFactorial[n], times(r, p))
	}
	e := plus(r, times(r, times(r, p))) // e^r − 1
	b := c.fine[j]
	e = plus(plus(e, b), times(e, b))
	half := c.coarse[i]
	v := plus(half, times(half, e)) // e^R/2
	shift := k + 1
	if m != (Number{Hi: 1}) {
		var mantissa Fixed
		mantissa.add(Number{m.Hi, m.Lo, 0}, 191)
		v = times(v, fraction(mantissa.word[:3]))
		shift += m.Scale + 1
	}
	if shift > 32 {
		return false
	}
	s.accumulate(v, shift)
	return true
}

// AddInt adds n.
func (s *Fixed) AddInt(n int) { s.word[3] += uint64(n) }

// Number returns s to 2⁻¹⁰⁰ of it.
func (s *Fixed) Number() Number {
	w, negative := s.word, s.word[3]>>63 != 0
	if negative {
		carry := uint64(1)
		for i := range w {
			w[i], carry = bits.Add64(^w[i], 0, carry)
		}
	}
	var t Number
	for i := range 8 { // halves of words, so that each is a float64
		half := Of(float64(w[3-i/2] << (i % 2 * 32) >> 32))
		if half.Hi != 0 {
			half.Scale += 32 - 32*i
		}
		t = t.Add(half)
	}
	if negative {
		return t.Neg()
	}
	return t
}

// add adds t·2^(unit − 192), cut off behind the last bit.
func (s *Fixed) add(t Number, unit int) {
	for _, part := range [2]float64{t.Hi, t.Lo} {
		b := math.Float64bits(part)
		exp := int(b>>52) & 0x7ff
		if exp == 0 { // a Lo of 0, or below any bit that is kept
			continue
		}
		m, at := b&(1<<52-1)|1<<52, exp-1075+t.Scale+unit
		if at < 0 {
			m, at = m>>-at, 0
		}
		var v Fixed
		i, n := at>>6, at&63
		v.word[i] = m << n
		if i < 3 {
			v.word[i+1] = m >> (64 - n)
		}
		if part < 0 {
			s.sub(v)
		} else {
			s.plus(v)
		}
	}
}

// accumulate adds v·2^shift for shift ≤ 63.
func (s *Fixed) accumulate(v fraction, shift int) {
	w := [4]uint64{v[0], v[1], v[2], 0}
	for ; shift <= -64; shift += 64 {
		w = [4]uint64{w[1], w[2], w[3], 0}
		if w == [4]uint64{} {
			return
		}
	}
	switch {
	case shift < 0:
		n := -shift
		w = [4]uint64{w[0]>>n | w[1]<<(64-n), w[1]>>n | w[2]<<(64-n), w[2] >> n, 0}
	case shift > 0:
		n := shift
		w = [4]uint64{w[0] << n, w[1]<<n | w[0]>>(64-n), w[2]<<n | w[1]>>(64-n), w[2] >> (64 - n)}
	}
	s.plus(Fixed{w})
}

// addMultiple adds kv.
func (s *Fixed) addMultiple(k int, v fraction) {
	n := uint64(max(k, -k))
	var w Fixed
	var carry uint64
	for i := range v {
		hi, lo := bits.Mul64(v[i], n)
		w.word[i], carry = bits.Add64(lo, carry, 0)
		carry += hi
	}
	w.word[3] = carry
	if k < 0 {
		s.sub(w)
	} else {
		s.plus(w)
	}
}

func (s *Fixed) plus(v Fixed) {
	var carry uint64
	for i := range s.word {
		s.word[i], carry = bits.Add64(s.word[i], v.word[i], carry)
	}
}

func (s *Fixed) sub(v Fixed) {
	var borrow uint64
	for i := range s.word {
		s.word[i], borrow = bits.Sub64(s.word[i], v.word[i], borrow)
	}
}

func less(a, b fraction) bool {
	var borrow uint64
	for i := range a {
		_, borrow = bits.Sub64(a[i], b[i], borrow)
	}
	return borrow != 0
}

// plus returns a + b, which must be below 1.
func plus(a, b fraction) (s fraction) {
	var carry uint64
	s[0], carry = bits.Add64(a[0], b[0], 0)
	s[1], carry = bits.Add64(a[1], b[1], carry)
	s[2], _ = bits.Add64(a[2], b[2], carry)
	return s
}

// times returns ab, less than three units below it: the three products of words that lie
// below the unit are left out.
func times(a, b fraction) (p fraction) {
	h02, l02 := bits.Mul64(a[0], b[2])
	h11, l11 := bits.Mul64(a[1], b[1])
	h20, l20 := bits.Mul64(a[2], b[0])
	h12, l12 := bits.Mul64(a[1], b[2])
	h21, l21 := bits.Mul64(a[2], b[1])
	h22, l22 := bits.Mul64(a[2], b[2])
	low, c1 := bits.Add64(l02, l11, 0)
	_, c2 := bits.Add64(low, l20, 0)
	var carry uint64
	p[0], carry = bits.Add64(h02, c1+c2, 0)
	p[1], carry = bits.Add64(l22, 0, carry)
	p[2] = h22 + carry
	for _, x := range [2]uint64{h11, h20} {
		p[0], carry = bits.Add64(p[0], x, 0)
		p[1], carry = bits.Add64(p[1], 0, carry)
		p[2] += carry
	}
	p[0], carry = bits.Add64(p[0], l12, 0)
	p[1], carry = bits.Add64(p[1], h12, carry)
	p[2] += carry
	p[0], carry = bits.Add64(p[0], l21, 0)
	p[1], carry = bits.Add64(p[1], h21, carry)
	p[2] += carry
	return p
}

type tables struct {
	ln2              fraction
	coarse           [89]fraction  // e^(i/2⁷)/2
	fine             [128]fraction // e^(j/2¹⁴) − 1
	inverseFactorial [13]fraction  // from 2 on
}

// exponentials has the tables of AddExp, made when they are first needed.
var exponentials = sync.OnceValue(func() *tables {
	const prec = 256
	c := new(tables)
	c.ln2 = fraction{0x40f343267298b62d, 0xc9e3b39803f2f6af, 0xb17217f7d1cf79ab}
	one := new(big.Float).SetPrec(prec).SetInt64(1)
	power := func(k, bits int) *big.Float {
		x := new(big.Float).SetPrec(prec).SetInt64(int64(k))
		return BigExp(x.SetMantExp(x, -bits))
	}
	for i := range c.coarse {
		e := power(i, 7)
		c.coarse[i] = toFraction(e.SetMantExp(e, -1))
	}
	for j := range c.fine {
		e := power(j, 14)
		c.fine[j] = toFraction(e.Sub(e, one))
	}
	f := new(big.Float).Copy(one)
	for n := 2; n < len(c.inverseFactorial); n++ {
		f.Quo(f, new(big.Float).SetInt64(int64(n)))
		c.inverseFactorial[n] = toFraction(f)
	}
	return c
})

// toFraction returns x, cut off behind the last bit.
func toFraction(x *big.Float) (v fraction) {
	n, _ := new(big.Float).SetMantExp(x, 192).Int(nil)
	var b [24]byte
	n.FillBytes(b[:])
	for i := range v {
		for _, digit := range b[(2-i)*8 : (3-i)*8] {
			v[i] = v[i]<<8 | uint64(digit)
		}
	}
	return v
}
