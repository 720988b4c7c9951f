package theory

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/ebm"
	"ebmcheck/losses"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A training is gradient descent on the NLL of one correct answer, of energy
// F at the start, among N with N−1 incorrect ones, of energy F̄ at the start
// (so for ever: they are treated alike).
//
// On a table, F_i = W_i. Let p be the probability of one incorrect answer, so
// that 1 − p_y = (n−1)p, and u = β(F̄ − F). A step adds ηp to each F̄ and takes
// η(n−1)p from F:
//
//	ΣF stays,   u' = u + nβηp,   p = 1/(e^u + n − 1) = 1/Φ'(u)   with Φ(u) = e^u + (n−1)u
//
// Φ is convex, so Φ(u') ≥ Φ(u) + Φ'(u)(u' − u) = Φ(u) + nβη: a step raises Φ
// by nβη at least, whatever the size of the step. By Taylor's remainder, with
// Φ” = e^u, e^u/(e^u + n−1)² ≤ 1/(4(n−1)) and u' − u ≤ D = nβη/Φ'(u₀), it
// raises Φ by nβη + (nβη)² e^D / (8(n−1)) at most.
type training struct {
	N       int
	F, Fbar float64 // at the start
	Beta    float64
	Eta     float64 // step
	B       float64 // the bound to be passed
}

func (c training) String() string {
	return fmt.Sprintf("table, n=%d, start F_y=%s, F_ȳ=%s, β=%s, bound B=%s, %d steps of η=%s",
		c.N, result.Decimal(c.F), result.Decimal(c.Fbar), result.Decimal(c.Beta), result.Decimal(c.B), c.steps(), result.Decimal(c.Eta))
}

// needed returns how many steps on a table pass the bound by the law above:
// F̄ = (ΣF + u/β)/n exceeds B once u exceeds β(nB − ΣF).
func (c training) needed() float64 {
	n := float64(c.N)
	phi := func(u float64) float64 { return math.Exp(u) + (n-1)*u }
	sum := c.F + (n-1)*c.Fbar
	return (phi(c.Beta*(n*c.B-sum)) - phi(c.Beta*(c.Fbar-c.F))) / (n * c.Beta * c.Eta)
}

// steps returns how many are taken: one more.
func (c training) steps() int { return 1 + int(math.Ceil(max(c.needed(), 0))) }

// descend returns the energies after T steps on ℓ, of gradient δ − p; or,
// wrongly, with p added.
func (c training) descend(T int, added bool) []float64 {
	W := make([]float64, c.N)
	for i := range W {
		W[i] = c.Fbar
	}
	W[0] = c.F
	nll := losses.NLL{Beta: c.Beta}
	return ebm.Descend(W, c.Eta, T, func(dst, W []float64) []float64 {
		nll.Eval(dst, W, 0)
		if added { // δ + p = 2δ − (δ − p)
			for i := range dst {
				dst[i] = -dst[i]
			}
			dst[0] += 2
		}
		return dst
	}, nil)
}

// passes finds whether the incorrect energies are above the bound after
// c.steps() steps, and whether the law of the descent was kept.
func (c training) passes(added bool) finding {
	T := c.steps()
	F := c.descend(T, added)
	return all(less(fmt.Sprintf("B and F_ȳ after %d steps", T), x(c.B), x(F[c.N-1])), c.law(T, F))
}

// law finds whether T steps to the energies F conserved ΣF and raised Φ as
// they must, but for rounding. Let M bound the energies on the way, on which
// F falls and F̄ rises. A component of the gradient is rounded once,
// by a relative 2⁻⁵² (losses.NLL is within an ulp), the product with η by 2⁻⁵³
// and the sum by 2⁻⁵³M absolutely. In T steps
//
//   - ΣF moves by 2⁻⁵¹ of what was added and taken, 2·2M, and by nT·2⁻⁵³M:
//     less than (20 + nT)·2⁻⁵³M;
//   - Φ misses 2⁻⁵¹ of its rise nβηT, and T·Φ'(u_T)·2β·2⁻⁵³M: Φ' is largest
//     at the end. Upwards the same, and what that does to Taylor's remainder
//     is far less than the remainder itself, so twice that is allowed.
func (c training) law(T int, F []float64) finding {
	n, beta, t := float64(c.N), x(c.Beta), float64(T)
	M := max(c.F, -F[0], -c.Fbar, F[c.N-1])
	before, after := x(c.F).Add(x(c.Fbar).Scale(n-1)), sum(xs(F))

	phi := func(u exact.Interval) exact.Interval { return u.Exp().Add(u.Scale(n - 1)) }
	rate := func(u exact.Interval) exact.Interval { return u.Exp().Add(x(n - 1)) }
	u0, u := beta.Mul(x(c.Fbar).Sub(x(c.F))), beta.Mul(x(F[c.N-1]).Sub(x(F[0])))
	push := beta.Mul(x(c.Eta)).Scale(n) // nβη
	rise := phi(u).Sub(phi(u0))
	rounding := push.Scale(t * 0x1p-51).Add(rate(u).Mul(beta).Scale(t * 0x1p-52 * M))
	remainder := push.Sqr().Mul(push.Div(rate(u0)).Exp()).Scale(t / 4).Div(x(n - 1)) // twice the bound
	return all(
		atMost("the drift of ΣF and its allowance", after.Sub(before).Abs(), x((20+n*t)*0x1p-53*M)),
		atMost("nβηT and the rise of e^u + (n−1)u", push.Scale(t).Sub(rounding), rise),
		atMost("the rise of e^u + (n−1)u and nβηT with Taylor's remainder", rise, push.Scale(t).Add(rounding).Add(remainder)))
}

func trainings() []training {
	cs := []training{}
	for _, n := range []int{2, 3, 4} {
		for _, eta := range []float64{1, 0.5} {
			cs = append(cs, training{N: n, Beta: 1, Eta: eta, B: 1})
		}
	}
	return cs
}

// drawTraining draws β and η for which sixty steps pass the bound.
func drawTraining(t *rapid.T) training {
	c := training{
		N: rapid.IntRange(2, 5).Draw(t, "n"),
		F: decimal(t, 100, "F"), Fbar: decimal(t, 100, "F̄"),
		Beta: rapid.SampledFrom([]float64{1, 0.5, 2, 0.25}).Draw(t, "β"),
		Eta:  rapid.SampledFrom([]float64{1, 0.5, 0.25, 2}).Draw(t, "η"),
		B:    rapid.SampledFrom([]float64{1, 2, 1.5, 3}).Draw(t, "B"),
	}
	if rapid.IntRange(0, 3).Draw(t, "steps") == 3 { // small steps, a near bound: close to the flow, for which the law is exact
		c.Eta, c.B = 0x1p-8, c.Fbar+0x1p-6
	}
	for c.needed() > 60 {
		if c.Beta > 0.1 {
			c.Beta /= 2
		} else {
			c.Eta *= 2
		}
	}
	return c
}
