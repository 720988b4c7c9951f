package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// HTML writes the comparison as one page that needs nothing else: no script, no
// network. How many lines changed and how; what fails newly, by cause, with its
// counterexamples; every other change; the grades before and after, operation by
// operation; where each run lost accuracy; and the facts of both.
func (c *Comparison) HTML(w io.Writer) error {
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "compared.tmpl", c.page()); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// comparedPage is what compared.tmpl shows.
type comparedPage struct {
	From, To        string // what was judged
	Headline, State string
	Notes           []string
	Still           int
	Failed          []failedGroup
	Lists           []shownList
	Key             string // what the cells are
	Several         bool   // subjects: each row of the grades then names one
	Regimes         []string
	Grades          []comparedRow
	Errors          []picture
	Facts           []runFacts
	Filters         []filter // none: there are no statements of a source
}

// shownList is a list of changes, all of it; Class is what they are: worse, better or neither.
type shownList struct {
	Title, Mark, Anchor, Class string
	Lines                      []string
}

// comparedRow is an op of a subject in both runs, with a cell a regime.
type comparedRow struct {
	Op, Subject string
	Cells       []comparedCell
}

type comparedCell struct{ From, To cell }

// Mark is an arrow down if the grade got worse, up if it got better.
func (c comparedCell) Mark() string {
	switch from, to := gradeOrder[c.From.Grade], gradeOrder[c.To.Grade]; {
	case from == 0 || to == 0 || from == to:
		return ""
	case from < to:
		return "↓"
	}
	return "↑"
}

// Alike reports whether both show the same.
func (c comparedCell) Alike() bool { return c.From.Text() == c.To.Text() }

func (c *Comparison) page() comparedPage {
	a := make(anchors)
	for _, id := range []string{"content", "grades", "errors", "runs"} {
		a.give(id)
	}
	many := c.several()
	runs := []*Run{c.Base, c.Head}
	p := comparedPage{
		From: oneLine(clean(toldApart(c.Base, runs))), To: oneLine(clean(toldApart(c.Head, runs))),
		Headline: c.headline(), State: codeState[c.ExitCode()], Notes: c.Notes, Still: c.Still, Key: gradeKey, Several: many,
		Failed: c.failedGroups(a, many),
	}
	for _, l := range append(c.unestablished(), c.lists(many)...) {
		p.Lists = append(p.Lists, shownList{l.title, l.mark, a.give(l.title), map[string]string{red: "x", yellow: "i", green: "o"}[l.colour], l.lines})
	}
	was, now := cleaned(c.Base.Results), cleaned(c.Head.Results)
	asOne(was, now)
	p.grades(tables(slices.Concat(now, was)), tables(was), tables(now))
	for i, ts := range [][]table{tables(was), tables(now)} {
		p.Facts = append(p.Facts, runFacts{[]string{"The base", "The head"}[i], facts(runs[i])})
		for _, t := range ts {
			whose := []string{"base", "head"}[i]
			if many {
				whose += ", " + t.Subject
			}
			if drawn, ok := errorPicture(a.give("fig-errors"), whose, t.Rows); ok {
				p.Errors = append(p.Errors, drawn)
			}
		}
	}
	return p
}

// unestablished are the statements of the theory that fail newly.
func (c *Comparison) unestablished() []changeList {
	l := changeList{title: "Statements no longer established", mark: "✗", colour: red}
	for _, f := range c.Failing {
		if f.Result.Layer == "theory" {
			l.add(failing(f, false))
		}
	}
	if l.lines == nil {
		return nil
	}
	return []changeList{l}
}

// failedGroups are the new failures of code by what they were before: those that decide first, and open.
func (c *Comparison) failedGroups(a anchors, many bool) []failedGroup {
	var out []failedGroup
	var of [][]Change
	at := make(map[string]int)
	for _, f := range c.Failing {
		kind := "Recommended"
		switch {
		case f.Result.Layer == "theory":
			continue
		case f.Result.Decides():
			kind = "Required"
		case f.Result.Binding():
			kind = "Required, and expected"
		}
		title := kind + ": " + strings.ReplaceAll(f.From, "-", " ") + " before, and fails now"
		i, ok := at[title]
		if !ok {
			i = len(out)
			at[title] = i
			out, of = append(out, failedGroup{Title: title, Anchor: a.give("failing"), Open: f.Result.Decides()}), append(of, nil)
		}
		of[i] = append(of[i], f)
	}
	for i := range out {
		out[i].Count, out[i].Causes = len(of[i]), a.causes(resultsOf(of[i]), many)
	}
	return out
}

// grades fills in the rows; all are the tables of both runs as one.
func (p *comparedPage) grades(all, was, now []table) {
	for _, t := range all {
		p.Regimes = t.Regimes
		for _, r := range t.Rows {
			if !r.Offered() {
				continue
			}
			row := comparedRow{Op: orElse(r.Op, "other"), Subject: orElse(t.Subject, "–")}
			for _, regime := range t.Regimes {
				row.Cells = append(row.Cells, comparedCell{cellOf(was, t.Subject, r.Op, regime), cellOf(now, t.Subject, r.Op, regime)})
			}
			p.Grades = append(p.Grades, row)
		}
	}
}

// cellOf is the subject's cell, an empty one if there is none.
func cellOf(ts []table, subject, op, regime string) cell {
	for _, t := range ts {
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				if t.Subject == subject && r.Op == op && c.Regime == regime {
					return c
				}
			}
		}
	}
	return cell{Op: op, Regime: regime}
}
