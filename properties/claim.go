package properties

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/properties/theory"
)

// A Claim is a statement of the theory or an obligation of code: what it says,
// and the check that decides about it.
type Claim struct {
	result.Claim
	statement  *theory.Claim // of the layer theory
	obligation *judge.Claim  // of the layer code
}

// Asked reports whether the claim is asked of s, if only to say that s does not offer its
// op. Those about batches, and about ops that others defined, are not unless s offers them.
func (c Claim) Asked(s Subject) bool {
	return c.obligation == nil || slices.Contains(op.Ops, Op(c.Op)) || s.Offers(Op(c.Op))
}

// Claims is the ledger: the statements of the source in its order and those of other texts, then the
// obligations of code about the ops of the catalogue. Find and Select know those
// about batches, and about the ops that were defined, too.
var Claims = func() []Claim {
	var claims []Claim
	for _, c := range slices.Concat(theory.Claims, theory.Others) {
		claims = append(claims, Claim{Claim: c.Claim, statement: &c})
	}
	return append(claims, obligations(op.Ops)...)
}()

// obligations are the claims about the code of these ops.
func obligations(ops []Op) []Claim {
	var claims []Claim
	for _, o := range ops {
		for _, c := range judge.Obligations(o) {
			claims = append(claims, Claim{Claim: c.Claim, obligation: &c})
		}
	}
	return claims
}

// all are Claims, and those about batches and about ops that were defined.
func all() []Claim { return slices.Concat(Claims, obligations(op.Further())) }

// Find returns the claim with this id, or with this reference (C37, X07). The
// error of an unknown one names the nearest.
func Find(id string) (Claim, error) {
	for _, c := range all() {
		if c.Called(id) {
			return c, nil
		}
	}
	return Claim{}, fmt.Errorf("no claim %q; the nearest is %q (ebmcheck list shows all)", id, nearest(id))
}

// Select returns the claims that match a comma-separated list of patterns: an
// id, a reference (C37), or either with * for any run of characters. The
// empty pattern selects all. A pattern that matches nothing is an error.
func Select(patterns string) ([]Claim, error) {
	every := all()
	if patterns == "" {
		return every, nil
	}
	chosen := make([]bool, len(every))
	for p := range strings.SplitSeq(patterns, ",") {
		p = strings.TrimSpace(p)
		found := false
		for i, c := range every {
			if c.Matches(p) {
				chosen[i], found = true, true
			}
		}
		if !found {
			return nil, unmatched(p, every)
		}
	}
	var claims []Claim
	for i, c := range every {
		if chosen[i] {
			claims = append(claims, c)
		}
	}
	return claims, nil
}

// unmatched says which pattern matches no claim, and which would: all about an op, if it is the name of one.
func unmatched(pattern string, every []Claim) error {
	about := pattern + ".*"
	if slices.ContainsFunc(every, func(c Claim) bool { return c.Matches(about) }) {
		return fmt.Errorf("no claim matches %q; %q are those about it", pattern, about)
	}
	return fmt.Errorf("no claim matches %q; the nearest is %q (ebmcheck list shows all)", pattern, nearest(pattern))
}

// nearest returns the id, or C-reference, at the smallest edit distance from name.
func nearest(name string) string {
	var names []string
	for _, c := range all() {
		names = append(names, c.ID)
		if r := c.Reference(); r != "" {
			names = append(names, r)
		}
	}
	return result.Nearest(name, names)
}
