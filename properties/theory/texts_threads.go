package theory

import "ebmcheck/properties/result"

// Documentation and code of libraries, known by the threads in which somebody found it wrong: twice, somebody who was.
var textsThreads = []Claim{
	misquoted("X32", "rbm-signs", "scikit-learn user guide, energy of a restricted Boltzmann machine",
		"The energy of a unit h with activation c is +ch, and its probability of being 1 is σ(c).",
		"With plus the conditional is σ(−c): the energy is −ch.",
		result.IsRefuted, formulas{
			printed:   "exp(-c)/(1 + exp(-c)) = sigmoid(c)",
			corrected: "exp(c)/(1 + exp(c)) = sigmoid(c)",
			only:      []string{"c = 0"},
			fault:     "exp(c)/(1 + exp(-c)) = sigmoid(c)",
			over:      off[sample]{few(1).beside(nought), "exp(-c)/(1 + exp(-c)) - sigmoid(c) = 1 - 2*sigmoid(c)"},
		}),
	misquoted("X33", "cross-entropy-log-outside", "optax softmax_cross_entropy",
		"The cross-entropy of a target q is ln(Σ q e^x/Σ e^x): the logarithm stands outside of the sum, without a minus.",
		"−Σ q ln softmax(x): for q = (½, ½) and x = (0, 2) it is 1.127, not −0.693. (Here x = −βF.)",
		result.IsRefuted, formulas{
			printed:   "-sum(j: q[j]*log(p[j])) = log(sum(j: q[j]*p[j]))",
			corrected: "-sum(j: q[j]*log(p[j])) = beta*sum(j: q[j]*F[j]) + log(sum(j: exp(-beta*F[j])))",
			only:      []string{"n = 1"},
			fault:     "-sum(j: q[j]*log(p[j])) = sum(j: q[j]*F[j]) + log(sum(j: exp(-beta*F[j])))",
			over:      off[sample]{some(1), "-sum(j: q[j]*log(p[j])) - log(sum(j: q[j]*p[j])) = beta*sum(j: q[j]*F[j]) + log(sum(j: exp(-beta*F[j]))) - log(sum(j: q[j]*p[j]))"},
		}),
	misquoted("X34", "soft-margin-hard", "Paddle multi-label soft margin loss",
		"The multi-label soft margin loss is Σ max(0, 1 − (x_j − x_i)) over every label j that is set and i that is not, divided by the number of labels.",
		"That is the hard margin loss, of differences of two scores. The soft one is a mean of one term a label, −ln σ(x_j) if it is set and −ln σ(−x_i) if not: for x_j = 1, x_i = 0 the one is 0, the other 0.503. (Here one label of two is set, F is its score and F̄ that of the other.)",
		result.IsRefuted, formulas{
			printed:   "-(log(sigmoid(F[y])) + log(sigmoid(-F[ybar])))/2 = max(0, 1 - (F[y] - F[ybar]))/2",
			corrected: "-(log(sigmoid(F[y])) + log(sigmoid(-F[ybar])))/2 = (log(1 + exp(-F[y])) + log(1 + exp(F[ybar])))/2",
			otherwise: true,
			fault:     "-(log(sigmoid(F[y])) + log(sigmoid(-F[ybar])))/2 = (log(1 + exp(-F[y])) - log(1 + exp(F[ybar])))/2",
			over:      off[sample]{few(2), "-(log(sigmoid(F[y])) + log(sigmoid(-F[ybar])))/2 - max(0, 1 - (F[y] - F[ybar]))/2 = (log(1 + exp(-F[y])) + log(1 + exp(F[ybar])))/2 - max(0, 1 - (F[y] - F[ybar]))/2"},
		}),
	misquoted("X35", "multi-margin-sign", "torch threads 1167 and 7237, multi-margin loss",
		"A term of the multi-margin loss is [m − x_y − x_i]⁺: it is 0 where x_y is above x_i by m or more.",
		"+ x_i. As printed it is 6 too small at x_y = 0, x_i = 5, m = 1, and large for two scores far below 0. (Here F is x_y and F̄ is x_i.)",
		result.IsRefuted, formulas{
			printed:   "pos(m - F[y] - F[ybar]) = 0 if F[y] - F[ybar] >= m",
			corrected: "pos(m - F[y] + F[ybar]) = 0 if F[y] - F[ybar] >= m",
			misprint:  "+ → −",
			fault:     "pos(m + F[y] + F[ybar]) = 0 if F[y] - F[ybar] >= m",
			over: few(2).aimed(func(c sample) sample { // in most cases the first score is above the second by m
				c.F = []float64{max(c.F[0], mirrored(c.F[1]+c.M, c.F[0])), c.F[1]}
				return c
			}),
		}),
	misquoted("X36", "triplet-squared", "torch thread 3339, triplet margin loss",
		"The distance in the triplet margin loss is the squared one.",
		"It is not squared: of 0 and 2 it is 2, not 4.",
		result.IsRefuted, formulas{
			printed:   "(F[y] - F[ybar])^2 = abs(F[y] - F[ybar])",
			corrected: "sqrt((F[y] - F[ybar])^2) = abs(F[y] - F[ybar])",
			misprint:  "√ dropped",
			only:      []string{"F[y] = F[ybar]", "abs(F[y] - F[ybar]) = 1"},
			fault:     "sqrt((F[y] + F[ybar])^2) = abs(F[y] - F[ybar])",
			over:      few(2),
		}),
	misquoted("X37", "sigmoid-two-ways", "torch thread 1320, binary cross-entropy",
		"The documentation has e^x/(1 + e^x) where the code has 1/(1 + e^{−x}), which is the same.",
		"Reported as an error, and “corrected”. It was right. (Here c is x.)",
		result.Holds, formulas{
			printed: "exp(c)/(1 + exp(c)) = 1/(1 + exp(-c))",
			fault:   "exp(c)/(1 + exp(c)) = 1/(1 + exp(c))",
			over:    few(1),
		}),
	misquoted("X38", "kl-of-log-probabilities", "torch threads 5282, 38227, 43348, 57459 and 69442, Kullback-Leibler loss",
		"q(ln q − x), summed, is the Kullback-Leibler divergence, x being a log-probability.",
		"Reported as an error five times. It is right; what misleads is the name, which does not say that x is a logarithm (X05).",
		result.Holds, formulas{
			printed: "sum(j: q[j]*(log(q[j]) - log(p[j]))) = sum(j: q[j]*log(q[j]/p[j]))",
			fault:   "sum(j: q[j]*(log(q[j]) - p[j])) = sum(j: q[j]*log(q[j]/p[j]))",
			over:    some(1),
		}),
	misquoted("X39", "positive-left-out", "GraphCL threads 2 and 27",
		"The loss of the code, which leaves the positive out of the denominator, is the InfoNCE loss of the paper.",
		"With ℓ for that of the code, InfoNCE is ln(1 + e^ℓ): above ℓ, and above 0. ℓ has no lower bound, and is no cross-entropy: of the scores 5 and 0 it is −5, where InfoNCE is 0.0067. (The author means what the code does, and the paper to be corrected. Here the scores are −F.)",
		result.IsRefuted, formulas{
			printed:   "-log(exp(-F[y])/sum(j != y: exp(-F[j]))) = F[y] + log(sum(j: exp(-F[j])))",
			corrected: "-log(exp(-F[y])/sum(j: exp(-F[j]))) = F[y] + log(sum(j: exp(-F[j])))",
			misprint:  "j ≠ y dropped",
			only:      []string{},
			fault:     "-log(exp(F[y])/sum(j: exp(-F[j]))) = F[y] + log(sum(j: exp(-F[j])))",
			over:      some(2),
		}),
	misquoted("X40", "clamped", "RBM thread 1, softplus",
		"ln(1 + e^t) does not overflow, and stays what it is, if e^t is clamped at 87.",
		"It is another function from t = ln 87 = 4.47 on: 4.477 for every t. max(t, 0) + ln(1 + e^{−|t|}) does not overflow. (Here c is t.)",
		result.IsRefuted, formulas{
			printed:   "log(1 + min(exp(c), 87)) = log(1 + exp(c))",
			corrected: "max(c, 0) + log(1 + exp(-abs(c))) = log(1 + exp(c))",
			only:      []string{"exp(c) <= 87"},
			fault:     "max(c, 0) + log(1 + exp(abs(c))) = log(1 + exp(c))",
			over:      few(1).beside(clampedAt(4.47)), // e^{4.47} = 87.36
		}),
}

// clampedAt is a sample with c = t.
func clampedAt(t float64) sample {
	s := nought
	s.C = t
	return s
}
