//go:build unix

package adapter

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// What the SDKs of Python and Node are given here: an op that is batched, of which calls
// of odd length are not answered together, one that is not, a loss of its own that is
// batched, and batches of an op and of that loss. Each answer shows what was given.
const (
	pythonBatches = `
from ebmcheck import Unsupported, batched, loss, serve

@batched
def nll(F, y, beta):
    print("not of the protocol")
    if len(F) == 3:
        raise Unsupported("not together")
    if len(F) == 4:
        raise ValueError("never together")
    if any(f[0] < 0 for f in F):
        raise ValueError("below 0")
    return [len(F) + i + b for i, b in zip(y, beta)], F

@batched
def gibbs(F, beta):
    return [[b * f for f in row] for row, b in zip(F, beta)]

@loss("g*pos(m + F[y] - F[ybar])", g=(1, 2))
@batched
def scaled(F, m, g):
    return [len(F) * 1000 + a + b for a, b in zip(m, g)]

def table(F, y, beta, mask, weights, reduction):
    values = [w * sum(f for f, counts in zip(row, m) if counts) for row, m, w in zip(F, mask, weights)]
    return (values if reduction == "none" else sum(values)), [[float(counts) for counts in row] for row in mask]

serve("sdk", {"nll": nll, "gibbs": gibbs, "infer": lambda F: len(F) - 1}, batch={
    "nll": table, "scaled": lambda F, m, g, mask, weights, reduction: sum(m) + sum(g) + sum(weights)})
`
	nodeBatches = `
import { Unsupported, batched, loss, serve } from 'SDK';
const nll = batched((F, y, beta) => {
  console.log('not of the protocol');
  if (F.length === 3) throw new Unsupported('not together');
  if (F.length === 4) throw new Error('never together');
  if (F.some((f) => f[0] < 0)) throw new Error('below 0');
  return { values: y.map((i, k) => F.length + i + beta[k]), grads: F };
});
const sum = (xs) => xs.reduce((a, b) => a + b, 0);
await serve('sdk', {
  nll,
  gibbs: batched((F, beta) => F.map((row, k) => row.map((f) => beta[k] * f))),
  scaled: loss('g*pos(m + F[y] - F[ybar])', { g: [1, 2] }, batched((F, { m, g }) => m.map((a, k) => F.length * 1000 + a + g[k]))),
  infer: (F) => F.length - 1,
}, {
  batch: {
    nll(F, y, beta, { mask, weights, reduction }) {
      const values = F.map((row, i) => weights[i] * sum(row.filter((_, j) => mask[i][j])));
      const grads = mask.map((row) => row.map(Number));
      return reduction === 'none' ? { values, grads } : { value: sum(values), grads };
    },
    scaled: (F, { m, g, weights }) => sum(m) + sum(g) + sum(weights),
  },
});
`
	goBatches = `package main

import (
	"errors"

	"own/adapter"
)

func sum(xs []float64) (s float64) {
	for _, x := range xs {
		s += x
	}
	return s
}

func main() {
	println("not of the protocol")
	adapter.Serve(adapter.Info{Name: "sdk"}, adapter.Ops{
		"infer": func(c adapter.Call) (adapter.Answer, error) { return adapter.Answer{Index: len(c.Energies) - 1}, nil },
	}, adapter.Loss{Name: "scaled", Formula: "g*pos(m + F[y] - F[ybar])", Ranges: map[string][2]float64{"g": {1, 2}},
		Func: func(c adapter.Call) (adapter.Answer, error) { return adapter.Answer{Value: 2000 + c.Margin + c.Params["g"]}, nil },
	}, adapter.Batched{
		"nll": func(calls []adapter.Call) (as []adapter.Answer, err error) {
			switch len(calls) {
			case 3:
				return nil, adapter.Unsupported("not together")
			case 4:
				panic("never together")
			}
			for _, c := range calls {
				if c.Energies[0] < 0 {
					return nil, errors.New("below 0")
				}
				as = append(as, adapter.Answer{Value: float64(len(calls)+c.Answer) + c.Beta, Grad: c.Energies})
			}
			return as, nil
		},
		"gibbs": func(calls []adapter.Call) (as []adapter.Answer, err error) {
			for _, c := range calls {
				p := []float64{}
				for _, f := range c.Energies {
					p = append(p, c.Beta*f)
				}
				as = append(as, adapter.Answer{Probs: p})
			}
			return as, nil
		},
	}, adapter.Batches{
		"nll": func(b adapter.Batch) (a adapter.Answer, err error) {
			for i, r := range b.Rows {
				v, grad := 0.0, make([]float64, len(r.Energies))
				for j, counts := range b.Mask[i] {
					if counts {
						v, grad[j] = v+r.Energies[j], 1
					}
				}
				a.Values, a.Grads = append(a.Values, b.Weights[i]*v), append(a.Grads, grad)
			}
			a.Value = sum(a.Values)
			return a, nil
		},
		"scaled": func(b adapter.Batch) (a adapter.Answer, err error) {
			for _, r := range b.Rows {
				a.Value += r.Margin + r.Params["g"]
			}
			a.Value += sum(b.Weights)
			return a, nil
		},
	})
}
`
)

