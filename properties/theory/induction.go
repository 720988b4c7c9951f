package theory

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// An induction is a statement about where a descent, or a pass along a chain, is after t steps: of what moves, numbers such as t, and
// families, one number for each answer. What holds at the start, and after a step if it holds before, holds after any number of steps. So
// it is two theorems, which are written from one text.
type induction struct {
	name, refs string
	says       string // of what moves
	given      string // conditions on what does not
	start      string // "u := f; t := 0"
	step       string // "u := u - eta*g; t := t + 1": all at once. A letter that only step and each have may be another at each step
	each       string // conditions on a step
	answers    string // "j k": A[j] moves for each answer j, and k is any. If says is of each j, letters that only step and each have may be others for each
	positive   string
	reads      string // what its letters stand for
}

// A move is what becomes of a number x, or of a family x[j].
type move struct{ of, is *formula.Expr }

// theorems are that it holds at the start, and that it holds after a step if before. It panics if start and step move different
// numbers, or if a start or a condition that stays mentions one that moves.
func (i induction) theorems() []Theorem {
	from, to := i.moves(i.start), i.moves(i.step)
	conditions := []string{}
	for name := range to {
		if _, ok := from[name]; !ok || len(from) != len(to) {
			panic(fmt.Sprintf("theory: %s: start and step move different numbers", i.name))
		}
		conditions = append(conditions, from[name].is.String()+" = 0")
	}
	if i.given != "" {
		conditions = append(conditions, i.given)
	}
	for _, c := range conditions {
		s := i.statement(c)
		for _, name := range slices.Concat(s.Params, s.Vectors) {
			if _, ok := to[name]; ok {
				panic(fmt.Sprintf("theory: %s: %s moves, and start or given is about it", i.name, name))
			}
		}
	}
	s := i.statement(i.says).Expand()
	if s.ForAll != nil {
		i.refuseShared(s, to)
	}
	under := func(says string, conditions ...string) string {
		sign := " if "
		for _, c := range conditions {
			if c != "" {
				says, sign = says+sign+c, " and "
			}
		}
		return i.statement(says).String()
	}
	whole := "so, by induction, after any number of steps " + shown(i.step, to) + " from " + shown(i.start, from) + ": " + s.Unicode()
	if i.reads != "" {
		whole += "; " + i.reads
	}
	return []Theorem{
		{name: i.name + ".start", refs: i.refs, says: under(after(s, from), i.given), positive: i.positive, reads: "it is so at the start"},
		{name: i.name + ".step", refs: i.refs, says: under(after(s, to), before(s), i.given, i.each), positive: i.positive, reads: "it is so after a step if before; " + whole},
	}
}

// refuseShared panics if what is said of each j is about more answers after a step than j: their letters are others than those of j.
func (i induction) refuseShared(s *formula.Statement, to map[string]move) {
	j := s.ForAll[0].Name
	var walk func(e *formula.Expr)
	walk = func(e *formula.Expr) {
		if m, ok := to[e.Name]; ok && m.of.Index != "" && e.Index != j {
			panic(fmt.Sprintf("theory: %s: what is said of each %s is about %s", i.name, j, e.Unicode()))
		}
		for _, a := range e.Args {
			walk(a)
		}
	}
	for _, r := range s.Says {
		for _, e := range r.Terms {
			walk(e)
		}
	}
	known := slices.Concat(s.Params, s.Vectors)
	for name, m := range to {
		if m.of.Index != "" {
			continue
		}
		is := i.statement(m.is.String() + " = 0")
		for _, x := range slices.Concat(is.Params, is.Vectors) {
			if _, moves := to[x]; !moves && !slices.Contains(known, x) {
				panic(fmt.Sprintf("theory: %s: %s moves once, by the %s of each %s", i.name, name, x, j))
			}
		}
	}
}

// statement reads one, for all the answers that it has. It may not bind one of their letters.
func (i induction) statement(text string) *formula.Statement {
	var all []string
	for _, j := range strings.Fields(i.answers) {
		if strings.Contains(text, "["+j+"]") {
			all = append(all, j)
		}
	}
	if all != nil {
		text = "for all " + strings.Join(all, ", ") + ": " + text
	}
	s, err := formula.ParseStatement(text)
	if err != nil {
		panic(fmt.Sprintf("theory: %s: %v", i.name, err))
	}
	return s
}

// moves reads what becomes of each number and family.
func (i induction) moves(text string) map[string]move {
	to := map[string]move{}
	for _, m := range strings.Split(text, ";") {
		of, is, ok := strings.Cut(m, ":=")
		name := moving(m)
		if _, again := to[name]; !ok || again {
			panic(fmt.Sprintf("theory: %q is no move, or moves one number twice", m))
		}
		terms := i.statement(of + " = " + is).Says[0].Terms
		to[name] = move{terms[0], terms[1]}
	}
	return to
}

// moving is the name of what moves.
func moving(m string) string {
	of, _, _ := strings.Cut(m, ":=")
	name, _, _ := strings.Cut(strings.TrimSpace(of), "[")
	return name
}

// shown is how the moves of the text are written.
func shown(text string, to map[string]move) string {
	var ms []string
	for _, m := range strings.Split(text, ";") {
		is := to[moving(m)]
		ms = append(ms, is.of.Unicode()+" ← "+is.is.Unicode())
	}
	return strings.Join(ms, ", ")
}

// after is what s says, of what has moved.
func after(s *formula.Statement, to map[string]move) string {
	var put func(e *formula.Expr) *formula.Expr
	put = func(e *formula.Expr) *formula.Expr {
		if t, ok := to[e.Name]; ok {
			if t.of.Index == "" {
				return t.is
			}
			return formula.Rebind(t.is, t.of.Index, e.Index)
		}
		c := *e
		c.Args = make([]*formula.Expr, len(e.Args))
		for i, a := range e.Args {
			c.Args[i] = put(a)
		}
		return &c
	}
	var says []string
	for _, r := range s.Says {
		moved := formula.Relation{Rels: r.Rels}
		for _, e := range r.Terms {
			moved.Terms = append(moved.Terms, put(e))
		}
		says = append(says, moved.String())
	}
	return strings.Join(says, " and ")
}

// before is what s says as a condition: what it says for all answers is said of the greatest and the least difference.
func before(s *formula.Statement) string {
	var says []string
	for _, r := range s.Says {
		if len(s.ForAll) == 0 || !strings.Contains(r.String(), "["+s.ForAll[0].Name+"]") {
			says = append(says, r.String())
			continue
		}
		j := s.ForAll[0].Name
		for k, rel := range r.Rels {
			at := func(k int) string { return "(" + formula.Rebind(r.Terms[k], j, "i").String() + ")" }
			difference := "(i: " + at(k) + " - " + at(k+1) + ")"
			if rel == "=" || rel == "<=" {
				says = append(says, "max"+difference+" <= 0")
			}
			if rel == "=" || rel == ">=" {
				says = append(says, "min"+difference+" >= 0")
			}
			if !slices.Contains([]string{"=", "<=", ">="}, rel) {
				panic(fmt.Sprintf("theory: %s is said for all %s: want =, <= or >=", r, j))
			}
		}
	}
	return strings.Join(says, " and ")
}

// inductionTheorems are those of all inductions.
func inductionTheorems() (ts []Theorem) {
	for _, i := range slices.Concat(inductions, passes) {
		ts = append(ts, i.theorems()...)
	}
	return ts
}
