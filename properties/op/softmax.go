package op

import (
	"math"
	"slices"
)

// A softmax bounds the standard algorithm x = fl(−βF), s = fl(x − max x),
// w = exp(s), Σ = Σ w, p = w/Σ.
//
// x_i is off by b_i = u|βF_i|, or flushed, and so is the maximum, x_M. The
// computed maximum may be another one than the true; but as x of both are the
// same but for their errors, its |F| is at most (1 + u)/(1 − u) of |F_M|, which
// the factor 1 + 4u covers. The subtraction rounds: s_i is off by at most
//
//	a_i = (1 + u)(b_i + b_M) + 2u|s_i|,
//
// so w_i is off by e^{±(a_i + exp)}. (Any shift will do: it is one for all.) One of the
// two u|s_i| is of T = fl(1/β), where x = fl(−F/T): a common factor of all x.
// The logarithm of Σ is then off by at most
//
//	A = ln Σ p_i e^{a_i} + exp + sum
//
// where sum is what n − 1 additions add, (n − 1)v or less (the other way by −ln Σ p_i e^{−a_i}, which is no more, by Jensen) and what n
// flushed weights are of Σ ≥ 1. In p the error of the shift cancels, and in part
// that of x_i itself: 1/p_i = 1 + Σ_{j≠i} w_j/w_i, where with
// c_i = (1 + u)b_i + u(2|s_i| + b_M) the quotient is off by e^{±(c_i + c_j + 2exp)}.
// So p_i is off by e^±L with
//
//	L = ln(1 + Σ_{j≠i} p_j(e^{c_i + c_j} − 1)) + 2exp + sum + v
//
// and what n flushed weights are of the largest, which is e^{−b_M} or more where
// it is fused. Log-softmax, p = exp(x − (max x + ln Σ)), is as right, and has three
// roundings more: of the logarithm; of the sum, which is no more than
// ln Σ, for max x is a number; and of the difference.
type softmax struct {
	Model
	beta   float64
	F      []float64
	p      []float64 // probabilities, good to about 1e-6: they only weigh the bounds
	a, L   []float64
	c      []float64 // what x_i is off in the quotients
	others []float64 // Σ_{j≠i} p_j(e^{c_i + c_j} − 1)
	A      float64
	logSum float64 // ln Σ after the shift, ≥ 0
	low    float64 // min F
	lost   float64 // of p_i by underflow
}

// shifted is a softmax without its bounds: p, ln Σ and min F.
func shifted(c Call, m Model) softmax {
	s := softmax{Model: m, beta: c.Beta, F: c.Energies, p: make([]float64, len(c.Energies)), low: slices.Min(c.Energies)}
	sum := 0.0
	for i, f := range s.F {
		s.p[i] = math.Exp(-s.beta * (f - s.low))
		sum += s.p[i]
	}
	for i := range s.p {
		s.p[i] /= sum
	}
	s.logSum = math.Log(sum)
	return s
}

func newSoftmax(c Call, m Model) softmax {
	s, n := shifted(c, m), len(c.Energies)
	all := make([]float64, 7*n) // in one piece
	take := func() (xs []float64) { xs, all = all[:n:n], all[n:]; return xs }
	s.a, s.L, s.c, s.others = take(), take(), take(), take()
	top, grown := math.Inf(-1), take() // the logarithm of w_i e^{a_i}
	steep, atLow := expm1(2*m.v), s.scaled(s.low)
	for i, f := range s.F {
		gap := s.beta * (f - s.low)
		s.a[i] = (1+m.u)*(s.scaled(f)+atLow) + steep*gap
		grown[i] = s.a[i] - gap
		if math.IsInf(f, 1) {
			s.a[i], grown[i] = 0, -gap // an impossible answer: x = −∞, w = 0, exactly
		}
		top = max(top, grown[i])
	}
	more := 0.0 // Σ p_i(e^{a_i} − 1), or if that is large Σ w_i e^{a_i − top}
	for i := range s.p {
		if top >= 1 {
			more += math.Exp(grown[i] - top)
		} else if s.p[i] > 0 {
			more += s.p[i] * expm1(s.a[i])
		}
	}
	if top >= 1 {
		s.A = top + math.Log(more) - s.logSum
	} else {
		s.A = math.Log1p(more)
	}
	s.A += m.exp + m.sum(n-1) - math.Log1p(-min(float64(n)*m.tiny, 0.5))
	s.lost = 2 * m.tiny * s.fused()
	s.quotients(take(), take())
	return s
}

