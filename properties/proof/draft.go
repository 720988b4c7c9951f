package proof

import (
	"math/big"
	"slices"
)

// A Draft is a certificate that is being written: what provers use. The checker does not.
type Draft struct {
	Lines []string
	s     *session
}

// Begin starts a certificate of t.
func Begin(t Theorem) (*Draft, error) {
	head, err := t.Head()
	if err != nil {
		return nil, err
	}
	d := &Draft{s: newSession()}
	for i, line := range head {
		if i != 1 {
			if err := d.s.line(line); err != nil {
				return nil, err
			}
		}
	}
	d.Lines = append(d.Lines, head...)
	return d, nil
}

// Line adds a line, if the checker takes it.
func (d *Draft) Line(line string) error {
	err := d.s.line(line)
	switch {
	case err == nil:
		d.Lines = append(d.Lines, line)
	case d.s.proving && len(d.s.frames) == 0: // the last goal was reached, but not what is owed
		d.Back(len(d.Lines))
	}
	return err
}

// Back takes all lines but the first n away.
func (d *Draft) Back(n int) {
	lines := d.Lines[:n]
	d.s, d.Lines = newSession(), nil
	for i, line := range lines {
		if i != 1 {
			if err := d.s.line(line); err != nil {
				panic("proof: " + err.Error())
			}
		}
		d.Lines = append(d.Lines, line)
	}
}

// Proved reports whether the proof is at its end.
func (d *Draft) Proved() bool { return d.s.proved }

// Facts are those of the innermost goal, and Goal is that goal.
func (d *Draft) Facts() []Fact { return d.s.facts() }

// Goal is what is to be proved now.
func (d *Draft) Goal() Fact { return d.s.top().goal }

// Term reads a term.
func (d *Draft) Term(text string) (t Term, err error) {
	defer caught(text, &err)
	return d.s.term(text), nil
}

// Owed is what the statement needs for its own sense.
func (d *Draft) Owed() []Fact { return d.s.owed }

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
	Arg   Term   // of inv, ln, pos
	Index string // what a sum binds
	Body  string // of a sum
}

// Monomials are those of p, sorted by key.
func (p Term) Monomials() (ms []Monomial) {
	for _, k := range p.keys() {
		t := p[k]
		m := Monomial{Coef: t.c, Key: k, Exp: t.e, Term: Term{}.with(one, t.product)}
		for _, f := range t.factors {
			g := Factor{Kind: f.kind, Text: f.key, N: f.n, Arg: f.arg}
			if f.kind == sum {
				g.Index, g.Body = f.idx[0], f.arg.String()
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
