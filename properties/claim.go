package properties

import (
	"fmt"
	"slices"
	"strings"
)

// A Claim is data plus a check. The README's table, the report, "ebmcheck
// explain" and the names of the subtests all come from it.
//
// A claim about theory (Layer "theory") is a statement of the source: Printed
// is its formula as it stands there, Formula what is true. A claim about code
// (Layer "code") is an obligation of an implementation of Op.
type Claim struct {
	ID    string   // stable, never reused: "nll.gradient"
	Refs  []string // C01–C81, T1.<loss>, I1–I92, E1–E11, Z<n>
	Where string   // "SOURCE 1.2(c), chain, line 3"
	Says  string   // the statement in words

	Printed   string // theory: the formula as printed
	Formula   string // what is true: the corrected formula where the printed one is not
	Condition string // theory, holds-if: what the source leaves unsaid
	Fault     string // theory: the planted wrong variant, in words; the printed form itself where that is refuted
	Why       string // the reason of the verdict, in a sentence
	Verdict   string // theory: the verdict that the check must arrive at

	statement checker // theory: nil where not checkable

	Op      Op // code: the op that is judged
	judge   judge
	regimes []Regime
}

// Layer is "theory" or "code".
func (c Claim) Layer() string {
	if c.Op != "" {
		return "code"
	}
	return "theory"
}

// Claims is the ledger: the statements of the source in its order, then the
// obligations of code.
var Claims = slices.Concat(intuition, likelihood, contrastive, obligations)

// Find returns the claim with this id, or with this reference (C37). The
// error of an unknown one names the nearest.
func Find(id string) (Claim, error) {
	for _, c := range Claims {
		if strings.EqualFold(c.ID, id) || slices.ContainsFunc(c.Refs, func(r string) bool { return strings.EqualFold(r, id) && strings.HasPrefix(r, "C") }) {
			return c, nil
		}
	}
	return Claim{}, fmt.Errorf("no claim %q; the nearest is %q (ebmcheck list shows all)", id, nearest(id))
}

// Select returns the claims that match a comma-separated list of patterns: an
// id, a reference (C37), or either with * for any run of characters. The
// empty pattern selects all. A pattern that matches nothing is an error.
func Select(patterns string) ([]Claim, error) {
	if patterns == "" {
		return Claims, nil
	}
	chosen := make([]bool, len(Claims))
	for p := range strings.SplitSeq(patterns, ",") {
		p = strings.TrimSpace(p)
		found := false
		for i, c := range Claims {
			if matches(p, c.ID) || slices.ContainsFunc(c.Refs, func(r string) bool { return matches(p, r) }) {
				chosen[i], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("no claim matches %q; the nearest is %q (ebmcheck list shows all)", p, nearest(p))
		}
	}
	var claims []Claim
	for i, c := range Claims {
		if chosen[i] {
			claims = append(claims, c)
		}
	}
	return claims, nil
}

// matches reports whether s matches pattern, in which * stands for any run of
// characters and case does not count.
func matches(pattern, s string) bool {
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

// nearest returns the claim id, or C-reference, at the smallest edit distance
// from id.
func nearest(id string) string {
	best, least := "", -1
	try := func(name string) {
		if d := distance(strings.ToLower(id), strings.ToLower(name)); least < 0 || d < least {
			best, least = name, d
		}
	}
	for _, c := range Claims {
		try(c.ID)
		for _, r := range c.Refs {
			if strings.HasPrefix(r, "C") {
				try(r)
			}
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
