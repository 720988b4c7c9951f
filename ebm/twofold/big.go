package twofold

import "math/big"

// Big returns t in prec bits: exactly, if they are enough for Hi + Lo. It panics
// unless t is finite.
func (t Number) Big(prec uint) *big.Float {
	if !t.Finite() {
		panic("twofold: Big of a number that is not finite")
	}
	s := new(big.Float).SetPrec(prec)
	s.Add(s.SetFloat64(t.Hi), new(big.Float).SetPrec(prec).SetFloat64(t.Lo))
	return s.SetMantExp(s, t.Scale)
}

// FromBig returns x to 106 bits.
func FromBig(x *big.Float) Number {
	mantissa := new(big.Float).SetPrec(x.Prec())
	exp := x.MantExp(mantissa)
	hi, _ := mantissa.Float64()
	lo, _ := mantissa.Sub(mantissa, new(big.Float).SetFloat64(hi)).Float64()
	t := Sum(hi, lo)
	if t.Hi != 0 {
		t.Scale += exp
	}
	return t
}

// BigExp returns e^x to the precision of x, but for some 2⁵⁰ units of the last place: its
// Taylor series on x/2ᵏ, |x|/2ᵏ < 2⁻¹⁶, squared k times.
func BigExp(x *big.Float) *big.Float {
	prec := x.Prec()
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }
	sum, term := number(1), number(1)
	if x.Sign() == 0 {
		return sum
	}
	k := max(0, x.MantExp(nil)+16)
	r := new(big.Float).SetPrec(prec).SetMantExp(x, -k)
	for n := 1.; term.MantExp(nil) > -int(prec); n++ {
		term.Mul(term, r)
		term.Quo(term, number(n))
		sum.Add(sum, term)
	}
	for range k {
		sum.Mul(sum, sum)
	}
	return sum
}
