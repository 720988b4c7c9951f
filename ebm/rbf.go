package ebm

// RBF is the energy of a class y in {0, …, len(Centres)−1} (see Answers) whose
// centre is fixed,
//
//	F_W(x, y) = ‖u_y − W x‖²,    ∂F/∂W_ij = −2 rᵢ xⱼ,    r = u_y − W x
//
// for x in ℝ^Nx and W row-major, D×Nx, where D is the length of a centre. As
// the centres are apart, not all energies can be small: √F(x, i) + √F(x, j) ≥
// ‖uᵢ − uⱼ‖, so it does not collapse (C20). GradY is NaN.
type RBF struct {
	Nx      int
	Centres [][]float64
}

// Params returns D·Nx. All methods panic if there are no centres, or if they differ in
// length.
func (e RBF) Params() int {
	if len(e.Centres) == 0 {
		panic("ebm: no centres")
	}
	for _, u := range e.Centres {
		if len(u) != len(e.Centres[0]) {
			panic("ebm: centres differ in length")
		}
	}
	return len(e.Centres[0]) * e.Nx
}

// given returns the energy given the centre, and the centre u_y.
func (e RBF) given(w, x, y []float64) (Regression, []float64) {
	shape(w, x, y, e.Params(), e.Nx, 1)
	u := e.Centres[index(y, len(e.Centres))]
	return Regression{Nx: e.Nx, Ny: len(u)}, u
}

// Eval returns ‖u_y − W x‖².
func (e RBF) Eval(w, x, y []float64) float64 {
	f, u := e.given(w, x, y)
	return f.Eval(w, x, u)
}

// GradW returns −2 r xᵀ, row-major.
func (e RBF) GradW(dst, w, x, y []float64) []float64 {
	f, u := e.given(w, x, y)
	return f.GradW(dst, w, x, u)
}

// GradY returns NaN.
func (e RBF) GradY(dst, w, x, y []float64) []float64 {
	e.given(w, x, y)
	return undefined(dst, 1)
}

// LearnedRBF is RBF with its N centres among the parameters,
//
//	F_W(x, y) = ‖u_y − V x‖²,    W = (V, u₀, …, u_{N−1})
//	∂F/∂V_ij = −2 rᵢ xⱼ,    ∂F/∂u_y = 2 r,    ∂F/∂u_k = 0 for k ≠ y,    r = u_y − V x
//
// for x in ℝ^Nx and centres in ℝᴰ; V is row-major, D×Nx. Here W = 0 makes F ≡
// 0: it can collapse (C18, C20). GradY is NaN.
type LearnedRBF struct{ Nx, D, N int }

// Params returns D·(Nx + N).
func (e LearnedRBF) Params() int { return e.D * (e.Nx + e.N) }

// parts returns the energy given the centre, V, and the place of the centre u_y
// in w.
func (e LearnedRBF) parts(w, x, y []float64) (given Regression, v []float64, at int) {
	shape(w, x, y, e.Params(), e.Nx, 1)
	nv := e.D * e.Nx
	return Regression{Nx: e.Nx, Ny: e.D}, w[:nv], nv + index(y, e.N)*e.D
}

// Eval returns ‖u_y − V x‖².
func (e LearnedRBF) Eval(w, x, y []float64) float64 {
	given, v, at := e.parts(w, x, y)
	return given.Eval(v, x, w[at:at+e.D])
}

// GradW returns (∂F/∂V, ∂F/∂u₀, …).
func (e LearnedRBF) GradW(dst, w, x, y []float64) []float64 {
	given, v, at := e.parts(w, x, y)
	dst = room(dst, e.Params())
	clear(dst)
	given.GradW(dst[:len(v)], v, x, w[at:at+e.D])
	given.GradY(dst[at:at+e.D], v, x, w[at:at+e.D])
	return dst
}

// GradY returns NaN.
func (e LearnedRBF) GradY(dst, w, x, y []float64) []float64 {
	e.parts(w, x, y)
	return undefined(dst, 1)
}
