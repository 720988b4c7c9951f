package judge

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// remembering is a subject that answers a batch of calls by what start makes of the
// reference; it can be started again.
func remembering(o op.Op, start func() func(calls []op.Call) []op.Reply) op.Subject {
	s := op.Subject{Name: "remembers", Ops: []op.Op{o}, Answer: start()}
	s.Fresh = func() (op.Subject, func(), error) {
		fresh := s
		fresh.Answer = start()
		return fresh, func() {}, nil
	}
	return s
}

// What is wrong among other calls only is said to be that, with the few calls that it needs;
// asked with them it is wrong again, and alone it is right.
func TestAmong(t *testing.T) {
	ref := op.Reference().Answer
	once := false // over all starts: what does not show again
	for _, test := range []struct {
		name     string
		op       op.Op
		start    func() func(calls []op.Call) []op.Reply
		claim    string
		requests int // calls that are kept; 0: as many as there are of a race
		note     string
	}{
		{"the first β, for ever", op.NLL, func() func([]op.Call) []op.Reply {
			beta := 0.0
			return func(calls []op.Call) []op.Reply {
				rs := make([]op.Reply, len(calls))
				for i, c := range calls {
					if beta == 0 {
						beta = c.Beta
					}
					c.Beta = beta
					rs[i] = ref([]op.Call{c})[0]
				}
				return rs
			}
		}, "nll.value", 2, "asked in turn: nll("},
		{"padded with 0 to the longest of a request", op.Gibbs, func() func([]op.Call) []op.Reply {
			return func(calls []op.Call) []op.Reply {
				n := 0
				for _, c := range calls {
					n = max(n, len(c.Energies))
				}
				rs := make([]op.Reply, len(calls))
				for i, c := range calls {
					own := len(c.Energies)
					c.Energies = append(append([]float64(nil), c.Energies...), make([]float64, n-own)...)
					rs[i] = ref([]op.Call{c})[0]
					rs[i].Probs = rs[i].Probs[:own]
				}
				return rs
			}
		}, "gibbs.probabilities", 2, "answers differently alone"},
		{"a race", op.Log, func() func([]op.Call) []op.Reply {
			return func(calls []op.Call) []op.Reply {
				rs := ref(calls)
				for i, c := range calls {
					if c.Energies[0] == 50 && !once {
						once = true
						rs[i].Value++
					}
				}
				return rs
			}
		}, "log.value", 0, "did not show again in 5 replays"},
	} {
		s := remembering(test.op, test.start)
		r := unitAbout(test.op, Tame).Run(s, 1, 200)[0]
		if r.Claim != test.claim || r.Outcome != result.Nondeterministic || r.Small == nil || !strings.Contains(r.Small.Note, test.note) || r.Likely != "" {
			t.Errorf("%s: %s %s %+v", test.name, r.Claim, r.Outcome, r.Small)
			continue
		}
		if n := len(r.Small.Request); test.requests > 0 && n != test.requests || n < 2 || n > kept {
			t.Errorf("%s: %d calls are kept: %s", test.name, n, r.Small.Request)
		}
		h := result.NewHeader(1, 200, s.Info())
		stored, ok := Store(r, h)
		b, err := json.Marshal(stored)
		if err != nil || !ok {
			t.Fatal(err, ok)
		}
		if stored, err = ReadStored(b); err != nil {
			t.Fatal(err)
		}
		fresh, _, _ := s.Fresh()
		again, err := stored.Replay(fresh)
		want := result.Nondeterministic
		if test.requests == 0 {
			want = result.NotRun
		}
		if err != nil || again.Outcome != want {
			t.Errorf("%s: asked again it is %s (%v), want %s", test.name, again.Outcome, err, want)
		}
		if mended, err := stored.Replay(op.Reference()); test.requests > 0 && (err != nil || mended.Outcome != result.Passed) {
			t.Errorf("%s: the reference is %s (%v)", test.name, mended.Outcome, err)
		}
		// The next run asks it, too, when nothing else would show it.
		if next := unitAbout(test.op, Tame).Run(fresh, 1, 200, stored)[0]; test.requests > 0 && next.Outcome != result.Nondeterministic {
			t.Errorf("%s: the next run says %s", test.name, next.Outcome)
		}
	}
}

// The smallest counterexample is what a person would write, and as bad as the first.
func TestSmallest(t *testing.T) {
	for _, test := range []struct {
		name  string
		op    op.Op
		wrong func(c op.Call, r *op.Reply)
		claim string
		want  string
	}{
		{"softmax without a shift", op.Gibbs, func(c op.Call, r *op.Reply) {
			Z := 0.0
			for i, f := range c.Energies {
				r.Probs[i] = math.Exp(-c.Beta * f)
				Z += r.Probs[i]
			}
			for i := range r.Probs {
				r.Probs[i] /= Z
			}
		}, "gibbs.probabilities", "gibbs(F=[10], β=100)"},
		{"no logarithm", op.Log, func(c op.Call, r *op.Reply) { r.Value = 1 + math.Exp(c.Energies[0]-c.Energies[1]) }, "log.value", "log(F=0, F̄=0)"},
		{"a few ulps everywhere, and a factor 100 somewhere", op.NLL, func(c op.Call, r *op.Reply) {
			switch {
			case len(c.Energies) >= 5 && c.Beta < 1 && c.Energies[3] > 20:
				r.Value *= 100
			case len(c.Energies) >= 5:
				r.Value *= 1 + 0x1p-45 // of this nobody wants to hear
			}
		}, "nll.value", "nll(F=[0 0 0 40 0], y=0, β=0.1)"},
	} {
		ref := op.Reference().Answer
		s := op.Funcs("wrong", map[op.Op]func(op.Call) op.Reply{test.op: func(c op.Call) op.Reply {
			r := ref([]op.Call{c})[0]
			test.wrong(c, &r)
			return r
		}})
		for _, r := range unitAbout(test.op, Tame).Run(s, 1, 500) {
			if r.Claim == test.claim && r.Level == result.Required && (r.Small == nil || r.Small.Case != test.want) {
				t.Errorf("%s: %+v, want %s", test.name, r.Small, test.want)
			}
		}
	}
}

// A mistake stays as bad while its call becomes simpler.
func TestMistakeAlike(t *testing.T) {
	of := func(what string, got, want float64) mistake {
		return mistake{part: part{what: what, got: got, want: point(op.Value{Near: want})}}
	}
	for _, test := range []struct {
		m, n  mistake
		alike bool
	}{
		{of("value", 100, 1), of("value", 3, 1), true},
		{of("value", 100, 1), of("value", 1+0x1p-48, 1), false},
		{of("value", 1.01, 1), of("value", 1.002, 1), true},
		{of("grad[3]", 1, 0), of("grad[0]", 2, 0), true},
		{of("grad[3]", 1, 0), of("value", 2, 0), false},
		{of("value", math.NaN(), 1), of("value", 7, 1), false},
		{of("value", math.NaN(), 1), of("value", math.NaN(), 2), true},
		{of("value", math.Inf(1), 1), of("value", math.Inf(-1), 1), false},
		{mistake{broken: "no"}, mistake{broken: "never"}, true},
		{mistake{broken: "no"}, of("value", 7, 1), false},
	} {
		if got := test.m.alike(test.n); got != test.alike {
			t.Errorf("%+v, and then %+v: %v", test.m, test.n, got)
		}
	}
}
