package reports

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties"
)

// TestLedger holds the committed ledger.md to the ledger: what it says is what
// the claims say and what their checks find. A few random cases are enough,
// for what is rendered comes from the special ones; that 10 000 find the same
// is for TestTheory.
func TestLedger(t *testing.T) {
	var results []properties.Result
	err := properties.Run{
		Claims: properties.Claims, Subject: properties.Reference(), Seed: 1, Checks: 200,
		Emit: func(r properties.Result) error { results = append(results, r); return nil },
	}.Do(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Ledger(&b, results); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("ledger.md", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile("ledger.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), b.String()); diff != "" {
		t.Fatalf("ledger.md is stale; make update writes it again (-committed +now):\n%s", diff)
	}
}
