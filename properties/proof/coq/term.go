package coq

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// A term is one of rules.v's language, with names; Coq's has numbers in their place.
type term struct {
	op   string // num card var family delta add mul neg inv exp ln pos sum abs max min power slope or let
	args []*term
	num  *big.Rat
	n    int      // of a power
	name string   // of a variable or family; what a sum binds, or an abbreviation
	idx  []string // of a family or delta; what a let puts for name
	by   *path    // of a slope
}

func apply(op string, args ...*term) *term { return &term{op: op, args: args} }

func number(a, b int64) *term { return &term{op: "num", num: big.NewRat(a, b)} }

func variable(x string) *term { return &term{op: "var", name: x} }

func family(f string, idx ...string) *term { return &term{op: "family", name: f, idx: idx} }

func same(i, j string) *term { return &term{op: "delta", idx: []string{i, j}} }

func minus(a, b *term) *term { return apply("add", a, apply("neg", b)) }

func total(j string, t *term) *term { return &term{op: "sum", name: j, args: []*term{t}} }

// Names are numbered in order of appearance.
type names struct{ list []string }

func (n *names) number(x string) int {
	k := slices.Index(n.list, x)
	if k < 0 {
		k = len(n.list)
		n.list = append(n.list, x)
	}
	return k
}

// numbering is that of a theorem: variables, families and free indices.
type numbering struct{ variables, families, indices names }

// A place is within so many sums. There some names are those of bound indices, and some stand for others.
type place struct {
	depth int
	at    map[string]index
}

// An index is bound by the sum at that depth, or free, a name.
type index struct {
	depth int
	free  string
}

// under is p within a sum over j.
func (p place) under(j string) place {
	q := place{p.depth + 1, maps.Clone(p.at)}
	if q.at == nil {
		q.at = map[string]index{}
	}
	q.at[j] = index{depth: p.depth}
	return q
}

func (p place) index(i string) index {
	if x, ok := p.at[i]; ok {
		return x
	}
	return index{free: i}
}

// index returns i as Coq reads it: B 0 is bound by the innermost sum.
func (n *numbering) index(i string, p place) string {
	x := p.index(i)
	if x.free != "" {
		return fmt.Sprintf("(N %d)", n.indices.number(x.free))
	}
	return fmt.Sprintf("(B %d)", p.depth-1-x.depth)
}

// constructors of rules.v that have terms only.
var constructors = map[string]string{"add": "Add", "mul": "Mul", "neg": "Neg", "inv": "Inv", "exp": "Exp", "ln": "Ln", "pos": "Pos", "abs": "Abs", "max": "Mx", "min": "Mn"}

// write returns t as Coq reads it, an argument of what is around it.
func (n *numbering) write(t *term, p place) string {
	switch t.op {
	case "num":
		return fmt.Sprintf("(Num (%s#%s))", t.num.Num(), t.num.Denom())
	case "card":
		return "Card"
	case "var":
		return fmt.Sprintf("(V %d)", n.variables.number(t.name))
	case "family":
		idx := make([]string, len(t.idx))
		for k, i := range t.idx {
			idx[k] = n.index(i, p)
		}
		return fmt.Sprintf("(Fm %d [%s])", n.families.number(t.name), strings.Join(idx, "; "))
	case "delta":
		return fmt.Sprintf("(Dl %s %s)", n.index(t.idx[0], p), n.index(t.idx[1], p))
	case "sum":
		return "(Sm " + n.write(t.args[0], p.under(t.name)) + ")"
	case "power":
		return fmt.Sprintf("(power %s %d)", n.write(t.args[0], p), t.n)
	case "slope":
		return fmt.Sprintf("(slope %s assumed %s)", t.by.speeds, n.write(t.args[0], p))
	case "let":
		q := place{depth: p.depth} // its own indices, none of those bound here
		if len(t.idx) == 1 {
			q.at = map[string]index{t.name: p.index(t.idx[0])}
		}
		return n.write(t.args[0], q)
	}
	parts := []string{constructors[t.op]}
	for _, a := range t.args {
		parts = append(parts, n.write(a, p))
	}
	return "(" + strings.Join(parts, " ") + ")"
}
