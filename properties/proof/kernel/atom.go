package kernel

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"sync/atomic"
)

// Exp returns e^p.
func Exp(p Term) Term { return Term{}.with(one, product{e: p}) }

func single(a *atom) Term { return Term{}.with(one, product{factors: []factor{{a, 1}}}) }

// Var returns the variable x; the number of answers is called n.
func Var(x string) Term {
	words(x)
	return single(&atom{kind: variable, name: x, key: x})
}

// Family returns F[idx].
func Family(F string, idx ...string) Term {
	words(F)
	words(idx...)
	return single(&atom{kind: family, name: F, idx: idx, key: F + "[" + strings.Join(idx, ",") + "]"})
}

// Delta returns d(i,j), which is d(j,i), and 1 if the two are one name.
func Delta(i, j string) Term {
	words(i, j)
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

// words refuses what is no word. A sign in one would make the text of a term ambiguous: of an answer y]*G[y, F[y]*G[y] would be an energy.
func words(xs ...string) {
	for _, x := range xs {
		if x == "" || strings.Trim(x, letters+"0123456789_#~") != "" || '0' <= x[0] && x[0] <= '9' {
			Refuse("%q is no word", x)
		}
	}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

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
			inner = Rename(inner, j, at)
		case len(in.factors) == 0 && len(in.e) == 0:
			inner = Var("n")
		default:
			k := unbound(inner.String())
			body := Rename(inner, j, k)
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

// Fresh returns an index that no text has: its name begins with ~, and later ones are greater.
func Fresh() string { return fmt.Sprintf("~%012d", names.Add(1)) }
