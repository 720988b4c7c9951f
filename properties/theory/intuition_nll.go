package theory

import (
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// The negative log-likelihood as 1.1(h) has it.
var intuitionNLL = []Claim{
	{
		Claim: result.Claim{
			ID: "nll.negatives", Refs: []string{"C24", "I42"}, Where: "SOURCE 1.1(h)",
			Says:    "The NLL pushes up on every incorrect answer.",
			Printed: "We can use negative log-likelihood loss",
			Formula: "∂ℓ/∂F(x, y′) = −p(y′|x) < 0 for every y′ ≠ y",
			Fault:   "the perceptron loss, which pushes up on the least only",
			Why:     "Every energy is in the integral, and every weight e^{−βF} is positive. (The NLL is offered in place of the energy loss of (f), which pushes up on none.)",
			Verdict: result.Holds,
		},
		Statement: statement[table]{
			cases: tables(), draw: drawTable, show: still, reach: tableReach,
			printed: func(c table) finding {
				p := exact.GibbsOf(x(c.Beta), c.energies())
				loss := exact.NLLOf(constant(c.Beta, len(c.F)), c.free(), c.Y)
				fs := []finding{c.raisesIncorrect(loss.D)}
				for j, d := range loss.D {
					if j != c.Y {
						fs = append(fs, equal("∂ℓ/∂F(y′) against −p(y′|x)", d, p[j].Neg()))
					}
				}
				return all(fs...)
			},
			faulty: func(c table) finding { return c.raisesIncorrect(exact.PerceptronOf(c.free(), c.Y).D) },
		},
	},
	{
		Claim: result.Claim{
			ID: "nll.form", Refs: []string{"C25", "I41"}, Where: "SOURCE 1.1(h), formula",
			Says:    "The loss shown is the negative log-likelihood, in units of 1/β.",
			Printed: "ℓ_example(x, y, W) = F_W(x, y) + (1/β) log ∫_{y′} exp(−βF_W(x, y′))",
			Formula: "ℓ = −(1/β) ln p(y|x), on a finite 𝒴 and on ℝ with Z finite",
			Fault:   "1/β lost: F + ln Z",
			Why:     "ln p(y|x) = −βF(x, y) − ln Z. Where Z is infinite neither side says anything.",
			Verdict: result.Holds,
		},
		Statement: statement[domain]{
			cases: domains(), draw: drawDomain, show: domain.String,
			reach: domainReach(map[string]func(domain) bool{
				"ℝ":        func(c domain) bool { return c.Real && c.Line.proper() },
				"ℝ, Z = ∞": func(c domain) bool { return c.Real && !c.Line.proper() },
			}),
			printed: func(c domain) finding {
				return c.minusLogP(func(F, logZ, beta exact.Interval) exact.Interval { return F.Add(logZ.Div(beta)) })
			},
			faulty: func(c domain) finding {
				return c.minusLogP(func(F, logZ, _ exact.Interval) exact.Interval { return F.Add(logZ) })
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "nll.nonnegative", Refs: []string{"C26", "I41"}, Where: "SOURCE 1.1(h)",
			Says:      "The loss is at least 0.",
			Printed:   "ℓ_example(x, y, W) = F_W(x, y) + (1/β) log ∫_{y′} exp(−βF_W(x, y′))",
			Formula:   "ℓ ≥ 0, and ℓ = 0 only if y is the one answer possible",
			Condition: "𝒴 is discrete, with the counting measure",
			Fault:     "ℓ > 0",
			Why:       "A probability is at most 1, a density is not: under F = y² at β = 100 that of y = 0 is √(100/π) = 5.6.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[domain]{
			cases: append([]domain{{Real: true, Line: line{square, 1, 100, 0}}}, domains()...),
			draw:  drawDomain, show: domain.String,
			reach: domainReach(map[string]func(domain) bool{
				"ℝ, p(y) > 1": func(c domain) bool { return c.Real && c.Line.proper() && c.Line.density().Lo().Cmp(x(1).Lo()) > 0 },
				"ℝ, p(y) < 1": func(c domain) bool { return c.Real && c.Line.proper() && c.Line.density().Less(x(1)) },
			}),
			printed: func(c domain) finding {
				loss, ok := c.nll()
				if !ok {
					return nothing("Z = ∞")
				}
				return atMost("0 against ℓ", x(0), loss)
			},
			condition: func(c domain) bool { return !c.Real },
			corrected: func(c domain) finding {
				if c.Real || len(c.Table.F) == 1 {
					return nothing("ℝ, or one answer")
				}
				return less("0 against ℓ", x(0), surprise(c.Table))
			},
			faulty: func(c domain) finding { return less("0 against ℓ", x(0), surprise(c.Table)) }, // inside the condition: finite
		},
	},
}

// raisesIncorrect finds whether a loss of gradient D falls with the energy of every incorrect answer, and so pushes it up.
func (c table) raisesIncorrect(D []exact.Interval) finding {
	if len(c.F) == 1 {
		return nothing("there is no incorrect answer")
	}
	var fs []finding
	for j, d := range D {
		if j != c.Y {
			fs = append(fs, less("∂ℓ/∂F(y′) against 0", d, x(0)))
		}
	}
	return all(fs...)
}

// density returns p(y) = e^{−βF(y)}/Z on ℝ.
func (c line) density() exact.Interval {
	return x(c.Beta).Mul(c.energy(x(c.Y))).Neg().Exp().Div(c.partition())
}

// nll returns F(x, y) + (1/β) ln Z, if Z is finite.
func (c domain) nll() (loss exact.Interval, ok bool) {
	if !c.Real {
		return exact.NLLOf(x(c.Table.Beta), c.Table.energies(), c.Table.Y), true
	}
	if !c.Line.proper() {
		return x(0), false
	}
	return c.Line.energy(x(c.Line.Y)).Add(c.Line.partition().Log().Div(x(c.Line.Beta))), true
}

// minusLogP finds whether the loss, made of F(x, y), ln Z and β, is −(1/β) ln p(y|x).
func (c domain) minusLogP(loss func(F, logZ, beta exact.Interval) exact.Interval) finding {
	const what = "ℓ against −(1/β) ln p(y|x)"
	if !c.Real {
		beta, F := x(c.Table.Beta), c.Table.energies()
		p := exact.GibbsOf(beta, F)[c.Table.Y]
		return equal(what, loss(F[c.Table.Y], exact.Partition(beta, F).Log(), beta), p.Log().Div(beta).Neg())
	}
	if !c.Line.proper() {
		return nothing("Z = ∞")
	}
	beta := x(c.Line.Beta)
	return equal(what, loss(c.Line.energy(x(c.Line.Y)), c.Line.partition().Log(), beta), c.Line.density().Log().Div(beta).Neg())
}
