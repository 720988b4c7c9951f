package prove

// subsetsTactics are proofs about sums over some of the answers, and about pairs of answers and of losses.
var subsetsTactics = map[string]func(*writer){
	"latent.joint-free-energy": func(p *writer) {
		p.inv("beta", 0)
		masses(p)
		S := "sum(i, c[i])"
		p.ln(S, p.sum(1))
		p.bothOf(S, p.sum(1))
		lnEq(p, "sum(i, exp(-beta*(-ln(c[i])*inv(beta))))", "ln("+S+")")
		p.done()
	},
	"latent.marginal": func(p *writer) {
		p.inst(1, "i")
		p.inv("beta", 0)
		p.inst(masses(p), "i")
		S, T := "sum(i, c[i])", "sum(i, exp(-beta*(-ln(c[i])*inv(beta))))"
		k := p.sum(1)
		p.inv(S, k)
		p.inv(T, p.positive(T))
		p.div("inv("+T+") - inv("+S+") = 0", p.comb(S+"*(inv("+T+") - inv("+S+")) = 0"), k)
		p.done()
	},
	"latent.nonnegative": func(p *writer) {
		C := "sum(j, c[j]*exp(-beta*G[j]))"
		p.inv("beta", 0)
		p.both("W")
		some := p.drop(p.all("j", "c[j]*exp(-beta*G[j]) >= 0", func() { p.done([]int{p.inst(1, "j"), p.expp("-beta*G[j]")}) }), "i")
		p.ln(C, p.comb(C+" > 0", some, p.expp("-beta*G[i]")))
		less := p.sum(p.all("j", "(1-c[j])*exp(-beta*G[j]) >= 0", func() { p.done([]int{p.inst(2, "j"), p.expp("-beta*G[j]")}) }))
		x := p.exp("ln(" + C + ") - ln(W)")
		u := p.comb("1 - "+C+"*inv(W) >= 0", []int{less, p.positive("inv(W)")})
		v := p.comb("ln(W) - ln("+C+") >= 0", x, u)
		p.done([]int{v, p.positive("inv(beta)")})
	},

	"free-energy.one-more-far": func(p *writer) {
		base(p)
		u := "Z+exp(-beta*a)"
		p.both(u)
		ib, w := p.positive("inv(beta)"), p.positive("exp(-beta*a)*inv("+u+")")
		p.done([]int{p.exp("ln(Z) - ln(" + u + ")"), ib}, []int{w, ib})
		x := p.exp("ln(" + u + ") - ln(Z)")
		q := p.drop(weights(p), "i")
		p.done([]int{x, ib}, []int{q, ib, p.positive("exp(beta*F[i]-beta*a)*inv(Z)")})
	},
	"gibbs.one-more-far": func(p *writer) {
		base(p)
		u := "Z+exp(-beta*a)"
		p.both(u)
		w, iz, iu := p.expp("-beta*a"), p.positive("inv(Z)"), p.positive("inv("+u+")")
		v := p.expp("-beta*F[i]")
		q := p.drop(weights(p), "i")
		p.done([]int{v, w, iz, iu})
		e := p.expp("beta*F[i]-beta*a")
		far := p.comb("exp(beta*F[i]-beta*a) - exp(-beta*a)*inv("+u+") >= 0", []int{q, e, iu}, []int{e, w, iu})
		p.done(far, []int{q, w, iz, iu})
		p.done(far)
	},

	"gibbs.off-least-at-most": func(p *writer) {
		const (
			nonnegative, most, one, even, evenMost, apart = 1, 2, 3, 4, 5, 6
			w                                             = "exp(-beta*F[i])"
		)
		base(p)
		K := least(p, nonnegative, one, even, evenMost)
		rest := p.sum(p.all("j", "1-c[j] >= 0", func() { p.qed(p.inst(most, "j")) }))
		e := p.expp("-beta*g")
		far := p.sum(p.all("j", "(1-c[j])*("+w+"*exp(-beta*g) - exp(-beta*F[j])) >= 0", func() {
			v, m := p.expp("-beta*F[j]"), p.inst(most, "j")
			p.done([]int{p.exp("beta*(F[j]-F[i]-g)"), v, m}, []int{0, p.inst(apart, "j"), v})
		}))
		T := "K+(n-K)*exp(-beta*g)"
		i := inverse(p, T, p.comb(T+" > 0", K, []int{rest, e}))
		p.done([]int{far, K, i, p.positive("inv(Z)")})
	},
	"gibbs.off-least-at-least": func(p *writer) {
		const (
			nonnegative, second, most, one, even, evenMost, level = 1, 2, 3, 4, 5, 6, 7
			w                                                     = "exp(-beta*F[i])"
		)
		base(p)
		K := least(p, nonnegative, one, even, evenMost)
		e := p.expp("-beta*g")
		far := p.sum(p.all("j", "(1-c[j])*exp(-beta*F[j]) - b[j]*"+w+"*exp(-beta*g) >= 0", func() {
			v, m, s := p.expp("-beta*F[j]"), p.inst(most, "j"), p.inst(second, "j")
			l := p.inst(level, "j")
			x := p.expp("-beta*(F[i]+g)")
			p.done([]int{m, v}, []int{p.exp("-beta*(F[j]-F[i]-g)"), x, s}, []int{0, l, x})
		}))
		T := "K+sum(j, b[j])*exp(-beta*g)"
		i := inverse(p, T, p.comb(T+" > 0", K, []int{p.sum(second), e}))
		p.done([]int{far, K, i, p.positive("inv(Z)")})
	},
	"gibbs.off-least-simply": func(p *writer) {
		p.inv("r", 1)
		ir, e := p.positive("inv(r)"), p.expp("-beta*g")
		T := "r+s*exp(-beta*g)"
		i := inverse(p, T, p.comb(T+" > 0", 1, []int{2, e}))
		p.done([]int{2, 2, e, e, ir, i})
	},

	"pairs.shift": func(p *writer) { p.done(); p.done() },
	"mee.shift": func(p *writer) {
		base(p)
		p.done()
	},
	"mce.opposite": func(p *writer) { p.done() },
	"simple.moved": func(p *writer) {
		p.done(0, moved(p))
	},
	"square.moved": func(p *writer) {
		k := moved(p)
		p.done([]int{0, 0}, []int{0, 1}, []int{k, k})
	},
	"square-exp.moved": func(p *writer) {
		w := p.expp("-Fbar")
		p.done([]int{0, 0}, []int{0, 2}, []int{p.exp("c"), w, 1}, []int{0, w, 1})
	},
	"energy.moved": func(p *writer) { p.done(0) },

	"hinge.convex": func(p *writer) {
		a, b := p.pos("m+F-Fbar"), p.pos("m+u-v")
		split(p, []string{"m+r*F+(1-r)*u-r*Fbar-(1-r)*v"}, func(q []int) {
			p.done([]int{0, a}, []int{1, b}, []int{0, a + 1}, []int{1, b + 1})
		})
	},
	"simple.convex": func(p *writer) {
		a, b, c, d := p.pos("F"), p.pos("u"), p.pos("m-Fbar"), p.pos("m-v")
		split(p, []string{"r*F+(1-r)*u", "m-r*Fbar-(1-r)*v"}, func(q []int) {
			p.done([]int{0, a}, []int{1, b}, []int{0, a + 1}, []int{1, b + 1}, []int{0, c}, []int{1, d}, []int{0, c + 1}, []int{1, d + 1})
		})
	},
	"square.convex": func(p *writer) { // (r·pos(s) + (1−r)·pos(t))² ≤ r·pos(s)² + (1−r)·pos(t)²
		a, b := p.pos("s"), p.pos("t")
		x, q := "r*s+(1-r)*t", p.pos("r*s+(1-r)*t")
		up := "(r*pos(s)+(1-r)*pos(t) - pos(" + x + "))"
		k := p.have(up+" >= 0", func() {
			split(p, []string{x}, func([]int) {
				p.done([]int{0, a}, []int{1, b}, []int{0, a + 1}, []int{1, b + 1})
			})
		})
		p.done([]int{0, 1, p.sq("pos(s)-pos(t)")}, []int{k, k}, []int{k, q})
		p.done([]int{0, 1, p.sq("s-t")})
	},
	"square-exp.convex": func(p *writer) { // tangents at the midst
		x := "r*s+(1-r)*t"
		w := p.expp("-(" + x + ")")
		p.done([]int{p.exp(x + "-s"), w, 0}, []int{p.exp(x + "-t"), w, 1})
	},
	"lvq2.not-convex": func(p *writer) {
		posAbove(p, "M", 0)
		posAbove(p, "2*M", p.comb("2*M > 0", 0))
		posBelow(p, "M-pos(M)", p.comb("-(M-pos(M)) >= 0"))
		posBelow(p, "M-pos(2*M)", p.comb("-(M-pos(2*M)) >= 0", 0))
		p.done(0)
	},
	"mee.two-answers": func(p *writer) {
		u, v := "exp(-beta*F)+exp(-beta*Fbar)", "1+exp(-beta*(F-Fbar))"
		k, l := p.positive(u), p.positive(v)
		p.inv(u, k)
		p.inv(v, l)
		e := p.comb("(" + u + ")*(" + v + ")*(1 - exp(-beta*F)*inv(" + u + ") - inv(" + v + ")) = 0")
		p.qed(p.div("1 - exp(-beta*F)*inv("+u+") - inv("+v+") = 0", e, p.line("comb 1 @ %d,%d", k, l)))
	},

	"gibbs.geometric-mixture": func(p *writer) {
		base(p)
		p.both("Za")
		p.positive("exp(-a*F[k])*inv(Za)")
		p.positive("exp(-a*F[i])*inv(Za)")
		for _, x := range []string{"i", "k"} {
			lnEq(p, "p["+x+"]", "-beta*F["+x+"] - ln(Z)")
			lnEq(p, "exp(-a*F["+x+"])*inv(Za)", "-a*F["+x+"] - ln(Za)")
			expEq(p, "r*ln(p["+x+"]) + (1-r)*ln(exp(-a*F["+x+"])*inv(Za))", "-r*beta*F["+x+"] - r*ln(Z) - (1-r)*a*F["+x+"] - (1-r)*ln(Za)")
		}
		p.done()
	},

	"centres.hold": func(p *writer) { // were it 0, u would be x, and ‖v − x‖ = D
		A := "sum(j, (u[j]-x[j])^2)"
		p.cases("-"+A, func(h int) {
			each := p.all("j", "(u[j]-x[j])^2 >= 0", func() { p.qed(p.sq("u[j]-x[j]")) })
			same := p.sum(p.all("i", "(v[i]-x[i])^2 - (u[i]-v[i])^2 = 0", func() {
				square := p.comb("-(u[i]-x[i])^2 >= 0", p.drop(each, "i"), h)
				p.have("u[i]-x[i] = 0", func() { zero(p, "u[i]-x[i]", square) })
				p.done()
			}))
			p.absurd(p.comb("0 > 0", 0, 1, h, same))
		}, func(h int) { p.done(h) })
	},
	"centres.fail": func(p *writer) {
		p.done(p.sum(p.all("j", "(u[j]-x[j])^2 >= 0", func() { p.qed(p.sq("u[j]-x[j]")) })))
		p.done(0)
	},
}

