package theory

import "ebmcheck/properties/formula"

// An off ground is one for equations that are refuted, where it is known by how much they are.
type off[C any] struct {
	groundOf[C]
	by string // the difference of the two sides that are printed, and what it is
}

func (g off[C]) check(f formulas) checker {
	s := g.groundOf.check(f).(statement[C])
	by, tight := read(g.by), s.tight
	s.tight = func(c C, printed finding) string {
		if trouble := tight(c, printed); trouble != "" {
			return trouble
		}
		if !isDifference(by.Statement, f.printed) {
			return "this is not about the difference of the sides that are printed: " + g.by
		}
		if f := by.find(g.numbers(c)); f.truth != yes {
			return "what is printed is off by something else: " + f.String()
		}
		return ""
	}
	return s
}

// isDifference reports whether the left side of s is the difference of the two sides of an equation.
func isDifference(s *formula.Statement, equation string) bool {
	d, e := s.Expand().Says[0].Terms[0], formula.MustStatement(equation).Expand().Says[0]
	return e.Rels[0] == "=" && d.Op == "-" && d.Args[0].Equal(e.Terms[0]) && d.Args[1].Equal(e.Terms[1])
}
