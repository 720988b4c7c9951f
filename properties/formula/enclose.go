package formula

import (
	"math"

	"ebmcheck/properties/exact"
)

// An evaluation encloses the numbers of nodes at one precision.
type evaluation struct {
	nodes []node
	in    Input
	prec  uint
	v     []exact.Interval
	rests map[int32]rest // of logsumexps
	none  []bool         // the node has no value: ∞ − ∞, 0·∞, x/0, ln −1, or an argument has none

	chosen map[string]int // sides of corners, if not the first
	hulls  bool           // corners are left open: a choice is all between its sides
	corners
	equalities
}

func newEvaluation(nodes []node, in Input) *evaluation {
	return &evaluation{nodes: nodes, in: in, v: make([]exact.Interval, len(nodes)), none: make([]bool, len(nodes)), rests: map[int32]rest{}}
}

// run evaluates the nodes in need, all after those below from are known.
func (e *evaluation) run(need []bool, from int) {
	e.corners.reset()
	e.equalities.reset()
	for i := from; i < len(need); i++ {
		if need[i] {
			e.v[i], e.none[i] = e.node(int32(i))
		}
	}
}

func (e *evaluation) of(f float64) exact.Interval { return exact.Of(f, max(e.prec, 64)) }

// node encloses node i, and reports whether it has no value.
func (e *evaluation) node(i int32) (v exact.Interval, none bool) {
	n := &e.nodes[i]
	switch n.op {
	case opIf:
		return e.branch(n)
	case opIfSlope:
		return e.slopes(n)
	}
	for _, a := range n.args {
		none = none || e.none[a]
	}
	switch n.op {
	case opConst:
		if n.exact {
			return e.of(n.f), false
		}
		return exact.Rational(n.c, e.prec), false
	case opInf:
		return e.of(math.Inf(1)), false
	case opVar:
		return e.input(e.in.F[n.k], !(e.in.F[n.k] > math.Inf(-1)))
	case opParam:
		return e.input(e.in.Params[n.k], math.IsNaN(e.in.Params[n.k]))
	}
	if none {
		return e.of(0), true
	}
	return e.operation(i, n)
}

// input encloses a number that was given; −∞ is no energy.
func (e *evaluation) input(x float64, none bool) (exact.Interval, bool) {
	if none {
		return e.of(0), true
	}
	return e.of(x), false
}

// operation encloses node i, whose arguments have values.
func (e *evaluation) operation(i int32, n *node) (v exact.Interval, none bool) {
	a := func(k int) exact.Interval { return e.v[n.args[k]] }
	switch n.op {
	case opSum:
		return e.sum(n)
	case opNeg:
		return a(0).Neg(), false
	case opMul:
		return e.product(n)
	case opDiv:
		if s, ok := e.sign(n.args[1]); ok && s == 0 || a(0).IsInfinite() && a(1).IsInfinite() {
			return a(0), true
		}
		return a(0).Div(a(1)), false
	case opPow:
		return e.power(n)
	case opExp:
		return a(0).Exp(), false
	case opLog:
		if p := &e.nodes[n.args[0]]; p.op == opSoftmax {
			return e.excess(p.args[1], p.k).Neg(), false
		}
		s, ok := e.sign(n.args[0])
		return a(0).Log(), ok && s < 0
	case opLog1p:
		return a(0).Log1p(), a(0).Less(e.of(-1))
	case opExpm1:
		return a(0).Expm1(), false
	case opSqrt:
		s, ok := e.sign(n.args[0])
		return a(0).Sqrt(), ok && s < 0
	case opAbs:
		return e.corner(n, a(0).Abs()), false
	case opPos:
		return e.corner(n, a(0).Pos()), false
	case opMax:
		m := a(0)
		for k := 1; k < len(n.args); k++ {
			m = m.Max(a(k))
		}
		return m, false
	case opLSE:
		return e.logsumexp(i, n), false
	case opSoftmax:
		if a(0).IsInfinite() && a(1).IsInfinite() {
			return a(0), true
		}
		return a(0).Sub(a(1)).Exp(), false
	case opSoftplus:
		return a(0).Pos().Add(a(0).Abs().Neg().Exp().Log1p()), false
	case opSigmoid:
		return e.sigmoid(a(0)), false
	case opRest:
		return e.rest(&e.nodes[n.args[0]]), false
	}
	return e.choice(n), false
}

func (e *evaluation) sum(n *node) (v exact.Interval, none bool) {
	v = e.v[n.args[0]]
	up, down := false, false
	for k, a := range n.args {
		if x := e.v[a]; x.IsInfinite() {
			s, _ := x.Sign()
			up, down = up || s > 0, down || s < 0
		}
		if k > 0 {
			v = v.Add(e.v[a])
		}
	}
	if n.excess != nil && !up && !down {
		return e.sumExcess(n), false
	}
	return v, up && down
}

