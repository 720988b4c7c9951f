package formula

import (
	"math/big"
	"slices"
	"strings"
)

// A layout sets expressions with the brackets that a reader needs: a·(b·c) and a·b·c are one to him, and so are −(ab) and
// (−a)b. Flat ones have no fractions; pair ones write F for F[y].
type layout struct{ flat, pair bool }

// How much a set expression holds together, the loosest first.
const (
	loose    = iota // cases
	additive        // a + b, −a
	quotient        // a/b in one line: a factor only at the end
	multiplicative
	scripted // a fraction, a power, a function of something in brackets: all but the base of a power
	atomic
)

// An edge is what a set expression begins or ends with: it decides how a multiplication sign is written.
type edge uint8

const (
	anything edge = iota
	digits
	greekLetter
	latinLetter
	longName
	bracket
	bars // not to be taken for closing ones
	script
	longWord // ln, Σ, max
)

// laid is an expression as it is set.
type laid struct {
	piece
	level       int
	open        bool // ends with the operand of ln or Σ: nothing may follow that binds closer than +
	prefix      bool // is ln or Σ with its operand
	left, right edge
}

func isPair(e *Expr) bool { return e.onlyPair(nil) }

// onlyPair reports whether, of energies, F[y] and F[ybar] alone are mentioned, and those replaced.
func (e *Expr) onlyPair(replaced []string) bool {
	switch {
	case e.Op == "F":
		return e.Index == "y" || e.Index == "ybar" || slices.Contains(replaced, e.Index)
	case e.Op == "p" || e.Op == "n" || e.Op == "delta":
		return false
	case e.Op == "with":
		return e.Args[0].onlyPair(replaced) && e.Args[1].onlyPair(append(replaced, e.Bind))
	case e.Bind != "":
		return false
	}
	return !slices.ContainsFunc(e.Args, func(a *Expr) bool { return !a.onlyPair(replaced) })
}

// in sets e where something of a level, at least, must stand, and where more may follow, or nothing.
func (l layout) in(e *Expr, least int, last bool) laid { return l.set(e).in(least, last) }

func (x laid) in(least int, last bool) laid {
	if x.level < least || x.open && !last {
		return bracketed(x.piece)
	}
	return x
}

func bracketed(p piece) laid {
	return laid{piece: fence("()", p), level: atomic, left: bracket, right: bracket}
}

// set sets an expression.
func (l layout) set(e *Expr) laid {
	if body, ok := unsigned(e); ok {
		x := l.in(body, quotient, true)
		return laid{piece: row(piece{kind: aPrefix, text: "−"}, x.piece), level: additive, open: x.open, right: x.right}
	}
	switch e.Op {
	case "num":
		return literal(e.Lit)
	case "inf":
		return laid{piece: sign("∞"), level: atomic, left: latinLetter, right: latinLetter}
	case "n":
		return named(name("n"))
	case "F":
		switch {
		case e.Index == "ybar":
			return named(one(aBar, name("F")))
		case l.pair && e.Index == "y":
			return named(name("F"))
		}
		return named(name("F", indexOf(e.Index)))
	case "p":
		return named(name("p", indexOf(e.Index)))
	case "param":
		if e.Index != "" {
			return named(name(e.Name, indexOf(e.Index)))
		}
		return named(name(e.Name))
	case "delta":
		i, j := indexOf(e.Index), indexOf(e.Other)
		if isDecimal(e.Index) || isDecimal(e.Other) || len(e.Index) > 1 && e.Index != "ybar" {
			return named(name("delta", i, j))
		}
		return named(name("delta", row(i, j)))
	case "+", "-":
		return l.sum(e)
	case "*":
		return l.product(e)
	case "/":
		return l.quotient(e.Args[0], e.Args[1])
	case "^":
		base := l.in(e.Args[0], atomic, false)
		up := layout{true, l.pair}.set(e.Args[1]).piece
		return laid{piece: two(aSuper, base.piece, up), level: scripted, left: base.left, right: script}
	case "if":
		return l.cases(e)
	case "D":
		return l.derivative(e)
	case "with":
		f := l.in(e.Args[0], atomic, false)
		by := row(name("F", name(e.Bind)), sign("→"), layout{true, l.pair}.set(e.Args[1]).piece)
		return laid{piece: two(aSub, fence(".|", f.piece), by), level: scripted, left: f.left, right: script}
	}
	return l.call(e)
}

// literal sets a number as it is written, but for a power of ten.
func literal(lit string) laid {
	digit, exponent, ok := strings.Cut(strings.ToLower(lit), "e")
	digit = strings.TrimSuffix(digit, ".")
	if strings.HasPrefix(digit, ".") {
		digit = "0" + digit
	}
	x := laid{piece: number(digit), level: atomic, left: digits, right: digits}
	if ok {
		exponent = strings.TrimPrefix(exponent, "+")
		up := number(strings.TrimPrefix(exponent, "-"))
		if strings.HasPrefix(exponent, "-") {
			up = row(piece{kind: aPrefix, text: "−"}, up)
		}
		power := two(aSuper, number("10"), up)
		if x.piece, x.level, x.right = row(x.piece, sign("·"), power), multiplicative, script; digit == "1" {
			x.piece, x.level = power, scripted
		}
	}
	return x
}

