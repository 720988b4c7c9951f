package judge

import (
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// Random calls. rapid's own floats are no energies (0.4 % ties, half of them
// below 1), so energies are drawn by shape: short decimals that read and
// shrink well, ties, one dominant answer, near cancellation, many answers.

// drawCall returns a generator of calls of op in regime r and precision p.
func drawCall(o op.Op, r Regime, p op.Precision) *rapid.Generator[op.Call] {
	row := o.Row()
	return rapid.Custom(func(t *rapid.T) op.Call {
		c := op.Call{Op: o}
		beta := 0.0
		if q, ok := row.Scaled(); ok {
			beta = drawBeta(t, r, row.Limits)
			q.Set(&c, beta)
		}
		for _, q := range row.Params {
			if q.Scale {
				continue
			}
			m := drawParam(t, q, r, p)
			if q.Positive {
				m = max(m, r.least(p))
			}
			q.Set(&c, m)
		}
		if row.Pair {
			c.Energies = drawPair(t, r, p, kinkAt(t, row, c), beta)
		} else {
			c.Energies = drawEnergies(t, r, p, row.Least(), beta)
			if row.Answer {
				c.Answer = rapid.IntRange(0, len(c.Energies)-1).Draw(t, "y")
			}
			if ms := sizes(row, c); ms[0] != 0 && rapid.IntRange(0, 3).Draw(t, "at a kink") == 0 {
				drawKink(t, c, rapid.SampledFrom(ms).Draw(t, "m of the kink"), p)
				clamp(c.Energies, r.size(p))
			}
		}
		if r == NonFinite {
			drawOdd(t, c)
		}
		return r.fit(c, p)
	})
}

// drawOdd makes some energies of c infinite or NaN: none only if β is a limit,
// all impossible in one case of eight.
func drawOdd(t *rapid.T, c op.Call) {
	odd := []float64{math.Inf(1), math.Inf(1), math.NaN(), math.Inf(-1)}
	which := func() int { return rapid.IntRange(0, len(c.Energies)-1).Draw(t, "where") }
	how := rapid.IntRange(0, 7).Draw(t, "how many")
	switch {
	case how == 7:
		for i := range c.Energies {
			c.Energies[i] = math.Inf(1)
		}
	case how >= 5: // two, if they do not fall together
		c.Energies[which()] = math.NaN()
		c.Energies[which()] = math.Inf(1)
	case how >= 3 || !NonFinite.belongs(c):
		c.Energies[which()] = rapid.SampledFrom(odd).Draw(t, "what")
	}
}

// drawEnergy draws one finite energy of the regime.
func drawEnergy(t *rapid.T, r Regime, p op.Precision) float64 {
	switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
	case kind == 7:
		return rapid.SampledFrom(r.finite(p)).Draw(t, "special F")
	case kind >= 5 && r == Wide:
		most := int(r.size(p))
		return float64(rapid.IntRange(-most, most).Draw(t, "F"))
	case kind >= 5 && r == Tame:
		return float64(rapid.Int64Range(-50_000_000_000, 50_000_000_000).Draw(t, "F")) / 1e9
	case kind >= 4 && r == Extreme: // any finite bits
		return p.OfBits(rapid.Uint64().Draw(t, "bits"))
	default:
		return float64(rapid.IntRange(-5000, 5000).Draw(t, "F")) / 100
	}
}

// finite are the regime's special energies that are numbers.
func (r Regime) finite(p op.Precision) []float64 {
	if r == NonFinite {
		return Tame.special(p)
	}
	return r.special(p)
}

// drawBeta draws an inverse temperature of the regime, in one of eight cases
// from the grid's.
func drawBeta(t *rapid.T, r Regime, limits bool) float64 {
	if r == NonFinite {
		if limits {
			return rapid.SampledFrom(r.betas()).Draw(t, "β")
		}
		return rapid.SampledFrom(Tame.betas()).Draw(t, "β")
	}
	decades := map[Regime]int{Tame: 2, Wide: 3, Extreme: 300}[r]
	switch rapid.IntRange(0, 7).Draw(t, "kind of β") {
	case 0:
		return float64(rapid.IntRange(1, 100).Draw(t, "β")) / 10 // 0.1 … 10
	case 1:
		return 1 + float64(rapid.IntRange(-50, 50).Draw(t, "β"))/1e4 // nearly 1
	case 2:
		return rapid.SampledFrom(r.betas()).Draw(t, "β")
	default:
		exponent := rapid.IntRange(-decades, decades-1).Draw(t, "decade of β")
		return float64(rapid.IntRange(100, 999).Draw(t, "β")) / 100 * math.Pow10(exponent)
	}
}

// drawParam draws a parameter that is no temperature.
func drawParam(t *rapid.T, q op.Param, r Regime, p op.Precision) float64 {
	if q.Within == (op.Within{}) {
		return drawMargin(t, r, p)
	}
	if rapid.IntRange(0, 3).Draw(t, "kind of "+q.Name) == 0 {
		return rapid.SampledFrom(r.values(q)).Draw(t, q.Name)
	}
	const steps = 1 << 20
	return q.Within.Lo + (q.Within.Hi-q.Within.Lo)*(float64(rapid.IntRange(0, steps).Draw(t, q.Name))/steps)
}

