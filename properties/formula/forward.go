package formula

import (
	"math"
	"slices"
)

// forward finds the box of node i, its own rounding and its error.
func (d *Bound) forward(i int32) {
	n := &d.p.nodes[i]
	d.cut[i], d.jump[i], d.over[i] = false, false, false
	args := n.args
	if n.op == opIf || n.op == opIfSlope {
		if t, ok := d.branchOf(n); ok {
			args = []int32{args[0], args[1], t}
		}
	}
	for _, a := range args {
		d.over[i] = d.over[i] || d.over[a]
	}
	v, r := d.rounding(i, n)
	if v.isInfinite() {
		if len(n.args) == 0 || slices.ContainsFunc(n.args, func(a int32) bool { return d.b[a].isInfinite() }) {
			d.b[i], d.r[i], d.e[i], d.size[i] = v, 0, 0, math.Inf(1) // an impossible answer, or what comes of one
			return
		}
		v, r = v.hull(single(math.Copysign(math.MaxFloat64, v.lo))), math.Inf(1) // a number past the largest of float64
	}
	if math.IsNaN(r) {
		r = math.Inf(1)
	}
	if v.mag()+r > d.m.Most { // it may be an infinity, of which a number may come
		d.over[i], r = true, math.Inf(1)
	}
	d.size[i] = d.grown(i, n, v)
	d.over[i] = d.size[i] > 0 && (d.over[i] || d.size[i] > d.m.Most && (n.op == opMul || n.op == opDiv))
	d.r[i], d.b[i] = r, v.wider(r)
	switch n.op { // no rounding makes these negative, nor larger than 1
	case opSigmoid, opSoftmax, opRest:
		d.b[i] = d.b[i].clip(0, 1)
	case opExp, opSoftplus, opSqrt:
		d.b[i] = d.b[i].clip(0, math.Inf(1))
	case opMul:
		if n.args[0] == n.args[1] {
			d.b[i] = d.b[i].clip(0, math.Inf(1))
		}
	}
	d.e[i] = math.Min(d.b[i].width(), d.running(i, n))
}

// running bounds the error of node i by those of its arguments.
func (d *Bound) running(i int32, n *node) float64 {
	if d.cut[i] && (n.op.isChoice() || n.op == opIf) {
		return d.b[i].width()
	}
	sum := d.r[i]
	switch n.op {
	case opMax: // the larger of two moves no further than either
		for _, a := range d.candidates(n) {
			sum = math.Max(sum, d.e[a])
		}
	case opLSE:
		w := d.sums[i]
		for k, a := range n.args {
			sum += times(w.p[k].hi, d.e[a])
		}
	case opSoftmax:
		w := d.sums[n.args[1]]
		sum += times(w.p[n.k].hi, times(w.rest[n.k], d.e[n.args[0]])+w.errors(d, int(n.k)))
	default:
		d.partials(i, func(a int32, by box) { sum += times(by.mag(), d.e[a]) })
	}
	return sum * (1 + 0x1p-50*float64(len(n.args)+4))
}

// rounding returns the box of what node i makes of all that its arguments may be, and by how much its own rounding moves that at most.
func (d *Bound) rounding(i int32, n *node) (v box, r float64) {
	a := func(k int) box { return d.b[n.args[k]] }
	u, tiny := d.m.U, d.m.Tiny
	relative := func(v box, by, lost float64) (box, float64) { return v, by*v.mag() + lost }
	switch n.op {
	case opConst:
		return d.constant(n)
	case opInf:
		return single(math.Inf(1)), 0
	case opVar:
		return d.input(d.in.F[n.k])
	case opParam:
		return d.input(d.in.Params[n.k])
	case opSum:
		return d.sum(i, n)
	case opNeg:
		return a(0).neg(), 0
	case opMul:
		return d.product(n)
	case opDiv:
		v := a(0).div(a(1))
		if a(0) == single(0) && !a(1).holds(0) || math.IsInf(a(1).lo, 0) && a(1).isSingle() && !a(0).isInfinite() {
			return single(0), 0
		}
		if d.p.nodes[n.args[1]].pow2 {
			return v, d.lost(v)
		}
		return relative(v, u, tiny)
	case opPow: // by |b| products and a division, or by a library's power, as good as its exponential and logarithm
		b := a(1)
		return relative(a(0).power(b), math.Max(d.m.rel(math.Max(2, math.Abs(b.hi)+1)), math.Max(d.m.function(d.m.Exp), d.m.function(d.m.Log))), tiny)
	case opExp:
		if a(0) == single(0) || a(0) == single(math.Inf(-1)) {
			return a(0).exp(), 0
		}
		return relative(a(0).exp(), d.m.function(d.m.Exp), tiny)
	case opExpm1:
		return relative(a(0).expm1(), d.m.function(d.m.Exp), tiny)
	case opLog:
		return relative(a(0).log(), d.m.function(d.m.Log), 0)
	case opLog1p:
		return relative(a(0).log1p(), d.m.function(d.m.Log1p), tiny)
	case opSqrt:
		return relative(a(0).sqrt(), u, 0)
	case opAbs:
		return a(0).abs(), 0
	case opPos:
		return a(0).pos(), 0
	case opMax:
		return d.max(i, n), 0
	case opLSE:
		return d.logsumexp(i, n)
	case opSoftmax:
		return d.softmax(i, n)
	case opSoftplus:
		return d.softplus(a(0))
	case opSigmoid:
		return d.sigmoid(a(0))
	case opRest:
		return d.rest(n)
	case opIf:
		return d.branch(i, n), 0
	}
	return d.choice(i, n), 0
}

