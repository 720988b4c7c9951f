package proof

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// A reader reads terms: + − * ^ and / by an integer, numbers, names, F[i,j], exp inv ln pos sum(j, t) d(i,j), abbreviations,
// and in a statement D(t; x -> t; F[j] -> t), a derivative along a path.
type reader struct {
	s     *session
	toks  []string
	bound map[string]string
	depth int
	owed  []Fact // what gives each inv, ln and derivative its usual meaning
}

// An abbreviation stands for a term, or for one of each index.
type abbreviation struct {
	index string
	is    Term
	owed  []Fact
}

// tokens cuts text in words and signs; an empty one ends them.
func tokens(text string) (toks []string) {
	for i := 0; i < len(text); {
		j := i + 1
		switch c := text[i]; {
		case c == ' ':
			i++
			continue
		case isWord(c):
			for j < len(text) && isWord(text[j]) {
				j++
			}
		case c == '-' && j < len(text) && text[j] == '>':
			j++
		}
		toks = append(toks, text[i:j])
		i = j
	}
	return append(toks, "")
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '#' || c == '~'
}

// reserved words mean what they mean.
var reserved = []string{"exp", "inv", "ln", "pos", "sum", "D", "n"}

// isName reports whether a free index, a variable, a family or an abbreviation may be called x. A sign in it would make the text of a
// term ambiguous: of an answer y]*G[y, F[y]*G[y] would be an energy.
func isName(x string) bool {
	return len(tokens(x)) == 2 && isWord(x[0]) && !('0' <= x[0] && x[0] <= '9') && !strings.ContainsAny(x, "#~ ") && !slices.Contains(reserved, x)
}

func (p *reader) next() string { t := p.toks[0]; p.toks = p.toks[1:]; return t }

func (p *reader) accept(t string) bool {
	if p.toks[0] == t && t != "" {
		p.next()
		return true
	}
	return false
}

func (p *reader) want(t string) {
	if !p.accept(t) {
		refuse("want %s before %q", t, strings.Join(p.toks, " "))
	}
}

func isNumber(x string) bool { return x != "" && strings.Trim(x, "0123456789") == "" }

// integer is the number of the digits x.
func integer(x string) *big.Rat {
	if len(x) > maxBits/3 { // log₂ 10 > 3
		refuse("a coefficient of more than %d bits", maxBits)
	}
	r, _ := new(big.Rat).SetString(x)
	return r
}

// name reads a name.
func (p *reader) name() string {
	if x := p.next(); isName(x) {
		return x
	}
	refuse("want a name before %q", strings.Join(p.toks, " "))
	return ""
}

// term reads text.
func (s *session) term(text string) Term {
	t, _ := s.read(text)
	return t
}

// read reads a term, and what it owes.
func (s *session) read(text string) (Term, []Fact) {
	p := &reader{s: s, toks: tokens(text), bound: map[string]string{}}
	t := p.sum()
	if p.toks[0] != "" {
		refuse("what is %q after a term?", strings.Join(p.toks, " "))
	}
	return t, p.owed
}

func (p *reader) sum() Term {
	if p.depth++; p.depth > maxDepth {
		refuse("brackets within brackets, more than %d deep", maxDepth)
	}
	t := p.product()
	for {
		switch {
		case p.accept("+"):
			t = Add(t, p.product())
		case p.accept("-"):
			t = Sub(t, p.product())
		default:
			p.depth--
			return t
		}
	}
}

func (p *reader) product() Term {
	t := p.power()
	for {
		switch {
		case p.accept("*"):
			t = p.s.mul(t, p.power())
		case p.accept("/"):
			x := p.next()
			if !isNumber(x) || strings.Trim(x, "0") == "" {
				refuse("a division, but by an integer: write inv")
			}
			t = Scale(new(big.Rat).Inv(integer(x)), t)
		default:
			return t
		}
	}
}

func (p *reader) power() Term {
	minus := false
	for p.accept("-") {
		minus = !minus
	}
	t := p.primary()
	if p.accept("^") {
		n, err := strconv.Atoi(p.next())
		if err != nil || n < 0 {
			refuse("an exponent is a whole number")
		}
		t = pow(t, n, p.s.mul)
	}
	if minus {
		return Neg(t)
	}
	return t
}

