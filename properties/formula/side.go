package formula

import (
	"math"
	"slices"
)

// Choices between boxes: which side is taken is decided if all of a box lies on it.

// max is the box of a maximum, which is cut if more than one argument may be the largest.
func (d *Bound) max(i int32, n *node) box {
	v := d.b[n.args[0]]
	for _, a := range n.args[1:] {
		v = box{math.Max(v.lo, d.b[a].lo), math.Max(v.hi, d.b[a].hi)}
	}
	d.cut[i] = len(d.candidates(n)) > 1
	return v
}

// candidates returns the arguments of a maximum that may be the largest.
func (d *Bound) candidates(n *node) (as []int32) {
	low := math.Inf(-1)
	for _, a := range n.args {
		low = math.Max(low, d.b[a].lo)
	}
	for _, a := range n.args {
		if d.b[a].hi >= low {
			as = append(as, a)
		}
	}
	return as
}

// decided returns the sign of the difference of the sides of an if: ok, if it is the same for all that they may be.
func (d *Bound) decided(n *node) (s int, ok bool) {
	l, r := d.b[n.args[0]], d.b[n.args[1]]
	switch {
	case l.hi < r.lo:
		return -1, true
	case r.hi < l.lo:
		return 1, true
	}
	return 0, l.isSingle() && r.isSingle()
}

// branch is the box of an if.
func (d *Bound) branch(i int32, n *node) box {
	if t, ok := d.branchOf(n); ok {
		return d.b[t]
	}
	d.cut[i] = true
	return d.b[n.args[2]].hull(d.b[n.args[3]])
}

// branchOf is the branch of an if that is taken: ok, if it is the same for all that its sides may be, and of a derivative they are not equal.
func (d *Bound) branchOf(n *node) (t int32, ok bool) {
	s, ok := d.decided(n)
	ok = ok && (s != 0 || n.op == opIf)
	if taken(n.k, s) {
		return n.args[2], ok
	}
	return n.args[3], ok
}

// choice is the box of a derivative that jumps.
func (d *Bound) choice(i int32, n *node) box {
	switch n.op {
	case opStep, opSign:
		low := single(0)
		if n.op == opSign {
			low = single(-1)
		}
		switch t := d.b[n.args[0]]; {
		case t.lo > 0:
			return single(1)
		case t.hi < 0:
			return low
		}
		return d.side(i, turning(d.p.nodes, n.args[0]), low, single(1))
	case opSel:
		return d.selection(i, n)
	}
	if t, ok := d.branchOf(n); ok {
		return d.b[t]
	}
	then, other := d.b[n.args[2]], d.b[n.args[3]]
	d.cut[i] = true
	if n.k == ifEqual {
		d.jump[i] = true
		return then.hull(other)
	}
	return d.side(i, turningPair(d.p.nodes, n.args[0], n.args[1]), then, other)
}

// side is below or above, as the corner is settled, or their hull.
func (d *Bound) side(i int32, t turn, below, above box) box {
	side, ok := d.settled[string(t.key)]
	switch {
	case !ok:
		d.meet(i, string(t.key), 2)
		return below.hull(above)
	case side == 1 != t.flip:
		return above
	}
	return below
}

func (d *Bound) meet(i int32, key string, sides int) {
	d.cut[i], d.jump[i] = true, true
	d.jumps = append(d.jumps, jump{i, key, sides})
}

// selection is the box of the derivative of a maximum by one of its arguments.
func (d *Bound) selection(i int32, n *node) box {
	M := n.args[1]
	args := d.p.nodes[M].args
	c, known := d.largest[M]
	if !known {
		low := math.Inf(-1)
		for _, a := range args {
			low = math.Max(low, d.b[a].lo)
		}
		for k, a := range args {
			if d.b[a].hi >= low {
				c = append(c, int32(k))
			}
		}
		d.largest[M] = c
	}
	at, ok := slices.BinarySearch(c, n.k)
	switch {
	case !ok:
		return single(0)
	case len(c) == 1:
		return single(1)
	case len(c) == 2: // the first of the two is chosen above the corner of their difference
		below, above := single(0), single(1)
		if at == 1 {
			below, above = above, below
		}
		return d.side(i, turningPair(d.p.nodes, args[c[0]], args[c[1]]), below, above)
	}
	side, ok := d.settled[maximumKey(M)]
	switch {
	case !ok:
		d.meet(i, maximumKey(M), len(c))
		return box{0, 1}
	case side == at:
		return single(1)
	}
	return single(0)
}
