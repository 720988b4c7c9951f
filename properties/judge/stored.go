package judge

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Stored is a counterexample that is kept from run to run: one that refuted
// a claim about code in a regime at a level. It holds values, never the bits
// of a generator, so it outlives the seed and the number of checks.
type Stored struct {
	Claim     string         `json:"claim"`
	Regime    Regime         `json:"regime"`
	Level     result.Level   `json:"level"`
	Outcome   result.Outcome `json:"outcome"` // of the claim, when it was stored
	Subject   string         `json:"subject"`
	Precision string         `json:"precision"`
	Seed      uint64         `json:"seed"`
	Checks    int            `json:"checks"`
	result.Counterexample

	// Of a loss that its subject defined: its formula and the ranges of its parameters.
	Formula string                   `json:"formula,omitempty"`
	Params  map[string][]result.Real `json:"params,omitempty"`

	Likely string `json:"likely,omitempty"`
	Mend   string `json:"mend,omitempty"`

	call     op.Call  // Counterexample.Call, read
	sequence sequence // and Request; without questions if there is none
}

// Store returns the counterexample of a result of the run with this header;
// ok is false if it has none.
func Store(r result.Result, h result.Header) (s Stored, ok bool) {
	if r.Layer != result.Code || r.Failure() == "" || r.Small == nil || r.Small.Call == nil {
		return s, false
	}
	s = Stored{Claim: r.Claim, Regime: Regime(r.Regime), Level: r.Level, Outcome: r.Outcome, Subject: r.Subject,
		Precision: h.Subject.Precision, Seed: h.Seed, Checks: h.Checks, Counterexample: *r.Small, Likely: r.Likely, Mend: r.Mend}
	if json.Unmarshal(s.Call, &s.call) != nil {
		return s, false
	}
	row := s.call.Op.Row()
	if row.Of != nil {
		row = row.Of
	}
	if d, ok := row.Definition(); ok {
		s.Formula, s.Params = d.Formula, d.Params
	}
	return s, true
}

// ReadStored reads a stored counterexample. An op that there is not it defines by the
// formula stored; one that there is has its own by now, and the call is judged by that.
// The error says what is wrong with it and what would be right.
func ReadStored(b []byte) (Stored, error) {
	var s Stored
	if err := json.Unmarshal(b, &s); err != nil {
		return Stored{}, fmt.Errorf("no stored counterexample: %w", err)
	}
	if s.Claim == "" {
		return Stored{}, errors.New(`no "claim": want the id of the claim that it refutes`)
	}
	if err := s.define(); err != nil {
		return Stored{}, err
	}
	c, err := find(s.Claim)
	if err != nil {
		return Stored{}, err
	}
	if s.Call == nil {
		return Stored{}, errors.New(`no "call": want the call, as the protocol has it`)
	}
	if err := json.Unmarshal(s.Call, &s.call); err != nil {
		return Stored{}, fmt.Errorf(`"call": %w`, err)
	}
	if s.Call, err = json.Marshal(s.call); err != nil { // without what a person may have put between
		return Stored{}, err
	}
	s.Claim = c.ID
	requested, err := s.requested()
	if err != nil {
		return Stored{}, err
	}
	p, err := op.ParsePrecision(s.Precision)
	if err != nil {
		return Stored{}, err
	}
	switch {
	case op.Op(c.Op) != s.call.Op:
		return Stored{}, fmt.Errorf("the claim is %s, which is not about the op of the call, %s", c.ID, s.call.Op)
	case !slices.Contains(c.Regimes, s.Regime):
		return Stored{}, fmt.Errorf("regime %q: %s is asked in %v", s.Regime, c.ID, c.Regimes)
	case !p.Holds(s.call):
		return Stored{}, fmt.Errorf("precision %q: it does not hold every number of the call", p)
	case slices.ContainsFunc(requested, func(c op.Call) bool { return !p.Holds(c) }):
		return Stored{}, fmt.Errorf(`precision %q: it does not hold every number of the calls of "request"`, p)
	}
	for _, c := range requested {
		s.sequence.questions = append(s.sequence.questions, newQuestion(c, p))
	}
	s.sequence.at = s.At
	moved := false // in an earlier version it was of another regime, or claim
	if !s.Regime.holds(s.call, p) {
		is := RegimeOf(s.call, p)
		if !slices.Contains(c.Regimes, is) {
			return Stored{}, fmt.Errorf("regime %q: its call is one of the regime %s, in which %s is not asked", s.Regime, is, c.ID)
		}
		s.Regime, moved = is, true
	}
	q := newQuestion(s.call, p)
	for _, now := range About(s.call.Op, s.Regime) {
		if !c.concerns(q) && now.about != nil && now.about(q) {
			s.Claim, c, moved = now.ID, now, true
		}
	}
	if levels := c.levels(s.Regime, op.Subject{Declares: op.Declared{Limits: true}}); !slices.Contains(levels, s.Level) {
		if !moved {
			return Stored{}, fmt.Errorf("level %q: want one of %v, those of %s in %s", s.Level, levels, s.Claim, s.Regime)
		}
		s.Level = result.Recommended
	}
	return s, nil
}

// requested are the calls with which the call of s is asked.
func (s Stored) requested() ([]op.Call, error) {
	if len(s.Request) == 0 {
		return nil, nil
	}
	calls := make([]op.Call, len(s.Request))
	for i, b := range s.Request {
		if err := json.Unmarshal(b, &calls[i]); err != nil {
			return nil, fmt.Errorf(`"request", call %d: %w`, i, err)
		}
	}
	if s.At < 0 || s.At >= len(calls) || !calls[s.At].Equal(s.call) {
		return nil, fmt.Errorf(`"at": %d: want the place of "call" among the %d calls of "request", counted from 0`, s.At, len(calls))
	}
	return calls, nil
}

