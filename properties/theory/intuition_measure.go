package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// What ∫_{y′} leaves out: dy′.
var intuitionMeasure = []Claim{{
	Claim: result.Claim{
		ID: "gibbs.base-measure", Refs: []string{"C14"}, Where: "SOURCE 1.1(c), formula",
		Says:      "The integral needs no measure: p is the same if it is taken in another coordinate y′.",
		Printed:   "∫_{y′} exp(−βF_W(x, y′)), without dy′",
		Formula:   "∫ exp(−βF_W(x, y′)) μ(dy′), with the base measure μ named: the counting measure for labels",
		Condition: "the change of coordinates has a constant |Jacobian|, as one of scale has",
		Fault:     "Z over dy with the density over du, u = c·y",
		Why:       "F = y on y ≥ 0 at β = 1: P(y ≤ 1) is 0.63 with dy, and 0.26 with d(y²) = 2y dy. The energy of an answer is the same under either name, the volume around it is not. The mean moves; the mode, taken over the same measure, is argmin F and does not (written over dy, the second has the density ye^{−y}, and the mode 1).",
		Verdict:   result.HoldsIf,
	},
	Statement: statement[renamed]{
		cases: []renamed{
			{1, 1, 1, 1, 1}, {1, 1, 1, 1, 0}, {1, 1, 1, 1, 2}, {1, 1, 1, 1, 3}, {1, 1, 1, 2, 0}, {1, 1, 0, 2, 0}, {1, 1, 0, 1, 1}, {2, 0.5, 3, 0.5, 0}, {2, 3, 1, 0.5, 2},
		},
		draw: func(t *rapid.T) renamed {
			return renamed{
				A:    float64(rapid.IntRange(1, 12).Draw(t, "a")) / 4,
				Beta: rapid.SampledFrom(betas[:7]).Draw(t, "β"),
				T:    float64(rapid.IntRange(0, 40).Draw(t, "t")) / 8,
				C:    float64(rapid.IntRange(1, 40).Draw(t, "c")) / 8,
				K:    rapid.IntRange(0, squeezed).Draw(t, "k"),
			}
		},
		show: renamed.String,
		reach: map[string]func(renamed) bool{
			"another scale": func(c renamed) bool { return c.K == 0 && c.C != 1 },
			"u ∝ y²":        func(c renamed) bool { return c.K == 1 },
			"u ∝ y³":        func(c renamed) bool { return c.K == 2 },
			"u < 1":         func(c renamed) bool { return c.K == squeezed },
			"nothing":       func(c renamed) bool { return c.T == 0 },
		},
		printed: func(c renamed) finding {
			return equal("P(y ≤ t) over du, against over dy", c.probability(), renamed{c.A, c.Beta, c.T, 1, 0}.probability())
		},
		condition: []clause[renamed]{{"coordinates differ by a constant factor", func(c renamed) bool { return c.K == 0 }}},
		accident:  []clause[renamed]{{"nothing is asked: t = 0", func(c renamed) bool { return c.T == 0 }}},
		faulty: func(c renamed) finding {
			return equal("c·P(y ≤ t) against P(y ≤ t)", c.probability().Scale(c.C), c.probability())
		},
	},
}}

// A renamed answer: F(y) = A·y on y ≥ 0 with Z taken over du, u = (C·y)^{K+1} or 1 − e^{−Cy}; what is asked is the
// probability of y ≤ T.
type renamed struct {
	A, Beta, T, C float64
	K             int
}

// squeezed is the K of u = 1 − e^{−Cy}, which takes y ≥ 0 to [0, 1).
const squeezed = 3

func (c renamed) String() string {
	u := factor(c.C) + "y"
	if c.C != 1 && 0 < c.K && c.K < squeezed {
		u = "(" + u + ")"
	}
	switch c.K {
	case 1:
		u += "²"
	case 2:
		u += "³"
	case squeezed:
		u = "1 − e^{−" + u + "}"
	}
	return fmt.Sprintf("F(y) = %sy on y ≥ 0, β=%s: P(y ≤ %s) over dy and over du, u = %s", factor(c.A), result.Decimal(c.Beta), result.Decimal(c.T), u)
}

// probability returns ∫ e^{−βF} du over y ≤ T, over the same with T = ∞. With v = C·y the integrand is v^K e^{−rv},
// r = βA/C, and the quotient 1 − e^{−s} Σ_{j ≤ K} s^j/j! at s = r·C·T (an incomplete Γ function). With u = 1 − e^{−Cy} the
// integrand is Ce^{−(βA + C)y}, and the quotient 1 − e^{−(βA + C)T}.
func (c renamed) probability() exact.Interval {
	if c.K == squeezed {
		return x(c.Beta).Mul(x(c.A)).Add(x(c.C)).Mul(x(c.T)).Neg().Expm1().Neg()
	}
	rate := x(c.Beta).Mul(x(c.A)).Div(x(c.C))
	s := rate.Mul(x(c.C)).Mul(x(c.T))
	term, series := x(1), x(1)
	for j := 1; j <= c.K; j++ {
		term = term.Mul(s).Div(x(float64(j)))
		series = series.Add(term)
	}
	return x(1).Sub(s.Neg().Exp().Mul(series))
}
