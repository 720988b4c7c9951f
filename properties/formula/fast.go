package formula

import (
	"math"
)

// A fastPath evaluates nodes as balls.
type fastPath struct {
	nodes []node
	in    Input
	v     []ball
	rests map[int32]restBall // of logsumexps
}

// given is a number of moderate size, or nothing.
func given(x float64) ball {
	if s := math.Abs(x); s == 0 || s > 1e-150 && s < 1e150 {
		return exactly(x)
	}
	return nothing
}

// node is the ball of node i.
func (f *fastPath) node(i int) ball {
	n := &f.nodes[i]
	a := func(k int) ball { return f.v[n.args[k]] }
	switch n.op {
	case opConst:
		return f.constant(n)
	case opVar:
		return given(f.in.F[n.k])
	case opParam:
		return given(f.in.Params[n.k])
	case opSum:
		if n.excess != nil {
			return f.sumExcess(n)
		}
		s := a(0)
		for _, k := range n.args[1:] {
			s = s.add(f.v[k])
		}
		return s
	case opNeg:
		return a(0).neg()
	case opMul:
		return a(0).mul(a(1))
	case opDiv:
		return a(0).div(a(1))
	case opPow:
		return a(0).power(a(1))
	case opExp:
		return a(0).exp()
	case opLog:
		if p := &f.nodes[n.args[0]]; p.op == opSoftmax {
			return f.excess(p.args[1], p.k).neg()
		}
		return a(0).log()
	case opLog1p:
		return a(0).log1p()
	case opExpm1:
		return a(0).exp().add(exactly(-1))
	case opSqrt:
		return a(0).sqrt()
	case opMax:
		return f.max(n)
	case opLSE:
		return f.logsumexp(i, n)
	case opSoftmax:
		return a(0).sub(a(1)).exp()
	case opSoftplus:
		return a(0).softplus()
	case opSigmoid:
		return a(0).sigmoid()
	case opRest:
		return f.rest(&f.nodes[n.args[0]])
	case opAbs, opPos, opStep, opSign:
		return f.signed(n.op, a(0))
	case opSel:
		return f.selection(n)
	case opIf, opIfSlope:
		s, ok := a(0).sub(a(1)).sign()
		switch {
		case !ok || s == 0 && n.op == opIfSlope:
			return nothing
		case taken(n.k, s):
			return a(2)
		}
		return a(3)
	}
	return nothing
}

// constant is good to u² of it.
func (f *fastPath) constant(n *node) ball {
	if n.exact {
		return exactly(n.f)
	}
	z := given(n.f).add(given(n.lo))
	z.e = (z.e + uu*z.size()) * slack
	return z
}

// signed is |t| or max(0, t), or the derivative of one.
func (f *fastPath) signed(o op, t ball) ball {
	s, ok := t.sign()
	switch {
	case !ok || s == 0 && o.isChoice():
		return nothing
	case o == opStep:
		return exactly(math.Max(0, float64(s)))
	case o == opSign:
		return exactly(float64(s))
	case s >= 0:
		return t
	case o == opAbs:
		return t.neg()
	}
	return exactly(0)
}

func (f *fastPath) max(n *node) ball {
	top := 0
	for k, a := range n.args {
		if f.v[a].hi() > f.v[n.args[top]].hi() {
			top = k
		}
	}
	z := ball{m: f.v[n.args[top]].m, top: int32(top)}
	for k, a := range n.args {
		z.e = math.Max(z.e, f.v[a].e) // NaN, if one is
		if s, ok := f.v[n.args[top]].sub(f.v[a]).sign(); k != top && !(ok && s > 0) {
			z.top = -1
			if ok && s < 0 { // by the low parts
				return nothing
			}
		}
	}
	return z
}

func (f *fastPath) selection(n *node) ball {
	M := f.v[n.args[1]]
	switch {
	case !(M.e < math.Inf(1)):
		return nothing
	case M.top == n.k:
		return exactly(1)
	case M.top >= 0:
		return exactly(0)
	}
	return nothing
}

func (f *fastPath) logsumexp(i int, n *node) ball {
	top := 0
	for k, a := range n.args {
		if f.v[a].hi() > f.v[n.args[top]].hi() {
			top = k
		}
	}
	M, sum := f.v[n.args[top]], exactly(0)
	for k, a := range n.args {
		if k != top {
			sum = sum.add(f.v[a].sub(M).exp())
		}
	}
	f.rests[int32(i)] = restBall{n.args[top], sum.log1p()}
	return M.add(f.rests[int32(i)].log)
}

// rest is 1 − t: σ(−t), or the sum of the other weights.
func (f *fastPath) rest(n *node) ball {
	if n.op == opSigmoid {
		return f.v[n.args[0]].neg().sigmoid()
	}
	L, s := n.args[1], exactly(0)
	for k, x := range f.nodes[L].args {
		if int32(k) != n.k {
			s = s.add(f.v[x].sub(f.v[L]).exp())
		}
	}
	return s
}
