package formula

import "math"

// A box is all numbers from lo to hi. Its operations round outward: a result of float64, off by at most 2⁻⁵² of it (two ulps for functions
// of package math, whose authors bound them by one), is moved by 2⁻⁵¹ of it and the smallest number.
type box struct{ lo, hi float64 }

const (
	outward  = 0x1p-51
	smallest = math.SmallestNonzeroFloat64
)

var everything = box{math.Inf(-1), math.Inf(1)}

// widened returns the box that surely holds all between computed ends; NaN is an end of which nothing is known.
func widened(lo, hi float64) box {
	if lo != 0 && !math.IsInf(lo, 0) {
		lo -= math.Abs(lo)*outward + smallest
	}
	if hi != 0 && !math.IsInf(hi, 0) {
		hi += math.Abs(hi)*outward + smallest
	}
	if math.IsNaN(lo) {
		lo = math.Inf(-1)
	}
	if math.IsNaN(hi) {
		hi = math.Inf(1)
	}
	return box{lo, hi}
}

func single(x float64) box         { return box{x, x} }
func (a box) isSingle() bool       { return a.lo == a.hi }
func (a box) isInfinite() bool     { return a.lo == a.hi && math.IsInf(a.lo, 0) }
func (a box) holds(x float64) bool { return a.lo <= x && x <= a.hi }
func (a box) meets(b box) bool     { return a.lo <= b.hi && b.lo <= a.hi }
func (a box) mag() float64         { return math.Max(math.Abs(a.lo), math.Abs(a.hi)) }
func (a box) neg() box             { return box{-a.hi, -a.lo} }
func (a box) add(b box) box        { return widened(a.lo+b.lo, a.hi+b.hi) }
func (a box) hull(b box) box       { return box{math.Min(a.lo, b.lo), math.Max(a.hi, b.hi)} }
func (a box) pos() box             { return box{math.Max(0, a.lo), math.Max(0, a.hi)} }
func (a box) clip(lo, hi float64) box {
	return box{math.Min(math.Max(a.lo, lo), hi), math.Max(math.Min(a.hi, hi), lo)}
}

// width is how far two numbers of the box may be from each other.
func (a box) width() float64 {
	if a.lo == a.hi {
		return 0
	}
	return (a.hi - a.lo) * (1 + outward)
}

// wider returns the box with r more on each side.
func (a box) wider(r float64) box {
	if r == 0 || a.isInfinite() {
		return a
	}
	return widened(a.lo-r, a.hi+r)
}

// times is x·y, where 0 times an end that is not attained is 0, and no other product is.
func times(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	if z := x * y; z != 0 {
		return z
	}
	return math.Copysign(smallest, x) * math.Copysign(1, y)
}

// over is x/y, which is 0 for x = 0 only.
func over(x, y float64) float64 {
	if z := x / y; z != 0 || x == 0 {
		return z
	}
	return math.Copysign(smallest, x) * math.Copysign(1, y)
}

func (a box) mul(b box) box {
	if a.lo >= 0 && b.lo >= 0 {
		return widened(times(a.lo, b.lo), times(a.hi, b.hi))
	}
	p, q, r, s := times(a.lo, b.lo), times(a.lo, b.hi), times(a.hi, b.lo), times(a.hi, b.hi)
	return widened(min(p, q, r, s), max(p, q, r, s))
}

func (a box) square() box { m := a.abs(); return m.mul(m) }

func (a box) div(b box) box {
	switch {
	case b.hi < 0 || b.hi == 0 && b.lo < 0:
		return a.neg().div(b.neg())
	case b.lo > 0:
		lo, hi := b.hi, b.lo
		if a.lo < 0 {
			lo = b.lo
		}
		if a.hi < 0 {
			hi = b.hi
		}
		return widened(over(a.lo, lo), over(a.hi, hi))
	case b.lo == 0 && b.hi > 0 && a.lo >= 0:
		return widened(over(a.lo, b.hi), math.Inf(1))
	case b.lo == 0 && b.hi > 0 && a.hi <= 0:
		return widened(math.Inf(-1), over(a.hi, b.hi))
	}
	return everything
}

