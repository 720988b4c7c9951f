//go:build unix

package adapter

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// The children of the tests are this test binary, started again: a child that
// is fine, and every way that we know to misbehave. Most do so when they are
// asked about one energy alone.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "child" {
		children[os.Args[2]]()
		return
	}
	os.Exit(m.Run())
}

// command starts a child; marker is for finding it among all processes.
func command(child, marker string) []string { return []string{os.Args[0], "child", child, marker} }

const hello = `{"version":1,"implementation":{"name":"child","language":"go","since":1999},"precision":"float64","ops":["nll","hinge","gibbs","infer"]}`

// traceback is what some give as an error: 20 KB, of which the last line tells.
var traceback = strings.Repeat(`  File \"losses.py\", line 7, in f\n`, 550) + "RecursionError: too deep"

var greeting = hello // the answer to start

var reference = op.Reference()

var children = map[string]func(){
	"fine": func() { serve(right) },
	"all ops": func() {
		ops, err := json.Marshal(op.Ops)
		if err != nil {
			panic(err)
		}
		greeting = strings.Replace(hello, `["nll","hinge","gibbs","infer"]`, string(ops), 1)
		debug.SetGCPercent(400) // as one that is to be fast
		serve(right)
	},
	"slow": func() {
		serve(func(seq int, calls []op.Call) {
			time.Sleep(time.Duration(len(calls)) * 2 * time.Millisecond)
			right(seq, calls)
		})
	},
	"reads ahead": func() { // the value is whether the next request was there before the answer
		lines := make(chan []byte)
		go func() {
			defer close(lines)
			for in := bufio.NewReaderSize(os.Stdin, 1<<20); ; {
				line, err := in.ReadBytes('\n')
				if err != nil {
					return
				}
				lines <- line
			}
		}()
		for line := range lines {
			for next := []byte(nil); line != nil; line, next = next, nil {
				var q struct {
					Cmd   string
					Seq   int
					Calls []wireCall
				}
				if err := json.Unmarshal(line, &q); err != nil {
					panic(err)
				}
				if q.Cmd != "run" {
					say(greeting)
					continue
				}
				select {
				case next = <-lines:
				case <-time.After(time.Second):
				}
				rs := make([]string, len(q.Calls))
				for i := range rs {
					rs[i] = fmt.Sprintf(`{"value":%d.0}`, min(1, len(next)))
				}
				say(results(q.Seq, rs))
			}
		}
	},
	"slow in company": func() {
		serve(func(seq int, calls []op.Call) {
			if len(calls) >= 4 {
				forever()
			}
			right(seq, calls)
		})
	},
	"refuses":      func() { serve(alone(`{"error":"ValueError: no"}`)) },
	"unsupported":  func() { serve(alone(`{"unsupported":"one answer is no choice"}`)) },
	"traceback":    func() { serve(alone(`{"error":"` + traceback + `"}`)) },
	"long":         func() { serve(alone(`{"unsupported":"` + strings.Repeat("é", 7<<20) + `"}`)) },
	"long garbage": func() { serve(alone(`{"value":"` + strings.Repeat("x", 14<<20) + `"}`)) },
	"long list":    func() { serve(alone(`{"value":0.0,"grad":[0` + strings.Repeat(",0", 7<<20) + `]}`)) },
	"long seq": func() {
		serve(at(func(int, []op.Call) { say(`{"seq":` + strings.Repeat("1", 14<<20) + `,"results":[]}`) }))
	},
	"long name":      func() { greet(strings.Replace(hello, `"child"`, `"`+strings.Repeat("x", 14<<20)+`"`, 1)) },
	"long op":        func() { greet(strings.Replace(hello, `hinge`, strings.Repeat("x", 14<<20), 1)) },
	"long precision": func() { greet(strings.Replace(hello, `float64`, strings.Repeat("x", 14<<20), 1)) },
	"silent no":      func() { serve(alone(`{"error":""}`)) },
	"nondeterministic": func() {
		serve(func(seq int, calls []op.Call) {
			rs := make([]string, len(calls))
			for i := range rs {
				rs[i] = fmt.Sprintf(`{"value":%v}`, rand.Float64())
			}
			say(results(seq, rs))
		})
	},

	// the process ends
	"exit 3": func() {
		serve(at(func(int, []op.Call) { fmt.Fprintln(os.Stderr, "IndexError: n = 1"); os.Exit(3) }))
	},
	"signal":       func() { serve(at(func(int, []op.Call) { kill(os.Getpid()) })) },
	"exit quietly": func() { serve(at(func(int, []op.Call) { os.Exit(0) })) },
	"half, exit": func() {
		serve(at(func(seq int, _ []op.Call) { fmt.Printf(`{"seq":%d,"resu`, seq); os.Exit(0) }))
	},
	"ends at once": func() {},
	"exits on run": func() { serve(func(int, []op.Call) { os.Exit(7) }) },
	"leaves a child": func() {
		serve(at(func(int, []op.Call) { grandchild(false); os.Exit(3) }))
	},
	"leaves a child that left": func() {
		serve(at(func(int, []op.Call) { grandchild(true); os.Exit(3) }))
	},
	"exits in company": func() {
		serve(func(seq int, calls []op.Call) {
			if len(calls) > 1 {
				os.Exit(5)
			}
			right(seq, calls)
		})
	},
	"huge stderr": func() {
		serve(at(func(int, []op.Call) {
			line := bytes.Repeat([]byte("warning "), 1<<13)
			for range 1000 {
				os.Stderr.Write(line)
			}
			fmt.Fprintln(os.Stderr, "\nthe last word")
			os.Exit(4)
		}))
	},
	"starts once": func() { // the marker is a file's name
		if _, err := os.Stat(os.Args[3]); err == nil {
			fmt.Fprintln(os.Stderr, "locked")
			os.Exit(9)
		}
		os.WriteFile(os.Args[3], nil, 0o600)
		serve(at(func(int, []op.Call) { os.Exit(3) }))
	},

	// no line in time
	"hang": func() { serve(at(func(int, []op.Call) { forever() })) },
	"half, hang": func() {
		serve(at(func(seq int, _ []op.Call) { fmt.Printf(`{"seq":%d,"resu`, seq); forever() }))
	},
	"never start": forever,
	"does not read": func() {
		say(hello)
		forever()
	},
	"ignores stop": func() { serve(right); forever() },

	// lines that are not the JSON asked for
	"banner":       func() { say("Loading model..."); serve(right) },
	"version 2":    func() { greet(strings.Replace(hello, `"version":1`, `"version":2`, 1)) },
	"no name":      func() { greet(strings.Replace(hello, `"name"`, `"called"`, 1)) },
	"float8":       func() { greet(strings.Replace(hello, `float64`, `float8`, 1)) },
	"unknown op":   func() { greet(strings.Replace(hello, `hinge`, `hingee`, 1)) },
	"no ops":       func() { greet(strings.Replace(hello, `"ops"`, `"opts"`, 1)) },
	"ops a string": func() { greet(`{"version":1,"implementation":{"name":"x"},"precision":"float64","ops":"nll"}`) },
	"stray line": func() {
		serve(at(func(seq int, calls []op.Call) { say("epoch 1: loss 0.3"); right(seq, calls) }))
	},
	"wrong seq": func() { serve(at(func(seq int, calls []op.Call) { right(seq+1, calls) })) },
	"no seq":    func() { serve(at(func(seq int, calls []op.Call) { say(`{"results":[]}`) })) },
	"too few":   func() { serve(at(func(seq int, calls []op.Call) { say(results(seq, answers(calls)[1:])) })) },
	"too many": func() {
		serve(at(func(seq int, calls []op.Call) { say(results(seq, append(answers(calls), "{}"))) }))
	},
	"an array":      func() { serve(at(func(seq int, calls []op.Call) { say("[1,2]") })) },
	"an empty line": func() { serve(at(func(seq int, calls []op.Call) { say("") })) },
	"results a dict": func() {
		serve(at(func(seq int, calls []op.Call) { say(fmt.Sprintf(`{"seq":%d,"results":{}}`, seq)) }))
	},
	"python's repr":  func() { serve(at(func(seq int, calls []op.Call) { say(fmt.Sprintf(`{'seq': %d}`, seq)) })) },
	"bare NaN":       func() { serve(alone(`{"value":NaN,"grad":[0.0]}`)) },
	"bare -inf":      func() { serve(alone(`{"value":-inf}`)) },
	"not UTF-8":      func() { serve(alone("{\"error\":\"caf\xe9\"}")) },
	"closes stdout":  func() { serve(at(func(int, []op.Call) { os.Stdout.Close(); forever() })) },
	"flood":          func() { serve(at(func(int, []op.Call) { flood(false) })) },
	"flood of lines": func() { serve(at(func(int, []op.Call) { flood(true) })) },
	"flood at start": func() { flood(false) },
	"flood after": func() {
		serve(at(func(seq int, calls []op.Call) { right(seq, calls); flood(true) }))
	},

	// an entry that is no answer, in a line that is sound
	"null entry":    func() { serve(alone(`null`)) },
	"null value":    func() { serve(alone(`{"value":null,"grad":[0.0]}`)) },
	"null in grad":  func() { serve(alone(`{"value":0.0,"grad":[null]}`)) },
	"no value":      func() { serve(alone(`{"grad":[0.0]}`)) },
	"empty entry":   func() { serve(alone(`{}`)) },
	"value a list":  func() { serve(alone(`{"value":[0.0]}`)) },
	"value a word":  func() { serve(alone(`{"value":"nan"}`)) },
	"grad a number": func() { serve(alone(`{"value":0.0,"grad":1.0}`)) },
	"error a dict":  func() { serve(alone(`{"error":{"message":"no"}}`)) },
	"value twice":   func() { serve(alone(`{"value":0.0,"Value":1.0}`)) },
	"seq twice": func() {
		serve(at(func(seq int, calls []op.Call) {
			say(strings.Replace(results(seq, answers(calls)), "{", `{"seq":0,`, 1))
		}))
	},
	"name twice":    func() { greet(strings.Replace(hello, `"name"`, `"name":"other","name"`, 1)) },
	"a mark":        func() { serve(at(func(seq int, calls []op.Call) { say("\uFEFF" + results(seq, answers(calls))) })) },
	"mark first":    func() { greet("\uFEFF" + hello) },
	"changes":       func() { changes(strings.NewReplacer(`"child"`, `"another"`)) },
	"finer":         func() { changes(strings.NewReplacer(`float64`, `float32`)) },
	"learns":        func() { changes(strings.NewReplacer(`"infer"`, `"infer","mee"`)) },
	"declares":      func() { changes(strings.NewReplacer(`"precision"`, `"declares":{"flushes":true},"precision"`)) },
	"both":          func() { serve(alone(`{"value":0.0,"error":"no"}`)) },
	"past float64":  func() { serve(alone(`{"value":1e999}`)) },
	"unknown field": func() { serve(alone(`{"value":0.0,"gradient":[0.0]}`)) },

	"sleep": func() { time.Sleep(4 * time.Second) },
}

