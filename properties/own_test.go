package properties_test

import (
	"flag"
	"fmt"
	"math"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Losses that this project has no code for, each defined by its formula, in float64
// and float32: as a competent author writes it, and wrong in three ways.

type float interface{ ~float32 | ~float64 }

// An own is a loss of the correct answer's energy, which is first, and those of the
// incorrect ones; wrong is 0 where it is right, or which mistake it has.
type own struct {
	name, formula string
	ranges        []properties.Range
	wrong         [3]string
	f64           func(F []float64, at func(string) float64, wrong int) (float64, []float64)
	f32           func(F []float32, at func(string) float32, wrong int) (float32, []float32)
}

var owns = []own{
	{"my_squared_hinge", "pos(m + F[y] - F[ybar])^2", nil,
		[3]string{"the sign of d", "no factor 2 in the slope", "no positive part"}, squaredHinge[float64], squaredHinge[float32]},
	{"focal", "(1 - p[y])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])", []properties.Range{{Name: "g", Lo: 0, Hi: 5}},
		[3]string{"p^g for (1 − p)^g", "no derivative of the weight", "the sign"}, focal[float64], focal[float32]},
	{"smoothed_nll", "(1 - eps)*F[y] + eps*mean(j: F[j]) + logsumexp(j: -beta*F[j])/beta = sum(k: (eps/n + (1 - eps)*delta(k, y))*(logsumexp(j: -beta*F[j]) + beta*F[k]))/beta", []properties.Range{{Name: "eps", Lo: 0, Hi: 0.5}},
		[3]string{"spread over the others only", "the weight of y is 1", "not over β"}, smoothed[float64], smoothed[float32]},
	{"info_nce", "F[y]/tau + logsumexp(j: -F[j]/tau)", []properties.Range{{Name: "tau", Lo: 0.01, Hi: 10}},
		[3]string{"no shift: exp overflows", "the positive left out of the sum", "the slope without 1/τ"}, infoNCE[float64], infoNCE[float32]},
	{"dpo", "softplus(beta*(F[y] - F[ybar]))", nil,
		[3]string{"the sign", "ln(1 + e^t), which overflows", "the slope without β"}, dpo[float64], dpo[float32]},
	{"sum_of_hinges", "sum(j != y: pos(m + F[y] - F[j]))", nil,
		[3]string{"satisfied ones are pushed", "the mean for the sum", "the slope of y is 1"}, hinges[float64], hinges[float32]},
	{"centred", "g*(F[y] - mean(j: F[j]))", nil, // its gradient by hand, g·(δ_iy − 1/n), collects what automatic differentiation distributes
		[3]string{"the sum for the mean", "the slope without the mean", "the slope without g"}, centred[float64], centred[float32]},
}

func exp[T float](x T) T    { return T(math.Exp(float64(x))) }
func ln[T float](x T) T     { return T(math.Log(float64(x))) }
func pow[T float](x, y T) T { return T(math.Pow(float64(x), float64(y))) }

// softmax returns p and ln p, shifted by the maximum.
func softmax[T float](F []T, beta T) (p, logp []T) {
	x, most := make([]T, len(F)), T(math.Inf(-1))
	for i, f := range F {
		x[i] = -beta * f
		most = max(most, x[i])
	}
	p, logp = make([]T, len(F)), make([]T, len(F))
	sum := T(0)
	for i := range x {
		p[i] = exp(x[i] - most)
		sum += p[i]
	}
	for i := range x {
		p[i] /= sum
		logp[i] = x[i] - most - ln(sum)
	}
	return p, logp
}

func softplus[T float](t T) T {
	return max(t, 0) + T(math.Log1p(float64(exp(-T(math.Abs(float64(t)))))))
}

func sigmoid[T float](t T) T {
	if t >= 0 {
		return 1 / (1 + exp(-t))
	}
	e := exp(t)
	return e / (1 + e)
}

// is1 is δ_jy.
func is1[T float](j int) T {
	if j == 0 {
		return 1
	}
	return 0
}

func squaredHinge[T float](F []T, at func(string) T, wrong int) (T, []T) {
	t := at("m") + F[0] - F[1]
	if wrong == 1 {
		t = at("m") - F[0] + F[1]
	}
	if wrong != 3 && t < 0 {
		t = 0
	}
	slope := 2 * t
	if wrong == 2 {
		slope = t
	}
	return t * t, []T{slope, -slope}
}

func focal[T float](F []T, at func(string) T, wrong int) (T, []T) {
	beta, g := at("beta"), at("g")
	p, logp := softmax(F, beta)
	q, l := 1-p[0], -logp[0]
	v := pow(q, g) * l
	c := beta * pow(q, g)
	if g > 0 && q > 0 { // where nothing is wrong, nothing is pushed: 0^(g−1) is no number
		c += beta * g * p[0] * pow(q, g-1) * l
	}
	switch wrong {
	case 1:
		v = pow(p[0], g) * l
	case 2:
		c = beta * pow(q, g)
	case 3:
		v = -v
	}
	grad := make([]T, len(F))
	for j := range grad {
		grad[j] = c * (is1[T](j) - p[j])
	}
	return v, grad
}

func smoothed[T float](F []T, at func(string) T, wrong int) (T, []T) {
	beta, eps, n := at("beta"), at("eps"), T(len(F))
	p, logp := softmax(F, beta)
	v, grad := T(0), make([]T, len(F))
	for j := range grad {
		q := eps/n + (1-eps)*is1[T](j)
		switch wrong {
		case 1:
			q = eps/(n-1)*(1-is1[T](j)) + (1-eps)*is1[T](j)
		case 2:
			q = eps/n*(1-is1[T](j)) + is1[T](j)
		}
		v -= q * logp[j]
		grad[j] = q - p[j]
	}
	if wrong != 3 {
		v /= beta
	}
	return v, grad
}

func infoNCE[T float](F []T, at func(string) T, wrong int) (T, []T) {
	tau := at("tau")
	x, most, sum := make([]T, len(F)), T(math.Inf(-1)), T(0)
	for i, f := range F {
		x[i] = -f / tau
		most = max(most, x[i])
	}
	if wrong == 1 {
		most = 0
	}
	w := make([]T, len(F))
	for i := range x {
		if wrong == 2 && i == 0 {
			continue
		}
		w[i] = exp(x[i] - most)
		sum += w[i]
	}
	grad := make([]T, len(F))
	for j := range grad {
		if grad[j] = is1[T](j) - w[j]/sum; wrong != 3 {
			grad[j] /= tau
		}
	}
	return -(x[0] - most - ln(sum)), grad
}

func dpo[T float](F []T, at func(string) T, wrong int) (T, []T) {
	t := at("beta") * (F[0] - F[1])
	v, s := softplus(t), at("beta")*sigmoid(t)
	switch wrong {
	case 1:
		v, s = softplus(-t), -at("beta")*sigmoid(-t)
	case 2:
		v = ln(1 + exp(t))
	case 3:
		s = sigmoid(t)
	}
	return v, []T{s, -s}
}

func hinges[T float](F []T, at func(string) T, wrong int) (T, []T) {
	v, grad := T(0), make([]T, len(F))
	for j := 1; j < len(F); j++ {
		if t := at("m") + F[0] - F[j]; t > 0 {
			v += t
			grad[0]++
			grad[j]--
		} else if wrong == 1 {
			grad[j]--
		}
	}
	switch wrong {
	case 2:
		v /= T(len(F) - 1)
	case 3:
		grad[0] = min(grad[0], 1)
	}
	return v, grad
}

func centred[T float](F []T, at func(string) T, wrong int) (T, []T) {
	g, n, sum := at("g"), T(len(F)), T(0)
	for _, f := range F {
		sum += f
	}
	mean := sum / n
	if wrong == 1 {
		mean = sum
	}
	grad := make([]T, len(F))
	for j := range grad {
		switch wrong {
		case 2:
			grad[j] = g * is1[T](j)
		case 3:
			grad[j] = is1[T](j) - 1/n
		default:
			grad[j] = g * (is1[T](j) - 1/n)
		}
	}
	return g * (F[0] - mean), grad
}

// subject is the loss as a subject in p.
func (l own) subject(o op.Op, p op.Precision, wrong int) op.Subject {
	s := properties.Funcs(fmt.Sprintf("%s %s %d", l.name, p, wrong), map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply {
		at := func(name string) float64 {
			for _, q := range o.Row().Params {
				if q.Name == name {
					return q.Of(c)
				}
			}
			panic("no parameter " + name)
		}
		r := op.Reply{Grad: make([]float64, len(c.Energies))}
		if p == op.Float64 {
			F := append([]float64(nil), c.Energies...)
			F[0], F[c.Answer] = F[c.Answer], F[0]
			r.Value, r.Grad = l.f64(F, at, wrong)
		} else {
			F := make([]float32, len(c.Energies))
			for i, f := range c.Energies {
				F[i] = float32(f)
			}
			F[0], F[c.Answer] = F[c.Answer], F[0]
			v, grad := l.f32(F, func(name string) float32 { return float32(at(name)) }, wrong)
			r.Value = float64(v)
			for i, g := range grad {
				r.Grad[i] = float64(g)
			}
		}
		r.Grad[0], r.Grad[c.Answer] = r.Grad[c.Answer], r.Grad[0]
		return r
	}})
	s.Precision = p
	return s
}

