package formula

import (
	"math/big"
	"slices"
)

// An Expr is a node of a formula as it is written.
type Expr struct {
	// Op is "num", "inf" or "n"; "param", "F" or "p"; "+", "-", "*", "/", "^" or "neg"; the name of a function or of a
	// reduction; "if", "D", "delta" or "with".
	Op     string
	Name   string   // of a param; the relation of an "if"
	Index  string   // of F[j], p[j], q[j]: "y", "ybar", a bound variable or a decimal; the first of a delta
	Other  string   // the second index of a delta
	Num    *big.Rat // of a num
	Lit    string   // the num as written
	Bind   string   // the variable that a reduction or a with binds; "" makes max, min and logsumexp functions of their arguments
	Except string   // the index that a reduction leaves out: "y", "ybar" or an outer variable; "" none
	// Args are in the order written. An if has the two sides, then, else; a D what is differentiated, and an F, a scalar
	// param or the param W; but with(F[j] := e: f) has f, e.
	Args []*Expr
	Pos  int // of the sign or the name, in runes from the start of the text
}

// functions are those of one argument.
var functions = []string{"pos", "exp", "log", "log1p", "expm1", "sqrt", "abs", "sigmoid", "softplus"}

// reductions take a bound variable; some take arguments, too.
var reductions = []string{"sum", "mean", "max", "min", "logsumexp"}

// takesArguments reports whether a reduction is a function of two or more arguments, too.
func takesArguments(name string) bool { return name == "max" || name == "min" || name == "logsumexp" }

func isFunction(name string) bool  { return slices.Contains(functions, name) }
func isReduction(name string) bool { return slices.Contains(reductions, name) }

// Equal reports whether two trees are the same but for their places in the text.
func (e *Expr) Equal(f *Expr) bool {
	return e.Op == f.Op && e.Name == f.Name && e.Index == f.Index && e.Other == f.Other && e.Lit == f.Lit &&
		e.Bind == f.Bind && e.Except == f.Except && slices.EqualFunc(e.Args, f.Args, (*Expr).Equal)
}

// clone returns a copy that shares no node.
func (e *Expr) clone() *Expr {
	c := *e
	c.Args = make([]*Expr, len(e.Args))
	for i, a := range e.Args {
		c.Args[i] = a.clone()
	}
	return &c
}

// contains reports whether is holds of e or of a node below it.
func (e *Expr) contains(is func(*Expr) bool) bool {
	return is(e) || slices.ContainsFunc(e.Args, func(a *Expr) bool { return a.contains(is) })
}

// isW reports whether e is the W of D(…, W).
func (e *Expr) isW() bool { return e.Op == "param" && e.Name == "W" && e.Index == "" }

// Spelled returns log(exp(a) + exp(b) + …) for logsumexp(a, b, …): for a logsumexp among the arguments what it is the logarithm of.
func (e *Expr) Spelled() *Expr {
	s := e.Args[0].exponential()
	for _, a := range e.Args[1:] {
		s = apply("+", s, a.exponential())
	}
	return apply("log", s)
}

// exponential is exp(e).
func (e *Expr) exponential() *Expr {
	switch {
	case e.Op == "logsumexp" && e.Bind != "":
		return reduce("sum", e, apply("exp", e.Args[0]))
	case e.Op == "logsumexp":
		return e.Spelled().Args[0]
	}
	return apply("exp", e)
}
