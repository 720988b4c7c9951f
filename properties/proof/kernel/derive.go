package kernel

import "math/big"

// A Path is one along which variables and families move, each with the speed that it has here; what has none stands still.
type Path struct {
	Variables map[string]Term
	Families  map[string]Indexed
	Sign      func(Term) int // the sign of a term where it is known to be the same nearby, else 0
	Sums      *Sums          // what it asks of sums is added
}

// An Indexed term is one for each index.
type Indexed struct {
	Index string
	Is    Term
}

// At is the term of index i.
func (t Indexed) At(i string) Term { return Rename(t.Is, t.Index, i) }

// A derivation differentiates along a path.
type derivation struct {
	Path
	owed []Fact // what makes the result right: t > 0 for ln(t), t ≠ 0 for inv(t)
}

// Derivative returns the derivative of p along the path, and what it owes.
func (w Path) Derivative(p Term) (Term, []Fact) {
	d := derivation{Path: w}
	return d.of(p), d.owed
}

// of returns the derivative of p: sum, product and chain rule.
func (d *derivation) of(p Term) Term {
	r := Term{}
	for _, k := range p.keys() { // in order, for what is owed
		t := p[k]
		for i, f := range t.factors {
			da := d.atom(f.atom)
			if len(da) == 0 {
				continue
			}
			others := product{append(append([]factor{}, t.factors[:i]...), t.factors[i+1:]...), t.e}
			r = Add(r, Mul(Mul(Term{}.with(new(big.Rat).Mul(t.c, big.NewRat(int64(f.n), 1)), others), Pow(single(f.atom), f.n-1)), da))
		}
		if len(t.e) > 0 {
			r = Add(r, Mul(Term{}.with(t.c, t.product), d.of(t.e)))
		}
	}
	return r
}

func (d *derivation) atom(a *atom) Term {
	switch a.kind {
	case variable:
		return Add(d.Variables[a.name], nil)
	case family:
		if f, ok := d.Families[a.name]; ok && len(a.idx) == 1 {
			return f.At(a.idx[0])
		}
		return Term{}
	case delta:
		return Term{}
	case sum:
		j, body := a.open()
		from := len(d.owed)
		db := d.of(body)
		for _, o := range d.owed[from:] {
			if o.All != "" && o.P.has(j) {
				Refuse("a sum within a sum below %s owes too much", a.key)
			}
		}
		ForEach(j, d.owed[from:])
		if len(db) > 0 {
			d.Sums.Under[a.key] = Indexed{a.idx[0], a.arg}
		}
		return Sum(j, db)
	}
	da := d.of(a.arg)
	if len(da) == 0 { // constant along the path: so is what is made of it
		return Term{}
	}
	switch {
	case a.kind == inverse:
		d.owed = append(d.owed, Fact{P: a.arg, Rel: notZero})
		return Neg(Mul(Pow(single(a), 2), da))
	case a.kind == logarithm:
		d.owed = append(d.owed, Fact{P: a.arg, Rel: Above})
		return Mul(Inv(a.arg), da)
	case d.Sign(a.arg) > 0:
		return da
	case d.Sign(a.arg) == 0:
		Refuse("no derivative of %s: an assumption must say on which side of 0 it is", a.key)
	}
	return Term{}
}
