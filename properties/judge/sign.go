package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeSign judges that a loss that cannot be negative is not, that probabilities lie
// between 0 and 1, and the signs of slopes, where right code keeps them whatever it
// rounds. Of what is no number nothing is asked here.
func judgeSign(a *Asked) ([]part, string) {
	if b := a.gone(); b != "" || a.reply.Error != "" {
		return nil, b
	}
	value, each := a.call.Op.Row().Sides(a.call, a.arithmetic())
	return a.rule(func(n number) (bool, op.Range, string) {
		side := value
		if n.of != "value" {
			side = op.Side{Lo: math.Inf(-1), Hi: math.Inf(1)}
			if each != nil {
				side = each[n.i]
			}
		}
		return n.got < side.Lo || n.got > side.Hi, op.Range{Lo: op.Value{Near: side.Lo}, Hi: op.Value{Near: side.Hi}}, side.String()
	}), ""
}

// arithmetic is what the subject computes in.
func (a *Asked) arithmetic() op.Arithmetic {
	return op.Arithmetic{Precision: a.in, Declared: a.by}
}

// gone says what happened where there is no answer at all.
func (a *Asked) gone() string {
	if a.reply.Outcome != "" {
		return a.reply.Error
	}
	return ""
}
