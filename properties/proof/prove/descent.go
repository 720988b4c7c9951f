package prove

// descentTactics are proofs of what a step of descent keeps, and of what descents come to.
var descentTactics = map[string]func(*writer){
	"pos.subgradient": func(p *writer) {
		rise := func(t string, of ...string) int { // of pos(t + 1) over pos(t): from 0 to 1
			return p.have(t+" >= 0", func() { split(p, of, func(s []int) { finish(p, s[0], s[1], p.expp("0")) }) })
		}
		p.done(3, rise("pos(u) - pos(u-1)", "u-1", "u"))
		p.done(2, rise("1 + pos(u) - pos(u+1)", "u", "u+1"))
		p.qed(p.anti(0, p.comb("pos(u) - g*u >= 0", 1, twice(p, "u"))))
	},
	"descent.square-in-the-limit": func(p *writer) {
		p.done(p.expp("ln(1-2*eta)*t"))
		p.ln("1-2*eta", 2)
		l := p.comb("-ln(1-2*eta) - 2*eta >= 0", p.exp("ln(1-2*eta)"))
		small(p, "2*eta*t", "-ln(1-2*eta)*t", []int{0, 1}, []int{l, 1})
	},
	"descent.to-nothing": func(p *writer) {
		p.done(p.expp("-k*t"))
		small(p, "k*t", "k*t", []int{0, 1})
	},
	"nll.tied": func(p *writer) { tied(p); p.done() },
	"nll.flow": func(p *writer) { p.done(); tied(p); p.done() },
	"descent.nll-flow": func(p *writer) { // e^{nβη} ≤ e^{nβb}
		const beta, eta, low, high, nonnegative, least = 0, 1, 2, 3, 5, 6
		p.done(low)
		d, w := "n*beta*(b-eta)", p.expp("n*beta*eta")
		less := p.comb(d+" >= 0", []int{p.positive("n"), beta, least})
		more := p.comb("exp(n*beta*b) - exp(n*beta*eta) >= 0", []int{p.exp(d), w}, []int{less, w})
		p.done(high, []int{more, eta, eta, nonnegative, p.sq("n*beta")})
	},
	"descent.nll-shares": func(p *writer) {
		p.inv("n", p.positive("n"))
		p.inv("beta", 0)
		p.done()
		p.done()
	},
	"descent.nll-without-bound": func(p *writer) { // n·e^r ≥ e^r + (n − 1)r ≥ s
		more := oneAtLeast(p)
		p.inv("n", p.positive("n"))
		i := p.positive("inv(n)")
		p.ln("s*inv(n)", p.positive("s*inv(n)"))
		e := p.exp("r")
		all := p.comb("n*exp(r) - s >= 0", 1, []int{more, e}, more)
		p.done(p.exp("ln(s*inv(n)) - r"), []int{all, i, p.expp("-r")})
	},
	"descent.near-enough": func(p *writer) { p.done(0, p.sq("q-z+2*(z-u)")) },
	"descent.collapsed":   func(p *writer) { p.done(p.sq("a*z+b*x")) },

	"descent.least-squares.step": func(p *writer) { // what is left, z − wx, is multiplied by 1 − 2ηx²
		k := "-4*eta*x^2*(1-eta*x^2)"
		p.done([]int{p.exp(k), p.sq("z-w*x")}, []int{0, p.expp(k)})
	},
	"descent.embeddings.step": func(p *writer) { // with W = (a, b), A = Σ vvᵀ of v = (x, −z) and (x, −s), T = tr A and q = WᵀAW
		const eta, trace, before, rate, slow = 0, 1, 2, 3, 4
		p.let("g", "a*x-b*z")
		p.let("h", "a*x-b*s")
		p.let("e", "a - 2*eta*(x*g+x*h)")
		p.let("f", "b + 2*eta*(z*g+s*h)")
		// A² = T·A − det A: T·q ≥ det A·‖W‖², and a step leaves (1 − 4η² det A)‖W‖² − 4η(1 − ηT)q
		low := p.comb("T*(g^2+h^2) - x^2*(z-s)^2*(a^2+b^2) >= 0", p.sq("x*(g+h)"), p.sq("z*g+s*h"))
		w := p.comb("a^2+b^2 >= 0", p.sq("a"), p.sq("b"))
		all := p.comb("T*((1-k)*(a^2+b^2) - e^2 - f^2) >= 0", []int{rate, w}, []int{low, eta, slow})
		once := p.div("(1-k)*(a^2+b^2) - e^2 - f^2 >= 0", all, trace)
		p.done(once, []int{p.exp("-k"), w}, []int{before, p.expp("-k")})
	},
	"descent.simple-correct.start": func(p *writer) { p.pos("f"); byFacts(p) },
	"descent.simple-correct.step": func(p *writer) {
		p.done(1, []int{0, 6})
		bySubgradient(p, "u", func(s int) {
			split(p, []string{"f-eta*t"}, func(r []int) { finish(p, 0, 2, s, r[0], p.pos("f-eta*t-eta"), p.pos("f-eta*t-eta")+1, []int{0, 5}) })
		})
		bySubgradient(p, "u", func(s int) { finish(p, 0, 3, s, []int{0, 6}) })
	},
	"descent.simple-met.step": func(p *writer) {
		bySubgradient(p, "u", func(s int) { finish(p, s, 2) })
	},
	"descent.square-correct.start": byFacts,
	"descent.square-correct.step": func(p *writer) {
		posAbove(p, "u", 3)
		p.ln("1-2*eta", 4)
		p.done()
		p.done([]int{3, 4})
	},
	"descent.square-correct-at-once.start": func(p *writer) { posAbove(p, "f", 2); p.done() },
	"descent.square-correct-at-once.step": func(p *writer) {
		posAbove(p, "u", p.comb("u >= 0", 1))
		p.done()
	},
	"descent.square-met.step": func(p *writer) {
		posBelow(p, "u", p.comb("-u >= 0", 2))
		p.done()
	},
	"descent.simple-incorrect.start": func(p *writer) { p.pos("m-h"); byFacts(p) },
	"descent.simple-incorrect.step": func(p *writer) {
		bySubgradient(p, "(m-v)", func(s int) {
			split(p, []string{"m-h-eta*t"}, func(r []int) {
				k := p.pos("m-h-eta*t-eta")
				finish(p, 0, 1, s, r[0], k, k+1, []int{0, 2})
			})
		})
	},
	"descent.square-incorrect.start": func(p *writer) { p.pos("m-h"); byFacts(p) },
	"descent.square-incorrect.step": func(p *writer) {
		l := "ln(1-2*eta)"
		p.ln("1-2*eta", 2)
		k := p.pos("m-h")
		split(p, []string{"m-v"}, func(s []int) {
			finish(p, s[0], []int{1, p.expp(l)}, []int{k, p.expp(l + "+" + l + "*t")})
		})
	},
	"descent.square-incorrect-at-once.start": func(p *writer) { k := p.pos("m-h"); p.done(k+1, []int{1, k}) },
	"descent.square-incorrect-at-once.step":  func(p *writer) { p.done(1, []int{0, p.pos("m-v")}) },
	"descent.square-from-below.start":        byFacts,
	"descent.square-from-below.step": func(p *writer) {
		posAbove(p, "m-v", 1)
		p.done([]int{1, 2})
	},
	"descent.nll-on-table.step": func(p *writer) { // e^t rises by more than its slope says
		r := "beta*(v-u)"
		D := "exp(" + r + ") + n - 1"
		k := p.comb(D+" > 0", oneAtLeast(p), p.expp(r))
		p.inv(D, k)
		p.inv("beta", 0)
		p.done()
		p.done(3, []int{p.exp("beta*eta*inv(" + D + ")*n"), p.expp(r)})
	},
	"descent.nll-no-faster.step": func(p *writer) { // e^{r + d} ≤ e^r(1 + d + d²e^d), and e^r d² ≤ b² with d = b/(e^r + n − 1) ≤ b
		const beta, eta, before, two = 0, 1, 2, 3
		p.let("r", "beta*(v-u)")
		p.let("b", "n*beta*eta")
		D := "exp(r) + n - 1"
		e := p.expp("r")
		k := p.comb(D+" > 0", two, e, p.expp("0"))
		i := inverse(p, D, k)
		p.let("d", "b*inv("+D+")")
		n := p.comb("n > 0", two, p.expp("0"))
		d := p.comb("d > 0", []int{n, beta, eta, i})
		b := p.comb("b > 0", []int{n, beta, eta})
		less := p.comb("b - d >= 0", []int{d, e}, []int{d, two})
		square := p.comb("b^2 - exp(r)*d^2 >= 0", []int{b, less}, []int{d, d, two}, []int{d, d})
		once := p.comb("d*exp(d) - exp(d) + 1 >= 0", []int{p.exp("-d"), p.expp("d")})
		more := p.comb("exp(b) - exp(d) >= 0", []int{p.exp("b-d"), p.expp("d")}, []int{less, p.expp("d")})
		p.done(before, []int{once, e}, []int{once, d, e}, []int{square, p.expp("d")}, []int{more, b, b})
	},
}