// named gives a name its edges.
func named(p piece) laid {
	x := laid{piece: p, level: atomic}
	base := p
	for base.kind == aSub || base.kind == aBar {
		base = base.parts[0]
	}
	switch _, ok := glyphOf[base.text]; {
	case ok && base.text != "sigma": // σ(…) is a function
		x.left = greekLetter
	case ok || len(base.text) == 1:
		x.left = latinLetter
	default:
		x.left = longName
	}
	if x.right = x.left; p.kind == aSub {
		x.right = script
	}
	return x
}

// unsigned returns e without the minus that it would be written with, if it would.
func unsigned(e *Expr) (*Expr, bool) {
	switch e.Op {
	case "neg":
		return e.Args[0], true
	case "*", "/":
		if a, ok := unsigned(e.Args[0]); ok {
			return &Expr{Op: e.Op, Args: []*Expr{a, e.Args[1]}}, true
		}
	}
	return e, false
}

// sum sets a + b and a − b; the terms of a sum that is added need no brackets.
func (l layout) sum(e *Expr) laid {
	a, b := e.Args[0], e.Args[1]
	first := l.in(a, additive, true)
	least := multiplicative - 1 // a quotient will do
	if e.Op == "+" && (b.Op == "+" || b.Op == "-") {
		if _, ok := unsigned(leftmost(b)); !ok {
			least = additive
		}
	}
	second := l.in(b, least, true)
	s := "+"
	if e.Op == "-" {
		s = "−"
	}
	parts := []piece{first.piece, sign(s), second.piece}
	if a.Op == "+" || a.Op == "-" {
		if first.kind == aRow && first.level == additive { // one row for the whole chain
			parts = append(first.parts, sign(s), second.piece)
		}
	}
	return laid{piece: row(parts...), level: additive, open: second.open, left: first.left, right: second.right}
}

// leftmost returns the first term of a sum.
func leftmost(e *Expr) *Expr {
	for e.Op == "+" || e.Op == "-" {
		e = e.Args[0]
	}
	return e
}

// product sets a·b, its factors in one row.
func (l layout) product(e *Expr) laid {
	var factors []*Expr
	var flatten func(*Expr)
	flatten = func(e *Expr) {
		if e.Op != "*" {
			factors = append(factors, e)
			return
		}
		flatten(e.Args[0])
		flatten(e.Args[1])
	}
	flatten(e)
	var x laid
	for i, f := range factors {
		least := multiplicative
		if i == len(factors)-1 {
			least = quotient
		}
		y := l.in(f, least, i == len(factors)-1)
		if i == 0 {
			x = y
			x.piece = row(y.piece)
			continue
		}
		x.parts = append(x.parts, l.times(x.right, y.left), y.piece)
		x.right, x.open, x.prefix = y.right, y.open, false
		x.level = min(y.level, multiplicative)
	}
	return x
}

// times returns the multiplication sign between two edges.
func (l layout) times(a, b edge) piece {
	dot := sign("·")
	if b == longWord {
		return row(piece{kind: aTimes}, piece{kind: aGap})
	}
	if b == digits || b == bars || a == longName || b == longName || b == bracket && a == latinLetter {
		return dot
	}
	letter := b == greekLetter || b == latinLetter
	if l.flat && !((a == digits || a == greekLetter) && (letter || b == bracket) || a == latinLetter && letter) {
		return dot
	}
	return piece{kind: aTimes}
}

// quotient sets a/b: with a sum or a logarithm above as (1/b) a.
func (l layout) quotient(a, b *Expr) laid {
	over := l.set(a)
	if over.open && over.level >= quotient && (l.flat || over.isTall()) {
		unit := l.quotient(&Expr{Op: "num", Num: big.NewRat(1, 1), Lit: "1"}, b)
		if l.flat {
			unit = bracketed(unit.piece)
		}
		return laid{piece: row(unit.piece, l.times(unit.right, over.left), over.piece), level: multiplicative, open: true, left: unit.left, right: over.right}
	}
	if l.flat {
		over, under := over.in(multiplicative, false), l.in(b, scripted, false)
		return laid{piece: row(over.piece, sign("/"), under.piece), level: quotient, left: over.left, right: under.right}
	}
	return laid{piece: two(aFraction, over.piece, l.set(b).piece), level: scripted}
}

// cases sets if(a < b, x, y); an if among the others goes on with the cases.
func (l layout) cases(e *Expr) laid {
	var parts []piece
	for ; e.Op == "if"; e = e.Args[3] {
		condition := row(l.set(e.Args[0]).piece, sign(glyph(e.Name)), l.set(e.Args[1]).piece)
		parts = append(parts, l.set(e.Args[2]).piece, condition)
	}
	x := laid{piece: piece{aCases, "", append(parts, l.set(e).piece)}, level: loose}
	if l.flat { // it has a closing brace
		x.level = atomic
	}
	return x
}

// derivative sets ∂a/∂b, or ∂/∂b (a).
func (l layout) derivative(e *Expr) laid {
	a := l.set(e.Args[0])
	by := row(sign("∂"), l.set(e.Args[1]).piece)
	switch {
	case l.flat:
		a = a.in(scripted, false)
		return laid{piece: row(sign("∂"), a.piece, sign("/"), by), level: quotient}
	case a.level >= scripted && !a.isTall():
		return laid{piece: two(aFraction, row(sign("∂"), a.piece), by), level: scripted}
	}
	return laid{piece: row(two(aFraction, sign("∂"), by), fence("()", a.piece)), level: multiplicative, right: bracket}
}

// glyph returns the sign of a relation.
func glyph(relation string) string {
	switch relation {
	case "<=":
		return "≤"
	case ">=":
		return "≥"
	case "!=":
		return "≠"
	}
	return relation
}
