package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// known are failures of shardable: one that it has, one that it has not, one that is
// another, and one of what it does not offer.
const known = `log.value wide required refuted:value # it is the perceptron
mce.value * required refuted:value # was so once
log.value tame required refuted:grad[*] # is of the value
mee.value * required refuted:value # it never had that
`

// shardable is a run of some statements and of two ops, one of them answered wrongly: all
// of it, or a shard of it, into the folder dir.
func shardable(t *testing.T, shard result.Shard, dir string) session {
	claims, err := properties.Select("log.value,log.pure,mce.value,mee.value,C01,C37")
	if err != nil {
		t.Fatal(err)
	}
	es, err := judge.ReadExpectations(strings.NewReader(known))
	if err != nil {
		t.Fatal(err)
	}
	mine := op.Reference()
	mine.Name, mine.Ops = "mine", []op.Op{op.Log, op.MCE}
	right := mine.Answer
	mine.Answer = func(calls []op.Call) []op.Reply {
		rs := right(calls)
		for i, c := range calls {
			if c.Op == op.Log {
				rs[i].Value = max(0, c.Energies[0]-c.Energies[1])
			}
		}
		return rs
	}
	return session{claims: claims, subject: mine, profile: "gate", seed: 1, checks: 5, shard: shard, out: dir, expect: es, known: known,
		also: outputsIn(dir), replay: func(claim, file string) string { return quoted("ebmcheck", "replay", file) }}
}

// outputsIn are files for a CI, in the folder dir.
func outputsIn(dir string) outputs {
	return outputs{junit: filepath.Join(dir, "junit.xml"), badge: filepath.Join(dir, "badge.json"), summary: filepath.Join(dir, "summary.md")}
}

// ran runs it and returns the exit code.
func (s session) ran(t *testing.T) int {
	t.Helper()
	return code(t, s.run(t.Context(), func() {}, io.Discard, io.Discard))
}

// code is the exit code of what a command returned.
func code(t *testing.T, err error) int {
	t.Helper()
	e := exit{code: result.ExitPassed}
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	return e.code
}

// merge runs the command.
func merge(out string, files ...string) error {
	c := mergeCommand()
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetOut(io.Discard)
	also := outputsIn(out)
	c.SetArgs(append([]string{"--out", out, "--junit", also.junit, "--badge", also.badge, "--summary", also.summary}, files...))
	return c.ExecuteContext(context.Background())
}

var times = regexp.MustCompile(`"seconds":[-+.e0-9]+|"started":"[^"]*"|Started [^ ]+|Took [.0-9]+ s|<dt>(Started|Took)</dt><dd>[^<]*</dd>| time(stamp)?="[^"]*"`)

