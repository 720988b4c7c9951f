package reports

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"ebmcheck/properties"
)

// Terminal writes a summary of the run for a person at a terminal of width
// columns: how the statements stand and those that are refuted, the table
// op × regime, every claim about code that failed with its smallest
// counterexample, and last the run in a sentence. The table takes 80 columns,
// so a smaller width is taken as 80; no line is longer than the width.
//
// With colour true, marks and headings are coloured, unless the environment
// variable NO_COLOR is set and not empty (no-color.org).
func Terminal(w io.Writer, run *Run, width int, colour bool) error {
	t := sheet{width: max(width, 80), colour: colour && os.Getenv("NO_COLOR") == ""}
	results := cleaned(run.Results)
	t.head(run)
	t.theory(statements(results))
	for _, table := range tables(results) {
		t.table(table, run.Header.Subject.Name)
	}
	t.findings(results)
	t.conclusion(run)
	_, err := w.Write(t.Bytes())
	return err
}

// SGR codes.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// sheet is a terminal page being written.
type sheet struct {
	bytes.Buffer
	width  int
	colour bool
}

func (t *sheet) paint(code, s string) string {
	if !t.colour || code == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// line writes s, cut to the width.
func (t *sheet) line(code, s string) {
	t.WriteString(strings.TrimRight(t.paint(code, cut(strings.TrimRight(s, " "), t.width)), " ") + "\n")
}

// hang writes text wrapped, the first line after head, the others indented
// as far as head is wide. Only head is painted with code. A no-break space
// keeps its words together.
func (t *sheet) hang(code, head, text string) {
	const most = 24 // a longer head gets lines of its own
	if columns(head) > most {
		for _, l := range wrap(head, t.width-2) {
			t.WriteString("  " + t.paint(code, l) + "\n")
		}
		head = strings.Repeat(" ", 6)
	}
	indent := columns(head)
	for i, l := range wrap(text, t.width-indent) {
		l = strings.ReplaceAll(l, "\u00a0", " ")
		switch {
		case i == 0:
			t.WriteString(t.paint(code, head) + l + "\n")
		case l == "":
			t.WriteByte('\n')
		default:
			t.WriteString(strings.Repeat(" ", indent) + l + "\n")
		}
	}
}

func (t *sheet) heading(s string) {
	t.WriteByte('\n')
	t.line(bold, s)
}

func (t *sheet) head(run *Run) {
	h := run.Header
	var parts []string
	for _, f := range facts(run) {
		switch f.Name {
		case "Suite", "Subject", "Go", "Platform":
			parts = append(parts, f.Value)
		case "Seed", "Profile":
			parts = append(parts, strings.ToLower(f.Name)+" "+f.Value)
		}
	}
	if h.Suite == "" {
		parts = append([]string{"ebmcheck"}, parts...)
	}
	t.hang("", "", strings.Join(parts, " · "))
}

func (t *sheet) theory(ss []statement) {
	if len(ss) == 0 {
		return
	}
	var phrases []string
	for _, n := range tallyStandings(ss) {
		phrases = append(phrases, strings.ReplaceAll(n.Phrase(), " ", "\u00a0"))
	}
	t.heading("Theory")
	t.hang("", "  ", count(len(ss), "statement", "statements")+": "+strings.Join(phrases, " · "))
	shown := func(title, code, mark string, which func(statement) bool, more func(statement)) {
		first := true
		for _, s := range ss {
			if !which(s) {
				continue
			}
			if first {
				t.WriteByte('\n')
				t.line(bold, "  "+title)
				first = false
			}
			t.hang(code, "  "+mark+" "+pad(s.ID, 3)+"  ", statementLine(s))
			more(s)
		}
	}
	shown("Not established", red, unestablished.Mark,
		func(s statement) bool { return s.Standing() == unestablished },
		func(s statement) { t.hang(red, "         "+s.Outcome+": ", orElse(s.Why, "no reason given")) })
	shown("Refuted as printed", red, "✗",
		func(s statement) bool { return s.established() && s.Verdict == properties.IsRefuted },
		func(s statement) {
			if c := s.Small; c != nil {
				t.hang(dim, "         at ", witness(c, s.Layer))
			}
		})
}

// statementLine is what a statement claims, as short as it comes.
func statementLine(s statement) string {
	if s.Printed != "" {
		return oneLine(s.Printed)
	}
	return s.Says
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (t *sheet) table(table table, subject string) {
	title := "Code"
	if table.Subject != "" && table.Subject != subject {
		title += ": " + table.Subject
	}
	t.heading(title)
	const perBlock = 4 // regimes side by side: with the four there are, a row takes 80 columns
	for first := 0; first < len(table.Regimes); first += perBlock {
		last := min(first+perBlock, len(table.Regimes))
		t.block(table, first, last)
	}
	t.line(dim, "  Grade (A+ ≤ 1 ulp, A recommended, B required, F neither) and the largest error")
	t.line(dim, "  found, in ulps; – nothing offered or claimed. req, rec: claims passed of all.")
}

// block writes the columns of the regimes [first, last).
func (t *sheet) block(table table, first, last int) {
	head := "  " + pad("op", 14)
	for _, r := range table.Regimes[first:last] {
		head += pad(cut(orElse(r, "–"), 10), 11)
	}
	t.line(dim, head+padLeft("req", 6)+padLeft("rec", 6)+padLeft("cases", 8))
	for _, row := range table.Rows {
		req, rec := row.Required(), row.Recommended()
		t.WriteString("  " + pad(cut(orElse(row.Op, "–"), 13), 14))
		for _, c := range row.Cells[first:last] {
			t.WriteString(t.paint(gradeColour[c.Class()], pad(c.Text(), 11)))
		}
		tail := padLeft(cut(rec.Short(), 6), 6) + padLeft(brief(row.Cases()), 8)
		code := ""
		if req.Failed > 0 {
			code = red
		}
		t.WriteString(t.paint(code, padLeft(cut(req.Short(), 6), 6)) + tail + "\n")
	}
}

var gradeColour = map[string]string{"good": green, "fair": yellow, "bad": red, "none": dim}

func (t *sheet) findings(results []properties.Result) {
	required, recommended := findings(results)
	if len(required) > 0 {
		t.heading("Failed, required")
	}
	for i, r := range required {
		if i > 0 {
			t.WriteByte('\n')
		}
		t.hang(red, "  ✗ ", title(r))
		if r.Says != "" {
			t.hang("", "    ", r.Says)
		}
		if r.Why != "" {
			t.hang(dim, "    "+pad("why", 10), r.Why)
		}
		for _, l := range describe(counterexample(r), r.Layer) {
			text := oneLine(l.Text)
			if l.Hex != "" {
				text += "  (" + oneLine(l.Hex) + ")"
			}
			t.hang(dim, "    "+pad(l.Label, 10), text)
		}
		if r.Replay != "" {
			t.hang(dim, "    "+pad("replay", 10), r.Replay)
		}
	}
	if len(recommended) > 0 {
		t.heading("Failed, recommended")
	}
	for _, r := range recommended {
		t.hang(yellow, "  ✗ ", title(r))
		if c := counterexample(r); c != nil {
			t.hang(dim, "    ", witness(c, r.Layer))
		} else if r.Why != "" {
			t.hang(dim, "    ", r.Why)
		}
	}
}

// title names a line about code: claim, regime, and the outcome where it is
// more than refuted.
func title(r properties.Result) string {
	s := r.Claim
	if r.Regime != "" {
		s += " · " + r.Regime
	}
	s += " · " + r.Outcome
	if r.Ulps != nil && r.Outcome == properties.Refuted {
		s += " · " + figure(*r.Ulps) + " ulps"
	}
	return s
}

func (t *sheet) conclusion(run *Run) {
	t.WriteByte('\n')
	for _, w := range warnings(run) {
		t.hang(yellow, "! ", w)
	}
	code := run.ExitCode()
	colour := map[int]string{exitPassed: green, exitRefuted: red, exitIncomplete: yellow}[code]
	for _, l := range wrap(fmt.Sprintf("%s (exit code %d)", conclusion(run), code), t.width) {
		t.line(colour, l)
	}
}
