package judge

import (
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestCorner: at a corner the gradient of a loss by its formula is right if it is a
// mixture of those on both sides, and wrong if only each component lies between
// theirs.
func TestCorner(t *testing.T) {
	define := func(name, formula string) op.Op {
		o, err := op.Define(name, formula)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	hinge, perceptron := define("corner_hinge", "pos(m + F[y] - F[ybar])"), define("corner_perceptron", "F[y] - min(j: F[j])")
	pair := op.Call{Op: hinge, Margin: 1, Energies: []float64{0.25, 1.25}}
	tied := op.Call{Op: perceptron, Energies: []float64{2, 2, 2, 7}, Answer: 3}
	for _, test := range []struct {
		call  op.Call
		grad  []float64
		right bool
	}{
		{pair, []float64{0, 0}, true},
		{pair, []float64{1, -1}, true},
		{pair, []float64{0.25, -0.25}, true},
		{pair, []float64{1, 0}, false},
		{pair, []float64{0, -1}, false},
		{pair, []float64{0.5, -0.25}, false},
		{pair, []float64{2, -2}, false},
		{tied, []float64{-1, 0, 0, 1}, true},
		{tied, []float64{-0.5, -0.25, -0.25, 1}, true},
		{tied, []float64{-1, -1, -1, 1}, false},
		{tied, []float64{0, 0, 0, 1}, false},
		{tied, []float64{-1, 0, 0, 0}, false},
	} {
		s := op.Funcs("corner", map[op.Op]func(op.Call) op.Reply{test.call.Op: func(c op.Call) op.Reply {
			v := c.Truth().Value.Near
			return op.Reply{Value: v, Grad: test.grad}
		}})
		results, err := Replay(s, test.call)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if r.Claim == string(test.call.Op)+".gradient" && r.Level == result.Required && (r.Outcome == result.Passed) != test.right {
				t.Errorf("%v: gradient %v is %s (%+v), and right: %v", test.call, test.grad, r.Outcome, r.Small, test.right)
			}
		}
	}
}
