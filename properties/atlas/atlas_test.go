package atlas

import (
	"context"
	"slices"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// searched are the lines about one op of a subject.
func searched(t *testing.T, s op.Subject, rounds int) []result.Result {
	var all []result.Result
	err := Search{Subject: s, Regime: judge.Tame, Seed: 1, Checks: 200, Rounds: rounds,
		Emit: func(rs []result.Result) error { all = append(all, rs...); return nil }}.Do(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// only is the reference's function of one op, changed.
func only(o op.Op, change func(c op.Call, r *op.Reply)) op.Subject {
	return op.Funcs("changed", map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply {
		r := o.Row().Reference(c)
		change(c, &r)
		return r
	}})
}

// TestClimb: a search finds errors that grow towards a place where no case is, and more of
// them the farther it may climb; the same search finds the same; and the reference has none.
func TestClimb(t *testing.T) {
	// Off by a part of itself that is largest at F = 3.3.
	steep := only(op.Hinge, func(c op.Call, r *op.Reply) {
		d := c.Energies[0] - 3.3
		r.Value *= 1 + 0x1p-40/(1e-9+d*d)
	})
	value := func(rs []result.Result) result.Result {
		i := slices.IndexFunc(rs, func(r result.Result) bool { return r.Claim == "hinge.value" && r.Level == result.Required })
		return rs[i]
	}
	flat, high := value(searched(t, steep, 0)), value(searched(t, steep, 200))
	if !(float64(*high.Ulps) >= 1000*float64(*flat.Ulps)) || high.Cases <= flat.Cases {
		t.Errorf("without a climb %v ulps in %d cases, with it %v in %d: want a thousand times as many", *flat.Ulps, flat.Cases, *high.Ulps, high.Cases)
	}
	if high.Outcome != result.Refuted || high.Small == nil || high.Grade != "F" {
		t.Errorf("%v, grade %s: want it refuted", high.Outcome, high.Grade)
	}
	again := value(searched(t, steep, 200))
	if *again.Ulps != *high.Ulps || again.Worst.Case != high.Worst.Case {
		t.Errorf("once %v at %s, once %v at %s", *high.Ulps, high.Worst.Case, *again.Ulps, again.Worst.Case)
	}
	for _, r := range searched(t, only(op.Hinge, func(op.Call, *op.Reply) {}), 20) {
		if r.Outcome != result.Passed || !(*r.Ulps <= 0.5) || r.Grade != "A+" {
			t.Errorf("the reference: %s %s, %v ulps, grade %s", r.Claim, r.Outcome, *r.Ulps, r.Grade)
		}
	}
}
