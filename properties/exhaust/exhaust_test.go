package exhaust

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// toy is a format of 3 bits: 32 finite numbers up to 7, by quarters at the least.
var toy = formatOf("a toy", 3, 4, -2)

// exhausted runs all slices, or those of a shard that are not done.
func exhausted(t *testing.T, r Run) []Slice {
	t.Helper()
	done := slices.Clone(r.Have)
	r.Workers = 2
	r.Emit = func(s Slice) error { done = append(done, s); return nil }
	if err := r.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
	return done
}

// refuted are the claims that are refuted as REQUIRED, and the first of their counterexamples.
func refuted(results []result.Result) (claims []string, small string) {
	for _, r := range results {
		if r.Decides() {
			claims = append(claims, r.Claim)
			small = r.Small.Case
		}
	}
	return claims, small
}

// TestToy: the reference is right on all pairs of the toy format, asked each or one a
// difference; one that is wrong on one pair alone, or at one difference, is refuted there.
func TestToy(t *testing.T) {
	wrongAt := func(o op.Op, when func(F, Fbar float64) bool) op.Subject {
		s := op.Funcs("wrong", map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply {
			r := o.Row().Reference(c)
			if when(c.Energies[0], c.Energies[1]) {
				r.Value += 1e-3
			}
			return r
		}})
		return s
	}
	n := uint64(len(toy.numbers))
	for _, o := range []op.Op{op.Simple, op.Hinge, op.Log, op.SquareExp, op.SquareSquare} {
		few, ok := reduced(o, toy)
		if !ok {
			t.Fatalf("of %s all pairs are asked", o)
		}
		for _, set := range []Set{pairs(o, toy), few} {
			judge := func(s op.Subject) ([]result.Result, Slice) {
				done := exhausted(t, Run{Subject: s, Sets: []Set{set}})
				results, err := Results(s, []Set{set}, done)
				if err != nil {
					t.Fatal(err)
				}
				return results, total(done)
			}
			results, sum := judge(op.Reference())
			if bad, small := refuted(results); bad != nil || len(results) < 8 {
				t.Errorf("%s: the reference is refuted by %v at %s, of %d lines", set.ID(), bad, small, len(results))
			}
			if sum.Cases != n*n || set.All() != n*n || set.Name == "pairs" && sum.Asked != n*n || sum.Nearest < (sum.Asked-(n*n-32*32))*9/10 { // of some 30 a kink may be
				t.Errorf("%s: %d cases, %d asked, %d the nearest: want all %d pairs", set.ID(), sum.Cases, sum.Asked, sum.Nearest, n*n)
			}
			for _, w := range sum.Worst {
				if !(w.Ulps <= 1) || w.At == nil {
					t.Errorf("%s: %s is off by %v ulps at %v", set.ID(), w.Claim, w.Ulps, w.At)
				}
			}
			when := func(F, Fbar float64) bool { return F == 1.25 && Fbar == -0.5 }
			want, times := "F=1.25, F̄=-0.5", uint64(1)
			switch {
			case set.Name == "parts" && o != op.SquareExp:
				when = func(F, Fbar float64) bool { return F < 0 && Fbar == -0.5 }
				want = "F=-0.25, F̄=-0.5" // the first below 0
			case set.Name == "differences":
				when = func(F, Fbar float64) bool { return F-Fbar == 1.75 }
				want, times = "F=1.75, F̄=0", 3 // and F̄ = −0; and −0, −1.75
			}
			results, sum = judge(wrongAt(o, when))
			bad, small := refuted(results)
			if !slices.Equal(bad, []string{string(o) + ".value"}) || !strings.Contains(small, want) || sum.Refuted[0].Cases != times {
				t.Errorf("%s: wrong at %s, refuted by %v at %s, %d times", set.ID(), want, bad, small, sum.Refuted[0].Cases)
			}
		}
	}
}

