package formula

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// walk makes the changes of the expression at a place, below another, where variables are bound.
func (m *mutator) walk(at **Expr, above *Expr, bound []string) {
	e := *at
	try := func(what string, f *Expr) {
		*at = f
		m.keep(Mutant{What: what, Pos: e.Pos})
		*at = e
	}
	drop := func(what string, dropped, rest *Expr) { try(what+" "+m.show(dropped)+" dropped", rest) }
	// with tries a copy of e that is changed.
	with := func(what string, change func(c *Expr)) {
		c := *e
		c.Args = slices.Clone(e.Args)
		change(&c)
		try(what, &c)
	}

	if needsSign(e, above) {
		*at = negated(e)
		m.keep(Mutant{What: "− added before " + m.show(e), Pos: e.start()})
		*at = e
	}
	switch e.Op {
	case "num":
		m.constant(e, above, try)
	case "F", "p", "param":
		if e.Index != "" {
			indices(e.Index, bound, func(i string) {
				with(m.show(e)+" → "+m.show(&Expr{Op: e.Op, Name: e.Name, Index: i}), func(c *Expr) { c.Index = i })
			})
		}
	case "delta":
		indices(e.Index, bound, func(i string) { with(symbol(e.Index)+" → "+symbol(i), func(c *Expr) { c.Index = i }) })
		indices(e.Other, bound, func(i string) { with(symbol(e.Other)+" → "+symbol(i), func(c *Expr) { c.Other = i }) })
	case "neg":
		try("− dropped", e.Args[0])
	case "+", "-", "*", "/":
		m.operands(e, drop)
	case "^":
		drop("exponent", e.Args[1], e.Args[0])
	case "if":
		with("branches swapped", func(c *Expr) { c.Args[2], c.Args[3] = c.Args[3], c.Args[2] })
		for _, s := range slips(e.Name) {
			with(glyph(e.Name)+" → "+glyph(s), func(c *Expr) { c.Name = s })
		}
	case "D":
		try("∂ dropped", e.Args[0])
	case "with":
		try("replacement dropped", e.Args[0])
	}
	for _, op := range mistaken[e.Op] {
		with(operator(e.Op)+" → "+operator(op), func(c *Expr) { c.Op = op })
	}
	if isFunction(e.Op) {
		try(operator(e.Op)+" dropped", e.Args[0])
	}
	inner := bound
	switch {
	case e.Op == "with":
	case e.Bind != "":
		exceptions(e, with)
		inner = append(bound[:len(bound):len(bound)], e.Bind)
	case takesArguments(e.Op):
		for i, a := range e.Args {
			rest := *e
			if rest.Args = slices.Delete(slices.Clone(e.Args), i, i+1); len(rest.Args) == 1 {
				rest = *rest.Args[0]
			}
			drop("argument", a, &rest)
		}
	}
	for i := range e.Args {
		if e.Op == "with" && i == 1 {
			inner = append(bound[:len(bound):len(bound)], e.Bind)
		}
		m.walk(&e.Args[i], e, inner)
	}
}

// mistaken lists what an operation is mistaken for.
var mistaken = map[string][]string{
	"+": {"-"}, "-": {"+"}, "*": {"/"}, "/": {"*"},
	"pos": {"abs"}, "abs": {"pos"}, "sigmoid": {"softplus"}, "softplus": {"sigmoid"},
	"exp": {"expm1"}, "expm1": {"exp"}, "log": {"log1p"}, "log1p": {"log"},
	"max": {"min"}, "min": {"max"}, "sum": {"mean"}, "mean": {"sum"}, "logsumexp": {"max", "sum"},
}

// operators are the operations that are written otherwise than in a formula's text.
var operators = map[string]string{
	"-": "−", "*": "·", "pos": "[·]⁺", "abs": "|·|", "sqrt": "√", "log": "ln", "log1p": "ln(1 + ·)", "expm1": "exp(·) − 1",
	"sigmoid": "σ", "sum": "Σ", "logsumexp": "ln Σ exp",
}

