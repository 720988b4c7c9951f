package faults

import (
	"context"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
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
		run := properties.Run{Claims: claims, Subject: f.Subject(), Seed: 1, Checks: 50, Emit: func(r result.Result) error {
			if r.Regime != string(f.Regime) || r.Level != f.Level || r.Small == nil {
				return nil
			}
			if likely := Likely(r, f.In); likely != "" {
				named++
			} else if f.Regime != judge.NonFinite && f.In == op.Float64 {
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

// TestLikelyInfinite: an infinity is like nothing but itself.
func TestLikelyInfinite(t *testing.T) {
	x := &result.Counterexample{Call: []byte(`{"op":"log","energies":[50.0,-50.0],"answer":0}`), What: "value", Got: "+Inf", Want: "100"}
	for p, want := range map[op.Precision]string{op.Float64: "", op.Float16: "log-float16-of-1-plus"} {
		if got := Likely(result.Result{Op: "log", Small: x}, p); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: ∞ for ln(1 + e^100) is like %q, want %q", p, got, want)
		}
	}
}
