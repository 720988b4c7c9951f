package properties

import (
	"fmt"
	"slices"
)

// A codeClaim is an obligation of an implementation of an op, with its judge.
type codeClaim struct {
	claimWords
	by      judge
	regimes []Regime
}

func (c codeClaim) op() Op { return Op(c.Op) }

// obligations are the claims about code: for each op, that its numbers are
// the true ones, what becomes of values that are not finite, and that asking
// changes nothing.
var obligations = func() []codeClaim {
	var claims []codeClaim
	for _, op := range Ops {
		s := sends[op]
		add := func(name, says, formula string, judge judge, regimes ...Regime) {
			claims = append(claims, codeClaim{claimWords{ID: fmt.Sprintf("%s.%s", op, name), Op: string(op), Refs: references[op], Where: whereOps[op],
				Says: says, Formula: formula, Why: "REQUIRED allows the bound of: " + s.standard}, judge, regimes})
		}
		finite := []Regime{Tame, Wide, Extreme}
		switch {
		case s.answersProbs:
			add("probabilities", "every probability is the true one", s.formula, judgeProbs, finite...)
		case s.answersIndex:
			add("minimiser", "the answer is a minimiser of the energies, any when tied", s.formula, judgeIndex, finite...)
		default:
			add("value", "the value is the true one", s.formula, judgeValue, finite...)
			add("gradient", "the gradient by the energies is the true one, at a kink an element of the subdifferential", s.gradient, judgeGradient, finite...)
		}
		add("nonfinite", "NaN in gives no finite number out; an impossible answer (+Inf) carries no mass; limits are met",
			"F_i = +∞ ⇒ p_i = 0, and the rest as if i were not there", judgeNonFinite, NonFinite)
		add("pure", "asking the same twice gives the same bits, and the energies asked about stay as they were",
			"f(F) = f(F)", judgePure, Tame)
	}
	return claims
}()

// About returns the claims about op in regime r.
func About(op Op, r Regime) []codeClaim {
	return slices.DeleteFunc(slices.Clone(obligations), func(c codeClaim) bool { return c.op() != op || !slices.Contains(c.regimes, r) })
}

// references are the statements of the theory that an op's claims rest on.
var references = map[Op][]string{
	Gibbs:        {"C10", "I15", "I31", "I34"},
	FreeEnergy:   {"I1", "I12", "I15"},
	Infer:        {"C04", "C27"},
	Energy:       {"T1.energy", "C19"},
	Perceptron:   {"T1.perceptron", "I44", "I67"},
	NLL:          {"T1.nll", "C25", "C43", "I41", "I42"},
	MEE:          {"T1.mee", "I50"},
	Simple:       {"C54", "C55", "C56", "C57"},
	Hinge:        {"T1.hinge", "C58", "C59", "C60"},
	Log:          {"T1.log", "C61", "C62", "I59"},
	SoftHinge:    {"C73", "I61", "I63"},
	SquareSquare: {"T1.square-square", "C63", "C64", "C65", "C66"},
	SquareExp:    {"T1.square-exp", "E3"},
	MCE:          {"T1.mce", "I50", "I69"},
	LVQ2:         {"T1.lvq2", "E2"},
}

var whereOps = map[Op]string{
	Gibbs: "SOURCE 1.1(c)", FreeEnergy: "identity 12", Infer: "SOURCE 1.1(i)",
	Energy: "Table 1, row energy loss", Perceptron: "Table 1, row perceptron", NLL: "SOURCE 1.2(b); Table 1, row NLL/MMI",
	MEE: "Table 1, row MEE", Simple: "SOURCE 1.3(a)", Hinge: "SOURCE 1.3(b); Table 1, row hinge",
	Log: "SOURCE 1.3(c); Table 1, row log", SoftHinge: "identity 61", SquareSquare: "SOURCE 1.3(d)",
	SquareExp: "Table 1, row square-exp", MCE: "Table 1, row MCE", LVQ2: "Table 1, row LVQ2",
}

// findObligation returns the obligation with this id. The error of an unknown one
// names the nearest.
func findObligation(id string) (codeClaim, error) {
	var ids []string
	for _, c := range obligations {
		if c.Called(id) {
			return c, nil
		}
		ids = append(ids, c.ID)
	}
	return codeClaim{}, fmt.Errorf("no claim %q; the nearest is %q (ebmcheck list shows all)", id, Nearest(id, ids))
}
