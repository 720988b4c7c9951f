package ebm

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// TwoLayer is a small neural network, the scalar output of which is the energy, with
// learned weights W (C09),
//
//	F_W(x, y) = Σₖ vₖ tₖ,    tₖ = tanh(sₖ),    sₖ = Uₖ·(x, y) + bₖ,    W = (U, b, v)
//
// for x in ℝ^Nx, y in ℝ^Ny and k below Hidden; U is row-major, Hidden×(Nx+Ny).
// As tanh′ = 1 − tanh², which is computed without a difference:
//
//	∂F/∂vₖ = tₖ,    ∂F/∂bₖ = vₖ (1 − tₖ²)
//	∂F/∂U_kj = ∂F/∂bₖ · (x, y)ⱼ,    ∂F/∂yⱼ = Σₖ ∂F/∂bₖ · U_k,Nx+j
//
// F is bounded, |F| ≤ Σ|vₖ|, so over an unbounded 𝒴 its Z is infinite: use it
// on finite answer spaces or intervals.
type TwoLayer struct{ Nx, Ny, Hidden int }

// Params returns Hidden·(Nx + Ny + 2).
func (n TwoLayer) Params() int { return n.Hidden * (n.Nx + n.Ny + 2) }

// split returns U, b and v, which share w's memory.
func (n TwoLayer) split(w []float64) (u, b, v []float64) {
	nu := n.Hidden * (n.Nx + n.Ny)
	return w[:nu], w[nu : nu+n.Hidden], w[nu+n.Hidden:]
}

// unit returns tₖ and 1 − tₖ² = sech² sₖ, which is a number where tₖ rounds to ±1: with
// e = e^(−2|sₖ|) it is 4e/(1 + e)².
func (n TwoLayer) unit(k int, w, x, y []float64) (t, slope float64) {
	u, b, _ := n.split(w)
	u = u[k*(n.Nx+n.Ny) : (k+1)*(n.Nx+n.Ny)]
	s := floats.Dot(u[:n.Nx], x) + floats.Dot(u[n.Nx:], y) + b[k]
	e := math.Exp(-2 * math.Abs(s))
	return math.Tanh(s), 4 * e / ((1 + e) * (1 + e))
}

// Eval returns Σₖ vₖ tanh(Uₖ·(x, y) + bₖ).
func (n TwoLayer) Eval(w, x, y []float64) float64 {
	shape(w, x, y, n.Params(), n.Nx, n.Ny)
	_, _, v := n.split(w)
	var f float64
	for k := range n.Hidden {
		t, _ := n.unit(k, w, x, y)
		f += v[k] * t
	}
	return f
}

// GradW returns (∂F/∂U, ∂F/∂b, ∂F/∂v).
func (n TwoLayer) GradW(dst, w, x, y []float64) []float64 {
	shape(w, x, y, n.Params(), n.Nx, n.Ny)
	dst = room(dst, n.Params())
	_, _, v := n.split(w)
	du, db, dv := n.split(dst)
	for k := range n.Hidden {
		t, slope := n.unit(k, w, x, y)
		dv[k] = t
		db[k] = v[k] * slope
		row := du[k*(n.Nx+n.Ny) : (k+1)*(n.Nx+n.Ny)]
		floats.ScaleTo(row[:n.Nx], db[k], x)
		floats.ScaleTo(row[n.Nx:], db[k], y)
	}
	return dst
}

// GradY returns Σₖ vₖ (1 − tₖ²) U_k,y.
func (n TwoLayer) GradY(dst, w, x, y []float64) []float64 {
	shape(w, x, y, n.Params(), n.Nx, n.Ny)
	dst = room(dst, n.Ny)
	clear(dst)
	u, _, v := n.split(w)
	for k := range n.Hidden {
		_, slope := n.unit(k, w, x, y)
		row := u[k*(n.Nx+n.Ny) : (k+1)*(n.Nx+n.Ny)]
		floats.AddScaled(dst, v[k]*slope, row[n.Nx:])
	}
	return dst
}
