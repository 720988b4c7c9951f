package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeFormat judges that every number answered is one of the format that the subject
// declares.
func judgeFormat(a *Asked) ([]part, string) {
	if b := a.gone(); b != "" || a.reply.Error != "" {
		return nil, b
	}
	return a.rule(func(n number) (bool, op.Range, string) {
		near := a.in.Round(n.got)
		return !(near == n.got || math.IsNaN(n.got)), point(op.Value{Near: near}), "a number of " + a.in.String()
	}), ""
}
