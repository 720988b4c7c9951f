package theory

import (
	"math"
	"testing"
)

// TestMachine holds what is found about a softmax of floats to numbers that it may come to and to those that it never does, and
// the sums beside it to some that are known.
func TestMachine(t *testing.T) {
	for _, test := range []struct {
		name string
		f    finding
		want truth
	}{
		{"0 and 1 are shares", shares([]float64{0, 1}), yes},
		{"½ and −2⁻¹⁴⁹", shares([]float64{0.5, -0x1p-149}), no},
		{"½ and 1 + 2⁻²³", shares([]float64{0.5, 1 + 0x1p-23}), no},
		{"a logarithm of 1", aNumber(1), yes},
		{"of ∞", aNumber(math.Inf(1)), no},
		{"of 0", aNumber(math.Inf(-1)), no},
		{"of nothing", aNumber(math.NaN()), no},
		{"ln(2e³) with 3 taken out", equal("", x(logits{X: []float64{3, 3}}.logSum(3)), x(3+math.Ln2)), yes},
		{"Σp of 12 alike, 1 − 2⁻²³", equal("", logits{N: 12, Flat: true}.off(), x(0x1p-23)), yes},
		{"2nu/(1 − 2nu) + n2⁻¹⁴⁹ of n = 2²²", equal("", logits{N: 1 << 22}.mostOff().Sub(x(1)), x(0x1p-127)), yes},
	} {
		if test.f.truth != test.want {
			t.Errorf("%s: %v", test.name, test.f)
		}
	}
	s := statedOver[logits](t, "X23")
	for _, test := range []struct {
		x    float64
		want truth
	}{{709, yes}, {710, no}, {-1000, yes}} { // the largest float64 is e^709.78…
		if f := s.printed(logits{X: []float64{test.x}}); f.truth != test.want {
			t.Errorf("ln e^%v: %v", test.x, f)
		}
	}
}
