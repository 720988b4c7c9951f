// Package fuzz holds the fuzz targets: the claims over arbitrary bits, whatever
// takes numbers, and every reader of what comes from outside. Targets take plain
// []byte, because a float64 argument never reaches NaN. Their corpora are in
// testdata/fuzz (corpus_test.go writes them); "go test" runs them, "make fuzz"
// goes on from them.
//
//	decode_test.go   bytes → numbers, calls
//	claims_test.go   FuzzClaims, FuzzJudge: the reference, and any reply, judged by the ledger
//	exact_test.go    FuzzExact, FuzzInterval: the judge against the definitions, and against itself
//	gibbs_test.go    FuzzGibbs, FuzzMeasure, FuzzTwofold
//	spaces_test.go   FuzzChain, FuzzInfer, FuzzInferFrom, FuzzBox: other answer spaces
//	models_test.go   FuzzEnergies, FuzzSampler
//	losses_test.go   FuzzLosses
//	readers_test.go  FuzzCall, FuzzReal, FuzzResults, FuzzGoTest, FuzzSelect
//
// Two things are held everywhere: what a comment calls misuse panics with a message
// of its package, and nothing else panics at all.
package fuzz

import (
	"math"
	"slices"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// FuzzClaims puts any call to the reference, every claim about code judging
// the reply against exact: values and gradients within 4 ulps on any finite
// input, NaN in no number out, impossible answers without mass, no trace left.
func FuzzClaims(f *testing.F) {
	for _, c := range judge.Regressions() {
		f.Add(seed(c))
	}
	reference := op.Reference()
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, ok := call(b); ok {
			if err := judge.Check(reference, c); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzJudge puts any reply to the claims: none makes them panic, the correctly
// rounded one passes, and one that is a number where there is none, or the other
// way round, does not.
func FuzzJudge(f *testing.F) {
	for _, c := range judge.Regressions() {
		f.Add(append([]byte{0, 0, 1, 0}, seed(c)...)) // no slopes or probabilities, the value 1
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		replies := tape{b}
		n := 2 * replies.below(8)
		reply := op.Reply{Index: int(int8(replies.byte())), Value: replies.float(), Grad: replies.vector(n / 2), Probs: replies.vector(n / 2)}
		if replies.below(16) == 1 {
			reply.Error = "no"
		}
		c, ok := call(replies.b)
		if !ok || len(c.Energies) > 64 {
			return
		}
		says := func(r op.Reply) op.Subject {
			return op.Funcs("fuzzed", map[op.Op]func(op.Call) op.Reply{c.Op: func(op.Call) op.Reply { return r }})
		}
		judge.Check(says(reply), c)
		truth := c.Truth()
		if reply.Error != "" || judge.RegimeOf(c, op.Float64) == judge.NonFinite || truth.SumZero { // refusals, limits and kinks have more than one right reply
			return
		}
		right := op.Reply{Value: truth.Value.Near}
		for _, g := range truth.Grad {
			right.Grad = append(right.Grad, g.Lo.Near)
		}
		for _, p := range truth.Probs {
			right.Probs = append(right.Probs, p.Near)
		}
		if len(truth.Index) > 0 {
			right.Index = truth.Index[len(truth.Index)-1]
		}
		if err := judge.Check(says(right), c); err != nil {
			t.Fatalf("the correctly rounded reply: %v", err)
		}
		wrong := right
		switch nan := math.NaN(); {
		case len(right.Probs) > 0:
			wrong.Probs = append(slices.Clone(right.Probs[1:]), nan)
		case len(truth.Index) > 0:
			wrong.Index = len(c.Energies)
		case len(right.Grad) > 0 && reply.Index < 0:
			wrong.Grad = append(slices.Clone(right.Grad[1:]), nan)
		default:
			wrong.Value = nan
		}
		if judge.Check(says(wrong), c) == nil {
			t.Fatalf("%v: %+v passes", c, wrong)
		}
	})
}
