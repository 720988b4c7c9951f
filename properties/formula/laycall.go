package formula

import "math/big"

// call sets a function or a reduction.
func (l layout) call(e *Expr) laid {
	a := e.Args[0]
	switch e.Op {
	case "log":
		return l.applied(e)
	case "log1p":
		return l.set(apply("log", apply("+", whole(1), a)))
	case "expm1":
		return l.set(apply("-", apply("exp", a), whole(1)))
	case "exp":
		if a.contains(func(e *Expr) bool { return e.Op == "if" || e.Op == "with" || e.Bind != "" || e.Op == "D" }) {
			break
		}
		up := layout{true, l.pair}.set(a).piece
		return laid{piece: two(aSuper, name("e"), up), level: scripted, left: latinLetter, right: script}
	case "pos":
		return laid{piece: two(aSuper, fence("[]", l.set(a).piece), piece{kind: aPrefix, text: "+"}), level: scripted, left: bracket, right: script}
	case "abs":
		return laid{piece: fence("||", l.set(a).piece), level: atomic, left: bars, right: bars}
	case "sqrt":
		if l.flat {
			return laid{piece: one(aRoot, l.in(a, atomic, false).piece), level: scripted}
		}
		return laid{piece: one(aRoot, l.set(a).piece), level: atomic}
	case "sigmoid":
		return laid{piece: row(name("sigma"), fence("()", l.set(a).piece)), level: scripted, left: greekLetter, right: bracket}
	case "logsumexp":
		return l.set(apply("log", e.exponential()))
	case "mean":
		count := &Expr{Op: "n"}
		if e.Except != "" {
			count = apply("-", count, whole(1))
		}
		return l.set(apply("*", apply("/", whole(1), count), reduce("sum", e, a)))
	case "sum", "max", "min":
		if e.Bind != "" {
			return l.over(e)
		}
	}
	parts := []piece{l.set(a).piece}
	for _, b := range e.Args[1:] {
		parts = append(parts, sign(","), l.set(b).piece)
	}
	return laid{piece: row(function(e.Op), fence("()", row(parts...))), level: scripted, left: longWord, right: bracket}
}

// applied sets ln a: in brackets unless a holds together.
func (l layout) applied(e *Expr) laid {
	a := l.set(e.Args[0])
	if a.level >= scripted && a.left != bracket || a.prefix {
		return laid{piece: row(function("ln"), piece{kind: aGap}, a.piece), level: multiplicative, open: true, prefix: true, left: longWord, right: a.right}
	}
	return laid{piece: row(function("ln"), fence("()", a.piece)), level: scripted, left: longWord, right: bracket}
}

// over sets Σ_j a.
func (l layout) over(e *Expr) laid {
	op := function(e.Op)
	if e.Op == "sum" {
		op = sign("Σ")
	}
	below := name(e.Bind)
	if e.Except != "" {
		below = row(below, sign("≠"), indexOf(e.Except))
	}
	a := l.in(e.Args[0], quotient, true)
	return laid{piece: row(two(anUnder, op, below), piece{kind: aGap}, a.piece), level: multiplicative, open: true, prefix: true, left: longWord, right: a.right}
}

func apply(op string, args ...*Expr) *Expr { return &Expr{Op: op, Args: args} }

func whole(i int64) *Expr {
	r := big.NewRat(i, 1)
	return &Expr{Op: "num", Num: r, Lit: r.RatString()}
}

// reduce returns a reduction over what e is over.
func reduce(op string, e, a *Expr) *Expr {
	return &Expr{Op: op, Bind: e.Bind, Except: e.Except, Args: []*Expr{a}}
}
