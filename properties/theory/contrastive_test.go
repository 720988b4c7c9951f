package theory

import "testing"

// TestPairs: what the strata of pairs go by.
func TestPairs(t *testing.T) {
	c := twin{F: 2, Fbar: 3, M: 5}
	if e, d := c.excess().Mid(), c.gap().Mid(); e != 4 || d != -1 {
		t.Errorf("m + F − F̄ is %v and F − F̄ %v, want 4 and −1", e, d)
	}
	if positive(x(0)) || positive(x(0).Hull(x(1))) || positive(x(-0.5)) || !positive(x(0.5).Hull(x(1))) {
		t.Error("above 0 is what all of an interval is")
	}
}