// index reads the name of an answer; one that is bound has a name of its own.
func (p *reader) index() string {
	i := p.next()
	if b, ok := p.bound[i]; ok {
		return b
	}
	if !isName(i) {
		refuse("%q is no index", i)
	}
	return i
}

// binding reads a name, and with body what it is bound in. In what a proof prints of sums it begins with #.
func (p *reader) binding(body func(j string)) {
	j := p.next()
	if !isName(strings.Replace(j, "#", "j", 1)) {
		refuse("%q is no bound index", j)
	}
	old, had := p.bound[j]
	from := len(p.owed)
	p.bound[j] = fresh()
	body(p.bound[j])
	forEach(p.bound[j], p.owed[from:])
	if delete(p.bound, j); had {
		p.bound[j] = old
	}
}

func (p *reader) primary() (t Term) {
	x := p.next()
	switch {
	case x == "(":
		t = p.sum()
		p.want(")")
		return t
	case isNumber(x):
		return Number(integer(x))
	case x == "n":
		return Var(x)
	case !isName(x) && (x == "D" || !slices.Contains(reserved, x) || p.toks[0] != "("):
		if x != "D" || p.toks[0] != "(" {
			refuse("%q before %q is no term", x, strings.Join(p.toks, " "))
		}
	}
	if p.accept("(") {
		t = p.function(x)
		p.want(")")
		return t
	}
	short, defined := p.s.short[x]
	p.s.spend(8 * short.is.size())
	if !defined {
		p.s.used[x] = true
	}
	switch {
	case !p.accept("["):
		if !defined {
			return Var(x)
		}
		if short.index != "" {
			refuse("%s takes an index", x)
		}
		p.owed = append(p.owed, short.owed...)
		return short.is
	case defined:
		i := p.index()
		p.want("]")
		if short.index == "" {
			refuse("%s takes no index", x)
		}
		for _, o := range short.owed {
			p.owed = append(p.owed, Fact{rename(o.P, short.index, i), o.Rel, o.All})
		}
		return rename(short.is, short.index, i)
	}
	idx := []string{p.index()}
	for p.accept(",") {
		idx = append(idx, p.index())
	}
	p.want("]")
	return Family(x, idx...)
}

// function reads what stands in the brackets of x.
func (p *reader) function(x string) (t Term) {
	switch x {
	case "sum":
		p.binding(func(j string) {
			p.want(",")
			t = Sum(j, p.sum())
		})
		return t
	case "d":
		i := p.index()
		p.want(",")
		return Delta(i, p.index())
	case "D":
		return p.derivative()
	}
	t = p.sum()
	switch x {
	case "exp":
		return Exp(t)
	case "inv":
		p.owed = append(p.owed, divided(t)...)
		return Inv(t)
	case "ln":
		if _, ok := t.exponent(); !ok {
			p.owed = append(p.owed, Fact{P: t, Rel: above})
		}
		return Ln(t)
	case "pos":
		return Pos(t)
	}
	refuse("no function %s", x)
	return nil
}

// derivative reads a term, and of every variable or family that moves how fast it does.
func (p *reader) derivative() Term {
	if p.s.proving {
		refuse("a derivative in a proof: it belongs in what is to be proved")
	}
	t := p.sum()
	variables, families := map[string]Term{}, map[string]abbreviation{}
	for p.accept(";") {
		x := p.name()
		if _, ok := p.s.short[x]; ok {
			refuse("%s is an abbreviation", x)
		}
		if !p.accept("[") {
			p.want("->")
			variables[x] = p.sum()
			continue
		}
		p.binding(func(j string) {
			p.want("]")
			p.want("->")
			families[x] = abbreviation{index: j, is: p.sum()}
		})
	}
	d := derivation{sign: p.s.sign, move: func(a *atom) Term {
		if f, ok := families[a.name]; ok && a.kind == family && len(a.idx) == 1 {
			return rename(f.is, f.index, a.idx[0])
		}
		if a.kind == variable {
			return variables[a.name]
		}
		return nil
	}}
	t = d.of(t)
	p.owed = append(p.owed, d.owed...)
	return t
}
