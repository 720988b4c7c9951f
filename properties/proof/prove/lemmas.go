package prove

import (
	"slices"
	"strings"
	"unicode"
)

// base adds Z > 0, Z·inv(Z) = 1, e^{ln Z} = Z and β·inv(β) = 1, where there are such.
func base(p *writer) {
	if p.uses("F[") && p.uses("beta") {
		p.both("Z")
	}
	if p.uses("beta") {
		p.try(func() { p.inv("beta", p.positive("beta")) })
	}
}

// usual are abbreviations that a proof may use without more ado, unless the theorem has them.
var usual = []struct{ name, is string }{
	{"Z", "sum(j, exp(-beta*F[j]))"},
	{"p[j]", "exp(-beta*F[j])*inv(Z)"},
	{"mean", "sum(j, p[j]*F[j])"},
	{"Var", "sum(j, p[j]*(F[j]-mean)^2)"},
	{"H", "-sum(j, p[j]*ln(p[j]))"},
	{"l", "F[y] + inv(beta)*ln(Z)"},
	{"W", "sum(j, exp(-beta*G[j]))"},
	{"q[j]", "exp(-beta*G[j])*inv(W)"},
	{"Za", "sum(j, exp(-a*F[j]))"},
	{"K", "sum(j, c[j])"},
}

// abbreviate adds those that the text uses.
func (w *writer) abbreviate(text string) {
	for _, u := range usual {
		name, _, _ := strings.Cut(u.name, "[")
		if !hasWord(text, name) || w.named[name] || w.uses(name) {
			continue
		}
		w.named[name] = true
		w.line("let %s = %s", u.name, u.is)
	}
}

// hasWord reports whether the name is a word of the text.
func hasWord(text, name string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }), name)
}

// uses reports whether the theorem's head has the text.
func (w *writer) uses(text string) bool {
	for _, l := range w.Lines {
		if l == "proof" {
			return false
		}
		if strings.HasPrefix(l, "assume ") || strings.HasPrefix(l, "prove ") || strings.HasPrefix(l, "let ") {
			if strings.Contains(l, text) && (strings.Contains(text, "[") || hasWord(l, text)) {
				return true
			}
		}
	}
	return false
}

// lnEq proves ln t = u, where t > 0, and e^u = t by the equalities at hand: e^s = 1 gives s ≥ 0 and −s ≥ 0.
func lnEq(p *writer, t, u string) int {
	k := p.positive(t)
	return p.have("ln("+t+") = "+u, func() {
		p.ln(t, k)
		s := "ln(" + t + ") - (" + u + ")"
		e := p.comb("exp(" + s + ") = 1")
		a := p.exp(s)
		p.line("comb -exp(-(%s)) @ %d", s, e)
		b := p.exp("-(" + s + ")")
		x := p.comb("-("+s+") >= 0", a)
		y := p.comb(s+" >= 0", b)
		p.qed(p.anti(y, x))
	})
}

// expEq proves e^s = e^t, where s = t by the equalities at hand.
func expEq(p *writer, s, t string) int {
	d := "(" + s + ") - (" + t + ")"
	x := p.comb("exp("+d+") - 1 >= 0", p.exp(d))
	y := p.comb("exp(-("+d+")) - 1 >= 0", p.exp("-("+d+")"))
	y = p.comb("-(exp("+d+") - 1) >= 0", []int{y, p.expp(d)})
	k := p.anti(x, y)
	return p.line("comb exp(%s) @ %d", t, k)
}

// logP proves ln p_i = −βF_i − ln Z, times p_i and times weight, of all i, and sums it up.
func logP(p *writer, weight string) int {
	return p.sum(p.all("i", weight+"*(ln(p[i]) + beta*F[i] + ln(Z)) = 0", func() {
		lnEq(p, "p[i]", "-beta*F[i] - ln(Z)")
		p.done()
	}))
}

// weights proves e^{−βF_j} > 0 for all j.
func weights(p *writer) int {
	return p.all("j", "exp(-beta*F[j]) > 0", func() { p.qed(p.expp("-beta*F[j]")) })
}

