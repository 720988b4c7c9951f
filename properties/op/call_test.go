package op

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestCallJSON holds calls to what PROTOCOL.md prints, there and back.
func TestCallJSON(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, test := range []struct {
		call Call
		want string
	}{
		{Call{Op: NLL, Beta: 2, Energies: []float64{0.5, -1.25, inf}}, `{"op":"nll","beta":2.0,"energies":[0.5,-1.25,"Infinity"],"answer":0}`},
		{Call{Op: Hinge, Margin: 1, Energies: []float64{0.3, 0.5}}, `{"op":"hinge","margin":1.0,"energies":[0.3,0.5],"answer":0}`},
		{Call{Op: Infer, Energies: []float64{math.Copysign(0, -1), 1e21, -inf, nan}}, `{"op":"infer","energies":[-0.0,1e+21,"-Infinity","NaN"]}`},
		{Call{Op: Gibbs, Beta: inf, Energies: []float64{1}}, `{"op":"gibbs","beta":"Infinity","energies":[1.0]}`},
		{Call{Op: LVQ2, Cap: 0.1, Energies: []float64{5e-324, math.MaxFloat64}}, `{"op":"lvq2","cap":0.1,"energies":[5e-324,1.7976931348623157e+308],"answer":0}`},
		{Call{Op: SquareExp, Gamma: 3, Energies: []float64{1, 2}}, `{"op":"square_exp","gamma":3.0,"energies":[1.0,2.0],"answer":0}`},
	} {
		b, err := json.Marshal(test.call)
		if err != nil || string(b) != test.want {
			t.Errorf("%v: %s (%v), want %s", test.call, b, err, test.want)
		}
		var back Call
		if err := json.Unmarshal(b, &back); err != nil || !back.Equal(test.call) {
			t.Errorf("%s reads back as %v (%v)", b, back, err)
		}
	}
}

// TestCallErrors holds the reading of calls to errors that name what is wrong
// and what would be right.
func TestCallErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"op":"nl","energies":[1.0]}`:                                    `unknown op "nl": the nearest is "nll"`,
		`{"op":"nll","energies":[1.0],"answer":0}`:                        "missing beta",
		`{"op":"nll","beta":1.0,"energies":[1.0]}`:                        "missing answer",
		`{"op":"hinge","energies":[1.0,2.0]}`:                             "missing margin, answer",
		`{"op":"nll","beta":1.0,"energies":[],"answer":0}`:                "no energies",
		`{"op":"nll","beta":1.0,"energies":[1.0],"answer":1}`:             "answer 1 of 1 energies",
		`{"op":"nll","beta":1.0,"energies":[1.0],"answer":-1}`:            "answer -1 of 1 energies",
		`{"op":"hinge","margin":1.0,"energies":[1.0,2.0,3.0],"answer":0}`: "3 energies, want the pair",
		`{"op":"hinge","margin":1.0,"energies":[1.0,2.0],"answer":1}`:     "answer 1, want 0",
		`{"op":"gibbs","beta":-1.0,"energies":[1.0]}`:                     "beta -1, want ≥ 0",
		`{"op":"gibbs","beta":1.0,"energies":["nan"]}`:                    `"nan" is no number: want a float64 in decimal, or "NaN"`,
		`{"op":"gibbs","beta":1.0,"energies":[null]}`:                     "null is no number",
		`{"op":"gibbs","beta":1.0,"energies":[1e999]}`:                    "1e999 is no number",
		`{"op":"gibbs","beta":1.0,"energies":1.0}`:                        "energies",
	} {
		var c Call
		if err := json.Unmarshal([]byte(text), &c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestCallValidate holds what Go code asks to the same, and the rows of a batch to their op.
func TestCallValidate(t *testing.T) {
	two, err := Define("call_two", "F[y] - min(j != y: F[j])")
	if err != nil {
		t.Fatal(err)
	}
	right := Call{Op: NLL, Beta: 1, Energies: []float64{1, 2}}
	for _, test := range []struct {
		call Call
		says string
	}{
		{right, ""},
		{Call{Op: BatchOf(NLL), Batch: &Batch{Rows: []Call{right}, Reduction: Sum}}, ""},
		{Call{Op: two, Energies: []float64{1, 2}}, ""},
		{Call{Op: "nl"}, `unknown op "nl"`},
		{Call{Op: NLL, Beta: 1}, "no energies"},
		{Call{Op: Hinge, Energies: []float64{1}}, "1 energies, want the pair"},
		{Call{Op: two, Energies: []float64{1}}, "1 energies, want 2 or more"},
		{Call{Op: NLL, Beta: 1, Energies: []float64{1}, Answer: 1}, "answer 1 of 1 energies"},
		{Call{Op: NLL, Beta: -1, Energies: []float64{1}}, "beta -1, want ≥ 0"},
		{Call{Op: BatchOf(NLL)}, "no Batch"},
		{Call{Op: BatchOf(NLL), Batch: &Batch{Reduction: Sum}}, "no rows"},
		{Call{Op: BatchOf(Hinge), Batch: &Batch{Rows: []Call{right}, Reduction: Sum}}, `row 0 is of op "nll", want "hinge"`},
		{Call{Op: BatchOf(NLL), Batch: &Batch{Rows: []Call{{Op: NLL, Beta: 1}}, Reduction: Sum}}, "row 0: op nll: no energies"},
	} {
		switch err := test.call.Validate(); {
		case test.says == "" && err != nil:
			t.Errorf("%v: %v", test.call.Op, err)
		case test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)):
			t.Errorf("%v: %v, want %q", test.call.Op, err, test.says)
		}
	}
	if err := json.Unmarshal([]byte(`{"op":"call_two","energies":[1.0],"answer":0}`), new(Call)); err == nil {
		t.Error("a call with one energy to an op about an incorrect answer is read")
	}
}

// Many energies are counted, and few of them written.
func TestCallString(t *testing.T) {
	ramp := make([]float64, 40)
	for i := range ramp {
		ramp[i] = float64(i)
	}
	high := make([]float64, 1025)
	high[512] = 30
	for _, c := range []struct {
		call Call
		want string
	}{
		{Call{Op: NLL, Energies: []float64{0.5, 1}, Beta: 2}, "nll(F=[0.5 1], y=0, β=2)"},
		{Call{Op: Log, Energies: []float64{0, 1}}, "log(F=0, F̄=1)"},
		{Call{Op: Infer, Energies: ramp[:12]}, "infer(F=[0 1 2 3 4 5 6 7 8 9 10 11])"},
		{Call{Op: NLL, Energies: ramp, Answer: 39, Beta: 1}, "nll(F=[0 1 2 3 4 … 38 39], n=40, y=39, β=1)"},
		{Call{Op: Gibbs, Energies: high, Beta: 1}, "gibbs(F=[0 (×512) 30 0 (×512)], n=1025, β=1)"},
	} {
		if got := c.call.String(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
