package ebm

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Regression is the squared distance of y from a prediction,
//
//	F_W(x, y) = ‖y − W x‖²,    ∂F/∂W_ij = −2 rᵢ xⱼ,    ∂F/∂y = 2 r,    r = y − W x
//
// for x in ℝ^Nx, y in ℝ^Ny and W row-major, Ny×Nx. Its shape in y is fixed:
// only its minimum moves, so the energy loss cannot flatten it and does learn
// (C18, C20).
type Regression struct{ Nx, Ny int }

// Params returns Nx·Ny.
func (e Regression) Params() int { return e.Nx * e.Ny }

func (e Regression) r(i int, w, x, y []float64) float64 {
	return y[i] - floats.Dot(w[i*e.Nx:(i+1)*e.Nx], x)
}

// Eval returns ‖y − W x‖².
func (e Regression) Eval(w, x, y []float64) float64 {
	shape(w, x, y, e.Params(), e.Nx, e.Ny)
	var f float64
	for i := range y {
		r := e.r(i, w, x, y)
		f += r * r
	}
	return f
}

// GradW returns −2 r xᵀ, row-major.
func (e Regression) GradW(dst, w, x, y []float64) []float64 {
	shape(w, x, y, e.Params(), e.Nx, e.Ny)
	dst = room(dst, e.Params())
	for i := range y {
		floats.ScaleTo(dst[i*e.Nx:(i+1)*e.Nx], -2*e.r(i, w, x, y), x)
	}
	return dst
}

// GradY returns 2 r.
func (e Regression) GradY(dst, w, x, y []float64) []float64 {
	shape(w, x, y, e.Params(), e.Nx, e.Ny)
	dst = room(dst, e.Ny)
	for i := range y {
		dst[i] = 2 * e.r(i, w, x, y)
	}
	return dst
}

// JointEmbedding compares x and y after a linear map of each to the line,
//
//	F_W(x, y) = |g₁·x − g₂·y|,    W = (g₁, g₂)
//	∂F/∂g₁ = s x,    ∂F/∂g₂ = −s y,    ∂F/∂y = −s g₂,    s = sign(g₁·x − g₂·y), 0 at the kink
//
// for x in ℝ^Nx and y in ℝ^Ny. F ≥ 0 and W = 0 makes F ≡ 0: the collapse that
// the energy loss does not exclude (C18; the tutorial's |G_W₁(X) − G_W₂(Y)|).
type JointEmbedding struct{ Nx, Ny int }

// Params returns Nx + Ny.
func (e JointEmbedding) Params() int { return e.Nx + e.Ny }

func (e JointEmbedding) difference(w, x, y []float64) float64 {
	shape(w, x, y, e.Params(), e.Nx, e.Ny)
	return floats.Dot(w[:e.Nx], x) - floats.Dot(w[e.Nx:], y)
}

// Eval returns |g₁·x − g₂·y|.
func (e JointEmbedding) Eval(w, x, y []float64) float64 { return math.Abs(e.difference(w, x, y)) }

// GradW returns s (x, −y).
func (e JointEmbedding) GradW(dst, w, x, y []float64) []float64 {
	s := sign(e.difference(w, x, y))
	dst = room(dst, e.Params())
	floats.ScaleTo(dst[:e.Nx], s, x)
	floats.ScaleTo(dst[e.Nx:], -s, y)
	return dst
}

// GradY returns −s g₂.
func (e JointEmbedding) GradY(dst, w, x, y []float64) []float64 {
	s := sign(e.difference(w, x, y))
	return floats.ScaleTo(room(dst, e.Ny), -s, w[e.Nx:])
}

// sign returns −1, 0 or 1; NaN for NaN.
func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return v
}
