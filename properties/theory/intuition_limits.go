package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// β → ∞ and β → 0⁺.
var intuitionLimits = []Claim{
	{
		Claim: result.Claim{
			ID: "temperature.cold-limit", Refs: []string{"C15", "I4", "I30"}, Where: "SOURCE 1.1(d)",
			Says:      "As β → ∞, p(y|x) puts all its mass on one answer, the argmax.",
			Printed:   "we can tune β → ∞ to make p(y|x) output argmax",
			Formula:   "p → the uniform distribution on the k answers of least energy: 1 − p(argmin F) ≤ ε from β = ln(n/ε)/Δ on, Δ the gap above min F",
			Condition: "argmax is that of p, which is argmin F; 𝒴 is finite; and one answer alone has the least energy",
			Fault:     "argmax of F",
			Why:       "Tied answers keep equal shares at every β: F = (0, 0, 1) goes to (½, ½, 0), which is not one-hot. On ℝ no answer ever has any mass; p concentrates around it, and shares itself between tied minima as F″^{−1/2}.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[frozen]{
			cases: freezings(),
			draw: func(t *rapid.T) frozen {
				return frozen{
					F:    drawTable(t).F,
					Real: rapid.IntRange(0, 7).Draw(t, "ℝ") == 7,
					Eps:  rapid.SampledFrom([]float64{0.1, 0.01, 1e-3, 1e-6, 1e-9}).Draw(t, "ε"),
					K:    float64(rapid.IntRange(1, 5).Draw(t, "k")),
				}
			},
			show: frozen.String,
			reach: map[string]func(frozen) bool{
				"ℝ":                    func(c frozen) bool { return c.Real },
				"n = 1":                func(c frozen) bool { return !c.Real && len(c.F) == 1 },
				"tie at the minimum":   func(c frozen) bool { return !c.Real && !c.unique() && len(leastIndices(c.F)) < len(c.F) },
				"constant F":           func(c frozen) bool { return !c.Real && !c.unique() && len(leastIndices(c.F)) == len(c.F) },
				"n ≥ 5, unique answer": func(c frozen) bool { return !c.Real && c.unique() && len(c.F) >= 5 },
			},
			printed: func(c frozen) finding {
				if c.Real {
					return atMost("what y = 0 and all within 1/(10β) of it lack of 1, against ε", c.beyond(x(0.1).Div(c.beta())), x(c.Eps))
				}
				return atMost("what the largest p lacks of 1, against ε", outside(c.gibbs(), leastIndices(c.F)[0]), x(c.Eps))
			},
			condition: []clause[frozen]{
				{"𝒴 is finite", func(c frozen) bool { return !c.Real }},
				{"one answer alone has the least energy", func(c frozen) bool { return c.Real || c.unique() }},
			},
			corrected: func(c frozen) finding {
				if c.Real {
					return atMost("what [−1, 1] lacks of 1, against ε", c.beyond(x(1)), x(c.Eps))
				}
				least, p := leastIndices(c.F), c.gibbs()
				share := exact.Ratio(1, int64(len(least)), bits)
				return all(
					atMost("what the minimisers of F lack of 1, against ε", outside(p, least...), x(c.Eps)),
					atMost("1/k − p of a minimiser, against ε", share.Sub(p[least[0]]), x(c.Eps)),
					atMost("p of a minimiser against 1/k", p[least[0]], share))
			},
			faulty: func(c frozen) finding { // inside the condition: finite
				return atMost("what p at argmax F lacks of 1, against ε", outside(c.gibbs(), largestIndices(c.F)[0]), x(c.Eps))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "temperature.hot-limit", Refs: []string{"C16", "I10", "I35"}, Where: "SOURCE 1.1(d)",
			Says:      "As β → 0⁺, p(y|x) gets ever smoother and tends to a distribution, the uniform one.",
			Printed:   "β → 0⁺ yields a smoother distribution",
			Formula:   "H(β/2) ≥ H(β), and Σ|p_i − 1/n| ≤ βR/2 with R = max F − min F",
			Condition: "𝒴 is finite (or has a finite base measure, and F is bounded)",
			Fault:     "β → ∞ in its place",
			Why:       "On ℝ there is no uniform distribution to tend to: under F = y² the variance is 1/(2β) and every window empties; under F = ln(1 + |y|) there is no p from β = 1 down.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[window]{
			cases: windows(),
			draw: func(t *rapid.T) window {
				c := window{drawDomain(t), float64(rapid.IntRange(1, 40).Draw(t, "L")) / 4}
				c.Table.Y, c.Line.A = 0, max(c.Line.A, 0.25)
				return c
			},
			show: window.String,
			reach: map[string]func(window) bool{
				"finite":           func(c window) bool { return !c.Real },
				"tie at the least": func(c window) bool { return !c.Real && c.Table.tie() },
				"|y| on ℝ":         func(c window) bool { return c.Real && c.Line.Form == absolute },
				"y² on ℝ":          func(c window) bool { return c.Real && c.Line.Form == square },
				"no p on ℝ":        func(c window) bool { return c.Real && !c.Line.proper() },
			},
			printed: func(c window) finding {
				if c.Real {
					return c.kept()
				}
				return c.smoother(0.5)
			},
			condition: []clause[window]{{"𝒴 is finite", func(c window) bool { return !c.Real }}},
			accident: []clause[window]{{"β is not small enough yet for this window", func(c window) bool {
				return c.Real && c.Line.proper() && c.kept().truth == yes
			}}},
			faulty: func(c window) finding { return c.smoother(2) },
		},
	},
}

// frozen are energies, or F(y) = |y| on ℝ, at a β from which on p is to be within ε of its limit: k times the least such.
type frozen struct {
	F      []float64
	Real   bool
	Eps, K float64
}

func (c frozen) String() string {
	F := "F=(" + list(c.F) + ")"
	if c.Real {
		F = "F(y) = |y| on ℝ"
	}
	return fmt.Sprintf("%s, ε=%s, β=%.4g", F, result.Decimal(c.Eps), c.beta().Mid())
}

func (c frozen) unique() bool { return len(leastIndices(c.F)) == 1 }

// beta returns k·ln(n/ε)/Δ: then (n − 1)e^{−βΔ} < ε. Without a gap Δ any β will do; on ℝ, k·ln(1/ε) leaves ε beyond ±1.
func (c frozen) beta() exact.Interval {
	if c.Real {
		return x(c.Eps).Log().Scale(-c.K)
	}
	least, gap := c.F[leastIndices(c.F)[0]], exact.Interval{}
	for _, f := range c.F {
		if d := x(f).Sub(x(least)); f > least && (gap.Prec() == 0 || d.Less(gap)) {
			gap = d
		}
	}
	if gap.Prec() == 0 {
		return x(c.K)
	}
	return x(float64(len(c.F))).Div(x(c.Eps)).Log().Div(gap).Scale(c.K)
}

// beyond returns the mass outside [−h, h] under F = |y|: e^{−βh}.
func (c frozen) beyond(h exact.Interval) exact.Interval { return c.beta().Mul(h).Neg().Exp() }

func (c frozen) gibbs() []exact.Interval { return exact.GibbsOf(c.beta(), xs(c.F)) }

// outside returns the mass of all answers but ys.
func outside(p []exact.Interval, ys ...int) exact.Interval {
	mass := x(0)
	for i := range p {
		if !slices.Contains(ys, i) {
			mass = mass.Add(p[i])
		}
	}
	return mass
}

func freezings() []frozen {
	cs := []frozen{{[]float64{0, 1}, false, 0.01, 1}, {[]float64{0, 0, 1}, false, 0.01, 1}, {nil, true, 0.01, 1}}
	for _, c := range tables() {
		cs = append(cs, frozen{c.F, false, 0.01, 1})
	}
	return cs
}

// A window is an answer space and, on ℝ, the window [−L, L]. A distribution to which p tends would have a window that keeps
// half of the mass however small β is.
type window struct {
	domain
	L float64
}

func (c window) String() string {
	if c.Real {
		return c.Line.law() + ": the mass of [−" + result.Decimal(c.L) + ", " + result.Decimal(c.L) + "]"
	}
	return c.domain.String()
}

// kept finds whether [−L, L] keeps half of the mass; as F ≥ 0 = F(0), it holds at most 2L/Z.
func (c window) kept() finding {
	if !c.Line.proper() {
		return that("Z is finite: there is a p", false, "Z = ∞", "Z < ∞")
	}
	return atMost("½ against 2L/Z, the most that [−L, L] can hold", x(0.5), x(2*c.L).Div(c.Line.partition()))
}

// smoother finds whether the entropy at k·β is no less, and p within its bound of the uniform distribution.
func (c window) smoother(k float64) finding {
	F, beta, n := xs(c.Table.F), x(c.Table.Beta), int64(len(c.Table.F))
	p := exact.GibbsOf(beta, F)
	off := x(0)
	for _, q := range p {
		off = off.Add(q.Sub(exact.Ratio(1, n, bits)).Abs())
	}
	R := F[largestIndices(c.Table.F)[0]].Sub(F[leastIndices(c.Table.F)[0]])
	return all(
		atMost("H(β) against H("+result.Decimal(k)+"β)", exact.EntropyOf(p), entropy(beta.Scale(k), F)),
		atMost("Σ|p_i − 1/n| against βR/2", off, beta.Mul(R).Scale(0.5)))
}

func windows() []window {
	cs := []window{
		{domain{Real: true, Line: line{square, 1, 0.01, 0}}, 1}, {domain{Real: true, Line: line{absolute, 1, 0.01, 0}}, 1},
		{domain{Real: true, Line: line{logarithm, 1, 1, 0}}, 1},
	}
	for _, c := range tables() {
		cs = append(cs, window{domain{Table: c}, 1})
	}
	return cs
}
