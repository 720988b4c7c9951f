package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// Infer returns a sequence of least energy and that energy (Viterbi 1967; identity 79),
//
//	ŷ = argmin over y of Σ_t U_t(y_t) + Σ_t V_t(y_t, y_{t+1})
//
// Of several it returns the first in lexicographic order, as far as sums of energies that
// are equal come out equal in 106 bits. Special cases are those of Chain: nil and +Inf if
// no sequence is possible, nil and NaN if an energy is NaN or −Inf.
func (c Chain) Infer() (y []int, F float64) {
	c.check()
	if !c.sound() {
		return nil, math.NaN()
	}
	p := c.passes(math.Inf(1))
	T := len(c.Unary)
	after, next := p.end(), make([][]int, T)
	for t := T - 2; t >= 0; t-- {
		after, next[t] = p.before(after, t)
	}
	v, low := after.first()
	if v < 0 {
		return nil, low.Hi
	}
	y = append(y, v)
	for t := range T - 1 {
		v = next[t][v]
		y = append(y, v)
	}
	return y, c.Energy(y)
}

// A rest has, for each value of a position, the least energy of it and all that lies
// after, and that rounded. Of each table its least was taken away: no energy is negative.
type rest struct {
	low  []twofold.Number
	near []float64
}

func newRest(n int) rest { return rest{make([]twofold.Number, n), make([]float64, n)} }

// set says what the least energy is for value v.
func (r rest) set(v int, low twofold.Number) { r.low[v], r.near[v] = low, low.Float64() }

// end returns the rest of the last position.
func (p *passes) end() rest {
	t := len(p.c.Unary) - 1
	r := newRest(len(p.c.Unary[t]))
	for v := range r.low {
		r.set(v, p.unary(t, v))
	}
	return r
}

// before returns the rest of position t, given that of t+1, and for each value of t the
// value of t+1 that follows it.
func (p *passes) before(after rest, t int) (r rest, next []int) {
	n := len(p.c.Unary[t])
	r, next = newRest(n), make([]int, n)
	by := newRest(len(after.low)) // each value of t+1
	for u := range n {
		for v, f := range p.c.Pair[t][u] {
			by.near[v] = f - p.v[t] + after.near[v]
		}
		v, low := by.least(func(v int) twofold.Number { return p.pair(t, u, v).Add(after.low[v]) })
		r.set(u, p.unary(t, u).Add(low))
		next[u] = v
	}
	return r, next
}

// first returns the first value of least energy and that energy: −1 and +Inf if none is
// possible.
func (r rest) first() (v int, low twofold.Number) {
	return r.least(func(v int) twofold.Number { return r.low[v] })
}

// least is first, of energies that exact returns where it is asked. What is rounded, of up to
// three numbers that are not negative, is off by less than 4 units of 2⁻⁵³: only those within
// 2⁻⁴⁹ of the least of it can be the least. (What overflows is asked for if all does.)
func (r rest) least(exact func(v int) twofold.Number) (at int, low twofold.Number) {
	most := math.Inf(1)
	for _, f := range r.near {
		if f < most {
			most = f
		}
	}
	most *= 1 + 0x1p-49
	at, low = -1, twofold.Of(math.Inf(1))
	for v, f := range r.near {
		if f <= most {
			if e := exact(v); e.Less(low) {
				at, low = v, e
			}
		}
	}
	return at, low
}
