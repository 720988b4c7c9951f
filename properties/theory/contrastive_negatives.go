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
			Says:    "NLL needs an integral over all answers: the energies of some of them do not determine it.",
			Printed: "It also needs an integral",
			Formula: "continuum: ℓ = F_y + (1/β) ln ∫ e^{−βF(y')} dy'; n classes: ℓ = F_y + (1/β) ln Σ_{j=1}^{n} e^{−βF_j}",
			Fault:   "the sum over n answers of the continuum, or over n − 1 classes of n, in place of the integral",
			Why:     "Of n classes the integral is a sum, and no term may be left out: F = (0, 1) has ℓ = ln(1 + e^{−1}) = 0.313 at β = 1, F = (0, 0) has 0.693. Of a continuum, two energies can agree at any n answers and differ between them, and so do their losses.",
			Verdict: result.Holds,
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
				if !c.Continuum && len(c.F) == 1 {
					return nothing("there is no other answer")
				}
				return not(equalSums("losses of two energies that agree at the answers that are looked at", c.loss(0), c.loss(c.Dip), c.size()))
			},
			faulty: func(c spread) finding { return c.overLookedAt(true) },
			also:   []func(spread) finding{func(c spread) finding { return c.overLookedAt(false) }},
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.intractable", Refs: []string{"C69", "I66"}, Where: "SOURCE 1.3(e)(1), sentence 2",
			Says:    "Unlike NLL the other losses are tractable on any answer space: they need two energies, F and F̄, and no other answer matters.",
			Printed: "can be intractable in continuous data like images, unlike other log function",
			Formula: "ℓ(F_y, F_ȳ) does not change with the energy of a third answer if ȳ is given; with ȳ = argmin_{j≠y} F_j it does",
			Fault:   "nor does NLL change with the energy of a third answer",
			Why:     "Taken for granted is that one energy is cheap to compute, and ȳ is given, as in the displays of 1.3. How to come by one the source does not say: the most offending answer is itself the result of a search through all answers. Lower a third energy, and it becomes ȳ: from F = (0, 1, 2) to (0, 1, 0) the hinge loss at m = 1 rises from 0 to 1.",
			Verdict: result.Holds,
		},
		Statement: statement[third]{
			cases: []third{{table{F: []float64{0, 1, 2}, Beta: 1}, 2, 0}},
			draw:  drawThird, show: third.String,
			reach: map[string]func(third) bool{
				"it becomes the worst":      func(c third) bool { return c.To < slices.Min(c.F[1:]) },
				"third energy below F_y":    func(c third) bool { return c.To < c.F[c.Y] },
				"third energy raised, n≥5":  func(c third) bool { return c.To > c.F[c.Other] && len(c.F) >= 5 },
				"third energy lowered, n=3": func(c third) bool { return c.To < c.F[c.Other] && len(c.F) == 3 },
			},
			printed: func(c third) finding { return c.unmoved(c.F[1], c.after()[1]) },
			faulty: func(c third) finding {
				return equal("NLL before and after", exact.NLLOf(x(c.Beta), c.energies(), c.Y), exact.NLLOf(x(c.Beta), xs(c.after()), c.Y))
			},
			also: []func(third) finding{ // ȳ sought
				func(c third) finding { return c.unmoved(slices.Min(c.F[1:]), slices.Min(c.after()[1:])) },
			},
		},
	},
}

// A spread table is one of n classes, or of a continuum: answers from 0 to n,
// energy F_j on [j, j + 1). Beside it stands a second energy: of a continuum
//
//	e^{−βF'(y)} = e^{−βF(y)} (1 + Dip · sin²(πy))
//
// which is F at the n answers 0, 1, …, n − 1 and lower between them; of n
// classes F but for the one after y, where e^{−βF'} = e^{−βF} + Dip · Z.
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
	return fmt.Sprintf("n=%d classes, %s; of the second energy e^{−βF_%d} is larger by %sZ", len(c.F), F, c.next(), result.Decimal(c.Dip))
}

// next returns the class after y.
func (c spread) next() int { return (c.Y + 1) % len(c.F) }

// loss returns NLL in y of the energy with this dip: on the continuum from
// Z = (1 + Dip/2) Σ e^{−βF_j}, since ∫₀¹ sin²(πy) dy = ½.
func (c spread) loss(dip float64) exact.Interval {
	beta, F := x(c.Beta), c.energies()
	if c.Continuum {
		return exact.NLLOf(beta, F, c.Y).Add(x(1).Add(x(dip).Scale(0.5)).Log().Div(beta))
	}
	if dip > 0 {
		w := beta.Mul(F[c.next()]).Neg().Exp().Add(exact.Partition(beta, F).Scale(dip))
		F[c.next()] = w.Log().Div(beta).Neg()
	}
	return exact.NLLOf(beta, F, c.Y)
}

// overLookedAt finds whether the loss comes out of the answers that are looked at: of a continuum n, of n classes all but
// the one after y.
func (c spread) overLookedAt(continuum bool) finding {
	F, y := c.energies(), c.Y
	switch {
	case c.Continuum != continuum:
		return nothing("of the other kind")
	case !c.Continuum && len(F) == 1:
		return nothing("there is no other answer")
	case !c.Continuum:
		F, y = []exact.Interval{F[y]}, 0
		for j, f := range c.energies() {
			if j != c.Y && j != c.next() {
				F = append(F, f)
			}
		}
	}
	return equalSums("the loss, and that over the answers that are looked at", c.loss(c.Dip), exact.NLLOf(x(c.Beta), F, y), c.size())
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

// A third answer's energy changes: that of Other, neither y, the first, nor ȳ, the second, to To.
type third struct {
	table
	Other int
	To    float64
}

func (c third) String() string {
	return fmt.Sprintf("F=(%s), y=%d, ȳ=1, m=1, then F_%d → %s", list(c.F), c.Y, c.Other, result.Decimal(c.To))
}

func (c third) after() []float64 {
	F := slices.Clone(c.F)
	F[c.Other] = c.To
	return F
}

// unmoved finds whether all four pair losses stay what they were, with these energies of ȳ before and after.
func (c third) unmoved(before, after float64) finding {
	F, Fbar, FbarAfter, m := x(c.F[0]), x(before), x(after), x(1)
	return all(
		equal("hinge loss before and after", exact.HingeOf(m, F, Fbar), exact.HingeOf(m, F, FbarAfter)),
		equal("log loss before and after", exact.LogOf(F, Fbar), exact.LogOf(F, FbarAfter)),
		equal("simple loss before and after", exact.SimpleOf(m, F, Fbar), exact.SimpleOf(m, F, FbarAfter)),
		equal("square-square loss before and after", exact.SquareSquareOf(m, F, Fbar), exact.SquareSquareOf(m, F, FbarAfter)))
}

// drawThird draws three answers or more; y is the first, ȳ the second, Other the last.
func drawThird(t *rapid.T) third {
	n := drawLength(t, 3, "n")
	c := third{table: table{F: make([]float64, n), Beta: drawBeta(t)}, Other: n - 1}
	for i := range c.F {
		c.F[i] = decimal(t, 999, "F")
	}
	c.To = decimal(t, 999, "to")
	return c
}