func (a box) abs() box {
	switch {
	case a.lo >= 0:
		return a
	case a.hi <= 0:
		return a.neg()
	}
	return box{0, a.mag()}
}

// up applies an increasing function of package math, whose values lie from least to most and are those only at the ends of the line.
func (a box) up(f func(float64) float64, least, most float64) box {
	lo, hi := f(a.lo), f(a.hi)
	b := widened(lo-4*outward*math.Abs(lo), hi+4*outward*math.Abs(hi))
	if hi == 0 && a.hi > math.Inf(-1) && a.hi != 0 {
		b.hi = smallest // it underflowed
	}
	if lo == 0 && a.lo != 0 {
		b.lo = math.Min(b.lo, 0)
	}
	return b.clip(least, most)
}

func (a box) exp() box {
	if a.isSingle() && (a.lo == 0 || math.IsInf(a.lo, -1)) {
		return single(math.Exp(a.lo))
	}
	b := a.up(math.Exp, 0, math.Inf(1))
	b.hi = math.Max(b.hi, smallest)
	return b
}

func (a box) expm1() box { return a.up(math.Expm1, -1, math.Inf(1)) }

// log leaves out what is below 0.
func (a box) log() box {
	if a.hi < 0 {
		return everything
	}
	return a.pos().up(ln, math.Inf(-1), math.Inf(1))
}

// ln is the natural logarithm of x ≥ 0. Where math.Log is written in assembly, on amd64, it is -709.09 of
// every number near 0: it takes a subnormal number for a normal one.
func ln(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

func (a box) log1p() box {
	if a.hi < -1 {
		return everything
	}
	return box{math.Max(a.lo, -1), a.hi}.up(math.Log1p, math.Inf(-1), math.Inf(1))
}

func (a box) sqrt() box {
	if a.hi < 0 {
		return everything
	}
	return a.pos().up(math.Sqrt, 0, math.Inf(1))
}

func (a box) sigmoid() box {
	if a.isInfinite() {
		return single(sigmoid(a.lo))
	}
	b := a.up(sigmoid, 0, 1)
	b.hi = math.Max(b.hi, smallest)
	return b
}

func (a box) softplus() box {
	if a.isInfinite() {
		return single(math.Max(0, a.lo))
	}
	b := a.up(func(t float64) float64 { return math.Max(t, 0) + math.Log1p(math.Exp(-math.Abs(t))) }, 0, math.Inf(1))
	b.hi = math.Max(b.hi, smallest)
	return b
}

func sigmoid(t float64) float64 {
	if t < 0 {
		return math.Exp(t) / (1 + math.Exp(t))
	}
	return 1 / (1 + math.Exp(-t))
}

// power encloses x^b: a whole b takes any x, another x ≥ 0.
func (a box) power(b box) box {
	if !b.isSingle() || b.lo != math.Trunc(b.lo) {
		return a.log().mul(b).exp()
	}
	k := b.lo
	if a.holds(0) && k < 0 {
		return everything
	}
	lo, hi := math.Pow(a.lo, k), math.Pow(a.hi, k)
	b = box{math.Min(lo, hi), math.Max(lo, hi)}
	b = widened(b.lo-8*outward*math.Abs(b.lo), b.hi+8*outward*math.Abs(b.hi))
	if a.holds(0) && math.Mod(k, 2) == 0 && k != 0 {
		b.lo = 0
	}
	if a != single(0) && k != 0 {
		if a.lo > 0 || math.Mod(k, 2) == 0 {
			b.hi = math.Max(b.hi, smallest)
		} else {
			b = b.hull(box{-smallest, smallest})
		}
	}
	return b
}
