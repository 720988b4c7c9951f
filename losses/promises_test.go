package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/ebm/promise"
	. "ebmcheck/losses"
	"ebmcheck/properties/op"
)

// strata draw energies, the correct answer, and m and β: where a loss is small beside what it
// is made of, at its kinks, and where something on the way to it overflows.
var strata = map[string]func(r *rand.Rand) (F []float64, y int, m, beta float64){
	"normalised energies": func(r *rand.Rand) (F []float64, y int, m, beta float64) {
		n, sum := 2+r.IntN(6), 0.0
		F, beta = make([]float64, n), []float64{1, 1, 0.5, 7}[r.IntN(4)]
		for i := range F {
			F[i] = r.ExpFloat64()
			sum += F[i]
		}
		for i := range F {
			F[i] = -math.Log(F[i]/sum) / beta
		}
		return F, r.IntN(n), r.Float64(), beta
	},
	"ties and kinks": func(r *rand.Rand) (F []float64, y int, m, beta float64) {
		n := 2 + r.IntN(3)
		F, m = make([]float64, n), []float64{0, 0.25, 1, 0x1p-60, 1e300}[r.IntN(5)]
		level := r.NormFloat64()
		for i := range F {
			F[i] = []float64{level, level - m, level + m, m, 0}[r.IntN(5)]
			if r.IntN(3) == 0 {
				F[i] = math.Nextafter(F[i], float64(r.IntN(3)-1)*1e308)
			}
		}
		return F, r.IntN(n), m, math.Exp(4 * r.NormFloat64())
	},
	"an enormous offset": func(r *rand.Rand) (F []float64, y int, m, beta float64) {
		n, base := 2+r.IntN(4), math.Pow(10, 3+297*r.Float64())*float64(2*r.IntN(2)-1)
		step := math.Nextafter(math.Abs(base), math.Inf(1)) - math.Abs(base)
		F = make([]float64, n)
		for i := range F {
			F[i] = base + float64(r.IntN(60))*step
		}
		return F, r.IntN(n), step * float64(r.IntN(40)), min((0.1+r.Float64())/step, 1e300)
	},
	"tails": func(r *rand.Rand) (F []float64, y int, m, beta float64) {
		n := 2 + r.IntN(4)
		F, beta = make([]float64, n), math.Exp(5*r.NormFloat64())
		for i := range F {
			F[i] = r.Float64() * 1500 / beta
		}
		return F, r.IntN(n), r.Float64() / beta, beta
	},
}

// asTrue tries one case of a stratum on a loss, given as what it says to a call of its op.
func asTrue(o op.Op, of func(c op.Call) (value float64, grad []float64), stratum string) func(r *rand.Rand) string {
	row := o.Row()
	return func(r *rand.Rand) string {
		F, y, m, beta := strata[stratum](r)
		if row.Pair {
			F, y = F[:2], 0
		}
		c := ask(o, F, y, m, beta)
		truth := row.Truth(c)
		value, grad := of(c)
		if ulps := truth.Value.Ulps(value); !(ulps <= allowed) {
			return fmt.Sprintf("%v: value %v, want %v + %g ulp: %g ulps", c, value, truth.Value.Near, truth.Value.Off, ulps)
		}
		for i, d := range grad {
			lo, hi := truth.Grad[i].Lo, truth.Grad[i].Hi
			if ulps := lo.Ulps(d); lo == hi && !(ulps <= allowed) {
				return fmt.Sprintf("%v: grad[%d] = %v, want %v + %g ulp: %g ulps", c, i, d, lo.Near, lo.Off, ulps)
			} else if lo != hi && !(lo.Near <= d && d <= hi.Near) {
				return fmt.Sprintf("%v: grad[%d] = %v, not in [%v, %v]", c, i, d, lo.Near, hi.Near)
			}
		}
		return ""
	}
}

// ours is this module's loss.
func ours(o op.Op) func(c op.Call) (value float64, grad []float64) {
	return func(c op.Call) (float64, []float64) {
		got := o.Row().Reference(c)
		return got.Value, got.Grad
	}
}

func judged() (all []op.Op) {
	for _, e := range Catalogue() {
		if _, ok := op.Find(op.Op(e.ID)); ok {
			all = append(all, op.Op(e.ID))
		}
	}
	return all
}

func TestLossPromises(t *testing.T) {
	for _, o := range judged() {
		for stratum := range strata {
			promise.Try(t, string(o)+", "+stratum, 50, asTrue(o, ours(o), stratum))
		}
	}
}

// A ball tells whether ȳ, at z, is beyond ε of y, at the origin.
type ball func(z []float64, eps float64) bool

// beyond asks a hinge whose value is 1 if there is an incorrect answer.
func beyond(z []float64, eps float64) bool {
	return ContrastiveBeyond(Hinge{1}, [][]float64{make([]float64, len(z)), z}, eps).Eval(nil, []float64{0, 0}, 0) == 1
}

