package formula

import "slices"

// A Mutant is a formula or a statement with one change, such as a slip of the pen makes; Formula or Statement is set.
type Mutant struct {
	What      string // "+ → −", "F → F̄", "factor β dropped"
	Pos       int    // of the change, in the original's text
	Formula   *Formula
	Statement *Statement
}

// Mutants returns the formulas that differ from f by one change, in an order that is always the same. All parse, and no two
// have the same text, nor has one that of f.
func (f *Formula) Mutants() []Mutant {
	g := &Formula{Expr: f.Expr.clone(), Where: cloneAll(f.Where)}
	m := mutator{pair: f.Pair, seen: map[string]bool{f.String(): true}}
	m.keep = func(k Mutant) {
		h := Formula{Expr: g.Expr, Where: used(g.Where, g.Expr)}
		var err error
		if k.Formula, err = Parse(h.String()); err == nil {
			m.add(k, k.Formula.String())
		}
	}
	m.walk(&g.Expr, nil, nil)
	m.definitions(g.Where)
	return m.found
}

// Mutants returns the statements that differ from s by one change: of an expression, of a relation, or by a condition or
// an exception left out.
func (s *Statement) Mutants() []Mutant {
	m := mutator{seen: map[string]bool{s.String(): true}}
	s.mutate(&m, func(k Mutant, changed *Statement) {
		var err error
		if k.Statement, err = ParseStatement(changed.String()); err == nil {
			m.add(k, k.Statement.String())
		}
	})
	return m.found
}

// Slip returns by which change s becomes t; ok is false if no one change makes it.
func (s *Statement) Slip(t *Statement) (what string, ok bool) {
	m := mutator{}
	s.mutate(&m, func(k Mutant, changed *Statement) {
		if changed.equal(t) {
			what, ok, m.done = k.What, true, true
		}
	})
	return what, ok
}

// mutate changes s in every way and hands on what it has become, for as long as the call lasts.
func (s *Statement) mutate(m *mutator, each func(k Mutant, changed *Statement)) {
	m.pair = s.Pair
	t := &Statement{ForAll: slices.Clone(s.ForAll), Says: cloneRelations(s.Says), When: cloneRelations(s.When), Where: cloneAll(s.Where)}
	m.keep = func(k Mutant) {
		if m.done {
			return
		}
		u := *t
		u.Where = used(t.Where, t.terms()...)
		each(k, &u)
	}
	var bound []string
	for i := range t.ForAll {
		q := &t.ForAll[i]
		if old := *q; q.Except != "" {
			q.Except = ""
			m.keep(Mutant{What: symbol(q.Name) + " ≠ " + symbol(old.Except) + " dropped", Pos: q.Pos})
			*q = old
		}
		bound = append(bound, q.Name)
	}
	m.relations(t.Says, bound)
	m.relations(t.When, bound)
	if when := t.When; len(when) > 0 {
		for i, r := range when {
			t.When = slices.Delete(slices.Clone(when), i, i+1)
			m.keep(Mutant{What: "condition " + short(row(layout{true, m.pair}.relation(r, true)...).unicode()) + " dropped", Pos: r.Terms[0].start()})
		}
		t.When = when
	}
	m.definitions(t.Where)
}

// A mutator changes one node of a tree after another, keeps the whole, and changes it back.
type mutator struct {
	pair  bool         // as layouts have it
	keep  func(Mutant) // the tree as it is now
	seen  map[string]bool
	found []Mutant
	done  bool // nothing more is looked for
}

func (m *mutator) add(k Mutant, text string) {
	if !m.seen[text] {
		m.seen[text] = true
		m.found = append(m.found, k)
	}
}

func (m *mutator) definitions(ds []Definition) {
	for i := range ds {
		m.walk(&ds[i].Expr, nil, nil)
	}
}

func (m *mutator) relations(rs []Relation, bound []string) {
	for _, r := range rs {
		for i := range r.Terms {
			if i > 0 {
				old := r.Rels[i-1]
				for _, s := range slips(old) {
					r.Rels[i-1] = s
					m.keep(Mutant{What: glyph(old) + " → " + glyph(s), Pos: r.Terms[i].start()})
				}
				r.Rels[i-1] = old
			}
			m.walk(&r.Terms[i], nil, bound)
		}
	}
}

// slips returns the relations that one is mistaken for.
func slips(relation string) []string {
	switch relation {
	case "=":
		return []string{"<", ">"}
	case "!=":
		return []string{"="}
	case "<":
		return []string{"<=", ">"}
	case "<=":
		return []string{"<", ">="}
	case ">":
		return []string{">=", "<"}
	}
	return []string{">", "<="}
}

// start returns where e begins in the text, but for a bracket.
func (e *Expr) start() int {
	if len(e.Args) == 2 && slices.Contains([]string{"+", "-", "*", "/", "^"}, e.Op) {
		return e.Args[0].start()
	}
	return e.Pos
}

// short clips a text.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func cloneAll(ds []Definition) []Definition {
	ds = slices.Clone(ds)
	for i := range ds {
		ds[i].Expr = ds[i].Expr.clone()
	}
	return ds
}

func cloneRelations(rs []Relation) (out []Relation) {
	for _, r := range rs {
		c := Relation{make([]*Expr, len(r.Terms)), slices.Clone(r.Rels)}
		for i, e := range r.Terms {
			c.Terms[i] = e.clone()
		}
		out = append(out, c)
	}
	return out
}

// used returns the definitions that expressions use, and those that they use.
func used(ds []Definition, es ...*Expr) (kept []Definition) {
	need := map[string]bool{}
	var mark func(e *Expr) bool
	mark = func(e *Expr) bool {
		if e.Op == "param" && e.Index == "" && !need[e.Name] {
			need[e.Name] = true
			for _, d := range ds {
				if d.Name == e.Name {
					d.Expr.contains(mark)
				}
			}
		}
		return false
	}
	for _, e := range es {
		e.contains(mark)
	}
	for _, d := range ds {
		if need[d.Name] {
			kept = append(kept, d)
		}
	}
	return kept
}
