package ebm

import (
	"math"
	"math/rand/v2"

	"ebmcheck/ebm/twofold"
)

// A Gibbs is the Gibbs distribution of the energies F on the answers of μ at
// inverse temperature β (SOURCE 1.1(c); β is not a temperature but its inverse):
//
//	pᵢ = μᵢ e^(−βFᵢ) / Z,   Z = Σⱼ μⱼ e^(−βFⱼ)
//
// Every result is computed in twofold numbers from the exact differences Fᵢ − min F
// and rounded once, so that no finite F and β make it overflow, underflow or
// cancel before its true value does; with gaps of hundreds the rare answer keeps
// its probability and the winner its tiny loss.
//
// Special cases of all methods:
//
//	Fᵢ = +Inf or μᵢ = 0: the answer is impossible; pᵢ = 0 and it adds nothing
//	no possible answer: LogZ is −Inf, FreeEnergy +Inf, everything else NaN
//	some Fᵢ = NaN or −Inf: everything is NaN
//	β = 0: pᵢ = μᵢ / Σ μⱼ over the possible answers (the limit)
//	β = +Inf: pᵢ = μᵢ / Σ μⱼ over the minimisers of F (the limit)
type Gibbs struct {
	beta     float64
	energies []float64
	mu       Measure

	low  float64          // min F over the possible answers
	w    []twofold.Number // wᵢ = μᵢ e^(−β(Fᵢ − low))
	top  int              // a w that no other is twice as large as
	rest twofold.Number   // Σ w without the top
	sum  twofold.Number   // Σ w
	ln   twofold.Number   // ln Σ w
	lost bool             // whether ln is what little two numbers left that cancelled
}

