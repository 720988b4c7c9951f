package atlas

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Search looks for the largest errors of a subject in a regime.
type Search struct {
	Subject op.Subject
	Regime  judge.Regime
	Seed    uint64
	Checks  int // random cases an op, beside the grid, from the worst of which it climbs
	Rounds  int // steps that a climb may take
	Emit    func([]result.Result) error
}

// longest is the number of energies beyond which a case is left to the gate. So many are
// written one by one, so that who reads of an error can ask for it again.
const longest = 12

// peaks is from how many of the worst cases of each claim the search climbs.
const peaks = 3

// Do searches every op of the catalogue that the subject offers, one after the other, and
// gives Emit what it comes to: a line a claim about digits and level.
func (s Search) Do(ctx context.Context) error {
	for _, o := range op.Ops {
		if !s.Subject.Offers(o) || o.Row().Answers == op.AsIndex {
			continue
		}
		a, err := s.about(ctx, o)
		if err != nil {
			return err
		}
		if err := s.Emit(a.results()); err != nil {
			return err
		}
	}
	return nil
}

// An ascent is the search about one op.
type ascent struct {
	Search
	op    op.Op
	ctx   context.Context
	rng   *rand.Rand
	bench *judge.Bench
	found map[string]*summit
	order []string
}

// A summit is what was found about one claim.
type summit struct {
	claim   judge.Claim
	cases   int
	worst   []reached // the largest errors, the largest first
	refuted map[result.Level]refutation
}

type reached struct {
	call op.Call
	ulps float64
	show *result.Counterexample
}

type refutation struct {
	outcome result.Outcome
	small   *result.Counterexample
}

// about searches one op.
func (s Search) about(ctx context.Context, o op.Op) (*ascent, error) {
	a := &ascent{Search: s, op: o, ctx: ctx, rng: rand.New(rand.NewPCG(draw.Seed(s.Seed, string(o)), 0)),
		bench: judge.NewBench(s.Subject, o), found: map[string]*summit{}}
	var some []op.Call
	for c := range judge.NewCases(o, s.Regime, s.Subject.Precision, s.Seed, s.Checks).Calls() {
		if len(c.Energies) > longest {
			continue
		}
		if some = append(some, c); len(some) == 256 {
			if _, err := a.ask(some, ""); err != nil {
				return nil, err
			}
			some = nil
		}
	}
	if _, err := a.ask(some, ""); err != nil {
		return nil, err
	}
	for _, id := range a.order {
		for _, from := range slices.Clone(a.found[id].worst) {
			if err := a.climb(id, from); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

// ask puts the calls to the subject, keeps what is worst, and returns how far off each reply
// is by the claim of this id; −1 if it is not judged.
func (a *ascent) ask(calls []op.Call, id string) ([]float64, error) {
	if err := context.Cause(a.ctx); err != nil {
		return nil, err
	}
	off := make([]float64, len(calls))
	for i, reply := range a.Subject.Replies(calls) {
		off[i] = -1
		if reply.Outcome == result.NotRun {
			return nil, fmt.Errorf("%s: %s", a.op, reply.Error)
		}
		for _, f := range a.bench.Judge(calls[i], calls[i].Truth(), reply) {
			if !f.Claim.Measured() || f.Show == nil {
				continue
			}
			a.keep(calls[i], f)
			if f.Claim.ID == id {
				off[i] = f.Ulps
			}
		}
	}
	return off, nil
}

// keep takes a finding into its summit.
func (a *ascent) keep(c op.Call, f judge.Finding) {
	s, ok := a.found[f.Claim.ID]
	if !ok {
		s = &summit{claim: f.Claim, refuted: map[result.Level]refutation{}}
		a.found[f.Claim.ID] = s
		a.order = append(a.order, f.Claim.ID)
	}
	if _, ok := s.refuted[f.Level]; f.Refuted && !ok {
		s.refuted[f.Level] = refutation{f.Outcome, f.Show()}
	}
	if f.Level != result.Recommended { // once a reply
		return
	}
	s.cases++
	if len(s.worst) < peaks || f.Ulps > s.worst[len(s.worst)-1].ulps {
		if slices.ContainsFunc(s.worst, func(r reached) bool { return r.call.Equal(c) }) {
			return
		}
		s.worst = append(s.worst, reached{c.Clone(), f.Ulps, f.Show()})
		slices.SortStableFunc(s.worst, func(x, y reached) int { return cmp.Compare(y.ulps, x.ulps) })
		s.worst = s.worst[:min(peaks, len(s.worst))]
	}
}

// results are the lines of the op.
func (a *ascent) results() []result.Result {
	var all []result.Result
	for _, id := range a.order {
		s := a.found[id]
		var lines []result.Result
		for _, level := range []result.Level{result.Required, result.Recommended} {
			r := s.claim.Result()
			r.Subject, r.Regime, r.Level, r.Cases = a.Subject.Name, string(a.Regime), level, s.cases
			r.Outcome, r.Worst = result.Passed, s.worst[0].show
			ulps := result.Real(s.worst[0].ulps)
			r.Ulps = &ulps
			if bad, ok := s.refuted[level]; ok {
				r.Outcome, r.Small = bad.outcome, bad.small
			}
			lines = append(lines, r)
		}
		g := judge.Grade(lines, true)
		lines[0].Grade, lines[1].Grade = g, g
		all = append(all, lines...)
	}
	return all
}

// infinite reports whether an error cannot grow any more.
func infinite(ulps float64) bool { return math.IsInf(ulps, 1) || ulps >= 0x1p900 }
