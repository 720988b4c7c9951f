package profile

import (
	"fmt"
	"slices"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/prove"
)

// Evidence is what an answer rests on.
type Evidence string

// The kinds of evidence.
const (
	Proved  Evidence = "proved"  // of each statement there is a certificate, which the checker of package proof has taken
	Refuted Evidence = "refuted" // a case shows it
	Sampled Evidence = "sampled" // in so many cases there is no counterexample
	Open    Evidence = "open"    // what was tried is refuted, or no case has decided it
)

// An Answer is one to a question about a loss.
type Answer struct {
	Question string   `json:"question"`
	Answer   string   `json:"answer"`
	Evidence Evidence `json:"evidence"`
	Why      string   `json:"why,omitempty"`     // what follows from the statements, and how
	Says     []string `json:"says,omitempty"`    // the statements: proved, or sampled
	Case     string   `json:"case,omitempty"`    // in which a statement fails
	Fails    string   `json:"fails,omitempty"`   // that statement
	Cases    int      `json:"cases,omitempty"`   // in which what is sampled held
	Steps    int      `json:"steps,omitempty"`   // of the certificates
	OfTwo    bool     `json:"of_two,omitempty"`  // the loss is one of n answers: proved where n is 2, sampled for more
	Tried    []string `json:"tried,omitempty"`   // answers that are refuted
	Formula  string   `json:"formula,omitempty"` // the answer, where it is one

	Statements []Statement `json:"-"` // those of Says, one by one
}

// A Statement is one that an answer follows from.
type Statement struct {
	Text  string       // in the language of package formula
	Proof *proof.Proof // nil: it is sampled
}

// A candidate is what may be the answer. It is so if its statements hold; those in proves imply them, if there are any.
type candidate struct {
	answer string
	why    string
	says   []func(l *loss) string
	proves []string // of the loss of two
	cells  bool     // each statement is about one cell of several, and there may be no such cell
}

// An inquiry asks questions about one loss.
type inquiry struct {
	l, two *loss // as it is, and where there are two answers: the same if it is a loss of a pair; nil if that has no formula
	known  map[string]judged
}

// judged is what became of a statement.
type judged struct {
	trial
	statement *formula.Statement
	far       bool // many cases were tried
	proof     *proof.Proof
	looked    bool // for one
	unsaid    bool // it is no statement
}

