package kernel

import "slices"

// has reports whether the index or variable x is free in a. Bound ones begin with #, free ones never do.
func (a *atom) has(x string) bool {
	return a.kind == variable && a.name == x || slices.Contains(a.idx, x) || a.arg.has(x)
}

func (m product) has(x string) bool {
	return slices.ContainsFunc(m.factors, func(f factor) bool { return f.has(x) }) || m.e.has(x)
}

func (p Term) has(x string) bool {
	for _, t := range p {
		if t.has(x) {
			return true
		}
	}
	return false
}

// open returns the body of a sum with a free index in place of the bound one.
func (a *atom) open() (j string, body Term) {
	j = Fresh()
	return j, Rename(a.arg, a.idx[0], j)
}

// replace makes p again with what leaf gives for an atom; where that is nil, the atom of what it is made of, replaced.
func replace(p Term, leaf func(*atom) Term) Term {
	r := Term{}
	for _, t := range p {
		q := Number(t.c)
		for _, f := range t.factors {
			q = Mul(q, Pow(replaceIn(f.atom, leaf), f.n))
		}
		if len(t.e) > 0 {
			q = Mul(q, Exp(replace(t.e, leaf)))
		}
		r = Add(r, q)
	}
	return r
}

func replaceIn(a *atom, leaf func(*atom) Term) Term {
	if r := leaf(a); r != nil {
		return r
	}
	switch a.kind {
	case inverse:
		return Inv(replace(a.arg, leaf))
	case logarithm:
		return Ln(replace(a.arg, leaf))
	case positive:
		return Pos(replace(a.arg, leaf))
	case sum:
		j, body := a.open()
		return Sum(j, replace(body, leaf))
	}
	return single(a)
}

// Rename puts the index i for the free index j.
func Rename(p Term, j, i string) Term {
	if i == j || !p.has(j) {
		return p
	}
	put := func(x string) string {
		if x == j {
			return i
		}
		return x
	}
	return replace(p, func(a *atom) Term {
		switch {
		case !a.has(j):
			return single(a)
		case a.kind == family:
			idx := make([]string, len(a.idx))
			for k, x := range a.idx {
				idx[k] = put(x)
			}
			return Family(a.name, idx...)
		case a.kind == delta:
			return Delta(put(a.idx[0]), put(a.idx[1]))
		}
		return nil
	})
}

// Substitute puts t for the variable x.
func Substitute(p Term, x string, t Term) Term {
	return replace(p, func(a *atom) Term {
		switch {
		case !a.has(x):
			return single(a)
		case a.kind == variable:
			return t
		}
		return nil
	})
}
