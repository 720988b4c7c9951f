package formula

import (
	"encoding/binary"
	"slices"

	"ebmcheck/properties/exact"
)

// Corners. Where a derivative jumps, the subdifferential is what all choices between its sides make: a choice at one corner is the same
// wherever the corner is met. Settling each corner on each of its sides gives the vertices, and the elements are their mixtures.
//
// pos(t), |t|, the larger of two and an if have corners where t, or a difference, changes sign: t and −t share one. That of more than two
// has a side for each of the largest.
type corners struct {
	met  []corner       // in the order in which they were met
	by   map[string]int // their places, by key
	tied map[int32]tied // of each maximum
	open bool           // it is not known whether a choice is one: more bits may tell
}

// A tied says which arguments of a maximum are, or may be, the largest: of each, and which they are, in order.
type tied struct {
	is []bool
	of []int32
}

// A corner is known by its key, has so many sides, and is settled on one.
type corner struct {
	key         string
	side, sides int
}

func (c *corners) reset() { *c = corners{} }

// choice encloses a derivative that jumps.
func (e *evaluation) choice(n *node) exact.Interval {
	switch n.op {
	case opStep, opSign:
		low := e.of(0)
		if n.op == opSign {
			low = e.of(-1)
		}
		s, ok := e.sign(n.args[0])
		if ok && s == 0 || !ok {
			e.open = e.open || !ok
			return e.side(turning(e.nodes, n.args[0]), low, e.of(1))
		}
		if s > 0 {
			return e.of(1)
		}
		return low
	case opSel:
		return e.selection(n)
	}
	panic("formula: " + opNames[n.op] + " is no choice")
}

// slopes encloses the derivative of an if: where the sides are equal all between those of its branches, and none where it has none.
func (e *evaluation) slopes(n *node) (v exact.Interval, none bool) {
	l, r, then, other := n.args[0], n.args[1], n.args[2], n.args[3]
	if e.none[l] || e.none[r] {
		return e.of(0), true
	}
	switch s, ok := e.compare(l, r); {
	case ok && s != 0 && taken(n.k, s):
		return e.v[then], e.none[then]
	case ok && s != 0:
		return e.v[other], e.none[other]
	default:
		e.open = e.open || !ok
	}
	none = e.none[then] || e.none[other]
	t := turningPair(e.nodes, l, r)
	if n.k == ifEqual { // an exception at one point, on no side
		t = turn{key: append(t.key, '=')}
	}
	return e.side(t, e.v[then], e.v[other]), none // below, the relation holds
}

// A turn is a corner met from one side or the other.
type turn struct {
	key  []byte
	flip bool
}

// side returns below or above, as the corner is settled, and their hull if it is not.
func (e *evaluation) side(t turn, below, above exact.Interval) exact.Interval {
	side, ok := e.meet(string(t.key), 2)
	switch {
	case !ok:
		return below.Hull(above)
	case side == 1 != t.flip:
		return above
	}
	return below
}

// meet notes a corner, and returns the side that it is settled on: the first one unless another was chosen, and none with hulls.
func (e *evaluation) meet(key string, sides int) (side int, ok bool) {
	if e.by == nil {
		e.by = map[string]int{}
	}
	k, known := e.by[key]
	if !known {
		k = len(e.met)
		e.by[key] = k
		e.met = append(e.met, corner{key, e.chosen[key], sides})
	}
	return e.met[k].side, !e.hulls
}

// ways settles the corners that the last run met in every way. It calls visit for each, the last run being the first one, after a run of
// the nodes from first on. If there are more than most ways it gives up: the last run then is one in which corners were left open.
func (e *evaluation) ways(need []bool, first, most int, visit func()) (all bool) {
	for n := 1; ; n++ {
		visit()
		// The next way takes the next side of the last corner that has one; those after it may be others.
		k := len(e.met) - 1
		for k >= 0 && e.met[k].side+1 == e.met[k].sides {
			k--
		}
		if k < 0 || n == most {
			e.chosen = nil
			if k < 0 {
				return true
			}
			e.hulls = true
			e.run(need, first)
			e.hulls = false
			return false
		}
		e.chosen = map[string]int{}
		for i, c := range e.met[:k+1] {
			if i == k {
				c.side++
			}
			e.chosen[c.key] = c.side
		}
		e.run(need, first)
	}
}

