package properties_test

import "math"

// Numbers that remember what they were made of, as those of a library that differentiates
// by itself do: each operation rounds once, and each derivative is written as PyTorch has it.

// A num is a number of a tape, with the derivative of its result by it.
type num[T float] struct {
	t    *tape[T]
	v, d T
	back func()
}

// A tape has its numbers in the order in which they were made.
type tape[T float] struct{ nums []*num[T] }

func (t *tape[T]) put(v T) *num[T] {
	a := &num[T]{t: t, v: v}
	t.nums = append(t.nums, a)
	return a
}

// c is a constant.
func (t *tape[T]) c(v T) *num[T] { return &num[T]{t: t, v: v} }

// slopes finds the derivatives of a by all that it was made of.
func (t *tape[T]) slopes(a *num[T]) {
	a.d = 1
	for i := len(t.nums) - 1; i >= 0; i-- {
		if b := t.nums[i].back; b != nil {
			b()
		}
	}
}

// then makes v of a, with derivative by.
func (a *num[T]) then(v T, by func(g T) T) *num[T] {
	b := a.t.put(v)
	b.back = func() { a.d += by(b.d) }
	return b
}

func (a *num[T]) plus(b *num[T]) *num[T] {
	c := a.t.put(a.v + b.v)
	c.back = func() { a.d += c.d; b.d += c.d }
	return c
}

func (a *num[T]) minus(b *num[T]) *num[T] {
	c := a.t.put(a.v - b.v)
	c.back = func() { a.d += c.d; b.d -= c.d }
	return c
}

func (a *num[T]) times(b *num[T]) *num[T] {
	c := a.t.put(a.v * b.v)
	c.back = func() { a.d += c.d * b.v; b.d += c.d * a.v }
	return c
}

func (a *num[T]) over(b *num[T]) *num[T] {
	c := a.t.put(a.v / b.v)
	c.back = func() { a.d += c.d / b.v; b.d += -c.d * c.v / b.v }
	return c
}

func (a *num[T]) neg() *num[T]        { return a.then(-a.v, func(g T) T { return -g }) }
func (a *num[T]) add(c T) *num[T]     { return a.then(a.v+c, func(g T) T { return g }) }
func (a *num[T]) scale(c T) *num[T]   { return a.then(c*a.v, func(g T) T { return g * c }) }
func (a *num[T]) divided(c T) *num[T] { return a.then(a.v/c, func(g T) T { return g / c }) }
func (a *num[T]) from(c T) *num[T]    { return a.then(c-a.v, func(g T) T { return -g }) }
func (a *num[T]) log() *num[T]        { return a.then(lnOfTiny(a.v), func(g T) T { return g / a.v }) }
func (a *num[T]) log1p() *num[T] {
	return a.then(T(math.Log1p(float64(a.v))), func(g T) T { return g / (1 + a.v) })
}
func (a *num[T]) square() *num[T] { return a.then(a.v*a.v, func(g T) T { return g * (2 * a.v) }) }

func (a *num[T]) exp() *num[T] {
	e := exp(a.v)
	return a.then(e, func(g T) T { return g * e })
}

func (a *num[T]) expm1() *num[T] {
	e := T(math.Expm1(float64(a.v)))
	return a.then(e, func(g T) T { return g * (e + 1) })
}

func (a *num[T]) sqrt() *num[T] {
	r := T(math.Sqrt(float64(a.v)))
	return a.then(r, func(g T) T { return g / (2 * r) })
}

func (a *num[T]) pow(c T) *num[T] {
	return a.then(powOfTiny(a.v, c), func(g T) T {
		if c == 0 {
			return 0
		}
		return g * (c * powOfTiny(a.v, c-1))
	})
}

// clamp is a between lo and hi, and flat beyond.
func (a *num[T]) clamp(lo, hi T) *num[T] {
	return a.then(min(max(a.v, lo), hi), func(g T) T {
		if lo <= a.v && a.v <= hi {
			return g
		}
		return 0
	})
}

// detached is a as a constant.
func (a *num[T]) detached() *num[T] { return a.t.c(a.v) }

func (a *num[T]) relu() *num[T] {
	return a.then(max(a.v, 0), func(g T) T {
		if a.v > 0 {
			return g
		}
		return 0
	})
}

func (a *num[T]) sigmoid() *num[T] {
	s := sigmoid(a.v)
	return a.then(s, func(g T) T { return g * ((1 - s) * s) })
}

func (a *num[T]) softplus() *num[T] {
	return a.then(softplus(a.v), func(g T) T { return g * sigmoid(a.v) })
}

