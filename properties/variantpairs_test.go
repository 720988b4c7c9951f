package properties_test

import "math"

// Losses of pairs, and sums of such.

func preference[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta := at("beta")
	d := F[0].minus(F[1])
	switch way {
	case "as written":
		return d.neg().scale(beta).sigmoid().log().neg()
	case "softplus":
		return d.scale(beta).softplus()
	case "logaddexp":
		return logaddexp(F[0].t.c(0), d.scale(beta))
	case "by hand":
		t := beta * (F[0].v - F[1].v)
		s := beta * sigmoid(t)
		return known(F, softplus(t), []T{s, -s})
	case "sign":
		return d.scale(-beta).softplus()
	case "ε in the logarithm":
		return d.scale(-beta).sigmoid().add(1e-8).log().neg()
	case "no β":
		return d.softplus()
	case "clamped":
		return d.scale(-beta).sigmoid().clamp(1e-7, 1).log().neg()
	case "! β distributed":
		return F[0].scale(beta).minus(F[1].scale(beta)).softplus()
	}
	return d.neg().scale(beta).logsigmoid().neg()
}

func identity[T float](F []*num[T], at func(string) T, way string) *num[T] {
	c := 1 / (2 * at("tau"))
	h := F[1].minus(F[0])
	switch way {
	case "other order":
		return F[1].add(-c).minus(F[0]).square()
	case "by hand":
		t := F[1].v - F[0].v - c
		return known(F, t*t, []T{-2 * t, 2 * t})
	case "1/τ":
		return h.add(-2 * c).square()
	case "sign":
		return h.neg().add(-c).square()
	case "slope without 2":
		t := h.add(-c)
		return t.square().off(t.times(t.detached()))
	}
	return h.add(-c).square()
}

func simple[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, g := at("beta"), at("g")
	d := F[0].minus(F[1])
	switch way {
	case "logsigmoid":
		return d.neg().scale(beta).add(-g).logsigmoid().neg()
	case "β taken out":
		return d.add(g / beta).scale(beta).softplus()
	case "sign of g":
		return d.scale(beta).add(-g).softplus()
	case "no β":
		return d.add(g).softplus()
	case "g scaled":
		return d.add(g).scale(beta).softplus()
	}
	return d.scale(beta).add(g).softplus()
}

func utility[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, z := at("beta"), at("z")
	t := F[0].from(z).scale(beta)
	switch way {
	case "σ(−t)":
		return t.neg().sigmoid()
	case "by hand":
		s := sigmoid(-t.v)
		by := make([]T, len(F))
		by[0] = beta * s * (1 - s)
		return known(F, s, by)
	case "sign":
		return t.sigmoid()
	case "no β":
		return F[0].from(z).sigmoid().from(1)
	case "z not scaled":
		return F[0].scale(beta).add(-z).sigmoid()
	}
	return t.sigmoid().from(1)
}

func sigmoidal[T float](F []*num[T], at func(string) T, way string) *num[T] {
	a, b := at("a"), at("b")
	t := F[0].minus(F[1]).scale(a).add(b)
	switch way {
	case "by hand":
		s := sigmoid(t.v)
		by := a * s * sigmoid(-t.v)
		return known(F, s, []T{by, -by})
	case "no a":
		return F[0].minus(F[1]).add(b).sigmoid()
	case "b scaled":
		return F[0].minus(F[1]).add(b).scale(a).sigmoid()
	case "sign":
		return t.neg().sigmoid()
	case "! 1 − σ(−t)":
		return t.neg().sigmoid().from(1)
	}
	return t.sigmoid()
}

func share[T float](F []*num[T], at func(string) T, way string) *num[T] {
	switch way {
	case "softmax":
		return softmaxes(F)[0]
	case "sign":
		return F[1].minus(F[0]).sigmoid()
	case "squared":
		return F[0].minus(F[1]).sigmoid().square()
	}
	return F[0].minus(F[1]).sigmoid()
}

func triplet[T float](F []*num[T], at func(string) T, way string) *num[T] {
	m := at("m")
	switch way {
	case "by hand":
		t := m + F[0].v*F[0].v - F[1].v*F[1].v
		if t <= 0 {
			return known(F, 0, []T{0, 0})
		}
		return known(F, t, []T{2 * F[0].v, -2 * F[1].v})
	case "sign of m":
		m = -m
	case "no positive part":
		return F[0].square().minus(F[1].square()).add(m)
	case "not squared":
		return F[0].minus(F[1]).add(m).relu()
	case "! a product":
		return F[0].minus(F[1]).times(F[0].plus(F[1])).add(m).relu()
	}
	return F[0].square().minus(F[1].square()).add(m).relu()
}

