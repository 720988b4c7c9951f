//go:build power

package faults

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

var (
	seeds = flag.Int("seeds", 200, "how many runs each fault is put through")
	cases = flag.Int("cases", properties.Promised, "how many random cases a run has at most")
)

// A measured fault: the case that first refuted it, by seed, in ascending order;
// never where none of the cases did.
type measured struct {
	Fault
	first []int
}

const never = math.MaxInt

// killed is how many seeds refuted the fault.
func (m measured) killed() int {
	n := slices.Index(m.first, never)
	if n < 0 {
		return len(m.first)
	}
	return n
}

// median is the case by which half of the seeds refuted the fault, or never.
func (m measured) median() int { return m.first[len(m.first)/2] }

// A place is where a fault is to be refuted.
type place struct {
	op     op.Op
	regime judge.Regime
	in     op.Precision
}

// TestPower measures how soon random cases alone refute each fault, by its named
// claim at its named level, and writes reports/power.md.
func TestPower(t *testing.T) {
	at := map[place][]int{}
	all := make([]measured, len(Wrong))
	for i, f := range Wrong {
		p := place{f.Op(), f.Regime, f.In}
		at[p] = append(at[p], i)
		all[i] = measured{f, make([]int, *seeds)}
	}
	type job struct {
		place
		seed int
	}
	jobs := make(chan job)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for j := range jobs {
				faults := make([]Fault, len(at[j.place]))
				for k, i := range at[j.place] {
					faults[k] = Wrong[i]
				}
				for k, n := range firsts(t, j.place, faults, uint64(j.seed)+1) {
					all[at[j.place][k]].first[j.seed] = n
				}
			}
		})
	}
	done := 0
	for _, o := range judged {
		for _, r := range judge.Regimes {
			for _, in := range op.Precisions {
				p := place{o, r, in}
				for seed := range *seeds {
					if len(at[p]) > 0 {
						jobs <- job{p, seed}
					}
				}
				done += len(at[p])
			}
			fmt.Printf("%d of %d faults: %s/%s\n", done, len(Wrong), o, r)
		}
	}
	close(jobs)
	wg.Wait()
	for _, m := range all {
		slices.Sort(m.first)
	}
	if err := os.WriteFile("../../reports/power.md", power(all), 0o644); err != nil {
		t.Fatal(err)
	}
}

// firsts returns, for each of the faults at the place, the random case that first
// refutes it, counted from 1, or never.
func firsts(t *testing.T, at place, faults []Fault, seed uint64) []int {
	first := make([]int, len(faults))
	subjects := make([]op.Subject, len(faults))
	tallies := make([]*judge.Tally, len(faults))
	for k, f := range faults {
		first[k], subjects[k] = never, f.Subject()
		for _, tally := range judge.Tallies(judge.About(at.op, at.regime), at.regime, subjects[k]) {
			if tally.Claim() == f.Claim {
				tallies[k] = tally
			}
		}
		if tallies[k] == nil {
			t.Errorf("%s: no claim %s in %s", f.ID, f.Claim, at.regime)
			return first
		}
	}
	refuted := func(k int) bool { return tallies[k].First(faults[k].Level) > 0 }
	for k, a := range judge.RandomCases(at.op, at.regime, at.in, seed, 0, *cases).Ask(subjects, refuted) {
		if !refuted(k) {
			tallies[k].Add(a)
		}
	}
	for k, f := range faults {
		if n := tallies[k].First(f.Level); n > 0 {
			first[k] = n
		}
	}
	return first
}

// power renders what was measured, the slowest first.
func power(all []measured) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# How soon random cases refute a fault\n\nMeasured by `make power`: each of the %d planted faults before the claim named for it, by random cases only, "+
		"without the grid and the regressions. %d seeds, at most %d cases each. What the same number of cases is sure to find "+
		"stands in [killmatrix.md](killmatrix.md). Figures may differ a little from machine to machine, for exp does.\n", len(all), *seeds, *cases)
	always := 0
	within := map[int]int{}
	limits := []int{1, 10, 100, 1000, *cases}
	for _, m := range all {
		if m.killed() == *seeds {
			always++
		}
		for _, n := range limits {
			if m.median() <= n {
				within[n]++
			}
		}
	}
	fmt.Fprintf(&b, "\n%d faults were refuted under every seed. By half of the seeds within\n\n| cases | faults |\n|--:|--:|\n", always)
	for _, n := range limits {
		fmt.Fprintf(&b, "| %d | %d |\n", n, within[n])
	}
	slices.SortStableFunc(all, func(a, b measured) int {
		if a.killed() != b.killed() {
			return a.killed() - b.killed()
		}
		return b.median() - a.median()
	})
	row := func(m measured) {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %.1f %% | %s | %s |\n", m.ID, m.Claim, m.Level, m.Regime,
			100*float64(m.killed())/float64(*seeds), count(m.median()), count(m.first[*seeds-1]))
	}
	const head = "\n| fault | claim | level | regime | refuted | cases, median | cases, most |\n|---|---|---|---|--:|--:|--:|\n"
	fmt.Fprintf(&b, "\n## The ten slowest\n%s", head)
	for _, m := range all[:10] {
		row(m)
	}
	fmt.Fprintf(&b, "\n## The others\n%s", head)
	for _, m := range all[10:] {
		row(m)
	}
	return b.Bytes()
}

func count(n int) string {
	if n == never {
		return fmt.Sprintf("> %d", *cases)
	}
	return fmt.Sprint(n)
}
