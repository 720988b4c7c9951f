//go:build unix

package adapter

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// culprit is the index in ask of the call with one energy.
const culprit = 9

// ask is 40 calls that the children know.
func ask() []op.Call {
	calls := make([]op.Call, 40)
	for i := range calls {
		x := float64(i)
		switch {
		case i == culprit:
			calls[i] = op.Call{Op: op.NLL, Energies: []float64{0.5}, Beta: 1}
		case i%4 == 0:
			calls[i] = op.Call{Op: op.Hinge, Energies: []float64{x / 7, 1}, Margin: 1}
		case i%4 == 1:
			calls[i] = op.Call{Op: op.Gibbs, Energies: []float64{x, 0, math.Inf(1), 1e-300}, Beta: 2}
		case i%4 == 2:
			calls[i] = op.Call{Op: op.Infer, Energies: []float64{x, 3, 0}}
		default:
			calls[i] = op.Call{Op: op.NLL, Energies: []float64{x, -0.25, math.Copysign(0, -1)}, Answer: 1, Beta: 0.125}
		}
	}
	return calls
}

// same reports whether a and b are the same answer, bit for bit.
func same(a, b op.Reply) bool { return fmt.Sprintf("%x", a) == fmt.Sprintf("%x", b) }

// ample is more than a child needs on a machine however busy; tight is short, for one that
// hangs, and enough for its other calls.
var (
	ample = Limits{Start: 10 * time.Minute, Call: 10 * time.Minute}
	tight = Limits{Start: ample.Start, Call: 4 * time.Second}
)

// open opens a door to a child, closes it after the test and looks whether
// any process is left.
func open(t *testing.T, child string, limits Limits) *Door {
	t.Helper()
	marker := mark(t)
	d, err := Open(t.Context(), command(child, marker), limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if left := processes(t, marker); len(left) > 0 {
			t.Errorf("%d processes are left: %v", len(left), left)
		}
	})
	return d
}

// mark is what the children of a test can be told by, in this run of the tests.
func mark(t *testing.T) string {
	return strings.ReplaceAll(t.Name(), "/", "-") + fmt.Sprint("-", os.Getpid())
}

