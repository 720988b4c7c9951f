package op

import (
	"math"

	"ebmcheck/losses"
)

// Reference is this module's own implementation, ebm and losses, as a subject.
func Reference() Subject {
	ops := map[Op]func(Call) Reply{}
	for _, r := range catalogue {
		ops[r.Op] = r.refer
		if r.Answers == AsValue {
			ops[BatchOf(r.Op)] = r.batchReference
		}
	}
	s := Funcs("reference", ops)
	s.Framework = "the implementation that comes with ebmcheck"
	return s
}

// refer is Reference, but an error where β is NaN, of which ebm and losses panic.
func (r *Row) refer(c Call) Reply {
	if b, ok := r.Scaled(); ok && math.IsNaN(b.Of(c)) {
		return Reply{Error: "β is NaN"}
	}
	return r.Reference(c)
}

// whole is a loss over all answers as an op.
func whole(loss func(Call) losses.Loss) func(Call) Reply {
	return func(c Call) Reply {
		grad := make([]float64, len(c.Energies))
		return Reply{Value: loss(c).Eval(grad, c.Energies, c.Answer), Grad: grad}
	}
}

// pairwise is a loss on a pair as an op.
func pairwise(loss func(Call) losses.PairLoss) func(Call) Reply {
	return func(c Call) Reply {
		v, dF, dFbar := loss(c).Pair(c.Energies[0], c.Energies[1])
		return Reply{Value: v, Grad: []float64{dF, dFbar}}
	}
}
