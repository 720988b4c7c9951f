package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A Comparison is what changed from one run to another. The texts in it are
// clean.
type Comparison struct {
	Base, Head *Run
	Notes      []string // in what the runs are not alike, beside what they found

	Failing  []Change // fail in the head and did not in the base; those that decide first
	Fixed    []Change // failed in the base, pass in the head
	Still    int      // fail in both
	New      []Change // judged in the head, and not in the base
	Gone     []Change // judged in the base, and not in the head
	Verdicts []Change // statements with another verdict
	Grades   []Change // op × regime
	Growth   []Growth // of the worst error, the largest first
	Alike    int      // judged in both
}

// A Change is what two runs say of one line: a claim of a subject in a regime
// on a level. From and To are what is compared, outcomes, verdicts or grades; ""
// where a run has no such line. Result is the later line there is.
type Change struct {
	From, To string
	result.Result
}

// Growth is a claim whose worst error in a regime became at least twice as
// large: in ulps of the true value, or where there are none as a share of the
// allowance.
type Growth struct {
	Claim, Subject, Regime string
	From, To               *result.Real // ulps; nil where there are none
	SpentFrom, SpentTo     result.Real  // shares of the allowance
	Times                  float64      // the ratio
}

// Compare returns what changed from base to head. Lines are matched by claim,
// subject, regime and level. If each run has one subject and they have
// different names, it is taken as the same one.
//
// A claim that is new and fails is among the new, not the newly failing: it
// did not become worse. A claim that was due in the base and was not offered or
// not run there is newly failing.
func Compare(base, head *Run) *Comparison {
	c := &Comparison{Base: base, Head: head, Notes: unlike(base, head)}
	was, now := cleaned(base.Results), cleaned(head.Results)
	c.Notes = append(c.Notes, asOne(was, now)...)
	before := byKey(was)
	for _, r := range now {
		c.line(before[keyOf(r)], r)
	}
	after := byKey(now)
	for _, r := range was {
		if _, ok := after[keyOf(r)]; !ok && judged(r) {
			c.Gone = append(c.Gone, Change{string(r.Outcome), "", r})
		}
	}
	slices.SortStableFunc(c.Failing, func(a, b Change) int { return cmp.Compare(rankOf(a), rankOf(b)) })
	c.grades(tables(was), tables(now))
	c.growth(worstErrors(was), worstErrors(now))
	if c.Alike == 0 {
		c.Notes = append(c.Notes, "Nothing was judged in both runs, so there is nothing to compare.")
	}
	return c
}

// ExitCode returns
//
//	1  a required claim, or a statement of the theory, fails newly and was not expected to
//	4  otherwise, if the head is not complete, or nothing was judged in both runs
//	1  otherwise, if one is gone: judged in the base and not in the head, of which that
//	   was not expected
//	0  otherwise
func (c *Comparison) ExitCode() int {
	if slices.ContainsFunc(c.Failing, func(f Change) bool { return f.Result.Decides() }) {
		return result.ExitRefuted
	}
	if !c.Head.Complete || c.Alike == 0 {
		return result.ExitIncomplete
	}
	if c.vanished() > 0 {
		return result.ExitRefuted
	}
	return result.ExitPassed
}

// vanished is how many claims that decide are gone, and were not expected to be.
func (c *Comparison) vanished() int {
	n := 0
	for _, g := range c.Gone {
		if g.Result.Binding() && !(g.To != "" && g.Result.Expected != "") {
			n++
		}
	}
	return n
}

func rankOf(c Change) int {
	switch {
	case c.Result.Decides():
		return 0
	case c.Result.Binding():
		return 1
	}
	return 2
}

// judged reports whether a run has an answer about r.
func judged(r result.Result) bool { return r.Attempted() && !r.Idle() }

func byKey(rs []result.Result) map[key]result.Result {
	m := make(map[key]result.Result, len(rs))
	for _, r := range rs {
		m[keyOf(r)] = r
	}
	return m
}

// asOne gives the base's only subject the name of the head's only one, and returns what there is to say of that.
func asOne(was, now []result.Result) (notes []string) {
	from, to := subjectsOf(was), subjectsOf(now)
	if len(from) != 1 || len(to) != 1 || from[0] == to[0] {
		return nil
	}
	for i := range was {
		if was[i].Layer == "code" {
			was[i].Subject = to[0]
		}
	}
	return []string{fmt.Sprintf("The subject was %s and is %s: compared as the same one.", orElse(from[0], "unnamed"), orElse(to[0], "unnamed"))}
}

// resultsOf are the lines of changes.
func resultsOf(changes []Change) []result.Result {
	var out []result.Result
	for _, c := range changes {
		out = append(out, c.Result)
	}
	return out
}

func subjectsOf(rs []result.Result) []string {
	var out []string
	for _, r := range rs {
		if r.Layer == "code" && !slices.Contains(out, r.Subject) {
			out = append(out, r.Subject)
		}
	}
	return out
}

