package ebm

import (
	"math"
	"math/rand/v2"

	"ebmcheck/ebm/twofold"
)

// weights are a distribution that is not normalised, with nothing of it rounded yet,
//
//	pᵢ = wᵢ / Σⱼ wⱼ,    wᵢ = mᵢ e^(−gᵢ)
//
// for masses m and gaps g ≥ 0; a gap of +Inf or a mass of 0 is an impossible answer.
type weights struct {
	gap  []twofold.Number
	mass []twofold.Number // nil where every mass is 1
	w    []twofold.Number
	top  int            // a w that no other is twice as large as
	rest twofold.Number // Σ w without the top
	sum  twofold.Number // Σ w
	ln   twofold.Number // ln Σ w, to 2⁻⁹⁶ and 2⁻⁹⁶ of it
}

// weigh returns the weights of the gaps, of which one at least is finite, with mass.
func weigh(gap, mass []twofold.Number) weights {
	g := weights{gap: gap, mass: mass, w: make([]twofold.Number, len(gap))}
	for i, gap := range gap {
		w := gap.Neg().Exp()
		if mass != nil {
			w = mass[i].Mul(w)
		}
		g.w[i] = w
		if most := g.w[g.top]; w.Hi != 0 && (most.Hi == 0 || w.Scale > most.Scale) {
			g.top = i // among weights of the same exponent any will do
		}
	}
	for i, w := range g.w {
		if i != g.top {
			g.rest = g.rest.Add(w)
		}
	}
	top := g.w[g.top]
	g.sum = g.rest.Add(top)
	g.ln = top.Log().Add(g.rest.Div(top).Log1p())
	return g
}

// undefinedWeights returns n weights of NaN.
func undefinedWeights(n int) weights {
	nan := twofold.Number{Hi: math.NaN()}
	g := weights{gap: make([]twofold.Number, n), w: make([]twofold.Number, n), rest: nan, sum: nan, ln: nan}
	for i := range n {
		g.gap[i], g.w[i] = nan, nan
	}
	return g
}

// prob returns pᵢ.
func (g *weights) prob(i int) float64 { return g.w[i].Div(g.sum).Float64() }

// probs sets the rows, one after the other, to all pᵢ.
func (g *weights) probs(rows ...[]float64) {
	i := 0
	for _, row := range rows {
		for v := range row {
			row[v] = g.prob(i)
			i++
		}
	}
}

// complement returns 1 − pᵢ.
func (g *weights) complement(i int) float64 { return g.others(i).Div(g.sum).Float64() }

// others returns Σ_{j≠i} wⱼ. For the top it was summed without it; taking any other
// away, which is less than twice the top, leaves at least a third of the sum.
func (g *weights) others(i int) twofold.Number {
	if i == g.top {
		return g.rest
	}
	return g.sum.Sub(g.w[i])
}

// surprise returns −ln pᵢ: from the sum of the others for the top, else gᵢ + ln Σ w − ln mᵢ,
// which is at least ln 1.5.
func (g *weights) surprise(i int) twofold.Number {
	switch {
	case !g.sum.Finite():
		return g.sum
	case i == g.top:
		return g.rest.Div(g.w[i]).Log1p()
	case g.mass == nil:
		return g.gap[i].Add(g.ln)
	}
	return g.gap[i].Add(g.ln).Sub(g.mass[i].Log())
}

// draw returns an answer drawn with the probabilities p, by inverting their cumulative
// sum at a uniform number of 106 bits.
func (g *weights) draw(r *rand.Rand) (i int) {
	u := twofold.Of(float64(r.Uint64() >> 11)).Add(twofold.Number{Hi: 1, Scale: -53}.Mul(twofold.Of(float64(r.Uint64() >> 11))))
	u.Scale -= 53 // uniform on [0, 1); Mul takes a zero of any Scale
	left := u.Mul(g.sum)
	for j, w := range g.w {
		if w.Hi == 0 {
			continue
		}
		i = j // the last one where rounding leaves a little
		if left = left.Sub(w); left.Sign() < 0 {
			break
		}
	}
	return i
}
