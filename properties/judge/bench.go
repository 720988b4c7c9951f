package judge

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Bench is the cases of one op in one regime and precision with the truth of
// each: the grid first, then random ones. It is laid once and any number of subjects
// are judged on it.
type Bench struct {
	op     op.Op
	regime Regime
	in     op.Precision
	seed   uint64 // of the first random case; the i-th has seed + i
	draw   *rapid.Generator[op.Call]
	calls  []op.Call
	truths []exact.Truth
	stored int // how many calls are stored counterexamples; they come first
	fixed  int // how many calls are not random: stored, or of the grid
	checks int
	strata map[string]int
}

// batch is how many calls a subject is given at a time.
const batch = 256

// NewBench lays the cases of op in r and p, those stored by earlier runs first,
// then the regressions and the grid, then checks random ones, and finds the
// truth of each.
func NewBench(op op.Op, r Regime, p op.Precision, seed uint64, checks int, stored ...op.Call) *Bench {
	b := lay(op, r, p, seed, checks, stored...)
	b.truths = make([]exact.Truth, len(b.calls))
	for i, c := range b.calls {
		b.truths[i] = c.Truth()
	}
	return b
}

// lay lays the cases, without their truths.
func lay(op op.Op, r Regime, p op.Precision, seed uint64, checks int, stored ...op.Call) *Bench {
	b := empty(op, r, p, seed, checks)
	b.calls, b.stored = stored, len(stored)
	for _, c := range regressions(op, r) {
		b.calls = append(b.calls, r.fit(c, p))
	}
	b.calls = append(b.calls, grid(op, r, p)...)
	b.fixed = len(b.calls)
	for i := range checks {
		b.calls = append(b.calls, draw.Example(b.draw, b.seed+uint64(i)))
	}
	b.stratify()
	return b
}

// empty is a bench without cases.
func empty(op op.Op, r Regime, p op.Precision, seed uint64, checks int) *Bench {
	return &Bench{op: op, regime: r, in: p, seed: draw.Seed(seed, string(op)+"/"+string(r)), draw: drawCall(op, r, p), checks: checks}
}

// stratify counts the cases of each stratum.
func (b *Bench) stratify() {
	b.strata = map[string]int{}
	for _, s := range strata(b.op, b.regime, b.in) {
		b.strata[s.Name] = 0
		for _, c := range b.calls {
			if s.In(c) {
				b.strata[s.Name]++
			}
		}
	}
}

// Ask puts all cases to s, each twice: forwards, then backwards, so that a
// state that one call leaves behind shows in the next. The stored ones are
// asked first and judged after the grid: of two counterexamples the one of the
// grid is the simpler.
func (b *Bench) Ask(s op.Subject) []Asked {
	replies, again := make([]op.Reply, len(b.calls)), make([]op.Reply, len(b.calls))
	changed := make([]bool, len(b.calls))
	for lo := 0; lo < len(b.calls); lo += batch {
		hi := min(lo+batch, len(b.calls))
		given := make([]op.Call, hi-lo)
		for i := range given {
			given[i] = b.calls[lo+i].Clone()
		}
		copy(replies[lo:hi], s.Replies(given))
		for i, c := range given {
			changed[lo+i] = !c.Equal(b.calls[lo+i])
		}
		backwards := make([]op.Call, hi-lo)
		for i := range backwards {
			backwards[i] = b.calls[hi-1-i].Clone()
		}
		for i, r := range s.Replies(backwards) {
			again[hi-1-i] = r
		}
	}
	as := make([]Asked, len(b.calls))
	for i := range as {
		as[i] = Asked{b.calls[i], s.Precision, b.truths[i], replies[i], again[i], changed[i]}
	}
	return slices.Concat(as[b.stored:b.fixed], as[:b.stored], as[b.fixed:])
}

// askOne puts one call to s, for shrinking.
func askOne(s op.Subject, c op.Call) Asked {
	given := c.Clone()
	a := Asked{call: c, in: s.Precision, truth: c.Truth()}
	a.reply = s.Replies([]op.Call{given})[0]
	a.changed = !given.Equal(c)
	a.again = s.Replies([]op.Call{c.Clone()})[0]
	return a
}

// A tally is what becomes of a claim at one level.
type tally struct {
	level       result.Level
	spent, ulps float64 // the largest share of the allowance, and the largest error
	worst       int     // the case of the largest share, −1 if none; and the part
	worstPart   part
	first       int    // the first refuted case, −1 if none
	broken      string // what is wrong with its reply as a whole
}

// add tallies case i.
func (t *tally) add(i int, parts []part, broken string) {
	if broken != "" && t.first < 0 {
		t.first, t.broken, t.spent = i, broken, math.Inf(1)
	}
	for _, p := range parts {
		spent := p.spent(t.level)
		if t.worst < 0 || spent > t.spent || spent == t.spent && p.ulps > t.worstPart.ulps {
			t.spent, t.worst, t.worstPart = max(spent, t.spent), i, p
		}
		t.ulps = max(t.ulps, p.ulps)
		if !(spent <= 1) && t.first < 0 {
			t.first = i
		}
	}
}

