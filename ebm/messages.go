package ebm

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// Messages are what a chain says at one inverse temperature: one pass along it, for all numbers that it is asked
// for. Like a Gibbs, one may hold many chains, one after the other, and asked with a dst it hardly ever allocates
// anything where those are no larger than the ones before.
//
// Each number is as accurate as Chain says, whose methods are these of Messages that hold it; so are the special
// cases. It is computed in pairs of float64s, with what that is off by, and where this leaves a doubt how it is
// rounded, it is the plain twin's: that of passes, in twofold numbers. Messages are not for many goroutines at once.
type Messages struct {
	quick quick
	sound bool // whether every energy is finite or +Inf
}

// Hold makes m the messages of the chain c at β, which it keeps and does not copy: its tables must not
// change while m is asked. It panics if the chain is empty, if its tables do not fit together, and unless
// 0 < β < +Inf.
func (m *Messages) Hold(c Chain, beta float64) {
	m.sound = c.demand(beta)
	m.quick.hold(c, beta, m.sound)
}

// FreeEnergy is Chain.FreeEnergy.
func (m *Messages) FreeEnergy() float64 {
	if x, sure := m.quick.free(1); sure {
		return x
	}
	return m.quick.Chain.free(m.quick.beta).Float64()
}

// LogZ is Chain.LogZ.
func (m *Messages) LogZ() float64 {
	c, beta := m.quick.Chain, m.quick.beta
	if x, sure := m.quick.free(-beta); sure {
		return x
	}
	return twofold.Of(beta).Mul(c.free(beta)).Neg().Float64()
}

// NLL is Chain.NLL. It panics if y is not a sequence of the chain.
func (m *Messages) NLL(y []int) float64 {
	c, beta := m.quick.Chain, m.quick.beta
	F := c.Energy(y)
	if !m.sound {
		return math.NaN()
	}
	if x, sure := m.quick.nll(y); sure {
		return x
	}
	return c.plainNLL(y, beta, F)
}

// Marginals sets dst[t][v] to p(y_t = v), and returns it (see Chain.Marginals); what of dst is nil is allocated. It
// panics if dst has another shape than the unary tables.
func (m *Messages) Marginals(dst [][]float64) [][]float64 {
	c := m.quick.Chain
	dst = shaped(dst, c.Unary)
	if m.quick.shares(dst, nil, nil) {
		return dst
	}
	for t, w := range c.marginals(m.quick.beta) {
		w.probs(dst[t])
	}
	return dst
}

// PairMarginals sets dst[t][u][v] to p(y_t = u, y_{t+1} = v), and returns it (see Chain.PairMarginals); what of dst
// is nil is allocated. It panics if dst has another shape than the pairwise tables.
func (m *Messages) PairMarginals(dst [][][]float64) [][][]float64 {
	c := m.quick.Chain
	dst = allShaped(dst, c.Pair)
	if m.quick.shares(nil, dst, nil) {
		return dst
	}
	for t, w := range c.pairMarginals(m.quick.beta) {
		w.probs(dst[t]...)
	}
	return dst
}

// NLLGrad sets dst to the gradient of NLL in the tables of the chain, and returns it (see Chain.NLLGrad); what of dst is
// nil is allocated. It panics if y is not a sequence of the chain, or if dst has another shape.
func (m *Messages) NLLGrad(dst Chain, y []int) Chain {
	c, beta := m.quick.Chain, m.quick.beta
	c.Energy(y)
	dst.Unary, dst.Pair = shaped(dst.Unary, c.Unary), allShaped(dst.Pair, c.Pair)
	if m.quick.shares(dst.Unary, dst.Pair, y) {
		return dst
	}
	// minus turns p into 1[·] − p.
	minus := func(row []float64) {
		for v, p := range row {
			row[v] = 0 - p
		}
	}
	for t, w := range c.marginals(beta) {
		w.probs(dst.Unary[t])
		minus(dst.Unary[t])
		dst.Unary[t][y[t]] = w.complement(y[t])
	}
	for t, w := range c.pairMarginals(beta) {
		w.probs(dst.Pair[t]...)
		for _, row := range dst.Pair[t] {
			minus(row)
		}
		dst.Pair[t][y[t]][y[t+1]] = w.complement(y[t]*len(c.Unary[t+1]) + y[t+1])
	}
	return dst
}

// shaped returns dst, with what is nil of it allocated. It panics if it has another shape than the table.
func shaped(dst, table [][]float64) [][]float64 {
	if dst == nil {
		dst = make([][]float64, len(table))
	}
	if len(dst) != len(table) {
		panic("ebm: dst has the wrong length")
	}
	for t, row := range table {
		dst[t] = room(dst[t], len(row))
	}
	return dst
}

func allShaped(dst, tables [][][]float64) [][][]float64 {
	if dst == nil {
		dst = make([][][]float64, len(tables))
	}
	if len(dst) != len(tables) {
		panic("ebm: dst has the wrong length")
	}
	for t, table := range tables {
		dst[t] = shaped(dst[t], table)
	}
	return dst
}
