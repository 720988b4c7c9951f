package op

import "math"

// softplusBound bounds (1/β) softplus(β(m + d)), a sum of exp and log1p, and its slope
// σ(β(m + d)). t is β(m + d), off by a; chain is how many roundings more the slope
// has by the chain rule.
func (m Model) softplusBound(t, a, beta float64, chain int) Allowance {
	s := logSigma(t)
	// softplus has slope σ, at most 1, which a shift by a changes by at most e^a
	shifted := min(1, math.Exp(s+a)) * a
	// ln(1 + e^−|t|) is off by exp in its argument and by itself, and underflows in both
	soft := math.Log1p(math.Exp(-math.Abs(t)))
	rounded := min(math.Exp(math.Log(soft)+a), math.Ln2)*math.Expm1(m.exp+m.log1p) + 2*m.tiny
	value := m.after(3, pos(t)+soft, shifted+rounded)/beta + m.tiny // the sum; a division by β, or T and a product with it
	slope := m.sigmaOff(t, a) + float64(chain)*m.v
	return Allowance{Value: value, Grad: both(min(grown(s, slope)*(1+1e-6)+(1+beta)*m.tiny, 1))}
}

// sigmaOff bounds the logarithm of the factor by which σ(t) is off, computed as
// 1/(1 + e^−t), or as e^t/(1 + e^t) below 0, where t is off by a. Either has the
// derivative 1 − σ by the logarithm of its one exponential, so what is wrong with
// t and with exp, here twice what it needs, counts by so much; then a sum and a
// division round. A shift changes 1 − σ by at most e^shift.
func (m Model) sigmaOff(t, a float64) float64 {
	shift := a + 2*m.exp
	return min(math.Exp(logSigma(-t)+shift), 1)*shift + 2*m.v
}

// logSigma is ln σ(t), good enough to weigh a bound.
func logSigma(t float64) float64 { return min(t, 0) - math.Log1p(math.Exp(-math.Abs(t))) }
