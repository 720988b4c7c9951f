package judge

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// unweighted is the reference of hinge, of which batches ignore the weights.
func unweighted() op.Subject {
	reference := op.Reference()
	return op.Funcs("unweighted", map[op.Op]func(op.Call) op.Reply{op.BatchOf(op.Hinge): func(c op.Call) op.Reply {
		c = c.Clone()
		c.Batch.Weights = nil
		return reference.Answer([]op.Call{c})[0]
	}})
}

// TestBatchKept: what refutes batches is told by few rows, stored with all of them, and
// asked again as it was.
func TestBatchKept(t *testing.T) {
	s := unweighted()
	u := unitAbout(op.BatchOf(op.Hinge), Tame)
	cs := RandomCases(u.Op, u.Regime, op.Float64, 3, 0, 400) // without the grid, which is simple
	met := 0
	for _, r := range u.examine(cs, s) {
		if r.Outcome == result.Passed {
			continue
		}
		met++
		var c op.Call
		if err := json.Unmarshal(r.Small.Call, &c); err != nil {
			t.Fatal(err)
		}
		if k := len(c.Batch.Rows); k > 2 || c.Batch.Mask != nil {
			t.Errorf("%s is told by %s: %d rows, a mask: %v", r.Claim, r.Small.Case, k, c.Batch.Mask != nil)
		}
		kept, ok := Store(r, result.NewHeader(1, 400, s.Info()))
		b, err := json.Marshal(kept)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		x, err := ReadStored(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []struct {
			subject op.Subject
			passes  bool
		}{{s, false}, {op.Reference(), true}} {
			again, err := x.Replay(who.subject)
			if err != nil || (again.Outcome == result.Passed) != who.passes || again.Claim != r.Claim {
				t.Errorf("asked again, %s of %s is %s (%v)", again.Claim, who.subject.Name, again.Outcome, err)
			}
		}
	}
	if met < 4 {
		t.Errorf("%d of 4 results refuted: value and gradient, at both levels", met)
	}
}

// TestBatchRegime: what is masked does not count in the regime of a batch.
func TestBatchRegime(t *testing.T) {
	row := op.Call{Op: op.NLL, Beta: 1, Energies: []float64{0, 1, 1e300}}
	for _, c := range []struct {
		mask []bool
		want Regime
	}{{[]bool{true, true, false}, Tame}, {[]bool{true, true, true}, Extreme}, {[]bool{false, false, false}, Tame}} {
		call := op.Call{Op: op.BatchOf(op.NLL), Batch: &op.Batch{Rows: []op.Call{row}, Mask: [][]bool{c.mask}, Reduction: op.Sum}}
		if got := RegimeOf(call, op.Float64); got != c.want {
			t.Errorf("%v is %s, want %s", call, got, c.want)
		}
	}
}

// TestRowThatDoesNotCount: nothing is asked of a row of which nothing counts, nor of a mean
// where no weight does; but of what stands beside.
func TestRowThatDoesNotCount(t *testing.T) {
	row := func(F ...float64) op.Call { return op.Call{Op: op.Hinge, Margin: 1, Energies: F} }
	batch := func(reduction op.Reduction, weights ...float64) op.Call {
		return op.Call{Op: op.BatchOf(op.Hinge), Batch: &op.Batch{Rows: []op.Call{row(0, 0.5), row(7, 9)}, Mask: [][]bool{{true, true}, {false, false}}, Weights: weights, Reduction: reduction}}
	}
	for _, c := range []struct {
		call  op.Call
		reply op.Reply
		fine  bool
	}{
		{batch(op.None), op.Reply{Values: []float64{0.5, 77}, Grads: [][]float64{{1, -1}, {5, 5}}}, true},
		{batch(op.None), op.Reply{Values: []float64{0.25, 77}, Grads: [][]float64{{1, -1}, {5, 5}}}, false},
		{batch(op.Sum), op.Reply{Value: 0.5, Grads: [][]float64{{1, -1}, {5, 5}}}, true},
		{batch(op.Sum), op.Reply{Value: 0.5, Grads: [][]float64{{1, -1e-300}, {5, 5}}}, false},
		{batch(op.Mean, 2, 6), op.Reply{Value: 0.5, Grads: [][]float64{{1, -1}, {5, 5}}}, true},
		{batch(op.Mean, 2, 6), op.Reply{Value: 0.125, Grads: [][]float64{{0.25, -0.25}, {0, 0}}}, false},
		{batch(op.Mean, 0, 6), op.Reply{Value: 44, Grads: [][]float64{{3, 3}, {0, 0}}}, true},
		{batch(op.Mean), op.Reply{Value: 0.5, Grads: [][]float64{{1, -1}}}, false},
		{batch(op.None), op.Reply{Values: []float64{0.5}}, false},
	} {
		s := op.Funcs("one", map[op.Op]func(op.Call) op.Reply{c.call.Op: func(op.Call) op.Reply { return c.reply }})
		if err := Check(s, c.call); (err == nil) != c.fine {
			t.Errorf("%v answered %+v: %v", c.call, c.reply, err)
		}
	}
}

// TestTogether: who declares that calls are computed together is held to answers that are
// right, and not to the same bits.
func TestTogether(t *testing.T) {
	for _, c := range []struct {
		noise    float64
		together bool
		outcome  result.Outcome
	}{{0x1p-52, true, result.Passed}, {1e-9, true, result.Nondeterministic}, {0x1p-52, false, result.Nondeterministic}} {
		reference, calls := op.Reference(), 0
		s := op.Funcs("noisy", map[op.Op]func(op.Call) op.Reply{op.NLL: func(c2 op.Call) op.Reply {
			r := reference.Answer([]op.Call{c2})[0]
			if calls++; calls%2 == 0 {
				r.Value *= 1 + c.noise
			}
			return r
		}})
		s.Declares.Together = c.together
		u := unitAbout(op.NLL, Tame)
		u.Claims = slices.DeleteFunc(u.Claims, func(c Claim) bool { return !isPure(c) })
		for _, r := range u.examine(RandomCases(op.NLL, Tame, op.Float64, 1, 0, 200), s) {
			want := c.outcome
			if r.Level == result.Recommended {
				want = result.Nondeterministic
			}
			if r.Outcome != want {
				t.Errorf("off by %g, together %v: %s is %s, want %s (%s)", c.noise, c.together, r.Level, r.Outcome, want, r.Why)
			}
		}
	}
}

// TestWeighed: RECOMMENDED of a batch follows from that of its rows alone, of subnormal
// numbers that are weighed too: 4 ulps of each are fine, 13 are not, as 4 and 4 for weighing
// are 12 at most, where a product is in the binade below that of its factor.
func TestWeighed(t *testing.T) {
	reference, of := op.Reference(), op.BatchOf(op.MCE)
	for off, outcome := range map[int]result.Outcome{4: result.Passed, 13: result.Refuted} {
		s := op.Funcs("off", map[op.Op]func(op.Call) op.Reply{of: func(c op.Call) op.Reply {
			r := reference.Answer([]op.Call{c})[0]
			shares, _ := c.Batch.Shares()
			for i, g := range r.Grads {
				row, at := c.Batch.Alone(i)
				if len(at) == 0 {
					continue
				}
				alone := reference.Answer([]op.Call{row})[0].Grad
				for k, j := range at {
					for range off {
						alone[k] = math.Nextafter(alone[k], 0)
					}
					g[j] = shares[i] * alone[k]
				}
			}
			return r
		}})
		for _, regime := range []Regime{Tame, Wide} {
			u := unitAbout(of, regime)
			u.Claims = slices.DeleteFunc(u.Claims, func(c Claim) bool { return c.ID != string(of)+".gradient" })
			for _, r := range u.examine(NewCases(of, regime, op.Float64, 1, 2000), s) {
				if r.Level == result.Recommended && r.Outcome != outcome {
					t.Errorf("%d ulps off: %s is %s: %+v", off, regime, r.Outcome, r.Small)
				}
			}
		}
	}
}
