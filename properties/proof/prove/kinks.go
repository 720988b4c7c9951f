package prove

// kinksTactics are proofs about [t]⁺ on the two sides of its kink.
var kinksTactics = map[string]func(*writer){
	"square.slope-jumps-from-0": func(p *writer) {
		posBelow(p, "F", p.comb("-F >= 0", 0))
		byFacts(p)
	},
	"pos.lipschitz": byCells(nil, "u", "v", "u-v"),
	"pos.kink": func(p *writer) {
		posAbove(p, "t", p.comb("t >= 0", 0))
		posBelow(p, "-t", p.comb("t >= 0", 0))
		byFacts(p)
	},
	"simple.lipschitz": func(p *writer) { p.done(posApart(p, "u", "F", "u-F"), posApart(p, "m-v", "m-Fbar", "Fbar-v")) },
	"hinge.lipschitz":  func(p *writer) { p.done(posApart(p, "m+u-v", "m+F-Fbar", "u-F", "Fbar-v")) },
	"lvq2.lipschitz": func(p *writer) {
		less := posApart(p, "u-v", "F-Fbar", "u-F", "Fbar-v")
		p.done(posBelowSum(p, "M-pos(F-Fbar)", []string{"M-pos(u-v)", "u-F", "Fbar-v"}, less))
	},
	"lvq2.kink": func(p *writer) {
		const t, most = 0, 1
		posAbove(p, "t", p.comb("t >= 0", t))
		posBelow(p, "-t", p.comb("t >= 0", t))
		posAbove(p, "M-pos(t)", p.comb("M - pos(t) >= 0", most))
		posAbove(p, "M-pos(-t)", p.comb("M - pos(-t) >= 0", t, most))
		byFacts(p)
	},
	"perceptron.lipschitz": func(p *writer) { // G_y − F_y ≤ c, and F_i − G_k ≤ F_k − G_k ≤ c
		p.done(p.inst(0, "y"), p.inst(1, "k"), p.inst(2, "k"))
	},
	"perceptron.two-answers": byCells(nil, "F-Fbar", "Fbar-F"),

	"nll.slopes": func(p *writer) { base(p); p.done() },
	"mee.slopes": func(p *writer) {
		base(p)
		p.delta("i", "y", "exp(-beta*F[y])")
		p.done()
	},
	"log.slopes": func(p *writer) {
		sigmoidOfMinus(p, "F-Fbar")
		for !p.Proved() {
			p.done()
		}
	},
}

// posApart proves pos(t) − pos(s) ≤ Σ pos of parts, where t − s is the sum of the parts.
func posApart(p *writer, t, s string, parts ...string) int {
	return posBelowSum(p, t, append([]string{s}, parts...))
}

// posBelowSum proves pos(t) ≤ Σ pos of parts, where t is at most that by what each pos is at least and by hints: the sum is at least 0, too.
func posBelowSum(p *writer, t string, parts []string, hints ...any) int {
	sum := ""
	var above []any
	for _, part := range parts {
		sum += " + pos(" + part + ")"
		k := p.pos(part)
		above = append(above, k)
		hints = append(hints, k, k+1)
	}
	sum = sum[3:]
	zero := p.comb(sum+" >= 0", above...)
	least := p.comb(sum+" - ("+t+") >= 0", hints...)
	k := p.pos(t)
	return p.have(sum+" - pos("+t+") >= 0", func() {
		p.cases(sum+" - pos("+t+")", func(h int) { p.qed(h) }, func(h int) { // else pos(t) > 0, so that it is t
			p.div("pos("+t+") - ("+t+") = 0", k+2, p.comb("pos("+t+") > 0", h, zero))
			p.absurd(p.comb("0 > 0", h, least))
		})
	})
}