// processes returns those whose arguments hold the marker, once those that
// were killed have had time to go.
func processes(t *testing.T, marker string) []string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Log("processes are counted on Linux only")
		return nil
	}
	var found []string
	for range 3000 {
		found = nil
		lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
		for _, name := range lines {
			if b, err := os.ReadFile(name); err == nil && bytes.Contains(b, []byte(marker)) {
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

// settled waits for the number of goroutines to come back to what it was.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 3000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// TestMisbehaviour holds the door to the outcome of each misbehaviour: the
// one call that does it is named, all others are answered, it is not asked
// again, and nothing is left behind.
func TestMisbehaviour(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("children", func(t *testing.T) {
		for _, c := range []struct {
			child    string
			outcome  result.Outcome // of the culprit
			text     string         // in its error, or its reason for being unsupported
			restarts int            // at most
		}{
			{"refuses", "", "ValueError: no", 0},
			{"unsupported", "", "one answer is no choice", 0},
			{"silent no", "", "does not say why", 0},

			{"exit 3", result.Crashed, "exit status 3; standard error: IndexError: n = 1", 2},
			{"signal", result.Crashed, "signal: killed", 2},
			{"exit quietly", result.Crashed, "exit status 0", 2},
			{"half, exit", result.Crashed, `exit status 0; it had begun a line: "{\"seq\":`, 2},
			{"leaves a child", result.Crashed, "exit status 3", 2},
			{"leaves a child that left", result.Crashed, "exit status 3", 2},
			{"huge stderr", result.Crashed, "the last word", 2},

			{"hang", result.TimedOut, "no answer within 4s", 2},
			{"half, hang", result.TimedOut, "it had begun a line", 2},

			{"stray line", result.Garbage, `"epoch 1: loss 0.3": only answers go to standard output`, 2},
			{"wrong seq", result.Garbage, "every request is answered by one line", 2},
			{"no seq", result.Garbage, `no "seq": echo the request's`, 2},
			{"too few", result.Garbage, "0 results to 1 calls", 2},
			{"too many", result.Garbage, "2 results to 1 calls", 2},
			{"an array", result.Garbage, `no JSON object: "[1,2]"`, 2},
			{"an empty line", result.Garbage, "empty line", 2},
			{"results a dict", result.Garbage, "want a list of 1", 2},
			{"python's repr", result.Garbage, "JSON has double quotes", 2},
			{"bare NaN", result.Garbage, `{\"value\":NaN,\"grad\":[0.0]}]}": write "NaN", in quotes`, 2},
			{"bare -inf", result.Garbage, `write "-Infinity", in quotes`, 2},
			{"not UTF-8", result.Garbage, "not UTF-8", 2},
			{"seq twice", result.Garbage, `"seq" stands twice in one object`, 2},
			{"a mark", result.Garbage, "begins with a byte order mark", 2},
			{"closes stdout", result.Garbage, "closed its standard output", 2},
			{"flood", result.Garbage, "longer than 16 MiB", 2},
			{"flood of lines", result.Garbage, "only answers go to standard output", 2},

			{"null entry", result.Garbage, `the result is "null": want an object`, 0},
			{"null value", result.Garbage, `"value" is null: leave out`, 0},
			{"null in grad", result.Garbage, `"grad": entry 0: null is no number`, 0},
			{"no value", result.Garbage, `no "value": op nll answers {"value":0.5,"grad":[…]}`, 0},
			{"empty entry", result.Garbage, `no "value"`, 0},
			{"value a list", result.Garbage, "is no number", 0},
			{"value a word", result.Garbage, `"nan" is no number: want a float64 in decimal, or "NaN"`, 0},
			{"grad a number", result.Garbage, "want a list of numbers", 0},
			{"error a dict", result.Garbage, "want a string that says why", 0},
			{"value twice", result.Garbage, `"Value" stands twice in one object`, 0},
			{"both", result.Garbage, "want one of them", 0},
			{"past float64", result.Garbage, "1e999 is no number", 0},
		} {
			if testing.Short() && (c.outcome == result.TimedOut || strings.Contains(c.child, "flood") || strings.Contains(c.child, "child that left") || c.child == "huge stderr") {
				continue // each costs seconds
			}
			t.Run(c.child, func(t *testing.T) {
				t.Parallel()
				limits := ample
				if c.outcome == result.TimedOut {
					limits = tight
				}
				d := open(t, c.child, limits)
				s := d.Subject()
				calls := ask()
				want := reference.Answer(calls)
				for range 2 {
					for i, r := range s.Answer(calls) {
						if i != culprit && !same(r, want[i]) {
							t.Errorf("call %d: got %+v, want %+v", i, r, want[i])
						}
						if i == culprit && (r.Outcome != c.outcome || !strings.Contains(r.Error+r.Unsupported, c.text)) {
							t.Errorf("got %q: %s%s, want %q: %s", r.Outcome, r.Error, r.Unsupported, c.outcome, c.text)
						}
					}
				}
				if d.Restarts() > c.restarts {
					t.Errorf("%d restarts, want at most %d", d.Restarts(), c.restarts)
				}
			})
		}
	})
	settled(t, before)
}

// TestLong holds that of what a child says at length little is kept: the start and
// the end, as one call's trouble where it is that, in a few kilobytes.
func TestLong(t *testing.T) {
	for _, c := range []struct {
		child   string
		outcome result.Outcome
		texts   [2]string
	}{
		{"traceback", "", [2]string{"File \"losses.py\", line 7", "RecursionError: too deep"}},
		{"long", "", [2]string{"ééé", "bytes left out"}},
		{"long garbage", result.Garbage, [2]string{`"value": "xxx`, "is no number: want a float64"}},
		{"long list", result.Garbage, [2]string{`"grad" has 7340033 numbers: want 1`, ""}},
		{"long seq", result.Garbage, [2]string{`"seq" is 111`, "want"}},
	} {
		t.Run(c.child, func(t *testing.T) {
			t.Parallel()
			d := open(t, c.child, ample)
			calls := ask()
			for i, r := range d.Subject().Answer(calls) {
				text := r.Error + r.Unsupported
				switch {
				case i != culprit && !same(r, reference.Answer(calls)[i]):
					t.Errorf("call %d: %.200q", i, text)
				case i == culprit && (r.Outcome != c.outcome || len(text) > 4<<10 || len(r.Grad) > 2 ||
					!strings.Contains(text, c.texts[0]) || !strings.Contains(text, c.texts[1])):
					t.Errorf("%s: %d bytes: %.3000q", r.Outcome, len(text), text)
				}
			}
		})
	}
	for child, text := range map[string]string{"long name": `"name" in "implementation" is too long: want at most 200 bytes`,
		"long op": `"ops": unknown op "xxx`, "long precision": "want float64"} {
		t.Run(child, func(t *testing.T) {
			t.Parallel()
			_, err := Open(t.Context(), command(child, mark(t)), ample)
			if err == nil || len(err.Error()) > 4<<10 || !strings.Contains(err.Error(), text) {
				t.Errorf("%.3000v", err)
			}
		})
	}
}

// TestStart holds Open to an error that says what is wrong, within its limit.
func TestStart(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("children", func(t *testing.T) {
		for _, c := range []struct {
			child, text string
			start       time.Duration
		}{
			{"ends at once", "crashed: the process ended without an answer: exit status 0", 0},
			{"never start", "timeout: no answer within 200ms", 200 * time.Millisecond},
			{"banner", `garbage: its answer to start: the line is no JSON: "Loading model..."`, 0},
			{"flood at start", "garbage: a line longer than 16 MiB", 0},
			{"name twice", `"name" stands twice in one object`, 0},
			{"mark first", "begins with a byte order mark", 0},
			{"version 2", `"version" is 2, this runner speaks 1`, 0},
			{"no name", `no "name" in "implementation"`, 0},
			{"float8", `precision "float8": want float64,`, 0},
			{"unknown op", `"ops": unknown op "hingee": the nearest is "hinge"`, 0},
			{"no ops", `no "ops"`, 0},
			{"ops a string", `"ops" is a string: want a list of operations`, 0},
		} {
			t.Run(c.child, func(t *testing.T) {
				t.Parallel()
				_, err := Open(t.Context(), command(c.child, mark(t)), Limits{Start: cmp.Or(c.start, ample.Start)})
				if err == nil || !strings.Contains(err.Error(), c.text) {
					t.Errorf("got %v, want %s", err, c.text)
				}
				if left := processes(t, mark(t)); len(left) > 0 {
					t.Errorf("processes are left: %v", left)
				}
			})
		}
	})
	if _, err := Open(t.Context(), []string{"no-such-command-anywhere"}, Limits{}); err == nil {
		t.Error("a command that does not exist started")
	}
	settled(t, before)
}

// TestFine holds a sound child to sound answers under both ways to check
// them, from several goroutines at once.
func TestFine(t *testing.T) {
	for _, limits := range []Limits{ample, {Start: ample.Start, Call: ample.Call, Validate: true}} {
		t.Run(fmt.Sprintf("validate=%v", limits.Validate), func(t *testing.T) {
			d := open(t, "fine", limits)
			if got := d.Started(); got.Implementation.Name != "child" || got.Precision != "float64" || len(got.Ops) != 4 {
				t.Errorf("started: %+v", got)
			}
			s := d.Subject()
			var calls []op.Call
			for range 10 {
				calls = append(calls, ask()...)
			}
			want := reference.Answer(calls)
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					for i, r := range s.Answer(calls) {
						if !same(r, want[i]) {
							t.Errorf("call %d: got %+v, want %+v", i, r, want[i])
						}
					}
				})
			}
			all.Wait()
			if d.Restarts() > 0 {
				t.Errorf("%d restarts", d.Restarts())
			}
		})
	}
}

