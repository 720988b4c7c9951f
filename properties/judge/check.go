package judge

import (
	"fmt"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Check puts one call to s and judges the reply by every claim of the call's
// regime, at both levels where both are asked. It returns an error that names
// the claim refuted, what was got and what is right. A call that s does not
// support, or a gradient that it does not give, is not judged.
func Check(s op.Subject, c op.Call) error {
	r := RegimeOf(c, s.Precision)
	a := askOne(s, c)
	for _, claim := range About(c.Op, r) {
		if !a.judged(claim) || isGradient(claim) && a.reply.Grad == nil && a.reply.Grads == nil {
			continue
		}
		parts, broken := claim.by(a, r)
		if broken != "" {
			return fmt.Errorf("%s is refuted on %v: %s", claim.ID, c, broken)
		}
		for _, p := range parts {
			for _, level := range []result.Level{result.Required, result.Recommended} {
				if !(p.spent(level) <= 1) {
					return fmt.Errorf("%s (%s) is refuted on %v: %s: got %s, want %s", claim.ID, level, c, p.what, result.Hex(p.got), result.Hex(s.Precision.Nearest(p.want.Lo)))
				}
			}
		}
	}
	return nil
}
