package judge

import (
	"fmt"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A codeClaim is an obligation of an implementation of an op, with its judge.
type Claim struct {
	result.Claim
	by      judge
	Regimes []Regime
}

func (c Claim) op() op.Op { return op.Op(c.Op) }

// obligations are the claims about code: for each op, that its numbers are
// the true ones, what becomes of values that are not finite, and that asking
// changes nothing.
var Claims = func() []Claim {
	var claims []Claim
	for _, o := range op.Ops {
		s := op.Sends[o]
		add := func(name, says, formula string, judge judge, regimes ...Regime) {
			claims = append(claims, Claim{result.Claim{ID: fmt.Sprintf("%s.%s", o, name), Op: string(o), Refs: references[o], Where: whereOps[o],
				Says: says, Formula: formula, Why: "REQUIRED allows the bound of: " + s.Standard}, judge, regimes})
		}
		finite := []Regime{Tame, Wide, Extreme}
		switch {
		case s.AnswersProbs:
			add("probabilities", "every probability is the true one", s.Formula, judgeProbs, finite...)
		case s.AnswersIndex:
			add("minimiser", "the answer is a minimiser of the energies, any when tied", s.Formula, judgeIndex, finite...)
		default:
			add("value", "the value is the true one", s.Formula, judgeValue, finite...)
			add("gradient", "the gradient by the energies is the true one, at a kink an element of the subdifferential", s.Gradient, judgeGradient, finite...)
		}
		add("nonfinite", "NaN in gives no finite number out; an impossible answer (+Inf) carries no mass; limits are met",
			"F_i = +∞ ⇒ p_i = 0, and the rest as if i were not there", judgeNonFinite, NonFinite)
		add("pure", "asking the same twice gives the same bits, and the energies asked about stay as they were",
			"f(F) = f(F)", judgePure, Tame)
	}
	return claims
}()

// About returns the claims about op in regime r.
func About(op op.Op, r Regime) []Claim {
	return slices.DeleteFunc(slices.Clone(Claims), func(c Claim) bool { return c.op() != op || !slices.Contains(c.Regimes, r) })
}

// references are the statements of the theory that an op's claims rest on.
var references = map[op.Op][]string{
	op.Gibbs:        {"C10", "I15", "I31", "I34"},
	op.FreeEnergy:   {"I1", "I12", "I15"},
	op.Infer:        {"C04", "C27"},
	op.Energy:       {"T1.energy", "C19"},
	op.Perceptron:   {"T1.perceptron", "I44", "I67"},
	op.NLL:          {"T1.nll", "C25", "C43", "I41", "I42"},
	op.MEE:          {"T1.mee", "I50"},
	op.Simple:       {"C54", "C55", "C56", "C57"},
	op.Hinge:        {"T1.hinge", "C58", "C59", "C60"},
	op.Log:          {"T1.log", "C61", "C62", "I59"},
	op.SoftHinge:    {"C73", "I61", "I63"},
	op.SquareSquare: {"T1.square-square", "C63", "C64", "C65", "C66"},
	op.SquareExp:    {"T1.square-exp", "E3"},
	op.MCE:          {"T1.mce", "I50", "I69"},
	op.LVQ2:         {"T1.lvq2", "E2"},
}

var whereOps = map[op.Op]string{
	op.Gibbs: "SOURCE 1.1(c)", op.FreeEnergy: "identity 12", op.Infer: "SOURCE 1.1(i)",
	op.Energy: "Table 1, row energy loss", op.Perceptron: "Table 1, row perceptron", op.NLL: "SOURCE 1.2(b); Table 1, row NLL/MMI",
	op.MEE: "Table 1, row MEE", op.Simple: "SOURCE 1.3(a)", op.Hinge: "SOURCE 1.3(b); Table 1, row hinge",
	op.Log: "SOURCE 1.3(c); Table 1, row log", op.SoftHinge: "identity 61", op.SquareSquare: "SOURCE 1.3(d)",
	op.SquareExp: "Table 1, row square-exp", op.MCE: "Table 1, row MCE", op.LVQ2: "Table 1, row LVQ2",
}

// findObligation returns the obligation with this id. The error of an unknown one
// names the nearest.
func findObligation(id string) (Claim, error) {
	var ids []string
	for _, c := range Claims {
		if c.Called(id) {
			return c, nil
		}
		ids = append(ids, c.ID)
	}
	return Claim{}, fmt.Errorf("no claim %q; the nearest is %q (ebmcheck list shows all)", id, result.Nearest(id, ids))
}
