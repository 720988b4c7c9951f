package prove

// chainsTactics are proofs about the passes along a chain.
var chainsTactics = map[string]func(*writer){
	"chain.sum-step": func(p *writer) {
		s := "sum(i, exp(-beta*(A[i]+B[i])))"
		p.inv("beta", 0)
		l := p.ln(s, p.positive(s))
		e := expEq(p, "-beta*g + beta*inv(beta)*ln("+s+")", "-beta*g + ln("+s+")")
		p.line("comb 1 @ %d ; exp(-beta*g) @ %d", e, l)
		p.done()
	},
	"chain.least-step": func(p *writer) { p.done(0, p.inst(1, "k")) },
	"chain.too-many": func(p *writer) {
		for !p.Proved() {
			p.done(p.expp("0"))
		}
	},
}
