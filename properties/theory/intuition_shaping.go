package theory

import (
	"fmt"
	"math/big"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// How an energy gets its shape.
var intuitionShaping = []Claim{
	{
		Claim: result.Claim{
			ID: "energy.contrastive", Refs: []string{"C21", "T1.hinge", "T1.log", "T1.square-square", "T1.nll", "E1"}, Where: "SOURCE 1.1(g), first item",
			Says:      "Contrastive methods push down on the correct pair and push up on the incorrect one.",
			Printed:   "Contrastive method, which push down energy on correct input pairs and push up energy on incorrect input pairs.",
			Formula:   "∂ℓ/∂F > 0 > ∂ℓ/∂F̄: simple and square-square loss where F > 0 and F̄ < m; hinge loss where m + F > F̄; log loss and NLL of two answers everywhere",
			Condition: "nothing of what the loss asks for is met: F > 0 and F̄ < m for the simple and the square-square loss, m + F > F̄ for the hinge loss; of the log loss and the NLL it never is",
			Fault:     "square-square with the minus of Table 1 (erratum 1)",
			Why:       "Each loss of 1.3, and the NLL of two answers, rises with F and falls with F̄, until it has what it asks for: then the simple, the square-square and the hinge loss push no more. At F = −1, F̄ = 0 the hinge loss with m = 1 is 0, and neither energy is pushed; the simple loss pushes F̄ alone. At the kink itself 0 is one of the subgradients, that of 1.3.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[contrast]{
			cases: contrasts(),
			draw: drawWith(func(t *rapid.T, c twin) contrast {
				return contrast{c, method(rapid.IntRange(0, int(methods)-1).Draw(t, "loss"))}
			}),
			show: contrast.String,
			reach: func() map[string]func(contrast) bool {
				r := reachOf(twinReach, func(c contrast) twin { return c.twin })
				for by, name := range methodNames {
					r[name] = func(c contrast) bool { return c.By == method(by) }
				}
				return r
			}(),
			printed: func(c contrast) finding { return contrasted(c.loss()) },
			condition: []clause[contrast]{
				{"simple and square-square: F > 0", func(c contrast) bool { return !c.apart() || c.F > 0 }},
				{"simple and square-square: F̄ < m", func(c contrast) bool { return !c.apart() || c.Fbar < c.M }},
				{"hinge: m + F > F̄", func(c contrast) bool { return c.By != byHinge || positive(c.excess()) }},
			},
			faulty: func(c contrast) finding {
				if c.By != bySquare {
					return nothing("another loss")
				}
				F, Fbar := c.free()
				up, down := constant(c.M, 2).Sub(Fbar).Pos(), F.Pos()
				return contrasted(down.Mul(down).Sub(up.Mul(up)))
			},
			also: []func(contrast) finding{func(c contrast) finding { // only pushing down
				F, _ := c.free()
				return contrasted(F.Pos())
			}, func(c contrast) finding { // only pushing up
				_, Fbar := c.free()
				return contrasted(constant(c.M, 2).Sub(Fbar).Pos())
			}},
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
			Formula: "contrastive; architectural: the volume of low energies is limited by how F is built, or by a term of F, a regulariser",
			Why:     "How methods are sorted is a choice. Some sort them into three, with the regularised ones by themselves; here, as in the course that is followed, these are named inside the second.",
			Verdict: result.NotCheckable,
		},
	},
}

// A method is a contrastive loss.
type method int

const (
	bySimple method = iota
	byHinge
	byLog
	bySquare
	byNLL
	methods
)

var methodNames = [methods]string{"simple loss", "hinge loss", "log loss", "square-square loss", "NLL of two answers"}

// A contrast is a pair under one of the losses.
type contrast struct {
	twin
	By method
}

func (c contrast) String() string {
	of := fmt.Sprintf("%s, F=%s, F̄=%s", methodNames[c.By], result.Decimal(c.F), result.Decimal(c.Fbar))
	switch c.By {
	case byLog:
		return of
	case byNLL:
		return of + ", β=" + result.Decimal(c.Beta)
	}
	return of + ", m=" + result.Decimal(c.M)
}

// apart reports whether the loss asks for F ≤ 0 and F̄ ≥ m, each by itself.
func (c contrast) apart() bool { return c.By == bySimple || c.By == bySquare }

// loss returns the loss, with its derivatives by F and F̄.
func (c contrast) loss() exact.Dual {
	F, Fbar := c.free()
	m := constant(c.M, 2)
	return [methods]func() exact.Dual{
		bySimple: func() exact.Dual { return exact.SimpleOf(m, F, Fbar) },
		byHinge:  func() exact.Dual { return exact.HingeOf(m, F, Fbar) },
		byLog:    func() exact.Dual { return exact.LogOf(F, Fbar) },
		bySquare: func() exact.Dual { return exact.SquareSquareOf(m, F, Fbar) },
		byNLL: func() exact.Dual { // ln(1 + e^{βF − βF̄})/β: 1 − p would leave nothing certain of a small p
			beta := constant(c.Beta, 2)
			return exact.LogOf(beta.Mul(F), beta.Mul(Fbar)).Div(beta)
		},
	}[c.By]()
}

// contrasted finds whether descent on a loss of (F, F̄) moves F down and F̄ up, by whichever subgradient.
func contrasted(loss exact.Dual) finding {
	down, up := loss.D[0].Lo(), loss.D[1].Hi()
	shown := func(slope *big.Float) string {
		f, _ := slope.Float64()
		return result.Decimal(f)
	}
	return all(
		that("∂ℓ/∂F at its least", down.Sign() > 0, shown(down), "> 0"),
		that("∂ℓ/∂F̄ at its most", up.Sign() < 0, shown(up), "< 0"))
}

// contrasts are the special pairs, each under every loss.
func contrasts() (cs []contrast) {
	for _, c := range twins() {
		for by := range methods {
			cs = append(cs, contrast{c, by})
		}
	}
	return cs
}
