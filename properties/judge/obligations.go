package judge

import (
	"fmt"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Claim is an obligation of an implementation of an op, with its judge.
type Claim struct {
	result.Claim
	by      judge
	Regimes []Regime
}

// Obligations are the claims about code that offers op o: that its numbers are the true
// ones, what becomes of values that are not finite, and that asking changes nothing.
func Obligations(o op.Op) []Claim {
	var claims []Claim
	row := o.Row()
	if row.Of != nil {
		return batchObligations(row)
	}
	add := func(name, says, formula string, by judge, regimes ...Regime) {
		claims = append(claims, Claim{result.Claim{ID: string(o) + "." + name, Op: string(o), Refs: row.Refs, Where: row.Where,
			Says: says, Formula: formula, Why: "REQUIRED allows the bound of: " + row.Standard}, by, regimes})
	}
	finite := []Regime{Tame, Wide, Extreme}
	switch row.Answers {
	case op.AsProbs:
		add("probabilities", "every probability is the true one", row.Shown(), judgeProbs, finite...)
	case op.AsIndex:
		add("minimiser", "the answer is a minimiser of the energies, any when tied", row.Shown(), judgeIndex, finite...)
	default:
		add("value", "the value is the true one", row.Shown(), judgeValue, finite...)
		add("gradient", "the gradient by the energies is the true one, at a kink an element of the subdifferential", row.ShownGradient(), judgeGradient, finite...)
	}
	add("nonfinite", "NaN in gives no finite number out; an impossible answer (+Inf) carries no mass; limits are met",
		"F_i = +∞ ⇒ p_i = 0, and the rest as if i were not there", judgeNonFinite, NonFinite)
	add("pure", "asking the same twice gives the same bits, and the energies asked about stay as they were",
		"f(F) = f(F)", judgePure, Tame)
	return claims
}

// Claims are the obligations about the ops of the catalogue.
var Claims = func() []Claim {
	var claims []Claim
	for _, o := range op.Ops {
		claims = append(claims, Obligations(o)...)
	}
	return claims
}()

// About returns the claims about op o in regime r.
func About(o op.Op, r Regime) []Claim {
	return slices.DeleteFunc(Obligations(o), func(c Claim) bool { return !slices.Contains(c.Regimes, r) })
}

// find returns the obligation with this id, about an op of the catalogue or one that was
// defined. The error of an unknown one names the nearest.
func find(id string) (Claim, error) {
	every := slices.Clone(Claims)
	for _, o := range op.Further() {
		every = append(every, Obligations(o)...)
	}
	var ids []string
	for _, c := range every {
		if c.Called(id) {
			return c, nil
		}
		ids = append(ids, c.ID)
	}
	return Claim{}, fmt.Errorf("no claim %q; the nearest is %q (ebmcheck list shows all)", id, result.Nearest(id, ids))
}