// moved proves pos(F) = F, pos(F + c) = F + c and pos(m − F̄) = 0, and pos(m − F̄ − c) ≥ 0, which it returns.
func moved(p *writer) int {
	posAbove(p, "F", 1)
	posAbove(p, "F+c", p.comb("F+c >= 0", 0, 1))
	posBelow(p, "m-Fbar", p.comb("-(m-Fbar) >= 0", 2))
	return p.pos("m-Fbar-c")
}

// zero proves the goal t = 0, where a fact says −t² ≥ 0.
func zero(p *writer, t string, square int) {
	p.cases(t, func(h int) {
		p.cases("-("+t+")", func(g int) { p.qed(p.anti(h, g)) }, func(g int) {
			p.absurd(p.comb("0 > 0", square, []int{g, g}))
		})
	}, func(h int) { p.absurd(p.comb("0 > 0", square, []int{h, h})) })
}

// masses proves e^{−β(−(ln c)/β)} = c of all c, which fact 1 says are positive, and of their sum.
func masses(p *writer) int {
	each := p.all("j", "exp(-beta*(-ln(c[j])*inv(beta))) - c[j] = 0", func() {
		p.ln("c[j]", p.inst(1, "j"))
		expEq(p, "-beta*(-ln(c[j])*inv(beta))", "ln(c[j])")
		p.done()
	})
	p.sum(each)
	return each
}

