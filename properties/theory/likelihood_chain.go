package theory

import (
	"maps"

	"pgregory.net/rapid"

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
			Why:     "The derivative is linear.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(nll, W) = D(F[y], W) + D(log(sum(j: exp(-beta*F[j]))), W)/beta where nll = -log(exp(-beta*F[y])/sum(k: exp(-beta*F[k])))/beta",
			fault:   "D(nll, W) = D(F[y], W) + D(log(sum(j: exp(-beta*F[j]))), W) where nll = -log(exp(-beta*F[y])/sum(k: exp(-beta*F[k])))/beta",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line1", Refs: []string{"C35"}, Where: "SOURCE 1.2(c), chain, line 1",
			Says:    "The derivative of log g is that of g, divided by g.",
			Why:     "The chain rule, as g > 0. The check holds (1/g) ∂g to ln g itself, at a step h to either side: along the straight line F + h·∂F/∂W ln g is convex (by W it need not be), and bends by no more than a quarter of the squared range of −β ∂F/∂W (Hoeffding's lemma).",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "D(log(sum(j: exp(-beta*F[j]))), W) = 1/g*D(g, W) where g = sum(k: exp(-beta*F[k]))",
			corrected: "h/g*D(sum(j: exp(-beta*F[j])), W) <= with(F[j] := F[j] + h*D(F[j], W): log(g)) - log(g) <= h/g*D(g, W) + (beta*h*(max(j: D(F[j], W)) - min(j: D(F[j], W))))^2/8 where g = sum(k: exp(-beta*F[k]))",
			fault:     "D(log(sum(j: exp(-beta*F[j]))), W) = D(g, W) where g = sum(k: exp(-beta*F[k]))",
			over:      steppedTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line2", Refs: []string{"C36", "M6"}, Where: "SOURCE 1.2(c), chain, line 2",
			Says:      "The derivative of the integral is the integral of the derivatives.",
			Printed:   "∂[∫_{y'} exp(−βF_W(x,y'))]/∂W = ∫_{y'} ∂exp(−βF_W(x,y'))/∂W",
			Formula:   "g = ∫_{y'} e^{−βF} < ∞ at W, and |∂e^{−βF(y')}/∂W| ≤ h(y') near W, ∫_{y'} h < ∞: ∂/∂W ∫_{y'} e^{−βF} = ∫_{y'} ∂e^{−βF}/∂W",
			Condition: "the integral is a finite sum, or Z < ∞ and near W some integrable function of y' dominates |∂e^{−βF}/∂W|",
			Fault:     "y for y' inside the sum: Σ_{y'} ∂e^{−βF_y}/∂W",
			Why:       "A finite sum can always be differentiated term by term; for an integral that has to be shown. Of F ≡ 0 on ℝ every derivative is 0, and g = ∞ has none. And where g is finite: each e^{−βF(y)} = 1 + y^{−1/2} + W³y⁻²e^{−W²/y} on (0, 1] is analytic in W with derivative 0 at W = 0; g = 3 + We^{−W²} is analytic too, and has derivative 1 there. (A function that dominates is enough; where there is none the two may agree all the same.)",
			Verdict:   result.HoldsIf,
		},
		Statement: overIntegrals(integral.exchanges, integral.exchangesAnswer, undefinedSlope, finiteZ),
	},
	{
		Claim: result.Claim{
			ID: "chain.line3", Refs: []string{"C37"}, Where: "SOURCE 1.2(c), chain, line 3",
			Says:    "The derivative of e^{−βF} is −βF times the derivative of F.",
			Why:     "The exponential is lost: F stands where e^{−βF} belongs. (F = e^{−βF} is true of no rational F and β, of F = 0.567… at β = 1.)",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(exp(-beta*F[y]), W) = -beta*F[y]*D(F[y], W)",
			corrected: "D(exp(-beta*F[y]), W) = -beta*exp(-beta*F[y])*D(F[y], W)",
			only:      []string{"D(F[y], W) = 0", "F[y] = exp(-beta*F[y])"},
			fault:     "D(exp(-beta*F[y]), W) = beta*exp(-beta*F[y])*D(F[y], W)",
			over:      off[table]{movingTable, "D(exp(-beta*F[y]), W) - -beta*F[y]*D(F[y], W) = beta*(F[y] - exp(-beta*F[y]))*D(F[y], W)"},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line4", Refs: []string{"C38"}, Where: "SOURCE 1.2(c), chain, line 4",
			Says:    "The derivative of the log-integral is −β times the integral of F/g times the derivative of F.",
			Why:     "Taking −β/g out of the integral is right; what it is taken out of has lost its exponential in line 3.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(log(g), W) = -beta*sum(j: F[j]/g*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			corrected: "D(log(g), W) = -beta*sum(j: exp(-beta*F[j])/g*D(F[j], W)) and -beta*sum(j: F[j]/g*D(F[j], W)) = 1/g*sum(j: -beta*F[j]*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			only:      []string{"sum(j: (F[j] - exp(-beta*F[j]))*D(F[j], W)) = 0"},
			fault:     "D(log(g), W) = beta*sum(j: exp(-beta*F[j])/g*D(F[j], W)) and -beta*sum(j: F[j]/g*D(F[j], W)) = 1/g*sum(j: -beta*F[j]*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			over:      off[table]{mildTable, "D(log(g), W) - -beta*sum(j: F[j]/g*D(F[j], W)) = beta*sum(j: (F[j] - exp(-beta*F[j]))*D(F[j], W))/sum(k: exp(-beta*F[k])) where g = sum(k: exp(-beta*F[k]))"},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.reason", Refs: []string{"C39"}, Where: "SOURCE 1.2(c), chain, line 4, the reason",
			Says:    "1/g may be taken under the integral over y', and −β out of it, since they are scalars.",
			Printed: "(since g is a scalar)",
			Why:     "The integral is linear in functions of y', and for those a scalar is a number that is the same for all y', as g is: in it y' is bound. Not so F(x, y'), though its values are numbers: F = (0, 1) and ∂F/∂W = (1, 1) have ΣF·∂F/∂W = 1, and F_0·Σ∂F/∂W = 0.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "1/sum(k: exp(-beta*F[k]))*sum(j: -beta*F[j]*D(F[j], W)) = -beta*sum(j: F[j]/g*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			fault:   "1/sum(k: exp(-beta*F[k]))*sum(j: -beta*F[j]*D(F[j], W)) = beta*sum(j: F[j]/g*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line5", Refs: []string{"C40"}, Where: "SOURCE 1.2(c), chain, line 5",
			Says:    "The derivative of the log-integral is line 4 with g written out.",
			Why:     "Writing g out is right (its variable needs a name of its own, y'' for the second y'); the exponential is still lost.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(log(g), W) = -beta*sum(j: F[j]/sum(k: exp(-beta*F[k]))*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			corrected: "D(log(g), W) = -beta*sum(j: exp(-beta*F[j])/sum(k: exp(-beta*F[k]))*D(F[j], W)) and -beta*sum(j: F[j]/sum(k: exp(-beta*F[k]))*D(F[j], W)) = -beta*sum(j: F[j]/g*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			only:      []string{"sum(j: (F[j] - exp(-beta*F[j]))*D(F[j], W)) = 0"},
			fault:     "D(log(g), W) = beta*sum(j: exp(-beta*F[j])/sum(k: exp(-beta*F[k]))*D(F[j], W)) and -beta*sum(j: F[j]/sum(k: exp(-beta*F[k]))*D(F[j], W)) = -beta*sum(j: F[j]/g*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))",
			over:      off[table]{mildTable, "D(log(g), W) - -beta*sum(j: F[j]/sum(k: exp(-beta*F[k]))*D(F[j], W)) = beta*sum(j: (F[j] - exp(-beta*F[j]))*D(F[j], W))/sum(k: exp(-beta*F[k])) where g = sum(k: exp(-beta*F[k]))"},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.step6", Refs: []string{"C41"}, Where: "SOURCE 1.2(c), chain, from line 5 to line 6",
			Says:    "F over the integral of e^{−βF} is the probability.",
			Why:     "The second error, which undoes the first: the exponential that line 3 lost is put back in silence. The two are alike only if every energy is the one number with F = e^{−βF}, 0.567… at β = 1, which is not rational.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "for all j: p[j] = F[j]/sum(k: exp(-beta*F[k]))",
			corrected: "for all j: p[j] = exp(-beta*F[j])/sum(k: exp(-beta*F[k]))",
			only:      []string{"for all j: F[j] = exp(-beta*F[j])"},
			fault:     "for all j: p[j] = exp(beta*F[j])/sum(k: exp(-beta*F[k]))",
			over:      off[table]{anyTable, "for all j: p[j] - F[j]/sum(k: exp(-beta*F[k])) = (exp(-beta*F[j]) - F[j])/sum(k: exp(-beta*F[k]))"},
		},
	},
	{
		Claim: result.Claim{
			ID: "chain.line6", Refs: []string{"C42", "I15"}, Where: "SOURCE 1.2(c), chain, line 6",
			Says:      "The chain arrives at −β times the mean derivative of the energy.",
			Printed:   "∂ ln g/∂W = −β ∫_{y'} p(y'|x) ∂F_W(x,y')/∂W",
			Formula:   "∂ ln g/∂W = (1/g) ∫ ∂e^{−βF}/∂W = −β ∫ p ∂F/∂W",
			Condition: "as for line 2: a finite sum, or near W some integrable function of y' dominates |∂e^{−βF}/∂W|",
			Fault:     "the factor β lost",
			Why:       "∂e^{−βF} = −βe^{−βF} ∂F, and e^{−βF}/g = p. The two errors between, of line 3 and before line 6, undo each other: what comes out is what would have come out without them.",
			Verdict:   result.HoldsIf,
		},
		Statement: overIntegrals(
			func(c integral) finding { return c.logarithm(x(c.Beta).Neg()) },
			func(c integral) finding { return c.logarithm(x(-1)) }, noP),
	},
	{
		Claim: result.Claim{
			ID: "likelihood.gradient", Refs: []string{"C43", "I42", "T1.nll", "M8"}, Where: "SOURCE 1.2(c), last display",
			Says:      "The gradient of the loss is that of the correct energy minus the mean gradient of all.",
			Printed:   "∂ℓ_W(x,y)/∂W = ∂F_W(x,y)/∂W − ∫_{y'} p(y'|x) ∂F_W(x,y')/∂W",
			Formula:   "∂ℓ/∂W = ∂F_y/∂W − Σ_{y'} p(y'|x) ∂F(y')/∂W",
			Condition: "as for line 2: a finite sum (all n answers of the question), or near W some integrable function of y' dominates |∂e^{−βF}/∂W|",
			Fault:     "+ for − before the mean",
			Why:       "True of every finite answer space, whatever happened on the way. For an integral it inherits the condition of line 2, and its second counterexample. (Where Z = ∞ there is no p, and nothing is said.)",
			Verdict:   result.HoldsIf,
		},
		Statement: overIntegrals(
			func(c integral) finding { return c.gradient(-1) },
			func(c integral) finding { return c.gradient(1) }, noP),
	},
}

// partition returns g = Z with its derivative by W.
func partition(c table) exact.Dual { return exact.Partition(constant(c.Beta, 1), c.moving()) }

// movedTo returns the energies F + S·W.
func (c table) movedTo(W exact.Interval) []exact.Interval {
	F := c.energies()
	for i, s := range c.S {
		F[i] = F[i].Add(x(s).Mul(W))
	}
	return F
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

// movingTable is anyTable for what one answer's energy and slope matter in.
var movingTable = func() groundOf[table] {
	moving := anyTable
	moving.reach = maps.Clone(moving.reach)
	moving.reach["F_y = 0"] = func(c table) bool { return c.F[c.Y] == 0 }
	moving.reach["F_y < 0"] = func(c table) bool { return c.F[c.Y] < 0 }
	moving.reach["∂F_y/∂W = 0"] = func(c table) bool { return c.S[c.Y] == 0 }
	moving.reach["∂F_y/∂W < 0"] = func(c table) bool { return c.S[c.Y] < 0 }
	return moving
}()

// A stepped table is one and a step of W, to either side.
type stepped struct {
	table
	H float64
}

// steppedTable is the ground of tables and a step h ≠ 0.
var steppedTable = groundOf[stepped]{
	cases: func() (cs []stepped) {
		for i, c := range tables() {
			cs = append(cs, stepped{c, []float64{1, -1, 0x1p-40}[i%3]})
		}
		return cs
	},
	draw: func(t *rapid.T) stepped {
		return stepped{drawTable(t), rapid.SampledFrom([]float64{1, -1, 0.125, 0x1p-20, 0x1p-40, -0x1p-40}).Draw(t, "h")}
	},
	reach: func() map[string]func(stepped) bool {
		r := reachOf(tableReach, func(c stepped) table { return c.table })
		r["h < 0"] = func(c stepped) bool { return c.H < 0 }
		return r
	}(),
	numbers: func(c stepped) numbers { return c.table.numbers().with("h", c.H) },
}
