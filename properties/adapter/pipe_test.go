//go:build unix

package adapter

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// workload is 4096 calls of the kinds that a gate asks: pairs, and ten
// answers, with numbers of 16 digits.
func workload() []op.Call {
	calls := make([]op.Call, 4096)
	for i := range calls {
		F := make([]float64, 10)
		for j := range F {
			F[j] = float64((i+1)*(j+3)%97) / 7
		}
		switch i % 4 {
		case 0:
			calls[i] = op.Call{Op: op.NLL, Energies: F, Answer: i % 10, Beta: 0.7}
		case 1:
			calls[i] = op.Call{Op: op.Gibbs, Energies: F, Beta: 1.3}
		default:
			calls[i] = op.Call{Op: op.Hinge, Energies: F[:2], Margin: 0.1}
		}
	}
	return calls
}

// TestMostArePlain: the answers of a child are read as plain ones.
func TestMostArePlain(t *testing.T) {
	calls := workload()[:4]
	calls = append(calls, op.Call{Op: op.Infer, Energies: []float64{1, 0}})
	line := []byte(results(3, answers(calls)))
	entries, ok := plainResults(line, 3, len(calls))
	if !ok {
		t.Fatalf("not plain: %s", line)
	}
	for i, c := range calls {
		if _, ok := plainAnswer(entries[i], question{op: c.Op, energies: c.Size()}); !ok {
			t.Errorf("not plain: %s", entries[i])
		}
	}
}

const pythonChild = `
import math
from ebmcheck import serve

def gibbs(F, beta):
    top = max(-beta * f for f in F)
    e = [math.exp(-beta * f - top) for f in F]
    s = sum(e)
    return [x / s for x in e]

def nll(F, y, beta):
    top = max(-beta * f for f in F)
    p = gibbs(F, beta)
    return F[y] + (top + math.log(sum(math.exp(-beta * f - top) for f in F))) / beta, [(i == y) - q for i, q in enumerate(p)]

def hinge(F, m):
    t = m + F[0] - F[1]
    return max(0.0, t), [1.0, -1.0] if t > 0 else [0.0, 0.0]

serve("bench", {"gibbs": gibbs, "nll": nll, "hinge": hinge})
`

// BenchmarkPipe is how many calls a second go through the door, batched: with
// a child in Go that answers as the reference does, and with one in Python on
// the SDK.
func BenchmarkPipe(b *testing.B) {
	b.Run("child=go", func(b *testing.B) { pipe(b, command("fine", b.Name())) })
	b.Run("child=python", func(b *testing.B) {
		python, err := exec.LookPath("python3")
		if err != nil {
			b.Skip("no python3 here")
		}
		sdk, err := filepath.Abs("../../adapters/python")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(sdk, "ebmcheck")); err != nil {
			b.Skip(err)
		}
		b.Setenv("PYTHONPATH", sdk)
		pipe(b, []string{python, "-c", pythonChild})
	})
}

func pipe(b *testing.B, command []string) {
	d, err := Open(b.Context(), command, Limits{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	s, calls := d.Subject(), workload()
	s.Answer(calls) // the batches grow
	for b.Loop() {
		if r := s.Answer(calls); r[0].Outcome != "" || r[0].Error != "" {
			b.Fatal(r[0])
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(calls))/b.Elapsed().Seconds(), "calls/s")
}

// BenchmarkGate is a run of every claim about code on a child in Go that has
// every op right, at the default profile of the gate.
func BenchmarkGate(b *testing.B) {
	d, err := Open(b.Context(), command("all ops", b.Name()), Limits{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	claims := slices.DeleteFunc(slices.Clone(properties.Claims), func(c properties.Claim) bool { return c.Layer() != "code" })
	for b.Loop() {
		run := properties.Run{Claims: claims, Subject: d.Subject(), Seed: 1, Checks: properties.Promised,
			Emit: func(r result.Result) error {
				if format := r.Claim == r.Op+".format"; format != (r.Outcome == result.NotOffered) || !format && r.Outcome != result.Passed {
					b.Errorf("%s in %s: %s: %s", r.Claim, r.Regime, r.Outcome, r.Why) // in float64 no answer has another format
				}
				return nil
			}}
		if err := run.Do(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
