package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// The plain twin of quick: what Messages are asked for in twofold numbers.

// free returns F_β.
func (c Chain) free(beta float64) twofold.Number {
	if !c.demand(beta) {
		return twofold.Of(math.NaN())
	}
	p := c.passes(beta)
	low, omega := p.sum(p.backward()[0]) // +Inf and 0 where all is impossible
	return p.base.Add(low).Sub(omega.Log().Div(p.beta))
}

// marginals are the weights of the values of each position.
func (c Chain) marginals(beta float64) []weights {
	all := make([]weights, len(c.Unary))
	if !c.demand(beta) {
		for t, u := range c.Unary {
			all[t] = undefinedWeights(len(u))
		}
		return all
	}
	p := c.passes(beta)
	a, b := p.forward(), p.backward()
	for t := range all {
		row := newMessage(len(c.Unary[t]))
		for v := range row.low {
			row.low[v], row.omega[v] = a[t].low[v].Add(b[t].low[v]), a[t].omega[v].Mul(b[t].omega[v])
		}
		all[t] = p.weights(row)
	}
	return all
}

// pairMarginals has (u, v) at u·V + v, where V is the number of values of v.
func (c Chain) pairMarginals(beta float64) []weights {
	all := make([]weights, len(c.Pair))
	if !c.demand(beta) {
		for t := range all {
			all[t] = undefinedWeights(len(c.Unary[t]) * len(c.Unary[t+1]))
		}
		return all
	}
	p := c.passes(beta)
	a, b := p.forward(), p.backward()
	for t := range all {
		var both, row message
		here := p.with(a[t], t)
		for u, low := range here.low {
			row = p.after(row, t, u, b)
			for v := range row.low {
				both.low = append(both.low, low.Add(row.low[v]))
				both.omega = append(both.omega, here.omega[u].Mul(row.omega[v]))
			}
		}
		all[t] = p.weights(both)
	}
	return all
}
