package prove

// chainsTactics are proofs about passes: along a chain, up the layers of an integral, along the columns of a matrix; and about what that is for.
var chainsTactics = map[string]func(*writer){
	"chain.sum.step": func(p *writer) {
		s := "sum(i, exp(-beta*(A[i]+B[i])))"
		p.sum(p.all("i", "exp(-beta*B[i])*(w[i] - exp(-beta*A[i])) = 0", func() {
			p.anti(p.inst(1, "i"), p.inst(2, "i"))
			p.done()
		}))
		p.inv("beta", 0)
		l := p.ln(s, p.positive(s))
		e := expEq(p, "-beta*g + beta*inv(beta)*ln("+s+")", "-beta*g + ln("+s+")")
		p.line("comb 1 @ %d ; exp(-beta*g) @ %d", e, l)
		p.done()
	},
	"chain.least.step": func(p *writer) { p.done(p.inst(0, "k"), p.inst(1, "k")) },
	"chain.reached.step": func(p *writer) { // two that are least are equal
		p.anti(p.inst(0, "k"), p.inst(1, "k"))
		p.anti(p.inst(2, "min_1"), p.inst(3, "k"))
		p.done()
	},
	"chain.cost.start": func(p *writer) {
		p.done()
		p.done([]int{oneAtLeast(p), p.positive("n")})
		p.done()
	},
	"chain.cost.step": func(p *writer) {
		p.done()
		p.done(1)
		p.sum(p.all("i", "N[i] - exp(t*ln(n)) = 0", func() { p.qed(p.anti(p.inst(3, "i"), p.inst(2, "i"))) }))
		p.ln("n", p.positive("n"))
		p.done()
	},
	"chain.too-many": func(p *writer) {
		for !p.Proved() {
			p.done(p.expp("0"))
		}
	},
	"gibbs.stationary": func(p *writer) {
		p.sum(p.all("i", "p[i]*c[i] - p[k]*d[i] = 0", func() { p.qed(p.anti(p.inst(2, "i"), p.inst(1, "i"))) }))
		p.done()
	},
	"gibbs.acceptance": func(p *writer) { // each of the n chances is at most 1/n, and that of i itself is left out
		n := p.positive("inv(n)")
		p.inv("n", p.positive("n"))
		each := p.all("j", "(1-d(j,i))*exp(-beta*pos(F[j]-F[i])) >= 0", func() {
			p.done([]int{p.sq("1-d(j,i)"), p.expp("-beta*pos(F[j]-F[i])")})
		})
		p.done([]int{p.sum(each), n})
		most := p.all("j", "(1-d(j,i))*(1 - exp(-beta*pos(F[j]-F[i]))) >= 0", func() {
			e := "exp(-beta*pos(F[j]-F[i]))"
			up := p.comb("1 - "+e+" >= 0", []int{p.exp("beta*pos(F[j]-F[i])"), p.expp("-beta*pos(F[j]-F[i])")}, []int{0, p.pos("F[j]-F[i]"), p.expp("-beta*pos(F[j]-F[i])")})
			p.done([]int{up, p.sq("1-d(j,i)")})
		})
		p.done([]int{p.sum(most), n}, n)
	},
	"tractable.layers.start": func(p *writer) {
		p.sum(p.all("j", "w[j] - pos(w[j]) = 0", func() { posAbove(p, "w[j]", p.inst(0, "j")); p.done() }))
		p.done()
	},
	"tractable.layers.step": func(p *writer) { // w − [w − t]⁺ grows by T − t where c = 1, and stays where c = 0
		const later, zero, one, above, below = 2, 3, 4, 5, 6
		p.sum(p.all("j", "(w[j] - pos(w[j]-T)) - (w[j] - pos(w[j]-t)) - (T-t)*c[j] = 0", func() {
			both := p.anti(p.inst(one, "j"), p.inst(zero, "j"))
			high, low := p.inst(above, "j"), p.inst(below, "j")
			p.cases("-c[j]", func(h int) { // c(1 − c) = 0 and c ≤ 0: c is 0
				c := p.anti(p.comb("c[j] >= 0", both, p.sq("c[j]")), h)
				p.line("comb w[j] @ %d", c)
				posBelow(p, "w[j]-t", p.comb("t - w[j] >= 0", low))
				posBelow(p, "w[j]-T", p.comb("T - w[j] >= 0", low, later))
				p.done()
			}, func(h int) {
				p.div("1 - c[j] = 0", both, p.comb("c[j] > 0", h))
				k := p.comb("w[j] - T >= 0", high)
				posAbove(p, "w[j]-T", k)
				posAbove(p, "w[j]-t", p.comb("w[j] - t >= 0", k, later))
				p.done()
			})
		}))
		p.done()
	},
	"gibbs.divergence-falls.start": func(p *writer) { ratios(p, 0, 1); p.done() },
	"gibbs.divergence-falls.step": func(p *writer) { // (x/z)(v/q) ≥ 1 + ln(x/z) − ln(q/v), times qc, summed: the left side is x
		const before, q, v, c, some = 0, 1, 2, 3, 4
		sumAbove := func(of string, k int) int { // Σ q·c > 0: else each c would be at most 0
			each := p.all("i", of+"[i]*c[i] >= 0", func() { p.done([]int{p.inst(k, "i"), p.inst(c, "i")}) })
			x := "sum(i, " + of + "[i]*c[i])"
			return p.have(x+" > 0", func() {
				p.cases("-"+x, func(h int) {
					none := p.all("i", "-c[i] >= 0", func() {
						p.qed(p.div("-c[i] >= 0", p.comb("-"+of+"[i]*c[i] >= 0", p.drop(each, "i"), h), p.inst(k, "i")))
					})
					p.absurd(p.comb("0 > 0", p.sum(none), some))
				}, func(h int) { p.done(h) })
			})
		}
		ratios(p, q, v)
		x, z := sumAbove("q", q), sumAbove("v", v)
		i := inverse(p, "sum(i, v[i]*c[i])", z)
		X := "sum(i, q[i]*c[i])*inv(sum(i, v[i]*c[i]))"
		p.bothOf(X, p.comb(X+" > 0", []int{x, i}))
		each := p.all("i", X+"*v[i]*c[i] - q[i]*c[i]*(1 + ln("+X+") - ln(q[i]*inv(v[i]))) >= 0", func() {
			a, b := p.inst(q, "i"), p.inst(v, "i")
			iv := inverse(p, "v[i]", b)
			p.inv("q[i]", a)
			p.bothOf("q[i]*inv(v[i])", p.comb("q[i]*inv(v[i]) > 0", []int{a, iv}))
			p.done([]int{p.exp("ln(" + X + ") - ln(q[i]*inv(v[i]))"), a, p.inst(c, "i")})
		})
		p.done(before, p.sum(each))
	},
}

// ratios proves q/v > 0 for all, where facts say it of q and v.
func ratios(p *writer, q, v int) {
	p.all("i", "q[i]*inv(v[i]) > 0", func() { p.done([]int{p.inst(q, "i"), inverse(p, "v[i]", p.inst(v, "i"))}) })
}