func hadsell[T float](F []*num[T], at func(string) T, way string) *num[T] {
	r := F[1].from(at("m")).relu()
	switch way {
	case "half the sum":
		return F[0].square().plus(r.square()).scale(0.5)
	case "by hand":
		return known(F, (F[0].v*F[0].v+r.v*r.v)/2, []T{F[0].v, -r.v})
	case "no half":
		return F[0].square().plus(r.square())
	case "not squared":
		return F[0].square().divided(2).plus(r.divided(2))
	case "no positive part":
		return F[0].square().plus(F[1].from(at("m")).square()).divided(2)
	}
	return F[0].square().divided(2).plus(r.square().divided(2))
}

func smoothHinge[T float](F []*num[T], at func(string) T, way string) *num[T] {
	t := F[1].minus(F[0])
	u := t.from(1)
	switch {
	case way == "clipped":
		c := u.clamp(0, 1)
		return c.times(u.relu().minus(c.divided(2)))
	case way == "! two squares":
		return u.relu().square().minus(t.neg().relu().square()).divided(2)
	case t.v >= 1:
		return nothing(F)
	case t.v <= 0 && way == "jumps at 0":
		return u
	case t.v <= 0:
		return t.from(0.5)
	case way == "no half":
		return u.square()
	case way == "slope without 2":
		return u.square().divided(2).off(u.square().divided(4))
	}
	return u.square().divided(2)
}

func huber[T float](F []*num[T], at func(string) T, way string) *num[T] {
	d := F[0].minus(F[1])
	r := d.square().add(1).sqrt()
	switch way {
	case "a quotient":
		return d.square().over(r.add(1))
	case "no − 1":
		return r
	case "half":
		return r.add(-1).scale(0.5)
	}
	return r.add(-1)
}

func logCosh[T float](F []*num[T], at func(string) T, way string) *num[T] {
	d := F[0].minus(F[1])
	switch way {
	case "logaddexp":
		return logaddexp(d, d.neg()).add(-math.Ln2)
	case "no ln 2":
		return logaddexp(d, d.neg())
	case "half the argument":
		return logaddexp(d.scale(0.5), d.scale(-0.5)).add(-math.Ln2)
	}
	return d.scale(2).softplus().minus(d).add(-math.Ln2)
}

// beside are F_y − F_j.
func beside[T float](F []*num[T]) []*num[T] {
	return each(F[1:], func(f *num[T]) *num[T] { return F[0].minus(f) })
}

func pairs[T float](F []*num[T], at func(string) T, way string) *num[T] {
	d := beside(F)
	switch way {
	case "as written":
		return sum(append(each(d, (*num[T]).exp), nothing(F))).add(1).log()
	case "logsumexp":
		return logsumexp(append(d, nothing(F)))
	case "by hand":
		p, logp := softmax(append([]T{0}, values(d)...), -1)
		by := make([]T, len(F))
		for j := range by {
			by[j] = -p[j]
		}
		by[0] = others(p)
		return known(F, -logp[0], by)
	case "no 1":
		return logsumexp(d)
	case "mean":
		return logsumexp(d).add(-ln(T(len(d)))).softplus()
	case "clamped":
		return logsumexp(each(d, func(x *num[T]) *num[T] { return x.clamp(-30, 30) })).softplus()
	case "! cross entropy":
		return logSoftmax(each(F, (*num[T]).neg))[0].neg()
	}
	return logsumexp(d).softplus()
}

func marginal[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, m := at("beta"), at("m")
	if len(F) == 1 {
		return nothing(F)
	}
	x := logits(append([]*num[T]{F[0].add(m)}, F[1:]...), beta)
	switch way {
	case "softplus":
		return logsumexp(x[1:]).minus(x[0]).softplus()
	case "logsumexp":
		return logsumexp(x).minus(x[0])
	case "logaddexp":
		return logaddexp(x[0], logsumexp(x[1:])).minus(x[0])
	case "m in the sum only":
		return logsumexp(x).minus(F[0].scale(-beta))
	case "β twice":
		x[0] = x[0].scale(beta)
	case "sign of m":
		x[0] = F[0].add(-m).scale(-beta)
	case "m not scaled":
		x[0] = F[0].scale(-beta).add(-m)
	case "m for all":
		x = logits(F, beta)
	}
	return logSoftmax(x)[0].neg()
}

func crammerSinger[T float](F []*num[T], at func(string) T, way string) *num[T] {
	m := at("m")
	if len(F) == 1 {
		return nothing(F)
	}
	t := append([]*num[T]{nothing(F)}, each(beside(F), func(d *num[T]) *num[T] { return d.add(m) })...)
	switch way {
	case "of the best":
		return F[0].add(m).minus(least(F[1:])).relu()
	case "m at y":
		t[0] = t[0].add(m)
	case "no positive part":
		t = t[1:]
	case "a sum":
		return sum(each(t, (*num[T]).relu))
	}
	return largest(t)
}

