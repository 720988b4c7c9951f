package judge

import (
	"math"
	"testing"

	"ebmcheck/properties/op"
)

// TestNaNExponent: a margin that is NaN may not be lost; an exponent may, for 1 to any power is 1.
func TestNaNExponent(t *testing.T) {
	o, err := op.Define("powered_of_nan", "(m + pos(F[y] - F[ybar]))^g")
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	for _, c := range []struct {
		m, g  float64
		asked bool
	}{{1, nan, false}, {nan, 2, true}, {nan, nan, true}} {
		call := op.Call{Op: o, Energies: []float64{0, 1}, Margin: c.m, Params: map[string]float64{"g": c.g}}
		parts, _ := judgeNaNParameter(&Asked{question: &question{call: call}, reply: op.Reply{Value: 1}})
		if len(parts) != 1 {
			t.Fatalf("m=%v, g=%v: %d parts", c.m, c.g, len(parts))
		}
		if got := !math.IsNaN(parts[0].required); got != c.asked {
			t.Errorf("m=%v, g=%v: asked %v, want %v", c.m, c.g, got, c.asked)
		}
	}
}
