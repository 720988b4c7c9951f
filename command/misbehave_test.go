//go:build linux && !race

// The limits of time and memory are of a command without the race detector.

package command

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebmcheck/properties/result"
)

// TestMisbehaviour puts subjects that misbehave through the command: each ends
// in its outcome and exit code, within its time limits and 500 MB, and leaves
// no process behind.
func TestMisbehaviour(t *testing.T) {
	bin := commands(t)
	for _, c := range []struct {
		child  string
		limit  string
		claims string
		code   int
		in     string        // results.jsonl, or standard error if nothing ran
		within time.Duration // on a busy machine
	}{
		{"crash", "--call-timeout=5s", "nll.value", result.ExitRefuted, `"outcome":"crashed"`, 20 * time.Second},
		{"quiet", "--call-timeout=5s", "nll.value", result.ExitRefuted, `"outcome":"crashed"`, 20 * time.Second},
		{"hang", "--call-timeout=300ms", "nll.value", result.ExitRefuted, `"outcome":"timeout"`, 30 * time.Second},
		{"stray", "--call-timeout=5s", "nll.value", result.ExitRefuted, `"outcome":"garbage"`, 20 * time.Second},
		{"miscount", "--call-timeout=5s", "nll.value", result.ExitRefuted, `"outcome":"garbage"`, 20 * time.Second},
		{"flood", "--call-timeout=5s", "nll.value", result.ExitRefuted, `"outcome":"garbage"`, 30 * time.Second},
		{"fickle", "--call-timeout=5s", "hinge.pure", result.ExitRefuted, `"outcome":"nondeterministic"`, 20 * time.Second},
		{"never", "--start-timeout=500ms", "nll.value", result.ExitProtocol, "does not start: timeout: no answer within 500ms", 10 * time.Second},
		{"banner", "--call-timeout=5s", "nll.value", result.ExitProtocol, `the line is no JSON: "Loading model..."`, 10 * time.Second},
	} {
		t.Run(c.child, func(t *testing.T) {
			if testing.Short() && (c.child == "hang" || c.child == "flood") {
				t.Skip("takes some seconds")
			}
			t.Parallel()
			dir := t.TempDir() // and what the processes of this test are told by
			ctx, cancel := context.WithTimeout(t.Context(), c.within)
			defer cancel()
			gate := exec.CommandContext(ctx, filepath.Join(bin, "ebmcheck"), "gate", "--claims", c.claims, "--checks", "10",
				c.limit, "--out", dir, "--", filepath.Join(bin, "child"), c.child, dir)
			var stderr bytes.Buffer
			gate.Stderr = &stderr
			err := gate.Run()
			if ctx.Err() != nil {
				t.Fatalf("not done within %v", c.within)
			}
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

// holding returns the processes that have text in their arguments, once those
// that were killed have had time to go.
func holding(text string) (found []string) {
	for range 200 {
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
