package formula

import (
	"math"

	"ebmcheck/properties/exact"
)

// A ball is a double-double with a bound on how far the true number is from it: +Inf or NaN where nothing is known. What it cannot tell is
// left to enclosures.
type ball struct {
	m   exact.Double
	e   float64
	top int32 // of a maximum: the argument that is the largest for certain, −1 if none is
}

const (
	uu    = 0x1p-106    // the square of the unit of float64
	lost  = 0x1p-1070   // what a product may lose to underflow
	slack = 1 + 0x1p-40 // for the roundings in an error itself
)

var nothing = ball{e: math.Inf(1)}

func exactly(x float64) ball { return ball{m: exact.NewDouble(x)} }

func (a ball) hi() float64     { hi, _ := a.m.Parts(); return hi }
func (a ball) size() float64   { return math.Abs(a.hi()) }
func (a ball) isFloat() bool   { _, lo := a.m.Parts(); return a.e == 0 && lo == 0 }
func (a ball) neg() ball       { return ball{m: a.m.Neg(), e: a.e} }
func (a ball) sub(b ball) ball { return a.add(b.neg()) }

// add: 3u² + 13u³ of the sum, nothing for two float64.
func (a ball) add(b ball) ball {
	z := ball{m: a.m.Add(b.m)}
	if !a.isFloat() || !b.isFloat() {
		z.e = (a.e + b.e + 4*uu*z.size()) * slack
	}
	return z.finite()
}

// mul: 4u² of the product, nothing for two float64 whose product is far from underflow.
func (a ball) mul(b ball) ball {
	z := ball{m: a.m.Mul(b.m)}
	if s := z.size(); !a.isFloat() || !b.isFloat() || s != 0 && s < 1e-200 || s == 0 && a.hi() != 0 && b.hi() != 0 {
		z.e = (5*uu*s+a.size()*b.e+b.size()*a.e+a.e*b.e)*slack + lost
	}
	return z.finite()
}

// div: 15u² of the quotient; what underflows on the way is divided by b, too.
func (a ball) div(b ball) ball {
	least := b.size() - b.e
	if !(b.size() > 2*b.e) {
		return nothing
	}
	z := ball{m: a.m.Div(b.m)}
	s := z.size()
	z.e = (16*uu*s+(a.e+s*b.e+lost)/least)*slack + lost
	return z.finite()
}

// finite is a, or nothing if it overflowed.
func (a ball) finite() ball {
	if a.size() < 1e300 {
		return a
	}
	return nothing
}

// exp of anything up to 700. Below −700 it is 0, but for 1e-304 = 1.01 e^−700.
func (a ball) exp() ball {
	x := a.hi()
	switch {
	case !(a.e <= 1e-4) || !(x <= 700):
		return nothing
	case x == 0 && a.e == 0:
		return exactly(1)
	case x < -700:
		return ball{e: 1e-304}
	case x <= 0:
		z := ball{m: a.m.Exp()}
		z.e = z.hi()*(0x1p-92+a.e*(1+a.e))*slack + lost // e^t − 1 ≤ t(1 + t) for t ≤ 1
		return z
	}
	return exactly(1).div(a.neg().exp())
}

// log1p, for negative numbers as −ln(1 − a/(1 + a)).
func (a ball) log1p() ball {
	switch x := a.hi(); {
	case x == 0 && a.e == 0:
		return a
	case x < 0:
		if x <= -1+1e-6 {
			return nothing
		}
		return a.neg().div(exactly(1).add(a)).log1p().neg()
	case !(x < 1e300 && a.e <= x/4):
		return nothing
	default:
		m, rel := a.m.Log1p()
		z := ball{m: m}
		z.e = (z.hi()*rel+a.e/(1+x-a.e))*slack + lost
		return z.finite()
	}
}

func (a ball) log() ball {
	x := a.hi()
	switch {
	case !(x > 1e-290 && a.e <= x/4):
		return nothing
	case x >= 1:
		return a.add(exactly(-1)).log1p()
	}
	return exactly(1).sub(a).div(a).log1p().neg()
}

// sqrt by one step of Newton from s = √hi: a − s² is exact but for 6u³, and the square of the correction is less than 2u².
func (a ball) sqrt() ball {
	x := a.hi()
	if x == 0 && a.e == 0 {
		return a
	}
	if !(x > 1e-280 && a.e <= x/4) {
		return nothing
	}
	s := exact.NewDouble(math.Sqrt(x))
	rest, _ := a.m.Add(s.Mul(s).Neg()).Parts()
	hi, _ := s.Parts()
	z := ball{m: s.Add(exact.NewDouble(rest / (2 * hi)))}
	z.e = (16*uu*hi + a.e/hi) * slack
	return z
}

func (a ball) sigmoid() ball {
	if a.hi() > 0 {
		return exactly(1).div(exactly(1).add(a.neg().exp()))
	}
	e := a.exp()
	return e.div(exactly(1).add(e))
}

func (a ball) softplus() ball {
	if a.hi() > 0 {
		return a.add(a.neg().exp().log1p())
	}
	return a.exp().log1p()
}

// power for x^b: an exponent that is whole takes any x, another x > 0.
func (a ball) power(b ball) ball {
	if !(a.e < math.Inf(1)) { // it may have no value, and then no power
		return nothing
	}
	m := b.hi()
	if !b.isFloat() || m != math.Trunc(m) || math.Abs(m) > 64 {
		return b.mul(a.log()).exp()
	}
	z := exactly(1)
	for range int(math.Abs(m)) {
		z = z.mul(a)
	}
	if m < 0 {
		return exactly(1).div(z)
	}
	return z
}

// sign returns the sign: ok, if it is known.
func (a ball) sign() (s int, ok bool) {
	switch {
	case a.hi() > a.e:
		return 1, true
	case -a.hi() > a.e:
		return -1, true
	}
	return 0, a.hi() == 0 && a.e == 0
}

// settle returns the value, if the ball decides it.
func (a ball) settle() (exact.Value, bool) {
	switch s := a.size(); {
	case a.isFloat():
		return exact.Value{Near: a.hi() + 0}, true
	case s < 1e300 && s > 1e-280 && a.e < s*0x1p-60:
		return a.m.Settle(a.e / s * slack)
	}
	return exact.Value{}, false
}
