package properties_test

import "math"

// Losses of probabilities.

// logits are −βF.
func logits[T float](F []*num[T], beta T) []*num[T] {
	return each(F, func(f *num[T]) *num[T] { return f.scale(-beta) })
}

// weighted is Σ w_j x_j.
func weighted[T float](w []T, xs []*num[T]) *num[T] {
	ys := make([]*num[T], len(xs))
	for j, x := range xs {
		ys[j] = x.scale(w[j])
	}
	return sum(ys)
}

// dot is Σ x_j y_j.
func dot[T float](xs, ys []*num[T]) *num[T] {
	zs := make([]*num[T], len(xs))
	for j, x := range xs {
		zs[j] = x.times(ys[j])
	}
	return sum(zs)
}

// nothing is 0, a loss of one answer.
func nothing[T float](F []*num[T]) *num[T] { return F[0].scale(0) }

func focalWays[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, g := at("beta"), at("g")
	x := logits(F, beta)
	l, p := logSoftmax(x)[0], softmaxes(x)
	if len(F) == 1 {
		return nothing(F)
	}
	switch way {
	case "as written":
		return p[0].from(1).pow(g).times(p[0].log().neg())
	case "exp of the cross entropy":
		ce := l.neg()
		return ce.neg().exp().from(1).pow(g).times(ce)
	case "sum of others":
		return sum(p[1:]).pow(g).times(l.neg())
	case "expm1":
		return l.expm1().neg().pow(g).times(l.neg())
	case "by hand":
		p, logp := softmax(values(F), beta)
		q := others(p)
		c := beta * (pow(q, g) - g*p[0]*pow(q, g-1)*logp[0])
		by := make([]T, len(F))
		for j := range by {
			by[j] = -c * p[j]
		}
		by[0] = c * q
		return known(F, -pow(q, g)*logp[0], by)
	case "no β":
		return focalWays(F, func(name string) T { return map[string]T{"beta": 1, "g": g}[name] }, "")
	case "clamped":
		q := p[0].clamp(1e-7, 1-1e-7)
		return q.from(1).pow(g).times(q.log().neg())
	case "ε in the logarithm":
		return p[0].from(1).pow(g).times(p[0].add(1e-8).log().neg())
	case "weight detached":
		return p[0].from(1).pow(g).detached().times(l.neg())
	case "p^g":
		return l.exp().pow(g).times(l.neg())
	}
	return l.exp().from(1).pow(g).times(l.neg())
}

func smoothing[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, eps, n := at("beta"), at("eps"), T(len(F))
	l := logSoftmax(logits(F, beta))
	target := make([]T, len(F))
	for j := range target {
		target[j] = eps/n + (1-eps)*is1[T](j)
	}
	smooth := sum(l).divided(n)
	switch way {
	case "targets":
		return weighted(target, l).neg().divided(beta)
	case "mean of F":
		L := logsumexp(logits(F, beta)).divided(beta)
		return F[0].scale(1 - eps).plus(pairwise(F).divided(n).scale(eps)).plus(L)
	case "by hand":
		p, _ := softmax(values(F), beta)
		for j := range target {
			p[j] = target[j] - p[j]
		}
		return known(F, -weighted(target, l).v/beta, p)
	case "others only":
		smooth = sum(l).minus(l[0]).divided(max(n-1, 1))
	case "sum for the mean":
		smooth = sum(l)
	case "not over β":
		beta = 1
	case "mean detached":
		smooth = smooth.detached()
	}
	return l[0].scale(1 - eps).plus(smooth.scale(eps)).neg().divided(beta)
}

