package ebm

import (
	"math"
	"math/rand/v2"

	"ebmcheck/ebm/twofold"
)

// Annealing draws samples of a continuum by annealed importance sampling (Neal 2001),
// in Levels steps from a distribution q that is known to the Gibbs distribution of an
// energy,
//
//	p_t(y) ∝ q(y)^(1−t) e^(−tβF(y)),    t = 0, 1/K, 2/K, …, 1,    K = Levels
//
// A chain starts with a draw from q and takes Moves Metropolis steps of deviation Sigma in
// each p_t, 0 < t < 1. At its end it has the weight
//
//	ω = Πₖ e^(−(βF(yₖ) + ln q(yₖ))/K),    yₖ its state at level k = 0, …, K−1
//
// with E[ω g(y_{K−1})] = ∫ g(y) e^(−βF(y)) dy for any g, however few or bad the steps are;
// the better, the less ω varies. With Levels = 1 it is plain importance sampling.
//
// Draw returns a new draw from q, LogDensity ln q(y), normalised.
type Annealing struct {
	Draw       func(r *rand.Rand) []float64
	LogDensity func(y []float64) float64
	Levels     int
	Moves      int
	Sigma      float64
}

// Samples returns the ends of n chains with masses
//
//	μᵢ = ωᵢ e^(βF(yᵢ))/n,   Σᵢ μᵢ g(yᵢ) ≈ ∫ g(y) dy
//
// which is a Measure as that of Samples is, made for e^(−βF) (Neal 2001): NewGibbs of the
// energies of its points at β has ln Ẑ with Ẑ = Σ ωᵢ/n, which is unbiased, the effective
// size of the sample, and the variance of Ẑ (SampleVariance).
//
// Where there is more than one level a chain of ω = 0 has mass 0, and so has one whose F is
// NaN or −Inf; with one level masses are 1/(nq) whatever F is. NaN and −Inf make the Gibbs
// distribution NaN either way. It panics if n < 1, if Levels < 1, if Moves < 0, unless 0 < β
// < +Inf, if ln q of a draw is NaN or infinite, or if a mass is beyond e^±2²⁵.
func (a Annealing) Samples(f Energy, w, x []float64, beta float64, n int, r *rand.Rand) Measure {
	switch {
	case n < 1:
		panic("ebm: no answers")
	case a.Levels < 1 || a.Moves < 0:
		panic("ebm: no levels, or steps are negative")
	case !(beta > 0) || math.IsInf(beta, 1):
		panic("ebm: beta is not a positive number")
	}
	mu := Measure{n: n, points: make([][]float64, n), mass: make([]twofold.Number, n)}
	for i := range n {
		y, logq := a.chain(f, w, x, beta, r)
		mu.points[i] = y
		switch {
		case math.IsNaN(logq) || math.IsInf(logq, 1): // ω is 0 or undefined
		case !(math.Abs(logq) <= 1<<25):
			panic("ebm: the log mass of a sample is not within ±2²⁵")
		default:
			mu.mass[i] = twofold.Of(-logq).Exp().Div(twofold.Of(float64(n)))
		}
	}
	return mu
}

// chain returns the end of one chain, and −ln ω − βF there.
func (a Annealing) chain(f Energy, w, x []float64, beta float64, r *rand.Rand) (y []float64, logq float64) {
	y = a.Draw(r)
	K := float64(a.Levels)
	next := make([]float64, len(y))
	at := func(y []float64) (F, lnq float64) { return beta * f.Eval(w, x, y), a.LogDensity(y) }
	F, lnq := at(y)
	if lnq-lnq != 0 {
		panic("ebm: the log density of a draw is not finite")
	}
	for k := 1; k < a.Levels; k++ {
		logq += (F + lnq) / K
		t := float64(k) / K
		for range a.Moves {
			for i := range y {
				next[i] = y[i] + a.Sigma*r.NormFloat64()
			}
			G, lng := at(next)
			if accepted(1, t*F-(1-t)*lnq, t*G-(1-t)*lng, r) {
				y, next = next, y
				F, lnq = G, lng
			}
		}
	}
	if a.Levels == 1 {
		return y, lnq // whatever F is
	}
	return y, logq + lnq/K - F*(1-1/K)
}

// SampleVariance returns an estimate of the variance of Ẑ = Σᵢ wᵢ, wᵢ = μᵢ e^(−βFᵢ), over
// Z², which to first order is the variance of ln Ẑ, where the n answers are independent
// draws with their weights (Samples, Annealing; C48),
//
//	Var Ẑ/Z² ≈ (n Σᵢ pᵢ² − 1)/(n − 1) = n/(n − 1) Σᵢ (pᵢ − 1/n)²
//
// Times Ẑ² it is unbiased. It is rounded once; where the weights are all but equal its root
// is off by up to 2⁻⁹⁰ √Σp² besides. It is 1/ESS − 1/n, but for a factor n/(n−1), with ESS =
// EffectiveSize; from 0 (all weights are equal) to 1. NaN if p is undefined, or for n =
// 1. Where a few draws in a million carry Z it cannot know of those that it has not
// seen.
func (g *Gibbs) SampleVariance() float64 {
	n := twofold.Of(float64(len(g.energies)))
	p := g.plain()
	var s twofold.Number
	for _, w := range p.w {
		d := w.Div(p.sum).Sub(twofold.Of(1).Div(n))
		s = s.Add(d.Mul(d))
	}
	return s.Mul(n).Div(n.Sub(twofold.Of(1))).Float64()
}
