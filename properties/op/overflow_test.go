package op

import (
	"math"
	"testing"
)

// TestFuses: where β rounds, what fusing leaves of the largest product overflows in exp,
// of the catalogue's losses and of a formula.
func TestFuses(t *testing.T) {
	own, err := Define("fused_for_test", "beta*F[y] + logsumexp(j: -beta*F[j])")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Op{Gibbs, NLL, MEE, own} {
		for _, test := range []struct {
			low, beta float64
			want      bool
		}{
			{-math.MaxFloat64, 1.0 / 3, true},
			{-math.MaxFloat64, 0.5, o == own}, // what a formula does to the largest number is bounded in twice the roundings
			{-1e6, 1e3 / 3.0, false},
			{-9e18, 1.0 / 3, false}, // off by 333: e^±333 is a number
			{-1e20, 1.0 / 3, true},
		} {
			c := Call{Op: o, Energies: []float64{test.low, test.low}, Beta: test.beta}
			if got := Allowed(c, Arithmetic{}).Overflows; got != test.want {
				t.Errorf("%v may overflow: %v, want %v", c, got, test.want)
			}
		}
	}
}
