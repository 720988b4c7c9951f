package kernel

import (
	"math/big"
	"slices"
)

// A Monomial is one of a term, as a prover looks at it.
type Monomial struct {
	Coef    *big.Rat
	Key     string
	Exp     Term
	Term    Term // with coefficient 1
	Factors []Factor
}

// A Factor is a power of an atom.
type Factor struct {
	Kind  byte // v variable, f family, i inv, l ln, p pos, s sum, d delta
	Text  string
	N     int
	Arg   Term     // of inv, ln, pos, sum
	Body  string   // of a sum
	Name  string   // of a variable or family
	Index []string // of a family or delta; of a sum, what it binds
}

// Monomials are those of p, sorted by key.
func (p Term) Monomials() (ms []Monomial) {
	for _, k := range p.keys() {
		t := p[k]
		m := Monomial{Coef: t.c, Key: k, Exp: t.e, Term: Term{}.with(one, t.product)}
		for _, f := range t.factors {
			g := Factor{Kind: f.kind, Text: f.key, N: f.n, Arg: f.arg, Name: f.name, Index: f.idx}
			if f.kind == sum {
				g.Body = f.arg.String()
			}
			m.Factors = append(m.Factors, g)
		}
		ms = append(ms, m)
	}
	return ms
}

// Quotient is m/o, where the factors of o are among those of m.
func (m Monomial) Quotient(o Monomial) (q Term, ok bool) {
	for _, f := range o.Factors {
		if !slices.ContainsFunc(m.Factors, func(g Factor) bool { return g.Text == f.Text && g.N >= f.N }) {
			return nil, false
		}
	}
	p := product{e: Sub(m.Exp, o.Exp)}
	for _, t := range m.Term {
		for _, f := range t.factors {
			i := slices.IndexFunc(o.Factors, func(g Factor) bool { return g.Text == f.key })
			switch {
			case i < 0:
				p.factors = append(p.factors, f)
			case f.n > o.Factors[i].N:
				p.factors = append(p.factors, factor{f.atom, f.n - o.Factors[i].N})
			}
		}
	}
	return Term{}.with(one, p), true
}