// quotients finds L, with more and factor to work in. The sums over all others are taken
// from both ends: nothing is subtracted.
func (s softmax) quotients(more, factor []float64) {
	n, M := len(s.p), slices.Index(s.F, s.low)
	if M < 0 {
		return // a NaN: nothing is known
	}
	c := s.c
	// more is p_j(e^{c_j} − 1), factor the same without p_j.
	steep, atLow := expm1(2*s.v), s.u*s.scaled(s.low)
	for i, f := range s.F {
		if math.IsInf(f, 1) {
			continue // no weight, exactly
		}
		gap := s.beta * (f - s.low)
		c[i] = (1+s.u)*s.scaled(f) + steep*gap + atLow
		if factor[i] = expm1(c[i]); c[i] < 1 {
			more[i] = s.p[i] * factor[i]
		} else {
			more[i] = s.grown(i, c[i])
		}
	}
	others := s.others
	for _, order := range []func(int) int{func(k int) int { return k }, func(k int) int { return n - 1 - k }} {
		p, m := 0.0, 0.0
		for k := range n {
			i := order(k)
			if p > 0 || m > 0 {
				others[i] += factor[i]*(p+m) + m
			}
			p, m = p+s.p[i], m+more[i]
		}
	}
	flushed := 0.0
	if n > 1 {
		flushed = -math.Log1p(-min(float64(n-1)*s.tiny*s.fused(), 0.5))
	}
	sum := s.sum(n - 1)
	for i := range s.L {
		s.L[i] = log1p(others[i]) + 2*s.exp + sum + s.v + flushed
	}
	logSum := s.logSum + s.L[M] // as computed at most
	round := min(s.u*(s.beta*math.Abs(s.low)+logSum)*(1+4*s.u), logSum)
	logs := math.Expm1(s.log) * logSum
	for i, f := range s.F {
		s.L[i] += logs + round + s.u*(s.beta*(f-s.low)+logSum)
	}
}

// fused bounds what is lost of the largest weight, 1, where the product and the
// shift are fused.
func (s softmax) fused() float64 { return math.Exp(s.scaled(s.low) * (1 + 4*s.u)) }

// scaled bounds the error of fl(−βf).
func (s softmax) scaled(f float64) float64 { return s.Model.scaled(s.beta, f) }

func (m Model) scaled(beta, f float64) float64 { return m.u*beta*math.Abs(f)*(1+4*m.u) + m.tiny }

// nearLowest reports whether rounding may take −βf for the largest, −β·low.
func (m Model) nearLowest(beta, f, low float64) bool {
	return !(beta*(f-low) > m.scaled(beta, f)+m.scaled(beta, low))
}

// grown bounds what is wrong with p_i, off by the factor e^±L, as the function does.
func (s softmax) grown(i int, L float64) float64 {
	if L < 1 {
		return s.p[i] * expm1(L)
	}
	return grown(-s.beta*(s.F[i]-s.low)-s.logSum, L)
}

// prob is the bound on the absolute error of p_i, which as computed is at most
// 1; an impossible answer has none. What is flushed is tiny beside Σ, which is
// 1 or more, but for the fused maximum, and tiny in the quotient.
func (s softmax) prob(i int) float64 {
	if math.IsInf(s.F[i], 1) {
		return 0
	}
	return min(s.grown(i, s.L[i])*(1+1e-6)+s.lost, 1)
}

func (s softmax) probs() []float64 {
	b := make([]float64, len(s.p))
	for i := range b {
		b[i] = s.prob(i)
	}
	return b
}

// logSumOff bounds the error of log Σ: Σ is off by the factor e^±A, and log
// itself rounds, of a shift that may be the computed maximum's.
func (s softmax) logSumOff() float64 { return s.A + s.logRounds() }

