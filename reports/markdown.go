package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"ebmcheck/properties"
)

// Markdown writes the run as GitHub-flavoured Markdown, for a job's summary
// page or a pull request: the run in a sentence, the table op × regime, what
// failed with its counterexamples, and the statements that are not true as
// printed.
func Markdown(w io.Writer, run *Run) error {
	var m document
	results := cleaned(run.Results)
	m.para("## ebmcheck" + prefixed(": ", mdText(oneLine(clean(subject(run.Header.Subject))))))
	m.para("**" + mdText(conclusion(run)) + "**")
	if ws := warnings(run); len(ws) > 0 {
		m.WriteString("> [!WARNING]\n")
		for _, w := range ws {
			m.WriteString("> " + mdText(w) + "  \n")
		}
		m.WriteByte('\n')
	}
	for _, t := range tables(results) {
		m.table(t, run.Header.Subject.Name)
	}
	required, recommended := findings(results)
	m.failures("Failed, required", required)
	m.failures("Failed, recommended", recommended)
	m.statements(statements(results))
	m.facts(facts(run))
	_, err := w.Write(m.Bytes())
	return err
}

// document is a Markdown page being written.
type document struct{ bytes.Buffer }

func (m *document) para(s string) { m.WriteString(s + "\n\n") }

// row writes a table row; the cells are Markdown already.
func (m *document) row(cells ...string) {
	m.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (m *document) table(t table, subject string) {
	title := "### Code"
	if t.Subject != "" && t.Subject != subject {
		title += ": " + mdText(t.Subject)
	}
	m.para(title)
	head, rule := []string{"op"}, []string{":--"}
	for _, r := range t.Regimes {
		head, rule = append(head, mdText(orElse(r, "–"))), append(rule, ":--")
	}
	m.row(append(head, "required", "recommended", "cases")...)
	m.row(append(rule, "--:", "--:", "--:")...)
	for _, r := range t.Rows {
		cells := []string{"–"}
		if r.Op != "" {
			cells[0] = mdCode(r.Op)
		}
		for _, c := range r.Cells {
			s := mdText(c.Text())
			if c.Grade == "F" {
				s = "**" + s + "**"
			}
			cells = append(cells, s)
		}
		m.row(append(cells, r.Required().Short(), r.Recommended().Short(), group(r.Cases()))...)
	}
	m.para("\nGrade (A+ ≤ 1 ulp, A recommended, B required, F neither) and the largest error found, in ulps; " +
		"– not offered or no claim. Required, recommended: claims passed of those due.")
}

func (m *document) failures(title string, rs []properties.Result) {
	if len(rs) == 0 {
		return
	}
	m.para("### " + title)
	for _, r := range rs {
		m.WriteString("<details><summary>" + htmlText(shortTitle(r)) + "</summary>\n\n")
		if r.Says != "" {
			m.para(mdText(r.Says))
		}
		if r.Why != "" {
			m.para(mdFence(r.Why))
		}
		m.counterexample(counterexample(r), r.Layer)
		if r.Replay != "" {
			m.para("Replay: " + mdCode(r.Replay))
		}
		m.para("</details>")
	}
}

// shortTitle is title with the line's smallest input, to be read before the
// details are opened.
func shortTitle(r properties.Result) string {
	s := title(r)
	if c := counterexample(r); c != nil && c.Case != "" {
		s += " at " + oneLine(c.Case)
	}
	return s
}

func (m *document) counterexample(c *properties.Counterexample, layer string) {
	for _, l := range describe(c, layer) {
		s := "- " + l.Label + ": " + mdCode(oneLine(l.Text))
		if l.Label == "note" {
			s = "- " + mdText(oneLine(l.Text))
		}
		if l.Hex != "" {
			s += " (" + mdCode(oneLine(l.Hex)) + ")"
		}
		m.WriteString(s + "\n")
	}
	if c != nil {
		m.WriteByte('\n')
	}
}

func (m *document) statements(ss []statement) {
	if len(ss) == 0 {
		return
	}
	var phrases []string
	for _, n := range tallyStandings(ss) {
		phrases = append(phrases, n.Phrase())
	}
	m.para("### Theory")
	m.para(count(len(ss), "statement", "statements") + ": " + strings.Join(phrases, ", ") + ".")
	var rows [][]string
	for _, s := range ss {
		st := s.Standing()
		if st.Key != "failed" && st.Key != "refuted" {
			continue
		}
		at := ""
		switch {
		case st.Key == "failed":
			at = mdText(oneLine(s.Why))
		case s.Small != nil:
			at = mdText(witness(s.Small, s.Layer))
		}
		rows = append(rows, []string{mdText(s.ID), st.Mark + " " + st.Word, mdCode(statementLine(s)), at, mdCode(oneLine(s.Formula))})
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

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

var mdEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`, "$", `\$`, "@", "&#64;", "\n", " ")

// mdText is s as text of one line, also within a table.
func mdText(s string) string { return mdEscapes.Replace(s) }

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "@", "&#64;", "\n", " ")

// htmlText is s as text of an HTML element.
func htmlText(s string) string { return htmlEscapes.Replace(s) }

// mdCode is s as code of one line, also within a table.
func mdCode(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	s = strings.ReplaceAll(oneLine(s), "|", `\|`)
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if len(fence) > 1 || strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// mdFence is s as a block of code.
func mdFence(s string) string {
	fence := strings.Repeat("`", max(3, longestRun(s, '`')+1))
	return fmt.Sprintf("%stext\n%s\n%s", fence, strings.TrimRight(s, "\n"), fence)
}

func longestRun(s string, of rune) int {
	longest, n := 0, 0
	for _, r := range s {
		if r != of {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}
