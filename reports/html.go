package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"ebmcheck/properties"
)

//go:embed page.tmpl
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// HTML writes the run as one page that needs nothing else: no script, no
// network. Every statement of the source in its order, with its verdict,
// counterexample and what holds instead; the code, op by op and regime by
// regime; what was not tested; and the facts of the run.
func HTML(w io.Writer, run *Run) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, newPage(run)); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// page is what page.tmpl shows.
type page struct {
	Subject    string
	Conclusion string
	State      string // passed, refuted, incomplete
	Warnings   []string
	Statements int
	Tally      []tallied
	Parts      []part
	Tables     []codeTable
	Required   []finding
	Recommend  []finding
	Untested   []untested
	Facts      []fact
}

// part is a section of the source, with a place for each of its statements.
type part struct {
	Title, Anchor string
	Places        []place
	Cards         []card
}

// place is a statement in the table of contents; without a card it has no
// link.
type place struct {
	ID, Link, Says string
	standing
}

// card is a statement with all that is known of it.
type card struct {
	statement
	Anchor  string
	Anchors []string // of the other statements that it covers
	standing
	SidesText  string
	FaultAt    string // where the planted fault fails
	CasesText  string
	WhatHolds  string // the label of the formula
	Shows      string // the label of the counterexample
	Lines      []labelled
	SameAsText bool // the formula is the printed one
}

// codeTable is a subject's table op × regime and its lines.
type codeTable struct {
	Title   string
	Regimes []string
	Rows    []codeRow
}

type codeRow struct {
	row
	Anchor string
	Pairs  []pair
}

// pair is a claim in a regime on both levels.
type pair struct {
	Claim, Says, Regime, Where      string
	Required, Recommended           string // outcomes
	Grade, Class, Ulps, Cases       string
	Spent                           string
	Worst                           string
	FailsRequired, FailsRecommended bool
}

// finding is a claim about code that failed.
type finding struct {
	Claim, Title, Class string
	Says, Why, Replay   string
	Lines               []labelled
}

// untested is something that was not tested, and why.
type untested struct {
	Title string
	Items []untestedItem
}

type untestedItem struct{ Name, Link, Text string }

func newPage(run *Run) page {
	results := cleaned(run.Results)
	ss := statements(results)
	p := page{
		Subject:    oneLine(clean(subject(run.Header.Subject))),
		Conclusion: conclusion(run),
		State:      map[int]string{exitPassed: "passed", exitRefuted: "refuted", exitIncomplete: "incomplete"}[run.ExitCode()],
		Warnings:   warnings(run),
		Statements: len(ss),
		Tally:      tallyStandings(ss),
		Facts:      facts(run),
	}
	a := make(anchors)
	cards := a.cards(ss)
	if len(ss) > 0 {
		p.Parts = parts(cards)
	}
	for _, t := range tables(results) {
		p.Tables = append(p.Tables, a.codeTable(t, run.Header.Subject.Name))
	}
	required, recommended := findings(results)
	p.Required, p.Recommend = found(required), found(recommended)
	p.Untested = notTested(cards, results)
	return p
}

// anchors hands out ids that are not given twice.
type anchors map[string]bool

func (a anchors) give(want string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, want)
	try := id
	for n := 2; a[try]; n++ {
		try = fmt.Sprintf("%s-%d", id, n)
	}
	a[try] = true
	return try
}

// cards gives each statement its anchor: its own number if it is the first to
// have it. A statement that covers others is their anchor too, if they have no
// line of their own.
func (a anchors) cards(ss []statement) []card {
	out := make([]card, len(ss))
	for i, s := range ss {
		want := s.ID
		if s.N == 0 {
			want = "claim-" + s.Claim
		}
		c := card{statement: s, Anchor: a.give(want), standing: s.Standing(), SidesText: sides(s.Sides),
			Lines: describe(s.Small, s.Layer), SameAsText: s.Formula != "" && s.Formula == s.Printed}
		c.WhatHolds, c.Shows = labels(s)
		if s.Planted != nil {
			c.FaultAt = witness(s.Planted, s.Layer)
		}
		if s.Cases > 0 {
			c.CasesText = count(s.Cases, "case", "cases")
		}
		out[i] = c
	}
	for i := range out {
		for _, ref := range out[i].Also {
			if number.MatchString(ref) && !a[ref] {
				out[i].Anchors = append(out[i].Anchors, a.give(ref))
			}
		}
	}
	return out
}

// labels returns what to call a statement's formula and its counterexample.
func labels(s statement) (formula, counterexample string) {
	switch s.Standing().Key {
	case properties.Holds:
		return "Checked as", "Example"
	case properties.HoldsIf:
		return "Holds, under the condition", "Without the condition"
	case properties.IsRefuted:
		return "What holds", "Smallest counterexample"
	case properties.NotCheckable:
		return "In symbols", "Example"
	}
	return "What should hold", "Counterexample"
}

