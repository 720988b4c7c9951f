package losses_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"ebmcheck/ebm/promise"
	. "ebmcheck/losses"
)

// A claim is what is said of a piece of the package that is no operation of the catalogue.
type claim struct {
	id, of, where string
	says          string
	broken        func(r *rand.Rand) string
	faults        map[string]func(r *rand.Rand) string
}

func claims() []claim {
	over := map[bool]map[string]func(r *rand.Rand) string{false: {}, true: {}}
	for _, c := range overFaults {
		over[c.mee][c.fault] = func(r *rand.Rand) string { return brokenOver(c.of, c.mee, r) }
	}
	batch := map[string]func(r *rand.Rand) string{}
	for fault, of := range batchFaults {
		batch[fault] = meanOf(of)
	}
	return []claim{
		{"measure.nll", "NLLOver", "SOURCE 1.2(b), 1.2(c) with ∫", "F_y − F_β over any measure, on a box, on a sample, the datum added or one of it; its gradient is δ_iy − p_i", func(r *rand.Rand) string { return brokenOver(nllOver, false, r) }, over[false]},
		{"measure.mee", "MEEOver", "Table 1, row MEE, with its integral", "1 − p(y) over any measure, and its gradient", func(r *rand.Rand) string { return brokenOver(meeOver, true, r) }, over[true]},
		{"batch.mean", "Batch", "LeCun et al. 2006, section 2", "the mean loss of a batch and its gradient are the means of those of its data", meanOf(Batch), batch},
	}
}

// TestClaims: each claim holds, and refutes what is planted for it. The page has them all.
func TestClaims(t *testing.T) {
	var page strings.Builder
	fmt.Fprintf(&page, "| claim | of | where | says | evidence | planted faults, each refuted |\n|---|---|---|---|---|---|\n")
	for _, c := range claims() {
		if why := promise.Broken(100, c.broken); why != "" {
			t.Errorf("%s: %s", c.id, why)
		}
		faults := slices.Sorted(maps.Keys(c.faults))
		if len(faults) == 0 {
			t.Errorf("%s has no planted fault", c.id)
		}
		for _, fault := range faults {
			if promise.Broken(100, c.faults[fault]) == "" {
				t.Errorf("%s: %s is not refuted", c.id, fault)
			}
		}
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s | every case within its bound | %s |\n", c.id, c.of, c.where, c.says, strings.Join(faults, "; "))
	}
	const name = "../reports/claims.md"
	old, err := os.ReadFile(name)
	head, rest, ok := bytes.Cut(old, []byte("\n## losses\n\n"))
	switch {
	case err != nil || !ok:
		t.Fatalf("%s has no section of losses: %v", name, err)
	case string(rest) == page.String():
	case !*update:
		t.Errorf("%s is stale: go test ./losses -run Claims -update", name)
	default:
		if err := os.WriteFile(name, slices.Concat(head, []byte("\n## losses\n\n"), []byte(page.String())), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
