package ebm

import (
	"math"
	"slices"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/twofold"
)

// quick are the messages of a chain in pairs of float64s, from its end to its start,
//
//	m_T−1(u) = U(u),    m_t(u) = U_t(u) + softmin_v (V_t(u, v) + m_{t+1}(v)),    F_β = softmin m₀
//
// with the least finite energy of each table taken away first, as the twofold numbers of passes have it:
// what is common to all sequences costs no digits of what lies between them.
//
// # Errors
//
// Each message comes with what it is off by at most. These errors add up along each path that counts (see
// worst). Beside them, twin covers what the twofold numbers may be off by, which round to the same float64: of
// n values at most, in units of 1/β,
//
//	2⁻⁹¹·⁷ + n 2⁻¹⁰⁴·⁴   a softmin: 8u² of a βd up to 1490, an exponential of 2⁻⁹³, n sums
//	6u²(β|F| + 1040)     the two sums before it: energies that count lie no higher than 1040/β above
//	6u² T ln n           the least sequence, and that no more than T ln n/β above F
//
// for each of T positions, which a probability has in what it divides, too. With ln n < 17 and twice for the sums
// after them that is less than 2⁻⁸⁹ + n 2⁻¹⁰² + T 2⁻⁹⁷ + 2⁻¹⁰¹β|F|.
type quick struct {
	Chain
	beta float64
	from []int   // where the values of each position begin, and after the last end
	m    []reach // the messages, less the least of the table before
	base reach   // what was taken away, and
	size float64 // the sum of its sizes
	F    reach   // the softmin of m₀
	twin float64 // the error of the twofold numbers, over all positions; +Inf where nothing is known

	f    []kernel.Pair // the energies of a row, and
	off  []float64     // what they are off by
	w    []kernel.Pair // what a row is spread to
	here []chance      // the probabilities of one position, and
	sums []sum         // those of the next
}

// A reach is what lies after a value of a chain: its free energy, and what that is off by at most.
type reach struct {
	kernel.Pair
	off float64
}

// share of a number is what a sum that comes to it costs: 2u² of each part or 3u².
const share = 0x1p-103

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

// above returns r + (x − low).
func (r reach) above(x, low float64) reach {
	d, δ := twofold.TwoSum(x, -low)
	if r == impossible || math.IsInf(x, 1) {
		return impossible
	}
	r.Hi, r.Lo = twofold.AddPair(r.Hi, r.Lo, d, δ)
	r.off += float64(math.Abs(r.Hi) * share)
	if r.Hi-r.Hi != 0 {
		return reach{Pair: impossible.Pair, off: math.Inf(1)}
	}
	return r
}

// take returns the least finite energy of a table, 0 if there is none, and notes that it is taken away.
func (q *quick) take(table ...[]float64) float64 {
	low := leastFinite(table)
	q.base = q.base.plus(low)
	q.size += math.Abs(low)
	return low
}

// hold makes q the messages of a chain. It is sure of nothing if that is not sound, or for a β that the kernel
// does not take.
func (q *quick) hold(c Chain, beta float64, sound bool) {
	q.Chain, q.beta, q.F, q.twin = c, beta, reach{}, math.Inf(1)
	if !sound || !(beta >= 0x1p-900 && beta <= 0x1p900) {
		return
	}
	T, widest := len(c.Unary), 0
	q.from = q.from[:0]
	n := 0
	for _, U := range c.Unary {
		q.from = append(q.from, n)
		n, widest = n+len(U), max(widest, len(U))
	}
	q.from = append(q.from, n)
	q.m = resized(q.m, n)
	q.f, q.off, q.w = resized(q.f, widest), resized(q.off, widest), resized(q.w, widest)
	q.here, q.sums = resized(q.here, widest), resized(q.sums, widest)
	q.base, q.size = reach{}, 0
	for t := T - 1; t >= 0; t-- {
		low := q.take(c.Unary[t])
		for u, U := range c.Unary[t] {
			r := reach{}
			if t < T-1 {
				q.after(t, u)
				r = q.softened(len(c.Unary[t+1]))
			}
			q.at(t)[u] = r.above(U, low)
		}
		if t > 0 {
			low := q.take(c.Pair[t-1]...)
			for v, r := range q.at(t) {
				q.at(t)[v] = r.plus(-low)
			}
		}
	}
	q.start()
	q.F = q.softened(len(c.Unary[0]))
	each := 0x1p-89 + float64(widest)*0x1p-102 + float64(T)*0x1p-97 + float64(beta*math.Abs(q.F.Hi)*0x1p-101)
	q.twin = float64(T) * each
}

