package theory

import (
	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
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
			printed: "with(F[j] := F[j] + c: hinge) = hinge and with(F[j] := F[j] + c: logistic) = logistic where hinge = pos(m + F[y] - F[ybar]), logistic = log(1 + exp(F[y] - F[ybar]))",
			fault:   "with(F[j] := F[j] + c: hinge) = hinge and with(F[j] := F[j] + c: logistic) = logistic where hinge = pos(m + F[y] + F[ybar]), logistic = log(1 + exp(F[y] - F[ybar]))",
			over:    shiftedTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.push-unseen", Refs: []string{"C77"}, Where: "SOURCE 1.3(e)(3), sentence 2",
			Says:    "For log and hinge loss one does not see how the energies are pushed.",
			Printed: "we don't see how energy in different types of energy are pushed",
			Formula: "∂ℓ/∂F = −∂ℓ/∂F̄ ≥ 0 for both: the correct energy is pushed down, the incorrect one up, by the same amount",
			Why:     "What one sees is not checkable. The source's own (b) and (c) do show it (C60, C62); only where the two energies end up is left open.",
			Verdict: result.NotCheckable,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.l1-l2", Refs: []string{"C78"}, Where: "SOURCE 1.3(e)(4)",
			Says:    "The simple loss is like L1, the square-square loss like L2: sums of absolute values and of squares of F and m − F̄.",
			Printed: "Simple loss, like L1 loss, … square-square loss (like L2 loss)",
			Why:     "The positive parts cut off the other side: F = −1 costs nothing, not 1.",
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
			Says:    "The gradient of the simple loss can vanish: while F > 0 or F̄ < m, its slope fades as the violation does.",
			Printed: "Simple loss, like L1 loss, can lead to vanishing gradient",
			Formula: "∂ℓ_simple/∂F = 1 wherever F > 0, and ∂ℓ_simple/∂F̄ = −1 wherever F̄ < m, however small the violation; 0 is a subgradient only where F ≤ 0 and F̄ ≥ m",
			Fault:   "the printed form itself",
			Why:     "The slope of L1 does not depend on the distance: at F = 10⁻⁶ it is 1. It is 0 only where there is nothing left to learn.",
			Verdict: result.IsRefuted,
		},
		Statement: beginning(violated, overTwins(showMargin, statement[twin]{
			printed: func(c twin) finding {
				return c.eachViolation(exact.SimpleOf, func(_, slope, later exact.Interval) finding {
					return less("slope at a millionth of the violation, and at the violation", later, slope)
				})
			},
			corrected: func(c twin) finding {
				return all(c.restsWhenSatisfied(exact.SimpleOf), c.eachViolation(exact.SimpleOf, func(_, slope, later exact.Interval) finding {
					return all(equal("slope and 1", slope, x(1)), equal("slope at a millionth of the violation and 1", later, x(1)))
				}))
			},
		})),
	},
	{
		Claim: result.Claim{
			ID: "compare.square-not-vanishing", Refs: []string{"C80", "I70", "I74"}, Where: "SOURCE 1.3(e)(4)",
			Says:    "Unlike that of the simple loss, the gradient of the square-square loss does not vanish.",
			Printed: "unlike square-square loss (like L2 loss)",
			Formula: "|∂ℓ_ss/∂F| = 2F wherever F > 0, and |∂ℓ_ss/∂F̄| = 2(m − F̄) wherever F̄ < m: it fades with the violation, and is weaker than that of the simple loss where the violation is below ½. Both losses are at rest on the same set, F ≤ 0 and F̄ ≥ m",
			Fault:   "the printed form itself",
			Why:     "L1 and L2 are exchanged: it is the square whose slope goes to 0, at F = 10⁻⁶ it is 2·10⁻⁶. Far from the goal the square is the stronger one.",
			Verdict: result.IsRefuted,
		},
		Statement: beginning(violated, overTwins(showMargin, statement[twin]{
			printed: func(c twin) finding {
				return c.eachViolation(exact.SquareSquareOf, func(_, slope, later exact.Interval) finding {
					return atMost("slope at the violation, and at a millionth of it", slope, later)
				})
			},
			corrected: func(c twin) finding {
				return all(c.restsWhenSatisfied(exact.SquareSquareOf), c.eachViolation(exact.SquareSquareOf, func(v, slope, later exact.Interval) finding {
					return all(
						equal("slope and 2v", slope, v.Scale(2)),
						equal("slope at a millionth of the violation and 2v/10⁶", later, v.Scale(2).Div(x(1e6))),
						that("weaker than slope 1, and v < ½", slope.Less(x(1)) == v.Less(x(0.5)), slope, v))
				}))
			},
		})),
	},
}

// violated is a correct energy of 1 that should be 0, beside an incorrect one
// that is where it should be.
var violated = twin{F: 1, Fbar: 2, M: 1}

// eachViolation finds what slope says of every violation v > 0 of the pair, F
// and m − F̄: of the steepness of the loss there, and at v/10⁶.
func (c twin) eachViolation(l pairLoss, slope func(v, slope, later exact.Interval) finding) finding {
	m := x(c.M)
	steepness := func(F, Fbar exact.Interval) []exact.Interval {
		D := l(exact.Const(m, 2), exact.Var(F, 0, 2), exact.Var(Fbar, 1, 2)).D
		return []exact.Interval{D[0].Abs(), D[1].Abs()}
	}
	v := []exact.Interval{x(c.F), m.Sub(x(c.Fbar))}
	million := x(1e6)
	here, later := steepness(x(c.F), x(c.Fbar)), steepness(v[0].Div(million), m.Sub(v[1].Div(million)))
	var fs []finding
	for i := range v {
		if positive(v[i]) {
			fs = append(fs, slope(v[i], here[i], later[i]))
		}
	}
	if fs == nil {
		return nothing("nothing is violated")
	}
	return all(fs...)
}

// restsWhenSatisfied finds whether 0 is a subgradient of the loss in both
// energies exactly where F ≤ 0 and F̄ ≥ m.
func (c twin) restsWhenSatisfied(l pairLoss) finding {
	F, Fbar := c.free()
	D := l(constant(c.M, 2), F, Fbar).D
	rests, satisfied := D[0].ContainsZero() && D[1].ContainsZero(), c.F <= 0 && c.Fbar >= c.M
	return that("at rest, and satisfied", rests == satisfied, rests, satisfied)
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
