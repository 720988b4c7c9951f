package prove

// formsTactics are proofs about variances and covariances under Gibbs distributions, and what moves with them.
var formsTactics = map[string]func(*writer){
	"variance.at-least-0": func(p *writer) {
		base(p)
		p.let("v0", "sum(j, p[j]*v[j])")
		p.done(p.sum(p.all("j", "p[j]*(v[j]-v0)^2 >= 0", func() { p.done([]int{p.positive("p[j]"), p.sq("v[j]-v0")}) })))
	},
	"variance.at-most-half": func(p *writer) { // 2p(1 − p) ≤ ½
		base(p)
		half := p.sum(p.all("j", "v[j]^2*(1/2 - 2*p[j]*(1-p[j])) >= 0", func() { p.done([]int{p.sq("v[j]"), p.sq("2*p[j]-1")}) }))
		p.done(half, spread(p, "p", "v"))
	},
	"variance.at-most-twice": func(p *writer) {
		base(p)
		most := p.sum(p.all("j", "v[j]^2*(r - 2*p[j]*(1-p[j])) >= 0", func() { p.done([]int{p.sq("v[j]"), p.inst(1, "j")}) }))
		p.done(most, spread(p, "p", "v"))
	},

	"gibbs.least-rises": func(p *writer) { // w_j/w_i falls with β
		base(p)
		p.both("Za")
		s := p.sum(p.all("j", "exp(-a*(F[j]-F[i])) - exp(-beta*(F[j]-F[i])) >= 0", func() {
			x, w := p.exp("(beta-a)*(F[j]-F[i])"), p.expp("-beta*(F[j]-F[i])")
			p.done([]int{x, w}, []int{2, p.inst(3, "j"), w})
		}))
		p.done([]int{s, p.positive("p[i]"), p.positive("exp(-a*F[i])*inv(Za)")})
	},
	"gibbs.greatest-falls": func(p *writer) {
		base(p)
		p.both("Za")
		s := p.sum(p.all("j", "exp(-beta*(F[j]-F[i])) - exp(-a*(F[j]-F[i])) >= 0", func() {
			x, w := p.exp("(beta-a)*(F[i]-F[j])"), p.expp("-a*(F[j]-F[i])")
			p.done([]int{x, w}, []int{2, p.inst(3, "j"), w})
		}))
		p.done([]int{s, p.positive("p[i]"), p.positive("exp(-a*F[i])*inv(Za)")})
	},
	"gibbs.falls-on": func(p *writer) {
		base(p)
		hot := "sum(j, exp(-a*F[j])*F[j])*inv(sum(j, exp(-a*F[j])))"
		k := p.mono("beta", "a", hot+" - mean >= 0", 2, func() { p.done() }, func() {
			p.both("Z")
			p.done(variance(p))
		})
		q := p.positive("p[i]")
		p.done([]int{k, q}, []int{3, q})
	},

	"gibbs.near-uniform": func(p *writer) {
		p.positive("n")
		p.qed(p.mono("beta", "0", "beta*(b-a)/2 - sum(j, s[j]*p[j]) + inv(n)*sum(j, s[j]) >= 0", 0, func() { p.done() }, func() {
			p.both("Z")
			p.done(covariance(p, "p", "F", 0))
		}))
	},
	"gibbs.moves-at-most": func(p *writer) {
		p.both("Z")
		p.qed(p.mono("t", "0", "beta*t*(b-a)/2 - sum(j, s[j]*("+along+"*inv("+pathZ+") - p[j])) >= 0", 1, func() { p.done() }, func() {
			p.let("y[j]", along+"*inv("+pathZ+")")
			p.both(pathZ)
			p.done([]int{covariance(p, "y", "h", 1), 0})
		}))
	},
	"gibbs.moves-at-most-squared": func(p *writer) { // Var(rs + kh) ≥ 0, and Var v ≤ ½ Σ v²
		p.both("Z")
		p.qed(p.mono("t", "0", "beta*t*r*k/2 - sum(j, s[j]*("+along+"*inv("+pathZ+") - p[j])) >= 0", 3, func() { p.done() }, func() {
			p.let("y[j]", along+"*inv("+pathZ+")")
			p.both(pathZ)
			p.let("x[j]", "r*s[j]+k*h[j]")
			p.let("x0", "sum(j, y[j]*x[j])")
			square := p.sum(p.all("j", "y[j]*(x[j]-x0)^2 >= 0", func() { p.done([]int{p.positive("y[j]"), p.sq("x[j]-x0")}) }))
			p.line("let c = sum(j, y[j]*s[j]*h[j]) - sum(j, y[j]*s[j])*sum(j, y[j]*h[j])")
			var halves []int
			for _, v := range []string{"s", "h"} {
				half := p.sum(p.all("j", v+"[j]^2*(1/2 - 2*y[j]*(1-y[j])) >= 0", func() { p.done([]int{p.sq(v + "[j]"), p.sq("2*y[j]-1")}) }))
				halves = append(halves, p.comb("sum(j, "+v+"[j]^2)/2 - sum(j, y[j]*"+v+"[j]^2) + sum(j, y[j]*"+v+"[j])^2 >= 0", half, spread(p, "y", v)))
			}
			rr, kk := p.sq("r"), p.sq("k")
			rk := p.comb("r*k > 0", []int{1, 2})
			all := p.comb("r*k*(r*k/2 + c) >= 0", square, []int{halves[0], rr}, []int{halves[1], kk}, []int{3, kk}, []int{4, rr})
			p.done([]int{p.div("r*k/2 + c >= 0", all, rk), 0})
		}))
	},

	"nll.convex-in-weights": func(p *writer) { // ℓ lies above its tangent in the midst
		base(p)
		at := func(x string) (Z, of string) {
			of = "exp(-beta*(F[j]+(" + x + ")*h[j]))"
			return "sum(j, " + of + ")", of
		}
		Zm, wm := at("r*s+(1-r)*t")
		p.both(Zm)
		iz, ib := p.positive("inv("+Zm+")"), p.positive("inv(beta)")
		var above []any
		for i, x := range []string{"s", "t"} {
			Zx, wx := at(x)
			p.both(Zx)
			d := "-beta*((" + x + ") - (r*s+(1-r)*t))"
			k := p.sum(p.all("j", wx+"*inv("+Zx+") - "+wm+"*inv("+Zm+")*(1 + "+d+"*h[j] + ln("+Zm+") - ln("+Zx+")) >= 0", func() {
				p.done([]int{p.exp(d + "*h[j] + ln(" + Zm + ") - ln(" + Zx + ")"), p.expp("-beta*(F[j]+(r*s+(1-r)*t)*h[j])"), iz})
			}))
			above = append(above, []int{k, 1 + i, ib})
		}
		p.done(above...)
	},
	"nll.not-convex-in-weights": func(p *writer) { // e^{−t²} < 1
		u := "1+exp(-t^2)"
		p.both(u)
		p.both("2")
		e := p.comb("1 - exp(-t^2) > 0", []int{p.exp("t^2"), p.expp("-t^2")}, []int{0, p.expp("-t^2")})
		p.done(p.exp("ln("+u+") - ln(2)"), e)
	},
}

