//go:build unix

package adapter

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// offering is the greeting with this list of ops.
func offering(ops string) string {
	return strings.Replace(hello, `["nll","hinge","gibbs","infer"]`, ops, 1)
}

func init() {
	children["own losses"] = func() {
		greeting = offering(`["hinge","batch",{"name":"scaled_hinge","formula":"g*pos(m + F[y] - F[ybar])","params":{"g":[1.0,2.0]}},{"name":"above_mean","formula":"F[y] - mean(j: F[j])"}]`)
		serve(func(seq int, calls []op.Call) {
			var entries []string
			for _, c := range calls {
				F := c.Energies
				switch c.Op {
				case "scaled_hinge": // each energy of the pair and each parameter shows in the value
					entries = append(entries, fmt.Sprintf(`{"value":%v}`, c.Params["g"]*(c.Margin+F[0]-F[1])))
				case "above_mean":
					entries = append(entries, fmt.Sprintf(`{"value":%v}`, F[c.Answer]-(F[0]+F[1]+F[2])/3))
				default:
					entries = append(entries, answers([]op.Call{c})[0])
				}
			}
			say(results(seq, entries))
		})
	}
	for child, ops := range map[string]string{
		"a typo":            `["hinge",{"name":"typo","formula":"pos(m + F[y] - F[ybr])^2"}]`,
		"another's name":    `[{"name":"hinge","formula":"pos(m + F[y] - F[ybar])^2"}]`,
		"twice":             `[{"name":"twice","formula":"F[y] - F[ybar]"},{"name":"twice","formula":"F[ybar] - F[y]"}]`,
		"a range backwards": `[{"name":"backwards","formula":"m*F[y]","params":{"m":[1.0,0.0]}}]`,
		"a range of one":    `[{"name":"one","formula":"m*F[y]","params":{"m":[1.0]}}]`,
		"a field misspelt":  `[{"name":"misspelt","formula":"m*F[y]","param":{"m":[0.0,1.0]}}]`,
		"no formula":        `[{"name":"bare"}]`,
		"a number":          `[5]`,
		"a name undefined":  `["hinge","hinges"]`,
		"another's batch":   `["hinge","squares.batch"]`,
		"batches of none":   `["gibbs","batch"]`,
	} {
		children[child] = func() { greet(offering(ops)) }
	}
}

// TestOwnLosses holds that a child is sent its own losses as their formulas have them, and
// that what it answers is read.
func TestOwnLosses(t *testing.T) {
	limits := ample
	limits.Validate = true
	s := open(t, "own losses", limits).Subject()
	if want := "[hinge hinge.batch scaled_hinge.batch above_mean.batch scaled_hinge above_mean]"; fmt.Sprint(s.Ops) != want {
		t.Errorf("offers %v, want %s", s.Ops, want)
	}
	calls := []op.Call{
		{Op: "scaled_hinge", Energies: []float64{3, 1}, Margin: 0.5, Params: map[string]float64{"g": 1.5}},
		{Op: "above_mean", Energies: []float64{1, 2, 6}, Answer: 2},
		{Op: op.Hinge, Energies: []float64{3, 1}, Margin: 1},
	}
	for i, r := range s.Answer(calls) {
		if want := []float64{3.75, 3, 3}[i]; r.Value != want || r.Error != "" {
			t.Errorf("%v: got %+v, want %v", calls[i], r, want)
		}
	}
	if d := s.Info().Defined; len(d) != 2 || d[0].Name != "scaled_hinge" {
		t.Errorf("its header has %+v", d)
	}
}

// TestOwnLossErrors holds Open to errors about losses that say what is wrong, and to
// telling those about what a loss is from those about the protocol.
func TestOwnLossErrors(t *testing.T) {
	for _, c := range []struct {
		child, text string
		ofLoss      bool
	}{
		{"a typo", "ybr is not bound here: the index is y, ybar or a variable of sum(ybr: …)\n  pos(m + F[y] - F[ybr])^2\n                 ^", true},
		{"another's name", "op hinge is one of the catalogue", true},
		{"twice", "op twice is defined already, as F[y] - F[ybar]", true},
		{"a range backwards", "the range of m is [1, 0]", true},
		{"a range of one", "the range of m has 1 numbers", true},
		{"a field misspelt", `unknown field "param": want the name of an operation, or {"name":"mine"`, false},
		{"no formula", `no name or no formula, "{\"name\":\"bare\"}": want`, false},
		{"a number", `an entry of "ops" is "5": want the name`, false},
		{"a name undefined", `unknown op "hinges": the nearest is "hinge"`, false},
		{"another's batch", `unknown op "squares.batch"`, false},
		{"batches of none", `"batch" without a loss: want those of which there are batches`, false},
	} {
		t.Run(c.child, func(t *testing.T) {
			t.Parallel()
			_, err := Open(t.Context(), command(c.child, mark(t)), ample)
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("got %v, want %s", err, c.text)
			}
			if loss := new(LossError); errors.As(err, &loss) != c.ofLoss {
				t.Errorf("%v: about a loss: %v, want %v", err, !c.ofLoss, c.ofLoss)
			}
			if left := processes(t, mark(t)); len(left) > 0 {
				t.Errorf("processes are left: %v", left)
			}
		})
	}
}