// inverse adds t·inv(t) = 1 and proves inv(t) > 0, where fact k says t > 0.
func inverse(p *writer, t string, k int) int {
	p.inv(t, k)
	return p.div("inv("+t+") > 0", p.comb("inv("+t+")*("+t+") > 0", p.expp("0")), k)
}

// least proves K > 0, and Σ c·w = K·w_i, where facts say c ≥ 0, c_i = 1 and c·(F − F_i) = 0.
func least(p *writer, nonnegative, one, even, evenMost int) int {
	p.sum(p.all("j", "c[j]*(exp(-beta*F[j]) - exp(-beta*F[i])) = 0", func() {
		c := p.inst(nonnegative, "j")
		p.anti(p.inst(even, "j"), p.inst(evenMost, "j"))
		v, w := p.expp("-beta*F[j]"), p.expp("-beta*F[i]")
		x := p.comb("c[j]*(exp(-beta*F[j]) - exp(-beta*F[i])) >= 0", []int{p.exp("-beta*(F[j]-F[i])"), w, c})
		y := p.comb("-c[j]*(exp(-beta*F[j]) - exp(-beta*F[i])) >= 0", []int{p.exp("beta*(F[j]-F[i])"), v, c})
		p.qed(p.anti(x, y))
	}))
	return p.comb("K > 0", p.drop(nonnegative, "i"), one, p.expp("0"))
}
