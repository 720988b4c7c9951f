package ebm

import "gonum.org/v1/gonum/floats"

// Linear is an energy linear in its parameters,
//
//	F_W(x, y) = W·φ(x, y),    ∂F/∂W = φ(x, y),    ∂F/∂y = Σₖ W_k ∂φₖ/∂y
//
// for N features φ. The NLL is convex in W just for such energies (identity
// 43).
//
// Phi sets dst to φ(x, y), PullY to Σₖ w_k ∂φₖ(x, y)/∂y; both are handed a dst of
// zeros, of which they need set only what is not 0. PullY is nil if y is discrete, and
// GradY is then NaN.
type Linear struct {
	N     int
	Phi   func(dst, x, y []float64)
	PullY func(dst, w, x, y []float64)
}

// Params returns N.
func (l Linear) Params() int { return l.N }

// Eval returns W·φ(x, y).
func (l Linear) Eval(w, x, y []float64) float64 {
	shape(w, x, y, l.N, anyLength, anyLength)
	phi := make([]float64, l.N)
	l.Phi(phi, x, y)
	return floats.Dot(w, phi)
}

// GradW returns φ(x, y).
func (l Linear) GradW(dst, w, x, y []float64) []float64 {
	shape(w, x, y, l.N, anyLength, anyLength)
	dst = room(dst, l.N)
	clear(dst)
	l.Phi(dst, x, y)
	return dst
}

// GradY returns Σₖ W_k ∂φₖ/∂y, or NaN if l.PullY is nil.
func (l Linear) GradY(dst, w, x, y []float64) []float64 {
	shape(w, x, y, l.N, anyLength, anyLength)
	if l.PullY == nil {
		return undefined(dst, len(y))
	}
	dst = room(dst, len(y))
	clear(dst)
	l.PullY(dst, w, x, y)
	return dst
}

// Bilinear is the inner-product energy
//
//	F_W(x, y) = −xᵀ W y,    ∂F/∂W_ij = −xᵢ yⱼ,    ∂F/∂yⱼ = −Σᵢ xᵢ W_ij
//
// for x in ℝ^Nx, y in ℝ^Ny and W row-major, Nx×Ny. Over the unit vectors of ℝ^Ny
// its Gibbs distribution at β = 1 is softmax regression with logits Wᵀx: a
// logistic classifier is an energy-based model (C06).
type Bilinear struct{ Nx, Ny int }

// Params returns Nx·Ny.
func (b Bilinear) Params() int { return b.Nx * b.Ny }

// Eval returns −xᵀ W y.
func (b Bilinear) Eval(w, x, y []float64) float64 {
	shape(w, x, y, b.Params(), b.Nx, b.Ny)
	var f float64
	for i, xi := range x {
		f -= xi * floats.Dot(w[i*b.Ny:(i+1)*b.Ny], y)
	}
	return f
}

// GradW returns −x yᵀ, row-major.
func (b Bilinear) GradW(dst, w, x, y []float64) []float64 {
	shape(w, x, y, b.Params(), b.Nx, b.Ny)
	dst = room(dst, b.Params())
	for i, xi := range x {
		for j, yj := range y {
			dst[i*b.Ny+j] = -xi * yj
		}
	}
	return dst
}

// GradY returns −Wᵀx.
func (b Bilinear) GradY(dst, w, x, y []float64) []float64 {
	shape(w, x, y, b.Params(), b.Nx, b.Ny)
	dst = room(dst, b.Ny)
	clear(dst)
	for i, xi := range x {
		floats.AddScaled(dst, -xi, w[i*b.Ny:(i+1)*b.Ny])
	}
	return dst
}
