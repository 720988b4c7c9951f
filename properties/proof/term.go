package proof

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// A Term is a polynomial with rational coefficients in atoms, and in one exponential per monomial:
//
//	c · a₁^k₁ ⋯ aᵣ^kᵣ · exp(E)        E a term again
//
// It is in normal form, the text of which says what it is: two terms of one text are equal. The key of a monomial is its text
// without c. A Term never changes once it is made.
type Term map[string]monomial

type monomial struct {
	c *big.Rat
	product
}

// A product is a monomial without its coefficient.
type product struct {
	factors []factor // sorted by key, exponents > 0
	e       Term     // the exponent of exp
}

type factor struct {
	*atom
	n int
}

// The kinds of atoms.
const (
	variable  = 'v' // x, a real number
	family    = 'f' // F[j], a real number for each answer j
	inverse   = 'i' // inv(t)
	logarithm = 'l' // ln(t)
	positive  = 'p' // pos(t) = max(0, t)
	sum       = 's' // sum(j, t) over all answers
	delta     = 'd' // d(i,j), 1 if i is j, else 0
)

type atom struct {
	kind byte
	name string   // of a variable or family
	idx  []string // of a family or delta; of a sum, what it binds
	arg  Term
	key  string
}

// What terms may grow to. Whoever passes it is refused, in little time and memory.
const (
	maxMonomials = 4096    // of a term
	maxProducts  = 1 << 16 // of monomials, in one multiplication
	maxBits      = 1 << 12 // of a coefficient
	maxText      = 1 << 16 // bytes of a term, and of a line
	maxPower     = 64      // of an exponent
	maxDepth     = 64      // of brackets, and of goals within goals
	maxWork      = 1 << 21 // bytes of terms that are multiplied, and eight times those of facts and abbreviations that are used, in a theorem
)

// A refusal is what the functions here panic with, which Line catches.
type refusal string

func refuse(format string, a ...any) { panic(refusal(fmt.Sprintf(format, a...))) }

// caught makes an error of a refusal of what.
func caught(what string, err *error) {
	switch r := recover().(type) {
	case nil:
	case refusal:
		*err = fmt.Errorf("%s: %s", what, string(r))
	default:
		panic(r)
	}
}

func (m product) key() string {
	var b []string
	for _, f := range m.factors {
		if f.n == 1 {
			b = append(b, f.key)
		} else {
			b = append(b, f.key+"^"+strconv.Itoa(f.n))
		}
	}
	if len(m.e) > 0 {
		b = append(b, "exp("+m.e.String()+")")
	}
	return strings.Join(b, "*")
}

