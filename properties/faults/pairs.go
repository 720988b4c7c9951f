package faults

import "math"

// pairs are faults of the losses with kinks: simple, hinge, square_square,
// lvq2.
var pairs = []Fault{
	{"simple-no-positive-part", "M6 torch HingeEmbedding", "F + [m − F̄]⁺: the correct term without its positive part", required("simple.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return F + pos(m-Fbar) })},
	{"simple-correct-term-only", "C18", "[F]⁺: nothing pushes up", required("simple.value", tame),
		pairValue(func(F, _, _ float64) float64 { return pos(F) })},
	{"simple-gradient-no-positive-part", "M6", "∂ℓ/∂F = 1 for F < 0 too", required("simple.gradient", tame),
		pairSlope(func(_, Fbar, m float64) (float64, float64) { return 1, -step(Fbar < m) })},
	{"simple-margin-ignored", "M3 pytorch #1378", "m = 1 whatever is asked", required("simple.value", tame), asking(func(c *call) { c.Margin = 1 })},
	{"simple-swapped", "M5, Z68", "y and ȳ swapped", required("simple.value", tame), asking(swapped)},
	{"simple-kink-2", "Z77", "slope 2 at F = 0: both sides of the kink added up", required("simple.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) {
			return step(F > 0) + 2*step(F == 0), -step(Fbar < m)
		})},

	{"hinge-margin-ignored-backward", "M2 torch/nn #169", "the gradient tests d > 0", required("hinge.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) { return step(F > Fbar), -step(F > Fbar) })},
	{"hinge-margin-ignored", "M3 pytorch #1378", "[d]⁺", required("hinge.value", tame), asking(func(c *call) { c.Margin = 0 })},
	{"hinge-margin-hard-coded", "Z73 SSDG-CVPR2020 #2", "m = 0.1 whatever is asked", required("hinge.value", tame), asking(func(c *call) { c.Margin = 0.1 })},
	{"hinge-swapped", "M5, Z68 pykeen #1130", "y and ȳ swapped", required("hinge.value", tame), asking(swapped)},
	{"hinge-no-positive-part", "M6", "m + d", required("hinge.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return m + F - Fbar })},
	{"hinge-absolute", "M7 sentence-transformers #4009", "|m + d|", required("hinge.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return math.Abs(m + F - Fbar) })},
	{"hinge-nonzero-mean", "M8 AvgNonZeroReducer", "divided by the number of terms and of answers: ½", required("hinge.value", tame),
		saying(func(_ call, r *reply) { r.Value /= 2 })},
	{"hinge-squared", "planted", "([m + d]⁺)²", required("hinge.value", tame), saying(func(_ call, r *reply) { r.Value *= r.Value })},
	{"hinge-labels-0-1", "Z70 ml-glossary #113", "labels {0, 1} in a hinge for {−1, 1}: y = 0 gives the constant m", required("hinge.value", tame),
		pairValue(func(_, _, m float64) float64 { return m })},
	{"hinge-gradient-always-on", "M2", "(1, −1) also where the loss is 0", required("hinge.gradient", tame),
		pairSlope(func(_, _, _ float64) (float64, float64) { return 1, -1 })},
	{"hinge-pushes-down-only", "C18", "∂ℓ/∂F̄ = 0", required("hinge.gradient", tame),
		sloped(func(_ call, grad []float64) { grad[1] = 0 })},
	{"hinge-kink-not-in-the-box", "Z77", "(1, 0) at the kink: each side from another branch", required("hinge.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) {
			return step(m+F >= Fbar), -step(m+F > Fbar)
		})},
	{"hinge-other-test", "Z84", "the branch tests F̄ − F > m where it should test <", required("hinge.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return step(Fbar-F > m), -step(Fbar-F > m) })},
	{"hinge-tolerance", "planted", "losses below 1e-9 count as 0", required("hinge.value", tame),
		saying(func(_ call, r *reply) {
			if r.Value < 1e-9 {
				r.Value = 0
			}
		})},

	{"square-square-caffe", "M1 caffe #2308, Z71", "[m − F̄²]⁺ for ([m − F̄]⁺)²", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F)*pos(F) + pos(m-Fbar*Fbar) })},
	{"square-square-tutorial", "C64", "F²: the tutorial's loss, which pulls a negative F up", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return F*F + pos(m-Fbar)*pos(m-Fbar) })},
	{"square-square-tutorial-gradient", "C64", "2F for F < 0 too", required("square_square.gradient", tame),
		sloped(func(c call, grad []float64) { grad[0] = 2 * c.Energies[0] })},
	{"square-square-no-max", "planted", "(m − F̄)² without the positive part", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F)*pos(F) + (m-Fbar)*(m-Fbar) })},
	{"square-square-half", "M8 pyannote #288", "½ of it", required("square_square.value", tame), saying(func(_ call, r *reply) { r.Value /= 2 })},
	{"square-square-half-gradient", "M8 pyannote #288", "the gradient of ½ of it: the 2 is missing", required("square_square.gradient", tame),
		sloped(func(_ call, grad []float64) { scale(grad, 0.5) })},
	{"square-square-gradient-sign", "Z85 torchebm #318", "+2[m − F̄]⁺", required("square_square.gradient", tame),
		sloped(func(_ call, grad []float64) { grad[1] = -grad[1] })},
	{"square-square-expanded", "planted", "m² − 2mF̄ + F̄²: cancels", required("square_square.value", tame),
		pairValue(func(F, Fbar, m float64) float64 {
			if Fbar >= m {
				return pos(F) * pos(F)
			}
			return pos(F)*pos(F) + (m*m - 2*m*Fbar + Fbar*Fbar)
		})},

	{"lvq2-no-cap", "planted", "[d]⁺", required("lvq2.value", tame), pairValue(func(F, Fbar, _ float64) float64 { return pos(F - Fbar) })},
	{"lvq2-no-positive-part", "M6", "min(M, d)", required("lvq2.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return min(m, F-Fbar) })},
	{"lvq2-cap-1", "M3", "M = 1 whatever is asked", required("lvq2.value", tame), asking(func(c *call) { c.Cap = 1 })},
	{"lvq2-swapped", "M5", "y and ȳ swapped", required("lvq2.value", tame), asking(swapped)},
	{"lvq2-slope-beyond-the-cap", "M2", "the cap is forgotten in the gradient", required("lvq2.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) { return step(F > Fbar), -step(F > Fbar) })},
	{"lvq2-slope-below-zero", "M2", "the positive part is forgotten in the gradient", required("lvq2.gradient", tame),
		pairSlope(func(F, Fbar, m float64) (float64, float64) { return step(F-Fbar < m), -step(F-Fbar < m) })},
	{"lvq2-max-min", "planted", "max(M, [d]⁺): min and max swapped", required("lvq2.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return max(m, F-Fbar) })},
}

func swapped(c *call) { c.Energies[0], c.Energies[1] = c.Energies[1], c.Energies[0] }