// onTheSphere draws points at a distance of ε or next to it, in one to three dimensions and of
// any size, and compares with a sum of rational squares.
func onTheSphere(of ball) func(r *rand.Rand) string {
	triples := [][]float64{{3, 4, 5}, {5, 12, 13}, {8, 15, 17}, {20, 21, 29}, {1, 2, 2, 3}, {2, 3, 6, 7}, {4, 4, 7, 9}, {1, 1}}
	return func(r *rand.Rand) string {
		triple := triples[r.IntN(len(triples))]
		scale := math.Ldexp(1+float64(r.IntN(1<<20))*0x1p-20, r.IntN(1800)-900)
		var z []float64
		for _, k := range triple[:len(triple)-1] {
			z = append(z, k*scale*float64(2*r.IntN(2)-1))
		}
		eps := triple[len(triple)-1] * scale
		switch r.IntN(4) {
		case 0:
			eps = math.Nextafter(eps, 0)
		case 1:
			eps = math.Nextafter(eps, math.Inf(1))
		case 2:
			z[0] = math.Nextafter(z[0], 0)
		}
		sum := new(big.Rat)
		for _, v := range z {
			q := new(big.Rat).SetFloat64(v)
			sum.Add(sum, q.Mul(q, q))
		}
		q := new(big.Rat).SetFloat64(eps)
		if got, want := of(z, eps), sum.Cmp(q.Mul(q, q)) >= 0; got != want {
			return fmt.Sprintf("‖%v‖ ≥ %v: %v, want %v", z, eps, got, want)
		}
		return ""
	}
}

func TestBallPromises(t *testing.T) {
	promise.Try(t, "on the sphere", 200, onTheSphere(beyond))
	for fault, of := range map[string]ball{
		"squares in float64": func(z []float64, eps float64) bool {
			var s float64
			for _, v := range z {
				s += v * v
			}
			return s >= eps*eps
		},
		"a rounded root": func(z []float64, eps float64) bool {
			var d float64
			for _, v := range z {
				d = math.Hypot(d, v)
			}
			return d >= eps
		},
		"the sphere is in the ball": func(z []float64, eps float64) bool {
			return beyond(z, eps) && beyond(z, math.Nextafter(eps, math.Inf(1)))
		},
	} {
		promise.Refute(t, fault, 200, onTheSphere(of))
	}
}

// A rule makes a loss of a whole answer space of one of two energies.
type rule func(p PairLoss) Loss

// byDefinition holds a rule to definition 1: the pair loss at the least energy of the others,
// found by sorting nothing, and its gradient on y and on the first of those answers.
func byDefinition(of rule) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		n := 1 + r.IntN(5)
		F := make([]float64, n)
		for i := range F {
			F[i] = []float64{0, 1, -1, math.Inf(1), r.NormFloat64()}[r.IntN(5)]
		}
		y, p := r.IntN(n), []PairLoss{Hinge{1}, Log{}, Simple{1}, MCE{}, SquareExp{1}}[r.IntN(5)]
		ybar := -1
		for j := range F {
			offends := j != y && !math.IsInf(F[j], 1)
			for k := range F {
				offends = offends && (k == y || F[j] < F[k] || F[j] == F[k] && j <= k)
			}
			if offends {
				ybar = j
			}
		}
		want := make([]float64, n+1)
		Fbar := math.Inf(1)
		if ybar >= 0 {
			Fbar = F[ybar]
		}
		var dF, dFbar float64
		want[n], dF, dFbar = p.Pair(F[y], Fbar)
		want[y] = dF
		if ybar >= 0 {
			want[ybar] = dFbar
		}
		got := make([]float64, n, n+1)
		for i := range got {
			got[i] = 77
		}
		value := of(p).Eval(got, F, y)
		if got = append(got, value); !same(got, want) {
			return fmt.Sprintf("%T of %v, y = %d: %v, want %v", p, F, y, got, want)
		}
		return ""
	}
}

// A flawed is Contrastive with a mistake in the choice of ȳ.
type flawed struct {
	PairLoss
	last, own bool
}

func (l flawed) Eval(grad, F []float64, y int) float64 {
	ybar, Fbar := -1, math.Inf(1)
	for j, f := range F {
		if (j != y || l.own) && (f < Fbar || l.last && f == Fbar && !math.IsInf(f, 1)) {
			ybar, Fbar = j, f
		}
	}
	v, dF, dFbar := l.Pair(F[y], Fbar)
	clear(grad)
	grad[y] = dF
	if ybar >= 0 {
		grad[ybar] = dFbar
	}
	return v
}

func TestContrastivePromises(t *testing.T) {
	promise.Try(t, "the most offending answer", 300, byDefinition(Contrastive))
	promise.Try(t, "the most offending answer beyond 0", 300, byDefinition(func(p PairLoss) Loss {
		return beyondAll{p}
	}))
	promise.Refute(t, "the last of tied answers", 300, byDefinition(func(p PairLoss) Loss { return flawed{p, true, false} }))
	promise.Refute(t, "the correct answer among them", 300, byDefinition(func(p PairLoss) Loss { return flawed{p, false, true} }))
}

// beyondAll is ContrastiveBeyond on distinct points, with ε = 0: all answers but y.
type beyondAll struct{ p PairLoss }

