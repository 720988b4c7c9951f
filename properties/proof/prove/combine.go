package prove

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"ebmcheck/properties/proof/kernel"
)

// An item may go into a combination: a product of facts, times a term if it is an equality.
type item struct {
	times kernel.Term
	facts []int
	rel   string
	vector
}

// A search is for a combination that gives a goal.
type search struct {
	w            *writer
	facts        []kernel.Fact
	above, equal []item                     // inequalities and equalities
	monomials    map[string]kernel.Monomial // that occur
	seen         map[string]bool
}

const (
	rounds   = 4   // of multiplying equalities until monomials meet
	maxEqual = 300 // equalities to combine

	workOfProduct = 2000 // of one multiple of an equality, beside the linear program
)

// comb proves f as a combination of the hints, numbers of facts or of several that are multiplied, and of multiples of the
// equalities at hand: linear programming over rational numbers.
func (w *writer) comb(f string, hints ...any) int {
	t, r := cut(f)
	goal := w.term(t)
	if len(goal) == 0 && r != ">" { // 0 = 0 is any equality times 0
		return w.line("comb 0 @ %d", w.anEquality())
	}
	s := &search{w: w, facts: w.Facts(), monomials: map[string]kernel.Monomial{}, seen: map[string]bool{}}
	s.note(goal)
	for _, h := range hints {
		switch h := h.(type) {
		case int:
			s.hint(h)
		case []int:
			s.hint(h...)
		}
	}
	s.multiply()
	basis := s.echelon()
	g := vectorOf(goal)
	basis.reduce(g)
	var cols []map[string]*big.Rat
	var strict []bool
	for _, it := range s.above {
		basis.reduce(it.vector)
		cols, strict = append(cols, it.at), append(strict, r == ">" && it.rel == ">")
	}
	switch {
	case r == ">" && !slices.Contains(strict, true):
		fail("no hint for %s is strict\n%s", f, w.show())
	case r == "=":
		cols, strict = nil, nil
	}
	x := combine(cols, g.at, strict, &w.work)
	if x == nil {
		fail("no combination gives %s; left is %s\n%s", f, left(g), w.show())
	}
	items := s.write(g, x)
	if len(items) == 0 {
		return w.line("comb 0 @ %d", w.anEquality())
	}
	return w.line("comb %s", strings.Join(items, " ; "))
}

// left lists what of a goal no equality explains.
func left(g vector) string {
	var rest []string
	for _, k := range slices.Sorted(maps.Keys(g.at)) {
		rest = append(rest, g.at[k].RatString()+" * "+k)
	}
	return strings.Join(rest, " + ")
}

func (s *search) note(t kernel.Term) {
	for _, m := range t.Monomials() {
		s.monomials[m.Key] = m
	}
}

// hint adds a product of facts.
func (s *search) hint(facts ...int) {
	p := kernel.Int(1)
	for _, k := range facts {
		p = kernel.Mul(p, s.facts[k].P)
	}
	s.add(kernel.Int(1), facts, p)
	s.note(p)
}

func (s *search) add(times kernel.Term, facts []int, p kernel.Term) {
	it := item{times, facts, ">", vectorOf(p)}
	for _, k := range facts {
		switch f := s.facts[k]; {
		case f.All != "":
			fail("hint %d is about all indices", k)
		case f.Rel == "=" || f.Rel == ">=" && it.rel == ">":
			it.rel = string(f.Rel)
		}
	}
	if it.rel == "=" {
		it.from[len(s.equal)] = big.NewRat(1, 1)
		s.equal = append(s.equal, it)
	} else {
		s.above = append(s.above, it)
	}
}

