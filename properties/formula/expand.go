package formula

import (
	"fmt"
	"slices"
)

// Expand returns the formula with its definitions put in. A node keeps its place in the text, be it in a definition; a
// variable that would be bound within itself is renamed.
func (f *Formula) Expand() *Formula {
	g := *f
	x := expansion{f.Where, f.Params}
	g.Expr, g.Where = x.expand(f.Expr, nil, nil), nil
	return &g
}

// Expand returns the statement with its definitions put in, as for a Formula.
func (s *Statement) Expand() *Statement {
	t := *s
	x := expansion{s.Where, s.Params}
	var bound []string
	for _, q := range s.ForAll {
		bound = append(bound, q.Name)
	}
	relations := func(rs []Relation) (out []Relation) {
		for _, r := range rs {
			terms := make([]*Expr, len(r.Terms))
			for i, e := range r.Terms {
				terms[i] = x.expand(e, bound, nil)
			}
			out = append(out, Relation{terms, r.Rels})
		}
		return out
	}
	t.Says, t.When, t.Where = relations(s.Says), relations(s.When), nil
	return &t
}

// An expansion puts definitions in.
type expansion struct {
	where []Definition
	taken []string // names of parameters
}

// A renaming of a bound variable; later ones hide earlier ones.
type renaming struct{ from, to string }

// expand returns a copy of e where the variables bound, by their new names, are bound.
func (x *expansion) expand(e *Expr, bound []string, now []renaming) *Expr {
	rename := func(i string) string {
		for k := len(now) - 1; k >= 0; k-- {
			if now[k].from == i {
				return now[k].to
			}
		}
		return i
	}
	if e.Op == "param" && e.Index == "" {
		for _, d := range x.where {
			if d.Name == e.Name {
				return x.expand(d.Expr, bound, now)
			}
		}
	}
	c := *e
	c.Index, c.Other, c.Except = rename(e.Index), rename(e.Other), rename(e.Except)
	inner, names := bound, now
	if e.Bind != "" {
		c.Bind = x.fresh(e.Bind, bound)
		inner = append(bound[:len(bound):len(bound)], c.Bind)
		names = append(now[:len(now):len(now)], renaming{e.Bind, c.Bind})
	}
	c.Args = make([]*Expr, len(e.Args))
	for i, a := range e.Args {
		if e.Op == "with" && i == 0 {
			c.Args[i] = x.expand(a, bound, now)
		} else {
			c.Args[i] = x.expand(a, inner, names)
		}
	}
	return &c
}

// fresh returns name, or the next one that is not bound.
func (x *expansion) fresh(name string, bound []string) string {
	isFree := func(s string) bool {
		return !slices.Contains(bound, s) && !slices.Contains(x.taken, s) && !isReserved(s)
	}
	if isFree(name) {
		return name
	}
	for _, r := range "jklijabcd" {
		if isFree(string(r)) {
			return string(r)
		}
	}
	for i := 1; ; i++ {
		if s := fmt.Sprintf("%s%d", name, i); isFree(s) {
			return s
		}
	}
}

// Rebind returns a copy of e in which the free index j is i. No reduction in e may bind i.
func Rebind(e *Expr, j, i string) *Expr {
	return (&expansion{}).expand(e, []string{i}, []renaming{{j, i}})
}
