package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// Ledger writes the whole ledger as Markdown, to be committed and compared: for
// every statement of the source, and of other texts, its verdict, the printed formula, what holds
// instead, the condition, the smallest counterexample and the planted fault; then
// the claims about code in words.
//
// The same results give the same bytes on every machine: there are no dates,
// durations, counts of cases or facts about a machine, and of a number that
// comes out of a computation there are six digits. Outcomes of the code claims
// depend on who was judged and are left out.
func Ledger(w io.Writer, results []result.Result) error {
	var m document
	results = cleaned(results)
	ss := statements(results)
	m.para("# Ledger")
	m.para("Generated from the claims; do not edit. What the source states, in its order, and whether it is true.")
	if len(ss) > 0 {
		source, texts := apart(ss)
		m.para(reading)
		if len(source) > 0 {
			m.para(count(len(source), "statement", "statements") + ": " + strings.Join(phrases(source), ", ") + ".")
			if surely := howSurely(source); surely != "" {
				m.para(surely)
			}
		}
		if len(texts) > 0 {
			m.para(count(len(texts), "statement", "statements") + " of other texts: " + strings.Join(phrases(texts), ", ") + ".")
		}
		m.index(ss)
		m.refuted(source)
		for _, sec := range sections {
			m.ledgerSection("## "+sec.Title, source, func(n int) bool { return sec.First <= n && n <= sec.Last })
		}
		m.ledgerSection("## Beyond the source", source, func(n int) bool { return n == 0 || n > lastStatement })
		m.texts(texts)
	}
	m.codeClaims(results)
	_, err := w.Write(m.Bytes())
	return err
}

// texts writes the chapter of other texts: which they are, and the statements.
func (m *document) texts(ss []statement) {
	if len(ss) == 0 {
		return
	}
	m.para("## Other texts")
	m.para("What other public texts say about the same theory, in our words and formulas, read by the same rule; what a careful reader takes as it is meant was left out.")
	m.row("text", "what it is", "read")
	m.row(":--", ":--", ":--")
	for _, t := range result.Texts {
		m.row(mdText(t.Name), mdText(t.About), mdText(t.Read))
	}
	m.WriteByte('\n')
	m.ledgerSection("", ss, func(int) bool { return true })
}

func (m *document) index(ss []statement) {
	m.row("statement", "verdict", "claim", "says")
	m.row(":--", ":--", ":--", ":--")
	for _, s := range ss {
		st := s.Standing()
		id := mdText(s.ID)
		if s.N == 0 && !s.ofText() {
			id = mdText(strings.Join(s.Also, ", "))
		}
		m.row(id, st.Mark+" "+st.Word, mdCell(s.Claim), mdText(s.Says))
	}
	m.WriteByte('\n')
	if missing := absent(ss); len(missing) > 0 {
		m.para("Without a claim: " + strings.Join(missing, ", ") + ".")
	}
}

// refuted writes the table of what is false as it is printed.
func (m *document) refuted(source []statement) {
	headed := false
	for _, s := range source {
		if s.Verdict != result.IsRefuted {
			continue
		}
		if !headed {
			m.para("## False as printed")
			m.row("statement", "as printed", "smallest counterexample", "what holds")
			m.row(":--", ":--", ":--", ":--")
			headed = true
		}
		small := ""
		if s.Small != nil {
			small = mdCell(sixDigits(oneLine(s.Small.Case)))
		}
		m.row(mdText(s.ID), mdText(oneLine(s.Printed)), small, mdText(oneLine(s.Formula)))
	}
	if headed {
		m.WriteByte('\n')
	}
}

func (m *document) ledgerSection(title string, ss []statement, in func(n int) bool) {
	for _, s := range ss {
		if !in(s.N) {
			continue
		}
		if title != "" {
			m.para(title)
			title = ""
		}
		m.entry(s)
	}
}

