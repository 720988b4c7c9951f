package op

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestBatchJSON holds batches to what the protocol prints, there and back.
func TestBatchJSON(t *testing.T) {
	rows := []Call{{Op: NLL, Beta: 2, Energies: []float64{0.5, 1}, Answer: 1}, {Op: NLL, Beta: 1, Energies: []float64{3, 1e30}}}
	for _, test := range []struct {
		call         Call
		want, spoken string
	}{
		{Call{Op: BatchOf(NLL), Batch: &Batch{Rows: rows, Mask: [][]bool{{true, true}, {true, false}}, Weights: []float64{1, 0.5}, Reduction: Mean}},
			`{"op":"batch","of":"nll","rows":[{"beta":2.0,"energies":[0.5,1.0],"answer":1},{"beta":1.0,"energies":[3.0,1e+30],"answer":0}],"mask":[[true,true],[true,false]],"weights":[1.0,0.5],"reduction":"mean"}`,
			"mean of 1·nll(F=[0.5 1], y=1, β=2), 0.5·nll(F=[3 (1e+30)], y=0, β=1)"},
		{Call{Op: BatchOf(Hinge), Batch: &Batch{Rows: []Call{{Op: Hinge, Margin: 1, Energies: []float64{0, 2}}}, Mask: [][]bool{{false, false}}, Reduction: None}},
			`{"op":"batch","of":"hinge","rows":[{"margin":1.0,"energies":[0.0,2.0],"answer":0}],"mask":[[false,false]],"reduction":"none"}`,
			"batch of hinge(F=(0), F̄=(2), m=1)"},
	} {
		b, err := json.Marshal(test.call)
		if err != nil || string(b) != test.want {
			t.Errorf("%v: %s (%v), want %s", test.call, b, err, test.want)
		}
		var back Call
		if err := json.Unmarshal(b, &back); err != nil || !back.Equal(test.call) {
			t.Errorf("%s reads back as %v (%v)", b, back, err)
		}
		if got := test.call.String(); got != test.spoken {
			t.Errorf("%s is spoken %q, want %q", b, got, test.spoken)
		}
		other := test.call.Clone()
		other.Batch.Rows[0].Energies[0]++
		if other.Equal(test.call) || test.call.Batch.Rows[0].Energies[0] == other.Batch.Rows[0].Energies[0] {
			t.Errorf("a clone shares memory, or is equal when changed: %v", other)
		}
	}
}

// TestBatchErrors holds the reading of batches to errors that name what is wrong.
func TestBatchErrors(t *testing.T) {
	const two = `"rows":[{"beta":1.0,"energies":[1.0,2.0],"answer":0},{"beta":1.0,"energies":[1.0,2.0],"answer":1}]`
	for text, want := range map[string]string{
		`{"op":"batch","of":"nl","rows":[],"reduction":"mean"}`:                                                                                      `"of": unknown op "nl"`,
		`{"op":"batch","of":"gibbs","rows":[],"reduction":"mean"}`:                                                                                   `"gibbs", which answers no value`,
		`{"op":"batch","of":"nll.batch","rows":[],"reduction":"mean"}`:                                                                               `"nll.batch", which answers no value`,
		`{"op":"nll.batch","energies":[1.0]}`:                                                                                                        `op "nll.batch": want {"op":"batch","of":"nll",…}`,
		`{"op":"batch","of":"nll","rows":[],"reduction":"mean"}`:                                                                                     "no rows",
		`{"op":"batch","of":"nll","rows":[{}],"reduction":"mean"}`:                                                                                   "row 0: op nll: missing beta, answer",
		`{"op":"batch","of":"nll",` + two + `,"reduction":"max"}`:                                                                                    `reduction "max": want one of [none mean sum]`,
		`{"op":"batch","of":"nll",` + two + `,"weights":[1.0],"reduction":"sum"}`:                                                                    "1 weights for 2 rows",
		`{"op":"batch","of":"nll",` + two + `,"weights":[1.0,-1.0],"reduction":"sum"}`:                                                               "weight 1 is -1, want a number ≥ 0",
		`{"op":"batch","of":"nll",` + two + `,"weights":["Infinity",1.0],"reduction":"sum"}`:                                                         "weight 0 is +Inf, want a number ≥ 0",
		`{"op":"batch","of":"nll",` + two + `,"mask":[[true,true]],"reduction":"sum"}`:                                                               "a mask of 1 rows for 2",
		`{"op":"batch","of":"nll",` + two + `,"mask":[[true,true],[true]],"reduction":"sum"}`:                                                        "row 1 has 2 energies and a mask of 1",
		`{"op":"batch","of":"nll",` + two + `,"mask":[[true,true],[true,false]],"reduction":"sum"}`:                                                  "row 1: its answer, 1, is masked",
		`{"op":"batch","of":"hinge","rows":[{"margin":1.0,"energies":[1.0,2.0],"answer":0}],"mask":[[true,false]],"reduction":"sum"}`:                "row 0 is a pair",
		`{"op":"batch","of":"mee","rows":[{"beta":1.0,"energies":[1.0],"answer":0},{"beta":1.0,"energies":[1.0,2.0],"answer":0}],"reduction":"sum"}`: "row 1 has 2 energies and row 0 has 1",
	} {
		var c Call
		if err := json.Unmarshal([]byte(text), &c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestBatchReferenceNaN: a row whose β is NaN is refused, as it is alone, and not a crash.
func TestBatchReferenceNaN(t *testing.T) {
	row := Call{Op: NLL, Beta: math.NaN(), Energies: []float64{0, 1}}
	for _, c := range []Call{row, {Op: BatchOf(NLL), Batch: &Batch{Rows: []Call{row}, Reduction: Mean}}} {
		if r := Reference().Replies([]Call{c})[0]; r.Error != "β is NaN" || r.Outcome != "" {
			t.Errorf("%v: %+v, want the error that β is NaN", c, r)
		}
	}
}
