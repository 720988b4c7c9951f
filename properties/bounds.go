package properties

import (
	"math"
	"slices"
)

// What REQUIRED allows: the error that the standard algorithm of an op cannot
// exceed, derived here for each op, as an absolute bound on each number of
// the reply. RECOMMENDED allows 4 ulps everywhere (see recommended).
//
// The model. Every operation + − × ÷ rounds once, relative error ≤ u = 2⁻⁵³;
// exp, log and log1p are within 2 ulps, relative error ≤ 4u (Go's exp is the
// worst of the mainstream at 1.7 ulps). Comparison, max, negation and
// multiplication by 2 are exact. Numbers below 2⁻¹⁰²² may be flushed to zero:
// a further absolute error of tiny for each op that takes exp, before and
// after its last multiplication or division. A product and a sum may also be
// fused: that saves a rounding, but −βF − max x is then not 0 at the maximum.
//
// First-order terms are added up; slack covers the products of errors, which
// are below u·2²⁰ for the arguments of the tame and wide regimes (|x| ≤ 10⁹),
// and the roundings of these formulas themselves.
const (
	u     = 0x1p-53
	slack = 1 + 0x1p-16
	tiny  = 0x1p-1022
)

// An allowance is what an op may be off, absolutely, in each number.
type allowance struct {
	value float64
	grad  []float64 // nil: one bound, gradAll, for every component
	probs []float64
	kink  bool // rounding may carry the argument across a kink: either side's gradient is right
}

// standard returns the REQUIRED allowance of the call.
func standard(c Call) allowance {
	var a allowance
	switch c.Op {
	case Gibbs:
		a.probs = newSoftmax(c.Energies, c.Beta).probs()
	case FreeEnergy:
		s := newSoftmax(c.Energies, c.Beta)
		a.value, a.grad = s.freeEnergy(), s.probs()
	case NLL:
		s := newSoftmax(c.Energies, c.Beta)
		a.value, a.grad = s.nll(c.Answer), s.oneHotMinus(c.Answer)
	case MEE:
		s := newSoftmax(c.Energies, c.Beta)
		a.value, a.grad = s.mee(c.Answer)
	case Energy:
		a.grad = make([]float64, len(c.Energies))
	case Perceptron: // one subtraction
		a.value = u * (c.Energies[c.Answer] - slices.Min(c.Energies))
		a.grad = make([]float64, len(c.Energies))
	default:
		a = pairAllowance(c)
	}
	a.value *= slack
	for _, v := range [][]float64{a.grad, a.probs} {
		for i := range v {
			v[i] *= slack
		}
	}
	return a
}

// A softmax bounds the standard algorithm x = fl(−βF), s = fl(x − max x),
// w = exp(s), Σ = Σ w, p = w/Σ.
//
// x_i is off by u|βF_i|, the shift by the same of the maximum M, and the
// subtraction rounds: s_i is off by at most
//
//	a_i = u(|βF_i| + |βF_M| + |s_i|),
//
// so w_i is off by the factor e^{±a_i}(1 + 4u). (Any M will do: a shift by a
// wrong maximum is still one shift for all.) Σ is then off, relatively, by at
// most A = Σ p_i(e^{a_i} − 1) + (n + 3)u, the (n − 1)u for the additions, and
// p_i by e^{a_i} − 1 + A + 5u.
type softmax struct {
	beta   float64
	F      []float64
	p      []float64 // probabilities, good to about 1e-9: they only weigh the bounds
	a      []float64
	A      float64
	logSum float64 // ln Σ after the shift, ≥ 0
	low    float64 // min F
}

func newSoftmax(F []float64, beta float64) softmax {
	n := len(F)
	s := softmax{beta: beta, F: F, p: make([]float64, n), a: make([]float64, n), low: slices.Min(F)}
	sum := 0.0
	for i, f := range F {
		gap := beta * (f - s.low)
		s.p[i] = math.Exp(-gap)
		sum += s.p[i]
		s.a[i] = u * (beta*math.Abs(f) + beta*math.Abs(s.low) + gap)
		if math.IsInf(f, 1) {
			s.p[i], s.a[i] = 0, 0 // an impossible answer: x = −∞, w = 0, exactly
		}
	}
	for i := range s.p {
		s.p[i] /= sum
		if s.p[i] > 0 {
			s.A += s.p[i] * math.Expm1(s.a[i])
		}
	}
	s.A += float64(n+3) * u
	s.logSum = math.Log(sum)
	return s
}

