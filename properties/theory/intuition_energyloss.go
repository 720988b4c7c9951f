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
			Formula: "a table: F_t(y) = F₀(y) − ηt without end, F(ȳ) stays; (y − wx)², ηx² < 1: F(y) → 0, F(ȳ) → (ȳ − y)²; (g₁x − g₂y)² with answers y ≠ y′ to one x ≠ 0, η(2x² + y² + y′²) ≤ 1: ‖W_t‖ → 0 from every start, and F → 0 everywhere",
			Fault:   "a table: F_t(y) = F₀(y), whatever t",
			Why:     "“Will” is too much; flat is what some families come to. A table runs off to −∞ at one answer, an energy of fixed shape moves to where the data are, and two embeddings that share weights collapse: from W = (1, 1), samples (1, 1) and (1, 2), to W = 0, where every pair has energy 0.",
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
			Says:      "Only pushing down does not help in learning: in the end, at the least loss, a wrong answer is as good as the right one.",
			Printed:   "This does not help in learning",
			Formula:   "(g₁x − g₂y)² with answers y ≠ y′ to one x ≠ 0: F(x, ȳ) ≤ (x² + ȳ²)‖W_t‖² → 0 for every ȳ, as ‖W_t‖ ≤ max |1 − 2ηλ|ᵗ ‖W₀‖; (y − wx)² and (u_y − wx)² with distinct fixed centres u: F(x, y) < F(x, ȳ) once descent has come near",
			Condition: "F ≡ 0 alone has the least loss, and F ≥ 0: the family collapses; and each step lowers the loss: of the embeddings (g₁x − g₂y)², whose loss is a quadratic form in W, ηλ < 1 for both eigenvalues λ of its matrix, as where η(2x² + y² + y′²) ≤ 1",
			Fault:     "“always helps”: F(x, y) < F(x, ȳ) after the descent",
			Why:       "Least squares is the energy loss, and it learns. But no energy F ≥ 0 has a lower loss than F ≡ 0, and nothing keeps these embeddings from it, whose loss is a quadratic form in W: from W = (1, 1), samples (1, 1) and (1, 2), all energies go to 0, that of ȳ = 1.5 before those of the right answers. With steps too large they go to ∞, and no loss comes to its least.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[lesson]{
			cases: append(lessons(leastSquares, fixedCentres, tabular, embeddings), lesson{embeddings, []float64{1, 0}, 1, 1, 0, 1, 2, 2}),
			draw: func(t *rapid.T) lesson {
				c := drawLesson(t, leastSquares, fixedCentres, tabular, embeddings)
				if c.Family.collapses() {
					c.Step *= float64(rapid.IntRange(1, 6).Draw(t, "2η tr M"))
				}
				return c
			},
			show:  lesson.String,
			reach: diverging(lessonReach(leastSquares, fixedCentres, tabular, embeddings)),
			printed: func(c lesson) finding {
				_, F := c.learn()
				switch {
				case c.Family.collapses() && c.falls():
					return c.collapsed(F)
				case c.Family.collapses():
					return c.fallen(F)
				}
				return that("F(x, ȳ) against F(x, y) after the descent: no help if it is not higher", F[1] <= F[0], fmt.Sprintf("%.6g", F[1]), fmt.Sprintf("≤ %.6g", F[0]))
			},
			condition: []clause[lesson]{
				{"F ≡ 0 alone has the least loss, and F ≥ 0", func(c lesson) bool { return c.Family.collapses() }},
				{"each step lowers the loss", func(c lesson) bool { return !c.Family.collapses() || c.falls() }},
			},
			accident: []clause[lesson]{{"descent has not come near", func(c lesson) bool { return c.Family.fixed() && !c.near() }}},
			perhaps: []clause[lesson]{
				{"a table, of which F(y) is not the least yet", func(c lesson) bool { return c.Family == tabular }},
				{"what grows has not outgrown the rest", func(c lesson) bool { return c.Family.collapses() && !c.falls() && !c.outgrown() }},
			},
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
			also: []func(lesson) finding{lesson.sooner},
		},
		Paths: func() []result.Path { return collapsing().both(1000) },
	},
}

// flat reports whether two energies are 0, to 1/1000.
func flat(a, b float64) bool { return max(math.Abs(a), math.Abs(b)) <= 0.001 }
