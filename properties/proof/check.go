package proof

import (
	"fmt"
	"strings"
)

// A Theorem is a statement that has a certificate. Its text is that of a formula, pinned beside the claim that it proves.
type Theorem struct {
	Name     string
	Says     string   // a statement of package formula
	Positive []string // parameters above 0, besides beta
}

// Head returns the first lines of the theorem's certificate, which say what it proves.
func (t Theorem) Head() ([]string, error) {
	lines, err := State(t.Says, t.Positive...)
	if err != nil {
		return nil, err
	}
	return append(append([]string{"theorem " + t.Name, "says " + t.Says}, lines...), "proof"), nil
}

// A Line is one of a certificate, with the facts that it leads to.
type Line struct {
	Text  string
	Facts []string // "3: p - 1 >= 0"
	Depth int      // goals within the goal
}

// A Proof is a certificate that was checked.
type Proof struct {
	Theorem
	Lines []Line
	Steps int // rules
	Bytes int
	Sums
}

// Listing returns the proof from its beginning: what is let and assumed, with what that says, then its lines. An assumption has no text.
func (p *Proof) Listing() ([]Line, error) {
	head, err := p.Head()
	if err != nil {
		return nil, err
	}
	var lines []Line
	facts := 0
	for _, line := range head {
		assumption, assumed := strings.CutPrefix(line, "assume ")
		switch {
		case assumed:
			lines = append(lines, Line{Facts: []string{fmt.Sprintf("%d: %s, assumed", facts, assumption)}})
			facts++
		case strings.HasPrefix(line, "prove "), strings.HasPrefix(line, "let "):
			lines = append(lines, Line{Text: line})
		}
	}
	return append(lines, p.Lines...), nil
}

// Check reads a certificate of t, line by line. It is an error if it begins otherwise than what is to be proved, if a rule does not
// apply, or if it ends before the proof does.
func Check(t Theorem, certificate string) (*Proof, error) {
	head, err := t.Head()
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(certificate, "\n"), "\n")
	s, p := newSession(), &Proof{Theorem: t, Bytes: len(certificate)}
	for i, line := range lines {
		if i < len(head) && line != head[i] {
			return nil, fmt.Errorf("%s: line %d is %q, want %q", t.Name, i+1, line, head[i])
		}
		if strings.HasPrefix(line, "says ") && i == 1 {
			continue
		}
		known := 0
		if s.proof != nil && !s.proved() {
			known = len(s.proof.Facts())
		}
		if err := s.line(line); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", t.Name, i+1, err)
		}
		if i < len(head) {
			continue
		}
		p.Steps++
		l := Line{Text: line}
		if !s.proved() {
			l.Depth = s.proof.Depth() - 1
			for k, f := range s.proof.Facts() {
				if k >= known {
					l.Facts = append(l.Facts, fmt.Sprintf("%d: %s", k, f))
				}
			}
		}
		p.Lines = append(p.Lines, l)
	}
	if !s.proved() {
		return nil, fmt.Errorf("%s is not proved: the certificate ends before the proof does", t.Name)
	}
	p.Sums = sums(s.sums)
	return p, nil
}
