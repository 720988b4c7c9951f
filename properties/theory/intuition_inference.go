package theory

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// What it is to answer: the y of least energy for a given x.
var intuitionInference = []Claim{
	{
		Claim: result.Claim{
			ID: "inference.one-to-many", Refs: []string{"C01"}, Where: "SOURCE 1.1(a), sentence 1",
			Says:    "An energy lets one x have many answers y, even a continuum of them.",
			Printed: "1-to-many or 1 to infinite continuum of y",
			Formula: "F(x, y) = (x² + ‖y‖² − 1)², |x| < 1: argmin_y F(x, ·) is two points of ℝ, a whole circle of ℝ²",
			Fault:   "F(x, y) = ‖y − f(x)‖², the energy of a single prediction",
			Why:     "A function x → y gives one answer; the minimisers of an energy may be any closed set. Exact ties are rare once W is learnt: then read {y : F(x, y) ≤ min F + τ}.",
			Verdict: result.Holds,
		},
		Statement: statement[circle]{
			cases: []circle{{0, 0, 1}, {0, 0, 0.5}, {0.6, 0, 1}, {0.8, -1, 1}, {0.99, 0, 1e-6}, {0, 3, 1000}},
			draw: func(t *rapid.T) circle {
				c := circle{decimal(t, 99, "x"), decimal(t, 999, "s"), decimal(t, 999, "t")}
				if c.S == c.T {
					c.T++
				}
				return c
			},
			show: circle.String,
			reach: map[string]func(circle) bool{
				"x = 0": func(c circle) bool { return c.X == 0 },
				"x ≠ 0": func(c circle) bool { return c.X != 0 },
			},
			printed: func(c circle) finding {
				return c.answers(func(y ...exact.Interval) exact.Interval {
					s := x(c.X).Sqr().Sub(x(1))
					for _, v := range y {
						s = s.Add(v.Sqr())
					}
					return s.Sqr()
				})
			},
			faulty: func(c circle) finding {
				return c.answers(func(y ...exact.Interval) exact.Interval {
					s := y[0].Sub(c.radius()).Sqr()
					for _, v := range y[1:] {
						s = s.Add(v.Sqr())
					}
					return s
				})
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "inference.dependency", Refs: []string{"C02"}, Where: "SOURCE 1.1(a), sentence 1",
			Says:    "From the energy function the level of dependency between x and y can be inferred: how much p(y|x) changes with x.",
			Printed: "to infer the level of dependency between (x, y) using the energy function F",
			Formula: "max_{x, x′, y} |p(y|x) − p(y|x′)| = 0 ⟺ F(x, y) = a(x) + b(y)",
			Fault:   "max_{x, x′, y} |p(y|x) − p(y|x′)| = 0 ⟺ F does not depend on x",
			Why:     "What x adds to the energies of all answers alike, a(x), drops out of p; what is left of x in F − a(x) is the dependency. F alone may depend on x where y does not: F = ((0, 1), (5, 6)). (Averages over x, such as the mutual information, take p(x) as well, which F does not have.)",
			Verdict: result.Holds,
		},
		Statement: statement[inputs]{
			cases: inputTables(),
			draw: func(t *rapid.T) inputs {
				c := drawInputs(t)
				if rapid.Bool().Draw(t, "a(x) + b(y)") {
					for i := range c.F {
						a := float64(rapid.IntRange(-99, 99).Draw(t, "a")) / 8
						for j := range c.F[i] {
							c.F[i][j] = math.Round(8*c.F[0][j])/8 + a // eighths add up without rounding
						}
					}
				} else if row := c.F[c.X]; rapid.IntRange(0, 3).Draw(t, "ties") == 3 {
					row[0] = slices.Min(row)
					row[len(row)-1] = row[0]
				}
				return c
			},
			show: inputs.energies,
			reach: map[string]func(inputs) bool{
				"dependent":                     func(c inputs) bool { return !c.separate() },
				"independent, F depends on x":   func(c inputs) bool { return c.separate() && !c.same() && len(c.F[0]) > 1 },
				"independent, F does not":       func(c inputs) bool { return len(c.F) > 1 && c.same() },
				"independent, of three or more": func(c inputs) bool { return c.separate() && len(c.F) > 2 && len(c.F[0]) > 2 },
				"dependent, the answers tied":   func(c inputs) bool { return !c.separate() && len(leastIndices(c.F[c.X])) > 1 },
			},
			printed: func(c inputs) finding { return c.independent(c.separate()) },
			faulty:  func(c inputs) finding { return c.independent(c.same()) },
		},
	},
	{
		Claim: result.Claim{
			ID: "inference.compatibility", Refs: []string{"C03"}, Where: "SOURCE 1.1(a), sentence 2",
			Says:    "The most compatible pair has the lowest energy.",
			Printed: "Most compatible pair will have the lowest energy F",
			Formula: "y₁ fits x better than y₂ ⟺ F(x, y₁) < F(x, y₂)",
			Why:     "It is the convention that gives F its meaning, and the aim of training it; the other statements take it for granted.",
			Verdict: result.NotCheckable,
		},
	},
	{
		Claim: result.Claim{
			ID: "inference.input-fixed", Refs: []string{"C04"}, Where: "SOURCE 1.1(a), formula",
			Says:    "The answer to x is the y of least energy beside that x.",
			Printed: "ŷ = argmin_y {F(x, y), (x, y) ∈ 𝒳 × 𝒴}",
			Formula: "ŷ(x) = argmin_{y ∈ 𝒴} F(x, y), x given",
			Fault:   "the least energy of all pairs: the y of argmin_{x, y} F(x, y)",
			Why:     "argmin_y binds y and leaves x free, as what is asked; “(x, y) ∈ 𝒳 × 𝒴” says where F is defined. Read as a minimum over pairs, it would give one answer to every question: for F = ((0, 1), (2, 1)) it is 0, and to x = 1 the answer is 1.",
			Verdict: result.Holds,
		},
		Statement: statement[inputs]{
			cases: inputTables(),
			draw:  drawInputs,
			show:  inputs.String,
			reach: map[string]func(inputs) bool{
				"one input":      func(c inputs) bool { return len(c.F) == 1 },
				"one answer":     func(c inputs) bool { return len(c.F[0]) == 1 },
				"tied answers":   func(c inputs) bool { return len(leastIndices(c.F[c.X])) > 1 },
				"another answer": func(c inputs) bool { return !slices.Equal(leastOver(c.F), leastIndices(c.F[c.X])) },
			},
			printed: func(c inputs) finding { return c.unbeaten(leastIndices(c.F[c.X])) },
			faulty:  func(c inputs) finding { return c.unbeaten(leastOver(c.F)) },
		},
	},
	intuitionExistence,
}

// A circle is the set of answers to x of F = (x² + ‖y‖² − 1)², radius √(1 − x²), with two points of it: s and t are the
// tangents of half their angles.
type circle struct{ X, S, T float64 }

func (c circle) String() string {
	return fmt.Sprintf("x=%s; y at tan(φ/2)=%s and at tan(φ/2)=%s", result.Decimal(c.X), result.Decimal(c.S), result.Decimal(c.T))
}

func (c circle) radius() exact.Interval { return x(1).Sub(x(c.X).Sqr()).Sqrt() }

// at returns the point of the circle whose half-angle has tangent t.
func (c circle) at(t float64) [2]exact.Interval {
	r, t1, t2 := c.radius(), x(t), x(t).Sqr()
	d := x(1).Add(t2)
	return [2]exact.Interval{r.Mul(x(1).Sub(t2)).Div(d), r.Mul(t1.Scale(2)).Div(d)}
}

// answers finds whether F is 0 at ±r on the line and at two different points of the circle, and more within and without.
func (c circle) answers(F func(y ...exact.Interval) exact.Interval) finding {
	r, a, b := c.radius(), c.at(c.S), c.at(c.T)
	return all(
		less("0 against F(x, 0) on the line", x(0), F(x(0))),
		less("0 against F(x, 2r) on the line", x(0), F(r.Scale(2))),
		less("0 against F(x, 0) in the plane", x(0), F(x(0), x(0))),
		less("0 against F(x, (2r, 0)) in the plane", x(0), F(r.Scale(2), x(0))),
		less("0 against the distance of two answers, squared", x(0), a[0].Sub(b[0]).Sqr().Add(a[1].Sub(b[1]).Sqr())),
		equalSums("F(x, r) on the line, against the least energy", F(r), x(0), x(1)),
		equalSums("F(x, −r) on the line, against the least energy", F(r.Neg()), x(0), x(1)),
		equalSums("F at one point of the circle, against the least energy", F(a[:]...), x(0), x(1)),
		equalSums("F at another point of the circle, against the least energy", F(b[:]...), x(0), x(1)),
	)
}

// inputs are the energies of every answer (column) to every input (row), and the input that is asked about.
type inputs struct {
	F [][]float64
	X int
}

func (c inputs) String() string {
	s := ""
	for i, row := range c.F {
		s += fmt.Sprintf("F(%d, ·)=(%s), ", i, list(row))
	}
	return fmt.Sprintf("%sx=%d", s, c.X)
}

// energies shows the table without the input that is asked about.
func (c inputs) energies() string {
	rows := make([]string, len(c.F))
	for i, row := range c.F {
		rows[i] = "(" + list(row) + ")"
	}
	return "F=(" + strings.Join(rows, ", ") + "), a row for each x"
}

// same reports whether F(x, y) does not depend on x.
func (c inputs) same() bool {
	return !slices.ContainsFunc(c.F, func(row []float64) bool { return !slices.Equal(row, c.F[0]) })
}

// separate reports whether F(x, y) = a(x) + b(y), that is F(x, y) − F(x, 0) = F(0, y) − F(0, 0) for all x and y, exactly.
func (c inputs) separate() bool {
	above := func(row []float64, y int) exact.Interval { return x(row[y]).Sub(x(row[0])) }
	for _, row := range c.F {
		for y := range row {
			if above(row, y).Disjoint(above(c.F[0], y)) {
				return false
			}
		}
	}
	return true
}

// independent finds whether p(y|x) at β = 1 is the same for every x, just if alleged.
func (c inputs) independent(alleged bool) finding {
	var fs []finding
	p := exact.GibbsOf(x(1), xs(c.F[0]))
	for _, row := range c.F {
		for y, q := range exact.GibbsOf(x(1), xs(row)) {
			fs = append(fs, equal("p(y|x) beside one x, and beside another", p[y], q))
		}
	}
	if alleged {
		return all(fs...)
	}
	return not(all(fs...))
}

// drawInputs draws one to four inputs and answers.
func drawInputs(t *rapid.T) inputs {
	c := inputs{F: make([][]float64, rapid.IntRange(1, 4).Draw(t, "inputs"))}
	n := drawLength(t, 1, "answers")
	for i := range c.F {
		c.F[i] = make([]float64, n)
		for j := range n {
			c.F[i][j] = decimal(t, 999, "F")
		}
	}
	c.X = rapid.IntRange(0, len(c.F)-1).Draw(t, "x")
	return c
}

// unbeaten finds whether got are the answers to x such that no other has less energy.
func (c inputs) unbeaten(got []int) finding {
	var want []int
	for y, f := range c.F[c.X] {
		if !slices.ContainsFunc(c.F[c.X], func(other float64) bool { return other < f }) {
			want = append(want, y)
		}
	}
	return that("the answers, and those that no other beats", slices.Equal(got, want), got, want)
}

// leastOver returns the y of the pairs (x, y) of least energy, ascending.
func leastOver(F [][]float64) []int {
	n := len(F[0])
	var ys []int
	for _, i := range leastIndices(slices.Concat(F...)) {
		ys = append(ys, i%n)
	}
	slices.Sort(ys)
	return slices.Compact(ys)
}

// inputTables are every 2 × 2 table of energies 0, 1, 2.
func inputTables() []inputs {
	var cs []inputs
	for v := range draw.Vectors(4, []float64{0, 1, 2}) {
		v = slices.Clone(v)
		cs = append(cs, inputs{[][]float64{v[:2], v[2:]}, 0}, inputs{[][]float64{v[:2], v[2:]}, 1})
	}
	return cs
}
