package proof

import "ebmcheck/properties/proof/kernel"

// A Draft is a certificate that is being written: what provers use. The checker does not.
type Draft struct {
	Lines []string
	s     *session
}

// Begin starts a certificate of t.
func Begin(t Theorem) (*Draft, error) {
	head, err := t.Head()
	if err != nil {
		return nil, err
	}
	d := &Draft{s: newSession()}
	for i, line := range head {
		if i != 1 {
			if err := d.s.line(line); err != nil {
				return nil, err
			}
		}
	}
	d.Lines = append(d.Lines, head...)
	return d, nil
}

// Line adds a line, if the checker takes it.
func (d *Draft) Line(line string) error {
	err := d.s.line(line)
	switch {
	case err == nil:
		d.Lines = append(d.Lines, line)
	case d.s.proof != nil && d.s.proof.Depth() == 0: // the last goal was reached, but not what is owed
		d.Back(len(d.Lines))
	}
	return err
}

// Back takes all lines but the first n away.
func (d *Draft) Back(n int) {
	lines := d.Lines[:n]
	d.s, d.Lines = newSession(), nil
	for i, line := range lines {
		if i != 1 {
			if err := d.s.line(line); err != nil {
				panic("proof: " + err.Error())
			}
		}
		d.Lines = append(d.Lines, line)
	}
}

// Proved reports whether the proof is at its end.
func (d *Draft) Proved() bool { return d.s.proved() }

// Facts are those of the innermost goal, and Goal is that goal.
func (d *Draft) Facts() []kernel.Fact { return d.s.proof.Facts() }

// Goal is what is to be proved now.
func (d *Draft) Goal() kernel.Fact { return d.s.proof.Goal() }

// Term reads a term.
func (d *Draft) Term(text string) (t kernel.Term, err error) {
	defer kernel.Caught(text, &err)
	return d.s.term(text), nil
}

// Owed is what the statement needs for its own sense.
func (d *Draft) Owed() []kernel.Fact { return d.s.owed }
