//go:build unix

package ebm

import (
	"flag"
	"math"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"
)

// What is said of costs is measured by
//
//	go test ./ebm -run Growth -v -args -growth
//
// which fits cost ∝ sizeᵉ through three sizes, 10 times apart, by least squares, and wants e
// below 1.5 where the cost is linear: half way to a square. Two that are squares, planted, are
// seen as such. Times are those of the processor, not of the clock: what else a machine does
// hardly adds to them, and of several runs the least counts.
var growth = flag.Bool("growth", false, "measure how costs grow, for a minute")

// A cost is an operation of which the time grows with a size; at returns one of the size n.
type cost struct {
	name, by string
	at       func(n int) func()
}

// used returns the time that the processors spent on this process.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// once returns the time of one run: the least of three goes of 20 ms at least.
func once(run func()) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 3 {
		begin, n := used(), 0
		for n == 0 || used()-begin < 20*time.Millisecond {
			run()
			n++
		}
		least = min(least, (used()-begin)/time.Duration(n))
	}
	return least
}

// exponent returns e of cost ∝ sizeᵉ, and the time of one item at the largest size.
func (c cost) exponent(sizes ...int) (e float64, item time.Duration) {
	var x, y []float64
	for _, n := range sizes {
		took := once(c.at(n))
		x, y = append(x, math.Log(float64(n))), append(y, math.Log(float64(took)))
		item = took / time.Duration(n)
	}
	var mx, my, sxy, sxx float64
	for i := range x {
		mx, my = mx+x[i]/float64(len(x)), my+y[i]/float64(len(y))
	}
	for i := range x {
		sxy, sxx = sxy+(x[i]-mx)*(y[i]-my), sxx+(x[i]-mx)*(x[i]-mx)
	}
	return sxy / sxx, item
}

func ramp(n int) []float64 {
	r, v := rand.New(rand.NewPCG(1, uint64(n))), make([]float64, n)
	for i := range v {
		v[i] = 10 * r.Float64()
	}
	return v
}

// normalised are −ln p of n answers.
func normalised(n int) []float64 {
	r, F, sum := rand.New(rand.NewPCG(1, uint64(n))), make([]float64, n), 0.0
	for i := range F {
		F[i] = r.ExpFloat64()
		sum += F[i]
	}
	for i, p := range F {
		F[i] = -math.Log(p / sum)
	}
	return F
}

// long is a chain of T positions of V values.
func long(T, V int) Chain { return random(T, V, rand.New(rand.NewPCG(1, uint64(T)))) }

