package theory

import "ebmcheck/properties/exact"

// Towers are two linear embeddings, of x and of y: F = (g₁x − g₂y)².
type towers struct{}

func (towers) Params() int { return 2 }

func (e towers) Eval(w, x, y []float64) float64 {
	d := e.difference(w, x, y)
	return d * d
}

func (towers) difference(w, x, y []float64) float64 { return w[0]*x[0] - w[1]*y[0] }

func (e towers) GradW(dst, w, x, y []float64) []float64 {
	d := 2 * e.difference(w, x, y)
	return append(dst[:0], d*x[0], -d*y[0])
}

func (e towers) GradY(dst, w, x, y []float64) []float64 {
	return append(dst[:0], -2*e.difference(w, x, y)*w[1])
}

// collapses reports whether the samples of a lesson leave F ≡ 0 alone: g₁x = g₂y = g₂y′ only for g₁ = g₂ = 0.
func (f family) collapses() bool { return f == embeddings }

// The loss of embeddings is a quadratic form: F(x, y) + F(x, y′) = WᵀMW, M = vvᵀ + v′v′ᵀ, v = (x, −y) and v′ = (x, −y′), of
// trace |v|² + |v′|² and determinant x²(y − y′)². A step is W ← (I − 2ηM)W: along the eigenvector of λ it multiplies by
// 1 − 2ηλ. So it shortens every W if ηλ < 1 for the larger λ, and for either W that has a part there otherwise grows.

// spread returns |(x, y)|², with which F(x, y) ≤ spread·‖W‖² for embeddings.
func (c lesson) spread(y float64) exact.Interval { return x(c.X).Sqr().Add(x(y).Sqr()) }

// dot returns v·v′.
func (c lesson) dot() exact.Interval { return x(c.X).Sqr().Add(x(c.Y).Mul(x(c.Also))) }

// curvatures returns the eigenvalues of M, the larger first.
func (c lesson) curvatures() (large, small exact.Interval) {
	one, other := c.spread(c.Y), c.spread(c.Also)
	large = one.Add(other).Add(one.Sub(other).Sqr().Add(c.dot().Sqr().Scale(4)).Sqrt()).Scale(0.5)
	return large, x(c.X).Mul(x(c.Y).Sub(x(c.Also))).Sqr().Div(large)
}

// falls reports whether each step lowers the loss of embeddings: ηλ < 1.
func (c lesson) falls() bool {
	large, _ := c.curvatures()
	return x(c.Step).Mul(large).Less(x(1))
}

// collapse returns what ‖W‖² has come down to at most, if each step lowers the loss: a step multiplies ‖W‖ by the larger of
// |1 − 2ηλ|. It rounds W·v twice in its products and once in their difference, and 2(W·v)v once more, then the sum of both,
// η times it and the new W: each relatively, of what is at most ‖W‖ and 2η tr M·‖W‖, tr M ≤ 2λ. With ηλ < 1 that is
// 2^−53·‖W₀‖ times 6·4 + 1 in all, and 26 covers the second order.
func (c lesson) collapse() exact.Interval {
	large, small := c.curvatures()
	by := func(curvature exact.Interval) exact.Interval {
		return x(1).Sub(x(c.Step).Scale(2).Mul(curvature)).Abs()
	}
	norm := x(c.W[0]).Sqr().Add(x(c.W[1]).Sqr()).Sqrt()
	roundings := x(26 * float64(c.Steps) * 0x1p-53)
	return norm.Mul(raised(by(large).Max(by(small)), c.Steps).Add(roundings)).Sqr()
}

// evaluated covers what is rounded in F = (W·v)², four operations of which one counts twice.
const evaluated = 1 + 0x1p-50

// collapsed finds whether y and ȳ have no more energy than the collapse leaves.
func (c lesson) collapsed(F []float64) finding {
	return all(
		atMost("F(x, y) and |(x, y)|²‖W‖², ‖W‖ ≤ max |1 − 2ηλ|ᵗ ‖W₀‖", x(F[0]), c.spread(c.Y).Mul(c.collapse()).Scale(evaluated)),
		atMost("F(x, ȳ) and |(x, ȳ)|²‖W‖², ‖W‖ ≤ max |1 − 2ηλ|ᵗ ‖W₀‖", x(F[1]), c.spread(c.Ybar).Mul(c.collapse()).Scale(evaluated)))
}

// sooner is a planted fault: in half of the steps F(x, ȳ) comes down to what all of them leave.
func (c lesson) sooner() finding {
	if !c.Family.collapses() || c.Steps == 0 {
		return nothing("nothing collapses")
	}
	half := c
	half.Steps = (c.Steps + 1) / 2
	_, F := half.learn()
	return c.collapsed(F)
}

// fallen finds whether the loss of embeddings, which is to come down to 0, is no more than at the start.
func (c lesson) fallen(F []float64) finding {
	start := c.energies(c.W)
	return atMost("the loss F(x, y) + F(x, y′) after the descent, against that before", x(F[0]).Add(x(F[2])), x(start[0]).Add(x(start[2])))
}

// grown returns what the loss of embeddings is after the descent, at least: with e the eigenvector of the larger λ, of which
// (M − μ)v is a multiple, μ the smaller, λ(1 − 2ηλ)^{2t}(e·W₀)². The rest of it, that of μ, falls, or grows less.
func (c lesson) grown() exact.Interval {
	large, small := c.curvatures()
	gap := c.spread(c.Y).Sub(small) // Mv − μv = (|v|² − μ)v + (v·v′)v′
	e1, e2 := x(c.X).Mul(gap.Add(c.dot())), x(c.Y).Mul(gap).Add(x(c.Also).Mul(c.dot())).Neg()
	part := e1.Mul(x(c.W[0])).Add(e2.Mul(x(c.W[1]))).Sqr().Div(e1.Sqr().Add(e2.Sqr()))
	return large.Mul(part).Mul(raised(x(1).Sub(x(c.Step).Scale(2).Mul(large)), 2*c.Steps))
}

// outgrown reports whether what grows under steps too large has outgrown all that there was. Twice the first loss covers all
// roundings.
func (c lesson) outgrown() bool {
	start := c.energies(c.W)
	return x(start[0]).Add(x(start[2])).Scale(2).Less(c.grown())
}

// diverging are the strata of lessons, and two of embeddings whose steps are too large.
func diverging(reach map[string]func(lesson) bool) map[string]func(lesson) bool {
	reach["steps too large"] = func(c lesson) bool { return c.Family.collapses() && !c.falls() && c.outgrown() }
	reach["steps all but too large"] = func(c lesson) bool {
		large, _ := c.curvatures()
		return c.Family.collapses() && c.falls() && x(0.75).Less(x(c.Step).Mul(large))
	}
	return reach
}
