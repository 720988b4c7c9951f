package prove

var pairsTactics = map[string]func(*writer){
	"simple.correct-at-rest":        byCells(nil, "F", "u"),
	"simple.correct-subgradient":    byCells(nil, "F", "u"),
	"simple.branch-zero-wrong":      func(p *writer) { p.done(1) },
	"simple.branch-zero-at-rest":    byCells(nil, "m-Fbar", "m-v"),
	"simple.branch-otherwise-wrong": func(p *writer) { p.done(1) },
	"hinge.at-rest":                 byCells(nil, "m+F-Fbar", "m+u-v"),
	"hinge.subgradient":             byCells(nil, "m+F-Fbar", "m+u-v"),
	"log.slope":                     func(p *writer) { sigmoidOfMinus(p, "F-Fbar"); p.done() },
	"square.correct-slope":          byCells([]string{"u-F"}, "F", "u"),
	"square.incorrect-slope":        byCells([]string{"v-Fbar"}, "m-Fbar", "m-v"),
	"square.branch-zero-wrong": func(p *writer) {
		k := p.pos("m-Fbar")
		q := p.comb("pos(m-Fbar) > 0", 0, k+1)
		p.done([]int{q, q, 1})
	},
	"square.branch-otherwise-wrong": func(p *writer) { p.done([]int{0, 0, 1}) },
	"log.slope-positive":            func(p *writer) { p.qed(p.positive("inv(1+exp(-d))")) },
	"log.slope-below-1": func(p *writer) {
		k := p.positive("1+exp(-d)")
		p.inv("1+exp(-d)", k)
		p.done(p.positive("exp(-d)*inv(1+exp(-d))"))
	},
	"log.slope-at-0": func(p *writer) {
		p.inv("1+exp(F-Fbar)", p.positive("1+exp(F-Fbar)"))
		expEq(p, "F-Fbar", "0")
		p.done()
	},
	"log.unlike-hinge": func(p *writer) { // e^{−d} ≥ 1 − d = 4
		p.inv("1+exp(F-Fbar)", p.positive("1+exp(F-Fbar)"))
		r, w := p.positive("inv(1+exp(F-Fbar))"), p.expp("F-Fbar")
		u := p.comb("exp(Fbar-F) - 4 >= 0", p.exp("Fbar-F"))
		v := p.comb("1 - 4*exp(F-Fbar) >= 0", []int{u, w})
		p.done([]int{v, r}, r, []int{w, r})
	},
	"simple.plateau": between,
	"square.halfway": between,
	"square.pushes": func(p *writer) {
		for i, of := range []string{"F", "m-Fbar"} {
			p.done(p.comb("pos("+of+") > 0", i, p.pos(of)+1))
		}
	},
	"log.pushes": func(p *writer) { slopes(p, "F-Fbar") },
	"nll.pushes": func(p *writer) { p.inv("beta", 0); slopes(p, "beta*(F-Fbar)") },
	"pos.homogeneous": func(p *writer) { // the sign of rt is that of t
		k := p.pos("t")
		split(p, []string{"t", "r*t"}, func(s []int) {
			hints := []any{s[1], []int{0, k}, []int{0, k + 1}, []int{0, s[0]}, s[0]}
			if !p.try(func() { p.done(hints...) }) {
				p.absurd(p.comb("0 > 0", hints...))
			}
		})
	},
	"hinge.branches":           byCells(nil, "t"),
	"hinge.branches-otherwise": byCells(nil, "t"),
	"log.like-hinge": func(p *writer) { // 0 < σ(d) < e^d < e^{−m}
		E, u := "exp(F-Fbar)", "1+exp(F-Fbar)"
		p.inv(u, p.positive(u))
		r, w := p.positive("inv("+u+")"), p.expp("F-Fbar")
		h := p.exp("-m-(F-Fbar)")
		v := p.comb("exp(-m) - "+E+" > 0", []int{h, w}, []int{0, w})
		b := p.comb("exp(-m) - "+E+"*inv("+u+") > 0", v, []int{w, w, r})
		split(p, []string{E + "*inv(" + u + ")", "-" + E + "*inv(" + u + ")"}, func(s []int) {
			hints := []any{b, []int{w, r}, s[0], s[1]}
			if !p.try(func() { p.done(hints...) }) {
				p.absurd(p.comb("0 > 0", hints...))
			}
		})
	},
	"sigmoid.low-tail": func(p *writer) {
		k := p.positive("1+exp(-d)")
		p.inv("1+exp(-d)", k)
		// e^d (1+e^−d) = e^d + 1 > 1
		o := p.comb("(exp(d) - inv(1+exp(-d)))*(1+exp(-d)) > 0", p.expp("d"))
		p.qed(p.div("exp(d) - inv(1+exp(-d)) > 0", o, k))
	},
	"sigmoid.high-tail": func(p *writer) {
		k := p.positive("1+exp(-d)")
		p.inv("1+exp(-d)", k)
		o := p.comb("(exp(-d) - 1 + inv(1+exp(-d)))*(1+exp(-d)) > 0", p.expp("-2*d"))
		p.qed(p.div("exp(-d) - 1 + inv(1+exp(-d)) > 0", o, k))
	},
	"sigmoid.monotone": func(p *writer) {
		p.inv("1+exp(-d)", p.positive("1+exp(-d)"))
		p.inv("1+exp(-e)", p.positive("1+exp(-e)"))
		q := p.positive("inv(1+exp(-d))*inv(1+exp(-e))")
		x := p.exp("e-d")
		u := p.comb("exp(-d) - exp(-e) >= 0", []int{x, p.expp("-e")}, []int{0, p.expp("-e")})
		p.done([]int{u, q})
	},
	"sigmoid.below-half": func(p *writer) {
		k := p.positive("1+exp(m)")
		p.inv("1+exp(m)", k)
		o := p.comb("(1/2 - inv(1+exp(m)))*(1+exp(m)) > 0", p.exp("m"), 0)
		p.qed(p.div("1/2 - inv(1+exp(m)) > 0", o, k))
	},
	"sigmoid.near-half": func(p *writer) {
		p.qed(p.mono("m", "0", "inv(1+exp(m)) - 1/2 + m/4 >= 0", 0, func() { p.done() }, func() {
			k := p.positive("1+exp(m)")
			p.inv("1+exp(m)", k)
			p.done(p.sq("inv(1+exp(m)) - 1/2"))
		}))
	},
	"sigmoid.with-margin": func(p *writer) {
		p.qed(p.mono("m", "0", "m/4 - inv(1+exp(-m-d)) + inv(1+exp(-d)) >= 0", 0, func() { p.done() }, func() {
			k := p.positive("1+exp(-m-d)")
			p.inv("1+exp(-m-d)", k)
			p.done(p.sq("inv(1+exp(-m-d)) - 1/2"))
		}))
	},
	"softplus.above-hinge": func(p *writer) {
		p.inv("beta", 0)
		u := "1+exp(beta*t)"
		p.both(u)
		ib := p.positive("inv(beta)")
		w, v := p.positive("inv("+u+")"), p.positive("exp(beta*t)*inv("+u+")")
		split(p, []string{"t"}, func(s []int) {
			x := p.exp("beta*t - ln(" + u + ")") // e^{βt}/(1+e^{βt}) = 1 − 1/u
			y := p.exp("-ln(" + u + ")")
			p.done([]int{x, ib}, []int{y, ib}, []int{w, ib}, []int{v, ib}, s[0])
		})
	},
	"softplus.near-hinge": func(p *writer) {
		p.inv("beta", 0)
		u := "1+exp(beta*t)"
		p.both(u)
		p.both("2")
		ib := p.positive("inv(beta)")
		split(p, []string{"t"}, func(s []int) {
			x := p.exp("ln(" + u + ") - beta*t - ln(2)") // (1 + e^−βt)/2
			y := p.exp("ln(" + u + ") - ln(2)")
			z := p.exp("beta*t")
			n := p.exp("-beta*t")
			q := p.expp("beta*t")
			r := p.expp("-beta*t")
			p.done([]int{x, ib}, []int{y, ib}, []int{z, r, ib}, []int{n, q, ib}, []int{z, ib}, []int{n, ib}, s[0],
				[]int{s[0], r}, []int{s[0], q})
		})
	},
	"softplus.touches-at-0-only": func(p *writer) {
		p.inv("beta", 0)
		u := "1+exp(beta*t)"
		p.both(u)
		p.both("2")
		ib := p.positive("inv(beta)")
		bt := p.comb("beta*t > 0", []int{0, 1})
		x := p.exp("ln(" + u + ") - beta*t - ln(2)")
		z := p.exps("beta*t", bt)
		r := p.expp("-beta*t")
		p.done([]int{x, ib}, []int{z, r, ib}, []int{1, r})
	},
	"softplus.touches-at-0-only-below": func(p *writer) {
		p.inv("beta", 0)
		u := "1+exp(beta*t)"
		p.both(u)
		p.both("2")
		ib := p.positive("inv(beta)")
		x := p.exp("ln(" + u + ") - ln(2)")
		z := p.exp("-beta*t")
		r := p.expp("beta*t")
		p.done([]int{x, ib}, []int{z, r, ib}, []int{1, r}, []int{0, 1, r, ib})
	},
	"softplus.difference": func(p *writer) {
		p.both("1+exp(-d)")
		lnEq(p, "1+exp(d)", "ln(1+exp(-d))+d")
		p.done()
	},
	"softplus.slope": func(p *writer) {
		p.inv("beta", 0)
		sigmoidOfMinus(p, "beta*d")
		p.done()
	},
	"sigmoid.slope": func(p *writer) { p.inv("1+exp(-beta*d)", p.positive("1+exp(-beta*d)")); p.done() },
	"sigmoid.steepest": func(p *writer) {
		p.inv("1+exp(-beta*d)", p.positive("1+exp(-beta*d)"))
		p.done([]int{0, p.sq("inv(1+exp(-beta*d))-1/2")})
	},
	"softplus.falls-with-beta": func(p *writer) {
		u := "1+exp(beta*d)"
		p.inv("beta", 0)
		p.both(u)
		// ln u = −(q ln q + …) ≥ q d b with q = e^{bd}/u:  e^s ≥ 1+s at s = bd − ln u and −ln u, weighted by q and 1−q
		x := p.exp("beta*d - ln(" + u + ")")
		_ = x
		y := p.exp("-beta*d + ln(" + u + ")")
		z := p.exp("ln(" + u + ")")
		ib := p.positive("inv(beta)")
		q := p.positive("exp(beta*d)*inv(" + u + ")")
		r := p.positive("inv(" + u + ")")
		a := p.exp("-ln(" + u + ")")
		p.done([]int{x, ib, ib, q}, []int{y, ib, ib, q}, []int{z, ib, ib, r}, []int{a, ib, ib, r}, []int{x, ib, ib, r}, []int{a, ib, ib, q}, []int{x, ib, ib}, []int{a, ib, ib}, []int{q, r, ib, ib})
	},
	"simple.rest": func(p *writer) {
		a, b := p.pos("F"), p.pos("m-Fbar")
		p.done(a, a+1, b, b+1)
		p.done(a, a+1, b, b+1)
	},
	"square.rest": func(p *writer) {
		q, r := p.sq("pos(F)"), p.sq("pos(m-Fbar)")
		for _, t := range []string{"F", "m-Fbar"} {
			a := p.pos(t)
			p.cases("-("+t+")", func(h int) { p.done(h) }, func(h int) {
				k := p.comb("pos("+t+") > 0", h, a+1)
				p.absurd(p.comb("0 > 0", []int{k, k}, q, r))
			})
		}
	},
	"pairs.zero-set": byCells(nil, "F", "m-Fbar"),
	"square.correct-above": func(p *writer) {
		k := p.pos("F")
		p.div("pos(F) - F = 0", k+2, p.comb("pos(F) > 0", 0, k+1))
		p.done()
	},
	"square.weaker-below-half": func(p *writer) {
		k := p.pos("F")
		p.div("pos(F) - F = 0", k+2, p.comb("pos(F) > 0", 0, k+1))
		p.done(1)
	},
	"square.below-simple-squared":      byCells(nil, "F", "m-Fbar"),
	"square.above-half-simple-squared": func(p *writer) { p.done(p.sq("pos(F)-pos(m-Fbar)")) },
	"hinge.below-simple":               byCells(nil, "F", "m-Fbar", "m+F-Fbar"),
	"hinge.squared-below-square": func(p *writer) {
		q := p.sq("pos(F)-pos(m-Fbar)")
		split(p, []string{"F", "m-Fbar", "m+F-Fbar"}, func(s []int) {
			h := p.pos("m+F-Fbar")
			var hints []any
			hints = append(hints, q)
			for i, a := range s {
				for _, b := range s[i:] {
					hints = append(hints, []int{a, b})
				}
			}
			hints = append(hints, []int{h, h}, p.sq("F"), p.sq("m-Fbar"), p.sq("F-(m-Fbar)"))
			p.done(hints...)
		})
	},
	"hinge.margin": byCells(nil, "m+F-Fbar", "r+F-Fbar"),
	"hinge.bounds-error": func(p *writer) {
		p.inv("m", 0)
		k := p.pos("m+d")
		p.done([]int{k + 1, p.positive("inv(m)")}, []int{1, p.positive("inv(m)")})
	},
	"log.bounds-error": func(p *writer) {
		p.both("1+exp(d)")
		p.both("2")
		x := p.exp("ln(2) - ln(1+exp(d))")
		i := p.positive("inv(1+exp(d))")
		y := p.exp("d")
		p.done(x, []int{y, i}, []int{0, i})
	},
	"simple.nonnegative": func(p *writer) { a, b := p.pos("F"), p.pos("m-Fbar"); p.done(a, b) },
	"pos.convex": func(p *writer) {
		a, b := p.pos("s"), p.pos("t")
		split(p, []string{"r*s+(1-r)*t"}, func(q []int) {
			p.done([]int{0, a}, []int{1, b}, []int{0, a + 1}, []int{1, b + 1})
		})
	},
	"log.convex": func(p *writer) {
		u, v := "1+exp(d)", "1+exp(e)"
		p.both(u)
		p.both(v)
		p.inv("1+exp(-d)", p.positive("1+exp(-d)"))
		k := p.positive(u)
		e := p.comb("(1+exp(d))*(exp(d)*inv(1+exp(d)) - inv(1+exp(-d))) = 0")
		p.div("exp(d)*inv(1+exp(d)) - inv(1+exp(-d)) = 0", e, k)
		x := p.exp("e-d + ln(" + u + ") - ln(" + v + ")")
		y := p.exp("ln(" + u + ") - ln(" + v + ")")
		q, r := p.positive("exp(d)*inv("+u+")"), p.positive("inv("+u+")")
		p.done([]int{x, q}, []int{y, r})
	},
	"mce.not-convex": func(p *writer) {
		a, c := "1+exp(-t)", "1+exp(-2*t)"
		p.inv(a, p.positive(a))
		p.inv(c, p.positive(c))
		s := p.comb("t > 0", 0)
		e := p.exp("t")
		w := p.comb("1 - exp(-t) > 0", []int{e, p.expp("-t")}, []int{s, p.expp("-t")})
		q := p.positive("inv(" + a + ")*inv(" + c + ")")
		p.done([]int{w, w, w, q})
	},
}

// between proves both goals from 0 < w < m.
func between(p *writer) {
	posAbove(p, "w", p.comb("w >= 0", 0))
	posAbove(p, "m-w", p.comb("m-w >= 0", 1))
	p.done()
	p.done()
}

// slopes ends a proof of e^d/(1 + e^d) > 0, and of the same of its negative.
func slopes(p *writer, d string) {
	u := "1+exp(" + d + ")"
	p.inv(u, p.positive(u))
	r, w := p.positive("inv("+u+")"), p.expp(d)
	p.done([]int{w, r})
	p.done([]int{w, r})
}
