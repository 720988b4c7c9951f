package faults

import (
	"context"
	"slices"
	"testing"

	"ebmcheck/properties"
)

// TestLikely: a subject with a planted fault is told that fault, or one that
// cannot be told from it by its counterexamples.
func TestLikely(t *testing.T) {
	named, every := 0, 80
	if testing.Short() {
		every = 150
	}
	for i, f := range Wrong {
		if i%every != 0 || slices.ContainsFunc(state, func(s Fault) bool { return s.ID == f.ID }) {
			continue // a fault in the state answers one call otherwise than many
		}
		claims, err := properties.Select(f.Claim)
		if err != nil {
			t.Fatal(err)
		}
		run := properties.Run{Claims: claims, Subject: f.Subject(), Seed: 1, Checks: 50, Emit: func(r properties.Result) error {
			if r.Regime != string(f.Regime) || r.Level != f.Level || r.Small == nil {
				return nil
			}
			if likely := Likely(r); likely != "" {
				named++
			} else if f.Regime != properties.NonFinite {
				t.Errorf("%s: no fault is like it, not even itself, on %s: got %s", f.ID, r.Small.Case, r.Small.Got)
			}
			return nil
		}}
		if err := run.Do(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if named < 160/every {
		t.Errorf("%d faults were told, want at least %d", named, 160/every)
	}
	t.Logf("%d faults were told", named)
}
