package judge

import (
	"cmp"
	"fmt"
	"maps"
	"math"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Tally is what becomes of a claim on one subject, case by case.
type Tally struct {
	claim       Claim
	regime      Regime
	judged      int    // cases that the subject supports
	unsupported int    // and those that it does not
	unasked     string // why a case was never put to the subject
	gradients   bool   // whether any reply has a gradient
	answers     bool   // whether any reply is an answer
	refusal     string // an error that a reply is
	levels      []levelTally
	spreads     *spreads // nil unless the errors are told
	evidence    Evidence // some of the cases
}

// A levelTally is a Tally at one level.
type levelTally struct {
	level       result.Level
	spent, ulps float64 // the largest share of the allowance, and the largest error
	asks        bool    // whether anything is asked of a part
	worst       *Asked  // the case of the largest share, nil if none; and the part
	worstPart   part
	first       *Asked // the first refuted case, nil if none
	gross       *Asked // the first in which no digit is right
	broken      string // what is wrong with its reply as a whole
}

// Tallies are those of the claims that are asked of s in regime r, before any case.
func Tallies(claims []Claim, r Regime, s op.Subject) []*Tally {
	var ts []*Tally
	for _, c := range asked(claims, s) {
		t := &Tally{claim: c, regime: r, evidence: Evidence{claim: c, regime: r}}
		for _, level := range c.levels(r, s) {
			t.levels = append(t.levels, levelTally{level: level})
		}
		if c.measured && t.Strictest() == result.Required {
			t.spreads = new(spreads)
		}
		ts = append(ts, t)
	}
	return ts
}

// Add tallies one case.
func (t *Tally) Add(a *Asked) {
	if !t.claim.concerns(a.question) {
		return
	}
	if !a.judged(t.claim) {
		t.unsupported++
		return
	}
	if why := a.unasked(); why != "" {
		t.unasked = why
		return
	}
	t.judged++
	t.gradients = t.gradients || a.reply.Grad != nil || a.reply.Grads != nil
	t.answers = t.answers || a.reply.Error == ""
	t.refusal = cmp.Or(t.refusal, a.reply.Error)
	parts, broken := t.claim.by(a)
	wrong := t.levels[0].add(a, parts, broken)
	for k := range t.levels[1:] {
		t.levels[k+1].add(a, parts, broken)
	}
	if t.spreads != nil {
		t.spreads.add(a.call.Energies, parts)
	}
	t.evidence.add(a, t.levels[0].level, wrong)
}

// add tallies one case, and reports whether it is wrong.
func (t *levelTally) add(a *Asked, parts []part, broken string) (wrong bool) {
	wrong = broken != ""
	if broken != "" && t.first == nil {
		t.first, t.broken, t.spent = a, broken, math.Inf(1)
	}
	t.asks = t.asks || broken != ""
	for k := range parts {
		p := &parts[k]
		spent := p.spent(t.level)
		t.asks = t.asks || !math.IsNaN(p.allowed(t.level))
		if t.worst == nil || spent > t.spent || spent == t.spent && p.ulps > t.worstPart.ulps {
			worst := *a
			worst.among = sequence{} // which would keep every case that was asked with it
			t.spent, t.worst, t.worstPart = max(spent, t.spent), &worst, *p
		}
		t.ulps = max(t.ulps, p.ulps)
		if !(spent <= 1) {
			wrong = true
			if t.first == nil {
				t.first = a
			}
			if t.gross == nil && (mistake{part: *p}).size() == 1 {
				t.gross = a
			}
		}
	}
	return wrong
}

// Claim is the id of the claim.
func (t *Tally) Claim() string { return t.claim.ID }

// Strictest is the strictest level at which the claim is judged.
func (t *Tally) Strictest() result.Level { return t.levels[0].level }

// Refuted is the strictest level at which the claim is refuted so far; "" if it is not.
func (t *Tally) Refuted() result.Level {
	for _, l := range t.levels {
		if l.first != nil {
			return l.level
		}
	}
	return ""
}

// First is the number of the random case, counted from 1, that first refuted the claim
// at the level; 0 if none did.
func (t *Tally) First(level result.Level) int {
	for _, l := range t.levels {
		if l.level == level && l.first != nil {
			return l.first.random + 1
		}
	}
	return 0
}

// Spent is the largest share of the level's allowance that a reply spent, and the call
// on which it did; over 1 is refuted.
func (t *Tally) Spent(level result.Level) (spent float64, on op.Call) {
	for _, l := range t.levels {
		if l.level != level {
			continue
		}
		if l.first != nil && math.IsInf(l.spent, 1) {
			return l.spent, l.first.call
		}
		if l.worst != nil {
			return l.spent, l.worst.call
		}
	}
	return 0, op.Call{}
}

// results are the lines of the claim, one a level, once all cases are tallied.
func (t *Tally) results(cs Cases, s *sitting) []result.Result {
	var results []result.Result
	alone := true // what refutes it does so when it is asked alone
	for k, l := range t.levels {
		r := t.claim.Result()
		ulps := result.Real(l.ulps)
		r.Subject, r.Regime, r.Level = s.subject.Name, string(t.regime), l.level
		r.Cases, r.Unsupported, r.Strata, r.Spent, r.Ulps = t.judged, t.unsupported, cs.reached(s), result.Real(l.spent), &ulps
		switch short := cs.short(s); {
		case t.judged == 0 && t.unasked == "" && t.claim.spares(t.regime):
			r.Outcome, r.Why = result.NotOffered, fmt.Sprintf("the subject called all %d cases unsupported", t.unsupported)
			if t.claim.advice != "" {
				r.Why += ": " + t.claim.advice
			}
		case t.judged == 0 && t.unasked == "":
			r.Outcome, r.Why = result.NotRun, fmt.Sprintf("the subject called all %d cases unsupported", t.unsupported)
		case l.first == nil && t.unasked != "":
			r.Outcome, r.Why = result.NotRun, t.unasked
		case isGradient(t.claim) && !t.gradients:
			r.Outcome, r.Why = result.NotOffered, "the subject gives no gradient"
		case l.first != nil:
			r.Outcome, r.Why = l.first.outcome(t.claim, l.broken), cmp.Or(l.broken, t.claim.advice)
			if k > 0 && !alone { // what is not right REQUIRED is not right RECOMMENDED
				r.Outcome, r.Small = results[k-1].Outcome, results[k-1].Small
			} else if r.Small, alone = cs.smallest(t.claim, s, l); !alone {
				r.Outcome = result.Nondeterministic
			} else if r.Outcome == result.Refuted || r.Outcome == result.Errored {
				r.Likely, r.Mend = t.likely(s)
			}
		case !t.answers && t.claim.spares(t.regime) && !t.claim.refusable: // of NaN an error is an answer, and of all else there is none
			r.Outcome, r.Why = result.NotOffered, fmt.Sprintf("the subject refuses the arguments of all %d cases, and called %d unsupported: %s", t.judged, t.unsupported, t.refusal)
		case !t.answers && !t.claim.refusable: // which is refuted of any claim but that the same is answered twice
			r.Outcome, r.Why = result.Errored, fmt.Sprintf("the subject refuses the arguments of all %d cases: %s", t.judged, t.refusal)
		case short != "":
			r.Outcome, r.Why = result.NotRun, short
		default:
			r.Outcome = result.Passed
		}
		if l.worst != nil {
			r.Worst = counterexample(l.worst, l.worstPart, l.level)
			if k == 0 && t.spreads != nil {
				r.BySpread = t.spreads.told()
			}
		} else {
			r.Ulps = nil // nothing was measured
		}
		results = append(results, r)
	}
	g := Grade(results, t.levels[0].asks)
	for k := range results {
		results[k].Grade = g
	}
	return results
}

// reached is how many supported cases each stratum has.
func (cs Cases) reached(s *sitting) map[string]int {
	reached := map[string]int{}
	for _, st := range cs.strata {
		reached[st.Name] = 0
	}
	maps.Copy(reached, s.reached)
	return reached
}

// short says why a pass would be no pass: most cases were unsupported, a stratum was
// not reached often enough, or fewer cases ran than were promised.
func (cs Cases) short(s *sitting) string {
	if cs.checks == 0 {
		return ""
	}
	if no := s.random - s.judged; s.judged < cs.checks && (cs.regime == Tame || cs.regime == Wide) {
		return fmt.Sprintf("the subject called %d of %d random cases unsupported, more than half: %d were judged, %d are promised", no, s.random, s.judged, cs.checks)
	}
	for _, st := range cs.strata {
		if st.Enough > 0 && !cs.fixed {
			continue // it is the grid that reaches it
		}
		need := min(cmp.Or(st.Enough, least), cs.checks/100)
		owed := !st.Optional && (st.Of == "" || s.reached[st.Of] > 0)
		if n := s.reached[st.Name]; n < need && owed {
			why := fmt.Sprintf("%d cases reached the stratum %q, want at least %d", n, st.Name, need)
			if more := s.random - s.judged; more > 0 {
				why += fmt.Sprintf(": the subject called %d cases unsupported", more)
			}
			return why
		}
	}
	return ""
}
