package op

import (
	"math"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// The square-exponential loss.
var squareExp = Row{
	Op: SquareExp, Pair: true, Params: []Param{gamma},

	Symbol: "ℓ", Formula: "F[y]^2 + gamma*exp(-F[ybar])",
	Slopes: []string{"2*F[y]", "-gamma*exp(-F[ybar])"},
	Truth:  func(c Call) exact.Truth { return exact.SquareExp(c.Energies[0], c.Energies[1], c.Gamma) },

	Standard: "one rounding a written operation",
	Bound: func(c Call, m Model) Allowance { // F²; exp and the product with γ; the sum
		F, size, e := c.Energies[0], math.Abs(c.Gamma), math.Exp(-c.Energies[1])
		overflows := e*max(size, 1)*math.Exp(m.exp+2*m.v) > m.most        // exp itself, whatever γ is, or the product
		if overflows && (size == 0 || c.Gamma < 0 && !(F*F < e*size/2)) { // ∞·0; or −∞, where the truth may be above 0 or ∞
			return Allowance{Grad: both(0), Lost: true, Overflows: true}
		}
		overflows = overflows || c.Gamma < 0 && m.passes(F*F) // the square, where another term may make up for it
		// What is right and finite is within the bound of the largest number at most.
		e = min(e*size*(1+1e-6), m.most) * math.Exp(2*m.exp+8*m.v)
		if math.IsInf(e, 1) {
			e = m.most
		}
		return Allowance{
			Value:     m.after(2, F*F, 0) + e*math.Expm1(m.exp+2*m.v) + 3*(1+size)*m.tiny,
			Grad:      []float64{0, e*math.Expm1(m.exp+m.v) + (1+size)*m.tiny},
			Overflows: overflows}
	},

	// Where γ < 0 the terms may be nearly opposite: RECOMMENDED then allows 4 ulps of 2⁻¹⁰ F²,
	// as for the free energy.
	Cancels: func(c Call) float64 {
		if c.Gamma >= 0 {
			return 0
		}
		return c.Energies[0] * c.Energies[0] * 0x1p-10
	},
	Signs: Signs{"ℓ ≥ 0 and ∂ℓ/∂F̄ ≤ 0 for γ ≥ 0, ∂ℓ/∂F ≥ 0 for F > 0, ≤ 0 for F < 0", func(c Call, _ Model) (Side, []Side) {
		value, slope := atLeast0, atMost0
		if c.Gamma < 0 {
			value, slope = anySide, atLeast0
		}
		each := []Side{atLeast0, slope}
		if c.Energies[0] <= 0 {
			each[0] = atMost0
		}
		return value, each
	}},

	Refs: []string{"T1.square-exp", "E3"}, Where: "Table 1, row square-exp",
	Reference: pairwise(func(c Call) losses.PairLoss { return losses.SquareExp{Gamma: c.Gamma} }),
}
