package formula

import "math"

// The logsumexp M + ln Σ w_k of x_1 … x_n, w_k = e^(x_k − M), and its weights p_k = w_k/Σ. The algorithm: shift by the maximum, exp, sum,
// then the logarithm and the last addition, or the quotient; or p_k = exp(x_k − (M + ln Σ)).

// weights are what a Bound knows of a logsumexp.
type weights struct {
	p      []box     // p_k, whatever the x may be
	rest   []float64 // 1 − p_k, at most
	shift  []float64 // |x_k − M|, at most
	before []float64 // Σ_{j<k} p_j·(the error of x_j), and after it Σ_{j>k}
	after  []float64
	top    float64 // M, at most
	log    float64 // ln Σ, at most
	moved  float64 // Σ_k p_k (e^(u·shift_k) − 1): what the roundings of the shifts may do to the weights
	spread float64 // ln (1 + moved): what they may do to ln Σ
	lost   float64 // what a weight may lose to underflow, of the largest
}

// errors is Σ_{j≠k} p_j·(the error of x_j).
func (w *weights) errors(d *Bound, k int) float64 { return w.before[k] + w.after[k] }

// many is from how many terms on the error of a logsumexp, or of a weight, counts as a whole: n weights of n terms would take n² steps.
const many = 32

// prepare finds the weights of node i.
func (d *Bound) prepare(i int32, xs []int32) *weights {
	n, u := len(xs), d.m.U
	backing := make([]float64, 6*n+2)
	next := func(k int) []float64 { s := backing[:k]; backing = backing[k:]; return s }
	w := &weights{p: make([]box, n), rest: next(n), shift: next(n), before: next(n), after: next(n), top: math.Inf(-1)}
	lo, hi := next(n), next(n)
	d.sums[i] = w
	low := math.Inf(-1)
	for _, x := range xs {
		w.top, low = math.Max(w.top, d.b[x].hi), math.Max(low, d.b[x].lo)
	}
	if math.IsInf(w.top, 0) {
		for k := range xs {
			w.p[k], w.rest[k] = box{0, 1}, 1
		}
		w.log, w.spread, w.lost = math.Log(float64(n)), math.Inf(1), 1
		return w
	}
	for k, x := range xs {
		b := d.b[x]
		if math.IsInf(b.hi, -1) {
			continue // an impossible answer has no weight
		}
		w.shift[k] = w.top - b.lo
		lo[k] = math.Max(0, math.Exp(b.lo-w.top)*(1-8*outward*(1+w.shift[k])))
		if math.IsInf(b.lo, -1) {
			lo[k] = 0
		}
		hi[k] = math.Max(math.Exp(b.hi-w.top)*(1+8*outward*(1+w.top-b.hi)), smallest)
	}
	w.shares(lo, hi)
	sumLo, sumHi := 0.0, 0.0
	for k := range xs {
		sumLo, sumHi = sumLo+lo[k], sumHi+hi[k]
	}
	w.log = math.Log(float64(n)) * (1 + 8*outward)
	for k, x := range xs {
		if d.b[x].hi == w.top {
			w.log = math.Min(w.log, math.Log1p((sumHi-hi[k]+smallest)*math.Exp(w.top-d.b[x].lo))*(1+16*outward*float64(n+1))+16*outward)
		}
	}
	more := 0.0
	for k, x := range xs {
		if hi[k] > 0 {
			if by := u * w.shift[k]; by < 1 {
				more += w.p[k].hi * math.Expm1(by)
			} else {
				more += math.Exp(by-(w.top-d.b[x].hi)) / sumLo
			}
		}
		w.before[k] = times(w.p[k].hi, d.e[x])
	}
	w.moved = more * (1 + outward*float64(n+8))
	w.spread = math.Log1p(w.moved)
	w.around()
	// Where product and shift are fused, the largest weight is e^(its rounding) or its inverse, not 1; where that is no number lost is
	// infinite, and so is what rounding costs.
	w.lost = d.m.Tiny * math.Exp(u*math.Max(math.Abs(w.top), math.Abs(low))*(1+8*u))
	return w
}

// shares finds p_k = 1/(1 + Σ_{j≠k} w_j/w_k), and 1 − p_k, from sums of the others on either side: nothing is subtracted.
func (w *weights) shares(lo, hi []float64) {
	n := len(lo)
	restLo, restHi := w.before, w.after // scratch
	l, h := 0.0, 0.0
	for k := range n {
		restLo[k], restHi[k] = l, h
		l, h = l+lo[k], h+hi[k]
	}
	l, h = 0, 0
	for k := n - 1; k >= 0; k-- {
		restLo[k], restHi[k] = restLo[k]+l, restHi[k]+h
		l, h = l+lo[k], h+hi[k]
	}
	slack := 4 * outward * float64(n+4)
	for k := range n {
		if hi[k] == 0 {
			w.rest[k] = 1
			continue
		}
		w.p[k].hi = math.Max(smallest, math.Min(1, hi[k]/(hi[k]+restLo[k])*(1+slack)))
		if restHi[k] == 0 {
			w.p[k] = single(1)
			continue
		}
		if lo[k] > 0 {
			w.p[k].lo = math.Max(0, lo[k]/(lo[k]+restHi[k])*(1-slack))
		}
		w.rest[k] = math.Min(1, restHi[k]/(lo[k]+restHi[k])*(1+slack))
	}
}

