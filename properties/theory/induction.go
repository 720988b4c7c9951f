package theory

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// An induction is a statement about where a descent is after t steps: of numbers that move, such as t. What holds at the start, and
// after a step if it holds before, holds after any number of steps. So it is two theorems, which are written from one text.
type induction struct {
	name, refs string
	says       string // of the numbers that move
	given      string // conditions on those that do not
	start      string // "u := f; t := 0"
	step       string // "u := u - eta*g; t := t + 1": all at once. A letter that only step and each have may be another at each step
	each       string // conditions on a step
	positive   string
}

// theorems are that it holds at the start, and that it holds after a step if before. It panics if start and step move different
// numbers, or if a start or a condition that stays mentions one that moves.
func (i induction) theorems() []Theorem {
	from, to := moves(i.start), moves(i.step)
	var stays []string
	for name := range to {
		if from[name] == nil || len(from) != len(to) {
			panic(fmt.Sprintf("theory: %s: start and step move different numbers", i.name))
		}
		stays = append(stays, formula.MustStatement(from[name].String()+" = 0").Params...)
	}
	if i.given != "" {
		stays = append(stays, formula.MustStatement(i.given).Params...)
	}
	for _, name := range stays {
		if to[name] != nil {
			panic(fmt.Sprintf("theory: %s: %s moves, and start or given is about it", i.name, name))
		}
	}
	s := formula.MustStatement(i.says).Expand()
	under := func(s *formula.Statement, conditions ...string) string {
		var some []string
		for _, c := range conditions {
			if c != "" {
				some = append(some, c)
			}
		}
		if some == nil {
			return s.String()
		}
		return s.Under(strings.Join(some, " and "))
	}
	shown := func(text string, to map[string]*formula.Expr) string {
		var ms []string
		for _, m := range strings.Split(text, ";") {
			name, _, _ := strings.Cut(m, ":=")
			name = strings.TrimSpace(name)
			ms = append(ms, formula.MustParse(name).Unicode()+" ← "+formula.MustParse(to[name].String()).Unicode())
		}
		return strings.Join(ms, ", ")
	}
	whole := "so, by induction, after any number of steps " + shown(i.step, to) + " from " + shown(i.start, from) + ": " + s.Unicode()
	return []Theorem{
		{name: i.name + ".start", refs: i.refs, says: under(after(s, from), i.given), positive: i.positive, reads: "it is so at the start"},
		{name: i.name + ".step", refs: i.refs, says: under(after(s, to), i.says, i.given, i.each), positive: i.positive, reads: "it is so after a step if before; " + whole},
	}
}

// moves reads what becomes of each number.
func moves(text string) map[string]*formula.Expr {
	to := map[string]*formula.Expr{}
	for _, m := range strings.Split(text, ";") {
		name, e, ok := strings.Cut(m, ":=")
		if name = strings.TrimSpace(name); !ok || to[name] != nil {
			panic(fmt.Sprintf("theory: %q is no move, or moves one number twice", m))
		}
		to[name] = formula.MustParse(strings.TrimSpace(e)).Expr
	}
	return to
}

// after is the statement with numbers that have moved.
func after(s *formula.Statement, to map[string]*formula.Expr) *formula.Statement {
	var put func(e *formula.Expr) *formula.Expr
	put = func(e *formula.Expr) *formula.Expr {
		if t := to[e.Name]; t != nil && e.Op == "param" && e.Index == "" {
			return t
		}
		c := *e
		c.Args = make([]*formula.Expr, len(e.Args))
		for i, a := range e.Args {
			c.Args[i] = put(a)
		}
		return &c
	}
	t := *s
	t.Says = slices.Clone(s.Says)
	for i, r := range t.Says {
		r.Terms = slices.Clone(r.Terms)
		for j, e := range r.Terms {
			r.Terms[j] = put(e)
		}
		t.Says[i] = r
	}
	return &t
}

// inductionTheorems are those of all inductions.
func inductionTheorems() (ts []Theorem) {
	for _, i := range inductions {
		ts = append(ts, i.theorems()...)
	}
	return ts
}
