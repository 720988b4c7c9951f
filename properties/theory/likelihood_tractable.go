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
			Says:    "The integral over y' might make the loss intractable.",
			Printed: "The integral over y' might cause the loss intractable.",
			Formula: "none is given; ln Z of a general Ising model is #P-hard to compute, that of a Gaussian has a closed form",
			Why:     "\"Might\" is a statement about every algorithm and the worst answer space: no set of cases could show it false.",
			Verdict: result.NotCheckable,
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
			func(c table) finding { return layers(c, func(answers int) int { return answers }) },
			func(c table) finding { return layers(c, func(int) int { return 1 }) }),
	},
	{
		Claim: result.Claim{
			ID: "tractable.discrete", Refs: []string{"C46", "I79"}, Where: "SOURCE 1.2(c), first bullet",
			Says:    "Being a sum, the loss is tractable for discrete data such as texts: the sum over all V^T texts of T tokens out of V words has no more terms than can be added (10¹⁸: 30 years at 10⁹ a second).",
			Printed: "For discrete data, like text sequence, […] so the loss is in fact tractable.",
			Formula: "V^T terms are too many for all but toy texts; what makes a sum tractable is structure: on a chain, where only neighbours meet, T·V² steps give all of it",
			Fault:   "the pass without what two neighbours cost",
			Why:     "20 tokens over 50 257 words make 10^94 texts. On small chains the passes of ebm.Chain, and the same passes in exact arithmetic, are held against the sum over all texts.",
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
				return that("the number of texts and what can be added", n.Cmp(most) <= 0, power(n), power(most))
			},
			corrected: func(c texts) finding {
				steps := new(big.Int).Mul(big.NewInt(int64(c.T)), big.NewInt(int64(c.V)*int64(c.V)))
				f := that("T·V² and what can be added", steps.Cmp(most) <= 0, steps, most)
				if len(c.chain.Unary) == 0 {
					return f
				}
				return all(f, chainIsBruteForce(c.chain, c.Beta))
			},
			faulty: func(c texts) finding {
				if len(c.chain.Unary) == 0 {
					return nothing("no chain")
				}
				return equal("Z from a pass without pairs and from the sum over all sequences",
					pass(c.chain.Unary, nil, c.Beta), bruteForce(c.chain, c.Beta, nil, x(0)))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "tractable.inputs", Refs: []string{"C47"}, Where: "SOURCE 1.2(c), first bullet",
			Says:    "The sum that normalises p(y|x) runs over all possible inputs.",
			Printed: "integral is simply sum over all possible input y'",
			Formula: "y' runs over the outputs: Σ_y e^{−βF(x,y)} / Σ_{y'∈𝒴} e^{−βF(x,y')} = 1",
			Fault:   "one input's energies over another's: Σ_y e^{−βF(x,y)} / Σ_{y'∈𝒴} e^{−βF(x+1,y')}",
			Why:     "y' stands where y stands, and y is the answer. Summed over inputs the quotient is no distribution over answers.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[relation]{
			cases: relations(), draw: drawRelation, show: relation.String,
			reach: map[string]func(relation) bool{
				"one input":   func(c relation) bool { return len(c.F) == 1 },
				"two inputs":  func(c relation) bool { return len(c.F) == 2 },
				"two outputs": func(c relation) bool { return len(c.F[0]) == 2 },
			},
			printed: func(c relation) finding {
				return c.normalises(c.inputs)
			},
			corrected: func(c relation) finding {
				return c.normalises(func(int) []float64 { return c.F[c.X] })
			},
			faulty: func(c relation) finding {
				return c.normalises(func(int) []float64 { return c.F[(c.X+1)%len(c.F)] })
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "montecarlo.estimate", Refs: []string{"C48", "I90"}, Where: "SOURCE 1.2(c), second bullet",
			Says:      "A Monte Carlo method estimates the integral: the mean of the estimate is the integral.",
			Printed:   "for continuous data like image, we can use Monte Carlos Method to estimate the integral",
			Formula:   "E Ẑ = Z for Ẑ = (1/K) Σ_k e^{−βF(y_k)}/q(y_k), y_k drawn from q; but E ln Ẑ ≤ ln Z: the loss is underestimated",
			Condition: "each draw counts with the weight 1/q(y) of the distribution it comes from, and q is nowhere 0",
			Fault:     "ln Ẑ without bias too: E ln Ẑ = ln Z",
			Why:       "Unweighted draws estimate a mean, not an integral; and what is never drawn is never counted. Even a right estimate of Z enters the loss through a logarithm, which is concave (Jensen). Every possible sample is enumerated.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[sampling]{
			cases: samplings(), draw: drawSampling, show: sampling.String,
			reach: map[string]func(sampling) bool{
				"K = 1":          func(c sampling) bool { return c.K == 1 },
				"K ≥ 2":          func(c sampling) bool { return c.K >= 2 },
				"q with a zero":  func(c sampling) bool { return c.weighted && slices.Min(c.Q) == 0 },
				"q not uniform":  func(c sampling) bool { return slices.Max(c.Q) > slices.Min(c.Q) },
				"equal energies": func(c sampling) bool { return len(c.F) > 1 && slices.Max(c.F) == slices.Min(c.F) },
			},
			printed: func(c sampling) finding {
				Zhat, lnZhat := c.expectations()
				Z := exact.Partition(x(c.Beta), xs(c.F))
				return all(equal("E Ẑ and Z", Zhat, Z), equal("E Ẑ/Z and 1", Zhat.Div(Z), x(1)), atMost("E ln Ẑ and ln Z", lnZhat, Z.Log()))
			},
			condition: []clause[sampling]{
				{"each draw counts with the weight 1/q(y)", func(c sampling) bool { return c.weighted }},
				{"q is nowhere 0", func(c sampling) bool { return slices.Min(c.Q) > 0 }},
			},
			accident: []clause[sampling]{{"there is one answer: every q is 1", func(c sampling) bool { return len(c.F) == 1 }}},
			faulty: func(c sampling) finding {
				_, lnZhat := c.expectations()
				return equal("E ln Ẑ and ln Z", lnZhat, exact.Partition(x(c.Beta), xs(c.F)).Log())
			},
		},
	},
}

// layers finds whether ∫_0^∞ N{y' : e^{−βF(y')} > t} dt = Σ e^{−βF}, where an
// energy that some answers share counts for count(answers).
func layers(c table, count func(answers int) int) finding {
	levels := slices.Clone(c.F)
	slices.Sort(levels)
	integral, above := x(0), 0 // above: the number of answers whose weight exceeds t
	for i := 0; i < len(levels); {
		j := i
		for j < len(levels) && levels[j] == levels[i] {
			j++
		}
		above += count(j - i)
		height := x(c.Beta).Mul(x(levels[i])).Neg().Exp()
		if j < len(levels) {
			height = height.Sub(x(c.Beta).Mul(x(levels[j])).Neg().Exp())
		}
		integral = integral.Add(height.Scale(float64(above)))
		i = j
	}
	Z := exact.Partition(x(c.Beta), c.energies())
	return all(equal("∫ and Σ", integral, Z), equal("∫/Σ and 1", integral.Div(Z), x(1)))
}