// turning is the corner where node i changes its sign.
func turning(nodes []node, i int32) turn { return turnOf(signed(nodes, nil, i, 1)) }

// turningPair is the corner where l − r changes its sign.
func turningPair(nodes []node, l, r int32) turn {
	return turnOf(signed(nodes, signed(nodes, nil, l, 1), r, -1))
}

// signed appends the terms of ±node i, each as its index + 1 with a sign; 0 has none.
func signed(nodes []node, ts []int32, i, sign int32) []int32 {
	switch n := &nodes[i]; {
	case n.op == opNeg:
		return signed(nodes, ts, n.args[0], -sign)
	case n.op == opSum:
		for _, a := range n.args {
			ts = signed(nodes, ts, a, sign)
		}
		return ts
	case n.op == opConst && n.c.Sign() == 0:
		return ts
	}
	return append(ts, sign*(i+1))
}

// selection encloses the derivative of a maximum by one of its arguments.
func (e *evaluation) selection(n *node) exact.Interval {
	M := n.args[1]
	args := e.nodes[M].args
	largest, ok := e.tied[M]
	if !ok {
		largest = e.largest(M)
		if e.tied == nil {
			e.tied = map[int32]tied{}
		}
		e.tied[M] = largest
	}
	if !largest.is[n.k] {
		return e.of(0)
	}
	of := largest.of
	switch {
	case len(of) == 1:
		return e.of(1)
	case len(of) == 2:
		// The first of the two is chosen above the corner of their difference.
		below, above := e.of(0), e.of(1)
		if n.k == of[1] {
			below, above = above, below
		}
		return e.side(turningPair(e.nodes, args[of[0]], args[of[1]]), below, above)
	}
	side, ok := e.meet(maximumKey(M), len(of))
	switch {
	case !ok:
		return e.of(0).Hull(e.of(1))
	case of[side] == n.k:
		return e.of(1)
	}
	return e.of(0)
}

// largest finds the arguments of a maximum that are, or may be, the largest.
func (e *evaluation) largest(M int32) tied {
	args := e.nodes[M].args
	top := args[0]
	for _, a := range args {
		if e.v[top].Less(e.v[a]) {
			top = a
		}
	}
	var some []int32 // that are not below top for certain
	for k, a := range args {
		if !e.v[a].Less(e.v[top]) {
			some = append(some, int32(k))
		}
	}
	for _, k := range some[1:] {
		s, ok := e.compare(top, args[k])
		e.open = e.open || !ok
		if ok && s < 0 {
			top = args[k]
		}
	}
	t := tied{is: make([]bool, len(args))}
	for _, k := range some {
		if s, ok := e.compare(args[k], top); !ok || s == 0 {
			t.is[k], t.of = true, append(t.of, k)
		}
	}
	return t
}

// turnOf makes the key of the corner of a sum of signed terms: of a sum and its negative there is one.
func turnOf(ts []int32) turn {
	slices.SortFunc(ts, func(a, b int32) int { return int(max(a, -a)) - int(max(b, -b)) })
	flip := len(ts) > 0 && ts[0] < 0
	if flip {
		for k := range ts {
			ts[k] = -ts[k]
		}
	}
	for len(ts) > 1 && ts[0] == ts[len(ts)-1] { // 2t turns where t does
		ts = ts[:len(ts)-1]
	}
	return turn{appendInts([]byte{'t'}, ts...), flip}
}

func appendInts(key []byte, xs ...int32) []byte {
	for _, x := range xs {
		key = binary.LittleEndian.AppendUint32(key, uint32(x))
	}
	return key
}

// maximumKey is the key of the corner of a maximum of more than two.
func maximumKey(M int32) string { return string(appendInts([]byte{'m'}, M)) }
