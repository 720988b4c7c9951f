//go:build linux && !race

// The limit of memory is of a command without the race detector.

package command

import (
	"bytes"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebmcheck/properties/result"
)

// TestMisbehaviour puts subjects that misbehave through the command: each ends
// in its outcome and exit code, within 500 MB, and leaves no process behind.
func TestMisbehaviour(t *testing.T) {
	bin := commands(t)
	for _, c := range []struct {
		child  string
		limit  string
		claims string
		code   int
		in     string // results.jsonl, or standard error if nothing ran
	}{
		{"crash", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"crashed"`},
		{"quiet", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"crashed"`},
		{"hang", "--call-timeout=300ms", "nll.value", result.ExitRefuted, `"outcome":"timeout"`},
		{"stray", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"garbage"`},
		{"miscount", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"garbage"`},
		{"flood", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"garbage"`},
		{"fickle", "--call-timeout=5m", "hinge.pure", result.ExitRefuted, `"outcome":"nondeterministic"`},
		{"traceback", "--call-timeout=5m", "nll.value", result.ExitRefuted, "RecursionError: too deep"},
		{"long", "--call-timeout=5m", "nll.value", result.ExitIncomplete, `the last time: a line longer than 16 MiB`}, // two answers in one
		{"long lists", "--call-timeout=5m", "nll.value", result.ExitRefuted, `"outcome":"garbage"`},
		{"never", "--start-timeout=500ms", "nll.value", result.ExitProtocol, "does not start: timeout: no answer within 500ms"},
		{"banner", "--call-timeout=5m", "nll.value", result.ExitProtocol, `the line is no JSON: "Loading model..."`},
	} {
		t.Run(c.child, func(t *testing.T) {
			if !*long && (strings.HasPrefix(c.child, "long") || c.child == "traceback") {
				t.Skip("make misbehave")
			}
			if testing.Short() && (c.child == "hang" || c.child == "flood" || strings.HasPrefix(c.child, "long")) {
				t.Skip("takes some seconds")
			}
			t.Parallel()
			dir := t.TempDir() // and what the processes of this test are told by
			gate := exec.CommandContext(t.Context(), filepath.Join(bin, "ebmcheck"), "gate", "--claims", c.claims, "--checks", "10",
				c.limit, "--out", dir, "--", filepath.Join(bin, "child"), c.child, dir)
			var stderr bytes.Buffer
			gate.Stderr = &stderr
			err := gate.Run()
			if got := gate.ProcessState.ExitCode(); got != c.code {
				t.Errorf("exit code %d (%v), want %d: %s", got, err, c.code, &stderr)
			}
			got, err := os.ReadFile(filepath.Join(dir, "results.jsonl"))
			if c.code == result.ExitProtocol {
				got, err = stderr.Bytes(), nil
			}
			if err != nil || !strings.Contains(string(got), c.in) {
				t.Errorf("%v; no %s in %s", err, c.in, got)
			}
			if len(got) > 1<<20 {
				t.Errorf("%d bytes of results", len(got))
			}
			peak := gate.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10 // its own, and its child's
			if t.Logf("%d MiB", peak); peak >= 500 {
				t.Errorf("%d MiB of memory", peak)
			}
			if left := holding(dir); len(left) > 0 {
				t.Errorf("processes are left: %v", left)
			}
		})
	}
}

// TestSignals holds that no child, hung while it starts or over a call, is left when the
// command is told to end or is killed, whichever verb has it; and that one that is told so
// says that it ended early.
func TestSignals(t *testing.T) {
	bin := commands(t)
	call := filepath.Join(t.TempDir(), "call.json")
	if err := os.WriteFile(call, []byte(`{"op":"nll","beta":1.0,"energies":[0.5,0.25],"answer":0}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"never", "deaf"} { // hangs when it is started, when it is asked
		for _, verb := range []string{"gate", "smoke", "replay"} {
			for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL} {
				t.Run(how+" "+verb+" "+sig.String(), func(t *testing.T) {
					if signal.Ignored(sig) {
						t.Skip("the tests were started with this signal ignored, and so is the command, as by nohup")
					}
					t.Parallel()
					dir := t.TempDir()
					args := []string{verb, "--call-timeout=1h", "--start-timeout=1h"}
					switch verb {
					case "gate":
						args = append(args, "--out", filepath.Join(dir, "out"))
					case "replay":
						args = append(args, call)
					}
					run := exec.Command(filepath.Join(bin, "ebmcheck"), append(args, "--", filepath.Join(bin, "child"), how, dir)...)
					var stderr bytes.Buffer
					run.Stderr = &stderr
					if err := run.Start(); err != nil {
						t.Fatal(err)
					}
					hung := filepath.Join(dir, "hung")
					for !there(hung) {
						time.Sleep(time.Millisecond)
					}
					run.Process.Signal(sig)
					run.Wait()
					if got := run.ProcessState.ExitCode(); sig != syscall.SIGKILL && (got != result.ExitIncomplete || !strings.Contains(stderr.String(), "ended early ("+sig.String())) {
						t.Errorf("exit code %d, want %d: %s", got, result.ExitIncomplete, &stderr)
					}
					if left := holding(dir); len(left) > 0 {
						t.Errorf("processes are left: %v", left)
					}
				})
			}
		}
	}
}

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

func there(name string) bool { _, err := os.Stat(name); return err == nil }

func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// holding returns the processes that have text in their arguments, once those
// that were killed have had time to go.
func holding(text string) (found []string) {
	for range 3000 {
		found = nil
		names, _ := filepath.Glob("/proc/[0-9]*/cmdline")
		for _, name := range names {
			if b, err := os.ReadFile(name); err == nil && bytes.Contains(b, []byte(text)) {
				found = append(found, name)
			}
		}
		if len(found) == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return found
}
