//go:build versus && unix

// Package versus puts the planted faults before other ways to test: see TestVersus.
package versus

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ebmcheck/properties/judge"
)

const (
	examples = 1000
	runs     = 3
)

// A tally is what a rival makes of the programs.
type tally struct {
	killed [runs]int
	ever   map[judge.Regime]int // of the faults of a regime, those killed in some run
	firsts []int                // by which example, of those killed
	ratios []float64            // of the time until then to ours
	alarms int                  // right variants refuted
}

// TestVersus puts the faults that a single call shows, in float64 and at REQUIRED, before
// others' ways to test, and the right variants, too: writes reports/versus.md.
func TestVersus(t *testing.T) {
	begun := time.Now()
	ofRapid := func(g *rapid.Generator[float64]) func(run int) ([]example, time.Duration) {
		return func(run int) ([]example, time.Duration) { return byRapid(g, run), 0 }
	}
	ofHypothesis := func(bound string) func(run int) ([]example, time.Duration) {
		return func(run int) ([]example, time.Duration) { return byHypothesis(t, bound, run) }
	}
	faults, right := wrong(), sound()
	rivals := []rival{
		by("rapid, `Float64()`", nearRight, ofRapid(rapid.Float64())),
		by("rapid, `Float64Range(-50, 50)`", nearRight, ofRapid(rapid.Float64Range(-50, 50))),
		by("Hypothesis, `floats()`, finite", nearRight, ofHypothesis("")),
		by("Hypothesis, `floats(-50, 50)`", nearRight, ofHypothesis("50")),
		goFuzzing(t, "Go fuzzing, energies of 16 bits within ±50", 50, func(run int) []program {
			if run == 0 {
				return slices.Concat(faults, right)
			}
			return faults
		}),
		by("differences, on normal numbers", differences, func(run int) ([]example, time.Duration) { return normal(run), 0 }),
		ours,
	}
	best := make([][runs]kill, len(faults)) // ours
	for i, p := range faults {
		for run := range runs {
			best[i][run] = ours.kills(run, p)
		}
	}
	ever := make([]bool, len(faults)) // by another than us
	tallies := make([]tally, len(rivals))
	for k, v := range rivals {
		if v.kills == nil {
			continue
		}
		a := &tallies[k]
		a.ever = map[judge.Regime]int{}
		for i, p := range faults {
			some := false
			for run := range runs {
				own := best[i][run]
				it := own
				if v.name != ours.name {
					it = v.kills(run, p)
				}
				if it.first == 0 {
					continue
				}
				some = true
				a.killed[run]++
				if a.firsts = append(a.firsts, it.first); own.first > 0 {
					a.ratios = append(a.ratios, float64(it.took)/float64(own.took))
				}
			}
			if some {
				a.ever[p.regime]++
				ever[i] = ever[i] || v.name != ours.name
			}
		}
		for _, p := range right {
			if v.kills(0, p).first > 0 {
				a.alarms++
			}
		}
		t.Logf("%s: %v of %d, at %v", v.name, a.killed, len(faults), time.Since(begun).Round(time.Second))
	}
	if err := os.WriteFile("../../reports/versus.md", page(rivals, tallies, faults, len(right), ever), 0o644); err != nil {
		t.Fatal(err)
	}
}

func page(rivals []rival, tallies []tally, faults []program, right int, ever []bool) []byte {
	of := map[judge.Regime]int{}
	for _, p := range faults {
		of[p.regime]++
	}
	never := 0
	for _, e := range ever {
		if !e {
			never++
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, head, len(faults), examples, runs, of[judge.NonFinite])
	b.WriteString("<!-- versus -->\n| by | killed | first example, median of those killed | time until then, of ours | right variants refuted, an op each |\n|---|--:|--:|--:|--:|\n")
	for k, v := range rivals {
		a := tallies[k]
		if v.kills == nil {
			fmt.Fprintf(&b, "| %s | not installed | | | |\n", v.name)
			continue
		}
		slices.Sort(a.firsts)
		slices.Sort(a.ratios)
		share := func(n int) string { return fmt.Sprintf("%.1f", 100*float64(n)/float64(len(faults))) }
		lo, hi := share(slices.Min(a.killed[:])), share(slices.Max(a.killed[:]))
		if lo != hi {
			lo += "–" + hi
		}
		n := len(a.ratios)
		fmt.Fprintf(&b, "| %s | %s %% | %d | %s (%s–%s) | %d of %d |\n", v.name, lo, a.firsts[len(a.firsts)/2], two(a.ratios[n/2]), two(a.ratios[n/4]), two(a.ratios[3*n/4]), a.alarms, right)
	}
	fmt.Fprintf(&b, "<!-- end of versus -->\n\nTimes are the processor's, of the drawing of examples and the judging, as ratios to ours for the same fault: the median, and in brackets the quartiles. "+
		"What it takes to compile and to start Python is not in it; a process of Go's fuzzing is, with its start. The oracle of the others is the fast reference; what one of mpmath takes is in [bench.md](bench.md).\n\n## By regime\n\n"+
		"Killed in some run, by the easiest regime in which a claim refutes the fault; %d of %d are killed by none but ebmcheck.\n\n| by |", never, len(faults))
	for _, r := range judge.Regimes {
		fmt.Fprintf(&b, " %s, of %d |", r, of[r])
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(judge.Regimes)) + "\n")
	for k, v := range rivals {
		if v.kills == nil {
			continue
		}
		fmt.Fprintf(&b, "| %s |", v.name)
		for _, r := range judge.Regimes {
			fmt.Fprintf(&b, " %d |", tallies[k].ever[r])
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

// two is x with two significant digits.
func two(x float64) string {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 2, 64), 64)
	return strconv.FormatFloat(x, 'f', -1, 64)
}

const head = `# The planted faults before other ways to test

Written by ` + "`make versus`" + `: %d planted faults, those in float64 that one call shows at REQUIRED, each asked up to %d examples, in %d runs of other seeds.
The claims of ebmcheck refute all of them ([killmatrix.md](killmatrix.md)), but that is how they were chosen: a fault is on the list because a
claim is known to refute it, so that the page shows what others miss and not what ebmcheck does. Its row has, for the time, all claims about
the op, regime after regime, each with its grid and as many random cases as the others have examples, a tenth of what a gate has.

All others are given a right oracle, the reference of this module, which is what one would otherwise write with mpmath, and compare every number to 10⁻⁹,
relative above 1: the value, the gradient, the probabilities; of an answer the energy. Vectors have 2 to 20 energies, a parameter is from 0.01 to 100.

- rapid draws by its own generators, as does Hypothesis, each of the energies alone.
- Go fuzzing has bytes, which it changes where that reaches other code: one for how many energies, one for the answer, two for the parameter, two for each energy. It has one processor, and a seed by GODEBUG.
- Differences are central ones of the program's own values, on normal numbers as torch.randn draws them, and a log-normal parameter, by gradcheck's step and tolerances (10⁻⁶; 10⁻⁵, and 10⁻³ relative).

By design none of them sees

- what shows with NaN, an infinity or more than 20 energies only, which none is sent: %d faults are named for what is not finite;
- an error below 10⁻⁹, such as a tiny probability or loss that is 0, or has no digit right;
- and differences, a wrong value with its own right gradient, nor an op without a gradient.

The right variants are other orders of summation, other subgradients at kinks, other forms of the formula: who refutes one has a false alarm,
and some of the faults that it kills are killed by the same alarm.

`
