package theory

import (
	"ebmcheck/losses"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(d): ℓ_ss = ([F]⁺)² + ([m − F̄]⁺)². The branches of its second term
// are printed the wrong way round, as in (a), with the opposite consequence.

func rightSquare(m, F, Fbar float64) (g, gbar float64) {
	_, g, gbar = losses.SquareSquare{Margin: m}.Pair(F, Fbar)
	return g, gbar
}

var contrastiveSquare = []Claim{
	{
		Claim: result.Claim{
			ID: "square.sum-of-terms", Refs: []string{"C63", "T1.square-square", "E1", "I73"}, Where: "SOURCE 1.3(d), first display",
			Says:    "The gradient of the square-square loss is the sum of the gradients of its two terms.",
			Why:     "The derivative of a sum; a squared positive part has slope 0 from both sides where it begins.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(square, W) = D(pos(F[y])^2, W) + D(pos(m - F[ybar])^2, W) where square = pos(F[y])^2 + pos(m - F[ybar])^2",
			fault:   "D(square, W) = D(pos(F[y])^2, W) - D(pos(m - F[ybar])^2, W) where square = pos(F[y])^2 + pos(m - F[ybar])^2",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "square.correct-branches", Refs: []string{"C64"}, Where: "SOURCE 1.3(d), first cases",
			Says:    "The first term has gradient 0 where the correct answer's energy is not positive, and 2F times that energy's gradient elsewhere.",
			Why:     "([F]⁺)² is 0 below 0 and F² above, and at 0 both have slope 0.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(pos(F[y])^2, W) = if(F[y] <= 0, 0, 2*F[y]*D(F[y], W))",
			fault:   "D(pos(F[y])^2, W) = if(F[y] <= 0, 0, F[y]*D(F[y], W))",
			over:    anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "square.branch-zero", Refs: []string{"C65", "T1.square-square"}, Where: "SOURCE 1.3(d), second cases, first branch",
			Says:    "The second term has gradient 0 where the incorrect answer's energy is at most the margin.",
			Why:     "Reversed: below the margin the term is (m − F̄)², and falls as F̄ rises. Descent by the printed branch leaves an incorrect energy of 0.5 at 0.5 for ever; by the right one it rises towards m = 1.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(m - F[ybar])^2, W) = 0 if F[ybar] <= m",
			corrected: "D(pos(m - F[ybar])^2, W) = 0 if F[ybar] >= m",
			misprint:  "≥ → ≤",
			only:      []string{"m = F[ybar]", "D(F[ybar], W) = 0"},
			accident:  []string{"D(F[ybar], W) = 0"},
			fault:     "D((m - F[ybar])^2, W) = 0 if F[ybar] >= m",
			over:      anyTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "square.branch-otherwise", Refs: []string{"C66", "T1.square-square"}, Where: "SOURCE 1.3(d), second cases, second branch",
			Says:    "The second term has gradient −2(m − F̄) times that of the energy where the incorrect answer's energy is above the margin.",
			Why:     "Reversed: above the margin the term is 0. Descent by the printed branch pulls an incorrect energy of 3, high enough already, down to m = 1: the opposite failure of the simple loss, which runs away.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(pos(m - F[ybar])^2, W) = -2*(m - F[ybar])*D(F[ybar], W) if F[ybar] > m",
			corrected: "D(pos(m - F[ybar])^2, W) = -2*(m - F[ybar])*D(F[ybar], W) if F[ybar] < m",
			misprint:  "< → >",
			only:      []string{"D(F[ybar], W) = 0"},
			accident:  []string{"m = F[ybar]", "D(F[ybar], W) = 0"},
			fault:     "D(pos(m - F[ybar])^2, W) = 2*(m - F[ybar])*D(F[ybar], W) if F[ybar] < m",
			over:      highTwin,
		},
		Paths: func() []result.Path {
			return pushes(0, 3, rule{"square-square loss by the printed branches", printedSquare}, rule{"square-square loss by the right ones", rightSquare})
		},
	},
}
