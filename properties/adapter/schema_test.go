package adapter

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"ebmcheck/properties/op"
)

var update = flag.Bool("update", false, "write protocol.schema.json again")

// TestSchemaFile holds the committed schema to the Go types.
func TestSchemaFile(t *testing.T) {
	const name = "protocol.schema.json"
	want, err := json.MarshalIndent(Schema(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test ./properties/adapter -run SchemaFile -update", name)
	}
}

// TestSchemaCalls holds the schema of a call to what a call of each op
// marshals to: nothing more, nothing less.
func TestSchemaCalls(t *testing.T) {
	rules := newRules()
	for _, o := range op.Ops {
		c := op.Call{Op: o, Energies: []float64{1, 2}, Beta: 1, Margin: 1, Gamma: 1, Cap: 1}
		b, err := json.Marshal(Run{"run", 1, []op.Call{c}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rules.check("run", b); err != nil {
			t.Errorf("%s: %v", b, err)
		}
	}
}

// TestSchema holds the schema to messages that are of the protocol, its own
// page's among them, and to some that are not.
func TestSchema(t *testing.T) {
	rules := newRules()
	for _, c := range []struct {
		is, message string
		fine        bool
	}{
		{"start", `{"cmd":"start","version":1}`, true},
		{"start", `{"cmd":"stop","version":1}`, false},
		{"started", `{"version":1,"implementation":{"name":"numpy-losses","version":"1.0","language":"python","framework":"numpy 1.24"},
			"precision":"float64","ops":["gibbs","free_energy","infer","nll","hinge","log"]}`, true},
		{"started", `{"version":1,"implementation":{"name":"x","stars":5},"precision":"float16","ops":[]}`, true},
		{"started", `{"version":2,"implementation":{"name":"x"},"precision":"float64","ops":[]}`, false},
		{"started", `{"version":1,"implementation":{"name":""},"precision":"float64","ops":[]}`, false},
		{"started", `{"version":1,"implementation":{},"precision":"float64","ops":[]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"double","ops":[]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":["hingee"]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":null}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":["nll",{"name":"a","formula":"F[y]","params":{"m":[0.0,10.0]}}]}`, true},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":[{"name":"a","formula":"F[y]"}]}`, true},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":[{"name":"a"}]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":[{"name":"a","formula":"F[y]","param":{}}]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":[{"name":"a","formula":"F[y]","params":{"m":[1.0]}}]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[
			{"op":"nll","beta":2.0,"energies":[0.5,-1.25,"Infinity"],"answer":0},
			{"op":"hinge","margin":1.0,"energies":[0.3,0.5],"answer":0}]}`, true},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"a","energies":[0.5],"answer":0,"params":{"g":2.0}}]}`, true},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"a","energies":[0.5],"answer":0,"g":2.0}]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"batch","of":"nll","rows":[{"beta":2.0,"energies":[0.5],"answer":0}],"mask":[[true]],"weights":[1.0],"reduction":"mean"}]}`, true},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"batch","of":"nll","rows":[{"beta":2.0,"energies":[0.5],"answer":0}],"reduction":"max"}]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"batch","of":"nll","rows":[],"reduction":"mean"}]}`, false},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":["nll","batch","nll.batch"]}`, true},
		{"started", `{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":["nll","batches"]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"nll","beta":2.0,"energies":[],"answer":0}]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"nll","beta":2.0,"energies":[null],"answer":0}]}`, false},
		{"run", `{"cmd":"run","seq":1,"calls":[{"op":"nll","beta":"inf","energies":[1.0],"answer":0}]}`, false},
		{"results", `{"seq":1,"results":[{"value":1.765,"grad":[0.97,-0.97,0.0]},{"value":"NaN"},{"probs":[1.0]},{"index":0},
			{"unsupported":"why"},{"error":"message"}]}`, true},
		{"results", `{"seq":"1","results":[]}`, false},
		{"results", `{"seq":1,"results":null}`, false},
		{"results", `{"seq":1,"results":[],"took":3}`, false},
		{"answer", `{"values":[1.0,"NaN"],"grads":[[1.0],[0.0]]}`, true},
		{"answer", `{"value":1.0,"grads":[[1.0],[0.0]]}`, true},
		{"answer", `{"value":1.0,"grads":[1.0]}`, false},
		{"answer", `{"value":1.0,"values":[1.0]}`, false},
		{"answer", `{}`, false},
		{"answer", `null`, false},
		{"answer", `{"value":null}`, false},
		{"answer", `{"value":"nan"}`, false},
		{"answer", `{"grad":[1.0]}`, false},
		{"answer", `{"value":1.0,"grad":null}`, false},
		{"answer", `{"value":1.0,"error":"no"}`, false},
		{"answer", `{"index":0.5}`, false},
		{"answer", `{"values":1.0}`, false},
		{"answer", `{"valued":1.0}`, false},
	} {
		if err := rules.check(c.is, []byte(c.message)); (err == nil) != c.fine {
			t.Errorf("%s %s: %v", c.is, c.message, err)
		}
	}
}

// FuzzDecode holds that no line makes the decoder panic, that what it
// takes for an answer is one, and that a plain line is read as any other.
func FuzzDecode(f *testing.F) {
	for _, line := range []string{
		`{"seq":1,"results":[{"value":1.0,"grad":[0.5,"NaN"]}]}`, `{"seq":1,"results":[{"value":NaN}]}`, ` { "seq" : 1 , "results" : [ { "grad" : [ 1 , 2 ] , "value" : 3 } ] } `,
		`{"seq":1,"results":[{"value":0.0,"grad":["a,b]",[1],{}]}]}`, `{"seq":1,"results":[null]}`, "", "[]", "Loading", "{'seq': 1}", `{"seq":1,"results":[{"value":-Infinity`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		decodeStarted(line)
		if _, err := samePlain(line, 1, 1); err != nil {
			t.Error(err)
		}
		entries, err := decodeResults(line, 1, 1)
		if err != nil {
			return
		}
		for _, o := range op.Ops {
			r, err := decodeAnswer(entries[0], question{op: o})
			if err == nil && o == op.Gibbs && r.Probs == nil && r.Error == "" && r.Unsupported == "" {
				t.Errorf("%s: no probs", line)
			}
		}
	})
}