func hingesSquared[T float](F []*num[T], at func(string) T, way string) *num[T] {
	m, n := at("m"), T(len(F))
	h := each(beside(F), func(d *num[T]) *num[T] { return d.add(m).relu().square() })
	switch way {
	case "each over n":
		return sum(each(h, func(x *num[T]) *num[T] { return x.divided(n) }))
	case "pairwise":
		return pairwise(h).scale(1 / n)
	case "over n − 1":
		n--
	case "y counted":
		h = append(h, F[0].t.c(m*m))
	case "not squared":
		h = each(beside(F), func(d *num[T]) *num[T] { return d.add(m).relu() })
	}
	return sum(h).divided(n)
}

func exponentials[T float](F []*num[T], at func(string) T, way string) *num[T] {
	e := each(beside(F), (*num[T]).exp)
	switch way {
	case "pairwise":
		return pairwise(e)
	case "mean":
		return sum(e).divided(T(len(e)))
	case "y counted":
		return sum(e).add(1)
	case "! of a logsumexp":
		return logsumexp(beside(F)).exp()
	}
	return sum(e)
}

func ranking[T float](F []*num[T], at func(string) T, way string) *num[T] {
	beta, n := at("beta"), T(len(F)-1)
	h := each(beside(F), func(d *num[T]) *num[T] { return d.scale(beta).softplus() })
	switch way {
	case "by hand":
		v, by := T(0), make([]T, len(F))
		for j, f := range F[1:] {
			t := beta * (F[0].v - f.v)
			v += softplus(t)
			by[j+1] = -beta * sigmoid(t) / n
			by[0] -= by[j+1]
		}
		return known(F, v/n, by)
	case "times 1/n":
		return pairwise(h).scale(1 / n)
	case "over n":
		n++
	case "no β":
		h = each(beside(F), (*num[T]).softplus)
	case "a sum":
		n = 1
	}
	return sum(h).divided(n)
}

func multilabel[T float](F []*num[T], at func(string) T, way string) *num[T] {
	w, v := at("w"), at("v")
	if way == "w and v exchanged" {
		w, v = v, w
	}
	bce := (*num[T]).softplus
	switch way {
	case "ε in the logarithm":
		bce = func(x *num[T]) *num[T] { return x.neg().sigmoid().add(1e-7).log().neg() }
	case "! 1 − σ": // and at 0 the derivatives of max and abs
		bce = func(x *num[T]) *num[T] { return x.softplus().off(x.times(x.neg().sigmoid().from(1).detached())) }
	}
	hs := each(F, func(f *num[T]) *num[T] { return bce(f.neg()).scale(v) })
	hs[0] = bce(F[0]).scale(w)
	switch way {
	case "weights outside":
		hs = each(F, func(f *num[T]) *num[T] { return bce(f.neg()) })
		hs[0] = F[0].t.c(0)
		return bce(F[0]).scale(w).plus(sum(hs).scale(v))
	case "mean":
		return sum(hs).divided(T(len(hs)))
	}
	return sum(hs)
}

func marginHuber[T float](F []*num[T], at func(string) T, way string) *num[T] {
	c := at("c")
	t := F[0].minus(F[1]).add(at("m")).relu()
	switch way {
	case "clipped", "! clipped":
		q := t.clamp(0, c)
		return q.square().scale(0.5).plus(t.minus(q).scale(c))
	case "by hand":
		if t.v <= c {
			return known(F, t.v*t.v/2, []T{t.v, -t.v})
		}
		return known(F, c*(t.v-c/2), []T{c, -c})
	case "no half":
		if t.v <= c {
			return t.square()
		}
	case "c² for c²/2":
		if t.v > c {
			return t.add(-c).scale(c)
		}
	case "slope past c":
		if t.v > c {
			return t.add(-c / 2).scale(c).off(t.square().scale(0.5))
		}
	}
	if t.v <= c {
		return t.square().scale(0.5)
	}
	return t.add(-c / 2).scale(c)
}

func arc[T float](F []*num[T], at func(string) T, way string) *num[T] {
	s, c, q := at("s"), at("c"), at("q")
	if len(F) == 1 {
		return nothing(F)
	}
	cos := each(F, (*num[T]).neg)
	sine := cos[0].square().from(1).relu().add(1e-7).sqrt()
	phi := cos[0].scale(c).minus(sine.scale(q))
	x := each(cos, func(u *num[T]) *num[T] { return u.scale(s) })
	x[0] = phi.scale(s)
	switch way {
	case "logsumexp":
		return logsumexp(x).minus(x[0])
	case "one-hot":
		x[0] = phi.scale(1).plus(cos[0].scale(0)).scale(s)
	case "sign of the sine":
		x[0] = cos[0].scale(c).plus(sine.scale(q)).scale(s)
	case "margin forgotten":
		x[0] = cos[0].scale(s)
	case "not scaled":
		x[0] = phi
	}
	return logSoftmax(x)[0].neg()
}
