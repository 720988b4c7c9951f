package formula_test

import "math"

type float interface{ ~float32 | ~float64 }

func exp[T float](x T) T   { return T(math.Exp(float64(x))) }
func ln[T float](x T) T    { return T(math.Log(float64(x))) }
func log1p[T float](x T) T { return T(math.Log1p(float64(x))) }
func pow[T float](x, y T) T {
	return T(math.Pow(float64(x), float64(y)))
}

// args of a custom loss: the correct answer is 0.
type args[T float] struct {
	F []T
	s map[string]T
	v map[string][]T
}

func softmaxOf[T float](F []T, beta T) (p []T, logp []T) {
	M := T(math.Inf(-1))
	x := make([]T, len(F))
	for i, f := range F {
		x[i] = -beta * f
		M = max(M, x[i])
	}
	p, logp = make([]T, len(F)), make([]T, len(F))
	s := T(0)
	for i := range x {
		p[i] = exp(x[i] - M)
		s += p[i]
	}
	l := ln(s)
	for i := range x {
		p[i] /= s
		logp[i] = x[i] - M - l
	}
	return p, logp
}

func spl[T float](t T) T { return max(t, 0) + log1p(exp(-T(math.Abs(float64(t))))) }
func sig[T float](t T) T {
	if t >= 0 {
		return 1 / (1 + exp(-t))
	}
	e := exp(t)
	return e / (1 + e)
}
func lowest[T float](F []T) int {
	k := 1
	for j := 2; j < len(F); j++ {
		if F[j] < F[k] {
			k = j
		}
	}
	return k
}

// A custom loss: formula, other forms, an implementation with fault 0 (right) to 3.
type custom struct {
	name    string
	forms   []string
	scalars []string
	least   int
	faults  [3]string
	f64     func(a args[float64], fault int) (float64, []float64)
	f32     func(a args[float32], fault int) (float32, []float32)
}

