package formula

import "strings"

// A piece is a part of a formula as it is set: the same for text, LaTeX and MathML, but that text is flat.
type piece struct {
	kind  kind
	text  string
	parts []piece
}

// A kind of piece, with its text and its parts.
type kind uint8

const (
	aRow      kind = iota // parts, one after another
	aLetter               // text: a name, be it of one letter or of many
	aNumber               // text
	aBar                  // parts: what has a bar above
	aSign                 // text: between two operands, or a comma, a colon, ∞, ∂, Σ
	aPrefix               // text: the minus before its operand, or the plus that stands alone
	aTimes                // a multiplication sign that is not written
	aGap                  // a thin space, before and after ln and Σ
	aWord                 // text: "if", "and", … with the spaces around it
	aFunction             // text: a function's name; what it is of follows
	aSuper                // parts: base, exponent
	aSub                  // parts: base, index
	anUnder               // parts: Σ, max or min; what stands below
	aFraction             // parts: numerator, denominator
	aRoot                 // parts: what it is of
	aFence                // text: two brackets, "()", "[]", "||", ".|" (none on the left); parts: what is between
	aCases                // parts: value, relation, value, relation, …, value
	anInfix               // text: a sign whose left side stands in the element before
	aWrong                // parts: what is marked as wrong
	aRight                // parts: what is marked as right
)

func row(ps ...piece) piece                { return piece{aRow, "", ps} }
func sign(s string) piece                  { return piece{kind: aSign, text: s} }
func word(s string) piece                  { return piece{kind: aWord, text: s} }
func function(s string) piece              { return piece{kind: aFunction, text: s} }
func number(s string) piece                { return piece{kind: aNumber, text: s} }
func one(k kind, p piece) piece            { return piece{k, "", []piece{p}} }
func two(k kind, p, q piece) piece         { return piece{k, "", []piece{p, q}} }
func fence(brackets string, p piece) piece { return piece{aFence, brackets, []piece{p}} }

// A name a_b is set with b as an index.
func name(s string, indices ...piece) piece {
	base, tail, _ := strings.Cut(s, "_")
	if tail != "" {
		t := piece{kind: aLetter, text: tail}
		if isDecimal(tail) {
			t = number(tail)
		}
		indices = append([]piece{t}, indices...)
	} else {
		base = s
	}
	p := piece{kind: aLetter, text: base}
	switch len(indices) {
	case 0:
		return p
	case 1:
		return two(aSub, p, indices[0])
	}
	return two(aSub, p, row(indices[0], sign(","), indices[1]))
}

// indexOf sets an index.
func indexOf(i string) piece {
	switch {
	case i == "ybar":
		return one(aBar, name("y"))
	case isDecimal(i):
		return number(i)
	}
	return name(i)
}

// isTall reports whether brackets around p have to grow.
func (p piece) isTall() bool {
	switch p.kind {
	case aFraction, anUnder, aCases, aRoot:
		return true
	}
	for _, q := range p.parts {
		if q.isTall() {
			return true
		}
	}
	return false
}
