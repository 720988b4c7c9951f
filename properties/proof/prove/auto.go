package prove

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/kernel"
)

// Auto looks for a certificate of a theorem of which nothing is known but its statement: it goes through the signs of the arguments of
// positive parts, says of exponentials, logarithms and inverses which is the larger, and combines. It gives up after a number of steps
// that the statement alone determines.
func Auto(t proof.Theorem) (certificate string, err error) {
	return find(t, func(p *writer) {
		p.work, p.dull = mostWork, map[string]bool{}
		for !p.Proved() {
			p.auto()
		}
	})
}

const (
	mostParts = 6   // positive parts of a statement: 2⁶ cells
	mostPairs = 16  // facts that are multiplied with each other
	mostWork  = 1e7 // operations of linear programs, in all that is tried
)

// atoms are what a goal is made of, as texts of terms; the shorter first.
type atoms struct{ pos, ln, inv, exp []string }

// see adds those of t.
func (a *atoms) see(t kernel.Term) {
	note := func(to *[]string, text string) {
		if !slices.Contains(*to, text) {
			*to = append(*to, text)
		}
	}
	for _, m := range t.Monomials() {
		if len(m.Exp) > 0 {
			note(&a.exp, m.Exp.String())
			a.see(m.Exp)
		}
		for _, f := range m.Factors {
			switch f.Kind {
			case 'p':
				note(&a.pos, f.Arg.String())
			case 'l':
				note(&a.ln, f.Arg.String())
			case 'i':
				note(&a.inv, f.Arg.String())
			default:
				continue
			}
			a.see(f.Arg)
		}
	}
	for _, list := range [][]string{a.pos, a.ln, a.inv, a.exp} {
		slices.SortFunc(list, func(s, t string) int {
			if len(s) != len(t) {
				return len(s) - len(t)
			}
			return strings.Compare(s, t)
		})
	}
}

// A scene is what is at hand in a cell, as numbers of facts.
type scene struct {
	atoms
	known   []int // inequalities that are assumed, or say the sign of a part
	weights []int // that an inverse is above 0
	larger  []int // which of two is
}

// auto proves a goal.
func (w *writer) auto() {
	if w.try(func() { w.done(w.single()...) }) {
		return
	}
	if w.clear() {
		return
	}
	var s scene
	s.see(w.Goal().P)
	for _, f := range w.Facts() {
		s.see(f.P)
	}
	if len(s.pos) > mostParts {
		fail("%d positive parts, more than %d", len(s.pos), mostParts)
	}
	s.known = w.assumed()
	for _, t := range s.inv {
		if !slices.Contains(s.ln, t) {
			w.try(func() { w.inv(t, w.positive(t)) })
		}
	}
	for _, t := range s.ln {
		w.try(func() {
			w.both(t)
		})
	}
	for _, t := range w.denominators(s) {
		w.try(func() { s.weights = append(s.weights, w.positive("inv("+t+")")) })
	}
	w.halve(s.pos, nil, func(signs []int) {
		here := s
		here.known = append(slices.Clone(s.known), signs...)
		w.leaf(here)
	})
}

// clear proves a goal with a divisor that is a variable above 0 by what it is times that.
func (w *writer) clear() bool {
	goal := w.Goal()
	for _, f := range w.Facts() {
		ms := f.P.Monomials()
		if f.Rel != ">" || f.All != "" || len(ms) != 1 || len(ms[0].Factors) != 1 || len(ms[0].Exp) > 0 || ms[0].Factors[0].Kind != 'v' {
			continue
		}
		x := ms[0].Factors[0].Text
		inv := w.term("inv(" + x + ")").Monomials()[0]
		var cleared kernel.Term
		found, buried := false, false
		for _, m := range goal.P.Monomials() {
			q, ok := m.Quotient(inv)
			if !ok {
				q = kernel.Mul(m.Term, w.term(x))
			}
			found = found || ok
			buried = buried || slices.ContainsFunc(m.Exp.Monomials(), func(e kernel.Monomial) bool { _, in := e.Quotient(inv); return in })
			cleared = kernel.Add(cleared, kernel.Scale(m.Coef, q))
		}
		if !found || buried {
			continue
		}
		k := w.have(text(cleared)+" "+string(goal.Rel)+" 0", w.auto)
		w.inv(x, w.positive(x))
		k = w.comb(fmt.Sprintf("(%s)*(%s) %s 0", x, goal.P, goal.Rel), k)
		w.qed(w.div(fmt.Sprintf("%s %s 0", goal.P, goal.Rel), k, w.positive(x)))
		return true
	}
	return false
}

