package reports

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"ebmcheck/properties/result"
)

// Terminal writes a summary of the run for a person at a terminal of width
// columns: how the statements stand and those that are refuted, the table
// op × regime, what is advised about formulas, every claim about code that
// failed with its smallest counterexample, and last the run in a sentence. The
// table takes 80 columns, so a smaller width is taken as 80; no line is longer
// than the width, but for the commands that replay a failure.
//
// With colour true, marks and headings are coloured, unless the environment
// variable NO_COLOR is set and not empty (no-color.org).
func Terminal(w io.Writer, run *Run, width int, colour bool) error {
	t := newSheet(width, colour)
	results := cleaned(run.Results)
	t.head(run)
	t.standings(run.Parts)
	t.theory(statements(results))
	ts := tables(results)
	t.code(ts, run.Header.Subject.Name)
	t.advice(run.Header.Subject.Advice)
	t.findings(results, len(ts) > 1)
	t.conclusion(run)
	_, err := w.Write(t.Bytes())
	return err
}

// advice writes what is advised about the formulas of the subject.
func (t *sheet) advice(advice []string) {
	for i, a := range advice {
		if i == 0 {
			t.heading("Formulas that let errors pass as they are written")
		}
		t.hang("", "  ", oneLine(clean(a)))
	}
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

func newSheet(width int, colour bool) *sheet {
	return &sheet{width: max(width, 80), colour: colour && os.Getenv("NO_COLOR") == ""}
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
	source, texts := apart(ss)
	t.heading("Theory")
	standing := func(ss []statement) string { // no phrase is broken
		return strings.ReplaceAll(strings.ReplaceAll(strings.Join(phrases(ss), "\n"), " ", "\u00a0"), "\n", " · ")
	}
	if len(source) > 0 {
		t.hang("", "  ", count(len(source), "statement", "statements")+": "+standing(source))
	}
	if rest, theorems, steps := restOn(source); len(rest) > 0 {
		text := strings.ReplaceAll(strings.ReplaceAll(strings.Join(rest, "\n"), " ", "\u00a0"), "\n", " · ")
		if theorems > 0 {
			text += fmt.Sprintf("; %s checked, of %s steps", count(theorems, "certificate", "certificates"), group(steps))
		}
		t.hang("", "  ", text)
	}
	if len(texts) > 0 {
		t.hang("", "  ", count(len(texts), "statement", "statements")+" of other texts: "+standing(texts))
	}
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
		func(s statement) { t.hang(red, "         "+string(s.Outcome)+": ", orElse(s.Why, "no reason given")) })
	shown("Refuted as printed", red, "✗",
		func(s statement) bool { return s.established() && s.Verdict == result.IsRefuted && !s.ofText() },
		func(s statement) {
			if c := s.Small; c != nil {
				t.hang(dim, "         at ", witness(c, string(s.Layer)))
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

// standings says how each of the joined runs ended.
func (t *sheet) standings(parts []*Run) {
	if len(parts) > 0 {
		t.WriteByte('\n')
	}
	for _, p := range parts {
		code := p.ExitCode()
		t.hang(codeColour[code], "  "+codeMark[code]+" ", label(p)+": "+conclusion(p))
	}
}

// code writes the grades: a table for one subject, for several one in which
// each op has a line a subject.
func (t *sheet) code(ts []table, subject string) {
	if len(ts) == 0 {
		return
	}
	title := "Code"
	if name := ts[0].Subject; len(ts) == 1 && name != "" && name != subject {
		title += ": " + name
	}
	t.heading(title)
	const perBlock = 4 // regimes side by side: with the four there are, a row takes 80 columns
	for first := 0; first < len(ts[0].Regimes); first += perBlock {
		last := min(first+perBlock, len(ts[0].Regimes))
		if len(ts) == 1 {
			t.columnHeads(pad("op", 14), ts[0].Regimes[first:last], padLeft("cases", 8))
			above := ""
			for _, r := range ts[0].Rows {
				if !r.Offered() {
					continue
				}
				name := orElse(r.Op, "–")
				if of, ok := strings.CutSuffix(name, batch); ok {
					if of != above {
						t.line("", "  "+of)
					}
					name = "  " + batch
				}
				above = r.Op
				t.row(pad(cut(name, 13), 14), r, r.Cells[first:last], padLeft(brief(r.Cases()), 8))
			}
			continue
		}
		const name = 22 // as wide as an op with its cases
		t.columnHeads(pad("op, subject", name), ts[0].Regimes[first:last], "")
		for _, b := range abreast(ts) {
			t.line(bold, "  "+orElse(b.Op, "–"))
			for _, r := range b.Rows {
				t.row(pad("  "+cutMiddle(r.Subject, name-3), name), r, r.Cells[first:last], "")
			}
		}
	}
	if len(ts) == 1 {
		t.notOffered(ts[0])
	}
	for _, table := range ts {
		for _, r := range table.Rows {
			if r.Unsupported() > 0 {
				t.line(yellow, fmt.Sprintf("  %s: %s cases judged; %s called unsupported.", orElse(r.Op, "–"), group(r.Cases()), group(r.Unsupported())))
			}
		}
	}
	t.hang(dim, "  ", gradeKey+" req, rec: claims passed of all.")
}

// notOffered names the ops that have no row.
func (t *sheet) notOffered(of table) {
	var ops []string
	for _, r := range of.Rows {
		if !r.Offered() {
			ops = append(ops, orElse(r.Op, "–"))
		}
	}
	if len(ops) > 0 {
		t.hang(dim, "  not offered: ", strings.Join(ops, ", "))
	}
}

func (t *sheet) columnHeads(first string, regimes []string, last string) {
	head := "  " + first
	for _, r := range regimes {
		head += pad(cut(orElse(r, "–"), 10), 11)
	}
	t.line(dim, head+padLeft("req", 6)+padLeft("rec", 6)+last)
}

func (t *sheet) row(first string, r row, cells []cell, last string) {
	req, rec := r.Required(), r.Recommended()
	t.WriteString("  " + first)
	for _, c := range cells {
		t.WriteString(t.paint(gradeColour[c.Class()], pad(c.Text(), 11)))
	}
	code := ""
	if req.Failed > 0 {
		code = red
	}
	t.WriteString(t.paint(code, padLeft(cut(req.Short(), 6), 6)) + padLeft(cut(rec.Short(), 6), 6) + last + "\n")
}

var (
	codeColour  = map[int]string{result.ExitPassed: green, result.ExitRefuted: red, result.ExitIncomplete: yellow}
	gradeColour = map[string]string{"good": green, "fair": yellow, "bad": red, "none": dim}
)

func (t *sheet) conclusion(run *Run) {
	t.WriteByte('\n')
	for _, w := range warnings(run) {
		t.hang(yellow, "! ", w)
	}
	code := run.ExitCode()
	for _, l := range wrap(fmt.Sprintf("%s (exit code %d)", conclusion(run), code), t.width) {
		t.line(codeColour[code], l)
	}
}
