package reports

import (
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/result"
)

// testdata/gotest.json was recorded with Go 1.26, times removed. Package x has
// a claim that passes, one that is refuted, one whose attribute is past 4096
// bytes, one that says passed in a test that fails, a test that fails without a
// result, one with an attribute of another kind, and one that ends the process.
// Package x/bad does not build.
func TestReadGoTest(t *testing.T) {
	b, err := os.ReadFile("testdata/gotest.json")
	if err != nil {
		t.Fatal(err)
	}
	run, err := ReadGoTest(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		claim   string
		outcome result.Outcome
		why     string
	}
	var got []line
	for _, r := range run.Results {
		why := r.Why
		if i := strings.Index(why, "β"); i >= 0 {
			why = strings.ReplaceAll(why, "β ≪ 1, ", "β")
		}
		got = append(got, line{r.Claim, r.Outcome, why})
	}
	want := []line{
		{"nll.value", result.Passed, ""},
		{"nll.gradient", result.Refuted, ""},
		{"nll.long", result.Passed, strings.Repeat("β", 600)},
		{"nll.liar", result.Errored, "The result says passed, but its test failed.\nx_test.go:24: and yet it fails\n--- FAIL: TestMine/nll.liar 0.00s"},
		{"x/bad", result.Errored, "The package failed, but none of its tests.\n# x/bad [x/bad.test]\nbad/bad_test.go:1:25: undefined: x"},
		{"TestMine/nll.bare", result.Errored, "The test failed and left no result.\nx_test.go:26: some output\n    x_test.go:26: no attribute\n--- FAIL: TestMine/nll.bare 0.00s"},
		{"TestLast/ends.the.process", result.Errored, "The test did not end."},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if !run.Complete || run.ExitCode() != result.ExitRefuted {
		t.Errorf("complete %v (%q), exit code %d", run.Complete, run.Gaps, run.ExitCode())
	}
}

// Cut anywhere, the stream is that of a run that is not complete; damaged
// anywhere, it is read or refused.
func TestReadGoTestDamaged(t *testing.T) {
	b, err := os.ReadFile("testdata/gotest.json")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(b)-len("}\n"); i += 29 {
		run, err := ReadGoTest(bytes.NewReader(b[:i]))
		if err != nil {
			t.Fatalf("cut at %d: %v", i, err)
		}
		if run.ExitCode() == 0 {
			t.Errorf("cut at %d, the run passes", i)
		}
		damaged := bytes.Clone(b)
		damaged[i] = '"'
		ReadGoTest(bytes.NewReader(damaged))
	}
}

func TestReadGoTestErrors(t *testing.T) {
	attr := func(value string) string {
		return `{"Action":"attr","Package":"p","Test":"T","Key":"ebmcheck","Value":"` + strings.ReplaceAll(value, `"`, `\"`) + `"}`
	}
	for _, c := range []struct{ name, in, want string }{
		{"results.jsonl", file(header), "line 1: no Action: want the events of go test -json"},
		{"no JSON", file("go: downloading x", `{"Action":}`), "line 2: not JSON"},
		{"empty attribute", file(attr("")), "line 1: attribute ebmcheck is empty"},
		{"attribute of another type", file(attr(footer)), `line 1: attribute ebmcheck: unknown type "footer": want "claim" or "header"`},
		{"attribute that is no JSON", file(attr("passed")), `line 1: attribute ebmcheck: "passed" is no JSON object`},
		{"bad claim", file(attr(with(claim, `"passed"`, `"fine"`))), `line 1: attribute ebmcheck: unknown outcome "fine"`},
		{"duplicate", file(attr(claim), attr(claim)), `line 2: attribute ebmcheck: claim "nll.value", subject "s", regime "tame", level "required" again, after line 1`},
	} {
		if _, err := ReadGoTest(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestReadGoTestOfPassingTests(t *testing.T) {
	in := file("go: downloading something",
		`{"Action":"start","Package":"p"}`,
		`{"Action":"attr","Package":"p","Test":"T","Key":"ebmcheck","Value":"`+strings.ReplaceAll(header, `"`, `\"`)+`"}`,
		`{"Action":"attr","Package":"p","Test":"T/nll","Key":"ebmcheck","Value":"`+strings.ReplaceAll(claim, `"`, `\"`)+`"}`,
		`{"Action":"pass","Package":"p","Test":"T/nll"}`, `{"Action":"pass","Package":"p","Test":"T"}`, `{"Action":"pass","Package":"p"}`)
	run, err := ReadGoTest(strings.NewReader(in))
	if err != nil || len(run.Results) != 1 || run.Header.Seed != 1 || run.ExitCode() != 0 {
		t.Errorf("%+v, error %v", run, err)
	}
	in = strings.TrimSuffix(in, file(`{"Action":"pass","Package":"p"}`))
	run, err = ReadGoTest(strings.NewReader(in))
	if err != nil || run.Complete || run.ExitCode() != result.ExitIncomplete {
		t.Errorf("a package without an end: %+v, error %v", run, err)
	}
	run, err = ReadGoTest(strings.NewReader("no events\n"))
	if err != nil || run.Complete || run.ExitCode() != result.ExitIncomplete {
		t.Errorf("no events: %+v, error %v", run, err)
	}
}

// TestHeaderOfSeveral: of tests on several subjects the header says what all have in common, and
// nothing of one about another.
func TestHeaderOfSeveral(t *testing.T) {
	mine := with(header, `"name":"s"`, `"name":"mine","version":"1.0","framework":"numpy"`)
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for i, value := range []string{mine, mine, with(header, `"name":"s"`, `"name":"yours"`)} {
		test := "T" + strconv.Itoa(i)
		for _, e := range []map[string]string{
			{"Action": "attr", "Package": "p", "Test": test, "Key": AttrKey, "Value": value},
			{"Action": "pass", "Package": "p", "Test": test},
		} {
			if err := enc.Encode(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	run, err := ReadGoTest(&in)
	if want := (result.SubjectInfo{Name: "mine, yours"}); err != nil || !cmp.Equal(run.Header.Subject, want) || run.Header.Seed != 1 {
		t.Errorf("%+v (%v), want the subject %+v and seed 1", run.Header, err, want)
	}
}

// TestAttributeTwice: test2json passes a line of middling length on both as an
// event and, in pieces, as output. It is one result.
func TestAttributeTwice(t *testing.T) {
	value := `{"type":"claim","claim":"nll.value","layer":"code","op":"nll","regime":"tame","level":"required","says":"s","outcome":"passed","cases":1,"spent":0.5}`
	line := "=== ATTR  T/a ebmcheck " + value + "\n"
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, e := range []map[string]string{
		{"Action": "run", "Package": "p", "Test": "T/a"},
		{"Action": "attr", "Package": "p", "Test": "T/a", "Key": AttrKey, "Value": value},
		{"Action": "output", "Package": "p", "Test": "T/a", "Output": line[:60]},
		{"Action": "output", "Package": "p", "Test": "T/a", "Output": line[60:]},
		{"Action": "pass", "Package": "p", "Test": "T/a"},
		{"Action": "pass", "Package": "p"},
	} {
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
	}
	run, err := ReadGoTest(&in)
	if err != nil || len(run.Results) != 1 {
		t.Fatalf("%d results, %v; want one", len(run.Results), err)
	}
}
