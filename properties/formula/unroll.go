package formula

import (
	"slices"
	"strconv"
)

// A binding gives a bound variable its answer.
type binding struct {
	name   string
	answer int
	outer  *binding
}

// ybar as the number of an answer: it is none until the energies are known.
const mostOffending = -1

// index returns the answer that a name stands for.
func (b *builder) index(name string, e *Expr, env *binding) int {
	switch name {
	case "y":
		return 0
	case "ybar":
		return mostOffending
	}
	for ; env != nil; env = env.outer {
		if env.name == name {
			return env.answer
		}
	}
	i, err := strconv.Atoi(name)
	if err != nil {
		panic(errorf(b.text, e.Pos, "%s is not bound here", name))
	}
	if i >= b.n {
		panic(errorf(b.text, e.Pos, "there is no answer %d of %d: they are 0 to %d", i, b.n, b.n-1))
	}
	return i
}

// open returns the names of the indices in e that nothing in e binds.
func (b *builder) open(e *Expr) []string {
	names, ok := b.free[e]
	if ok {
		return names
	}
	put := func(name string) {
		if name != "" && name != "y" && name != "ybar" && !isDecimal(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	put(e.Index)
	put(e.Other)
	put(e.Except)
	for k, a := range e.Args {
		for _, name := range b.open(a) {
			if e.Bind != name || e.Op == "with" && k == 0 {
				put(name)
			}
		}
	}
	b.free[e] = names
	return names
}

// unroll returns the node of e: once, where no index of it is bound outside.
func (b *builder) unroll(e *Expr, env *binding) int32 {
	if len(e.Args) == 0 || len(b.open(e)) > 0 {
		return b.expression(e, env)
	}
	u, ok := b.closed[e]
	if !ok {
		before := len(b.rooted)
		u.node = b.expression(e, nil)
		u.rooted = slices.Clone(b.rooted[before:])
		b.closed[e] = u
	} else {
		b.rooted = append(b.rooted, u.rooted...)
	}
	return u.node
}

// An unrolled expression is its node, and what is differentiated in it.
type unrolled struct {
	node   int32
	rooted []int32
}

// apart is unroll for what need not be evaluated at F, where a derivative may exist though its root does not.
func (b *builder) apart(e *Expr, env *binding) int32 {
	before := len(b.rooted)
	i := b.unroll(e, env)
	b.rooted = b.rooted[:before]
	return i
}

func (b *builder) expression(e *Expr, env *binding) int32 {
	arg := func(i int) int32 { return b.unroll(e.Args[i], env) }
	switch e.Op {
	case "num":
		return b.constant(e.Num)
	case "inf":
		return b.add(node{op: opInf})
	case "n":
		return b.whole(int64(b.n))
	case "F":
		return b.at(b.index(e.Index, e, env), b.energy, b.min)
	case "p":
		return b.at(b.index(e.Index, e, env), b.probability, b.max)
	case "param":
		return b.parameter(e, env)
	case "delta":
		return b.delta(b.index(e.Index, e, env), b.index(e.Other, e, env))
	case "neg":
		return b.neg(arg(0))
	case "+", "-":
		return b.sum(b.terms(e, false, env, nil)...)
	case "*":
		x, y := arg(0), arg(1)
		if b.is(x, 0) || b.is(y, 0) { // of what has no value that is none either
			return b.add(node{op: opMul, args: []int32{min(x, y), max(x, y)}})
		}
		return b.mul(x, y)
	case "/":
		return b.div(arg(0), arg(1))
	case "^":
		x, y := arg(0), arg(1)
		if b.nodes[y].energy {
			panic(errorf(b.text, e.Pos, "an exponent may not depend on energies: write %s", asExp(e)))
		}
		return b.pow(x, y)
	case "if":
		return b.branch(opIf, e.Name, arg(0), arg(1), b.apart(e.Args[2], env), b.apart(e.Args[3], env))
	case "D":
		return b.derivative(e, env)
	case "with":
		replacements := make([]int32, b.n)
		for j := range replacements {
			replacements[j] = b.unroll(e.Args[1], &binding{e.Bind, j, env})
		}
		return b.replace(b.apart(e.Args[0], env), replacements)
	}
	if o, ok := unaries[e.Op]; ok {
		return b.unary(o, arg(0))
	}
	return b.reduction(e, env)
}

var unaries = map[string]op{"pos": opPos, "exp": opExp, "log": opLog, "log1p": opLog1p, "expm1": opExpm1, "sqrt": opSqrt, "abs": opAbs,
	"sigmoid": opSigmoid, "softplus": opSoftplus}

// at returns the number of answer j, and of ȳ the best of the incorrect ones.
func (b *builder) at(j int, of func(j int) int32, best func(...int32) int32) int32 {
	if j != mostOffending {
		return of(j)
	}
	xs := make([]int32, 0, b.n)
	for k := 1; k < b.n; k++ {
		xs = append(xs, of(k))
	}
	return best(xs...)
}

// probability is p_j, of the Gibbs distribution at β. (That of ȳ is the largest of the incorrect answers', as β ≥ 0.)
func (b *builder) probability(j int) int32 {
	if b.gibbs == nil {
		beta, xs := b.param("beta", -1), make([]int32, b.n)
		for i := range xs {
			xs[i] = b.neg(b.mul(beta, b.energy(i)))
		}
		L := b.lse(xs...)
		for i := range xs {
			if b.n == 1 {
				b.gibbs = append(b.gibbs, b.whole(1))
			} else {
				b.gibbs = append(b.gibbs, b.softmax(i, L))
			}
		}
	}
	return b.gibbs[j]
}

// parameter is that of e: of ȳ that of the incorrect answer of least energy, whichever it is.
func (b *builder) parameter(e *Expr, env *binding) int32 {
	if e.Index == "" {
		return b.param(e.Name, -1)
	}
	if j := b.index(e.Index, e, env); j != mostOffending {
		return b.param(e.Name, j)
	}
	terms := make([]int32, 0, b.n)
	for j := 1; j < b.n; j++ {
		terms = append(terms, b.mul(b.delta(j, mostOffending), b.param(e.Name, j)))
	}
	return b.sum(terms...)
}

// delta is 1 for equal answers and 0 for others; whether j is ȳ shows in the choice that the maximum of −F makes.
func (b *builder) delta(i, j int) int32 {
	if i == mostOffending {
		i, j = j, i
	}
	switch {
	case i == j:
		return b.whole(1)
	case j != mostOffending || i == 0:
		return b.whole(0)
	case b.n == 2:
		return b.whole(1)
	}
	xs := make([]int32, 0, b.n)
	for k := 1; k < b.n; k++ {
		xs = append(xs, b.neg(b.energy(k)))
	}
	return b.sel(i-1, b.max(xs...))
}

// terms returns the terms of a sum as it is written, a + b − (c + d), without making the sums on the way.
func (b *builder) terms(e *Expr, minus bool, env *binding, ts []int32) []int32 {
	if e.Op == "+" || e.Op == "-" {
		return b.terms(e.Args[1], minus != (e.Op == "-"), env, b.terms(e.Args[0], minus, env, ts))
	}
	t := b.unroll(e, env)
	if minus {
		t = b.neg(t)
	}
	return append(ts, t)
}

// reduction is a sum, mean, maximum, minimum or logsumexp: over answers, or of arguments.
func (b *builder) reduction(e *Expr, env *binding) int32 {
	var xs []int32
	if e.Bind == "" {
		for i := range e.Args {
			xs = append(xs, b.unroll(e.Args[i], env))
		}
	} else {
		except := mostOffending - 1
		if e.Except != "" {
			except = b.index(e.Except, e, env)
		}
		if except == mostOffending && b.n > 2 {
			return b.reductionButOne(e, env)
		}
		for j := range b.n {
			if j != except && !(except == mostOffending && j == 1) {
				xs = append(xs, b.unroll(e.Args[0], &binding{e.Bind, j, env}))
			}
		}
	}
	switch e.Op {
	case "sum":
		return b.sum(xs...)
	case "mean":
		if len(xs) == 0 {
			panic(errorf(b.text, e.Pos, "the mean over no answer"))
		}
		return b.div(b.sum(xs...), b.whole(int64(len(xs))))
	case "max":
		return b.max(xs...)
	case "min":
		return b.min(xs...)
	}
	if e.Bind == "" {
		xs = b.joined(xs)
	}
	return b.lse(xs...)
}

// joined is a set of exponents, with those of each logsumexp among them: ln(e^a + Σ e^x) is shifted by the maximum of all. One of no answer has none.
func (b *builder) joined(xs []int32) (all []int32) {
	for _, x := range xs {
		switch n := b.nodes[x]; {
		case n.op == opLSE:
			all = append(all, n.args...)
		case n.op == opNeg && b.nodes[n.args[0]].op == opInf:
		default:
			all = append(all, x)
		}
	}
	return all
}

// reductionButOne leaves ȳ out: Σ_i δ(i, ȳ) times the reduction without i.
func (b *builder) reductionButOne(e *Expr, env *binding) int32 {
	one, terms := *e, []int32{}
	for i := 1; i < b.n; i++ {
		one.Except = strconv.Itoa(i)
		terms = append(terms, b.mul(b.delta(i, mostOffending), b.reduction(&one, env)))
	}
	return b.sum(terms...)
}

// derivative is that of e.Args[0] by an energy, by a parameter, or by W.
func (b *builder) derivative(e *Expr, env *binding) int32 {
	root, by := b.unroll(e.Args[0], env), e.Args[1]
	b.rooted = append(b.rooted, root)
	switch {
	case by.isW():
		var terms []int32
		for j, g := range b.gradient(root) {
			if g >= 0 {
				terms = append(terms, b.mul(g, b.param("S", j)))
			}
		}
		return b.sum(terms...)
	case by.Op == "param":
		x := b.param(by.Name, -1)
		if g := b.differentiate(root, []int32{x})[0]; g >= 0 {
			return g
		}
		return b.whole(0)
	}
	// By F[ȳ] it is the derivative by the energy of that answer.
	gradient := b.gradient(root)
	return b.at(b.index(by.Index, by, env), func(j int) int32 {
		if gradient[j] < 0 {
			return b.whole(0)
		}
		return gradient[j]
	}, func(xs ...int32) int32 {
		for k := range xs {
			xs[k] = b.mul(b.delta(k+1, mostOffending), xs[k])
		}
		return b.sum(xs...)
	})
}
