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
}

// Of returns the profile of a loss, which is given by its formula in the language of package formula. Its parameters are above 0; of
// those that the condition mentions, it says what they are. It is an error if one of them is not as it should be.
func Of(text, condition string) (*Profile, error) {
	l, err := read(text, condition)
	if err != nil {
		return nil, err
	}
	q := &inquiry{l: l, known: map[string]judged{}}
	if q.two = l; !l.pair {
		if q.two, err = l.ofTwo(); err != nil {
			q.two = nil
		}
	}
	p := &Profile{Formula: text, Shown: formula.MustParse(text).Unicode(), ForAll: l.forAll()}
	p.Answers = q.gradient()
	for _, ask := range questions {
		p.Answers = append(p.Answers, ask(q)...)
	}
	return p, nil
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

// Find returns the answer to a question.
func (p *Profile) Find(question string) (Answer, error) {
	for _, a := range p.Answers {
		if a.Question == question {
			return a, nil
		}
	}
	return Answer{}, fmt.Errorf("there is no question %q", question)
}