// costs are linear in their size, and the squares, which are planted, not.
func costs() (linear, squares []cost) {
	gibbs := func(name string, of func(g *Gibbs, F []float64)) cost {
		return cost{name, "answers", func(n int) func() {
			F := ramp(n)
			g := NewGibbs(F, 1, Counting(n))
			return func() { of(g, F) }
		}}
	}
	chain := func(name string, of func(c Chain, y []int)) cost {
		return cost{name, "positions", func(n int) func() {
			c, y := long(n/10, 3), make([]int, n/10)
			return func() { of(c, y) }
		}}
	}
	mixture := func(n int) (Mixture, []float64) {
		parts, w := make(Mixture, n), ramp(2*n)
		for k := range parts {
			parts[k], w[2*k+1] = Quadratic{1}, 1
		}
		return parts, w
	}
	r := rand.New(rand.NewPCG(2, 2))
	linear = []cost{
		{"Energies of a table", "answers", func(n int) func() {
			f, w, ys := Table{1, n}, ramp(n), Answers(n)
			return func() { Energies(nil, f, w, []float64{0}, ys) }
		}},
		{"Pull to a table", "answers", func(n int) func() {
			f, w, ys, dst := Adder(Table{1, n}), ramp(n), Answers(n), make([]float64, n)
			return func() { Pull(dst, w, f, w, []float64{0}, ys) }
		}},
		{"NewGibbs", "answers", func(n int) func() {
			F := ramp(n)
			return func() { NewGibbs(F, 1, Counting(n)) }
		}},
		{"NewGibbs and LogZ of normalised energies", "answers", func(n int) func() {
			F := normalised(n)
			return func() { NewGibbs(F, 1, Counting(n)).LogZ() }
		}},
		gibbs("Probs", func(g *Gibbs, F []float64) { g.Probs(nil) }),
		gibbs("ProbGrad", func(g *Gibbs, F []float64) { g.ProbGrad(nil, 0) }),
		gibbs("Mean", func(g *Gibbs, F []float64) { g.Mean(F) }),
		gibbs("Variance", func(g *Gibbs, F []float64) { g.Variance(F) }),
		gibbs("Entropy", func(g *Gibbs, F []float64) { g.Entropy() }),
		gibbs("EffectiveSize", func(g *Gibbs, F []float64) { g.EffectiveSize() }),
		gibbs("SampleVariance", func(g *Gibbs, F []float64) { g.SampleVariance() }),
		gibbs("Sample, of the last", func(g *Gibbs, F []float64) { g.Sample(rand.New(&bits{math.MaxUint64, math.MaxUint64})) }),
		gibbs("Infer and MostOffending", func(g *Gibbs, F []float64) { Infer(F); MostOffending(F, 0) }),
		{"Minimised", "values of z", func(n int) func() {
			f, w := Minimised{LatentTable{1, n}, Counting(n)}, ramp(n)
			return func() { f.Eval(w, nil, []float64{0}) }
		}},
		{"Soft", "values of z", func(n int) func() {
			f, w := Soft{LatentTable{1, n}, Counting(n), 1}, ramp(n)
			return func() { f.Eval(w, nil, []float64{0}) }
		}},
		{"Soft of a mixture, and its gradient", "parts", func(n int) func() {
			parts, w := mixture(n)
			f, dw := Soft{parts, Counting(n), 1}, make([]float64, 2*n)
			return func() { f.Eval(w, nil, []float64{1}); f.GradW(dw, w, nil, []float64{1}) }
		}},
		{"gradient of Regression", "parameters", func(n int) func() {
			f, w, x, dst := Regression{n, 1}, ramp(n), ramp(n), make([]float64, n)
			return func() { f.GradW(dst, w, x, []float64{1}) }
		}},
		{"gradients of TwoLayer", "parameters", func(n int) func() {
			f := TwoLayer{1, 1, n / 4}
			w := ramp(f.Params())
			return func() { f.GradW(nil, w, []float64{1}, []float64{1}) }
		}},
		{"Descend, ten steps", "parameters", func(n int) func() {
			w, g := ramp(n), ramp(n)
			return func() { Descend(w, 1e-9, 10, func(_, _ []float64) []float64 { return g }, nil) }
		}},
		chain("Chain.Energy", func(c Chain, y []int) { c.Energy(y) }),
		chain("Chain.Infer", func(c Chain, y []int) { c.Infer() }),
		chain("Chain.LogZ", func(c Chain, y []int) { c.LogZ(1) }),
		chain("Chain.Marginals", func(c Chain, y []int) { c.Marginals(1) }),
		chain("Chain.PairMarginals", func(c Chain, y []int) { c.PairMarginals(1) }),
		chain("Chain.NLL", func(c Chain, y []int) { c.NLL(y, 1) }),
		chain("Chain.NLLGrad", func(c Chain, y []int) { c.NLLGrad(y, 1) }),
		chain("Messages", func(c Chain, y []int) { var m Messages; m.Hold(c, 1); m.LogZ(); m.NLL(y); m.NLLGrad(Chain{}, y) }),
		chain("Chain.Sample", func(c Chain, y []int) { c.Sample(1, 1, r) }),
		{"Chain.Infer", "pairs of values", func(n int) func() {
			c := long(3, int(math.Sqrt(float64(n/2))))
			return func() { c.Infer() }
		}},
		{"Chain.LogZ", "pairs of values", func(n int) func() {
			c := long(3, int(math.Sqrt(float64(n/2))))
			return func() { c.LogZ(1) }
		}},
		{"Metropolis", "pairs of answers", func(n int) func() {
			F := ramp(int(math.Sqrt(float64(n))))
			return func() { Metropolis(F, 1) }
		}},
		{"Quadratic.LogZ", "products", func(n int) func() {
			q := Quadratic{int(math.Cbrt(float64(n)))}
			w := ramp(q.Params())
			for i := range q.D {
				w[q.D+i*q.D+i] += 1000
			}
			return func() { q.LogZ(w, 1) }
		}},
		{"Samples", "points", func(n int) func() {
			points, logq := Answers(n), ramp(n)
			return func() { Samples(points, logq) }
		}},
		{"Annealing.Samples", "chains", func(n int) func() {
			a := standard(3, 1)
			return func() { a.Samples(tilted, nil, nil, 2, n, r) }
		}},
		{"LangevinCD", "chains", func(n int) func() {
			chains, w := Answers(n), []float64{0, 1}
			return func() { LangevinCD(nil, Quadratic{1}, w, nil, []float64{0}, chains, 1, 1, 1e-3, r) }
		}},
	}
	squares = []cost{
		{"Pull to a table that adds no gradients itself", "answers", func(n int) func() {
			f, w, ys, dst := struct{ Energy }{Table{1, n}}, ramp(n), Answers(n), make([]float64, n)
			return func() { Pull(dst, w, f, w, []float64{0}, ys) }
		}},
		{"all probabilities, each of its own Gibbs", "answers", func(n int) func() {
			F := ramp(n / 10)
			return func() {
				for i := range F {
					NewGibbs(F, 1, Counting(len(F))).Prob(i)
				}
			}
		}},
	}
	return linear, squares
}

