package formula

import (
	"math"
	"slices"
)

// What good code does otherwise than a sum is written: it takes out a factor, adds up in one loop what is written as two sums, and writes 1 − p
// as the sum of the other probabilities. Nothing of that loses digits which the formula keeps.

// regrouped bounds what a sum v of the value, whose terms are of size all together, may lose more where it is computed around one of its terms.
// In c·t, where no energy is in c, the others divided by c may be added to t, and the whole multiplied by c: each of them, and the whole,
// rounds once more, and may pass the largest number where c is small. And where t is a sum of k, the others may come first in it, and pass through k additions more: what these do to t is in
// its own bound.
func (d *Bound) regrouped(i int32, n *node, v box, all float64) (r float64) {
	for _, a := range n.args {
		t, c, scaled := d.unscaled(a)
		others := math.Max(0, all-d.b[a].mag()) // what this rounds is nothing beside the rounding of v, which is as large as a then
		d.over[i] = d.over[i] || t != a && c > 0 && !(others/c+d.b[t].mag() <= d.m.Most)
		by := 0.0
		if of := &d.p.nodes[t]; of.op == opSum {
			by = math.Expm1(d.m.summed(float64(len(of.args))))
		}
		if scaled {
			by += d.m.U * (1 + by)
		}
		if by *= others; scaled {
			by += d.m.U * v.mag()
			d.scaled = true
		}
		r = math.Max(r, by)
	}
	return r
}

// unscaled is t in a = ±c·t, where no energy is in c, the least that c may be, and whether it is other than a power of 2.
func (d *Bound) unscaled(a int32) (t int32, c float64, scaled bool) {
	for c = 1; ; {
		n := &d.p.nodes[a]
		factor := -1
		switch {
		case n.op == opNeg:
			a = n.args[0]
			continue
		case n.op == opDiv && !d.p.nodes[n.args[1]].energy:
			factor = 1
		case n.op == opMul && !d.p.nodes[n.args[0]].energy:
			factor = 0
		case n.op == opMul && !d.p.nodes[n.args[1]].energy:
			factor = 1
		default:
			return a, c, scaled
		}
		if by := d.b[n.args[factor]]; n.op == opDiv {
			c /= by.mag()
		} else {
			c *= by.abs().lo
		}
		a, scaled = n.args[1-factor], scaled || !d.p.nodes[n.args[factor]].pow2
	}
}

// grown is what a product of some of the factors of node i may come to, v being what all of them do. The gradient is written nowhere: who writes it by
// hand may multiply 2 by β first, where automatic differentiation has −β·p_k·(2(p_k − δ) − …), and what both are multiplied by may be small. It is 0
// of what belongs to a branch of an if that is not taken: of that nothing is computed.
func (d *Bound) grown(i int32, n *node, v box) (size float64) {
	size = math.Max(1, v.mag())
	if int(i) < d.p.upTo {
		return size
	}
	of := 1.0
	switch n.op {
	case opMul:
		if of = math.Min(d.size[n.args[0]], d.size[n.args[1]]); of > 0 {
			of *= math.Max(d.size[n.args[0]], d.size[n.args[1]])
		}
	case opDiv:
		of = d.size[n.args[0]] * math.Max(1, 1/d.b[n.args[1]].abs().lo)
	case opNeg, opSum:
		of = 0
		for _, a := range n.args {
			of = math.Max(of, d.size[a])
		}
	case opIf, opIfSlope:
		if t, ok := d.branchOf(n); ok && v == single(0) && d.p.nodes[t].op == opConst {
			of = 0
		}
	}
	if of == 0 {
		return 0
	}
	return math.Max(size, of)
}

// rests bounds what a sum with the terms c and −c·p_k may lose where these are computed as c times the sum of the other weights; of 1 − p_1 − p_2
// it is nobody's way. The two terms are found by what they are: where they differ by the factor p_k alone, in whatever way they were come by,
// c(1 − p_k) is right.
func (d *Bound) rests(n *node) (r float64) {
	for _, a := range n.args {
		c, k, ok := d.weighted(a)
		if !ok || !slices.ContainsFunc(n.args, func(b int32) bool { return d.b[b].meets(c.neg()) }) {
			continue
		}
		if r != 0 {
			return 0
		}
		w := &d.p.nodes[k]
		q := d.sums[w.args[1]].rest[w.k]
		r = times(c.mag(), d.others(w.args[1], q)+d.m.U*q)
	}
	return r
}

// nothings bounds what a sum of the gradient may be off where terms are left out that are 0, or as small as their own rounding: as the sum of
// all F_k − F̂, F̂ the mean of F, is, which is no term of the derivative of Σ_k (F_k − F̂)²/n as people write it. A choice that is open is no such
// term.
func (d *Bound) nothings(i int32, n *node) (r float64) {
	if int(i) >= d.p.choices {
		return 0
	}
	for _, a := range n.args {
		if d.b[a].holds(0) {
			r += d.b[a].width()
		}
	}
	return r
}

// weighted is c in a = c·p_k, and the node of p_k.
func (d *Bound) weighted(a int32) (c box, k int32, ok bool) {
	n := &d.p.nodes[a]
	switch n.op {
	case opSoftmax:
		return single(1), a, true
	case opNeg:
		c, k, ok = d.weighted(n.args[0])
		return c.neg(), k, ok
	case opDiv:
		if c, k, ok = d.weighted(n.args[0]); ok {
			c = c.div(d.b[n.args[1]])
		}
	case opMul:
		for i, x := range n.args {
			if c, k, ok = d.weighted(x); ok {
				return c.mul(d.b[n.args[1-i]]), k, true
			}
		}
	}
	return c, k, ok
}