// resized returns s with the length n, of which it says nothing.
func resized[E any](s []E, n int) []E { return slices.Grow(s[:0], n)[:n] }

// at returns the messages of position t.
func (q *quick) at(t int) []reach { return q.m[q.from[t]:q.from[t+1]] }

// start makes the row that of the first position.
func (q *quick) start() {
	for v, r := range q.at(0) {
		q.f[v], q.off[v] = r.Pair, r.off
	}
}

// after makes the row what can be after value u of position t.
func (q *quick) after(t, u int) {
	m := q.at(t + 1)
	for v, V := range q.Chain.Pair[t][u] {
		s, e := twofold.TwoSum(m[v].Hi, V)
		s, e = twofold.FastTwoSum(s, e+m[v].Lo)
		q.f[v], q.off[v] = kernel.Pair{Hi: s, Lo: e}, m[v].off+float64(math.Abs(s)*share)
		if s-s != 0 {
			r := m[v].plus(V)
			q.f[v], q.off[v] = r.Pair, r.off
		}
	}
}

// softened returns the free energy of the row, of n values.
func (q *quick) softened(n int) reach {
	row := kernel.Soften(nil, q.f[:n], q.beta)
	F, err := row.Min()
	return reach{F, q.worst(n, row.Low.Hi) + err}
}

// worst returns the most that the row is off by, of n values with the least energy low. A softmin moves by no more than
// that, and what lies 800/β above the least, by what it is off by too, adds less than e^−700 of
// the rest: an energy of 10⁹, which is to say never, may be off by any number of ulps of the others.
func (q *quick) worst(n int, low float64) (off float64) {
	for v, f := range q.f[:n] {
		if !(q.beta*(f.Hi-q.off[v]-low) > 800) {
			off = max(off, q.off[v])
		}
	}
	return off
}

// moved returns what the probabilities of the row may be off by, of themselves, and so their sum without the largest:
// 2βε where the energies are by ε, and a little more for what is not linear. It is +Inf where that is above 2⁻²⁰.
func (q *quick) moved(n int, low float64) float64 {
	if m := float64(2 * q.beta * q.worst(n, low)); m <= 0x1p-20 {
		return (1 + 0x1p-19) * m
	}
	return math.Inf(1)
}

// free returns F_β times a factor, and whether it is sure of it.
func (q *quick) free(factor float64) (x float64, sure bool) {
	F := q.whole()
	return kernel.Settle(F.Pair, factor, F.off)
}

// whole returns F_β, with what the twofold numbers may be off by: these add up what was taken away in another order,
// 2T sums of up to its size.
func (q *quick) whole() (F reach) {
	F.Hi, F.Lo = twofold.AddPair(q.base.Hi, q.base.Lo, q.F.Hi, q.F.Lo)
	F.off = q.F.off + q.base.off + float64(math.Abs(F.Hi)*share) + float64(float64(len(q.Unary))*q.size*share) + q.twin/q.beta
	return F
}

// nll returns −(1/β) ln p(y), and whether it is sure of it.
func (q *quick) nll(y []int) (x float64, sure bool) {
	if math.IsInf(q.twin, 1) {
		return 0, false
	}
	all := q.surprise(y)
	return kernel.Settle(all.Pair, 1, all.off)
}

// surprise returns −(1/β) ln p(y): the sum of what y₀ and each value after the one before lie above the free
// energies of their rows. That of the least of its row is ln(1 + s)/β alone, and moves with s.
//
// The twofold numbers have sums of up to F(y) in T rows, T of them in a message: they are off by 3u²T² of what is
// left of these beside twin.
func (q *quick) surprise(y []int) (all reach) {
	T := float64(len(y))
	for t, v := range y {
		if q.start(); t > 0 {
			q.after(t-1, y[t-1])
		}
		n := len(q.Unary[t])
		row := kernel.Soften(nil, q.f[:n], q.beta)
		above, err := row.Above(q.f[v])
		moved := q.moved(n, row.Low.Hi) + q.twin
		if v == row.Top {
			err += float64(moved * above.Hi)
		} else {
			err += moved/q.beta + q.off[v]
		}
		all.Hi, all.Lo = twofold.AddPair(all.Hi, all.Lo, above.Hi, above.Lo)
		all.off += err + float64(all.Hi*share)
	}
	all.off += float64(all.Hi * T * T * share)
	return all
}