func (l beyondAll) Eval(grad, F []float64, y int) float64 {
	return ContrastiveBeyond(l.p, ebm.Answers(len(F)), 0).Eval(grad, F, y)
}

// TestLossFaults: losses that are wrong in a believable way break a promise.
func TestLossFaults(t *testing.T) {
	but := func(o op.Op, value func(c op.Call, right float64) float64) func(c op.Call) (float64, []float64) {
		return func(c op.Call) (float64, []float64) {
			v, grad := ours(o)(c)
			return value(c, v), grad
		}
	}
	sloped := func(o op.Op, slope func(c op.Call, grad []float64)) func(c op.Call) (float64, []float64) {
		return func(c op.Call) (float64, []float64) {
			v, grad := ours(o)(c)
			slope(c, grad)
			return v, grad
		}
	}
	logSum := func(c op.Call) float64 {
		top, s := math.Inf(-1), 0.0
		for _, f := range c.Energies {
			top = max(top, -c.Beta*f)
		}
		for _, f := range c.Energies {
			s += math.Exp(-c.Beta*f - top)
		}
		return top + math.Log(s)
	}
	for _, c := range []struct {
		fault   string
		op      op.Op
		stratum string
		of      func(c op.Call) (float64, []float64)
	}{
		{"NLL as a difference", "nll", "normalised energies", but("nll", func(c op.Call, _ float64) float64 {
			return c.Energies[c.Answer] + logSum(c)/c.Beta
		})},
		{"1 − p_y as a difference", "nll", "tails", sloped("nll", func(c op.Call, grad []float64) { grad[c.Answer] = 1 - (1 - grad[c.Answer]) })},
		{"MEE by e^−βℓ", "mee", "an enormous offset", but("mee", func(c op.Call, _ float64) float64 {
			return -math.Expm1(-c.Beta*c.Energies[c.Answer] - logSum(c))
		})},
		{"a gradient of rounded probabilities", "mee", "tails", sloped("mee", func(c op.Call, grad []float64) {
			_, p := ours("nll")(c)
			for j := range grad {
				if grad[j] = p[j] * c.Beta * (1 - p[c.Answer]); j == c.Answer {
					grad[j] = c.Beta * p[j] * (1 - p[j])
				}
			}
		})},
		{"m + F first", "hinge", "tails", but("hinge", func(c op.Call, _ float64) float64 {
			return max(0, c.Margin+c.Energies[0]-c.Energies[1])
		})},
		{"the kink by rounded numbers", "hinge", "ties and kinks", sloped("hinge", func(c op.Call, grad []float64) {
			if grad[0], grad[1] = 0, 0; c.Margin+c.Energies[0]-c.Energies[1] > 0 {
				grad[0], grad[1] = 1, -1
			}
		})},
		{"ln(1 + e^d)", "log", "tails", but("log", func(c op.Call, _ float64) float64 {
			return math.Log(1 + math.Exp(c.Energies[0]-c.Energies[1]))
		})},
		{"1 + e^βt in float64", "soft_hinge", "tails", but("soft_hinge", func(c op.Call, _ float64) float64 {
			return math.Log1p(math.Exp(c.Beta*(c.Margin+c.Energies[0]-c.Energies[1]))) / c.Beta
		})},
		{"σ(1 − σ) of a rounded σ", "mce", "tails", sloped("mce", func(c op.Call, grad []float64) {
			s := 1 / (1 + math.Exp(c.Energies[1]-c.Energies[0]))
			grad[0], grad[1] = s*(1-s), -s*(1-s)
		})},
		{"squares that overflow apart", "square_square", "ties and kinks", but("square_square", func(c op.Call, _ float64) float64 {
			F, short := max(0, c.Energies[0]), max(0, c.Margin-c.Energies[1])
			return F*F + short*short
		})},
		{"the slope below the cap by rounded numbers", "lvq2", "ties and kinks", sloped("lvq2", func(c op.Call, grad []float64) {
			if d := c.Energies[0] - c.Energies[1]; d > 0 && d < c.Cap*(1+0x1p-52) {
				grad[0], grad[1] = 1, -1
			}
		})},
		{"e^−F̄ in float64", "square_exp", "tails", but("square_exp", func(c op.Call, _ float64) float64 {
			return c.Energies[0]*c.Energies[0] + c.Gamma*math.Exp(-c.Energies[1])
		})},
		{"the greatest for the least", "perceptron", "ties and kinks", sloped("perceptron", func(c op.Call, grad []float64) {
			k := 0
			for j, f := range c.Energies {
				if f > c.Energies[k] {
					k = j
				}
			}
			clear(grad)
			grad[c.Answer]++
			grad[k]--
		})},
		{"[F]⁺ + [m − F̄]⁺, each rounded", "simple", "ties and kinks", but("simple", func(c op.Call, _ float64) float64 {
			return max(0, c.Energies[0]) + max(0, c.Margin-c.Energies[1])
		})},
		{"the energy of another", "energy", "tails", but("energy", func(c op.Call, _ float64) float64 { return c.Energies[(c.Answer+1)%len(c.Energies)] })},
	} {
		promise.Refute(t, c.fault+", "+string(c.op), 300, asTrue(c.op, c.of, c.stratum))
	}
}