// logRounds is what log itself rounds of ln Σ.
func (s softmax) logRounds() float64 {
	return math.Expm1(s.log)*(s.logSum+s.A+2*s.scaled(s.low)) + s.tiny
}

// freeEnergy bounds −(max x + log Σ)/β: the error of max x, of log Σ, of the
// addition, and of the division; or, of a product with T, the rounding of T in the
// second term, for in the first it cancels.
func (s softmax) freeEnergy() float64 {
	total := math.Abs(-s.beta*s.low + s.logSum) // |βF_β|
	return s.after(2, total, s.scaled(s.low)+s.logSumOff()+s.u*(s.logSum+s.logSumOff()))/s.beta + s.tiny
}

// nll bounds −((x_y − max x) − log Σ)/β, which is ln Σ_j w_j/w_y: in it the shift cancels,
// and x_y against itself, so that by the errors of the quotients, as above, it is off by
//
//	E = ln(1 + Σ_{j≠y} p_j(e^{c_j + c_y} − 1))
//
// and by no more than the largest c_j + c_y. Then what exp, the sum, the logarithm and
// flushed weights are off; and the rounding of lse(x) = max x + log Σ, u|lse|, for those who
// compute lse(x) − x_y, as most do: it is the largest part where y is a sure winner far
// from 0. One subtraction and one division round, or a product with T, as above.
func (s softmax) nll(y int) float64 {
	total := s.beta*(s.F[y]-s.low) + s.logSum // βℓ
	sum := s.exp + s.sum(len(s.F)-1) - math.Log1p(-min(float64(len(s.F))*s.tiny*s.fused(), 0.5)) + s.logRounds()
	lse := s.u*math.Abs(-s.beta*s.low+s.logSum) + s.u*(s.scaled(s.low)+s.logSumOff()) // one product each: their sum may overflow
	off := min(math.Log1p(s.others[y]), slices.Max(s.c)+s.c[y]) + sum + lse
	return s.after(2, total, off+s.u*(s.logSum+s.logSumOff()))/s.beta + s.tiny
}

// oneHotMinus bounds δ − p. At y it is 1 − p_y, either by subtraction, where p_y
// is off by its bound and the difference rounds, or as the sum of the others,
// where each is off by its bound and n − 2 additions round.
func (s softmax) oneHotMinus(y int) []float64 {
	b := s.probs()
	rest, added := 0.0, expm1(s.sum(len(b)-2))
	for i := range b {
		if i != y {
			rest += b[i] + added*(s.p[i]+b[i])
		}
	}
	b[y] = min(max(b[y]+s.u, rest), 1)
	return b
}

// slopes are bounds on p, or δ − p, by the chain rule: each of δ and p may be
// divided by β before the difference, by 1/β that has rounded, and is multiplied by
// β after it: three roundings, one more of p, and what was flushed of p/β. Where the
// gradient flows through the maximum, too, those answers that may be it have 1 − Σ p̂
// besides, or a share of it: the roundings of their sum, of the quotients, and of the
// difference.
func (s softmax) slopes(b []float64, y int) []float64 {
	for i, p := range s.p {
		if math.IsInf(s.F[i], 1) {
			continue // 0, exactly
		}
		size := p
		if i == y {
			size = 1 - p
		}
		b[i] = s.after(3, size, b[i]+s.u*p) + s.beta*s.tiny
		if s.nearLowest(s.beta, s.F[i], s.low) {
			b[i] += expm1(s.sum(len(s.p)-1) + 2*s.v)
		}
	}
	return b
}

// mee bounds 1 − p_y by subtraction, and β p_y(δ − p): of the product p_y(δ − p)
// each factor is off by its bound; two products round.
func (s softmax) mee(y int) (value float64, grad []float64) {
	grad = s.oneHotMinus(y)
	value = grad[y]
	py, off := s.p[y]*(1+1e-6), s.prob(y)
	for i := range grad {
		minus := s.p[i]
		if i == y {
			minus = 1 - s.p[y]
		}
		product := py*grad[i] + minus*off + off*grad[i]
		grad[i] = s.beta*s.after(2, py*minus, product) + (1+s.beta)*s.tiny
	}
	return value, grad
}
