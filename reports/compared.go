package reports

import (
	"fmt"
	"io"
	"math"
	"strings"

	"ebmcheck/properties/result"
)

// Terminal writes the comparison for a person at a terminal of width columns,
// 80 at least: what fails newly with its counterexamples, the rest in a line
// each, and last the comparison in a sentence.
func (c *Comparison) Terminal(w io.Writer, width int, colour bool) error {
	t := newSheet(width, colour)
	many := c.several()
	for _, n := range c.Notes {
		t.hang(yellow, "! ", n)
	}
	for i, f := range c.Failing {
		if i == 0 {
			t.heading("Newly failing")
		}
		colour := red
		if !f.Result.Decides() {
			colour = yellow
		}
		t.hang(colour, "  ✗ ", failing(f, many))
		t.failure(f.Result, f.Result.Decides())
	}
	for _, l := range c.lists(many) {
		t.heading(l.title)
		for _, s := range l.short() {
			t.hang(l.colour, "  "+l.mark+" ", s)
		}
	}
	t.WriteByte('\n')
	code := c.ExitCode()
	for _, l := range wrap(fmt.Sprintf("%s (exit code %d)", c.conclusion(), code), t.width) {
		t.line(codeColour[code], l)
	}
	_, err := w.Write(t.Bytes())
	return err
}

// Markdown writes the comparison for a pull request.
func (c *Comparison) Markdown(w io.Writer) error {
	var m document
	many := c.several()
	m.para("## ebmcheck: what changed")
	m.para("**" + mdText(c.conclusion()) + "**")
	if len(c.Notes) > 0 {
		m.WriteString("> [!NOTE]\n")
		for _, n := range c.Notes {
			m.WriteString("> " + mdText(n) + "  \n")
		}
		m.WriteByte('\n')
	}
	if len(c.Failing) > 0 {
		m.para("### Newly failing")
	}
	for _, f := range c.Failing {
		m.failure(failing(f, many), f.Result)
	}
	for _, l := range c.lists(many) {
		m.para("### " + l.title)
		for _, s := range l.short() {
			m.WriteString("- " + l.mark + " " + mdText(s) + "\n")
		}
		m.WriteByte('\n')
	}
	_, err := w.Write(m.Bytes())
	return err
}

// headline is what the exit code stands for, in words.
func (c *Comparison) headline() string {
	required := 0
	for _, f := range c.Failing {
		if f.Result.Decides() {
			required++
		}
	}
	s := "Nothing required fails newly"
	if required > 0 {
		s = count(required, "required claim fails newly", "required claims fail newly")
	}
	if n := c.vanished(); n > 0 {
		and := ", but "
		if required > 0 {
			and = " and "
		}
		s += and + count(n, "required claim is gone", "required claims are gone")
	}
	if n := len(c.Failing) - required; n > 0 {
		s += fmt.Sprintf(" (and %s)", count(n, "that does not decide", "that do not decide"))
	}
	if c.ExitCode() == result.ExitIncomplete {
		s = "Incomplete: " + strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// conclusion is the comparison in a sentence.
func (c *Comparison) conclusion() string {
	s := c.headline() + fmt.Sprintf("; %d fixed, %d failing as before, %d new, %d gone", len(c.Fixed), c.Still, len(c.New), len(c.Gone))
	better, worse := 0, 0
	for _, g := range c.Grades {
		if g.worse() {
			worse++
		} else {
			better++
		}
	}
	s += fmt.Sprintf("; grades: %d better, %d worse; %s.", better, worse, count(len(c.Growth), "error at least doubled", "errors at least doubled"))
	return s
}

// changeList is a list of changes, a line each.
type changeList struct {
	title, mark, colour string
	lines               []string
}

// lists returns what changed beside the new failures, without empty lists.
func (c *Comparison) lists(many bool) []changeList {
	verdicts := changeList{title: "Verdicts that changed", mark: "!", colour: yellow}
	for _, v := range c.Verdicts {
		verdicts.add(v.Claim + ": " + orElse(v.From, "none") + " → " + orElse(v.To, "none"))
	}
	worse := changeList{title: "Grades that got worse", mark: "↓", colour: yellow}
	better := changeList{title: "Grades that got better", mark: "↑", colour: green}
	for _, g := range c.Grades {
		s := named(g.Result, many, g.Op, g.Regime) + ": " + g.From + " → " + g.To
		if g.worse() {
			worse.add(s)
		} else {
			better.add(s)
		}
	}
	growth := changeList{title: "Errors that at least doubled", mark: "↓", colour: yellow}
	for _, g := range c.Growth {
		growth.add(named(result.Result{Subject: g.Subject}, many, g.Claim, g.Regime) + ": " + g.text())
	}
	fixed := changeList{title: "Fixed", mark: "✓", colour: green}
	for _, f := range c.Fixed {
		fixed.add(named(f.Result, many, f.Claim, f.Regime, string(f.Level)) + ", was " + f.From)
	}
	fresh := changeList{title: "New claims", mark: "+"}
	for _, n := range c.New {
		fresh.add(named(n.Result, many, n.Claim, n.Regime, string(n.Level)) + ": " + n.To)
	}
	gone := changeList{title: "Claims gone", mark: "−", colour: yellow}
	for _, g := range c.Gone {
		s := named(g.Result, many, g.Claim, g.Regime, string(g.Level)) + ", was " + g.From
		if g.To != "" {
			s += ", is " + g.To
		}
		gone.add(s)
	}
	var out []changeList
	for _, l := range []changeList{verdicts, worse, growth, better, fixed, gone, fresh} {
		if len(l.lines) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (l *changeList) add(s string) { l.lines = append(l.lines, s) }

// short is the lines as far as a person reads them: what is beyond 20 is counted.
func (l changeList) short() []string {
	const most = 20
	if n := len(l.lines) - most; n > 0 {
		return append(l.lines[:most:most], fmt.Sprintf("and %d more", n))
	}
	return l.lines
}

// named joins the parts of a name, with the subject first where there are
// several.
func named(r result.Result, many bool, parts ...string) string {
	if many {
		parts = append([]string{r.Subject}, parts...)
	}
	return strings.Join(nonEmpty(parts...), " · ")
}

// failing names a new failure: what it is now and was before.
func failing(f Change, many bool) string {
	s := named(f.Result, many, f.Claim, f.Regime, string(f.Level), f.To)
	if f.Ulps != nil && f.Outcome == result.Refuted {
		s += " · " + figure(*f.Ulps) + " ulps"
	}
	return s + ", was " + f.From
}

func (g Growth) text() string {
	s := ""
	if g.From != nil && g.To != nil {
		s = figure(*g.From) + " → " + figure(*g.To) + " ulps"
	}
	if !math.IsInf(g.Times, 0) && s != "" {
		s += " (" + figure(result.Real(g.Times)) + " times)"
	}
	if s != "" {
		s += ", "
	}
	return s + "spent " + figure(g.SpentFrom) + " → " + figure(g.SpentTo) + " of the allowance"
}

// several reports whether the two runs are about more than one subject.
func (c *Comparison) several() bool {
	return manySubjects(c.Base.Results) || manySubjects(c.Head.Results)
}
