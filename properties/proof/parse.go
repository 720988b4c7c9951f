package proof

import (
	"math/big"
	"strconv"
	"strings"

	"ebmcheck/properties/proof/kernel"
)

// A reader reads terms: + − * ^ and / by an integer, numbers, names, F[i,j], exp inv ln pos sum(j, t) d(i,j), abbreviations,
// and in a statement D(t; x -> t; F[j] -> t), a derivative along a path.
type reader struct {
	s     *session
	toks  []string
	bound map[string]string
	depth int
	owed  []kernel.Fact // what gives each inv, ln and derivative its usual meaning
}

// An abbreviation stands for a term, or for one of each index, with what that owes.
type abbreviation struct {
	kernel.Indexed
	owed []kernel.Fact
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
		kernel.Refuse("want %s before %q", t, strings.Join(p.toks, " "))
	}
}

func isNumber(x string) bool { return x != "" && strings.Trim(x, "0123456789") == "" }

// integer is the number of the digits x.
func integer(x string) *big.Rat {
	if len(x) > kernel.MaxBits/3 { // log₂ 10 > 3
		kernel.Refuse("a coefficient of more than %d bits", kernel.MaxBits)
	}
	r, _ := new(big.Rat).SetString(x)
	return r
}

// name reads a name.
func (p *reader) name() string {
	if x := p.next(); kernel.IsName(x) {
		return x
	}
	kernel.Refuse("want a name before %q", strings.Join(p.toks, " "))
	return ""
}

// term reads text.
func (s *session) term(text string) kernel.Term {
	t, _ := s.read(text)
	return t
}

// read reads a term, and what it owes.
func (s *session) read(text string) (kernel.Term, []kernel.Fact) {
	p := &reader{s: s, toks: tokens(text), bound: map[string]string{}}
	t := p.sum()
	if p.toks[0] != "" {
		kernel.Refuse("what is %q after a term?", strings.Join(p.toks, " "))
	}
	return t, p.owed
}

func (p *reader) sum() kernel.Term {
	if p.depth++; p.depth > kernel.MaxDepth {
		kernel.Refuse("brackets within brackets, more than %d deep", kernel.MaxDepth)
	}
	t := p.product()
	for {
		switch {
		case p.accept("+"):
			t = kernel.Add(t, p.product())
		case p.accept("-"):
			t = kernel.Sub(t, p.product())
		default:
			p.depth--
			return t
		}
	}
}

func (p *reader) product() kernel.Term {
	t := p.power()
	for {
		switch {
		case p.accept("*"):
			t = p.s.work.Mul(t, p.power())
		case p.accept("/"):
			x := p.next()
			if !isNumber(x) || strings.Trim(x, "0") == "" {
				kernel.Refuse("a division, but by an integer: write inv")
			}
			t = kernel.Scale(new(big.Rat).Inv(integer(x)), t)
		default:
			return t
		}
	}
}

func (p *reader) power() kernel.Term {
	minus := false
	for p.accept("-") {
		minus = !minus
	}
	t := p.primary()
	if p.accept("^") {
		n, err := strconv.Atoi(p.next())
		if err != nil || n < 0 {
			kernel.Refuse("an exponent is a whole number")
		}
		t = p.s.work.Pow(t, n)
	}
	if minus {
		return kernel.Neg(t)
	}
	return t
}

// index reads the name of an answer; one that is bound has a name of its own.
func (p *reader) index() string {
	i := p.next()
	if b, ok := p.bound[i]; ok {
		return b
	}
	if !kernel.IsName(i) {
		kernel.Refuse("%q is no index", i)
	}
	return i
}

// binding reads a name, and with body what it is bound in. In what a proof prints of sums it begins with #.
func (p *reader) binding(body func(j string)) {
	j := p.next()
	if !kernel.IsName(strings.Replace(j, "#", "j", 1)) {
		kernel.Refuse("%q is no bound index", j)
	}
	old, had := p.bound[j]
	from := len(p.owed)
	p.bound[j] = kernel.Fresh()
	body(p.bound[j])
	kernel.ForEach(p.bound[j], p.owed[from:])
	if delete(p.bound, j); had {
		p.bound[j] = old
	}
}

