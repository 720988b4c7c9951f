package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

var intuitionExistence = Claim{
	Claim: result.Claim{
		ID: "inference.existence", Refs: []string{"C05"}, Where: "SOURCE 1.1(a), formula",
		Says:      "There is exactly one answer of least energy.",
		Printed:   "ŷ = argmin_y {F(x, y), …}",
		Formula:   "∃ ŷ ∀ y ≠ ŷ: F(x, ŷ) < F(x, y)",
		Condition: "𝒴 is finite, or closed in ℝᵈ with F lower semicontinuous in y and growing without bound as ‖y‖ does; and no two answers have the same energy, or 𝒴 is convex and F strictly quasi-convex: between two answers below the larger of their energies",
		Fault:     "argmax for argmin",
		Why:       "e^{−y} falls for ever, −y² has no floor, a jump may leave the infimum unattained, as an end that is left out does; and of F = (0, 0) argmin is a set. Ties above the least, as in (0, 1, 1), do no harm; nor do those of y and −y under y², as between two answers it is below the larger of their energies. An energy that does not grow may have one least value all the same: −1/(1 + y²).",
		Verdict:   result.HoldsIf,
	},
	Statement: statement[landscape]{
		cases: landscapes(),
		draw: func(t *rapid.T) landscape {
			c := landscape{
				Terrain: terrain(rapid.IntRange(0, int(terrains)-1).Draw(t, "terrain")),
				A:       float64(rapid.IntRange(1, 40).Draw(t, "a")) / 8,
				Mu:      decimal(t, 500, "μ"),
				Y:       decimal(t, 999, "y"),
			}
			if c.Terrain == listed {
				c.F = drawTable(t).F
			}
			return c
		},
		show: landscape.String,
		reach: map[string]func(landscape) bool{
			"finite, one answer": func(c landscape) bool { return c.Terrain == listed && len(c.F) == 1 },
			"finite, tie":        func(c landscape) bool { return c.Terrain == listed && len(leastIndices(c.F)) > 1 },
			"coercive":           func(c landscape) bool { return c.Terrain == parabola || c.Terrain == vee },
			"a valley":           func(c landscape) bool { return c.Terrain == valley },
			"no least energy":    func(c landscape) bool { return c.endless() },
		},
		printed: func(c landscape) finding {
			answer, rival, alone := c.candidates()
			if alone {
				return finding{truth: yes, what: "there is no other answer"}
			}
			return less("F of the answer against F of its rival", answer, rival)
		},
		condition: []clause[landscape]{
			{"𝒴 is finite, or closed in ℝᵈ", func(c landscape) bool { return c.Terrain != ray }},
			{"𝒴 is finite, or F is lower semicontinuous", func(c landscape) bool { return c.Terrain != jump }},
			{"𝒴 is finite, or F grows without bound", func(c landscape) bool { return c.Terrain != falling && c.Terrain != summit && c.Terrain != valley }},
			{"no two answers have the same energy, or F is strictly quasi-convex", func(c landscape) bool { return c.Terrain != twoWells && !c.tied() }},
		},
		accident: []clause[landscape]{
			{"F dips below what it tends to", func(c landscape) bool { return c.Terrain == valley }},
			{"the energies that are equal are above the least", func(c landscape) bool { return len(leastIndices(c.F)) == 1 }},
		},
		faulty: func(c landscape) finding {
			answer, rival, alone := c.candidates()
			if alone {
				return nothing("there is no other answer")
			}
			return less("F of the rival against F of the answer", rival, answer)
		},
	},
}

// A terrain is a shape of F in y.
type terrain int

const (
	falling  terrain = iota // e^{−ay}: no answer, the infimum 0 is not attained
	summit                  // −a(y − μ)²: no answer, no infimum
	ray                     // ay, on y > 0 alone: the infimum 0 would be at its end
	jump                    // ay for y > 0, a(1 − y) elsewhere: coercive, but not lower semicontinuous at the infimum 0
	twoWells                // ((y − μ)² − a²)²: two answers
	parabola                // a(y − μ)²
	vee                     // a|y − μ|
	valley                  // −1/(1 + a(y − μ)²): one answer, though F → 0 on both sides
	listed                  // a finite 𝒴, its energies listed
	terrains
)

// A landscape is an answer space with its energy. On ℝ, y is a point to compare with: a rival of the best answer or,
// where there is none, what an alleged answer is.
type landscape struct {
	Terrain terrain
	A, Mu   float64 // a > 0, μ
	Y       float64
	F       []float64 // the energies that are listed
}

