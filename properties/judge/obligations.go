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

	about     func(*question) bool          // the calls of its regimes that it is about; nil: all
	of        func(op.Subject) bool         // the subjects that it is asked of, for of others it cannot fail; nil: all
	advised   func(Regime, op.Subject) bool // where it is RECOMMENDED only; nil: nowhere
	measured  bool                          // it is of digits: where they are REQUIRED, its errors are told by the spread of the energies
	refusable bool                          // an error is an answer
	spared    bool                          // its calls may be none of the subject's: see spares
	advice    string                        // what one who fails it may do
}

// levels are those at which c is judged in regime r on s, the strictest first.
func (c Claim) levels(r Regime, s op.Subject) []result.Level {
	if c.advised != nil && c.advised(r, s) {
		return []result.Level{result.Recommended}
	}
	return []result.Level{result.Required, result.Recommended}
}

// concerns reports whether c is about the call.
func (c Claim) concerns(q *question) bool { return c.about == nil || c.about(q) }

// Measured reports whether c is of digits.
func (c Claim) Measured() bool { return c.measured }

// Finite reports whether c is about calls of finite numbers, all of them.
func (c Claim) Finite() bool { return c.about == nil && c.Regimes[0] != NonFinite }

// spares reports whether one who calls all that c is about in regime r unsupported owes
// nothing. That is no pass, and the line of the claim says of how many cases it is so.
func (c Claim) spares(r Regime) bool { return c.spared || isPure(c) && r == NonFinite }

// asked are those of the claims that are asked of s.
func asked(claims []Claim, s op.Subject) []Claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c Claim) bool { return c.of != nil && !c.of(s) })
}

// Obligations are the claims about code that offers op o: that its numbers are the true
// ones, and are numbers, with the sign that they must have; what becomes of values that
// are not finite; and that asking changes nothing.
func Obligations(o op.Op) []Claim {
	var claims []Claim
	row := o.Row()
	if row.Of != nil {
		return batchObligations(row)
	}
	add := func(name, says, formula string, by judge, regimes ...Regime) *Claim {
		claims = append(claims, Claim{Claim: result.Claim{ID: string(o) + "." + name, Op: string(o), Refs: row.Refs, Where: row.Where,
			Says: says, Formula: formula, Why: "REQUIRED allows the bound of: " + row.Standard}, by: by, Regimes: regimes})
		return &claims[len(claims)-1]
	}
	finite := []Regime{Tame, Wide, Extreme}
	accurate := func(name, says, formula string, by judge) { // no library promises digits in extreme
		c := add(name, says, formula, by, finite...)
		c.measured, c.advised = true, func(r Regime, _ op.Subject) bool { return r == Extreme }
	}
	exact := func(name, says, formula string, by judge, regimes ...Regime) *Claim {
		c := add(name, says, formula, by, regimes...)
		c.Why = "it is so or it is not: no rounding is allowed for"
		return c
	}
	always := func(Regime, op.Subject) bool { return true }

	switch row.Answers {
	case op.AsProbs:
		accurate("probabilities", "every probability is the true one", row.Shown(), judgeProbs)
	case op.AsIndex:
		accurate("minimiser", "the answer is a minimiser of the energies, any when tied", row.Shown(), judgeIndex)
	default:
		accurate("value", "the value is the true one", row.Shown(), judgeValue)
		accurate("gradient", "the gradient by the energies is the true one, at a kink an element of the subdifferential", row.ShownGradient(), judgeGradient)
	}
	if row.Answers != op.AsIndex {
		exact("finite", "where the true value is a number so is the answer, unless the standard algorithm overflows on its way: "+row.Standard, "|F| < ∞ ⇒ |f(F)| < ∞", judgeFinite, finite...)
		exact("format", "the numbers answered are numbers of the format that the subject declares", "f(F) = fl(f(F))", judgeFormat, Regimes...).of =
			func(s op.Subject) bool { return s.Precision != op.Float64 }
	}
	if row.Signs.Says != "" {
		exact("sign", "no rounding carries a number past 0, or a probability past 1", row.Signs.Says, judgeSign, finite...)
	}

	nan := exact("nonfinite", "NaN in gives no finite number out", "F_i = NaN ⇒ f(F) = NaN", judgeNaN, NonFinite)
	nan.about, nan.refusable = kindOf(hasNaN), true
	if row.Answers == op.AsIndex {
		nan.Says, nan.Formula, nan.advised = "NaN in gives no answer out", "F_i = NaN ⇒ no ŷ", always
	}
	// A library may take finite energies only, and raise an error at any other.
	impossible := add("impossible", "an impossible answer (+∞) counts as one whose energy grows without end",
		"F_i = +∞ ⇒ f(F) is the limit for F_i → ∞", judgeImpossible, NonFinite)
	if row.Answers == op.AsProbs {
		impossible.Says, impossible.Formula = "an impossible answer (+∞) carries no mass, and the rest are as if it were not there", "F_i = +∞ ⇒ p_i = 0, and the rest as if i were not there"
	}
	impossible.about, impossible.spared = kindOf(hasImpossible), true
	impossible.advice = `who means finite energies only answers all such calls by {"unsupported":"+∞"}, of the SDKs Unsupported`
	none := exact("undefined", "where no answer is possible, or +∞ stands against +∞, no number is made up: a convention, of which nothing is REQUIRED",
		"F = +∞ ⇒ no p", judgeUndefined, NonFinite)
	none.about, none.advised, none.refusable, none.spared = kindOf(hasNoAnswer), always, true, true
	none.advice = `a convention: nothing is REQUIRED; {"unsupported":"nothing is possible"} says that such calls are not meant`
	if row.Limits {
		c := add("limits", "β = 0 is uniform over the possible answers, β = ∞ over the minimisers", "β = 0 ⇒ p_i = 1/n; β = ∞ ⇒ p_i = [F_i = min F]/k", judgeLimits, NonFinite)
		c.about, c.advised, c.spared = kindOf(atLimit), func(_ Regime, s op.Subject) bool { return !s.Declares.Limits }, true
		c.advice = `owed by who declares "limits": true; otherwise {"unsupported":"β is 0 or ∞"} says that such calls are not meant`
	}
	if len(row.Params) > 0 && !row.Branches() {
		c := exact("parameters", "a parameter that is NaN gives no finite number out", "m = NaN ⇒ f(F) = NaN", judgeNaNParameter, NonFinite)
		c.about, c.refusable, c.spared = func(q *question) bool { return nanParameterAlone(q.call) }, true, true
		c.advice = `{"unsupported":"a parameter is NaN"}, of the SDKs Unsupported, or an error says that such calls are not meant`
	}
	exact("pure", "asking the same twice gives the same bits, and the energies asked about stay as they were",
		"f(F) = f(F)", judgePure, Regimes...)
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