// product encloses x·y. Where x is 0 and y is not known, but a number, it is 0; and so is x·ln x, and x·ln(x/z), at x = 0.
func (e *evaluation) product(n *node) (v exact.Interval, none bool) {
	x, y := e.v[n.args[0]], e.v[n.args[1]]
	if n.args[0] == n.args[1] {
		return x.Sqr(), false
	}
	for k := range 2 {
		zero, other := n.args[k], n.args[1-k]
		if s, ok := e.sign(zero); !ok || s != 0 {
			continue
		}
		if e.v[other].IsInfinite() && !e.isLogOf(other, zero) {
			return x, true
		}
		return e.of(0), false
	}
	return x.Mul(y), false
}

// isLogOf reports whether node i is ln x or ln(x/z).
func (e *evaluation) isLogOf(i, x int32) bool {
	n := &e.nodes[i]
	if n.op != opLog {
		return false
	}
	t := &e.nodes[n.args[0]]
	return n.args[0] == x || t.op == opDiv && t.args[0] == x
}

// corner narrows |t| or max(0, t) where t is 0.
func (e *evaluation) corner(n *node, v exact.Interval) exact.Interval {
	if t := e.v[n.args[0]]; t.ContainsZero() && !t.IsPoint() {
		if s, ok := e.sign(n.args[0]); ok && s == 0 {
			return e.of(0)
		}
	}
	return v
}

// power encloses x^b. An integer exponent takes any x; another x ≥ 0, with 0^b = 0 for b > 0.
func (e *evaluation) power(n *node) (v exact.Interval, none bool) {
	x, b := e.v[n.args[0]], e.v[n.args[1]]
	sign, known := e.sign(n.args[0])
	if m := b.Mid(); b.IsPoint() && m == math.Trunc(m) && math.Abs(m) <= 64 {
		if m == 0 {
			return e.of(1), false
		}
		if m < 0 && known && sign == 0 {
			return x, true
		}
		if m == 1 {
			return x, false
		}
		v, square := e.of(1), x.Sqr()
		for k := int(math.Abs(m)); k > 1; k -= 2 {
			v = v.Mul(square)
		}
		if int(m)%2 != 0 {
			v = v.Mul(x)
		}
		if m < 0 {
			v = e.of(1).Div(v)
		}
		return v, false
	}
	s, ok := b.Sign()
	switch {
	case !known:
	case sign < 0:
		return x, true
	case sign == 0 && ok && s > 0:
		return e.of(0), false
	case sign == 0 && ok && s < 0:
		return x, true
	}
	if ok && s == 0 {
		return e.of(1), false
	}
	l := x.Log()
	if l.IsInfinite() && b.IsInfinite() {
		return x, true
	}
	return b.Mul(l).Exp(), false
}

// logsumexp encloses M + ln(1 + Σ e^(x − M)), the sum over all but one largest.
func (e *evaluation) logsumexp(i int32, n *node) exact.Interval {
	top := 0
	for k, a := range n.args {
		if e.v[n.args[top]].Less(e.v[a]) {
			top = k
		}
	}
	M := e.v[n.args[top]]
	e.rests[i] = rest{n.args[top], e.of(0)}
	if M.IsInfinite() {
		return M
	}
	sum := e.of(0)
	for k, a := range n.args {
		if k != top {
			sum = sum.Add(e.v[a].Sub(M).Exp())
		}
	}
	e.rests[i] = rest{n.args[top], sum.Log1p()}
	return M.Add(e.rests[i].log)
}

func (e *evaluation) sigmoid(t exact.Interval) exact.Interval {
	one := e.of(1)
	return one.Div(one.Add(t.Neg().Exp()))
}

// rest encloses 1 − t without the difference: σ(−t), or the sum of the other weights.
func (e *evaluation) rest(n *node) exact.Interval {
	if n.op == opSigmoid {
		return e.sigmoid(e.v[n.args[0]].Neg())
	}
	L, s := n.args[1], e.of(0)
	for k, x := range e.nodes[L].args {
		if int32(k) != n.k {
			s = s.Add(e.v[x].Sub(e.v[L]).Exp())
		}
	}
	return s
}

// branch is an if: it has a value if the branch that is taken has one.
func (e *evaluation) branch(n *node) (v exact.Interval, none bool) {
	if e.none[n.args[0]] || e.none[n.args[1]] {
		return e.of(0), true
	}
	then, other := n.args[2], n.args[3]
	s, ok := e.compare(n.args[0], n.args[1])
	switch {
	case !ok:
		e.open = true
		return e.v[then].Hull(e.v[other]), e.none[then] && e.none[other]
	case taken(n.k, s):
		return e.v[then], e.none[then]
	}
	return e.v[other], e.none[other]
}

// taken reports whether relation k holds for sides whose difference has the sign s.
func taken(k int32, s int) bool {
	switch k {
	case ifLess:
		return s < 0
	case ifAtMost:
		return s <= 0
	}
	return s == 0
}
