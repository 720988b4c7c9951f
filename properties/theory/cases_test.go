package theory

import "testing"

// TestTables: what the strata of tables go by.
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
}