// define makes the op of s, unless there is one of its name.
func (s Stored) define() error {
	var call struct{ Op, Of string }
	if s.Formula == "" || json.Unmarshal(s.Call, &call) != nil {
		return nil
	}
	name := cmp.Or(call.Of, call.Op)
	if _, ok := op.Find(op.Op(name)); ok {
		return nil
	}
	_, err := op.DefineAs(result.Definition{Name: name, Formula: s.Formula, Params: s.Params})
	return err
}

// About reports whether r is the result of the claim that s refuted, in its
// regime at its level, on the subject that it was found on.
func (s Stored) About(r result.Result, h result.Header) bool {
	return s.Claim == r.Claim && string(s.Regime) == r.Regime && s.Level == r.Level &&
		s.Subject == r.Subject && s.Precision == h.Subject.Precision
}

// storedCalls are the calls of those in all that are about op in regime r and
// precision p, each once, the simplest first.
func storedCalls(all []Stored, o op.Op, r Regime, p op.Precision) []op.Call {
	var some []Stored
	for _, s := range all {
		if s.call.Op == o && s.Regime == r && s.Precision == p.String() && len(s.Request) == 0 {
			some = append(some, s)
		}
	}
	slices.SortStableFunc(some, func(s, t Stored) int {
		return cmp.Or(len(s.call.Energies)-len(t.call.Energies), len(s.Call)-len(t.Call), cmp.Compare(string(s.Call), string(t.Call)))
	})
	var calls []op.Call
	for _, s := range some {
		if len(calls) == 0 || !calls[len(calls)-1].Equal(s.call) {
			calls = append(calls, s.call)
		}
	}
	return calls
}

// storedSequences are those in all whose call is about op in regime r and precision p, and
// needs others beside it; each once. A race is asked a few times.
func storedSequences(all []Stored, o op.Op, r Regime, p op.Precision) []sequence {
	var some []sequence
	met := map[string]bool{}
	for _, s := range all {
		key := fmt.Sprintf("%d %s", s.At, s.Request)
		if s.call.Op == o && s.Regime == r && s.Precision == p.String() && len(s.Request) > 0 && !met[key] {
			met[key] = true
			some = append(some, slices.Repeat([]sequence{s.sequence}, s.times())...)
		}
	}
	return some
}

// times is how often the sequence is asked: what did not show again at once may yet.
func (s Stored) times() int {
	if s.Unshown > 0 {
		return replays
	}
	return 1
}

// Op is what the stored call asks.
func (s Stored) Op() op.Op { return s.call.Op }

// Replay puts the stored call to sub and returns what the claim comes to, at
// the stored level. What passes alone is asked again with the calls that it was stored
// with; that it did not fail among them either makes it pass, unless it never did.
func (s Stored) Replay(sub op.Subject) (result.Result, error) {
	r, err := s.replay(sub)
	if err != nil || r.Outcome != result.Passed || len(s.Request) == 0 {
		return r, err
	}
	at := &sitting{subject: sub, reached: map[string]int{}}
	for _, a := range at.askAgain(slices.Repeat([]sequence{s.sequence}, s.times())) {
		if again := s.among(a); again.Outcome.Failed() {
			return again, nil
		}
	}
	if s.Unshown > 0 {
		r.Outcome, r.Worst = result.NotRun, nil
		r.Why = fmt.Sprintf("did not show again in %d replays: a race, or state that something earlier left; that is not cured by it", s.times())
	}
	return r, nil
}

// among is what the claim comes to by the call of s, asked among others.
func (s Stored) among(a *Asked) result.Result {
	c, _ := find(s.Claim)
	sub := op.Subject{Name: s.Subject, Precision: a.in, Declares: a.by}
	cs := alone(s.call, s.Regime, a.in)
	for _, t := range Tallies([]Claim{c}, s.Regime, sub) { // none of a claim that cannot fail in this precision
		t.Add(a)
		for _, r := range t.results(cs, &sitting{subject: sub}) {
			if r.Level == s.Level {
				if r.Small != nil {
					s.sequence.keep(r.Small, true)
					r.Outcome = result.Nondeterministic
				}
				return r
			}
		}
	}
	return result.Result{}
}

// replay is what the claim comes to by the call alone.
func (s Stored) replay(sub op.Subject) (result.Result, error) {
	results, err := replay(sub, s.call, s.Regime)
	for _, r := range results {
		if r.Claim == s.Claim && r.Level == s.Level {
			if r.Outcome == result.Refuted || r.Outcome == result.Errored {
				r.Likely, r.Mend = s.Likely, s.Mend
			}
			return r, nil
		}
	}
	return result.Result{}, err
}

// Replay puts one call to s and returns what every claim about its op in its
// regime comes to by that call alone, at each level. A result that passed has
// what was got and what is right in Worst. A call that the precision of s
// cannot be asked is an error.
func Replay(s op.Subject, c op.Call) ([]result.Result, error) {
	return replay(s, c, RegimeOf(c, s.Precision))
}

func replay(s op.Subject, c op.Call, r Regime) ([]result.Result, error) {
	if !s.Precision.Holds(c) {
		return nil, fmt.Errorf("%s answers in %s, which does not hold every number of the call %v", s.Name, s.Precision, c)
	}
	q := newQuestion(c, s.Precision)
	u := unitAbout(c.Op, r)
	u.Claims = slices.DeleteFunc(u.Claims, func(claim Claim) bool { return !claim.concerns(q) })
	return u.examine(alone(c, r, s.Precision), s), nil
}