// TestStand: one pair is asked for each difference of the toy format, and what stands for
// a difference of float16 numbers is a pair of them. A stand of a bit less is none.
func TestStand(t *testing.T) {
	asked := map[float64]int{}
	n := len(toy.units)
	for i := range n {
		for j := range n {
			asked[toy.numbers[i]-toy.numbers[j]] += 0
			if toy.stands(i, j) && !toy.alone(i) && !toy.alone(j) {
				asked[toy.numbers[i]-toy.numbers[j]]++
			}
		}
	}
	for d, times := range asked {
		if times != 1 {
			t.Errorf("for the difference %v %d pairs stand, want 1", d, times)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200000 {
		i, j := rng.IntN(len(half.units)), rng.IntN(len(half.units))
		d := half.numbers[i] - half.numbers[j]
		F, Fbar := half.stand(half.units[i] - half.units[j])
		if !half.has(F) || !half.has(Fbar) || math.Ldexp(float64(F-Fbar), -24) != d {
			t.Fatalf("for %v stand %d and %d units", d, F, Fbar)
		}
	}
	short := *toy
	short.bits--
	defer func() {
		if p := recover(); p == nil {
			t.Error("a significand of a bit less stands for all differences")
		}
	}()
	for i := range n {
		for j := range n {
			short.stands(i, j)
		}
	}
}

// TestSets: the sets are as large as they should be, and hold the numbers that they should.
func TestSets(t *testing.T) {
	if n := len(half.units); n != 63488 || half.numbers[n/2-1] != op.Float16.Largest() || half.numbers[1] != op.Float16.Smallest() {
		t.Errorf("%d finite numbers of float16, %v to %v", n, half.numbers[1], half.numbers[n/2-1])
	}
	for _, x := range half.numbers[:len(half.units)] {
		if op.Float16.Round(x) != x {
			t.Fatalf("%v is no float16", x)
		}
	}
	sizes := map[string]uint64{"hinge/pairs": 63491 * 63491, "hinge/differences": 63491 * 63491, "log/line": 1<<32 - 1<<24 + 3, "gibbs/grid": 271452, "nll/grid": 1332588}
	for id, want := range sizes {
		sets, err := Named([]string{id}, op.Float64)
		if err != nil || sets[0].All() != want {
			t.Errorf("%s: %v, %d calls, want %d", id, err, sets[0].All(), want)
		}
	}
	if _, err := Named([]string{"log/line"}, op.Float16); err == nil {
		t.Error("every float32 is asked of a subject in float16")
	}
	for _, c := range []struct {
		p    op.Precision
		id   string
		asks bool
	}{{op.Float16, "hinge/pairs", true}, {op.Float16, "log/line", false}, {op.BFloat16, "hinge/pairs", false}, {op.BFloat16, "nll/grid", true}, {op.Float32, "log/line", true}} {
		s := op.Reference()
		s.Precision = c.p
		asks := slices.ContainsFunc(Sets(s, false), func(s Set) bool { return s.ID() == c.id })
		if asks != c.asks {
			t.Errorf("in %s %s is asked: %v", c.p, c.id, asks)
		}
	}
	var ends []float64
	l := line(op.Log)
	for c := range l.Calls(0) {
		ends = append(ends, c.Energies[0])
		if len(ends) == 2 {
			break
		}
	}
	var around []float64
	k := l.Slices/2 - 1
	for c := range l.Calls(k) {
		if c.Energies[0] >= op.Float32.Largest() {
			around = append(around, c.Energies[0])
		}
	}
	for c := range l.Calls(k + 1) {
		around = append(around, c.Energies[0])
		break
	}
	if !slices.Equal(around, []float64{op.Float32.Largest(), math.Inf(1), 0}) || !math.Signbit(around[2]) {
		t.Errorf("in the middle stand %v, want the largest, +∞ and −0", around)
	}
	if !slices.Equal(ends, []float64{0, 0x1p-149}) {
		t.Errorf("the first of float32 are %v", ends)
	}
}

// TestShards: what shards do is what one run does; a slice that is missing, or given twice,
// is told; and a run goes on where it was.
func TestShards(t *testing.T) {
	s := op.Reference()
	sets := []Set{pairs(op.Hinge, toy), pairs(op.MCE, toy)}
	whole, err := Results(s, sets, exhausted(t, Run{Subject: s, Sets: sets}))
	if err != nil {
		t.Fatal(err)
	}
	var parts []Slice
	for i := range 3 {
		parts = append(parts, exhausted(t, Run{Subject: s, Sets: sets, Shard: result.Shard{Index: i, Of: 3}})...)
	}
	joined, err := Results(s, sets, parts)
	if err != nil || len(joined) != len(whole) {
		t.Fatalf("%v, %d lines, want %d", err, len(joined), len(whole))
	}
	for i := range whole {
		a, b := whole[i], joined[i]
		if a.Claim != b.Claim || a.Cases != b.Cases || a.Outcome != b.Outcome || a.Grade != b.Grade || a.Ulps != nil && (*a.Ulps != *b.Ulps || a.Worst.Case != b.Worst.Case) {
			t.Errorf("%+v and %+v", a, b)
		}
	}
	if _, err := Results(s, sets, parts[1:]); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a slice is missing: %v", err)
	}
	if _, err := Results(s, sets, append(parts, parts[0])); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a slice is given twice: %v", err)
	}
	r := Run{Subject: s, Sets: sets, Have: parts[:20]}
	if due := len(r.Due()); due != len(parts)-20 {
		t.Errorf("%d of %d slices due, 20 are done", due, len(parts))
	}
	stop := errors.New("the disk is full")
	r.Emit = func(Slice) error { return stop }
	if err := r.Do(context.Background()); !errors.Is(err, stop) {
		t.Errorf("a run that cannot keep its slices ends with %v", err)
	}
}

// TestEmitFailed: of a run that cannot keep a slice no other is kept, those that are under way
// neither: the journal would go on behind a torn line.
func TestEmitFailed(t *testing.T) {
	stop, failed, asking := errors.New("the disk is full"), make(chan bool), make(chan bool, 9)
	answer := op.Reference().Answer
	s := op.Reference()
	s.Answer = func(calls []op.Call) []op.Reply {
		asking <- true
		if calls[0].Energies[0] != 0 { // every slice but the first waits for the failure
			<-failed
		}
		return answer(calls)
	}
	told := 0
	r := Run{Subject: s, Sets: []Set{pairs(op.Hinge, toy)}, Workers: 9}
	r.Emit = func(Slice) error {
		if told++; told == 1 {
			for range cap(asking) {
				<-asking
			}
			time.AfterFunc(10*time.Millisecond, func() { close(failed) })
		}
		return stop
	}
	if err := r.Do(context.Background()); !errors.Is(err, stop) || told != 1 {
		t.Errorf("%v, after %d slices, want the error of the first", err, told)
	}
}
