package formula

import "math/big"

// rational returns node i if it is known to be rational, else nil: what + − × ÷ and whole powers make of such numbers, e⁰, ln 1,
// √0, σ(0), the larger of two, and what has a point for its enclosure.
func (e *evaluation) rational(i int32) *big.Rat {
	if e.rationals == nil {
		e.rationals = make([]*big.Rat, len(e.nodes))
	}
	r := e.rationals[i]
	if r == nil {
		if r = e.asRational(i); r == nil {
			r = notRational
		}
		e.rationals[i] = r
	}
	if r == notRational {
		return nil
	}
	return r
}

// mostBits is how long a point may be to be taken for a rational number.
const mostBits = 1 << 14

func (e *evaluation) asRational(i int32) *big.Rat {
	n := &e.nodes[i]
	if e.none[i] {
		return nil
	}
	if n.op == opConst {
		return n.c
	}
	if x := e.v[i]; x.IsPoint() {
		lo := x.Lo()
		if exp := lo.MantExp(nil); lo.IsInf() || exp > mostBits || exp < -mostBits {
			return nil
		}
		r, _ := lo.Rat(nil)
		return r
	}
	if n.op.isChoice() || n.op == opSoftmax || n.op == opRest || n.op == opLSE || n.op == opSoftplus {
		return nil
	}
	if n.op == opIf {
		if s, ok := e.compare(n.args[0], n.args[1]); ok && taken(n.k, s) {
			return e.rational(n.args[2])
		} else if ok {
			return e.rational(n.args[3])
		}
		return nil
	}
	args := make([]*big.Rat, len(n.args))
	for k, a := range n.args {
		if args[k] = e.rational(a); args[k] == nil && !(n.op == opMax && e.v[a].Less(e.v[i])) {
			return nil
		}
	}
	return rationalOf(n.op, args)
}

var ratOne = big.NewRat(1, 1)

// rationalOf returns the number that an op makes of rational arguments, if that is known to be rational; nil among the arguments of
// a maximum is a smaller one.
func rationalOf(o op, x []*big.Rat) *big.Rat {
	r := new(big.Rat)
	switch o {
	case opSum:
		for _, a := range x {
			r.Add(r, a)
		}
		return r
	case opNeg:
		return r.Neg(x[0])
	case opMul:
		return r.Mul(x[0], x[1])
	case opDiv:
		if x[1].Sign() != 0 {
			return r.Quo(x[0], x[1])
		}
	case opPow:
		return wholePower(x[0], x[1])
	case opAbs:
		return r.Abs(x[0])
	case opPos:
		if x[0].Sign() > 0 {
			return x[0]
		}
		return r
	case opMax:
		r = nil
		for _, a := range x {
			if a != nil && (r == nil || a.Cmp(r) > 0) {
				r = a
			}
		}
		return r
	case opExp:
		if x[0].Sign() == 0 {
			return ratOne
		}
	case opExpm1, opLog1p, opSqrt:
		if x[0].Sign() == 0 {
			return r
		}
	case opLog:
		if x[0].Cmp(ratOne) == 0 {
			return r
		}
	case opSigmoid:
		if x[0].Sign() == 0 {
			return big.NewRat(1, 2)
		}
	}
	return nil
}

// wholePower returns x^b for a whole b up to 64 in size, else nil.
func wholePower(x, b *big.Rat) *big.Rat {
	if !b.IsInt() || !b.Num().IsInt64() || b.Num().Int64() > 64 || b.Num().Int64() < -64 || b.Sign() < 0 && x.Sign() == 0 {
		return nil
	}
	r, m := big.NewRat(1, 1), b.Num().Int64()
	for range max(m, -m) {
		r.Mul(r, x)
	}
	if m < 0 {
		r.Inv(r)
	}
	return r
}