func likelihood[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta := at("beta")
	x := logits(F, beta)
	if len(F) == 1 {
		return nothing(F)
	}
	byHand := func(c T) *num[T] {
		p, logp := softmax(values(F), beta)
		by := make([]T, len(F))
		for j := range by {
			by[j] = -c * p[j]
		}
		by[0] = c * others(p)
		return known(F, -logp[0]/beta, by)
	}
	switch way {
	case "logsumexp":
		return F[0].plus(logsumexp(x).divided(beta))
	case "logits":
		return logsumexp(x).minus(x[0]).divided(beta)
	case "by hand":
		return byHand(1)
	case "softplus":
		return logsumexp(x[1:]).minus(x[0]).softplus().divided(beta)
	case "not over β":
		return F[0].plus(logsumexp(x))
	case "slope by the logits":
		return byHand(beta)
	case "incorrect answers only":
		return F[0].plus(logsumexp(x[1:]).divided(beta))
	case "ε in the logarithm":
		return softmaxes(x)[0].add(1e-8).log().neg().divided(beta)
	}
	return logSoftmax(x)[0].neg().divided(beta)
}

func contrastive[T float](F []*num[T], at func(string) T, way string) *num[T] {
	tau := at("tau")
	x := each(F, func(f *num[T]) *num[T] { return f.neg().divided(tau) })
	if len(F) == 1 {
		return nothing(F)
	}
	switch way {
	case "logsumexp":
		return logsumexp(x).minus(x[0])
	case "times 1/τ":
		return logSoftmax(logits(F, 1/tau))[0].neg()
	case "as written":
		e := each(x, (*num[T]).exp)
		return e[0].over(sum(e)).log().neg()
	case "two logarithms":
		e := each(x, (*num[T]).exp)
		return sum(e).log().minus(e[0].log())
	case "softplus":
		return logsumexp(x[1:]).minus(x[0]).softplus()
	case "by hand":
		p, logp := softmax(values(x), -1)
		by := make([]T, len(F))
		for j := range by {
			by[j] = -p[j] / tau
		}
		by[0] = others(p) / tau
		return known(F, -logp[0], by)
	case "times τ":
		return logSoftmax(logits(F, tau))[0].neg()
	case "clamped":
		return softmaxes(x)[0].clamp(1e-7, 1).log().neg()
	case "positive left out":
		return logsumexp(x[1:]).minus(x[0])
	}
	return logSoftmax(x)[0].neg()
}

func generalised[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, q := at("beta"), at("q")
	x := logits(F, beta)
	l, p := logSoftmax(x)[0], softmaxes(x)
	switch way {
	case "exp of the logarithm":
		return l.scale(q).exp().from(1).divided(q)
	case "by hand":
		p, _ := softmax(values(F), beta)
		w := powOfTiny(p[0], q)
		by := make([]T, len(F))
		for j := range by {
			by[j] = -beta * w * p[j]
		}
		by[0] = beta * w * others(p)
		return known(F, (1-w)/q, by)
	case "not over q":
		return l.scale(q).exp().from(1)
	case "1 − p":
		return p[0].from(1).divided(q)
	case "weight detached":
		return l.exp().times(l.scale(q - 1).exp().detached()).from(1).divided(q)
	}
	return l.scale(q).exp().add(-1).neg().scale(1 / q)
}

func symmetric[T float](F []*num[T], at func(string) T, way string) *num[T] {
	a, b := at("a"), at("b")
	x := logits(F, at("beta"))
	l, p := logSoftmax(x)[0], softmaxes(x)
	if len(F) == 1 {
		return nothing(F)
	}
	reverse := l.exp().from(1)
	switch way {
	case "sum of others":
		reverse = sum(p[1:])
	case "softmax":
		reverse = p[0].from(1)
	case "a and b exchanged":
		a, b = b, a
	case "reverse detached":
		reverse = reverse.detached()
	case "clamped":
		l = p[0].clamp(1e-4, 1).log()
	}
	return l.neg().scale(a).plus(reverse.scale(b))
}

