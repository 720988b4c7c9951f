//go:build bench && unix

// Package bench measures this module beside others, in one run: see TestBench.
package bench

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm"
	"ebmcheck/properties"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/result"
	"ebmcheck/properties/theory"
)

// least is the time of one measurement.
const least = 50 * time.Millisecond

var rounds = flag.Int("rounds", 11, "how many times all take turns")

var sink float64

// used returns the time that the processors spent on this process.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// timed returns the nanoseconds of a call, and how many calls were timed.
func timed(f func()) (ns float64, calls int) {
	begin := used()
	for {
		for range 1 + calls {
			f()
		}
		calls += 1 + calls
		if took := used() - begin; took >= least {
			return float64(took) / float64(calls), calls
		}
	}
}

// A report is the page, and the lines for benchstat beside it.
type report struct {
	page, lines bytes.Buffer
}

func (r *report) say(format string, a ...any) { fmt.Fprintf(&r.page, format, a...) }

// line is a line of a benchmark, of which the name has by=WHO.
func (r *report) line(name string, calls int, ns float64) {
	fmt.Fprintf(&r.lines, "Benchmark%s\t%d\t%.4g ns/op\n", name, calls, ns)
}

// A spread has the ratios of the rounds: the median, and in brackets the least and the largest.
type spread []float64

func (s spread) String() string {
	return two(s.median()) + " (" + two(slices.Min(s)) + "–" + two(slices.Max(s)) + ")"
}

func (s spread) median() float64 { return slices.Sorted(slices.Values(s))[len(s)/2] }

