package faults

import (
	"math"

	"ebmcheck/properties/op"
)

// printed are formulas that stand in print: the source's own (C…), Table 1 and
// the notes around it (E…), and public answers to the same exercise (§3.4).
var printed = []Fault{
	{"square-square-minus", "E1", "F² − ([m − F̄]⁺)²: the minus of Table 1", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F)*pos(F) - pos(m-Fbar)*pos(m-Fbar) })},
	{"lvq2-ratio", "E2", "min(1, [d/(δF̄)]⁺): the text's LVQ2, not the table's", required("lvq2.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return min(1, pos((F-Fbar)/(m*Fbar))) })},
	{"lvq2-ratio-of-correct", "E2", "d divided by δF instead of δF̄", required("lvq2.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return min(1, pos((F-Fbar)/(m*F))) })},
	{"square-exp-beta", "E3", "γ taken for the inverse temperature: F² + e^{−γF̄}", required("square_exp.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return F*F + math.Exp(-m*Fbar) })},
	{"free-energy-sign", "E4", "+(1/β) ln Z", required("free_energy.value", tame),
		saying(func(_ call, r *reply) { r.Value = -r.Value })},
	{"nll-plus-beta", "E5", "F_y + (1/β) ln Σ e^{+βF}", required("nll.value", tame),
		valued(func(c call) float64 {
			up := call{Op: op.FreeEnergy, Energies: negated(c.Energies), Beta: c.Beta}
			return c.Energies[c.Answer] - right(up).Value
		})},
	{"perceptron-tie-is-an-error", "E6", "zero \"only when y is the correct answer\": a tie of the minimum with another answer costs something", required("perceptron.value", tame),
		saying(func(c call, r *reply) {
			if r.Value == 0 && tied(c.Energies) {
				r.Value = 1
			}
		})},
	{"hinge-two-class-sign", "E7", "[m + F̄ − F]⁺: max(0, m + 2YG) for max(0, m − 2YG)", required("hinge.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(m + Fbar - F) })},
	{"perceptron-argmin", "E9, C28, M21", "F_y − argmin_j F_j: subtracts the index", required("perceptron.value", tame),
		valued(func(c call) float64 { return c.Energies[c.Answer] - float64(argmin(c.Energies)) })},
	{"infer-min", "E9, C28, M21", "min_j F_j, as an integer, for argmin", required("infer.minimiser", tame),
		saying(func(c call, r *reply) { r.Index = int(c.Energies[r.Index]) })},
	{"free-energy-log-dropped", "E10", "−(1/β) Σ e^{−βF}", required("free_energy.value", tame),
		valued(func(c call) float64 { return -partition(c.Energies, c.Beta) / c.Beta })},
	{"nll-times-beta", "E11, C33", "βF_y + ln Z under the name of F_y + (1/β) ln Z", required("nll.value", tame),
		saying(func(c call, r *reply) { r.Value *= c.Beta })},
	{"nll-gradient-times-beta", "E11, C33", "the gradient of βF_y + ln Z", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) { scale(grad, c.Beta) })},

	{"infer-over-everything", "C04", "the minimum over (x, y), not over y: looks past the answers of this x", required("infer.minimiser", tame), overEverything},
	{"infer-similarity", "C07, M4", "energy taken for similarity: the most energetic answer", required("infer.minimiser", tame),
		asking(func(c *call) { c.Energies = negated(c.Energies) })},
	{"gibbs-similarity", "C07, M4", "e^{+βF}", required("gibbs.probabilities", tame),
		asking(func(c *call) { c.Energies = negated(c.Energies) })},
	{"gibbs-temperature", "C12, M9", "\"the temperature β\": e^{−F/β}", required("gibbs.probabilities", tame),
		asking(func(c *call) { c.Beta = 1 / c.Beta })},
	{"nll-temperature", "C12, M9", "e^{−F/β}", required("nll.value", tame), asking(func(c *call) { c.Beta = 1 / c.Beta })},
	{"free-energy-temperature", "C12, M9", "e^{−F/β}", required("free_energy.value", tame), asking(func(c *call) { c.Beta = 1 / c.Beta })},
	{"nll-chain-rule", "C37, M20", "∂e^{−βF} = −βF ∂F: the gradient is δ − F/Z", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			Z := partition(c.Energies, c.Beta)
			for i, F := range c.Energies {
				grad[i] = -F / Z
			}
			grad[c.Answer]++
		})},
	{"gibbs-energy-over-partition", "C41", "F/Z named p", required("gibbs.probabilities", tame),
		massed(func(c call, p []float64) {
			Z := partition(c.Energies, c.Beta)
			for i, F := range c.Energies {
				p[i] = F / Z
			}
		})},
	{"nll-is-the-energy", "C51", "a small loss \"means that F is small\": ℓ = F_y", required("nll.value", tame),
		valued(func(c call) float64 { return c.Energies[c.Answer] })},
	{"nll-pushes-down-only", "C51, C18", "∂ℓ/∂F = e_y", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) { clear(grad); grad[c.Answer] = 1 })},
	{"simple-branches-reversed", "C56, C57, M19", "∂[m − F̄]⁺ = 0 if m ≥ F̄, otherwise −1", required("simple.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return step(F > 0), -step(Fbar > m) })},
	{"square-square-branches-reversed", "C65, C66, M19", "∂([m − F̄]⁺)² = 0 if F̄ ≤ m, otherwise −2(m − F̄)", required("square_square.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return 2 * pos(F), -2 * (m - Fbar) * step(Fbar > m) })},
	{"log-phantom-margin", "C70, C72", "a margin of 1 in the log loss, which has none", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return softplus(1 + F - Fbar) })},
	{"log-gradient-overflows", "C62", "e^d/(1 + e^d), literally: ∞/∞", required("log.gradient", wide),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) {
			s := math.Exp(F-Fbar) / (1 + math.Exp(F-Fbar))
			return s, -s
		})},
	{"simple-is-l2", "C79", "L1 and L2 swapped: squares in the simple loss", required("simple.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F)*pos(F) + pos(m-Fbar)*pos(m-Fbar) })},
	{"square-square-is-l1", "C80", "L1 and L2 swapped: slopes of 1 in square-square", required("square_square.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return step(F > 0), -step(Fbar < m) })},

	{"nll-beta-lost-twice", "§3.4 M2", "e^{F} for e^{−βF} in the sum", required("nll.value", tame),
		valued(func(c call) float64 {
			up := call{Op: op.FreeEnergy, Energies: negated(c.Energies), Beta: 1}
			return c.Energies[c.Answer] - right(up).Value/c.Beta
		})},
	{"simple-second-branch-tests-F", "§3.4 M2", "the second branch tests F < m instead of F̄ < m", required("simple.gradient", tame),
		pairSlope(func(F, _, m float64) (float64, float64) { return step(F > 0), -step(F < m) })},
	{"square-square-factors-lost", "§3.4 M3", "2 and −2: the factors F and m − F̄ are lost", required("square_square.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return 2 * step(F > 0), -2 * step(Fbar < m) })},
	{"simple-second-term-at-y", "§3.4 M4", "[F]⁺ + [m − F]⁺", required("simple.value", tame),
		pairValue(func(F, _, m float64) float64 { return pos(F) + pos(m-F) })},
	{"square-square-second-term-at-y", "§3.4 M4", "([F]⁺)² + ([m − F]⁺)²", required("square_square.value", tame),
		pairValue(func(F, _, m float64) float64 { return pos(F)*pos(F) + pos(m-F)*pos(m-F) })},
	{"hinge-tests-margin-only", "§3.4 M4", "the indicator with y for ȳ: m > 0", required("hinge.gradient", tame),
		pairSlope(func(_, _, m float64) (float64, float64) { return step(m > 0), -step(m > 0) })},
	{"log-without-log", "§3.4 M4", "1 + e^d: the logarithm is lost", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return 1 + math.Exp(F-Fbar) })},
	{"log-gradient-without-log", "§3.4 M4", "∂ = e^d: the derivative of 1 + e^d", required("log.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) { return math.Exp(F - Fbar), -math.Exp(F - Fbar) })},
	{"free-energy-without-1/β", "§3.4 M4", "−ln Σ e^{−βF}", required("free_energy.value", tame),
		saying(func(c call, r *reply) { r.Value *= c.Beta })},
	{"nll-log-without-1/β", "§3.4 M5", "F_y + ln Σ e^{−βF}: 1/β lost in one place", required("nll.value", tame),
		valued(func(c call) float64 { return c.Energies[c.Answer] - c.Beta*freeEnergy(c) })},
	{"nll-sum-over-y", "§3.4 M6", "Σ_{y'} e^{−βF_y}: y for y' inside the sum", required("nll.value", tame),
		valued(func(c call) float64 { return math.Log(float64(len(c.Energies))) / c.Beta })},
	{"hinge-margin-sign", "§3.4 M6", "[d − m]⁺", required("hinge.value", tame), asking(func(c *call) { c.Margin = -c.Margin })},
	{"square-square-not-squared", "§3.4 M7", "F + ([m − F̄]⁺)²: no square on the correct term", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F) + pos(m-Fbar)*pos(m-Fbar) })},
	{"square-square-by-scores", "§3.4 M7", "scores for energies: both signs turned", required("square_square.value", tame),
		asking(func(c *call) { c.Energies = negated(c.Energies) })},
	{"nll-plus-expectation", "§3.4 M8", "δ + p", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) {
			copy(grad, gibbs(c))
			grad[c.Answer]++
		})},
	{"nll-p-for-1-p", "§3.4 M9", "p_y instead of 1 − p_y at the correct answer", required("nll.gradient", tame),
		sloped(func(c call, grad []float64) { grad[c.Answer] = gibbs(c)[c.Answer] })},
}

// overEverything is C04: a table of energies of all x, one row after another,
// in which the minimum is looked for from the start.
func overEverything() answer {
	var row []float64
	return func(c call) reply {
		all := append([]float64{}, row...)
		row = append(row[:0], c.Energies...)
		return reply{Index: argmin(append(all, c.Energies...))}
	}
}