func (m *document) entry(s statement) {
	m.para("### " + mdText(s.ID) + ": " + s.Standing().Word)
	var place []string
	if s.Where != "" {
		place = append(place, mdText(s.Where))
	}
	if s.ID != s.Claim {
		place = append(place, mdCode(s.Claim))
	}
	for _, ref := range s.Also {
		place = append(place, mdText(ref))
	}
	if len(place) > 0 {
		m.para(strings.Join(place, " · "))
	}
	m.para(mdText(s.Says))
	if s.Why != "" {
		m.para("Why: " + mdText(oneLine(s.Why)))
	}
	if s.Condition != "" {
		m.para("Condition: " + mdText(s.Condition))
	}
	for _, b := range s.Beyond {
		if len(s.Beyond) == 1 {
			break // the counterexample itself
		}
		m.para("Without “" + mdText(b.Part) + "” alone: " + mdCode(sixDigits(witness(b.Small, string(s.Layer)))))
	}
	holds, shows := Headings(s.Standing().Key, s.Stated)
	for _, part := range Printed(s.Printed, s.Stated) {
		m.para(part[0] + ":\n\n" + mdFence(part[1]))
	}
	if c := s.Small; c != nil {
		m.para(shows + ":")
		for _, l := range describe(c, string(s.Layer)) {
			text := oneLine(l.Text)
			switch l.Label {
			case "claimed", "actually", "certified":
				text = sixDigits(outwards(text))
			}
			m.WriteString("- " + l.Label + ": " + mdCode(text) + "\n")
		}
		m.WriteByte('\n')
	}
	if s.Formula != "" && s.Formula != s.Printed {
		m.para(holds + ":\n\n" + mdFence(s.Formula))
	}
	if s.Fault != "" {
		m.para("Planted fault, refuted by the same cases: " + mdText(oneLine(s.Fault)))
	}
	m.proofs(s.Result)
	for _, p := range s.Paths {
		m.path(p)
	}
}

// codeClaims lists the claims about code once each, with the regimes and
// levels in which they are put.
func (m *document) codeClaims(results []result.Result) {
	type entry struct {
		r      result.Result
		placed []string
	}
	var entries []*entry
	at := make(map[string]*entry)
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		e := at[r.Claim]
		if e == nil {
			e = &entry{r: r}
			at[r.Claim] = e
			entries = append(entries, e)
		}
		if p := strings.TrimSpace(r.Regime + " " + string(r.Level)); !slices.Contains(e.placed, p) {
			e.placed = append(e.placed, p)
		}
	}
	if len(entries) == 0 {
		return
	}
	m.para("## Claims about code")
	m.row("claim", "op", "says", "formula", "put in", "refs")
	m.row(":--", ":--", ":--", ":--", ":--", ":--")
	for _, e := range entries {
		m.row(mdCell(e.r.Claim), mdCell(e.r.Op), mdText(e.r.Says), mdCell(e.r.Formula),
			mdText(strings.Join(e.placed, ", ")), mdText(strings.Join(e.r.Refs, ", ")))
	}
	fmt.Fprintln(m)
}

// Printed splits what is printed into what the source says in words, and how that is read: each with its heading.
func Printed(printed string, as *result.Stated) (parts [][2]string) {
	if as == nil {
		if printed != "" {
			parts = append(parts, [2]string{"Printed", printed})
		}
		return parts
	}
	read := printed
	if s, err := formula.ParseStatement(as.Printed); err == nil {
		read = s.Unicode()
	}
	words, both := strings.CutSuffix(printed, ": "+read)
	if both || words != read {
		parts = append(parts, [2]string{"Printed", words})
	}
	if both || words == read {
		parts = append(parts, [2]string{"Read as", read})
	}
	return parts
}

// Headings returns what to call a statement's formula and its counterexample.
func Headings(v result.Verdict, as *result.Stated) (formula, counterexample string) {
	switch v {
	case result.Holds:
		return "Checked as", "Example"
	case result.HoldsIf:
		if as != nil && as.True == "" { // the printed form itself
			return "Holds, under the condition", "Without the condition"
		}
		return "What holds", "Without the condition"
	case result.IsRefuted:
		return "What holds", "Smallest counterexample"
	case result.NotCheckable:
		return "In symbols", "Example"
	}
	return "What should hold", "Counterexample"
}
