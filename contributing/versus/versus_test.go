//go:build versus && unix

// Package versus puts the planted faults before other ways to test: see TestVersus.
package versus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/faults"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

type (
	call  = op.Call
	reply = op.Reply
)

var reference = op.Reference()

// right is the reference's reply.
func right(c call) reply { return reference.Answer([]call{c})[0] }

const (
	examples = 1000
	runs     = 3
)

// An example is numbers for a call of any op: energies, a correct answer, a parameter.
type example struct {
	F []float64
	Y int
	P float64
}

// call is c of op o by the example.
func (e example) call(o op.Op) call {
	r := o.Row()
	c := call{Op: o, Energies: e.F}
	if r.Pair {
		c.Energies = e.F[:2]
	}
	for _, p := range r.Params {
		p.Set(&c, e.P)
	}
	if r.Answer && !r.Pair {
		c.Answer = e.Y
	}
	return c
}

// drawn are examples of rapid: energies by the generator, a parameter from 0.01 to 100.
func drawn(number *rapid.Generator[float64], seed int) (es []example) {
	all := rapid.Custom(func(t *rapid.T) example {
		F := rapid.SliceOfN(number, 2, 20).Draw(t, "F")
		return example{F, rapid.IntRange(0, len(F)-1).Draw(t, "y"), rapid.Float64Range(0.01, 100).Draw(t, "p")}
	})
	for k := range examples {
		es = append(es, all.Example(seed*examples+k+1))
	}
	return es
}

// normal are examples of normal energies, and a log-normal parameter.
func normal(seed int) (es []example) {
	r := rand.New(rand.NewPCG(1, uint64(seed)))
	for range examples {
		e := example{F: make([]float64, 2+r.IntN(19)), P: math.Exp(r.NormFloat64())}
		for i := range e.F {
			e.F[i] = r.NormFloat64()
		}
		e.Y = r.IntN(len(e.F))
		es = append(es, e)
	}
	return es
}

// hypothesis are examples of Hypothesis, drawn by the command PYTHON; none where it is not there.
func hypothesis(t *testing.T, bound string, seed int) (es []example) {
	out, err := exec.Command(os.Getenv("PYTHON"), "versus.py", strconv.Itoa(examples), strconv.Itoa(seed+1), bound).Output()
	if err != nil {
		t.Logf("no Hypothesis: %v", err)
		return nil
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var e example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	return es
}

// near compares all numbers of a reply with the reference's, to 10⁻⁹, relative to those above
// 1; an answer is as good as another of the same energy.
func near(c call, got, want reply) bool {
	same := func(a, b float64) bool {
		return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) && !math.IsInf(b, 0)
	}
	index := got.Index == want.Index || got.Index >= 0 && got.Index < len(c.Energies) && c.Energies[got.Index] == c.Energies[want.Index]
	return index && same(got.Value, want.Value) && slices.EqualFunc(got.Grad, want.Grad, same) && slices.EqualFunc(got.Probs, want.Probs, same)
}

// differences compares a gradient with central differences of the same program's values, by
// the step and the tolerances of PyTorch's gradcheck: 10⁻⁶, 10⁻⁵ and 10⁻³ relative.
func differences(c call, ask func(call) reply) bool {
	const step, absolute, relative = 1e-6, 1e-5, 1e-3
	r := ask(c)
	for i, g := range r.Grad {
		at := func(x float64) float64 {
			d := c
			d.Energies = slices.Clone(c.Energies)
			d.Energies[i] += x
			return ask(d).Value
		}
		if d := (at(step) - at(-step)) / (2 * step); !(math.Abs(d-g) <= absolute+relative*math.Abs(d)) {
			return false
		}
	}
	return true
}

// A rival judges a program by examples.
type rival struct {
	name     string
	examples [runs][]example
	right    func(c call, ask func(call) reply) bool
}

// first is the example that first refutes the subject, counted from 1, or 0.
func (v rival) first(run int, o op.Op, s op.Subject) int {
	ask := func(c call) reply {
		c.Energies = slices.Clone(c.Energies)
		return s.Answer([]call{c})[0]
	}
	for k, e := range v.examples[run] {
		if c := e.call(o); !v.right(c, ask) {
			return k + 1
		}
	}
	return 0
}

