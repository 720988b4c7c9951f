package profile

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// A loss is what a profile is of: a formula, and what its parameters are. Of n answers there is besides what it is of two.
type loss struct {
	expr  *formula.Expr      // with definitions put in, over F[y] and F[ybar], or F[j] and sums over answers
	pair  bool               // it is of two energies
	above []string           // parameters above 0
	given []formula.Relation // what else is known of them
	names []string           // parameters
}

// read reads a formula, and what is known of its parameters: each is above 0 unless the condition mentions it, β always.
func read(text, condition string) (*loss, error) {
	f, err := formula.Parse(text)
	if err != nil {
		return nil, err
	}
	if len(f.Vectors) > 0 {
		return nil, fmt.Errorf("%s[j] is a number for each answer: a profile is of a loss of energies F, probabilities p and parameters", f.Vectors[0])
	}
	l := &loss{expr: f.Expand().Expr, pair: f.Pair, names: f.Params}
	mentions := []string{}
	if condition != "" {
		s, err := formula.ParseStatement(condition)
		if err != nil {
			return nil, err
		}
		for _, name := range s.Params {
			if !slices.Contains(f.Params, name) {
				return nil, fmt.Errorf("the condition is about %s: the parameters of %s are [%s]", name, f, strings.Join(f.Params, " "))
			}
		}
		if len(s.ForAll) > 0 || len(s.When) > 0 || len(s.Vectors) > 0 || strings.Contains(condition, "F[") {
			return nil, fmt.Errorf("want a condition on parameters, such as m >= 0 and eps < 1")
		}
		l.given, mentions = s.Says, s.Params
	}
	for _, name := range f.Params {
		if name == "beta" || !slices.Contains(mentions, name) {
			l.above = append(l.above, name)
		}
	}
	return l, nil
}

// name returns a name that no parameter has.
func (l *loss) name(want string) string {
	for slices.Contains(l.names, want) {
		want += "_0"
	}
	return want
}

// A place is where energies are taken: the correct answer's, and that of any other, as texts in which # is the answer's index.
type place struct{ correct, other string }

// here is where F is, there where another vector G of energies is: of two answers, (u, v).
var (
	here  = place{"F[#]", "F[#]"}
	there = place{"G[#]", "G[#]"}
)

// at returns the text of the loss with the energies of a place.
func (l *loss) at(p place) string { return "(" + l.with(l.expr, p).String() + ")" }

// with returns e with the energies of a place.
func (l *loss) with(e *formula.Expr, p place) *formula.Expr {
	return rewrite(e, func(e *formula.Expr) *formula.Expr {
		if e.Op != "F" {
			return nil
		}
		return parse(l.energy(p, e.Index))
	})
}

// energy is the text of F at an index, as a place has it.
func (l *loss) energy(p place, index string) string {
	correct, other := strings.ReplaceAll(p.correct, "#", index), strings.ReplaceAll(p.other, "#", index)
	switch {
	case index == "y" || correct == other:
		other = correct
	case l.pair || index == "ybar":
	default:
		other = fmt.Sprintf("%s + delta(%s, y)*(%s - (%s))", other, index, correct, other)
	}
	if l.pair {
		other = strings.NewReplacer("G[ybar]", l.name("v"), "G[y]", l.name("u")).Replace(other)
	}
	return "(" + other + ")"
}

// parse reads what is built here.
func parse(text string) *formula.Expr {
	f, err := formula.Parse(text)
	if err != nil {
		panic("profile: " + err.Error())
	}
	return f.Expr
}

// rewrite returns e with what to says for each node, nil meaning that the node stays.
func rewrite(e *formula.Expr, to func(*formula.Expr) *formula.Expr) *formula.Expr {
	if x := to(e); x != nil {
		return x
	}
	c := *e
	c.Args = make([]*formula.Expr, len(e.Args))
	for i, a := range e.Args {
		c.Args[i] = rewrite(a, to)
	}
	return &c
}

// contains reports whether is holds of e or of a node below it.
func contains(e *formula.Expr, is func(*formula.Expr) bool) bool {
	return is(e) || slices.ContainsFunc(e.Args, func(a *formula.Expr) bool { return contains(a, is) })
}

// hasEnergy reports whether e depends on energies.
func hasEnergy(e *formula.Expr) bool {
	return contains(e, func(e *formula.Expr) bool { return e.Op == "F" || e.Op == "p" })
}

// number is a number as an expression, in the brackets that it needs.
func number(x *big.Rat) *formula.Expr {
	if x.Sign() < 0 {
		return &formula.Expr{Op: "neg", Args: []*formula.Expr{number(new(big.Rat).Neg(x))}}
	}
	if x.IsInt() {
		return &formula.Expr{Op: "num", Num: x, Lit: x.RatString()}
	}
	return parse(x.RatString())
}

