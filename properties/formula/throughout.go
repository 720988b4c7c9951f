package formula

import "slices"

// Slips returns what is taken for the formula f: first the formulas that differ from it
// throughout (y for ȳ, −F for F, without a parameter, p for 1 − p, half of it, twice), then its
// Mutants. All parse, and no two have the same text, nor has one that of f.
func (f *Formula) Slips() []Mutant {
	m := mutator{pair: f.Pair, seen: map[string]bool{f.String(): true}}
	all := f.Expand().Expr
	try := func(what string, e *Expr) {
		if g, err := Parse(e.String()); err == nil {
			m.add(Mutant{What: what, Formula: g}, g.String())
		}
	}
	try("y and ȳ exchanged", all.each(func(e *Expr) *Expr {
		for _, i := range []*string{&e.Index, &e.Other, &e.Except} {
			switch *i {
			case "y":
				*i = "ybar"
			case "ybar":
				*i = "y"
			}
		}
		return e
	}))
	try("−F for F", all.each(func(e *Expr) *Expr {
		if e.Op == "F" {
			return apply("neg", e)
		}
		return e
	}))
	for _, name := range f.Params {
		for _, x := range []int64{1, 0} {
			try(symbol(name)+" → "+whole(x).Lit, all.each(func(e *Expr) *Expr {
				if e.Op == "param" && e.Name == name && e.Index == "" {
					return whole(x)
				}
				return e
			}))
		}
	}
	all.complements(func(u *Expr) {
		try(m.show(u)+" for 1 − "+m.show(u), all.each(func(e *Expr) *Expr {
			if e.isComplement() && e.Args[1].Equal(u) {
				return e.Args[1]
			}
			return e
		}))
	})
	try("half of it", apply("/", all, whole(2)))
	try("twice it", apply("*", whole(2), all))
	for _, k := range f.Mutants() {
		m.add(k, k.Formula.String())
	}
	return m.found
}

// each returns a copy of e in which every node is what change makes of its copy.
func (e *Expr) each(change func(*Expr) *Expr) *Expr {
	c := *e
	c.Args = nil
	for _, a := range e.Args {
		c.Args = append(c.Args, a.each(change))
	}
	return change(&c)
}

// isComplement reports whether e is 1 minus something.
func (e *Expr) isComplement() bool { return e.Op == "-" && e.Args[0].Lit == "1" }

// complements hands on what is subtracted from 1 in e, each once.
func (e *Expr) complements(see func(u *Expr)) {
	var met []*Expr
	e.contains(func(e *Expr) bool {
		if e.isComplement() && !slices.ContainsFunc(met, e.Args[1].Equal) {
			met = append(met, e.Args[1])
			see(e.Args[1])
		}
		return false
	})
}