// under is a statement with what is given of the parameters.
func (l *loss) under(says string) (*formula.Statement, error) {
	s, err := formula.ParseStatement(says)
	if err != nil {
		return nil, err
	}
	for _, g := range l.given { // of what occurs
		if mentions(g, s.Params) {
			s, err = formula.ParseStatement(s.Under(g.String()))
			if err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func mentions(r formula.Relation, names []string) bool {
	return slices.ContainsFunc(r.Terms, func(e *formula.Expr) bool {
		return contains(e, func(e *formula.Expr) bool { return e.Op == "param" && slices.Contains(names, e.Name) })
	})
}

// try returns what is known of a statement after few or many cases.
func (q *inquiry) try(l *loss, says string, far bool) judged {
	key := says
	if l != q.l {
		key = "of two: " + says
	}
	j, ok := q.known[key]
	if !ok {
		s, err := l.under(says)
		if err == nil {
			j.statement = s
			j.trial, err = l.try(s, 0, few)
		}
		j.unsaid = err != nil
	}
	if far && !j.far && !j.unsaid && j.bad == nil {
		more, err := l.try(j.statement, few, many)
		j.held, j.open, j.bad, j.unsaid, j.far = j.held+more.held, j.open+more.open, more.bad, err != nil, true
	}
	q.known[key] = j
	return j
}

// prove returns a statement about the loss of two with its proof, which is nil if none was found.
func (q *inquiry) prove(says string) (s *formula.Statement, p *proof.Proof) {
	if q.two == nil {
		return nil, nil
	}
	j := q.try(q.two, says, false)
	if j.unsaid || j.bad != nil {
		return nil, nil
	}
	if !j.looked {
		j.looked = true
		t := proof.Theorem{Name: "profile", Says: j.statement.String(), Positive: append(slices.Clone(q.l.above), q.l.scale())}
		if text, err := prove.Auto(t); err == nil {
			if p, err := proof.Check(t, text); err == nil {
				j.proof = p
			}
		}
		key := says
		if q.two != q.l {
			key = "of two: " + says
		}
		q.known[key] = j
	}
	return j.statement, j.proof
}

// add adds a statement to those that an answer follows from, with its proof, if it has one; once.
func (a *Answer) add(s *formula.Statement, p *proof.Proof) {
	shown := s.Unicode()
	if slices.Contains(a.Says, shown) {
		return
	}
	a.Says, a.Statements = append(a.Says, shown), append(a.Statements, Statement{s.String(), p})
	if p != nil {
		a.Steps += p.Steps
	}
}

// mostFailures is how many candidates are looked at that have no proof.
const mostFailures = 4

// choose answers by the first candidate that is proved; if none is, by the first that no case refutes.
func (q *inquiry) choose(question string, cs []candidate, none string) Answer {
	a := Answer{Question: question}
	var left []candidate
	for _, c := range cs {
		if !q.refute(c, false, &a) && q.said(c) {
			left = append(left, c)
		}
	}
	failures := 0
	for _, c := range left {
		if !q.meant(c) {
			continue
		}
		if failures == mostFailures {
			break
		}
		proves := c.proves
		if proves == nil && q.two != nil {
			for _, s := range c.says {
				proves = append(proves, s(q.two))
			}
		}
		b := Answer{Question: question, Answer: c.answer, Evidence: Proved, Why: c.why}
		for _, says := range proves {
			shown, p := q.prove(says)
			if p == nil {
				b.Steps = 0
				break
			}
			b.add(shown, p)
		}
		if b.Steps == 0 {
			failures++
			continue
		}
		if q.l.pair {
			return b
		}
		if q.refute(c, true, &a) {
			continue
		}
		b.Evidence, b.OfTwo, b.Cases = Sampled, true, q.cases(c)
		if b.Cases >= enough {
			return b
		}
	}
	for _, c := range left {
		if q.refute(c, true, &a) {
			continue
		}
		if n := q.cases(c); n >= enough {
			b := Answer{Question: question, Answer: c.answer, Evidence: Sampled, Cases: n}
			for _, s := range c.says {
				b.add(q.try(q.l, s(q.l), true).statement, nil)
			}
			return b
		}
	}
	for _, c := range cs {
		if c.answer == "yes" {
			a.Case = ""
			q.refute(c, false, &a)
		}
	}
	a.Answer, a.Evidence = none, Refuted
	if none == "" || slices.ContainsFunc(cs, func(c candidate) bool { return !q.refute(c, true, &a) }) {
		a.Answer, a.Evidence = "not found", Open
	}
	return a
}

// said reports whether the statements of a candidate can be read.
func (q *inquiry) said(c candidate) bool {
	return !slices.ContainsFunc(c.says, func(s func(*loss) string) bool { return q.try(q.l, s(q.l), false).unsaid })
}

// meant reports whether the statements of a candidate say something: each holds in some case, of cells one.
func (q *inquiry) meant(c candidate) bool {
	some := false
	for _, s := range c.says {
		held := q.try(q.l, s(q.l), false).held > 0
		if some = some || held; !held && !c.cells {
			return false
		}
	}
	return some
}

// refute reports whether a case refutes a candidate; the first one is remembered in a.
func (q *inquiry) refute(c candidate, far bool, a *Answer) bool {
	for _, s := range c.says {
		if j := q.try(q.l, s(q.l), far); j.bad != nil {
			if a.Case == "" {
				a.Case, a.Fails = q.l.show(j.statement, j.bad), j.statement.Unicode()
			}
			if !slices.Contains(a.Tried, c.answer) {
				a.Tried = append(a.Tried, c.answer)
			}
			return true
		}
	}
	return false
}

// cases is in how many cases each statement of a candidate held.
func (q *inquiry) cases(c candidate) int {
	least, most := many, 0
	for _, s := range c.says {
		held := q.try(q.l, s(q.l), true).held
		least, most = min(least, held), max(most, held)
	}
	if c.cells {
		return most
	}
	return least
}

// always is a statement that is written in the same way of n answers and of two.
func always(format string, parts ...func(l *loss) string) func(l *loss) string {
	return func(l *loss) string {
		var texts []any
		for _, p := range parts {
			texts = append(texts, p(l))
		}
		return fmt.Sprintf(format, texts...)
	}
}

// at is the loss at a place.
func at(p place) func(l *loss) string { return func(l *loss) string { return l.at(p) } }
