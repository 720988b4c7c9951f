package kernel

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
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
	MaxBits      = 1 << 12 // of a coefficient
	MaxText      = 1 << 16 // bytes of a term, and of a line
	maxPower     = 64      // of an exponent
	MaxDepth     = 64      // of brackets, and of goals within goals
	maxWork      = 1 << 21 // bytes of terms that are multiplied, and eight times those of facts and abbreviations that are used, in a theorem
)

// A refusal is what the functions here panic with; Caught makes it an error.
type refusal string

// Refuse panics with a refusal.
func Refuse(format string, a ...any) { panic(refusal(fmt.Sprintf(format, a...))) }

// Caught is deferred: it makes an error of a refusal of what.
func Caught(what string, err *error) {
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
		if b.Len() > MaxText {
			Refuse("a term of more than %d bytes", MaxText)
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
	if len(k) > MaxText {
		Refuse("a monomial of more than %d bytes", MaxText)
	}
	if t, ok := p[k]; ok {
		c = new(big.Rat).Add(c, t.c)
	}
	switch {
	case c.Sign() == 0:
		delete(p, k)
		return p
	case c.Num().BitLen() > MaxBits || c.Denom().BitLen() > MaxBits:
		Refuse("a coefficient of more than %d bits", MaxBits)
	}
	p[k] = monomial{c, m}
	if len(p) > maxMonomials {
		Refuse("a term of more than %d monomials", maxMonomials)
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

// Equal reports whether p and q are one term.
func (p Term) Equal(q Term) bool { return len(Sub(p, q)) == 0 }

// Opposite reports whether p is −q.
func (p Term) Opposite(q Term) bool { return len(Add(p, q)) == 0 }

// Mul returns p·q.
func Mul(p, q Term) Term {
	if len(p)*len(q) > maxProducts {
		Refuse("a product of %d by %d monomials", len(p), len(q))
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
		Refuse("the power %d is above %d", n, maxPower)
	}
	r := Int(1)
	for range n {
		r = mul(r, p)
	}
	return r
}

// Size is about how many bytes p has as text.
func (p Term) Size() (n int) {
	for k := range p {
		n += len(k) + 4
	}
	return n
}
