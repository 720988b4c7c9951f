package ebm

import (
	"math"

	"ebmcheck/ebm/quadrature"
)

// Box returns the box lo ≤ y ≤ hi of ℝᵈ, d ≤ 3, as a finite answer space made
// for the density e^(−βF), with the energies of its points, and an estimate of
// the relative error of Z, which to first order is the absolute error of ln Z:
//
//	Z = ∫ e^(−βF(y)) dy ≈ Σᵢ μᵢ e^(−βF(yᵢ)) = NewGibbs(energies, beta, mu)'s Z
//
// The box is cut into panels, each with the nodes of a product of Kronrod rules of 15
// points (Piessens et al. 1983). The panels are not cut blindly, as that would miss a
// peak between the nodes and call the rest exact: minima of F are sought first, from
// the lowest cells of a scan, and then in each panel, from its lowest nodes; one with a
// point at which e^(−βF) is more than e² times as large as at all its nodes is cut.
// Then those of largest error are, until the estimate is 10⁻¹² (d = 1), 10⁻¹⁰ or 10⁻⁸
// or below the effect of rounding, or F has been called two million times.
//
// The estimate is the sum over the lines of nodes of all panels of what null rules of
// degree 11 find on them and at their two ends, times 4.2, and of what rounding may do
// to the nodes and to βF. On a line no jump, kink or cusp |y − c|ᵖ, 0 < p < 1, added to
// a polynomial of degree 11 made an error larger than that in 4 000 places of each
// (quadrature's TestNull); for smooth F it is far more than the error. TestBoxPromises
// found no larger error, for wells and edges of any width, kinks, jumps, cusps, rotated
// wells and rings.
//
// The estimate is +Inf if it would be 1 or more, if no possible answer was seen, if the
// calls are used up, or the float64s, while a panel still hides something that matters,
// or if the integral of e^(−β(F − min F)) underflows or overflows. What it cannot know
// of is a well that has no slope leading into it where it looks: in the scan (2⁸ points
// a line, 2⁵ × 2⁵, 2⁴ × 2⁴ × 2⁴) and at the nodes.
//
// The masses are positive and add up to the volume of the box: exactly where the sides
// of all panels are powers of two, or for d = 1 float64s, as they are from 0 to 1; else
// to some 2⁻¹⁰⁰. (What is left of ln Z at β = 0 and volume 1 is then the mean of F:
// FreeEnergy.)
//
// If F is NaN or −Inf anywhere, the estimate is NaN. Box panics if d is not 1, 2
// or 3, if a side is not lo < hi with a finite width, or if beta is negative, NaN
// or infinite.
func Box(lo, hi []float64, F func(y []float64) float64, beta float64) (mu Measure, energies []float64, relErr float64) {
	if len(lo) < 1 || len(lo) > 3 || len(hi) != len(lo) {
		panic("ebm: a box has 1, 2 or 3 dimensions")
	}
	for k := range lo {
		if w := hi[k] - lo[k]; !(w > 0) || math.IsInf(w, 1) {
			panic("ebm: a side of the box is empty or not finite")
		}
	}
	if !(beta >= 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is negative, NaN or infinite")
	}
	rule, relErr := quadrature.Box(lo, hi, F, beta)
	return Measure{n: len(rule.F), points: rule.Points, mass: rule.Mass}, rule.F, relErr
}