// below proves Z − w_y − w_i ≥ 0, where a fact says that i is not y.
func below(p *writer) int {
	t := p.all("j", "(1-d(j,y))*exp(-beta*F[j]) >= 0", func() { p.done([]int{p.sq("1-d(j,y)"), p.expp("-beta*F[j]")}) })
	return p.drop(t, "i")
}

// lossOf proves βF_y + ln Z ≥ 0, by e^{−βF_y} ≤ Z.
func lossOf(p *writer, y string) int {
	dr := p.drop(weights(p), y)
	u := p.comb("1 - inv(Z)*exp(-beta*F["+y+"]) >= 0", []int{dr, p.positive("inv(Z)")})
	e := p.exp("-beta*F[" + y + "] - ln(Z)")
	return p.comb("beta*F["+y+"] + ln(Z) >= 0", e, u)
}

// others proves Z − w_y > 0, where fact k says n ≥ 2. Were it not, each w_j with j ≠ y would be at most 0, and n − 1 too.
func others(p *writer, k int) int {
	each := p.all("j", "(1-d(j,y))*exp(-beta*F[j]) >= 0", func() { p.done([]int{p.sq("1-d(j,y)"), p.expp("-beta*F[j]")}) })
	return p.have("Z - exp(-beta*F[y]) > 0", func() {
		p.cases("-(Z - exp(-beta*F[y]))", func(h int) {
			t := p.all("i", "-(1-d(i,y)) >= 0", func() {
				g := p.comb("-exp(-beta*F[i])*(1-d(i,y)) >= 0", p.drop(each, "i"), h)
				p.qed(p.div("-(1-d(i,y)) >= 0", g, p.expp("-beta*F[i]")))
			})
			p.absurd(p.comb("0 > 0", p.sum(t), k, p.expp("0")))
		}, func(h int) { p.done(h) })
	})
}

// lossAbove proves βF_y + ln Z > 0, where fact k says n ≥ 2.
func lossAbove(p *writer, k int) int {
	u := p.comb("1 - inv(Z)*exp(-beta*F[y]) > 0", []int{others(p, k), p.positive("inv(Z)")})
	return p.comb("beta*F[y] + ln(Z) > 0", p.exp("-beta*F[y] - ln(Z)"), u)
}

// sigmoidOfMinus proves e^d/(1 + e^d) = 1/(1 + e^{−d}), by multiplying with both.
func sigmoidOfMinus(p *writer, d string) {
	u, v := "1+exp("+d+")", "1+exp(-("+d+"))"
	k := p.positive(u)
	p.inv(u, k)
	p.inv(v, p.positive(v))
	e := p.comb("(" + u + ")*(exp(" + d + ")*inv(" + u + ") - inv(" + v + ")) = 0")
	p.div("exp("+d+")*inv("+u+") - inv("+v+") = 0", e, k)
}

// split goes through the signs of the terms: in every cell pos(t) = t or pos(t) = 0 is at hand, and body has the facts that say the
// signs.
func split(p *writer, terms []string, body func(signs []int)) { splitFrom(p, terms, nil, body) }

func splitFrom(p *writer, terms []string, signs []int, body func([]int)) {
	if len(signs) == len(terms) {
		body(signs)
		return
	}
	t := terms[len(signs)]
	with := func(h int) { splitFrom(p, terms, append(signs[:len(signs):len(signs)], h), body) }
	k := p.pos(t)
	p.cases(t, func(h int) {
		p.cases("-("+t+")", func(g int) { // t = 0: pos(t)² = 0
			p.anti(h, g)
			p.have("pos("+t+") = 0", func() {
				p.cases("-pos("+t+")", func(n int) { p.qed(p.anti(k, n)) }, func(n int) {
					n = p.comb("pos("+t+") > 0", n)
					p.comb("pos(" + t + ")*pos(" + t + ") = 0")
					p.absurd(p.comb("0 > 0", []int{n, n}))
				})
			})
			with(h)
		}, func(g int) { // t > 0
			g = p.comb(t+" > 0", g)
			q := p.comb("pos("+t+") > 0", g, k+1)
			p.div("pos("+t+") - ("+t+") = 0", k+2, q)
			with(g)
		})
	}, func(h int) { // t < 0
		d := p.comb("pos("+t+") - ("+t+") > 0", k, h)
		p.div("pos("+t+") = 0", k+2, d)
		with(h)
	})
}

