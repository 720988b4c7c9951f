package formula

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// Names are what a text depends on.
type Names struct {
	Params  []string // scalars, in order of appearance; beta, too, where a p[j] stands
	Vectors []string // one number an answer, in order of appearance; S, too, where a D(…, W) stands
	Pair    bool     // of energies, only F[y] and F[ybar] are mentioned, and no number of answers
}

// isReserved reports whether a name can be neither defined nor bound.
func isReserved(name string) bool {
	return isFunction(name) || isReduction(name) || slices.Contains(words, name) ||
		slices.Contains([]string{"n", "inf", "F", "p", "Fbar", "D", "delta", "with", "W"}, name)
}

// A scope checks what the names of a text mean.
type scope struct {
	text    string
	defined map[string]*defined
	uses    []use
	indices map[string]bool // all names that are indices
	pair    bool
	byW     bool // there is a D(…, W)
}

// defined is what is known of a definition.
type defined struct {
	expr  *Expr
	state int            // 0 not looked at, 1 being looked at, 2 known
	free  map[string]int // its free indices, with a place
	nodes int            // once its own definitions are put in
	onF   bool           // depends on energies
	used  bool
}

// A use is a parameter's.
type use struct {
	name   string
	vector bool
	pos    int
}

// resolve checks the names of expressions under quantifiers, and of definitions, and returns what they depend on.
func resolve(text string, forAll []Quantified, es []*Expr, ds []Definition) Names {
	s := &scope{text: text, defined: map[string]*defined{}, indices: map[string]bool{}, pair: len(forAll) == 0}
	for _, d := range ds {
		s.defined[d.Name] = &defined{expr: d.Expr}
	}
	var outer []string
	free := map[string]int{}
	for _, q := range forAll {
		s.bind(q.Name, q.Pos, outer)
		if q.Except != "" && q.Except != "y" && q.Except != "ybar" && !slices.Contains(outer, q.Except) {
			s.fail(q.Pos, "%s is not bound before %s", q.Except, q.Name)
		}
		free[q.Except] = 0
		outer = append(outer, q.Name)
	}
	total := 0
	for _, e := range es {
		n, _ := s.look(e, outer, free, false)
		total = min(total+n, maxNodes+1)
	}
	for _, q := range forAll {
		if _, ok := free[q.Name]; !ok {
			s.fail(q.Pos, "%s is bound and not used", q.Name)
		}
	}
	for _, d := range ds {
		if !s.defined[d.Name].used {
			s.fail(d.Pos, "%s is defined and not used", d.Name)
		}
	}
	if total > maxNodes {
		s.fail(0, "with the definitions put in, more than %d operations", maxNodes)
	}
	return s.names()
}

func (s *scope) fail(pos int, format string, args ...any) {
	panic(errorf(s.text, pos, format, args...))
}

// look checks e, in which the variables bound may be indices, or any name in a definition. It adds the indices that are
// mentioned to free, and returns how many nodes e has with its definitions put in (maxNodes + 1: more), and whether it
// depends on energies.
func (s *scope) look(e *Expr, bound []string, free map[string]int, inDefinition bool) (nodes int, onF bool) {
	nodes = 1
	index := func(i string) {
		switch {
		case i == "y" || i == "ybar":
		case isDecimal(i):
			s.pair = false
		case slices.Contains(bound, i) || inDefinition:
			free[i] = e.Pos
			s.indices[i] = true
		default:
			s.fail(e.Pos, "%s is not bound here: the index is y, ybar or a variable of sum(%[1]s: …)", i)
		}
	}
	switch e.Op {
	case "F":
		index(e.Index)
		return 1, true
	case "p":
		index(e.Index)
		s.pair = false
		s.uses = append(s.uses, use{"beta", false, e.Pos})
		return 1, true
	case "n":
		s.pair = false
	case "delta":
		index(e.Index)
		index(e.Other)
		s.pair = false
	case "param":
		return s.param(e, bound, free, index)
	case "with":
		s.bind(e.Bind, e.Pos, bound)
		inner := map[string]int{}
		n, _ := s.look(e.Args[1], append(bound[:len(bound):len(bound)], e.Bind), inner, inDefinition)
		delete(inner, e.Bind)
		maps.Copy(free, inner)
		m, _ := s.look(e.Args[0], bound, free, inDefinition)
		return min(1+n+m, maxNodes+1), true
	}
	if e.Bind != "" {
		s.bind(e.Bind, e.Pos, bound)
		s.pair = false
		if e.Except != "" {
			index(e.Except)
		}
		inner := map[string]int{}
		n, f := s.look(e.Args[0], append(bound[:len(bound):len(bound)], e.Bind), inner, inDefinition)
		if _, ok := inner[e.Bind]; !ok {
			s.fail(e.Pos, "%s is bound and not used: %s(%[1]s: …)", e.Bind, e.Op)
		}
		delete(inner, e.Bind)
		maps.Copy(free, inner)
		return min(1+n, maxNodes+1), f
	}
	for k, a := range e.Args {
		if e.Op == "D" && k == 1 {
			s.by(a, bound, free, inDefinition)
			nodes, onF = nodes+1, true
			continue
		}
		n, f := s.look(a, bound, free, inDefinition)
		nodes, onF = min(nodes+n, maxNodes+1), onF || f
		if e.Op == "^" && k == 1 && f {
			s.fail(a.Pos, "an exponent may not depend on energies: write %s", asExp(e))
		}
	}
	return nodes, onF
}

