package ebm

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// A Latent is an energy G_W(x, y, z) of a triple, of which z, the latent
// variable, is never observed: a pose, a segmentation, which of several
// explanations holds. It becomes an Energy of (x, y) by minimising z away (Minimised)
// or summing it out (Soft): F(y) = min_z G or −(1/β) ln Σ_z e^(−βG) (SOURCE 1.1(i), C28;
// identities 75 to 78). The conventions are those of Energy.
type Latent interface {
	Params() int
	Eval(w, x, y, z []float64) float64
	GradW(dst, w, x, y, z []float64) []float64
	GradY(dst, w, x, y, z []float64) []float64
}

// Minimised is the energy of the best explanation,
//
//	F_W(x, y) = min_z G_W(x, y, z)
//	∂F/∂W = ∂G(x, y, ž)/∂W,    ∂F/∂y = ∂G(x, y, ž)/∂y,    ž = argmin_z G(x, y, z)
//
// over the answers z of the space Z that have mass: its Points, or if they are
// only numbered {0}, …, {n−1}. That ž moves with W and y changes nothing in the
// gradients (envelope theorem); where several z tie, the first gives one
// element of the subdifferential. F is min_z and not, as SOURCE 1.1(i) has it,
// argmin_z (C28).
//
// Special cases are:
//
//	F = NaN, and so its gradients, if G is NaN for any z
//	F = +Inf with gradients NaN if G is +Inf for every z
type Minimised struct {
	G Latent
	Z Measure
}

// Params returns that of G.
func (m Minimised) Params() int { return m.G.Params() }

// Best returns the place of ž = argmin_z G(x, y, z) in the space Z (C28), the first of
// equals, or −1 where Infer has no answer.
func (m Minimised) Best(w, x, y []float64) int {
	return Infer(explanations(m.G, m.Z, w, x, y))
}

// Eval returns min_z G_W(x, y, z).
func (m Minimised) Eval(w, x, y []float64) float64 {
	low := math.Inf(1)
	for _, g := range explanations(m.G, m.Z, w, x, y) {
		low = min(low, g) // NaN stays NaN
	}
	return low
}

// GradW returns ∂G/∂W at ž.
func (m Minimised) GradW(dst, w, x, y []float64) []float64 {
	z := m.Best(w, x, y)
	if z < 0 {
		return undefined(dst, m.Params())
	}
	return m.G.GradW(dst, w, x, y, points(m.Z)[z])
}

// GradY returns ∂G/∂y at ž.
func (m Minimised) GradY(dst, w, x, y []float64) []float64 {
	z := m.Best(w, x, y)
	if z < 0 {
		return undefined(dst, len(y))
	}
	return m.G.GradY(dst, w, x, y, points(m.Z)[z])
}

// Soft is the free energy of all explanations together,
//
//	F_W(x, y) = −(1/β) ln ∫ e^{−βG_W(x, y, z)} dμ(z)
//	∂F/∂W = Σ_z p(z|x, y) ∂G/∂W,    ∂F/∂y = Σ_z p(z|x, y) ∂G/∂y
//
// for μ the measure Z, with the points of Minimised, and p(z|x, y) ∝ μ_z e^{−βG} its
// posterior. Then p(y|x) from F is the marginal of p(y, z|x) from G (identity
// 24). Under Counting, F_soft ≤ F_min ≤ F_soft + ln|Z|/β (identity 76); F_soft
// → F_min as β → ∞. With the masses π_k of a Mixture it is the energy of a
// mixture of densities. With one z of mass 1 it is G itself, as is Minimised.
//
// Special cases are those of Gibbs; the gradients are NaN where the posterior
// is.
type Soft struct {
	G    Latent
	Z    Measure
	Beta float64
}

// Params returns that of G.
func (s Soft) Params() int { return s.G.Params() }

// Posterior returns p(z|x, y) = μ_z e^{−βG(x, y, z)} / Σ_z′ μ_z′ e^{−βG(x, y, z′)}
// (identities 24 and 77).
func (s Soft) Posterior(w, x, y []float64) *Gibbs {
	return NewGibbs(explanations(s.G, s.Z, w, x, y), s.Beta, s.Z)
}

// Eval returns −(1/β) ln ∫ e^{−βG_W(x, y, z)} dμ(z).
func (s Soft) Eval(w, x, y []float64) float64 { return s.Posterior(w, x, y).FreeEnergy() }

// GradW returns Σ_z p(z|x, y) ∂G/∂W.
func (s Soft) GradW(dst, w, x, y []float64) []float64 {
	if m, ok := s.G.(Mixture); ok && s.Z.Points() == nil { // parts that share no parameters
		dst = room(dst, s.Params())
		clear(dst)
		p := s.Posterior(w, x, y)
		if !p.defined() {
			return undefined(dst, len(dst))
		}
		m.each(w, func(k int, f Energy, at int) {
			if k < s.Z.Len() && p.Prob(k) != 0 {
				wk := dst[at : at+f.Params()]
				floats.Scale(p.Prob(k), f.GradW(wk, w[at:at+len(wk)], x, y))
			}
		})
		return dst
	}
	return s.mean(room(dst, s.Params()), s.Posterior(w, x, y), func(dst, z []float64) []float64 {
		return s.G.GradW(dst, w, x, y, z)
	})
}

// GradY returns Σ_z p(z|x, y) ∂G/∂y.
func (s Soft) GradY(dst, w, x, y []float64) []float64 {
	return s.mean(room(dst, len(y)), s.Posterior(w, x, y), func(dst, z []float64) []float64 {
		return s.G.GradY(dst, w, x, y, z)
	})
}

// mean sets dst to the mean of grad(z) under p. An explanation without
// probability is not asked for its gradient.
func (s Soft) mean(dst []float64, p *Gibbs, grad func(dst, z []float64) []float64) []float64 {
	clear(dst)
	var dz []float64
	for k, z := range points(s.Z) {
		pz := p.Prob(k)
		if pz == 0 {
			continue
		}
		dz = grad(dz, z)
		for i, d := range dz {
			dst[i] += pz * d
		}
	}
	return dst
}

// explanations returns G_W(x, y, z) for each z of a space; +Inf where z has no
// mass, so does not belong to it.
func explanations(g Latent, space Measure, w, x, y []float64) []float64 {
	G := make([]float64, space.Len())
	for k := range G {
		G[k] = math.Inf(1)
	}
	if m, ok := g.(Mixture); ok && space.Points() == nil && len(G) <= len(m) { // in one go through its parts
		m.each(w, func(k int, f Energy, at int) {
			if k < len(G) && space.at(k).Sign() > 0 {
				G[k] = f.Eval(w[at:at+f.Params()], x, y)
			}
		})
		return G
	}
	for k, z := range points(space) {
		if space.at(k).Sign() > 0 {
			G[k] = g.Eval(w, x, y, z)
		}
	}
	return G
}

// points returns the answers of a space as points; numbered ones stand for
// their number.
func points(space Measure) [][]float64 {
	if p := space.Points(); p != nil {
		return p
	}
	return Answers(space.Len())
}