// byCells proves every goal in every cell of the signs of terms, from the signs, their products in pairs, and squares.
func byCells(squares []string, terms ...string) func(*writer) {
	return func(p *writer) {
		for !p.Proved() {
			cells(p, squares, terms)
		}
	}
}

func cells(p *writer, squares []string, terms []string) {
	for _, q := range squares {
		p.sq(q)
	}
	split(p, terms, func(signs []int) {
		hints := []any{p.expp("0")}
		for i, f := range p.Facts() {
			if f.All == "" {
				hints = append(hints, i)
			}
		}
		for i, a := range signs {
			for _, b := range signs[i:] {
				hints = append(hints, []int{a, b})
			}
		}
		if !p.try(func() { p.done(hints...) }) { // there is no such cell
			p.absurd(p.comb("0 > 0", hints...))
		}
	})
}

// sameOrNot proves the goal where i is j, d(i,j) = 1, and where it is not, d(i,j) = 0: d(1 − d) = 0 is 0 = 0.
func sameOrNot(p *writer, i, j string, same, other func()) {
	d := "d(" + i + "," + j + ")"
	zero, least := p.line("comb 0 @ %d", p.anEquality()), p.sq(d)
	p.cases("-"+d, func(h int) {
		p.anti(least, h)
		other()
	}, func(h int) {
		p.div("1 - "+d+" = 0", zero, p.comb(d+" > 0", h))
		same()
	})
}

// byFacts proves each goal as a combination of what is known.
func byFacts(p *writer) {
	for !p.Proved() {
		var hints []any
		for i, f := range p.Facts() {
			if f.All == "" && f.Rel != "=" {
				hints = append(hints, i)
			}
		}
		p.done(hints...)
	}
}

// absAtMost proves |t| ≤ r, where facts say t² ≤ r² and r ≥ 0: were |t| > r, then t² > r².
func absAtMost(p *writer, t, r string, square, nonnegative int) int {
	abs := "(pos(" + t + ")+pos(-(" + t + ")))"
	return p.have(r+" - "+abs+" >= 0", func() {
		split(p, []string{t, "-(" + t + ")"}, func(signs []int) {
			if p.try(func() { p.absurd(p.comb("0 > 0", signs[0], signs[1])) }) {
				return
			}
			p.cases(r+" - "+abs, func(h int) { p.qed(h) }, func(h int) {
				p.absurd(p.comb("0 > 0", square, []int{h, h}, []int{h, nonnegative}))
			})
		})
	})
}

// posAbove proves pos(t) = t, where fact k says t ≥ 0.
func posAbove(p *writer, t string, k int) {
	q := p.pos(t)
	p.have("pos("+t+") - ("+t+") = 0", func() {
		p.cases("-(pos("+t+") - ("+t+"))", func(h int) { p.qed(p.anti(q+1, h)) }, func(h int) {
			p.qed(p.div("pos("+t+") - ("+t+") = 0", q+2, p.comb("pos("+t+") > 0", h, k)))
		})
	})
}

// posBelow proves pos(t) = 0, where fact k says −t ≥ 0.
func posBelow(p *writer, t string, k int) {
	q := p.pos(t)
	p.have("pos("+t+") = 0", func() {
		p.cases("-pos("+t+")", func(h int) { p.qed(p.anti(q, h)) }, func(h int) {
			p.qed(p.div("pos("+t+") = 0", q+2, p.comb("pos("+t+") - ("+t+") > 0", h, k)))
		})
	})
}
