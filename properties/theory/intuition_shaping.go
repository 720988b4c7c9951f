package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// How an energy gets its shape.
var intuitionShaping = []Claim{
	{
		Claim: result.Claim{
			ID: "energy.contrastive", Refs: []string{"C21", "T1.hinge", "T1.log", "T1.square-square", "T1.nll", "E1"}, Where: "SOURCE 1.1(g), first item",
			Says:    "Contrastive methods push down on the correct pair and push up on the incorrect one.",
			Printed: "Contrastive method, which push down energy on correct input pairs and push up energy on incorrect input pairs.",
			Formula: "∂ℓ/∂F ≥ 0 and ∂ℓ/∂F̄ ≤ 0 for the simple, hinge, log and square-square loss of 1.3 and for the NLL of two answers",
			Fault:   "square-square with the minus of Table 1 (erratum 1)",
			Why:     "Each of them rises with F and falls with F̄; weakly, for where a margin is met nothing is pushed.",
			Verdict: result.Holds,
		},
		Statement: statement[twin]{
			cases: twins(), draw: drawTwin, show: twin.String, reach: twinReach,
			printed: func(c twin) finding {
				F, Fbar := c.free()
				m, beta := constant(c.M, 2), constant(c.Beta, 2)
				return all(
					contrasts("simple", exact.SimpleOf(m, F, Fbar)),
					contrasts("hinge", exact.HingeOf(m, F, Fbar)),
					contrasts("log", exact.LogOf(F, Fbar)),
					contrasts("square-square", exact.SquareSquareOf(m, F, Fbar)),
					contrasts("NLL", exact.NLLOf(beta, []exact.Dual{F, Fbar}, 0)))
			},
			faulty: func(c twin) finding {
				F, Fbar := c.free()
				up, down := constant(c.M, 2).Sub(Fbar).Pos(), F.Pos()
				return contrasts("square-square with a minus", down.Mul(down).Sub(up.Mul(up)))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "architecture.volume", Refs: []string{"C22"}, Where: "SOURCE 1.1(g), second item",
			Says:      "An architectural method limits the volume of the regions of low energy by how the energy is built.",
			Printed:   "Architectural method, where we build the energy so that the volume of low energy regions is limited or minimized through regularization.",
			Formula:   "F = min_k (y − c_k)², K centres: length{F ≤ τ} ≤ 2K√τ;  F = min_z (y − z)² + λz²: {F ≤ τ} is |y| ≤ √(τ(1 + λ)/λ)",
			Condition: "the code is limited: to K values by the architecture, or by a regulariser λ > 0",
			Fault:     "2√τ whatever K and λ",
			Why:       "An energy that rebuilds y from a free code, min_z (y − z)², is 0 everywhere. To limit the code by its values and to limit it by a penalty are two classes of method (architectural, regularised), run together here.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[code]{
			cases: []code{
				{nil, 0, 1, 1}, {nil, 0, 0.5, 1000}, {nil, 1, 1, 1}, {nil, 0.25, 2, 1},
				{[]float64{0}, 0, 1, 1}, {[]float64{0, 1}, 0, 1, 1}, {[]float64{0, 2}, 0, 1, 1}, {[]float64{0, 10}, 0, 1, 1}, {[]float64{3, 3}, 0, 1, 1},
			},
			draw: func(t *rapid.T) code {
				c := code{
					Lambda: float64(max(0, rapid.IntRange(-10, 20).Draw(t, "λ"))) / 10,
					Root:   float64(rapid.IntRange(1, 40).Draw(t, "√τ")) / 8,
					Bound:  float64(rapid.IntRange(1, 1000).Draw(t, "bound")),
				}
				for range max(0, rapid.IntRange(-3, 6).Draw(t, "K")) {
					c.Centres = append(c.Centres, decimal(t, 999, "c"))
				}
				return c
			},
			show: code.String,
			reach: map[string]func(code) bool{
				"free code":   func(c code) bool { return !c.limited() },
				"regularised": func(c code) bool { return c.Centres == nil && c.Lambda > 0 },
				"overlapping": func(c code) bool { return len(c.Centres) > 1 && c.low().Less(x(2*c.Root*float64(len(c.Centres)))) },
				"apart":       func(c code) bool { return len(c.Centres) > 1 && !c.low().Less(x(2*c.Root*float64(len(c.Centres)))) },
			},
			printed: func(c code) finding {
				switch {
				case c.Centres != nil:
					return c.inside(x(c.Root).Scale(float64(len(c.Centres))))
				case c.Lambda > 0:
					return c.inside(x(c.Root).Mul(x(1).Add(x(c.Lambda)).Div(x(c.Lambda)).Sqrt()))
				}
				return c.inside(x(c.Bound))
			},
			condition: []clause[code]{{"the code is limited, by its values or by a penalty", code.limited}},
			faulty:    func(c code) finding { return c.inside(x(c.Root)) },
		},
	},
	{
		Claim: result.Claim{
			ID: "architecture.methods", Refs: []string{"C23"}, Where: "SOURCE 1.1(g)",
			Says:    "There are two classes of methods to shape the energy, contrastive and architectural.",
			Printed: "Methods to shape the energy function: Contrastive method, …; Architectural method, … through regularization.",
			Formula: "contrastive; architectural: the code is limited by how F is built; regularised: it is limited by a term of F",
			Why:     "How methods are sorted is a choice. The usual sorting has three classes; here the third, regularised, is named inside the second.",
			Verdict: result.NotCheckable,
		},
	},
}

// contrasts finds whether a loss of (F, F̄) does not fall with F nor rise with F̄.
func contrasts(name string, loss exact.Dual) finding {
	return all(atMost(name+": 0 against ∂ℓ/∂F", x(0), loss.D[0]), atMost(name+": ∂ℓ/∂F̄ against 0", loss.D[1], x(0)))
}

// A code is what y is rebuilt from. With centres, F(y) = min_k (y − c_k)²; without, F(y) = min_z (y − z)² + λz², z ∈ ℝ.
type code struct {
	Centres []float64
	Lambda  float64
	Root    float64 // √τ: y has low energy if F(y) ≤ τ
	Bound   float64 // where nothing limits the code: what {F ≤ τ} is alleged to lie within
}

func (c code) String() string {
	tau := ", √τ=" + result.Decimal(c.Root)
	switch {
	case c.Centres != nil:
		return "F = min_k (y − c_k)², c=(" + list(c.Centres) + ")" + tau
	case c.Lambda > 0:
		return "F = min_z (y − z)² + λz², λ=" + result.Decimal(c.Lambda) + tau
	}
	return "F = min_z (y − z)²" + tau + "; is {F ≤ τ} within ±" + result.Decimal(c.Bound) + "?"
}

func (c code) limited() bool { return c.Centres != nil || c.Lambda > 0 }

// low returns the length of {F ≤ τ}, the union of the intervals c_k ± √τ.
func (c code) low() exact.Interval {
	length := x(2 * c.Root)
	centres := slices.Sorted(slices.Values(c.Centres))
	for k := 1; k < len(centres); k++ {
		length = length.Add(x(centres[k]).Sub(x(centres[k-1])).Min(x(2 * c.Root)))
	}
	return length
}

// inside finds whether {F ≤ τ} fits in a length of 2·half. Without centres F = λy²/(1 + λ) rises with |y|, or is 0: it fits
// if F(half) ≥ τ.
func (c code) inside(half exact.Interval) finding {
	if c.Centres != nil {
		return atMost("length of {F ≤ τ} against its limit", c.low(), half.Scale(2))
	}
	z := half.Div(x(1).Add(x(c.Lambda))) // the best code of y = half
	F := half.Sub(z).Sqr().Add(z.Sqr().Mul(x(c.Lambda)))
	return atMost(fmt.Sprintf("τ against F(y) at y = %.4g, and so for every y", half.Mid()), x(c.Root).Sqr(), F)
}
