package faults

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// Power renders what the random cases of a run are sure to find: for the claims
// about an op in a regime, which share their cases, and for each stratum, how many
// of the checks cases reach it and the fraction that DetectionPower says. Numbers
// of cases are rounded down and fractions up, to two digits: they hold whatever
// the last bit of exp is where the cases are drawn.
func Power(seed uint64, checks int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## What random cases are sure to find\n\nN independent cases of a stratum miss a fault that shows on a fraction p of it with probability (1 − p)ᴺ. "+
		"With probability at least 1 − 10⁻⁶ they find every fault with\n\n    p ≥ 1 − 10^(−6/N) ≈ 13.8/N\n\n"+
		"where the fraction is that of the generator's own distribution. Of the %d random cases that a claim is judged on, so many are in each stratum, and so small is p; "+
		"the grid and the regressions come on top.\n", checks)
	tables := make([]string, len(op.Ops))
	var wg sync.WaitGroup
	for i, op := range op.Ops {
		wg.Go(func() { tables[i] = powerOf(op, seed, checks) })
	}
	wg.Wait()
	return []byte(b.String() + strings.Join(tables, ""))
}

// powerOf is the table of one op: strata × regimes.
func powerOf(op op.Op, seed uint64, checks int) string {
	type row struct {
		name  string
		cells [4]string
	}
	all := row{name: "all"}
	var rows []*row
	find := func(name string) *row {
		for _, r := range rows {
			if r.name == name {
				return r
			}
		}
		rows = append(rows, &row{name: name})
		return rows[len(rows)-1]
	}
	claims := map[string][]string{}
	var ids []string
	for k, r := range judge.Regimes {
		for _, c := range judge.About(op, r) {
			if claims[c.ID] == nil {
				ids = append(ids, c.ID)
			}
			claims[c.ID] = append(claims[c.ID], string(r))
		}
		all.cells[k] = sure(checks)
		names, n := judge.Strata(op, r, seed, checks)
		for _, name := range names {
			find(name).cells[k] = sure(n[name])
		}
	}
	for i, id := range ids {
		ids[i] = fmt.Sprintf("`%s` (%s)", id, strings.Join(claims[id], ", "))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n\n| stratum | tame | wide | extreme | nonfinite |\n|---|--:|--:|--:|--:|\n", strings.Join(ids, ", "))
	for _, r := range append([]*row{&all}, rows...) {
		fmt.Fprintf(&b, "| %s | %s |\n", escape(r.name), strings.Join(r.cells[:], " | "))
	}
	return b.String()
}

// sure is "N: p" for n cases, N down and p up to two digits.
func sure(n int) string {
	if n == 0 {
		return "0"
	}
	N := twoDigits(float64(n), math.Floor)
	percent := twoDigits(100*judge.DetectionPower(int(N)), math.Ceil)
	return fmt.Sprintf("%.0f: %.4g %%", N, percent)
}

// twoDigits rounds x > 0 to two significant digits.
func twoDigits(x float64, round func(float64) float64) float64 {
	unit := math.Pow10(int(math.Floor(math.Log10(x))) - 1)
	return round(x/unit) * unit
}
