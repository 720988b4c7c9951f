package theory

import "testing"

// TestPairs: the strata of pairs, and what they go by.
func TestPairs(t *testing.T) {
	c := twin{F: 2, Fbar: 3, M: 5}
	if e, d := c.excess().Mid(), c.gap().Mid(); e != 4 || d != -1 {
		t.Errorf("m + F − F̄ is %v and F − F̄ %v, want 4 and −1", e, d)
	}
	F, Fbar := c.free()
	if g := F.Mul(Fbar); len(g.D) != 2 || g.V.Mid() != 6 || g.D[0].Mid() != 3 || g.D[1].Mid() != 2 {
		t.Errorf("F·F̄ is %v, of gradient %v, want 6, of (F̄, F) = (3, 2)", g.V, g.D)
	}
	for _, test := range []struct {
		F, Fbar, m float64
		want       string
	}{
		{0, 1, 1, "F = 0; F̄ = m; m + F = F̄"},
		{-1, 0, 1, "F < 0; F̄ < m; m + F = F̄"},
		{1, 3, 2, "F̄ > m; m + F = F̄"},
		{1, 1, 2, "F = F̄; F̄ < m; m + F > F̄"},
		{1, 2.5, 2, "F̄ > m; m + F > F̄"},
		{1, 5, 2, "F̄ > m; m + F < F̄"},
	} {
		if got := strata(twinReach, twin{F: test.F, Fbar: test.Fbar, M: test.m}); got != test.want {
			t.Errorf("F = %v, F̄ = %v, m = %v is in %q, want %q", test.F, test.Fbar, test.m, got, test.want)
		}
	}
	if positive(x(0)) || positive(x(0).Hull(x(1))) || positive(x(-0.5)) || !positive(x(0.5).Hull(x(1))) {
		t.Error("above 0 is what all of an interval is")
	}
}