// kinkAt is the parameter at which a loss of a pair has its kinks; 0 if it has none.
func kinkAt(t *rapid.T, row *op.Row, c op.Call) float64 {
	ms := sizes(row, c)
	if len(ms) == 1 {
		return ms[0]
	}
	return rapid.SampledFrom(ms).Draw(t, "which parameter")
}

// drawKink puts an incorrect answer m above the correct one, or a few ulps beside that:
// where [m + F_y − F_j]⁺ has its kink.
func drawKink(t *rapid.T, c op.Call, m float64, p op.Precision) {
	if len(c.Energies) < 2 {
		return
	}
	j := rapid.IntRange(0, len(c.Energies)-2).Draw(t, "j")
	if j >= c.Answer {
		j++
	}
	c.Energies[j] = p.Clip(c.Energies[c.Answer] + m)
	for range rapid.IntRange(0, 2).Draw(t, "ulps up") {
		c.Energies[j] = p.Next(c.Energies[j], math.Inf(1))
	}
}

// drawMargin draws a margin (or γ, or cap) of the regime, never negative.
func drawMargin(t *rapid.T, r Regime, p op.Precision) float64 {
	switch rapid.IntRange(0, 7).Draw(t, "kind of m") {
	case 0, 1:
		return rapid.SampledFrom(r.margins()).Draw(t, "m")
	case 7:
		return drawSmall(t, p)
	default:
		return float64(rapid.IntRange(0, 2000).Draw(t, "m")) / 100
	}
}

// drawSmall draws a number from 1e-12 to 1e-3, or up to p.small: what a tolerance
// would swallow.
func drawSmall(t *rapid.T, p op.Precision) float64 {
	return float64(rapid.IntRange(100, 999).Draw(t, "small")) * math.Pow10(rapid.IntRange(-14, -6).Draw(t, "decade")) * (p.Small() / 1e-3)
}

// drawEnergies draws the energies of all answers, by shape.
func drawEnergies(t *rapid.T, r Regime, p op.Precision, fewest int, beta float64) []float64 {
	n := rapid.IntRange(fewest, 8).Draw(t, "n")
	if long := rapid.IntRange(0, 39).Draw(t, "long"); long == 39 {
		n = rapid.IntRange(33, 100).Draw(t, "n ≥ 33")
	}
	F := make([]float64, n)
	for i := range F {
		F[i] = drawEnergy(t, r, p)
	}
	which := func() int { return rapid.IntRange(0, n-1).Draw(t, "i") }
	switch rapid.IntRange(0, 14).Draw(t, "shape") {
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
	}
	return F
}

// cancel turns F into −(1/β) ln of weights that sum to about one, so that the
// free energy is what is left of a cancellation.
func cancel(F []float64, beta float64) {
	sum := 0.0
	for i := range F {
		F[i] = 1 + math.Abs(math.Mod(F[i], 7))
		sum += F[i]
	}
	for i := range F {
		F[i] = -math.Log(F[i]/sum) / beta
	}
}

// end is the largest finite energy that the regime draws.
func (r Regime) end(p op.Precision) float64 {
	if r == NonFinite {
		return Tame.size(p)
	}
	return min(r.size(p), p.Largest())
}

// clamp keeps shaped energies inside a regime of this size.
func clamp(F []float64, size float64) {
	for i := range F {
		F[i] = max(-size, min(size, F[i]))
	}
}

// drawPair draws F(x,y) and F(x,ȳ); in half of the cases at a kink, a few
// ulps or 1e-12 to 1e-3 beside it, or with |d| around a threshold of exp.
func drawPair(t *rapid.T, r Regime, p op.Precision, m, beta float64) []float64 {
	F, Fbar := drawEnergy(t, r, p), drawEnergy(t, r, p)
	beside := func(f float64) float64 {
		f = p.Clip(f)
		for range rapid.IntRange(0, 2).Draw(t, "ulps up") {
			f = p.Next(f, math.Inf(1))
		}
		for range rapid.IntRange(0, 2).Draw(t, "ulps down") {
			f = p.Next(f, math.Inf(-1))
		}
		return f
	}
	switch rapid.IntRange(0, 13).Draw(t, "shape") {
	case 6:
		F = beside(0)
	case 7:
		Fbar = beside(m)
	case 8:
		Fbar = beside(m + F)
	case 9:
		Fbar = beside(F)
	case 10:
		Fbar = beside(F - m)
	case 11:
		d := rapid.SampledFrom(p.Thresholds()).Draw(t, "|d|") + float64(rapid.IntRange(-20, 20).Draw(t, "more"))/10
		if beta > 0 {
			d /= beta
		}
		if rapid.Bool().Draw(t, "d < 0") {
			d = -d
		}
		Fbar = F - m - d
	case 12: // near a kink of hinge or lvq2
		m *= float64(rapid.IntRange(-1, 1).Draw(t, "which kink"))
		Fbar = F + m + drawSmall(t, p)*float64(1-2*rapid.IntRange(0, 1).Draw(t, "side"))
	case 13: // both near the end of the regime's range
		end := r.end(p)
		F = end * (float64(rapid.IntRange(-100, 100).Draw(t, "of the end")) / 100)
		Fbar = end * (float64(rapid.IntRange(-100, 100).Draw(t, "of the end")) / 100)
	}
	pair := []float64{F, Fbar}
	clamp(pair, r.size(p))
	return pair
}
