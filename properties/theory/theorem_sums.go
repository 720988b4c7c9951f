package theory

import (
	"fmt"
	"regexp"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
)

// otherSums says what the proof of a theorem about sums over n answers proves besides, by what it asks of them: the same of integrals, or
// of series. It is "" if there is no sum, or if the answers must be n.
func otherSums(p *proof.Proof) string {
	var text string
	switch {
	case len(p.Terms) == 0 || p.Counted && p.Number:
		return ""
	case p.Counted:
		text = "; with series for Σ too, where " + ofAnswers(p.Terms, "that of %s converges", "those of %s converge")
	default:
		text = "; with ∫ for Σ too, where " + ofAnswers(p.Terms, "that of %s exists", "those of %s exist")
	}
	if len(p.Under) > 0 {
		text += ", and " + ofAnswers(p.Under, "%s may be differentiated inside", "%s may be differentiated inside")
	}
	if p.Number {
		text += "; n is the measure of all answers"
	}
	return text
}

// ofAnswers says something of one or of several functions of an answer j.
func ofAnswers(functions []string, one, several string) string {
	var set []string
	for _, f := range functions {
		set = append(set, functionOfAnswer(f).Unicode())
	}
	if len(set) == 1 {
		return fmt.Sprintf(one, set[0])
	}
	return fmt.Sprintf(several, strings.Join(set[:len(set)-1], ", ")+" and "+set[len(set)-1])
}

var slope = regexp.MustCompile(`S\[(\w+)\]`)

// functionOfAnswer reads a function of the answer j that package proof has written, with ∂F/∂W for S. The indices i, a and b are any
// answers.
func functionOfAnswer(text string) *formula.Expr {
	free := "j"
	for _, i := range []string{"i", "a", "b"} {
		if strings.Contains(text, "["+i+"]") || strings.Contains(text, "("+i+", ") {
			free += ", " + i
		}
	}
	return formula.MustStatement("for all " + free + ": " + slope.ReplaceAllString(text, "D(F[$1], W)") + " = 0").Says[0].Terms[0]
}
