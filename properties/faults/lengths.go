package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// lengths are faults in how a long vector is cut up: beyond a block, a tile or a chunk, or in
// what is left over of the last.
var lengths = slices.Concat(
	each(Fault{"%s-gradient-beyond-1024", "Liger-Kernel PR #1252 (shape)", "the gradient beyond the first 1024 stays 0", required("%s.gradient", tame),
		sloped(func(_ call, grad []float64) { clear(grad[min(1024, len(grad)):]) })}, op.FreeEnergy, op.NLL, op.MEE),
	[]Fault{
		{"gibbs-block-2048", "Liger-Kernel PR #1252 (shape)", "beyond 2048 each block has its own maximum, and the sums are added as they are", required("gibbs.probabilities", tame),
			massed(func(c call, p []float64) {
				if len(p) > 2048 {
					ownMaxima(c, p, 2048)
				}
			})},
		{"gibbs-first-maximum", "planted", "the maximum is that of the first 4096: beyond, exp overflows", required("gibbs.probabilities", tame),
			massed(func(c call, p []float64) {
				x, _ := scaled(c)
				if len(x) > 4096 {
					weigh(x, slices.Max(x[:4096]), p)
				}
			})},
		{"gibbs-β=1-beyond-512", "planted", "the loop for what is beyond 512 forgets β", required("gibbs.probabilities", tame),
			massed(func(c call, p []float64) {
				x, _ := scaled(c)
				if len(x) > 512 {
					for i := 512; i < len(x); i++ {
						x[i] = -c.Energies[i]
					}
					weigh(x, slices.Max(x), p)
				}
			})},
		{"free-energy-whole-tiles", "TileOPs PR #801 (shape)", "beyond 4096, what is left over of the last tile of 128 is left out", required("free_energy.value", tame),
			asking(func(c *call) {
				if n := len(c.Energies); n > 4096 {
					c.Energies = c.Energies[:n-n%128]
				}
			})},
		{"nll-n=17", "planted", "the two ways of 17 = 16 + 1 answers are the wrong way round: the last counts twice", required("nll.value", tame),
			valued(func(c call) float64 {
				if len(c.Energies) == 17 {
					c.Energies = append(slices.Clone(c.Energies), c.Energies[16])
				}
				return right(c).Value
			})},
		{"mee-n=19-to-31", "planted", "from 19 to 31 answers the sum ends at 18", required("mee.value", tame),
			valued(func(c call) float64 {
				if n := len(c.Energies); n < 19 || n > 31 {
					return right(c).Value
				}
				p := make([]float64, len(c.Energies))
				x, M := scaled(c)
				for i, t := range x {
					p[i] = math.Exp(t - M)
				}
				return 1 - p[c.Answer]/forwards(p[:18])
			})},
		{"perceptron-whole-tiles", "planted", "beyond 1024, the minimum is that of whole tiles of 64", required("perceptron.value", tame),
			valued(func(c call) float64 {
				F, n := c.Energies, len(c.Energies)
				if n > 1024 {
					n -= n % 64
				}
				return pos(F[c.Answer] - slices.Min(F[:n]))
			})},
		{"infer-whole-tiles", "planted", "beyond 1024, the minimum is that of whole tiles of 64", required("infer.minimiser", tame),
			asking(func(c *call) {
				if n := len(c.Energies); n > 1024 {
					c.Energies = c.Energies[:n-n%64]
				}
			})},
		{"infer-tail-of-3", "planted", "beyond 64, of what is left over of blocks of 8 the last is left out where there are three", required("infer.minimiser", tame),
			asking(func(c *call) {
				if n := len(c.Energies); n > 64 && n%8 == 3 {
					c.Energies = c.Energies[:n-1]
				}
			})},
		{"perceptron-first-of-many", "planted", "beyond 4096, the minimum is looked for from 1 on", required("perceptron.value", tame),
			valued(func(c call) float64 {
				F := c.Energies
				if len(F) > 4096 {
					F = F[1:]
				}
				return pos(c.Energies[c.Answer] - slices.Min(F))
			})},
		{"perceptron-tail-of-7", "planted", "beyond 64, the last of 8k + 7 answers is not looked at", required("perceptron.value", tame),
			valued(func(c call) float64 {
				F := c.Energies
				if n := len(F); n > 64 && n%8 == 7 {
					F = F[:n-1]
				}
				return pos(c.Energies[c.Answer] - slices.Min(F))
			})},
		{"perceptron-nan-last", "planted", "beyond 64, a NaN in the last place is not seen", required("perceptron.nonfinite", nonfinite),
			asking(func(c *call) {
				if n := len(c.Energies); n > 64 && math.IsNaN(c.Energies[n-1]) && c.Answer < n-1 {
					c.Energies[n-1] = math.MaxFloat64
				}
			})},
		{"energy-first-of-a-block", "planted", "of an answer that is the first of a block of 128, but of the first, the energy before it", required("energy.value", tame),
			valued(func(c call) float64 {
				y := c.Answer
				if y > 0 && y%128 == 0 {
					y--
				}
				return c.Energies[y]
			})},
		{"energy-beyond-8192", "planted", "the energy of an answer beyond 8191 is that of the last of the block", required("energy.value", tame),
			valued(func(c call) float64 { return c.Energies[min(c.Answer, 8191)] })},
	},
)

// weigh writes e^(x − M) over their sum.
func weigh(x []float64, M float64, p []float64) {
	for i, t := range x {
		p[i] = math.Exp(t - M)
	}
	scale(p, 1/forwards(p))
}

// ownMaxima writes p with weights that each have their own block's maximum taken away.
func ownMaxima(c call, p []float64, size int) {
	x, _ := scaled(c)
	for at := 0; at < len(x); at += size {
		block := x[at:min(at+size, len(x))]
		M := slices.Max(block)
		for i, t := range block {
			p[at+i] = math.Exp(t - M)
		}
	}
	scale(p, 1/forwards(p))
}