// two is x with two significant digits.
func two(x float64) string {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 2, 64), 64)
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// TestBench writes reports/bench.md, and out/bench.txt, the same for benchstat. All sides take
// turns, round by round, and a ratio is that of one round.
func TestBench(t *testing.T) {
	r, py := new(report), python(t)
	r.say("# Ours beside others\n\nWritten by `make bench`, in some minutes, in one run in which all take turns. A ratio is our time divided by theirs, "+
		"above 1 where we are slower: the median of %d rounds, and in brackets the least and the largest. They are of one machine on one day; run it on yours.\n\n", *rounds)
	for _, name := range []string{"SciPy", "PyTorch", "JAX", "Hypothesis"} {
		if v := py.have[name]; v != "" {
			r.say("- %s\n", v)
		} else {
			r.say("- %s: not installed here\n", name)
		}
	}
	r.sums(t, py)
	r.curve()
	r.checks(t, py)
	r.growth(t)
	r.exhausting(t)
	for name, b := range map[string]*bytes.Buffer{"reports/bench.md": &r.page, "out/bench.txt": &r.lines} {
		name = filepath.Join("..", "..", name)
		os.MkdirAll(filepath.Dir(name), 0o777)
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// vectors are inputs of n energies, 10 times standard normal.
func vectors(n int) [][]float64 {
	r, xs := rand.New(rand.NewPCG(1, uint64(n))), make([][]float64, max(1, min(200, 1_000_000/n)))
	for k := range xs {
		for range n {
			xs[k] = append(xs[k], 10*r.NormFloat64())
		}
	}
	return xs
}

// negative returns −F.
func negative(F []float64) []float64 {
	x := slices.Clone(F)
	floats.Scale(-1, x)
	return x
}

// sums has ln Z of n energies beside the log-sum-exp of others: time, allocations and errors.
func (r *report) sums(t *testing.T, py *others) {
	theirs := []string{"gonum", "SciPy", "PyTorch", "JAX"}
	worst, cases, allocated := map[string]float64{}, 0, ""
	r.say("\n## ln Z\n\nOf n energies, 10 times standard normal, at β = 1: `ebm.NewGibbs(F, 1, ebm.Counting(n)).LogZ()` beside `floats.LogSumExp`, `scipy.special.logsumexp`, `torch.logsumexp` on one thread, "+
		"and `jax.scipy.special.logsumexp`, compiled, all in float64, on −F. Times are the processor's. For few energies it is Python's own call that one measures.\n\n"+
		"<!-- sums -->\n| our time, of that of | %s |\n|---|--:|--:|--:|--:|\n", strings.Join(theirs, " | "))
	for _, n := range []int{2, 8, 100, 1000, 1_000_000} {
		Fs := vectors(n)
		var xs [][]float64
		for _, F := range Fs {
			xs = append(xs, negative(F))
		}
		if py.have != nil {
			py.ask(t, map[string]any{"x": xs})
		}
		note := func(by string, k int, got float64) {
			truth := exact.FreeEnergy(Fs[k], 1).Value // of which −ln Z is the value
			worst[by] = max(worst[by], truth.Ulps(-got))
		}
		ours := func() { sink = ebm.NewGibbs(Fs[0], 1, ebm.Counting(n)).LogZ() }
		gonum := func() { sink = floats.LogSumExp(xs[0]) }
		for k, F := range Fs {
			note("ours", k, ebm.NewGibbs(F, 1, ebm.Counting(n)).LogZ())
			note("gonum", k, floats.LogSumExp(xs[k]))
			cases++
		}
		ratios := map[string]spread{}
		for range *rounds {
			mine, calls := timed(ours)
			r.line(fmt.Sprintf("LogZ/n=%d/by=ours", n), calls, mine)
			for _, by := range theirs {
				var ns float64
				if calls = 1; by == "gonum" {
					ns, calls = timed(gonum)
				} else if py.have[by] != "" {
					a := py.ask(t, map[string]any{"by": by, "seconds": least.Seconds()})
					ns = a.NS
					if len(ratios[by]) == 0 {
						for k, v := range a.Values {
							note(by, k, v)
						}
					}
				} else {
					continue
				}
				r.line(fmt.Sprintf("LogZ/n=%d/by=%s", n, by), calls, ns)
				ratios[by] = append(ratios[by], mine/ns)
			}
		}
		r.say("| n = %d |", n)
		for _, by := range theirs {
			r.cell(ratios[by] != nil, "%v", ratios[by])
		}
		allocated += fmt.Sprintf("| n = %d | %v | %v |\n", n, testing.AllocsPerRun(10, ours), testing.AllocsPerRun(10, gonum))
	}
	r.say("| largest error in ulps, beside %.3g of ours |", worst["ours"])
	for _, by := range theirs {
		r.cell(by == "gonum" || py.have[by] != "", "%.3g", worst[by])
	}
	r.say("<!-- end of sums -->\n\nThe errors are the largest found in %d vectors, the same for all.\n\n| allocations | ours | gonum |\n|---|--:|--:|\n%s", cases, allocated)
}

// cell ends a cell of a table, and after the last its row.
func (r *report) cell(there bool, format string, a ...any) {
	if !there {
		format, a = "–", nil
	}
	r.say(" "+format+" |", a...)
	if row := r.page.Bytes()[bytes.LastIndexByte(r.page.Bytes(), '\n')+1:]; bytes.Count(row, []byte("|")) == 6 {
		r.say("\n")
	}
}

var perCheck = regexp.MustCompile(`BenchmarkCheck\S*\s+(\d+)\s+([0-9.]+) ns/op`)

// checks has a certified check of nll beside one by Hypothesis and mpmath.
func (r *report) checks(t *testing.T, py *others) {
	if py.have["Hypothesis"] == "" {
		r.say("\n## A certified check\n\n<!-- checks -->\nHypothesis or mpmath is not installed here: nothing is compared.\n<!-- end of checks -->\n")
		return
	}
	binary := filepath.Join(t.TempDir(), "judge.test")
	if out, err := exec.Command("go", "test", "-c", "-o", binary, "../../properties/judge").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var all, alone, each spread
	for range *rounds {
		a := py.ask(t, map[string]any{"examples": 200})
		out, err := exec.Command(binary, "-test.run", "^$", "-test.bench", "^BenchmarkCheck$", "-test.benchtime", "50ms").CombinedOutput()
		m := perCheck.FindSubmatch(out)
		if err != nil || m == nil {
			t.Fatalf("%v\n%s", err, out)
		}
		calls, _ := strconv.Atoi(string(m[1]))
		ours, _ := strconv.ParseFloat(string(m[2]), 64)
		r.line("Check/by=ours", calls, ours)
		r.line("Check/by=Hypothesis", 200, a.All)
		r.line("Check/by=mpmath", 200, a.Alone)
		all, alone, each = append(all, a.All/ours), append(alone, a.Alone/ours), append(each, ours/1000)
	}
	r.say("\n## A certified check\n\nOf nll with eight energies, its value and its gradient: `BenchmarkCheck` of `properties/judge` beside a property of Hypothesis (200 examples, no deadline, no database) "+
		"that computes them with mpmath at 50 digits and compares to 10⁻⁹. Ours has no drawing of inputs in it and no answer of a subject: the check alone is its like, but for the answer, in plain Python. Times are the clock's.\n\n"+
		"<!-- checks -->\nIn the time of one example of Hypothesis we make %v certified checks; in that of its check alone, with mpmath, %v.\n<!-- end of checks -->\n\nOne of ours takes %v µs.\n", all, alone, each)
}

// growth fits cost ∝ sizeᵉ by least squares of the logarithms.
func (r *report) growth(t *testing.T) {
	r.say("\n## Growth\n\nThe cost is about sizeᵉ, e by least squares of the logarithms. A run has cases of the grid besides, which are always the same: its e is below 1.\n\n| cost of | by | sizes | e |\n|---|---|---|--:|\n")
	fit := func(name, by string, at func(n int) func(), sizes ...int) {
		var x, y []float64
		for _, n := range sizes {
			f, best := at(n), math.Inf(1)
			for range 3 {
				ns, calls := timed(f)
				r.line(fmt.Sprintf("Growth/of=%s/n=%d", strings.ReplaceAll(name, " ", "_"), n), calls, ns)
				best = min(best, ns)
			}
			x, y = append(x, math.Log(float64(n))), append(y, math.Log(best))
		}
		r.say("| %s | %s | %s | %.2f |\n", name, by, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(sizes)), ", "), "[]"), slope(x, y))
	}
	fit("ln Z", "energies", func(n int) func() {
		F := vectors(n)[0]
		return func() { sink = ebm.NewGibbs(F, 1, ebm.Counting(n)).LogZ() }
	}, 1000, 10_000, 100_000, 1_000_000)
	fit("ln Z of a chain", "positions T, of 3 values", func(n int) func() {
		c := chain(n, 3)
		return func() { sink = c.LogZ(1) }
	}, 10, 100, 1000)
	fit("ln Z of a chain", "values V, at 5 positions", func(n int) func() {
		c := chain(5, n)
		return func() { sink = c.LogZ(1) }
	}, 25, 50, 100, 200)
	fit("a run on the reference", "cases of each of the claims about hinge", func(n int) func() {
		return func() { judged(t, "hinge.*", n) }
	}, 2000, 8000, 32_000)
	pairs := []string{"hinge.*", "log.*", "mce.*", "simple.*", "lvq2.*", "soft_hinge.*", "square_square.*", "square_exp.*"}
	fit("a run on the reference", "losses of a pair whose claims are asked, of 8000 cases each", func(n int) func() {
		return func() { judged(t, strings.Join(pairs[:n], ","), 8000) }
	}, 1, 2, 4, 8)
	var x, y []float64
	for _, th := range theory.Theorems {
		text, err := proof.Certificate(th.Name())
		if err != nil {
			t.Fatal(err)
		}
		ns := math.Inf(1)
		for range 3 {
			begin := time.Now()
			if _, err := proof.Check(th.Pinned(), text); err != nil {
				t.Fatal(err)
			}
			ns = min(ns, float64(time.Since(begin)))
		}
		x, y = append(x, math.Log(float64(len(text)))), append(y, math.Log(ns))
	}
	r.say("| checking a proof | bytes of its certificate | %d certificates | %.2f |\n", len(x), slope(x, y))
}