// around turns the terms in before into sums of those before and after.
func (w *weights) around() {
	sum := 0.0
	for k := len(w.before) - 1; k >= 0; k-- {
		w.after[k] = sum
		sum += w.before[k]
	}
	sum = 0
	for k, t := range w.before {
		w.before[k] = sum
		sum += t
	}
}

// logsumexp bounds M + ln Σ. ln Σ is off by the spread of the shifts' roundings, by what exp and the n − 1 additions are off, and by what
// is lost; then the logarithm is, relatively, and the addition rounds.
func (d *Bound) logsumexp(i int32, n *node) (v box, r float64) {
	w := d.prepare(i, n.args)
	d.cut[i] = len(n.args) > many
	if math.IsInf(w.top, -1) {
		return single(w.top), 0
	}
	if math.IsInf(w.top, 1) {
		return d.infinite(n.args), math.Inf(1)
	}
	low, count, least := math.Inf(-1), 0.0, 0.0
	for _, x := range n.args {
		low = math.Max(low, d.b[x].lo)
		if d.b[x].hi > math.Inf(-1) {
			count++
		}
	}
	if count == 1 { // the others are impossible: ln 1
		for _, x := range n.args {
			if d.b[x].hi > math.Inf(-1) {
				return d.b[x], 0
			}
		}
	}
	for _, x := range n.args {
		least += math.Exp(d.b[x].lo-low) * (1 - 8*outward*(1+low-d.b[x].lo))
	}
	v = box{low + math.Max(0, math.Log(least)), w.top + w.log}
	v = widened(v.lo-16*outward*(1+math.Abs(v.lo)), v.hi+16*outward*(1+math.Abs(v.hi)))
	by := w.spread - math.Log1p(-d.m.Exp*d.m.U) + d.m.summed(count-1) + w.missing(count)
	r = by + d.m.function(d.m.Log)*(w.log+by)
	return v, r + d.m.U*(v.mag()+r)
}

// missing is what count flushed weights are of ln Σ, Σ being no less than the largest.
func (w *weights) missing(count float64) float64 {
	if count*w.lost >= 0.5 {
		return math.Inf(1)
	}
	return -math.Log1p(-count * w.lost)
}

// infinite is the box of a logsumexp with a term that may be +∞.
func (d *Bound) infinite(xs []int32) box {
	for _, x := range xs {
		if d.b[x] == single(math.Inf(1)) {
			return d.b[x]
		}
	}
	return everything
}

// softmax bounds the k-th weight: the logarithm of w_k/Σ is off by the rounding of its own shift, the spread of all, two exponentials, n
// roundings of sum and quotient, and what is lost; that of the other algorithm by the roundings of the logarithm, of M + ln Σ, which is no
// more than ln Σ as M is a number, and of the difference. Either: both are added.
func (d *Bound) softmax(i int32, n *node) (v box, r float64) {
	L := n.args[1]
	w := d.sums[L]
	v = w.p[n.k]
	d.cut[i] = len(w.p) > many
	if v == (box{}) || v == single(1) && w.rest[n.k] == 0 {
		return v, 0
	}
	u, shift := d.m.U, w.shift[n.k]
	count := float64(len(w.p))
	by := u*shift + w.spread - 2*math.Log1p(-d.m.Exp*u) + d.m.summed(count-1) - math.Log1p(-u) + w.missing(count)
	by += d.m.function(d.m.Log)*w.log + math.Min(u*(d.b[L].mag()), w.log) + u*(shift+w.log)
	r = math.Expm1(by) * v.hi
	if by >= 1 { // p alone may be too small for a float64
		r = math.Min(1, math.Exp(by-math.Max(0, w.top-d.b[n.args[0]].hi)))
	}
	return v, math.Min(1, r+2*w.lost)
}

// rest bounds 1 − t of a sigmoid t, or of a weight of a softmax: as a difference, for that it is true to all digits is nobody's doing, or as the
// sigmoid of the opposite, or the sum of the other weights; that of a gradient g(1 − t) as g − g·t, too, of which the product rounds.
func (d *Bound) rest(n *node) (v box, r float64) {
	t := d.b[n.args[0]]
	if t.isSingle() && (t.lo == 0 || t.lo == 1) {
		return single(1 - t.lo), 0
	}
	v = single(1).add(t.neg()).clip(0, 1)
	of := &d.p.nodes[n.args[0]]
	if of.op == opSigmoid {
		_, r = d.sigmoid(d.b[of.args[0]].neg())
	} else {
		r = d.others(of.args[1], v.hi)
	}
	difference := d.m.U * v.mag()
	if n.k == ofGradient {
		difference += d.m.U * t.mag()
	}
	return v, math.Min(1, math.Max(difference, r))
}

// others bounds the sum, at most q, of all weights of L but one. Each has its own shift, which moves it by each of the two algorithms of
// softmax; the other roundings of a weight, and those of the sum, move q by a factor.
func (d *Bound) others(L int32, q float64) (r float64) {
	w, u := d.sums[L], d.m.U
	count := float64(len(w.p))
	by := w.spread - 2*math.Log1p(-d.m.Exp*u) + 2*d.m.summed(count-1) - math.Log1p(-u) + w.missing(count)
	by += d.m.function(d.m.Log)*w.log + math.Min(u*(d.b[L].mag()), w.log) + u*w.log
	return math.Expm1(by)*q + 2*math.Exp(by)*w.moved + 2*count*w.lost
}
