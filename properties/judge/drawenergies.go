package judge

import (
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// drawEnergies draws the energies of all answers, by shape.
func drawEnergies(t *rapid.T, r Regime, p op.Precision, fewest int, beta float64) []float64 {
	n := drawLength(t, fewest)
	F := make([]float64, n)
	if n <= dense {
		for i := range F {
			F[i] = drawEnergy(t, r, p)
		}
	} else {
		drawLong(t, F, r, p)
	}
	which := func() int { return drawIndex(t, n, "i") }
	switch rapid.IntRange(0, 16).Draw(t, "shape") {
	case 6, 7, 11: // tie at the minimum
		F[which()] = slices.Min(F)
	case 12: // nearly a tie
		F[which()] = slices.Min(F) + drawSmall(t, p)
		clamp(F, r.size(p))
	case 13: // all below 0
		for i := range F {
			F[i] = -math.Abs(F[i])
		}
	case 14: // all near the end of the regime's range: of one sign, or of both
		end := r.end(p)
		signs := rapid.IntRange(0, 2).Draw(t, "signs")
		for i := range F {
			F[i] = end * (float64(rapid.IntRange(50, 100).Draw(t, "of the end")) / 100)
			if signs == 1 || signs == 2 && i%2 == 1 {
				F[i] = -F[i]
			}
		}
	case 8: // all equal: F_β = F − ln n/β
		for i := range F {
			F[i] = F[0]
		}
	case 9: // one dominant answer: all others near or past the end of exp
		gap := rapid.SampledFrom(p.Thresholds()).Draw(t, "gap") + float64(rapid.IntRange(0, 300).Draw(t, "further"))/10
		low := which()
		for i := range F {
			F[i] = math.Abs(math.Mod(F[i], 4))
			if i != low && beta > 0 {
				F[i] += gap / beta
			}
		}
		F[low] = 0
		clamp(F, r.size(p))
	case 10: // near cancellation: Σ e^{−βF} ≈ 1, so F_β ≈ 0
		if beta > 0 {
			cancel(F, beta)
			clamp(F, r.size(p))
		}
	case 15, 16: // small gaps, far from 0: of a few ulps at least
		c := r.end(p) * (float64(rapid.IntRange(-100, 100).Draw(t, "of the end")) / 100)
		if r == Extreme {
			c = math.Copysign(math.Pow(math.Abs(c), rapid.Float64Range(0, 1).Draw(t, "size")), c)
		}
		unit := max(1, 4*p.Ulp(c))
		for i := range F {
			F[i] = c + math.Mod(F[i], 4)*unit
		}
		clamp(F, r.size(p))
	}
	return F
}
