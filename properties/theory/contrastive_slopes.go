package theory

import (
	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// SOURCE 1.3(e)(3), sentence 2, and (4): what the losses see, and how steep
// they are.
var contrastiveSlopes = []Claim{
	{
		Claim: result.Claim{
			ID: "compare.difference-only", Refs: []string{"C76", "I53", "T1.hinge", "T1.log"}, Where: "SOURCE 1.3(e)(3), sentence 2",
			Says:    "Log and hinge loss see only the difference between the energies of the correct and the incorrect answer.",
			Printed: "For log and hinge loss, … we only see the relative difference between correct and incorrect inputs",
			Why:     "Both are functions of F − F̄. The simple loss is not: F = 0, F̄ = 1, m = 1 costs 0, and raised by 1 it costs 1.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "with(F[j] := F[j] + c: pos(m + F[y] - F[ybar])) = pos(m + F[y] - F[ybar]) and with(F[j] := F[j] + c: log(1 + exp(F[y] - F[ybar]))) = log(1 + exp(F[y] - F[ybar]))",
			fault:   "with(F[j] := F[j] + c: pos(m + F[y] + F[ybar])) = pos(m + F[y] - F[ybar]) and with(F[j] := F[j] + c: log(1 + exp(F[y] - F[ybar]))) = log(1 + exp(F[y] - F[ybar]))",
			over:    shiftedTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.push-unseen", Refs: []string{"C77"}, Where: "SOURCE 1.3(e)(3), sentence 2",
			Says:    "Under log and hinge loss one does not see where either energy is pushed to: the two pushes are equal and opposite, and F + F̄ is not pushed at all.",
			Printed: "we don't see how energy in different types of energy are pushed",
			Why:     "Both losses depend on F − F̄ alone (C76): they speak of how far apart F and F̄ are, and not of where they are, as the sentence before does of the other two, by 0 and m. Which way each is pushed one does see: C60 and C62 have F go down and F̄ up. The simple loss has pushes that differ, ∂ℓ/∂F = 1 beside ∂ℓ/∂F̄ = 0.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(pos(m + F[y] - F[ybar]), F[y]) = -D(pos(m + F[y] - F[ybar]), F[ybar]) and D(log(1 + exp(F[y] - F[ybar])), F[y]) = -D(log(1 + exp(F[y] - F[ybar])), F[ybar])",
			fault:   "D(pos(m + F[y] - F[ybar]), F[y]) = -D(pos(m + F[y] - F[ybar]), F[ybar]) and D(log(1 + exp(F[y] - F[ybar])), F[y]) = D(log(1 + exp(F[y] - F[ybar])), F[ybar])",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.l1-l2", Refs: []string{"C78"}, Where: "SOURCE 1.3(e)(4)",
			Says:    "The simple loss is like L1, the square-square loss like L2: sums of absolute values and of squares of F and m − F̄.",
			Printed: "Simple loss, like L1 loss, … square-square loss (like L2 loss)",
			Why:     "Past its own goal, F < 0 or F̄ > m, each positive part is 0: F = −1 costs nothing, not 1.",
			Verdict: result.HoldsIf,
		},
		Statement: formulas{
			printed:   "pos(F[y]) + pos(m - F[ybar]) = abs(F[y]) + abs(m - F[ybar]) and pos(F[y])^2 + pos(m - F[ybar])^2 = F[y]^2 + (m - F[ybar])^2",
			condition: "F[y] >= 0 and F[ybar] <= m",
			fault:     "pos(F[y]) + pos(m - F[ybar]) = abs(F[y]) + abs(m - F[ybar]) and pos(F[y])^2 + pos(m - F[ybar])^2 = F[y]^2 + (m - F[ybar])",
			over:      anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.simple-vanishing", Refs: []string{"C79", "I70"}, Where: "SOURCE 1.3(e)(4)",
			Says:    "The gradient of the simple loss can vanish: there are violations, F > 0 or F̄ < m, of slope as small as one likes, and so below 1.",
			Printed: "Simple loss, like L1 loss, can lead to vanishing gradient",
			Why:     "“Can” asks for one F > 0 of small slope, and there is none, not even one of slope below 1: at F = 10⁻⁶ it is 1, at F = 1 it is 1. It is 0 only where nothing is left to do, F ≤ 0, as is that of the square: this is not what sets the two apart. The same goes for m − F̄. What is compared is the term before ∂F/∂W, for ∂F/∂W can vanish under every loss. One can also take ∂ℓ/∂W where y and ȳ share one energy W: for 0 < W < m the slopes 1 and −1 cancel, a plateau with the loss at m. But those of the square cancel, too, at W = m/2, with m²/2 left: so this reading does not set the two apart either.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(F[y]), F[y]) < 1 if F[y] > 0",
			corrected: "D(pos(F[y]), F[y]) = 1 if F[y] > 0",
			misprint:  "= → <",
			only:      []string{},
			accident:  []string{"F[y] = 0"},
			fault:     "D(pos(F[y]), F[y]) = 1",
			over:      violated,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.square-not-vanishing", Refs: []string{"C80", "I70", "I74"}, Where: "SOURCE 1.3(e)(4)",
			Says:    "Unlike that of the simple loss, the gradient of the square-square loss does not vanish: at every violation its slope is at least some ε > 0.",
			Printed: "unlike square-square loss (like L2 loss)",
			Why:     "L1 and L2 are exchanged: it is the square whose slope goes to 0, whatever ε, F = ε/4 has the slope ε/2, and so with m − F̄. (It is 0 at no violation; nor is that of the simple loss, and where y and ȳ share one energy the slopes of both can cancel, as C79 says: so this is not what the sentence sets apart.) Far from the goal the square is the stronger one.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(F[y])^2, F[y]) >= eps if F[y] > 0",
			corrected: "D(pos(F[y])^2, F[y]) = 2*F[y] if F[y] > 0",
			only:      []string{"F[y] >= eps/2"},
			accident:  []string{"F[y] = 0"},
			fault:     "D(pos(F[y])^2, F[y]) = F[y] if F[y] > 0",
			over:      slopedTwin,
		},
	},
}

// violated is anyTwin with F > 0 in most cases.
var violated = anyTwin.aimed(func(c twin) twin {
	c.F = max(c.F, -c.F)
	return c
})

// A sloped pair is one beside a bound ε that its slope is alleged to have.
type sloped struct {
	twin
	Eps float64
}

// slopedTwin is the ground of pairs, most of them with F > 0, and an ε > 0.
var slopedTwin = groundOf[sloped]{
	cases: func() (cs []sloped) {
		for _, c := range violated.cases() {
			cs = append(cs, sloped{c, 1}, sloped{c, 1e-6})
		}
		return append(cs, sloped{twin{F: 0.1, M: 1}, 1}, sloped{twin{F: 0.5, M: 1}, 1})
	},
	draw: func(t *rapid.T) sloped {
		return sloped{violated.draw(t), float64(rapid.IntRange(1, 2000).Draw(t, "100 ε")) / 100}
	},
	reach:   reachOf(twinReach, func(c sloped) twin { return c.twin }),
	numbers: func(c sloped) numbers { return c.twin.numbers().with("eps", c.Eps) },
}

// shifted is a pair and what both of its energies are raised by.
type shifted struct {
	twin
	C float64
}

// shiftedTwin is the ground of pairs and a shift c.
var shiftedTwin = groundOf[shifted]{
	cases:   shiftedTwins,
	draw:    drawWith(func(t *rapid.T, c twin) shifted { return shifted{c, decimal(t, 9999, "c")} }),
	reach:   reachOf(twinReach, func(c shifted) twin { return c.twin }),
	numbers: func(c shifted) numbers { return c.twin.numbers().with("c", c.C) },
}

func shiftedTwins() []shifted {
	cs := []shifted{{twin{F: 0, Fbar: 1, M: 1}, 1}}
	for _, c := range twins() {
		cs = append(cs, shifted{c, 1}, shifted{c, -2}, shifted{c, 1e6})
	}
	return cs
}
