package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Documentation of libraries about energies.
var textsPackages = []Claim{
	{
		Claim: result.Claim{
			ID: "text.any-map", Refs: []string{"X18"}, Where: "torchebm, the energy-based view",
			Says:      "An energy E: ℝᵈ → ℝ defines a density: any differentiable map is a valid model.",
			Printed:   "p = e^{−E}/Z for every differentiable E",
			Formula:   "Z < ∞: p = e^{−E}/Z has total mass 1, and the lower E the more probable",
			Condition: "Z < ∞",
			Fault:     "the sign lost: e^{+E}",
			Why:       "A constant is differentiable, and so is −y²; neither has a density. A network that ends in a linear layer, as the one shown does, need not grow in all directions. To grow is not enough either: ½ ln(1 + y²) has no density at β = 1.",
			Verdict:   result.HoldsIf,
		},
		Statement: smoothVolumes(),
	},
	misquoted("X19", "softmax-open-interval", "aprender softmax-kernel-v1, all outputs in (0, 1)",
		"The softmax of n ≥ 1 numbers lies in (0, 1)ⁿ.",
		"Of one number it is 1.",
		result.IsRefuted, formulas{
			printed:   "for all j: 0 < p[j] < 1",
			corrected: "for all j: 0 < p[j] <= 1",
			misprint:  "≤ → <",
			only:      []string{"n >= 2"},
			fault:     "for all j: 1 < p[j] <= 1",
			over:      some(1).mild(5, sampleBeta),
		}),
}

// volumes is the statement that e^{−βF} on ℝ, divided by its integral, is a distribution.
func volumes() statement[line] {
	return statement[line]{
		cases: []line{{absolute, 0, 1, 1}, {square, 1, 1, 1}, {square, -1, 1, 1}, {logarithm, 1, 1, 1}, {logarithm, 2, 1, 1}},
		draw: func(t *rapid.T) line {
			c := drawLine(t)
			if c.Y == 0 {
				c.Y = 1
			}
			return c
		},
		show: line.String,
		reach: map[string]func(line) bool{
			"Z < ∞": line.proper,
			"Z = ∞": func(c line) bool { return !c.proper() },
		},
		printed:   line.distribution,
		condition: []clause[line]{{"Z < ∞", line.proper}},
		faulty: func(c line) finding {
			c.Beta = -c.Beta
			return c.distribution()
		},
	}
}

// smoothVolumes is volumes where F = Ay².
func smoothVolumes() statement[line] {
	s := volumes()
	s.cases = []line{{square, 0, 1, 1}, {square, 1, 1, 1}, {square, -1, 1, 1}}
	draw := s.draw
	s.draw = func(t *rapid.T) line {
		c := draw(t)
		c.Form = square
		return c
	}
	return s
}

// A centre is an ellipse, a point of it, and a bound.
type centre struct{ A, B, Z, Bound float64 }

func (c centre) String() string {
	return fmt.Sprintf("a=%s, b=%s, bound %s", result.Decimal(c.A), result.Decimal(c.B), result.Decimal(c.Bound))
}

// distance is the squared distance from the centre to the point: a² cos² + b² sin², with cos² = Z.
func (c centre) distance() exact.Interval {
	a2, b2, z := x(c.A).Sqr(), x(c.B).Sqr(), x(c.Z)
	return a2.Mul(z).Add(b2.Mul(x(1).Sub(z)))
}

// least is min(a, b)², taken at an end of an axis.
func (c centre) least() exact.Interval { return x(min(c.A, c.B)).Sqr() }

// centres is what is said of the free energy at the centre.
var centres = statement[centre]{
	cases: []centre{{1, 1, 0, 1}, {1, 2, 0.5, 1}, {2, 1, 0.5, 1}, {1, 2, 0, 100}, {1, 2, 1, 0.5}},
	draw: func(t *rapid.T) centre {
		part := func(name string) float64 { return float64(rapid.IntRange(1, 80).Draw(t, name)) / 8 }
		return centre{part("a"), part("b"), float64(rapid.IntRange(0, 16).Draw(t, "16 z")) / 16, 4 * part("bound")}
	},
	show: centre.String,
	reach: map[string]func(centre) bool{
		"a > b":  func(c centre) bool { return c.A > c.B },
		"a < b":  func(c centre) bool { return c.A < c.B },
		"beyond": func(c centre) bool { return c.least().Less(x(c.Bound)) },
	},
	printed: func(c centre) finding { return not(atMost("F∞(0) against the bound", c.least(), x(c.Bound))) },
	corrected: func(c centre) finding {
		end := c
		end.Z = 0
		if c.A < c.B {
			end.Z = 1
		}
		return all(atMost("min(a, b)² against the squared distance of a point", c.least(), c.distance()),
			equal("min(a, b)² against that of the end of the smaller axis", c.least(), end.distance()))
	},
	faulty: func(c centre) finding {
		return atMost("max(a, b)² against the squared distance of a point", x(max(c.A, c.B)).Sqr(), c.distance())
	},
	also: []func(centre) finding{func(c centre) finding { // the least distance is that to the end of the first axis
		end := c
		end.Z = 1
		return equal("min(a, b)² against that of the end of the first axis", c.least(), end.distance())
	}},
}
