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
			Formula: "a table: F_t(y) = F₀(y) − ηt without end, F(ȳ) stays; (y − wx)², 0 < ηx² < 1: F(y) → 0, F(ȳ) → (ȳ − y)²; (g₁x − g₂y)² with answers y ≠ y′ to one x ≠ 0, ηT ≤ 1, T = 2x² + y² + y′²: ‖W_t‖² ≤ e^{−kt}‖W₀‖² → 0 from every start, k = 4ηx²(y − y′)²/T, and F → 0 everywhere",
			Fault:   "a table: F_t(y) = F₀(y), whatever t",
			Why:     "“Will” is too much; flat is what some families come to. A table runs off to −∞ at one answer, an energy of fixed shape moves to where the data are (at x = 0, which w does not move, (y − wx)² is y² for ever), and two embeddings collapse, each with a weight of its own that all answers share: from W = (1, 1), samples (1, 1) and (1, 2), to W = 0, where every pair has energy 0.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[lesson]{
			cases: lessons(tabular, leastSquares, embeddings),
			draw:  func(t *rapid.T) lesson { return drawLesson(t, tabular, leastSquares, embeddings) },
			show:  lesson.String,
			reach: lessonReach(tabular, leastSquares, embeddings),
			printed: func(c lesson) finding {
				_, F := c.learn()
				return that("F(x, y) and F(x, ȳ) after the descent", flat(F[0], F[1]), fmt.Sprintf("%.6g and %.6g", F[0], F[1]), "0 and 0, to 1/1000")
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
				return c.collapsed(F)
			},
			faulty: func(c lesson) finding {
				if c.Family != tabular {
					return nothing("no table")
				}
				w, _ := c.learn()
				return that("F_t(y) against F₀(y)", w[int(c.Y)] == c.W[int(c.Y)], w[int(c.Y)], c.W[int(c.Y)])
			},
			also: []func(lesson) finding{func(c lesson) finding {
				if c.Family != leastSquares {
					return nothing("no regression")
				}
				w, _ := c.learn()
				c.Step /= 2 // the law without its 2
				return within("w_t, in the law w* + (w₀ − w*)(1 − ηx²)^t", x(w[0]), c.regressionLaw())
			}, lesson.sooner},
		},
		Paths: func() []result.Path { return append(pushedDown(), collapsing().both(1000)...) },
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
			Says:    "Only pushing down does not help in learning: in the end a wrong answer is as good as the right one.",
			Printed: "This does not help in learning",
			Formula: "a table, (y − wx)² with 0 < ηx² < 1, and (u_y − wx)² of distinct fixed centres u likewise: F(x, y) < F(x, ȳ) once descent has come near; (g₁x − g₂y)² with answers y ≠ y′ to one x ≠ 0, ηT ≤ 1, T = 2x² + y² + y′²: F(x, ȳ) ≤ (x² + ȳ²)‖W_t‖² → 0 for every ȳ, as ‖W_t‖² ≤ e^{−kt}‖W₀‖², k = 4ηx²(y − y′)²/T",
			Fault:   "“always helps”: F(x, y) < F(x, ȳ) after the descent",
			Why:     "Least squares is only pushing down, and it learns: there F cannot be low at every answer at once. A table learns, too: it leaves the other answers where they are. It is of no help where the family can collapse, as these embeddings do, whose loss is a quadratic form in W: from W = (1, 1), samples (1, 1) and (1, 2), all energies go to 0, that of ȳ = 1.5 before those of the right answers. And there it is the limit that is flat: after finitely many steps F = (g₁x − g₂y)² still has its least value at one answer, y = (g₁/g₂)x, as long as g₂ ≠ 0.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[lesson]{
			cases: lessons(leastSquares, fixedCentres, tabular, embeddings),
			draw:  func(t *rapid.T) lesson { return drawLesson(t, leastSquares, fixedCentres, tabular, embeddings) },
			show:  lesson.String,
			reach: lessonReach(leastSquares, fixedCentres, tabular, embeddings),
			printed: func(c lesson) finding {
				_, F := c.learn()
				if c.Family.collapses() {
					return c.collapsed(F)
				}
				return that("F(x, ȳ) against F(x, y) after the descent: no help if it is not higher", F[1] <= F[0], fmt.Sprintf("%.6g", F[1]), fmt.Sprintf("≤ %.6g", F[0]))
			},
			corrected: func(c lesson) finding {
				_, F := c.learn()
				switch {
				case c.Family.collapses():
					return c.collapsed(F)
				case !c.near():
					return nothing("not near enough yet")
				}
				return that("F(x, y) against F(x, ȳ) after the descent", F[0] < F[1], F[0], fmt.Sprintf("< %g", F[1]))
			},
			faulty: func(c lesson) finding {
				_, F := c.learn()
				return that("F(x, y) against F(x, ȳ) after the descent", F[0] < F[1], F[0], fmt.Sprintf("< %g", F[1]))
			},
			also: []func(lesson) finding{lesson.sooner},
		},
		Paths: func() []result.Path { return collapsing().both(1000) },
	},
}

// flat reports whether two energies are 0, to 1/1000.
func flat(a, b float64) bool { return max(math.Abs(a), math.Abs(b)) <= 0.001 }
