package properties

// A codeUnit is all claims about one op in one regime, which share their cases.
type codeUnit struct {
	op     Op
	regime Regime
	claims []codeClaim
}

// unitAbout is the unit of all claims about op in regime r.
func unitAbout(op Op, r Regime) codeUnit { return codeUnit{op, r, About(op, r)} }

// run judges s by the claims of the unit: a result a claim and level.
func (u codeUnit) run(s Subject, seed uint64, checks int, stored ...Stored) []Result {
	if !s.Offers(u.op) {
		return u.notOffered(s)
	}
	b := NewBench(u.op, u.regime, s.Precision, seed, checks, storedCalls(stored, u.op, u.regime, s.Precision)...)
	as := b.Ask(s)
	var results []Result
	for _, c := range u.claims {
		results = append(results, b.judge(c, s, as)...)
	}
	return results
}

func (u codeUnit) notOffered(s Subject) []Result {
	var results []Result
	for _, c := range u.claims {
		r := c.Result()
		r.Subject, r.Regime, r.Level, r.Outcome, r.Why = s.Name, string(u.regime), Required, NotOffered, "the subject does not offer "+string(u.op)
		results = append(results, r)
	}
	return results
}

// unrun are the results of a run that did not come to the unit, and why.
func (u codeUnit) unrun(s Subject, why string) []Result {
	if !s.Offers(u.op) {
		return u.notOffered(s)
	}
	var results []Result
	for _, c := range u.claims {
		r := c.Result()
		r.Subject, r.Regime, r.Outcome, r.Why = s.Name, string(u.regime), NotRun, why
		for _, r.Level = range u.regime.levels() {
			results = append(results, r)
		}
	}
	return results
}
