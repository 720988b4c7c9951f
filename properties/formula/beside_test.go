package formula

import (
	"math"
	"testing"
)

// TestOneExponential tests that what overflows on the way to a sum of one exponential counts, though the value is another
// number: x = −βF is −∞, and x − max x a NaN.
func TestOneExponential(t *testing.T) {
	for _, text := range []string{"p[y]", "(1 - p[y])^gamma * -log(p[y])", "logsumexp(j: -beta*F[j]) + beta*F[y]"} {
		p := compiled(t, text, 1)
		for beta, want := range map[float64]bool{1: false, math.MaxFloat64: true} {
			params, err := p.Bind(map[string]float64{"beta": beta, "gamma": 2}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if o := p.Bound(Input{[]float64{10}, params}, plain).Value(); o.Overflows != want {
				t.Errorf("%s at F=[10], β=%v: overflows is %v, want %v", text, beta, o.Overflows, want)
			}
		}
	}
}
