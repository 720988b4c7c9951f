package prove

var gibbsTactics = map[string]func(*writer){
	"gibbs.positive": func(p *writer) { p.qed(p.positive("p[i]")) },
	"gibbs.ratio": func(p *writer) {
		base(p)
		lnEq(p, "p[i]*inv(p[j])", "-beta*(F[i]-F[j])")
		p.done()
	},
	"gibbs.same-at-two-inputs": func(p *writer) { // the logarithms of p = q
		base(p)
		p.both("W")
		for _, k := range []string{"i", "k"} {
			p.anti(p.inst(2, k), p.inst(1, k))
			lnEq(p, "p["+k+"]", "-beta*F["+k+"] - ln(Z)")
			lnEq(p, "p["+k+"]", "-beta*G["+k+"] - ln(W)")
		}
		same := p.comb("beta*(G[i] - F[i] - G[k] + F[k]) = 0")
		p.qed(p.div("G[i] - F[i] - G[k] + F[k] = 0", same, 0))
	},
	"gibbs.same-at-two-temperatures": func(p *writer) { // ln p twice: (β − a)(F_i − F_k) = 0
		base(p)
		p.both("Za")
		const apart = 2 // (β − a)² > 0
		for _, k := range []string{"i", "k"} {
			p.anti(p.inst(4, k), p.inst(3, k))
			lnEq(p, "p["+k+"]", "-beta*F["+k+"] - ln(Z)")
			lnEq(p, "p["+k+"]", "-a*F["+k+"] - ln(Za)")
		}
		once := p.comb("(beta-a)*(F[i] - F[k]) = 0")
		p.qed(p.div("F[i] - F[k] = 0", p.line("comb beta-a @ %d", once), apart))
	},
	"gibbs.order": order,
	"C07":         order,
	"gibbs.order-converse": func(p *writer) {
		base(p)
		p.cases("F[i]-F[j]", func(h int) { // then p_j ≥ p_i
			e := p.exp("beta*(F[i]-F[j])")
			p.absurd(p.comb("0 > 0", 1, []int{e, p.positive("p[i]")}, []int{0, h, p.positive("p[i]")}))
		}, func(h int) { p.qed(p.comb("F[j] > F[i]", h)) })
	},
	"gibbs.least": func(p *writer) {
		base(p)
		t := p.all("j", "(1-d(i,j))*(exp(beta*R) - exp(beta*(F[i]-F[j]))) >= 0", func() {
			h := p.inst(2, "j")
			e := p.exp("beta*(R+F[j]-F[i])")
			w := p.expp("beta*(F[i]-F[j])")
			q := p.sq("1-d(i,j)")
			p.done([]int{q, e, w}, []int{q, 0, h, w})
		})
		s := p.sum(t)
		// 1 + (n−1)e^{βR} ≥ e^{βF_i} Z = 1/p_i
		c := p.comb("1+(n-1)*exp(beta*R) >= exp(beta*F[i])*Z", s)
		a := p.positive("exp(beta*F[i])*Z")
		d := p.comb("1+(n-1)*exp(beta*R) > 0", c, a)
		p.inv("1+(n-1)*exp(beta*R)", d)
		o := p.comb("inv(1+(n-1)*exp(beta*R))*(1+(n-1)*exp(beta*R)) > 0", p.expp("0"))
		u := p.div("inv(1+(n-1)*exp(beta*R)) > 0", o, d)
		p.done([]int{c, u, p.positive("p[i]")})
	},
	"gibbs.greatest": func(p *writer) {
		base(p)
		t := p.all("j", "(1-d(i,j))*(exp(beta*(F[i]-F[j])) - exp(-beta*R)) >= 0", func() {
			h := p.inst(1, "j")
			e := p.exp("beta*(R+F[i]-F[j])")
			w := p.expp("-beta*R")
			q := p.sq("1-d(i,j)")
			p.done([]int{q, e, w}, []int{q, 0, h, w})
		})
		s := p.sum(t)
		c := p.comb("exp(beta*F[i])*Z >= 1+(n-1)*exp(-beta*R)", s)
		m := p.all("j", "1 >= 0", func() { p.qed(p.sq("1")) })
		m = p.drop(m, "i")
		d := p.comb("1+(n-1)*exp(-beta*R) > 0", []int{m, p.expp("-beta*R")}, p.expp("0"))
		p.inv("1+(n-1)*exp(-beta*R)", d)
		o := p.comb("inv(1+(n-1)*exp(-beta*R))*(1+(n-1)*exp(-beta*R)) > 0", p.expp("0"))
		u := p.div("inv(1+(n-1)*exp(-beta*R)) > 0", o, d)
		p.done([]int{c, u, p.positive("p[i]")})
	},
	"free-energy.least": func(p *writer) {
		base(p)
		p.both("n")
		t := p.all("j", "exp(-beta*F[k]) >= exp(-beta*F[j])", func() {
			a := p.inst(1, "j")
			e := p.exp("beta*(F[j]-F[k])")
			w := p.expp("-beta*F[j]")
			p.done([]int{e, w}, []int{a, 0, w})
		})
		s := p.sum(t)
		u := p.comb("n*inv(n) - Z*exp(beta*F[k])*inv(n) >= 0", []int{s, p.expp("beta*F[k]"), p.positive("inv(n)")})
		e := p.exp("ln(Z) + beta*F[k] - ln(n)")
		v := p.comb("ln(n) - beta*F[k] - ln(Z) >= 0", e, u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"free-energy.greatest": func(p *writer) {
		base(p)
		g := p.drop(1, "i")
		K := p.comb("K > 0", g, p.expp("0")) // K ≥ c_i = 1
		p.ln("K", K)
		t := p.all("j", "exp(-beta*F[j]) - c[j]*exp(-beta*F[i]) >= 0", func() {
			c, some, low := p.inst(1, "j"), p.inst(2, "j"), p.inst(3, "j")
			e := p.exp("-beta*(F[j]-F[i])")
			w, v := p.expp("-beta*F[j]"), p.expp("-beta*F[i]")
			p.done([]int{e, c, v}, []int{low, 0, v}, []int{w, some})
		})
		u := p.comb("1 - inv(Z)*K*exp(-beta*F[i]) >= 0", []int{p.sum(t), p.positive("inv(Z)")})
		e := p.exp("ln(K) - beta*F[i] - ln(Z)")
		v := p.comb("-(ln(K) - beta*F[i] - ln(Z)) >= 0", e, u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"free-energy.below-all": func(p *writer) {
		base(p)
		p.done([]int{lossOf(p, "k"), p.positive("inv(beta)")})
	},
	"free-energy.hessian": func(p *writer) {
		base(p)
		p.delta("i", "k", "F[k]")
		p.delta("i", "k", "exp(-beta*F[k])")
		p.done()
	},
	"free-energy.concave": func(p *writer) {
		base(p)
		p.let("s", "sum(j, p[j]*S[j])")
		t := p.all("j", "p[j]*(S[j]-s)^2 >= 0", func() { p.done([]int{p.positive("p[j]"), p.sq("S[j]-s")}) })
		p.done([]int{p.sum(t), 0})
	},
	"free-energy.by-beta":      func(p *writer) { base(p); logP(p, "p[i]"); p.done() },
	"free-energy.mean-by-beta": func(p *writer) { base(p); p.both("n"); logP(p, "p[i]"); p.done() },
	"energy.variance": func(p *writer) {
		base(p)
		t := p.all("j", "p[j]*(F[j]-mean)^2 >= 0", func() { p.done([]int{p.positive("p[j]"), p.sq("F[j]-mean")}) })
		p.done(p.sum(t))
	},
	"energy.popoviciu": func(p *writer) {
		base(p)
		t := p.all("j", "p[j]*(F[j]-a)*(b-F[j]) >= 0", func() {
			p.done([]int{p.positive("p[j]"), p.inst(1, "j"), p.inst(2, "j")})
		})
		p.done(p.sum(t), p.sq("2*mean-a-b"))
	},
	"entropy.by-beta": func(p *writer) {
		base(p)
		p.all("j", "p[j] > 0", func() { p.qed(p.positive("p[j]")) })
		logP(p, "p[i]*(F[i]-mean)")
		p.done()
	},
	"entropy.free-energy": func(p *writer) { base(p); logP(p, "p[i]"); p.done() },
	"entropy.nonnegative": func(p *writer) {
		base(p)
		logP(p, "p[i]")
		t := p.all("i", "exp(-beta*F[i])*(beta*F[i]+ln(Z)) >= 0", func() {
			p.done([]int{lossOf(p, "i"), p.expp("-beta*F[i]")})
		})
		p.done([]int{p.sum(t), p.positive("inv(Z)")})
	},
	"entropy.at-most-log-n": func(p *writer) {
		base(p)
		p.both("n")
		logP(p, "p[i]")
		// e^s ≥ 1+s at s_j = −ln n − ln p_j = −ln n + βF_j + ln Z, times p_j, summed
		t := p.all("j", "inv(n) - p[j]*(1 - ln(n) + beta*F[j] + ln(Z)) >= 0", func() {
			e := p.exp("beta*F[j] + ln(Z) - ln(n)")
			p.done([]int{e, p.positive("p[j]")})
		})
		p.done(p.sum(t))
	},
	"free-energy.variational": func(p *writer) {
		base(p)
		t := p.all("j", "p[j] - q[j]*(1 - beta*F[j] - ln(Z) - ln(q[j])) >= 0", func() {
			h := p.inst(1, "j")
			p.inv("q[j]", h)
			p.ln("q[j]", h)
			p.line("comb exp(-ln(q[j]))*inv(q[j]) @ %d ; exp(-ln(q[j])) @ %d", p.last(), p.last()-1)
			e := p.exp("-beta*F[j] - ln(Z) - ln(q[j])")
			p.done([]int{e, h})
		})
		p.done([]int{p.sum(t), p.positive("inv(beta)")})
	},
	"free-energy.variational-excess": func(p *writer) { base(p); logP(p, "q[i]"); p.done() },
	"free-energy.below-mean": func(p *writer) {
		base(p)
		p.both("n")
		t := p.all("j", "n*exp(-beta*F[j])*inv(Z) - (1 - beta*F[j] - ln(Z) + ln(n)) >= 0", func() {
			p.done(p.exp("-beta*F[j] - ln(Z) + ln(n)"))
		})
		p.done([]int{p.sum(t), p.positive("inv(beta)"), p.positive("inv(n)")})
	},
	"free-energy.shift": func(p *writer) {
		base(p)
		lnEq(p, "sum(j, exp(-beta*(F[j]+c)))", "ln(Z)-beta*c")
		p.done()
	},
	"free-energy.scale": func(p *writer) {
		base(p)
		p.inv("a", 1)
		p.done()
	},
	"free-energy.monotone": func(p *writer) {
		base(p)
		p.both("W")
		t := p.all("j", "exp(-beta*F[j]) - exp(-beta*G[j]) >= 0", func() {
			e := p.exp("beta*(G[j]-F[j])")
			w := p.expp("-beta*G[j]")
			p.done([]int{e, w}, []int{0, p.inst(1, "j"), w})
		})
		u := p.comb("1 - inv(Z)*W >= 0", []int{p.sum(t), p.positive("inv(Z)")})
		e := p.exp("ln(W) - ln(Z)")
		p.done([]int{e, p.positive("inv(beta)")}, []int{u, p.positive("inv(beta)")})
	},
	"free-energy.lipschitz": func(p *writer) {
		base(p)
		p.both("W")
		t := p.all("j", "exp(-beta*F[j]) - exp(-beta*(G[j]+c)) >= 0", func() {
			e := p.exp("beta*(G[j]+c-F[j])")
			w := p.expp("-beta*(G[j]+c)")
			p.done([]int{e, w}, []int{0, p.inst(1, "j"), w})
		})
		u := p.comb("1 - inv(Z)*W*exp(-beta*c) >= 0", []int{p.sum(t), p.positive("inv(Z)")})
		e := p.exp("ln(W) - ln(Z) - beta*c")
		p.done([]int{e, p.positive("inv(beta)")}, []int{u, p.positive("inv(beta)")})
	},
	"free-energy.one-more": func(p *writer) {
		base(p)
		p.both("Z + exp(-beta*a)")
		w := p.positive("exp(-beta*a)*inv(Z + exp(-beta*a))")
		e := p.exp("ln(Z) - ln(Z+exp(-beta*a))")
		p.done([]int{e, p.positive("inv(beta)")}, []int{w, p.positive("inv(beta)")})
	},
	"free-energy.tangent": func(p *writer) {
		base(p)
		p.both("W")
		t := p.all("j", "exp(-beta*G[j])*inv(W) - p[j]*(1 - beta*(G[j]-F[j]) + ln(Z) - ln(W)) >= 0", func() {
			e := p.exp("-beta*(G[j]-F[j]) + ln(Z) - ln(W)")
			p.done([]int{e, p.positive("p[j]")})
		})
		p.done([]int{p.sum(t), p.positive("inv(beta)")})
	},
	"gibbs.divergence": func(p *writer) {
		base(p)
		p.both("W")
		logP(p, "p[i]")
		k := p.all("i", "p[i]*(ln(q[i]) + beta*G[i] + ln(W)) = 0", func() { lnEq(p, "q[i]", "-beta*G[i] - ln(W)"); p.done() })
		p.sum(k)
		p.done()
	},
	"free-energy.log-convex": func(p *writer) {
		base(p)
		p.both("Za")
		t := p.all("j", "exp(-a*F[j])*inv(Za) - p[j]*(1 - (a-beta)*F[j] + ln(Z) - ln(Za)) >= 0", func() {
			e := p.exp("-(a-beta)*F[j] + ln(Z) - ln(Za)")
			p.done([]int{e, p.positive("p[j]")})
		})
		p.done(p.sum(t))
	},
	"free-energy.self-normalised": func(p *writer) {
		base(p)
		p.done(p.exp("ln(Z)-a"))
	},
}

// order proves p_i > p_j, where fact 1 says F_i < F_j.
func order(p *writer) {
	base(p)
	e := p.exp("beta*(F[j]-F[i])")
	p.done([]int{e, p.positive("p[j]")}, []int{0, 1, p.positive("p[j]")})
}
