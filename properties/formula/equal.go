package formula

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/big"
	"slices"
)

// Whether two numbers are equal no precision tells. Where their enclosures leave it open, they are where both are rational and
// are the same, or are made in the same way of equal numbers.
type equalities struct {
	rationals []*big.Rat // nil: not looked at
	numbers   []int32    // 0: not looked at
	keys      map[string]int32
}

// notRational stands for a number that is not known to be rational.
var notRational = new(big.Rat)

func (q *equalities) reset() { *q = equalities{} }

// sign returns the sign of node i: ok, if it is known.
func (e *evaluation) sign(i int32) (s int, ok bool) {
	if s, ok := e.v[i].Sign(); ok {
		return s, true
	}
	if r := e.rational(i); r != nil {
		return r.Sign(), true
	}
	return 0, e.number(i) == e.zero()
}

// compare returns the sign of node i less node j: ok, if it is known.
func (e *evaluation) compare(i, j int32) (s int, ok bool) {
	x, y := e.v[i], e.v[j]
	switch {
	case x.Less(y):
		return -1, true
	case y.Less(x):
		return 1, true
	case i == j, x.IsPoint() && y.IsPoint():
		return 0, true
	}
	if a, b := e.rational(i), e.rational(j); a != nil && b != nil {
		return a.Cmp(b), true
	}
	return 0, e.number(i) == e.number(j)
}

// number returns a number that nodes share if they are equal because they are made in the same way of equal numbers. That of −x is
// the negative of that of x.
func (e *evaluation) number(i int32) int32 {
	if e.numbers == nil {
		e.numbers, e.keys = make([]int32, len(e.nodes)), map[string]int32{}
	}
	if e.numbers[i] == 0 {
		e.numbers[i] = e.newNumber(i)
	}
	return e.numbers[i]
}

// zero is the number of 0.
func (e *evaluation) zero() int32 {
	if e.keys == nil {
		e.number(0)
	}
	return e.rationalNumber(new(big.Rat))
}

func (e *evaluation) rationalNumber(r *big.Rat) int32 {
	if r.Sign() < 0 {
		return -e.rationalNumber(new(big.Rat).Neg(r))
	}
	return e.intern(r.Denom().Append(r.Num().Append([]byte{'r'}, 16), 16))
}

// intern returns the number of a key, a positive one.
func (e *evaluation) intern(key []byte) int32 {
	if k, ok := e.keys[string(key)]; ok {
		return k
	}
	k := int32(len(e.keys) + 1)
	e.keys[string(key)] = k
	return k
}

func (e *evaluation) newNumber(i int32) int32 {
	n := &e.nodes[i]
	if r := e.rational(i); r != nil {
		return e.rationalNumber(r)
	}
	args := make([]int32, len(n.args))
	for k, a := range n.args {
		args[k] = e.number(a)
	}
	sign := int32(1)
	switch n.op {
	case opInf:
		return e.intern([]byte{'i'})
	case opVar:
		return e.leaf(e.in.F[n.k])
	case opParam:
		return e.leaf(e.in.Params[n.k])
	case opNeg:
		return -args[0]
	case opAbs, opMul, opDiv:
		for k, a := range args {
			if a < 0 {
				args[k] = -a
				if n.op != opAbs {
					sign = -sign
				}
			}
		}
	case opSum:
		args = e.signedTerms(n)
		switch len(args) {
		case 0:
			return e.zero()
		case 1:
			return args[0]
		}
		if args[0] < 0 { // of a sum and its negative, one has the key
			sign = -1
			for k := range args {
				args[k] = -args[k]
			}
		}
	case opIf:
		if s, ok := e.compare(n.args[0], n.args[1]); ok && taken(n.k, s) {
			return args[2]
		} else if ok {
			return args[3]
		}
	}
	switch n.op {
	case opSum, opMul, opMax, opLSE:
		slices.Sort(args)
	}
	if n.op == opMax {
		if args = slices.Compact(args); len(args) == 1 {
			return args[0]
		}
	}
	k := n.k
	if n.op == opSoftmax || n.op == opRest { // e^(x − L), whichever weight it is; 1 − p, wherever it stands
		k = 0
	}
	key := []byte{'n', byte(n.op), byte(k), byte(k >> 8), byte(k >> 16), byte(k >> 24)}
	for _, a := range args {
		key = binary.LittleEndian.AppendUint32(key, uint32(a))
	}
	return sign * e.intern(key)
}

// leaf is the number of an infinity: numbers that are given are rational.
func (e *evaluation) leaf(x float64) int32 {
	if math.IsInf(x, -1) {
		return -e.leaf(-x)
	}
	return e.intern([]byte{'i'})
}

// signedTerms returns the numbers of the terms of a sum in order of size, its rational terms as one, without pairs x and −x.
func (e *evaluation) signedTerms(n *node) (terms []int32) {
	constant := new(big.Rat)
	for _, a := range n.args {
		if r := e.rational(a); r != nil {
			constant.Add(constant, r)
		} else {
			terms = append(terms, e.number(a))
		}
	}
	size := func(a int32) int32 { return max(a, -a) }
	slices.SortFunc(terms, func(a, b int32) int { return cmp.Or(cmp.Compare(size(a), size(b)), cmp.Compare(a, b)) })
	if constant.Sign() != 0 {
		terms = append(terms, e.rationalNumber(constant))
	}
	left := terms[:0]
	for i := 0; i < len(terms); {
		sum, j := 0, i // of the signs of one number
		for ; j < len(terms) && size(terms[j]) == size(terms[i]); j++ {
			sum += int(terms[j] / size(terms[j]))
		}
		for range max(sum, -sum) {
			left = append(left, size(terms[i])*int32(sum/max(sum, -sum)))
		}
		i = j
	}
	return left
}
