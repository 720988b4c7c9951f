package ebm

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm/twofold"
)

// Metropolis returns the transition matrix of the Metropolis chain on the
// answers of F, which proposes each of the n answers, the present one included,
// with equal chance:
//
//	P_ij = min(1, e^{−β(F_j − F_i)}) / n  for j ≠ i,    P_ii = 1 − Σ_{j≠i} P_ij ≥ 1/n
//
// It leaves the Gibbs distribution p unchanged, being in detailed balance with
// it: pᵢ P_ij = pⱼ P_ji (identity 88). Being a matrix, its every power can be
// known (Diffuse) and not only drawn from (Walk). Each of its elements is rounded
// once, as those of Gibbs are. As P_ij ≥ e^{−βR}/n for all i and j, with R =
// max F − min F, any start forgets itself: the total variation from p after k
// steps is at most (1 − e^{−βR})ᵏ.
//
// Special cases are:
//
//	an impossible answer (+Inf) is never entered from a possible one
//	rows and columns of NaN energies are NaN
//
// It panics if F is empty, or unless 0 < β < +Inf.
func Metropolis(F []float64, beta float64) [][]float64 {
	if len(F) == 0 {
		panic("ebm: no answers")
	}
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	n, one := twofold.Of(float64(len(F))), twofold.Of(1)
	P := make([][]float64, len(F))
	for i := range P {
		P[i] = make([]float64, len(F))
		stay := one // 1 + Σ_{j≠i} (1 − acceptance), so that n P_ii is not the rest of a subtraction
		for j := range P[i] {
			if j == i {
				continue
			}
			rise := twofold.Diff(F[j], F[i])
			if F[j] <= F[i] { // both may be infinite
				rise = twofold.Number{}
			}
			x := times(twofold.Of(-beta), rise) // NaN stays NaN
			P[i][j] = x.Exp().Div(n).Float64()
			stay = stay.Sub(x.Expm1())
		}
		P[i][i] = stay.Div(n).Float64()
		if math.IsNaN(F[i]) {
			P[i] = undefined(P[i], len(F))
		}
	}
	return P
}

// Diffuse returns the distribution of a Markov chain after k steps (identity 88),
//
//	dst = q Pᵏ
//
// where P is a transition matrix (rows sum to 1) and q the distribution at the
// start, from no draws: of n states, each element is within (n + 1)k·2⁻⁵³ of itself where P and
// q have no negative element. dst may be q itself. It panics if q, dst or a row of P has another
// length than P, or if k < 0.
func Diffuse(dst, q []float64, P [][]float64, k int) []float64 {
	if len(q) != len(P) || k < 0 {
		panic("ebm: distribution and transition matrix differ in length, or steps are negative")
	}
	demandSquare(P)
	now, next := append([]float64(nil), q...), make([]float64, len(q))
	for range k {
		clear(next)
		for i, qi := range now {
			for j, pij := range P[i] {
				next[j] += qi * pij
			}
		}
		now, next = next, now
	}
	dst = room(dst, len(q))
	copy(dst, now)
	return dst
}

// demandSquare panics unless P has as many columns in each row as rows.
func demandSquare(P [][]float64) {
	for _, row := range P {
		if len(row) != len(P) {
			panic("ebm: the transition matrix is not square")
		}
	}
}

// Walk returns the state of a Markov chain with transition matrix P, k steps after state i:
// a draw from row i of Pᵏ (identity 88), each step within n + 1 roundings of its
// probability. A step of probability 0 is never taken. It panics if i is not an index of P,
// if P is not square, if k < 0, or if the row of a state that it comes to has a NaN.
func Walk(P [][]float64, i, k int, r *rand.Rand) int {
	if i < 0 || i >= len(P) || k < 0 {
		panic("ebm: no such state, or steps are negative")
	}
	demandSquare(P)
	for range k {
		u, next := r.Float64(), i
		for j, pij := range P[i] {
			if math.IsNaN(pij) {
				panic("ebm: a step of undefined probability")
			}
			if u >= 0 && pij > 0 {
				next = j // the last one for the few u that rounding leaves over
			}
			u -= pij
		}
		i = next
	}
	return i
}

// CD returns the mean of the contrastive-divergence estimate of the gradient of
// the NLL, by each energy, when the chains start at the answer y (Hinton 2002),
//
//	dstⱼ = δ_{yj} − q_k(j),    q_k = δ_y Pᵏ
//
// For k = 0 it is 0; as k → ∞ it tends to the gradient δ_{yj} − pⱼ itself. For
// k between it is not the gradient of any simple loss, and its elements still
// sum to 0. Pull takes it on to the parameters. A nil dst is allocated. It panics
// if y is not an index of P, or where Diffuse does.
func CD(dst []float64, P [][]float64, y, k int) []float64 {
	if y < 0 || y >= len(P) {
		panic("ebm: no such answer")
	}
	dst = room(dst, len(P))
	clear(dst)
	dst[y] = 1
	Diffuse(dst, dst, P, k)
	var others float64 // 1 − q_k(y) = Σ_{j≠y} q_k(j)
	for j, q := range dst {
		if j != y {
			others += q
			dst[j] = 0 - q
		}
	}
	dst[y] = others
	return dst
}

