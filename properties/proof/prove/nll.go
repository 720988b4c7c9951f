package prove

var nllTactics = map[string]func(*writer){
	"nll.minus-log": func(p *writer) { base(p); lnEq(p, "p[y]", "-beta*F[y] - ln(Z)"); p.done() },
	"nll.nonnegative": func(p *writer) {
		base(p)
		p.done([]int{lossOf(p, "y"), p.positive("inv(beta)")})
	},
	"nll.of-an-atom": func(p *writer) { p.done(1, 3, []int{2, p.expp("-F*beta")}) },
	"nll.of-a-term": func(p *writer) {
		base(p)
		p.both("Z")
		u := p.comb("1 - inv(Z)*exp(-beta*F) >= 0", []int{2, p.positive("inv(Z)")})
		v := p.comb("beta*F + ln(Z) >= 0", p.exp("-beta*F - ln(Z)"), u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"nll.positive": func(p *writer) {
		base(p)
		p.done([]int{lossAbove(p, 1), p.positive("inv(beta)")})
	},
	"nll.one-name": func(p *writer) {
		base(p)
		lnEq(p, "p[y]", "-beta*F[y] - ln(Z)")
		q := p.comb("inv(beta)*(beta*F[y] + ln(Z)) > 0", []int{lossAbove(p, 1), p.positive("inv(beta)")})
		p.done([]int{2, q, q})
	},
	"chain.line4-wrong": func(p *writer) {
		base(p)
		zero := func() { // F_j = 0
			k, h := p.inst(1, "j"), p.pos("F[j]")
			g := p.pos("-F[j]")
			x := p.comb("-F[j] >= 0", k, h+1, g)
			p.anti(p.comb("F[j] >= 0", k, h, g+1), x)
		}
		p.sum(p.all("j", "F[j]*S[j] = 0", func() { zero(); p.done() }))
		p.sum(p.all("j", "exp(-beta*F[j])*S[j] - S[j] = 0", func() {
			zero()
			expEq(p, "-beta*F[j]", "0")
			p.done()
		}))
		p.done([]int{0, 2, p.positive("inv(Z)")})
	},
	"C39": func(p *writer) {
		p.sum(p.all("j", "(a[j]-a[y])*S[j] = 0", func() {
			p.anti(p.inst(1, "j"), p.comb("-(a[j] - a[y]) >= 0", p.inst(0, "j")))
			p.done()
		}))
		p.done()
	},
	"chain.step6-wrong": func(p *writer) {
		base(p)
		p.done(p.positive("p[i]"), []int{1, p.positive("inv(Z)")})
	},
	"nll.push-down-sign": func(p *writer) {
		base(p)
		t := p.all("j", "exp(-beta*F[j]) > 0", func() { p.qed(p.positive("exp(-beta*F[j])")) })
		p.done([]int{p.drop(t, "y"), p.positive("inv(Z)")})
	},
	"nll.push-up": func(p *writer) { base(p); p.done(p.positive("p[i]")) },
	"nll.closeness": func(p *writer) {
		base(p)
		a, b := p.exp("beta*(F[i]-F[k])"), p.exp("beta*(F[k]-F[i])")
		x := p.comb("exp(-beta*F[k]) - exp(-beta*F[i]) >= 0", []int{a, p.expp("-beta*F[i]")})
		y := p.comb("-(exp(-beta*F[k]) - exp(-beta*F[i])) >= 0", []int{b, p.expp("-beta*F[k]")})
		p.anti(x, y)
		p.done()
	},
	"nll.small-loss-elsewhere": func(p *writer) {
		p.both("1+exp(-a)")
		// ln t ≤ t − 1, from e^ln t ≥ 1 + ln t
		p.done(p.exp("ln(1+exp(-a))"))
	},
	"nll.small-loss": func(p *writer) {
		base(p)
		x := p.exp("beta*eps")
		t := p.comb("exp(beta*eps) - 1 > 0", x, []int{0, 1})
		p.ln("exp(beta*eps)-1", t)
		p.inv("exp(beta*eps)-1", t)
		// Z ≤ e^{β(ε − F_y)}
		s := p.exp("beta*eps - beta*F[y] - ln(Z)")
		z := p.comb("exp(beta*eps-beta*F[y]) >= Z", []int{s, p.positive("Z")}, []int{2, 0, p.positive("Z")})
		w := p.comb("exp(beta*eps) - 1 - exp(-beta*(F[i]-F[y])) >= 0", []int{z, p.expp("beta*F[y]")}, []int{below(p), p.expp("beta*F[y]")})
		o := p.comb("inv(exp(beta*eps)-1)*(exp(beta*eps)-1) > 0", p.expp("0"))
		u := p.div("inv(exp(beta*eps)-1) > 0", o, t)
		// ln t ≥ −β(F_i − F_y)
		p.line("comb exp(-ln(exp(beta*eps)-1))*inv(exp(beta*eps)-1) @ %d ; exp(-ln(exp(beta*eps)-1)) @ %d", t+1, t+2)
		q := p.exp("-beta*(F[i]-F[y]) - ln(exp(beta*eps)-1)")
		v := p.comb("ln(exp(beta*eps)-1) + beta*(F[i]-F[y]) >= 0", q, []int{w, u})
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"nll.wide-gaps": func(p *writer) {
		base(p)
		m := p.all("j", "1 >= 0", func() { p.qed(p.sq("1")) })
		m = p.drop(m, "y")
		T := "1 + (n-1)*exp(-beta*g)"
		t := p.comb(T+" > 0", []int{m, p.expp("-beta*g")}, p.expp("0"))
		p.ln(T, t)
		p.inv(T, t)
		k := p.all("j", "(1-d(j,y))*(exp(-beta*(F[y]+g)) - exp(-beta*F[j])) >= 0", func() {
			h := p.inst(1, "j")
			e := p.exp("beta*(F[j]-F[y]-g)")
			w := p.expp("-beta*F[j]")
			p.done([]int{p.sq("1-d(j,y)"), e, w}, []int{h, 0, w})
		})
		s := p.comb("exp(-beta*F[y])*("+T+") - Z >= 0", p.sum(k))
		_ = s
		// ln T ≥ βF_y + ln Z, from e^{ln Z + βF_y − ln T} ≤ 1
		p.line("comb exp(-ln(%s))*inv(%s) @ %d ; exp(-ln(%s)) @ %d", T, T, t+1, T, t+2)
		o := p.comb("inv("+T+")*("+T+") > 0", p.expp("0"))
		u := p.div("inv("+T+") > 0", o, t)
		q := p.comb("1 - Z*exp(beta*F[y])*inv("+T+") >= 0", []int{s, p.expp("beta*F[y]"), u})
		x := p.exp("ln(Z) + beta*F[y] - ln(" + T + ")")
		v := p.comb("ln("+T+") - ln(Z) - beta*F[y] >= 0", x, q)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"nll.near-perceptron": func(p *writer) {
		base(p)
		p.both("n")
		t := p.all("j", "exp(-beta*F[k]) >= exp(-beta*F[j])", func() {
			a := p.inst(1, "j")
			e := p.exp("beta*(F[j]-F[k])")
			w := p.expp("-beta*F[j]")
			p.done([]int{e, w}, []int{a, 0, w})
		})
		u := p.comb("n*inv(n) - Z*exp(beta*F[k])*inv(n) >= 0", []int{p.sum(t), p.expp("beta*F[k]"), p.positive("inv(n)")})
		e := p.exp("ln(Z) + beta*F[k] - ln(n)")
		v := p.comb("ln(n) - beta*F[k] - ln(Z) >= 0", e, u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"nll.above-perceptron": func(p *writer) {
		base(p)
		p.done([]int{lossOf(p, "i"), p.positive("inv(beta)")})
	},
	"nll.by-beta": func(p *writer) { base(p); logP(p, "p[i]"); p.done() },
	"nll.two-answers": func(p *writer) {
		p.inv("beta", 0)
		p.both("1 + exp(beta*(F-Fbar))")
		lnEq(p, "exp(-beta*F) + exp(-beta*Fbar)", "ln(1 + exp(beta*(F-Fbar))) - beta*F")
		p.done()
	},
	"mee.below-nll": func(p *writer) {
		base(p)
		p.done(p.exp("-beta*F[y] - ln(Z)"))
	},
	"mee.of-nll": func(p *writer) { base(p); expEq(p, "-beta*l", "-beta*F[y]-ln(Z)"); p.done() },
	"nll.convex": func(p *writer) {
		base(p)
		p.both("W")
		t := p.all("j", "exp(-beta*G[j])*inv(W) - p[j]*(1 - beta*(G[j]-F[j]) + ln(Z) - ln(W)) >= 0", func() {
			e := p.exp("-beta*(G[j]-F[j]) + ln(Z) - ln(W)")
			p.done([]int{e, p.positive("p[j]")})
		})
		p.done([]int{p.sum(t), p.positive("inv(beta)")})
	},
	"nll.above-pairwise-log": func(p *writer) {
		base(p)
		T := "1 + exp(beta*(F[y]-F[i]))"
		p.both(T)
		dr := below(p)
		u := p.comb("1 - inv(Z)*exp(-beta*F[y])*("+T+") >= 0", []int{dr, p.positive("inv(Z)")})
		e := p.exp("ln(" + T + ") - beta*F[y] - ln(Z)")
		v := p.comb("beta*F[y] + ln(Z) - ln("+T+") >= 0", e, u)
		p.done([]int{v, p.positive("inv(beta)")})
	},
	"nll.below-pairwise-sum": func(p *writer) {
		base(p)
		A := "sum(j, (1-d(j,y))*exp(beta*(F[y]-F[j])))"
		t := p.all("j", "(1-d(j,y))*exp(beta*(F[y]-F[j])) >= 0", func() { p.done([]int{p.sq("1-d(j,y)"), p.expp("beta*(F[y]-F[j])")}) })
		a := p.comb(A+" >= 0", p.sum(t))
		T := p.comb("1 + "+A+" > 0", a, p.expp("0"))
		p.ln("1 + "+A, T)
		L := "ln(1 + " + A + ")"
		// βℓ = ln(1 + A)
		w := p.have("beta*F[y] + ln(Z) = "+L, func() {
			s := "beta*F[y] + ln(Z) - " + L
			e := p.comb("exp(" + s + ")*(1+" + A + ") = 1+" + A)
			_ = e
			p.inv("1 + "+A, T)
			e = p.comb("exp(" + s + ") = 1")
			x := p.exp(s)
			p.line("comb -exp(-(%s)) @ %d", s, e)
			y := p.exp("-(" + s + ")")
			x = p.comb("-("+s+") >= 0", x)
			y = p.comb(s+" >= 0", y)
			p.qed(p.anti(y, x))
		})
		_ = w
		p.cases("-("+A+")", func(h int) { // no other answer: ℓ = 0
			z := p.anti(a, h)
			_ = z
			x := p.exp("ln(1 + " + A + ")")
			l := p.comb("-("+L+") >= 0", x)
			k := p.all("j", "(1-d(j,y))*ln(1+exp(beta*(F[y]-F[j]))) >= 0", func() {
				v := "1+exp(beta*(F[y]-F[j]))"
				p.both(v)
				q := p.sq("1-d(j,y)")
				p.done([]int{p.exp("-ln(" + v + ")"), q}, []int{p.positive("exp(beta*(F[y]-F[j]))*inv(" + v + ")"), q})
			})
			ib := p.positive("inv(beta)")
			p.done([]int{p.sum(k), ib}, []int{l, ib})
		}, func(h int) {
			h = p.comb(A+" > 0", h)
			ia := p.inv(A, h)
			o := p.comb("inv("+A+")*"+A+" > 0", p.expp("0"))
			u := p.div("inv("+A+") > 0", o, h)
			_ = ia
			k := p.all("j", "(1-d(j,y))*(ln(1+exp(beta*(F[y]-F[j]))) - exp(beta*(F[y]-F[j]))*inv("+A+")*"+L+") >= 0", func() {
				E := "exp(beta*(F[y]-F[j]))"
				v := "1+" + E
				p.both(v)
				q := p.sq("1-d(j,y)")
				th := "(" + E + "*inv(" + A + "))"
				dr := p.drop(t, "j") // A ≥ (1−d)E
				w := p.comb("(1-d(j,y))*(1 - "+th+") >= 0", []int{dr, q, u})
				e := p.expp(E)
				_ = e
				x := p.exp("-" + th + "*" + L)
				y := p.exp("(1-" + th + ")*" + L)
				eth := p.expp(th + "*" + L)
				pe := p.positive(E)
				c := p.comb("(1-d(j,y))*("+v+" - exp("+th+"*"+L+")) >= 0", []int{x, eth, w}, []int{y, eth, q, pe, u})
				z := p.exp(th + "*" + L + " - ln(" + v + ")")
				p.done([]int{z, q}, []int{c, p.positive("inv(" + v + ")")})
			})
			ib := p.positive("inv(beta)")
			p.done([]int{p.sum(k), ib})
		})
	},
}
