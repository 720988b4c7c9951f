package ebm

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Quadratic is the Gaussian energy on ℝᴰ, which ignores x,
//
//	F_W(y) = ½ (y − μ)ᵀ A (y − μ),    W = (μ, A),    A row-major, D×D
//
// With r = y − μ and S = (A + Aᵀ)/2 (only the symmetric part of A matters to
// F):
//
//	∂F/∂μ = −S r,    ∂F/∂A_ij = ½ rᵢ rⱼ,    ∂F/∂y = S r
//
// If S is positive definite, p(y) ∝ e^{−βF(y)} is the normal distribution of
// mean μ and covariance (βS)⁻¹, whose Z is known (identity 86): a case in which
// quadrature and samplers can be judged.
type Quadratic struct{ D int }

// Params returns D + D².
func (q Quadratic) Params() int { return q.D + q.D*q.D }

// Eval returns ½ (y − μ)ᵀ A (y − μ).
func (q Quadratic) Eval(w, x, y []float64) float64 {
	shape(w, x, y, q.Params(), anyLength, q.D)
	mu, a := w[:q.D], w[q.D:]
	var f float64
	for i := range y {
		ri := y[i] - mu[i]
		for j := range y {
			f += ri * a[i*q.D+j] * (y[j] - mu[j])
		}
	}
	return f / 2
}

// GradW returns (−S r, ½ r rᵀ).
func (q Quadratic) GradW(dst, w, x, y []float64) []float64 {
	dst = room(dst, q.Params())
	q.GradY(dst[:q.D], w, x, y) // looks at the lengths too
	mu := w[:q.D]
	floats.Scale(-1, dst[:q.D])
	for i := range y {
		for j := range y {
			dst[q.D+i*q.D+j] = (y[i] - mu[i]) * (y[j] - mu[j]) / 2
		}
	}
	return dst
}

// GradY returns S r.
func (q Quadratic) GradY(dst, w, x, y []float64) []float64 {
	shape(w, x, y, q.Params(), anyLength, q.D)
	dst = room(dst, q.D)
	mu, a := w[:q.D], w[q.D:]
	for i := range dst {
		dst[i] = 0
		for j := range y {
			dst[i] += (a[i*q.D+j] + a[j*q.D+i]) / 2 * (y[j] - mu[j])
		}
	}
	return dst
}

// LogZ returns the logarithm of the partition function over ℝᴰ with the
// Lebesgue measure (identity 86),
//
//	ln ∫ e^{−βF(y)} dy = (D/2) ln(2π/β) − ½ ln |S|
//
// Special cases are:
//
//	LogZ = +Inf if S is not positive definite: the integral diverges
//
// It panics if w has the wrong length, or unless 0 < β < +Inf.
func (q Quadratic) LogZ(w []float64, beta float64) float64 {
	shape(w, nil, nil, q.Params(), anyLength, anyLength)
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	a := w[q.D:]
	s := mat.NewSymDense(q.D, nil)
	for i := range q.D {
		for j := i; j < q.D; j++ {
			s.SetSym(i, j, (a[i*q.D+j]+a[j*q.D+i])/2)
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(s) {
		return math.Inf(1)
	}
	return float64(q.D)/2*math.Log(2*math.Pi/beta) - chol.LogDet()/2
}
