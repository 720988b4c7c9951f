package prove

// variance proves Var ≥ 0 of the distribution at β.
func variance(p *writer) int {
	t := p.all("j", "exp(-beta*F[j])*(F[j]-mean)^2 >= 0", func() { p.done([]int{p.expp("-beta*F[j]"), p.sq("F[j]-mean")}) })
	return p.comb("Var >= 0", []int{p.sum(t), p.positive("inv(Z)")})
}

// thrice proves β³R³/6 ∓ (ln Z − ln n + β·mean − β²·Var/2) ≥ 0, with the plain mean and variance and R = b − a: at β = 0 it is 0, and so are its
// first two derivatives; the third is R³ ± κ₃ ≥ 0.
func thrice(p *writer, sign string) {
	inverse := func() { p.inv("n", p.positive("n")) }
	p.let("u", "inv(n)*sum(j, F[j])")
	p.let("v", "inv(n)*sum(j, F[j]^2) - u^2")
	p.let("R", "b - a")
	k := p.mono("beta", "0", "beta^3*R^3/6 - "+sign+"(ln(Z) - ln(n) + beta*u - beta^2*v/2) >= 0", 0, func() { p.done() }, func() {
		h := p.last()
		p.both("Z")
		p.done(p.mono("beta", "0", "beta^2*R^3/2 - "+sign+"(u - mean - beta*v) >= 0", h, func() { p.done() }, func() {
			h := p.last()
			p.both("Z")
			p.done(p.mono("beta", "0", "beta*R^3 - "+sign+"(sum(j, p[j]*F[j]^2) - mean^2 - v) >= 0", h, func() { p.done() }, func() {
				p.both("Z")
				iz := p.positive("inv(Z)")
				low := p.comb("mean - a >= 0", []int{p.sum(p.all("j", "exp(-beta*F[j])*(F[j]-a) >= 0", func() { p.done([]int{p.expp("-beta*F[j]"), p.inst(0, "j")}) })), iz})
				high := p.comb("b - mean >= 0", []int{p.sum(p.all("j", "exp(-beta*F[j])*(b-F[j]) >= 0", func() { p.done([]int{p.expp("-beta*F[j]"), p.inst(1, "j")}) })), iz})
				d := sign + "(F[j]-mean)"
				cube := p.all("j", "exp(-beta*F[j])*(R + "+d+")*(R^2 - R*("+d+") + ("+d+")^2) >= 0", func() {
					near := p.comb("R + "+d+" >= 0", p.inst(0, "j"), p.inst(1, "j"), low, high)
					w := p.expp("-beta*F[j]")
					p.done([]int{w, near, p.sq("2*(" + d + ") - R")}, []int{w, near, p.sq("R")})
				})
				p.done([]int{p.sum(cube), iz})
			}))
		}))
	})
	inverse()
	p.done(k)
}

