package profile

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// A loss is what a profile is of: a formula, and what its parameters are. Of n answers there is besides what it is of two.
type loss struct {
	expr    *formula.Expr                 // with definitions put in, over F[y] and F[ybar], or F[j] and sums over answers
	written *formula.Expr                 // the same, with p and F̄ where it has them
	pair    bool                          // it is of two energies
	above   []string                      // parameters above 0
	given   []formula.Relation            // what else is known of them
	names   []string                      // parameters
	meets   func(map[string]float64) bool // whether numbers of all parameters are as given; nil: any are
}

// read reads a formula, and what is known of its parameters: each is above 0 unless the condition mentions it, β always.
func read(text, condition string) (*loss, error) {
	f, err := formula.ParseLoss(text)
	if err != nil {
		return nil, err
	}
	if len(f.Vectors) > 0 {
		return nil, fmt.Errorf("%s[j] is a number for each answer: a profile is of a loss of energies F, probabilities p and parameters", f.Vectors[0])
	}
	l := &loss{expr: f.Expand().Expr, pair: f.Pair, names: f.Params}
	if l.written = l.expr; !l.pair {
		l.expr = ofEnergies(l.expr)
	}
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
		check, err := s.Compile(1)
		if err != nil {
			return nil, err
		}
		l.meets = func(xs map[string]float64) bool {
			some := map[string]float64{}
			for _, p := range l.names {
				x, ok := xs[p]
				if !ok {
					x = 1
				}
				some[p] = x
			}
			params, err := check.Bind(some, nil)
			return err == nil && check.At(formula.Input{F: []float64{0}, Params: params}).Verdict == formula.Holds
		}
	}
	for _, name := range f.Params {
		if name == "beta" || !slices.Contains(mentions, name) {
			l.above = append(l.above, name)
		}
	}
	return l, nil
}

// ofEnergies writes p and F̄ by the energies that they are made of.
func ofEnergies(e *formula.Expr) *formula.Expr {
	return rewrite(e, func(e *formula.Expr) *formula.Expr {
		var by string
		switch {
		case e.Op == "p":
			by = "exp(-beta*F[" + anyAnswer + "])/sum(k_: exp(-beta*F[k_]))"
		case e.Op == "F" && e.Index == "ybar":
			by = "min(k_ != y: F[k_])"
		default:
			return nil
		}
		index := e.Index
		return rewrite(parse(by), func(e *formula.Expr) *formula.Expr {
			if e.Index != anyAnswer {
				return nil
			}
			return &formula.Expr{Op: "F", Index: index}
		})
	})
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
func (l *loss) at(p place) string { return "(" + constant(l.with(l.expr, p)).String() + ")" }

// with returns e with the energies of a place.
func (l *loss) with(e *formula.Expr, p place) *formula.Expr {
	return rewrite(e, func(e *formula.Expr) *formula.Expr {
		if e.Op != "F" {
			return nil
		}
		if l.pair {
			return rewrite(parse(l.energyOf(p, e.Index)), func(e *formula.Expr) *formula.Expr {
				if e.Op == "n" {
					return integer(2)
				}
				return nil
			})
		}
		index := e.Index
		return rewrite(parse(l.energyOf(p, index)), func(e *formula.Expr) *formula.Expr {
			if e.Index != anyAnswer {
				return nil
			}
			c := *e
			c.Index = index
			return &c
		})
	})
}

// anyAnswer stands for an index where that is not bound.
const anyAnswer = "999"

// energyOf is the text of F at an index, as a place has it: of a bound index, with anyAnswer in its place.
func (l *loss) energyOf(p place, index string) string {
	bound := index != "y" && index != "ybar"
	if bound {
		index = anyAnswer
	}
	correct, other := strings.ReplaceAll(p.correct, "#", index), strings.ReplaceAll(p.other, "#", index)
	switch {
	case index == "y" || correct == other:
		other = correct
	case bound:
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

// constant writes reductions of what is the same for all answers by how many there are.
func constant(e *formula.Expr) *formula.Expr {
	args := make([]*formula.Expr, len(e.Args))
	for i, a := range e.Args {
		args[i] = constant(a)
	}
	c := *e
	c.Args = args
	if e.Bind == "" || contains(args[0], func(x *formula.Expr) bool { return x.Index == e.Bind || x.Other == e.Bind || x.Except == e.Bind }) {
		return &c
	}
	count := &formula.Expr{Op: "n"}
	if e.Except != "" {
		count = sub(count, integer(1))
	}
	switch e.Op {
	case "sum":
		return mul(count, args[0])
	case "logsumexp":
		return add(args[0], node("log", count))
	}
	return args[0]
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
