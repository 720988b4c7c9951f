package faults

import (
	"math"
	"slices"
)

// masks are faults where several answers are impossible, but not all.
var masks = []Fault{
	{"gibbs-masked-block", "flash-attention #1930", "by blocks of four: −∞ − (−∞) where the first are all impossible", required("gibbs.impossible", nonfinite),
		massed(func(c call, p []float64) {
			if len(p) >= 8 && nothingPossible(c.Energies[:4]) {
				spoil(p)
			}
		})},
	{"free-energy-masked-block", "flash-attention #1930", "by blocks of eight: −∞ − (−∞) where a block is all impossible", required("free_energy.impossible", nonfinite),
		valued(func(c call) float64 {
			F := c.Energies
			for ; len(F) >= 8; F = F[8:] {
				if nothingPossible(F[:8]) && !nothingPossible(c.Energies) {
					return math.NaN()
				}
			}
			return right(c).Value
		})},
	{"nll-mask-of-one", "planted", "only the first impossible answer is left out: the next has the energy 10", required("nll.impossible", nonfinite),
		asking(func(c *call) {
			if first := slices.Index(c.Energies, math.Inf(1)); first >= 0 && c.Energies[c.Answer] < math.Inf(1) {
				for i, F := range c.Energies {
					if i > first && math.IsInf(F, 1) {
						c.Energies[i] = 10
					}
				}
			}
		})},
	{"mee-masked-half", "planted", "with half of the answers or more impossible, p is uniform over the rest", required("mee.impossible", nonfinite),
		saying(func(c call, r *reply) {
			possible := 0
			for _, F := range c.Energies {
				possible += int(step(F < math.Inf(1)))
			}
			if F := c.Energies[c.Answer]; len(c.Energies) >= 4 && possible > 0 && 2*possible <= len(c.Energies) && F < math.Inf(1) {
				r.Value += 0 * F
				if !math.IsNaN(r.Value) {
					r.Value = 1 - 1/float64(possible)
				}
			}
		})},
	{"infer-counts-possible", "planted", "the minimiser is counted among the possible answers only", required("infer.impossible", nonfinite),
		saying(func(c call, r *reply) {
			for _, F := range c.Energies[:max(r.Index, 0)] {
				r.Index -= int(step(math.IsInf(F, 1)))
			}
		})},
	{"perceptron-masked-long", "planted", "with more than 16 answers, of several impossible ones the first has the energy 0", required("perceptron.impossible", nonfinite),
		asking(func(c *call) {
			first := slices.Index(c.Energies, math.Inf(1))
			if len(c.Energies) > 16 && first >= 0 && slices.Contains(c.Energies[first+1:], math.Inf(1)) && first != c.Answer {
				c.Energies[first] = 0
			}
		})},
}

// nothingPossible reports whether all of F are impossible.
func nothingPossible(F []float64) bool { return slices.Min(F) == math.Inf(1) }

func spoil(p []float64) {
	for i := range p {
		p[i] = math.NaN()
	}
}

// offsets are faults where energies lie close together, far from 0.
var offsets = []Fault{
	{"gibbs-offset-float32", "planted", "log-likelihoods of −10⁴ or less: ln Z is kept in float32, and p = e^(x − ln Z)", required("gibbs.probabilities", wide),
		massed(func(c call, p []float64) {
			x, M := scaled(c)
			if slices.Max(x)-slices.Min(x) < 100 && math.Abs(M) > 1e4 {
				lse := float64(float32(M + logSum(x, M)))
				for i, t := range x {
					p[i] = math.Exp(t - lse)
				}
			}
		})},
	{"nll-offset-float32", "planted", "four answers or more that are 10⁵ or more from 0 and less than 10 apart: their gaps in steps of 2⁻⁷, as float32 has them", required("nll.value", wide),
		asking(func(c *call) {
			F := c.Energies
			if low, high := slices.Min(F), slices.Max(F); len(F) >= 4 && high-low < 10 && math.Abs(low) >= 1e5 {
				single(c)
			}
		})},
	{"free-energy-offset-mean", "planted", "four answers or more close together: F_β = mean F − ln n/β", required("free_energy.value", wide),
		valued(func(c call) float64 {
			F, n := c.Energies, float64(len(c.Energies))
			if low, high := slices.Min(F), slices.Max(F); n >= 4 && high-low < math.Abs(low)*1e-4 {
				sum := 0.0
				for _, f := range F {
					sum += f - low
				}
				return low + sum/n - math.Log(n)/c.Beta
			}
			return right(c).Value
		})},
	{"mee-offset", "planted", "energies nearer to each other than a millionth of them are equal", required("mee.value", tame),
		asking(func(c *call) {
			F := c.Energies
			low := slices.Min(F)
			for i, f := range F {
				if math.Abs(f-low) < 1e-6*math.Abs(low) {
					F[i] = low
				}
			}
		})},
}
