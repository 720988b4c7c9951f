package properties

import (
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// TestTheory examines every statement of the source, and of other texts: the check must arrive at
// the verdict that the ledger states.
func TestTheory(t *testing.T) {
	checks := Promised / 10 // verify runs all of them
	if testing.Short() {
		checks /= 2
	}
	for _, c := range Claims {
		if c.Layer() != "theory" {
			continue
		}
		checks := checks
		if strings.HasPrefix(c.Refs[0], "X") { // short formulas, of which a few cases tell
			checks /= 8
		}
		t.Run(c.Refs[0]+"_"+c.ID, func(t *testing.T) {
			t.Parallel()
			r := (unit{statement: c.statement}).run(op.Subject{}, testSeed, checks)[0]
			t.Logf("%s in %d cases %v, strata %v", r.Verdict, r.Cases, r.Sides, r.Strata)
			if r.Small != nil {
				t.Logf("smallest counterexample of the printed form: %s: %s: %s and %s", r.Small.Case, r.Small.What, r.Small.Got, r.Small.Want)
			}
			if r.Planted != nil {
				t.Logf("planted: %s: refuted on %s: %s: %s and %s", c.Fault, r.Planted.Case, r.Planted.What, r.Planted.Got, r.Planted.Want)
			}
			report(t, r)
		})
	}
}