func (p Term) keys() []string {
	ks := make([]string, 0, len(p))
	for k := range p {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}

// String is the normal form as text, which reads as the same term.
func (p Term) String() string {
	if len(p) == 0 {
		return "0"
	}
	var b strings.Builder
	for i, k := range p.keys() {
		c := p[k].c
		if i > 0 && c.Sign() > 0 {
			b.WriteByte('+')
		}
		switch {
		case k == "":
			b.WriteString(c.RatString())
		case c.Cmp(one) == 0:
			b.WriteString(k)
		case c.Cmp(minusOne) == 0:
			b.WriteString("-" + k)
		default:
			b.WriteString(c.RatString() + "*" + k)
		}
		if b.Len() > maxText {
			refuse("a term of more than %d bytes", maxText)
		}
	}
	return b.String()
}

var one, minusOne = big.NewRat(1, 1), big.NewRat(-1, 1)

// Number is the term c.
func Number(c *big.Rat) Term { return Term{}.with(c, product{}) }

// Int is the term i.
func Int(i int64) Term { return Number(big.NewRat(i, 1)) }

// number returns the number that p is, if it is one.
func (p Term) number() (c *big.Rat, ok bool) {
	if len(p) == 0 {
		return new(big.Rat), true
	}
	m, ok := p[""]
	return m.c, ok && len(p) == 1
}

// with adds c·m to p, while p is being made.
func (p Term) with(c *big.Rat, m product) Term {
	k := m.key()
	if len(k) > maxText {
		refuse("a monomial of more than %d bytes", maxText)
	}
	if t, ok := p[k]; ok {
		c = new(big.Rat).Add(c, t.c)
	}
	switch {
	case c.Sign() == 0:
		delete(p, k)
		return p
	case c.Num().BitLen() > maxBits || c.Denom().BitLen() > maxBits:
		refuse("a coefficient of more than %d bits", maxBits)
	}
	p[k] = monomial{c, m}
	if len(p) > maxMonomials {
		refuse("a term of more than %d monomials", maxMonomials)
	}
	return p
}

// Add returns p + q.
func Add(p, q Term) Term {
	r := Term{}
	for k, t := range p {
		r[k] = t
	}
	for _, t := range q {
		r.with(t.c, t.product)
	}
	return r
}

// Scale returns c·p.
func Scale(c *big.Rat, p Term) Term {
	r := Term{}
	for _, t := range p {
		r.with(new(big.Rat).Mul(c, t.c), t.product)
	}
	return r
}

// Neg returns −p.
func Neg(p Term) Term { return Scale(minusOne, p) }

// Sub returns p − q.
func Sub(p, q Term) Term { return Add(p, Neg(q)) }

// equal reports whether p and q are one term.
func (p Term) equal(q Term) bool { return len(Sub(p, q)) == 0 }

// opposite reports whether p is −q.
func (p Term) opposite(q Term) bool { return len(Add(p, q)) == 0 }

// Mul returns p·q.
func Mul(p, q Term) Term {
	if len(p)*len(q) > maxProducts {
		refuse("a product of %d by %d monomials", len(p), len(q))
	}
	r := Term{}
	for _, s := range p {
		for _, t := range q {
			r.with(new(big.Rat).Mul(s.c, t.c), times(s.product, t.product))
		}
	}
	return r
}

// times merges two products: exp(a)·exp(b) = exp(a + b), d(i,j)² = d(i,j).
func times(m, o product) product {
	var fs []factor
	for i, j := 0, 0; i < len(m.factors) || j < len(o.factors); {
		switch {
		case j == len(o.factors) || i < len(m.factors) && m.factors[i].key < o.factors[j].key:
			fs = append(fs, m.factors[i])
			i++
		case i == len(m.factors) || o.factors[j].key < m.factors[i].key:
			fs = append(fs, o.factors[j])
			j++
		default:
			f := factor{m.factors[i].atom, m.factors[i].n + o.factors[j].n}
			if f.kind == delta {
				f.n = 1
			}
			fs = append(fs, f)
			i++
			j++
		}
	}
	return product{fs, Add(m.e, o.e)}
}

// Pow returns pⁿ for n ≥ 0.
func Pow(p Term, n int) Term { return pow(p, n, Mul) }

func pow(p Term, n int, mul func(p, q Term) Term) Term {
	if n > maxPower {
		refuse("the power %d is above %d", n, maxPower)
	}
	r := Int(1)
	for range n {
		r = mul(r, p)
	}
	return r
}

// size is about how many bytes p has as text.
func (p Term) size() (n int) {
	for k := range p {
		n += len(k) + 4
	}
	return n
}

// Exp returns e^p.
func Exp(p Term) Term { return Term{}.with(one, product{e: p}) }

func single(a *atom) Term { return Term{}.with(one, product{factors: []factor{{a, 1}}}) }

// Var returns the variable x.
func Var(x string) Term { return single(&atom{kind: variable, name: x, key: x}) }

// Family returns F[idx].
func Family(F string, idx ...string) Term {
	return single(&atom{kind: family, name: F, idx: idx, key: F + "[" + strings.Join(idx, ",") + "]"})
}

// Delta returns d(i,j), which is d(j,i), and 1 if the two are one name.
func Delta(i, j string) Term {
	if i == j {
		return Int(1)
	}
	if j < i {
		i, j = j, i
	}
	return single(&atom{kind: delta, idx: []string{i, j}, key: "d(" + i + "," + j + ")"})
}

// of returns the atom of one kind, made of t.
func of(kind byte, name string, t Term) Term {
	return single(&atom{kind: kind, arg: t, key: name + "(" + t.String() + ")"})
}

// Inv returns 1/p, and 0 for p = 0. That of a monomial is the monomial of the inverses.
func Inv(p Term) Term {
	if len(p) != 1 {
		if len(p) == 0 {
			return Term{}
		}
		return of(inverse, "inv", p)
	}
	var t monomial
	for _, t = range p {
	}
	r := Term{}.with(new(big.Rat).Inv(t.c), product{e: Neg(t.e)})
	for _, f := range t.factors {
		switch f.kind {
		case inverse:
			r = Mul(r, Pow(f.arg, f.n))
		case delta:
			r = Mul(r, single(f.atom)) // 0 or 1: its own inverse
		default:
			r = Mul(r, Pow(of(inverse, "inv", single(f.atom)), f.n))
		}
	}
	return r
}

// Ln returns ln p, and 0 for p ≤ 0; that of exp(E) is E.
func Ln(p Term) Term {
	if e, ok := p.exponent(); ok {
		return e
	}
	return of(logarithm, "ln", p)
}

// exponent returns E, if p is exp(E).
func (p Term) exponent() (e Term, ok bool) {
	for _, t := range p {
		if len(p) == 1 && len(t.factors) == 0 && t.c.Cmp(one) == 0 {
			return Add(t.e, nil), true
		}
	}
	return nil, false
}

// Pos returns max(0, p).
func Pos(p Term) Term {
	if c, ok := p.number(); ok {
		if c.Sign() <= 0 {
			return Term{}
		}
		return p
	}
	return of(positive, "pos", p)
}

// Sum returns the sum of p over all values of the index j. It is linear; what does not have j leaves it; the sum of 1 is n; of
// d(i,j)·t(j) it is t(i).
func Sum(j string, p Term) Term {
	r := Term{}
	for _, t := range p {
		out, in := product{e: Term{}}, product{e: Term{}}
		at := "" // the i of d(i,j)
		for _, f := range t.factors {
			switch {
			case !f.has(j):
				out.factors = append(out.factors, f)
			case f.kind == delta && at == "":
				at = f.idx[0]
				if at == j {
					at = f.idx[1]
				}
			default:
				in.factors = append(in.factors, f)
			}
		}
		for _, s := range t.e {
			if s.has(j) {
				in.e.with(s.c, s.product)
			} else {
				out.e.with(s.c, s.product)
			}
		}
		inner := Term{}.with(one, in)
		switch {
		case at != "":
			inner = rename(inner, j, at)
		case len(in.factors) == 0 && len(in.e) == 0:
			inner = Var("n")
		default:
			k := unbound(inner.String())
			body := rename(inner, j, k)
			inner = single(&atom{kind: sum, idx: []string{k}, arg: body, key: "sum(" + k + "," + body.String() + ")"})
		}
		r = Add(r, Mul(Term{}.with(t.c, out), inner))
	}
	return r
}

// unbound returns a name for a bound index, #1, #2, …, above all in the text.
func unbound(text string) string {
	most := 0
	for i := range text {
		if text[i] == '#' {
			end := i + 1
			for end < len(text) && '0' <= text[end] && text[end] <= '9' {
				end++
			}
			k, _ := strconv.Atoi(text[i+1 : end])
			most = max(most, k)
		}
	}
	return "#" + strconv.Itoa(most+1)
}

var names atomic.Int64

// fresh returns an index that no text has: its name begins with ~, and later ones are greater.
func fresh() string { return fmt.Sprintf("~%012d", names.Add(1)) }