// SampleCD returns a contrastive-divergence estimate from a sample of chains (Hinton 2002),
//
//	dstⱼ = δ_{yj} − (share of the chains in j)
//
// after taking each chain k steps on, in place. Chains all started at y give
// CD-k, with mean CD(dst, P, y, k); chains kept from one call to the next give
// persistent CD (Tieleman 2008), with mean the gradient of the NLL once they have reached p. A
// nil dst is allocated. It panics if y is not an index of P, if dst has another length than P,
// if there are no chains, or where Walk does.
func SampleCD(dst []float64, P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
	if y < 0 || y >= len(P) {
		panic("ebm: no such answer")
	}
	if len(chains) == 0 {
		panic("ebm: no chains")
	}
	dst = room(dst, len(P))
	clear(dst)
	for c := range chains {
		chains[c] = Walk(P, chains[c], k, r)
		dst[chains[c]]--
	}
	for j := range dst {
		dst[j] /= float64(len(chains))
	}
	dst[y]++
	return dst
}

// MetropolisStep takes one Metropolis–Hastings step from y in ℝᵈ, in place, and
// reports whether y moved (identity 88 on a continuum). It proposes
//
//	y′ = y + σ ξ,    ξ standard normal,    accepted with probability min(1, e^{−β(F(y′) − F(y))})
//
// so p(y) ∝ e^{−βF(y)} is left unchanged, whatever σ; that probability, with x = β(F(y′) −
// F(y)), is kept to (1 + |x|) 2⁻⁵⁰ of itself and 2⁻⁵³. Between two impossible
// points (+Inf) it moves, as Metropolis does; from one to a possible point always, back never. A
// proposal with energy NaN is refused, and so is every one from a y of energy NaN. It
// panics unless 0 < β < +Inf.
func MetropolisStep(f Energy, w, x, y []float64, beta, sigma float64, r *rand.Rand) bool {
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	next := make([]float64, len(y))
	for i := range y {
		next[i] = y[i] + sigma*r.NormFloat64()
	}
	if !accepted(beta, f.Eval(w, x, y), f.Eval(w, x, next), r) {
		return false
	}
	copy(y, next)
	return true
}

// accepted returns true with the probability min(1, e^{−β(to − from)}), 1 if they are
// equal, infinite ones too; false if one is NaN.
func accepted(beta, from, to float64, r *rand.Rand) bool {
	half := to/2 - from/2 // which cannot overflow
	if to == from {
		half = 0
	}
	return r.Float64() < math.Exp(-2*(beta*half))
}

// LangevinStep takes one step of the unadjusted Langevin algorithm from y in
// ℝᵈ, in place,
//
//	y ← y − η ∂F/∂y + √(2η/β) ξ,    ξ standard normal
//
// It needs the score −β ∂F/∂y only, which is free of Z (identity 92). It leaves
// p unchanged only as η → 0: on F = ½ a y² its variance settles at (1/(βa)) /
// (1 − ηa/2) instead of 1/(βa), and it diverges for ηa ≥ 2. It panics unless 0
// < β < +Inf and η ≥ 0.
func LangevinStep(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
	if !(beta > 0) || math.IsInf(beta, 1) || !(eta >= 0) {
		panic("ebm: beta or eta is not a positive number")
	}
	deviation := math.Sqrt(2*eta) / math.Sqrt(beta)
	for i, g := range f.GradY(nil, w, x, y) {
		y[i] += -eta*g + deviation*r.NormFloat64()
	}
}

// LangevinCD returns a contrastive-divergence estimate of the gradient of the NLL in the
// parameters, for an answer y of ℝᵈ,
//
//	dst = ∂F_W(x, y)/∂W − (mean of ∂F_W(x, ỹ)/∂W over the chains ỹ)
//
// after taking each chain k Langevin steps on, in place. Chains all started at y give CD-k
// (Hinton 2002), and 0, but for rounding, for k = 0; chains kept from one call to the next
// give persistent CD (Tieleman 2008): once they have reached p its mean is the gradient
// ∂F_W(x, y)/∂W − ⟨∂F_W/∂W⟩ of F + (1/β) ln Z, but for the bias of Langevin's steps, which
// η → 0 alone removes (see LangevinStep).
//
// A nil dst is allocated. It panics if dst has another length than W, if there are no
// chains, if k < 0, unless 0 < β < +Inf and η ≥ 0.
func LangevinCD(dst []float64, f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
	switch {
	case len(chains) == 0 || k < 0:
		panic("ebm: no chains, or steps are negative")
	case !(beta > 0) || math.IsInf(beta, 1) || !(eta >= 0):
		panic("ebm: beta or eta is not a positive number")
	}
	dst = f.GradW(dst, w, x, y)
	mean, grad := make([]float64, len(dst)), make([]float64, len(dst))
	for _, c := range chains {
		for range k {
			LangevinStep(f, w, x, c, beta, eta, r)
		}
		floats.Add(mean, f.GradW(grad, w, x, c))
	}
	return floats.AddScaledTo(dst, dst, -1/float64(len(chains)), mean)
}
