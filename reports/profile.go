package reports

import (
	"bytes"
	"fmt"
	"html/template"
	"io"

	"ebmcheck/properties/formula"
)

// A LossProfile is what is known of a loss, to be shown as a page.
type LossProfile struct {
	Formula string // in the language of package formula
	ForAll  string // what the answers are about
	Answers []LossAnswer
	Plane   *LossPlane // nil: there is none
}

// A LossAnswer is one to a question about a loss.
type LossAnswer struct {
	Question, Answer string
	Formula          string // the answer, where it is one
	Evidence         string // proved, refuted, sampled or open
	Rests            string // the same in few words, with the number of cases
	Why              string // what follows from the statements, and how
	Fails, Case      string // the statement that a case refutes, and the case
	Statements       []LossStatement
}

// A LossStatement is one that an answer follows from, in the language of package formula, with its proof, if it is proved.
type LossStatement struct {
	Text  string
	Proof []ProofLine
	Steps int
}

// A ProofLine is a line of a certificate, with the facts that it leads to; Depth is how many goals it is within.
type ProofLine struct {
	Text  string
	Facts []string
	Depth int
}

// Profile writes a page about a loss that needs nothing else: no script, no network. The loss over the plane of F and F̄; each answer with
// what it rests on, its statements set from the formulas that were examined, and their proofs, to be unfolded line by line. It is an error
// if a formula is none.
func Profile(w io.Writer, p LossProfile) error {
	shown, err := p.page()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "profile.tmpl", shown); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// profilePage is what profile.tmpl shows.
type profilePage struct {
	Title   string
	Loss    template.HTML
	ForAll  string
	Kinds   []answerKind
	Answers []shownAnswer
	Picture *picture
	Filters []filter // none: there are no statements of a source
}

// An answerKind is a kind of evidence, and how many answers rest on it.
type answerKind struct {
	Evidence, Class, Mark, Means string
	Count                        int
}

var answerKinds = []answerKind{
	{"proved", "o", "✓", "a checker took a certificate", 0},
	{"refuted", "x", "✗", "by the case that is shown", 0},
	{"sampled", "i", "≈", "no counterexample in so many cases", 0},
	{"open", "u", "?", "nothing that was tried was decided", 0},
}

type shownAnswer struct {
	Question, Rests, Why string
	Answer, Fails, Case  template.HTML
	Kind                 answerKind
	Statements           []shownStatement
}

type shownStatement struct {
	Says  template.HTML
	Proof []ProofLine
	Steps int
}

func (p LossProfile) page() (*profilePage, error) {
	f, err := formula.Parse(p.Formula)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	shown := &profilePage{Title: f.Unicode(), Loss: template.HTML(f.MathML()), ForAll: shownText(p.ForAll)}
	count := map[string]int{}
	for _, a := range p.Answers {
		s := shownAnswer{Question: shownText(a.Question), Rests: shownText(a.Rests), Why: shownText(a.Why),
			Answer: setText(shownText(a.Answer)), Fails: setText(shownText(a.Fails)), Case: setNumbers(shownText(a.Case))}
		if a.Formula != "" {
			f, err := formula.Parse(a.Formula)
			if err != nil {
				return nil, fmt.Errorf("reports: %w", err)
			}
			s.Answer = template.HTML(f.MathML())
		}
		for _, k := range answerKinds {
			if k.Evidence == a.Evidence {
				s.Kind = k
			}
		}
		if s.Kind.Evidence == "" {
			return nil, fmt.Errorf("reports: %s rests on %q: want proved, refuted, sampled or open", a.Question, a.Evidence)
		}
		count[a.Evidence]++
		for _, of := range a.Statements {
			statement, err := formula.ParseStatement(of.Text)
			if err != nil {
				return nil, fmt.Errorf("reports: %w", err)
			}
			shown := shownStatement{Says: template.HTML(statement.MathML()), Steps: of.Steps}
			for _, l := range of.Proof {
				line := ProofLine{Text: shownText(l.Text), Depth: l.Depth}
				for _, f := range l.Facts {
					line.Facts = append(line.Facts, shownText(f))
				}
				shown.Proof = append(shown.Proof, line)
			}
			s.Statements = append(s.Statements, shown)
		}
		shown.Answers = append(shown.Answers, s)
	}
	for _, k := range answerKinds {
		if k.Count = count[k.Evidence]; k.Count > 0 {
			shown.Kinds = append(shown.Kinds, k)
		}
	}
	if p.Plane != nil {
		drawn, err := p.Plane.picture()
		if err != nil {
			return nil, err
		}
		shown.Picture = &drawn
	}
	return shown, nil
}

// shownText is a text in a line, without characters that no one sees.
func shownText(s string) string { return oneLine(clean(s)) }
