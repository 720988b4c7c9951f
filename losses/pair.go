package losses

import (
	"math"
	"math/big"

	"ebmcheck/ebm/twofold"
)

// Simple is the source's simple loss (SOURCE 1.3(a); not in Table 1),
//
//	ℓ = [F]⁺ + [m − F̄]⁺
//	∂ℓ/∂F = 1 if F > 0, else 0;   ∂ℓ/∂F̄ = −1 if F̄ < m, else 0
//
// (The source prints the second condition reversed.)
type Simple struct{ Margin float64 }

// Pair implements PairLoss.
func (l Simple) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	if !energies(F, Fbar) || math.IsNaN(l.Margin-Fbar) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	switch right, wrong := F > 0, Fbar < l.Margin; {
	case right && wrong:
		return sum(F, l.Margin, -Fbar), 1, -1
	case right:
		return F, 1, 0
	case wrong:
		return l.Margin - Fbar, 0, -1
	}
	return 0, 0, 0
}

// Hinge is the hinge loss (SOURCE 1.3(b), Table 1; margin m),
//
//	ℓ = [m + F − F̄]⁺
//	∂ℓ/∂F = −∂ℓ/∂F̄ = 1 if m + F > F̄, else 0
//
// correctly rounded, and on the right side of its kink, however much cancels.
// The zero Hinge is the perceptron on pairs.
type Hinge struct{ Margin float64 }

// Pair implements PairLoss.
func (l Hinge) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	t := sum(l.Margin, F, -Fbar)
	switch {
	case !energies(F, Fbar) || math.IsNaN(t):
		return math.NaN(), math.NaN(), math.NaN()
	case t > 0:
		return t, 1, -1
	}
	return 0, 0, 0
}

// Log is the log loss, a soft hinge without a margin (SOURCE 1.3(c), Table 1),
//
//	ℓ = ln(1 + e^d),  d = F − F̄
//	∂ℓ/∂F = −∂ℓ/∂F̄ = e^d / (1 + e^d)
//
// It is SoftHinge{0, 1}.
type Log struct{}

// Pair implements PairLoss.
func (Log) Pair(F, Fbar float64) (loss, dF, dFbar float64) { return SoftHinge{0, 1}.Pair(F, Fbar) }

// SoftHinge is the hinge made smooth at inverse temperature β (identity 59),
//
//	ℓ = (1/β) ln(1 + e^(βt)),  t = m + F − F̄
//	∂ℓ/∂F = −∂ℓ/∂F̄ = 1 / (1 + e^(−βt))
//
// With two answers and m = 0 it is NLL. At Beta = +Inf it is Hinge; at Beta = 0
// the value is +Inf and the slope ½ (but 0 for an impossible ȳ). Pair panics if Beta is negative or NaN.
type SoftHinge struct{ Margin, Beta float64 }

// Pair implements PairLoss.
func (l SoftHinge) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	demand(l.Beta)
	if math.IsInf(l.Beta, 1) {
		return Hinge{l.Margin}.Pair(F, Fbar)
	}
	beta, t := twofold.Of(math.Abs(l.Beta)), wideSum(l.Margin, F, -Fbar)
	switch {
	case !energies(F, Fbar) || math.IsNaN(t.Hi):
		return math.NaN(), math.NaN(), math.NaN()
	case math.IsInf(t.Hi, 1):
		return t.Hi, 1, -1
	case math.IsInf(t.Hi, -1):
		return 0, 0, 0
	}
	x := logisticAt(beta.Mul(t))
	dF = x.sigma().Float64()
	return x.softplus().Div(beta).Float64(), dF, 0 - dF
}

// SquareExp is the square-exponential loss (Table 1, where γ is called β: it is
// not the inverse temperature),
//
//	ℓ = F² + γ e^(−F̄)
//	∂ℓ/∂F = 2F,   ∂ℓ/∂F̄ = −γ e^(−F̄)
//
// finite wherever γ e^(−F̄) is, even if e^(−F̄) is not. At Gamma = 0 the second
// term is 0 for every F̄. Where Gamma < 0 the terms may cancel, to any depth: F = ½,
// γ = −¼, F̄ = 2·10⁻²⁹² gives 5·10⁻²⁹³.
type SquareExp struct{ Gamma float64 }

