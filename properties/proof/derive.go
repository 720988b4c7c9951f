package proof

import "math/big"

// A derivation differentiates along a path.
type derivation struct {
	move func(*atom) Term // the derivative of a variable or family along it; nil: constant
	sign func(Term) int   // the sign of t where it is known to be the same nearby, else 0
	owed []Fact           // what makes the result right: t > 0 for ln(t), t ≠ 0 for inv(t)
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
	case variable, family:
		if m := d.move(a); m != nil {
			return m
		}
		return Term{}
	case delta:
		return Term{}
	case sum:
		j, body := a.open()
		from := len(d.owed)
		db := d.of(body)
		for i, o := range d.owed[from:] {
			if o.P.has(j) {
				if o.All != "" {
					refuse("a sum within a sum below %s owes too much", a.key)
				}
				d.owed[from+i].All = j
			}
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
		d.owed = append(d.owed, Fact{P: a.arg, Rel: above})
		return Mul(Inv(a.arg), da)
	case d.sign(a.arg) > 0:
		return da
	case d.sign(a.arg) == 0:
		refuse("no derivative of %s: an assumption must say on which side of 0 it is", a.key)
	}
	return Term{}
}
