package reports

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// Markdown writes the run as GitHub-flavoured Markdown, for a pull request or
// a file: the run in a sentence, the table op × regime, what failed with its
// counterexamples, and the statements that are not true as printed.
func Markdown(w io.Writer, run *Run) error {
	var b bytes.Buffer
	for _, s := range passages(run) {
		b.WriteString(s.text)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// A passage is a part of the page that can be left out without breaking the
// rest. The smaller its rank, the later it is left out.
type passage struct {
	text string
	rank float64
}

// Ranks of passages. Failures are ranked from their base by how bad they are.
const (
	rankHead = iota
	rankRequired
	rankCode
	rankTheory
	rankRecommended
	rankFacts
)

// passages returns the page in parts, in order.
func passages(run *Run) []passage {
	var out []passage
	add := func(rank float64, write func(m *document)) {
		var m document
		write(&m)
		if m.Len() > 0 {
			out = append(out, passage{m.String(), rank})
		}
	}
	results := cleaned(run.Results)
	ts := tables(results)
	many := len(ts) > 1
	add(rankHead, func(m *document) { m.head(run) })
	for _, t := range ts {
		if !many {
			add(rankCode, func(m *document) { m.table(t, run.Header.Subject.Name) })
		}
	}
	if many {
		add(rankCode, func(m *document) { m.abreast(ts) })
	}
	f := findings(results)
	for _, group := range []struct {
		title string
		rank  float64
		rs    []result.Result
	}{{"Failed, required", rankRequired, f.Required}, {"Failed, recommended", rankRecommended, f.Recommended},
		{"Failed, as expected", rankRecommended, f.Expected}} {
		if len(group.rs) > 0 {
			add(group.rank, func(m *document) { m.para("### " + group.title) })
		}
		for _, r := range group.rs {
			add(group.rank+harmless(r), func(m *document) { m.failure(shortTitle(r, many), r) })
		}
	}
	add(rankTheory, func(m *document) { m.statements(statements(results)) })
	add(rankFacts, func(m *document) { m.facts(facts(run)) })
	return out
}

// document is a Markdown page being written.
type document struct{ bytes.Buffer }

func (m *document) para(s string) { m.WriteString(s + "\n\n") }

// row writes a table row; the cells are Markdown already.
func (m *document) row(cells ...string) {
	m.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (m *document) head(run *Run) {
	m.para("## ebmcheck" + prefixed(": ", mdText(oneLine(clean(subject(run.Header.Subject))))))
	m.para("**" + mdText(conclusion(run)) + "**")
	for _, p := range run.Parts {
		m.WriteString("- " + codeMark[p.ExitCode()] + " " + mdText(label(p)+": "+conclusion(p)) + "\n")
	}
	if len(run.Parts) > 0 {
		m.WriteByte('\n')
	}
	if ws := warnings(run); len(ws) > 0 {
		m.WriteString("> [!WARNING]\n")
		for _, w := range ws {
			m.WriteString("> " + mdText(w) + "  \n")
		}
		m.WriteByte('\n')
	}
}

func (m *document) table(t table, subject string) {
	title := "### Code"
	if t.Subject != "" && t.Subject != subject {
		title += ": " + mdText(t.Subject)
	}
	m.para(title)
	m.columnHeads([]string{"op"}, t.Regimes)
	for _, r := range t.Rows {
		m.gradeRow([]string{mdCell(orElse(r.Op, "–"))}, r)
	}
	m.para("\n" + gradeKey + " Required, recommended: claims passed of those due.")
}

// abreast writes the table of several subjects: a row for each under each op.
func (m *document) abreast(ts []table) {
	m.para("### Code")
	m.columnHeads([]string{"op", "subject"}, ts[0].Regimes)
	for _, b := range abreast(ts) {
		op := mdCell(orElse(b.Op, "–"))
		for _, r := range b.Rows {
			m.gradeRow([]string{op, mdText(orElse(r.Subject, "–"))}, r)
			op = ""
		}
	}
	m.para("\n" + gradeKey + " Required, recommended: claims passed of those due.")
}

// gradeKey says what the cells of a table of grades are.
const gradeKey = "Grades: A+ within 1 ulp, with the largest error found; A as recommended, B as required, F not even that, " +
	"with the share of what is allowed that was spent; – nothing is asked, or not offered."

func (m *document) columnHeads(first, regimes []string) {
	head, rule := slices.Clone(first), slices.Repeat([]string{":--"}, len(first)+len(regimes))
	for _, r := range regimes {
		head = append(head, mdText(orElse(r, "–")))
	}
	m.row(append(head, "required", "recommended", "cases")...)
	m.row(append(rule, "--:", "--:", "--:")...)
}

func (m *document) gradeRow(first []string, r row) {
	for _, c := range r.Cells {
		s := mdText(c.Text())
		if c.Grade == "F" {
			s = "**" + s + "**"
		}
		first = append(first, s)
	}
	m.row(append(first, r.Required().Short(), r.Recommended().Short(), r.CasesText())...)
}

func (m *document) failure(title string, r result.Result) {
	m.WriteString("<details><summary>" + htmlText(title) + "</summary>\n\n")
	if r.Says != "" {
		m.para(mdText(r.Says))
	}
	if r.Formula != "" {
		m.para(mdCode(oneLine(r.Formula)))
	}
	if r.Why != "" {
		m.para(mdFence(r.Why))
	}
	if r.Expected != "" {
		m.para("Expected: " + mdText(r.Expected))
	}
	if r.Likely != "" {
		m.para("Likely: " + mdText(r.Likely))
	}
	if r.Mend != "" {
		m.para("To mend it: " + mdText(r.Mend))
	}
	m.evidence(r)
	if r.Replay != "" {
		m.para("Replay: " + mdCode(r.Replay))
	}
	m.para("</details>")
}

// shortTitle is title with the line's smallest input, to be read before the
// details are opened.
func shortTitle(r result.Result, several bool) string {
	s := title(r, several)
	if c := counterexample(r); c != nil && c.Case != "" {
		s += " at " + oneLine(c.Case)
	}
	return s
}

func (m *document) evidence(r result.Result) {
	ls := evidence(r)
	for _, l := range ls {
		s := "- " + l.Label + ": " + mdCode(oneLine(l.Text))
		if l.Label == "note" {
			s = "- " + mdText(oneLine(l.Text))
		}
		if l.Hex != "" {
			s += " (" + mdCode(oneLine(l.Hex)) + ")"
		}
		m.WriteString(s + "\n")
	}
	if len(ls) > 0 {
		m.WriteByte('\n')
	}
}

func (m *document) statements(ss []statement) {
	if len(ss) == 0 {
		return
	}
	source, texts := apart(ss)
	m.para("### Theory")
	if len(source) > 0 {
		m.para(count(len(source), "statement", "statements") + ": " + strings.Join(phrases(source), ", ") + ".")
	}
	if len(texts) > 0 {
		m.para(count(len(texts), "statement", "statements") + " of other texts: " + strings.Join(phrases(texts), ", ") + ".")
	}
	var rows [][]string
	for _, s := range ss {
		st := s.Standing()
		if st.Key != "failed" && (st.Key != "refuted" || s.ofText()) {
			continue
		}
		at := ""
		switch {
		case st.Key == "failed":
			at = mdText(oneLine(s.Why))
		case s.Small != nil:
			at = mdText(witness(s.Small, string(s.Layer)))
		}
		rows = append(rows, []string{mdText(s.ID), st.Mark + " " + st.Word, mdCell(statementLine(s)), at, mdCell(oneLine(s.Formula))})
	}
	if len(rows) == 0 {
		return
	}
	m.row("", "as printed", "statement", "smallest counterexample", "what holds")
	m.row(":--", ":--", ":--", ":--", ":--")
	for _, r := range rows {
		m.row(r...)
	}
	m.WriteByte('\n')
}

func (m *document) facts(fs []fact) {
	var parts []string
	for _, f := range fs {
		parts = append(parts, mdText(f.Name)+" "+mdText(f.Value))
	}
	if len(parts) > 0 {
		m.para("<sub>" + strings.Join(parts, " · ") + "</sub>")
	}
}
