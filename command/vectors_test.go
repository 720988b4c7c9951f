package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	reader "ebmcheck/adapters/vectors"
	"ebmcheck/properties/faults"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// TestVectors holds a part of the vectors, with -long all: there are so many of every op, no
// larger than promised, they keep to their schema, what is right is none that they refute, and
// the mistakes that they name are. The reader in Go finds nothing wrong with gonum's
// LogSumExp, and what is wrong where calls are changed.
func TestVectors(t *testing.T) {
	size, cases, refuted := 5_000, 250, 250
	if *long {
		size, cases, refuted = vectorsAnOp, 20_000, 400
	}
	v := newVectors(size)
	b, err := v.json()
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Cases) < cases || len(b) > 5_000_000 || v.Refuted < refuted {
		t.Errorf("%d cases, %d bytes, %d of %d mistakes refuted: want %d cases, %d mistakes", len(v.Cases), len(b), v.Refuted, v.Planted, cases, refuted)
	}
	t.Logf("%d cases, %d bytes, %d of %d mistakes refuted", len(v.Cases), len(b), v.Refuted, v.Planted)

	page, err := os.ReadFile("../adapters/README.md")
	if err != nil {
		t.Fatal(err)
	}
	figures := []string{fmt.Sprintf("of %d planted mistakes in these ops they refute ", v.Planted)}
	if *long {
		figures = append(figures, fmt.Sprintf("answers: %s of them in %.1f MB of JSON", strings.ReplaceAll(thousands(len(v.Cases)), ",", " "), float64(len(b))/1e6),
			fmt.Sprintf("they refute %d. The gate refutes all", v.Refuted))
	}
	for _, f := range figures {
		if !strings.Contains(string(page), f) {
			t.Errorf("adapters/README.md does not say %q", f)
		}
	}

	schema, err := vectorsSchema()
	if err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	keeps := func(b []byte) error {
		var any any
		if err := json.Unmarshal(b, &any); err != nil {
			return err
		}
		return resolved.Validate(any)
	}
	if err := keeps(b); err != nil {
		t.Errorf("not by the schema: %v", err)
	}
	for _, c := range []struct{ old, new string }{{`"op":"gibbs"`, `"op":"gibs"`}, {`"0x1p+00"`, `1`}, {`"energies"`, `"energy"`}, {`"probs"`, `"probabilities"`},
		{`"suite":"ebmcheck"`, `"suite":"other"`}, {`"precision":"float64"`, `"precision":"float32"`}, {`"answer":0`, `"answer":-1`}, {`"answer":0`, `"answer":0.5`},
		{`"beta":1.0,`, ``}, {`"margin":1.0,`, ``}, {`,"answer":0`, ``}, {`"0x1p+00"`, `"1p+00"`}, {`"0x1p+00"`, `"0x1,p+00"`}, {`"NaN"`, `"nan"`}, {`"Infinity"`, `"+Infinity"`},
		{`"op":"hinge"`, `"op":"gibbs"`}, {`"op":"log"`, `"op":"nll"`}, {`"index":[0]`, `"index":[0.5]`}, {`"index":[0]`, `"value":[0,"0x0p+00"],"index":[0]`}, {`"grad":[`, `"grad":[[],`},
		{`,null,null]`, `,null,0]`}, {`,null,null]`, `,null]`}, {`,"0x1p+00"]`, `]`}, {`,"0x1p+00"]`, `,"0x1p+00",1,1,1]`}, {`"value":[`, `"valeu":[`}, {`"energies":[`, `"energies":[null,`}} {
		one := having(b, c.old)
		if err := keeps(one); err != nil {
			t.Errorf("with %s: %v", c.old, err)
		}
		if keeps(bytes.Replace(one, []byte(c.old), []byte(c.new), 1)) == nil {
			t.Errorf("%s for %s is by the schema", c.new, c.old)
		}
	}
	for _, empty := range []string{`[]`, `null`} {
		head, _, _ := bytes.Cut(b, []byte(`"cases":`))
		if keeps([]byte(string(head)+`"cases":`+empty+`}`)) == nil {
			t.Errorf("cases %s are by the schema", empty)
		}
	}

	ks, calls := map[op.Op][]*candidate{}, map[string]bool{}
	of := map[op.Op]int{}
	for _, c := range v.Cases {
		of[c.Call.Op]++
		k := newCandidate(c.Call)
		if line, err := plainJSON(c.Call); err != nil || calls[string(line)] || !k.asks() {
			t.Errorf("%s is there twice, or nothing is asked of it (%v)", line, err)
		} else {
			calls[string(line)] = true
		}
		ks[c.Call.Op] = append(ks[c.Call.Op], k)
	}
	for _, o := range op.Ops {
		if of[o] < cases/len(op.Ops)/2 {
			t.Errorf("%d cases of %s", of[o], o)
		}
	}
	right := []op.Subject{op.Reference()}
	for _, r := range faults.Right {
		right = append(right, r.Subject())
	}
	for _, s := range right {
		if s.Precision != op.Float64 || s.Declares != (op.Declared{}) {
			continue
		}
		for o, ks := range ks {
			if !s.Offers(o) {
				continue
			}
			for _, k := range ks {
				if y := s.Replies([]op.Call{k.Call.Clone()})[0]; k.refutes(y) {
					t.Errorf("%s is right, and refuted by %v: %v, want %v", s.Name, k.Call, y, k.asked)
				}
			}
		}
	}

	file := filepath.Join(t.TempDir(), "vectors.json")
	read := func(b []byte) (judged int, wrong []string) {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		judged, wrong, err := reader.Gonum(file)
		if err != nil {
			t.Fatal(err)
		}
		return judged, wrong
	}
	if judged, wrong := read(b); judged != of[op.FreeEnergy] || len(wrong) > 0 {
		t.Errorf("gonum: %d judged, wrong: %s", judged, strings.Join(wrong, "\n"))
	}
	if _, wrong := read(bytes.ReplaceAll(b, []byte(`"energies":[`), []byte(`"energies":[-3.5,`))); len(wrong) == 0 {
		t.Error("one energy more in every vector, and nothing is wrong")
	}
}

