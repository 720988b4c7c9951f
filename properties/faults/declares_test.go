package faults

import (
	"math"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestDeclares: an exp that is 20 to 40 ulps off is refuted unless that is declared, and so is
// one that declares less than it is off.
func TestDeclares(t *testing.T) {
	const off = 40 * 0x1p-53
	for exp, refuted := range map[float64]bool{0: true, 4: true, 40: false} {
		s := op.Funcs("coarse", map[op.Op]func(op.Call) op.Reply{op.Gibbs: limits(func(c call) reply {
			p, _ := scaledThenShifted(c.Energies, c.Beta)
			for i, t := range p {
				if p[i] = math.Exp(t); t < 0 {
					p[i] *= 1 + off
				}
			}
			scale(p, 1/forwards(p))
			return reply{Probs: p}
		})})
		s.Declares.Exp = exp
		tallies := judge.Tallies(judge.About(op.Gibbs, judge.Tame), judge.Tame, s)
		for _, a := range judge.NewCases(op.Gibbs, judge.Tame, op.Float64, 1, 1000).Ask([]op.Subject{s}, nil) {
			for _, tally := range tallies {
				tally.Add(a)
			}
		}
		got := false
		for _, tally := range tallies {
			got = got || tally.Refuted() == result.Required
		}
		if got != refuted {
			t.Errorf("exp declared within %v ulps: refuted %v, want %v", exp, got, refuted)
		}
	}
}
