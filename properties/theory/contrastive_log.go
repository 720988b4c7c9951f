package theory

import (
	"fmt"
	"maps"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(c): ℓ_log = ln(1 + e^{F − F̄}).

func logOf(_, F, Fbar exact.Dual) exact.Dual { return exact.LogOf(F, Fbar) }

func showLog(c twin) string {
	return fmt.Sprintf("F=%s, F̄=%s, ∂F/∂W=%s, ∂F̄/∂W=%s", result.Decimal(c.F), result.Decimal(c.Fbar), result.Decimal(c.S), result.Decimal(c.Sbar))
}

var contrastiveLog = []Claim{
	{
		Claim: result.Claim{
			ID: "log.definition", Refs: []string{"C61", "T1.log", "I47"}, Where: "SOURCE 1.3(c), line 1",
			Says:    "The log loss is the logarithm of 1 plus the exponential of F − F̄.",
			Printed: "∂ℓ_log/∂W = ∂ log(1 + exp(F_W(x,y) − F_W(x,ȳ)))/∂W",
			Formula: "ℓ_log = ln(1 + e^{F − F̄}), the negative log-likelihood of y among the two answers y and ȳ at β = 1",
			Fault:   "the sign of the difference: ln(1 + e^{F̄ − F})",
			Why:     "The definition, that of Table 1: −ln of e^{−F}/(e^{−F} + e^{−F̄}).",
			Verdict: result.Holds,
		},
		Statement: overFarTwins(
			func(c twin) finding { F, Fbar := c.moving(); return isLog(c, F.Sub(Fbar)) },
			func(c twin) finding { F, Fbar := c.moving(); return isLog(c, Fbar.Sub(F)) }),
	},
	{
		Claim: result.Claim{
			ID: "log.slope", Refs: []string{"C62", "T1.log", "I61"}, Where: "SOURCE 1.3(c), line 2",
			Says:    "Its gradient is e^{F − F̄}/(1 + e^{F − F̄}) times the difference of the energies' gradients.",
			Printed: "∂ℓ_log/∂W = exp(F_W(x,y) − F_W(x,ȳ))/(1 + exp(F_W(x,y) − F_W(x,ȳ))) · (∂F_W(x,y)/∂W − ∂F_W(x,ȳ)/∂W)",
			Formula: "σ(d) (∂F/∂W − ∂F̄/∂W), d = F − F̄",
			Fault:   "the logarithm forgotten: coefficient e^d",
			Why:     "The chain rule; true at every finite d. Computed as printed in float64 it is Inf/Inf = NaN from d = 709.79 on: use 1/(1 + e^{−d}) there.",
			Verdict: result.Holds,
		},
		Statement: overFarTwins(
			func(c twin) finding {
				e := x(c.F).Sub(x(c.Fbar)).Exp()
				return isLogSlope(c, e.Div(x(1).Add(e)))
			},
			func(c twin) finding { return isLogSlope(c, x(c.F).Sub(x(c.Fbar)).Exp()) }),
	},
}

// isLog finds whether ln(1 + e^d) is the negative log-likelihood of two
// answers, in value and gradient.
func isLog(c twin, d exact.Dual) finding {
	F, Fbar := c.moving()
	printed := constant(1, 1).Add(d.Exp()).Log()
	want := exact.NLLOf(constant(1, 1), []exact.Dual{F, Fbar}, 0)
	return all(
		equal("value and −ln p(y) of two answers", printed.V, want.V),
		equal("gradient and that of −ln p(y)", printed.D[0], want.D[0]))
}

// isLogSlope finds whether the coefficient times ∂F/∂W − ∂F̄/∂W is the
// gradient of the log loss.
func isLogSlope(c twin, coefficient exact.Interval) finding {
	return equal("gradient as said and as it is", coefficient.Mul(x(c.S).Sub(x(c.Sbar))), c.gradient(logOf))
}

// overFarTwins is a statement about pairs up to far beyond where float64 loses
// e^d.
func overFarTwins(printed, faulty func(twin) finding) statement[twin] {
	reach := maps.Clone(twinReach)
	reach["e^d overflows float64"] = func(c twin) bool { return c.F-c.Fbar > 709.79 }
	reach["e^d underflows float64"] = func(c twin) bool { return c.F-c.Fbar < -745.14 }
	far := func(t *rapid.T) twin {
		c := drawTwin(t)
		if rapid.IntRange(0, 7).Draw(t, "far") == 7 {
			c.F, c.Fbar = decimal(t, 99_999, "F"), decimal(t, 99_999, "F̄")
		}
		return c
	}
	cases := append(twins(), twin{710, 0, 1, 1, 1, -1}, twin{0, 746, 1, 1, 1, -1})
	return statement[twin]{cases: cases, draw: far, show: showLog, reach: reach, printed: printed, faulty: faulty}
}
