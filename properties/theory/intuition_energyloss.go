package theory

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// What comes of only pushing down: the energy loss, ℓ = F(x, y).
var intuitionEnergyLoss = []Claim{
	{
		Claim: result.Claim{
			ID: "energy-loss.role", Refs: []string{"C17"}, Where: "SOURCE 1.1(e)",
			Says:    "Loss functions are used to shape the energy function.",
			Printed: "The loss functions are used to shape the energy function.",
			Why:     "It says what a loss is for.",
			Verdict: result.NotCheckable,
		},
	},
	{
		Claim: result.Claim{
			ID: "energy-loss.flat", Refs: []string{"C18", "T1.energy"}, Where: "SOURCE 1.1(f), sentence 1",
			Says:    "Only pushing down the energy of correct answers leads to an energy that is 0 everywhere.",
			Printed: "Only pushing down energy of correct inputs will lead the energy to be flat everywhere (0).",
			Formula: "a table: F_t(y) = F₀(y) − ηt without end, F(ȳ) stays; (y − wx)²: F(y) → 0, F(ȳ) → (ȳ − y)²; F ≥ 0 in a family with F ≡ 0: flat is one minimiser, from which nothing leads away",
			Fault:   "a table: F_t(y) = F₀(y), whatever t",
			Why:     "“May”, not “will”: flat is possible where the family allows it. A table runs off to −∞ at one answer, and an energy of fixed shape just moves to where the data are.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[lesson]{
			cases: lessons(tabular, leastSquares, embedding),
			draw:  func(t *rapid.T) lesson { return drawLesson(t, tabular, leastSquares, embedding) },
			show:  lesson.String,
			reach: lessonReach(tabular, leastSquares, embedding),
			printed: func(c lesson) finding {
				_, F := c.learn()
				flat := math.Abs(F[0]) <= 0.001 && math.Abs(F[1]) <= 0.001
				return that("F(x, y) and F(x, ȳ) after the descent", flat, fmt.Sprintf("%.6g and %.6g", F[0], F[1]), "0 and 0, to 1/1000")
			},
			corrected: func(c lesson) finding {
				w, F := c.learn()
				switch c.Family {
				case tabular:
					return all(
						within("F_t(y), in the law F₀(y) − ηt", x(w[int(c.Y)]), c.tableLaw()),
						that("F_t(ȳ) against F₀(ȳ)", F[1] == c.W[int(c.Ybar)], F[1], c.W[int(c.Ybar)]))
				case leastSquares:
					return within("w_t, in the law w* + (w₀ − w*)(1 − 2ηx²)^t", x(w[0]), c.regressionLaw())
				}
				return c.stuck(w)
			},
			faulty: func(c lesson) finding {
				if c.Family != tabular {
					return nothing("no table")
				}
				w, _ := c.learn()
				return that("F_t(y) against F₀(y)", w[int(c.Y)] == c.W[int(c.Y)], w[int(c.Y)], c.W[int(c.Y)])
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "energy-loss.incorrect", Refs: []string{"C19", "T1.energy"}, Where: "SOURCE 1.1(f), sentence 2",
			Says:    "The energy loss does not penalise incorrect answers: their energies do not enter it.",
			Printed: "it does not penalize the incorrect input",
			Why:     "ℓ = F(x, y) names one energy. (Shared weights may still move the others.)",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all j != y: D(energy, F[j]) = 0 where energy = F[y]",
			fault:   "for all j != y: D(energy, F[j]) = 0 where energy = F[ybar]",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "energy-loss.learns", Refs: []string{"C20", "T1.energy"}, Where: "SOURCE 1.1(f), sentence 2",
			Says:      "Only pushing down does not help in learning: the wrong answer is left as good as the right one.",
			Printed:   "This does not help in learning",
			Formula:   "F of fixed shape, (y − wx)² or ‖u_y − Vx‖² with fixed centres: F(x, y) < F(x, ȳ) once descent has come near; F ≥ 0 in a family with F ≡ 0: flat has the least loss, and descent stays there",
			Condition: "the family has F ≡ 0 and F ≥ 0, and training begins (or arrives) there",
			Fault:     "“always helps”: F(x, y) < F(x, ȳ) after the descent",
			Why:       "Least squares is the energy loss, and it learns. What the loss cannot do is to keep a family that can collapse from collapsing: no energy has a lower loss than F ≡ 0.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[lesson]{
			cases: lessons(leastSquares, fixedCentres, tabular, embedding, learnedCentres),
			draw: func(t *rapid.T) lesson {
				return drawLesson(t, leastSquares, fixedCentres, tabular, embedding, learnedCentres)
			},
			show:  lesson.String,
			reach: lessonReach(leastSquares, fixedCentres, tabular, embedding, learnedCentres),
			printed: func(c lesson) finding {
				w, F := c.learn()
				idle := that("F(x, ȳ) against F(x, y) after the descent: no help if it is not higher", F[1] <= F[0], fmt.Sprintf("%.6g", F[1]), fmt.Sprintf("≤ %.6g", F[0]))
				if c.Family.collapses() {
					return all(idle, c.stuck(w))
				}
				return idle
			},
			condition: []clause[lesson]{{"training begins at F ≡ 0, F ≥ 0 in the family", func(c lesson) bool { return c.Family.collapses() }}},
			accident:  []clause[lesson]{{"descent has not come near", func(c lesson) bool { return !c.Family.collapses() && !c.near() }}},
			corrected: func(c lesson) finding {
				if !c.near() {
					return nothing("no fixed shape, or not near enough yet")
				}
				_, F := c.learn()
				return that("F(x, y) against F(x, ȳ) after the descent", F[0] < F[1], F[0], fmt.Sprintf("< %g", F[1]))
			},
			faulty: func(c lesson) finding {
				_, F := c.learn()
				return that("F(x, y) against F(x, ȳ) after the descent", F[0] < F[1], F[0], fmt.Sprintf("< %g", F[1]))
			},
		},
	},
}
