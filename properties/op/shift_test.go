package op

import "testing"

// TestShiftOverflows tests that of a loss of all energies nothing is asked where their
// differences overflow, which good code takes first, unless it is of a pair.
func TestShiftOverflows(t *testing.T) {
	m := Arithmetic{Precision: Float64}.model()
	for _, c := range []struct {
		name, formula string
		F             []float64
		want          bool
	}{
		{"shift_focal", "(1 - p[y])^gamma * -log(p[y])", []float64{1e308, -1e308}, true},
		{"shift_focal", "(1 - p[y])^gamma * -log(p[y])", []float64{1e308, 9e307}, false},
		{"shift_pair", "beta*F[y]", []float64{1e308, -1e308}, false},
	} {
		o, err := Define(c.name, c.formula)
		if err != nil {
			t.Fatal(err)
		}
		call := Call{Op: o, Energies: c.F, Beta: 3e-308, Gamma: 2}
		if got := o.Row().Bound(call, m).Overflows; got != c.want {
			t.Errorf("%s on %v: overflows is %v, want %v", c.formula, c.F, got, c.want)
		}
	}
}
