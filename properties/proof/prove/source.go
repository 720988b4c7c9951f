package prove

// sourceTactics are proofs about statements of the source that are no formula there.
var sourceTactics = map[string]func(*writer){
	"inference.one-least": func(p *writer) { // equal they were one, and (F_i − F_k)² = 0
		k := p.comb("F[i] - F[k] >= 0", p.inst(2, "i"))
		p.cases("F[k] - F[i]", func(h int) {
			e := p.anti(k, h)
			p.absurd(p.line("comb 1 @ 1 ; -(F[i]-F[k]) @ %d", e))
		}, func(h int) { p.done(h) })
	},
	"circle.two-answers": func(p *writer) {
		onCircle(p)
		e := p.comb("x^2 + exp(ln(1-x^2)) - 1 = 0")
		p.line("qed %d", p.line("comb x^2 + exp(ln(1-x^2)) - 1 @ %d", e))
		p.line("qed %d", p.line("comb x^2 + exp(ln(1-x^2)) - 1 @ %d", e))
		p.done(p.expp("ln(1-x^2)/2"))
	},
	"circle.continuum": func(p *writer) {
		onCircle(p)
		p.inv("1+t^2", p.comb("1+t^2 > 0", p.sq("t"), p.expp("0")))
		t := "x^2 + exp(ln(1-x^2))*inv(1+t^2)^2*((1-t^2)^2 + 4*t^2) - 1"
		p.qed(p.line("comb %s @ %d", t, p.comb(t+" = 0")))
	},
	"circle.apart": func(p *writer) { // 4r²(s − t)²/((1 + s²)(1 + t²))
		var i []int
		for _, t := range []string{"1+s^2", "1+t^2"} {
			k := p.comb(t+" > 0", p.sq(t[2:3]), p.expp("0"))
			p.inv(t, k)
			i = append(i, p.div("inv("+t+") > 0", p.comb("inv("+t+")*("+t+") > 0", p.expp("0")), k))
		}
		p.done([]int{0, 1, 1, i[0], i[1]})
	},
	"circle.nowhere-else": func(p *writer) { p.qed(0) },

	"inference.unbeaten": func(p *writer) {
		a, b := p.inst(0, "min_1"), p.inst(1, "i")
		p.qed(p.anti(b, a))
	},
	"inference.beats-all": func(p *writer) { p.done(p.inst(1, "k")) },
	"gibbs.of-any-probabilities": func(p *writer) {
		p.inst(1, "i")
		p.inv("beta", 0)
		E := "exp(-beta*(-ln(q[j])*inv(beta)))"
		each := p.all("j", E+" - q[j] = 0", func() {
			p.ln("q[j]", p.inst(1, "j"))
			expEq(p, "-beta*(-ln(q[j])*inv(beta))", "ln(q[j])")
			p.done()
		})
		p.sum(each)
		p.inst(each, "i")
		S := "sum(j, " + E + ")"
		k := p.positive(S)
		p.inv(S, k)
		p.div("inv("+S+") - 1 = 0", p.comb(S+"*(inv("+S+") - 1) = 0"), k)
		p.done()
	},

	"latent.least-of-least": func(p *writer) { p.done(p.inst(0, "l"), p.inst(2, "i")) },
	"latent.least-of-joint": func(p *writer) { p.done(p.inst(0, "k"), p.inst(2, "k")) },
	"latent.reached": func(p *writer) {
		low, high := p.inst(0, "l"), p.inst(2, "i")
		p.qed(p.anti(p.comb("g[i] - G[i] >= 0", low), p.comb("G[i] - g[i] >= 0", high)))
	},

	"tractable.counts": func(p *writer) {
		const (
			nonnegative, zeroMost, zeroLeast, oneLeast, oneMost, apart = 0, 1, 2, 3, 4, 5
			b                                                          = "ln(2*n)"
		)
		two := p.positive("2*n")
		p.bothOf("2*n", two)
		p.inv("n", p.positive("n"))
		p.inv("2*n", two)
		given := func() (c, most int) { // c_j F_j = 0, c_j = 0 or 1, and 1 − c_j ≥ 0
			c = p.inst(nonnegative, "j")
			p.anti(p.inst(zeroLeast, "j"), p.inst(zeroMost, "j"))
			p.anti(p.inst(oneLeast, "j"), p.inst(oneMost, "j"))
			return c, p.comb("1-c[j] >= 0", p.sq("1-c[j]"))
		}
		p.done(p.sum(p.all("j", "exp(-F[j]*"+b+") - c[j] >= 0", func() {
			c, most := given()
			p.done([]int{p.exp("-F[j]*" + b), c}, []int{p.expp("-F[j]*" + b), most})
		})))
		first := p.drop(p.all("j", "1 >= 0", func() { p.qed(p.sq("1")) }), "y")
		in := p.positive("inv(n)")
		up := p.comb("1 - inv(n) >= 0", []int{first, in})
		log := p.comb(b+" >= 0", p.exp("-"+b), up, p.expp("0"))
		each := p.all("j", "inv(n)/2 + c[j] - exp(-F[j]*"+b+") >= 0", func() {
			c, most := given()
			w := p.expp("-F[j]*" + b)
			far := p.comb("(1-c[j])*(F[j]-1) >= 0", []int{p.inst(apart, "j"), most})
			x, y := p.exp("F[j]*"+b), p.exp("F[j]*"+b+" - "+b)
			p.done([]int{x, w, c}, []int{y, w, most}, []int{far, log, w}, []int{c, in})
		})
		p.done(p.sum(each))
	},
	"montecarlo.one-draw": func(p *writer) {
		p.sum(p.all("j", "exp(-beta*F[j])*(q[j]*inv(q[j]) - 1) = 0", func() {
			p.inv("q[j]", p.inst(1, "j"))
			p.done()
		}))
		p.done()
	},

	"nll.one-answer": func(p *writer) { // each d(j,y) is 1, so that Z = w_y
		base(p)
		each := p.all("j", "1-d(j,y) >= 0", func() { p.done(p.sq("1-d(j,y)")) })
		p.sum(p.all("i", "exp(-beta*F[i])*(1-d(i,y)) = 0", func() {
			up := p.inst(each, "i")
			k := p.anti(up, p.comb("-(1-d(i,y)) >= 0", p.drop(each, "i")))
			p.qed(p.line("comb exp(-beta*F[i]) @ %d", k))
		}))
		lnEq(p, "p[y]", "0")
		p.done()
	},
	"nll.exchange": func(p *writer) {
		base(p)
		exchanged(p)
		lnEq(p, exchange, "ln(Z)")
		p.done()
	},
	"gibbs.exchange": func(p *writer) {
		base(p)
		exchanged(p)
		e := "-beta*(F[b] + (d(a,b)-1)*(F[b]-F[a]))"
		p.have("exp("+e+") - exp(-beta*F[a]) = 0", func() {
			sameOrNot(p, "a", "b", func() {
				p.delta("a", "b", "F[b]")
				expEq(p, e, "-beta*F[a]")
				p.done()
			}, func() {
				expEq(p, e, "-beta*F[a]")
				p.done()
			})
		})
		p.done()
	},
	"gibbs.exchange-others": func(p *writer) {
		base(p)
		exchanged(p)
		expEq(p, "-beta*(F[i] + (d(i,a)-d(i,b))*(F[b]-F[a]))", "-beta*F[i]")
		p.done()
	},

	"simple.subgradients-add":        byFacts,
	"simple.subgradients-part":       byFacts,
	"simple.subgradients-other-part": byFacts,
	"log.like-hinge-at-rest": func(p *writer) { // σ(d) ≤ e^d ≤ e^−m
		u := "1+exp(Fbar-F)"
		p.inv(u, p.positive(u))
		w := p.expp("F-Fbar")
		p.done([]int{p.exp("Fbar-F-m"), w}, []int{0, w}, []int{w, p.positive("inv(" + u + ")")})
	},
	"hinge.zero-at-rest": func(p *writer) {
		split(p, []string{"m+F-Fbar"}, func(s []int) { p.done(p.pos("m+u-v"), 0, s[0]) })
	},
	"hinge.opposite-at-kink": func(p *writer) { p.qed(p.anti(1, 0)) },
	"simple.slope-of-any-size": func(p *writer) { // pos(tu) = t·pos(u)
		for _, x := range []string{"u", "F"} {
			p.have("pos(t*"+x+") - t*pos("+x+") = 0", func() {
				split(p, []string{x, "t*" + x}, func(s []int) {
					if !p.try(func() { p.done() }) {
						p.absurd(p.comb("0 > 0", s[1], []int{0, s[0]}))
					}
				})
			})
		}
		p.done([]int{0, 1})
	},

	"pairs.third-answer-sought": func(p *writer) {
		u, v := "1+exp(F-a)", "1+exp(F-Fbar)"
		p.both(u)
		p.both(v)
		i, w := p.positive("inv("+u+")"), p.expp("F-Fbar")
		p.done(p.exp("ln("+v+") - ln("+u+")"), []int{p.exp("Fbar-a"), w, i}, []int{0, w, i})
	},

	"volume.within-cells": func(p *writer) {
		k := absAtMost(p, "x-c[min_1]", "r", 0, 1)
		p.done(k, p.inst(3, "min_1"))
	},
	"volume.within-squares": func(p *writer) {
		p.qed(absAtMost(p, "x-c[k]", "r", 0, 2))
		p.qed(absAtMost(p, "u-d[k]", "r", 1, 2))
	},
	"volume.least-code": func(p *writer) { // the difference is (1 + l)(u − z)²
		k := p.positive("1+l")
		p.inv("1+l", k)
		p.done([]int{k, p.sq("u-x*inv(1+l)")})
		p.done()
	},
	"volume.regularised": func(p *writer) {
		k := p.positive("1+l")
		p.inv("1+l", k)
		p.inv("l", 0)
		p.done([]int{1, k, p.positive("inv(l)")})
	},
	"volume.regularised-all": func(p *writer) {
		k := p.positive("1+l")
		p.inv("1+l", k)
		p.inv("l", 0)
		p.done([]int{1, 0, p.positive("inv(1+l)")})
	},
}

