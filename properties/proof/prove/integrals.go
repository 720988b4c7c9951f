package prove

// integralsTactics are proofs of what is said of a continuum of answers, or of a series.
var integralsTactics = map[string]func(*writer){
	"gibbs.cold-series": func(p *writer) { // Z − w_y ≤ e^{−(β−a)g}·w_y·Σ, term by term, and w_y ≤ Z
		base(p)
		k := p.all("j", "(1-d(j,y))*(exp(-(beta-a)*g - beta*F[y] - a*(F[j]-F[y])) - exp(-beta*F[j])) >= 0", func() {
			e := p.exp("(beta-a)*(F[j]-F[y]-g)")
			w := p.expp("-beta*F[j]")
			p.done([]int{p.sq("1-d(j,y)"), e, w}, []int{p.inst(2, "j"), 3, w})
		})
		each := p.all("j", "(1-d(j,y))*exp(-a*(F[j]-F[y])) >= 0", func() { p.done([]int{p.sq("1-d(j,y)"), p.expp("-a*(F[j]-F[y])")}) })
		iz := p.positive("inv(Z)")
		p.done([]int{p.sum(k), iz}, []int{p.sum(each), p.drop(weights(p), "y"), iz, p.expp("-(beta-a)*g")})
	},
	"gibbs.cold-around": func(p *writer) { // far away e^{−βF} ≤ e^{−(β−a)g}·e^{−aF}, and near it Z ≥ e^{−βr}·Σc
		base(p)
		far := p.all("j", "exp(-(beta-a)*g)*h[j]*exp(-a*F[j]) - h[j]*exp(-beta*F[j]) >= 0", func() {
			e, w := p.exp("(beta-a)*(F[j]-g)"), p.expp("-beta*F[j]")
			p.done([]int{p.inst(2, "j"), e, w}, []int{p.inst(3, "j"), 7, w})
		})
		near := p.all("j", "exp(-beta*F[j]) - exp(-beta*r)*c[j] >= 0", func() {
			e, u := p.exp("beta*(r-F[j])"), p.expp("-beta*r")
			p.done([]int{p.inst(5, "j"), p.expp("-beta*F[j]")}, []int{p.inst(4, "j"), e, u}, []int{p.inst(6, "j"), 0, u})
		})
		each := p.all("j", "h[j]*exp(-beta*F[j]) >= 0", func() { p.done([]int{p.inst(2, "j"), p.expp("-beta*F[j]")}) })
		u := p.expp("beta*r")
		p.done([]int{p.sum(near), p.sum(each), p.positive("inv(Z)"), u}, []int{p.sum(far), u})
	},
	"energy.between-neighbours": func(p *writer) {
		p.inv("a", 0)
		ia := p.positive("inv(a)")
		split(p, []string{"t", "-t"}, func(signs []int) {
			up, down := p.exp("a*t"), p.exp("-a*t")
			w, v, u := p.expp("-b*t"), p.expp("-b*t+a*t"), p.expp("-b*t-a*t")
			p.done([]int{up, w, ia}, []int{down, w, ia}, []int{v, ia}, []int{u, ia}, []int{w, ia})
		})
	},
	"measure.scaled": func(p *writer) {
		base(p)
		p.inv("r", p.positive("r"))
		p.done()
	},
	"measure.not-scaled": func(p *writer) {
		base(p)
		w := "sum(j, r[j]*exp(-beta*F[j]))"
		above := p.sum(p.all("j", "r[j]*exp(-beta*F[j]) > 0", func() { p.done([]int{p.inst(1, "j"), p.expp("-beta*F[j]")}) }))
		p.inv(w, above)
		for _, k := range []string{"i", "k"} { // r = w·inv(Z)
			p.anti(p.inst(3, k), p.inst(2, k))
			p.comb("r[" + k + "] - " + w + "*inv(Z) = 0")
		}
		p.done()
	},
	"chain.line6": func(p *writer) {
		base(p)
		p.done()
		p.done()
	},
	"chain.line2-near": func(p *writer) { // at each answer, with u = βhs: 0 ≤ e^{−u} − 1 + u ≤ u²(1 + e^{−u})
		const u = "beta*h*s[j]"
		low := p.all("j", "exp(-beta*F[j])*(exp(-"+u+") - 1 + "+u+") >= 0", func() { p.done([]int{p.exp("-" + u), p.expp("-beta*F[j]")}) })
		high := p.all("j", "exp(-beta*F[j])*(("+u+")^2*(1 + exp(-"+u+")) - exp(-"+u+") + 1 - "+u+") >= 0", func() {
			w, v := p.expp("-beta*F[j]"), p.expp("-beta*F[j]-"+u)
			a, b, q := p.exp("-"+u), p.exp(u), p.sq(u)
			p.cases(u, func(k int) {
				p.done([]int{a, k, w}, []int{b, v}, []int{b, k, v}, []int{q, w}, []int{q, v})
			}, func(k int) {
				p.done([]int{a, k, w}, []int{b, v}, []int{b, k, v}, []int{q, w}, []int{q, v})
			})
		})
		x, y := p.sum(low), p.sum(high)
		p.done(x)
		p.done(y)
	},
	"gaussian.ends": func(p *writer) {
		x, y := p.exp("b*x^2"), p.exp("b*x^2/2")
		ib := p.positive("inv(b)")
		p.inv("b", 0)
		p.done([]int{x, p.expp("-b*x^2"), ib}, []int{p.expp("-b*x^2"), ib})
		// e^{bx²/2} ≥ 1 + s ≥ s, with s = bx²/2, twice
		q := p.sq("x")
		v := p.expp("-b*x^2/2")
		once := p.comb("2 - b*x^2*exp(-b*x^2/2) >= 0", []int{y, v}, v)
		p.done([]int{once, ib, ib}, []int{once, q, v, ib})
	},
	"gaussian.mean": func(p *writer) {
		const s = "inv(sum(j, q[j]))"
		b, q := p.inv("beta", 0), p.inv("sum(j, q[j])", 1)
		p.qed(p.line("comb -inv(beta)*%s/2 @ 2 ; -%s*sum(j, q[j]*F[j]) @ %d ; d*inv(beta)/2 @ %d", s, s, b, q))
	},
	"gaussian.radial": func(p *writer) {
		p.inv("beta", 0)
		p.inv("a", 1)
		p.line("comb a*inv(a) @ 2")
		p.done()
	},
	"gaussian.variance": func(p *writer) {
		p.inv("beta", 0)
		p.inv("sum(j, q[j])", 1)
		p.done()
	},
	"nll.elsewhere": func(p *writer) {
		base(p)
		const moved = "sum(j, exp(-beta*(F[j]+r*h[j])))"
		p.both(moved)
		const k = "beta*r*exp(-beta*r-beta*b)"
		each := p.all("j", "exp(-beta*F[j]) - exp(-beta*(F[j]+r*h[j])) - "+k+"*h[j] >= 0", func() {
			least, most, where := p.inst(2, "j"), p.inst(3, "j"), p.inst(4, "j")
			x, y, z := p.exp("beta*r*h[j]"), p.exp("beta*r*(1-h[j])"), p.exp("beta*(b-F[j])")
			w, v := p.expp("-beta*F[j]-beta*r*h[j]"), p.expp("-beta*F[j]-beta*r")
			u := p.expp("-beta*r-beta*b")
			p.done([]int{x, w}, []int{0, 1, least, y, v}, []int{0, 1, 0, 1, least, most, v}, []int{0, 1, least, z, u}, []int{0, 1, 0, where, u})
		})
		less := p.comb("Z - "+moved+" > 0", p.sum(each), []int{5, 0, 1, p.expp("-beta*r-beta*b")})
		q := p.comb("1 - inv(Z)*"+moved+" > 0", []int{less, p.positive("inv(Z)")})
		p.done(p.exp("ln("+moved+") - ln(Z)"), q)
	},
}
