package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A Run is what one run of the suite wrote.
type Run struct {
	Header  result.Header
	Results []result.Result
	Footer  result.Footer // zero if there is none

	// Complete says that nothing chosen is missing. Gaps says what is, a
	// sentence each; it is empty if Complete.
	Complete bool
	Gaps     []string

	// Parts are the runs that Join put together, in order; none of a run that
	// was read.
	Parts []*Run
}

// Read returns the run that results.jsonl holds.
//
// A file whose last line is cut off, or that has no footer, is that of an
// unfinished run: it is read as far as it goes, and Complete is false (a resumed
// run writes the file anew, from its Header and Results). So is a
// file whose footer counts other outcomes than the lines do, or that has no
// line for a claim that the header chose. An empty file is an unfinished run
// with no results.
//
// Anything else that a run would not write is an error that names the line:
// a line that is no JSON object, an unknown type, a value that its field cannot
// have, a header anywhere but first, a line after the footer, a second line for
// the same claim, subject, regime and level. Unknown fields are ignored.
func Read(r io.Reader) (*Run, error) {
	p := parser{run: new(Run), seen: make(map[key]int)}
	in := newLines(r)
	for {
		line, whole, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reports: %w", err)
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if !whole && cutOff(line) {
			p.gap("The last line (%d) is cut off.", in.n)
			break
		}
		if err := p.line(line, in.n); err != nil {
			return nil, fmt.Errorf("reports: line %d: %w", in.n, err)
		}
	}
	p.finish()
	return p.run, nil
}

// NewRun returns the run of these lines, for who has them: no file has a say in it.
func NewRun(header result.Header, results []result.Result, footer result.Footer) *Run {
	p := parser{run: &Run{Header: header, Results: results, Footer: footer}, header: 1, footer: 1}
	p.finish()
	return p.run
}

// cutOff reports whether line is the beginning of a JSON object.
func cutOff(line []byte) bool {
	if line[0] != '{' {
		return false
	}
	err := json.NewDecoder(bytes.NewReader(line)).Decode(new(json.RawMessage))
	return errors.Is(err, io.ErrUnexpectedEOF)
}

// key tells results apart.
type key struct {
	claim, subject, regime string
	level                  result.Level
}

func keyOf(r result.Result) key { return key{r.Claim, r.Subject, r.Regime, r.Level} }

func (k key) String() string {
	s := fmt.Sprintf("claim %q", k.claim)
	for _, part := range []struct{ name, value string }{{"subject", k.subject}, {"regime", k.regime}, {"level", string(k.level)}} {
		if part.value != "" {
			s += fmt.Sprintf(", %s %q", part.name, part.value)
		}
	}
	return s
}

// parser collects lines into a run. header and footer are their line numbers,
// 0 before they are met.
type parser struct {
	run            *Run
	header, footer int
	seen           map[key]int // the line of each result
}

func (p *parser) gap(format string, args ...any) {
	p.run.Gaps = append(p.run.Gaps, fmt.Sprintf(format, args...))
}

func (p *parser) line(line []byte, n int) error {
	var kind struct {
		Type *string `json:"type"`
	}
	if err := decode(line, &kind); err != nil {
		return err
	}
	switch {
	case kind.Type == nil:
		return errors.New(`no type: want "type":"header", "claim" or "footer"`)
	case *kind.Type != "header" && *kind.Type != "claim" && *kind.Type != "footer":
		return fmt.Errorf(`unknown type %q: want "header", "claim" or "footer"`, *kind.Type)
	case p.footer > 0:
		return fmt.Errorf("a %s after the footer of line %d: the footer ends the file", *kind.Type, p.footer)
	case *kind.Type == "header" && p.header > 0:
		return fmt.Errorf("a second header, after that of line %d: a file holds one run", p.header)
	case *kind.Type != "header" && p.header == 0:
		return fmt.Errorf("a %s before the header: the header is the first line", *kind.Type)
	}
	switch *kind.Type {
	case "header":
		p.header = n
		return decode(line, &p.run.Header)
	case "footer":
		p.footer = n
		return decode(line, &p.run.Footer)
	default:
		r, err := decodeResult(line)
		if err != nil {
			return err
		}
		return p.add(r, n)
	}
}

// add appends r, found on line n.
func (p *parser) add(r result.Result, n int) error {
	k := keyOf(r)
	if first, ok := p.seen[k]; ok {
		return fmt.Errorf("%v again, after line %d: each has one line", k, first)
	}
	p.seen[k] = n
	p.run.Results = append(p.run.Results, r)
	return nil
}

// finish finds what is missing.
func (p *parser) finish() {
	run := p.run
	switch {
	case p.header == 0:
		p.gap("There is no header: nothing had started.")
	case p.footer == 0:
		p.gap("There is no footer: the run was ended before it was done.")
	case !run.Footer.Complete:
		p.gap("The footer says that the run is not complete.")
	}
	if p.footer > 0 {
		found := make(map[string]int)
		for _, r := range run.Results {
			found[string(r.Outcome)]++
		}
		for _, o := range result.Outcomes {
			if n, ok := run.Footer.Counts[o]; ok && n != found[string(o)] {
				p.gap("The footer counts %d %s, the lines are %d.", n, o, found[string(o)])
			}
		}
	}
	due, what, name := run.Header.Claims, "chosen claims have", func(r result.Result) string { return r.Claim }
	if w := run.Header.Whole; w != nil { // of a shard its own are due
		due, what, name = nil, "units of the shard have", result.Result.Unit
		for _, u := range w.Units {
			if run.Header.Shard.Owns(u) {
				due = append(due, u)
			}
		}
	}
	has := make(map[string]bool)
	for _, r := range run.Results {
		has[name(r)] = true
	}
	missing := slices.DeleteFunc(slices.Clone(due), func(d string) bool { return has[d] })
	if len(missing) > 0 {
		p.gap("%d of %d %s no result: %s.", len(missing), len(due), what, some(missing, 5))
	}
	run.Complete = len(run.Gaps) == 0
}

// some lists the first n of names.
func some(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}