// asExp says how to write the power e.
func asExp(e *Expr) string {
	if b := e.Args[0]; b.Op == "param" && b.Name == "e" {
		return "exp(b) for e^b"
	}
	return "exp(b*log(a)) for a^b"
}

// bind checks a variable that is bound where others are.
func (s *scope) bind(name string, pos int, bound []string) {
	if slices.Contains(bound, name) {
		s.fail(pos, "%s is bound already: take another variable", name)
	}
	if s.defined[name] != nil {
		s.fail(pos, "%s is bound here and defined by where", name)
	}
	s.indices[name] = true
}

// by checks what a D differentiates by.
func (s *scope) by(e *Expr, bound []string, free map[string]int, inDefinition bool) {
	switch {
	case e.isW():
		s.byW = true
		s.uses = append(s.uses, use{"S", true, e.Pos})
	case s.defined[e.Name] != nil:
		s.fail(e.Pos, "%s is defined: D differentiates by an energy F[j], a parameter, or W", e.Name)
	default:
		s.look(e, bound, free, inDefinition)
	}
}

// param checks a parameter or the use of a definition.
func (s *scope) param(e *Expr, bound []string, free map[string]int, index func(string)) (nodes int, onF bool) {
	switch d := s.defined[e.Name]; {
	case e.Name == "y" || e.Name == "ybar":
		s.fail(e.Pos, "%s is an index, not a number: F[%[1]s]", e.Name)
	case d != nil && e.Index != "":
		s.fail(e.Pos, "%s is defined without an index", e.Name)
	case d != nil:
		s.define(e, d)
		for _, i := range slices.Sorted(maps.Keys(d.free)) {
			index(i)
		}
		return d.nodes, d.onF
	case e.Index != "":
		index(e.Index)
		s.uses = append(s.uses, use{e.Name, true, e.Pos})
	default:
		s.uses = append(s.uses, use{e.Name, false, e.Pos})
	}
	return 1, false
}

// define looks at a definition that e uses, once.
func (s *scope) define(e *Expr, d *defined) {
	d.used = true
	switch d.state {
	case 0:
		d.state, d.free = 1, map[string]int{}
		d.nodes, d.onF = s.look(d.expr, nil, d.free, true)
		d.state = 2
	case 1:
		s.fail(e.Pos, "%s is defined by itself", e.Name)
	}
}

// names returns the parameters in order of appearance.
func (s *scope) names() Names {
	slices.SortStableFunc(s.uses, func(a, b use) int { return cmp.Compare(a.pos, b.pos) })
	ns := Names{Pair: s.pair}
	kind := map[string]bool{}
	for _, u := range s.uses {
		vector, ok := kind[u.name]
		switch {
		case s.indices[u.name] && !u.vector:
			s.fail(u.pos, "%s is an index in this text, not a number", u.name)
		case ok && vector != u.vector:
			s.fail(u.pos, "%s has an index in one place and none in another", u.name)
		case ok:
			continue
		}
		kind[u.name] = u.vector
		if u.vector {
			ns.Vectors = append(ns.Vectors, u.name)
		} else {
			ns.Params = append(ns.Params, u.name)
		}
	}
	if slices.Contains(ns.Params, "W") && s.byW {
		s.fail(0, "W is what D(…, W) differentiates by: name the parameter otherwise")
	}
	return ns
}

func isDecimal(index string) bool {
	_, err := strconv.Atoi(index)
	return err == nil
}
