package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// What β is.
var intuitionTemperature = []Claim{
	{
		Claim: result.Claim{
			ID: "temperature.name", Refs: []string{"C12", "I10"}, Where: "SOURCE 1.1(c), after the formula",
			Says:    "β is a temperature: the larger it is, the flatter p is, that is, the higher its entropy H.",
			Printed: "the temperature β",
			Why:     "Heat flattens p, and β sharpens it; 1.1(d) itself lets β → ∞ give the argmax.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(entropy, beta) >= 0 where entropy = -sum(j: p[j]*log(p[j]))",
			corrected: "D(entropy, beta) = -beta*(sum(j: p[j]*F[j]^2) - sum(j: p[j]*F[j])^2) <= 0 where entropy = -sum(j: p[j]*log(p[j]))",
			only:      []string{"max(j: F[j]) = min(j: F[j])"},
			fault:     "D(entropy, beta) = beta*(sum(j: p[j]*F[j]^2) - sum(j: p[j]*F[j])^2) <= 0 where entropy = -sum(j: p[j]*log(p[j]))",
			over:      mildTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "temperature.tuned", Refs: []string{"C13", "I19"}, Where: "SOURCE 1.1(c), after the formula",
			Says:    "β is a hyperparameter of the model that can be tuned: there are energies of which another β makes another distribution.",
			Printed: "the temperature β is a hyperparameter of the model that can be tuned",
			Formula: "F = (0, 1): p = (1/(1 + e^{−β}), 1/(1 + e^{β})), another at every β. p(aF, β) = p(F, aβ)",
			Fault:   "p(F, kβ) = p(F, β)",
			Why:     "F = (0, 1) has p = (0.731, 0.269) at β = 1 and (0.881, 0.119) at β = 2. Where the weights can scale F, as those of a last linear layer can, training can undo another β: 2F at β = 1 is as F at β = 2. There β sets the units of F, and how fast they are learnt. (If all energies are equal it makes no difference.)",
			Verdict: result.Holds,
		},
		Statement: statement[rescaled]{
			cases: rescalings(),
			draw: func(t *rapid.T) rescaled {
				c := drawTable(t)
				return rescaled{c.F, c.Beta, float64(rapid.IntRange(2, 10).Draw(t, "k"))}
			},
			show: rescaled.String,
			reach: map[string]func(rescaled) bool{
				"constant F": rescaled.constant,
				"n = 2":      func(c rescaled) bool { return len(c.F) == 2 && !c.constant() },
			},
			printed: func(c rescaled) finding {
				if c.constant() {
					return nothing("all energies are equal, and this is no witness")
				}
				return not(sameGibbs("p at kβ against p at β", x(c.Beta).Scale(c.K), xs(c.F), x(c.Beta), xs(c.F)))
			},
			corrected: func(c rescaled) finding {
				return sameGibbs("p(F, kβ) against p(kF, β)", x(c.Beta).Scale(c.K), xs(c.F), x(c.Beta), scaled(c.F, c.K))
			},
			faulty: func(c rescaled) finding {
				return sameGibbs("p at kβ against p at β", x(c.Beta).Scale(c.K), xs(c.F), x(c.Beta), xs(c.F))
			},
			also: []func(rescaled) finding{func(c rescaled) finding { // p(aF, β) = p(F, β/a)
				return sameGibbs("p(F, β/k) against p(kF, β)", x(c.Beta).Div(x(c.K)), xs(c.F), x(c.Beta), scaled(c.F, c.K))
			}},
		},
	},
}

func entropy(beta exact.Interval, F []exact.Interval) exact.Interval {
	return exact.EntropyOf(exact.GibbsOf(beta, F))
}

// rescaled are energies at β, tuned to kβ.
type rescaled struct {
	F       []float64
	Beta, K float64
}

func (c rescaled) String() string {
	return fmt.Sprintf("F=(%s) at β=%.6g, and at β=%s", list(c.F), c.K*c.Beta, result.Decimal(c.Beta))
}

func (c rescaled) constant() bool { return len(leastIndices(c.F)) == len(c.F) }

func scaled(F []float64, a float64) []exact.Interval {
	G := xs(F)
	for i := range G {
		G[i] = G[i].Scale(a)
	}
	return G
}

// sameGibbs finds whether p(F, beta) = p(G, gamma).
func sameGibbs(what string, beta exact.Interval, F []exact.Interval, gamma exact.Interval, G []exact.Interval) finding {
	q := exact.GibbsOf(gamma, G)
	var fs []finding
	for i, p := range exact.GibbsOf(beta, F) {
		fs = append(fs, equal(what, p, q[i]))
	}
	return all(fs...)
}

func rescalings() []rescaled {
	cs := []rescaled{{[]float64{0, 1}, 1, 2}}
	for _, c := range tables() {
		cs = append(cs, rescaled{c.F, c.Beta, 2})
	}
	return cs
}