// changes ends at the call of one energy, and greets otherwise when it is started again.
// The marker is a folder.
func changes(to *strings.Replacer) {
	name := os.Args[3] + "/started"
	if _, err := os.Stat(name); err == nil {
		greeting = to.Replace(hello)
	}
	os.WriteFile(name, nil, 0o600)
	serve(at(func(int, []op.Call) { os.Exit(3) }))
}

// serve answers start with the greeting and each run as told, until stop.
func serve(run func(seq int, calls []op.Call)) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var q struct {
			Cmd   string
			Seq   int
			Calls []wireCall
		}
		if err := json.Unmarshal(line, &q); err != nil {
			panic(err)
		}
		switch q.Cmd {
		case "start":
			say(greeting)
		case "run":
			run(q.Seq, called(q.Calls))
		case "stop":
			return
		}
	}
}

// wireCall is a call as a quick child reads it.
type wireCall struct {
	Op                                 op.Op
	Energies, Beta, Margin, Gamma, Cap json.RawMessage
	Answer                             int
	Params                             map[string]float64
}

func called(ws []wireCall) []op.Call {
	calls := make([]op.Call, len(ws))
	for i, w := range ws {
		number := func(raw json.RawMessage) float64 {
			if raw == nil {
				return 0
			}
			var x result.Real
			if err := x.UnmarshalJSON(raw); err != nil {
				panic(err)
			}
			return float64(x)
		}
		F, err := reals(w.Energies)
		if err != nil {
			panic(err)
		}
		calls[i] = op.Call{Op: w.Op, Energies: floats(F), Answer: w.Answer,
			Beta: number(w.Beta), Margin: number(w.Margin), Gamma: number(w.Gamma), Cap: number(w.Cap), Params: w.Params}
	}
	return calls
}

