package ebm

import (
	"math"
	"slices"

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
	sound := c.demand(beta)
	F := c.Energy(y)
	if !sound {
		return math.NaN()
	}
	if x, sure := c.quickNLL(y, beta); sure {
		return x
	}
	return c.plainNLL(y, beta, F)
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
	c.Energy(y)
	var g Chain
	// minus returns 1[i = at] − pᵢ.
	minus := func(w weights, at int) []float64 {
		row := make([]float64, len(w.w))
		for i := range row {
			row[i] = 0 - w.prob(i)
		}
		row[at] = w.complement(at)
		return row
	}
	for t, w := range c.marginals(beta) {
		g.Unary = append(g.Unary, minus(w, y[t]))
	}
	g.Pair = make([][][]float64, len(c.Pair))
	for t, w := range c.pairMarginals(beta) {
		n := len(c.Unary[t+1])
		g.Pair[t] = slices.Collect(slices.Chunk(minus(w, y[t]*n+y[t+1]), n))
	}
	return g
}
