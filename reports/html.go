package reports

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page.tmpl style.tmpl items.tmpl
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "*.tmpl"))

// HTML writes the run as one page that needs nothing else: no script, no
// network. Every statement of the source in its order, with its verdict,
// counterexample and what holds instead; the code, op by op and regime by
// regime; what was not tested; and the facts of the run.
func HTML(w io.Writer, run *Run) error {
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "page.tmpl", newPage(run)); err != nil {
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
	Code       codePage
	Failed     []failedGroup
	Untested   []untested
	Facts      []runFacts
	Runs       []runState // of a joined run
}

// failedGroup is a section of failures.
type failedGroup struct {
	Title, Anchor string
	Findings      []finding
}

// runFacts are the facts of a run; Title is whose it is, if there are several.
type runFacts struct {
	Title string
	Facts []fact
}

// runState is one of the joined runs in a sentence.
type runState struct{ Name, Conclusion, State, Mark string }

func newPage(run *Run) page {
	results := cleaned(run.Results)
	ss := statements(results)
	p := page{
		Subject:    oneLine(clean(subject(run.Header.Subject))),
		Conclusion: conclusion(run),
		State:      codeState[run.ExitCode()],
		Warnings:   warnings(run),
		Statements: len(ss),
		Tally:      tallyStandings(ss),
		Facts:      []runFacts{{"", facts(run)}},
	}
	if len(run.Parts) > 0 {
		p.Facts = nil
	}
	for _, part := range run.Parts {
		code := part.ExitCode()
		p.Runs = append(p.Runs, runState{label(part), conclusion(part), codeState[code], codeMark[code]})
		p.Facts = append(p.Facts, runFacts{label(part), facts(part)})
	}
	a := make(anchors)
	cards := a.cards(ss)
	if len(ss) > 0 {
		p.Parts = parts(cards)
	}
	p.Code = a.code(tables(results), run.Header.Subject.Name)
	f := findings(results)
	for _, g := range []failedGroup{
		{"Failed, required", "failed", found(f.Required, p.Code.Several)},
		{"Failed, recommended", "failed-recommended", found(f.Recommended, p.Code.Several)},
		{"Failed, as expected", "failed-expected", found(f.Expected, p.Code.Several)},
	} {
		if len(g.Findings) > 0 {
			p.Failed = append(p.Failed, g)
		}
	}
	p.Untested = notTested(cards, results, p.Code.Several)
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
