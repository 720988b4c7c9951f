package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// NLL returns the negative log-likelihood of the sequence y (SOURCE 1.2(b); identity 41),
//
//	−(1/β) ln p(y) = F(y) − F_β ≥ 0,    −ln p(y) = −ln p(y₀) − Σ_t ln p(y_t | y_{t−1})
//
// the latter without a difference: it is tiny, not 0, for a clear winner. It is +Inf for an
// impossible sequence, NaN if none is possible or an energy is NaN or −Inf. It panics if y is
// not a sequence of the chain.
func (c Chain) NLL(y []int, beta float64) float64 {
	var m Messages
	m.Hold(c, beta)
	return m.NLL(y)
}

// plainNLL is NLL in twofold numbers, for a sound chain.
func (c Chain) plainNLL(y []int, beta, F float64) float64 {
	p := c.passes(beta)
	b := p.backward()
	row := b[0]
	if math.IsInf(F, 1) && !math.IsInf(lowest(row.low).Hi, 1) {
		return F
	}
	var s twofold.Number
	for t, v := range y {
		if t > 0 {
			row = p.after(message{}, t-1, y[t-1], b)
		}
		w := p.weights(row)
		s = s.Add(w.surprise(v))
	}
	return s.Div(p.beta).Float64()
}

// NLLGrad returns the gradient of NLL in the tables of the chain, as tables of the same
// shape (SOURCE 1.2(c); identity 42),
//
//	∂/∂U_t(v) = 1[y_t = v] − p(y_t = v)
//	∂/∂V_t(u, v) = 1[y_t = u, y_{t+1} = v] − p(y_t = u, y_{t+1} = v)
//
// which add up to 0 in each table, and tell how to change an energy: those of y down, all
// others up as they are likely. It panics if y is not a sequence of the chain.
func (c Chain) NLLGrad(y []int, beta float64) Chain {
	var m Messages
	m.Hold(c, beta)
	return m.NLLGrad(Chain{}, y)
}