// relative is the bound on the relative error of p_i.
func (s softmax) relative(i int) float64 { return math.Expm1(s.a[i]) + s.A + 5*u }

// prob is the bound on the absolute error of p_i; an impossible answer has
// none.
func (s softmax) prob(i int) float64 {
	if math.IsInf(s.F[i], 1) {
		return 0
	}
	return min(s.p[i]*s.relative(i)*(1+1e-6)+2*tiny, 1)
}

func (s softmax) probs() []float64 {
	b := make([]float64, len(s.p))
	for i := range b {
		b[i] = s.prob(i)
	}
	return b
}

// logSumOff bounds the error of log Σ: Σ is off by the factor 1 ± A, and log
// itself rounds.
func (s softmax) logSumOff() float64 { return s.A + 4*u*s.logSum + tiny }

// freeEnergy bounds −(max x + log Σ)/β: the error of max x, of log Σ, of the
// addition, and of the division.
func (s softmax) freeEnergy() float64 {
	total := math.Abs(-s.beta*s.low + s.logSum) // |βF_β|
	return (u*s.beta*math.Abs(s.low)+s.logSumOff()+2*u*total)/s.beta + tiny
}

// nll bounds −((x_y − max x) − log Σ)/β: s_y is off by a_y, log Σ as above,
// one subtraction and one division.
func (s softmax) nll(y int) float64 {
	total := s.beta*(s.F[y]-s.low) + s.logSum // βℓ
	return (s.a[y]+s.logSumOff()+2*u*total)/s.beta + tiny
}

// oneHotMinus bounds δ − p. At y it is 1 − p_y, either by subtraction, where p_y
// is off by its bound and the difference rounds, or as the sum of the others,
// where each is off by its bound and n − 2 additions round.
func (s softmax) oneHotMinus(y int) []float64 {
	b := s.probs()
	rest := 0.0
	for i := range b {
		if i != y {
			rest += b[i] + float64(len(b)-2)*u*s.p[i]
		}
	}
	b[y] = max(b[y]+u, rest)
	return b
}

// mee bounds 1 − p_y by subtraction, and β p_y(δ − p): the error of δ − p
// times βp_y, the relative error of p_y, and two products.
func (s softmax) mee(y int) (value float64, grad []float64) {
	grad = s.oneHotMinus(y)
	value = grad[y]
	for i := range grad {
		minus := s.p[i]
		if i == y {
			minus = 1 - s.p[y] + u
		}
		py := s.p[y]*(1+1e-6) + 2*tiny
		grad[i] = s.beta * (py*grad[i] + minus*(s.prob(y)+2*u*py))
		grad[i] += (1 + s.beta) * tiny
	}
	return value, grad
}