// Pair implements PairLoss.
func (l SquareExp) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	push := twofold.Of(l.Gamma)
	if l.Gamma != 0 || math.IsNaN(Fbar) {
		push = push.Mul(twofold.Of(-Fbar).Exp())
	}
	square := twofold.Prod(F, F)
	sum := square.Add(push)
	if !energies(F, Fbar) || math.IsNaN(sum.Hi) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	if sum.Finite() && Fbar != 0 && F != 0 && (sum.Hi == 0 || sum.Scale < square.Scale-12) {
		sum = l.cancelled(F, Fbar)
	}
	return sum.Float64(), 2 * F, 0 - push.Float64()
}

// cancelled returns the loss where its terms cancel, in as many bits as they cancel and
// 64 more, and those that twofold.BigExp may lose. It is not 0 unless F̄ is: e^(−F̄) is not
// rational, by Lindemann and Weierstrass.
func (l SquareExp) cancelled(F, Fbar float64) twofold.Number {
	for prec := uint(256); ; prec *= 2 {
		number := func(x float64) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }
		square, push := number(F), twofold.BigExp(number(-Fbar))
		square.Mul(square, square)
		sum := number(0).Add(square, push.Mul(push, number(l.Gamma)))
		if sum.Sign() != 0 && square.MantExp(nil)-sum.MantExp(nil) < int(prec)-128 {
			return twofold.FromBig(sum)
		}
	}
}

// LVQ2 is the learning vector quantisation loss as Table 1 has it (margin 0),
//
//	ℓ = min(M, [d]⁺),  d = F − F̄
//	∂ℓ/∂F = −∂ℓ/∂F̄ = 1 if 0 < d < M, else 0
//
// with M the Cap. (The tutorial's text divides d by δF̄ and caps at 1.)
type LVQ2 struct{ Cap float64 }

// Pair implements PairLoss.
func (l LVQ2) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	d := F - Fbar
	switch {
	case !energies(F, Fbar) || math.IsNaN(d) || math.IsNaN(l.Cap):
		return math.NaN(), math.NaN(), math.NaN()
	case d > 0 && (math.IsInf(l.Cap, 1) || sum(F, -Fbar, -l.Cap) < 0):
		return min(d, l.Cap), 1, -1
	}
	return min(l.Cap, max(0, d)), 0, 0
}

// MCE is the minimum classification error loss (Table 1),
//
//	ℓ = 1 / (1 + e^(−d)),  d = F − F̄
//	∂ℓ/∂F = −∂ℓ/∂F̄ = ℓ (1 − ℓ)
type MCE struct{}

// Pair implements PairLoss.
func (MCE) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	if !energies(F, Fbar) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	x := logisticAt(twofold.Diff(F, Fbar))
	dF = x.slope().Float64()
	return x.sigma().Float64(), dF, 0 - dF
}

// energies says whether both are: finite, or +Inf for an impossible answer.
func energies(F, Fbar float64) bool { return F > math.Inf(-1) && Fbar > math.Inf(-1) }

// A logistic is what softplus, ln(1 + e^z), and its first two derivatives are made of: from
// e^(−|z|) ≤ 1 nothing cancels in either tail.
type logistic struct{ z, e, onePlus twofold.Number } // e = e^(−|z|), 1 + e

func logisticAt(z twofold.Number) logistic {
	e := z
	if z.Sign() > 0 {
		e = z.Neg()
	}
	e = e.Exp()
	return logistic{z, e, twofold.Of(1).Add(e)}
}

// softplus is ln(1 + e^z).
func (x logistic) softplus() twofold.Number {
	if x.z.Sign() > 0 {
		return x.z.Add(x.e.Log1p())
	}
	return x.e.Log1p()
}

// sigma is 1/(1 + e^(−z)), the derivative of softplus.
func (x logistic) sigma() twofold.Number {
	if x.z.Sign() > 0 {
		return twofold.Of(1).Div(x.onePlus)
	}
	return x.e.Div(x.onePlus)
}

// slope is σ(1 − σ), the derivative of σ.
func (x logistic) slope() twofold.Number { return x.e.Div(x.onePlus).Div(x.onePlus) }
