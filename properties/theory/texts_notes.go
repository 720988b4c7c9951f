package theory

import "ebmcheck/properties/result"

// Notes, an errata sheet and a blog.
var textsNotes = []Claim{
	misquoted("X41", "gradient-of-z", "notes thread 4, partition function, eq. 22",
		"The gradient of Z is −β Σ p ∂E.",
		"That of ln Z.",
		result.IsRefuted, formulas{
			printed:   "D(sum(j: exp(-beta*F[j])), W) = -beta*sum(j: p[j]*D(F[j], W))",
			corrected: "D(log(sum(j: exp(-beta*F[j]))), W) = -beta*sum(j: p[j]*D(F[j], W))",
			misprint:  "ln dropped",
			only:      []string{"sum(j: p[j]*D(F[j], W)) = 0", "sum(j: exp(-beta*F[j])) = 1"},
			fault:     "D(log(sum(j: exp(-beta*F[j]))), W) = beta*sum(j: p[j]*D(F[j], W))",
			over:      some(1),
		}),
	misquoted("X42", "power-of-exponential", "mlrefined thread 16",
		"e^{−Cs} = e^{−C} e^{−s}.",
		"e^{−Cs} = (e^{−s})^C: for C = 2, s = 1 it is 0.135, not 0.050. (Here c is C and F is s.)",
		result.IsRefuted, formulas{
			printed:   "exp(-c*F[y]) = exp(-c)*exp(-F[y])",
			corrected: "exp(-c*F[y]) = exp(-F[y])^c",
			only:      []string{"c*F[y] = c + F[y]"},
			fault:     "exp(-c*F[y]) = exp(F[y])^c",
			over:      few(1),
		}),
	misquoted("X43", "tanh", "mlrefined thread 16",
		"tanh x = 2σ(x) − 1.",
		"2σ(2x) − 1: at x = 1, 0.762 against 0.462. (Here c is x.)",
		result.IsRefuted, formulas{
			printed:   "(exp(c) - exp(-c))/(exp(c) + exp(-c)) = 2*sigmoid(c) - 1",
			corrected: "(exp(c) - exp(-c))/(exp(c) + exp(-c)) = 2*sigmoid(2*c) - 1",
			misprint:  "factor 2 dropped",
			only:      []string{"c = 0"},
			fault:     "(exp(c) - exp(-c))/(exp(c) + exp(-c)) = 2*sigmoid(2*c) + 1",
			over:      few(1).beside(nought),
		}),
	misquoted("X44", "free-energy", "blog thread 400",
		"The free energy is F = ln Z with Z = Σ E.",
		"−(1/β) ln Σ e^{−βE}, which is the mean energy less the entropy over β: for E = 1 alone 1, not 0; for E = (0, 1) −0.313, not 0.",
		result.IsRefuted, formulas{
			printed:   "-log(sum(j: exp(-beta*F[j])))/beta = log(sum(j: F[j]))",
			corrected: "-log(sum(j: exp(-beta*F[j])))/beta = sum(j: p[j]*F[j]) + sum(j: p[j]*log(p[j]))/beta",
			otherwise: true,
			fault:     "-log(sum(j: exp(-beta*F[j])))/beta = sum(j: p[j]*F[j]) - sum(j: p[j]*log(p[j]))/beta",
			over:      off[sample]{upwards(1), "-log(sum(j: exp(-beta*F[j])))/beta - log(sum(j: F[j])) = sum(j: p[j]*F[j]) + sum(j: p[j]*log(p[j]))/beta - log(sum(j: F[j]))"},
		}),
}
