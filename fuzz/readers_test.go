package fuzz

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/reports"
)

// FuzzCall holds the reader of calls: no bytes panic, and what is read is
// written and read again the same.
func FuzzCall(f *testing.F) {
	for _, c := range properties.Regressions() {
		b, err := json.Marshal(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"op":"nll","beta":"NaN","energies":[null],"answer":1e9}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var c properties.Call
		if json.Unmarshal(b, &c) != nil {
			return
		}
		first, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%s is read, but cannot be written: %v", b, err)
		}
		var d properties.Call
		if err := json.Unmarshal(first, &d); err != nil {
			t.Fatalf("%s is written, but cannot be read: %v", first, err)
		}
		second, err := json.Marshal(d)
		if err != nil || !bytes.Equal(first, second) {
			t.Fatalf("%s, then %s (%v)", first, second, err)
		}
	})
}

// FuzzResults holds the reader of results.jsonl and all that is derived from
// it: no bytes panic, and what is read can be shown.
func FuzzResults(f *testing.F) {
	b, err := os.ReadFile("testdata/results.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	for _, line := range bytes.SplitAfter(b, []byte("\n")) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if run, err := reports.Read(bytes.NewReader(b)); err == nil {
			show(t, run)
		}
	})
}

// FuzzGoTest holds the reader of the events of go test -json likewise.
func FuzzGoTest(f *testing.F) {
	f.Add([]byte(`{"Action":"attr","Package":"p","Test":"T/a","Key":"ebmcheck","Value":"{\"type\":\"claim\",\"claim\":\"nll.value\",\"layer\":\"code\",\"outcome\":\"passed\",\"says\":\"s\",\"cases\":1,\"spent\":0.5}"}` + "\n" +
		`{"Action":"fail","Package":"p","Test":"T/b","Elapsed":0.1}` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if run, err := reports.ReadGoTest(bytes.NewReader(b)); err == nil {
			show(t, run)
		}
	})
}

func show(t *testing.T, run *reports.Run) {
	var b bytes.Buffer
	for _, err := range []error{reports.Terminal(&b, run, 80, false), reports.Markdown(&b, run), reports.HTML(&b, run), reports.Ledger(&b, run.Results)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if c := run.ExitCode(); c != 0 && c != 1 && c != 4 {
		t.Fatalf("exit code %d", c)
	}
}

// FuzzSelect holds the patterns of --claims: no bytes panic, a pattern selects
// something or is an error, and what is selected is in the ledger's order.
func FuzzSelect(f *testing.F) {
	for _, p := range []string{"", "*", "C37", "nll.*,gibbs.pure", "*.*", "**", ",", "C5*", "nll.gradent"} {
		f.Add([]byte(p))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		claims, err := properties.Select(string(b))
		if (err == nil) != (len(claims) > 0) {
			t.Fatalf("%q selects %d claims, error %v", b, len(claims), err)
		}
		if _, err := properties.Find(string(b)); err == nil && len(b) == 0 {
			t.Fatal("the empty id is found")
		}
	})
}
