package reports

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/result"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// sample is the run of testdata/sample.jsonl: every outcome and every verdict,
// the statements out of order, an unfinished end.
func sample(t testing.TB) *Run {
	t.Helper()
	return stored(t, "sample.jsonl")
}

// second is a later run of the same subject: better, worse, and more of it.
func second(t *testing.T) *Run {
	t.Helper()
	return stored(t, "second.jsonl")
}

func stored(t testing.TB, name string) *Run {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// writers is every way in which a run is written.
var writers = []struct {
	golden string
	write  func(io.Writer, *Run) error
}{
	{"terminal.txt", func(w io.Writer, r *Run) error { return Terminal(w, r, 80, false) }},
	{"terminal-colour.txt", func(w io.Writer, r *Run) error { return Terminal(w, r, 80, true) }},
	{"summary.md", Markdown},
	{"page.html", HTML},
	{"ledger.md", func(w io.Writer, r *Run) error { return Ledger(w, r.Results) }},
	{"junit.xml", JUnit},
	{"badge.json", Badge},
	{"annotations.txt", Annotations},
	{"wild.md", func(w io.Writer, r *Run) error { return Wild(w, r, nil, nil) }},
}

func TestGolden(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	run := sample(t)
	for _, w := range writers {
		t.Run(w.golden, func(t *testing.T) {
			golden(t, w.golden, text(t, run, w.write))
		})
	}
}

// The two runs side by side, and what changed from the one to the other.
func TestGoldenOfTwo(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	joint, change := Join(sample(t), second(t)), Compare(sample(t), second(t))
	missing := []Absence{{"torch", "ERROR: no matching distribution | *none*"}, {"tfjs", ""}}
	for _, w := range []struct {
		golden string
		write  func(io.Writer) error
	}{
		{"joined.txt", func(w io.Writer) error { return Terminal(w, joint, 80, false) }},
		{"joined.md", func(w io.Writer) error { return Markdown(w, joint) }},
		{"joined.html", func(w io.Writer) error { return HTML(w, joint) }},
		{"joined.xml", func(w io.Writer) error { return JUnit(w, joint) }},
		{"joined-wild.md", func(w io.Writer) error { return Wild(w, joint, defectsOfSamples, missing) }},
		{"compare.txt", func(w io.Writer) error { return change.Terminal(w, 80, false) }},
		{"compare.md", func(w io.Writer) error { return change.Markdown(w) }},
		{"compare.html", change.HTML},
	} {
		t.Run(w.golden, func(t *testing.T) {
			var b bytes.Buffer
			if err := w.write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, w.golden, b.String())
		})
	}
}

func text(t *testing.T, run *Run, write func(io.Writer, *Run) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, run); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./reports -update writes it)", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); if that is meant: go test ./reports -update\n%s", path, diff)
	}
}

func TestSampleHasEverything(t *testing.T) {
	outcome, verdict := make(map[result.Outcome]bool), make(map[result.Verdict]bool)
	for _, r := range sample(t).Results {
		outcome[r.Outcome], verdict[r.Verdict] = true, true
	}
	for _, o := range result.Outcomes {
		if !outcome[o] {
			t.Errorf("sample.jsonl has no outcome %s", o)
		}
	}
	for _, v := range result.Verdicts {
		if !verdict[v] {
			t.Errorf("sample.jsonl has no verdict %s", v)
		}
	}
}

func TestWritersLeaveTheRunAlone(t *testing.T) {
	run, want := hostile(t), hostile(t)
	for _, w := range writers {
		text(t, run, w.write)
	}
	if diff := cmp.Diff(want, run); diff != "" {
		t.Errorf("the run was changed (-want +got)\n%s", diff)
	}
}

func TestWritersOfNothing(t *testing.T) {
	for _, w := range writers {
		if text(t, new(Run), w.write) == "" {
			t.Errorf("%s of an empty run is empty", w.golden)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWritersReportErrors(t *testing.T) {
	for _, w := range writers {
		if err := w.write(brokenWriter{}, sample(t)); err == nil {
			t.Errorf("%s: no error from a writer that fails", w.golden)
		}
	}
}

// The ledger says the same whatever the machine, the moment and the number of
// cases.
func TestLedgerIsDeterministic(t *testing.T) {
	run := sample(t)
	write := func(w io.Writer, r *Run) error { return Ledger(w, r.Results) }
	want := text(t, run, write)
	for i := range run.Results {
		r := &run.Results[i]
		r.Seconds, r.Spent, r.Ulps, r.Worst, r.Subject, r.Replay, r.Grade = 99, 0.99, nil, nil, "another", "other", ""
		r.Cases += 7
		r.Sides = nil
		if r.Layer == "code" {
			r.Outcome, r.Small, r.Why = result.Passed, nil, ""
		} else if r.Small != nil {
			// the last digits of what is computed
			r.Small.Got = strings.ReplaceAll(r.Small.Got, "954797836,", "954797811,")
			r.Small.Want = strings.ReplaceAll(r.Small.Want, "9639178e-22", "9639181e-22")
			r.Small.Enclosure = strings.ReplaceAll(r.Small.Enclosure, "9639177e-22", "9639170e-22")
		}
	}
	if diff := cmp.Diff(want, text(t, run, write)); diff != "" {
		t.Errorf("the ledger depends on the machine (-want +got)\n%s", diff)
	}
}
