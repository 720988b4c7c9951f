package theory

import (
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// SOURCE 1.2(a), (b): what the loss is.
var likelihoodForm = []Claim{
	{
		Claim: result.Claim{
			ID: "likelihood.gibbs-sum", Refs: []string{"C29", "I31"}, Where: "SOURCE 1.2(a)",
			Says:      "e^{−βF} over its integral is the probability of each of the n answers.",
			Printed:   "p(y|x) = exp(−βF_W(x,y)) / ∫_{y'} exp(−βF_W(x,y'))",
			Condition: "the integral counts the answers, that is ∫_{y'} is Σ_{y'}",
			Why:       "The answers are the numbers 1 to n, and no measure is named. Integrated over the segment [1, n], even energies that are all 0 give probabilities that sum to n/(n−1).",
			Verdict:   result.HoldsIf,
		},
		Statement: formulas{
			printed:   "for all j: p[j] = exp(-beta*F[j])/sum(k: mu[k]*exp(-beta*F[k]))",
			condition: "for all j: mu[j] = 1",
			accident:  []string{"sum(k: mu[k]*exp(-beta*F[k])) = sum(k: exp(-beta*F[k]))"},
			fault:     "for all j: p[j] = exp(beta*F[j])/sum(k: mu[k]*exp(-beta*F[k]))",
			over:      measuredTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.minus-log", Refs: []string{"C30", "I41"}, Where: "SOURCE 1.2(b), line 1",
			Says:    "The loss is the negative natural logarithm of the probability of the correct answer.",
			Why:     "A definition; the three facts in the formula single this loss out among all functions of the energies.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "-log(p[y]) = -log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))",
			corrected: "for all j: -log(p[j]) + log(p[y]) = beta*(F[j] - F[y]) and -log(p[j]) >= 0 and sum(k: exp(log(p[k]))) = 1",
			fault:     "-log(p[y]) = log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.expanded", Refs: []string{"C31", "T1.nll", "E5"}, Where: "SOURCE 1.2(b), line 2",
			Says:    "The logarithm splits the loss into β times the energy and the logarithm of the integral.",
			Why:     "ln(a/b) = ln a − ln b, and ln e^{−βF} = −βF.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "-log(exp(-beta*F[y])/sum(j: exp(-beta*F[j]))) = beta*F[y] + log(sum(j: exp(-beta*F[j])))",
			corrected: "beta*F[y] + log(sum(j: exp(-beta*F[j]))) = log(1 + sum(j != y: exp(-beta*(F[j] - F[y]))))",
			fault:     "-log(exp(-beta*F[y])/sum(j: exp(-beta*F[j]))) = beta*F[y] + log(sum(j: exp(beta*F[j])))",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.normalised", Refs: []string{"C32", "T1.nll", "I41", "M5"}, Where: "SOURCE 1.2(b), last display",
			Says:    "Divided by β the loss is the energy plus the log-integral over β, with the same minimisers.",
			Why:     "β > 0: a positive factor moves no minimiser. (β < 0 would turn minima into maxima.)",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "-log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))/beta = F[y] + log(sum(j: exp(-beta*F[j])))/beta",
			corrected: "D(F[y] + log(sum(j: exp(-beta*F[j])))/beta, W) = D(beta*F[y] + log(sum(j: exp(-beta*F[j]))), W)/beta",
			fault:     "-log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))/beta = F[y] + log(sum(j: exp(-beta*F[j])))",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.one-name", Refs: []string{"C33", "I41"}, Where: "SOURCE 1.2(b), both displays",
			Says:    "Both displays are named ℓ_W(x,y), so both are the same number.",
			Why:     "One letter for two losses, a factor β apart.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "beta*F[y] + log(sum(j: exp(-beta*F[j]))) = F[y] + log(sum(j: exp(-beta*F[j])))/beta",
			corrected: "beta*F[y] + log(sum(j: exp(-beta*F[j]))) = beta*(F[y] + log(sum(j: exp(-beta*F[j])))/beta)",
			only:      []string{"beta = 1", "n = 1"},
			fault:     "beta*F[y] + log(sum(j: exp(-beta*F[j]))) = beta*(F[y] + log(sum(j: exp(-beta*F[j]))))",
			over:      mildTable,
		},
	},
}

// A measured table is one of n answers and of a measure on them: ∫_{y'} h is Σ_j μ_j h_j. With μ = 1 it counts them; with
// μ = ½, 1, …, 1, ½ it is the integral over the segment [1, n] of what is h at the answers and linear in between.
type measured struct {
	table
	Mu []float64
}

// measuredTable is the ground of tables and a measure.
var measuredTable = groundOf[measured]{
	cases: func() []measured {
		cs := []measured{segment(table{F: []float64{0, 0}, Beta: 1, S: []float64{1, -1}})}
		cs = append(cs, measured{table{F: []float64{0}, Beta: 1, S: []float64{1}}, []float64{2}})
		cs = append(cs, measured{table{F: []float64{1, 1}, Beta: 1, S: []float64{1, -1}}, []float64{0.5, 1.5}}) // Z as if counted
		for _, c := range tables() {
			cs = append(cs, measured{c, slices.Repeat([]float64{1}, len(c.F))}, segment(c))
		}
		return cs
	},
	draw: func(t *rapid.T) measured {
		c := measured{table: drawTable(t)}
		switch rapid.IntRange(0, 3).Draw(t, "measure") {
		case 0:
			return segment(c.table)
		case 1:
			for range c.F {
				c.Mu = append(c.Mu, float64(rapid.IntRange(1, 300).Draw(t, "100 μ"))/100)
			}
		default:
			c.Mu = slices.Repeat([]float64{1}, len(c.F))
		}
		return c
	},
	reach: reachOf(tableReach, func(c measured) table { return c.table }),
	numbers: func(c measured) numbers {
		n := c.table.numbers()
		n.vectors["mu"] = first(c.Mu, c.Y)
		return n
	},
}

// segment is a table with the measure of the segment [1, n], of length n − 1.
func segment(c table) measured {
	mu := slices.Repeat([]float64{1}, len(c.F))
	mu[0] -= 0.5
	mu[len(mu)-1] -= 0.5
	return measured{c, mu}
}