func squaredHinge[T float](a args[T], fault int) (T, []T) {
	g := make([]T, len(a.F))
	k := lowest(a.F)
	h := max(0, a.s["m"]+a.F[0]-a.F[k])
	if fault == 1 {
		h = max(0, a.s["m"]-a.F[0]+a.F[k])
	}
	g[0], g[k] = 2*h, -2*h
	if fault == 2 {
		g[0], g[k] = h, -h
	}
	if fault == 3 { // wrong branch: pushes where satisfied
		t := a.s["m"] + a.F[0] - a.F[k]
		return t * t, []T{2 * t, -2 * t}
	}
	return h * h, g
}
func focal[T float](a args[T], fault int) (T, []T) {
	beta, gam := a.s["beta"], a.s["g"]
	p, lp := softmaxOf(a.F, beta)
	py, l := p[0], -lp[0]
	q := 1 - py
	v := pow(q, gam) * l
	// dv/dpy·(…): dv/dp = −g q^(g−1) l·1 − q^g/p ; dp_y/dF_j = −β p_y(δ − p_j)
	// = β(δ − p_j)·(g p q^(g−1) l + q^g)
	c := beta * (gam*py*pow(q, gam-1)*l + pow(q, gam))
	if gam == 0 {
		c = beta
	}
	switch fault {
	case 1:
		v = pow(py, gam) * l
	case 2:
		c = beta * pow(q, gam) // forgets the derivative of the weight
	case 3:
		v = -v
	}
	g := make([]T, len(a.F))
	for j := range g {
		d := T(0)
		if j == 0 {
			d = 1
		}
		g[j] = c * (d - p[j])
	}
	return v, g
}
func smoothed[T float](a args[T], fault int) (T, []T) {
	beta, eps, n := a.s["beta"], a.s["eps"], T(len(a.F))
	p, lp := softmaxOf(a.F, beta)
	v := T(0)
	g := make([]T, len(a.F))
	for j := range g {
		q := eps / n
		if fault == 1 { // spread over the others only
			q = eps / (n - 1)
		}
		if j == 0 {
			q += 1 - eps
			if fault == 1 {
				q = 1 - eps
			}
			if fault == 2 {
				q = 1
			}
		}
		v -= q * lp[j]
		g[j] = q - p[j]
	}
	v /= beta
	if fault == 3 {
		v *= beta
	}
	return v, g
}
func infoNCE[T float](a args[T], fault int) (T, []T) {
	tau := a.s["tau"]
	x, M, s := make([]T, len(a.F)), T(math.Inf(-1)), T(0)
	for i, f := range a.F {
		x[i] = -f / tau
		M = max(M, x[i])
	}
	if fault == 1 {
		M = 0 // naive overflow
	}
	p := make([]T, len(a.F))
	for i := range x {
		if fault == 2 && i == 0 {
			continue // leaves the positive out of the sum
		}
		p[i] = exp(x[i] - M)
		s += p[i]
	}
	v := -(x[0] - M - ln(s))
	g := make([]T, len(a.F))
	for j := range g {
		d := T(0)
		if j == 0 {
			d = 1
		}
		g[j] = (d - p[j]/s) / tau
		if fault == 3 {
			g[j] *= tau
		}
	}
	return v, g
}
func dpo[T float](a args[T], fault int) (T, []T) {
	k := lowest(a.F)
	t := a.s["beta"] * (a.F[0] - a.F[k])
	v, s := spl(t), a.s["beta"]*sig(t)
	switch fault {
	case 1:
		v, s = spl(-t), -a.s["beta"]*sig(-t)
	case 2:
		v = ln(1 + exp(t))
	case 3:
		s = sig(t)
	}
	g := make([]T, len(a.F))
	g[0], g[k] = s, -s
	return v, g
}
func costSensitive[T float](a args[T], fault int) (T, []T) {
	best, k := T(math.Inf(-1)), 0
	for j := 1; j < len(a.F); j++ {
		t := a.v["c"][j] + a.F[0] - a.F[j]
		if fault == 1 {
			t = a.v["c"][j] - a.F[0] + a.F[j]
		}
		if fault == 2 {
			t = a.F[0] - a.F[j]
		}
		if t > best {
			best, k = t, j
		}
	}
	if fault == 3 { // the cost of the most offending one
		k = lowest(a.F)
		best = a.v["c"][k] + a.F[0] - a.F[k]
	}
	g := make([]T, len(a.F))
	g[0], g[k] = 1, -1
	return best, g
}
func ranking[T float](a args[T], fault int) (T, []T) {
	v := T(0)
	g := make([]T, len(a.F))
	for j := 1; j < len(a.F); j++ {
		if t := a.s["m"] + a.F[0] - a.F[j]; t > 0 {
			v += t
			g[0]++
			g[j]--
		} else if fault == 1 {
			g[j]--
		}
	}
	switch fault {
	case 2:
		v /= T(len(a.F) - 1)
	case 3:
		if g[0] > 0 {
			g[0] = 1
		}
	}
	return v, g
}
func tsallis[T float](a args[T], fault int) (T, []T) {
	beta, q := a.s["beta"], a.s["q"]
	p, _ := softmaxOf(a.F, beta)
	r := pow(p[0], q)
	v := (1 - r) / q
	g := make([]T, len(a.F))
	for j := range g {
		d := T(0)
		if j == 0 {
			d = 1
		}
		g[j] = beta * r * (d - p[j])
		if fault == 2 {
			g[j] = beta * p[0] * r * (d - p[j])
		}
	}
	switch fault {
	case 1:
		v = 1 - r
	case 3:
		v = (r - 1) / q
	}
	return v, g
}
func huberHinge[T float](a args[T], fault int) (T, []T) {
	k := lowest(a.F)
	t, d := a.s["m"]+a.F[0]-a.F[k], a.s["d"]
	v, s := T(0), T(0)
	switch {
	case t <= 0:
	case t < d:
		v, s = t*t/(2*d), t/d
		if fault == 1 {
			v = t * t / 2
		}
	default:
		v, s = t-d/2, 1
		if fault == 2 {
			v = t
		}
	}
	if fault == 3 && t > 0 {
		v, s = t*t/(2*d), t/d
	}
	g := make([]T, len(a.F))
	g[0], g[k] = s, -s
	return v, g
}
func ood[T float](a args[T], fault int) (T, []T) {
	k := lowest(a.F)
	x, y := max(0, a.F[0]-a.s["in"]), max(0, a.s["out"]-a.F[k])
	switch fault {
	case 1:
		y = max(0, a.F[k]-a.s["out"])
	case 3:
		x = max(0, a.s["in"]-a.F[0])
	}
	g := make([]T, len(a.F))
	g[0] += 2 * x
	g[k] -= 2 * y
	if fault == 2 {
		g[k] = -y
	}
	return x*x + y*y, g
}

