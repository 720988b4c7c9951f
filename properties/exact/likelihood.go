package exact

import (
	"math"
	"math/big"
)

func checkAnswer(F []float64, y int) {
	if y < 0 || y >= len(F) {
		panic("exact: answer out of range")
	}
}

// NLL returns the negative log-likelihood loss and its gradient (Table 1, NLL):
//
//	F_y + (1/β) ln Σ_j e^{−βF_j}, ∂/∂F = e_y − p
//
// Special cases are:
//
//   - if y is the only possible answer, the loss is 0 at every β, and so is the gradient;
//   - if y is impossible and another answer is not, the loss is +Inf; the gradient is the limit e_y − p, with p_y = 0;
//   - at β = 0 with several possible answers the loss is +Inf (ln(n)/β → ∞), the gradient e_y − p with p uniform;
//   - at β = +Inf it is the perceptron loss;
//   - if all answers are impossible, an energy is NaN or −Inf, or β is negative or NaN, everything is NaN.
//
// NLL panics if y is out of range.
func NLL(F []float64, y int, beta float64) Truth {
	checkAnswer(F, y)
	if math.IsInf(beta, 1) {
		return Perceptron(F, y)
	}
	e, ok := newEnsemble(F, beta)
	if !ok || e.many == 0 {
		t := nothing(len(F))
		return Truth{Value: t.Value, Grad: t.Grad}
	}
	t := Truth{Value: e.nll(y), Grad: make([]Range, len(F)), SumZero: true}
	e.probs(func(i int, v Value) { t.Grad[i] = smooth(v.negative()) })
	t.Grad[y] = smooth(e.q(y))
	return t
}

// nll returns (F_y − min F) + ln(1 + Σ_{j≠least} w_j)/β: nothing cancels, as both terms are ≥ 0. For a minimiser y the first
// is 0 and the sum that over j ≠ y.
func (e *ensemble) nll(y int) Value {
	switch {
	case !e.has(y):
		return whole(math.Inf(1))
	case e.many == 1:
		return Value{}
	case e.beta == 0:
		return whole(math.Inf(1))
	}
	if f := e.fast(); f != nil {
		if v, ok := f.nll(e.F, y, e.least, e.beta); ok {
			return v
		}
	}
	return converge(true, func(prec uint) Interval {
		l := e.at(prec).rest(e.least).Log1p().Div(Of(e.beta, prec))
		return Of(e.F[y], prec).Sub(Of(e.F[e.least], prec)).Add(l)
	})
}

// MEE returns the minimum empirical error loss and its gradient (Table 1, MEE):
//
//	1 − p_y, ∂/∂F_j = β p_y (δ_jy − p_j)
//
// Special cases are:
//
//   - if y is impossible and another answer is not, the loss is 1 and the gradient 0;
//   - at β = 0, p is uniform over the possible answers and the gradient is 0;
//   - at β = +Inf, p is uniform over the minimisers, and the gradient 0 but where y is one of several: there the loss
//     is not continuous and the gradient NaN;
//   - if all answers are impossible, an energy is NaN or −Inf, or β is negative or NaN, everything is NaN.
//
// MEE panics if y is out of range.
func MEE(F []float64, y int, beta float64) Truth {
	checkAnswer(F, y)
	e, ok := newEnsemble(F, beta)
	if !ok || e.many == 0 {
		t := nothing(len(F))
		return Truth{Value: t.Value, Grad: t.Grad}
	}
	t := Truth{Value: e.q(y), Grad: make([]Range, len(F)), SumZero: true}
	switch {
	case !e.has(y) || beta == 0 || e.many == 1: // 0
	case math.IsInf(beta, 1):
		for i := range F {
			t.Grad[i] = smooth(undefined)
		}
	case e.level:
		v, own := smooth(e.levelSlope(-1)), smooth(e.levelSlope(e.many-1))
		for j := range F {
			if e.has(j) {
				t.Grad[j] = v
			}
		}
		t.Grad[y] = own
	default:
		for j := range F {
			if e.has(j) {
				t.Grad[j] = smooth(e.meeSlope(y, j))
			}
		}
	}
	return t
}

// levelSlope returns cβ/k², where all k answers have the same weight: if k is a power of two, a float64 where cβ is one and
// nothing underflows.
func (e *ensemble) levelSlope(c int) Value {
	k := float64(e.many)
	t := twoProd(e.beta, float64(c))
	if v := t.hi / (k * k); t.lo == 0 && e.many&(e.many-1) == 0 && math.Abs(v) >= 0x1p-900 {
		return whole(v)
	}
	if isModerate(e.beta) {
		if v, ok := (near{dd: t.over(dd{k * k, 0}), err: 15 * u2}).settle(false); ok {
			return v
		}
	}
	return converge(false, func(prec uint) Interval {
		return Of(e.beta, prec).Mul(Of(float64(c), prec)).Div(Of(k*k, prec))
	})
}

// meeSlope returns ∂(1 − p_y)/∂F_j: −β w_y w_j/Z², and β w_y Σ_{i≠y} w_i/Z² for j = y.
func (e *ensemble) meeSlope(y, j int) Value {
	if f := e.fast(); f != nil {
		if v, ok := f.meeSlope(y, j, e.least, e.beta); ok {
			return v
		}
	}
	half := big.NewFloat(0.5)
	return converge(true, func(prec uint) Interval {
		w := e.at(prec)
		p, beta := w.w[y].Div(w.Z), Of(e.beta, prec)
		if j != y {
			return p.Mul(beta).Mul(w.w[j].Div(w.Z)).Neg()
		}
		if p.hi.Cmp(half) > 0 {
			return p.Mul(beta).Mul(w.rest(y).Div(w.Z))
		}
		// Up to ½, p(1 − p) grows with p, so its ends come from those of p. With k minimisers tied and the others further
		// than any precision resolves, p is in [1/k − tiny, 1/k], and a tie of p(1 − p) at 1/k is still an end.
		one := Of(1, prec)
		lo, hi := point(p.lo, prec), point(p.hi, prec)
		lo, hi = lo.Mul(one.Sub(lo)).Mul(beta), hi.Mul(one.Sub(hi)).Mul(beta)
		return Interval{lo.lo, hi.hi, prec}
	})
}
