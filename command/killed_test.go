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
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ebmcheck/properties/exhaust"
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
	run := func(dir string, most int64) (ended bool) {
		return tallied(t, bin, dir, "results.jsonl", most, "log,mce", "gate", "--checks", "40", "--shard", "1/2")
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

// tallied runs a verb on one processor, in dir and on a child that keeps a tally of what it is
// asked about these ops, or goes on with it where the file is there. It is killed once most
// calls were asked.
func tallied(t *testing.T, bin, dir, file string, most int64, ops, verb string, flags ...string) (ended bool) {
	args := append([]string{verb}, flags...)
	if there(filepath.Join(dir, file)) {
		args = append(args, "--resume")
	}
	run := exec.Command(filepath.Join(bin, "ebmcheck"), append(args, "--out", dir, "--", filepath.Join(bin, "child"), "tally", dir, ops)...)
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

// TestKilledSlices kills a shard of exhaustive (-kills) after random numbers of calls, and goes
// on with it: no slice is lost that was done, so that of what was asked no more is than the
// slice in flight, and in the end the slices are those of a shard that nobody killed.
func TestKilledSlices(t *testing.T) {
	if !*long {
		t.Skip("make misbehave")
	}
	bin, draw := commands(t), rand.New(rand.NewPCG(1, 2))
	run := func(dir string, most int64) (ended bool) {
		return tallied(t, bin, dir, "exhausted.jsonl", most, "gibbs", "exhaustive", "--sets", "gibbs/grid", "--shard", "3/8")
	}
	slicesIn := func(dir string) (units map[string]exhaust.Slice, calls int64) {
		units = map[string]exhaust.Slice{}
		if !there(filepath.Join(dir, "exhausted.jsonl")) {
			return units, 0
		}
		s, err := readSlices(filepath.Join(dir, "exhausted.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range s.done {
			calls += int64(one.Asked)
			units[one.Unit] = one
		}
		return units, calls
	}
	whole := t.TempDir()
	run(whole, math.MaxInt64)
	want, total := slicesIn(whole)
	asked := filepath.Join(whole, "asked")
	if n := size(asked); n != total || len(want) != 2 {
		t.Fatalf("%d calls are asked, %d are of %d slices: want all of 2", n, total, len(want))
	}
	flight := int64(0)
	for _, s := range want {
		flight = max(flight, int64(s.Asked))
	}
	same := func(dir string) {
		got, _ := slicesIn(dir)
		for unit, s := range got {
			s.Seconds = want[unit].Seconds
			if !reflect.DeepEqual(s, want[unit]) {
				t.Errorf("of a run that was killed %+v, want %+v", s, want[unit])
			}
		}
		if len(got) != len(want) {
			t.Errorf("a run that was killed has %d slices, want %d", len(got), len(want))
		}
	}
	dir, worst := t.TempDir(), int64(0)
	for killed := 0; killed < *kills; {
		asked := filepath.Join(dir, "asked")
		first := size(asked)
		had, calls := slicesIn(dir)
		if run(dir, first+draw.Int64N(total)) {
			same(dir)
			dir = t.TempDir()
			continue
		}
		killed++
		if left := holding(dir); len(left) > 0 {
			t.Fatalf("kill %d: processes are left: %v", killed, left)
		}
		has, now := slicesIn(dir)
		for unit := range had {
			if has[unit].Unit == "" {
				t.Errorf("kill %d loses %s, which was done", killed, unit)
			}
		}
		lost := size(asked) - first - (now - calls)
		if worst = max(worst, lost); lost > flight {
			t.Errorf("kill %d loses %d calls; a slice has %d", killed, lost, flight)
		}
	}
	t.Logf("lost at worst: %d calls of %d; a slice has %d", worst, total, flight)
	run(dir, math.MaxInt64)
	same(dir)
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