// timeless is all that a run left in its folder, but for times and the folder's name.
func timeless(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"results.jsonl", "report.md", "report.html", "junit.xml", "badge.json", "summary.md", "counterexamples/*/*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(string(b), strings.Trim(fmt.Sprintf("%q", dir), `"`), "DIR")
			texts[strings.TrimPrefix(name, dir)] = times.ReplaceAllString(text, "")
		}
	}
	return texts
}

// TestMerge holds what merge makes of 1, 2 and 7 shards to what one run leaves, but for
// times: results, reports, what a CI reads, counterexamples, exit code. Of 7, some have
// nothing to do, and pass.
func TestMerge(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	want := shardable(t, result.Shard{}, whole).ran(t)
	texts := timeless(t, whole)
	if len(texts) < 8 {
		t.Fatalf("it leaves %d files: want results, reports, what a CI reads, and counterexamples", len(texts))
	}
	if stale := strings.Count(texts["/results.jsonl"], `"line `); want != result.ExitRefuted || stale != 4 {
		t.Fatalf("exit code %d with %d stale expectations, want 4 to be merged", want, stale)
	}
	for _, n := range []int{1, 2, 7} {
		dir, idle := t.TempDir(), 0
		var files []string
		for i := range n {
			out := filepath.Join(dir, fmt.Sprint(n-i))
			got := shardable(t, result.Shard{Index: i, Of: n}, out).ran(t)
			files = append(files, filepath.Join(out, "results.jsonl"))
			b, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(b, fmt.Appendf(nil, `"shard":"%d/%d"`, i, n)) {
				t.Errorf("no shard in the header of %s", b)
			}
			if bytes.Contains(b, []byte("matches nothing")) {
				t.Errorf("shard %d of %d says of what is not its own that it matches nothing", i, n)
			}
			if bytes.Count(b, []byte("\n")) == 2 {
				idle++
				if text, err := os.ReadFile(filepath.Join(out, "report.md")); got != result.ExitPassed || !bytes.Contains(text, fmt.Appendf(nil, "nothing to judge. This is shard %d of %d", i, n)) {
					t.Errorf("shard %d of %d has nothing to do: exit code %d, %s (%v)", i, n, got, text, err)
				}
			}
		}
		if n == 7 && idle == 0 {
			t.Error("every shard of 7 has something to do: want one that has not")
		}
		all := filepath.Join(dir, "all")
		if got := code(t, merge(all, files...)); got != want {
			t.Errorf("%d shards: exit code %d, want %d", n, got, want)
		}
		got := timeless(t, all)
		for name, text := range texts {
			for i, line := range strings.Split(text, "\n") {
				if lines := strings.Split(got[name], "\n"); i >= len(lines) || lines[i] != line {
					t.Errorf("%d shards: line %d of %s is not\n%s", n, i+1, name, line)
					break
				}
			}
		}
		if len(got) != len(texts) {
			t.Errorf("%d shards leave %d files, one run leaves %d", n, len(got), len(texts))
		}
	}
}

// TestMergeRefuses holds that merge takes nothing for a run but all its shards, each once and
// done, and that it then writes nothing.
func TestMergeRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(i, n int) string { return filepath.Join(dir, fmt.Sprint(i, "of", n), "results.jsonl") }
	for i := range 2 {
		shardable(t, result.Shard{Index: i, Of: 2}, filepath.Dir(file(i, 2))).ran(t)
	}
	shardable(t, result.Shard{}, filepath.Dir(file(0, 0))).ran(t)
	other, err := os.ReadFile(file(1, 2))
	if err != nil {
		t.Fatal(err)
	}
	line := strings.SplitAfterN(string(other), "\n", 3)[1]
	claim := regexp.MustCompile(`"claim":"((log|mce|mee)\.[a-z]+)"`).FindStringSubmatch(string(other))[1]
	changed := filepath.Join(dir, "changed.jsonl")
	for _, c := range []struct{ old, new, want string }{
		{`"seed":1`, `"seed":2`, "they differ in the seed, 1 and 2"},
		{`"checks":5`, `"checks":6`, "they differ in the number of checks, 5 and 6"},
		{`"version":"` + result.Version, `"version":"9`, "they differ in the version of ebmcheck, " + result.Version + " and 9"},
		{`"name":"mine"`, `"name":"yours"`, "they differ in the subject, mine and yours"},
		{`"precision":"float64"`, `"precision":"float32"`, "they differ in the subject's precision"},
		{`"ops":["log","mce"]`, `"ops":["log"]`, "they differ in the subject's ops"},
		{`"shard":"1/2"`, `"shard":"1/3"`, "they differ in the number of shards, 2 and 3"},
		{`"claims":["`, `"claims":["C99","`, "they differ in the claims"},
		{`"units":["`, `"units":["C99","`, "they differ in the units of work"},
		{`was so once`, `was so twice`, "they differ in the known failures"},
		{`"shard":"1/2"`, `"shard":"0/2"`, "are both shard 0 of 2: give each once"},
		{`"type":"footer","complete":true`, `"type":"footer","complete":false`, "is not done: The footer says that the run is not complete. Go on with it by --resume"},
		{line, "", "is not done: "},
		{`"subject":"mine"`, `"subject":"yours"`, "of yours, which is none of its run's on mine"},
		{`"claim":"` + claim + `"`, `"claim":"` + claim + `s"`, "has a line about " + claim + "s of mine, which is none of its run's on mine"},
		{line, line + `{"type":"claim","claim":"elsewhere","layer":"theory","outcome":"errored"}` + "\n", "has a line about elsewhere, which is not its own but of shard 0 of 2"},
	} {
		if !strings.Contains(string(other), c.old) {
			t.Fatalf("no %s in %s", c.old, other)
		}
		if err := os.WriteFile(changed, []byte(strings.ReplaceAll(string(other), c.old, c.new)), 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, c.want, file(0, 2), changed)
	}
	for text, want := range map[string]string{
		"":                            "changed.jsonl has no header: want the results.jsonl of a shard",
		string(other[:300]):           "changed.jsonl has no header",
		string(other[:len(other)-40]): "is not done: The last line",
		strings.Replace(string(other), line, line[:40]+"\n", 1):  "changed.jsonl: reports: line 2: not JSON",
		strings.Replace(string(other), line, line+line, 1):       "again, after line 2",
		strings.Replace(string(other), `"whole":`, `"hole":`, 1): "changed.jsonl, shard 1 of 2, does not say which run",
	} {
		if err := os.WriteFile(changed, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, want, file(0, 2), changed)
	}
	refused(t, dir, "is a directory", file(0, 2), dir)
	refused(t, dir, "nothing.jsonl: no such file", file(0, 2), filepath.Join(dir, "nothing.jsonl"))
	refused(t, dir, "of the 2 shards there is none for 1/2", file(0, 2))
	refused(t, dir, "are both shard 0 of 2", file(0, 2), file(0, 2))
	refused(t, dir, "is of a whole run, not a shard of one", file(0, 2), file(0, 0))
	for _, names := range [][]string{{file(0, 2), file(1, 2)}, {file(0, 0), file(1, 2)}} {
		if _, err := readJoint(names); err == nil || !strings.Contains(err.Error(), "ebmcheck merge first") {
			t.Errorf("a report of shards side by side: %v", err)
		}
	}
}

