package formula

import "math"

// partials calls to with each argument of node i and a box of the derivative by it.
func (d *Bound) partials(i int32, to func(a int32, by box)) {
	n := &d.p.nodes[i]
	a := func(k int) box { return d.b[n.args[k]] }
	one := single(1)
	switch n.op {
	case opSum:
		for _, x := range n.args {
			to(x, one)
		}
	case opNeg, opRest:
		to(n.args[0], single(-1))
	case opMul:
		if n.args[0] == n.args[1] {
			to(n.args[0], a(0).mul(single(2)))
			return
		}
		to(n.args[0], a(1))
		to(n.args[1], a(0))
	case opDiv:
		to(n.args[0], one.div(a(1)))
		to(n.args[1], d.b[i].div(a(1)).neg())
	case opPow:
		d.powerPartials(n, to)
	case opExp, opExpm1:
		to(n.args[0], a(0).exp())
	case opLog:
		to(n.args[0], one.div(a(0).pos()))
	case opLog1p:
		to(n.args[0], one.div(one.add(a(0)).pos()))
	case opSqrt:
		root := a(0).sqrt()
		to(n.args[0], single(0.5).div(root))
	case opAbs:
		s := box{-1, 1}
		if a(0).lo >= 0 {
			s = one
		} else if a(0).hi <= 0 {
			s = single(-1)
		}
		to(n.args[0], s)
	case opPos:
		s := box{0, 1}
		if a(0).lo >= 0 {
			s = one
		} else if a(0).hi <= 0 {
			s = single(0)
		}
		to(n.args[0], s)
	case opMax: // one argument is the largest: otherwise the maximum is cut
		to(d.candidates(n)[0], one)
	case opLSE:
		for k, p := range d.sums[i].p {
			to(n.args[k], p)
		}
	case opSoftmax: // p_k(1 − p_k) and −p_k p_j; L is no rounding of it
		w := d.sums[n.args[1]]
		for j, x := range d.p.nodes[n.args[1]].args {
			if int32(j) == n.k {
				to(x, w.p[j].mul(box{0, w.rest[j]}))
			} else {
				to(x, w.p[n.k].mul(w.p[j]).neg())
			}
		}
	case opSoftplus:
		to(n.args[0], a(0).sigmoid())
	case opSigmoid:
		to(n.args[0], a(0).sigmoid().mul(a(0).neg().sigmoid()))
	case opIf:
		s, _ := d.decided(n)
		if taken(n.k, s) {
			to(n.args[2], one)
		} else {
			to(n.args[3], one)
		}
	case opIfSlope:
		if s, ok := d.decided(n); ok && s != 0 {
			if taken(n.k, s) {
				to(n.args[2], one)
			} else {
				to(n.args[3], one)
			}
		}
	}
}

// powerPartials are b·x^(b − 1) and x^b ln x, the exponent having been rounded.
func (d *Bound) powerPartials(n *node, to func(a int32, by box)) {
	x, b := d.b[n.args[0]], d.b[n.args[1]]
	if d.e[n.args[0]] != 0 {
		less := b.add(single(-1))
		if b.isSingle() {
			less = single(b.lo - 1)
		}
		to(n.args[0], b.mul(x.power(less)))
	}
	if d.e[n.args[1]] != 0 {
		by := x.power(b).mul(x.log())
		if x.lo <= 0 && b.lo > 0 { // x^b ln x tends to 0 with x, and is least at ln x = −1/b
			by = box{-1 / (b.lo * math.E) * (1 + 8*outward), math.Max(0, by.hi)}
		}
		to(n.args[1], by)
	}
}