// TestSlow holds that a child far slower than the limits of its batches, but
// not of its calls, is only asked less at a time.
func TestSlow(t *testing.T) {
	t.Parallel()
	d := open(t, "slow", tight)
	for i, r := range d.Subject().Answer(append(ask(), ask()...)) {
		if r.Outcome != "" {
			t.Errorf("call %d: %s: %s", i, r.Outcome, r.Error)
		}
	}
}

// TestSlowInCompany holds that a batch that takes too long, while each of its
// calls is within the limit, is nobody's fault, and is asked for only once.
func TestSlowInCompany(t *testing.T) {
	t.Parallel()
	d := open(t, "slow in company", tight)
	for i, r := range d.Subject().Answer(ask()) {
		if r.Outcome != "" {
			t.Errorf("call %d: %s: %s", i, r.Outcome, r.Error)
		}
	}
	if d.Restarts() != 1 {
		t.Errorf("%d restarts, want 1", d.Restarts())
	}
}

// TestNondeterministic holds that answers are never kept to be given again.
func TestNondeterministic(t *testing.T) {
	t.Parallel()
	s := open(t, "nondeterministic", ample).Subject()
	calls := ask()[:1]
	if a, b := s.Answer(calls), s.Answer(calls); same(a[0], b[0]) {
		t.Errorf("twice %+v", a[0])
	}
}

