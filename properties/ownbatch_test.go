package properties_test

import (
	"flag"
	"fmt"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// ownBatches is how many random batches of each loss are asked in a format.
var ownBatches = flag.Int("batches", 10, "random batches a loss, regime and format")

// rows answers batches by what answers their rows: weights are ignored if wrong says so.
func rows(of op.Subject, wrong bool) op.Subject {
	batch := op.BatchOf(of.Ops[0])
	round := of.Precision.Round
	s := op.Funcs(of.Name, map[op.Op]func(op.Call) op.Reply{batch: func(c op.Call) op.Reply {
		b := c.Batch
		r := op.Reply{Grads: make([][]float64, len(b.Rows)), Values: make([]float64, len(b.Rows))}
		all := 0.0
		for i := range b.Rows {
			if b.Counts(i) {
				all = round(all + b.Weight(i))
			}
		}
		for i := range b.Rows {
			r.Grads[i] = make([]float64, len(b.Rows[i].Energies))
			row, at := b.Alone(i)
			if len(at) == 0 {
				continue
			}
			one, w := of.Answer([]op.Call{row})[0], b.Weight(i)
			if wrong {
				w = 1
			}
			share := w
			if b.Reduction == op.Mean {
				share = round(w / all)
			}
			r.Values[i] = round(w * one.Value)
			r.Value = round(r.Value + r.Values[i])
			for k, g := range one.Grad {
				r.Grads[i][at[k]] = round(share * g)
			}
		}
		if b.Reduction == op.Mean {
			r.Value = round(r.Value / all)
		}
		return r
	}})
	s.Precision = of.Precision
	return s
}

// TestOwnBatches: batches of a right loss of one's own are never refuted at REQUIRED, and
// always where weights are ignored.
func TestOwnBatches(t *testing.T) {
	for _, l := range owns {
		o := properties.Define(l.name, l.formula, l.ranges...)
		for _, p := range []op.Precision{op.Float64, op.Float32} {
			t.Run(fmt.Sprintf("%s/%s", l.name, p), func(t *testing.T) {
				t.Parallel()
				for _, r := range []judge.Regime{judge.Tame, judge.Wide} {
					one := l.subject(o, p, 0)
					subjects := []op.Subject{rows(one, false), rows(one, true)}
					var tallies [2][]*judge.Tally
					for i := range tallies {
						tallies[i] = judge.Tallies(judge.About(op.BatchOf(o), r), r, subjects[i])
					}
					for i, a := range judge.RandomCases(op.BatchOf(o), r, p, 1, 0, 20**ownBatches).Ask(subjects, nil) {
						for _, tally := range tallies[i] {
							tally.Add(a)
						}
					}
					refuted := false
					for k, tally := range tallies[0] {
						spent, on := tally.Spent(result.Required)
						if tally.Refuted() == result.Required {
							t.Errorf("right, and refuted by %s in %s: %.3g on %v", tally.Claim(), r, spent, on)
						}
						t.Logf("%s in %s: spent %.3g", tally.Claim(), r, spent)
						refuted = refuted || tallies[1][k].Refuted() == result.Required
					}
					if !refuted {
						t.Errorf("weights ignored, and not refuted in %s", r)
					}
				}
			})
		}
	}
}