func (p *reader) primary() (t kernel.Term) {
	x := p.next()
	switch {
	case x == "(":
		t = p.sum()
		p.want(")")
		return t
	case isNumber(x):
		return kernel.Number(integer(x))
	case x == "n":
		return kernel.Var(x)
	case !kernel.IsName(x) && (x == "" || !isWord(x[0]) || p.toks[0] != "("):
		kernel.Refuse("%q before %q is no term", x, strings.Join(p.toks, " "))
	}
	if p.accept("(") {
		t = p.function(x)
		p.want(")")
		return t
	}
	short, defined := p.s.short[x]
	p.s.work.Spend(8 * short.Is.Size())
	if !defined {
		p.s.used[x] = true
	}
	switch {
	case !p.accept("["):
		if !defined {
			return kernel.Var(x)
		}
		if short.Index != "" {
			kernel.Refuse("%s takes an index", x)
		}
		p.owed = append(p.owed, short.owed...)
		return short.Is
	case defined:
		i := p.index()
		p.want("]")
		if short.Index == "" {
			kernel.Refuse("%s takes no index", x)
		}
		for _, o := range short.owed {
			p.owed = append(p.owed, kernel.Fact{P: kernel.Rename(o.P, short.Index, i), Rel: o.Rel, All: o.All})
		}
		return short.At(i)
	}
	idx := []string{p.index()}
	for p.accept(",") {
		idx = append(idx, p.index())
	}
	p.want("]")
	return kernel.Family(x, idx...)
}

// function reads what stands in the brackets of x.
func (p *reader) function(x string) (t kernel.Term) {
	switch x {
	case "sum":
		p.binding(func(j string) {
			p.want(",")
			t = kernel.Sum(j, p.sum())
		})
		return p.asks(t)
	case "d":
		p.s.sums.Counted = true
		i := p.index()
		p.want(",")
		return kernel.Delta(i, p.index())
	case "D":
		return p.derivative()
	}
	t = p.sum()
	switch x {
	case "exp":
		return kernel.Exp(t)
	case "inv":
		p.owed = append(p.owed, kernel.Divided(t)...)
		return kernel.Inv(t)
	case "ln":
		p.owed = append(p.owed, kernel.Logged(t)...)
		return kernel.Ln(t)
	case "pos":
		return kernel.Pos(t)
	}
	kernel.Refuse("no function %s", x)
	return nil
}

// derivative reads a term, and of every variable or family that moves how fast it does.
func (p *reader) derivative() kernel.Term {
	if p.s.proof != nil {
		kernel.Refuse("a derivative in a proof: it belongs in what is to be proved")
	}
	t := p.sum()
	path := kernel.Path{Variables: map[string]kernel.Term{}, Families: map[string]kernel.Indexed{}, Sign: p.s.sign, Sums: p.s.sums}
	for p.accept(";") {
		x := p.name()
		if _, ok := p.s.short[x]; ok {
			kernel.Refuse("%s is an abbreviation", x)
		}
		if !p.accept("[") {
			p.want("->")
			path.Variables[x] = p.sum()
			continue
		}
		p.binding(func(j string) {
			p.want("]")
			p.want("->")
			path.Families[x] = kernel.Indexed{Index: j, Is: p.sum()}
		})
	}
	t, owed := path.Derivative(t)
	p.owed = append(p.owed, owed...)
	return p.asks(t)
}

// asks returns t, of which what it asks of sums is known before any of it cancels; within a sum that one will ask.
func (p *reader) asks(t kernel.Term) kernel.Term {
	if len(p.bound) == 0 {
		p.s.sums.Add(t)
	}
	return t
}