func TestGrowth(t *testing.T) {
	if !*growth {
		t.Skip("-args -growth measures")
	}
	linear, squares := costs()
	for _, c := range linear {
		e, item := c.exponent(500, 5000, 50000)
		t.Logf("%-50s %-16s %.2f %8v each", c.name, c.by, e, item)
		if !(e < 1.5) {
			t.Errorf("%s grows with the power %.2f of the %s", c.name, e, c.by)
		}
	}
	for _, c := range squares {
		e, item := c.exponent(100, 1000, 5000)
		t.Logf("%-50s %-16s %.2f %8v each (a planted square)", c.name, c.by, e, item)
		if !(e > 1.5) {
			t.Errorf("%s, a planted square, grows with the power %.2f of the %s only", c.name, e, c.by)
		}
	}
	const n = 50257
	F, other := normalised(n), normalised(n)
	for i := range other {
		other[i]++
	}
	slow := once(func() { NewGibbs(F, 1, Counting(n)).LogZ() })
	fast := once(func() { NewGibbs(other, 1, Counting(n)).LogZ() })
	ratio := float64(slow) / float64(fast)
	t.Logf("ln Z of %d normalised energies: %v, %.2f times that of others", n, slow, ratio)
	if !(ratio < 3) {
		t.Error("more than 3 times")
	}
}

// TestBeside: NewGibbs and LogZ take at most twice the time of gonum's LogSumExp on the same
// numbers for 100 answers and more, and 4 times for 8; the plain twin takes more. The two take
// turns, and of each the shortest time of the processor counts.
func TestBeside(t *testing.T) {
	if !*growth {
		t.Skip("-args -growth measures")
	}
	for _, c := range []struct {
		n       int
		allowed float64
	}{{2, math.Inf(1)}, {8, 4}, {100, 2}, {1000, 2}, {100_000, 2}, {1_000_000, 2}} {
		F, dst := normals(c.n), make([]float64, c.n)
		x := logits(NewGibbs(F, 1, Counting(c.n)))
		var g Gibbs
		all := []func(){
			func() { sink = floats.LogSumExp(x) },
			func() { sink = NewGibbs(F, 1, Counting(c.n)).LogZ() },
			func() { g.Hold(F, 1, Counting(c.n)); sink = g.LogZ() },
			func() { g.Probs(dst) },
			func() { sink = newPlain(g.given).logZ() },
		}
		times := make([]float64, len(all))
		for turn := range 200 {
			for i, f := range all {
				begin, runs := used(), 1+20_000/c.n
				for range runs {
					f()
				}
				took := float64(used()-begin) / float64(runs*c.n)
				if times[i] = min(times[i], took); turn == 0 {
					times[i] = took
				}
			}
			if turn > 40 && c.n >= 100_000 {
				break
			}
		}
		ratio := times[1] / times[0]
		t.Logf("n = %d: gonum %.1f ns an answer, NewGibbs and LogZ %.2f times that, Hold and LogZ %.2f, Probs %.2f, the plain twin %.1f",
			c.n, times[0], ratio, times[2]/times[0], times[3]/times[0], times[4]/times[0])
		if !(ratio <= c.allowed) {
			t.Errorf("n = %d: %.2f times gonum's time, allowed %v", c.n, ratio, c.allowed)
		}
		if !(times[4]/times[0] > c.allowed) && c.n >= 8 {
			t.Errorf("n = %d: the plain twin takes %.2f times gonum's time: this test tells nothing", c.n, times[4]/times[0])
		}
	}
}

// TestBesideTwofold: F_β of a chain takes less than half the time of its twofold numbers, and the gradient of its NLL
// less than a fifth.
func TestBesideTwofold(t *testing.T) {
	if !*growth {
		t.Skip("-args -growth measures")
	}
	for _, V := range []int{3, 10, 50} {
		c, terms := long(20, V), float64(19*V*V)
		y, _ := c.Infer()
		g := c.NLLGrad(y, 1)
		var m, plain Messages
		plain.Hold(c, 1)
		plain.quick.twin = math.Inf(1)
		for _, by := range []struct {
			what        string
			pairs, wide func()
			least       float64
		}{
			{what: "F_β", pairs: func() { m.Hold(c, 1); m.FreeEnergy() }, wide: func() { plain.FreeEnergy() }, least: 2},
			{what: "∂NLL", pairs: func() { m.Hold(c, 1); m.NLLGrad(g, y) }, wide: func() { plain.NLLGrad(g, y) }, least: 5},
		} {
			pairs, wide := once(by.pairs), once(by.wide)
			t.Logf("V = %d: %s %.1f ns a term, in twofold numbers %.1f", V, by.what, float64(pairs)/terms, float64(wide)/terms)
			if !(float64(pairs)*by.least < float64(wide)) {
				t.Errorf("V = %d: %s %v, in twofold numbers %v", V, by.what, pairs, wide)
			}
		}
	}
}