func greet(line string) { say(line); io.Copy(io.Discard, os.Stdin) }

func say(line string) { io.WriteString(os.Stdout, line+"\n") }

// right answers as the reference does.
func right(seq int, calls []op.Call) { say(results(seq, answers(calls))) }

func results(seq int, entries []string) string {
	return fmt.Sprintf(`{"seq":%d,"results":[%s]}`, seq, strings.Join(entries, ","))
}

func answers(calls []op.Call) []string {
	entries := make([]string, len(calls))
	for i, r := range reference.Answer(calls) {
		entries[i] = entry(calls[i].Op, r)
	}
	return entries
}

// entry is the reply to a call of op as JSON.
func entry(o op.Op, r op.Reply) string {
	switch {
	case r.Error != "":
		return fmt.Sprintf(`{"error":%q}`, r.Error)
	case o == op.Gibbs:
		return `{"probs":` + list(r.Probs) + `}`
	case o == op.Infer:
		return fmt.Sprintf(`{"index":%d}`, r.Index)
	default:
		return `{"value":` + real(r.Value) + `,"grad":` + list(r.Grad) + `}`
	}
}

func real(x float64) string {
	b, err := result.Real(x).MarshalJSON()
	if err != nil {
		panic(err)
	}
	return string(b)
}

func list(xs []float64) string {
	texts := make([]string, len(xs))
	for i, x := range xs {
		texts[i] = real(x)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// at misbehaves in a request with a call of one energy, and is right otherwise.
func at(misbehave func(seq int, calls []op.Call)) func(int, []op.Call) {
	return func(seq int, calls []op.Call) {
		for _, c := range calls {
			if len(c.Energies) == 1 {
				misbehave(seq, calls)
				return
			}
		}
		right(seq, calls)
	}
}

// alone answers a call of one energy so, and the others rightly.
func alone(entry string) func(int, []op.Call) {
	return func(seq int, calls []op.Call) {
		entries := answers(calls)
		for i, c := range calls {
			if len(c.Energies) == 1 {
				entries[i] = entry
			}
		}
		say(results(seq, entries))
	}
}

func forever() { time.Sleep(time.Hour) }

func kill(pid int) {
	syscall.Kill(pid, syscall.SIGKILL)
	forever()
}

// flood writes 300 MB to standard output, and waits.
func flood(lines bool) {
	junk := bytes.Repeat([]byte("x"), 1<<20)
	if lines {
		junk[len(junk)-1] = '\n'
	}
	for range 300 {
		os.Stdout.Write(junk)
	}
	forever()
}

// grandchild starts a process that sleeps and holds the pipes; in a session of
// its own if it is to leave the group.
func grandchild(leave bool) {
	c := exec.Command(os.Args[0], "child", "sleep", os.Args[3])
	if leave {
		c.Args[3] = "gone" // it cannot be found, and ends by itself
	}
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: leave}
	if err := c.Start(); err != nil {
		panic(err)
	}
}
