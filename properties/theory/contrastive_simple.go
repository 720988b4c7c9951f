package theory

import (
	"ebmcheck/losses"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(a): ℓ_simple = [F]⁺ + [m − F̄]⁺. The branches of its second term
// are printed the wrong way round.

func rightSimple(m, F, Fbar float64) (g, gbar float64) {
	_, g, gbar = losses.Simple{Margin: m}.Pair(F, Fbar)
	return g, gbar
}

var contrastiveSimple = []Claim{
	{
		Claim: result.Claim{
			ID: "simple.sum-of-terms", Refs: []string{"C54"}, Where: "SOURCE 1.3(a), first display",
			Says:    "The gradient of the simple loss is the sum of the gradients of its two terms.",
			Why:     "The derivative of a sum; both terms are convex in the energies, so at F = 0 and F̄ = m it holds for subgradients.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(simple, W) = D(pos(F[y]), W) + D(pos(m - F[ybar]), W) where simple = pos(F[y]) + pos(m - F[ybar])",
			fault:   "D(simple, W) = D(pos(F[y]), W) - D(pos(m - F[ybar]), W) where simple = pos(F[y]) + pos(m - F[ybar])",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "simple.correct-branches", Refs: []string{"C55"}, Where: "SOURCE 1.3(a), first cases",
			Says:    "The first term has gradient 0 where the correct answer's energy is not positive, and that energy's gradient elsewhere.",
			Why:     "[F]⁺ is 0 below 0 and F above. At F = 0 its slopes are 0 on one side and ∂F/∂W on the other, and 0 is a subgradient.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(pos(F[y]), W) = if(F[y] <= 0, 0, D(F[y], W))",
			fault:   "D(pos(F[y]), W) = if(F[y] >= 0, 0, D(F[y], W))",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "simple.branch-zero", Refs: []string{"C56"}, Where: "SOURCE 1.3(a), second cases, first branch",
			Says:    "The second term has gradient 0 where the incorrect answer's energy is at most the margin.",
			Why:     "Reversed: below the margin the term is m − F̄, with slope −∂F̄/∂W. Descent by the printed branch leaves an incorrect energy of 0.5 at 0.5 for ever; by the right one it rises to m = 1.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(m - F[ybar]), W) = 0 if m >= F[ybar]",
			corrected: "D(pos(m - F[ybar]), W) = 0 if m <= F[ybar]",
			misprint:  "≤ → ≥",
			only:      []string{"m = F[ybar]", "D(F[ybar], W) = 0"},
			accident:  []string{"D(F[ybar], W) = 0"},
			fault:     "D(abs(m - F[ybar]), W) = 0 if m <= F[ybar]",
			over:      anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "simple.branch-otherwise", Refs: []string{"C57"}, Where: "SOURCE 1.3(a), second cases, second branch",
			Says:    "The second term has minus the energy's gradient where the incorrect answer's energy is above the margin.",
			Why:     "Reversed: above the margin the term is 0. Descent by the printed branch drives an incorrect energy that is high enough already away without end: from 1.5 to 21.5 in 200 steps of 0.1.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(m - F[ybar]), W) = -D(F[ybar], W) if m < F[ybar]",
			corrected: "D(pos(m - F[ybar]), W) = -D(F[ybar], W) if m > F[ybar]",
			misprint:  "> → <",
			only:      []string{"D(F[ybar], W) = 0"},
			accident:  []string{"m = F[ybar]", "D(F[ybar], W) = 0"},
			fault:     "D(pos(m - F[ybar]), W) = D(F[ybar], W) if m > F[ybar]",
			over:      highTwin,
		},
		Paths: func() []result.Path {
			return pushes(0, 1.5, rule{"simple loss by the printed branches", printedSimple}, rule{"simple loss by the right ones", rightSimple})
		},
	},
}
