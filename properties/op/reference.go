package op

import (
	"ebmcheck/ebm"
	"ebmcheck/losses"
)

// Reference is this module's own implementation, ebm and losses, as a
// subject.
func Reference() Subject {
	return Funcs("reference", map[Op]func(Call) Reply{
		Gibbs:      func(c Call) Reply { return Reply{Probs: gibbs(c).Probs(nil)} },
		FreeEnergy: func(c Call) Reply { g := gibbs(c); return Reply{Value: g.FreeEnergy(), Grad: g.Probs(nil)} },
		Infer: func(c Call) Reply {
			i := ebm.Infer(c.Energies)
			if i < 0 {
				return Reply{Error: "no answer is possible, or an energy is NaN"}
			}
			return Reply{Index: i}
		},
		Energy:       whole(func(Call) losses.Loss { return losses.Energy{} }),
		Perceptron:   whole(func(Call) losses.Loss { return losses.Perceptron{} }),
		NLL:          whole(func(c Call) losses.Loss { return losses.NLL{Beta: c.Beta} }),
		MEE:          whole(func(c Call) losses.Loss { return losses.MEE{Beta: c.Beta} }),
		Simple:       pairwise(func(c Call) losses.PairLoss { return losses.Simple{Margin: c.Margin} }),
		Hinge:        pairwise(func(c Call) losses.PairLoss { return losses.Hinge{Margin: c.Margin} }),
		Log:          pairwise(func(Call) losses.PairLoss { return losses.Log{} }),
		SoftHinge:    pairwise(func(c Call) losses.PairLoss { return losses.SoftHinge{Margin: c.Margin, Beta: c.Beta} }),
		SquareSquare: pairwise(func(c Call) losses.PairLoss { return losses.SquareSquare{Margin: c.Margin} }),
		SquareExp:    pairwise(func(c Call) losses.PairLoss { return losses.SquareExp{Gamma: c.Gamma} }),
		MCE:          pairwise(func(Call) losses.PairLoss { return losses.MCE{} }),
		LVQ2:         pairwise(func(c Call) losses.PairLoss { return losses.LVQ2{Cap: c.Cap} }),
	})
}

func gibbs(c Call) *ebm.Gibbs {
	return ebm.NewGibbs(c.Energies, c.Beta, ebm.Counting(len(c.Energies)))
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
