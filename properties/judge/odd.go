package judge

import (
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// drawOdd makes some of c infinite or NaN: of its energies none only if β is a limit, all
// impossible in one case of twelve, a share of them in several; or one of its parameters.
func drawOdd(t *rapid.T, c *op.Call) {
	F := c.Energies
	odd := []float64{math.Inf(1), math.Inf(1), math.NaN(), math.Inf(-1)}
	which := func() int { return drawIndex(t, len(F), "where") }
	switch how := rapid.IntRange(0, 11).Draw(t, "how many"); {
	case how == 11 && len(c.Op.Row().Params) > 0:
		rapid.SampledFrom(c.Op.Row().Params).Draw(t, "which").Set(c, math.NaN())
	case how >= 8 && !c.Op.Row().Pair:
		drawImpossible(t, F)
		if !NonFinite.belongs(*c) { // of one answer, which was kept
			F[0] = math.Inf(1)
		}
	case how == 7:
		for i := range F {
			F[i] = math.Inf(1)
		}
	case how == 5 || how == 6: // two, if they do not fall together
		F[which()] = math.NaN()
		F[which()] = math.Inf(1)
	case how >= 3 || !NonFinite.belongs(*c):
		F[which()] = rapid.SampledFrom(odd).Draw(t, "what")
	}
}

// oddly are the vectors of n ≥ 4 energies of the grid that are not all finite: NaN at the
// end, the first impossible, NaN beside an impossible one, and masks.
func oddly(n int) [][]float64 {
	F, G, H := make([]float64, n), make([]float64, n), make([]float64, n)
	F[n-1] = math.NaN()
	G[0] = math.Inf(1)
	H[n/2], H[n-1] = math.NaN(), math.Inf(1)
	return append([][]float64{F, G, H}, masked(n)...)
}

// unparametered are the calls of the grid of which a parameter is NaN, and all else a
// plain number.
func unparametered(row *op.Row, p op.Precision, yield func(op.Call)) {
	vectors := [][]float64{{0, 1}, {1, 0}, {0.5, 0.5}, {-1, 2}, {2, -1}, {50, -50}, {-50, 50}}
	if !row.Pair {
		vectors = append(vectors, []float64{0, 1, 2}, []float64{2, 1, 1}, []float64{-1, 3, 0.5, 2})
	}
	for _, q := range row.Params {
		for c := range settings(row, Tame) {
			q.Set(&c, math.NaN())
			for _, F := range vectors {
				for y := range answers(row, len(F)) {
					c.Energies, c.Answer = F, y
					yield(c)
				}
			}
		}
	}
}
