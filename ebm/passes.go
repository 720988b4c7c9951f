package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// passes are a chain on its way along the sequence and back. Of each table the least
// finite energy is taken away first, exactly: what is common to all sequences moves
// nothing but F_β.
//
// A message has two numbers for each value: the least energy of what it stands for, and
// ω, all of it relative to the least. Its free energy is least − (1/β) ln ω. Thus, with
// rows of energies f and of ω,
//
//	least = min f,    ω = Σᵥ ωᵥ e^(−β(fᵥ − least)) ≥ 1
//
// which at β = +Inf counts the minimisers. None of it is rounded to float64.
type passes struct {
	c    Chain
	beta twofold.Number
	u, v []float64      // the least finite energy of each table, 0 where there is none
	base twofold.Number // Σ u + Σ v
}

// A message has what lies on one side of a position, for each of its values.
type message struct{ low, omega []twofold.Number }

func newMessage(n int) message {
	return message{make([]twofold.Number, n), make([]twofold.Number, n)}
}

func (c Chain) passes(beta float64) *passes {
	p := &passes{c: c, beta: twofold.Of(beta)}
	take := func(rows ...[]float64) float64 {
		low := leastFinite(rows)
		p.base = p.base.Add(twofold.Of(low))
		return low
	}
	for _, u := range c.Unary {
		p.u = append(p.u, take(u))
	}
	for _, table := range c.Pair {
		p.v = append(p.v, take(table...))
	}
	return p
}

// leastFinite returns the least of a table that is less than +Inf, and 0 if none is.
func leastFinite(table [][]float64) float64 {
	low := math.Inf(1)
	for _, row := range table {
		for _, f := range row {
			low = min(low, f)
		}
	}
	if math.IsInf(low, 1) {
		return 0
	}
	return low
}

// unary returns U_t(v), pair V_t(u, v), without the least of their tables.
func (p *passes) unary(t, v int) twofold.Number { return twofold.Diff(p.c.Unary[t][v], p.u[t]) }

func (p *passes) pair(t, u, v int) twofold.Number {
	return twofold.Diff(p.c.Pair[t][u][v], p.v[t])
}

// lowest returns the least of F: +Inf if none is less.
func lowest(F []twofold.Number) twofold.Number {
	low := twofold.Of(math.Inf(1))
	for _, f := range F {
		if f.Less(low) {
			low = f
		}
	}
	return low
}

// sum returns the two numbers of all that a row stands for.
func (p *passes) sum(row message) (low, omega twofold.Number) {
	low = lowest(row.low)
	if math.IsInf(low.Hi, 1) {
		return low, omega
	}
	for i, f := range row.low {
		gap, w := f.Sub(low), row.omega[i]
		if gap.Hi != 0 {
			w = w.Mul(p.beta.Mul(gap).Neg().Exp())
		}
		omega = omega.Add(w)
	}
	return low, omega
}

// weights returns the distribution of what a row stands for, NaN if all is impossible.
func (p *passes) weights(row message) weights {
	low := lowest(row.low)
	if math.IsInf(low.Hi, 1) {
		return undefinedWeights(len(row.low))
	}
	gap := make([]twofold.Number, len(row.low))
	for i, f := range row.low {
		gap[i] = times(p.beta, f.Sub(low))
	}
	return weigh(gap, row.omega)
}

// after sets row to what can be after value u of position t, for each value of t+1, and
// returns it: b is backward's.
func (p *passes) after(row message, t, u int, b []message) message {
	row.low, row.omega = row.low[:0], b[t+1].omega
	for v, low := range b[t+1].low {
		row.low = append(row.low, p.pair(t, u, v).Add(low))
	}
	return row
}

// backward returns for each position, and each value of it, it and all that lies after.
func (p *passes) backward() []message {
	T := len(p.c.Unary)
	b := make([]message, T)
	var row message
	for t := T - 1; t >= 0; t-- {
		b[t] = newMessage(len(p.c.Unary[t]))
		for u := range b[t].low {
			low, omega := twofold.Of(0), twofold.Of(1)
			if t < T-1 {
				row = p.after(row, t, u, b)
				low, omega = p.sum(row)
			}
			b[t].low[u], b[t].omega[u] = p.unary(t, u).Add(low), omega
		}
	}
	return b
}

// forward returns for each position, and each value of it, all that lies before.
func (p *passes) forward() []message {
	a := make([]message, len(p.c.Unary))
	a[0] = newMessage(len(p.c.Unary[0]))
	for v := range a[0].omega {
		a[0].omega[v] = twofold.Of(1)
	}
	for t := 1; t < len(a); t++ {
		a[t] = newMessage(len(p.c.Unary[t]))
		here := p.with(a[t-1], t-1)
		column := message{make([]twofold.Number, len(here.low)), here.omega}
		for v := range a[t].low {
			for u, low := range here.low {
				column.low[u] = p.pair(t-1, u, v).Add(low)
			}
			a[t].low[v], a[t].omega[v] = p.sum(column)
		}
	}
	return a
}

// with returns a message and the unary energies of position t.
func (p *passes) with(a message, t int) message {
	m := message{make([]twofold.Number, len(a.low)), a.omega}
	for u, low := range a.low {
		m.low[u] = p.unary(t, u).Add(low)
	}
	return m
}
