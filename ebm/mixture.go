package ebm

import "math"

// A Mixture is a list of energies of which one holds, the latent variable
// telling which,
//
//	G_W(x, y, z) = F_z(x, y) with its own parameters W_z,    W = (W₀, W₁, …)
//
// for z in {0, …, len−1}, written as a vector of one number. Soft, with masses π
// (Weighted) on z, makes of it −(1/β) ln Σ_k π_k e^{−βF_k}: p(y) is then a mixture of
// the parts' Gibbs distributions, with weights ∝ π_k Z_k, where Z_k = ∫ e^{−βF_k} dy,
// and not ∝ π_k unless all Z_k are equal. Minimised makes of it min_k F_k, which for
// quadratic parts is the energy of k-means (C22).
type Mixture []Energy

// Params returns the number of parameters of all parts.
func (m Mixture) Params() int {
	var n int
	for _, f := range m {
		n += f.Params()
	}
	return n
}

// part returns the energy that z names and the range of its parameters in w.
func (m Mixture) part(w, z []float64) (f Energy, from, to int) {
	k := index(z, len(m))
	m.each(w, func(i int, part Energy, at int) {
		if i == k {
			f, from, to = part, at, at+part.Params()
		}
	})
	return f, from, to
}

// each visits the parts and the places of their parameters in w.
func (m Mixture) each(w []float64, visit func(k int, f Energy, at int)) {
	shape(w, nil, nil, m.Params(), anyLength, anyLength)
	at := 0
	for k, f := range m {
		visit(k, f, at)
		at += f.Params()
	}
}

// Eval returns F_z(x, y).
func (m Mixture) Eval(w, x, y, z []float64) float64 {
	f, from, to := m.part(w, z)
	return f.Eval(w[from:to], x, y)
}

// GradW returns ∂F_z/∂W_z in the place of W_z, 0 elsewhere.
func (m Mixture) GradW(dst, w, x, y, z []float64) []float64 {
	f, from, to := m.part(w, z)
	dst = room(dst, m.Params())
	clear(dst)
	f.GradW(dst[from:to], w[from:to], x, y)
	return dst
}

// GradY returns ∂F_z/∂y.
func (m Mixture) GradY(dst, w, x, y, z []float64) []float64 {
	f, from, to := m.part(w, z)
	return f.GradY(dst, w[from:to], x, y)
}

// LatentTable is the tabular energy with a latent variable: one free parameter
// for each pair of an answer and an explanation, x being ignored,
//
//	G_W(y, z) = W[y·Nz + z],    ∂G/∂W = 1 at that entry, 0 elsewhere
//
// for y in {0, …, Ny−1} and z in {0, …, Nz−1} (C28). GradY is NaN: an index has
// no derivative.
type LatentTable struct{ Ny, Nz int }

// Params returns Ny·Nz.
func (t LatentTable) Params() int { return t.Ny * t.Nz }

// Eval returns W[y·Nz + z].
func (t LatentTable) Eval(w, x, y, z []float64) float64 { return Table{t.Ny, t.Nz}.Eval(w, y, z) }

// GradW returns the unit vector of the entry (y, z).
func (t LatentTable) GradW(dst, w, x, y, z []float64) []float64 {
	return Table{t.Ny, t.Nz}.GradW(dst, w, y, z)
}

// GradY returns NaN.
func (t LatentTable) GradY(dst, w, x, y, z []float64) []float64 {
	return Table{t.Ny, t.Nz}.GradY(dst, w, y, z)
}

// Ellipse is the squared distance of y in the plane from the point at angle z
// of an ellipse with half-axes W, x being ignored,
//
//	G_W(y, z) = (y₁ − W₁ cos z)² + (y₂ − W₂ sin z)²
//	∂G/∂W = −2 (r₁ cos z, r₂ sin z),    ∂G/∂y = 2 r,    r = y − (W₁ cos z, W₂ sin z)
//
// With z minimised away it is the squared distance from the ellipse: a
// continuum of answers of energy 0 (C01), for a continuous latent variable (C28).
type Ellipse struct{}

// Params returns 2.
func (Ellipse) Params() int { return 2 }

func (Ellipse) parts(w, y, z []float64) (r1, r2, sin, cos float64) {
	shape(w, z, y, 2, 1, 2)
	sin, cos = math.Sincos(z[0])
	return y[0] - w[0]*cos, y[1] - w[1]*sin, sin, cos
}

// Eval returns (y₁ − W₁ cos z)² + (y₂ − W₂ sin z)².
func (e Ellipse) Eval(w, x, y, z []float64) float64 {
	r1, r2, _, _ := e.parts(w, y, z)
	return r1*r1 + r2*r2
}

// GradW returns −2 (r₁ cos z, r₂ sin z).
func (e Ellipse) GradW(dst, w, x, y, z []float64) []float64 {
	r1, r2, sin, cos := e.parts(w, y, z)
	dst = room(dst, 2)
	dst[0], dst[1] = -2*r1*cos, -2*r2*sin
	return dst
}

// GradY returns 2 r.
func (e Ellipse) GradY(dst, w, x, y, z []float64) []float64 {
	r1, r2, _, _ := e.parts(w, y, z)
	dst = room(dst, 2)
	dst[0], dst[1] = 2*r1, 2*r2
	return dst
}
