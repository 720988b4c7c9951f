package faults

import (
	"math"

	"ebmcheck/properties/op"
)

// sentinels are maxima that start from a number that is not the lowest, and numbers that
// stand for what cannot be.
var sentinels = []Fault{
	{"gibbs-maximum-from-0", "planted", "the maximum of x = −βF starts from 0: 0/0 where every x is far below", required("gibbs.probabilities", tame),
		massed(maximumFrom(0))},
	{"gibbs-maximum-from-1e5", "planted", "the maximum of x = −βF starts from −1e5", required("gibbs.probabilities", wide),
		massed(maximumFrom(-1e5))},
	{"gibbs-maximum-from-FLT_MAX", "onnxruntime PR #26670", "the maximum of x = −βF starts from the lowest float32", required("gibbs.finite", extreme),
		massed(maximumFrom(-math.MaxFloat32))},
	{"gibbs-float16-maximum-from-lowest", "onnxruntime PR #26670", "the maximum of x = −βF starts from −10⁴: 0/0 beyond", required("gibbs.finite", extreme).in(op.Float16),
		massed(maximumFrom(-1e4))},
	{"free-energy-maximum-from-1e5", "planted", "the maximum of x = −βF starts from −1e5", required("free_energy.value", wide),
		valued(func(c call) float64 {
			x, M := scaled(c)
			M = max(M, -1e5)
			return -(M + logSum(x, M)) / c.Beta
		})},
	{"perceptron-minimum-from-1e5", "planted", "the minimum starts from 1e5", required("perceptron.value", wide),
		valued(func(c call) float64 {
			low := 1e5
			for _, F := range c.Energies {
				low = min(low, F)
			}
			return c.Energies[c.Answer] - low
		})},
	{"log-infinite-for-0", "tt-metal #55798", "from d = −2²⁴ down to −2³⁰ the loss is +Inf, not 0", required("log.finite", extreme),
		pairValue(func(F, Fbar, _ float64) float64 {
			if d := F - Fbar; d <= -0x1p24 && d >= -0x1p30 {
				return math.Inf(1)
			}
			return right(call{Op: op.Log, Energies: []float64{F, Fbar}}).Value
		})},
}

// maximumFrom writes a softmax whose maximum starts from a number, where that matters.
func maximumFrom(start float64) func(c call, p []float64) {
	return func(c call, p []float64) {
		if x, M := scaled(c); M < start {
			weigh(x, start, p)
		}
	}
}
