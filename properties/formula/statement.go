package formula

import "slices"

// A Formula is a loss of energies, or another number, as it was written.
type Formula struct {
	Text  string
	Expr  *Expr
	Where []Definition
	Names
}

// A Statement says that relations hold between expressions: for all answers, and where conditions hold.
type Statement struct {
	Text   string
	ForAll []Quantified
	Says   []Relation // all of them
	When   []Relation // all of them; empty: always
	Where  []Definition
	Names
}

// A Quantified variable ranges over the answers, but for Except, if that is not "".
type Quantified struct {
	Name, Except string
	Pos          int
}

// A Relation is a chain: Terms[0] Rels[0] Terms[1] Rels[1] …
type Relation struct {
	Terms []*Expr
	Rels  []string // = != < <= > >=
}

// A Definition abbreviates an expression. Its free indices are those of the place where the name is used.
type Definition struct {
	Name string
	Expr *Expr
	Pos  int
}

// relations are the signs between two sides.
var relations = []string{"=", "!=", "<", "<=", ">", ">="}

// words join the parts of a statement: no names.
var words = []string{"for", "all", "and", "if", "where"}

// equal reports whether s and t have the same trees.
func (s *Statement) equal(t *Statement) bool {
	quantified := func(q, r Quantified) bool { return q.Name == r.Name && q.Except == r.Except }
	relation := func(a, b Relation) bool {
		return slices.Equal(a.Rels, b.Rels) && slices.EqualFunc(a.Terms, b.Terms, (*Expr).Equal)
	}
	definition := func(d, e Definition) bool { return d.Name == e.Name && d.Expr.Equal(e.Expr) }
	return slices.EqualFunc(s.ForAll, t.ForAll, quantified) && slices.EqualFunc(s.Says, t.Says, relation) &&
		slices.EqualFunc(s.When, t.When, relation) && slices.EqualFunc(s.Where, t.Where, definition)
}

// terms returns the sides of all relations, in the order of the text.
func (s *Statement) terms() []*Expr {
	var es []*Expr
	for _, r := range slices.Concat(s.Says, s.When) {
		es = append(es, r.Terms...)
	}
	return es
}

// quantifiers = ["for" "all" binder {"," binder} ":"]
func (p *parser) quantifiers() (qs []Quantified) {
	if !p.word("for") {
		return nil
	}
	if !p.word("all") {
		p.fail(p.rest[0], "want all after for, found %s", p.rest[0])
	}
	for first := true; first || p.skip(","); first = false {
		pos := p.rest[0].pos
		name, except := p.binder()
		qs = append(qs, Quantified{name, except, pos})
	}
	p.want(":", "after the variables of for all")
	return qs
}

// conjunction = relation {"and" relation}
func (p *parser) conjunction() []Relation {
	rs := []Relation{p.relation()}
	for p.word("and") {
		rs = append(rs, p.relation())
	}
	return rs
}

// relation = sum sign sum {sign sum}
func (p *parser) relation() Relation {
	r := Relation{Terms: []*Expr{p.sum()}}
	for slices.Contains(relations, p.rest[0].kind) {
		r.Rels = append(r.Rels, p.next().kind)
		r.Terms = append(r.Terms, p.sum())
	}
	if len(r.Rels) == 0 {
		p.fail(p.rest[0], "want one of = != < <= > >=, found %s", p.rest[0])
	}
	return r
}

// definitions = ["where" name "=" sum {"," name "=" sum}]
func (p *parser) definitions() (ds []Definition) {
	if !p.word("where") {
		return nil
	}
	for first := true; first || p.skip(","); first = false {
		t := p.want("name", "to define")
		if isReserved(t.text) || t.text == "y" || t.text == "ybar" {
			p.fail(t, "%s has a meaning of its own: define another name", t)
		}
		if slices.ContainsFunc(ds, func(d Definition) bool { return d.Name == t.text }) {
			p.fail(t, "%s is defined twice", t)
		}
		p.want("=", "after the name that is defined")
		ds = append(ds, Definition{t.text, p.sum(), t.pos})
	}
	return ds
}

// Under returns the text of the statement where a condition, a conjunction of relations, holds besides.
func (s *Statement) Under(condition string) string {
	t, c := *s, MustStatement(condition)
	t.When = append(slices.Clone(s.When), c.Says...)
	return t.String()
}
