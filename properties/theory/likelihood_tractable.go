package theory

import (
	"math/big"
	"slices"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.2(c), the bullets: when the loss can be computed.
var likelihoodTractable = []Claim{
	{
		Claim: result.Claim{
			ID: "tractable.integral", Refs: []string{"C44"}, Where: "SOURCE 1.2(c), after the last display",
			Says:    "The integral over y' might make the loss intractable: there are energies whose Z is as hard as counting the solutions of any problem in NP.",
			Printed: "The integral over y' might cause the loss intractable.",
			Formula: "y ∈ {0, 1}ⁿ, F(y) = the number of clauses that y violates, β = (n+1) ln 2: 0 ≤ Z − #{y : y satisfies all clauses} ≤ ½",
			Fault:   "β = ½ ln 2, whatever n",
			Why:     "“Might” asks for one witness. Each y of F ≥ 1 adds at most 2^−(n+1), and all of them ½ at most: who can compute Z can count, which is #P-complete (Valiant). A Gaussian has a closed form: hence “might”, not “does”.",
			Verdict: result.Holds,
		},
		Statement: statement[constraints]{
			cases: someConstraints(), draw: drawConstraints, show: constraints.String,
			reach: map[string]func(constraints) bool{
				"no solution":  func(c constraints) bool { return c.solutions() == 0 },
				"one solution": func(c constraints) bool { return c.solutions() == 1 },
				"n = 4":        func(c constraints) bool { return c.N == 4 },
			},
			printed: func(c constraints) finding { return c.counts(x(2).Log().Scale(float64(c.N + 1))) },
			faulty:  func(c constraints) finding { return c.counts(x(2).Log().Scale(0.5)) },
		},
	},
	{
		Claim: result.Claim{
			ID: "tractable.sum", Refs: []string{"C45"}, Where: "SOURCE 1.2(c), first bullet",
			Says:    "For discrete data the integral is simply a sum.",
			Printed: "For discrete data, like text sequence, integral is simply sum over all possible […] y'",
			Formula: "∫ e^{−βF} dμ = ∫_0^∞ μ{y' : e^{−βF(y')} > t} dt = Σ_{y'} e^{−βF(y')}, where μ counts",
			Fault:   "answers of equal energy counted once",
			Why:     "The Lebesgue integral of the counting measure, built up layer by layer, is the sum.",
			Verdict: result.Holds,
		},
		Statement: overTables(
			func(c table) finding { return layers(c, c.F) },
			func(c table) finding { return layers(c, c.different()) }),
	},
	{
		Claim: result.Claim{
			ID: "tractable.discrete", Refs: []string{"C46", "I79"}, Where: "SOURCE 1.2(c), first bullet",
			Says:    "For discrete data such as texts the loss is tractable, being a sum: the V^T texts of T tokens out of V words are no more terms than can be added (10¹⁸: 30 years at 10⁹ a second).",
			Printed: "For discrete data, like text sequence, […] so the loss is in fact tractable.",
			Formula: "discrete is not enough: V^T terms; it needs structure: on a chain, where only neighbours meet, T·V² steps give all of the sum",
			Fault:   "the pass without what two neighbours cost",
			Why:     "20 tokens out of 50 257 words make 50257²⁰ = 10⁹⁴ terms. That the printed sum is too long does not prove that there is no shorter way; C44 does, for energies at large (unless counting is easy). On small chains the passes of ebm.Chain, the part of this project that adds over all sequences step by step, and the same passes in exact arithmetic, are held against the sum over all texts.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[texts]{
			cases: someTexts(), draw: drawTexts, show: texts.String,
			reach: map[string]func(texts) bool{
				"can be enumerated":    func(c texts) bool { return c.count().Cmp(most) <= 0 },
				"cannot be enumerated": func(c texts) bool { return c.count().Cmp(most) > 0 },
				"chain of 3 positions": func(c texts) bool { return len(c.chain.Unary) >= 3 },
			},
			printed: func(c texts) finding {
				n := c.count()
				return that("the number of texts and what can be added", n.Cmp(most) <= 0, power(n), "≤ "+power(most))
			},
			corrected: func(c texts) finding {
				steps := new(big.Int).Mul(big.NewInt(int64(c.T)), big.NewInt(int64(c.V)*int64(c.V)))
				f := that("T·V² and what can be added", steps.Cmp(most) <= 0, steps, most)
				if len(c.chain.Unary) == 0 {
					return f
				}
				return all(f, chainIsBruteForce(c.chain, c.Beta, c.chain.FreeEnergy(c.Beta)))
			},
			faulty: func(c texts) finding {
				if len(c.chain.Unary) == 0 {
					return nothing("no chain")
				}
				return equal("Z from a pass without pairs and from the sum over all sequences",
					pass(c.chain.Unary, nil, c.Beta), bruteForce(c.chain, c.Beta, nil, x(0)))
			},
			also: []func(texts) finding{func(c texts) finding {
				if len(c.chain.Unary) == 0 {
					return nothing("no chain")
				}
				return equal("Z from a pass without the first token and from the sum over all sequences",
					pass(c.chain.Unary[1:], c.chain.Pair[min(1, len(c.chain.Pair)):], c.Beta), bruteForce(c.chain, c.Beta, nil, x(0)))
			}},
		},
	},
	{
		Claim: result.Claim{
			ID: "tractable.inputs", Refs: []string{"C47"}, Where: "SOURCE 1.2(c), first bullet",
			Says:    "The sum that normalises p(y|x) runs over all possible y'.",
			Printed: "integral is simply sum over all possible input y'",
			Formula: "Σ_y e^{−βF(x,y)} / Σ_{y'∈𝒴} e^{−βF(x,y')} = 1",
			Fault:   "the sum over inputs: Σ_y e^{−βF(x,y)} / Σ_{x'∈𝒳} e^{−βF(x',y)}",
			Why:     "“Input” is a slip: y' stands where y stands, and is an answer, as are the “correct inputs” of 1.3. Summed over the inputs x', the quotient would be p(x|y), whose sum over y is not 1.",
			Verdict: result.Holds,
		},
		Statement: statement[relation]{
			cases: relations(), draw: drawRelation, show: relation.String,
			reach: map[string]func(relation) bool{
				"one input":   func(c relation) bool { return len(c.F) == 1 },
				"two inputs":  func(c relation) bool { return len(c.F) == 2 },
				"two outputs": func(c relation) bool { return len(c.F[0]) == 2 },
			},
			printed: func(c relation) finding { return c.normalises(func(int) []float64 { return c.F[c.X] }) },
			faulty:  func(c relation) finding { return c.normalises(c.inputs) },
		},
	},
	{
		Claim: result.Claim{
			ID: "montecarlo.estimate", Refs: []string{"C48", "I90"}, Where: "SOURCE 1.2(c), second bullet",
			Says:    "A Monte Carlo method can estimate the integral: there is an estimate whose mean is the integral.",
			Printed: "for continuous data like image, we can use Monte Carlos Method to estimate the integral",
			Formula: "E Ẑ = Z for Ẑ = (1/K) Σ_k e^{−βF(y_k)}/q(y_k), y_k drawn from q, q > 0; but E ln Ẑ ≤ ln Z",
			Fault:   "each draw counts 1: Ẑ = (1/K) Σ_k e^{−βF(y_k)}",
			Why:     "Held to sums over every possible sample, and to F = Ay² on ℝ with q a Gaussian. Draws from p itself, unweighted, estimate the other integral, ∫ p ∂F of C43. An unbiased estimate can still be useless: for e^{−y²/2} and q ∝ e^{−2y²} the variance is infinite, as ∫ e^{−y²}/q = ∞. And through the logarithm the loss is underestimated (Jensen).",
			Verdict: result.Holds,
		},
		Statement: statement[sampling]{
			cases: samplings(), draw: drawSampling, show: sampling.String,
			reach: map[string]func(sampling) bool{
				"K = 1":                func(c sampling) bool { return !c.Real && c.K == 1 },
				"K ≥ 2":                func(c sampling) bool { return !c.Real && c.K >= 2 },
				"q not uniform":        func(c sampling) bool { return !c.Real && slices.Max(c.Q) > slices.Min(c.Q) },
				"equal energies":       func(c sampling) bool { return !c.Real && len(c.F) > 1 && slices.Max(c.F) == slices.Min(c.F) },
				"ℝ, variance finite":   func(c sampling) bool { return c.Real && c.tame() },
				"ℝ, variance infinite": func(c sampling) bool { return c.Real && !c.tame() },
			},
			printed: func(c sampling) finding { return c.unbiased(true) },
			faulty:  func(c sampling) finding { return c.unbiased(false) },
		},
	},
}

// different returns the energies of a table, each once, ascending.
func (c table) different() []float64 { return slices.Compact(slices.Sorted(slices.Values(c.F))) }

// layers finds whether ∫_0^∞ N{y' : e^{−βF(y')} > t} dt = Σ e^{−βF}, where the answers that N counts have the energies of.
func layers(c table, of []float64) finding {
	levels, integral := c.different(), x(0)
	for i, level := range levels { // t from the weight of the next level to that of this one
		above := 0
		for _, f := range of {
			if f <= level {
				above++
			}
		}
		height := x(c.Beta).Mul(x(level)).Neg().Exp()
		if i+1 < len(levels) {
			height = height.Sub(x(c.Beta).Mul(x(levels[i+1])).Neg().Exp())
		}
		integral = integral.Add(height.Scale(float64(above)))
	}
	Z := exact.Partition(x(c.Beta), c.energies())
	return all(equal("∫ and Σ", integral, Z), equal("∫/Σ and 1", integral.Div(Z), x(1)))
}
