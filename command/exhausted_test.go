package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"ebmcheck/properties/exhaust"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// exhaustedHeader is that of a run of two sets, or of a shard of one.
func exhaustedHeader(shard result.Shard) result.Header {
	h := result.NewHeader(0, 0, op.Reference().Info())
	h.Profile, h.Shard, h.Claims, h.Started = exhaustive, shard, []string{"gibbs/grid", "mee/grid"}, fmt.Sprintf("2027-01-01T00:00:%02dZ", shard.Index)
	return h
}

// exhaustedBy are slices as a run of the two sets may have them: some are refuted, and errors differ.
func exhaustedBy(t *testing.T) (done []exhaust.Slice) {
	sets, err := exhaust.Named(exhaustedHeader(result.Shard{}).Claims, op.Float64)
	if err != nil {
		t.Fatal(err)
	}
	for i, claim := range []string{"gibbs.probabilities", "mee.value"} {
		for k := range sets[i].Slices {
			s := exhaust.Slice{Type: "slice", Unit: sets[i].Unit(k), Cases: sets[i].Size(k), Asked: sets[i].Asked(k), Seconds: 0.25}
			at := &result.Counterexample{Case: fmt.Sprintf("%s(%d)", sets[i].Op, k)}
			s.Nearest, s.Weighed = s.Asked-20, []exhaust.Weighed{{Claim: claim, Cases: 20}}
			s.Worst = []exhaust.Worst{{Claim: claim, Ulps: result.Real(k * (11 - k) % 31), At: at}}
			if k%5 == 3 {
				s.Refuted = []exhaust.Refuted{{Claim: claim, Level: result.Required, Outcome: result.Refuted, Cases: uint64(k), First: at}}
			}
			done = append(done, s)
		}
	}
	return done
}

