package theory

import (
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(e)(3), first sentence: where the simple and the square-square
// loss send the energies. What becomes of them outside the condition is held
// too, as what is true instead.
var contrastiveGoals = []Claim{
	{
		Claim: result.Claim{
			ID: "compare.correct-to-zero", Refs: []string{"C74", "I70"}, Where: "SOURCE 1.3(e)(3), sentence 1",
			Says:      "Under square-square and simple loss the correct answer's energy goes to 0; under the simple loss, whose steps are all of one size η, to within one step: |F| ≤ η.",
			Printed:   "correct inputs energy goes to 0",
			Formula:   "a table, from F₀ ≥ 0, after t steps: simple, F₀ − ηt ≤ F ≤ [F₀ − ηt]⁺ and F ≥ −η, that is |F| ≤ η from ηt = F₀ on, and no nearer 0 but by luck; square-square, η ≤ ½: (1 − 2η)ᵗ F₀, at 0 in one step if η = ½, else in the limit only. Both losses are 0 where F ≤ 0 and F̄ ≥ m",
			Condition: "F and F̄ are weights of their own, as those of a table: they share none, and F is a weight itself; F starts at or above 0; steps on the square-square loss are at most ½",
			Fault:     "the square-square loss, too, brings F to 0 in the finite time F₀",
			Why:       "F = −5 costs nothing and stays −5. One energy that y and ȳ share, between 0 and m, stays where it is under the simple loss, whose two slopes cancel, and goes to m/2 under the square-square loss (η < ½). F = 1 + U² comes down to 1. On the square-square loss a step beyond ½ leaves F below 0, where it stays, as momentum does: with 0.9, F = 2 goes to −7.3. What such a step overshoots by, (2η − 1)F₀, no bound on η alone makes small.",
			Verdict:   result.HoldsIf,
		},
		Statement: overGoals(statement[descent]{
			printed: func(c descent) finding {
				if c.Steps == 0 {
					return nothing("no step is taken")
				}
				F, _ := c.end(c.right())
				return c.ends("F", x(c.F), x(F))
			},
			condition: []clause[descent]{
				{"F starts at or above 0", func(c descent) bool { return c.F >= 0 }},
				{"F and F̄ share no weight", func(c descent) bool { return !c.Shared }},
				{"F is a weight itself", func(c descent) bool { return !c.Bent }},
				{"steps on the square-square loss are at most ½", func(c descent) bool { return !c.Square || c.Step <= 0.5 }},
			},
			perhaps: []clause[descent]{
				{"F̄, which is F, is lifted to 0, or past it", func(c descent) bool { return c.F < 0 && c.Shared }},
				{"F̄, which is F, is not below m until the last step", descent.clear},
				{"a step passes over [0, m]", func(c descent) bool { return !c.Square && c.M <= c.Step }},
			},
			accident: []clause[descent]{
				{"F starts at 0", func(c descent) bool { return c.F == 0 && !c.Shared }},
				// No other loss breaks the condition from F > 0 with a weight of its own, and curves of weights take more steps.
				{"one step on the square-square loss, past 0 by what it is to leave", func(c descent) bool { return !c.Shared && c.F > 0 && c.Steps == 1 }},
				{"F starts a step of the simple loss below 0, or less", func(c descent) bool { return !c.Square && !c.Shared && c.F < 0 && c.F >= -c.Step }},
			},
			corrected: func(c descent) finding {
				if c.F > 0 || c.Shared {
					return nothing("F is not below 0, or not free")
				}
				F, _ := c.end(c.right())
				return that("F at the end, and at the start", F == c.F, F, c.F)
			},
			faulty: func(c descent) finding {
				F, _ := c.end(c.right())
				return c.arrives(x(c.F), x(F))
			},
		}),
		Paths: func() []result.Path {
			simple, square := rule{"simple loss", rightSimple}, rule{"square-square loss", rightSquare}
			return slices.Concat(pushes(2, 0, simple), pushed(2, 0, square).both(100), pushes(-5, 0, simple))
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.incorrect-to-margin", Refs: []string{"C75", "I70"}, Where: "SOURCE 1.3(e)(3), sentence 1",
			Says:      "Under square-square and simple loss the incorrect answer's energy goes to at least m.",
			Printed:   "incorrect inputs energy goes to at least m",
			Formula:   "a table, after t steps: simple m − F̄ ≤ [m − F̄₀ − ηt]⁺, at m in finite time; square-square, η < ½: m − F̄ ≤ (1 − 2η)ᵗ [m − F̄₀]⁺, from below at m in the limit only; η ≥ ½: at m or above it after one step",
			Condition: "F and F̄ are weights of their own, as those of a table: they share none, and F̄ is a weight itself",
			Fault:     "the square-square loss, too, brings F̄ to m in the finite time m − F̄₀",
			Why:       "One energy that y and ȳ share, between 0 and m, stays where it is under the simple loss, at a loss of m, and goes to m/2 under the square-square loss (η < ½), at a loss of m²/2. F̄ = tanh V moves no other energy, stays below 1, and never comes to m = 2. And by the source's own printed gradients F̄ goes elsewhere (C56, C57, C65, C66).",
			Verdict:   result.HoldsIf,
		},
		Statement: overGoals(statement[descent]{
			printed: func(c descent) finding {
				if c.Steps == 0 {
					return nothing("no step is taken")
				}
				_, Fbar := c.end(c.right())
				return c.most("m − F̄", x(c.M).Sub(x(c.Fbar)), x(c.M).Sub(x(Fbar)))
			},
			condition: []clause[descent]{
				{"F and F̄ share no weight", func(c descent) bool { return !c.Shared }},
				{"F̄ is a weight itself", func(c descent) bool { return !c.Bent }},
			},
			accident: []clause[descent]{{"F, which is F̄, is not above 0 until the last step", func(c descent) bool {
				F, _ := c.before().end(c.right())
				return F <= 0
			}}},
			perhaps: []clause[descent]{{"F̄, which is F, is not below m until the last step", descent.clear}},
			corrected: func(c descent) finding {
				if !c.halves() {
					return nothing("not one energy between 0 and m on the square-square loss")
				}
				half := x(c.M).Scale(0.5)
				_, Fbar := c.end(c.right())
				law := half.Add(x(c.Fbar).Sub(half).Mul(c.decay(4)))
				return within("F̄ at the end, and m/2 + (1 − 4η)ᵗ (F̄₀ − m/2) but for rounding", x(Fbar), law.Sub(c.drift()).Hull(law.Add(c.drift())))
			},
			faulty: func(c descent) finding {
				_, Fbar := c.end(c.right())
				return c.arrives(x(c.M).Sub(x(c.Fbar)), x(c.M).Sub(x(Fbar)))
			},
		}),
		Paths: func() []result.Path {
			return append(pushes(2, 0, rule{"simple loss", rightSimple}, rule{"square-square loss", rightSquare}), halving())
		},
	},
}

// halves reports whether one energy for both, between 0 and m, descends on the
// square-square loss: F² + (m − F)², whose minimum is m²/2 at m/2.
func (c descent) halves() bool { return c.Shared && c.Square && c.F >= 0 && c.F <= c.M }

// before returns the descent without its last step.
func (c descent) before() descent {
	c.Steps = max(0, c.Steps-1)
	return c
}

// clear reports whether F̄, which is F, is at least m, but for rounding, at the end or before
// the last step: it never was below.
func (c descent) clear() bool {
	above := func(c descent) bool {
		_, Fbar := c.end(c.right())
		return !c.drift().Less(x(c.M).Sub(x(Fbar)))
	}
	return c.Shared && (above(c) || above(c.before()))
}

// arrives finds whether a violation v is gone at the end once time is up for
// it at speed 1.
func (c descent) arrives(v, end exact.Interval) finding {
	if !positive(v) || c.time().Less(v) {
		return nothing("the time has not come")
	}
	return atMost("violation at the end and 0", end, c.drift())
}

// overGoals is a statement about descent on both losses, with two energies of
// a table, a shared one, or two curves of weights.
func overGoals(s statement[descent]) statement[descent] {
	s.cases = []descent{
		{twin: twin{F: 1, Fbar: 1, M: 2}, Step: 1, Steps: 1, Shared: true},
		{twin: twin{F: -5, Fbar: 1, M: 1}, Step: 0.1, Steps: 100},
		{twin: twin{F: -5, Fbar: 1, M: 1}, Step: 0.1, Steps: 100, Square: true},
		{twin: twin{F: 0, Fbar: 0, M: 1}, Step: 0.1, Steps: 100, Shared: true, Square: true},
		{twin: twin{F: 0, Fbar: 0, M: 1}, Step: 0.1, Steps: 100, Shared: true},
		{twin: twin{F: 2, Fbar: 0, M: 1}, Step: 0.1, Steps: 100},
		{twin: twin{F: 2, Fbar: 0, M: 1}, Step: 0.1, Steps: 100, Square: true},
		{twin: twin{F: 2, Fbar: 1, M: 1}, Step: 0.75, Steps: 9, Square: true},
		{twin: twin{F: 9, Fbar: 9, M: 0.25}, Step: 0.3, Steps: 31, Shared: true},
		{twin: twin{F: -5, Fbar: -5, M: 1}, Step: 0.5, Steps: 10, Shared: true},
		{twin: twin{F: -0.5, Fbar: -0.5, M: 1}, Step: 0.25, Steps: 2, Shared: true},
		{twin: twin{F: -0.5, Fbar: 1, M: 1}, Step: 0.5, Steps: 1},
		{twin: twin{F: 1.25, Fbar: 0, M: 2}, Bent: true, Step: 0.1, Steps: 100},
		{twin: twin{F: 1.25, Fbar: 0, M: 2}, Bent: true, Step: 0.1, Steps: 100, Square: true},
		{twin: twin{F: 1, Fbar: 0, M: 2}, Bent: true, Step: 0.25, Steps: 60, Square: true},
	}
	s.draw = drawWith(func(t *rapid.T, c twin) descent {
		d := descent{twin: c, Square: rapid.Bool().Draw(t, "square-square"), Step: drawStep(t), Steps: drawSteps(t)}
		switch rapid.IntRange(0, 7).Draw(t, "weights") {
		case 5:
			d.Bent, d.Step, d.Steps, d.M = true, 0.25, 40+d.Steps/3, 1+d.M // ηt ≥ 10: time enough for a table
			U := float64(rapid.IntRange(0, 4).Draw(t, "8 U")) / 8
			d.F, d.Fbar = 1+U*U, float64(rapid.IntRange(-7, 7).Draw(t, "8 F̄"))/8
		case 6, 7:
			d.Shared, d.Fbar = true, d.F
		default:
			if rapid.IntRange(0, 7).Draw(t, "large") == 7 {
				d.Step = rapid.SampledFrom([]float64{0.75, 0.625, 0.53125}).Draw(t, "step")
			}
		}
		return d
	})
	s.show = descent.String
	s.reach = reachOf(twinReach, func(c descent) twin { return c.twin })
	s.reach["simple"] = func(c descent) bool { return !c.Square }
	s.reach["square-square"] = func(c descent) bool { return c.Square }
	s.reach["steps above ½"] = func(c descent) bool { return c.Square && c.Step > 0.5 }
	s.reach["curves of weights"] = func(c descent) bool { return c.Bent }
	s.reach["one energy for both"] = func(c descent) bool { return c.Shared }
	s.reach["one energy between 0 and m, square-square"] = descent.halves
	s.reach["time for F and F̄"] = func(c descent) bool {
		return c.F > 0 && c.Fbar < c.M && !c.time().Less(x(c.F)) && !c.time().Less(x(c.M).Sub(x(c.Fbar)))
	}
	return s
}
