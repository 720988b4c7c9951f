package faults

import (
	"flag"
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// every is how many faults there are to one that is measured.
var every = flag.Int("every", 8, "measure one in so many faults for what is said to be likely")

// A guess is what is said of a subject, and whether that is right: the very fault, or one
// that is mended by the same line of mends.
type guess struct{ subjects, said, right int }

func (g *guess) add(f Fault, said string) {
	g.subjects++
	if said == "" {
		return
	}
	g.said++
	id, _, _ := strings.Cut(said, ": ")
	i := slices.IndexFunc(Wrong, func(g Fault) bool { return g.ID == id })
	mine, known := f.mended()
	if other, _ := Wrong[i].mended(); id == f.ID || known && mine == other {
		g.right++
	}
}

// relatives are faults with another number in them: of the ids that they are like.
var relatives = map[string]func() answer{
	"log-threshold-20": pairValue(func(F, Fbar, _ float64) float64 { return linearAbove(25, F-Fbar) }),
	"soft-hinge-threshold-20": valued(func(c call) float64 {
		return linearAbove(15, c.Beta*(c.Margin+c.Energies[0]-c.Energies[1])) / c.Beta
	}),
	"hinge-margin-hard-coded": asking(func(c *call) { c.Margin = 0.5 }),
	"gibbs-clipped": massed(func(_ call, p []float64) {
		for i := range p {
			p[i] = min(max(p[i], 1e-5), 1-1e-5)
		}
	}),
	"nll-of-p-plus-eps":   valued(func(c call) float64 { return -math.Log(gibbs(c)[c.Answer]+1e-6) / c.Beta }),
	"nll-capped":          saying(func(_ call, r *reply) { r.Value = min(r.Value, 25) }),
	"nll-gradient-twice":  sloped(func(_ call, grad []float64) { scale(grad, 3) }),
	"free-energy-β-floor": asking(func(c *call) { c.Beta = max(c.Beta, 0.5) }),
}

// TestLikely measures what is said to be likely, over the faults in float64: of each as it
// is, with all faults known; of each declared float32 and rounded to it; and of each with
// itself unknown, where whatever is said had better be mended alike; and of relatives, which
// have another number in them. A slip that the answers are said to be by is right if other
// cases say it, too. Of what is said nine in ten must be right, and of slips.
func TestLikely(t *testing.T) {
	const checks = 400
	var same, narrow, unknown, related, slips guess
	for _, o := range op.Ops {
		for _, r := range judge.Regimes {
			for _, p := range []op.Precision{op.Float64, op.Float32} {
				var faults []Fault
				var relative []bool
				var subjects []op.Subject
				var tallies, elsewhere []*judge.Tally
				add := func(f Fault, other bool) {
					s := f.Subject()
					s.Precision = p
					if right := s.Answer; p != op.Float64 {
						s.Answer = func(calls []op.Call) []op.Reply {
							rs := right(calls)
							for i := range rs {
								rs[i] = roundedTo(p, rs[i])
							}
							return rs
						}
					}
					claims := slices.DeleteFunc(judge.About(o, r), func(c judge.Claim) bool { return c.ID != f.Claim })
					relative = append(relative, other)
					faults, subjects, tallies = append(faults, f), append(subjects, s), append(tallies, judge.Tallies(claims, r, s)...)
					elsewhere = append(elsewhere, judge.Tallies(claims, r, s)...)
				}
				for i, f := range Wrong {
					if f.Op() != o || f.Regime != r || f.In != op.Float64 || strings.HasSuffix(f.Claim, ".pure") ||
						slices.ContainsFunc(state, func(s Fault) bool { return s.ID == f.ID }) {
						continue
					}
					if i%*every == 0 {
						add(f, false)
					}
					if other, ok := relatives[f.ID]; ok && p == op.Float64 {
						f.start = other
						add(f, true)
					}
				}
				if len(subjects) == 0 {
					continue
				}
				for i, a := range judge.RandomCases(o, r, p, 1, 0, checks).Ask(subjects, nil) {
					tallies[i].Add(a)
				}
				for i, a := range judge.RandomCases(o, r, p, 2, 0, checks).Ask(subjects, nil) {
					elsewhere[i].Add(a)
				}
				for i, f := range faults {
					e, ok := tallies[i].Evidence()
					if !ok {
						continue
					}
					if slip, _ := e.Slip(); slip != "" {
						slips.subjects++
						slips.said++
						e, _ := elsewhere[i].Evidence()
						again, _ := e.Slip()
						if again == slip {
							slips.right++
						}
						t.Logf("%s in %s: %s, by other cases %q", f.ID, p, slip, again)
					}
					said, _ := Likely(e)
					if p == op.Float32 {
						narrow.add(f, said)
						continue
					}
					if relative[i] {
						related.add(f, said)
						continue
					}
					same.add(f, said)
					others := slices.DeleteFunc(slices.Clone(Wrong), func(g Fault) bool { return g.ID == f.ID })
					said, _ = likelyOf(e, others)
					unknown.add(f, said)
					if said != "" {
						t.Logf("%s: %s", f.ID, said)
					}
				}
			}
		}
	}
	var all guess
	for _, m := range []struct {
		of string
		guess
	}{{"as it is", same}, {"in float32", narrow}, {"itself unknown", unknown}, {"with another number", related}, {"by a slip", slips}} {
		t.Logf("%s: of %d subjects something was said of %d, and right of %d", m.of, m.subjects, m.said, m.right)
		all.said, all.right = all.said+m.said, all.right+m.right
	}
	for _, g := range []guess{all, slips} {
		if g.right*10 < g.said*9 || g.said == 0 {
			t.Errorf("right of %d of %d, want nine in ten", g.right, g.said)
		}
	}
}

// Every line that mends mends a fault.
func TestMends(t *testing.T) {
	for _, m := range mends {
		if !slices.ContainsFunc(Wrong, func(f Fault) bool { line, _ := f.mended(); return line == m.line }) {
			t.Errorf("no fault is mended by: %s", m.line)
		}
	}
	for _, f := range Wrong {
		if len(f.Mend()) < len("compute x") {
			t.Errorf("%s has no line that mends it: %q", f.ID, f.Mend())
		}
	}
}
