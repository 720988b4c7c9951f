package formula

import "math/big"

// An op is what a node of a program does.
type op uint8

const (
	opConst    op = iota
	opInf         // +∞
	opVar         // F_k
	opParam       // the parameter in slot k
	opSum         // of all arguments, in any order
	opNeg         //
	opMul         //
	opDiv         //
	opPow         // the exponent depends on no energy
	opExp         //
	opLog         //
	opLog1p       //
	opExpm1       //
	opSqrt        //
	opAbs         //
	opPos         // max(0, t)
	opMax         // of all arguments
	opLSE         // ln Σ e^x, shifted by the maximum
	opSoftmax     // e^(x_k − L), the k-th weight of the sum in L; arguments x_k, L
	opSoftplus    // max(t, 0) + ln(1 + e^−|t|)
	opSigmoid     // 1/(1 + e^−t), or e^t/(1 + e^t)
	opRest        // 1 − t, t a sigmoid or a softmax: true to all digits, computed as a difference or by the others; k: see ofGradient
	opStep        // the derivative of pos: 0, 1, or at 0 all between
	opSign        // the derivative of abs: −1, 1, or at 0 all between
	opSel         // the derivative of a maximum by its k-th argument: 0, 1, or at a tie all between; arguments x_k, M
	opIf          // the third argument if the first stands in relation k to the second, else the fourth
	opIfSlope     // the derivative of an if: at equality all between the two
)

var opNames = [...]string{"const", "inf", "F", "param", "sum", "neg", "mul", "div", "pow", "exp", "log", "log1p", "expm1", "sqrt", "abs",
	"pos", "max", "lse", "softmax", "softplus", "sigmoid", "rest", "step", "sign", "sel", "if", "ifslope"}

// isChoice reports whether the op is a derivative that jumps.
func (o op) isChoice() bool { return o >= opStep && o <= opSel || o == opIfSlope }

// The relations of an if, after its sides are swapped for > and >=.
const (
	ifLess int32 = iota
	ifAtMost
	ifEqual
)

// ofGradient is k of a 1 − p that stands in the derivative of p, and not in the formula.
const ofGradient int32 = 1

// A node is one operation of a program on earlier nodes.
type node struct {
	op     op
	k      int32 // of an energy, a parameter, an argument, a relation
	args   []int32
	c      *big.Rat // of a constant
	f, lo  float64  // the constant, to nearest, and what it is more, to nearest
	exact  bool     // the constant is f
	pow2   bool     // the constant is ±2^e: multiplying by it is exact
	energy bool     // depends on an energy
	excess *excess  // of a sum: two terms that may all but cancel
}

// A table makes nodes that are equal one: hash-consing.
type table struct {
	nodes []node
	next  []int32 // the next node with the same hash, −1: none
	first map[uint64]int32
}

func newTable() table { return table{first: map[uint64]int32{}} }

// hash is that of FNV-1a over words.
func (n *node) hash() uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	mix := func(w uint64) { h = (h ^ w) * prime; h ^= h >> 29 }
	mix(uint64(n.op)<<32 | uint64(uint32(n.k)))
	for _, a := range n.args {
		mix(uint64(a) + 1)
	}
	if n.c != nil {
		for _, w := range n.c.Num().Bits() {
			mix(uint64(w))
		}
		mix(uint64(n.c.Sign() + 2))
		for _, w := range n.c.Denom().Bits() {
			mix(uint64(w))
		}
	}
	return h
}

func (n *node) same(m *node) bool {
	if n.op != m.op || n.k != m.k || len(n.args) != len(m.args) || (n.c == nil) != (m.c == nil) {
		return false
	}
	for i, a := range n.args {
		if m.args[i] != a {
			return false
		}
	}
	return n.c == nil || n.c.Cmp(m.c) == 0
}

// find returns the index of the node.
func (t *table) find(n node) (i int32, ok bool) {
	i, ok = t.first[n.hash()]
	for ok && i >= 0 && !t.nodes[i].same(&n) {
		i = t.next[i]
	}
	return i, ok && i >= 0
}

// add returns the index of the node, a new one if there is none like it.
func (t *table) add(n node) int32 {
	if i, ok := t.find(n); ok {
		return i
	}
	h := n.hash()
	head, ok := t.first[h]
	if !ok {
		head = -1
	}
	n.energy = n.op == opVar
	for _, a := range n.args {
		n.energy = n.energy || t.nodes[a].energy
	}
	i := int32(len(t.nodes))
	t.nodes, t.next, t.first[h] = append(t.nodes, n), append(t.next, head), i
	return i
}

// needed marks the nodes that the roots use, themselves included.
func (t *table) needed(roots ...int32) []bool {
	top := int32(-1)
	for _, r := range roots {
		top = max(top, r)
	}
	need := make([]bool, top+1)
	for _, r := range roots {
		if r >= 0 {
			need[r] = true
		}
	}
	for i := top; i >= 0; i-- {
		if need[i] {
			for _, a := range t.nodes[i].args {
				need[a] = true
			}
		}
	}
	return need
}

// firstChoice returns the index of the first node that is a choice, of all if there is none.
func (t *table) firstChoice() int {
	for i := range t.nodes {
		if t.nodes[i].op.isChoice() {
			return i
		}
	}
	return len(t.nodes)
}