func (a *num[T]) logsigmoid() *num[T] { return a.neg().softplus().neg() }

// off is a with the derivatives of b.
func (a *num[T]) off(b *num[T]) *num[T] { return b.then(a.v, func(g T) T { return g }) }

// sum adds up from the first to the last.
func sum[T float](xs []*num[T]) *num[T] {
	s := T(0)
	for _, x := range xs {
		s += x.v
	}
	a := xs[0].t.put(s)
	a.back = func() {
		for _, x := range xs {
			x.d += a.d
		}
	}
	return a
}

// pairwise adds up halves.
func pairwise[T float](xs []*num[T]) *num[T] {
	if len(xs) < 3 {
		return sum(xs)
	}
	return pairwise(xs[:len(xs)/2]).plus(pairwise(xs[len(xs)/2:]))
}

// each is f of each.
func each[T float](xs []*num[T], f func(x *num[T]) *num[T]) []*num[T] {
	ys := make([]*num[T], len(xs))
	for i, x := range xs {
		ys[i] = f(x)
	}
	return ys
}

// largest is the maximum, the first of equal ones.
func largest[T float](xs []*num[T]) *num[T] {
	at := 0
	for i, x := range xs {
		if x.v > xs[at].v || x.v != x.v {
			at = i
		}
	}
	return xs[at].scale(1)
}

func least[T float](xs []*num[T]) *num[T] {
	return largest(each(xs, (*num[T]).neg)).neg()
}

// values are the numbers alone.
func values[T float](xs []*num[T]) []T {
	vs := make([]T, len(xs))
	for i, x := range xs {
		vs[i] = x.v
	}
	return vs
}

// logSoftmax is x − max − ln Σ; its derivative g − p·Σg.
func logSoftmax[T float](xs []*num[T]) []*num[T] {
	_, logp := softmax(values(xs), -1)
	t, ys := xs[0].t, make([]*num[T], len(xs))
	first := t.put(0) // made before the others, so that it comes behind them
	for i := range xs {
		ys[i] = t.put(logp[i])
	}
	first.back = func() {
		s := T(0)
		for _, y := range ys {
			s += y.d
		}
		for i, x := range xs {
			x.d += ys[i].d - exp(ys[i].v)*s
		}
	}
	return ys
}

// softmaxes are e^(x − max)/Σ; the derivative p·(g − Σgp).
func softmaxes[T float](xs []*num[T]) []*num[T] {
	p, _ := softmax(values(xs), -1)
	t, ys := xs[0].t, make([]*num[T], len(xs))
	first := t.put(0)
	for i := range xs {
		ys[i] = t.put(p[i])
	}
	first.back = func() {
		s := T(0)
		for _, y := range ys {
			s += y.d * y.v
		}
		for i, x := range xs {
			x.d += ys[i].v * (ys[i].d - s)
		}
	}
	return ys
}

// logsumexp is max + ln Σ e^(x − max); its derivative g·e^(x − L). Of impossible answers alone it is −∞, which pushes none.
func logsumexp[T float](xs []*num[T]) *num[T] {
	most := T(math.Inf(-1))
	for _, x := range xs {
		most = max(most, x.v)
	}
	if math.IsInf(float64(most), -1) {
		return xs[0].t.c(most)
	}
	s := T(0)
	for _, x := range xs {
		s += exp(x.v - most)
	}
	a := xs[0].t.put(most + ln(s))
	a.back = func() {
		for _, x := range xs {
			x.d += a.d * exp(x.v-a.v)
		}
	}
	return a
}

// logaddexp is ln(e^a + e^b); its derivatives g/(1 + e^(b − a)) and g/(1 + e^(a − b)).
func logaddexp[T float](a, b *num[T]) *num[T] {
	c := a.t.put(max(a.v, b.v) + T(math.Log1p(float64(exp(-T(math.Abs(float64(a.v-b.v))))))))
	c.back = func() {
		a.d += c.d / (1 + exp(b.v-a.v))
		b.d += c.d / (1 + exp(a.v-b.v))
	}
	return c
}

// known is v with derivatives that were found by hand.
func known[T float](xs []*num[T], v T, by []T) *num[T] {
	a := xs[0].t.put(v)
	a.back = func() {
		for i, x := range xs {
			x.d += a.d * by[i]
		}
	}
	return a
}

// powOfTiny is x^c, of subnormal x too, of which math.Pow is wrong on amd64.
func powOfTiny[T float](x, c T) T {
	if x > 0 && x < 0x1p-1000 {
		return T(math.Pow(float64(x*0x1p60), float64(c)) * math.Exp2(-60*float64(c)))
	}
	return pow(x, c)
}
