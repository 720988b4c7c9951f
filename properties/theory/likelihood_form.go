package theory

import "ebmcheck/properties/result"

// SOURCE 1.2(a), (b): what the loss is.
var likelihoodForm = []Claim{
	{
		Claim: result.Claim{
			ID: "likelihood.gibbs-sum", Refs: []string{"C29", "I31"}, Where: "SOURCE 1.2(a)",
			Says:    "e^{−βF} over its integral is the probability of each of the n answers.",
			Printed: "p(y|x) = exp(−βF_W(x,y)) / ∫_{y'} exp(−βF_W(x,y'))",
			Why:     "The measure of n answers is counting, and ∫_{y'} their sum. (dy' on a finite set is 0, and leaves 0/0; for a continuum see C10 and C14.)",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "for all j: p[j] = exp(-beta*F[j])/sum(k: exp(-beta*F[k]))",
			corrected: "sum(j: exp(-beta*F[j])/sum(k: exp(-beta*F[k]))) = 1",
			fault:     "for all j: p[j] = exp(beta*F[j])/sum(k: exp(-beta*F[k]))",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.minus-log", Refs: []string{"C30", "I41"}, Where: "SOURCE 1.2(b), line 1",
			Says:    "The loss is the negative natural logarithm of the probability of the correct answer.",
			Why:     "A definition; the two facts in the formula single this loss out among all functions of the energies.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "-log(p[y]) = -log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))",
			corrected: "for all j: -log(p[j]) + log(p[y]) = beta*(F[j] - F[y]) and sum(k: exp(log(p[k]))) = 1",
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
			Says:    "The loss keeps its name, ℓ_W(x, y), when it is divided by β.",
			Printed: "ℓ_W(x, y) = βF_W(x, y) + … Normalizing the loss with 1/β, we have ℓ_W(x, y) = F_W(x, y) + …",
			Formula: "βF_y + ln Z = β·(F_y + (1/β) ln Z)",
			Why:     "A choice of name. The words between the displays say that the loss is divided, and C32 finds that it is; nobody says that the two are equal. Whoever takes the letter alone is off by a factor β, unless β = 1 or n = 1.",
			Verdict: result.NotCheckable,
		},
	},
}
