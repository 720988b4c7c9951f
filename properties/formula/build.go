package formula

import (
	"math"
	"math/big"
	"slices"
)

// A builder makes the nodes of a program. What its methods simplify is exact in floating point, too, or is computed in no
// other way by anyone: x·1, 0·x, −(−x), (−x)·y = −(x·y).
type builder struct {
	table
	text  string
	n     int // of energies
	slots []Slot

	flattened int // terms of long sums put among those of others

	slot   map[Slot]int32
	closed map[*Expr]unrolled        // expressions that depend on no index of their outside
	free   map[*Expr][]string        // indices of an expression that are bound outside of it
	slopes map[int32][]int32         // gradients found, by root
	rooted []int32                   // what has been differentiated, but in the branches of an if or elsewhere than at F
	gibbs  []int32                   // p_j
	beside []int32                   // what is computed on the way to a number that depends on it no more: the term of a sum of one exponential
	places map[int32]map[int32]int32 // of the arguments of logsumexps
}

func newBuilder(text string, n int) *builder {
	if n < 1 {
		panic(errorf(text, 0, "for %d energies: want at least one", n))
	}
	return &builder{table: newTable(), text: text, n: n, slot: map[Slot]int32{}, closed: map[*Expr]unrolled{}, free: map[*Expr][]string{}, slopes: map[int32][]int32{}, places: map[int32]map[int32]int32{}}
}

// constant returns the node of r, which must not be changed.
func (b *builder) constant(r *big.Rat) int32 {
	f, exact := r.Float64()
	num, den := new(big.Int).Abs(r.Num()), r.Denom()
	single := func(x *big.Int) bool { return x.Sign() > 0 && int(x.TrailingZeroBits())+1 == x.BitLen() }
	n := node{op: opConst, c: r, f: f, exact: exact, pow2: single(num) && single(den)}
	if !exact && !math.IsInf(f, 0) {
		n.lo, _ = new(big.Rat).Sub(r, new(big.Rat).SetFloat64(f)).Float64()
	}
	return b.add(n)
}

func (b *builder) whole(i int64) int32 { return b.constant(new(big.Rat).SetInt64(i)) }

// is reports whether node i is the constant v.
func (b *builder) is(i int32, v int64) bool {
	c := b.nodes[i].c
	return c != nil && c.IsInt() && c.Num().IsInt64() && c.Num().Int64() == v
}

func (b *builder) unary(o op, a int32) int32 { return b.add(node{op: o, args: []int32{a}}) }

func (b *builder) energy(j int) int32 { return b.add(node{op: opVar, k: int32(j)}) }

// param returns the parameter, of a vector that of answer j, of a scalar that of −1.
func (b *builder) param(name string, j int) int32 {
	s := Slot{name, j}
	k, ok := b.slot[s]
	if !ok {
		k = int32(len(b.slots))
		b.slots, b.slot[s] = append(b.slots, s), k
	}
	return b.add(node{op: opParam, k: k})
}

func (b *builder) neg(a int32) int32 {
	switch n := b.nodes[a]; {
	case n.c != nil:
		return b.constant(new(big.Rat).Neg(n.c))
	case n.op == opNeg:
		return n.args[0]
	}
	return b.unary(opNeg, a)
}

func (b *builder) mul(x, y int32) int32 {
	switch {
	case b.is(x, 1), b.is(y, 0):
		return y
	case b.is(y, 1), b.is(x, 0):
		return x
	case b.is(x, -1):
		return b.neg(y)
	case b.is(y, -1):
		return b.neg(x)
	case b.nodes[x].op == opNeg:
		return b.neg(b.mul(b.nodes[x].args[0], y))
	case b.nodes[y].op == opNeg:
		return b.neg(b.mul(x, b.nodes[y].args[0]))
	}
	return b.add(node{op: opMul, args: []int32{min(x, y), max(x, y)}})
}

func (b *builder) div(x, y int32) int32 {
	switch {
	case b.is(y, 1):
		return x
	case b.nodes[x].op == opNeg:
		return b.neg(b.div(b.nodes[x].args[0], y))
	}
	return b.add(node{op: opDiv, args: []int32{x, y}})
}

func (b *builder) pow(x, y int32) int32 {
	switch {
	case b.is(y, 0):
		return b.whole(1)
	case b.is(y, 1):
		return x
	case b.is(y, 2):
		return b.mul(x, x)
	}
	return b.add(node{op: opPow, args: []int32{x, y}})
}

// flattens reports whether the terms of the sum i are put among those of the sum that it is in: of short ones always, of long ones until
// 4 n terms were. (A sum of n sums of n would have n² terms.)
func (b *builder) flattens(i int32) bool {
	k := len(b.nodes[i].args)
	if b.nodes[i].op != opSum || k > 16 && b.flattened+k > 4*(b.n+16) {
		return false
	}
	if k > 16 {
		b.flattened += k
	}
	return true
}