// TestAhead holds that the next request is there before the last is answered, once the child
// has answered one; and that no more than these two are.
func TestAhead(t *testing.T) {
	t.Parallel()
	calls := slices.Repeat([]op.Call{{Op: op.NLL, Energies: []float64{0, 1}, Beta: 1}}, 61)
	replies := open(t, "reads ahead", ample).Subject().Answer(calls)
	var ahead []float64 // by request
	for at, n := 0, 1; at < len(calls); at += n {
		ahead = append(ahead, replies[at].Value)
		n = []int{1, 2, 2, 4, 4, 8, 8, 16, 16}[len(ahead)-1]
	}
	if want := []float64{0, 1, 1, 1, 1, 1, 1, 1, 0}; !slices.Equal(ahead, want) {
		t.Errorf("the next request was there: %v, want %v", ahead, want)
	}
}

// TestCompany holds that a crash which no single call causes is not lost: it
// is the first call's of the batch.
func TestCompany(t *testing.T) {
	t.Parallel()
	d := open(t, "exits in company", Limits{Start: ample.Start, Call: ample.Call, Restarts: 2})
	replies := d.Subject().Answer(ask())
	count := map[result.Outcome]int{}
	for _, r := range replies {
		count[r.Outcome]++
	}
	// 1, then 2 in company: exit, each alone; again 2 in company: exit, each
	// alone; and again: exit, and no restart is left.
	if count[result.Crashed] != 3 || count[""] == 0 || count[result.NotRun] == 0 {
		t.Errorf("outcomes %v", count)
	}
	if r := replies[1]; !strings.Contains(r.Error, "in a batch of 2 calls, of which this is the first") || !strings.Contains(r.Error, "exit status 5") {
		t.Errorf("%+v", r)
	}
}

// TestRestarts holds that a child that always fails is started once and five
// times again, and the rest is not run: never passed.
func TestRestarts(t *testing.T) {
	t.Parallel()
	d := open(t, "exits on run", ample)
	for i, r := range d.Subject().Answer(ask()) {
		want := result.Crashed
		if i > 5 {
			want = result.NotRun
		}
		if r.Outcome != want || !strings.Contains(r.Error, "exit status 7") {
			t.Errorf("call %d: %s: %s, want %s", i, r.Outcome, r.Error, want)
		}
	}
	if d.Restarts() != 5 {
		t.Errorf("%d restarts", d.Restarts())
	}
}

// TestChanged holds that a child which is another when it is started again answers nothing
// from then on: neither for the first, nor for itself. The crash stays on record.
func TestChanged(t *testing.T) {
	for child, text := range map[string]string{
		"changes":  `its name was "child" and is "another"`,
		"finer":    "its precision was float64 and is float32",
		"learns":   "its ops were nll, hinge, gibbs, infer and are nll, hinge, gibbs, infer, mee",
		"declares": "what it declares of its arithmetic is not the same",
	} {
		t.Run(child, func(t *testing.T) {
			t.Parallel()
			d, err := Open(t.Context(), command(child, t.TempDir()), ample)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			crashed, garbage := 0, 0
			for _, r := range d.Subject().Answer(append(ask(), ask()...)) {
				switch {
				case r.Outcome == result.Crashed && strings.Contains(r.Error, "exit status 3"):
					crashed++
				case r.Outcome == result.Garbage && strings.Contains(r.Error, text):
					garbage++
				case r.Outcome != "":
					t.Errorf("%+v", r)
				}
			}
			if crashed != 1 || garbage < 60 || d.Restarts() != 1 {
				t.Errorf("%d crashed, %d garbage, %d restarts", crashed, garbage, d.Restarts())
			}
		})
	}
}

// TestNoRestart holds that a child which cannot be started again leaves its
// crash on record and the rest not run.
func TestNoRestart(t *testing.T) {
	t.Parallel()
	d, err := Open(t.Context(), command("starts once", filepath.Join(t.TempDir(), "lock")), ample)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	crashed := 0
	for i, r := range d.Subject().Answer(ask()) {
		switch {
		case r.Outcome == result.Crashed && strings.Contains(r.Error, "exit status 3"):
			crashed++
		case r.Outcome == result.NotRun && strings.Contains(r.Error, "exit status 9"):
		case r.Outcome == "" && i < culprit:
		default:
			t.Errorf("call %d: %+v", i, r)
		}
	}
	if crashed != 1 {
		t.Errorf("%d calls crashed", crashed)
	}
}

// TestUnread holds that a child which does not read does not hold up the
// runner: its pipe is full long before the request is written.
func TestUnread(t *testing.T) {
	t.Parallel()
	d := open(t, "does not read", Limits{Start: ample.Start, Call: 100 * time.Millisecond, Restarts: 1})
	long := op.Call{Op: op.NLL, Energies: make([]float64, 1<<16), Beta: 1}
	r := d.Subject().Answer([]op.Call{long})[0]
	if r.Outcome != result.TimedOut || !strings.Contains(r.Error, "did not read the request within 100ms") {
		t.Errorf("%s: %s", r.Outcome, r.Error)
	}
}