// pairAllowance bounds the pair losses; d = F − F̄.
func pairAllowance(c Call) allowance {
	F, Fbar, m := c.Energies[0], c.Energies[1], c.Margin
	abs := math.Abs
	pos := func(t float64) float64 { return max(0, t) }
	both := func(b float64) []float64 { return []float64{b, b} }
	switch c.Op {
	case Hinge, LVQ2, MCE, Log, SoftHinge:
		if math.IsInf(F-Fbar, 0) { // an impossible answer: 0, 1 or m, exactly
			return allowance{grad: both(0)}
		}
	}
	switch c.Op {
	case Hinge: // two additions, in any order
		off := sumOff(F, Fbar, m)
		return allowance{value: off, grad: both(0), kink: abs(sum3(m, F, -Fbar)) <= off}
	case Simple: // m − F̄ and the sum; the sign of a difference is exact
		v := pos(m - Fbar)
		return allowance{value: u*v + u*(pos(F)+v), grad: both(0)}
	case SquareSquare: // F²; m − F̄ twice and its square; the sum. Gradient: 2F, and m − F̄ once
		f, v := pos(F), pos(m-Fbar)
		return allowance{value: 2*u*f*f + 4*u*v*v + 2*tiny, grad: []float64{0, 2 * u * v}}
	case SquareExp: // F²; exp and the product with γ; the sum
		e := c.Gamma * math.Exp(-Fbar) * (1 + 1e-6)
		return allowance{value: 2*u*F*F + 6*u*e + 2*(1+c.Gamma)*tiny, grad: []float64{0, 5*u*e + (1+c.Gamma)*tiny}}
	case LVQ2: // d; min and max are exact, and d rounds across no float64 but to M itself
		return allowance{value: u * abs(F-Fbar), grad: both(0), kink: F-Fbar == c.Cap}
	case MCE: // σ(d). Gradient: s(1 − s), where 1 − s is off by sr and rounds; or σ(d)σ(−d), which is nearer
		t := F - Fbar
		s, r := logistic(t), sigmaOff(t, u*abs(t))
		return allowance{value: s*r + tiny, grad: both(s*(2*r+2*u) + 2*tiny)}
	default: // Log is SoftHinge with m = 0 and β = 1
		beta, off := c.Beta, sumOff(F, Fbar, m)
		if c.Op == Log {
			beta, off = 1, u*abs(F-Fbar)
		}
		d := m + F - Fbar
		t := beta * d
		a := beta*off + u*abs(t) // t = fl(β fl(m + d))
		if c.Op == Log {
			a = off
		}
		s := logistic(t)
		soft := math.Log1p(math.Exp(-abs(t)))
		// softplus has slope σ, at most 1, which a shift by a changes by at most e^a
		value := (min(1, s*math.Exp(a))*a+9*u*soft+2*u*(pos(t)+soft)+tiny)/beta + tiny
		return allowance{value: value, grad: both(min(s*sigmaOff(t, a)*(1+1e-6)+tiny, 1))}
	}
}

// sigmaOff bounds the relative error of σ(t) as 1/(1 + e^−t), or as
// e^t/(1 + e^t) below 0, where t is off by a. Either has the derivative 1 − σ
// by the logarithm of its exponential, so what is wrong with t and with exp, at
// most in numerator and denominator apart, counts by so much; then a sum and a
// division round. A shift by a changes 1 − σ by at most e^a.
func sigmaOff(t, a float64) float64 {
	return logistic(-t)*math.Exp(a)*(math.Expm1(a)+8*u) + 2*u
}

// sum3 is x + y + z with the two roundings added back: what is lost is of
// second order.
func sum3(x, y, z float64) float64 {
	xy, e := twoSum(x, y)
	xyz, f := twoSum(xy, z)
	return xyz + (e + f)
}

// twoSum returns x + y as a float64 and the error that it rounds away, exactly
// (Knuth).
func twoSum(x, y float64) (sum, lost float64) {
	sum = x + y
	v := sum - x
	return sum, (x - (sum - v)) + (y - v)
}

// sumOff bounds m + F − F̄ computed by two additions in any order.
func sumOff(F, Fbar, m float64) float64 {
	first := max(math.Abs(m+F), math.Abs(F-Fbar), math.Abs(m-Fbar))
	return u * (first + math.Abs(m+F-Fbar) + u*first)
}

// logistic is σ(t), good enough to weigh a bound.
func logistic(t float64) float64 {
	if t >= 0 {
		return 1 / (1 + math.Exp(-t))
	}
	return math.Exp(t) / (1 + math.Exp(t))
}

// recommended is what RECOMMENDED allows, in ulps of the true value.
const recommended = 4

// cancels returns the size below which the free energy counts as cancelling:
// min F and −ln Σ/β are then nearly opposite, and RECOMMENDED allows 4 ulps of
// that size, 2⁻¹⁰ |min F|, for no algorithm short of a correctly rounded one
// does better. Where min F is 0 or small nothing cancels: ln Σ by log1p has all
// its digits.
func cancels(c Call) float64 {
	if c.Op != FreeEnergy {
		return 0
	}
	return math.Abs(slices.Min(c.Energies)) * 0x1p-10
}