// ownCalls is how many random calls each loss is asked in a format; a tenth under
// -short.
var ownCalls = flag.Int("calls", 1_000, "random calls a loss and format")

// TestOwn: a right loss of one's own is never refuted at REQUIRED, a wrong one always,
// within the first 100 random calls.
func TestOwn(t *testing.T) {
	calls := *ownCalls
	if testing.Short() {
		calls /= 10
	}
	for _, l := range owns {
		o := properties.Define(l.name, l.formula, l.ranges...)
		for _, p := range []op.Precision{op.Float64, op.Float32} {
			t.Run(fmt.Sprintf("%s/%s", l.name, p), func(t *testing.T) {
				t.Parallel()
				first := [4]int{}
				for _, r := range []judge.Regime{judge.Tame, judge.Wide} {
					var subjects []op.Subject
					var tallies [][]*judge.Tally
					for wrong := range 4 {
						subjects = append(subjects, l.subject(o, p, wrong))
						tallies = append(tallies, judge.Tallies(judge.About(o, r), r, subjects[wrong]))
					}
					refuted := func(i int) bool { return i > 0 && firstOf(tallies[i]) > 0 }
					for i, a := range judge.RandomCases(o, r, p, 1, 0, calls/2).Ask(subjects, refuted) {
						for _, tally := range tallies[i] {
							tally.Add(a)
						}
					}
					for i := range first {
						if n := firstOf(tallies[i]); n > 0 && (first[i] == 0 || n < first[i]) {
							first[i] = n
						}
					}
					for _, tally := range tallies[0] {
						if tally.Refuted() == result.Required {
							spent, on := tally.Spent(result.Required)
							t.Errorf("right, and refuted by %s in %s: %.3g on %v", tally.Claim(), r, spent, on)
						}
					}
				}
				for i, n := range first[1:] {
					if n == 0 || n > 100 {
						t.Errorf("%s: refuted at call %d, want 1 to 100", l.wrong[i], n)
					}
				}
				t.Logf("wrong ones refuted at call %v", first[1:])
			})
		}
	}
}

// firstOf is the random case at which the first claim is refuted at REQUIRED; 0 if none is.
func firstOf(ts []*judge.Tally) int {
	first := 0
	for _, t := range ts {
		if n := t.First(result.Required); n > 0 && (first == 0 || n < first) {
			first = n
		}
	}
	return first
}