// TestFloodAfter holds that what is printed after an answer is found with the
// next call, and that a door can be closed on a child that is still printing.
func TestFloodAfter(t *testing.T) {
	if testing.Short() {
		t.Skip("it is killed only after 2 s")
	}
	t.Parallel()
	d := open(t, "flood after", ample)
	calls := ask()
	if r := d.Subject().Answer(calls[culprit : culprit+1])[0]; r.Outcome != "" {
		t.Errorf("%s: %s", r.Outcome, r.Error)
	}
	if r := d.Subject().Answer(calls[:1])[0]; r.Outcome != result.Garbage {
		t.Errorf("%s: %s", r.Outcome, r.Error)
	}
	d.Subject().Answer(calls[culprit : culprit+1])
}

// TestClose holds that a child that ignores stop is killed, and that calls
// under way and to come are not run when the door is closed or the context ends.
func TestClose(t *testing.T) {
	t.Run("ignores stop", func(t *testing.T) {
		if testing.Short() {
			t.Skip("it is killed only after 2 s")
		}
		t.Parallel()
		open(t, "ignores stop", ample)
	})
	for _, by := range []string{"close", "context"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			d, err := Open(ctx, command("hang", mark(t)), Limits{Call: time.Hour})
			if err != nil {
				t.Fatal(err)
			}
			done := make(chan op.Reply)
			go func() { done <- d.Subject().Answer(ask()[culprit : culprit+1])[0] }()
			for d.mu.TryLock() { // until the call is under way
				d.mu.Unlock()
				time.Sleep(time.Millisecond)
			}
			if by == "close" {
				d.Close()
			} else {
				cancel()
			}
			for _, r := range []op.Reply{<-done, d.Subject().Answer(ask()[:1])[0]} {
				if r.Outcome != result.NotRun || !strings.Contains(r.Error, "context canceled") {
					t.Errorf("%s: %s", r.Outcome, r.Error)
				}
			}
			d.Close()
			if left := processes(t, mark(t)); len(left) > 0 {
				t.Errorf("processes are left: %v", left)
			}
		})
	}
}

// TestIdle holds that a child is killed when the context ends, though nobody
// asks it anything.
func TestIdle(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	d, err := Open(ctx, command("fine", mark(t)), ample)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-d.p.ended
	d.Close()
}

// TestTail holds that the last 64 KiB of standard error are kept, and no more.
func TestTail(t *testing.T) {
	var all []byte
	var kept tail
	for i := range 500 {
		part := bytes.Repeat([]byte{byte('a' + i%26)}, 1+i*i%4000)
		if i == 250 {
			part = bytes.Repeat(part, 100) // more at once than is kept
		}
		all = append(all, part...)
		kept.Write(part)
		if want := all[max(0, len(all)-maxStderr):]; !bytes.Equal(kept.kept, want) {
			t.Fatalf("after %d bytes: %d kept, want the last %d", len(all), len(kept.kept), len(want))
		}
	}
	if got, want := kept.last(100), string(all[len(all)-100:]); got != want {
		t.Errorf("last: %q, want %q", got, want)
	}
}

// TestValidate holds that the schema finds what is no error otherwise: a
// misspelt field.
func TestValidate(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{false, true} {
		d := open(t, "unknown field", Limits{Start: ample.Start, Call: ample.Call, Validate: strict})
		r := d.Subject().Answer(ask())[culprit]
		if got := r.Outcome == result.Garbage && strings.Contains(r.Error, "gradient"); got != strict {
			t.Errorf("validate=%v: %+v", strict, r)
		}
	}
}

// TestMemory holds what is allocated for a child that floods 300 MB, as one
// line and as many, to less than 100 MB: in all, so at any time.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("300 MB take a while")
	}
	for _, child := range []string{"flood", "flood of lines"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d := open(t, child, ample)
		r := d.Subject().Answer(ask()[culprit : culprit+1])[0]
		runtime.ReadMemStats(&after)
		if got := (after.TotalAlloc - before.TotalAlloc) >> 20; r.Outcome != result.Garbage || got >= 100 {
			t.Errorf("%s: %s, %d MiB allocated", child, r.Outcome, got)
		} else {
			t.Logf("%s: %d MiB allocated in all", child, got)
		}
	}
}