// journalOf writes the slices that are the shard's, in an order that depends on it.
func journalOf(t *testing.T, file string, h result.Header, done []exhaust.Slice) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	own := slices.DeleteFunc(slices.Clone(done), func(s exhaust.Slice) bool { return !h.Shard.Owns(s.Unit) })
	rand.New(rand.NewPCG(uint64(h.Shard.Index), 1)).Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	lines := []any{h}
	for _, s := range own {
		lines = append(lines, s)
	}
	for _, l := range lines {
		if err := e.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestMergeExhausted holds what merge makes of the slices of 1, 2 and 7 shards to what is made
// of those of one run, but for times: results, reports, what a CI reads, exit code.
func TestMergeExhausted(t *testing.T) {
	done, dir := exhaustedBy(t), t.TempDir()
	quiet := &cobra.Command{}
	quiet.SetOut(io.Discard)
	whole := filepath.Join(dir, "whole")
	if err := os.Mkdir(whole, 0o755); err != nil {
		t.Fatal(err)
	}
	want := code(t, conclude(quiet, outputsIn(whole), exhaustedHeader(result.Shard{}), done, whole))
	texts := timeless(t, whole)
	if want != result.ExitRefuted || len(texts) != 6 || !strings.Contains(texts["/results.jsonl"], "by 24 replies of 271452") {
		t.Fatalf("exit code %d, %d files:\n%s", want, len(texts), texts["/results.jsonl"])
	}
	for _, n := range []int{1, 2, 7} {
		var files []string
		for i := range n {
			h := exhaustedHeader(result.Shard{Index: i, Of: n})
			files = append(files, journalOf(t, filepath.Join(dir, fmt.Sprint(i, "of", n)), h, done))
		}
		slices.Reverse(files)
		out := filepath.Join(dir, fmt.Sprint("merged", n))
		if got := code(t, merge(out, files...)); got != want {
			t.Errorf("%d shards: exit code %d, want %d", n, got, want)
		}
		got := timeless(t, out)
		for name, text := range texts {
			if got[name] != text {
				t.Errorf("%d shards: %s is\n%s\nwant\n%s", n, name, got[name], text)
			}
		}
	}
}

// TestMergeExhaustedRefuses holds that merge takes nothing for a run but the slices of all its
// shards, each once, done and with the counts that it has, and that it then writes nothing.
func TestMergeExhaustedRefuses(t *testing.T) {
	done, dir := exhaustedBy(t), t.TempDir()
	one := exhaustedHeader(result.Shard{Index: 1, Of: 2})
	zero := journalOf(t, filepath.Join(dir, "zero"), exhaustedHeader(result.Shard{Index: 0, Of: 2}), done)
	changed := filepath.Join(dir, "changed")
	own := slices.IndexFunc(done, func(s exhaust.Slice) bool { return one.Shard.Owns(s.Unit) })
	foreign := slices.IndexFunc(done, func(s exhaust.Slice) bool { return !one.Shard.Owns(s.Unit) })
	for want, change := range map[string]func(h *result.Header, done []exhaust.Slice) []exhaust.Slice{
		"they differ in the version of ebmcheck, " + result.Version + " and 9": func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Version = "9"; return d },
		"they differ in the subject, reference and yours":                      func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Subject.Name = "yours"; return d },
		"they differ in the subject's version,  and 2":                         func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Subject.Version = "2"; return d },
		"they differ in the number of shards, 2 and 3": func(h *result.Header, d []exhaust.Slice) []exhaust.Slice {
			h.Shard = result.Shard{Index: 2, Of: 3}
			return d
		},
		"they differ in the sets, [gibbs/grid mee/grid] and [gibbs/grid]": func(h *result.Header, d []exhaust.Slice) []exhaust.Slice {
			h.Claims = h.Claims[:1]
			return slices.DeleteFunc(d, func(s exhaust.Slice) bool { return strings.HasPrefix(s.Unit, "mee") })
		},
		`changed: no set "mee/gird" of numbers of float64`: func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Claims = []string{"mee/gird"}; return d },
		"changed are both shard 0 of 2: give each once":    func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Shard.Index = 0; return d },
		"changed is of a whole run, not a shard of one":    func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Shard = result.Shard{}; return d },
		"changed, shard 1 of 2, is not done: " + done[own].Unit + " is due, of 1": func(h *result.Header, d []exhaust.Slice) []exhaust.Slice {
			return slices.Delete(d, own, own+1)
		},
		"changed: " + done[own].Unit + " is given twice":                   func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { return append(d, d[own]) },
		"cases, 7 asked: the slice has":                                    func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { d[own].Asked = 7; return d },
		"changed: line 1: want the header of a run of ebmcheck exhaustive": func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { h.Profile = "gate"; return d },
		"want a slice, as ebmcheck exhaustive writes it":                   func(h *result.Header, d []exhaust.Slice) []exhaust.Slice { d[own].Type = "claim"; return d },
	} {
		h, d := one, slices.Clone(done)
		d = change(&h, d)
		refused(t, dir, want, zero, journalOf(t, changed, h, d))
	}
	text, err := os.ReadFile(journalOf(t, changed, one, done))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	theirs, err := json.Marshal(done[foreign])
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":                            "changed: it is empty: want the header of a run of ebmcheck exhaustive",
		strings.Join(lines, "")[:300]: "changed: it is empty",
		strings.TrimSuffix(strings.Join(lines, ""), "\n"):                                    "changed, shard 1 of 2, is not done: ",
		lines[0] + lines[1][:40] + "\n" + strings.Join(lines[2:], ""):                        "changed: line 2: want a slice",
		strings.Join(lines, "") + string(theirs) + "\n":                                      "changed: " + done[foreign].Unit + " is not its own but of shard 0 of 2",
		lines[0] + strings.ReplaceAll(strings.Join(lines[1:], ""), "mee/grid/", "nll/grid/"): "is of none of its sets",
	} {
		if err := os.WriteFile(changed, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, want, zero, changed)
	}
	refused(t, dir, dir+": is a directory", zero, dir)
	refused(t, dir, "nothing: no such file", zero, filepath.Join(dir, "nothing"))
	refused(t, dir, "of the 2 shards there is none for 1/2", zero)
	gate := shardable(t, result.Shard{Index: 1, Of: 2}, filepath.Join(dir, "gate"))
	gate.ran(t)
	refused(t, dir, "gate/results.jsonl: line 1: want the header of a run of ebmcheck exhaustive", zero, filepath.Join(gate.out, "results.jsonl"))
	refused(t, dir, "gate/results.jsonl: line 1: want the header of a run of ebmcheck exhaustive", filepath.Join(gate.out, "results.jsonl"), zero)
}