// line files what became of one line; was is zero if the base had none.
func (c *Comparison) line(was, now result.Result) {
	change := Change{string(was.Outcome), string(now.Outcome), now}
	had := was.Claim != ""
	switch {
	case had && judged(was) && !judged(now):
		c.Gone = append(c.Gone, change)
		return
	case !judged(now):
		return
	case had && now.Failed() && !was.Failed():
		c.Failing = append(c.Failing, change)
	case !had || !judged(was):
		c.New = append(c.New, change)
	case was.Failed() && now.Failed():
		c.Still++
	case was.Failed():
		c.Fixed = append(c.Fixed, change)
	}
	if !had || !judged(was) {
		return
	}
	c.Alike++
	if was.Verdict != now.Verdict {
		c.Verdicts = append(c.Verdicts, Change{string(was.Verdict), string(now.Verdict), now})
	}
}

// grades files the cells of the tables whose grade moved.
func (c *Comparison) grades(was, now []table) {
	type at struct{ subject, op, regime string }
	before := make(map[at]string)
	for _, t := range was {
		for _, r := range t.Rows {
			for _, x := range r.Cells {
				before[at{t.Subject, r.Op, x.Regime}] = x.Grade
			}
		}
	}
	for _, t := range now {
		for _, r := range t.Rows {
			for _, x := range r.Cells {
				from := before[at{t.Subject, r.Op, x.Regime}]
				if from != "" && x.Grade != "" && from != x.Grade {
					c.Grades = append(c.Grades, Change{from, x.Grade, result.Result{Subject: t.Subject, Op: r.Op, Regime: x.Regime}})
				}
			}
		}
	}
}

// worse reports whether the change is from a better grade to a worse one.
func (c Change) worse() bool { return gradeOrder[c.To] > gradeOrder[c.From] }

// worstErrors returns the largest error of each claim in each regime, over
// its levels, in the order in which they came.
func worstErrors(rs []result.Result) []Growth {
	var out []Growth
	at := make(map[key]int)
	for _, r := range rs {
		if r.Layer != "code" || !judged(r) || r.Outcome != result.Passed && r.Outcome != result.Refuted {
			continue // a crash has no error to measure
		}
		k := key{claim: r.Claim, subject: r.Subject, regime: r.Regime}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Growth{Claim: r.Claim, Subject: r.Subject, Regime: r.Regime})
		}
		g := &out[i]
		if r.Ulps != nil && (g.To == nil || !(*r.Ulps <= *g.To)) {
			g.To = r.Ulps
		}
		if !ok || r.Binding() {
			g.SpentTo = r.Spent // of the required level, if it has one
		}
	}
	return out
}

// growth files the errors that doubled.
func (c *Comparison) growth(was, now []Growth) {
	before := make(map[key]Growth)
	for _, g := range was {
		before[key{claim: g.Claim, subject: g.Subject, regime: g.Regime}] = g
	}
	for _, g := range now {
		b, ok := before[key{claim: g.Claim, subject: g.Subject, regime: g.Regime}]
		if !ok {
			continue
		}
		g.From, g.SpentFrom = b.To, b.SpentTo
		if g.From != nil && g.To != nil {
			// half an ulp is what rounding the true value takes: below it is no error
			g.Times = times(max(float64(*g.From), 0.5), float64(*g.To))
		} else {
			g.Times = times(float64(g.SpentFrom), float64(g.SpentTo))
		}
		if g.Times >= 2 {
			c.Growth = append(c.Growth, g)
		}
	}
	slices.SortStableFunc(c.Growth, func(a, b Growth) int { return cmp.Compare(b.Times, a.Times) })
}

// times returns how many times as large to is as from: 1 if from is not finite, or both are 0;
// +Inf if to alone is not finite, or from alone is 0.
func times(from, to float64) float64 {
	lost := func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }
	switch {
	case lost(from), from == 0 && to == 0:
		return 1
	case lost(to):
		return math.Inf(1)
	}
	return to / from
}

// unlike says in what the runs differ that may by itself change what they find.
func unlike(base, head *Run) []string {
	var out []string
	a, b := base.Header, head.Header
	for _, d := range []struct{ what, a, b string }{
		{"suite version", a.Version, b.Version},
		{"seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed)},
		{"number of random cases", fmt.Sprint(a.Checks), fmt.Sprint(b.Checks)},
		{"profile", a.Profile, b.Profile},
		{"precision", a.Subject.Precision, b.Subject.Precision},
		{"platform", a.Platform, b.Platform},
	} {
		if d.a != d.b {
			out = append(out, fmt.Sprintf("The %s differs: %s in the base, %s in the head.", d.what,
				oneLine(clean(orElse(d.a, "none"))), oneLine(clean(orElse(d.b, "none")))))
		}
	}
	for _, r := range []struct {
		name string
		run  *Run
	}{{"base", base}, {"head", head}} {
		if !r.run.Complete {
			out = append(out, strings.TrimSpace("The "+r.name+" is not complete. "+oneLine(clean(strings.Join(r.run.Gaps, " ")))))
		}
	}
	return out
}