// TestBatchedSDK holds the SDKs to giving whole requests to what is batched, and batches
// with all that they have; and to asking each call alone where they are not answered
// together.
func TestBatchedSDK(t *testing.T) {
	for _, sdk := range []struct {
		name  string
		child func(t *testing.T) []string
	}{
		{"python", func(t *testing.T) []string {
			t.Setenv("PYTHONPATH", absolute(t, "../../adapters/python"))
			t.Setenv("PYTHONDONTWRITEBYTECODE", "1")
			return []string{installed(t, "python3"), "-c", pythonBatches}
		}},
		{"node", func(t *testing.T) []string {
			sdk := absolute(t, "../../adapters/node/index.mjs")
			return []string{installed(t, "node"), "--input-type=module", "-e", strings.Replace(nodeBatches, "SDK", sdk, 1)}
		}},
		{"go", func(t *testing.T) []string { return buildSDK(t, goBatches) }},
	} {
		t.Run(sdk.name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("it starts another language")
			}
			limits := ample
			limits.Validate = true
			d, err := Open(t.Context(), sdk.child(t), limits)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(d.Close)
			answersInBatches(t, d)
		})
	}
}

func answersInBatches(t *testing.T, d *Door) {
	s := d.Subject()
	for _, o := range []op.Op{op.NLL, op.Gibbs, op.Infer, "scaled", op.BatchOf(op.NLL), op.BatchOf("scaled")} {
		if !s.Offers(o) {
			t.Fatalf("offers %v, want %s too", s.Ops, o)
		}
	}
	if !s.Declares.Together {
		t.Error("does not declare that calls are computed together")
	}
	nll := func(F ...float64) op.Call { return op.Call{Op: op.NLL, Energies: F, Answer: 1, Beta: 0.5} }
	scaled := op.Call{Op: "scaled", Energies: []float64{3, 1}, Margin: 0.5, Params: map[string]float64{"g": 1.5}}
	rows := []op.Call{nll(1, 2, 4), nll(8, 16, 1e9)}
	d.size = largest // or the first requests are short
	ask := func(calls ...op.Call) []op.Reply { return s.Answer(calls) }

	for _, c := range []struct {
		what  string
		calls []op.Call
		want  []op.Reply
	}{
		{"two calls, and two of another op", []op.Call{nll(1, 2), {Op: op.Gibbs, Energies: []float64{1, 2}, Beta: 2}, nll(3, 4, 5), {Op: op.Infer, Energies: []float64{0, 0, 0}}},
			[]op.Reply{{Value: 3.5, Grad: []float64{1, 2}}, {Probs: []float64{2, 4}}, {Value: 3.5, Grad: []float64{3, 4, 5}}, {Index: 2}}},
		{"not together", []op.Call{nll(1, 2), nll(3, 4), nll(5, 6)},
			[]op.Reply{{Value: 2.5, Grad: []float64{1, 2}}, {Value: 2.5, Grad: []float64{3, 4}}, {Value: 2.5, Grad: []float64{5, 6}}}},
		{"one refused", []op.Call{nll(1, 2), nll(-1, 4)}, []op.Reply{{Value: 2.5, Grad: []float64{1, 2}}, {Error: "below 0"}}},
		{"refused together", []op.Call{nll(1, 2), nll(1, 2), nll(1, 2), nll(1, 2)},
			[]op.Reply{{Error: "4 calls together, each of which alone is answered: "}, {Error: "never together"}, {Error: "never together"}, {Error: "never together"}}},
		{"a loss of its own", []op.Call{scaled, scaled}, []op.Reply{{Value: 2002}, {Value: 2002}}},
		{"batches", []op.Call{
			{Op: op.BatchOf(op.NLL), Batch: &op.Batch{Rows: rows, Mask: [][]bool{{true, true, true}, {true, true, false}}, Weights: []float64{1, 0.5}, Reduction: op.None}},
			{Op: op.BatchOf(op.NLL), Batch: &op.Batch{Rows: rows[:1], Reduction: op.Mean}},
			{Op: op.BatchOf("scaled"), Batch: &op.Batch{Rows: []op.Call{scaled, scaled}, Reduction: op.Sum}},
		}, []op.Reply{
			{Values: []float64{7, 12}, Grads: [][]float64{{1, 1, 1}, {1, 1, 0}}},
			{Value: 7, Grads: [][]float64{{1, 1, 1}}},
			{Value: 6},
		}},
	} {
		for i, got := range ask(c.calls...) {
			want := c.want[i]
			if want.Error != "" && got.Outcome == "" && strings.Contains(got.Error, want.Error) {
				got.Error = want.Error
			}
			if !got.Equal(want) {
				t.Errorf("%s: answer %d: got %+v, want %+v", c.what, i, got, want)
			}
		}
	}
}

func absolute(t *testing.T, name string) string {
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// installed is the path of a program; without it the test is skipped.
func installed(t *testing.T, program string) string {
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skip("no " + program + " here")
	}
	return path
}
