package result

import (
	"slices"
	"strings"
)

// A claimWords is what is told of a claim. The README's table, the report, "ebmcheck
// explain" and the names of the subtests all come from it.
//
// A claim about theory is a statement of the source, or of another text: Printed is its formula
// as it stands there, Formula what is true. A claim about code is an obligation of an
// implementation of Op.
type Claim struct {
	ID    string   // stable, never reused: "nll.gradient"
	Refs  []string // C01–C81, T1.<loss>, I1–I92, E1–E11, Z<n>; X01 and on of other texts
	Where string   // "SOURCE 1.2(c), chain, line 3"; of another text its name and the place
	Says  string   // the statement in words

	Printed   string  // theory: the formula as printed
	Formula   string  // what is true: the corrected formula where the printed one is not
	Condition string  // theory, holds-if: what the source leaves unsaid
	Fault     string  // theory: the planted wrong variant, in words; the printed form itself where that is refuted
	Why       string  // the reason of the verdict, in a sentence
	Verdict   Verdict // theory: the verdict that the check must arrive at
	Stated    *Stated // theory: the statement as a formula, nil where it is none

	Op string // code: the op that is judged
}

// Layer is what the claim is about.
func (c Claim) Layer() Layer {
	if c.Op != "" {
		return Code
	}
	return Theory
}

// Reference is the reference by which a statement of the source is found, C37, or one of
// another text, X07; "" if it has none.
func (c Claim) Reference() string {
	for _, r := range c.Refs {
		if strings.HasPrefix(r, "C") || strings.HasPrefix(r, "X") {
			return r
		}
	}
	return ""
}

// Called reports whether name is the id of the claim, or its reference.
func (c Claim) Called(name string) bool {
	return strings.EqualFold(c.ID, name) || name != "" && strings.EqualFold(c.Reference(), name)
}

// Matches reports whether the claim is meant by pattern: an id, a reference, or either
// with * for any run of characters.
func (c Claim) Matches(pattern string) bool {
	return Matches(pattern, c.ID) || slices.ContainsFunc(c.Refs, func(r string) bool { return Matches(pattern, r) })
}

// Result is the line of the claim, before it has run.
func (c Claim) Result() Result {
	return Result{Type: "claim", Claim: c.ID, Layer: c.Layer(), Refs: c.Refs, Where: c.Where, Op: c.Op,
		Says: c.Says, Printed: c.Printed, Formula: c.Formula, Condition: c.Condition, Why: c.Why, Fault: c.Fault, Stated: c.Stated}
}

// Matches reports whether s matches pattern, in which * stands for any run of
// characters and case does not count.
func Matches(pattern, s string) bool {
	parts := strings.Split(strings.ToLower(pattern), "*")
	s = strings.ToLower(s)
	if len(parts) == 1 {
		return s == parts[0]
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(s, p)
		if i < 0 {
			return false
		}
		s = s[i+len(p):]
	}
	return true
}

// Nearest returns that of the names at the smallest edit distance from name, case
// aside; the first if there are several, "" if there is none.
func Nearest(name string, names []string) string {
	best, least := "", -1
	for _, s := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(s)); least < 0 || d < least {
			best, least = s, d
		}
	}
	return best
}

// distance is the Levenshtein distance of a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
