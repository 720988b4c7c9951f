package op

import "math"

// pairAllowance bounds the pair losses; d = F − F̄. With k roundings of a sum
// of positive terms each is off by the factor (1 + u)^k − 1 at most.
func pairAllowance(c Call, p Precision) Allowance {
	F, Fbar, m := c.Energies[0], c.Energies[1], c.Margin
	abs, r := math.Abs, p.model()
	u, tiny := r.u, r.tiny
	pos := func(t float64) float64 { return max(0, t) }
	both := func(b float64) []float64 { return []float64{b, b} }
	switch c.Op {
	case Hinge, LVQ2, MCE, Log, SoftHinge:
		if math.IsInf(F-Fbar, 0) { // an impossible answer: 0, 1 or m, exactly
			return Allowance{Grad: both(0)}
		}
	}
	switch c.Op {
	case Hinge: // two additions, in any order
		off := sumOff(F, Fbar, m, u)
		return Allowance{Value: off, Grad: both(0), Kink: abs(sum3(m, F, -Fbar)) <= off}
	case Simple: // m − F̄ and the sum; the sign of a difference is exact
		v := pos(m - Fbar)
		return Allowance{Value: r.after(1, pos(F)+v, u*v), Grad: both(0)}
	case SquareSquare: // F²; m − F̄ twice and its square; the sum. Gradient: 2F, and m − F̄ once
		f, v := pos(F), pos(m-Fbar)
		return Allowance{Value: r.after(2, f*f, 0) + r.after(4, v*v, 0) + 3*tiny, Grad: []float64{0, 2 * u * v}}
	case SquareExp: // F²; exp and the product with γ; the sum
		e := math.Exp(-Fbar)
		overflows := e*(1-4*u) > r.most // exp itself, whatever γ is
		// What is right and finite is within 16u of the largest number at most.
		e = min(e*c.Gamma*(1+1e-6), r.most) * (1 + 16*u)
		if math.IsInf(e, 1) {
			e = r.most
		}
		return Allowance{
			Value:     r.after(2, F*F, 0) + e*math.Expm1(r.exp+2*r.v) + 3*(1+c.Gamma)*tiny,
			Grad:      []float64{0, e*math.Expm1(r.exp+r.v) + (1+c.Gamma)*tiny},
			Overflows: overflows}
	case LVQ2: // d; min and max are exact, and d rounds across no number of the format but to M itself
		return Allowance{Value: u * abs(F-Fbar), Grad: both(0), Kink: p.Round(F-Fbar) == c.Cap}
	case MCE: // σ(d). Gradient: s(1 − s), where 1 − s is off by as much as s and rounds; or σ(d)σ(−d), which is nearer
		t := F - Fbar
		s, L := logSigma(t), r.sigmaOff(t, u*abs(t))
		return Allowance{Value: min(grown(s, L)+tiny, 1), Grad: both(min(grown(s, 2*L+3*r.v)+2*tiny, 1))}
	default: // Log is SoftHinge with m = 0 and β = 1
		beta, t, a := c.Beta, c.Beta*(m+F-Fbar), 0.0
		if c.Op == Log {
			beta, t = 1, F-Fbar
			a = u * abs(t)
		} else { // t = fl(β fl(m + d))
			a = r.after(1, abs(t), beta*sumOff(F, Fbar, m, u)) + tiny
		}
		s := logSigma(t)
		// softplus has slope σ, at most 1, which a shift by a changes by at most e^a
		shifted := min(1, math.Exp(s+a)) * a
		// ln(1 + e^−|t|) is off by exp in its argument and by itself, and underflows in both
		soft := math.Log1p(math.Exp(-abs(t)))
		rounded := min(math.Exp(math.Log(soft)+a), math.Ln2)*math.Expm1(2*r.exp) + 2*tiny
		value := r.after(2, pos(t)+soft, shifted+rounded)/beta + tiny
		slope := r.sigmaOff(t, a)
		if c.Op == SoftHinge { // by the chain rule σ·(1/β)·β: three roundings
			slope += 3 * r.v
		}
		return Allowance{Value: value, Grad: both(min(grown(s, slope)*(1+1e-6)+(1+beta)*tiny, 1))}
	}
}

// sigmaOff bounds the logarithm of the factor by which σ(t) is off, computed as
// 1/(1 + e^−t), or as e^t/(1 + e^t) below 0, where t is off by a. Either has the
// derivative 1 − σ by the logarithm of its one exponential, so what is wrong with
// t and with exp, here twice what it needs, counts by so much; then a sum and a
// division round. A shift changes 1 − σ by at most e^shift.
func (m model) sigmaOff(t, a float64) float64 {
	shift := a + 2*m.exp
	return min(math.Exp(logSigma(-t)+shift), 1)*shift + 2*m.v
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
func sumOff(F, Fbar, m, u float64) float64 {
	first := max(math.Abs(m+F), math.Abs(F-Fbar), math.Abs(m-Fbar))
	return u * (first + math.Abs(m+F-Fbar) + u*first)
}

// logSigma is ln σ(t), good enough to weigh a bound.
func logSigma(t float64) float64 { return min(t, 0) - math.Log1p(math.Exp(-math.Abs(t))) }