// NewGibbs returns the Gibbs distribution of the energies F, which it copies,
// on the answers of mu. It panics if F and mu differ in length, or if beta is
// negative or NaN.
func NewGibbs(F []float64, beta float64, mu Measure) *Gibbs {
	if len(F) != mu.Len() {
		panic("ebm: energies and measure differ in length")
	}
	if !(beta >= 0) {
		panic("ebm: beta is negative or NaN")
	}
	g := &Gibbs{beta: math.Abs(beta), energies: append([]float64(nil), F...), mu: mu, low: math.Inf(1), w: make([]twofold.Number, len(F))} // −0 is 0
	for i, f := range F {
		if math.IsNaN(f) || math.IsInf(f, -1) {
			g.low = math.NaN()
			break
		}
		if mu.at(i).Sign() > 0 {
			g.low = min(g.low, f)
		}
	}
	if g.low-g.low != 0 {
		g.undefined()
		return g
	}
	for i := range F {
		if !g.possible(i) {
			continue
		}
		w := g.gap(i).Neg().Exp()
		if mu.mass != nil {
			w = mu.mass[i].Mul(w)
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
	g.sum = g.rest.Add(g.w[g.top])
	g.ln, g.lost = g.logSum()
	return g
}

// undefined makes all weights NaN.
func (g *Gibbs) undefined() {
	nan := twofold.Number{Hi: math.NaN()}
	for i := range g.w {
		g.w[i] = nan
	}
	g.rest, g.sum, g.ln = nan, nan, nan
}

// possible says whether answer i can carry mass.
func (g *Gibbs) possible(i int) bool { return g.energies[i] < math.Inf(1) && g.mu.at(i).Sign() > 0 }

// gap returns β(Fᵢ − low) for a possible answer.
func (g *Gibbs) gap(i int) twofold.Number {
	d := twofold.Diff(g.energies[i], g.low)
	if d.Sign() == 0 {
		return d
	}
	return d.Mul(twofold.Of(g.beta))
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
func (g *Gibbs) logSum() (ln twofold.Number, lost bool) {
	top := g.w[g.top]
	ln = top.Log().Add(g.rest.Div(top).Log1p())
	if g.mu.mass == nil || ln.Hi != 0 && ln.Scale >= -8 {
		return ln, false
	}
	heavy, moved := g.mu.mass[g.top].Sub(twofold.Of(1)), g.mu.mass[g.top].Mul(g.gap(g.top).Neg().Expm1())
	down, up := heavy.Add(moved), g.rest
	if excess := down.Add(up); !cancelled(heavy, moved, down) && !cancelled(down, up, excess) {
		return excess.Log1p(), false
	}
	mass := newBig(2200).SetInt64(-1) // sums of float64s are exact in it
	for i := range g.energies {
		if g.w[i].Hi != 0 { // without weight there is nothing to add, at β = +Inf too
			mass.Add(mass, g.mu.mass[i].Big(2200))
			if i != g.top {
				moved = moved.Add(g.mu.mass[i].Mul(g.gap(i).Neg().Expm1()))
			}
		}
	}
	level := twofold.FromBig(mass)
	if excess := level.Add(moved); !cancelled(level, moved, excess) {
		return excess.Log1p(), false
	}
	return ln, true
}

// LogZ returns ln Z; at β = +Inf its limit, ∓Inf as min F is above or below 0.
func (g *Gibbs) LogZ() float64 {
	switch {
	case math.IsInf(g.low, 1):
		return math.Inf(-1)
	case g.low == 0 && !g.lost:
		return g.ln.Float64()
	}
	ln, low := g.ln, twofold.Prod(g.beta, g.low)
	logZ := ln.Sub(low)
	if g.lost || cancelled(ln, low, logZ) {
		x, _ := g.deepLogZ().Float64()
		return x
	}
	return logZ.Float64()
}

// FreeEnergy returns the free energy, a soft minimum of the energies,
//
//	F_β = −(1/β) ln Z,   min F at β = +Inf
//
// and at β = 0 its limit: −Inf or +Inf as the masses of the possible answers add
// up to more or less than 1, and the mean energy if they add up to 1.
//
// F_β may be far smaller than the energies it is made of; it is as accurate there
// as elsewhere.
func (g *Gibbs) FreeEnergy() float64 {
	switch {
	case math.IsInf(g.low, 1):
		return g.low
	case g.beta == 0 && g.ln.Sign() == 0:
		return g.Mean(g.energies)
	}
	low, ln := twofold.Of(g.low), g.ln.Div(twofold.Of(g.beta))
	F := low.Sub(ln)
	if g.lost || cancelled(low, ln, F) {
		logZ := g.deepLogZ()
		x, _ := logZ.Quo(logZ.Neg(logZ), bigFloat(g.beta, logZ.Prec())).Float64()
		return x
	}
	return F.Float64()
}

// Prob returns pᵢ.
func (g *Gibbs) Prob(i int) float64 { return g.w[i].Div(g.sum).Float64() }

// Probs sets dst[i] = pᵢ and returns it; a nil dst is allocated. It panics if
// dst has another length than F.
func (g *Gibbs) Probs(dst []float64) []float64 {
	dst = room(dst, len(g.w))
	for i := range dst {
		dst[i] = g.Prob(i)
	}
	return dst
}

// Complement returns 1 − pᵢ = Σ_{j≠i} pⱼ, which keeps its accuracy when pᵢ is near 1.
func (g *Gibbs) Complement(i int) float64 { return g.others(i).Div(g.sum).Float64() }

// ProbGrad sets dst to the gradient of a probability in the energies, and returns it,
//
//	dst[j] = ∂pᵢ/∂Fⱼ = β pᵢ pⱼ  for j ≠ i,    ∂pᵢ/∂Fᵢ = −β pᵢ (1 − pᵢ)
//
// (identity 58). Each product is rounded once: it may be a number where a probability
// in it has underflowed. The gradient of an impossible answer is 0. At β = +Inf it is 0,
// but NaN where i is one of several minimisers: there the limit of pᵢ jumps.
//
// A nil dst is allocated. It panics if dst has another length than F.
func (g *Gibbs) ProbGrad(dst []float64, i int) []float64 {
	dst = room(dst, len(g.w))
	others, scaled := g.others(i), g.w[i].Div(g.sum).Div(g.sum)
	switch {
	case scaled.Hi == 0:
		clear(dst)
		return dst
	case math.IsInf(g.beta, 1) && others.Hi == 0:
		clear(dst)
		return dst
	case math.IsInf(g.beta, 1):
		return undefined(dst, len(dst))
	}
	scaled = scaled.Mul(twofold.Of(g.beta)) // β pᵢ / Σ w
	for j, w := range g.w {
		if j == i {
			w = others.Neg()
		}
		dst[j] = scaled.Mul(w).Float64()
	}
	return dst
}

// others returns Σ_{j≠i} wⱼ. For the top it was summed without it; taking any other
// away, which is less than twice the top, leaves at least a third of the sum.
func (g *Gibbs) others(i int) twofold.Number {
	if i == g.top {
		return g.rest
	}
	return g.sum.Sub(g.w[i])
}

// LogProb returns ln pᵢ, −Inf for an impossible answer.
func (g *Gibbs) LogProb(i int) float64 { return g.surprise(i).Neg().Float64() }

// surprise returns −ln pᵢ: from the sum of the others for the top, else
// β(Fᵢ − low) + ln Σ w − ln μᵢ, which is at least ln 1.5.
func (g *Gibbs) surprise(i int) twofold.Number {
	switch {
	case !g.sum.Finite():
		return g.sum
	case !g.possible(i):
		return twofold.Number{Hi: math.Inf(1)}
	case i == g.top:
		return g.rest.Div(g.w[i]).Log1p()
	}
	return g.gap(i).Add(g.ln).Sub(g.mu.at(i).Log())
}

// NLL returns the negative log-likelihood of answer i (SOURCE 1.2(b), Table 1),
//
//	−(1/β) ln pᵢ = Fᵢ + (1/β) ln Z   (the latter where μᵢ = 1)
//
// +Inf for an impossible answer. At β = +Inf it is Fᵢ − min F; at β = 0 it is
// +Inf, or 0 if no other answer is possible.
func (g *Gibbs) NLL(i int) float64 {
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

// Mean returns ⟨x⟩ = Σᵢ pᵢ xᵢ; what x says of answers without probability does not
// count. It panics if x and F differ in length.
func (g *Gibbs) Mean(x []float64) float64 { return g.mean(x).Float64() }

func (g *Gibbs) mean(x []float64) twofold.Number {
	if len(x) != len(g.w) {
		panic("ebm: x and energies differ in length")
	}
	var s twofold.Number
	for i, w := range g.w {
		if w.Hi != 0 {
			s = s.Add(w.Mul(twofold.Of(x[i])))
		}
	}
	return s.Div(g.sum)
}

// Variance returns ⟨(x − ⟨x⟩)²⟩. It panics if x and F differ in length.
func (g *Gibbs) Variance(x []float64) float64 {
	mean := g.mean(x)
	var s twofold.Number
	for i, w := range g.w {
		if w.Hi != 0 {
			d := twofold.Of(x[i]).Sub(mean)
			s = s.Add(w.Mul(d).Mul(d))
		}
	}
	return s.Div(g.sum).Float64()
}

// Entropy returns the entropy relative to the measure,
//
//	H = −Σᵢ pᵢ ln(pᵢ/μᵢ) = ln Z + β⟨F⟩ ≥ 0 under Counting
//
// which is −Σ pᵢ ln pᵢ for a discrete space and the differential entropy for a
// continuous one.
func (g *Gibbs) Entropy() float64 {
	var s twofold.Number
	for i, w := range g.w {
		if w.Hi != 0 {
			s = s.Add(w.Mul(g.gap(i)))
		}
	}
	return s.Div(g.sum).Add(g.ln).Float64()
}

// Sample returns an answer drawn with the probabilities p, by inverting their
// cumulative sum at a uniform number of 106 bits: an answer of probability 2⁻¹⁰⁰
// has its share, one of probability 0 is never drawn. It panics if p is undefined.
func (g *Gibbs) Sample(r *rand.Rand) int {
	if !g.sum.Finite() {
		panic("ebm: Sample of an undefined distribution")
	}
	u := twofold.Of(float64(r.Uint64() >> 11)).Add(twofold.Number{Hi: 1, Scale: -53}.Mul(twofold.Of(float64(r.Uint64() >> 11))))
	u.Scale -= 53 // uniform on [0, 1); Mul takes a zero of any Scale
	left := u.Mul(g.sum)
	for i, w := range g.w {
		if left = left.Sub(w); left.Sign() < 0 {
			return i
		}
	}
	return g.top // the rounding of the last subtraction
}
