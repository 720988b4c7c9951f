package formula

import "ebmcheck/properties/exact"

// An excess is L − x_k, for L = ln Σ_j e^(x_j) and one of its arguments: a sum often has both terms, or both over a factor, as the
// negative log-likelihood F_y + L/β has with x_y = −βF_y. Where x_k is the largest they cancel but for ln(1 + Σ_{j≠k} e^(x_j − x_k)), which
// may be e^−1000 and less. With M the largest argument it is (M − x_k) + ln(1 + Σ' e^(x_j − M)), in which nothing cancels.
type excess struct {
	L, k  int32
	by    int32 // what it is divided by; −1: nothing
	minus bool  // the sum has the negative
	l, x  int   // the places of the two terms
}

// findExcess finds an excess among the terms of a sum, or returns nil.
func (b *builder) findExcess(terms []int32) *excess {
	for l, t := range terms {
		x := excess{l: l, by: -1}
		if n := b.nodes[t]; n.op == opNeg {
			x.minus, t = true, n.args[0]
		}
		if n := b.nodes[t]; n.op == opDiv {
			t, x.by = n.args[0], n.args[1]
		}
		if b.nodes[t].op != opLSE {
			continue
		}
		x.L = t
		for at, s := range terms {
			if at == l {
				continue
			}
			if k, ok := b.placeOf(s, x); ok {
				x.k, x.x = k, at
				return &x
			}
		}
	}
	return nil
}

// placeOf returns the k for which s, a term of the sum, is −x_k over what L is over, or with minus x_k.
func (b *builder) placeOf(s int32, x excess) (k int32, ok bool) {
	minus := !x.minus
	if b.nodes[s].op == opNeg {
		minus, s = !minus, b.nodes[s].args[0]
	}
	if x.by >= 0 {
		if s, ok = b.find(node{op: opMul, args: []int32{min(s, x.by), max(s, x.by)}}); !ok {
			return 0, false
		}
	}
	if minus {
		if s, ok = b.find(node{op: opNeg, args: []int32{s}}); !ok {
			return 0, false
		}
	}
	at := b.places[x.L]
	if at == nil {
		at = map[int32]int32{}
		for k, a := range b.nodes[x.L].args {
			at[a] = int32(k)
		}
		b.places[x.L] = at
	}
	k, ok = at[s]
	return k, ok
}

// rest is what is known of a logsumexp: its largest argument, and ln(1 + Σ e^(x − M)) over the others.
type rest struct {
	top int32
	log exact.Interval
}

// excess encloses L − x_k.
func (e *evaluation) excess(L, k int32) exact.Interval {
	r := e.rests[L]
	return e.v[r.top].Sub(e.v[e.nodes[L].args[k]]).Add(r.log)
}

// sumExcess encloses a sum with an excess.
func (e *evaluation) sumExcess(n *node) exact.Interval {
	x := n.excess
	v := e.excess(x.L, x.k)
	if x.by >= 0 {
		v = v.Div(e.v[x.by])
	}
	if x.minus {
		v = v.Neg()
	}
	for k, a := range n.args {
		if k != x.l && k != x.x {
			v = v.Add(e.v[a])
		}
	}
	return v
}

// restBall is rest, as balls.
type restBall struct {
	top int32
	log ball
}

func (f *fastPath) excess(L, k int32) ball {
	r := f.rests[L]
	return f.v[r.top].sub(f.v[f.nodes[L].args[k]]).add(r.log)
}

func (f *fastPath) sumExcess(n *node) ball {
	x := n.excess
	v := f.excess(x.L, x.k)
	if x.by >= 0 {
		v = v.div(f.v[x.by])
	}
	if x.minus {
		v = v.neg()
	}
	for k, a := range n.args {
		if k != x.l && k != x.x {
			v = v.add(f.v[a])
		}
	}
	return v
}
