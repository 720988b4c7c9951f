package op

import (
	"strings"

	"ebmcheck/properties/formula"
)

// Shown is the op's formula for people: "ℓ = [m + F − F̄]⁺".
func (r *Row) Shown() string {
	if r.Formula == "" {
		return r.Says
	}
	if r.Pair {
		return r.Symbol + " = " + formula.MustParse(r.Formula).Unicode()
	}
	// Beside n, the number of answers, F[y] is F_y; a pair has F.
	_, shown, _ := strings.Cut(formula.MustStatement("n = "+r.Formula).Unicode(), " = ")
	return r.Symbol + " = " + shown
}

// ShownGradient is the gradient by the energies for people; "" if the op has none.
func (r *Row) ShownGradient() string {
	if r.Answers != AsValue {
		return ""
	}
	if len(r.Slopes) == 0 {
		return r.Says
	}
	by := []string{"F_i"}
	if r.Pair {
		by = []string{"F", "F̄"}
	}
	var parts []string
	for i, s := range r.slopes() {
		parts = append(parts, "∂"+r.Symbol+"/∂"+by[i]+" = "+s.Says[0].Terms[1].Unicode())
	}
	return strings.Join(parts, ";  ")
}

// slopes are the statements that the gradient of the formula is Slopes.
func (r *Row) slopes() []*formula.Statement {
	if r.Pair {
		return []*formula.Statement{
			formula.MustStatement("D(" + r.Formula + ", F[y]) = " + r.Slopes[0]),
			formula.MustStatement("D(" + r.Formula + ", F[ybar]) = " + r.Slopes[1]),
		}
	}
	return []*formula.Statement{formula.MustStatement("for all i: D(" + r.Formula + ", F[i]) = " + r.Slopes[0])}
}
