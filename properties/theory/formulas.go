package theory

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// Formulas are a statement as data: what is shown of it is printed from them, and they are what is examined.
//
// To state a claim so, write its printed form, a fault that is one slip of the pen away from what is true (examine says so if
// it is not), and the ground that it stands on; for holds-if the condition, for refuted what is true instead. Examine then asks
// for what is missing: where else an if or a condition holds by accident, or where alone a refuted form is true.
type formulas struct {
	printed   string   // the statement as the source prints it
	condition string   // holds-if: a conjunction, exactly where the printed form is true
	corrected string   // refuted: what is true instead, with a side or a condition of it; elsewhere: what more is true
	misprint  string   // refuted, and one slip away from what is true: the slip, "≤ → ≥", or what would undo it
	otherwise bool     // refuted, and nothing is said of where what it says is true all the same
	only      []string // refuted: exactly where what it says is true all the same, under one of these
	accident  []string // where what is true holds beyond its if, or beyond the condition: under one of these
	fault     string   // one slip away from what is true, and false
	over      ground

	probe bool // a single formula is put to the test: no fault is asked for, and the first contradiction ends it
}

// A ground is what formulas stand on: cases, and the numbers that a case gives them.
type ground interface {
	check(f formulas) checker
}

// truth is what is true: the printed form (for holds-if under its condition), or what is true instead of it.
func (f formulas) truth() string {
	if f.refuted() {
		return f.corrected
	}
	return f.printed
}

// refuted reports whether the printed form is said to be false.
func (f formulas) refuted() bool { return f.only != nil || f.misprint != "" || f.otherwise }

func (f formulas) examine(seed uint64, checks int) examination {
	if f.fault != "" || !f.probe {
		if _, ok := slip(f.truth(), f.fault); !ok {
			return examination{trouble: "the planted fault is not one slip away from what is true: " + f.fault}
		}
	}
	if f.misprint != "" {
		if f.mistake() == "" {
			return examination{trouble: "what is printed is not one slip away from what is true, " + f.misprint + ": " + f.printed}
		}
	}
	if says := trivial(f.corrected); says != "" {
		return examination{trouble: "what is true instead says nothing: " + says}
	}
	if f.refuted() && f.misprint == "" && !f.probe && !related(f.printed, f.corrected) {
		return examination{trouble: "what is true instead is about something else: " + f.corrected}
	}
	return f.over.check(f).examine(seed, checks)
}

// trivial returns a relation of a statement whose two sides are the same, "" if there is none.
func trivial(text string) string {
	if text == "" {
		return ""
	}
	for _, r := range parsed(text).Says {
		for i := range r.Rels {
			if r.Terms[i].Equal(r.Terms[i+1]) {
				return r.String()
			}
		}
	}
	return ""
}

// statements are those that were read, by text.
var statements sync.Map

// parsed is formula.MustStatement, but that it reads each text once: what it returns is shared and not to be changed.
func parsed(text string) *formula.Statement {
	if s, ok := statements.Load(text); ok {
		return s.(*formula.Statement)
	}
	s, _ := statements.LoadOrStore(text, formula.MustStatement(text))
	return s.(*formula.Statement)
}

// related reports whether two statements are about the same: have a side in common that is not a mere number or parameter, or
// a condition, or the second says what is a condition of the first.
func related(a, b string) bool {
	s, t := parsed(a).Expand(), parsed(b).Expand()
	for _, r := range s.Says {
		for _, x := range r.Terms {
			if x.Op == "num" || x.Op == "param" {
				continue
			}
			if slices.ContainsFunc(t.Says, func(r formula.Relation) bool { return slices.ContainsFunc(r.Terms, x.Equal) }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(s.When, func(r formula.Relation) bool {
		return slices.ContainsFunc(slices.Concat(t.When, t.Says), func(u formula.Relation) bool { return r.String() == u.String() })
	})
}

// slip returns by which change the statement from becomes the statement to, if one change makes it.
func slip(from, to string) (what string, ok bool) {
	if to == "" {
		return "", false
	}
	return parsed(from).Slip(parsed(to))
}

// mistake says by which slip the printed form came out of what is true, or by which it would; "" if misprint is neither.
func (f formulas) mistake() string {
	if what, _ := slip(f.corrected, f.printed); what == f.misprint {
		return "the mistake: " + what
	}
	if what, _ := slip(f.printed, f.corrected); what == f.misprint {
		return "put right by: " + what
	}
	return ""
}

// words fills in what is told of a claim. What the source says in words stays; a formula of the same is said to be false with it.
func (f formulas) words(c *result.Claim) {
	c.Stated = &result.Stated{Printed: f.printed, True: f.corrected, Condition: f.condition, Only: f.only}
	switch {
	case c.Printed == "":
		c.Printed = set(f.printed)
	case f.refuted():
		c.Printed += ": " + set(f.printed)
	}
	c.Formula = set(cmp.Or(f.corrected, f.printed))
	if f.misprint != "" {
		c.Formula += "; " + f.mistake()
	}
	if f.only != nil {
		c.Formula += "; what is printed is true " + onlyWhere(f.only)
	}
	switch {
	case f.condition != "" && c.Condition != "":
		c.Condition += ": " + set(f.condition)
	case f.condition != "":
		c.Condition = set(f.condition)
	}
	if f.accident != nil && f.condition != "" {
		c.Condition += "; beyond it by accident where " + anyOf(f.accident)
	}
	what, _ := slip(f.truth(), f.fault)
	c.Fault = what + ": " + set(f.fault)
}

// set prints a statement as a person writes it.
func set(text string) string { return parsed(text).Unicode() }

// onlyWhere says that nothing but one of several statements will do.
func onlyWhere(texts []string) string {
	if len(texts) == 0 {
		return "nowhere"
	}
	return "only where " + anyOf(texts)
}

// anyOf joins statements of which one suffices.
func anyOf(texts []string) string {
	shown := make([]string, len(texts))
	for i, text := range texts {
		shown[i] = set(text)
	}
	return strings.Join(shown, " or ")
}

// stated prints the words of claims that are formulas.
func stated(claims []Claim) []Claim {
	claims = slices.Clone(claims)
	for i := range claims {
		if f, ok := claims[i].Statement.(formulas); ok {
			f.words(&claims[i].Claim)
		}
	}
	return claims
}