// TestVersus puts the faults that a single call shows, in float64 and at REQUIRED, before
// others' ways to test, and the right variants, too: writes reports/versus.md.
func TestVersus(t *testing.T) {
	oracle := func(c call, ask func(call) reply) bool { return near(c, ask(c), right(c)) }
	rivals := []rival{
		{name: "rapid, `Float64()`", right: oracle},
		{name: "rapid, `Float64Range(-50, 50)`", right: oracle},
		{name: "Hypothesis, `floats()`, finite", right: oracle},
		{name: "Hypothesis, `floats(-50, 50)`", right: oracle},
		{name: "differences, on normal numbers", right: differences},
	}
	for run := range runs {
		for i, es := range [][]example{drawn(rapid.Float64(), run), drawn(rapid.Float64Range(-50, 50), run), hypothesis(t, "", run), hypothesis(t, "50", run), normal(run)} {
			rivals[i].examples[run] = es
		}
	}
	var asked []faults.Fault
	odd := 0 // of them on what is not finite
	for _, f := range faults.Wrong {
		if f.In == op.Float64 && f.Op().Row().Of == nil && f.Level == result.Required && f.Declared == (op.Declared{}) && !strings.HasSuffix(f.Claim, ".pure") {
			if asked = append(asked, f); f.Regime == judge.NonFinite {
				odd++
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, versusHead, len(asked), examples, runs, odd)
	for _, v := range rivals {
		if v.examples[0] == nil {
			fmt.Fprintf(&b, "| %s | not installed | | |\n", v.name)
			continue
		}
		var killed [runs]int
		var firsts []int
		for run := range runs {
			for _, f := range asked {
				if n := v.first(run, f.Op(), f.Subject()); n > 0 {
					killed[run]++
					firsts = append(firsts, n)
				}
			}
		}
		slices.Sort(firsts)
		share := func(n int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(len(asked))) }
		wrong, all := 0, 0
		for _, r := range faults.Right {
			s := r.Subject()
			for _, o := range op.Ops {
				if r.In == op.Float64 && r.Declared == (op.Declared{}) && s.Offers(o) && o.Row().Of == nil {
					if all++; v.first(0, o, r.Subject()) > 0 {
						wrong++
					}
				}
			}
		}
		lo, hi := share(slices.Min(killed[:])), share(slices.Max(killed[:]))
		if lo != hi {
			lo = strings.TrimSuffix(lo, " %") + "–" + hi
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d of %d |\n", v.name, lo, firsts[len(firsts)/2], wrong, all)
	}
	b.WriteString("<!-- end of versus -->\n")
	if err := os.WriteFile("../../reports/versus.md", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

const versusHead = `# The planted faults before other ways to test

Written by ` + "`make versus`" + `: %d planted faults, those in float64 that one call shows at REQUIRED, each asked up to %d examples, in %d runs of other seeds.
The claims of ebmcheck refute all of them ([killmatrix.md](killmatrix.md)), but that is how they were chosen: a fault is on the list because a
claim is known to refute it, so that the page shows what others miss and not what ebmcheck does.

All others are given a right oracle, the reference of this module, which is what one would otherwise write with mpmath, and compare every number to 10⁻⁹,
relative above 1: the value, the gradient, the probabilities; of an answer the energy. Vectors have 2 to 20 energies, a parameter is from 0.01 to 100. Differences are central ones of
the program's own values, on normal numbers as torch.randn draws them, and a log-normal parameter, by gradcheck's step and tolerances (10⁻⁶; 10⁻⁵, and 10⁻³ relative); they see no wrong value with its own right gradient, and no op without a gradient.
None of them is sent NaN, an infinity or a vector of more than 20 energies, so that faults that show there only are out of reach by that choice: %d are named for what is not finite. Go's own fuzzing is left out: what it
tries depends on time.

The right variants are other orders of summation, other subgradients at kinks, other forms of the formula: who refutes one has a false alarm,
and some of the faults that it kills are killed by the same alarm.

<!-- versus -->
| by | killed | first example, median of those killed | right variants refuted, an op each |
|---|--:|--:|--:|
`
