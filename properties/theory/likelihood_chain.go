package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.2(c): the loss differentiated line by line. The third line loses
// an exponential, the last puts it back without saying so; what stands
// between the two is false.
var likelihoodChain = []Claim{
	{
		Claim: result.Claim{
			ID: "chain.linearity", Refs: []string{"C34"}, Where: "SOURCE 1.2(c), first display",
			Says:    "The derivative of the loss is that of the energy plus 1/β times that of the log-integral.",
			Printed: "∂ℓ_W(x,y)/∂W = ∂F_W(x,y)/∂W + (1/β) ∂[log ∫_{y'} exp(−βF_W(x,y'))]/∂W",
			Formula: "∂(−(1/β) ln p_y)/∂W = ∂F_y/∂W + (1/β) ∂ ln Z/∂W",
			Fault:   "1/β forgotten",
			Why:     "The derivative is linear.",
			Verdict: result.Holds,
		},
		Statement: overMoving(
			func(c table) finding { return linear(c, c.Beta) },
			func(c table) finding { return linear(c, 1) }),
	},
	{
		Claim: result.Claim{
			ID: "chain.line1", Refs: []string{"C35"}, Where: "SOURCE 1.2(c), chain, line 1",
			Says:    "The derivative of log g is that of g, divided by g.",
			Printed: "∂[log ∫_{y'} exp(−βF_W(x,y'))]/∂W = (1/g) ∂[∫_{y'} exp(−βF_W(x,y'))]/∂W, where g = ∫_{y'} exp(−βF_W(x,y'))",
			Formula: "∂ ln g/∂W = (1/g) ∂g/∂W, as g > 0",
			Fault:   "g for 1/g",
			Why:     "The chain rule. The check holds it against difference quotients of ln g, between which the derivative of a convex function lies.",
			Verdict: result.Holds,
		},
		Statement: overMoving(
			func(c table) finding {
				g := partition(c)
				return within("(1/g) ∂g and the difference quotients of ln g", g.D[0].Div(g.V), quotients(c.logZ))
			},
			func(c table) finding {
				g := partition(c)
				return within("g ∂g and the difference quotients of ln g", g.D[0].Mul(g.V), quotients(c.logZ))
			}),
	},
	{
		Claim: result.Claim{
			ID: "chain.line2", Refs: []string{"C36", "M6"}, Where: "SOURCE 1.2(c), chain, line 2",
			Says:      "The derivative of the integral is the integral of the derivatives.",
			Printed:   "∂[∫_{y'} exp(−βF_W(x,y'))]/∂W = ∫_{y'} ∂exp(−βF_W(x,y'))/∂W",
			Formula:   "∂/∂W ∫_{y'} e^{−βF} = ∫_{y'} ∂e^{−βF}/∂W",
			Condition: "the integral is a finite sum, or near W some integrable function of y' dominates |∂e^{−βF}/∂W|",
			Fault:     "y for y' inside the sum: Σ_{y'} ∂e^{−βF_y}/∂W",
			Why:       "A finite sum can always be differentiated term by term; for an integral that has to be shown. In the counterexample each e^{−βF(y)} is smooth in W with derivative 0 at W = 0, yet g = 1 + |W|e^{−W²} has a kink there.",
			Verdict:   result.HoldsIf,
		},
		Statement: overIntegrals(integral.dominated, integral.exchanges, integral.exchangesAnswer),
	},
	{
		Claim: result.Claim{
			ID: "chain.line3", Refs: []string{"C37"}, Where: "SOURCE 1.2(c), chain, line 3",
			Says:    "The derivative of e^{−βF} is −βF times the derivative of F.",
			Printed: "∂exp(−βF_W(x,y'))/∂W = −βF_W(x,y') ∂F_W(x,y')/∂W",
			Formula: "∂e^{−βF}/∂W = −β e^{−βF} ∂F/∂W",
			Fault:   "the printed form itself",
			Why:     "The exponential is lost: F stands where e^{−βF} belongs. The two agree only where ∂F/∂W = 0 or F = e^{−βF}.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[exponential]{
			cases: exponentials(), draw: drawExponential, show: exponential.String,
			reach: map[string]func(exponential) bool{
				"F = 0":     func(c exponential) bool { return c.F == 0 },
				"F < 0":     func(c exponential) bool { return c.F < 0 },
				"F > 0":     func(c exponential) bool { return c.F > 0 },
				"∂F/∂W = 0": func(c exponential) bool { return c.S == 0 },
				"∂F/∂W < 0": func(c exponential) bool { return c.S < 0 },
			},
			printed: func(c exponential) finding {
				return equal("∂e^{−βF}/∂W and −βF ∂F/∂W", c.slope(), x(c.F).Mul(x(c.S)).Mul(x(c.Beta)).Neg())
			},
			corrected: func(c exponential) finding {
				right := c.weight(x(0)).Mul(x(c.S)).Mul(x(c.Beta)).Neg()
				return all(
					equal("∂e^{−βF}/∂W and −βe^{−βF} ∂F/∂W", c.slope(), right),
					within("−βe^{−βF} ∂F/∂W and the difference quotients of e^{−βF}", right, quotients(c.weight)))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line4", Refs: []string{"C38"}, Where: "SOURCE 1.2(c), chain, line 4",
			Says:    "The derivative of the log-integral is −β times the integral of F/g times the derivative of F.",
			Printed: "∂[log g]/∂W = −β ∫_{y'} (F_W(x,y')/g) ∂F_W(x,y')/∂W",
			Formula: "∂ ln g/∂W = −β Σ_{y'} (e^{−βF(y')}/g) ∂F(y')/∂W; and line 4 = line 3, for the step is right",
			Fault:   "the printed form itself",
			Why:     "Taking −β/g out of the integral is right; what it is taken out of has lost its exponential in line 3.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[table]{
			cases: tables(), draw: drawTable, show: table.String, reach: tableReach,
			printed: func(c table) finding { return is345(c, "∂ ln g/∂W and line 4") },
			corrected: func(c table) finding {
				w := weights(c)
				g := sum(w)
				return all(
					equal("∂ ln g/∂W and line 4 with e^{−βF} for F", slopeOfLog(c), weighted(c, divided(w, g))),
					equal("lines 3 and 4, times g", weighted(c, c.energies()), weighted(c, divided(c.energies(), g)).Mul(g)))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.reason", Refs: []string{"C39"}, Where: "SOURCE 1.2(c), chain, line 4, the reason",
			Says:    "g may be taken out of the integral since g is a scalar.",
			Printed: "(since g is a scalar)",
			Formula: "g may be taken out because it does not depend on y'",
			Why:     "A reason, not a statement that could be true or false on a case. It is not sufficient: F(x,y') is a scalar too, and has to stay.",
			Verdict: result.NotCheckable,
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line5", Refs: []string{"C40"}, Where: "SOURCE 1.2(c), chain, line 5",
			Says:    "The derivative of the log-integral is line 4 with g written out.",
			Printed: "∂[log g]/∂W = −β ∫_{y'} [F_W(x,y') / ∫_{y'} exp(−βF_W(x,y'))] ∂F_W(x,y')/∂W",
			Formula: "∂ ln g/∂W = −β Σ_{y'} [e^{−βF(y')} / Σ_{y''} e^{−βF(y'')}] ∂F(y')/∂W; and line 5 = line 4, for the step is right",
			Fault:   "the printed form itself",
			Why:     "Writing g out is right (its variable needs a name of its own, y'' for the second y'); the exponential is still lost.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[table]{
			cases: tables(), draw: drawTable, show: table.String, reach: tableReach,
			printed: func(c table) finding { return is345(c, "∂ ln g/∂W and line 5") },
			corrected: func(c table) finding {
				w := weights(c)
				return all(
					equal("∂ ln g/∂W and line 5 with e^{−βF} for F", slopeOfLog(c), line5(c, w, w)),
					equal("lines 3 and 5, times g", weighted(c, c.energies()), line5(c, c.energies(), w).Mul(sum(w))))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.step6", Refs: []string{"C41"}, Where: "SOURCE 1.2(c), chain, from line 5 to line 6",
			Says:    "F over the integral of e^{−βF} is the probability.",
			Printed: "F_W(x,y') / ∫_{y'} exp(−βF_W(x,y')) = p(y'|x)",
			Formula: "e^{−βF(y')} / Σ_{y''} e^{−βF(y'')} = p(y'|x)",
			Fault:   "the printed form itself",
			Why:     "The second error, which undoes the first: the exponential that line 3 lost is put back in silence.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[table]{
			cases: append([]table{{F: []float64{0, 0}, Beta: 1, S: []float64{1, -1}}}, tables()...),
			draw:  drawTable, show: still, reach: tableReach,
			printed: func(c table) finding { return areProbabilities(c, c.energies(), weights(c)) },
			corrected: func(c table) finding {
				w := weights(c)
				return all(areProbabilities(c, w, w), equal("Σ e^{−βF}/g and 1", sum(divided(w, sum(w))), x(1)))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line6", Refs: []string{"C42", "I15"}, Where: "SOURCE 1.2(c), chain, line 6",
			Says:    "The chain arrives at −β times the mean derivative of the energy: the last line has the value of the second.",
			Printed: "(1/g) ∫_{y'} ∂exp(−βF_W(x,y'))/∂W = −β ∫_{y'} p(y'|x) ∂F_W(x,y')/∂W",
			Formula: "(1/g) ∫_{y'} ∂e^{−βF}/∂W = −β ∫_{y'} p(y'|x) ∂F/∂W; for a finite sum this is ∂ ln g/∂W",
			Fault:   "β forgotten",
			Why:     "∂e^{−βF} = −βe^{−βF} ∂F and e^{−βF}/g = p: with both errors put right, or both made, the value is the same.",
			Verdict: result.Holds,
		},
		Statement: overIntegrals(nil, integral.arrives, integral.arrivesWithoutBeta),
	},
	{
		Claim: result.Claim{
			ID: "likelihood.gradient", Refs: []string{"C43", "I42", "T1.nll", "M8"}, Where: "SOURCE 1.2(c), last display",
			Says:      "The gradient of the loss is that of the correct energy minus the mean gradient of all.",
			Printed:   "∂ℓ_W(x,y)/∂W = ∂F_W(x,y)/∂W − ∫_{y'} p(y'|x) ∂F_W(x,y')/∂W",
			Formula:   "∂ℓ/∂W = ∂F_y/∂W − Σ_{y'} p(y'|x) ∂F(y')/∂W",
			Condition: "as for line 2: a finite sum (all n answers of the question), or an integral that may be differentiated under the sign",
			Fault:     "+ for − before the mean",
			Why:       "True of every finite answer space, whatever happened on the way. For an integral it inherits the condition of line 2, and its counterexample.",
			Verdict:   result.HoldsIf,
		},
		Statement: overIntegrals(integral.dominated,
			func(c integral) finding { return c.gradient(-1) },
			func(c integral) finding { return c.gradient(1) }),
	},
}

// partition returns g = Z with its derivative by W.
func partition(c table) exact.Dual { return exact.Partition(constant(c.Beta, 1), c.moving()) }

// slopeOfLog returns ∂ ln g/∂W as ∂g/g: line 1 of the chain, which C35 holds to
// difference quotients.
func slopeOfLog(c table) exact.Interval {
	g := partition(c)
	return g.D[0].Div(g.V)
}

// movedTo returns the energies F + S·W.
func (c table) movedTo(W exact.Interval) []exact.Interval {
	F := c.energies()
	for i, s := range c.S {
		F[i] = F[i].Add(x(s).Mul(W))
	}
	return F
}

// logZ returns ln Z at W. It is convex: the energies move linearly.
func (c table) logZ(W exact.Interval) exact.Interval {
	return exact.Partition(x(c.Beta), c.movedTo(W)).Log()
}

// quotients returns an interval around f'(0), from the difference quotients
// of f to the left and to the right of 0: f is convex. No rule of
// differentiation is used, so that one can be judged by it.
func quotients(f func(W exact.Interval) exact.Interval) exact.Interval {
	const h = 0x1p-40
	middle := f(x(0))
	left := middle.Sub(f(x(-h))).Scale(1 / h)
	right := f(x(h)).Sub(middle).Scale(1 / h)
	return left.Hull(right)
}

// linear finds whether ∂(−(1/β) ln p_y) = ∂F_y + (1/by) ∂ ln Z.
func linear(c table, by float64) finding {
	right := x(c.S[c.Y]).Add(slopeOfLog(c).Div(x(by)))
	F, beta := c.moving(), constant(c.Beta, 1)
	return all(
		equal("∂ℓ/∂W and ∂F/∂W + (1/β) ∂ log ∫/∂W", probability(beta, F, c.Y).Log().Div(beta).Neg().D[0], right),
		within("the sum and the difference quotients of ℓ", right, quotients(func(W exact.Interval) exact.Interval {
			return exact.NLLOf(x(c.Beta), c.movedTo(W), c.Y)
		})))
}

// weighted returns −β Σ_i v_i ∂F_i/∂W.
func weighted(c table, v []exact.Interval) exact.Interval {
	return exact.MeanOf(v, xs(c.S)).Mul(x(c.Beta)).Neg()
}

// is345 finds whether ∂ ln g/∂W is the value that lines 3, 4 and 5 of the chain have in common, −β Σ F ∂F/∂W / g: that the
// steps between them are right is checked with the corrected lines. The sum comes first here, for it is exact: with
// g = e⁻⁹⁰⁰ the quotients F/g would cancel to nothing certain.
func is345(c table, what string) finding {
	g := partition(c)
	return equal(what, g.D[0].Div(g.V), weighted(c, c.energies()).Div(g.V))
}

// line5 returns −β Σ_{y'} [v(y') / Σ_{y”} w(y”)] ∂F(y')/∂W, w = e^{−βF}, with v = F as printed.
func line5(c table, v, w []exact.Interval) exact.Interval {
	outer := x(0)
	for i, s := range c.S {
		inner := x(0)
		for _, e := range w {
			inner = inner.Add(e)
		}
		outer = outer.Add(v[i].Div(inner).Mul(x(s)))
	}
	return outer.Mul(x(c.Beta)).Neg()
}

// areProbabilities finds whether v/Σw is the Gibbs distribution.
func areProbabilities(c table, v, w []exact.Interval) finding {
	p := exact.GibbsOf(x(c.Beta), c.energies())
	fs := make([]finding, len(p))
	for i, q := range divided(v, sum(w)) {
		fs[i] = equal(fmt.Sprintf("the quotient and p, answer %d", i), q, p[i])
	}
	return all(fs...)
}

// An exponential is e^{−βF} with the energy of one answer, F_W = F + S·W, looked at in W = 0.
type exponential struct{ F, S, Beta float64 }

func (c exponential) String() string {
	return fmt.Sprintf("F=%s, ∂F/∂W=%s, β=%s", result.Decimal(c.F), result.Decimal(c.S), result.Decimal(c.Beta))
}

// weight returns e^{−βF} at W.
func (c exponential) weight(W exact.Interval) exact.Interval {
	return x(c.F).Add(x(c.S).Mul(W)).Mul(x(c.Beta)).Neg().Exp()
}

// slope returns ∂e^{−βF}/∂W.
func (c exponential) slope() exact.Interval {
	F := exact.Dual{V: x(c.F), D: []exact.Interval{x(c.S)}}
	return constant(c.Beta, 1).Mul(F).Neg().Exp().D[0]
}

func exponentials() []exponential {
	var cs []exponential
	for _, beta := range []float64{1, 2, 0.5} {
		for v := range draw.Vectors(2, []float64{0, 1, -1, 2, 0.5}) {
			cs = append(cs, exponential{v[0], 1 - v[1], beta})
		}
	}
	return cs
}

func drawExponential(t *rapid.T) exponential {
	return exponential{decimal(t, 999, "F"), decimal(t, 300, "S"), rapid.SampledFrom(betas).Draw(t, "β")}
}
