package ebm

import (
	"math/big"

	"ebmcheck/ebm/twofold"
)

// Near F_β = 0 the least energy and ln(Σ w)/β, which are no small numbers, cancel:
// F = (ln 2, ln 2) as float64s leaves 2.3e-17 of them, and pairs can be found that
// leave 1e-32; any F = −ln p of probabilities does. There are not enough bits in a
// twofold number for that. Then Z − 1 is added up in 192 bits, and where those are
// not enough either, ln Z in as many as it takes. It is exactly 0 only if Z has no
// exponential in it: by the theorem of Lindemann and Weierstrass Σ μᵢ e^(−βFᵢ) = 1
// has no solution in rational numbers but with βFᵢ = 0 wherever μᵢ > 0.

// cancelled says whether their sum or difference has lost more than 2¹² of a and b:
// known to 2⁻⁹⁶, as logarithms are, it is then known to less than 2⁻⁸³.
func cancelled(a, b, left twofold.Number) bool {
	return b.Finite() && a.Hi != 0 && (left.Hi == 0 || left.Scale < a.Scale-12)
}

// nearLogZ returns ln Z from Z − 1, to 2⁻⁸³; ok is false where Z is not near enough to 1
// for 192 bits to hold it, or too near for them to show it.
//
// With Z below 2 and n below 2²⁰ the sum is off by less than 2⁻¹⁷⁷ + 2⁻¹⁷¹ (see
// twofold.Fixed).
func (g *plain) nearLogZ() (ln twofold.Number, ok bool) {
	var Z twofold.Fixed
	Z.AddInt(-1)
	for i, w := range g.w {
		if w.Hi != 0 && !Z.AddExp(g.mu.at(i), twofold.Prod(-g.beta, g.energies[i])) {
			return ln, false
		}
	}
	excess := Z.Number()
	if excess.Hi == 0 || excess.Scale < -86 || excess.Scale > -2 || len(g.w) >= 1<<20 {
		return ln, false
	}
	return excess.Log1p(), true
}

// deepLogZ returns ln Z for a finite β > 0 to 83 bits at least, or to 2⁻⁹⁶ of 2^floor if
// that is more.
func (g *plain) deepLogZ(floor int) *big.Float {
	return deepen(max(0, g.ln.Big(64).MantExp(nil)), floor, func(prec uint) *big.Float {
		_, w := g.deepWeights(prec)
		low := newBig(prec).Mul(bigFloat(g.beta, prec), bigFloat(g.low, prec))
		return low.Sub(g.deepLog(w), low)
	})
}

// deepEntropy is the same of the entropy, ⟨β(F − low)⟩ + ln Σ w.
func (g *plain) deepEntropy() *big.Float {
	return deepen(max(0, g.ln.Big(64).MantExp(nil)), underflow, func(prec uint) *big.Float {
		gap, w := g.deepWeights(prec)
		sum, mean := newBig(prec), newBig(prec)
		for i, w := range w {
			if w != nil {
				sum.Add(sum, w)
				mean.Add(mean, newBig(prec).Mul(w, gap[i]))
			}
		}
		mean.Quo(mean, sum)
		return mean.Add(mean, g.deepLog(w))
	})
}

// underflow is the exponent below which all numbers round to 0.
const underflow = -1076

// deepen returns f at 256, 512, … bits, the first that leaves enough of them: what f returns
// is off by 2⁶⁴ units at most, in the last of prec bits of a number of the exponent size.
func deepen(size, floor int, f func(prec uint) *big.Float) *big.Float {
	for prec := uint(256); ; prec *= 2 {
		x := f(prec)
		if x.Sign() != 0 && size-x.MantExp(nil) < int(prec)-160 || int(prec) >= size-floor+160 {
			return x
		}
	}
}

// deepWeights returns gaps and weights of the answers that have any. A weight is off by
// some 2⁵⁰ units of the last of prec bits, most of it by squaring.
func (g *plain) deepWeights(prec uint) (gap, w []*big.Float) {
	gap, w = make([]*big.Float, len(g.w)), make([]*big.Float, len(g.w))
	for i := range g.w {
		if g.w[i].Hi == 0 {
			continue
		}
		gap[i] = newBig(prec).Sub(bigFloat(g.energies[i], prec), bigFloat(g.low, prec))
		gap[i].Mul(gap[i], bigFloat(g.beta, prec))
		e := twofold.BigExp(newBig(prec).Neg(gap[i]))
		w[i] = e.Mul(e, g.mu.at(i).Big(prec))
	}
	return gap, w
}

// deepLog returns ln Σ w: each step of Halley's method y + 2(S − e^y)/(S + e^y) has three
// times as many bits as the one before, and the first has 96.
func (g *plain) deepLog(w []*big.Float) *big.Float {
	prec := w[g.top].Prec()
	sum := newBig(prec)
	for _, w := range w {
		if w != nil {
			sum.Add(sum, w)
		}
	}
	y := g.ln.Big(prec)
	for bits := uint(96); bits < prec; bits *= 3 {
		e := twofold.BigExp(y)
		step := newBig(prec).Sub(sum, e)
		step.Quo(step, e.Add(e, sum))
		y.Add(y, step.Add(step, step))
	}
	return y
}

func newBig(prec uint) *big.Float { return new(big.Float).SetPrec(prec) }

func bigFloat(x float64, prec uint) *big.Float { return newBig(prec).SetFloat64(x) }
