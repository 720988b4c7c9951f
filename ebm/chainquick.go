package ebm

import (
	"math"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/twofold"
)

// A reach is what lies after a value of a chain: its free energy, and what that is off by at most.
type reach struct {
	kernel.Pair
	off float64
}

// share of a number is what a sum that comes to it costs: two sums are off by 2u² of each part,
// and twofold numbers by 2⁻⁸⁰ of what they are made of, so that it covers both however long the
// chain.
const share = 0x1p-77

// impossible is the reach of what cannot be.
var impossible = reach{Pair: kernel.Pair{Hi: math.Inf(1)}}

// plus returns r + x; it is off by +Inf where a sum of finite numbers overflows.
func (r reach) plus(x float64) reach {
	if r == impossible || math.IsInf(x, 1) {
		return impossible
	}
	s := r.Plus(x)
	return reach{s, r.off + float64(math.Abs(s.Hi)*share)}
}

// softened returns the free energy of a row. A softmin moves by no more than the most that what
// it is of does, and what lies 800/β above it, by what it is off by too, adds less than e^−700 of
// the rest: an energy of 10⁹, which is to say never, may be off by any number of ulps of the others.
func softened(row []reach, pairs []kernel.Pair, beta float64) reach {
	pairs = pairs[:0]
	for _, f := range row {
		pairs = append(pairs, f.Pair)
	}
	F, err := kernel.SoftMin(pairs, beta)
	off := 0.0
	for _, f := range row {
		if !(beta*(f.Hi-f.off-F.Hi) > 800) {
			off = max(off, f.off)
		}
	}
	return reach{F, off + err}
}

// quick returns F_β of a sound chain in a pair of float64s, and what it is off by at most, with
// what the twofold numbers may be off by, which have F_β, ln Z and the NLL where this is not sure:
//
//	m_T−1(u) = U(u),    m_t(u) = U_t(u) + softmin_v (V_t(u, v) + m_{t+1}(v)),    F_β = softmin m₀
//
// The errors of the messages m add up along each path that counts (see softened). No energy on it
// is more than the two sums before and after it, and ln V/β; twofold numbers take the least
// energy of each table away first, and put it back.
//
// The error is +Inf for a β that the kernel does not take, and where a sum overflows.
func (c Chain) quick(beta float64) (F kernel.Pair, err float64) {
	if !(beta >= 0x1p-900 && beta <= 0x1p900) {
		return F, math.Inf(1)
	}
	T := len(c.Unary)
	widest := 0
	for _, U := range c.Unary {
		widest = max(widest, len(U))
	}
	pairs, row := make([]kernel.Pair, 0, widest), make([]reach, 0, widest)
	var m []reach
	for t := T - 1; t >= 0; t-- {
		here, lowU, lowV := make([]reach, len(c.Unary[t])), math.Inf(1), math.Inf(1)
		for u, U := range c.Unary[t] {
			if m != nil {
				row = row[:0]
				for v, V := range c.Pair[t][u] {
					row = append(row, m[v].plus(V))
					lowV = min(lowV, V)
				}
				here[u] = softened(row, pairs, beta)
			}
			here[u] = here[u].plus(U)
			lowU = min(lowU, U)
		}
		for _, low := range []float64{lowU, lowV} {
			if low < math.Inf(1) {
				err += float64(math.Abs(low) * share)
			}
		}
		m = here
	}
	all := softened(m, pairs, beta)
	return all.Pair, all.off + err + float64(T)*0x1p-76/beta
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
	E, size := c.energy(y), 0.0
	for t, v := range y {
		if size += math.Abs(c.Unary[t][v]); t > 0 {
			size += math.Abs(c.Pair[t-1][y[t-1]][v])
		}
	}
	hi, lo := math.Ldexp(E.Hi, E.Scale), math.Ldexp(E.Lo, E.Scale)
	hi, lo = twofold.AddPair(hi, lo, -F.Hi, -F.Lo)
	return kernel.Settle(kernel.Pair{Hi: hi, Lo: lo}, 1, err+float64(size*share))
}