func polynomial[T float](F []*num[T], at func(string) T, way string) *num[T] {
	e := at("e")
	x := logits(F, at("beta"))
	ce := logSoftmax(x)[0].neg()
	more := ce.neg().exp().from(1)
	switch way {
	case "softmax":
		more = softmaxes(x)[0].from(1)
	case "expm1":
		more = ce.neg().expm1().neg()
	case "no 1":
		more = softmaxes(x)[0].neg()
	case "detached":
		more = more.detached()
	case "e^ce":
		more = ce.exp().from(1)
	}
	return ce.plus(more.scale(e))
}

func brier[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta := at("beta")
	if way == "no β" {
		beta = 1
	}
	p := softmaxes(logits(F, beta))
	sq := each(p, (*num[T]).square)
	if len(F) == 1 {
		return nothing(F)
	}
	own := p[0].add(-1).square()
	switch way {
	case "sum of others":
		own = sum(p[1:]).square().off(own) // the slopes of the sum would cancel where p_y is small
	case "by hand":
		p := values(p)
		q := 1 - p[0]
		v, mean := q*q, -q*p[0]
		for _, x := range p[1:] {
			v += x * x
			mean += x * x
		}
		by := make([]T, len(F))
		for j := range by {
			by[j] = -2 * beta * p[j] * (p[j] - is1[T](j) - mean)
		}
		return known(F, v, by)
	case "mean":
		return sum(append(sq[1:], own)).divided(T(len(F)))
	case "others only":
		own = own.scale(0)
	case "half the slope":
		a := sum(append(sq[1:], own))
		return a.off(a.scale(0.5))
	case "! 1 − 2p + Σp²":
		return sum(sq).plus(p[0].scale(-2)).add(1)
	}
	return sum(append(sq[1:], own))
}

func tsallis[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, a := at("beta"), at("a")
	if way == "no β" {
		beta = 1
	}
	x := logits(F, beta)
	q := each(softmaxes(x), func(p *num[T]) *num[T] { return p.pow(a) })
	switch way {
	case "exp of the logarithm":
		q = each(logSoftmax(x), func(l *num[T]) *num[T] { return l.scale(a).exp() })
	case "over a":
		return sum(q).from(1).divided(a)
	case "sign":
		return sum(q).add(-1).divided(a - 1)
	}
	return sum(q).from(1).divided(a - 1)
}

func entropic[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, l := at("beta"), at("l")
	x := logits(F, beta)
	logp, p := logSoftmax(x), softmaxes(x)
	of := each(logp, func(l *num[T]) *num[T] { // 0·ln 0 is 0
		if math.IsInf(float64(l.v), -1) {
			return l.t.c(0)
		}
		return l
	})
	minus := dot(each(logp, (*num[T]).exp), of)
	switch way {
	case "softmax":
		minus = dot(p, of)
	case "by hand":
		p, logp := softmax(values(F), beta)
		h := T(0)
		for j := range p {
			if p[j] > 0 { // 0·ln 0 is 0
				h -= p[j] * logp[j]
			}
		}
		by := make([]T, len(F))
		for j := range by {
			if by[j] = beta * (is1[T](j) - p[j]); p[j] > 0 {
				by[j] -= beta * l * p[j] * (logp[j] + h)
			}
		}
		return known(F, -logp[0]-l*h, by)
	case "sign":
		minus = minus.neg()
	case "detached":
		minus = minus.detached()
	case "ε in the logarithm":
		minus = dot(p, each(p, func(q *num[T]) *num[T] { return q.add(1e-8).log() }))
	}
	return logp[0].neg().plus(minus.scale(l))
}

func unlikelihood[T float](F []*num[T], at func(string) T, way string) *num[T] {
	x := logits(F, at("beta"))
	k := 1
	for j := range F[1:] {
		if F[j+1].v < F[k].v {
			k = j + 1
		}
	}
	p := softmaxes(x)
	switch way {
	case "log1p":
		return p[k].neg().log1p().neg()
	case "log1p of an exponential":
		return logSoftmax(x)[k].exp().neg().log1p().neg()
	case "ln p":
		return logSoftmax(x)[k].neg()
	case "ε in the logarithm":
		return p[k].from(1 + 1e-6).log().neg()
	case "p_y":
		return p[0].from(1).log().neg()
	}
	return p[k].from(1).log().neg()
}

