package theory

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(e)(1): NLL sees every answer, the other losses see two.
var contrastiveNegatives = []Claim{
	{
		Claim: result.Claim{
			ID: "compare.nll-all-answers", Refs: []string{"C67", "T1.nll", "I42"}, Where: "SOURCE 1.3(e)(1), sentence 1",
			Says:    "NLL involves all answers: its gradient pushes up every incorrect one (“examples” can only mean answers).",
			Printed: "Negative log likelihood log involves all examples",
			Why:     "Every answer has a positive probability at finite energy. A pair loss has a gradient in two energies and 0 in all others.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all k != y: D(nll, F[k]) = -p[k] < 0 and D(nll, F[y]) = sum(j != y: p[j]) where nll = F[y] + log(sum(j: exp(-beta*F[j])))/beta",
			fault:   "for all k != y: D(nll, F[k]) = -p[k] < 0 and D(nll, F[y]) = sum(j: p[j]) where nll = F[y] + log(sum(j: exp(-beta*F[j])))/beta",
			over:    anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.nll-integral", Refs: []string{"C68", "T1.nll"}, Where: "SOURCE 1.3(e)(1), sentence 2",
			Says:      "NLL needs an integral: the energies of n answers do not determine it.",
			Printed:   "It also needs an integral",
			Formula:   "continuum: ℓ = F_y + (1/β) ln ∫ e^{−βF(y')} dy'; n classes: ℓ = F_y + (1/β) ln Σ_{j=1}^{n} e^{−βF_j}",
			Condition: "there are infinitely many answers",
			Fault:     "the sum over n answers of the continuum in place of the integral",
			Why:       "n classes: F = (0, 1), β = 1, has ℓ = ln(1 + e^{−1}) = 0.313, a sum, and n energies are all there is. Of infinitely many answers (a series will do, as over all texts) two energies can agree at the n that are looked at and differ elsewhere. The check has a continuum.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[spread]{
			cases: spreads(), draw: drawSpread, show: spread.String,
			reach: map[string]func(spread) bool{
				"continuum": func(c spread) bool { return c.Continuum },
				"n classes": func(c spread) bool { return !c.Continuum },
				"n = 1":     func(c spread) bool { return len(c.F) == 1 },
				"n ≥ 5":     func(c spread) bool { return len(c.F) >= 5 },
			},
			printed: func(c spread) finding {
				return not(equalSums("losses of two energies that agree at the n answers", c.loss(0), c.loss(c.Dip), c.size()))
			},
			condition: []clause[spread]{{"the answers form a continuum", func(c spread) bool { return c.Continuum }}},
			faulty: func(c spread) finding {
				return equalSums("the loss and its sum over n answers", c.loss(c.Dip), exact.NLLOf(x(c.Beta), c.energies(), c.Y), c.size())
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.intractable", Refs: []string{"C69", "I66"}, Where: "SOURCE 1.3(e)(1), sentence 2",
			Says:      "Unlike NLL the other losses are tractable on any answer space: they need two energies, and no other answer matters.",
			Printed:   "can be intractable in continuous data like images, unlike other log function",
			Formula:   "ℓ(F_y, F_ȳ) does not change with the energy of a third answer if ȳ is given; with ȳ = argmin_{j≠y} F_j it does",
			Condition: "the incorrect answer ȳ is given",
			Fault:     "nor does NLL change with the energy of a third answer",
			Why:       "The most offending answer is itself the result of a search through all answers: lower a third energy, and it becomes ȳ.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[third]{
			cases: []third{{table{F: []float64{0, 1, 2}, Beta: 1}, 2, 0, 0}, {table{F: []float64{0, 1, 2}, Beta: 1}, 2, 0, 1}},
			draw:  drawThird, show: third.String,
			reach: map[string]func(third) bool{
				"ȳ given":                   func(c third) bool { return c.Given > 0 },
				"ȳ sought, it changes":      func(c third) bool { return c.Given == 0 && c.To < slices.Min(c.F[1:]) },
				"ȳ sought, it stays":        func(c third) bool { return c.Given == 0 && c.To > slices.Min(c.F[1:]) },
				"third energy below F_y":    func(c third) bool { return c.To < c.F[c.Y] },
				"third energy raised, n≥5":  func(c third) bool { return c.To > c.F[c.Other] && len(c.F) >= 5 },
				"third energy lowered, n=3": func(c third) bool { return c.To < c.F[c.Other] && len(c.F) == 3 },
			},
			printed:   third.unmoved,
			condition: []clause[third]{{"ȳ is given", func(c third) bool { return c.Given > 0 }}},
			accident: []clause[third]{
				{"the most offending energy stays what it is", func(c third) bool {
					return slices.Min(c.F[1:]) == slices.Min(c.after()[1:])
				}},
			},
			faulty: func(c third) finding {
				return equal("NLL before and after", exact.NLLOf(x(c.Beta), c.energies(), c.Y), exact.NLLOf(x(c.Beta), xs(c.after()), c.Y))
			},
		},
	},
}

// A spread table is one of n classes, or of a continuum: answers from 0 to n,
// energy F_j on [j, j + 1). Beside it stands a second energy, with
//
//	e^{−βF'(y)} = e^{−βF(y)} (1 + Dip · sin²(πy))
//
// which is F at the n answers 0, 1, …, n − 1 and lower between them.
type spread struct {
	table
	Continuum bool
	Dip       float64
}

func (c spread) String() string {
	F := fmt.Sprintf("F=(%s), y=%d, β=%s", list(c.F), c.Y, result.Decimal(c.Beta))
	if c.Continuum {
		return fmt.Sprintf("continuum [0, %d), %s on unit intervals; the second energy dips by (1/β) ln(1 + %s sin²(πy'))", len(c.F), F, result.Decimal(c.Dip))
	}
	return fmt.Sprintf("n=%d classes, %s; the second energy is the same there", len(c.F), F)
}

// loss returns NLL in y of the energy with this dip: on the continuum from
// Z = (1 + Dip/2) Σ e^{−βF_j}, since ∫₀¹ sin²(πy) dy = ½.
func (c spread) loss(dip float64) exact.Interval {
	l := exact.NLLOf(x(c.Beta), c.energies(), c.Y)
	if c.Continuum {
		l = l.Add(x(1).Add(x(dip).Scale(0.5)).Log().Div(x(c.Beta)))
	}
	return l
}

// size returns what the terms of a loss come to: the largest energy, and (ln n)/β.
func (c spread) size() exact.Interval {
	most := 0.0
	for _, f := range c.F {
		most = max(most, math.Abs(f))
	}
	return x(most).Add(x(math.Log(float64(len(c.F)))).Div(x(c.Beta)))
}

func spreads() []spread {
	two := table{F: []float64{0, 1}, Beta: 1}
	cs := []spread{{two, false, 2}, {two, true, 2}}
	for _, c := range tables() {
		cs = append(cs, spread{c, false, 2}, spread{c, true, 2})
	}
	return cs
}

func drawSpread(t *rapid.T) spread {
	return spread{drawTable(t), rapid.Bool().Draw(t, "continuum"), float64(rapid.IntRange(1, 400).Draw(t, "dip")) / 100}
}

// A third answer's energy changes: that of Other, neither y, the first, nor ȳ, to To.
type third struct {
	table
	Other int
	To    float64
	Given int // ȳ, if above 0; otherwise ȳ is the most offending answer
}

func (c third) String() string {
	ybar := "the most offending answer"
	if c.Given > 0 {
		ybar = fmt.Sprint(c.Given)
	}
	return fmt.Sprintf("F=(%s), y=%d, ȳ=%s, m=1, then F_%d → %s", list(c.F), c.Y, ybar, c.Other, result.Decimal(c.To))
}

func (c third) after() []float64 {
	F := slices.Clone(c.F)
	F[c.Other] = c.To
	return F
}

// unmoved finds whether all four pair losses stay what they were.
func (c third) unmoved() finding {
	incorrect := func(F []float64) exact.Interval {
		if c.Given > 0 {
			return x(F[c.Given])
		}
		return x(slices.Min(F[1:]))
	}
	F, Fbar, FbarAfter, m := x(c.F[0]), incorrect(c.F), incorrect(c.after()), x(1)
	return all(
		equal("hinge loss before and after", exact.HingeOf(m, F, Fbar), exact.HingeOf(m, F, FbarAfter)),
		equal("log loss before and after", exact.LogOf(F, Fbar), exact.LogOf(F, FbarAfter)),
		equal("simple loss before and after", exact.SimpleOf(m, F, Fbar), exact.SimpleOf(m, F, FbarAfter)),
		equal("square-square loss before and after", exact.SquareSquareOf(m, F, Fbar), exact.SquareSquareOf(m, F, FbarAfter)))
}

// drawThird draws three answers or more; y is the first, Other the last, and
// ȳ, where it is given, the second.
func drawThird(t *rapid.T) third {
	n := drawLength(t, 3, "n")
	c := third{table: table{F: make([]float64, n), Beta: drawBeta(t)}, Other: n - 1}
	for i := range c.F {
		c.F[i] = decimal(t, 999, "F")
	}
	c.To = decimal(t, 999, "to")
	if rapid.Bool().Draw(t, "given") {
		c.Given = 1
	}
	return c
}
