package atlas

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestFound: of all that a search asked, judged again one by one, the error that it tells of a
// claim is the largest, the number of cases is that of those that the claim is about, and the
// call that it tells of has that error when it is asked again.
func TestFound(t *testing.T) {
	// Off by more the farther F̄ is, in a place of the grid, of random cases and of the climb.
	s := only(op.Hinge, func(c op.Call, r *op.Reply) { r.Value *= 1 + 0x1p-50*math.Abs(c.Energies[1]) })
	answer := s.Answer
	var asked []op.Call
	s.Answer = func(calls []op.Call) []op.Reply {
		for _, c := range calls {
			asked = append(asked, c.Clone())
		}
		return answer(calls)
	}
	var lines []result.Result
	search := Search{Subject: s, Regime: judge.Tame, Seed: 1, Checks: 200, Rounds: 20,
		Emit: func(rs []result.Result) error { lines = append(lines, rs...); return nil }}
	if err := search.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
	bench := judge.NewBench(s, op.Hinge)
	off := func(c op.Call) map[string]float64 { // by the claims that are about it
		ulps := map[string]float64{}
		for _, f := range bench.Judge(c, c.Truth(), answer([]op.Call{c})[0]) {
			if f.Level == result.Recommended && f.Claim.Measured() && f.Show != nil {
				ulps[f.Claim.ID] = f.Ulps
			}
		}
		return ulps
	}
	cases, largest := map[string]int{}, map[string]float64{}
	for _, c := range asked {
		for claim, ulps := range off(c) {
			cases[claim]++
			largest[claim] = max(largest[claim], ulps)
		}
	}
	if len(lines) != 4 {
		t.Fatalf("%d lines, want two claims at two levels", len(lines))
	}
	for _, r := range lines {
		if r.Cases != cases[r.Claim] || float64(*r.Ulps) != largest[r.Claim] {
			t.Errorf("%s: %v ulps found in %d cases; of those asked %v in %d", r.Claim, *r.Ulps, r.Cases, largest[r.Claim], cases[r.Claim])
		}
		var call op.Call
		if err := json.Unmarshal(r.Worst.Call, &call); err != nil {
			t.Fatal(err)
		}
		if ulps := off(call)[r.Claim]; ulps != float64(*r.Ulps) || r.Worst.Case != call.String() {
			t.Errorf("%s: at %s %v ulps are found, asked again %v", r.Claim, r.Worst.Case, *r.Ulps, ulps)
		}
	}
}
