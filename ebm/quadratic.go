package ebm

import (
	"math"
	"math/big"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm/twofold"
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
// rounded once: |S| is exact. Where the two terms cancel the error is 2⁻⁹⁰ of either.
//
// Special cases are:
//
//	LogZ = +Inf if S is not positive definite: the integral diverges
//	LogZ = NaN if μ or A has an element that is NaN or infinite
//
// It panics if w has the wrong length, or unless 0 < β < +Inf. It costs D³ products of
// integers of some 53 D bits, if the elements of A are not too different in size.
func (q Quadratic) LogZ(w []float64, beta float64) float64 {
	shape(w, nil, nil, q.Params(), anyLength, anyLength)
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	for _, v := range w {
		if v-v != 0 {
			return math.NaN()
		}
	}
	det := q.determinant(w[q.D:])
	if det == nil {
		return math.Inf(1)
	}
	// 2π to 106 bits
	twoPi := twofold.Sum(2*math.Pi, 0x1.1a62633145c07p-52)
	lnZ := twoPi.Div(twofold.Of(beta)).Log().Mul(twofold.Of(float64(q.D)))
	return lnZ.Sub(twofold.FromBig(det).Log()).Mul(twofold.Of(0.5)).Float64()
}

// determinant returns |S|, nil if S is not positive definite: by
// fraction-free elimination of integers (Bareiss 1968), whose pivots are the leading
// principal minors.
func (q Quadratic) determinant(a []float64) *big.Float {
	low := 1024 // 2S is a matrix of integers times 2^low
	for _, v := range a {
		if v != 0 {
			low = min(low, math.Ilogb(v)-52)
		}
	}
	integer := func(v float64) *big.Int {
		x := new(big.Float).SetFloat64(v)
		n, _ := x.SetMantExp(x, -low).Int(nil)
		return n
	}
	M := make([][]*big.Int, q.D)
	for i := range M {
		M[i] = make([]*big.Int, q.D)
		for j := range M[i] {
			M[i][j] = new(big.Int).Add(integer(a[i*q.D+j]), integer(a[j*q.D+i]))
		}
	}
	before, product := big.NewInt(1), new(big.Int)
	for k := range M {
		if M[k][k].Sign() <= 0 {
			return nil
		}
		for i := k + 1; i < q.D; i++ {
			for j := k + 1; j < q.D; j++ {
				M[i][j].Mul(M[i][j], M[k][k])
				M[i][j].Sub(M[i][j], product.Mul(M[i][k], M[k][j]))
				M[i][j].Quo(M[i][j], before)
			}
		}
		before = M[k][k]
	}
	det := new(big.Float).SetInt(before)
	return det.SetMantExp(det, q.D*(low-1))
}