func (c landscape) String() string {
	if c.Terrain == listed {
		return "F=(" + list(c.F) + ")"
	}
	a, off := factor(c.A), "y"
	if c.Mu != 0 {
		off = "(y − " + result.Decimal(c.Mu) + ")"
	}
	form := map[terrain]string{
		falling: "e^{−" + a + "y}", ray: a + "y", summit: "−" + a + off + "²", jump: a + "y for y > 0, " + a + "(1 − y) elsewhere",
		twoWells: "(" + off + "² − " + result.Decimal(c.A) + "²)²", parabola: a + off + "²", vee: a + "|" + off + "|",
		valley: "−1/(1 + " + a + off + "²)",
	}[c.Terrain]
	whose := "answer"
	if c.endless() {
		whose = "any answer, such as"
	}
	answer, rival := c.places()
	where := "ℝ"
	if c.Terrain == ray {
		where = "y > 0"
	}
	return fmt.Sprintf("F(y) = %s on %s; %s %s, rival %s", form, where, whose, result.Decimal(answer.Mid()), result.Decimal(rival.Mid()))
}

// endless reports whether every answer is beaten by another.
func (c landscape) endless() bool {
	return slices.Contains([]terrain{falling, summit, ray, jump}, c.Terrain)
}

// tied reports whether two of the energies that are listed are equal.
func (c landscape) tied() bool {
	sorted := slices.Sorted(slices.Values(c.F))
	return len(slices.Compact(sorted)) < len(c.F)
}

// places returns the best answer there is on ℝ, and a rival; where there is no best answer, y and one that beats it.
func (c landscape) places() (answer, rival exact.Interval) {
	a, mu, y := x(c.A), x(c.Mu), x(c.Y)
	switch c.Terrain {
	case falling:
		return y, y.Add(x(1))
	case summit:
		if c.Y < c.Mu {
			return y, y.Sub(x(1))
		}
		return y, y.Add(x(1))
	case ray:
		y = y.Abs().Add(x(1))
		return y, y.Scale(0.5)
	case jump:
		if c.Y > 0 {
			return y, y.Scale(0.5)
		}
		return y, x(0.5)
	case twoWells:
		return mu.Add(a), mu.Sub(a)
	default:
		if c.Y == c.Mu {
			y = y.Add(x(1))
		}
		return mu, y
	}
}

// energy returns F(y) on ℝ.
func (c landscape) energy(y exact.Interval) exact.Interval {
	a, off := x(c.A), y.Sub(x(c.Mu))
	switch c.Terrain {
	case falling:
		return a.Mul(y).Neg().Exp()
	case summit:
		return a.Mul(off.Sqr()).Neg()
	case ray:
		return a.Mul(y)
	case jump:
		if y.Lo().Sign() > 0 {
			return a.Mul(y)
		}
		return a.Mul(x(1).Sub(y))
	case twoWells:
		return off.Sqr().Sub(a.Sqr()).Sqr()
	case parabola:
		return a.Mul(off.Sqr())
	case valley:
		return x(-1).Div(x(1).Add(a.Mul(off.Sqr())))
	default:
		return a.Mul(off.Abs())
	}
}

// candidates returns the energies of the best answer and of its strongest rival; alone means that there is no rival.
func (c landscape) candidates() (answer, rival exact.Interval, alone bool) {
	if c.Terrain != listed {
		y, other := c.places()
		return c.energy(y), c.energy(other), false
	}
	best := leastIndices(c.F)[0]
	for i, f := range c.F {
		if i != best && (rival.Prec() == 0 || x(f).Less(rival)) {
			rival = x(f)
		}
	}
	return x(c.F[best]), rival, len(c.F) == 1
}

func landscapes() []landscape {
	cs := []landscape{
		{Terrain: falling, A: 1}, {Terrain: summit, A: 1}, {Terrain: ray, A: 1}, {Terrain: jump, A: 1, Y: 1}, {Terrain: jump, A: 1}, {Terrain: twoWells, A: 1},
		{Terrain: parabola, A: 1, Y: 1}, {Terrain: vee, A: 1, Y: 1}, {Terrain: valley, A: 1, Y: 1}, {Terrain: parabola, A: 1, Mu: 2, Y: 1e-6}, {Terrain: falling, A: 5, Y: 100},
	}
	for n := 1; n <= 3; n++ {
		for F := range draw.Vectors(n, []float64{0, 1, -1}) {
			cs = append(cs, landscape{Terrain: listed, F: append([]float64(nil), F...)})
		}
	}
	return cs
}
