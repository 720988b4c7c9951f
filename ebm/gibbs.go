package ebm

import (
	"math"
	"math/rand/v2"
	"sync/atomic"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/twofold"
)

// A Gibbs is the Gibbs distribution of the energies F on the answers of μ at
// inverse temperature β (SOURCE 1.1(c); β is not a temperature but its inverse):
//
//	pᵢ = μᵢ e^(−βFᵢ) / Z,   Z = Σⱼ μⱼ e^(−βFⱼ)
//
// Every result is computed from the exact differences Fᵢ − min F, in pairs of float64s where
// these decide how it is rounded (package kernel), else in twofold numbers, or in more bits where
// these cancel, and rounded once: it is within half an ulp, and
// 2⁻³⁰ of one, of its true value, for up to 2²⁰ answers. No finite F and β make it
// overflow, underflow or cancel before its true value does; with gaps of hundreds the
// rare answer keeps its probability and the winner its tiny loss. Only what cancels of x
// itself in a Mean is lost.
//
// All methods with an answer i panic unless 0 ≤ i < n. Special cases of all methods:
//
//	Fᵢ = +Inf or μᵢ = 0: the answer is impossible; pᵢ = 0 and it adds nothing
//	no possible answer: LogZ is −Inf, FreeEnergy +Inf, everything else NaN
//	some Fᵢ = NaN or −Inf: everything is NaN
//	β = 0: pᵢ = μᵢ / Σ μⱼ over the possible answers (the limit)
//	β = +Inf: pᵢ = μᵢ / Σ μⱼ over the minimisers of F (the limit)
type Gibbs struct {
	given
	quick kernel.Sum  // what is mostly sure
	twin  *plain      // what is asked where it is not; see plain
	made  atomic.Bool // whether the twin is of these energies
}

// given is what a distribution is of.
type given struct {
	beta     float64
	energies []float64
	mu       Measure
	low      float64 // min F over the possible answers, NaN where some F is NaN or −Inf
}

// NewGibbs returns the Gibbs distribution pᵢ = μᵢ e^(−βFᵢ)/Z of the energies F, which it
// copies, on the answers of mu (SOURCE 1.1(c)). Of a Gibbs that is asked and not kept, the copy
// is all that is allocated, where every mass is 1 and Hold allocates nothing. It panics if F and
// mu differ in length, or if beta is negative or NaN.
func NewGibbs(F []float64, beta float64, mu Measure) *Gibbs { // small enough to be inlined
	g := new(Gibbs)
	g.Hold(append([]float64(nil), F...), beta, mu)
	return g
}

// Hold makes g the Gibbs distribution of the energies F, which it keeps and does not copy:
// they must not change while g is asked. One g may hold many rows, one after the other, and
// where every mass is 1 hardly one of them makes it allocate. It panics where NewGibbs does.
func (g *Gibbs) Hold(F []float64, beta float64, mu Measure) {
	if len(F) != mu.Len() {
		panic("ebm: energies and measure differ in length")
	}
	if !(beta >= 0) {
		panic("ebm: beta is negative or NaN")
	}
	var top int
	low := math.Inf(1)
	for i, f := range F {
		if !(f >= -math.MaxFloat64) { // NaN or −Inf
			low = math.NaN()
			break
		}
		if f < low && (mu.mass == nil || mu.mass[i].Sign() > 0) {
			low, top = f, i
		}
	}
	g.given = given{math.Abs(beta), F, mu, low} // −0 is 0
	g.made.Store(false)
	if g.defined() && mu.mass == nil {
		g.quick.Hold(F, beta, top)
	} else {
		g.quick = kernel.Sum{}
	}
}

// defined says whether some answer is possible, and no energy NaN or −Inf.
func (g *given) defined() bool { return g.low-g.low == 0 }

// possible says whether answer i can carry mass.
func (g *given) possible(i int) bool { return g.energies[i] < math.Inf(1) && g.mu.at(i).Sign() > 0 }

// LogZ returns the logarithm of the partition function (SOURCE 1.2(c); identity 7),
//
//	ln Z = ln Σᵢ μᵢ e^(−βFᵢ),    d ln Z/dβ = −⟨F⟩
//
// at β = +Inf its limit, ∓Inf as min F is above or below 0.
func (g *Gibbs) LogZ() float64 {
	if x, sure := g.quick.LogZ(); sure {
		return x
	}
	return g.plain().logZ()
}

// FreeEnergy returns the free energy, a soft minimum of the energies (identities 1, 12 and
// 15),
//
//	F_β = −(1/β) ln Z = ⟨F⟩ − H/β,   ∂F_β/∂Fᵢ = pᵢ,   min F at β = +Inf
//
// and at β = 0 its limit: −Inf or +Inf as the masses of the possible answers add
// up to more or less than 1, and the mean energy if they add up to 1.
//
// F_β may be far smaller than the energies it is made of; it is as accurate there
// as elsewhere.
func (g *Gibbs) FreeEnergy() float64 {
	if x, sure := g.quick.FreeEnergy(); sure {
		return x
	}
	return g.plain().freeEnergy()
}

// Prob returns pᵢ = μᵢ e^(−βFᵢ)/Z (SOURCE 1.1(c): C10, C29), 0 for an impossible answer.
func (g *Gibbs) Prob(i int) float64 {
	g.demand(i)
	return g.prob(i)
}

func (g *Gibbs) prob(i int) float64 {
	if x, sure := g.quick.Prob(i); sure {
		return x
	}
	return g.plain().prob(i)
}