// denominators are the arguments of inverses and logarithms.
func (w *writer) denominators(s scene) (ts []string) {
	for _, t := range append(slices.Clone(s.inv), s.ln...) {
		if !slices.Contains(ts, t) {
			ts = append(ts, t)
		}
	}
	return ts
}

// single are all facts that no index qualifies, and 1 > 0.
func (w *writer) single() []any {
	hints := []any{w.expp("0")}
	for i, f := range w.Facts() {
		if f.All == "" {
			hints = append(hints, i)
		}
	}
	return hints
}

// assumed are the inequalities that the theorem assumes.
func (w *writer) assumed() (known []int) {
	given := 0
	for _, l := range w.Lines {
		if strings.HasPrefix(l, "assume ") {
			given++
		}
	}
	for i, f := range w.Facts()[:given] {
		if f.All == "" && f.Rel != "=" {
			known = append(known, i)
		}
	}
	return known
}

// halve goes through the signs of the terms, as split does, but has t = 0 with t > 0.
func (w *writer) halve(terms []string, signs []int, body func(signs []int)) {
	if len(terms) == 0 {
		body(signs)
		return
	}
	t := terms[0]
	r := "pos(" + t + ")"
	next := func(h int) { w.halve(terms[1:], append(signs[:len(signs):len(signs)], h), body) }
	k := w.pos(t)
	w.dull[w.Facts()[k+2].P.String()] = true // what follows says more
	w.cases(t, func(h int) {
		w.have(r+" - ("+t+") = 0", func() { // else r > t ≥ 0, and r(r − t) > 0
			w.cases("-("+r+" - ("+t+"))", func(n int) { w.qed(w.anti(k+1, n)) }, func(n int) {
				w.div(r+" = 0", k+2, n)
				w.absurd(w.comb("0 > 0", h, n))
			})
		})
		next(h)
	}, func(h int) {
		d := w.comb(r+" - ("+t+") > 0", k, h)
		w.div(r+" = 0", k+2, d)
		next(h)
	})
}

// leaf proves a goal in a cell, or that there is no such cell: by what is at hand, by which exponentials and logarithms are larger,
// by products, and by supposing the contrary.
func (w *writer) leaf(s scene) {
	if w.close(w.single()) || w.empty(w.single()) {
		return
	}
	close := func(hints []any) bool { // without positive parts there is but one cell, which is not empty but for what is assumed
		return w.close(hints) || len(s.pos) > 0 && w.empty(hints)
	}
	w.order(&s)
	if close(w.single()) || close(append(w.single(), w.weighted(s)...)) {
		return
	}
	shares, parts := w.shares(s)
	if len(shares) > 0 && close(shares) {
		return
	}
	for _, q := range parts {
		for _, k := range pairs(s.known) {
			shares = append(shares, append(k.([]int), q))
		}
	}
	if len(parts) > 0 && close(append(shares, pairs(s.known)...)) {
		return
	}
	hints := slices.Concat(w.single(), w.weighted(s), pairs(s.known), w.squares(s), w.triples(s))
	if close(hints) || w.contrary(s, hints) {
		return
	}
	if hints = append(hints, w.tangents(s)...); !close(hints) {
		fail("no combination in a cell\n%s", w.show())
	}
}

// empty finds the facts absurd.
func (w *writer) empty(hints []any) bool {
	return w.try(func() { w.absurd(w.comb("0 > 0", hints...)) })
}

// close reaches the goal by a combination, an equality by two inequalities.
func (w *writer) close(hints []any) bool {
	goal := w.Goal()
	p := goal.P.String()
	return w.try(func() { w.done(hints...) }) ||
		goal.Rel == "=" && w.try(func() { w.qed(w.anti(w.comb(p+" >= 0", hints...), w.comb("-("+p+") >= 0", hints...))) })
}

