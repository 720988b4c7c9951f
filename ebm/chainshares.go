package ebm

import (
	"math"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/twofold"
)

// A chance is a probability, and what it is off by at most, both times 2⁹⁰⁰.
type chance struct {
	kernel.Pair
	off float64
}

// trifle is 2⁻¹²⁰⁰, so: what is less adds nothing to a probability that shows.
const trifle = 0x1p-300

// shares sets unary and pair to the probabilities, on the way forward
//
//	p(y₀ = v) = softmax_v −βm₀(v),    p(u, v) = p(u) softmax_v −β(V_t(u, v) + m_{t+1}(v)),    p(v) = Σ_u p(u, v)
//
// where one of them may be nil; and for a y that is not nil to 1[·] − p, 1 − p being the sum of all others. Nothing cancels. What it is not sure of
// it sets to NaN, and returns whether there is none; where it knows nothing it sets nothing.
func (q *quick) shares(unary [][]float64, pair [][][]float64, y []int) (sure bool) {
	if math.IsInf(q.twin, 1) {
		return false
	}
	sure = true
	put := func(p chance) (x float64) {
		x, known := kernel.Probability(p.Pair, q.doubt(p))
		if !known {
			x, sure = math.NaN(), false
		}
		return x
	}
	signed := func(x float64) float64 {
		if y != nil {
			return 0 - x
		}
		return x
	}
	q.start()
	here := q.here[:len(q.Unary[0])]
	of := q.spread(len(here), chance{Pair: kernel.Pair{Hi: 0x1p900}})
	for v := range here {
		here[v] = of.chance(q.w[v])
	}
	for t := range q.Unary {
		var others sum
		for v, p := range here {
			if unary != nil {
				unary[t][v] = signed(put(p))
			}
			if y != nil && v != y[t] {
				others.add(p)
			}
		}
		if y != nil {
			unary[t][y[t]] = put(others.chance())
		}
		if t == len(q.Unary)-1 {
			return sure
		}
		n := len(q.Unary[t+1])
		sums := q.sums[:n]
		clear(sums)
		for u, p := range here {
			of := q.trifling(n, p)
			if p.Hi >= trifle {
				q.after(t, u)
				of = q.spread(n, p)
			}
			for v, w := range q.w[:n] {
				p := of.chance(w)
				sums[v].add(p)
				if pair != nil {
					pair[t][u][v] = signed(put(p))
				}
				if y != nil && u == y[t] && v != y[t+1] {
					others.add(p)
				}
			}
		}
		if y != nil {
			pair[t][y[t]][y[t+1]] = put(others.chance())
		}
		here = q.here[:n]
		for v, s := range sums {
			here[v] = s.chance()
		}
	}
	return sure
}

// A spreading is what the parts that a probability is spread over are off by.
type spreading struct {
	rel  float64 // of themselves, and
	lost float64 // each, times 2⁹⁰⁰
}

// chance returns a chance of a probability.
func (s spreading) chance(x kernel.Pair) chance { return chance{x, float64(x.Hi*s.rel) + s.lost} }

// spread sets w to p times the softmax of the row, of n values. Of itself a share of it is off by
//
//	2βε                    where the energies are by ε (see moved)
//	2⁻⁸¹·⁹ + 2⁻¹⁰²β|min f|   by kernel.Spread
//	off/p                  of p
func (q *quick) spread(n int, p chance) spreading {
	row := kernel.Soften(q.w[:n], q.f[:n], q.beta)
	row.Spread(q.w[:n], p.Pair)
	rel := q.moved(n, row.Low.Hi) + 0x1.2p-82 + float64(q.beta*math.Abs(row.Low.Hi)*0x1p-102)
	return spreading{rel + float64((1+0x1p-18)*p.off/p.Hi), float64(float64((p.Hi+p.off)*0x1p-500) * 0x1p-600)}
}

// trifling sets w to 0 for each of n parts of p.
func (q *quick) trifling(n int, p chance) spreading {
	clear(q.w[:n])
	return spreading{lost: p.Hi + p.off}
}

// doubt returns what p may be off by, or the twofold numbers where they have it.
func (q *quick) doubt(p chance) float64 { return p.off + float64(p.Hi*q.twin) }

// A sum is one of parts: hi loses nothing, lo has what it lost and the low parts.
type sum struct{ hi, lo, off, n float64 }

func (s *sum) add(p chance) {
	hi, lost := twofold.TwoSum(s.hi, p.Hi)
	s.hi = hi
	s.lo += lost + p.Lo
	s.off += p.off
	s.n++
}

// chance returns the sum. Of n parts lo has up to (n + 1)u of it, and loses u of that 2n times: with the last
// rounding, less than (n + 2)²2⁻¹⁰⁵ in all.
func (s *sum) chance() (p chance) {
	p.Hi, p.Lo = twofold.FastTwoSum(s.hi, s.lo)
	p.off = (1+0x1p-20)*s.off + float64(p.Hi*float64((s.n+2)*(s.n+2))*0x1p-105)
	return p
}