// operator shows an operation.
func operator(op string) string { return cmp.Or(operators[op], op) }

// symbol shows an index or a variable.
func symbol(i string) string { return indexOf(i).unicode() }

// show shows an expression, or the beginning of a long one.
func (m *mutator) show(e *Expr) string { return short(layout{true, m.pair}.set(e).piece.unicode()) }

// operands drops either operand; the sign before a factor stays.
func (m *mutator) operands(e *Expr, drop func(what string, dropped, rest *Expr)) {
	a, b := e.Args[0], e.Args[1]
	what := map[string][2]string{"+": {"summand", "summand"}, "-": {"summand", "summand"}, "*": {"factor", "factor"}, "/": {"numerator", "denominator"}}[e.Op]
	rest := b
	switch e.Op {
	case "-":
		rest = apply("neg", b)
	case "/":
		rest = apply("/", whole(1), b)
	}
	if (e.Op == "*" || e.Op == "/") && a.Op == "neg" {
		a, rest = a.Args[0], apply("neg", rest)
	}
	if !(e.Op == "/" && a.Lit == "1") {
		drop(what[0], a, rest)
	}
	drop(what[1], b, e.Args[0])
}

// needsSign reports whether a minus before e is a change, and one that no other change is: not before a factor, a term, a
// number or a minus, nor below an even function.
func needsSign(e, above *Expr) bool {
	first := e
	for first.Op == "*" || first.Op == "/" {
		first = first.Args[0]
	}
	if first.Op == "num" || first.Op == "neg" {
		return false
	}
	if above == nil {
		return true
	}
	if above.Op == "^" && e == above.Args[0] {
		if n := above.Args[1].Num; n != nil && n.IsInt() && n.Num().Bit(0) == 0 {
			return false
		}
	}
	return !slices.Contains([]string{"+", "-", "*", "/", "neg", "abs"}, above.Op)
}

// negated puts a minus before e: before its first factor.
func negated(e *Expr) *Expr {
	if e.Op == "*" || e.Op == "/" {
		return apply(e.Op, negated(e.Args[0]), e.Args[1])
	}
	return apply("neg", e)
}

// constant tries c + 1, 0 and −c for a number.
func (m *mutator) constant(e, above *Expr, try func(string, *Expr)) {
	next := apply("+", e, whole(1))
	if digits, exponent := e.Lit, strings.ContainsAny(e.Lit, "eE"); !exponent {
		_, fraction, _ := strings.Cut(digits, ".")
		r := new(big.Rat).Add(e.Num, big.NewRat(1, 1))
		next = &Expr{Op: "num", Num: r, Lit: r.FloatString(len(fraction))}
	}
	try(m.show(e)+" → "+m.show(next), next)
	if e.Num.Sign() == 0 {
		return
	}
	try(m.show(e)+" → 0", whole(0))
	if above == nil || !slices.Contains([]string{"+", "-", "neg"}, above.Op) {
		try(m.show(e)+" → −"+m.show(e), apply("neg", e))
	}
}

// indices tries the indices that i is mistaken for.
func indices(i string, bound []string, try func(string)) {
	for _, j := range append([]string{"y", "ybar"}, bound...) {
		if j != i && (i == "y" || i == "ybar" || j == "y" || j == "ybar") {
			try(j)
		}
	}
}

// exceptions tries a reduction over all answers, or over all but another.
func exceptions(e *Expr, with func(string, func(*Expr))) {
	if e.Except != "" {
		with(symbol(e.Bind)+" ≠ "+symbol(e.Except)+" dropped", func(c *Expr) { c.Except = "" })
	}
	for _, i := range []string{"y", "ybar"} {
		if e.Except == "" && i == "ybar" || e.Except == i {
			continue
		}
		what := symbol(e.Bind) + " ≠ " + symbol(i)
		if e.Except == "" {
			what += " added"
		} else {
			what = symbol(e.Bind) + " ≠ " + symbol(e.Except) + " → " + what
		}
		with(what, func(c *Expr) { c.Except = i })
	}
}
