package judge

import (
	"fmt"

	"ebmcheck/properties/op"
)

// Check puts one call to s and judges the reply by every claim of the call's
// regime, at both levels where both are asked. It returns an error that names
// the claim refuted, what was got and what is right; or what is wrong with the call, or that
// s does not offer its op. A call that s does not support, or a gradient that it does not give, is not judged.
func Check(s op.Subject, c op.Call) error {
	if err := c.Validate(); err != nil {
		return fmt.Errorf("nothing was asked: %w", err)
	}
	if !s.Offers(c.Op) {
		return fmt.Errorf("nothing was asked: %s does not offer %s", s.Name, c.Op)
	}
	r := RegimeOf(c, s.Precision)
	a := askOne(s, c)
	for _, claim := range asked(About(c.Op, r), s) {
		if !claim.concerns(a.question) || !a.judged(claim) || isGradient(claim) && a.reply.Grad == nil && a.reply.Grads == nil {
			continue
		}
		for _, level := range claim.levels(r, s) {
			ms := mistakes(claim, a, level)
			if len(ms) == 0 {
				continue
			}
			x := ms[0].counterexample(claim, a, level)
			if ms[0].broken != "" {
				return fmt.Errorf("%s is refuted on %v: %s", claim.ID, c, ms[0].broken)
			}
			beside := func(hex string) string {
				if hex == "" {
					return ""
				}
				return " (" + hex + ")"
			}
			return fmt.Errorf("%s (%s) is refuted on %v:\n  %s: got %s%s\n  want %s%s", claim.ID, level, c, x.What, x.Got, beside(x.GotHex), x.Want, beside(x.WantHex))
		}
	}
	return nil
}
