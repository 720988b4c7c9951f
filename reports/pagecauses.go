package reports

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// failedGroup is a section of failures of one kind, by cause.
type failedGroup struct {
	Title, Anchor string
	Open          bool
	Count         int
	Causes        []cause
}

// cause is what failures have in common: the planted fault that answers alike on all of them, or the error that they end with, or
// else the op.
type cause struct {
	Title    string
	Mend     string
	Known    bool // by a planted fault
	Findings []finding
	Class    string
}

// finding is a claim about code that failed.
type finding struct {
	Anchor, Claim, Regime string
	Outcome               string
	Says, Formula         string
	Why, Expected, Replay string
	Statements            []string // that it has to do with
	Shown                 template.HTML
	Lines                 []labelled
}

// failed groups the failures by cause, those with the most first.
func (a anchors) failed(f failures, several bool) []failedGroup {
	var out []failedGroup
	for _, g := range []struct {
		title, anchor string
		rs            []result.Result
	}{
		{"Required, and failed", "failures", f.Required},
		{"Recommended, and failed", "failures-recommended", f.Recommended},
		{"Failed, as expected", "failures-expected", f.Expected},
	} {
		if len(g.rs) > 0 {
			out = append(out, failedGroup{g.title, a.give(g.anchor), g.anchor == "failures", len(g.rs), a.causes(g.rs, several)})
		}
	}
	return out
}

func (a anchors) causes(rs []result.Result, several bool) []cause {
	var out []cause
	at := make(map[string]int)
	for _, r := range worstFirst(rs) {
		title, known := r.Likely, r.Likely != ""
		switch {
		case known:
		case r.Outcome != result.Refuted && r.Outcome != result.Nondeterministic && r.Small != nil:
			title = oneLine(r.Small.Got) // the error that it gave
		default:
			title = r.Op + ": no planted fault answers alike"
		}
		if several {
			title = r.Subject + ": " + title
		}
		i, ok := at[title]
		if !ok {
			i = len(out)
			at[title] = i
			class := "fair"
			if r.Decides() {
				class = "bad"
			}
			out = append(out, cause{Title: title, Mend: r.Mend, Known: known, Class: class})
		}
		f := a.finding(r)
		if c := r.Small; c != nil && !known && strings.HasSuffix(title, oneLine(c.Got)) && r.Outcome != result.Refuted {
			f.Shown = setNumbers(c.Case)
		}
		out[i].Findings = append(out[i].Findings, f)
	}
	slices.SortStableFunc(out, func(c, d cause) int {
		return cmp.Or(truthFirst(c.Known, d.Known), -cmp.Compare(len(c.Findings), len(d.Findings)))
	})
	return out
}

func truthFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (a anchors) finding(r result.Result) finding {
	want := strings.Join(nonEmpty(r.Claim, r.Regime, map[result.Level]string{result.Recommended: "recommended"}[r.Level]), "-")
	f := finding{
		Anchor: a.give(strings.ReplaceAll(want, ".", "-")), Claim: r.Claim, Regime: r.Regime,
		Outcome: strings.Join(nonEmpty(string(r.Outcome), atWorst(r.Ulps), beyondAllowance(r)), " · "),
		Says:    r.Says, Formula: r.Formula, Why: r.Why, Expected: r.Expected, Replay: r.Replay, Lines: evidence(r),
	}
	if r.Outcome != result.Refuted {
		f.Outcome = string(r.Outcome)
	}
	if c := counterexample(r); c != nil {
		f.Shown = answered(c)
	}
	for _, ref := range r.Refs {
		if a[ref] && number.MatchString(ref) {
			f.Statements = append(f.Statements, ref)
		}
	}
	return f
}

// answered is a wrong answer in a sentence.
func answered(c *result.Counterexample) template.HTML {
	what := ""
	if c.What != "" && c.What != "value" && c.What != "reply" {
		what = c.What + " "
	}
	got, want := setNumbers(c.Got), setNumbers(c.Want)
	if got == want { // they differ beyond the digits that are shown
		got, want = setText(oneLine(c.Got)), setText(oneLine(c.Want))
	}
	return setNumbers(c.Case) + ": " + template.HTML(template.HTMLEscapeString(what)) + "answered <b>" + got + "</b>, right is <b>" + want + "</b>."
}
