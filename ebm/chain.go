package ebm

import (
	"math"
	"math/rand/v2"
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
// The passes send free energies. With softmin_v f(v) = −(1/β) ln Σ_v
// e^{−βf(v)},
//
//	a_t(v) = U_t(v) + softmin_u (a_{t−1}(u) + V_{t−1}(u, v))      all that lies before t, and t
//	b_t(u) = softmin_v (V_t(u, v) + U_{t+1}(v) + b_{t+1}(v))      all that lies after t
//
// so F_β = softmin_v (U₀(v) + b₀(v)) and p(y_t = v) ∝ e^{−β(a_t(v) + b_t(v))};
// with min for softmin they are Viterbi's. Nothing overflows unless a sum of
// energies along a sequence does, or ln(V)/β: for β below about 10⁻³⁰⁷ log Z,
// F_β and the marginals can be NaN, and Sample then panics.
//
// Special cases of all methods:
//
//	U or V = +Inf: a sequence with it is impossible
//	no sequence is possible: LogZ is −Inf, FreeEnergy +Inf, marginals are NaN, Infer and Sample return nil
//	some energy is NaN or −Inf: LogZ and FreeEnergy are NaN, marginals too, Infer and Sample return nil
//
// All methods panic if the chain is empty, or if its tables do not fit
// together; those with β also unless 0 < β < +Inf.
type Chain struct {
	Unary [][]float64
	Pair  [][][]float64
}

// check panics if the tables do not fit together.
func (c Chain) check() {
	if len(c.Pair) != len(c.Unary)-1 { // also for T = 0
		panic("ebm: a chain of T positions needs T ≥ 1 unary and T−1 pairwise tables")
	}
	for t, u := range c.Unary {
		if len(u) == 0 {
			panic("ebm: a position of the chain has no values")
		}
		if t > 0 && len(c.Pair[t-1]) != len(c.Unary[t-1]) {
			panic("ebm: a pairwise table does not fit its positions")
		}
		for a := 0; t > 0 && a < len(c.Pair[t-1]); a++ {
			if len(c.Pair[t-1][a]) != len(u) {
				panic("ebm: a pairwise table does not fit its positions")
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

// Energy returns F(y). It panics if y is not a sequence of the chain.
func (c Chain) Energy(y []int) float64 {
	c.check()
	if len(y) != len(c.Unary) {
		panic("ebm: the sequence and the chain differ in length")
	}
	var f float64
	for t, v := range y {
		f += c.Unary[t][v]
		if t > 0 {
			f += c.Pair[t-1][y[t-1]][v]
		}
	}
	return f
}

// softmin returns a function that returns −(1/β) ln Σ e^{−βF}.
func softmin(beta float64) func(F []float64) float64 {
	if !(beta > 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is not a positive number")
	}
	return func(F []float64) float64 { return NewGibbs(F, beta, Counting(len(F))).FreeEnergy() }
}

// after returns, for each value v of position t+1, the energy of going on from
// value u of t: V_t(u, v) + U_{t+1}(v) + b_{t+1}(v).
func (c Chain) after(dst []float64, t, u int, b [][]float64) []float64 {
	dst = dst[:0]
	for v, f := range c.Unary[t+1] {
		dst = append(dst, c.Pair[t][u][v]+f+b[t+1][v])
	}
	return dst
}

// backward returns b_t(u), with any kind of minimum.
func (c Chain) backward(minimum func([]float64) float64) [][]float64 {
	T := len(c.Unary)
	b := make([][]float64, T)
	b[T-1] = make([]float64, len(c.Unary[T-1]))
	var row []float64
	for t := T - 2; t >= 0; t-- {
		b[t] = make([]float64, len(c.Unary[t]))
		for u := range b[t] {
			row = c.after(row, t, u, b)
			b[t][u] = minimum(row)
		}
	}
	return b
}

// forward returns a_t(v), with any kind of minimum.
func (c Chain) forward(minimum func([]float64) float64) [][]float64 {
	a := make([][]float64, len(c.Unary))
	a[0] = c.Unary[0]
	var column []float64
	for t := 1; t < len(a); t++ {
		a[t] = make([]float64, len(c.Unary[t]))
		for v := range a[t] {
			column = column[:0]
			for u, f := range a[t-1] {
				column = append(column, f+c.Pair[t-1][u][v])
			}
			a[t][v] = c.Unary[t][v] + minimum(column)
		}
	}
	return a
}

// first returns U₀(v) + b₀(v).
func (c Chain) first(b [][]float64) []float64 {
	row := make([]float64, len(b[0]))
	for v, f := range c.Unary[0] {
		row[v] = f + b[0][v]
	}
	return row
}

// FreeEnergy returns F_β = −(1/β) ln Z. Its gradient in Unary and Pair are the
// marginals (identity 15), so the NLL of a sequence y, F(y) − F_β, has the
// gradient 1[y_t = v] − p(y_t = v) in U_t(v).
func (c Chain) FreeEnergy(beta float64) float64 {
	c.check()
	soft := softmin(beta)
	if !c.sound() {
		return math.NaN()
	}
	return soft(c.first(c.backward(soft)))
}

// LogZ returns ln Σ_y e^{−βF(y)}.
func (c Chain) LogZ(beta float64) float64 { return -beta * c.FreeEnergy(beta) }

// Infer returns a sequence of least energy and that energy (Viterbi). Of
// several it returns the first in lexicographic order, as far as sums of
// energies that are equal come out equal when rounded.
func (c Chain) Infer() (y []int, F float64) {
	c.check()
	if !c.sound() {
		return nil, math.NaN()
	}
	b := c.backward(func(F []float64) float64 {
		if i := Infer(F); i >= 0 {
			return F[i]
		}
		return math.Inf(1)
	})
	row := c.first(b)
	for t := range c.Unary {
		if t > 0 {
			row = c.after(row, t-1, y[t-1], b)
		}
		v := Infer(row)
		if v < 0 {
			return nil, math.Inf(1)
		}
		y = append(y, v)
	}
	return y, c.Energy(y)
}

// Marginals returns p(y_t = v) at [t][v].
func (c Chain) Marginals(beta float64) [][]float64 {
	c.check()
	soft := softmin(beta)
	p := make([][]float64, len(c.Unary))
	if !c.sound() {
		for t := range p {
			p[t] = undefined(nil, len(c.Unary[t]))
		}
		return p
	}
	a, b := c.forward(soft), c.backward(soft)
	for t := range p {
		row := make([]float64, len(a[t]))
		for v := range row {
			row[v] = a[t][v] + b[t][v]
		}
		p[t] = NewGibbs(row, beta, Counting(len(row))).Probs(row)
	}
	return p
}

// PairMarginals returns p(y_t = u, y_{t+1} = v) at [t][u][v], for 0 ≤ t < T−1.
func (c Chain) PairMarginals(beta float64) [][][]float64 {
	c.check()
	soft := softmin(beta)
	sound := c.sound()
	var a, b [][]float64
	if sound {
		a, b = c.forward(soft), c.backward(soft)
	}
	p := make([][][]float64, len(c.Pair))
	for t, table := range c.Pair {
		var row, all []float64
		for u := range table {
			if sound {
				row = c.after(row, t, u, b)
				for v := range row {
					row[v] += a[t][u]
				}
			} else {
				row = undefined(nil, len(c.Unary[t+1]))
			}
			all = append(all, row...)
		}
		all = NewGibbs(all, beta, Counting(len(all))).Probs(all)
		p[t] = make([][]float64, len(table))
		for u := range table {
			n := len(c.Unary[t+1])
			p[t][u] = all[u*n : (u+1)*n]
		}
	}
	return p
}

// Sample returns n sequences drawn with the probabilities p(y) = e^{−βF(y)}/Z,
// value by value: y₀ from its marginal, each next one given the one before. It
// panics if n < 0.
func (c Chain) Sample(n int, beta float64, r *rand.Rand) [][]int {
	c.check()
	soft := softmin(beta)
	if n < 0 {
		panic("ebm: negative number of samples")
	}
	if !c.sound() {
		return nil
	}
	b := c.backward(soft)
	start := c.first(b)
	if Infer(start) < 0 {
		return nil
	}
	ys := make([][]int, n)
	for i := range ys {
		row := start
		for t := range c.Unary {
			if t > 0 {
				row = c.after(nil, t-1, ys[i][t-1], b)
			}
			ys[i] = append(ys[i], NewGibbs(row, beta, Counting(len(row))).Sample(r))
		}
	}
	return ys
}