// judge judges the replies of s by one claim: a result a level.
func (b *Bench) judge(c Claim, s op.Subject, as []Asked) []result.Result {
	var tallies []tally
	for _, level := range b.regime.levels() {
		tallies = append(tallies, tally{level: level, first: -1, worst: -1})
	}
	judged, gradients, unasked := 0, false, ""
	for i, a := range as {
		if !a.judged(c) {
			continue
		}
		if why := a.unasked(); why != "" {
			unasked = why
			continue
		}
		judged++
		gradients = gradients || a.reply.Grad != nil
		parts, broken := c.by(a, b.regime)
		for k := range tallies {
			tallies[k].add(i, parts, broken)
		}
	}
	reached := b.reached(as)
	var results []result.Result
	for _, t := range tallies {
		r := c.Result()
		ulps := result.Real(t.ulps)
		r.Subject, r.Regime, r.Level, r.Cases, r.Strata, r.Spent, r.Ulps = s.Name, string(b.regime), t.level, judged, reached, result.Real(t.spent), &ulps
		switch short := b.short(reached); {
		case judged == 0 && unasked == "":
			r.Outcome, r.Why = result.NotRun, fmt.Sprintf("the subject called all %d cases unsupported", len(as))
		case t.first < 0 && unasked != "":
			r.Outcome, r.Why = result.NotRun, unasked
		case isGradient(c) && !gradients:
			r.Outcome, r.Why = result.NotOffered, "the subject gives no gradient"
		case t.first >= 0:
			r.Outcome, r.Why = as[t.first].outcome(c, t.broken), t.broken
			r.Small = b.smallest(c, s, t.level, t.first, as)
		case short != "":
			r.Outcome, r.Why = result.NotRun, short
		default:
			r.Outcome = result.Passed
		}
		if t.worst >= 0 {
			r.Worst = counterexample(as[t.worst], t.worstPart, t.level)
		}
		results = append(results, r)
	}
	g := grade(results)
	for k := range results {
		results[k].Grade = g
	}
	return results
}

// judged reports whether a is a case of c: whether the subject supports it. One
// that supports it only sometimes is not pure.
func (a Asked) judged(c Claim) bool {
	return a.reply.Unsupported == "" || isPure(c) && a.again.Unsupported == ""
}

// unasked says why a was never put to the subject, if it was not.
func (a Asked) unasked() string {
	for _, r := range []op.Reply{a.reply, a.again} {
		if r.Outcome == result.NotRun {
			return r.Error
		}
	}
	return ""
}

// outcome is what c comes to by the case a that refutes it.
func (a Asked) outcome(c Claim, broken string) result.Outcome {
	switch {
	case broken != "" && a.reply.Outcome != "":
		return a.reply.Outcome
	case broken != "" && a.again.Outcome != "":
		return a.again.Outcome
	case broken != "" && a.reply.Error != "":
		return result.Errored
	case isPure(c):
		return result.Nondeterministic
	default:
		return result.Refuted
	}
}

// grade returns what the results of a claim in a regime, one a level, come to:
//
//	A+  RECOMMENDED passed, and no error is above 1 ulp
//	A   RECOMMENDED passed
//	B   RECOMMENDED did not pass, and nothing that is REQUIRED failed. In the
//	    extreme regime nothing is REQUIRED: B says no more than that
//	F   REQUIRED failed: the gate does, too
//
// and "" if the claim did not run or is not offered. What NonFinite asks, it
// asks at both levels, so its grades are read like those of tame and wide.
func grade(results []result.Result) string {
	last := results[len(results)-1]
	for _, r := range results {
		if r.Outcome == result.NotRun || r.Outcome == result.NotOffered {
			return ""
		}
		if r.Level == result.Required && r.Outcome != result.Passed {
			return "F"
		}
	}
	switch {
	case last.Outcome == result.Passed && *last.Ulps <= 1:
		return "A+"
	case last.Outcome == result.Passed:
		return "A"
	default:
		return "B"
	}
}

// Refuted returns the strictest level at which the claim is refuted by the
// replies: Required, Recommended, or "" if it is not. It neither looks for the
// smallest counterexample nor goes on after a REQUIRED one.
func (b *Bench) Refuted(c Claim, as []Asked) (level result.Level) {
	for _, a := range as {
		if !a.judged(c) {
			continue
		}
		parts, broken := c.by(a, b.regime)
		if broken != "" && b.regime == Extreme {
			level = result.Recommended
		} else if broken != "" {
			return result.Required
		}
		for _, p := range parts {
			if !(p.spent(result.Required) <= 1) {
				return result.Required
			}
			if !(p.spent(result.Recommended) <= 1) {
				level = result.Recommended
			}
		}
	}
	return level
}