// judged runs the claims on the reference, with so many random cases each.
func judged(t *testing.T, claims string, checks int) {
	cs, err := properties.Select(claims)
	if err != nil {
		t.Fatal(err)
	}
	run := properties.Run{Claims: cs, Subject: properties.Reference(), Seed: 1, Checks: checks, Emit: func(result.Result) error { return nil }}
	if err := run.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// chain is one of T positions of V values.
func chain(T, V int) ebm.Chain {
	r := rand.New(rand.NewPCG(uint64(T), uint64(V)))
	row := func() []float64 {
		F := make([]float64, V)
		for i := range F {
			F[i] = 3 * r.NormFloat64()
		}
		return F
	}
	c := ebm.Chain{Unary: make([][]float64, T), Pair: make([][][]float64, T-1)}
	for t := range c.Unary {
		c.Unary[t] = row()
	}
	for t := range c.Pair {
		for range V {
			c.Pair[t] = append(c.Pair[t], row())
		}
	}
	return c
}

// slope is that of the least-squares line through the points.
func slope(x, y []float64) float64 {
	mx, my := floats.Sum(x)/float64(len(x)), floats.Sum(y)/float64(len(y))
	var sxy, sxx float64
	for i := range x {
		sxy, sxx = sxy+(x[i]-mx)*(y[i]-my), sxx+(x[i]-mx)*(x[i]-mx)
	}
	return sxy / sxx
}
