package faults

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

var update = flag.Bool("update", false, "write reports/killmatrix.md")

// whole puts all cases to the right variants, too: make soak does.
var whole = flag.Bool("whole", false, "ask right variants all cases, not one in sixteen")

const committed = "../../reports/killmatrix.md"

// checks is how many random cases the matrix is made of, besides the grid. It is
// part of the matrix: another number may show other refutations beside the named.
const checks = 1000

// TestKillMatrix puts every fault and every variant before the claims; under
// -short only the first two faults that each claim is named for, and the last
// two variants of each op, not in wide.
func TestKillMatrix(t *testing.T) {
	faults, variants := Wrong, func(op.Op, judge.Regime) []Variant { return Right }
	named := Kills()
	if testing.Short() {
		faults = slices.DeleteFunc(slices.Clone(Wrong), func(f Fault) bool {
			return slices.Index(named[f.Claim], f.ID) >= 2
		})
		variants = func(op op.Op, r judge.Regime) []Variant {
			offering := slices.DeleteFunc(slices.Clone(Right), func(v Variant) bool { return v.ops[op] == nil || r == wide })
			return offering[max(0, len(offering)-2):]
		}
	}
	var all []Kill
	every := true // unless -run asks for some ops only
	for _, o := range judged {
		ran := false
		t.Run(string(o), func(t *testing.T) {
			ran = true
			all = append(all, kills(t, o, faults, variants)...)
		})
		every = every && ran
	}
	t.Logf("%d faults, %d right ones, %d claims, %d refutations", len(faults), len(Right), len(named), len(all))
	if t.Failed() || testing.Short() || !every {
		return
	}
	got := append(Markdown(sorted(all)), Power(1, properties.Promised)...)
	if *update {
		if err := os.WriteFile(committed, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test ./properties/faults -run KillMatrix -update", committed)
	}
}

// kills puts the faults and variants of an op before its claims, and holds them to what
// is said of each.
func kills(t *testing.T, o op.Op, faults []Fault, variants func(op.Op, judge.Regime) []Variant) []Kill {
	var mu sync.Mutex
	var all []Kill
	t.Run("judge", func(t *testing.T) {
		for _, r := range judge.Regimes {
			t.Run(string(r), func(t *testing.T) {
				t.Parallel()
				start := time.Now()
				thin := 16
				if *whole {
					thin = 1
				}
				kills := Judge(o, r, faults, variants(o, r), 1, checks, thin)
				t.Logf("%.2f s", time.Since(start).Seconds())
				mu.Lock()
				all = append(all, kills...)
				mu.Unlock()
			})
		}
	})
	level := map[string]result.Level{}
	for _, k := range all {
		level[k.ID+"/"+k.Claim+"/"+string(k.Regime)] = k.Level
	}
	for _, f := range faults {
		if f.Op() != o {
			continue
		}
		if got := level[f.ID+"/"+f.Claim+"/"+string(f.Regime)]; got != f.Level {
			t.Errorf("%s (%s) must be refuted by %s at %s in %s; got %q", f.ID, f.Says, f.Claim, f.Level, f.Regime, got)
		}
		for _, r := range judge.Regimes {
			if r == f.Regime || f.Regime == nonfinite {
				break
			}
			if got := level[f.ID+"/"+f.Claim+"/"+string(r)]; got == f.Level || got == result.Required {
				t.Errorf("%s: %s refutes it at %s in %s already, which is easier than %s", f.ID, f.Claim, got, r, f.Regime)
			}
		}
	}
	for _, v := range Right {
		for _, k := range all {
			if k.ID == v.ID && k.Level == result.Required {
				t.Errorf("%s (%s) is right, but %s refutes it in %s", v.ID, v.Says, k.Claim, k.Regime)
			}
		}
	}
	return all
}

// TestEveryOp: every op has faults of its own, and every claim a fault that it is named
// for.
func TestEveryOp(t *testing.T) {
	named := Kills()
	for _, o := range judged {
		own := 0
		for _, f := range Wrong {
			if f.Op() == o && !shared[f.ID] {
				own++
			}
		}
		if own < 2 && o.Row().Of == nil {
			t.Errorf("op %s has %d planted faults of its own: add two to properties/faults", o, own)
		}
		for _, r := range judge.Regimes {
			for _, c := range judge.About(o, r) {
				if len(named[c.ID]) == 0 {
					t.Errorf("no fault is named for %s: add one to properties/faults", c.ID)
				}
			}
		}
	}
}

// sorted puts the kills of a cell in the order of the claims.
func sorted(kills []Kill) []Kill {
	at := map[string]int{}
	for _, op := range judged {
		for _, r := range judge.Regimes {
			for _, c := range judge.About(op, r) {
				at[c.ID+"/"+string(r)] = len(at)
			}
		}
	}
	slices.SortStableFunc(kills, func(a, b Kill) int {
		return at[a.Claim+"/"+string(a.Regime)] - at[b.Claim+"/"+string(b.Regime)]
	})
	return kills
}

// TestNames holds faults and variants to unique names and full descriptions.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	check := func(id, says string) {
		if seen[id] {
			t.Errorf("%s occurs twice", id)
		}
		seen[id] = true
		if id == "" || says == "" {
			t.Errorf("%q says %q", id, says)
		}
	}
	for _, f := range Wrong {
		check(f.ID, f.Says)
		if f.Source == "" || !slices.Contains(judged, f.Op()) {
			t.Errorf("%s: source %q, op %q", f.ID, f.Source, f.Op())
		}
	}
	for _, v := range Right {
		check(v.ID, v.Says)
	}
}
