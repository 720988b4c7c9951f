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
			Says:      "β is a hyperparameter of the model: another β makes another model, which gives other distributions.",
			Printed:   "the temperature β is a hyperparameter of the model that can be tuned",
			Formula:   "p(aF, β) = p(F, aβ)",
			Condition: "the scale of F is fixed, so that training cannot undo a change of β; and F is not constant",
			Fault:     "p(aF, β) = p(F, β/a)",
			Why:       "F = (0, 1) at β = 2 and 2F at β = 1 give the same p: 0.881 and 0.119. Where the weights can scale F, as those of a last linear layer can, training undoes β: it sets the units of F, and how fast they are learnt. (That it can be tuned in some model is beyond doubt; that it “is” one says that it makes a difference in each.)",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[rescaled]{
			cases: rescalings(),
			draw: func(t *rapid.T) rescaled {
				c := drawTable(t)
				return rescaled{c.F, c.Beta, float64(rapid.IntRange(2, 10).Draw(t, "k")), rapid.Bool().Draw(t, "free")}
			},
			show: rescaled.String,
			reach: map[string]func(rescaled) bool{
				"constant F, fixed": func(c rescaled) bool { return !c.Free && len(leastIndices(c.F)) == len(c.F) },
				"scale fixed":       func(c rescaled) bool { return !c.Free },
				"scale free":        func(c rescaled) bool { return c.Free },
			},
			printed: func(c rescaled) finding {
				scale := 1.0
				if c.Free {
					scale = c.K
				}
				return not(sameGibbs("p at kβ against p at β", x(c.Beta).Scale(c.K), xs(c.F), x(c.Beta), scaled(c.F, scale)))
			},
			condition: []clause[rescaled]{
				{"the scale of F is fixed", func(c rescaled) bool { return !c.Free }},
				{"F is not constant", func(c rescaled) bool { return len(leastIndices(c.F)) < len(c.F) }},
			},
			corrected: func(c rescaled) finding {
				if c.Free {
					return nothing("just what was compared")
				}
				return sameGibbs("p(F, kβ) against p(kF, β)", x(c.Beta).Scale(c.K), xs(c.F), x(c.Beta), scaled(c.F, c.K))
			},
			faulty: func(c rescaled) finding {
				return sameGibbs("p(F, β/k) against p(kF, β)", x(c.Beta).Div(x(c.K)), xs(c.F), x(c.Beta), scaled(c.F, c.K))
			},
		},
	},
}

func entropy(beta exact.Interval, F []exact.Interval) exact.Interval {
	return exact.EntropyOf(exact.GibbsOf(beta, F))
}

// rescaled are energies at β that are tuned to kβ; if the scale of F is free, training answers with F/k.
type rescaled struct {
	F       []float64
	Beta, K float64
	Free    bool
}

func (c rescaled) String() string {
	other := "and"
	if c.Free {
		other = result.Decimal(c.K) + "F"
	}
	return fmt.Sprintf("F=(%s) at β=%.6g, %s at β=%s", list(c.F), c.K*c.Beta, other, result.Decimal(c.Beta))
}

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
	cs := []rescaled{{[]float64{0, 1}, 1, 2, true}, {[]float64{0, 1}, 1, 2, false}}
	for _, c := range tables() {
		cs = append(cs, rescaled{c.F, c.Beta, 2, true}, rescaled{c.F, c.Beta, 2, false})
	}
	return cs
}