func parts(cards []card) []part {
	byRef := make(map[string]card)
	for _, c := range cards {
		for _, id := range c.Anchors {
			byRef[id] = c
		}
	}
	for i := len(cards) - 1; i >= 0; i-- {
		byRef[cards[i].Anchor] = cards[i]
	}
	var out []part
	for i, sec := range sections {
		p := part{Title: sec.Title, Anchor: fmt.Sprintf("part-%d", i+1)}
		for n := sec.First; n <= sec.Last; n++ {
			id := fmt.Sprintf("C%02d", n)
			c, ok := byRef[id]
			if !ok {
				p.Places = append(p.Places, place{ID: id, standing: standing{"absent", "·", "not in this run", ""}})
				continue
			}
			p.Places = append(p.Places, place{id, id, c.Says, c.standing})
		}
		for _, c := range cards {
			if sec.First <= c.N && c.N <= sec.Last {
				p.Cards = append(p.Cards, c)
			}
		}
		out = append(out, p)
	}
	beyond := part{Title: "Beyond the source", Anchor: "beyond"}
	for _, c := range cards {
		if c.N == 0 || c.N > lastStatement {
			beyond.Cards = append(beyond.Cards, c)
			beyond.Places = append(beyond.Places, place{short(c.statement), c.Anchor, c.Says, c.standing})
		}
	}
	if len(beyond.Cards) > 0 {
		out = append(out, beyond)
	}
	return out
}

// short is a name for a statement that the source does not number: its first
// reference.
func short(s statement) string {
	if s.N == 0 && len(s.Also) > 0 {
		return s.Also[0]
	}
	return s.ID
}

func (a anchors) codeTable(t table, subject string) codeTable {
	out := codeTable{Title: "Code", Regimes: t.Regimes}
	if t.Subject != "" && t.Subject != subject {
		out.Title += ": " + t.Subject
	}
	for i, r := range t.Regimes {
		out.Regimes[i] = orElse(r, "–")
	}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, codeRow{row: r, Anchor: a.give("op-" + orElse(r.Op, "other")), Pairs: pairs(r.Lines)})
	}
	return out
}

// pairs puts the two levels of a claim in a regime on one row.
func pairs(lines []properties.Result) []pair {
	type at struct{ claim, regime string }
	var order []at
	rows := make(map[at][]properties.Result)
	for _, r := range lines {
		k := at{r.Claim, r.Regime}
		if rows[k] == nil {
			order = append(order, k)
		}
		rows[k] = append(rows[k], r)
	}
	out := make([]pair, len(order))
	for i, k := range order {
		p := pair{Claim: k.claim, Regime: orElse(k.regime, "–"), Required: "–", Recommended: "–", Ulps: "–", Spent: "–"}
		var c cell
		spent := properties.Real(-1)
		for _, r := range rows[k] {
			c.add(r)
			p.Says, p.Where = orElse(p.Says, r.Says), orElse(p.Where, r.Where)
			if binding(r) {
				p.Required, p.FailsRequired = r.Outcome, failed(r)
				if attempted(r) {
					spent = r.Spent
				}
			} else {
				p.Recommended, p.FailsRecommended = r.Outcome, failed(r)
			}
			if x := counterexample(r); p.Worst == "" && x != nil {
				p.Worst = witness(x, r.Layer)
			}
		}
		if c.Worst != nil {
			p.Worst = witness(c.Worst, "code")
		}
		if c.Ulps != nil {
			p.Ulps = figure(*c.Ulps)
		}
		if spent > 0 {
			p.Spent = figure(spent)
		}
		p.Grade, p.Class, p.Cases = orElse(c.Grade, "–"), c.Class(), group(c.Cases)
		out[i] = p
	}
	return out
}

func found(rs []properties.Result) []finding {
	var out []finding
	for _, r := range rs {
		class := "bad"
		if !binding(r) {
			class = "fair"
		}
		out = append(out, finding{r.Claim, strings.TrimPrefix(title(r), r.Claim), class, r.Says, r.Why, r.Replay, describe(counterexample(r), r.Layer)})
	}
	return out
}

// notTested gathers what the page can't vouch for.
func notTested(cards []card, results []properties.Result) []untested {
	opinions := untested{Title: "Not checkable: definitions and opinions"}
	idle := untested{Title: "Not run"}
	lacking := untested{Title: "Not offered by the subject"}
	gone := untested{Title: "Statements without a result in this run"}
	for _, c := range cards {
		switch {
		case c.Outcome == properties.NotRun:
			idle.Items = append(idle.Items, untestedItem{c.ID, c.Anchor, c.Why})
		case c.established() && c.Verdict == properties.NotCheckable:
			opinions.Items = append(opinions.Items, untestedItem{c.ID, c.Anchor, orElse(c.Why, c.Says)})
		}
	}
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		name := strings.Join(nonEmpty(r.Claim, r.Regime, r.Level), " · ")
		switch {
		case r.Outcome == properties.NotRun:
			idle.Items = append(idle.Items, untestedItem{name, "", r.Why})
		case vacuous(r):
			idle.Items = append(idle.Items, untestedItem{name, "", "It passed on no case at all."})
		case r.Outcome == properties.NotOffered:
			lacking.Items = append(lacking.Items, untestedItem{name, "", r.Why})
		}
	}
	if len(cards) > 0 {
		var ss []statement
		for _, c := range cards {
			ss = append(ss, c.statement)
		}
		if missing := absent(ss); len(missing) > 0 {
			gone.Items = []untestedItem{{strings.Join(missing, ", "), "", ""}}
		}
	}
	var out []untested
	for _, u := range []untested{idle, lacking, opinions, gone} {
		if len(u.Items) > 0 {
			out = append(out, u)
		}
	}
	return out
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