// Check puts one call to s and judges the reply by every claim of the call's
// regime, at both levels where both are asked. It returns an error that names
// the claim refuted, what was got and what is right. A call that s does not
// support, or a gradient that it does not give, is not judged.
func Check(s op.Subject, c op.Call) error {
	r := RegimeOf(c, s.Precision)
	a := askOne(s, c)
	for _, claim := range About(c.Op, r) {
		if !a.judged(claim) || isGradient(claim) && a.reply.Grad == nil {
			continue
		}
		parts, broken := claim.by(a, r)
		if broken != "" {
			return fmt.Errorf("%s is refuted on %v: %s", claim.ID, c, broken)
		}
		for _, p := range parts {
			for _, level := range []result.Level{result.Required, result.Recommended} {
				if !(p.spent(level) <= 1) {
					return fmt.Errorf("%s (%s) is refuted on %v: %s: got %s, want %s", claim.ID, level, c, p.what, result.Hex(p.got), result.Hex(s.Precision.Nearest(p.want.Lo)))
				}
			}
		}
	}
	return nil
}

func isGradient(c Claim) bool { return c.ID == c.Op+".gradient" }
func isPure(c Claim) bool     { return c.ID == c.Op+".pure" }

// reached counts the cases of each stratum that the subject supports.
func (b *Bench) reached(as []Asked) map[string]int {
	reached, strata := maps.Clone(b.strata), strata(b.op, b.regime, b.in)
	for _, a := range as {
		if a.reply.Unsupported == "" {
			continue
		}
		for _, s := range strata {
			if s.In(a.call) {
				reached[s.Name]--
			}
		}
	}
	return reached
}

// short says which stratum was not reached often enough, or that fewer cases
// ran than were promised. A pass on what is easy is no pass.
func (b *Bench) short(reached map[string]int) string {
	need := min(least, b.checks/100)
	for _, s := range strata(b.op, b.regime, b.in) {
		if n := reached[s.Name]; n < need && !s.Optional {
			why := fmt.Sprintf("%d cases reached the stratum %q, want at least %d", n, s.Name, need)
			if more := b.strata[s.Name] - n; more > 0 {
				why += fmt.Sprintf(": the subject called %d more unsupported", more)
			}
			return why
		}
	}
	if len(b.calls) < b.checks {
		return fmt.Sprintf("%d cases ran, %d were promised", len(b.calls), b.checks)
	}
	return ""
}

// smallest returns the smallest counterexample: the first of the grid, which
// goes from simple to not, or what rapid shrinks the first random one to.
func (b *Bench) smallest(c Claim, s op.Subject, level result.Level, first int, as []Asked) *result.Counterexample {
	refuted := func(a Asked) (part, string, bool) {
		parts, broken := c.by(a, b.regime)
		for _, p := range parts {
			if !(p.spent(level) <= 1) {
				return p, "", true
			}
		}
		return part{}, broken, broken != ""
	}
	a := as[first]
	gone := a.reply.Outcome != "" || a.again.Outcome != "" // each such case would cost a process
	if first >= b.fixed && !gone {
		call := draw.Shrink(b.draw, b.seed+uint64(first-b.fixed), a.call, func(call op.Call) bool {
			a := askOne(s, call)
			_, _, no := refuted(a)
			return no && a.judged(c)
		})
		if again := askOne(s, call); again.judged(c) {
			if _, _, no := refuted(again); no {
				a = again
			}
		}
	}
	p, broken, _ := refuted(a)
	x := counterexample(a, p, level)
	if broken != "" {
		x.What, x.Got, x.GotHex, x.Want, x.WantHex, x.Enclosure, x.Allowance = "reply", broken, "", "an answer", "", "", ""
	} else if isPure(c) && !a.changed {
		x.Got, x.Want = a.again.Unlike(a.reply)
		x.GotHex, x.WantHex, x.Enclosure, x.Allowance = "", "", "", "no difference"
	}
	return x
}

// counterexample writes down a call with what was got and what is right.
func counterexample(a Asked, p part, level result.Level) *result.Counterexample {
	call, err := json.Marshal(a.call)
	if err != nil {
		panic("properties: " + err.Error()) // cases are calls of known ops
	}
	want := a.in.Nearest(p.want.Lo)
	x := &result.Counterexample{Case: a.call.String(), Call: call, Hex: result.Each(a.call.Energies, result.Hex), What: p.what,
		Got: result.Decimal(p.got), GotHex: result.Hex(p.got), Want: result.Decimal(want), WantHex: result.Hex(want)}
	if p.want.Lo != p.want.Hi && !math.IsNaN(want) {
		to := a.in.Nearest(p.want.Hi)
		x.Want = fmt.Sprintf("from %s to %s", result.Decimal(want), result.Decimal(to))
		x.WantHex = fmt.Sprintf("from %s to %s", result.Hex(want), result.Hex(to))
	} else if near := p.want.Lo.Near; !math.IsNaN(near) && !math.IsInf(near, 0) {
		x.Enclosure = p.want.Lo.Enclosure().String()
	}
	x.Allowance = p.allowance(level)
	return x
}
