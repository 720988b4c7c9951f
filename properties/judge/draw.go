package judge

import (
	"math"

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
			q.Set(&c, drawParam(t, q, r, p))
		}
		if row.Pair {
			c.Energies = drawPair(t, r, p, kinkAt(t, row, c), beta)
		} else {
			c.Energies = drawEnergies(t, r, p, row.Least(), beta)
			if row.Answer {
				c.Answer = drawIndex(t, len(c.Energies), "y")
			}
			if ms := sizes(row, c); ms[0] != 0 && rapid.IntRange(0, 3).Draw(t, "at a kink") == 0 {
				drawKink(t, c, rapid.SampledFrom(ms).Draw(t, "m of the kink"), p)
				clamp(c.Energies, r.size(p))
			}
		}
		if r == NonFinite {
			drawOdd(t, &c)
		}
		return r.fit(c, p)
	})
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
	case kind == 4 && r == Extreme: // of any size up to 10²⁰
		F := math.Pow(10, rapid.Float64Range(0, 20).Draw(t, "size"))
		if rapid.Bool().Draw(t, "F < 0") {
			F = -F
		}
		return F
	case kind >= 5 && r == Extreme: // any finite bits
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
	j := drawIndex(t, len(c.Energies)-1, "j")
	if j >= c.Answer {
		j++
	}
	c.Energies[j] = p.Clip(c.Energies[c.Answer] + m)
	for range rapid.IntRange(0, 2).Draw(t, "ulps up") {
		c.Energies[j] = p.Next(c.Energies[j], math.Inf(1))
	}
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