// contrary reaches a goal that is an inequality: were it not so, a product with what is known would be absurd.
func (w *writer) contrary(s scene, hints []any) bool {
	goal := w.Goal()
	if goal.Rel == "=" {
		return false
	}
	t := goal.P.String()
	if goal.Rel == ">" {
		t = "-(" + t + ")"
	}
	yes := func(h int) { w.qed(h) }
	no := func(h int) {
		more := append(slices.Clone(hints), h, []int{h, h})
		for _, k := range s.known {
			more = append(more, []int{h, k})
		}
		w.absurd(w.comb("0 > 0", more...))
	}
	return w.try(func() {
		if goal.Rel == ">" {
			w.cases(t, no, yes)
		} else {
			w.cases(t, yes, no)
		}
	})
}

// weighted are products of a fact and a weight, an exponential, or what is known.
func (w *writer) weighted(s scene) (hints []any) {
	for _, k := range s.known[:min(len(s.known), 4)] {
		for _, l := range s.larger {
			hints = append(hints, []int{k, l})
		}
	}
	for _, e := range s.exp {
		x := w.expp(e)
		for _, k := range s.known {
			hints = append(hints, []int{k, x})
		}
	}
	for _, v := range s.weights {
		for _, k := range slices.Concat(s.known, s.larger) {
			hints = append(hints, []int{k, v})
		}
	}
	return hints
}

// triples are products of what is known with what is larger and a weight; and of weights and exponentials in squares.
func (w *writer) triples(s scene) (hints []any) {
	for _, k := range s.known[:min(len(s.known), 4)] {
		for _, l := range s.larger {
			for _, v := range s.weights {
				hints = append(hints, []int{k, l, v})
			}
		}
	}
	for _, v := range s.weights[:min(len(s.weights), 2)] {
		for _, e := range s.exp[:min(len(s.exp), 2)] {
			x := w.expp(e)
			hints = append(hints, []int{x, v}, []int{x, v, v}, []int{x, x, v, v})
		}
	}
	return hints
}

// pairs are the products of pairs of facts.
func pairs(known []int) (hints []any) {
	known = known[:min(len(known), mostPairs)]
	for i, k := range known {
		for _, l := range known[i:] {
			hints = append(hints, []int{k, l})
		}
	}
	return hints
}

// squares are those of the arguments of positive parts, of variables, and of their differences.
func (w *writer) squares(s scene) (hints []any) {
	roots := slices.Clone(s.pos)
	for _, m := range w.Goal().P.Monomials() {
		for _, f := range m.Factors {
			if f.Kind == 'v' && !slices.Contains(roots, f.Text) {
				roots = append(roots, f.Text)
			}
		}
	}
	for i, x := range roots {
		hints = append(hints, w.sq(x))
		for _, y := range roots[i+1:] {
			hints = append(hints, w.sq(x+" - ("+y+")"))
		}
	}
	return hints
}

