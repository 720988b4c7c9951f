package formula

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Limits on a text, so that no text costs much.
const (
	maxRunes    = 10000 // of the text
	maxDepth    = 200   // of brackets, signs and powers within each other
	maxExponent = 9999  // of a number, base 10
	maxNodes    = 20000 // once the definitions are put in
)

// Parse reads a formula: an expression, and after "where" the names that it uses.
func Parse(text string) (f *Formula, err error) {
	defer catch(&err)
	p := newParser(text)
	f = &Formula{Text: text, Expr: p.sum(), Where: p.definitions()}
	p.end("a formula")
	f.Names = resolve(text, nil, []*Expr{f.Expr}, f.Where)
	return f, nil
}

// ParseStatement reads a statement.
func ParseStatement(text string) (s *Statement, err error) {
	defer catch(&err)
	p := newParser(text)
	s = &Statement{Text: text, ForAll: p.quantifiers(), Says: p.conjunction()}
	if p.word("if") {
		s.When = p.conjunction()
	}
	s.Where = p.definitions()
	p.end("a statement")
	s.Names = resolve(text, s.ForAll, s.terms(), s.Where)
	return s, nil
}

// MustParse is Parse for a text that is known to be right: it panics where that fails.
func MustParse(text string) *Formula { return must(Parse(text)) }

// MustStatement is ParseStatement for a text that is known to be right: it panics where that fails.
func MustStatement(text string) *Statement { return must(ParseStatement(text)) }

func must[T any](x T, err error) T {
	if err != nil {
		panic("formula: " + err.Error())
	}
	return x
}

// A parser fails by a panic with an *Error, which catch turns into an error.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case *Error:
		*err = e
	default:
		panic(e)
	}
}

// A parser descends the grammar; what names mean is looked at later, by resolve.
type parser struct {
	text  string
	rest  []token
	depth int
}

func newParser(text string) *parser {
	runes := []rune(text)
	if len(runes) > maxRunes {
		panic(errorf(text, maxRunes, "a text has at most %d characters, this one %d", maxRunes, len(runes)))
	}
	ts, err := tokens(text, runes)
	if err != nil {
		panic(err)
	}
	return &parser{text: text, rest: ts}
}

func (p *parser) fail(t token, format string, args ...any) {
	panic(errorf(p.text, t.pos, format, args...))
}

func (p *parser) next() token {
	t := p.rest[0]
	if t.kind != "end" {
		p.rest = p.rest[1:]
	}
	return t
}

// skip moves past a symbol, if it comes next.
func (p *parser) skip(kind string) bool {
	if p.rest[0].kind != kind {
		return false
	}
	p.next()
	return true
}

// word moves past a word, if it comes next.
func (p *parser) word(w string) bool {
	if !p.rest[0].is(w) {
		return false
	}
	p.next()
	return true
}

func (p *parser) want(kind, why string) token {
	t := p.next()
	if t.kind != kind {
		p.fail(t, "want %q %s, found %s", kind, why, t)
	}
	return t
}

func (p *parser) end(what string) {
	if t := p.rest[0]; t.kind != "end" {
		cases := ""
		if what == "a formula" && t.is("if") {
			cases = "; cases are written if(a < b, x, y)"
		}
		p.fail(t, "%s should end before %s%s", what, t, cases)
	}
}

func (t token) is(word string) bool { return t.kind == "name" && t.text == word }

// String shows a token in a message.
func (t token) String() string {
	if t.kind == "end" {
		return "the end"
	}
	if r := []rune(t.raw); len(r) > 30 {
		return `"` + string(r[:30]) + `…"`
	}
	return `"` + t.raw + `"`
}

// deeper counts how far the grammar has descended; to be undone by p.depth--.
func (p *parser) deeper() {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.rest[0], "more than %d levels within each other: name parts of it by \"where\"", maxDepth)
	}
}

// sum = product {("+" | "-") product}
func (p *parser) sum() *Expr {
	p.deeper()
	e := p.product()
	for p.rest[0].kind == "+" || p.rest[0].kind == "-" {
		t := p.next()
		e = &Expr{Op: t.kind, Args: []*Expr{e, p.product()}, Pos: t.pos}
	}
	p.depth--
	return e
}

// product = signed {("*" | "/") signed}
func (p *parser) product() *Expr {
	e := p.signed()
	for p.rest[0].kind == "*" || p.rest[0].kind == "/" {
		t := p.next()
		if next := p.rest[0]; t.kind == "*" && next.kind == "*" {
			p.fail(next, "a power is written a^b")
		}
		e = &Expr{Op: t.kind, Args: []*Expr{e, p.signed()}, Pos: t.pos}
	}
	switch t := p.rest[0]; t.kind {
	case "name":
		if !slices.Contains(words, t.text) {
			p.fail(t, "an operator is missing before %s; multiplication is written *", t)
		}
	case "num", "(":
		p.fail(t, "an operator is missing before %s; multiplication is written *", t)
	case "[":
		p.fail(t, "an index follows a name only")
	}
	return e
}