// along is e^{−β(F + th)}, and pathZ its sum.
const (
	along = "exp(-beta*(F[j]+t*h[j]))"
	pathZ = "sum(j, " + along + ")"
)

// spread proves (Σ qv)² ≥ 2 Σ q²v² − Σ qv², from q_i q_j (v_i + v_j)² ≥ 0 for all i ≠ j, where q is positive and has the sum 1.
func spread(p *writer, q, v string) int {
	qi, qj, vi, vj := q+"[i]", q+"[j]", v+"[i]", v+"[j]"
	row := p.all("i", "sum(j, (1-d(i,j))*"+qi+"*"+qj+"*("+vi+"+"+vj+")^2) >= 0", func() {
		p.qed(p.sum(p.all("j", "(1-d(i,j))*"+qi+"*"+qj+"*("+vi+"+"+vj+")^2 >= 0", func() {
			p.done([]int{p.sq("1-d(i,j)"), p.positive(qi), p.positive(qj), p.sq(vi + "+" + vj)})
		})))
	})
	k := p.sum(row)
	s := func(t string) string { return "sum(j, " + t + ")" }
	return p.comb(s(qj+"*"+vj)+"^2 - 2*"+s(qj+"^2*"+vj+"^2")+" + "+s(qj+"*"+vj+"^2")+" >= 0", k)
}

// covariance proves Σ qsf − Σ qs·Σ qf ≥ −(b − a)/2, where fact k and the next three say a ≤ f ≤ b and −1 ≤ s ≤ 1, and q is positive
// and has the sum 1: with the mean s₀ of s, (1 + s)(f − a) and (1 − s)(b − f) have means of at least 0, and are weighted by 1 ∓ s₀.
func covariance(p *writer, q, f string, k int) int {
	qj, fj := q+"[j]", f+"[j]"
	mean := func(t string) int {
		return p.sum(p.all("j", qj+"*"+t+" >= 0", func() {
			p.done([]int{p.positive(qj), p.inst(k, "j"), p.inst(k+2, "j")}, []int{p.positive(qj), p.inst(k+1, "j"), p.inst(k+3, "j")},
				[]int{p.positive(qj), p.inst(k+2, "j")}, []int{p.positive(qj), p.inst(k+3, "j")}, []int{p.positive(qj), p.inst(k, "j")}, []int{p.positive(qj), p.inst(k+1, "j")})
		}))
	}
	up, down := mean("(1+s[j])*("+fj+"-a)"), mean("(1-s[j])*(b-"+fj+")")
	low, high, wide := mean("(1+s[j])"), mean("(1-s[j])"), mean("(b-a)")
	s := func(t string) string { return "sum(j, " + t + ")" }
	low = p.comb("1 + "+s(qj+"*s[j]")+" >= 0", low)
	high = p.comb("1 - "+s(qj+"*s[j]")+" >= 0", high)
	wide = p.comb("b - a >= 0", wide)
	return p.comb("(b-a)/2 + "+s(qj+"*s[j]*"+fj)+" - "+s(qj+"*s[j]")+"*"+s(qj+"*"+fj)+" >= 0",
		[]int{up, high}, []int{down, low}, []int{p.sq(s(qj + "*s[j]")), wide})
}
