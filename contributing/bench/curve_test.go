//go:build bench && unix

package bench

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
)

// A way is one to compute ln Z at β = 1, of F, or of x = −F.
type way struct {
	name   string
	lnZ    func(F, x []float64) float64
	ratios []spread // of its time to gonum's, by n
	worst  float64  // its largest error in ulps
}

// ways are ours, gonum's, and what one would write.
func ways() []*way {
	var g ebm.Gibbs
	return []*way{
		{name: "`NewGibbs(F, 1, Counting(n)).LogZ()`", lnZ: func(F, _ []float64) float64 { return ebm.NewGibbs(F, 1, ebm.Counting(len(F))).LogZ() }},
		{name: "`Hold` and `LogZ`, one `Gibbs` for all", lnZ: func(F, _ []float64) float64 {
			g.Hold(F, 1, ebm.Counting(len(F)))
			return g.LogZ()
		}},
		{name: "`exact.FreeEnergy`, with its proved error, and the gradient", lnZ: func(F, _ []float64) float64 { return -exact.FreeEnergy(F, 1).Value.Near }},
		{name: "gonum's `floats.LogSumExp`, of −F", lnZ: func(_, x []float64) float64 { return floats.LogSumExp(x) }},
		{name: "ln Σ e^(low − F) − low, as written", lnZ: func(F, _ []float64) float64 {
			low, sum := slices.Min(F), 0.0
			for _, f := range F {
				sum += math.Exp(low - f)
			}
			return math.Log(sum) - low
		}},
		{name: "ln Σ e^(low − F) − low, with what the sum loses carried along", lnZ: func(F, _ []float64) float64 {
			low, sum, lost := slices.Min(F), 0.0, 0.0
			for _, f := range F {
				e := math.Exp(low - f)
				was := sum
				sum += e
				lost += e - (sum - was) // of the larger e it may lose a little
			}
			return math.Log(sum+lost) - low
		}},
		{name: "ln(1 + Σ e^(low − F)) − low, the least left out, by `math.Log1p`", lnZ: func(F, _ []float64) float64 {
			t, sum := floats.MinIdx(F), 0.0
			for i, f := range F {
				if i != t {
					sum += math.Exp(F[t] - f)
				}
			}
			return math.Log1p(sum) - F[t]
		}},
	}
}

// curve has the time of each way, as a ratio to gonum's, beside its largest error.
func (r *report) curve() {
	all, cases, head, line := ways(), 0, "", ""
	for _, n := range []int{2, 8, 100, 1000} {
		Fs := vectors(n)
		for _, F := range Fs {
			truth, x := exact.FreeEnergy(F, 1).Value, negative(F)
			for _, w := range all {
				w.worst = max(w.worst, truth.Ulps(-w.lnZ(F, x)))
			}
			cases++
		}
		F, x := Fs[0], negative(Fs[0])
		ratios := make([]spread, len(all))
		for range *rounds {
			gonum, _ := timed(func() { sink = floats.LogSumExp(x) })
			for k, w := range all {
				ns, _ := timed(func() { sink = w.lnZ(F, x) })
				ratios[k] = append(ratios[k], ns/gonum)
			}
		}
		for k, w := range all {
			w.ratios = append(w.ratios, ratios[k])
		}
		head, line = head+fmt.Sprintf(" n = %d |", n), line+"--:|"
	}
	slices.SortStableFunc(all, func(a, b *way) int { return cmp.Compare(a.worst, b.worst) })
	r.say("\n## Time against accuracy\n\nOf ln Z as above, all in Go: the time, of that of gonum, and the largest error in ulps found in %d vectors, least first.\n\n"+
		"| ln Z |%s ulps |\n|---|%s--:|\n", cases, head, line)
	for _, w := range all {
		r.say("| %s |", w.name)
		for _, s := range w.ratios {
			r.say(" %v |", s)
		}
		r.say(" %.3g |\n", w.worst)
	}
	r.say("\nAt n = 100 the fastest of those within an ulp is %s, of those within half an ulp %s.\n", fastest(all, 1).name, fastest(all, 0.5).name)
}

// fastest is the way that takes the least time at n = 100, of those that are off by at most so many ulps.
func fastest(all []*way, ulps float64) *way {
	var best *way
	for _, w := range all {
		if w.worst <= ulps && (best == nil || w.ratios[2].median() < best.ratios[2].median()) {
			best = w
		}
	}
	return best
}
