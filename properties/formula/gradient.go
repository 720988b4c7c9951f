package formula

import "math/big"

// Differentiation in reverse, as nodes: each node's adjoint is the sum of what its users contribute, and becomes part of the same
// program. So a gradient is evaluated and bounded as any number is, and can be differentiated again.

// gradient returns the derivatives of root by the energies, −1 for those that it does not depend on.
func (b *builder) gradient(root int32) []int32 {
	if g, ok := b.slopes[root]; ok {
		return g
	}
	by := make([]int32, b.n)
	for j := range by {
		by[j] = b.energy(j)
	}
	g := b.differentiate(root, by)
	b.slopes[root] = g
	return g
}

// A sweep is one differentiation.
type sweep struct {
	*builder
	depends []bool           // on a variable
	adjoint [][]int32        // what has been contributed
	weights map[int32][]part // of each logsumexp: adjoints of its weights
}

// A part is the adjoint of the k-th weight of a logsumexp.
type part struct {
	k int32
	g int32
}

// differentiate returns the derivatives of root by variables, −1 for those that it does not depend on.
func (b *builder) differentiate(root int32, by []int32) []int32 {
	size := len(b.nodes)
	s := sweep{b, make([]bool, size), make([][]int32, root+1), map[int32][]part{}}
	at, grad := make(map[int32]int, len(by)), make([]int32, len(by))
	for k, v := range by {
		s.depends[v], at[v], grad[k] = true, k, -1
	}
	for i := range root + 1 {
		for _, a := range b.nodes[i].args {
			s.depends[i] = s.depends[i] || s.depends[a]
		}
	}
	s.adjoint[root] = []int32{b.whole(1)}
	for i := root; i >= 0; i-- {
		parts := s.weights[i]
		if !s.depends[i] || s.adjoint[i] == nil && parts == nil {
			continue
		}
		g := b.sum(s.adjoint[i]...)
		s.adjoint[i] = nil
		if k, ok := at[i]; ok {
			grad[k] = g
			continue
		}
		s.pass(i, g, parts)
	}
	return grad
}

// to contributes g to the adjoint of node a.
func (s *sweep) to(a, g int32) {
	if s.depends[a] && !s.is(g, 0) {
		s.adjoint[a] = append(s.adjoint[a], g)
	}
}

// pass contributes the adjoint g of node i to those of its arguments.
func (s *sweep) pass(i, g int32, parts []part) {
	b, n := s.builder, s.nodes[i]
	a := n.args
	switch n.op {
	case opSum:
		for _, x := range a {
			s.to(x, g)
		}
	case opNeg:
		s.to(a[0], b.neg(g))
	case opMul:
		if s.depends[a[0]] {
			s.to(a[0], b.mul(g, a[1]))
		}
		if s.depends[a[1]] {
			s.to(a[1], b.mul(g, a[0]))
		}
	case opDiv:
		if s.depends[a[0]] {
			s.to(a[0], b.div(g, a[1]))
		}
		if s.depends[a[1]] {
			s.to(a[1], b.neg(b.div(b.mul(g, i), a[1])))
		}
	case opPow:
		if s.depends[a[0]] {
			less := b.sum(a[1], b.whole(-1))
			if c := s.nodes[a[1]].c; c != nil {
				less = b.constant(new(big.Rat).Sub(c, big.NewRat(1, 1)))
			}
			s.to(a[0], b.mul(g, b.mul(a[1], b.pow(a[0], less))))
		}
		if s.depends[a[1]] {
			s.to(a[1], b.mul(g, b.mul(i, b.unary(opLog, a[0]))))
		}
	case opExp:
		s.to(a[0], b.mul(g, i))
	case opExpm1:
		s.to(a[0], b.mul(g, b.unary(opExp, a[0])))
	case opLog:
		s.to(a[0], b.div(g, a[0]))
	case opLog1p:
		s.to(a[0], b.div(g, b.sum(b.whole(1), a[0])))
	case opSqrt:
		s.to(a[0], b.div(g, b.mul(b.whole(2), i)))
	case opAbs:
		s.to(a[0], b.mul(g, b.unary(opSign, a[0])))
	case opPos:
		s.to(a[0], b.mul(g, b.unary(opStep, a[0])))
	case opMax:
		for k, x := range a {
			if s.depends[x] {
				s.to(x, b.mul(g, b.sel(k, i)))
			}
		}
	case opLSE:
		s.logsumexp(i, g, parts)
	case opSoftmax:
		s.weights[a[1]] = append(s.weights[a[1]], part{n.k, g})
	case opRest:
		s.to(a[0], b.neg(g))
	case opSoftplus:
		s.to(a[0], b.mul(g, b.unary(opSigmoid, a[0])))
	case opSigmoid:
		s.to(a[0], b.mul(g, b.mul(i, b.sum(b.whole(1), b.neg(i)))))
	case opIf, opIfSlope:
		o := opIf
		if s.depends[a[0]] || s.depends[a[1]] {
			o = opIfSlope
		}
		zero := b.whole(0)
		for k := range 2 {
			if x := a[2+k]; s.depends[x] {
				then := [2]int32{zero, zero}
				then[k] = g
				s.to(x, b.add(node{op: o, k: n.k, args: []int32{a[0], a[1], then[0], then[1]}}))
			}
		}
	}
}

// logsumexp contributes to x_j the adjoint g of L = ln Σ e^x times its weight p_j, and the adjoints g_k of weights as
//
//	Σ_k g_k ∂p_k/∂x_j = p_j (g_j − Σ_k g_k p_k),
//
// where only p_k has one: g_k p_k (1 − p_k) to x_k and −g_k p_k p_j to the others. That 1 − p_k is another than one of the formula: what one rounds, the
// other does not.
func (s *sweep) logsumexp(L, g int32, parts []part) {
	b, xs := s.builder, s.nodes[L].args
	if len(parts) == 1 {
		k := parts[0].k
		p := b.softmax(int(k), L)
		gp := b.mul(parts[0].g, p)
		for j, x := range xs {
			switch {
			case !s.depends[x]:
			case int32(j) == k:
				s.to(x, b.mul(gp, b.add(node{op: opRest, k: ofGradient, args: []int32{p}})))
			default:
				s.to(x, b.neg(b.mul(gp, b.softmax(j, L))))
			}
		}
	} else if len(parts) > 1 {
		of, mean := make([][]int32, len(xs)), []int32{}
		for _, q := range parts {
			of[q.k] = append(of[q.k], q.g)
			mean = append(mean, b.mul(q.g, b.softmax(int(q.k), L)))
		}
		minus := b.neg(b.sum(mean...))
		for j, x := range xs {
			if s.depends[x] {
				s.to(x, b.mul(b.softmax(j, L), b.sum(append(of[j], minus)...)))
			}
		}
	}
	for j, x := range xs {
		if s.depends[x] && !b.is(g, 0) {
			s.to(x, b.mul(g, b.softmax(j, L)))
		}
	}
}
