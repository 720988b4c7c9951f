package properties

import (
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// TestLiteral: what is to be pasted is the Go that made the call.
func TestLiteral(t *testing.T) {
	source, err := os.ReadFile("failure_test.go")
	if err != nil {
		t.Fatal(err)
	}
	pasted := regexp.MustCompile(`(?m)^\t\t(Call\{.*\}),$`).FindAllStringSubmatch(string(source), -1)
	calls := []op.Call{
		Call{Op: "nll", Energies: []float64{0.5, math.Inf(1), math.NaN(), math.Copysign(0, -1)}, Answer: 2, Beta: 0.1},
		Call{Op: "hinge", Energies: []float64{0, 1e-300}, Margin: -1},
		Call{Op: "energy.batch", Batch: &Batch{Rows: []Call{{Op: "energy", Energies: []float64{0, 1}, Answer: 1}}, Reduction: "sum"}},
		Call{Op: "nll.batch", Batch: &Batch{Rows: []Call{{Op: "nll", Energies: []float64{0, 1}, Answer: 1, Beta: 2}, {Op: "nll", Energies: []float64{3, 4}, Answer: 0, Beta: 2}}, Mask: [][]bool{[]bool{true, true}, []bool{true, false}}, Weights: []float64{1, 0}, Reduction: "mean"}},
	}
	if len(pasted) != len(calls) {
		t.Fatalf("%d lines for %d calls", len(pasted), len(calls))
	}
	for i, c := range calls {
		if got := strings.ReplaceAll(literal(c), "properties.", ""); got != pasted[i][1] {
			t.Errorf("%v:\n%s, want\n%s", c, got, pasted[i][1])
		}
	}
}
