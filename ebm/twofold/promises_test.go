package twofold

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm/promise"
)

// Operations are those of a Number, or what is planted for them.
type operations struct {
	add, sub, mul, div     func(a, b Number) Number
	exp, expm1, log, log1p func(t Number) Number
	float64                func(t Number) float64
	prod, diff, sum        func(a, b float64) Number
	twoSum, fastTwoSum     func(a, b float64) (s, e float64)
	addPair, mulPair       func(a, α, b, β float64) (hi, lo float64)
	addExp                 func(s *Fixed, m, x Number) bool
	number                 func(s *Fixed) Number
}

func ours() operations {
	return operations{
		Number.Add, Number.Sub, Number.Mul, Number.Div, Number.Exp, Number.Expm1, Number.Log, Number.Log1p, Number.Float64,
		Prod, Diff, Sum, TwoSum, FastTwoSum, AddPair, MulPair, (*Fixed).AddExp, (*Fixed).Number,
	}
}

const u = 0x1p-53

func big400() *big.Float { return new(big.Float).SetPrec(wide) }

// off says where a number is further from the truth than bound, relatively, or not normal; it
// keeps the largest error that it was shown.
type largest map[string]float64

func (l largest) off(op string, got Number, want *big.Float, bound float64) string {
	if !got.Finite() {
		return fmt.Sprintf("%s: %v", op, got)
	}
	err := relative(got.Big(wide), want)
	if !(err <= bound) {
		return fmt.Sprintf("%s: relative error %g, allowed %g", op, err, bound)
	}
	if got.Hi != 0 && !(1 <= math.Abs(got.Hi) && math.Abs(got.Hi) < 2) || got.Hi+got.Lo != got.Hi {
		return fmt.Sprintf("%s: %v is not normal", op, got)
	}
	l[op] = max(l[op], err)
	return ""
}

// first returns the first that says something.
func first(whys ...string) string {
	for _, why := range whys {
		if why != "" {
			return why
		}
	}
	return ""
}