// tied proves Z = w_y + (n − 1)w_i and p_i = 1/(e^u + n − 1), where facts 1 and 2 say that all answers but y have the energy of i.
func tied(p *writer) {
	base(p)
	p.sum(p.all("j", "(1-d(j,y))*(exp(-beta*F[j]) - exp(-beta*F[i])) = 0", func() {
		p.anti(p.inst(1, "j"), p.inst(2, "j"))
		sameOrNot(p, "j", "y", func() { p.done() }, func() {
			expEq(p, "-beta*F[j]", "-beta*F[i]")
			p.done()
		})
	}))
	D := "exp(beta*F[i]-beta*F[y]) + n - 1"
	k := p.comb(D+" > 0", p.positive("Z*exp(beta*F[i])"))
	p.inv(D, k)
	p.div("p[i] - inv("+D+") = 0", p.comb("("+D+")*(p[i] - inv("+D+")) = 0"), k)
}

// finish proves the goal from the hints, or that there is no such case.
func finish(p *writer, hints ...any) {
	if !p.try(func() { p.done(hints...) }) {
		p.absurd(p.comb("0 > 0", hints...))
	}
}

// bySubgradient goes through the signs of u, and proves g = 1 where it is above 0, g = 0 where it is below, from g·u = pos(u).
func bySubgradient(p *writer, u string, body func(sign int)) {
	split(p, []string{u}, func(s []int) {
		if !p.try(func() { p.div("g - 1 = 0", p.comb(u+"*(g-1) = 0"), s[0]) }) {
			p.try(func() { p.div("g = 0", p.comb("-"+u+"*g = 0"), s[0]) })
		}
		body(s[0])
	})
}

// oneAtLeast proves n − 1 ≥ 0.
func oneAtLeast(p *writer) int {
	return p.comb("n - 1 >= 0", p.drop(p.all("j", "1 >= 0", func() { p.qed(p.sq("1")) }), "j"))
}

// small proves the goal e^{−s} ≤ 1/(1 + t), where hints give s ≥ t ≥ 0.
func small(p *writer, t, s string, hints ...any) {
	T := "1+" + t
	k := p.comb(T+" > 0", append(hints[:1:1], p.expp("0"))...)
	i := inverse(p, T, k)
	u := p.comb("exp("+s+") - ("+T+") >= 0", append(hints, p.exp(s))...)
	p.done([]int{u, i, p.expp("-(" + s + ")")})
}

// twice proves pos(2u) = 2 pos(u).
func twice(p *writer, u string) int {
	return p.have("2*pos("+u+") - pos(2*"+u+") = 0", func() {
		split(p, []string{u, "2*" + u}, func(s []int) { finish(p, s[0], s[1]) })
	})
}