// customs are losses that no catalogue has, with the faults that people make in them.
var customs = []custom{
	{"squared hinge", []string{"pos(m + F[y] - F[ybar])^2"}, []string{"m"}, 2, [3]string{"sign of d", "factor 2 of the slope", "no positive part"}, squaredHinge[float64], squaredHinge[float32]},
	{"focal", []string{"(1 - p[y])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])", "sum(j!=y: p[j])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])"}, []string{"beta", "g"}, 1, [3]string{"p^g for (1-p)^g", "derivative of the weight", "sign"}, focal[float64], focal[float32]},
	{"label-smoothed NLL", []string{"(1 - eps)*F[y] + eps*mean(j: F[j]) + logsumexp(j: -beta*F[j])/beta", "-(sum(k: eps/n*(-beta*F[k] - logsumexp(j: -beta*F[j]))) + (1 - eps)*(-beta*F[y] - logsumexp(j: -beta*F[j])))/beta", "((1 - eps)*(logsumexp(j: -beta*F[j]) + beta*F[y]) + eps*mean(k: logsumexp(j: -beta*F[j]) + beta*F[k]))/beta"}, []string{"beta", "eps"}, 1, [3]string{"spread over the others", "weight of y is 1", "not over β"}, smoothed[float64], smoothed[float32]},
	{"InfoNCE", []string{"F[y]/tau + logsumexp(j: -F[j]/tau)"}, []string{"tau"}, 1, [3]string{"no shift: overflow", "positive left out of the sum", "slope without 1/τ"}, infoNCE[float64], infoNCE[float32]},
	{"DPO", []string{"softplus(beta*(F[y] - F[ybar]))"}, []string{"beta"}, 2, [3]string{"sign", "ln(1 + e^t): overflow", "slope without β"}, dpo[float64], dpo[float32]},
	{"cost-sensitive hinge", []string{"max(j!=y: c[j] + F[y] - F[j])"}, nil, 2, [3]string{"sign", "no cost", "cost of the most offending"}, costSensitive[float64], costSensitive[float32]},
	{"ranking", []string{"sum(j!=y: pos(m + F[y] - F[j]))"}, []string{"m"}, 1, [3]string{"satisfied ones are pushed", "mean for sum", "slope of y is 1"}, ranking[float64], ranking[float32]},
	{"Tsallis", []string{"(1 - p[y]^q)/q"}, []string{"beta", "q"}, 1, [3]string{"no 1/q", "slope p^(q+1)", "sign"}, tsallis[float64], tsallis[float32]},
	{"Huberised hinge", []string{"min(pos(m + F[y] - F[ybar]), d)*(pos(m + F[y] - F[ybar]) - min(pos(m + F[y] - F[ybar]), d)/2)/d"}, []string{"m", "d"}, 2, [3]string{"no 1/d in the middle", "no -d/2", "quadratic for ever"}, huberHinge[float64], huberHinge[float32]},
	{"OOD margin", []string{"pos(F[y] - in)^2 + pos(out - F[ybar])^2"}, []string{"in", "out"}, 2, [3]string{"second branch reversed", "factor 2", "first branch reversed"}, ood[float64], ood[float32]},
}
