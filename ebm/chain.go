package ebm

import (
	"math"
	"math/rand/v2"

	"ebmcheck/ebm/twofold"
)

// A Chain is the energy of a sequence y = (y₀, …, y_{T−1}) in which only
// neighbours meet,
//
//	F(y) = Σ_t U_t(y_t) + Σ_t V_t(y_t, y_{t+1})
//
// with Unary[t][a] = U_t(a) for 0 ≤ t < T, and Pair[t][a][b] = V_t(a, b) for 0
// ≤ t < T−1. Positions may differ in their number of values. There are Πₜ
// len(Unary[t]) answers, but their sum, minimum, marginals and samples take one
// pass along the chain and one back, O(T V²): a discrete space is no more
// tractable for being discrete (C46), this one is for its structure (identity
// 79).
//
// Every number is rounded once: marginals, NLL and its
// gradient are within half an ulp, and 2⁻³⁰ of one, of their true values for up to 2⁸
// positions of up to 2⁸ values, F_β and ln Z within half an ulp and 2⁻⁸⁰ of the energies
// that they are made of (of F_β all may cancel). What is common to all sequences, such as
// 10⁹ on each unary energy, moves none of the former.
//
// Special cases of all methods:
//
//	U or V = +Inf: a sequence with it is impossible
//	no sequence is possible: LogZ is −Inf, FreeEnergy +Inf, marginals are NaN, Infer and Sample return nil
//	some energy is NaN or −Inf: LogZ and FreeEnergy are NaN, marginals too, Infer and Sample return nil
//
// Who asks for more than one number, or of more than one chain, has all of them from Messages, by one pass.
//
// All methods panic if the chain is empty, or if its tables do not fit
// together; those with β also unless 0 < β < +Inf.
type Chain struct {
	Unary [][]float64
	Pair  [][][]float64
}

const (
	wrongTables = "ebm: a chain of T positions needs T ≥ 1 unary and T−1 pairwise tables"
	unfit       = "ebm: a pairwise table does not fit its positions"
)

// check panics if the tables do not fit together.
func (c Chain) check() {
	if len(c.Pair) != len(c.Unary)-1 { // also for T = 0
		panic(wrongTables)
	}
	for t, u := range c.Unary {
		if len(u) == 0 {
			panic("ebm: a position of the chain has no values")
		}
		if t > 0 && len(c.Pair[t-1]) != len(c.Unary[t-1]) {
			panic(unfit)
		}
		for a := 0; t > 0 && a < len(c.Pair[t-1]); a++ {
			if len(c.Pair[t-1][a]) != len(u) {
				panic(unfit)
			}
		}
	}
}

// sound reports whether every energy is finite or +Inf.
func (c Chain) sound() bool {
	sound := true
	look := func(row []float64) {
		for _, f := range row {
			sound = sound && f > math.Inf(-1) // NaN is not
		}
	}
	for _, u := range c.Unary {
		look(u)
	}
	for _, table := range c.Pair {
		for _, row := range table {
			look(row)
		}
	}
	return sound
}

// Energy returns F(y) = Σ_t U_t(y_t) + Σ_t V_t(y_t, y_{t+1}), of the terms of y alone
// (C46). It panics if y is not a sequence of the chain, or if a table that it meets does
// not fit.
func (c Chain) Energy(y []int) float64 { return c.energy(y).Float64() }

func (c Chain) energy(y []int) twofold.Number {
	if len(c.Pair) != len(c.Unary)-1 {
		panic(wrongTables)
	}
	if len(y) != len(c.Unary) {
		panic("ebm: the sequence and the chain differ in length")
	}
	var F twofold.Number
	for t, v := range y {
		if v < 0 || v >= len(c.Unary[t]) {
			panic("ebm: no such value at a position of the chain")
		}
		F = F.Add(twofold.Of(c.Unary[t][v]))
		if t == 0 {
			continue
		}
		if table := c.Pair[t-1]; len(table) != len(c.Unary[t-1]) || len(table[y[t-1]]) != len(c.Unary[t]) {
			panic(unfit)
		}
		F = F.Add(twofold.Of(c.Pair[t-1][y[t-1]][v]))
	}
	return F
}

// demand panics unless 0 < β < +Inf and the tables fit together, and reports whether every
// energy is finite or +Inf.
func (c Chain) demand(beta float64) (sound bool) {
	c.check()
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	return c.sound()
}

// FreeEnergy returns F_β = −(1/β) ln Z. Its gradient in Unary and Pair are the
// marginals (identity 15).
func (c Chain) FreeEnergy(beta float64) float64 {
	var m Messages
	m.Hold(c, beta)
	return m.FreeEnergy()
}

// LogZ returns ln Z = ln Σ_y e^{−βF(y)} = −βF_β, over all sequences (identity 79).
func (c Chain) LogZ(beta float64) float64 {
	var m Messages
	m.Hold(c, beta)
	return m.LogZ()
}

// Marginals returns p(y_t = v) = Σ_y p(y) 1[y_t = v] = ∂F_β/∂U_t(v) at [t][v] (identities 15
// and 79).
func (c Chain) Marginals(beta float64) [][]float64 {
	var m Messages
	m.Hold(c, beta)
	return m.Marginals(nil)
}

// PairMarginals returns p(y_t = u, y_{t+1} = v) = ∂F_β/∂V_t(u, v) at [t][u][v], for 0 ≤ t <
// T−1 (identities 15 and 79).
func (c Chain) PairMarginals(beta float64) [][][]float64 {
	var m Messages
	m.Hold(c, beta)
	return m.PairMarginals(nil)
}

// Sample returns n sequences drawn with the probabilities p(y) = e^{−βF(y)}/Z (identity 79),
// value by value: y₀ from its marginal, each next one given the one before, each as
// Gibbs.Sample draws. It panics if n < 0.
func (c Chain) Sample(n int, beta float64, r *rand.Rand) [][]int {
	sound := c.demand(beta)
	if n < 0 {
		panic("ebm: negative number of samples")
	}
	if !sound {
		return nil
	}
	p := c.passes(beta)
	b := p.backward()
	if math.IsInf(lowest(b[0].low).Hi, 1) {
		return nil
	}
	ys := make([][]int, n)
	for i := range ys {
		row := b[0]
		for t := range c.Unary {
			if t > 0 {
				row = p.after(message{}, t-1, ys[i][t-1], b)
			}
			w := p.weights(row)
			ys[i] = append(ys[i], w.draw(r))
		}
	}
	return ys
}
