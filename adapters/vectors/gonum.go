// Package vectors has readers of vectors.json, which "ebmcheck vectors" writes, to be copied:
// one in Go, on gonum, and one in Python, read.py, on NumPy.
package vectors

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"

	"gonum.org/v1/gonum/floats"
)

// Gonum judges floats.LogSumExp by the vectors in the file: of how many, and which are wrong.
func Gonum(file string) (judged int, wrong []string, err error) {
	var all struct {
		Cases []struct {
			Call struct {
				Op       string
				Beta     any
				Energies []any
			}
			Fault string
			Value []any
		}
	}
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	for _, c := range all.Cases {
		if c.Call.Op != "free_energy" {
			continue
		}
		β, x := number(c.Call.Beta), []float64{} // −βF
		for _, F := range c.Call.Energies {
			x = append(x, -β*number(F))
		}
		got := -floats.LogSumExp(x) / β
		if judged++; !right(c.Value, got) {
			wrong = append(wrong, fmt.Sprintf("%v: got %v, right is %v (%s)", c.Call, got, c.Value, c.Fault))
		}
	}
	if err == nil && judged == 0 {
		err = fmt.Errorf("%s has no case of free_energy: nothing is judged", file)
	}
	return judged, wrong, err
}

// right reports whether got is what REQUIRED lets pass.
func right(want []any, got float64) bool {
	lo, hi := want[0], want[0] // that alone
	if len(want) > 2 {
		lo, hi = want[2], want[3]
	}
	if lo == nil || lo == "NaN" { // anything; anything but a finite number
		return lo == nil || math.IsNaN(got) || math.IsInf(got, 0)
	}
	return number(lo) <= got && got <= number(hi)
}

// number is a number, or one of the strings that stand for those that JSON has not; NaN, which
// bounds nothing, for any other string.
func number(x any) float64 {
	if s, ok := x.(string); ok {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return math.NaN()
		}
		return f
	}
	return x.(float64)
}
