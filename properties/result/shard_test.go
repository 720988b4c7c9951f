package result

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestShard holds that the shards of any number are disjoint and make the whole, that no
// shard of a few has much more than its part of many units, and that a unit stays where it
// was: the owners that are written here.
func TestShard(t *testing.T) {
	var units []string
	for i := range 1000 {
		units = append(units, fmt.Sprintf("op%d/tame", i))
	}
	for _, n := range []int{1, 2, 3, 4, 7, 100} {
		owned := 0
		for i := range n {
			s, own := Shard{i, n}, 0
			for _, u := range units {
				if s.Owns(u) != (s.Owner(u) == s) {
					t.Fatalf("%v owns %s: %v, but its owner is %v", s, u, s.Owns(u), s.Owner(u))
				}
				if s.Owns(u) {
					own++
				}
			}
			if n < 10 && !(own*n < 1250 && own*n > 750) { // seven standard deviations of fair coins for n = 2, three for 7
				t.Errorf("%v owns %d of 1000 units", s, own)
			}
			owned += own
		}
		if owned != len(units) {
			t.Errorf("%d shards own %d units together, of %d", n, owned, len(units))
		}
	}
	for unit, want := range map[string]Shard{"hinge/tame": {1, 7}, "nll/extreme": {2, 7}, "chain.line-1": {5, 7}} {
		if got := want.Owner(unit); got != want {
			t.Errorf("the owner of %s is %v, want %v for ever", unit, got, want)
		}
	}
	if !(Shard{}).Owns("anything") {
		t.Error("the whole does not own all")
	}
	for _, s := range []string{"", "1", "4/4", "-1/4", "0/0", "1/4/2", "1/x", "/"} {
		if got, err := ParseShard(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
	var h Header
	if err := json.Unmarshal([]byte(`{"shard":"3/4"}`), &h); err != nil || h.Shard != (Shard{3, 4}) {
		t.Errorf("%v, %v", h.Shard, err)
	}
	if b, err := json.Marshal(Header{}); err != nil || json.Unmarshal(b, &h) != nil {
		t.Errorf("a header of a whole run: %s, %v", b, err)
	}
}
