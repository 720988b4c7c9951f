package profile

import (
	"fmt"
	"strings"

	"ebmcheck/properties/formula"
)

// A Profile is what is known of a loss.
type Profile struct {
	Formula string   `json:"formula"`
	Shown   string   `json:"shown"`
	ForAll  string   `json:"for_all"` // what each answer is about
	Answers []Answer `json:"answers"`
	Plane   *Plane   `json:"plane,omitempty"`   // nil: it is of no two answers
	Program string   `json:"program,omitempty"` // who gave the answers, if it is of a program
}

// Of returns the profile of a loss, which is given by its formula in the language of package formula. Its parameters are above 0; of
// those that the condition mentions, it says what they are. It is an error if one of them is not as it should be.
func Of(text, condition string) (*Profile, error) {
	q, err := inquire(text, condition)
	if err != nil {
		return nil, err
	}
	p := &Profile{Formula: text, Shown: formula.MustParse(text).Unicode(), ForAll: q.l.forAll()}
	p.Answers = q.gradient()
	for _, ask := range questions {
		p.Answers = append(p.Answers, ask(q)...)
	}
	for _, a := range p.Answers {
		if a.Question == marginQuestion {
			p.Plane = q.plane(a)
		}
	}
	return p, nil
}

// inquire opens an inquiry about a formula.
func inquire(text, condition string) (*inquiry, error) {
	l, err := read(text, condition)
	if err != nil {
		return nil, err
	}
	q := &inquiry{l: l, two: l, known: map[string]judged{}}
	if l.pair {
		return q, nil
	}
	if q.two, err = l.ofTwo(); err != nil { // there is no such formula: nothing is proved
		q.two = nil
		return q, nil
	}
	return q, q.agree()
}

// agree is an error where the loss, of two answers, is not what is taken for that.
func (q *inquiry) agree() error {
	s, err := q.l.under(q.l.expr.String() + " = " + q.two.expr.String())
	if err != nil {
		return err
	}
	t, err := q.two.try(s, 0, few, true)
	if err == nil && t.bad != nil {
		err = fmt.Errorf("of two answers, %s is not %s: %s", q.l.expr, q.two.expr, q.two.show(s, t.bad))
	}
	return err
}

// forAll says what the energies and parameters are.
func (l *loss) forAll() string {
	parts := []string{"all real F, F̄"}
	if !l.pair {
		parts[0] = "all real F"
	}
	for _, name := range l.above {
		parts = append(parts, formula.MustParse(name).Unicode()+" > 0")
	}
	for _, g := range l.given {
		parts = append(parts, formula.MustStatement(g.String()).Unicode())
	}
	return strings.Join(parts, ", ")
}