// multiply adds each equality times what makes one of its monomials one that occurs, and so on: in each round for the monomials that the
// one before brought.
func (s *search) multiply() {
	type equality struct {
		fact  int
		terms []kernel.Monomial
		exps  [][]kernel.Monomial // of the terms' exponents
	}
	var es []equality
	for k, f := range s.facts {
		if f.Rel != "=" || f.All != "" || s.w.bare && transcendental(f.P) || s.w.dull[f.P.String()] {
			continue
		}
		e := equality{fact: k, terms: f.P.Monomials()}
		for _, l := range e.terms {
			e.exps = append(e.exps, l.Exp.Monomials())
		}
		es = append(es, e)
	}
	signs := map[string]map[string]int{} // of the monomials in the exponent of one
	for range rounds {
		var fresh []string
		for _, key := range slices.Sorted(maps.Keys(s.monomials)) {
			if signs[key] == nil {
				fresh, signs[key] = append(fresh, key), signsOf(s.monomials[key].Exp)
			}
		}
		for _, e := range es {
			for i, l := range e.terms {
				for _, key := range fresh {
					if len(l.Factors) == 0 && (len(l.Exp) == 0 || !within(signs[key], e.exps[i])) {
						continue
					}
					q, ok := s.monomials[key].Quotient(l)
					if !ok {
						continue
					}
					id := fmt.Sprint(e.fact, "@", q)
					if s.seen[id] || len(s.equal) >= maxEqual {
						continue
					}
					s.seen[id] = true
					if s.w.work -= workOfProduct; s.w.work < 0 {
						fail("too much work")
					}
					p := kernel.Mul(q, s.facts[e.fact].P)
					s.add(q, []int{e.fact}, p)
					s.note(p)
				}
			}
		}
	}
}

// transcendental reports whether an exponential, or a logarithm, is in t.
func transcendental(t kernel.Term) bool {
	return slices.ContainsFunc(t.Monomials(), func(m kernel.Monomial) bool {
		return len(m.Exp) > 0 || slices.ContainsFunc(m.Factors, func(f kernel.Factor) bool {
			return f.Kind == 'l' || f.Arg != nil && f.Kind != 'p' && transcendental(f.Arg)
		})
	})
}

// signsOf are the signs of the monomials of t.
func signsOf(t kernel.Term) map[string]int {
	sign := map[string]int{}
	for _, x := range t.Monomials() {
		sign[x.Key] = x.Coef.Sign()
	}
	return sign
}

// within reports whether each of some monomials is one of those whose signs are known, with its sign.
func within(sign map[string]int, l []kernel.Monomial) bool {
	return !slices.ContainsFunc(l, func(x kernel.Monomial) bool { return sign[x.Key] != x.Coef.Sign() })
}

func vectorOf(t kernel.Term) vector {
	v := newVector()
	for _, m := range t.Monomials() {
		v.at[m.Key] = m.Coef
	}
	return v
}

// A basis is one of the equalities, with a monomial of each that is in no later one.
type basis struct {
	vectors []vector
	pivots  []string
}

// echelon makes one; the pivots are the longest monomials.
func (s *search) echelon() *basis {
	b := &basis{}
	for _, it := range s.equal {
		b.reduce(it.vector)
		if len(it.at) == 0 {
			continue
		}
		pivot := ""
		for k := range it.at {
			if len(k) > len(pivot) || len(k) == len(pivot) && k > pivot {
				pivot = k
			}
		}
		v := newVector()
		v.add(new(big.Rat).Inv(it.at[pivot]), it.vector)
		b.vectors, b.pivots = append(b.vectors, v), append(b.pivots, pivot)
	}
	return b
}

func (b *basis) reduce(v vector) {
	for i, u := range b.vectors {
		if x, ok := v.at[b.pivots[i]]; ok {
			v.add(new(big.Rat).Neg(x), u)
		}
	}
}

// write writes the items of goal = Σ x·above + Σ w·equal. A vector that was reduced has in from the opposite of what was taken away.
func (s *search) write(goal vector, x []*big.Rat) (items []string) {
	w := map[int]*big.Rat{}
	addTo(w, big.NewRat(-1, 1), goal.from)
	for i, c := range x {
		if c.Sign() > 0 {
			items = append(items, c.RatString()+" @ "+numbers(s.above[i].facts))
			addTo(w, c, s.above[i].from)
		}
	}
	times := map[string]kernel.Term{}
	for k, c := range w {
		at := numbers(s.equal[k].facts)
		times[at] = kernel.Add(times[at], kernel.Scale(c, s.equal[k].times))
	}
	for _, at := range slices.Sorted(maps.Keys(times)) {
		if len(times[at]) > 0 {
			items = append(items, times[at].String()+" @ "+at)
		}
	}
	return items
}

func numbers(ks []int) string {
	texts := make([]string, len(ks))
	for i, k := range ks {
		texts[i] = strconv.Itoa(k)
	}
	return strings.Join(texts, ",")
}

// anEquality is the number of one, of 1·inv(1) = 1 if there is none.
func (w *writer) anEquality() int {
	if i := slices.IndexFunc(w.Facts(), func(f kernel.Fact) bool { return f.Rel == "=" && f.All == "" }); i >= 0 {
		return i
	}
	return w.inv("1", w.expp("0"))
}
