package ebm

import (
	"math"
	"sync"

	"ebmcheck/ebm/twofold"
)

// plain is the twin of what package kernel is sure of, and all else of a distribution: the
// weights of all answers in twofold numbers, and more bits where these cancel. Wherever the kernel is
// sure, plain has the same float64.
type plain struct {
	given
	weights      // μᵢ e^(−β(Fᵢ − low)); ln made better
	lost    bool // whether ln is what little two numbers left that cancelled
}

// making is held by who keeps a twin. It is no field of Gibbs, and neither is an atomic pointer:
// with one of these every Gibbs would be on the heap.
var making sync.Mutex

// plain returns the twin of g, which is made when it is first asked for; of two that are made at
// once, which are the same, the first is kept.
func (g *Gibbs) plain() *plain {
	if g.made.Load() {
		return g.twin
	}
	p := newPlain(g.given)
	making.Lock()
	defer making.Unlock()
	if !g.made.Load() {
		g.twin = p
		g.made.Store(true)
	}
	return g.twin
}

func newPlain(of given) *plain {
	g := &plain{given: of}
	if !g.defined() {
		g.weights = undefinedWeights(len(g.energies))
		return g
	}
	gap := make([]twofold.Number, len(g.energies))
	for i, f := range g.energies {
		gap[i] = times(twofold.Of(g.beta), twofold.Diff(f, g.low))
		if !g.possible(i) {
			gap[i] = twofold.Of(math.Inf(1))
		}
	}
	g.weights = weigh(gap, g.mu.mass)
	g.ln, g.lost = g.logSum()
	return g
}

// times returns βd, 0 for no difference whatever β is.
func times(beta, d twofold.Number) twofold.Number {
	if d.Hi == 0 {
		return d
	}
	return beta.Mul(d)
}

// logSum returns ln Σ w, and whether too much of it cancelled. Under Counting the
// largest weight is 1, and nothing is lost however small the rest is. With masses Σ w
// may be near 1 by accident; then it is Σ w − 1 that must not be lost, which is, with
// t the top and wᵢ = μᵢ e^(−gᵢ), either of
//
//	(μ_t − 1) + μ_t (e^(−g_t) − 1) + Σ_{i≠t} wᵢ
//	(Σ μᵢ − 1) + Σ μᵢ (e^(−gᵢ) − 1)
//
// The second, its masses added up exactly, is for those that are 1 together and a small β.
// Where both cancel, ln Σ w is known to 2⁻⁹⁶ only, of 1.
func (g *plain) logSum() (ln twofold.Number, lost bool) {
	ln = g.ln
	if g.mass == nil || ln.Hi != 0 && ln.Scale >= -8 {
		return ln, false
	}
	heavy, moved := g.mass[g.top].Sub(twofold.Of(1)), g.mass[g.top].Mul(g.gap[g.top].Neg().Expm1())
	down, up := heavy.Add(moved), g.rest
	if excess := down.Add(up); !cancelled(heavy, moved, down) && !cancelled(down, up, excess) {
		return excess.Log1p(), false
	}
	mass := newBig(2200).SetInt64(-1) // sums of float64s are exact in it
	for i := range g.energies {
		if g.w[i].Hi != 0 { // without weight there is nothing to add, at β = +Inf too
			mass.Add(mass, g.mass[i].Big(2200))
			if i != g.top {
				moved = moved.Add(g.mass[i].Mul(g.gap[i].Neg().Expm1()))
			}
		}
	}
	level := twofold.FromBig(mass)
	if excess := level.Add(moved); !cancelled(level, moved, excess) {
		return excess.Log1p(), false
	}
	return ln, true
}

// logZ returns ln Z.
func (g *plain) logZ() float64 {
	switch {
	case math.IsInf(g.low, 1):
		return math.Inf(-1)
	case g.low == 0 && !g.lost:
		return g.ln.Float64()
	}
	ln, low := g.ln, twofold.Prod(g.beta, g.low)
	logZ := ln.Sub(low)
	if g.lost || cancelled(ln, low, logZ) {
		if ln, ok := g.nearLogZ(); ok {
			return ln.Float64()
		}
		x, _ := g.deepLogZ(underflow).Float64()
		return x
	}
	return logZ.Float64()
}

// freeEnergy returns F_β = −(1/β) ln Z.
func (g *plain) freeEnergy() float64 {
	switch {
	case math.IsInf(g.low, 1):
		return g.low
	case g.beta == 0 && g.ln.Hi == 0:
		mean := newBig(4400) // of masses that add up to 1: a sum that is exact in it
		for i, w := range g.w {
			if w.Hi != 0 {
				mean.Add(mean, newBig(4400).Mul(g.mu.at(i).Big(4400), bigFloat(g.energies[i], 4400)))
			}
		}
		x, _ := mean.Float64()
		return x
	}
	low, ln := twofold.Of(g.low), g.ln.Div(twofold.Of(g.beta))
	F := low.Sub(ln)
	if g.lost || cancelled(low, ln, F) {
		if ln, ok := g.nearLogZ(); ok {
			return ln.Neg().Div(twofold.Of(g.beta)).Float64()
		}
		_, exp := math.Frexp(g.beta)
		logZ := g.deepLogZ(underflow + exp - 1)
		x, _ := logZ.Quo(logZ.Neg(logZ), bigFloat(g.beta, logZ.Prec())).Float64()
		return x
	}
	return F.Float64()
}

// nll returns −(1/β) ln pᵢ.
func (g *plain) nll(i int) float64 {
	s := g.surprise(i)
	switch {
	case math.IsInf(g.beta, 1) && g.possible(i):
		return twofold.Diff(g.energies[i], g.low).Float64()
	case s.Hi == 0: // also at β = 0
		return 0
	case !s.Finite():
		return s.Hi
	}
	return s.Div(twofold.Of(g.beta)).Float64()
}

// entropy returns ⟨β(F − low)⟩ + ln Σ w.
func (g *plain) entropy() float64 {
	var s twofold.Number
	for i, w := range g.w {
		if w.Hi != 0 {
			s = s.Add(w.Mul(g.gap[i]))
		}
	}
	gap := s.Div(g.sum)
	H := gap.Add(g.ln)
	if g.lost || cancelled(gap, g.ln, H) {
		x, _ := g.deepEntropy().Float64()
		return x
	}
	return H.Float64()
}

// slopes sets dst[j] = ∂pᵢ/∂Fⱼ.
func (g *plain) slopes(dst []float64, i int) {
	others, scaled := g.others(i), g.w[i].Div(g.sum).Div(g.sum)
	switch {
	case scaled.Hi == 0, others.Hi == 0:
		clear(dst)
		return
	case math.IsInf(g.beta, 1):
		undefined(dst, len(dst))
		return
	}
	scaled = scaled.Mul(twofold.Of(g.beta)) // β pᵢ / Σ w
	for j, w := range g.w {
		if j == i {
			w = others.Neg()
		}
		dst[j] = scaled.Mul(w).Float64()
	}
}
