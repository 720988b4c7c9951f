package theory

import (
	"maps"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// SOURCE 1.2(d): what the loss pushes, and how far.
var likelihoodPushes = []Claim{
	{
		Claim: result.Claim{
			ID: "push.down", Refs: []string{"C49", "I42", "M9"}, Where: "SOURCE 1.2(d), sentence 1",
			Says:    "The loss pushes down the energy of the correct answer.",
			Printed: "NLL pushes down on the energy of the correct answer",
			Why:     "Descent lowers an energy whose derivative is positive; this one is, until no other answer has any probability.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(nll, F[y]) = 1 - p[y] = sum(j != y: p[j]) > 0 if n >= 2 where nll = F[y] + logsumexp(k: -beta*F[k])/beta",
			fault:   "D(nll, F[y]) = 1 + p[y] = sum(j != y: p[j]) > 0 if n >= 2 where nll = F[y] + logsumexp(k: -beta*F[k])/beta",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "push.up", Refs: []string{"C50", "I15", "I42"}, Where: "SOURCE 1.2(d), sentence 1",
			Says:    "The second term pushes up the energies of all answers, each in proportion to its probability.",
			Printed: "while pushing up on the energies of all answers in proportion to their probabilities",
			Why:     "The derivative of the free energy is the Gibbs distribution. The correct answer is pushed up too, but down by 1.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all j: D(logsumexp(k: -beta*F[k])/beta, F[j]) = -p[j] and D(nll, F[j]) = delta(j, y) - p[j] where nll = F[y] + logsumexp(k: -beta*F[k])/beta",
			fault:   "for all j: D(logsumexp(k: -beta*F[k])/beta, F[j]) = p[j] and D(nll, F[j]) = delta(j, y) - p[j] where nll = F[y] + logsumexp(k: -beta*F[k])/beta",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "push.small-loss", Refs: []string{"C51", "I51"}, Where: "SOURCE 1.2(d), sentence 2",
			Says:    "As the loss −ln p_y goes to 0, the energy of the correct answer goes to −∞: below every b, once −ln p_y ≤ ε for an ε small enough.",
			Printed: "For compatible pair (x, y) with small loss −log p(y|x), this means F_W(x, y) is getting arbitrarily small",
			Why:     "No ε is small enough, not only the 1 of the example: for F = (1000, 1000 + t) −ln p_y = ln(1 + e^{−βt}) → 0 as t → ∞, and F_y stays 1000. The loss sees differences only: to add a constant to all energies leaves it as it is, and puts F_y at any b. A small loss bounds F_y by the other energies, not by a number.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "F[y] < b if -log(p[y]) <= eps",
			corrected: "F[y] <= (log(expm1(eps)) - logsumexp(j != y: -beta*F[j]))/beta and with(F[j] := F[j] + b - F[y]: F[y] + log(p[y])) = b + log(p[y]) if -log(p[y]) <= eps",
			only:      []string{"F[y] < b and -log(p[y]) <= eps"},
			fault:     "F[y] <= (log(expm1(eps)) + logsumexp(j != y: -beta*F[j]))/beta and with(F[j] := F[j] + b - F[y]: F[y] + log(p[y])) = b + log(p[y]) if -log(p[y]) <= eps",
			over:      boundedTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "push.without-bound", Refs: []string{"C52", "I53", "I54", "M8"}, Where: "SOURCE 1.2(d), sentence 3",
			Says:    "The energy of an incorrect answer can get arbitrarily large: there is a training that passes every bound B.",
			Printed: "Similarly, for incompatible pair (x, y), F_W(x, y) can get arbitrarily large.",
			Formula: "on a table, incorrect answers tied: ΣF stays, and u = β(F_ȳ − F_y) obeys e^u + (n−1)u ≥ e^{u₀} + (n−1)u₀ + nβηt after t steps: F_ȳ grows like (ln t)/(nβ), F_y falls (n−1) times as fast",
			Fault:   "+Σp∂F for −Σp∂F in the gradient: everything is pushed down",
			Why:     "“Can” asks for one training, and that of a table will do: every push up is an incorrect probability, which is never 0: slow, but without end. Others do not: F = tanh W never passes 1, and to have no upper bound is not enough. Under F = sinh W the gradient flow keeps Σ arctan F: with n = 2, from F_y = −1 and F_ȳ = 0, F_ȳ stays below 1 for ever.",
			Verdict: result.Holds,
		},
		Statement: statement[training]{
			cases: trainings(), draw: drawTraining, show: training.String,
			reach: map[string]func(training) bool{
				"n = 2":                 func(c training) bool { return c.N == 2 },
				"n ≥ 4":                 func(c training) bool { return c.N >= 4 },
				"starts on wrong order": func(c training) bool { return c.F > c.Fbar },
				"20 steps and more":     func(c training) bool { return c.steps() >= 20 },
				"small steps":           func(c training) bool { return c.Eta < 0.01 },
			},
			printed: func(c training) finding { return c.passes(false) },
			faulty:  func(c training) finding { return c.passes(true) },
		},
		Paths: func() []result.Path { return growing() },
	},
	{
		Claim: result.Claim{
			ID: "push.closeness", Refs: []string{"C53", "I22"}, Where: "SOURCE 1.2(d)",
			Says:    "How close an incorrect answer lies to the correct one makes no difference to its push: only the energies do.",
			Printed: "(not in the source: what a reader asks, whether a close answer can be told from the correct one)",
			Why:     "No distance |y' − y| stands in the loss or in its gradient: the push is p, which all the energies make. Two answers next to each other can be driven apart without end.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all a != y, b != y: with(F[j] := swapped: nll) = nll and with(F[j] := swapped: D(nll, F[b])) = D(nll, F[a]) = -p[a] where nll = -log(p[y])/beta, swapped = F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a])",
			fault:   "for all a, b != y: with(F[j] := swapped: nll) = nll and with(F[j] := swapped: D(nll, F[b])) = D(nll, F[a]) = -p[a] where nll = -log(p[y])/beta, swapped = F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a])",
			over:    fewTable,
		},
	},
}

// A bounded table is one of two answers or more, together with a bound ε on its loss, and b, alleged to be one on F_y.
type bounded struct {
	table
	Eps, B float64
}

// boundedTable is the ground of tables, an ε and a b.
var boundedTable = groundOf[bounded]{
	cases: smallLosses, draw: drawSmallLoss,
	reach: map[string]func(bounded) bool{
		"−ln p_y ≤ ε, F_y > b": func(c bounded) bool { return c.isSmall() && c.F[c.Y] > c.B },
		"−ln p_y ≤ ε, F_y < b": func(c bounded) bool { return c.isSmall() && c.F[c.Y] < c.B },
		"−ln p_y ≤ ε, n ≥ 3":   func(c bounded) bool { return c.isSmall() && len(c.F) >= 3 },
		"ε ≤ 10⁻²⁰":            func(c bounded) bool { return c.isSmall() && c.Eps <= 1e-20 },
		"−ln p_y > ε":          func(c bounded) bool { return !c.isSmall() },
	},
	numbers: func(c bounded) numbers { return c.table.numbers().with("eps", c.Eps).with("b", c.B) },
}

// isSmall reports whether −ln p_y ≤ ε, in float64: a stratum is not a verdict.
func (c bounded) isSmall() bool {
	l := 0.0
	for j, F := range c.F {
		if j != c.Y {
			l += math.Exp(-c.Beta * (F - c.F[c.Y]))
		}
	}
	return math.Log1p(l) <= c.Eps
}

func smallLosses() []bounded {
	var cs []bounded
	for _, eps := range []float64{1, 1e-3, 1e-20} {
		for _, F := range [][]float64{{0, 1}, {0, 0}, {0, 50}, {1000, 2000}, {-1, 100, 200}, {5, 5, 9}} {
			cs = append(cs, bounded{table{F: F, Beta: 1, S: make([]float64, len(F))}, eps, 0}, bounded{table{F: F, Beta: 1, S: make([]float64, len(F))}, eps, -1000})
		}
	}
	return cs
}

func drawSmallLoss(t *rapid.T) bounded {
	c := drawTableFrom(t, 2)
	if rapid.IntRange(0, 3).Draw(t, "shape") > 0 { // raise the others until the loss is small
		low := slices.Min(c.F)
		c.F[c.Y] = low
		least := rapid.SampledFrom([]int{50, 20, 0}).Draw(t, "least gap")
		for j := range c.F {
			if j != c.Y {
				c.F[j] += float64(least+rapid.IntRange(0, 10).Draw(t, "gap")) / min(c.Beta, 1)
			}
		}
	}
	return bounded{c, rapid.SampledFrom([]float64{1e-20, 1e-6, 0.001, 0.1, 1}).Draw(t, "ε"), decimal(t, 999, "b")}
}

// fewTable is anyTable with up to four answers, and once twelve: a statement about every two of them on every two takes long.
var fewTable = func() groundOf[table] {
	g := anyTable
	g.draw = func(t *rapid.T) table {
		c := drawTable(t)
		n := min(len(c.F), 4)
		c.F, c.S, c.Y = c.F[:n], c.S[:n], min(c.Y, n-1)
		return c
	}
	g.cases = func() []table {
		return append(slices.DeleteFunc(tables(), func(c table) bool { return len(c.F) > 4 }), many(12, 0.5))
	}
	g.reach = maps.Clone(g.reach)
	delete(g.reach, "n ≥ 7")
	g.reach["n = 4"] = func(c table) bool { return len(c.F) == 4 }
	return g
}()