func refused(t *testing.T, dir, want string, files ...string) {
	t.Helper()
	out := filepath.Join(dir, "out")
	err := merge(out, files...)
	if err == nil || !strings.Contains(err.Error(), want) || code(t, err) != result.ExitUsage {
		t.Errorf("merge of %s: %v, want %s", files, err, want)
	}
	if _, err := os.Stat(out); err == nil {
		t.Errorf("a merge that is refused (%s) leaves %s", want, out)
	}
}

// TestShardGoesOn ends a shard before anything is done, and cuts its file after every line: what
// is said not to be run is its own, and gone on with, it leaves what it would have left at once.
func TestShardGoesOn(t *testing.T) {
	s := shardable(t, result.Shard{Index: 0, Of: 2}, t.TempDir())
	s.ran(t)
	want := timeless(t, s.out)["/results.jsonl"]
	file := filepath.Join(s.out, "results.jsonl")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s.resume = true
	lines := strings.SplitAfter(string(b), "\n")
	for _, n := range []int{1, len(lines) / 2, len(lines) - 2} {
		if err := os.WriteFile(file, []byte(strings.Join(lines[:n], "")), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(s.out, "counterexamples")); err != nil { // or they would be asked, too
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		got := code(t, s.run(ctx, func() {}, io.Discard, io.Discard))
		cut, err := readRun(file)
		if want := result.ExitCode(s.shard, cut.Results, false, nil); err == nil && got != want {
			t.Errorf("ended after %d lines: exit code %d, not %d", n, got, want)
		}
		if err != nil || len(cut.Results) != len(lines)-3 {
			t.Errorf("ended after %d lines it has %d results, of %d (%v)", n, len(cut.Results), len(lines)-3, err)
		}
		if s.ran(t); timeless(t, s.out)["/results.jsonl"] != want {
			t.Errorf("gone on with after %d lines it leaves another file", n)
		}
	}
	s.shard = result.Shard{Index: 0, Of: 3}
	if err := s.run(t.Context(), func() {}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "is of shard 0 of 2; this run is of shard 0 of 3") {
		t.Errorf("another shard goes on with it: %v", err)
	}
}