func cosine[T float](F []*num[T], at func(string) T, way string) *num[T] {
	s := sum(each(F, (*num[T]).square))
	r := s.add(1e-6).sqrt()
	switch way {
	case "power":
		return F[0].times(s.add(1e-6).pow(-0.5)).from(1)
	case "by hand":
		c := F[0].v / r.v
		by := make([]T, len(F))
		for j := range by {
			by[j] = -(is1[T](j) - c*F[j].v/r.v) / r.v
		}
		return known(F, 1-c, by)
	case "ε without the root":
		r = s.sqrt().add(1e-6)
	case "norm detached":
		r = r.detached()
	}
	return F[0].over(r).from(1)
}

func expected[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta := at("beta")
	p := softmaxes(logits(F, beta))
	switch way {
	case "by hand":
		p := values(p)
		mean := T(0)
		for j, f := range F {
			mean += p[j] * f.v
		}
		by := make([]T, len(F))
		for j, f := range F {
			by[j] = p[j]*(1-beta*(f.v-mean)) - is1[T](j)
		}
		return known(F, mean-F[0].v, by)
	case "no β":
		p = softmaxes(logits(F, 1))
	case "p detached":
		p = each(p, (*num[T]).detached)
	case "incorrect answers only":
		p[0] = p[0].scale(0)
	}
	return dot(p, F).minus(F[0])
}

func spread[T float](F []*num[T], at func(string) T, way string) *num[T] {
	n := T(len(F))
	mean := sum(F).divided(n)
	d := each(F, func(f *num[T]) *num[T] { return f.minus(mean) })
	sq := each(d, (*num[T]).square)
	switch way {
	case "pairwise":
		return pairwise(sq).scale(1 / n).plus(F[0])
	case "by hand":
		by := make([]T, len(F))
		for j := range by {
			by[j] = 2*d[j].v/n + is1[T](j)
		}
		return known(F, sum(sq).v/n+F[0].v, by)
	case "n − 1":
		return sum(sq).divided(max(n-1, T(math.SmallestNonzeroFloat32))).plus(F[0])
	case "! in one pass":
		return sum(each(F, (*num[T]).square)).divided(n).minus(mean.square()).plus(F[0])
	}
	return sum(sq).divided(n).plus(F[0])
}

func odds[T float](F []*num[T], at func(string) T, way string) *num[T] {
	x := logits(F, at("beta"))
	if len(F) == 1 {
		return nothing(F).log()
	}
	l, p := logSoftmax(x)[0], softmaxes(x)[0]
	switch way {
	case "as written":
		return p.from(1).log().minus(p.log())
	case "log1p of an exponential":
		return l.exp().neg().log1p().minus(l)
	case "sign":
		return x[0].minus(logsumexp(x[1:]))
	case "ln p alone":
		return l.neg()
	case "no β":
		x = logits(F, 1)
	}
	return logsumexp(x[1:]).minus(x[0])
}

func softMinimum[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, n := at("beta"), T(len(F))
	x := logits(F, beta)
	switch way {
	case "shifted":
		most := largest(x).detached()
		e := each(x, func(x *num[T]) *num[T] { return x.minus(most).exp() })
		return F[0].plus(sum(e).divided(n).log().plus(most).divided(beta))
	case "as written":
		return F[0].plus(sum(each(x, (*num[T]).exp)).divided(n).log().divided(beta))
	case "a sum":
		n = 1
	case "not over β":
		beta = 1
	case "incorrect answers only":
		if len(x) > 1 {
			x = x[1:]
		}
	}
	return F[0].plus(logsumexp(x).add(-ln(n)).divided(beta))
}
