package exhaust

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Results are what the slices of the sets come to, a line a claim, set and level; the set is
// its regime. The error of a claim on a set of which slices are missing, or given twice,
// says which.
func Results(s op.Subject, sets []Set, done []Slice) ([]result.Result, error) {
	by, err := byUnit(done)
	if err != nil {
		return nil, err
	}
	var results []result.Result
	for _, set := range sets {
		var some []Slice
		for k := range set.Slices {
			d, ok := by[set.Unit(k)]
			if !ok {
				return nil, fmt.Errorf("%s is missing", set.Unit(k))
			}
			some = append(some, d)
		}
		results = append(results, set.results(s, total(some))...)
	}
	return results, nil
}

// byUnit are the slices by their names; of one that is there twice the error says which.
func byUnit(done []Slice) (map[string]Slice, error) {
	by := map[string]Slice{}
	for _, d := range done {
		if _, twice := by[d.Unit]; twice {
			return nil, fmt.Errorf("%s is given twice", d.Unit)
		}
		by[d.Unit] = d
	}
	return by, nil
}

// results are the lines of a set that came to t. Of a claim that none of its calls is about
// there is none.
func (set Set) results(s op.Subject, t Slice) []result.Result {
	var results []result.Result
	for _, c := range judge.NewBench(s, set.Op).Claims() {
		cases := uint64(0)
		if c.Finite() { // what is the nearest number keeps it
			cases = t.Nearest
		}
		if i := slices.IndexFunc(t.Weighed, func(w Weighed) bool { return w.Claim == c.ID }); i >= 0 {
			cases += t.Weighed[i].Cases
		}
		worst := slices.IndexFunc(t.Worst, func(w Worst) bool { return w.Claim == c.ID })
		if cases == 0 || c.Measured() && worst < 0 {
			continue
		}
		var lines []result.Result
		for _, level := range []result.Level{result.Required, result.Recommended} {
			r := c.Result()
			r.Subject, r.Regime, r.Level, r.Seconds = s.Name, set.Name, level, t.Seconds
			r.Outcome, r.Cases, r.Unsupported = result.Passed, int(cases), int(t.Unsupported)
			r.Evidence, r.ForAll = result.Exhausted, fmt.Sprintf("%s: %s", t.all(), set.Says)
			if worst >= 0 {
				r.Ulps, r.Worst = &t.Worst[worst].Ulps, t.Worst[worst].At
			}
			if i := slices.IndexFunc(t.Refuted, func(r Refuted) bool { return r.Claim == c.ID && r.Level == level }); i >= 0 {
				bad := t.Refuted[i]
				r.Outcome, r.Small = bad.Outcome, bad.First
				r.Why = fmt.Sprintf("by %d replies of %d", bad.Cases, t.Asked)
			} else if t.mostly() {
				r.Outcome, r.Evidence, r.ForAll = result.NotRun, "", ""
				r.Why = fmt.Sprintf("the subject called %d of %d calls unsupported, more than half", t.Unsupported, t.Asked)
			}
			lines = append(lines, r)
		}
		g := judge.Grade(lines, true)
		lines[0].Grade, lines[1].Grade = g, g
		results = append(results, lines...)
	}
	return results
}

// all says of how many calls t is.
func (t Slice) all() string {
	if t.Unsupported > 0 {
		return fmt.Sprintf("all of %d but %d called unsupported", t.Cases, t.Unsupported)
	}
	return fmt.Sprintf("all of %d", t.Cases)
}

// mostly reports whether more than half of what was asked was called unsupported: the set is
// then not said to be exhausted.
func (t Slice) mostly() bool { return 2*t.Unsupported > t.Asked }

// Sums are what each set comes to, a line of words a set: exhausted: all of how many, or not.
func Sums(sets []Set, done []Slice) []string {
	var lines []string
	for _, set := range sets {
		var some []Slice
		for _, d := range done {
			if strings.HasPrefix(d.Unit, set.ID()+"/") {
				some = append(some, d)
			}
		}
		t := total(some)
		if t.mostly() {
			lines = append(lines, fmt.Sprintf("%s: not exhausted: %d of %d calls are called unsupported", set.ID(), t.Unsupported, t.Asked))
			continue
		}
		line := fmt.Sprintf("%s: exhausted: %s (%s), %d asked, %d answered by the nearest number", set.ID(), t.all(), set.Says, t.Asked, t.Nearest)
		for _, w := range t.Worst {
			line += fmt.Sprintf("; %s at most %s ulps off", w.Claim, result.Ulps(float64(w.Ulps)))
		}
		for _, r := range t.Refuted {
			line += fmt.Sprintf("; %s, %s, refuted %d times", r.Claim, r.Level, r.Cases)
		}
		lines = append(lines, line)
	}
	return lines
}
