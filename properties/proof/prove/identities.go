package prove

// identitiesTactics are proofs of identities that stand for themselves.
var identitiesTactics = map[string]func(*writer){
	"free-energy.two-levels": func(p *writer) { // w_j = c_j w_j + (1 − c_j) w_j ≤ c_j w_i + (1 − c_j) w_i e^{−βg}
		base(p)
		T := "K + (n-K)*exp(-beta*g)"
		p.drop(1, "i")
		one := p.all("j", "1 - c[j] >= 0", func() { p.qed(p.inst(2, "j")) })
		rest := p.comb("n - K >= 0", p.sum(one))
		k := p.comb("K > 0", p.drop(1, "i"), p.expp("0"))
		t := p.comb(T+" > 0", k, []int{rest, p.expp("-beta*g")})
		p.bothOf(T, t)
		each := p.all("j", "c[j]*exp(-beta*F[i]) + (1-c[j])*exp(-beta*F[i]-beta*g) - exp(-beta*F[j]) >= 0", func() {
			c, some, both, level := p.inst(1, "j"), p.inst(2, "j"), p.inst(3, "j"), p.inst(4, "j")
			zero := p.comb("c[j]*(1-c[j]) >= 0", []int{c, some})
			p.anti(zero, both)
			w := p.expp("-beta*F[j]")
			x, y := p.exp("beta*(F[j]-F[i])"), p.exp("beta*(F[j]-F[i]-g)")
			p.done([]int{x, w, c}, []int{y, w, some}, []int{level, 0, w, c}, []int{level, 0, w, some})
		})
		s := p.comb("exp(-beta*F[i])*("+T+") - Z >= 0", p.sum(each))
		o := p.comb("inv("+T+")*("+T+") > 0", p.expp("0"))
		u := p.div("inv("+T+") > 0", o, t)
		v := p.comb("1 - Z*exp(beta*F[i])*inv("+T+") >= 0", []int{s, u, p.expp("beta*F[i]")})
		z := p.comb("ln("+T+") - ln(Z) - beta*F[i] >= 0", p.exp("ln(Z) + beta*F[i] - ln("+T+")"), v)
		p.done([]int{z, p.positive("inv(beta)")})
	},
	"log.at-least-0": func(p *writer) {
		k := p.comb("k > 0", 0, p.expp("0"))
		p.bothOf("k", k)
		o := p.comb("inv(k)*k > 0", p.expp("0"))
		u := p.div("inv(k) > 0", o, k)
		p.done(p.exp("-ln(k)"), []int{0, u})
	},
	"free-energy.copies": func(p *writer) {
		base(p)
		p.both("r")
		lnEq(p, "r*Z", "ln(Z) + ln(r)")
		p.done()
	},
	"free-energy.of-pairs": func(p *writer) {
		base(p)
		p.both("W")
		lnEq(p, "Z*W", "ln(Z) + ln(W)")
		p.done()
	},
	"gibbs.log-ratio": func(p *writer) {
		base(p)
		p.both("W")
		lnEq(p, "p[i]", "-beta*F[i] - ln(Z)")
		lnEq(p, "q[i]", "-beta*G[i] - ln(W)")
		low := p.all("j", "exp(-beta*G[j]) - exp(-beta*(F[j]-a)) >= 0", func() {
			w := p.expp("-beta*(F[j]-a)")
			p.done([]int{p.exp("beta*(F[j]-a-G[j])"), w}, []int{0, p.inst(1, "j"), w})
		})
		high := p.all("j", "exp(-beta*F[j]) - exp(-beta*(G[j]+b)) >= 0", func() {
			w := p.expp("-beta*(G[j]+b)")
			p.done([]int{p.exp("beta*(G[j]+b-F[j])"), w}, []int{0, p.inst(2, "j"), w})
		})
		x := p.comb("1 - Z*exp(beta*a)*inv(W) >= 0", []int{p.sum(low), p.positive("inv(W)")})
		x = p.comb("ln(W) - ln(Z) - beta*a >= 0", p.exp("ln(Z) + beta*a - ln(W)"), x)
		y := p.comb("1 - W*exp(-beta*b)*inv(Z) >= 0", []int{p.sum(high), p.positive("inv(Z)")})
		y = p.comb("ln(Z) - ln(W) + beta*b >= 0", p.exp("ln(W) - beta*b - ln(Z)"), y)
		f, g := p.inst(1, "i"), p.inst(2, "i")
		p.done(x, y, []int{0, f}, []int{0, g})
		p.done(x, y, []int{0, f}, []int{0, g})
	},
	"gibbs.partition-ratio": func(p *writer) {
		base(p)
		p.both("W")
		p.done()
	},
	"gibbs.powers": func(p *writer) {
		base(p)
		L := "sum(j, exp(-a*beta*F[j]))"
		p.both(L)
		p.all("j", "p[j] > 0", func() { p.qed(p.positive("p[j]")) })
		each := p.all("j", "exp(a*ln(p[j])) - exp(-a*beta*F[j] - a*ln(Z)) = 0", func() {
			lnEq(p, "p[j]", "-beta*F[j] - ln(Z)")
			expEq(p, "a*ln(p[j])", "-a*beta*F[j] - a*ln(Z)")
			p.done()
		})
		p.sum(each)
		S := "sum(j, exp(a*ln(p[j])))"
		k := p.comb(S+" > 0", p.positive(L+"*exp(-a*ln(Z))"))
		p.have("ln("+S+") = ln("+L+") - a*ln(Z)", func() {
			p.ln(S, k)
			s := "ln(" + S + ") - ln(" + L + ") + a*ln(Z)"
			e := p.comb("exp(" + s + ") = 1")
			a := p.exp(s)
			p.line("comb -exp(-(%s)) @ %d", s, e)
			b := p.exp("-(" + s + ")")
			p.qed(p.anti(p.comb(s+" >= 0", b), p.comb("-("+s+") >= 0", a)))
		})
		p.done()
	},
	"gibbs.from-probabilities": func(p *writer) {
		p.inv("beta", 0)
		p.sum(p.all("j", "exp(-beta*(-ln(q[j])*inv(beta))) - q[j] = 0", func() {
			h := p.inst(1, "j")
			p.ln("q[j]", h)
			expEq(p, "-beta*(-ln(q[j])*inv(beta))", "ln(q[j])")
			p.done()
		}))
		p.done()
	},
	"gibbs.detailed-balance": func(p *writer) { // both are inv(Z)·exp(−β max(F_i, F_j))
		base(p)
		split(p, []string{"F[j]-F[i]", "F[i]-F[j]"}, func(s []int) {
			if !p.try(func() {
				expEq(p, "-beta*F[i]-beta*pos(F[j]-F[i])", "-beta*F[j]-beta*pos(F[i]-F[j])")
				p.done()
			}) {
				p.absurd(p.comb("0 > 0", s[0], s[1]))
			}
		})
	},
	"entropy.greatest": func(p *writer) {
		base(p)
		logP(p, "p[i]")
		t := p.all("j", "p[j] - q[j]*(1 - beta*F[j] - ln(Z) - ln(q[j])) >= 0", func() {
			h := p.inst(1, "j")
			p.bothOf("q[j]", h)
			p.done([]int{p.exp("-beta*F[j] - ln(Z) - ln(q[j])"), h})
		})
		p.done(p.sum(t))
	},
	"log.jensen": func(p *writer) {
		M := "sum(j, q[j]*c[j])"
		each := p.all("j", "q[j]*c[j] > 0", func() {
			p.qed(p.comb("q[j]*c[j] > 0", []int{p.inst(0, "j"), p.inst(2, "j")}))
		})
		m := p.sum(each)
		p.bothOf(M, m)
		p.positive("inv(" + M + ")")
		t := p.all("j", "q[j]*c[j]*inv("+M+") - q[j]*(1 + ln(c[j]) - ln("+M+")) >= 0", func() {
			h := p.inst(2, "j")
			p.ln("c[j]", h)
			p.done([]int{p.exp("ln(c[j]) - ln(" + M + ")"), p.inst(0, "j")})
		})
		p.done(p.sum(t))
	},
	"nll.hot": func(p *writer) {
		base(p)
		p.both("n")
		iz, in := p.positive("inv(Z)"), p.positive("inv(n)")
		high := p.all("j", "exp(-beta*F[j]) - exp(-beta*b) >= 0", func() {
			w := p.expp("-beta*b")
			p.done([]int{p.exp("beta*(b-F[j])"), w}, []int{0, p.inst(2, "j"), w})
		})
		low := p.all("j", "exp(-beta*a) - exp(-beta*F[j]) >= 0", func() {
			w := p.expp("-beta*F[j]")
			p.done([]int{p.exp("beta*(F[j]-a)"), w}, []int{0, p.inst(1, "j"), w})
		})
		x := p.comb("1 - n*exp(-beta*b)*inv(Z) >= 0", []int{p.sum(high), iz})
		x = p.comb("ln(Z) - ln(n) + beta*b >= 0", p.exp("ln(n) - beta*b - ln(Z)"), x)
		y := p.comb("1 - Z*exp(beta*a)*inv(n) >= 0", []int{p.sum(low), in, p.expp("beta*a")})
		y = p.comb("ln(n) - ln(Z) - beta*a >= 0", p.exp("ln(Z) + beta*a - ln(n)"), y)
		p.done(x)
		p.done(y)
	},
	"nll.cross-entropy": func(p *writer) { base(p); logP(p, "q[i]"); p.done() },
	"nll.pinsker": func(p *writer) { // the slope is (1 − 2e^{−t})²
		p.qed(p.mono("t", "0", "t - 2*(1 - exp(-t))^2 >= 0", 0, func() { p.done() }, func() { p.done(p.sq("1-2*exp(-t)")) }))
	},
	"mee.above-sigmoid": func(p *writer) {
		base(p)
		u := "1+exp(-beta*(F[y]-F[i]))"
		k := p.positive(u)
		p.inv(u, k)
		b := p.comb("1 - p[y] - p[i] >= 0", []int{below(p), p.positive("inv(Z)")})
		// (1 − p_y)(1 + w_y/w_i) − 1 = (w_y/w_i)(1 − p_y − p_i)
		o := p.comb("("+u+")*(1 - p[y] - inv("+u+")) >= 0", []int{b, p.expp("-beta*(F[y]-F[i])")})
		p.qed(p.div("1 - p[y] - inv("+u+") >= 0", o, k))
	},
	"mee.below-sigmoids": func(p *writer) {
		base(p)
		u := "1+exp(-beta*g)"
		k := p.positive(u)
		p.inv(u, k)
		// Z − w_y ≤ (n − 1) w_y e^{βg}, and n ≥ 2
		each := p.all("j", "(1-d(j,y))*(exp(-beta*(F[y]-g)) - exp(-beta*F[j])) >= 0", func() {
			h, w := p.inst(1, "j"), p.expp("-beta*F[j]")
			p.done([]int{p.sq("1-d(j,y)"), p.exp("beta*(F[j]-F[y]+g)"), w}, []int{h, 0, w})
		})
		s := p.sum(each)
		iz := p.positive("inv(Z)")
		rest := p.drop(weights(p), "y")
		drop := p.comb("Z - exp(-beta*F[y]) >= 0", rest)
		most := p.comb("(n-1)*Z - (Z - exp(-beta*F[y]))*("+u+") >= 0", []int{s, p.expp("-beta*g")}, []int{2, drop})
		o := p.comb("("+u+")*((n-1)*inv("+u+") - 1 + p[y]) >= 0", []int{most, iz})
		p.qed(p.div("(n-1)*inv("+u+") - 1 + p[y] >= 0", o, k))
	},
	"hinge.most-offending": func(p *writer) {
		h := p.inst(2, "i")
		split(p, []string{"m+F[y]-F[i]", "m+F[y]-F[ybar]"}, func(s []int) {
			hints := []any{h, s[0], s[1]}
			if !p.try(func() { p.done(hints...) }) {
				p.absurd(p.comb("0 > 0", hints...))
			}
		})
	},
	"hinge.structured": func(p *writer) {
		t := "m+F[y]-F[ybar]"
		k := p.pos(t)
		v := "m*(1-d(max_1,y)) + F[y] - F[max_1]"
		const most, least = 0, 2 // what is known of max_1, and of ȳ
		atY, atBar := p.inst(most, "y"), p.inst(most, "ybar")
		bar := p.inst(least, "max_1")
		p.delta("max_1", "y", "F[y]")
		rest := p.sq("1-d(max_1,y)")
		above := p.have(v+" - pos("+t+") >= 0", func() {
			split(p, []string{t}, func(s []int) { p.done(atY, atBar, s[0]) })
		})
		x := p.comb("pos("+t+") - ("+v+") >= 0", bar, []int{rest, k + 1}, []int{p.sq("d(max_1,y)"), k})
		p.qed(p.anti(above, x))
	},
	"softplus.excess": func(p *writer) {
		p.inv("beta", 0)
		split(p, []string{"t", "-t"}, func(s []int) {
			for _, x := range []string{"t", "-t"} { // |t| = x
				if p.try(func() { p.comb("pos(t)+pos(-t) - (" + x + ") = 0") }) {
					expEq(p, "-beta*(pos(t)+pos(-t))", "-beta*("+x+")")
					p.both("1+exp(-beta*(" + x + "))")
					lnEq(p, "1+exp(-beta*(pos(t)+pos(-t)))", "ln(1+exp(-beta*("+x+")))")
					lnEq(p, "1+exp(beta*t)", "ln(1+exp(-beta*("+x+"))) + beta*("+map[string]string{"t": "t", "-t": "0"}[x]+")")
					p.done()
					return
				}
			}
			p.absurd(p.comb("0 > 0", s[0], s[1]))
		})
	},
	"softplus.variational": func(p *writer) {
		q, r := 1, 2
		p.inv("beta", 0)
		u := "1+exp(beta*d)"
		p.both(u)
		p.bothOf("q", q)
		p.bothOf("1-q", r)
		x := p.exp("beta*d - ln(" + u + ") - ln(q)")
		y := p.exp("-ln(" + u + ") - ln(1-q)")
		ib := p.positive("inv(beta)")
		p.done([]int{x, q, ib}, []int{y, r, ib})
	},
	"softplus.variational-at-sigmoid": func(p *writer) {
		p.inv("beta", 0)
		s, u := "inv(1+exp(-beta*d))", "1+exp(beta*d)"
		sigmoidOfMinus(p, "beta*d")
		p.both(u)
		lnEq(p, s, "beta*d - ln("+u+")")
		k := p.comb("1-"+s+" > 0", p.positive("inv("+u+")"))
		p.have("ln(1-"+s+") = -ln("+u+")", func() {
			p.ln("1-"+s, k)
			z := "ln(1-" + s + ") + ln(" + u + ")"
			e := p.comb("exp(" + z + ") = 1")
			a := p.exp(z)
			p.line("comb -exp(-(%s)) @ %d", z, e)
			b := p.exp("-(" + z + ")")
			p.qed(p.anti(p.comb(z+" >= 0", b), p.comb("-("+z+") >= 0", a)))
		})
		p.done()
	},
	"square.stronger-above-half": func(p *writer) {
		k := p.pos("F")
		f := p.comb("F > 0", 0, p.expp("0"))
		p.div("pos(F) - F = 0", k+2, p.comb("pos(F) > 0", f, k+1))
		p.done(0)
	},
}
