package theory

import (
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
			Says:    "An energy can be built so that the volume of its regions of low energy is limited: by the architecture, or by a regulariser.",
			Printed: "Architectural method, where we build the energy so that the volume of low energy regions is limited or minimized through regularization.",
			Formula: "F = min_k (y − c_k)², K centres: length{F ≤ τ} ≤ 2K√τ, and in ℝ², with the larger of the two squares, area{F ≤ τ} ≤ 4Kτ;  F = min_z (y − z)² + λz²: {F ≤ τ} is |y| ≤ √(τ(1 + λ)/λ)",
			Fault:   "2√τ, or 4τ, whatever K and λ",
			Why:     "The sentence defines what an architectural method is; these are two. An energy that rebuilds y from a code without limits, min_z (y − z)², is 0 everywhere, and is none. A code of fewer dimensions than y is not limit enough: with one number for y ∈ ℝ², {F ≤ τ} is a strip, thin, and without end. To limit the code by its values and to limit it by a penalty are one class of method here, and two for some (architectural, regularised).",
			Verdict: result.Holds,
		},
		Statement: volumesOfLow,
	},
	{
		Claim: result.Claim{
			ID: "architecture.methods", Refs: []string{"C23"}, Where: "SOURCE 1.1(g)",
			Says:    "There are two classes of methods to shape the energy, contrastive and architectural.",
			Printed: "Methods to shape the energy function: Contrastive method, …; Architectural method, … through regularization.",
			Formula: "contrastive; architectural: the code is limited by how F is built; regularised: it is limited by a term of F",
			Why:     "How methods are sorted is a choice. Some sort them into three, with the regularised ones by themselves; here, as in the course that is followed, these are named inside the second.",
			Verdict: result.NotCheckable,
		},
	},
}

// contrasts finds whether a loss of (F, F̄) does not fall with F nor rise with F̄.
func contrasts(name string, loss exact.Dual) finding {
	return all(atMost(name+": 0 against ∂ℓ/∂F", x(0), loss.D[0]), atMost(name+": ∂ℓ/∂F̄ against 0", loss.D[1], x(0)))
}
