package reports

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

//go:embed compared.tmpl page.tmpl top.tmpl items.tmpl program.tmpl style.tmpl profile.tmpl
var pageFiles embed.FS

var pageTemplate = template.Must(template.New("").Funcs(template.FuncMap{"set": setText, "math": setMath, "add": func(a, b int) int { return a + b }}).ParseFS(pageFiles, "*.tmpl"))

// HTML writes the run as one page that needs nothing else: no script, no
// network. What is false and how surely; every statement of the source in its
// order, set from the formula that was examined, with its verdict,
// counterexample and what holds instead; pictures; the program, its failures by
// cause; what was not tested; and the facts of the run.
func HTML(w io.Writer, run *Run) error {
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "page.tmpl", newPage(run)); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Style returns the style sheet of the report, for pages that go with it.
func Style() string {
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "style", page{}); err != nil {
		panic("reports: " + err.Error())
	}
	return b.String()
}

// page is what page.tmpl shows.
type page struct {
	Suite    string
	Top      top
	Last     int // statement of the source
	Warnings []string
	Filters  []filter
	Parts    []part
	Texts    []part // other than the source
	Pictures []picture
	First    string // the first false statement
	Code     codePage
	Failed   []failedGroup
	Untested []untested
	Facts    []runFacts
	Runs     []runState // of a joined run
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
	a := make(anchors)
	for _, f := range filters() {
		a.give(f.Fragment)
	}
	for _, id := range []string{"all", "content", "map", "judged", "texts", "pictures", "code", "grades", "untested", "run",
		"fig-simple", "fig-square", "fig-hinge", "fig-log", "fig-gibbs", "fig-losses", "fig-free"} {
		a.give(id)
	}
	cards := a.cards(statements(results))
	p := page{
		Suite:    oneLine(clean(strings.TrimSpace(run.Header.Suite + " " + run.Header.Version))),
		Top:      newTop(run, cards),
		Warnings: warnings(run),
		Last:     lastStatement,
		Filters:  filters(),
		Facts:    []runFacts{{"", facts(run)}},
	}
	if len(run.Parts) > 0 {
		p.Facts = nil
	}
	for _, part := range run.Parts {
		code := part.ExitCode()
		p.Runs = append(p.Runs, runState{called(part), conclusion(part), codeState[code], codeMark[code]})
		p.Facts = append(p.Facts, runFacts{label(part), facts(part)})
	}
	if len(cards) > 0 {
		p.Pictures = pictures(cards)
		for _, drawn := range p.Pictures {
			for i := range cards {
				if slices.Contains(drawn.Refs, cards[i].Anchor) {
					cards[i].Figures = append(cards[i].Figures, drawn)
				}
			}
		}
		p.Parts, p.Texts = parts(cards), otherTexts(cards)
	}
	for _, c := range cards {
		if p.First == "" && c.ofSource() && c.Key == result.IsRefuted {
			p.First = c.Anchor
		}
	}
	p.Code = a.code(tables(results), run.Header.Subject.Name)
	p.Failed = a.failed(findings(results), p.Code.Several)
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
