package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A Defect is a mistake of a library that is known here: whose claims it breaks, and what
// its authors are to be told.
type Defect struct {
	Subjects, Claims string // patterns, several of Claims parted by spaces
	State            string // one of defectStates
	Thread           string // where its authors speak of it, as owner/name#number; empty if none was found
	Where            string // the function, as it is called
	Mend             string // what would be right
	line             int
}

// defectStates are what can become of a defect, with what each says.
var defectStates = []struct{ State, Says string }{
	{"new", "no thread found"},
	{"known", "known upstream"},
	{"mended", "mended upstream since this release"},
	{"documented", "as its documentation says"},
}

// ReadDefects reads a line a defect: subjects, claims, state, thread or -, where, mend,
// parted by tabs; lines that start with # aside. An error names the line and what would be
// right.
func ReadDefects(r io.Reader) ([]Defect, error) {
	var out []Defect
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 || slices.Contains(f, "") {
			return nil, fmt.Errorf("line %d: %q: want SUBJECTS CLAIMS STATE THREAD WHERE MEND, parted by tabs", n, line)
		}
		d := Defect{f[0], f[1], f[2], f[3], f[4], f[5], n}
		if d.Thread == "-" {
			d.Thread = ""
		}
		if d.says() == "" {
			return nil, fmt.Errorf("line %d: state %q: want one of %v", n, d.State, defectStates)
		}
		if told := d.State == "known" || d.State == "mended"; told && d.Thread == "" || d.State == "new" && d.Thread != "" {
			return nil, fmt.Errorf("line %d: %s with thread %q: want a thread of what is known or mended, and - of what is new", n, d.State, f[3])
		}
		out = append(out, d)
	}
	return out, in.Err()
}

func (d Defect) says() string {
	for _, s := range defectStates {
		if s.State == d.State {
			return s.Says
		}
	}
	return ""
}

// is reports whether d is why r failed.
func (d Defect) is(subject string, r result.Result) bool {
	return result.Matches(d.Subjects, subject) && slices.ContainsFunc(strings.Fields(d.Claims), func(c string) bool { return result.Matches(c, r.Claim) })
}

// broken are the required claims on code that failed.
func broken(p *Run) []result.Result {
	var out []result.Result
	for _, r := range cleaned(p.Results) {
		if r.Layer == "code" && r.Level == result.Required && r.Failed() {
			out = append(out, r)
		}
	}
	return out
}

// Unlisted returns what is wrong with the list of defects of runs: a required claim that
// fails and has none, and a defect of a subject that was judged which breaks none.
func Unlisted(defects []Defect, joint *Run) []string {
	var out []string
	judged, found := make(map[int]bool), make(map[int]bool)
	for _, p := range subjects(joint) {
		for _, r := range broken(p) {
			listed := false
			for _, d := range defects {
				if d.is(label(p), r) {
					listed, found[d.line] = true, true
				}
			}
			if s := label(p) + ": " + r.Claim + " fails, and no defect is listed for it"; !listed && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		for _, d := range defects {
			judged[d.line] = judged[d.line] || result.Matches(d.Subjects, label(p)) && p.Complete
		}
	}
	for _, d := range defects {
		if judged[d.line] && !found[d.line] {
			out = append(out, fmt.Sprintf("line %d (%s %s): no required claim fails for it any more", d.line, d.Subjects, d.Claims))
		}
	}
	return out
}

func subjects(joint *Run) []*Run {
	if len(joint.Parts) > 0 {
		return joint.Parts
	}
	return []*Run{joint}
}

// tally writes how many defects there are in each state, and of each the text for its authors.
func (m *document) tally(defects []Defect, joint *Run) {
	type shown struct {
		Defect
		subjects []string
		first    *Run
		lines    []result.Result // of first
	}
	var all []shown
	states := make(map[string]int)
	for _, d := range defects {
		s := shown{Defect: d}
		for _, p := range subjects(joint) {
			var lines []result.Result
			for _, r := range broken(p) {
				if d.is(label(p), r) {
					lines = append(lines, r)
				}
			}
			if len(lines) == 0 {
				continue
			}
			s.subjects = append(s.subjects, label(p))
			if s.first == nil {
				s.first, s.lines = p, lines
			}
		}
		if s.first != nil {
			all = append(all, s)
			states[d.State]++
		}
	}
	var counts []string
	for _, s := range defectStates {
		if n := states[s.State]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, s.Says))
		}
	}
	m.para("## Defects")
	if len(all) == 0 {
		m.para("None is listed.")
		return
	}
	m.para(count(len(all), "defect breaks", "defects break") + " what is required: " + strings.Join(counts, ", ") +
		". Each stands here as a text for those who can mend it: smallest input, right value, and what would be right. " +
		"A case is written in energies F, of which the lower is the better; the first line says what the library is given.")
	for _, s := range all {
		state := prefixed(s.says()+": ", s.Thread)
		m.para("<details><summary>" + htmlText(strings.Join(s.subjects, ", ")+" · "+s.Where+" · "+orElse(state, s.says())) + "</summary>")
		m.WriteString("```text\n" + fenced(s.text(s.first, s.lines)) + "```\n\n</details>\n\n")
	}
}

// text is what the authors of a library are told of d: what is called, the reason, smallest
// inputs, and what would be right.
func (d Defect) text(p *Run, lines []result.Result) string {
	var b strings.Builder
	s := p.Header.Subject
	fmt.Fprintf(&b, "%s\n%s\n", strings.Join(append(nonEmpty(release(s)), oneLine(clean(s.Precision))), ", "), d.Where)
	each := defect{Lines: lines}
	for _, why := range each.each(func(r result.Result) string { return r.Expected }) {
		b.WriteString(why + "\n")
	}
	b.WriteByte('\n')
	var said []string
	say := func(format string, args ...any) {
		if line := fmt.Sprintf(format, args...); line != "" && !slices.Contains(said, line) {
			said = append(said, line)
		}
	}
	for _, r := range lines {
		for _, f := range s.Defined {
			if f.Name == r.Op {
				say("%s is %s", f.Name, oneLine(clean(f.Formula)))
			}
		}
		switch c := counterexample(r); {
		case r.Outcome == result.Refuted && c != nil:
			say("%s, %s: got %s, right is %s", oneLine(c.Case), orElse(oneLine(c.What), "value"), oneLine(c.Got), oneLine(c.Want))
		default:
			say("%s", unanswered(r))
			if c != nil && c.What == "reply" {
				say("    %s", oneLine(c.Case))
			}
		}
	}
	for _, line := range said {
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\nRight would be: %s\n", d.Mend)
	return b.String()
}

// fenced is s without what would end a fence.
func fenced(s string) string { return strings.ReplaceAll(s, "```", "'''") }
