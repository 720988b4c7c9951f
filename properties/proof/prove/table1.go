package prove

var table1Tactics = map[string]func(*writer){
	"table1.energy-fails":     func(p *writer) { p.qed(p.comb("F - F = 0")) },
	"table1.perceptron-fails": func(p *writer) { p.done(p.pos("F-Fbar")) },
	"table1.perceptron-weak":  func(p *writer) { p.done(0, p.pos("u-v")+1) },
	"table1.lvq2-fails": func(p *writer) {
		a := p.pos("F-Fbar")
		b := p.pos("M - pos(F-Fbar)")
		_ = b
		split(p, []string{"M", "M-pos(F-Fbar)"}, func(s []int) { p.done(0, a, s[0], s[1]) })
	},
	"table1.lvq2-weak": func(p *writer) {
		a := p.pos("u-v")
		split(p, []string{"M", "M-pos(u-v)"}, func(s []int) { p.done(0, 1, a, a+1, s[0], s[1]) })
	},
	"table1.hinge-holds":  func(p *writer) { p.done(p.pos("m+u-v")+1, 1, 2) },
	"table1.hinge-fails":  byCells(nil, "m-k", "m+F-Fbar"),
	"table1.simple-holds": func(p *writer) { p.done(p.pos("u")+1, p.pos("m-v")+1, 1, 2) },
	"table1.simple-fails": byCells(nil, "m-k", "F", "m-Fbar"),
	"table1.square-square-holds": func(p *writer) {
		r := p.pos("m-v")
		s := p.comb("u + pos(m-v) - (m-k) >= 0", r+1, 1)
		p.done([]int{s, s}, []int{s, 2}, []int{2, 2}, p.sq("u-pos(m-v)"))
	},
	"table1.square-square-fails": byCells([]string{"F", "pos(m-Fbar)"}, "m-k"),
	"table1.square-square-printed-minus-fails": func(p *writer) {
		r := p.pos("m-Fbar")
		p.done(p.sq("F"), []int{0, 0}, []int{0, r})
	},
	"table1.log-holds": func(p *writer) {
		u, v := "1+exp(u-v)", "1+exp(-k-1)"
		p.both(u)
		p.both(v)
		x := p.exp("ln(" + v + ") - ln(" + u + ")")
		r := p.positive("inv(" + u + ")")
		// e^{−k−1} < e^{C−I}
		y := p.exp("u-v+k+1")
		w := p.expp("-k-1")
		p.done(x, []int{y, w, r}, []int{1, w, r}, []int{w, r})
	},
	"table1.mce-holds": func(p *writer) {
		u, v := "1+exp(v-u)", "1+exp(k+1)"
		p.inv(u, p.positive(u))
		p.inv(v, p.positive(v))
		r := p.positive("inv(" + u + ")*inv(" + v + ")")
		y := p.exp("u-v+k+1")
		w := p.expp("v-u")
		p.done([]int{y, w, r}, []int{1, w, r}, []int{w, r})
	},
	"table1.square-exp-holds": func(p *writer) {
		const above, k, pair = 0, 1, 2 // γ > 0, k ≥ 0, u + k ≥ v
		w := p.expp("-(2+k+gamma)")
		q := p.sq("u")
		e := p.expp("-v")
		p.cases("1-u", func(h int) { // v ≤ u + k ≤ 1 + k < 2 + k + γ
			y := p.exp("2+k+gamma-v")
			p.done(q, []int{y, w, above}, []int{k, w, above}, []int{pair, w, above}, []int{h, w, above}, []int{above, w, above}, []int{w, above})
		}, func(h int) { // u² > 1 > γ e^{−2−k−γ}
			y := p.exp("2+k+gamma")
			p.done([]int{h, h}, h, []int{y, w}, []int{k, w}, w, []int{e, above}, []int{above, w})
		})
	},
	"table1.nll-holds": func(p *writer) {
		base(p)
		p.both("W")
		p.both("n")
		// Z e^{βF_y} ≤ 1 + (n−1) e^{−βk}/n
		K := p.all("j", "(1-d(j,y))*(exp(-beta*F[y]-beta*k)*inv(n) - exp(-beta*F[j])) >= 0", func() {
			h := p.inst(3, "j")
			e := p.exp("beta*(F[j]-F[y]-k) - ln(n)")
			w := p.expp("-beta*F[j]")
			q := p.sq("1-d(j,y)")
			x := p.comb("(1-d(j,y))*(exp(beta*(F[j]-F[y]-k))*inv(n) - 1) >= 0", []int{q, e}, []int{h, 0})
			p.done([]int{x, w})
		})
		s := p.comb("1 + (n-1)*exp(-beta*k)*inv(n) - Z*exp(beta*F[y]) >= 0", []int{p.sum(K), p.expp("beta*F[y]")})
		// W e^{βG_y} ≥ 1 + e^{−βk}
		t := p.all("j", "(1-d(j,y))*exp(-beta*G[j]) >= 0", func() { p.done([]int{p.sq("1-d(j,y)"), p.expp("-beta*G[j]")}) })
		dr := p.drop(t, "i")
		y := p.exp("beta*(G[y]+k-G[i])")
		v := p.expp("-beta*k")
		u := p.comb("W*exp(beta*G[y]) - 1 - exp(-beta*k) >= 0", []int{dr, p.expp("beta*G[y]")}, []int{y, v}, []int{0, 2, v})
		d := p.comb("W*exp(beta*G[y]) - Z*exp(beta*F[y]) > 0", u, s, []int{v, p.positive("inv(n)")})
		e := p.exp("ln(Z) + beta*F[y] - ln(W) - beta*G[y]")
		r := p.positive("inv(W)*exp(-beta*G[y])")
		z := p.comb("ln(W) + beta*G[y] - ln(Z) - beta*F[y] > 0", e, []int{d, r})
		p.done([]int{z, p.positive("inv(beta)")})
	},
}
