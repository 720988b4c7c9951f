package theory

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// strata are the names of those that a case is in.
func strata[C any](of map[string]func(C) bool, c C) string {
	var in []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if of[name](c) {
			in = append(in, name)
		}
	}
	return strings.Join(in, "; ")
}

// TestTables: the strata of tables, and what they go by.
func TestTables(t *testing.T) {
	for _, test := range []struct {
		F             []float64
		least, second int
	}{
		{[]float64{3}, 1, 0},
		{[]float64{0, 0, 0}, 3, 0},
		{[]float64{2, 1, 3, 2, 4}, 1, 2},
		{[]float64{5, -1, 5, 7, 5, -1}, 2, 3},
	} {
		c := table{F: test.F}
		if least, second := c.levels(); least != test.least || second != test.second {
			t.Errorf("%v: %d at the least energy and %d at the second, want %d and %d", test.F, least, second, test.least, test.second)
		}
		if c.tie() != (test.least > 1) {
			t.Errorf("%v: a tie at the minimum: %v", test.F, c.tie())
		}
	}
	for f, want := range map[float64]bool{
		3: false, 0.1: false, 0.987654: false, 1 + 0x1p-20: false, // by twos or by tens they are short
		0.1234567: true, 1 + 0x1p-21: true, 1 + 0x1p-52: true, 1.0 / 3: true,
	} {
		if full(f) != want {
			t.Errorf("%v has a full mantissa: %v", f, !want)
		}
	}
	if got := (table{S: []float64{1, -3, 2}}).steepest(); got.Mid() != 3 {
		t.Errorf("the steepest of 1, −3 and 2 is %v", got)
	}
	for _, test := range []struct {
		c    table
		want string
	}{
		{table{F: []float64{0}, Beta: 1}, "n = 1"},
		{table{F: []float64{0, 1}, Beta: 0.5}, "β < 1"},
		{table{F: []float64{0, 1}, Beta: 2}, "β > 1"},
		{table{F: []float64{0, 1}, Beta: 1.0 / 3}, "β < 1; β of a full mantissa"},
		{table{F: []float64{0, 0, 1}, Beta: 1}, "tie at the minimum"},
		{table{F: []float64{0, 0, 1, 1}, Beta: 1}, "2 ≤ k < n tied, n ≥ 4; tie at the minimum"},
		{table{F: []float64{0, 0, 0, 0}, Beta: 1}, "tie at the minimum"},
		{table{F: []float64{0, 1, 1, 1}, Beta: 1}, "three at the second level"},
		{table{F: []float64{0, 1, 2, 3, 4, 5}, Y: 1, Beta: 1}, "y not the minimum"},
		{table{F: []float64{0, 1, 2, 3, 4, 5, 6}, Beta: 1}, "n ≥ 7"},
	} {
		if got := strata(tableReach, test.c); got != test.want {
			t.Errorf("%v is in %q, want %q", test.c, got, test.want)
		}
	}
}
