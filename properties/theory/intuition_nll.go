package theory

import (
	"ebmcheck/properties/result"
)

// The negative log-likelihood as 1.1(h) has it.
var intuitionNLL = []Claim{
	{
		Claim: result.Claim{
			ID: "nll.negatives", Refs: []string{"C24", "I42"}, Where: "SOURCE 1.1(h)",
			Says:    "The NLL pushes up on every incorrect answer.",
			Printed: "We can use negative log-likelihood loss",
			Why:     "Every energy is in the integral, and every weight e^{−βF} is positive. (The NLL is offered in place of the energy loss of (f), which pushes up on none.)",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all j != y: D(nll, F[j]) = -p[j] < 0 where nll = F[y] + logsumexp(k: -beta*F[k])/beta",
			fault:   "for all j != y: D(nll, F[j]) = -p[j] < 0 where nll = F[y] + max(k: -beta*F[k])/beta",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "nll.form", Refs: []string{"C25", "I41"}, Where: "SOURCE 1.1(h), formula",
			Says:    "The loss shown is the negative log-likelihood, in units of 1/β.",
			Why:     "ln p(y|x) = −βF(x, y) − ln Z. Where Z is infinite neither side says anything.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "F[y] + log(Z)/beta = -log(exp(-beta*F[y])/Z)/beta",
			fault:   "F[y] + log(Z) = -log(exp(-beta*F[y])/Z)/beta",
			over:    anyMass,
		},
	},
	{
		Claim: result.Claim{
			ID: "nll.nonnegative", Refs: []string{"C26", "I41"}, Where: "SOURCE 1.1(h)",
			Says:      "The loss is at least 0.",
			Printed:   "(not in the source: what a reader takes from “negative log-likelihood loss”)",
			Why:       "μ is the measure of the answer itself, and r ≥ 0 the integral over all others: Z = μe^{−βF} + r. Where answers are counted μ is 1, and a probability is at most 1. On a continuum μ is 0, and a density may be above 1: under F = y² on ℝ at β = 100 that of y = 0 is √(100/π) = 5.6.",
			Verdict:   result.HoldsIf,
			Condition: "the answers are counted, 𝒴 being finite or countable",
		},
		Statement: formulas{
			printed:   "F[y] + log(mu*exp(-beta*F[y]) + r)/beta >= 0",
			condition: "mu >= 1",
			accident:  []string{"mu < 1 and r >= (1 - mu)*exp(-beta*F[y])"},
			fault:     "F[y] + log(mu*exp(-beta*F[y]) + r)/beta > 0",
			over:      oneOfMany,
		},
	},
}