var limitsTactics = map[string]func(*writer){
	"entropy.monotone": func(p *writer) {
		base(p)
		lower := meanFalls(p)
		p.both("Za")
		t := p.all("j", "exp(-a*F[j])*inv(Za) - p[j]*(1 - (a-beta)*F[j] + ln(Z) - ln(Za)) >= 0", func() { // ln Z is convex in β
			e := p.exp("-(a-beta)*F[j] + ln(Z) - ln(Za)")
			p.done([]int{e, p.positive("p[j]")})
		})
		p.done(p.sum(t), []int{1, lower})
	},
	"energy.monotone": func(p *writer) {
		base(p)
		p.qed(meanFalls(p))
	},
	"entropy.hot": func(p *writer) {
		base(p)
		logP(p, "p[i]")
		k := p.mono("beta", "0", "beta^2*(b-a)^2/8 - ln(n) + ln(Z) + beta*mean >= 0", 0, func() {
			p.positive("n")
			p.done()
		}, func() {
			h := p.last()
			p.both("Z")
			t := p.all("j", "exp(-beta*F[j])*(F[j]-a)*(b-F[j]) >= 0", func() {
				p.done([]int{p.expp("-beta*F[j]"), p.inst(0, "j"), p.inst(1, "j")})
			})
			v := p.comb("(b-a)^2/4 - sum(j, p[j]*(F[j]-mean)^2) >= 0", []int{p.sum(t), p.positive("inv(Z)")}, p.sq("2*mean-a-b"))
			p.done([]int{h, v})
		})
		p.done(k)
	},
	"free-energy.hoeffding": func(p *writer) {
		p.positive("n")
		p.qed(p.mono("beta", "0", "beta^2*(b-a)^2/8 - beta*inv(n)*sum(j, F[j]) - ln(Z) + ln(n) >= 0", 0, func() { p.both("n"); p.done() }, func() {
			h := p.last()
			p.both("Z")
			p.inv("n", p.positive("n"))
			k := p.mono("beta", "0", "beta*(b-a)^2/4 - inv(n)*sum(j, F[j]) + mean >= 0", h, func() { p.inv("n", p.positive("n")); p.done() }, func() {
				p.both("Z")
				t := p.all("j", "exp(-beta*F[j])*(F[j]-a)*(b-F[j]) >= 0", func() {
					p.done([]int{p.expp("-beta*F[j]"), p.inst(0, "j"), p.inst(1, "j")})
				})
				p.done([]int{p.sum(t), p.positive("inv(Z)")}, p.sq("2*mean-a-b"))
			})
			p.done(k)
		}))
	},
	"free-energy.hot-at-most":  func(p *writer) { thrice(p, "") },
	"free-energy.hot-at-least": func(p *writer) { thrice(p, "-") },
	"energy.below-plain-mean": func(p *writer) {
		t := p.all("i", "n*(-F[i]*exp(-beta*F[i])) + F[i]*Z + exp(-beta*F[i])*sum(j, F[j]) - sum(j, F[j]*exp(-beta*F[j])) >= 0", func() {
			s := p.all("j", "(F[i]-F[j])*(exp(-beta*F[j])-exp(-beta*F[i])) >= 0", func() {
				// both factors have the same sign
				p.cases("F[i]-F[j]", func(h int) {
					e := p.exp("beta*(F[i]-F[j])")
					w := p.expp("-beta*F[i]")
					q := p.comb("exp(-beta*F[j]) - exp(-beta*F[i]) >= 0", []int{e, w}, []int{0, h, w})
					p.done([]int{h, q})
				}, func(h int) {
					e := p.exp("beta*(F[j]-F[i])")
					w := p.expp("-beta*F[j]")
					q := p.comb("exp(-beta*F[i]) - exp(-beta*F[j]) >= 0", []int{e, w}, []int{0, h, w})
					p.done([]int{h, q})
				})
			})
			p.done(p.sum(s))
		})
		k := p.comb("Z*sum(j, F[j]) - n*sum(j, exp(-beta*F[j])*F[j]) >= 0", p.sum(t))
		base(p)
		p.inv("n", p.positive("n"))
		p.done([]int{k, p.positive("inv(Z)"), p.positive("inv(n)")})
	},
	"nll.small-loss-infers": func(p *writer) {
		base(p)
		p.both("2")
		// βF_y + ln Z < ln 2, so Z < 2 w_y; w_y + w_i ≤ Z
		t := p.comb("ln(2) - beta*F[y] - ln(Z) > 0", []int{0, 1})
		e := p.exp("ln(2) - beta*F[y] - ln(Z)")
		c := p.comb("2*exp(-beta*F[y])*inv(Z) - 1 > 0", e, t)
		dr := p.comb("1 - inv(Z)*exp(-beta*F[y]) - inv(Z)*exp(-beta*F[i]) >= 0", []int{below(p), p.positive("inv(Z)")})
		w := p.comb("inv(Z)*exp(-beta*F[y]) - inv(Z)*exp(-beta*F[i]) > 0", c, dr)
		p.cases("F[y]-F[i]", func(h int) {
			x := p.exp("beta*(F[y]-F[i])")
			k := p.positive("inv(Z)*exp(-beta*F[y])")
			p.absurd(p.comb("0 > 0", w, []int{x, k}, []int{0, h, k}))
		}, func(h int) { p.qed(p.comb("F[i] > F[y]", h)) })
	},
	"gibbs.cold": func(p *writer) {
		base(p)
		k := p.all("j", "(1-d(j,y))*(exp(-beta*(F[y]+g)) - exp(-beta*F[j])) >= 0", func() {
			h := p.inst(1, "j")
			e := p.exp("beta*(F[j]-F[y]-g)")
			w := p.expp("-beta*F[j]")
			p.done([]int{p.sq("1-d(j,y)"), e, w}, []int{h, 0, w})
		})
		// Z − w_y ≤ (n−1) e^{−βg} w_y ≤ (n−1) e^{−βg} Z
		m := p.all("j", "1 >= 0", func() { p.qed(p.sq("1")) })
		m = p.drop(m, "y")
		q := p.all("j", "exp(-beta*F[j]) > 0", func() { p.qed(p.positive("exp(-beta*F[j])")) })
		dr := p.drop(q, "y")
		iz := p.positive("inv(Z)")
		p.done([]int{p.sum(k), iz}, []int{m, dr, iz, p.expp("-beta*g")})
	},
}

// meanFalls proves ⟨F⟩ at a ≥ ⟨F⟩ at β, where fact 2 says β ≥ a: with m the first, (F − m)(e^{−(β−a)m} − e^{−(β−a)F}) ≥ 0 at each answer.
func meanFalls(p *writer) int {
	const h = "(beta-a)"
	p.both("Za")
	p.let("m", "sum(j, exp(-a*F[j])*F[j])*inv(Za)")
	u := "(F[j]-m)"
	t := p.all("j", "exp(-a*F[j])*"+u+"*(exp(-"+h+"*m) - exp(-"+h+"*F[j])) >= 0", func() {
		w := p.expp("-a*F[j]")
		p.cases(u, func(k int) {
			e := p.exp(h + "*" + u)
			p.done([]int{e, k, w, p.expp("-" + h + "*F[j]")}, []int{2, k, k, w, p.expp("-" + h + "*F[j]")})
		}, func(k int) {
			e := p.exp("-" + h + "*" + u)
			p.done([]int{e, k, w, p.expp("-" + h + "*m")}, []int{2, k, k, w, p.expp("-" + h + "*m")})
		})
	})
	below := p.comb("m*Z - sum(j, exp(-beta*F[j])*F[j]) >= 0", p.sum(t))
	return p.comb("m - mean >= 0", []int{below, p.positive("inv(Z)")})
}
