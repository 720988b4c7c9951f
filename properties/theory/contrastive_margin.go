package theory

import (
	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(e)(2): the phantom margin. The log loss has no m, so nothing
// happens to it as m → ∞ or m → 0; what takes its coefficient σ(d) to 0 or to
// 1 is d = F − F̄ alone.

// logCoefficient is ∂ℓ_log/∂F = σ(d), "the term before the gradient".
func logCoefficient(c twin) exact.Interval {
	F, Fbar := c.free()
	return exact.LogOf(F, Fbar).D[0]
}

// softCoefficient is the coefficient σ(m + d) of a log loss with a margin,
// ln(1 + e^{m + F − F̄}).
func softCoefficient(c twin) exact.Interval {
	F, Fbar := c.free()
	return exact.SoftHingeOf(constant(1, 2), constant(c.M, 2), F, Fbar).D[0]
}

// hingeCoefficient is ∂ℓ_hinge/∂F: 0 in the first case, 1 in the second.
func hingeCoefficient(c twin) exact.Interval {
	F, Fbar := c.free()
	return exact.HingeOf(constant(c.M, 2), F, Fbar).D[0]
}

// gap returns d = F − F̄.
func (c twin) gap() exact.Interval { return x(c.F).Sub(x(c.Fbar)) }

// sigmoid returns σ(t) = 1/(1 + e^{−t}).
func sigmoid(t exact.Interval) exact.Interval { return exact.MCEOf(t, x(0)) }

var contrastiveMargin = []Claim{
	{
		Claim: result.Claim{
			ID: "compare.log-margin-to-infinity", Refs: []string{"C70", "T1.log", "I69"}, Where: "SOURCE 1.3(e)(2), sentence 1",
			Says:    "As m → ∞ the coefficient of the log loss tends to 0.",
			Printed: "As m → ∞, the term before the gradient in log loss tends to 0",
			Formula: "the coefficient is σ(d) > 0 whatever m; |σ(d) − 1[d > 0]| ≤ e^{−|d|} for d ≠ 0: it tends to 0 as d → −∞. With a margin, ln(1 + e^{m+d}), it is σ(m + d) and tends to 1 as m → ∞: 1 − σ(m + d) ≤ e^{−(m+d)}",
			Fault:   "the printed form itself",
			Why:     "There is no m in ln(1 + e^d): at d = 0 the coefficient is 1/2 for every m. Put one in, and the coefficient goes to 1, not to 0.",
			Verdict: result.IsRefuted,
		},
		Statement: overTwins(showMargin, statement[twin]{
			printed: func(c twin) finding {
				return equal("lim_{m→∞} of the coefficient, which has no m, and 0", logCoefficient(c), x(0))
			},
			corrected: func(c twin) finding {
				d, s, step := c.gap(), logCoefficient(c), x(0)
				if positive(d) {
					step = x(1)
				}
				with, e := softCoefficient(c), c.excess()
				fs := []finding{
					equal("coefficient and σ(d)", s, sigmoid(d)), less("0 and coefficient", x(0), s),
					atMost("1 − σ(m + d) and e^{−(m+d)}", x(1).Sub(with), e.Neg().Exp())}
				if c.F != c.Fbar {
					fs = append(fs, atMost("|σ(d) − 1[d > 0]| and e^{−|d|}", s.Sub(step).Abs(), d.Abs().Neg().Exp()))
				}
				return all(fs...)
			},
		}),
	},
	{
		Claim: result.Claim{
			ID: "compare.log-like-hinge-first", Refs: []string{"C71", "T1.log", "T1.hinge", "I59"}, Where: "SOURCE 1.3(e)(2), sentence 1",
			Says:    "As m → ∞ the log loss comes to look like the hinge loss: for a given pair their coefficients agree once m is large.",
			Printed: "which makes log loss looks like hinge loss in the first case (F_W(x,y) − F_W(x,ȳ) ≤ −m)",
			Formula: "where d ≤ −m: σ(d) ≤ σ(−m) ≤ e^{−m}, against 0. The loss that looks like hinge everywhere has m and β in it: 0 ≤ (1/β) ln(1 + e^{β(m+d)}) − [m + d]⁺ ≤ ln 2/β",
			Fault:   "the printed form itself",
			Why:     "As m grows past −d a pair leaves the first case: the hinge's coefficient becomes 1, that of the log loss stays σ(d). (Only for pairs that stay there, d ≤ −m → −∞, do both tend to 0.)",
			Verdict: result.IsRefuted,
		},
		Statement: beginning(twin{F: -3, M: 10, Beta: 1}, overTwins(showMargin, statement[twin]{
			printed: func(c twin) finding {
				if !positive(c.excess()) {
					return nothing("m is not yet past −d")
				}
				return equal("coefficients of log and hinge loss for m > −d", logCoefficient(c), hingeCoefficient(c))
			},
			corrected: func(c twin) finding {
				beta, m, F, Fbar := x(c.Beta), x(c.M), x(c.F), x(c.Fbar)
				over := exact.SoftHingeOf(beta, m, F, Fbar).Sub(exact.HingeOf(m, F, Fbar))
				fs := []finding{atMost("0 and soft hinge − hinge", x(0), over), atMost("soft hinge − hinge and ln 2/β", over, x(2).Log().Div(beta))}
				if !positive(c.excess()) {
					fs = append(fs, atMost("σ(d) and σ(−m)", logCoefficient(c), sigmoid(m.Neg())), atMost("σ(−m) and e^{−m}", sigmoid(m.Neg()), m.Neg().Exp()))
				}
				return all(fs...)
			},
		})),
	},
	{
		Claim: result.Claim{
			ID: "compare.log-margin-to-zero", Refs: []string{"C72", "T1.log", "I61"}, Where: "SOURCE 1.3(e)(2), sentence 2",
			Says:    "As m → 0 the coefficient of the log loss tends to 1.",
			Printed: "When m → 0, this makes the term before the gradient in log loss tends to 1",
			Formula: "the coefficient is σ(d) < 1 whatever m; on all of d ≥ −m it is at least σ(−m), with ½ − m/4 ≤ σ(−m) < ½: as m → 0 that bound tends to ½. With a margin it is σ(m + d), and tends to σ(d) as m → 0: 0 ≤ σ(m + d) − σ(d) ≤ m/4",
			Fault:   "the printed form itself",
			Why:     "There is no m in ln(1 + e^d). At d = 0 the coefficient is 1/2 for every m.",
			Verdict: result.IsRefuted,
		},
		Statement: overTwins(showMargin, statement[twin]{
			printed: func(c twin) finding {
				return equal("lim_{m→0} of the coefficient, which has no m, and 1", logCoefficient(c), x(1))
			},
			corrected: func(c twin) finding {
				s, least, quarter := logCoefficient(c), sigmoid(x(c.M).Neg()), x(c.M).Scale(0.25)
				rise := sigmoid(c.excess()).Sub(s)
				fs := []finding{
					less("coefficient and 1", s, x(1)),
					atMost("0 and σ(m + d) − σ(d)", x(0), rise), atMost("σ(m + d) − σ(d) and m/4", rise, quarter),
					atMost("½ − m/4 and σ(−m)", x(0.5).Sub(quarter), least),
					less("σ(−m) and ½", least, x(0.5))}
				if c.excess().Lo().Sign() >= 0 {
					fs = append(fs, atMost("σ(−m) and σ(d)", least, s))
				}
				return all(fs...)
			},
		}),
	},
	{
		Claim: result.Claim{
			ID: "compare.log-like-hinge-second", Refs: []string{"C73", "T1.log", "T1.hinge", "I69"}, Where: "SOURCE 1.3(e)(2), sentence 2",
			Says:    "In the second case, m + F > F̄, the log loss looks like the hinge loss: its coefficient is near the hinge's 1, within any ε > 0.",
			Printed: "makes log loss looks like hinge in the second case",
			Why:     "A small m does nothing: in the second case with d = 0 the coefficient is 1/2. It nears 1 only where the incorrect answer is far below the correct one.",
			Verdict: result.HoldsIf,
		},
		Statement: formulas{
			printed:   "abs(D(logistic, F[y]) - D(hinge, F[y])) <= eps if m + F[y] > F[ybar] where logistic = log(1 + exp(F[y] - F[ybar])), hinge = pos(m + F[y] - F[ybar])",
			condition: "exp(F[y] - F[ybar]) >= 1/eps - 1",
			accident:  []string{"m + F[y] = F[ybar]"},
			fault:     "abs(D(logistic, F[y]) + D(hinge, F[y])) <= eps if m + F[y] > F[ybar] where logistic = log(1 + exp(F[y] - F[ybar])), hinge = pos(m + F[y] - F[ybar])",
			over:      nearTwin,
		},
	},
}

// beginning puts a special case before all others.
func beginning(c twin, s statement[twin]) statement[twin] {
	s.cases = append([]twin{c}, s.cases...)
	return s
}

// near is a pair and how near to each other two coefficients are to be.
type near struct {
	twin
	Eps float64
}

// far reports whether 1 − σ(d) ≤ ε, that is e^d ≥ 1/ε − 1.
func (c near) far() bool { return x(1).Sub(sigmoid(c.gap())).Less(x(c.Eps)) }

// nearTwin is the ground of pairs and an ε.
var nearTwin = groundOf[near]{
	cases: nears,
	draw: drawWith(func(t *rapid.T, c twin) near {
		return near{c, 1 / float64(rapid.IntRange(2, 1000).Draw(t, "1/ε"))}
	}),
	reach: map[string]func(near) bool{
		"far enough":            func(c near) bool { return c.far() && positive(c.excess()) },
		"not far enough":        func(c near) bool { return !c.far() && positive(c.excess()) },
		"first case":            func(c near) bool { return !positive(c.excess()) },
		"not far enough, d > 0": func(c near) bool { return !c.far() && positive(c.gap()) },
	},
	numbers: func(c near) numbers { return c.twin.numbers().with("eps", c.Eps) },
}

func nears() []near {
	cs := []near{{twin{F: 0, Fbar: 0, M: 0.01}, 0.01}}
	for _, c := range twins() {
		cs = append(cs, near{c, 0.25}, near{c, 0.01})
	}
	return cs
}