// The families: of operations o, what is wrong in a case.
var families = map[string]func(o operations, l largest, r *rand.Rand) string{
	"arithmetic": func(o operations, l largest, r *rand.Rand) string {
		a, b := anyNumber(r, 120), anyNumber(r, 120)
		if r.IntN(2) == 0 { // cancel
			b = a.Neg()
			b.Lo = math.Ldexp(r.Float64()-0.5, -53-r.IntN(60))
		}
		x, y := anyBits(r), anyBits(r)
		beside := math.Nextafter(x, 0)
		_, exp := math.Frexp(x)
		near := math.Ldexp(math.Copysign(0.5+r.Float64()/2, r.Float64()-0.5), exp+r.IntN(399)-199) // within 2²⁰⁰
		if near-near != 0 {
			near = -x
		}
		return first(
			l.off("Add", o.add(a, b), big400().Add(a.Big(wide), b.Big(wide)), 3*u*u),
			l.off("Sub", o.sub(a, b), big400().Sub(a.Big(wide), b.Big(wide)), 3*u*u),
			l.off("Mul", o.mul(a, b), big400().Mul(a.Big(wide), b.Big(wide)), 5*u*u),
			l.off("Div", o.div(a, b), big400().Quo(a.Big(wide), b.Big(wide)), 10*u*u),
			l.off("Prod", o.prod(x, y), big400().Mul(bigOf(x), bigOf(y)), 0),
			l.off("Diff", o.diff(x, y), big400().Sub(bigOf(x), bigOf(y)), 0x1p-218),
			l.off("Sum", o.sum(x, -beside), big400().Sub(bigOf(x), bigOf(beside)), 0),
			l.off("Sum", o.sum(x, near), big400().Add(bigOf(x), bigOf(near)), 0),
			l.off("Diff", o.diff(x, near), big400().Sub(bigOf(x), bigOf(near)), 0),
		)
	},
	"pairs": func(o operations, l largest, r *rand.Rand) string {
		number := func() (x, ξ float64) {
			t := anyNumber(r, 0)
			f := math.Ldexp(1, r.IntN(200)-100)
			return t.Hi * f, t.Lo * f
		}
		a, α := number()
		b, β := number()
		if r.IntN(2) == 0 { // cancel
			b, β = -a, math.Ldexp(α, -r.IntN(50))
		}
		of := func(hi, lo float64) *big.Float { return big400().Add(bigOf(hi), bigOf(lo)) }
		exactly := func(what string, s, e, a, b float64) string {
			if s != a+b || of(s, e).Cmp(of(a, b)) != 0 {
				return fmt.Sprintf("%s(%v, %v) = %v + %v", what, a, b, s, e)
			}
			return ""
		}
		s, e := o.twoSum(a, b)
		why := exactly("TwoSum", s, e, a, b)
		x, y := a, b
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		s, e = o.fastTwoSum(x, y)
		why = first(why, exactly("FastTwoSum", s, e, x, y))
		within := func(what string, hi, lo float64, want *big.Float, bound float64) string {
			err := relative(of(hi, lo), want)
			if l[what] = max(l[what], err); !(err <= bound) || hi+lo != hi {
				return fmt.Sprintf("%s of %v + %v and %v + %v: %v + %v, off by %g", what, a, α, b, β, hi, lo, err)
			}
			return ""
		}
		sum, sumLow := o.addPair(a, α, b, β)
		product, productLow := o.mulPair(a, α, b, β)
		return first(why,
			within("AddPair", sum, sumLow, big400().Add(of(a, α), of(b, β)), 3*u*u),
			within("MulPair", product, productLow, big400().Mul(of(a, α), of(b, β)), 5*u*u))
	},
	// t is exact here: 2⁻¹⁰² of e^t, |t| < 2048
	"exponentials": func(o operations, l largest, r *rand.Rand) string {
		x := anyNumber(r, 0)
		x.Scale = r.IntN(11+60) - 60
		if r.IntN(10) == 0 { // near a multiple of ln 2 / 32, where the table entry changes
			x = Of(float64(r.IntN(1000)) + 0.5).Mul(Number{0x1.62e42fefa39efp+00, 0x1.abc9e3b39803fp-55, -6})
		}
		want := bigExp(x.Big(wide))
		why := l.off("Exp", o.exp(x), want, 0x1p-102)
		if x.Float64() < 128 {
			why = first(why, l.off("Expm1", o.expm1(x), big400().Sub(want, bigOf(1)), 0x1p-96))
		}
		return why
	},
	"logarithms": func(o operations, l largest, r *rand.Rand) string {
		// ln of what: y + (e^(−y)·x − 1), one Newton step in 400 bits from 100.
		ln := func(x *big.Float, y Number) *big.Float {
			e := bigExp(new(big.Float).Neg(y.Big(wide)))
			e.Mul(e, x)
			e.Sub(e, bigOf(1))
			half := big400().Mul(e, e)
			half.Quo(half, bigOf(2))
			e.Sub(e, half)
			return e.Add(e, y.Big(wide))
		}
		x := anyNumber(r, 60)
		if x.Sign() < 0 {
			x = x.Neg()
		}
		if r.IntN(4) == 0 {
			x = Of(1).Add(anyNumber(r, 0).Mul(Number{Hi: 1, Scale: -3 - r.IntN(90)}))
		}
		s := anyNumber(r, 0)
		s.Scale = -r.IntN(140) - 1
		if r.IntN(4) == 0 { // where the series ends
			s = Of(math.Copysign(0x1p-5-math.Ldexp(r.Float64(), -6-r.IntN(20)), s.Hi))
		}
		one, bound := big400().Add(bigOf(1), s.Big(wide)), 0x1p-96
		if s.Scale < -5 {
			bound = 0x1p-100
		}
		near := Of(1).Add(s)
		return first(
			l.off("Log", o.log(x), ln(x.Big(wide), x.Log()), 0x1p-96),
			l.off("Log1p", o.log1p(s), ln(one, s.Log1p()), bound),
			l.off("Log, next to 1", o.log(near), ln(near.Big(wide), near.Log()), 0x1p-96),
		)
	},
	"one rounding": func(o operations, l largest, r *rand.Rand) string {
		x := anyNumber(r, 0)
		switch r.IntN(3) {
		case 0: // few bits, so that ties occur
			x.Hi = math.Copysign(1+float64(r.IntN(64))/64, x.Hi)
		case 1:
			x.Lo = 0
		}
		x.Scale = -1080 + r.IntN(70)
		if r.IntN(10) == 0 {
			x.Scale = 1015 + r.IntN(10)
		}
		want, _ := x.Big(wide).Float64() // rounds once, to nearest even, subnormals too
		if got := o.float64(x); got != want || math.Signbit(got) != math.Signbit(want) {
			return fmt.Sprintf("%v rounds to %x, want %x", x, got, want)
		}
		return ""
	},
	"exponentials in fixed point": func(o operations, l largest, r *rand.Rand) string {
		x := anyNumber(r, 0)
		x.Scale = r.IntN(70) - 60
		if r.IntN(5) == 0 { // near a multiple of ln 2, where k changes
			x = Of(float64(r.IntN(400) - 200)).Mul(Number{0x1.62e42fefa39efp+00, 0x1.abc9e3b39803fp-55, -1})
			x = x.Add(Of(math.Ldexp(float64(r.IntN(3)-1), -60-r.IntN(40))))
		}
		m := Of(1)
		if r.IntN(2) == 0 {
			m = anyNumber(r, 0)
			m = Number{math.Abs(m.Hi), math.Copysign(m.Lo, m.Hi*m.Lo), r.IntN(21) - 10}
		}
		want := bigExp(x.Big(wide))
		want.Mul(want, m.Big(wide))
		var s Fixed
		if !o.addExp(&s, m, x) {
			if want.Cmp(bigOf(0x1p31)) < 0 && x.Scale < 10 {
				return fmt.Sprintf("AddExp(%v, %v) was refused", m, x)
			}
			return ""
		}
		d := big400().Sub(bigOfFixed(s), want)
		size := big400().Mul(want, bigOf(0x1p-178))
		size.Add(size, bigOf(0x1p-191))
		off, _ := d.Quo(d, size).Float64()
		if !(math.Abs(off) <= 1) {
			return fmt.Sprintf("AddExp(%v, %v): off by %.3g of what is allowed", m, x, off)
		}
		l["AddExp, of what is allowed"] = max(l["AddExp, of what is allowed"], math.Abs(off))
		s.AddInt(-1)
		return l.off("Fixed.Number", o.number(&s), bigOfFixed(s), 0x1p-100)
	},
}