// onCircle proves e^{ln(1 − x²)} = 1 − x², where facts 0 and 1 say −1 < x < 1.
func onCircle(p *writer) { p.ln("1-x^2", p.comb("1-x^2 > 0", []int{0, 1})) }

// exchange is Z where a and b have exchanged their energies.
const exchange = "sum(j, exp(-beta*(F[j] + (d(j,a)-d(j,b))*(F[b]-F[a]))))"

// exchanged proves that exchange is Z, and so its inverse: e^{−βF_j} changes by (d(j,a) − d(j,b))(w_b − w_a).
func exchanged(p *writer) {
	e := "-beta*(F[j] + (d(j,a)-d(j,b))*(F[b]-F[a]))"
	p.sum(p.all("j", "exp("+e+") - exp(-beta*F[j]) - (d(j,a)-d(j,b))*(exp(-beta*F[b])-exp(-beta*F[a])) = 0", func() {
		at := func(x string) func() {
			return func() {
				p.delta("j", "a", "F[a]")
				p.delta("j", "b", "F[b]")
				p.delta("j", "a", "exp(-beta*F[a])")
				p.delta("j", "b", "exp(-beta*F[b])")
				expEq(p, e, "-beta*"+x)
				p.done()
			}
		}
		sameOrNot(p, "j", "a", func() {
			sameOrNot(p, "j", "b", at("F[j]"), at("F[b]"))
		}, func() {
			sameOrNot(p, "j", "b", at("F[a]"), at("F[j]"))
		})
	}))
	k := p.positive(exchange)
	p.inv(exchange, k)
	same := p.comb(exchange + "*(inv(" + exchange + ") - inv(Z)) = 0")
	p.div("inv("+exchange+") - inv(Z) = 0", same, k)
}