// order adds which of two exponentials, inverses or logarithms is the larger, where combinations of what is known say so.
func (w *writer) order(s *scene) {
	hints := append(pairs(s.known), w.expp("0"))
	for _, k := range s.known {
		hints = append(hints, k)
		for _, v := range s.weights {
			hints = append(hints, []int{k, v})
		}
	}
	above := func(d string, hints []any) (k int, rel string) {
		w.bare = true
		defer func() { w.bare = false }()
		if w.try(func() { k = w.comb(d+" > 0", hints...) }) {
			return k, ">"
		}
		return w.comb(d+" >= 0", hints...), ">="
	}
	each := func(list []string, f func(a, b string)) {
		for _, a := range list {
			for _, b := range list {
				if a != b {
					w.try(func() { f(a, b) })
				}
			}
		}
	}
	exps := append([]string{"0"}, s.exp...)
	each(exps, func(e, f string) { // e ≥ f: e^e ≥ e^f(1 + e − f) ≥ e^f
		d := "(" + e + ") - (" + f + ")"
		k, rel := above(d, hints)
		x, y := w.exp(d), w.expp(f)
		s.larger = append(s.larger, w.comb(fmt.Sprintf("exp(%s) - exp(%s) %s 0", e, f, rel), []int{x, y}, []int{k, y}))
	})
	var all []any
	for _, e := range exps {
		all = append(all, w.expp(e))
	}
	sums := func() (hints []any) {
		for _, k := range slices.Concat(s.known, s.larger) {
			hints = append(hints, k)
		}
		return append(hints, all...)
	}
	each(append([]string{"1"}, s.inv...), func(a, b string) {
		k, rel := above("("+a+") - ("+b+")", sums())
		p, q := w.positive("inv("+a+")"), w.positive("inv("+b+")")
		s.larger = append(s.larger, w.comb(fmt.Sprintf("inv(%s) - inv(%s) %s 0", b, a, rel), []int{k, p, q}))
	})
	for _, a := range w.logarithms(*s) {
		for _, b := range w.logarithms(*s) {
			if a == b || a.plain && b.plain {
				continue
			}
			w.try(func() { // a ≥ b: b/a ≥ 1 + ln b − ln a
				k, rel := above("("+a.of+") - ("+b.of+")", sums())
				x := w.exp("(" + b.ln + ") - (" + a.ln + ")")
				s.larger = append(s.larger, w.comb(fmt.Sprintf("(%s) - (%s) %s 0", a.ln, b.ln, rel), x, []int{k, w.positive(a.inverse)}))
			})
		}
	}
}

// A logarithm is one of a term, or an exponent.
type logarithm struct {
	ln, of, inverse string
	plain           bool // it is an exponent
}

// logarithms are those of a cell, its exponents, and sums of an exponent and the logarithm of a number.
func (w *writer) logarithms(s scene) (ls []logarithm) {
	ls = append(ls, logarithm{"0", "1", "1", true})
	for _, e := range s.exp {
		ls = append(ls, logarithm{e, "exp(" + e + ")", "exp(-(" + e + "))", true})
	}
	for _, t := range s.ln {
		ls = append(ls, logarithm{"ln(" + t + ")", t, "inv(" + t + ")", false})
		if strings.Trim(t, "0123456789/") == "" {
			for _, e := range s.exp {
				ls = append(ls, logarithm{"ln(" + t + ") + (" + e + ")", t + "*exp(" + e + ")", "inv(" + t + ")*exp(-(" + e + "))", false})
			}
		}
	}
	return ls
}

// tangents are those of exponentials at each other, e^a ≥ e^b(1 + a − b).
func (w *writer) tangents(s scene) (hints []any) {
	exps := append([]string{"0"}, s.exp...)
	for _, e := range exps {
		for _, f := range exps {
			if e == f {
				continue
			}
			x, y := w.exp("("+e+") - ("+f+")"), w.expp(f)
			hints = append(hints, []int{x, y})
			for _, k := range slices.Concat(s.weights, s.known) {
				hints = append(hints, []int{x, y, k})
			}
		}
	}
	return hints
}

// shares are tangents of logarithms of sums t and u of as many exponentials: of each at the same of the other, weighted by its share
// e^a/t. With them goes what they are multiplied with; parts are the shares.
func (w *writer) shares(s scene) (hints []any, parts []int) {
	for _, t := range s.ln {
		for _, u := range s.ln {
			es, fs := w.term(t).Monomials(), w.term(u).Monomials()
			if u == t || len(es) != len(fs) {
				continue
			}
			for i := range es {
				w.try(func() {
					e, f := text(es[i].Exp), text(fs[i].Exp)
					x := w.exp(fmt.Sprintf("(%s) - (%s) + ln(%s) - ln(%s)", f, e, t, u))
					q := w.positive("exp(" + e + ")*inv(" + t + ")")
					hints, parts = append(hints, []int{x, q}), append(parts, q)
					for _, v := range s.weights {
						hints = append(hints, []int{x, q, v})
					}
				})
			}
		}
	}
	return hints, parts
}

// text is the text of a term, 0 of none.
func text(t kernel.Term) string {
	if len(t) == 0 {
		return "0"
	}
	return t.String()
}
