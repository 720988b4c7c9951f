package judge

import (
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestReferenceInBatches: the reference answers batches rightly, at both levels but where a
// sum of many rounds.
func TestReferenceInBatches(t *testing.T) {
	for _, o := range op.Batches {
		for _, r := range []Regime{Tame, Wide, NonFinite} {
			for _, x := range unitAbout(o, r).Run(op.Reference(), 1, 2000) {
				if x.Outcome != result.Passed {
					t.Errorf("%s %s %s: %s %s %+v", x.Claim, r, x.Level, x.Outcome, x.Why, x.Small)
				}
				t.Logf("%s %s %s: %d cases, spent %.3g %v", x.Claim, r, x.Level, x.Cases, float64(x.Spent), x.Strata)
			}
		}
	}
}