// demand panics unless i is an answer.
func (g *Gibbs) demand(i int) {
	if i < 0 || i >= len(g.energies) {
		panic("ebm: no such answer")
	}
}

// Probs sets dst[i] = pᵢ and returns it, −∂ℓ_y/∂Fᵢ for i ≠ y (identity 42); a nil dst is
// allocated. It panics if dst has another length than F.
func (g *Gibbs) Probs(dst []float64) []float64 {
	dst = room(dst, len(g.energies))
	for i := range dst {
		dst[i] = g.prob(i)
	}
	return dst
}

// Complement returns 1 − pᵢ = Σ_{j≠i} pⱼ, which is ∂ℓᵢ/∂Fᵢ (identity 42): it keeps its
// accuracy when pᵢ is near 1. An impossible answer has 1.
func (g *Gibbs) Complement(i int) float64 {
	g.demand(i)
	if x, sure := g.quick.Complement(i); sure {
		return x
	}
	return g.plain().complement(i)
}

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
	dst = room(dst, len(g.energies))
	g.demand(i)
	if !g.quick.Slopes(dst, i) {
		g.plain().slopes(dst, i)
	}
	return dst
}

// LogProb returns ln pᵢ = ln μᵢ − βFᵢ − ln Z (C31), −Inf for an impossible answer.
func (g *Gibbs) LogProb(i int) float64 {
	g.demand(i)
	if x, sure := g.quick.LogProb(i); sure {
		return x
	}
	return g.plain().surprise(i).Neg().Float64()
}

// NLL returns the negative log-likelihood of answer i (SOURCE 1.2(b), Table 1),
//
//	−(1/β) ln pᵢ = Fᵢ + (1/β) ln Z   (the latter where μᵢ = 1)
//
// +Inf for an impossible answer. At β = +Inf it is Fᵢ − min F; at β = 0 it is
// +Inf, or 0 if no other answer is possible.
func (g *Gibbs) NLL(i int) float64 {
	g.demand(i)
	if x, sure := g.quick.NLL(i); sure {
		return x
	}
	return g.plain().nll(i)
}

// Mean returns ⟨x⟩ = Σᵢ pᵢ xᵢ, of energies −d ln Z/dβ (identity 7), of gradients that of the
// free energy (identity 15); what x says of answers without probability does not
// count. It is NaN if an x that counts is, or if both infinities are among them.
//
// Where x has both signs its terms may cancel: the error is then up to half an ulp and
// 2⁻⁸⁰⟨|x|⟩, for up to 2²⁰ answers. It panics if x and F differ in length.
func (g *Gibbs) Mean(x []float64) float64 {
	if len(x) != len(g.energies) {
		panic("ebm: x and energies differ in length")
	}
	if m, sure := g.quick.Mean(x); sure {
		return m
	}
	return g.mean(x, 0).Float64()
}

// mean returns ⟨x − from⟩, in twofold numbers.
func (g *Gibbs) mean(x []float64, from float64) twofold.Number {
	p := g.plain()
	var s twofold.Number
	for i, w := range p.w {
		if w.Hi != 0 {
			s = s.Add(w.Mul(twofold.Diff(x[i], from)))
		}
	}
	return s.Div(p.sum)
}

// Variance returns ⟨(x − ⟨x⟩)²⟩, of energies d² ln Z/dβ² (identity 8); NaN if an x that
// counts is not finite. It panics if x and F differ in length.
//
// Of d = x − x_top the mean is no greater than √(n Var) or so, for the top has a share of
// 1/2n in p at least: what rounding moves ⟨d⟩ by shows in the squares of d − ⟨d⟩ by no more
// than that many units of their sum. The mean of x itself may be any number of times larger.
func (g *Gibbs) Variance(x []float64) float64 {
	if len(x) != len(g.energies) {
		panic("ebm: x and energies differ in length")
	}
	if v, sure := g.quick.Variance(x); sure {
		return v
	}
	return g.variance(x)
}

// variance is Variance in twofold numbers.
func (g *Gibbs) variance(x []float64) float64 {
	p := g.plain()
	top := x[p.top]
	mean := g.mean(x, top)
	var s twofold.Number
	for i, w := range p.w {
		if w.Hi != 0 {
			d := twofold.Diff(x[i], top).Sub(mean)
			s = s.Add(w.Mul(d).Mul(d))
		}
	}
	return s.Div(p.sum).Float64()
}

// Entropy returns the entropy relative to the measure (identities 12 and 14),
//
//	H = −Σᵢ pᵢ ln(pᵢ/μᵢ) = ln Z + β⟨F⟩ ≥ 0 under Counting
//
// which is −Σ pᵢ ln pᵢ for a discrete space and the differential entropy for a
// continuous one.
//
// Relative to masses that are themselves probabilities it is −KL(p‖μ) ≤ 0.
func (g *Gibbs) Entropy() float64 {
	if H, sure := g.quick.Entropy(); sure {
		return H
	}
	return g.plain().entropy()
}

// Sample returns an answer drawn with the probabilities p (C10, C48), by inverting their
// cumulative sum at a uniform number u of 106 bits,
//
//	i such that p₀ + … + pᵢ₋₁ ≤ u < p₀ + … + pᵢ
//
// where the sums are off by less than 2⁻⁹¹, for up to 2¹⁰ answers: one of probability
// 2⁻⁸⁰ has its share to a part in a thousand. One that is impossible is never drawn. It
// panics if p is undefined.
func (g *Gibbs) Sample(r *rand.Rand) int {
	if !g.defined() {
		panic("ebm: Sample of an undefined distribution")
	}
	return g.plain().draw(r)
}
