package formula

import (
	"math"
	"strconv"
)

// A dual is a number with its derivatives by the energies: forward differentiation of the tree as it is written, in float64, that shares nothing
// with programs.
type dual struct {
	v float64
	d []float64
}

// A dualEvaluator evaluates trees without D, with, delta and ∞.
type dualEvaluator struct {
	F       []float64
	scalars map[string]float64
	vectors map[string][]float64
	rough   bool // a corner is near, or the index ȳ is ambiguous, or something may overflow: the result is not meant
}

func (e *dualEvaluator) constant(v float64) dual { return dual{v, make([]float64, len(e.F))} }

func (e *dualEvaluator) variable(i int) dual {
	x := e.constant(e.F[i])
	x.d[i] = 1
	return x
}

// chain is f(x, y) with slopes p and q.
func (x dual) chain(v, p float64, y dual, q float64) dual {
	z := dual{v, make([]float64, len(x.d))}
	for i := range z.d {
		if x.d[i] != 0 {
			z.d[i] += p * x.d[i]
		}
		if y.d[i] != 0 {
			z.d[i] += q * y.d[i]
		}
	}
	return z
}

func (x dual) apply(v, p float64) dual { return x.chain(v, p, dual{d: make([]float64, len(x.d))}, 0) }
func (x dual) plus(y dual) dual        { return x.chain(x.v+y.v, 1, y, 1) }
func (x dual) minus(y dual) dual       { return x.chain(x.v-y.v, 1, y, -1) }
func (x dual) times(y dual) dual       { return x.chain(x.v*y.v, y.v, y, x.v) }
func (x dual) over(y dual) dual        { return x.chain(x.v/y.v, 1/y.v, y, -x.v/y.v/y.v) }
func (x dual) exp() dual               { return x.apply(math.Exp(x.v), math.Exp(x.v)) }
func (x dual) log() dual               { return x.apply(math.Log(x.v), 1/x.v) }

func (e *dualEvaluator) larger(x, y dual) dual {
	e.rough = e.rough || math.Abs(x.v-y.v) <= 1e-6*(math.Abs(x.v)+math.Abs(y.v))
	if x.v >= y.v {
		return x
	}
	return y
}

func (e *dualEvaluator) index(name string, env map[string]int) int {
	switch name {
	case "y":
		return 0
	case "ybar":
		k := 1
		for j := 2; j < len(e.F); j++ {
			if e.F[j] < e.F[k] {
				k = j
			}
		}
		for j := 1; j < len(e.F); j++ {
			e.rough = e.rough || j != k && math.Abs(e.F[j]-e.F[k]) <= 1e-6*math.Abs(e.F[j])
		}
		return k
	}
	if j, ok := env[name]; ok {
		return j
	}
	j, _ := strconv.Atoi(name)
	return j
}

func (e *dualEvaluator) eval(x *Expr, env map[string]int) dual {
	arg := func(i int) dual { return e.eval(x.Args[i], env) }
	switch x.Op {
	case "num":
		f, _ := x.Num.Float64()
		return e.constant(f)
	case "n":
		return e.constant(float64(len(e.F)))
	case "param":
		if x.Index != "" {
			return e.constant(e.vectors[x.Name][e.index(x.Index, env)])
		}
		return e.constant(e.scalars[x.Name])
	case "F":
		return e.variable(e.index(x.Index, env))
	case "p":
		i := e.index(x.Index, env)
		sum, beta := e.constant(0), e.constant(e.scalars["beta"])
		for j := range e.F { // e^β(F_i − F_j)
			sum = sum.plus(beta.times(e.variable(i).minus(e.variable(j))).exp())
		}
		e.rough = e.rough || sum.v > 1e100 // its square overflows soon
		return e.constant(1).over(sum)
	case "neg":
		return e.constant(0).minus(arg(0))
	case "+":
		return arg(0).plus(arg(1))
	case "-":
		return arg(0).minus(arg(1))
	case "*":
		return arg(0).times(arg(1))
	case "/":
		return arg(0).over(arg(1))
	case "^":
		a, b := arg(0), arg(1).v
		return a.apply(math.Pow(a.v, b), b*math.Pow(a.v, b-1))
	case "if":
		a, b := arg(0).v, arg(1).v
		e.rough = e.rough || math.Abs(a-b) <= 1e-6*(math.Abs(a)+math.Abs(b))
		holds := map[string]bool{"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}
		if holds[x.Name] {
			return arg(2)
		}
		return arg(3)
	case "exp":
		e.rough = e.rough || math.Abs(arg(0).v) > 230
		return arg(0).exp()
	case "log":
		return arg(0).log()
	case "log1p":
		return arg(0).apply(math.Log1p(arg(0).v), 1/(1+arg(0).v))
	case "expm1":
		return arg(0).apply(math.Expm1(arg(0).v), math.Exp(arg(0).v))
	case "sqrt":
		r := math.Sqrt(arg(0).v)
		return arg(0).apply(r, 0.5/r)
	case "abs":
		return e.larger(arg(0), e.constant(0).minus(arg(0)))
	case "pos":
		return e.larger(arg(0), e.constant(0))
	case "softplus":
		t := arg(0).v
		return arg(0).apply(math.Max(t, 0)+math.Log1p(math.Exp(-math.Abs(t))), sigmoid(t))
	case "sigmoid":
		s := sigmoid(arg(0).v)
		return arg(0).apply(s, s*sigmoid(-arg(0).v))
	}
	return e.reduce(x, env)
}

func (e *dualEvaluator) reduce(x *Expr, env map[string]int) dual {
	var xs []dual
	if x.Bind == "" {
		for i := range x.Args {
			xs = append(xs, e.eval(x.Args[i], env))
		}
	} else {
		except := -1
		if x.Except != "" {
			except = e.index(x.Except, env)
		}
		inner := map[string]int{}
		for k, v := range env {
			inner[k] = v
		}
		for j := range e.F {
			if j != except {
				inner[x.Bind] = j
				xs = append(xs, e.eval(x.Args[0], inner))
			}
		}
	}
	z := xs[0]
	if x.Op == "logsumexp" {
		top := z.v
		for _, y := range xs {
			top = math.Max(top, y.v)
		}
		sum := e.constant(0)
		for _, y := range xs {
			sum = sum.plus(y.minus(e.constant(top)).exp())
		}
		return sum.log().plus(e.constant(top))
	}
	for _, y := range xs[1:] {
		switch x.Op {
		case "sum", "mean":
			z = z.plus(y)
		case "max":
			z = e.larger(z, y)
		default:
			z = e.constant(0).minus(e.larger(e.constant(0).minus(z), e.constant(0).minus(y)))
		}
	}
	if x.Op == "mean" {
		return z.over(e.constant(float64(len(xs))))
	}
	return z
}
