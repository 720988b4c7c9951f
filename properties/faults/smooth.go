package faults

import "math"

// smooth are faults of the smooth pair losses: log, soft_hinge, mce,
// square_exp.
var smooth = []Fault{
	{"log-naive", "M11, Z53 burn #5373, Z65 onnxruntime", "log(1 + e^d): overflows", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return math.Log(1 + math.Exp(F-Fbar)) })},
	{"log-1-plus", "Z58 pytorch #77529", "max(d, 0) + log(1 + e^−|d|): log for log1p, 0 at d = −37", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return pos(F-Fbar) + math.Log(1+math.Exp(-math.Abs(F-Fbar))) })},
	{"log-threshold-20", "M18, Z57 torch F.softplus", "linear above 20", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return linearAbove(20, F-Fbar) })},
	{"log-threshold-30", "Z57", "linear above 30", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return linearAbove(30, F-Fbar) })},
	{"log-zero-below-−30", "Z57 TVM #20184", "0 below −30", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return step(F-Fbar > -30) * softplus(F-Fbar) })},
	{"log-absolute", "M7", "ln(1 + e^|d|)", required("log.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return softplus(math.Abs(F - Fbar)) })},
	{"log-swapped", "M5, Z68", "y and ȳ swapped", required("log.value", tame), asking(swapped)},
	{"log-base-2", "planted", "log₂", required("log.value", tame), saying(func(_ call, r *reply) { r.Value /= math.Ln2 })},
	{"log-shifted-to-zero", "planted", "less ln 2, to be 0 at d = 0", required("log.value", tame), saying(func(_ call, r *reply) { r.Value -= math.Ln2 })},
	{"log-gradient-e-over-1+e", "Z55 tt-metal #56397", "e^d · (1/(1 + e^d)): ∞ · 0", required("log.gradient", wide),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) {
			e := math.Exp(F - Fbar)
			return e * (1 / (1 + e)), -e * (1 / (1 + e))
		})},
	{"log-gradient-1-σ", "Z64 onnxruntime #22557", "1 − σ(−d): 0 in the lower tail", required("log.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) { s := 1 - sigmoid(Fbar-F); return s, -s })},
	{"log-gradient-of-mce", "planted", "σ(d)σ(−d)", required("log.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) {
			s := sigmoid(F-Fbar) * sigmoid(Fbar-F)
			return s, -s
		})},
	{"log-gradient-same-sign", "Z68", "both slopes positive", required("log.gradient", tame),
		sloped(func(_ call, grad []float64) { grad[1] = -grad[1] })},

	{"soft-hinge-margin-ignored", "M3", "m = 0", required("soft_hinge.value", tame), asking(func(c *call) { c.Margin = 0 })},
	{"soft-hinge-without-1/β", "E11", "ln(1 + e^{β(m + d)})", required("soft_hinge.value", tame), saying(func(c call, r *reply) { r.Value *= c.Beta })},
	{"soft-hinge-margin-unscaled", "planted", "(1/β) ln(1 + e^{m + βd})", required("soft_hinge.value", tame),
		asking(func(c *call) { c.Margin /= c.Beta })},
	{"soft-hinge-temperature", "M9 devinterp #82", "1/β for β", required("soft_hinge.value", tame), asking(func(c *call) { c.Beta = 1 / c.Beta })},
	{"soft-hinge-gradient-times-β", "planted", "β σ(β(m + d)): the chain rule's β does not meet 1/β", required("soft_hinge.gradient", tame),
		sloped(func(c call, grad []float64) { scale(grad, c.Beta) })},
	{"soft-hinge-gradient-without-β", "M16", "σ(m + d): right for β = 1 only", required("soft_hinge.gradient", tame),
		sloped(func(c call, grad []float64) {
			s := sigmoid(c.Margin + c.Energies[0] - c.Energies[1])
			grad[0], grad[1] = s, -s
		})},
	{"soft-hinge-hard", "C71", "the gradient of the hinge", required("soft_hinge.gradient", tame),
		sloped(func(c call, grad []float64) {
			s := step(c.Margin+c.Energies[0] > c.Energies[1])
			grad[0], grad[1] = s, -s
		})},
	{"soft-hinge-naive", "M11, Z83 sentence-transformers #4019", "log(1 + e^{β(m + d)}): overflows", required("soft_hinge.value", tame),
		valued(func(c call) float64 {
			return math.Log(1+math.Exp(c.Beta*(c.Margin+c.Energies[0]-c.Energies[1]))) / c.Beta
		})},
	{"soft-hinge-threshold-20", "M18", "linear where β(m + d) > 20", required("soft_hinge.value", tame),
		valued(func(c call) float64 { return linearAbove(20, c.Beta*(c.Margin+c.Energies[0]-c.Energies[1])) / c.Beta })},

	{"mce-1-σ", "Z64 onnxruntime #22557", "1 − 1/(1 + e^d): 0 in the lower tail", required("mce.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return 1 - 1/(1+math.Exp(F-Fbar)) })},
	{"mce-tanh", "planted", "½(1 + tanh(d/2)): loses the lower tail", required("mce.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return (1 + math.Tanh((F-Fbar)/2)) / 2 })},
	{"mce-sign", "Z68", "1/(1 + e^d)", required("mce.value", tame), asking(swapped)},
	{"mce-overflows", "C62", "e^d/(1 + e^d): ∞/∞", required("mce.value", wide),
		pairValue(func(F, Fbar, _ float64) float64 { return math.Exp(F-Fbar) / (1 + math.Exp(F-Fbar)) })},
	{"mce-one-sided", "planted", "1/(1 + e^−d) on both sides: nothing left below −709.8 where subnormals are", recommended("mce.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return 1 / (1 + math.Exp(Fbar-F)) })},
	{"mce-counts", "planted", "the hard error: 1 if F > F̄, ½ at a tie", required("mce.value", tame),
		pairValue(func(F, Fbar, _ float64) float64 { return step(F > Fbar) + step(F == Fbar)/2 })},
	{"mce-gradient-cancels", "Z26", "ℓ(1 − ℓ) with 1 − ℓ by subtraction", recommended("mce.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) {
			s := sigmoid(F - Fbar)
			return s * (1 - s), -s * (1 - s)
		})},
	{"mce-gradient-of-log", "planted", "σ(d)", required("mce.gradient", tame),
		pairSlope(func(F, Fbar, _ float64) (float64, float64) { return sigmoid(F - Fbar), -sigmoid(F - Fbar) })},
	{"mce-gradient-twice", "Z39 xgboost #5769", "2σ(1 − σ): an upper bound, for another purpose", required("mce.gradient", tame),
		sloped(func(_ call, grad []float64) { scale(grad, 2) })},

	{"square-exp-sign", "planted", "F² + γe^{F̄}", required("square_exp.value", tame), asking(func(c *call) { c.Energies[1] = -c.Energies[1] })},
	{"square-exp-γ-ignored", "M3", "γ = 1", required("square_exp.value", tame), asking(func(c *call) { c.Gamma = 1 })},
	{"square-exp-positive-part", "C64", "([F]⁺)² + γe^{−F̄}", required("square_exp.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return pos(F)*pos(F) + m*math.Exp(-Fbar) })},
	{"square-exp-gradient-sign", "planted", "+γe^{−F̄}", required("square_exp.gradient", tame), sloped(func(_ call, grad []float64) { grad[1] = -grad[1] })},
	{"square-exp-γ-not-in-gradient", "M2", "−e^{−F̄}", required("square_exp.gradient", tame),
		sloped(func(c call, grad []float64) { grad[1] = -math.Exp(-c.Energies[1]) })},
	{"square-exp-times-F", "C37", "∂e^{−F̄} = −F̄", required("square_exp.gradient", tame),
		sloped(func(c call, grad []float64) { grad[1] = -c.Gamma * c.Energies[1] })},
	{"square-exp-factor-lost", "§3.4 M3", "∂F² = F", required("square_exp.gradient", tame), sloped(func(_ call, grad []float64) { grad[0] /= 2 })},
	{"square-exp-clamped", "planted", "exp's argument clamped to ±20", required("square_exp.value", tame),
		pairValue(func(F, Fbar, m float64) float64 { return F*F + m*math.Exp(min(max(-Fbar, -20), 20)) })},
}

// linearAbove is softplus with a hard threshold.
func linearAbove(threshold, t float64) float64 {
	if t > threshold {
		return t
	}
	return softplus(t)
}
