package result

import (
	"math"
	"testing"
)

// An error is never told less than it is, to three digits.
func TestUlps(t *testing.T) {
	for x, want := range map[float64]string{0.5: "0.5", 0.50001: "0.501", 9.0012e15: "9.01e+15", 0: "0", 0x1p1000: "∞", 1 + 0x1p-50: "1", 64.41: "64.5", math.Inf(1): "∞"} {
		if got := Ulps(x); got != want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
	if got := Ulps(math.NaN()); got != "∞" {
		t.Errorf("NaN is written %s", got)
	}
}
