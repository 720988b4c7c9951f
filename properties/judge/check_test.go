package judge

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// TestCheckOfNothing: what is no call, and an op that is not offered, is said, and is no wrong
// answer of the subject.
func TestCheckOfNothing(t *testing.T) {
	hinge := op.Funcs("mine", map[op.Op]func(op.Call) op.Reply{op.Hinge: op.Hinge.Row().Reference})
	for _, test := range []struct {
		call op.Call
		says string
	}{
		{op.Call{Op: op.Hinge, Margin: 1}, "op hinge: no energies"},
		{op.Call{Op: "hing", Energies: []float64{0, 1}}, `unknown op "hing"`},
		{op.Call{Op: op.Log, Energies: []float64{0, 1}}, "mine does not offer log"},
	} {
		if err := Check(hinge, test.call); err == nil || !strings.Contains(err.Error(), "nothing was asked: "+test.says) {
			t.Errorf("%+v: %v, want %q", test.call, err, test.says)
		}
	}
	row := op.Call{Op: op.NLL, Beta: math.NaN(), Energies: []float64{0, 1}}
	if err := Check(op.Reference(), op.Call{Op: op.BatchOf(op.NLL), Batch: &op.Batch{Rows: []op.Call{row}, Reduction: op.Mean}}); err != nil {
		t.Errorf("the reference on a batch whose β is NaN: %v", err)
	}
}

// BenchmarkCheck is one certified check: of an answer to nll with eight energies, its value
// and its gradient, the truth is found, and what is allowed, and both claims are judged. An
// answer itself is not in it.
func BenchmarkCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 8))
	s := op.Reference()
	calls := make([]op.Call, 256)
	for k := range calls {
		F := make([]float64, 8)
		for i := range F {
			F[i] = 3 * r.NormFloat64()
		}
		calls[k] = op.Call{Op: op.NLL, Energies: F, Answer: r.IntN(8), Beta: 0.7}
	}
	replies := s.Replies(calls)
	claims := slices.DeleteFunc(About(op.NLL, Tame), func(c Claim) bool { return c.ID != "nll.value" && c.ID != "nll.gradient" })
	ts := Tallies(claims, Tame, s)
	if len(ts) != 2 {
		b.Fatalf("%d claims, want nll.value and nll.gradient", len(ts))
	}
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		a := &Asked{question: newQuestion(calls[k], s.Precision), reply: replies[k], again: replies[k]}
		for _, t := range ts {
			t.Add(a)
		}
		k = (k + 1) % len(calls)
	}
	for _, t := range ts {
		if t.Refuted() != "" {
			b.Errorf("%s is refuted", t.Claim())
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "checks/s")
}
