//go:build linux && !race

// The limit of memory is of a command without the race detector.

package command

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
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