func TestPromises(t *testing.T) {
	for family, broken := range families {
		l := largest{}
		promise.Try(t, family, 2000, func(r *rand.Rand) string { return broken(ours(), l, r) })
		t.Logf("%s: the largest relative errors found: %v", family, l)
	}
}

// TestPromisesFaults: operations that are wrong in a believable way break a promise.
func TestPromisesFaults(t *testing.T) {
	change := func(f func(o *operations)) operations {
		o := ours()
		f(&o)
		return o
	}
	for _, c := range []struct {
		fault, family string
		o             operations
	}{
		{"the sloppy sum of pairs (Dekker)", "arithmetic", change(func(o *operations) {
			o.add = func(a, b Number) Number {
				if a.Scale < b.Scale {
					a, b = b, a
				}
				f := math.Ldexp(1, b.Scale-a.Scale)
				s, e := TwoSum(a.Hi, b.Hi*f)
				hi, lo := FastTwoSum(s, e+(a.Lo+b.Lo*f))
				return normal(hi, lo, a.Scale)
			}
		})},
		{"the larger is taken to come first", "pairs", change(func(o *operations) { o.twoSum = FastTwoSum })},
		{"an error with the wrong sign", "pairs", change(func(o *operations) {
			o.fastTwoSum = func(a, b float64) (s, e float64) { s, e = FastTwoSum(a, b); return s, -e }
		})},
		{"the sloppy sum of pairs", "pairs", change(func(o *operations) {
			o.addPair = func(a, α, b, β float64) (hi, lo float64) {
				s, e := TwoSum(a, b)
				return FastTwoSum(s, e+(α+β))
			}
		})},
		{"a product of pairs without its cross terms", "pairs", change(func(o *operations) {
			o.mulPair = func(a, α, b, β float64) (hi, lo float64) { return a * b, math.FMA(a, b, -a*b) }
		})},
		{"a difference of the high parts", "arithmetic", change(func(o *operations) {
			o.sub = func(a, b Number) Number {
				return Of(a.Hi).Sub(Number{b.Hi, 0, b.Scale - a.Scale}).Mul(Number{1, 0, a.Scale})
			}
		})},
		{"a product without its cross terms", "arithmetic", change(func(o *operations) {
			o.mul = func(a, b Number) Number {
				p := Prod(a.Hi, b.Hi)
				p.Scale += a.Scale + b.Scale
				return p
			}
		})},
		{"a quotient of one division", "arithmetic", change(func(o *operations) {
			o.div = func(a, b Number) Number { q := Of(a.Hi / b.Hi); q.Scale += a.Scale - b.Scale; return q }
		})},
		{"a product of float64s", "arithmetic", change(func(o *operations) { o.prod = func(a, b float64) Number { return Of(a * b) } })},
		{"a difference of float64s", "arithmetic", change(func(o *operations) { o.diff = func(a, b float64) Number { return Of(a - b) } })},
		{"e^Hi · (1 + Lo)", "exponentials", change(func(o *operations) {
			o.exp = func(t Number) Number { return Of(math.Exp(t.Float64())) }
		})},
		{"e^t − 1", "exponentials", change(func(o *operations) { o.expm1 = func(t Number) Number { return t.Exp().Sub(Of(1)) } })},
		{"ln of the high part", "logarithms", change(func(o *operations) {
			o.log = func(t Number) Number { return Of(math.Log(t.Hi)).Add(Of(float64(t.Scale)).Mul(Of(math.Ln2))) }
		})},
		{"ln(1 + t)", "logarithms", change(func(o *operations) { o.log1p = func(t Number) Number { return Of(1).Add(t).Log() } })},
		{"two roundings", "one rounding", change(func(o *operations) {
			o.float64 = func(t Number) float64 { return math.Ldexp(t.Hi+t.Lo, t.Scale) }
		})},
		{"a tie goes away from 0", "one rounding", change(func(o *operations) {
			o.float64 = func(t Number) float64 {
				t.Lo += math.Copysign(0x1p-70, t.Hi)
				return t.Float64()
			}
		})},
		{"e^x of 106 bits", "exponentials in fixed point", change(func(o *operations) {
			o.addExp = func(s *Fixed, m, x Number) bool {
				e := m.Mul(x.Exp())
				if e.Scale > 31 {
					return false
				}
				s.add(e, 192)
				return true
			}
		})},
		{"a float64 of the sum", "exponentials in fixed point", change(func(o *operations) {
			o.number = func(s *Fixed) Number { return Of(s.Number().Float64()) }
		})},
	} {
		promise.Refute(t, c.fault+", "+c.family, 500, func(r *rand.Rand) string { return families[c.family](c.o, largest{}, r) })
	}
}
