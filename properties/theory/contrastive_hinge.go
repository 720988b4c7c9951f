package theory

import (
	"ebmcheck/properties/result"
)

// SOURCE 1.3(b): ℓ_hinge = [m + F − F̄]⁺.

var contrastiveHinge = []Claim{
	{
		Claim: result.Claim{
			ID: "hinge.definition", Refs: []string{"C58", "T1.hinge"}, Where: "SOURCE 1.3(b), line 1",
			Says:    "The hinge loss is the positive part of m + F − F̄.",
			Why:     "The definition, that of Table 1.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(hinge, W) = D(pos(m + F[y] - F[ybar]), W) and hinge = pos(m + F[y] - F[ybar]) where hinge = if(m + F[y] <= F[ybar], 0, m + F[y] - F[ybar])",
			fault:   "D(hinge, W) = D(pos(m + F[y] - F[ybar]), W) and hinge = pos(m + F[y] + F[ybar]) where hinge = if(m + F[y] <= F[ybar], 0, m + F[y] - F[ybar])",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "hinge.branch-zero", Refs: []string{"C59", "T1.hinge"}, Where: "SOURCE 1.3(b), line 2, first branch",
			Says:    "The gradient is 0 where the correct answer's energy lies below the incorrect one's by at least the margin.",
			Why:     "There m + F − F̄ ≤ 0, and its positive part is 0 on that whole side.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:  "D(pos(m + F[y] - F[ybar]), W) = 0 if m + F[y] <= F[ybar]",
			accident: []string{"D(F[y], W) = D(F[ybar], W)"},
			fault:    "D(pos(m + F[y] - F[ybar]), W) = 0 if F[y] <= F[ybar]",
			over:     metTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "hinge.branch-otherwise", Refs: []string{"C60", "T1.hinge", "I53"}, Where: "SOURCE 1.3(b), line 2, second branch",
			Says:    "Elsewhere the gradient is that of the correct answer's energy minus that of the incorrect one's.",
			Why:     "There the loss is m + F − F̄ itself.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:  "D(pos(m + F[y] - F[ybar]), W) = D(F[y], W) - D(F[ybar], W) if m + F[y] > F[ybar]",
			accident: []string{"m + F[y] = F[ybar]", "D(F[y], W) = D(F[ybar], W)"},
			fault:    "D(pos(m + F[y] - F[ybar]), W) = D(F[y], W) + D(F[ybar], W) if m + F[y] > F[ybar]",
			over:     anyTwin,
		},
	},
}
