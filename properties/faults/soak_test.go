//go:build soak

package faults

import (
	"flag"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

var (
	cases = flag.Int("cases", 1e8, "how many cases at least, of all shards: a case is one variant asked one call")
	part  = flag.String("shard", "0/1", "do i/n, which of n parts of the blocks, counted from 0")
)

// block is how many calls are laid at once.
const block = 2048

// TestSoak looks for false alarms: every variant of Right on random calls, each
// call's truth found once for all variants of its op. None may be refuted at
// REQUIRED. What spends over 90 % of an allowance is shown with its input: the
// worst a variant, claim and regime. Of a soak on many machines each does a shard of
// the blocks; what one finds is found by the whole, and the other way round.
func TestSoak(t *testing.T) {
	shard, err := result.ParseShard(*part)
	if err != nil {
		t.Fatalf("-shard %v", err)
	}
	variants := soaked()
	type spent struct {
		share float64
		on    op.Call
	}
	var (
		mu       sync.Mutex
		asked    int
		perOp    = map[arith]int{}
		worst    = map[string]spent{}
		start    = time.Now()
		progress = start
	)
	run := func(j job) {
		tallies := make([][]*judge.Tally, len(variants[j.arith]))
		for i := range tallies {
			tallies[i] = judge.Tallies(judge.About(j.op, j.regime), j.regime, variants[j.arith][i])
		}
		for i, a := range judge.RandomCases(j.op, j.regime, j.in, 1, j.from, j.to).Ask(variants[j.arith], nil) {
			for _, tally := range tallies[i] {
				tally.Add(a)
			}
		}
		for i, s := range variants[j.arith] {
			for _, tally := range tallies[i] {
				share, on := tally.Spent(result.Required)
				if !(share > 0.9) {
					continue
				}
				where := fmt.Sprintf("%s\t%s\t%s", tally.Claim(), j.regime, s.Name)
				if !(share <= 1) {
					t.Errorf("%s is refuted: %v", where, on)
				}
				mu.Lock()
				if share > worst[where].share {
					worst[where] = spent{share, on}
				}
				mu.Unlock()
			}
		}
		mu.Lock()
		defer mu.Unlock()
		n := (j.to - j.from) * len(variants[j.arith])
		asked += n
		perOp[j.arith] += n
		if time.Since(progress) > 30*time.Second {
			progress = time.Now()
			fmt.Printf("%.0f s: %.1f of %.1f million cases, %s/%s in %s\n", time.Since(start).Seconds(), float64(asked)/1e6, float64(*cases)/1e6, j.op, j.regime, j.in)
		}
	}
	jobs := make(chan job)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for j := range jobs {
				run(j)
			}
		})
	}
	for j := range lay(*cases, variants, shard) {
		jobs <- j
	}
	close(jobs)
	wg.Wait()
	for _, where := range slices.Sorted(maps.Keys(worst)) {
		w := worst[where]
		fmt.Printf("%.4f\t%s\t%v\n", w.share, where, w.on)
	}
	for _, o := range judged {
		for _, in := range op.Precisions {
			of := arith{o, in}
			fmt.Printf("%s in %s: %d cases, %d variants\n", o, in, perOp[of], len(variants[of]))
		}
	}
	fmt.Printf("%d cases in %.0f s\n", asked, time.Since(start).Seconds())
}

// An arith is an op in a precision.
type arith struct {
	op op.Op
	in op.Precision
}

// soaked are the variants of Right by what they compute.
func soaked() map[arith][]op.Subject {
	variants := map[arith][]op.Subject{}
	for _, v := range Right {
		for _, o := range v.Subject().Ops {
			variants[arith{o, v.In}] = append(variants[arith{o, v.In}], v.Subject())
		}
	}
	return variants
}

// A job is a block of random calls.
type job struct {
	arith
	regime   judge.Regime
	from, to int
}

// lay gives the shard's of at least so many cases, in rounds: each has of every op, regime and
// precision its share of blocks. How many are laid does not depend on the time that they take.
func lay(cases int, variants map[arith][]op.Subject, shard result.Shard) iter.Seq[job] {
	return func(yield func(job) bool) {
		laid := 0
		for from := 0; laid < cases; from += block {
			for _, o := range judged {
				for _, r := range []judge.Regime{judge.Tame, judge.Wide, judge.NonFinite} {
					n := blocks(o, r)
					for _, in := range op.Precisions {
						of := arith{o, in}
						for k := range n {
							lo := from*n + k*block
							if shard.Owns(fmt.Sprintf("%s/%s/%s/%d", o, r, in, lo)) && !yield(job{of, r, lo, lo + block}) {
								return
							}
						}
						laid += n * block * len(variants[of])
					}
				}
			}
		}
	}
}

// TestSoakShards: the blocks of all shards are those of the whole, each once.
func TestSoakShards(t *testing.T) {
	variants := soaked()
	whole := slices.Collect(lay(1e8, variants, result.Shard{}))
	for _, n := range []int{1, 2, 7} {
		whose := map[job]int{}
		for i := range n {
			for j := range lay(1e8, variants, result.Shard{Index: i, Of: n}) {
				if k, twice := whose[j]; twice {
					t.Errorf("%v is laid by shard %d and by %d of %d", j, k, i, n)
				}
				whose[j] = i
			}
		}
		for _, j := range whole {
			if _, ok := whose[j]; !ok {
				t.Errorf("no shard of %d lays %v", n, j)
			}
		}
		if len(whose) != len(whole) || len(whole) < 1000 {
			t.Errorf("%d shards lay %d blocks, the whole %d", n, len(whose), len(whole))
		}
	}
}

// blocks is the share of an op in a regime: those with large truths get the least,
// and so do values that are not finite, of which there are few.
func blocks(o op.Op, r judge.Regime) int {
	switch {
	case r == judge.NonFinite:
		return 1
	case slices.Contains([]op.Op{op.Gibbs, op.FreeEnergy, op.NLL, op.MEE, op.SquareExp, op.Energy}, o):
		return 1
	default:
		return 8
	}
}
