package ebm

import (
	"math"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/twofold"
)

// quick returns F_β of a sound chain in a pair of float64s, and what it is off by at most, with
// what the twofold numbers may be off by, which have F_β, ln Z and the NLL where this is not sure:
//
//	m_T−1(u) = U(u),    m_t(u) = U_t(u) + softmin_v (V_t(u, v) + m_{t+1}(v)),    F_β = softmin m₀
//
// A softmin moves by no more than what it is of, so that the errors of the messages m add up: of
// each its own (see kernel.SoftMin), and 2⁻¹⁰⁰ of the largest number met, which covers two sums,
// 2u² of each part of them. No energy is more than twice that number and ln V/β; twofold numbers
// are good to 2⁻⁸⁰ of what F_β is made of, the energies and ln V/β, two of each for a position.
//
// The error is +Inf for a β that the kernel does not take, and where a sum overflows.
func (c Chain) quick(beta float64) (F kernel.Pair, err float64) {
	if !(beta >= 0x1p-900 && beta <= 0x1p900) {
		return F, math.Inf(1)
	}
	var m, row []kernel.Pair
	var largest float64
	plus := func(p kernel.Pair, x float64) kernel.Pair {
		s := p.Plus(x)
		if p.Hi < math.Inf(1) && x < math.Inf(1) {
			largest = max(largest, math.Abs(s.Hi))
		}
		return s
	}
	for t := len(c.Unary) - 1; t >= 0; t-- {
		var worst float64
		here := make([]kernel.Pair, len(c.Unary[t]))
		for u, U := range c.Unary[t] {
			var e float64
			if m != nil {
				row = row[:0]
				for v, V := range c.Pair[t][u] {
					row = append(row, plus(m[v], V))
				}
				here[u], e = kernel.SoftMin(row, beta)
			}
			here[u] = plus(here[u], U)
			worst = max(worst, e)
		}
		m, err = here, err+worst
	}
	F, worst := kernel.SoftMin(m, beta)
	T := float64(len(c.Unary))
	return F, err + worst + T*(largest*0x1p-77+0x1p-76/beta)
}

// quickly returns F_β times a factor, and whether it is sure of it.
func (c Chain) quickly(beta, factor float64) (x float64, sure bool) {
	F, err := c.quick(beta)
	return kernel.Settle(F, factor, err)
}

// quickNLL returns F(y) − F_β, and whether it is sure of it. F(y) underflows by 2⁻¹⁰⁷⁴, which is
// no more than what kernel.Settle allows for.
func (c Chain) quickNLL(y []int, beta float64) (x float64, sure bool) {
	F, err := c.quick(beta)
	E := c.energy(y) // off by less than what the error of F has for twofold numbers
	hi, lo := math.Ldexp(E.Hi, E.Scale), math.Ldexp(E.Lo, E.Scale)
	hi, lo = twofold.AddPair(hi, lo, -F.Hi, -F.Lo)
	return kernel.Settle(kernel.Pair{Hi: hi, Lo: lo}, 1, err)
}