// sum adds up, in any order: a + (b − c) is one sum of three.
func (b *builder) sum(args ...int32) int32 {
	var flat []int32
	for _, a := range args {
		switch n := b.nodes[a]; {
		case b.is(a, 0):
		case b.flattens(a):
			flat = append(flat, n.args...)
		case n.op == opNeg && b.flattens(n.args[0]):
			for _, t := range b.nodes[n.args[0]].args {
				flat = append(flat, b.neg(t))
			}
		default:
			flat = append(flat, a)
		}
	}
	switch {
	case len(flat) == 0:
		return b.whole(0)
	case len(flat) == 1:
		return flat[0]
	case len(flat) == 2 && flat[0] == flat[1]:
		return b.mul(b.whole(2), flat[0])
	case len(flat) == 2 && b.is(flat[0], 1) && b.isPart(flat[1]):
		return b.unary(opRest, b.nodes[flat[1]].args[0])
	case len(flat) == 2 && b.is(flat[1], 1) && b.isPart(flat[0]):
		return b.unary(opRest, b.nodes[flat[0]].args[0])
	case len(flat) == 2 && (b.is(flat[0], -1) && b.isPart(b.neg(flat[1])) || b.is(flat[1], -1) && b.isPart(b.neg(flat[0]))):
		return b.neg(b.sum(b.neg(flat[0]), b.neg(flat[1])))
	}
	return b.add(node{op: opSum, args: flat, excess: b.findExcess(flat)})
}

// isPart reports whether a is −σ or −p.
func (b *builder) isPart(a int32) bool {
	n := &b.nodes[a]
	return n.op == opNeg && (b.nodes[n.args[0]].op == opSigmoid || b.nodes[n.args[0]].op == opSoftmax)
}

// max of none is −∞.
func (b *builder) max(args ...int32) int32 {
	switch {
	case len(args) == 0:
		return b.neg(b.add(node{op: opInf}))
	case len(args) == 1:
		return args[0]
	case len(args) == 2 && b.is(args[0], 0):
		return b.unary(opPos, args[1])
	case len(args) == 2 && b.is(args[1], 0):
		return b.unary(opPos, args[0])
	}
	return b.add(node{op: opMax, args: args})
}

// min is −max(−args): of none it is +∞.
func (b *builder) min(args ...int32) int32 {
	negated := make([]int32, len(args))
	for i, a := range args {
		negated[i] = b.neg(a)
	}
	return b.neg(b.max(negated...))
}

func (b *builder) lse(args ...int32) int32 {
	switch len(args) {
	case 0:
		return b.neg(b.add(node{op: opInf}))
	case 1:
		b.beside = append(b.beside, args[0])
		return args[0]
	}
	return b.add(node{op: opLSE, args: args})
}

// softmax is the k-th weight of L, a node that lse made of two or more.
func (b *builder) softmax(k int, L int32) int32 {
	return b.add(node{op: opSoftmax, k: int32(k), args: []int32{b.nodes[L].args[k], L}})
}

// sel is the k-th choice of the maximum M.
func (b *builder) sel(k int, M int32) int32 {
	return b.add(node{op: opSel, k: int32(k), args: []int32{b.nodes[M].args[k], M}})
}

// branch is an if: relation r is one of the six signs.
func (b *builder) branch(o op, r string, x, y, then, other int32) int32 {
	k := ifLess
	switch r {
	case "<":
	case "<=":
		k = ifAtMost
	case ">":
		x, y = y, x
	case ">=":
		k, x, y = ifAtMost, y, x
	case "!=":
		k, then, other = ifEqual, other, then
	default:
		k = ifEqual
	}
	if then == other {
		return then
	}
	return b.add(node{op: o, k: k, args: []int32{x, y, then, other}})
}

// replace returns root with every energy replaced.
func (b *builder) replace(root int32, energies []int32) int32 {
	need := b.needed(root)
	done := make([]int32, root+1)
	for i := int32(0); i <= root; i++ { // arguments come before what uses them
		done[i] = i
		if !need[i] || !b.nodes[i].energy {
			continue
		}
		n := b.nodes[i]
		args := slices.Clone(n.args)
		for k, a := range args {
			args[k] = done[a]
		}
		switch n.op {
		case opVar:
			done[i] = energies[n.k]
		case opSum:
			done[i] = b.sum(args...)
		case opNeg:
			done[i] = b.neg(args[0])
		case opMul:
			done[i] = b.mul(args[0], args[1])
		case opDiv:
			done[i] = b.div(args[0], args[1])
		default: // as it is: a choice names an argument of its maximum by its place
			n.args = args
			done[i] = b.add(n)
		}
	}
	return done[root]
}
