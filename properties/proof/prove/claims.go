package prove

// claimTactics are proofs of what is true of claims of the source.
var claimTactics = map[string]func(*writer){
	"C11": func(p *writer) {
		base(p)
		lnEq(p, "p[y]*inv(p[j])", "-beta*(F[y]-F[j])")
		p.done()
		p.done()
	},
	"C12": func(p *writer) {
		base(p)
		p.all("j", "p[j] > 0", func() { p.qed(p.positive("p[j]")) })
		logP(p, "p[i]*(F[i]-mean)")
		p.done()
		t := p.all("j", "p[j]*(F[j]-mean)^2 >= 0", func() { p.done([]int{p.positive("p[j]"), p.sq("F[j]-mean")}) })
		p.done([]int{0, p.sum(t)})
	},
	"C24": func(p *writer) {
		base(p)
		p.done()
		p.done(p.positive("p[j]"))
	},
	"C25": func(p *writer) {
		base(p)
		p.both("Z")
		lnEq(p, "exp(-beta*F)*inv(Z)", "-beta*F - ln(Z)")
		p.done()
	},
	"C27": func(p *writer) {
		base(p)
		all, most := p.inst(2, "max_2"), p.inst(3, "i")
		e := p.exp("beta*(F[max_2]-F[i])")
		w := p.expp("-beta*F[max_2]")
		iz := p.positive("inv(Z)")
		v := p.comb("p[i] - p[max_2] >= 0", []int{e, w, iz}, []int{0, all, w, iz})
		p.qed(p.anti(v, p.comb("-(p[i] - p[max_2]) >= 0", most)))
	},
	"C31": func(p *writer) {
		base(p)
		lnEq(p, "p[y]", "-beta*F[y] - ln(Z)")
		p.done()
	},
	"C32": func(p *writer) {
		base(p)
		lnEq(p, "p[y]", "-beta*F[y] - ln(Z)")
		p.done()
	},
	"C49": func(p *writer) {
		base(p)
		p.done()
		p.done()
		p.done([]int{others(p, 1), p.positive("inv(Z)")})
	},
	"C51.true": func(p *writer) { // (e^ε − 1) w_y ≥ Z − w_y, and its logarithm
		base(p)
		lnEq(p, "p[y]", "-beta*F[y] - ln(Z)")
		p.let("E", "exp(eps)-1")
		p.let("R", "Z - exp(-beta*F[y])")
		e := p.comb("E > 0", p.exp("eps"), 1)
		r := others(p, 3)
		p.bothOf("E", e)
		p.bothOf("R", r)
		z := p.comb("exp(eps-beta*F[y]) - Z >= 0", []int{p.exp("eps - beta*F[y] - ln(Z)"), p.positive("Z")}, []int{2, p.positive("Z")})
		o := p.comb("inv(E)*E > 0", p.expp("0"))
		i := p.div("inv(E) > 0", o, e)
		u := p.comb("1 - R*inv(E)*exp(beta*F[y]) >= 0", []int{z, i, p.expp("beta*F[y]")})
		v := p.comb("ln(E) - ln(R) - beta*F[y] >= 0", p.exp("ln(R) - ln(E) + beta*F[y]"), u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"C57": func(p *writer) { p.done() },
	"C61": func(p *writer) {
		p.both("exp(-F)+exp(-Fbar)")
		p.both("1+exp(F-Fbar)")
		k := p.comb("(exp(-F)+exp(-Fbar))*(inv(exp(-F)+exp(-Fbar)) - inv(1+exp(F-Fbar))*exp(F)) = 0")
		p.div("inv(exp(-F)+exp(-Fbar)) - inv(1+exp(F-Fbar))*exp(F) = 0", k, p.positive("exp(-F)+exp(-Fbar)"))
		p.done()
		lnEq(p, "exp(-F)*inv(exp(-F)+exp(-Fbar))", "-ln(1+exp(F-Fbar))")
		p.done()
	},
	"C66": func(p *writer) {
		k := p.pos("m-Fbar")
		q := p.comb("pos(m-Fbar) > 0", 1, k+1)
		p.div("pos(m-Fbar) - (m-Fbar) = 0", k+2, q)
		p.done()
	},
	"C67": func(p *writer) {
		base(p)
		p.done()
		p.done(p.positive("p[k]"))
		p.done()
	},
	"C70": func(p *writer) { // σ(d) < e^d ≤ e^{−m} ≤ 1/m ≤ ε
		s := p.inv("1+exp(F-Fbar)", p.positive("1+exp(F-Fbar)"))
		_ = s
		p.inv("eps", 0)
		r := p.positive("inv(1+exp(F-Fbar))")
		w := p.expp("F-Fbar")
		x := p.exp("Fbar-F")
		ie := p.positive("inv(eps)")
		// e^{−d} ≥ 1 − d ≥ 1 + m ≥ 1 + 1/ε
		u := p.comb("exp(Fbar-F) - inv(eps) > 0", x, 2, 3, p.expp("0"))
		// times e^d·ε: ε > e^d
		v := p.comb("eps - exp(F-Fbar) > 0", []int{u, w, 0})
		_, _ = ie, r
		p.done(v, []int{w, w, r})
	},
	"C72": func(p *writer) {
		p.inv("1+exp(F-Fbar)", p.positive("1+exp(F-Fbar)"))
		p.inv("eps", 0)
		r := p.positive("inv(1+exp(F-Fbar))")
		p.done([]int{1, 0, r})
	},
	"C73": func(p *writer) { // 0 < 1 − σ = 1/(1 + e^d) ≤ ε
		r := p.positive("inv(1+exp(F-Fbar))")
		p.inv("1+exp(F-Fbar)", p.positive("1+exp(F-Fbar)"))
		p.inv("eps", 0)
		u := p.comb("eps - inv(1+exp(F-Fbar)) >= 0", []int{3, 0, r})
		split(p, []string{"1-exp(F-Fbar)*inv(1+exp(F-Fbar))", "-1+exp(F-Fbar)*inv(1+exp(F-Fbar))"}, func(s []int) {
			if !p.try(func() { p.done(u, r, s[0], s[1]) }) {
				p.absurd(p.comb("0 > 0", u, r, s[0], s[1]))
			}
		})
	},
	"C76": func(p *writer) { p.done(); p.done() },
	"C78": byCells(nil, "F", "-F", "m-Fbar", "Fbar-m"),
}