// signed = "-" signed | atom ["^" signed]
func (p *parser) signed() *Expr {
	t := p.rest[0]
	if p.skip("-") {
		p.deeper()
		e := &Expr{Op: "neg", Args: []*Expr{p.signed()}, Pos: t.pos}
		p.depth--
		return e
	}
	e := p.atom()
	if t = p.rest[0]; p.skip("^") {
		p.deeper()
		e = &Expr{Op: "^", Args: []*Expr{e, p.signed()}, Pos: t.pos}
		p.depth--
	}
	return e
}

// atom = number | name | name "[" index "]" | call | "(" sum ")"
func (p *parser) atom() *Expr {
	switch t := p.next(); t.kind {
	case "num":
		return p.number(t)
	case "(":
		e := p.sum()
		p.close("(", t)
		return e
	case "name":
		return p.named(t)
	case "+":
		p.fail(t, "+ stands between two terms")
	default:
		p.fail(t, "want a number, a name or a bracket, found %s", t)
	}
	return nil
}

func (p *parser) close(what string, opened token) {
	if t := p.next(); t.kind != ")" {
		if slices.Contains(relations, t.kind) {
			p.fail(t, "a relation stands in if(a < b, x, y) or between the sides of a statement, without brackets")
		}
		p.fail(t, "want \")\" to close %q at character %d, found %s", what, opened.pos+1, t)
	}
}

func (p *parser) number(t token) *Expr {
	if _, exponent, ok := strings.Cut(strings.ToLower(t.text), "e"); ok {
		if x, err := strconv.Atoi(exponent); err != nil || x > maxExponent || x < -maxExponent {
			p.fail(t, "the exponent of a number is at most %d", maxExponent)
		}
	}
	r, _ := new(big.Rat).SetString(t.text) // what tokens takes for a number is one
	return &Expr{Op: "num", Num: r, Lit: t.text, Pos: t.pos}
}

// named reads what begins with a name.
func (p *parser) named(t token) *Expr {
	e := &Expr{Op: t.text, Pos: t.pos}
	if p.rest[0].kind == "(" {
		p.call(e, t)
		return e
	}
	switch {
	case t.text == "n", t.text == "inf":
	case t.text == "F", t.text == "p":
		if p.rest[0].kind != "[" {
			p.fail(t, "%s needs an index: %[1]s[y], %[1]s[ybar], or %[1]s[j] in sum(j: …)", t.text)
		}
		e.Index = p.index()
	case t.text == "Fbar":
		e.Op, e.Index = "F", "ybar"
	case t.text == "if":
		p.fail(t, "cases are written if(a < b, x, y)")
	case slices.Contains(words, t.text):
		p.fail(t, "want a number, a name or a bracket, found the word %s", t)
	case isFunction(t.text), isReduction(t.text), t.text == "with":
		p.fail(t, "%s is written %s", t.text, usage(t.text))
	default:
		e.Op, e.Name = "param", t.text
		if p.rest[0].kind == "[" {
			e.Index = p.index()
		}
	}
	if p.rest[0].kind == "[" {
		p.fail(p.rest[0], "%s has no index here", t)
	}
	return e
}

// index = "[" (name | decimal) "]"
func (p *parser) index() string {
	p.want("[", "before an index")
	i := p.indexName()
	if t := p.next(); t.kind != "]" {
		p.fail(t, "want \"]\" after an index, found %s", t)
	}
	return i
}

func (p *parser) indexName() string {
	t := p.next()
	switch t.kind {
	case "name":
		if isReserved(t.text) {
			p.fail(t, "%s is no index: want y, ybar, a bound variable or a number", t)
		}
		return t.text
	case "num":
		if i, err := strconv.Atoi(t.text); err != nil || strconv.Itoa(i) != t.text || i > maxRunes {
			p.fail(t, "%s is no index: want a whole number from 0 to %d", t, maxRunes)
		}
		return t.text
	}
	p.fail(t, "want an index (y, ybar, a bound variable or a number), found %s", t)
	return ""
}

// binder = name ["!=" index]
func (p *parser) binder() (name, except string) {
	t := p.want("name", "as the variable that is bound")
	if t.text == "y" || t.text == "ybar" {
		p.fail(t, "%s is an answer that is given: bind another name", t.text)
	}
	if isReserved(t.text) {
		p.fail(t, "%s has a meaning of its own: bind another name", t)
	}
	if p.skip("!=") {
		at := p.rest[0]
		if except = p.indexName(); at.kind == "num" || except == t.text {
			p.fail(at, "want y, ybar or an outer bound variable to leave out, found %s", at)
		}
	}
	return t.text, except
}
