package coq

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// A statement is being written in Coq, in two ways at once: as it is read, of real numbers, and as terms that mean just that.
type statement struct {
	numbering
	formula   *formula.Statement
	pair      bool
	byW       bool   // energies are functions of W
	offending bool   // F[ybar] of more than two answers
	moved     *with  // F is another for the time being
	energies  string // F as a function of answers, if it is not moved
	scope     []string
	inside    int // binders and derivatives around what is written
	extremes  []extreme
	slopes    []derivative
	assumed   []relationship
	given     []relationship // after the others
	letters   []string       // that are taken
}

// with is energies in place of F: the energy of the answer bind is is, where F is as it was before.
type with struct {
	bind   string
	is     *formula.Expr
	before *with
}

// An extreme is where a term is largest or smallest.
type extreme struct{ word, function, at string }

// A relationship is an assumption or a conclusion: the text, the fact, and the lemma of words.v between them.
type relationship struct{ text, fact, lemma string }

// A rendering is an expression as it is read, how tightly that holds together, and its term.
type rendering struct {
	text  string
	level int
	term  *term
}

// Levels of Coq's notations; what is tighter is less.
const (
	tight   = 0
	applied = 10
	raised  = 30
	negated = 35
	times   = 40
	added   = 50
)

// as returns the text, in brackets if it is looser than its place.
func (r rendering) as(level int) string {
	if r.level > level {
		return "(" + r.text + ")"
	}
	return r.text
}

// taken are names that mean something in Coq or in the words of words.v that a statement uses.
var taken = []string{"R", "at", "in", "as", "fun", "end", "if", "then", "else", "let", "fix", "forall", "exists", "match", "using", "where", "Y"}

// name returns what x is called in Coq.
func name(x string) string {
	if slices.Contains(taken, x) {
		return x + "_"
	}
	return x
}

// signs of relations in Coq, in words.v, and turned round.
var signs = map[string]struct{ text, word string }{
	"<": {"<", "Lt"}, "<=": {"<=", "Le"}, ">": {">", "Gt"}, ">=": {">=", "Ge"}, "=": {"=", "Equal"}, "!=": {"<>", "Not"},
}

func (s *statement) place() (p place) {
	for _, j := range s.scope {
		p = p.under(j)
	}
	return p
}

func (s *statement) coq(t *term) string { return s.write(t, s.place()) }

// relation writes each sign of a chain.
func (s *statement) relation(r formula.Relation) (out []relationship) {
	for i, sign := range r.Rels {
		a, b := s.expr(r.Terms[i]), s.expr(r.Terms[i+1])
		out = append(out, relationship{a.as(added) + " " + signs[sign].text + " " + b.as(added),
			fmt.Sprintf("says %s %s %s", signs[sign].word, s.coq(a.term), s.coq(b.term)), "says_in"})
	}
	return out
}

// condition writes each sign of a chain; that a maximum over the answers is at most b, or a minimum at least, is said of all of them.
func (s *statement) condition(r formula.Relation) (out []relationship) {
	for i, sign := range r.Rels {
		a, b := r.Terms[i], r.Terms[i+1]
		rises := strings.HasPrefix(sign, "<")
		of, left := a, true
		switch {
		case rises && a.Op != "max":
			of, left = b, false
		case !rises && b.Op == "max":
			of, left = b, false
		}
		want := map[bool]string{true: "max", false: "min"}[rises == left]
		if of.Bind == "" || of.Op != want || sign == "=" || sign == "!=" {
			out = append(out, s.relation(formula.Relation{Terms: []*formula.Expr{a, b}, Rels: []string{sign}})...)
			continue
		}
		inner := func(e *formula.Expr) rendering {
			s.scope = append(s.scope, of.Bind)
			s.inside++
			defer func() { s.scope, s.inside = s.scope[:len(s.scope)-1], s.inside-1 }()
			return s.expr(e)
		}
		x, y := inner(of.Args[0]), inner(b)
		if !left {
			x, y = inner(a), inner(of.Args[0])
		}
		p := place{}.under(of.Bind)
		text := fmt.Sprintf("%s %s %s", x.as(added), signs[sign].text, y.as(added))
		terms := fmt.Sprintf("%s %s %s", signs[sign].word, s.write(x.term, p), s.write(y.term, p))
		if of.Except == "" {
			out = append(out, relationship{fmt.Sprintf("(forall %s : Y, %s)", name(of.Bind), text), "says_all " + terms, "says_all_in"})
			continue
		}
		if !strings.HasSuffix(sign, "=") {
			refuse("%s(%s != %s: …) %s is not exported: say ≥", of.Op, of.Bind, of.Except, sign)
		}
		s.mention(of.Except)
		out = append(out, relationship{fmt.Sprintf("(forall %s : Y, %s <> %s -> %s)", name(of.Bind), name(of.Bind), name(of.Except), text),
			fmt.Sprintf("says_but %s %s", s.numbering.index(of.Except, place{}), terms), "says_but_in"})
	}
	return out
}
