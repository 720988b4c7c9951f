package ebm

import (
	"math/big"

	"ebmcheck/ebm/twofold"
)

// Near F_β = 0 the least energy and ln(Σ w)/β, which are no small numbers, cancel:
// F = (ln 2, ln 2) as float64s leaves 2.3e-17 of them, and pairs can be found that
// leave 1e-32. There are not enough bits in a twofold number for that, and so the
// difference is done again in as many as it takes. It is never exactly 0 under
// Counting, unless all energies but one are infinite: by the theorem of Lindemann
// and Weierstrass Σ e^(−βFᵢ) = 1 has no other solution in rational numbers. With
// masses it can be 0; 1024 bits without a difference are then taken for none.

// cancelled says whether their sum or difference has lost more than 2¹² of a and b:
// known to 2⁻⁹⁶, as logarithms are, it is then known to less than 2⁻⁸³.
func cancelled(a, b, left twofold.Number) bool {
	return b.Finite() && a.Hi != 0 && (left.Hi == 0 || left.Scale < a.Scale-12)
}

// deepLogZ returns ln Z to 64 bits at least, for a finite β > 0.
func (g *Gibbs) deepLogZ() *big.Float {
	for prec := uint(256); ; prec *= 2 {
		ln := newBig(prec).Sub(g.deepLog(prec), newBig(prec).Mul(bigFloat(g.beta, prec), bigFloat(g.low, prec)))
		lost := max(0, g.ln.Big(prec).MantExp(nil)) - ln.MantExp(nil) // ln Σ w is known to 2⁻ᵖʳᵉᶜ if it is small
		if ln.Sign() != 0 && lost < int(prec)-64-64 || prec >= 1024 { // 64 bits of error, 64 of result
			return ln
		}
	}
}

// deepLog returns ln Σ w. Each w has an error of some 2⁵⁰ units of the last of prec
// bits, most of it by squaring; each step of Halley's method y + 2(S − e^y)/(S + e^y)
// has three times as many bits as the one before, and the first has 96.
func (g *Gibbs) deepLog(prec uint) *big.Float {
	sum := newBig(prec)
	for i := range g.energies {
		if g.w[i].Hi == 0 {
			continue
		}
		gap := newBig(prec).Sub(bigFloat(g.energies[i], prec), bigFloat(g.low, prec))
		gap.Mul(gap, bigFloat(-g.beta, prec))
		sum.Add(sum, gap.Mul(bigExponential(gap), g.mu.at(i).Big(prec)))
	}
	y := g.ln.Big(prec)
	for bits := uint(96); bits < prec; bits *= 3 {
		e := bigExponential(y)
		step := newBig(prec).Sub(sum, e)
		step.Quo(step, e.Add(e, sum))
		y.Add(y, step.Add(step, step))
	}
	return y
}

// bigExponential returns e^x: its Taylor series on x/2ᵏ, |x|/2ᵏ < 2⁻¹⁶, squared k times.
func bigExponential(x *big.Float) *big.Float {
	prec := x.Prec()
	sum, term := bigFloat(1, prec), bigFloat(1, prec)
	if x.Sign() == 0 {
		return sum
	}
	k := max(0, x.MantExp(nil)+16)
	r := newBig(prec).SetMantExp(x, -k)
	for n := 1.; term.MantExp(nil) > -int(prec); n++ {
		term.Mul(term, r)
		term.Quo(term, bigFloat(n, prec))
		sum.Add(sum, term)
	}
	for range k {
		sum.Mul(sum, sum)
	}
	return sum
}

func newBig(prec uint) *big.Float { return new(big.Float).SetPrec(prec) }

func bigFloat(x float64, prec uint) *big.Float { return newBig(prec).SetFloat64(x) }
