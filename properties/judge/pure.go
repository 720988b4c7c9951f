package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgePure judges that the same call is answered the same twice, bit for
// bit, and that the subject leaves its arguments alone.
func judgePure(a Asked, _ Regime) ([]part, string) {
	for _, r := range []op.Reply{a.reply, a.again} {
		if r.Outcome != "" {
			return nil, r.Error
		}
	}
	same := part{what: "the same call again", required: 0.5, recommended: 0.5}
	if a.changed {
		same.what, same.ulps = "the energies after the call", math.Inf(1)
	} else if !a.reply.Equal(a.again) {
		same.ulps = math.Inf(1)
	}
	return []part{same}, ""
}
