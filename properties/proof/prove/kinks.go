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
}