// constant may have to be rounded to the format.
func (d *Bound) constant(n *node) (v box, r float64) {
	if n.exact && d.m.isExact(n.f) {
		return single(n.f), 0
	}
	return widened(n.f, n.f), d.m.U*math.Abs(n.f)*(1+outward) + d.m.Tiny*d.m.U
}

// input is a number of the format, which may be flushed. Of what is made of NaN or −∞ nothing is known.
func (d *Bound) input(x float64) (v box, r float64) {
	if !(x > math.Inf(-1)) {
		return everything, math.Inf(1)
	}
	if d.m.Flushes && math.Abs(x) < d.m.Tiny {
		return single(x), math.Abs(x)
	}
	return single(x), 0
}

// lost is what underflow may cost a multiplication by a power of 2, which is exact otherwise.
func (d *Bound) lost(v box) float64 {
	if v.mag() == 0 || v.lo >= d.m.Tiny/d.m.U || v.hi <= -d.m.Tiny/d.m.U {
		return 0
	}
	return d.m.Tiny
}

func (d *Bound) product(n *node) (v box, r float64) {
	x, y := d.b[n.args[0]], d.b[n.args[1]]
	if n.args[0] == n.args[1] {
		v = x.square()
	} else {
		v = x.mul(y)
	}
	switch {
	case x == single(0) || y == single(0):
		return single(0), 0
	case d.p.nodes[n.args[0]].pow2 || d.p.nodes[n.args[1]].pow2:
		return v, d.lost(v)
	}
	return v, d.m.U*v.mag() + d.m.Tiny
}

// sum bounds what adding in any order may lose: of k numbers k − 1 roundings. A logsumexp among them, M + ln Σ, is a sum itself, whose parts
// may be added one by one; ln Σ is at most ln n. And it may be computed otherwise: see regrouped, rests and nothings.
func (d *Bound) sum(i int32, n *node) (v box, r float64) {
	u := d.m.U
	v = single(0)
	all, logs := 0.0, 0.0
	for _, a := range n.args {
		v = v.add(d.b[a])
		all += d.b[a].mag()
		if d.p.nodes[a].op == opNeg {
			a = d.p.nodes[a].args[0]
		}
		if d.p.nodes[a].op == opLSE {
			logs += u * 2 * math.Log(float64(len(d.p.nodes[a].args)))
		}
	}
	terms := len(n.args)
	if terms > many { // it may be met from every component
		if d.cut[i] = int(i) >= d.p.upTo; !d.cut[i] {
			d.long[i] = nil
		}
	}
	if d.m.Flushes {
		r = float64(terms) * d.m.Tiny
	}
	if math.IsInf(all, 1) {
		if v.isInfinite() {
			return v, 0
		}
		return v, math.Inf(1)
	}
	if int(i) < d.p.upTo {
		r += d.regrouped(i, n, v, all)
	} else {
		r += d.nothings(i, n)
		if terms <= many {
			r += d.rests(n)
		}
	}
	switch {
	case terms == 2 && logs == 0:
		return v, r + u*v.mag()
	case terms == 2:
		return v, r + u*(v.mag()+logs) + u*v.mag() + logs
	case terms == 3 && logs == 0:
		x, y, z := d.b[n.args[0]], d.b[n.args[1]], d.b[n.args[2]]
		first := max(x.add(y).mag(), y.add(z).mag(), x.add(z).mag())
		return v, r + u*(first+v.mag()+u*first)
	case logs != 0:
		return v, r + d.m.rel(float64(terms))*(all+logs) + u*v.mag() + logs
	}
	return v, r + math.Expm1(d.m.summed(float64(terms-1)))*all*(1+outward*float64(terms))
}

// softplus is max(t, 0) + log1p(exp(−|t|)): the errors of both functions are relative ones of the second term.
func (d *Bound) softplus(t box) (v box, r float64) {
	v = t.softplus()
	if t.isInfinite() {
		return v, 0
	}
	l := math.Log1p(math.Exp(-math.Max(0, math.Max(t.lo, -t.hi)))) * (1 + 8*outward)
	e, g := d.m.function(d.m.Exp), d.m.function(d.m.Log1p)
	by := (e+g+e*g)*l + 2*d.m.Tiny
	return v, by + d.m.U*(v.mag()+by)
}

// sigmoid is 1/(1 + e^−t) or e^t/(1 + e^t): its logarithm has the derivative 1 − σ by that of the exponential, whose error e counts with the
// largest 1 − σ up to e^e; then a sum and a quotient round.
func (d *Bound) sigmoid(t box) (v box, r float64) {
	v = t.sigmoid()
	if t.isInfinite() {
		return v, 0
	}
	e := -math.Log1p(-d.m.Exp * d.m.U)
	by := e*math.Exp(e)*math.Min(1, box{-t.hi, -t.lo}.sigmoid().hi) - 2*math.Log1p(-d.m.U)
	return v, math.Expm1(by)*v.mag() + 2*d.m.Tiny
}
