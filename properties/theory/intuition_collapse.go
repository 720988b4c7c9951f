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
// trace T = |v|² + |v′|² and determinant D = x²(y − y′)². A step is W ← (I − 2ηM)W. As M² = TM − D·I, it leaves of ‖W‖²
//
//	‖W‖² − 4ηWᵀMW + 4η²‖MW‖² = (1 − 4η²D)‖W‖² − 4η(1 − ηT)WᵀMW
//
// and T·WᵀMW = ‖MW‖² + D‖W‖² ≥ D‖W‖²: for ηT ≤ 1 at most 1 − 4ηD/T ≤ e^{−k} of it,
//
//	k = 4ηx²(y − y′)²/T

// spread returns |(x, y)|², with which F(x, y) ≤ spread·‖W‖² for embeddings.
func (c lesson) spread(y float64) exact.Interval { return x(c.X).Sqr().Add(x(y).Sqr()) }

// decay returns k of embeddings, of the steps of a lesson.
func (c lesson) decay() exact.Interval {
	T := c.spread(c.Y).Add(c.spread(c.Also))
	return x(4 * c.Step).Mul(x(c.X).Mul(x(c.Y).Sub(x(c.Also))).Sqr()).Div(T)
}

// collapse returns what ‖W‖² has come down to at most, e^{−kt}‖W₀‖², for ηT ≤ 1. A step rounds W·v twice in its products and
// once in their difference, and 2(W·v)v once more, then the sum of both, η times it and the new W: each relatively, of what is
// at most ‖W‖ and 2ηT·‖W‖. With ηT ≤ 1 that is 2^−53·‖W₀‖ times 6·2 + 1 in all, and 14 covers the second order.
func (c lesson) collapse() exact.Interval {
	norm := x(c.W[0]).Sqr().Add(x(c.W[1]).Sqr()).Sqrt()
	left := c.decay().Scale(-0.5 * float64(c.Steps)).Exp()
	return norm.Mul(left.Add(x(14 * float64(c.Steps) * 0x1p-53))).Sqr()
}

// evaluated covers what is rounded in F = (W·v)², four operations of which one counts twice.
const evaluated = 1 + 0x1p-50

// collapsed finds whether y and ȳ have no more energy than the collapse leaves.
func (c lesson) collapsed(F []float64) finding {
	return all(
		atMost("F(x, y) and |(x, y)|²‖W‖², ‖W‖² ≤ e^{−kt}‖W₀‖²", x(F[0]), c.spread(c.Y).Mul(c.collapse()).Scale(evaluated)),
		atMost("F(x, ȳ) and |(x, ȳ)|²‖W‖², ‖W‖² ≤ e^{−kt}‖W₀‖²", x(F[1]), c.spread(c.Ybar).Mul(c.collapse()).Scale(evaluated)))
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