func integer(k int64) *formula.Expr { return number(big.NewRat(k, 1)) }

// value is the number that e is, if it is written as one.
func value(e *formula.Expr) (x *big.Rat, ok bool) {
	switch e.Op {
	case "num":
		return e.Num, true
	case "neg":
		if x, ok := value(e.Args[0]); ok {
			return new(big.Rat).Neg(x), true
		}
	case "/":
		a, ok := value(e.Args[0])
		b, too := value(e.Args[1])
		if ok && too && b.Sign() != 0 {
			return new(big.Rat).Quo(a, b), true
		}
	}
	return nil, false
}

func is(e *formula.Expr, k int64) bool {
	x, ok := value(e)
	return ok && x.Cmp(big.NewRat(k, 1)) == 0
}

func node(op string, args ...*formula.Expr) *formula.Expr { return &formula.Expr{Op: op, Args: args} }

// Sums, products and so on, without what is 0 or 1 in them.

func neg(a *formula.Expr) *formula.Expr {
	x, ok := value(a)
	switch {
	case ok:
		return number(new(big.Rat).Neg(x))
	case a.Op == "neg":
		return a.Args[0]
	case a.Op == "-":
		return sub(a.Args[1], a.Args[0])
	case a.Op == "*" || a.Op == "/":
		if b := neg(a.Args[0]); b.Op != "neg" || a.Args[0].Op == "num" {
			return node(a.Op, b, a.Args[1])
		}
	case a.Op == "if" && is(a.Args[3], 0):
		return &formula.Expr{Op: "if", Name: a.Name, Args: []*formula.Expr{a.Args[0], a.Args[1], neg(a.Args[2]), neg(a.Args[3])}}
	}
	return node("neg", a)
}

func add(a, b *formula.Expr) *formula.Expr {
	x, isX := value(a)
	y, isY := value(b)
	switch {
	case is(a, 0):
		return b
	case is(b, 0):
		return a
	case isX && isY:
		return number(new(big.Rat).Add(x, y))
	case b.Op == "neg":
		return sub(a, b.Args[0])
	case a.Op == "neg":
		return sub(b, a.Args[0])
	case isY && y.Sign() < 0:
		return sub(a, neg(b))
	}
	return node("+", a, b)
}

func sub(a, b *formula.Expr) *formula.Expr {
	x, isX := value(a)
	y, isY := value(b)
	switch {
	case is(b, 0):
		return a
	case is(a, 0):
		return neg(b)
	case a.Equal(b):
		return integer(0)
	case isX && isY:
		return number(new(big.Rat).Sub(x, y))
	case b.Op == "neg":
		return add(a, b.Args[0])
	case b.Op == "*" && b.Args[0].Op == "neg":
		return add(a, neg(b))
	}
	return node("-", a, b)
}

func mul(a, b *formula.Expr) *formula.Expr {
	x, isX := value(a)
	y, isY := value(b)
	switch {
	case is(a, 0) || is(b, 0):
		return integer(0)
	case is(a, 1):
		return b
	case is(b, 1):
		return a
	case isX && isY:
		return number(new(big.Rat).Mul(x, y))
	case is(a, -1):
		return neg(b)
	case is(b, -1):
		return neg(a)
	case a.Op == "if" && is(a.Args[3], 0):
		return &formula.Expr{Op: "if", Name: a.Name, Args: []*formula.Expr{a.Args[0], a.Args[1], mul(a.Args[2], b), integer(0)}}
	case b.Op == "if" && is(b.Args[3], 0):
		return &formula.Expr{Op: "if", Name: b.Name, Args: []*formula.Expr{b.Args[0], b.Args[1], mul(a, b.Args[2]), integer(0)}}
	case isY: // numbers stand first
		return mul(b, a)
	case b.Op == "neg":
		return neg(mul(a, b.Args[0]))
	case a.Op == "neg":
		return neg(mul(a.Args[0], b))
	case b.Op == "/" && is(b.Args[0], 1):
		return over(a, b.Args[1])
	case b.Op == "*":
		if z, ok := value(b.Args[0]); ok {
			return mul(mul(number(z), a), b.Args[1])
		}
	}
	return node("*", a, b)
}

func over(a, b *formula.Expr) *formula.Expr {
	switch {
	case is(a, 0) || is(b, 1):
		return a
	case a.Equal(b):
		return integer(1)
	case a.Op == "neg":
		return neg(over(a.Args[0], b))
	case a.Op == "*" && a.Args[0].Equal(b):
		return a.Args[1]
	case a.Op == "*" && a.Args[1].Equal(b):
		return a.Args[0]
	}
	return node("/", a, b)
}

func power(a *formula.Expr, k int64) *formula.Expr {
	if k == 1 {
		return a
	}
	return node("^", a, integer(k))
}
