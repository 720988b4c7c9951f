package theory

import (
	"slices"

	"ebmcheck/properties/formula"
)

func (g groundOf[C]) check(f formulas) checker {
	r, mentioned := readingOf(f), mentions(f)
	s := statement[C]{
		cases: g.cases(), draw: g.draw, reach: g.reach, probe: f.probe,
		show:    func(c C) string { return mentioned.show(g.numbers(c)) },
		printed: func(c C) finding { return r.printed.find(g.numbers(c)) },
		tight:   func(c C, p finding) string { return r.tight(g.numbers(c), p) },
	}
	if r.condition != nil {
		for _, part := range r.condition.parts {
			s.condition = append(s.condition, clause[C]{part.Unicode(), func(c C) bool { return part.find(g.numbers(c)).truth == yes }})
		}
	}
	if f.corrected != "" {
		s.corrected = func(c C) finding {
			if f.refuted() {
				return r.exactly(r.corrected, r.corrected.find(g.numbers(c)), g.numbers(c))
			}
			return r.corrected.find(g.numbers(c))
		}
	}
	if f.fault != "" {
		s.faulty = func(c C) finding { return r.fault.find(g.numbers(c)) }
	}
	return s
}

// A reading is a claim's formulas, compiled as far as they were needed. It is used in one examination.
type reading struct {
	f                                    formulas
	printed, corrected, fault, condition *sentence
	only, accident                       []*sentence
}

func readingOf(f formulas) *reading {
	return &reading{f, read(f.printed), read(f.corrected), read(f.fault), read(f.condition), readAll(f.only), readAll(f.accident)}
}

// tight returns why the printed form's finding p on a case contradicts what is said of where the statement is true: exactly
// where its if and its condition hold, but for accidents; a refuted one exactly under one of only.
func (r *reading) tight(c numbers, p finding) (trouble string) {
	if r.condition != nil && r.condition.find(c).truth == undecided {
		return "the condition is not decided at this precision"
	}
	if r.f.only != nil {
		switch said := anyHolds(r.only, c); {
		case said && p.truth == no:
			return "what is printed fails where it is said to be true"
		case !said && p.truth == yes:
			return "what is printed should be true " + onlyWhere(r.f.only)
		}
	}
	switch {
	case r.f.refuted():
	case r.condition != nil:
		if p.truth == undefined || p.truth == undecided {
			break
		}
		switch inside, excused := r.condition.find(c).truth == yes, anyHolds(r.accident, c); {
		case inside && excused:
			return "what the condition grants is said to be true by accident as well"
		case inside:
		case !excused && anyHolds(r.printed.parts, c):
			return "a part of what is printed is true beyond the condition, too"
		case p.truth == no && excused:
			return "what is printed fails where it is said to be true by accident"
		}
	case r.exactly(r.printed, p, c).truth == no && p.truth != no:
		return "where the if of what is printed does not hold, it is not false but for the accidents"
	}
	return ""
}

// exactly makes of the finding f of a statement that of its "if and only if": where its if does not hold, it is true if what
// it says is false, but for the accidents: there it says nothing if that is true.
func (r *reading) exactly(s *sentence, f finding, c numbers) finding {
	if f.truth != undefined || s.says == nil {
		return f
	}
	f = not(s.says.find(c)) // which says nothing either, if it is not for the if
	if anyHolds(r.accident, c) {
		switch f.truth {
		case yes:
			f.truth = no
		case no:
			f.truth = undefined
		}
	}
	return f
}

func anyHolds(ss []*sentence, c numbers) bool {
	return slices.ContainsFunc(ss, func(s *sentence) bool { return s.find(c).truth == yes })
}

// A sentence is a statement, compiled for every number of answers that it met.
type sentence struct {
	*formula.Statement
	checks map[int]*formula.Check // nil: it says nothing of so few answers
	says   *sentence              // without its if; nil of one for all answers
	parts  []*sentence            // its relations, one by one
}

// read returns nil for no text.
func read(text string) *sentence {
	if text == "" {
		return nil
	}
	s := &sentence{Statement: parsed(text), checks: map[int]*formula.Check{}}
	if len(s.ForAll) == 0 {
		says := *s.Statement
		says.When = nil
		s.says = &sentence{Statement: &says, checks: map[int]*formula.Check{}}
	}
	for i := range s.Says {
		part := *s.Statement
		part.Says = part.Says[i : i+1]
		s.parts = append(s.parts, &sentence{Statement: &part, checks: map[int]*formula.Check{}})
	}
	return s
}

func readAll(texts []string) (ss []*sentence) {
	for _, text := range texts {
		ss = append(ss, read(text))
	}
	return ss
}

// at returns the check for as many answers as a case has, and its input.
func (s *sentence) at(c numbers) (*formula.Check, formula.Input) {
	n := len(c.F)
	check, ok := s.checks[n]
	if !ok {
		check, _ = s.Compile(n) // fails where there are too few: no answer 2 of two, or none for a mean
		s.checks[n] = check
	}
	if check == nil {
		return nil, formula.Input{}
	}
	params, err := check.Bind(c.scalars, c.vectors)
	if err != nil {
		panic("theory: " + s.Text + ": " + err.Error())
	}
	return check, formula.Input{F: c.F, Params: params}
}

// find judges the statement on a case.
func (s *sentence) find(c numbers) finding {
	check, in := s.at(c)
	if check == nil {
		return nothing("too few answers")
	}
	f := check.At(in)
	found := finding{truth: undefined, left: f.Left, right: f.Right}
	switch f.Verdict {
	case formula.Holds:
		found.truth = yes
	case formula.Fails:
		found.truth = no
	case formula.Undecided: // which may be its if
		found.truth, found.what = undecided, s.Unicode()
	}
	if found.truth == yes || found.truth == no {
		r := s.Says[f.Relation]
		found.sign = &formula.Statement{
			Says: []formula.Relation{{Terms: r.Terms[f.Place : f.Place+2], Rels: r.Rels[f.Place : f.Place+1]}}, Names: s.Names,
		}
		found.rel = signs[r.Rels[f.Place]]
	}
	return found
}

// signs are the relations of formulas as they are shown.
var signs = map[string]string{"=": "=", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "!=": "≠"}
