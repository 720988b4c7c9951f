package profile

import (
	"math/big"

	"ebmcheck/properties/formula"
)

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

// negative reports whether e is written with a minus before it.
func negative(e *formula.Expr) bool {
	x, ok := value(e)
	return ok && x.Sign() < 0 || e.Op == "neg" || (e.Op == "*" || e.Op == "/") && negative(e.Args[0])
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
	case negative(b):
		return sub(a, neg(b))
	case negative(a):
		return sub(b, neg(a))
	case b.Op == "-" && b.Args[1].Equal(a): // a + (c − a)
		return b.Args[0]
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
	case negative(b):
		return add(a, neg(b))
	case b.Op == "-" && b.Args[0].Equal(a): // a − (a − c)
		return b.Args[1]
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
	if is(a, 0) || is(b, 1) {
		return a
	}
	if x, ok := cancel(a, b); ok {
		return x
	}
	if a.Op == "neg" {
		return neg(over(a.Args[0], b))
	}
	if a.Op == "+" || a.Op == "-" { // where one of the terms has the factor
		_, first := cancel(a.Args[0], b)
		_, second := cancel(a.Args[1], b)
		switch {
		case !first && !second:
		case a.Op == "+":
			return add(over(a.Args[0], b), over(a.Args[1], b))
		default:
			return sub(over(a.Args[0], b), over(a.Args[1], b))
		}
	}
	return node("/", a, b)
}

// cancel is a/b, if b is a factor of a.
func cancel(a, b *formula.Expr) (x *formula.Expr, ok bool) {
	switch {
	case a.Equal(b):
		return integer(1), true
	case a.Op == "neg":
		x, ok = cancel(a.Args[0], b)
		return neg(x), ok
	case a.Op == "*":
		if x, ok = cancel(a.Args[0], b); ok {
			return mul(x, a.Args[1]), true
		}
		x, ok = cancel(a.Args[1], b)
		return mul(a.Args[0], x), ok
	case a.Op == "/":
		x, ok = cancel(a.Args[0], b)
		return over(x, a.Args[1]), ok
	case a.Op == "+" || a.Op == "-":
		x, ok = cancel(a.Args[0], b)
		y, too := cancel(a.Args[1], b)
		if a.Op == "+" {
			return add(x, y), ok && too
		}
		return sub(x, y), ok && too
	}
	return a, false
}

func power(a *formula.Expr, k int64) *formula.Expr {
	if k == 1 {
		return a
	}
	return node("^", a, integer(k))
}
