package properties

import (
	"math"
	"slices"

	"pgregory.net/rapid"
)

// Random calls. rapid's own floats are no energies (0.4 % ties, half of them
// below 1), so energies are drawn by shape: short decimals that read and
// shrink well, ties, one dominant answer, near cancellation, many answers.

// drawCall returns a generator of calls of op in regime r and precision p.
func drawCall(op Op, r Regime, p Precision) *rapid.Generator[Call] {
	s := sends[op]
	return rapid.Custom(func(t *rapid.T) Call {
		c := Call{Op: op}
		if s.beta {
			c.Beta = drawBeta(t, r, op)
		}
		if s.margin || s.gamma || s.cap {
			m := drawMargin(t, r, p)
			if s.margin {
				c.Margin = m
			}
			if s.gamma {
				c.Gamma = max(m, r.least(p))
			}
			if s.cap {
				c.Cap = m
			}
		}
		if s.pair {
			c.Energies = drawPair(t, r, p, c.Margin+c.Cap, c.Beta)
		} else {
			c.Energies = drawEnergies(t, r, p, c.Beta)
			if s.answer {
				c.Answer = rapid.IntRange(0, len(c.Energies)-1).Draw(t, "y")
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
func drawOdd(t *rapid.T, c Call) {
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
func drawEnergy(t *rapid.T, r Regime, p Precision) float64 {
	switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
	case kind == 7:
		return rapid.SampledFrom(r.finite(p)).Draw(t, "special F")
	case kind >= 5 && r == Wide:
		most := int(r.size(p))
		return float64(rapid.IntRange(-most, most).Draw(t, "F"))
	case kind >= 5 && r == Tame:
		return float64(rapid.Int64Range(-50_000_000_000, 50_000_000_000).Draw(t, "F")) / 1e9
	case kind >= 4 && r == Extreme: // any finite bits
		return p.frombits(rapid.Uint64().Draw(t, "bits"))
	default:
		return float64(rapid.IntRange(-5000, 5000).Draw(t, "F")) / 100
	}
}

// finite are the regime's special energies that are numbers.
func (r Regime) finite(p Precision) []float64 {
	if r == NonFinite {
		return Tame.special(p)
	}
	return r.special(p)
}

// frombits makes any finite number of the format of the bits: for float64 the one
// that they are, 0 where they are none.
func (p Precision) frombits(bits uint64) float64 {
	f := math.Float64frombits(bits)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	if p == Float64 {
		return f
	}
	g := formats[p] // the exponent brought into the format's range, subnormals included
	mantissa, e := math.Frexp(f)
	lowest := g.min - g.bits
	return p.clip(math.Ldexp(mantissa, lowest+(e+1<<12)%(g.max-lowest+1)))
}

// drawBeta draws an inverse temperature of the regime, in one of eight cases
// from the grid's.
func drawBeta(t *rapid.T, r Regime, op Op) float64 {
	if r == NonFinite {
		if op == Gibbs {
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

// drawMargin draws a margin (or γ, or cap) of the regime, never negative.
func drawMargin(t *rapid.T, r Regime, p Precision) float64 {
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
func drawSmall(t *rapid.T, p Precision) float64 {
	return float64(rapid.IntRange(100, 999).Draw(t, "small")) * math.Pow10(rapid.IntRange(-14, -6).Draw(t, "decade")) * (p.small() / 1e-3)
}

// small is the size of what a tolerance would swallow: 1e-3, but no less than 16
// ulps of 1.
func (p Precision) small() float64 { return max(1e-3, 16*p.ulp(1)) }

// drawEnergies draws the energies of all answers, by shape.
func drawEnergies(t *rapid.T, r Regime, p Precision, beta float64) []float64 {
	n := rapid.IntRange(1, 8).Draw(t, "n")
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
		gap := rapid.SampledFrom(p.thresholds()).Draw(t, "gap") + float64(rapid.IntRange(0, 300).Draw(t, "further"))/10
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
func (r Regime) end(p Precision) float64 {
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
func drawPair(t *rapid.T, r Regime, p Precision, m, beta float64) []float64 {
	F, Fbar := drawEnergy(t, r, p), drawEnergy(t, r, p)
	beside := func(f float64) float64 {
		f = p.clip(f)
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
		d := rapid.SampledFrom(p.thresholds()).Draw(t, "|d|") + float64(rapid.IntRange(-20, 20).Draw(t, "more"))/10
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
