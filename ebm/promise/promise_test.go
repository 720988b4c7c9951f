package promise

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTried: each broken case is counted, and the first three are told, by their numbers.
func TestTried(t *testing.T) {
	i := -1
	odd := func(*rand.Rand) string {
		if i++; i%2 == 1 {
			return "odd"
		}
		return ""
	}
	if failed, first := tried(10, odd); failed != 5 || !slices.Equal(first, []string{"case 1: odd", "case 3: odd", "case 5: odd"}) {
		t.Errorf("%d broken, first %q", failed, first)
	}
	i = -1
	if why := Broken(2, odd); why != "odd" {
		t.Errorf("broken in two cases: %q", why)
	}
	if i = -1; Broken(1, odd) != "" {
		t.Error("the first case is broken")
	}
	if drawn(0).Uint64() == drawn(1).Uint64() {
		t.Error("two cases are drawn alike")
	}
}
