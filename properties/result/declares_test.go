package result

import (
	"encoding/json"
	"math"
	"testing"
)

// TestDeclares holds what a subject says of its arithmetic to what PROTOCOL.md has, and
// refuses what is no error.
func TestDeclares(t *testing.T) {
	var d Declares
	if err := json.Unmarshal([]byte(`{"exp_ulps":64.0,"log1p_ulps":3.0,"flushes":true,"accumulate":"float32","limits":true}`), &d); err != nil {
		t.Fatal(err)
	}
	if got, want := d.String(), "exp within 64 ulps, log1p within 3 ulps, flushes subnormal numbers, adds up in float32, answers β = 0 and β = ∞"; got != want || d.Check() != nil {
		t.Errorf("%q (%v), want %q", got, d.Check(), want)
	}
	for _, x := range []float64{-1, math.NaN(), math.Inf(1)} {
		if (Declares{Log: Real(x)}).Check() == nil {
			t.Errorf("a log within %v ulps is accepted", x)
		}
	}
}
