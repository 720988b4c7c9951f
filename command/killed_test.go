//go:build linux && !race

package command

import (
	"bytes"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestKilled kills the command several times (-kills), each a little later in its run: no child is left,
// and the folder can be gone on with.
func TestKilled(t *testing.T) {
	bin, dir := commands(t), t.TempDir()
	results := filepath.Join(dir, "results.jsonl")
	for i := range *kills {
		args := []string{"gate", "--checks", "40", "--out", dir, "--", filepath.Join(bin, "child"), "stays", dir}
		if there(results) {
			args = append([]string{"gate", "--resume"}, args[1:]...)
		}
		run := exec.Command(filepath.Join(bin, "ebmcheck"), args...)
		var stderr bytes.Buffer
		run.Stderr = &stderr
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- run.Wait() }()
		for first, done := size(results), false; !done && size(results) <= first+int64(i)<<9; {
			select {
			case <-ended:
				ended <- nil
				done = true
			case <-time.After(time.Millisecond):
			}
		}
		run.Process.Kill()
		<-ended
		if stderr.Len() > 0 && strings.Contains(stderr.String(), "ebmcheck: ") {
			t.Errorf("run %d: %s", i, &stderr)
		}
		if left := holding(dir); len(left) > 0 {
			t.Fatalf("run %d: processes are left: %v", i, left)
		}
	}
}

// TestKilledShard kills a shard of a run (-kills) after random numbers of calls, and goes on
// with it: of what was asked no more is lost than the unit in flight, on one processor one,
// and in the end the results are those of a shard that nobody killed.
func TestKilledShard(t *testing.T) {
	bin, draw := commands(t), rand.New(rand.NewPCG(1, 2))
	run := func(dir string, most int64) (ended bool) { // is killed once most calls were asked
		args := []string{"gate", "--checks", "40", "--shard", "1/2", "--out", dir, "--", filepath.Join(bin, "child"), "tally", dir}
		if there(filepath.Join(dir, "results.jsonl")) {
			args = append([]string{"gate", "--resume"}, args[1:]...)
		}
		run := exec.Command(filepath.Join(bin, "ebmcheck"), args...)
		run.Env = append(os.Environ(), "GOMAXPROCS=1")
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- run.Wait() }()
		for {
			select {
			case err := <-done:
				if err != nil && size(filepath.Join(dir, "asked")) < most {
					t.Fatal(err)
				}
				return err == nil
			case <-time.After(time.Millisecond):
				if size(filepath.Join(dir, "asked")) >= most {
					run.Process.Kill()
				}
			}
		}
	}
	whole := t.TempDir()
	run(whole, math.MaxInt64)
	want, lines, calls := timeless(t, whole)["/results.jsonl"], map[string]int{}, map[string]int64{}
	var total int64
	file, err := readRun(filepath.Join(whole, "results.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range file.Results {
		lines[r.Unit()]++
		calls[r.Unit()] = max(calls[r.Unit()], 2*int64(r.Cases)) // forwards and backwards
	}
	flight := slices.Max(slices.Collect(maps.Values(calls)))
	for _, n := range calls {
		total += n
	}
	if asked := size(filepath.Join(whole, "asked")); asked != total {
		t.Fatalf("%d calls are asked, %d are of the results", asked, total)
	}
	var worst int64
	dir := t.TempDir()
	for killed := 0; killed < *kills; {
		asked := filepath.Join(dir, "asked")
		first, had := size(asked), kept(t, dir, lines, calls)
		if run(dir, first+draw.Int64N(total)) {
			if got := timeless(t, dir)["/results.jsonl"]; got != want {
				t.Errorf("after %d kills the results are others", killed)
			}
			dir = t.TempDir()
			continue
		}
		killed++
		if left := holding(dir); len(left) > 0 {
			t.Fatalf("kill %d: processes are left: %v", killed, left)
		}
		lost := size(asked) - first - (kept(t, dir, lines, calls) - had)
		if worst = max(worst, lost); lost > flight {
			t.Errorf("kill %d loses %d calls; the largest unit has %d", killed, lost, flight)
		}
	}
	t.Logf("lost at worst: %d calls of %d; the largest unit has %d", worst, total, flight)
	if run(dir, math.MaxInt64); timeless(t, dir)["/results.jsonl"] != want {
		t.Error("after the last kill the results are others")
	}
}

// kept is how many calls need not be asked again, by what is on the disk: those of the units
// that have all their lines.
func kept(t *testing.T, dir string, lines map[string]int, calls map[string]int64) (n int64) {
	name := filepath.Join(dir, "results.jsonl")
	if !there(name) {
		return 0
	}
	run, err := readRun(name)
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]int{}
	for _, r := range run.Results {
		if has[r.Unit()]++; has[r.Unit()] == lines[r.Unit()] {
			n += calls[r.Unit()]
		}
	}
	return n
}
