package theory

import (
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(d): ℓ_ss = ([F]⁺)² + ([m − F̄]⁺)². The branches of its second term
// are printed the wrong way round, as in (a), with the opposite consequence.

func pushDownSquared(m, F, Fbar exact.Dual) exact.Dual {
	e := pushDown(m, F, Fbar)
	return e.Mul(e)
}

func pullUpSquared(m, F, Fbar exact.Dual) exact.Dual {
	e := pullUp(m, F, Fbar)
	return e.Mul(e)
}

// printedSquare is ∂ℓ/∂F and ∂ℓ/∂F̄ of the square-square loss as the source
// prints them.
func printedSquare(m, F, Fbar float64) (g, gbar float64) {
	if !(F <= 0) {
		g = 2 * F
	}
	if !(Fbar <= m) {
		gbar = -2 * (m - Fbar)
	}
	return g, gbar
}

func rightSquare(m, F, Fbar float64) (g, gbar float64) {
	_, g, gbar = losses.SquareSquare{Margin: m}.Pair(F, Fbar)
	return g, gbar
}

// steep is −2(m − F̄) ∂F̄/∂W.
func steep(c twin) exact.Interval {
	return x(c.M).Sub(x(c.Fbar)).Mul(x(c.Sbar)).Scale(-2)
}

var contrastiveSquare = []Claim{
	{
		Claim: result.Claim{
			ID: "square.sum-of-terms", Refs: []string{"C63", "T1.square-square", "E1", "I73"}, Where: "SOURCE 1.3(d), first display",
			Says:    "The gradient of the square-square loss is the sum of the gradients of its two terms.",
			Printed: "∂ℓ_ss/∂W = ∂(F_W(x,y)⁺)²/∂W + ∂[((m − F_W(x,ȳ))⁺)²]/∂W",
			Formula: "∂ℓ_ss/∂W = ∂([F]⁺)²/∂W + ∂([m − F̄]⁺)²/∂W everywhere: there is no kink",
			Fault:   "the second term subtracted, as Table 1 misprints it (erratum 1)",
			Why:     "The derivative of a sum; a squared positive part has slope 0 from both sides where it begins.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showMoving, statement[twin]{
			printed: func(c twin) finding {
				sum := c.gradient(pushDownSquared).Add(c.gradient(pullUpSquared))
				return all(
					that("one slope, not a range", sum.Agrees(sum, agree), sum, "a number"),
					within("sum of the terms' gradients and slope of the loss", sum, c.secants(exact.SquareSquareOf)))
			},
			faulty: func(c twin) finding {
				return within("difference of the terms' gradients and slope of the loss", c.gradient(pushDownSquared).Sub(c.gradient(pullUpSquared)), c.secants(exact.SquareSquareOf))
			},
		}),
	},
	{
		Claim: result.Claim{
			ID: "square.correct-branches", Refs: []string{"C64"}, Where: "SOURCE 1.3(d), first cases",
			Says:    "The first term has gradient 0 where the correct answer's energy is not positive, and 2F times that energy's gradient elsewhere.",
			Printed: "∂(F_W(x,y)⁺)²/∂W = 0 if F_W(x,y) ≤ 0; 2F_W(x,y) ∂F_W(x,y)/∂W otherwise",
			Formula: "∂([F]⁺)²/∂W = 0 if F ≤ 0, 2F ∂F/∂W if F > 0",
			Fault:   "2F ∂F/∂W for every F: the gradient of the tutorial's F², which is another loss",
			Why:     "([F]⁺)² is 0 below 0 and F² above, and at 0 both have slope 0.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showCorrect, statement[twin]{
			printed: branch("∂([F]⁺)²/∂W", pushDownSquared, func(c twin) (exact.Interval, bool) {
				if c.F <= 0 {
					return x(0), true
				}
				return x(c.F).Mul(x(c.S)).Scale(2), true
			}),
			faulty: branch("∂([F]⁺)²/∂W", pushDownSquared, func(c twin) (exact.Interval, bool) {
				return x(c.F).Mul(x(c.S)).Scale(2), true
			}),
		}),
	},
	{
		Claim: result.Claim{
			ID: "square.branch-zero", Refs: []string{"C65", "T1.square-square"}, Where: "SOURCE 1.3(d), second cases, first branch",
			Says:    "The second term has gradient 0 where the incorrect answer's energy is at most the margin.",
			Printed: "∂[((m − F_W(x,ȳ))⁺)²]/∂W = 0 if F_W(x,ȳ) ≤ m",
			Formula: "∂([m − F̄]⁺)²/∂W = 0 if F̄ ≥ m",
			Fault:   "the printed form itself",
			Why:     "Reversed: below the margin the term is (m − F̄)², and falls as F̄ rises. Descent by the printed branch leaves an incorrect energy of 0.5 at 0.5 for ever; by the right one it rises towards m = 1.",
			Verdict: result.IsRefuted,
		},
		Statement: overDescents(true, statement[descent]{
			printed: onTwin(branch("∂([m − F̄]⁺)²/∂W", pullUpSquared, func(c twin) (exact.Interval, bool) { return x(0), c.Fbar <= c.M })),
			corrected: onBoth(
				branch("∂([m − F̄]⁺)²/∂W", pullUpSquared, func(c twin) (exact.Interval, bool) { return x(0), c.Fbar >= c.M }),
				func(c descent) finding { return c.rises(printedSquare, rightSquare) }),
		}),
	},
	{
		Claim: result.Claim{
			ID: "square.branch-otherwise", Refs: []string{"C66", "T1.square-square"}, Where: "SOURCE 1.3(d), second cases, second branch",
			Says:    "The second term has gradient −2(m − F̄) times that of the energy where the incorrect answer's energy is above the margin.",
			Printed: "∂[((m − F_W(x,ȳ))⁺)²]/∂W = −2(m − F_W(x,ȳ)) ∂F_W(x,ȳ)/∂W otherwise (F_W(x,ȳ) > m)",
			Formula: "∂([m − F̄]⁺)²/∂W = −2(m − F̄) ∂F̄/∂W if F̄ < m",
			Fault:   "the printed form itself",
			Why:     "Reversed: above the margin the term is 0. Descent by the printed branch pulls an incorrect energy of 3, high enough already, down to m = 1: the opposite failure of the simple loss, which runs away.",
			Verdict: result.IsRefuted,
		},
		Statement: overDescents(true, statement[descent]{
			printed: onTwin(branch("∂([m − F̄]⁺)²/∂W", pullUpSquared, func(c twin) (exact.Interval, bool) { return steep(c), c.Fbar > c.M })),
			corrected: onBoth(
				branch("∂([m − F̄]⁺)²/∂W", pullUpSquared, func(c twin) (exact.Interval, bool) { return steep(c), c.Fbar < c.M }),
				func(c descent) finding { return c.strays(printedSquare, rightSquare) }),
		}),
	},
}
