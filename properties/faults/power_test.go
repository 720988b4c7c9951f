//go:build power

package faults

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"regexp"
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
	of    = flag.String("of", "", "only the faults whose id has a match of this, and only print what is measured")
)

// A measured fault: the case that first refuted it, by seed, in ascending order;
// never where none of the cases did.
type measured struct {
	Fault
	first []int
	grid  string // the case of the grid that first refutes it, if too few seeds do
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

// sure reports whether 99 % of the seeds refuted it.
func (m measured) sure() bool { return 100*m.killed() >= 99*len(m.first) }

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
	asked := slices.DeleteFunc(slices.Clone(Wrong), func(f Fault) bool { return !regexp.MustCompile(*of).MatchString(f.ID) })
	all := make([]measured, len(asked))
	for i, f := range asked {
		p := place{f.Op(), f.Regime, f.In}
		at[p] = append(at[p], i)
		all[i] = measured{Fault: f, first: make([]int, *seeds)}
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
					faults[k] = asked[i]
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
			fmt.Printf("%d of %d faults: %s/%s\n", done, len(asked), o, r)
		}
	}
	close(jobs)
	wg.Wait()
	for i := range all {
		m := &all[i]
		if slices.Sort(m.first); !m.sure() {
			m.grid = inGrid(t, m.Fault)
		}
	}
	if *of != "" {
		os.Stdout.Write(power(all))
		return
	}
	if err := os.WriteFile("../../reports/power.md", power(all), 0o644); err != nil {
		t.Fatal(err)
	}
}

// inGrid is the case of the grid that first refutes f.
func inGrid(t *testing.T, f Fault) string {
	s := f.Subject()
	for _, tally := range judge.Tallies(judge.About(f.Op(), f.Regime), f.Regime, s) {
		if tally.Claim() != f.Claim {
			continue
		}
		for _, a := range judge.NewCases(f.Op(), f.Regime, f.In, 1, 0).Ask([]op.Subject{s}, nil) {
			tally.Add(a)
			if tally.First(f.Level) != 0 {
				_, on := tally.Spent(f.Level)
				return on.String()
			}
		}
	}
	t.Errorf("%s: random cases refute it too seldom, and the grid does not", f.ID)
	return ""
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
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %.1f %% | %s | %s | %s |\n", m.ID, m.Claim, m.Level, m.Regime,
			100*float64(m.killed())/float64(*seeds), count(m.median()), count(m.first[*seeds-1]), escape(m.grid))
	}
	const head = "\n| fault | claim | level | regime | refuted | cases, median | cases, most | below 99 %, refuted by the grid's |\n|---|---|---|---|--:|--:|--:|---|\n"
	fmt.Fprintf(&b, "\n## The ten slowest\n%s", head)
	for _, m := range all[:min(10, len(all))] {
		row(m)
	}
	fmt.Fprintf(&b, "\n## The others\n%s", head)
	for _, m := range all[min(10, len(all)):] {
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
