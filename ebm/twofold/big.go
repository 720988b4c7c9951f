package twofold

import "math/big"

// Big returns t in prec bits: exactly, if they are enough for Hi + Lo. It panics
// unless t is finite.
func (t Number) Big(prec uint) *big.Float {
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
