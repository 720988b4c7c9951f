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
	// 1 − σ(0) = ½, and 1 − σ(−2) = 0.88…
	for eps, want := range map[float64][2]bool{0.5: {false, false}, 0.51: {true, false}, 0.87: {true, false}, 0.89: {true, true}} {
		if got := [2]bool{(near{twin{}, eps}).far(), (near{twin{Fbar: 2}, eps}).far()}; got != want {
			t.Errorf("ε = %v: far enough: %v, want %v", eps, got, want)
		}
	}
}
