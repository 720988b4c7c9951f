package formula

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// A maker draws trees that Parse takes, of every kind of node.
type maker struct {
	r       *rand.Rand
	defined []string // names to use
	free    []string // indices that are bound somewhere
	tame    bool     // no ∞, D, delta or with: those that a number can be read off
}

func (m *maker) pick(s ...string) string { return s[m.r.IntN(len(s))] }

func (m *maker) index() string {
	return m.pick(append([]string{"y", "ybar", "y", "ybar", "0", "3"}, m.free...)...)
}

func (m *maker) leaf() *Expr {
	switch m.r.IntN(8) {
	case 0:
		e, _ := Parse(m.pick("0", "1", "2", "0.5", "1e-6", ".25", "3.", "2.5e3", "12"))
		return e.Expr
	case 1:
		if m.tame {
			return &Expr{Op: "n"}
		}
		return &Expr{Op: m.pick("n", "inf")}
	case 2, 3:
		return &Expr{Op: "param", Name: m.pick(append([]string{"beta", "m", "gamma", "a_1", "temp", "sigma", "delta"}, m.defined...)...)}
	case 4:
		return &Expr{Op: "param", Name: m.pick("q", "S", "c_2"), Index: m.index()}
	case 5:
		return &Expr{Op: "p", Index: m.index()}
	}
	return &Expr{Op: "F", Index: m.index()}
}

// within draws an expression where the variable j is bound, and uses it.
func (m *maker) within(j string, depth int) *Expr {
	outer := m.free
	m.free = append(outer[:len(outer):len(outer)], j)
	e := m.expr(depth - 1)
	m.free = outer
	if !e.contains(func(e *Expr) bool { return e.Index == j || e.Other == j || e.Except == j }) {
		e = &Expr{Op: m.pick("+", "*", "-"), Args: []*Expr{{Op: m.pick("F", "p"), Index: j}, e}}
	}
	return e
}

func (m *maker) variable() string {
	for _, j := range []string{"j", "k", "i", "l", "tau"} {
		if !slices.Contains(m.free, j) {
			return j
		}
	}
	return fmt.Sprintf("j%d", len(m.free))
}

func (m *maker) expr(depth int) *Expr {
	if depth <= 0 {
		return m.leaf()
	}
	some := func() *Expr { return m.expr(depth - 1 - m.r.IntN(2)) }
	switch m.r.IntN(14) {
	case 0, 1, 2:
		return &Expr{Op: m.pick("+", "-"), Args: []*Expr{some(), some()}}
	case 3, 4, 5:
		return &Expr{Op: m.pick("*", "/"), Args: []*Expr{some(), some()}}
	case 6:
		return &Expr{Op: "neg", Args: []*Expr{some()}}
	case 7:
		exponent := &maker{r: m.r, tame: true}
		up := exponent.expr(depth - 2)
		if up.contains(func(e *Expr) bool { return e.Op == "F" || e.Op == "p" }) {
			up = whole(2)
		}
		return &Expr{Op: "^", Args: []*Expr{some(), up}}
	case 8, 9:
		return &Expr{Op: m.pick(functions...), Args: []*Expr{some()}}
	case 10:
		e := &Expr{Op: m.pick(reductions...), Bind: m.variable()}
		if m.r.IntN(2) == 0 {
			e.Except = m.pick(append([]string{"y", "ybar"}, m.free...)...)
		}
		e.Args = []*Expr{m.within(e.Bind, depth)}
		return e
	case 11:
		e := &Expr{Op: m.pick("max", "min", "logsumexp"), Args: []*Expr{some(), some()}}
		if m.r.IntN(2) == 0 {
			e.Args = append(e.Args, some())
		}
		return e
	case 12:
		return &Expr{Op: "if", Name: m.pick(relations...), Args: []*Expr{some(), some(), some(), some()}}
	}
	if m.tame {
		return m.leaf()
	}
	switch m.r.IntN(3) {
	case 0:
		by := &Expr{Op: "param", Name: m.pick("beta", "W")}
		if m.r.IntN(2) == 0 {
			by = &Expr{Op: "F", Index: m.index()}
		}
		return &Expr{Op: "D", Args: []*Expr{some(), by}}
	case 1:
		return &Expr{Op: "delta", Index: m.index(), Other: m.index()}
	}
	j := m.variable()
	return &Expr{Op: "with", Bind: j, Args: []*Expr{some(), m.within(j, depth)}}
}

// statement draws a statement whose parts are that deep.
func (m *maker) statement(depth int) *Statement {
	s := &Statement{}
	uses := func(e *Expr, i string) *Expr {
		return &Expr{Op: "+", Args: []*Expr{{Op: "F", Index: i}, e}}
	}
	var must []string
	for range m.r.IntN(3) {
		q := Quantified{Name: m.variable()}
		if m.r.IntN(2) == 0 {
			q.Except = m.pick(append([]string{"y", "ybar"}, m.free...)...)
		}
		s.ForAll, m.free, must = append(s.ForAll, q), append(m.free, q.Name), append(must, q.Name)
	}
	inner := m.free
	for _, name := range []string{"Z", "w"}[:m.r.IntN(3)] {
		s.Where = append(s.Where, Definition{Name: name, Expr: m.expr(depth - 1)})
	}
	for _, d := range s.Where {
		m.defined = append(m.defined, d.Name)
	}
	m.free = inner
	chain := func() Relation {
		r := Relation{Terms: []*Expr{m.expr(depth)}}
		for range 1 + m.r.IntN(2) {
			r.Rels = append(r.Rels, m.pick(relations...))
			r.Terms = append(r.Terms, m.expr(depth))
		}
		return r
	}
	for range 1 + m.r.IntN(2) {
		s.Says = append(s.Says, chain())
	}
	for range m.r.IntN(3) {
		s.When = append(s.When, chain())
	}
	last := &s.Says[0].Terms[0]
	for _, i := range must {
		*last = uses(*last, i)
	}
	for _, d := range s.Where {
		*last = &Expr{Op: "*", Args: []*Expr{{Op: "param", Name: d.Name}, *last}}
	}
	return s
}