// having are the vectors with one case, the first in which, or before which, this text is.
func having(vectors []byte, text string) []byte {
	head, cases, _ := bytes.Cut(vectors, []byte("\n"))
	for line := range bytes.Lines(cases) {
		one := slices.Concat(head, bytes.TrimRight(line, ",\n"), []byte("]}"))
		if bytes.Contains(one, []byte(text)) {
			return one
		}
	}
	return nil
}

// TestRefutes holds what a vector refutes: of an answer that is there each number that is
// asked for, of one that is not nothing.
func TestRefutes(t *testing.T) {
	inf := math.Inf(1)
	hinge := op.Call{Op: op.Hinge, Energies: []float64{2, 1}, Margin: 1}
	gibbs := op.Call{Op: op.Gibbs, Energies: []float64{0, 0}, Beta: 1}
	infer := op.Call{Op: op.Infer, Energies: []float64{1, 0, 0}}
	for _, c := range []struct {
		call op.Call
		op.Reply
		want bool
	}{
		{hinge, op.Reply{Value: 2, Grad: []float64{1, -1}}, false},
		{hinge, op.Reply{Value: 2}, false},
		{hinge, op.Reply{Value: 3, Grad: []float64{1, -1}}, true},
		{hinge, op.Reply{Value: inf}, true},
		{hinge, op.Reply{Value: 2, Grad: []float64{1, 1}}, true},
		{hinge, op.Reply{Value: 2, Grad: []float64{1}}, true},
		{hinge, op.Reply{Value: 2, Grad: []float64{1, -1, 0}}, true},
		{hinge, op.Reply{Value: math.NaN(), Unsupported: "why"}, false},
		{hinge, op.Reply{Value: math.NaN(), Error: "no"}, false},
		{gibbs, op.Reply{Probs: []float64{0.5, 0.5}}, false},
		{gibbs, op.Reply{Probs: []float64{0.5, 0.25}}, true},
		{gibbs, op.Reply{}, true},
		{infer, op.Reply{Index: 1}, false},
		{infer, op.Reply{Index: 2}, false},
		{infer, op.Reply{Index: 0}, true},
		{op.Call{Op: op.Infer, Energies: []float64{inf}}, op.Reply{Index: 7}, false},
	} {
		if got := newCandidate(c.call).refutes(c.Reply); got != c.want {
			t.Errorf("%v refutes %+v: %v, want %v", c.call, c.Reply, got, c.want)
		}
	}
}

// TestNumber holds how a number of a vector is written.
func TestNumber(t *testing.T) {
	for want, v := range map[string]judge.Interval{
		`[1.5,"0x1.8p+00"]`:                {Right: 1.5, Lo: 1.5, Hi: 1.5},
		`[1.5,"0x1.8p+00",1.0,"Infinity"]`: {Right: 1.5, Lo: 1, Hi: math.Inf(1)},
		`[1.5,"0x1.8p+00",null,null]`:      {Right: 1.5, Lo: 1.5, Hi: 1.5, Free: true},
		`["NaN","NaN","NaN","NaN"]`:        {Right: math.NaN(), None: true},
		`["-Infinity","-Inf",-1.0,-0.0]`:   {Right: math.Inf(-1), Lo: -1, Hi: math.Copysign(0, -1)},
	} {
		if b, err := json.Marshal(number{v}); err != nil || string(b) != want {
			t.Errorf("%+v is written %s (%v), want %s", v, b, err, want)
		}
	}
}
