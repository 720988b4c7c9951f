package theory

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A descent is gradient descent in float64 on a pair loss, from the energies
// of a twin, with an ebm.Table of one entry for y and one for ȳ; or of a
// single entry that y and ȳ share; or of F = 1 + U² and F̄ = tanh V.
type descent struct {
	twin
	Square bool // the square-square loss; otherwise the simple one
	Shared bool
	Bent   bool // F and F̄ are curves of their weights
	Step   float64
	Steps  int
}

func (c descent) String() string {
	loss, energies := "simple loss", fmt.Sprintf("F=%s, F̄=%s", result.Decimal(c.F), result.Decimal(c.Fbar))
	if c.Square {
		loss = "square-square loss"
	}
	if c.Shared {
		energies = fmt.Sprintf("one energy for both, F=F̄=%s", result.Decimal(c.F))
	}
	if c.Bent {
		energies += ", of F = 1 + U² and F̄ = tanh V"
	}
	return fmt.Sprintf("%s, m=%s, from %s, %s of %s", loss, result.Decimal(c.M), energies, steps(c.Steps), result.Decimal(c.Step))
}

// coefficients gives ∂ℓ/∂F and ∂ℓ/∂F̄ of a loss of margin m.
type coefficients func(m, F, Fbar float64) (g, gbar float64)

// end returns the energies at the end of the descent.
func (c descent) end(of coefficients) (F, Fbar float64) {
	if c.Bent {
		return c.bent(of)
	}
	model, answers, W := ebm.Table{Nx: 1, Ny: 2}, ebm.Answers(2), []float64{c.F, c.Fbar}
	if c.Shared {
		model, answers, W = ebm.Table{Nx: 1, Ny: 1}, [][]float64{{0}, {0}}, []float64{c.F}
	}
	input, E, g := []float64{0}, make([]float64, 2), make([]float64, 2)
	W = ebm.Descend(W, c.Step, c.Steps, func(dst, W []float64) []float64 {
		ebm.Energies(E, model, W, input, answers)
		g[0], g[1] = of(c.M, E[0], E[1])
		return ebm.Pull(dst, g, model, W, input, answers)
	}, nil)
	ebm.Energies(E, model, W, input, answers)
	return E[0], E[1]
}

// bent is end, of F = 1 + U² and F̄ = tanh V. With F ≤ 5/4, |F̄| < 1 < m, and η ≤ ¼ if Square, both move more slowly than those of
// a table: |∂F/∂U| ≤ 1, and ∂F̄/∂V ≤ 1.
func (c descent) bent(of coefficients) (F, Fbar float64) {
	energies := func(W []float64) (F, Fbar float64) { return 1 + W[0]*W[0], math.Tanh(W[1]) }
	return energies(ebm.Descend([]float64{math.Sqrt(c.F - 1), math.Atanh(c.Fbar)}, c.Step, c.Steps, func(dst, W []float64) []float64 {
		F, Fbar := energies(W)
		g, gbar := of(c.M, F, Fbar)
		return append(dst[:0], g*2*W[0], gbar*(1-Fbar*Fbar))
	}, nil))
}

// right is the gradient of the loss that descends.
func (c descent) right() coefficients {
	if c.Square {
		return rightSquare
	}
	return rightSimple
}

// time is Steps·Step, the time that the descent stands for.
func (c descent) time() exact.Interval { return x(c.Step).Scale(float64(c.Steps)) }

// rest returns what is left after the descent of a violation v (F, or m − F̄)
// that moves alone: v − ηt with slope 1, and |1 − 2η|ᵗ v with slope 2v.
func (c descent) rest(v exact.Interval) exact.Interval {
	if !c.Square {
		return v.Sub(c.time()).Pos()
	}
	return v.Pos().Mul(c.decay(2).Abs())
}

// decay returns (1 − rate·η)ᵗ.
func (c descent) decay(rate float64) exact.Interval {
	return raised(x(1).Sub(x(c.Step).Scale(rate)), c.Steps)
}

// most finds whether no more is left of a violation v than its rest, but for rounding.
func (c descent) most(what string, v, end exact.Interval) finding {
	return atMost(what+" at the end but for rounding, and the most that may be left of it", end.Sub(c.drift()), c.rest(v))
}

// ends finds whether a violation v that moves alone ends at its rest, but for rounding; or, where the slope is 1, past the
// goal by less than one step.
func (c descent) ends(what string, v, end exact.Interval) finding {
	least := c.rest(v)
	switch {
	case !c.Square:
		least = v.Sub(c.time()).Max(x(-c.Step))
	case c.Step > 0.5: // 1 − 2η < 0
		least = least.Neg()
	}
	return all(c.most(what, v, end),
		atLeast(what+" at the end but for rounding, and the least that may be left of it", end.Add(c.drift()), least))
}

// drift returns what rounding may add up to. No number that occurs in a step
// is above L = |F| + |F̄| + m + ηt, or 2L in a gradient. With η ≤ ½ the
// roundings of a step (the two gradients and their sum, times η; the step; the
// new energy) come to at most ½ ulp(L) each, and no recurrence here amplifies
// errors: 2 ulp(L) ≤ 2⁻⁵¹ L a step.
func (c descent) drift() exact.Interval {
	L := math.Abs(c.F) + math.Abs(c.Fbar) + c.M + c.Step*float64(c.Steps)
	return x(L).Scale(float64(c.Steps) * 0x1p-51)
}

func drawStep(t *rapid.T) float64 {
	return rapid.SampledFrom([]float64{0.1, 0.25, 0.5, 0.05, 0.4, 0.01, 0.3}).Draw(t, "step")
}

func drawSteps(t *rapid.T) int { return rapid.IntRange(0, 60).Draw(t, "steps") }
