package judge

import (
	"math"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestNearest: what Nearest calls right no claim refutes, at any level, and its errors are
// those that the claims find: of right answers, and of answers with one number moved, which
// it never calls right where a claim measures more.
func TestNearest(t *testing.T) {
	for _, p := range []op.Precision{op.Float64, op.Float16} {
		s := op.Reference()
		s.Precision = p
		said := map[bool]int{}
		for _, o := range op.Ops {
			row := o.Row()
			if !row.Pair {
				continue
			}
			bench := NewBench(s, o)
			for _, F := range []float64{0.5, -3, 300, 60000, 0x1p-24} {
				for _, Fbar := range []float64{0.25, -2, 1000, -720, -1200, -60000, 0x1p-14} {
					c := op.Call{Op: o, Energies: []float64{F, Fbar}}
					for _, q := range row.Params {
						q.Set(&c, 1)
					}
					truth := row.Truth(c)
					right := op.Reply{Value: p.Nearest(truth.Value)}
					for _, g := range truth.Grad {
						right.Grad = append(right.Grad, p.Nearest(g.Lo))
					}
					replies := []op.Reply{right}
					for _, x := range []float64{p.Next(right.Value, 9e9), p.Next(right.Value, -9e9), math.Inf(1), math.Inf(-1), math.NaN()} {
						r := right
						r.Value = x
						replies = append(replies, r)
					}
					for k := range right.Grad {
						for _, x := range []float64{p.Next(right.Grad[k], 9e9), math.Inf(1), math.Inf(-1), math.NaN()} {
							r := right
							r.Grad = []float64{right.Grad[0], right.Grad[1]}
							r.Grad[k] = x
							replies = append(replies, r)
						}
					}
					for _, r := range replies {
						value, others, ok := Nearest(p, truth, r)
						said[ok]++
						if want := r.Equal(right) && truth.Grad[0].Lo == truth.Grad[0].Hi; ok != want {
							t.Errorf("%s: %v: %+v is called right: %v", p, c, r, ok)
						}
						for _, f := range bench.Judge(c, truth, r) {
							found := map[string]float64{string(o) + ".value": value, string(o) + ".gradient": others}[f.Claim.ID]
							if ok && (f.Outcome != result.Passed || f.Claim.Measured() && f.Ulps != found) {
								t.Errorf("%s: %v: %+v is called right, and off by %v; by %s it %s, off by %v", p, c, r, found, f.Claim.ID, f.Outcome, f.Ulps)
							}
						}
					}
				}
			}
		}
		if said[true] < 200 || said[false] < 2000 {
			t.Errorf("%s: called right %d times, not right %d", p, said[true], said[false])
		}
	}
}
