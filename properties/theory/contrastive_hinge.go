package theory

import (
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(b): ℓ_hinge = [m + F − F̄]⁺.

var contrastiveHinge = []Claim{
	{
		Claim: result.Claim{
			ID: "hinge.definition", Refs: []string{"C58", "T1.hinge"}, Where: "SOURCE 1.3(b), line 1",
			Says:    "The hinge loss is the positive part of m + F − F̄.",
			Printed: "∂ℓ_hinge/∂W = ∂[m + F_W(x,y) − F_W(x,ȳ)]⁺/∂W",
			Formula: "ℓ_hinge = [m + F − F̄]⁺: 0 where F + m ≤ F̄, and what is missing of the margin elsewhere",
			Fault:   "the sign of the margin: [F − F̄ − m]⁺",
			Why:     "The definition, that of Table 1.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showMoving, statement[twin]{
			printed: func(c twin) finding { return isHinge(c, 1) },
			faulty:  func(c twin) finding { return isHinge(c, -1) },
		}),
	},
	{
		Claim: result.Claim{
			ID: "hinge.branch-zero", Refs: []string{"C59", "T1.hinge"}, Where: "SOURCE 1.3(b), line 2, first branch",
			Says:    "The gradient is 0 where the correct answer's energy lies below the incorrect one's by at least the margin.",
			Printed: "∂ℓ_hinge/∂W = 0 if m + F_W(x,y) ≤ F_W(x,ȳ)",
			Formula: "0 if m + F ≤ F̄ (at equality one of the subgradients)",
			Fault:   "the sign of the margin: 0 if F − F̄ ≤ m",
			Why:     "There m + F − F̄ ≤ 0, and its positive part is 0 on that whole side.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showMoving, statement[twin]{
			printed: branch("∂ℓ_hinge/∂W", exact.HingeOf, func(c twin) (exact.Interval, bool) { return x(0), !positive(c.excess()) }),
			faulty: branch("∂ℓ_hinge/∂W", exact.HingeOf, func(c twin) (exact.Interval, bool) {
				return x(0), !positive(x(c.F).Sub(x(c.Fbar)).Sub(x(c.M)))
			}),
		}),
	},
	{
		Claim: result.Claim{
			ID: "hinge.branch-otherwise", Refs: []string{"C60", "T1.hinge", "I53"}, Where: "SOURCE 1.3(b), line 2, second branch",
			Says:    "Elsewhere the gradient is that of the correct answer's energy minus that of the incorrect one's.",
			Printed: "∂ℓ_hinge/∂W = ∂F_W(x,y)/∂W − ∂F_W(x,ȳ)/∂W otherwise",
			Formula: "∂F/∂W − ∂F̄/∂W if m + F > F̄",
			Fault:   "both energies pushed down: ∂F/∂W + ∂F̄/∂W",
			Why:     "There the loss is m + F − F̄ itself.",
			Verdict: result.Holds,
		},
		Statement: overTwins(showMoving, statement[twin]{
			printed: branch("∂ℓ_hinge/∂W", exact.HingeOf, func(c twin) (exact.Interval, bool) { return x(c.S).Sub(x(c.Sbar)), positive(c.excess()) }),
			faulty:  branch("∂ℓ_hinge/∂W", exact.HingeOf, func(c twin) (exact.Interval, bool) { return x(c.S).Add(x(c.Sbar)), positive(c.excess()) }),
		}),
	},
}

// isHinge finds whether [s·m + F − F̄]⁺ is the loss of the table: in value, and
// in its gradient by the slopes of secants.
func isHinge(c twin, s float64) finding {
	F, Fbar := c.moving()
	printed := constant(c.M, 1).Scale(s).Add(F.Sub(Fbar)).Pos()
	missing := x(0)
	if e := c.excess(); positive(e) {
		missing = e
	}
	return all(
		equal("value and what is missing of the margin", printed.V, missing),
		within("gradient and slope of the loss", printed.D[0], c.secants(exact.HingeOf)))
}
