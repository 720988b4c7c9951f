package profile

import (
	"fmt"
	"slices"

	"ebmcheck/properties/formula"
)

// ofTwo is the loss where there are two answers, y and ȳ: a loss of a pair.
func (l *loss) ofTwo() (two *loss, err error) {
	defer func() {
		if r, ok := recover().(refusal); ok {
			err = r
		}
	}()
	c := *l
	c.pair = true
	c.expr = unroll(l.written, nil)
	c.written = c.expr
	return &c, nil
}

type refusal string

func (r refusal) Error() string { return string(r) }

// unroll writes sums over answers as sums of two; at has the answers of bound variables.
func unroll(e *formula.Expr, at map[string]string) *formula.Expr {
	index := func(i string) string {
		if i == "y" || i == "ybar" {
			return i
		}
		if to, ok := at[i]; ok {
			return to
		}
		panic(refusal(fmt.Sprintf("answer %s is one of many", i)))
	}
	energy := func(i string) *formula.Expr { return &formula.Expr{Op: "F", Index: i} }
	switch {
	case e.Op == "F":
		return energy(index(e.Index))
	case e.Op == "p":
		return parse(map[string]string{"y": "1/(1 + exp(beta*(F[y] - F[ybar])))", "ybar": "1/(1 + exp(beta*(F[ybar] - F[y])))"}[index(e.Index)])
	case e.Op == "n":
		return integer(2)
	case e.Op == "delta":
		if index(e.Index) == index(e.Other) {
			return integer(1)
		}
		return integer(0)
	case e.Op == "log" && e.Args[0].Op == "sum" && e.Args[0].Args[0].Op == "exp":
		lse := *e.Args[0]
		lse.Op, lse.Args = "logsumexp", lse.Args[0].Args
		return unroll(&lse, at)
	case e.Bind == "" || e.Op == "with":
		c := *e
		c.Args = make([]*formula.Expr, len(e.Args))
		for i, a := range e.Args {
			c.Args[i] = unroll(a, at)
		}
		if f := simpler[e.Op]; f != nil && len(c.Args) == 2 {
			return f(c.Args[0], c.Args[1])
		}
		return &c
	}
	var terms []*formula.Expr
	for _, i := range []string{"y", "ybar"} {
		if e.Except != "" && index(e.Except) == i {
			continue
		}
		inner := map[string]string{e.Bind: i}
		for j, k := range at {
			inner[j] = k
		}
		inner[e.Bind] = i
		terms = append(terms, unroll(e.Args[0], inner))
	}
	return reduced(e.Op, terms)
}

// simpler are operations without what is 0 or 1 in them, and what cancels.
var simpler = map[string]func(a, b *formula.Expr) *formula.Expr{"+": add, "-": sub, "*": mul, "/": over}

// reduced is a reduction of one term or two.
func reduced(op string, terms []*formula.Expr) *formula.Expr {
	if len(terms) == 1 {
		return terms[0]
	}
	switch op {
	case "sum":
		return node("+", terms...)
	case "mean":
		return node("/", node("+", terms...), integer(2))
	case "logsumexp":
		return add(terms[0], node("log", node("+", integer(1), node("exp", sub(terms[1], terms[0])))))
	}
	return node(op, terms...)
}

// plain writes functions by those that terms of proofs have: positive parts, exponentials and logarithms. What has no such form stays.
func plain(e *formula.Expr) *formula.Expr {
	args := make([]*formula.Expr, len(e.Args))
	for i, a := range e.Args {
		args[i] = plain(a)
	}
	positive := func(t *formula.Expr) *formula.Expr { return node("pos", t) }
	one := integer(1)
	switch e.Op {
	case "abs":
		return node("+", positive(args[0]), positive(neg(args[0])))
	case "max", "min":
		if e.Bind != "" {
			break
		}
		x := args[0]
		for _, b := range args[1:] {
			if e.Op == "max" {
				x = node("+", b, positive(sub(x, b)))
			} else {
				x = node("-", x, positive(sub(x, b)))
			}
		}
		return x
	case "logsumexp":
		if e.Bind == "" {
			return plain(e.Spelled())
		}
	case "softplus":
		return node("log", node("+", one, node("exp", args[0])))
	case "sigmoid":
		return node("/", one, node("+", one, node("exp", neg(args[0]))))
	case "log1p":
		return node("log", node("+", one, args[0]))
	case "expm1":
		return node("-", node("exp", args[0]), one)
	case "neg":
		return neg(args[0])
	}
	c := *e
	c.Args = args
	return &c
}

// parts are the arguments of positive parts in e that depend on energies, the inner ones first.
func parts(e *formula.Expr) (ts []*formula.Expr) {
	for _, a := range e.Args {
		for _, t := range parts(a) {
			ts = appendNew(ts, t)
		}
	}
	if e.Op == "pos" && hasEnergy(e) {
		ts = appendNew(ts, e.Args[0])
	}
	return ts
}

func appendNew(ts []*formula.Expr, t *formula.Expr) []*formula.Expr {
	if slices.ContainsFunc(ts, t.Equal) {
		return ts
	}
	return append(ts, t)
}
