package properties

import "testing"

// TestTheory examines every checkable statement of the source: the verdict
// must be the one that the ledger states.
func TestTheory(t *testing.T) {
	checks := 10_000
	if testing.Short() {
		checks = 1_000
	}
	for _, c := range Claims {
		if c.Layer() != "theory" || c.statement == nil {
			continue
		}
		t.Run(c.Refs[0]+"_"+c.ID, func(t *testing.T) {
			t.Parallel()
			e := c.statement.examine(1, checks)
			t.Logf("%s in %d cases, sides %v, strata %v", e.verdict, e.cases, e.sides, e.strata)
			if e.example != nil {
				t.Logf("smallest counterexample of the printed form: %+v", *e.example)
			}
			if e.fault != nil {
				t.Logf("planted: %s: %+v", c.Fault, *e.fault)
			}
			if e.trouble != "" || e.verdict != c.Verdict {
				t.Fatalf("verdict %q, the ledger says %q: %s", e.verdict, c.Verdict, e.trouble)
			}
			if e.cases < checks {
				t.Fatalf("%d cases, promised %d random ones", e.cases, checks)
			}
		})
	}
}
