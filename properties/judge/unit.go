package judge

import (
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Unit is all claims about one op in one regime, which share their cases.
type Unit struct {
	Op     op.Op
	Regime Regime
	Claims []Claim

	// Likely says which known mistake answers as the evidence has it, and what mends it;
	// "" if none does. It may be nil.
	Likely func(Evidence) (likely, mend string)

	// Costs counts what the cases take. It may be nil.
	Costs *Costs
}

// unitAbout is the unit of all claims about op in regime r.
func unitAbout(op op.Op, r Regime) Unit { return Unit{Op: op, Regime: r, Claims: About(op, r)} }

// Run judges s by the claims of the unit: a result a claim and level.
func (u Unit) Run(s op.Subject, seed uint64, checks int, stored ...Stored) []result.Result {
	if !s.Offers(u.Op) {
		return u.notOffered(s)
	}
	cs := NewCases(u.Op, u.Regime, s.Precision, seed, checks, storedCalls(stored, u.Op, u.Regime, s.Precision)...)
	cs.sequences, cs.costs = storedSequences(stored, u.Op, u.Regime, s.Precision), u.Costs
	return u.examine(cs, s)
}

// examine puts the cases to s and returns what each claim comes to, a line a level.
func (u Unit) examine(cs Cases, s op.Subject) []result.Result {
	at := &sitting{subject: s, reached: map[string]int{}, guess: u.Likely}
	defer at.end()
	ts := Tallies(u.Claims, cs.regime, s)
	for _, a := range cs.ask([]*sitting{at}, nil) {
		cs.costs.judge(&a.call, func() {
			for _, t := range ts {
				t.Add(a)
			}
		})
	}
	for _, a := range at.askAgain(cs.sequences) {
		for _, t := range ts {
			t.Add(a)
		}
	}
	for _, t := range ts {
		at.serious = at.serious || t.Refuted() == result.Required
	}
	var results []result.Result
	for _, t := range ts {
		results = append(results, t.results(cs, at)...)
	}
	return append(results, u.idle(s)...)
}

// idle are the lines of the claims that cannot fail of s, and so are not asked of it.
func (u Unit) idle(s op.Subject) []result.Result {
	var results []result.Result
	for _, c := range u.Claims {
		if len(asked([]Claim{c}, s)) == 0 {
			r := c.Result()
			r.Subject, r.Regime, r.Level, r.Outcome, r.Why = s.Name, string(u.Regime), result.Required, result.NotOffered, "every answer is a number of "+s.Precision.String()
			results = append(results, r)
		}
	}
	return results
}

func (u Unit) notOffered(s op.Subject) []result.Result {
	var results []result.Result
	for _, c := range u.Claims {
		r := c.Result()
		r.Subject, r.Regime, r.Level, r.Outcome, r.Why = s.Name, string(u.Regime), result.Required, result.NotOffered, "the subject does not offer "+string(u.Op)
		results = append(results, r)
	}
	return results
}

// Unrun are the results of a run that did not come to the unit, and why.
func (u Unit) Unrun(s op.Subject, why string) []result.Result {
	if !s.Offers(u.Op) {
		return u.notOffered(s)
	}
	var results []result.Result
	for _, c := range asked(u.Claims, s) {
		r := c.Result()
		r.Subject, r.Regime, r.Outcome, r.Why = s.Name, string(u.Regime), result.NotRun, why
		for _, r.Level = range c.levels(u.Regime, s) {
			results = append(results, r)
		}
	}
	return append(results, u.idle(s)...)
}
