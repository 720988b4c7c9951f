package theory

import (
	"fmt"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(a): ℓ_simple = [F]⁺ + [m − F̄]⁺. The branches of its second term
// are printed the wrong way round.

// pushDown is [F]⁺ and pullUp is [m − F̄]⁺: what the simple loss adds, and the
// square-square loss squares and adds.
func pushDown(_, F, _ exact.Dual) exact.Dual  { return F.Pos() }
func pullUp(m, _, Fbar exact.Dual) exact.Dual { return m.Sub(Fbar).Pos() }

func showCorrect(c twin) string {
	return fmt.Sprintf("F=%s, ∂F/∂W=%s", result.Decimal(c.F), result.Decimal(c.S))
}

func showIncorrect(c descent) string {
	return fmt.Sprintf("F̄=%s, m=%s, ∂F̄/∂W=%s", result.Decimal(c.Fbar), result.Decimal(c.M), result.Decimal(c.Sbar))
}

// printedSimple is ∂ℓ/∂F and ∂ℓ/∂F̄ of the simple loss as the source prints them.
func printedSimple(m, F, Fbar float64) (g, gbar float64) {
	if !(F <= 0) {
		g = 1
	}
	if !(m >= Fbar) {
		gbar = -1
	}
	return g, gbar
}

func rightSimple(m, F, Fbar float64) (g, gbar float64) {
	_, g, gbar = losses.Simple{Margin: m}.Pair(F, Fbar)
	return g, gbar
}

var contrastiveSimple = []Claim{
	{
		Claim: result.Claim{
			ID: "simple.sum-of-terms", Refs: []string{"C54"}, Where: "SOURCE 1.3(a), first display",
			Says:    "The gradient of the simple loss is the sum of the gradients of its two terms.",
			Printed: "∂ℓ_simple/∂W = ∂F_W(x,y)⁺/∂W + ∂[m − F_W(x,ȳ)]⁺/∂W",
			Formula: "∂ℓ_simple/∂W = ∂[F]⁺/∂W + ∂[m − F̄]⁺/∂W; at a kink the subdifferentials add up",
			Fault:   "the second term subtracted",
			Why:     "The derivative of a sum; both terms are convex in the energies, so at F = 0 and F̄ = m it holds for subgradients.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showMoving, statement[twin]{
			printed: func(c twin) finding {
				return within("sum of the terms' gradients and slope of the loss", c.gradient(pushDown).Add(c.gradient(pullUp)), c.secants(exact.SimpleOf))
			},
			faulty: func(c twin) finding {
				return within("difference of the terms' gradients and slope of the loss", c.gradient(pushDown).Sub(c.gradient(pullUp)), c.secants(exact.SimpleOf))
			},
		}),
	},
	{
		Claim: result.Claim{
			ID: "simple.correct-branches", Refs: []string{"C55"}, Where: "SOURCE 1.3(a), first cases",
			Says:    "The first term has gradient 0 where the correct answer's energy is not positive, and that energy's gradient elsewhere.",
			Printed: "∂F_W(x,y)⁺/∂W = 0 if F_W(x,y) ≤ 0; ∂F_W(x,y)/∂W otherwise",
			Formula: "∂[F]⁺/∂W = 0 if F ≤ 0 (at F = 0 one of the subgradients), ∂F/∂W if F > 0",
			Fault:   "the branches reversed: 0 if F ≥ 0",
			Why:     "[F]⁺ is 0 below 0 and F above. At F = 0 its slopes are 0 on one side and ∂F/∂W on the other, and 0 is a subgradient.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showCorrect, statement[twin]{
			printed: branch("∂[F]⁺/∂W", pushDown, func(c twin) (exact.Interval, bool) {
				if c.F <= 0 {
					return x(0), true
				}
				return x(c.S), true
			}),
			faulty: branch("∂[F]⁺/∂W", pushDown, func(c twin) (exact.Interval, bool) {
				if c.F >= 0 {
					return x(0), true
				}
				return x(c.S), true
			}),
		}),
	},
	{
		Claim: result.Claim{
			ID: "simple.branch-zero", Refs: []string{"C56"}, Where: "SOURCE 1.3(a), second cases, first branch",
			Says:    "The second term has gradient 0 where the incorrect answer's energy is at most the margin.",
			Printed: "∂[m − F_W(x,ȳ)]⁺/∂W = 0 if m ≥ F_W(x,ȳ)",
			Formula: "∂[m − F̄]⁺/∂W = 0 if F̄ ≥ m",
			Fault:   "the printed form itself",
			Why:     "Reversed: below the margin the term is m − F̄, with slope −∂F̄/∂W. Descent by the printed branch leaves an incorrect energy of 0.5 at 0.5 for ever; by the right one it rises to m = 1.",
			Verdict: result.IsRefuted,
		},
		Statement: overDescents(false, statement[descent]{
			printed: onTwin(branch("∂[m − F̄]⁺/∂W", pullUp, func(c twin) (exact.Interval, bool) { return x(0), c.M >= c.Fbar })),
			corrected: onBoth(
				branch("∂[m − F̄]⁺/∂W", pullUp, func(c twin) (exact.Interval, bool) { return x(0), c.Fbar >= c.M }),
				func(c descent) finding { return c.rises(printedSimple, rightSimple) }),
		}),
	},
	{
		Claim: result.Claim{
			ID: "simple.branch-otherwise", Refs: []string{"C57"}, Where: "SOURCE 1.3(a), second cases, second branch",
			Says:    "The second term has minus the energy's gradient where the incorrect answer's energy is above the margin.",
			Printed: "∂[m − F_W(x,ȳ)]⁺/∂W = −∂F_W(x,ȳ)/∂W otherwise (F_W(x,ȳ) > m)",
			Formula: "∂[m − F̄]⁺/∂W = −∂F̄/∂W if F̄ < m",
			Fault:   "the printed form itself",
			Why:     "Reversed: above the margin the term is 0. Descent by the printed branch drives an incorrect energy that is high enough already away without end: from 1.5 to 21.5 in 200 steps of 0.1.",
			Verdict: result.IsRefuted,
		},
		Statement: overDescents(false, statement[descent]{
			printed: onTwin(branch("∂[m − F̄]⁺/∂W", pullUp, func(c twin) (exact.Interval, bool) { return x(c.Sbar).Neg(), c.Fbar > c.M })),
			corrected: onBoth(
				branch("∂[m − F̄]⁺/∂W", pullUp, func(c twin) (exact.Interval, bool) { return x(c.Sbar).Neg(), c.Fbar < c.M }),
				func(c descent) finding { return c.strays(printedSimple, rightSimple) }),
		}),
	},
}
