package properties

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/properties/theory"
)

// A Run judges a subject, and the source, by the claims chosen.
type Run struct {
	Claims  []Claim
	Subject op.Subject // of the claims about code
	Seed    uint64
	Checks  int // random cases a claim and regime, 10 000 unless told otherwise

	// Shard says which part of the run is done, of one on many machines: the units that
	// it owns. The zero Shard does all.
	Shard result.Shard

	// Have holds results of an earlier run with the same seed and checks that
	// did not come to its end (see Resumable): what they are about is not run
	// again.
	Have []result.Result

	// Stored are counterexamples of earlier runs, which are asked first.
	Stored []judge.Stored

	// Likely says which known mistake answers as a refuted subject did, and what mends
	// it. If it is nil, nothing is said.
	Likely func(judge.Evidence) (likely, mend string)

	// Costs, if not nil, counts what the cases of the claims about code take.
	Costs *judge.Costs

	// Emit is given every result, one at a time: a unit's together, as soon as it is done.
	// Sort puts them into the ledger's order.
	Emit func(result.Result) error

	// Progress, if not nil, is told after every unit of work, when its results are emitted.
	Progress func(Progress)
}

// Progress is how far a run is.
type Progress struct {
	Done, Of int    // statements, and ops × regimes
	Cases    int    // cases run so far
	Doing    string // what was done last
	Elapsed  time.Duration
}

// Promised is the number of random cases that a claim is owed in a regime.
const Promised = 10_000

// A unit is the least work that is done at once: a statement, or all claims
// about one op in one regime, which share their cases.
type unit struct {
	name      string
	statement *theory.Claim
	code      *judge.Unit
}

// units splits the claims into units, in the ledger's order.
func units(claims []Claim) []unit {
	var us []unit
	at := map[string]*judge.Unit{}
	for _, c := range claims {
		if c.statement != nil {
			us = append(us, unit{name: c.ID, statement: c.statement})
			continue
		}
		for _, r := range c.obligation.Regimes {
			name := c.Op + "/" + string(r)
			if at[name] == nil {
				at[name] = &judge.Unit{Op: op.Op(c.Op), Regime: r}
				us = append(us, unit{name: name, code: at[name]})
			}
			at[name].Claims = append(at[name].Claims, *c.obligation)
		}
	}
	return us
}

// all are the units of the claims that are asked of the run's subject, whoever does them.
func (r Run) all() []unit {
	return units(slices.DeleteFunc(slices.Clone(r.Claims), func(c Claim) bool { return !c.Asked(r.Subject) }))
}

// own are those of them that are the shard's.
func (r Run) own() []unit {
	return slices.DeleteFunc(r.all(), func(u unit) bool { return !r.Shard.Owns(u.name) })
}

// Units names the units of the whole run, of all shards, in the ledger's order.
func (r Run) Units() []string {
	var names []string
	for _, u := range r.all() {
		names = append(names, u.name)
	}
	return names
}

// Sort puts results into the order of the units that are named, and leaves those of one
// unit in theirs.
func Sort(units []string, results []result.Result) {
	at := make(map[string]int, len(units))
	for i, u := range units {
		at[u] = i
	}
	slices.SortStableFunc(results, func(a, b result.Result) int { return at[a.Unit()] - at[b.Unit()] })
}

// Resumable returns those results of an unfinished run like r that need not be run again:
// of the units that have all their lines, which the one that was cut short has not. One of
// which no line was judged, as of a run that did not come to it, is run again.
func (r Run) Resumable(results []result.Result) []result.Result {
	lines, judged := map[string]int{}, map[string]bool{}
	for _, h := range results {
		lines[h.Unit()]++
		judged[h.Unit()] = judged[h.Unit()] || h.Attempted()
	}
	whole := map[string]bool{}
	for _, u := range r.own() {
		whole[u.name] = judged[u.name] && lines[u.name] == len(u.unrun(r.Subject, ""))
	}
	return slices.DeleteFunc(slices.Clone(results), func(h result.Result) bool { return !whole[h.Unit()] })
}

// Unrun returns the lines of what has none among results, not run for the
// reason why, or not offered: what a run that was ended early did not come to.
func (r Run) Unrun(results []result.Result, why string) []result.Result {
	has := map[string]bool{}
	for _, h := range results {
		has[h.Unit()] = true
	}
	var lines []result.Result
	for _, u := range r.own() {
		if !has[u.name] {
			lines = append(lines, u.unrun(r.Subject, why)...)
		}
	}
	return lines
}

// unrun are the lines of the unit where a run does not come to it.
func (u unit) unrun(s op.Subject, why string) []result.Result {
	if u.code != nil {
		return u.code.Unrun(s, why)
	}
	res := u.statement.Result()
	res.Outcome, res.Why = result.NotRun, why
	return []result.Result{res}
}

// Do runs all units, or those of the shard, on as many cores as there are and emits the
// results of each as soon as it is done: a core takes its next one when they are. It returns Emit's error, or ctx's if it was ended early: at once, what
// is under way is abandoned. Where a claim is about code it returns an error before
// anything runs if the subject offers nothing, or an op that there is not.
func (r Run) Do(ctx context.Context) error {
	if err := op.Validate(); err != nil {
		return fmt.Errorf("properties: %w", err)
	}
	if slices.ContainsFunc(r.Claims, func(c Claim) bool { return c.obligation != nil }) {
		if err := r.Subject.Validate(); err != nil {
			return fmt.Errorf("properties: %w", err)
		}
	}
	have := map[string]bool{}
	for _, h := range r.Have {
		have[h.Unit()] = true
	}
	us := slices.DeleteFunc(r.own(), func(u unit) bool { return have[u.name] })
	for _, u := range us {
		if u.code != nil {
			u.code.Likely, u.code.Costs = r.Likely, r.Costs
		}
	}
	type ended struct {
		unit
		results []result.Result
		told    chan<- bool // that they are emitted
	}
	ctx, cancel := context.WithCancel(ctx)
	next, done := make(chan unit), make(chan ended, len(us))
	defer cancel()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			told := make(chan bool, 1)
			for u := range next {
				done <- ended{u, u.run(r.Subject, r.Seed, r.Checks, r.Stored...), told}
				select {
				case <-told:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() {
		defer close(next)
		for _, u := range us {
			select {
			case next <- u:
			case <-ctx.Done():
				return
			}
		}
	}()
	start := time.Now()
	p := Progress{Of: len(us)}
	for range us {
		select {
		case u := <-done:
			for _, res := range u.results {
				if err := r.Emit(res); err != nil {
					return err
				}
			}
			p.Done++
			p.Cases += u.results[0].Cases
			p.Doing, p.Elapsed = u.name, time.Since(start)
			if r.Progress != nil {
				r.Progress(p)
			}
			u.told <- true
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// run does the unit's work.
func (u unit) run(s op.Subject, seed uint64, checks int, stored ...judge.Stored) []result.Result {
	start := time.Now()
	var results []result.Result
	if u.statement != nil {
		results = []result.Result{u.statement.Examine(seed, checks)}
	} else {
		results = u.code.Run(s, seed, checks, stored...)
	}
	for i := range results {
		results[i].Seconds = time.Since(start).Seconds() / float64(len(results))
	}
	return results
}
