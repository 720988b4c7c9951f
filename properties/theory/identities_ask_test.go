package theory_test

import (
	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
)

// The functions that identities are about and that are ops: what answers for them is w.ask, or the definition, where there is no
// one to ask, or an energy is no float64.

// An answer to a call has the numbers of a reply, each an interval.
type answer struct {
	value       num
	grad, probs []num
}

// asked returns the answer to the call of op o, at m = γ = M = 1 but for what at sets; ok is false if there is none.
func (w *world) asked(o op.Op, β num, F []num, y int, at func(*op.Call)) (a answer, ok bool) {
	if w.ask == nil || !β.IsPoint() {
		return a, false
	}
	c := op.Call{Op: o, Answer: y}
	for _, f := range F {
		if x := f.Mid(); f.IsPoint() && !f.Disjoint(number(x)) {
			c.Energies = append(c.Energies, x)
		}
	}
	for _, p := range o.Row().Params {
		p.Set(&c, 1)
		if p.Scale {
			p.Set(&c, β.Mid())
		}
	}
	if at != nil {
		at(&c)
	}
	if len(c.Energies) < len(F) {
		return a, false
	}
	return w.ask(c), true
}

func margin(m num) func(*op.Call) { return func(c *op.Call) { c.Margin = m.Mid() } }

func (w *world) gibbs(β num, F []num) []num {
	if a, ok := w.asked(op.Gibbs, β, F, 0, nil); ok {
		return a.probs
	}
	return exact.GibbsOf(β, F)
}

func (w *world) freeAt(β num, F []num) num {
	if a, ok := w.asked(op.FreeEnergy, β, F, 0, nil); ok {
		return a.value
	}
	return exact.FreeEnergyOf(β, F)
}

func (w *world) free(F []num) num             { return w.freeAt(w.β, F) }
func (w *world) partition(β num, F []num) num { return β.Mul(w.freeAt(β, F)).Neg().Exp() }
func (w *world) p() []num                     { return w.gibbs(w.β, w.F) }
func (w *world) pG() []num                    { return w.gibbs(w.β, w.G) }
func (w *world) Fβ() num                      { return w.free(w.F) }
func (w *world) lnZ() num                     { return w.β.Mul(w.Fβ()).Neg() }
func (w *world) ℓ() num                       { return w.nll(w.β, w.F, w.y) }

func (w *world) nll(β num, F []num, y int) num {
	if a, ok := w.asked(op.NLL, β, F, y, nil); ok {
		return a.value
	}
	return exact.NLLOf(β, F, y)
}

// least is the energy of the answer that is inferred.
func (w *world) least(F []num) num {
	if a, ok := w.asked(op.Infer, unit, F, 0, nil); ok {
		return a.value
	}
	return least(F)
}

func (w *world) mee(β num, F []num, y int) num {
	if a, ok := w.asked(op.MEE, β, F, y, nil); ok {
		return a.value
	}
	return exact.MEEOf(β, F, y)
}

func (w *world) perceptron(F []num, y int) num { return w.loss(op.Perceptron, F, y) }

// sp is the soft hinge with margin 0.
func (w *world) sp(β, d num) num {
	if a, ok := w.asked(op.SoftHinge, β, []num{d, none}, 0, margin(none)); ok {
		return a.value
	}
	return unit.Add(β.Mul(d).Exp()).Log().Div(β)
}

// σ is MCE.
func (w *world) σ(t num) num {
	if a, ok := w.asked(op.MCE, unit, []num{t, none}, 0, nil); ok {
		return a.value
	}
	return unit.Div(unit.Add(t.Neg().Exp()))
}

// hinge is [m + d]⁺.
func (w *world) hinge(m, d num) num {
	if a, ok := w.asked(op.Hinge, unit, []num{d, none}, 0, margin(m)); ok {
		return a.value
	}
	return m.Add(d).Pos()
}

// losses are those of which identities compare values, with all parameters but β 1, of F_y and another energy F_ȳ where they are of a pair.
var losses = map[op.Op]func(w *world, F []num, y, ȳ int) num{
	op.NLL:          func(w *world, F []num, y, _ int) num { return exact.NLLOf(w.β, F, y) },
	op.MEE:          func(w *world, F []num, y, _ int) num { return exact.MEEOf(w.β, F, y) },
	op.Perceptron:   func(_ *world, F []num, y, _ int) num { return exact.PerceptronOf(F, y) },
	op.Energy:       func(_ *world, F []num, y, _ int) num { return F[y] },
	op.Hinge:        func(_ *world, F []num, y, ȳ int) num { return exact.HingeOf(unit, F[y], F[ȳ]) },
	op.Log:          func(_ *world, F []num, y, ȳ int) num { return exact.LogOf(F[y], F[ȳ]) },
	op.LVQ2:         func(_ *world, F []num, y, ȳ int) num { return exact.LVQ2Of(unit, F[y], F[ȳ]) },
	op.MCE:          func(_ *world, F []num, y, ȳ int) num { return exact.MCEOf(F[y], F[ȳ]) },
	op.Simple:       func(_ *world, F []num, y, ȳ int) num { return exact.SimpleOf(unit, F[y], F[ȳ]) },
	op.SquareSquare: func(_ *world, F []num, y, ȳ int) num { return exact.SquareSquareOf(unit, F[y], F[ȳ]) },
	op.SquareExp:    func(_ *world, F []num, y, ȳ int) num { return exact.SquareExpOf(unit, F[y], F[ȳ]) },
}

// loss is one of losses at F.
func (w *world) loss(o op.Op, F []num, y int) num {
	ȳ := (y + 1) % len(F)
	sent, at := F, y
	if o.Row().Pair {
		sent, at = []num{F[y], F[ȳ]}, 0
	}
	if a, ok := w.asked(o, w.β, sent, at, nil); ok {
		return a.value
	}
	return losses[o](w, F, y, ȳ)
}

// slopes is the gradient of op o, which is that of f; of the soft hinge with margin 0.
func (w *world) slopes(o op.Op, F []num, y int, f func(β exact.Dual, F []exact.Dual) exact.Dual) []num {
	var at func(*op.Call)
	if o == op.SoftHinge {
		at = margin(none)
	}
	if a, ok := w.asked(o, w.β, F, y, at); ok {
		return a.grad
	}
	return gradient(w.β, F, f)
}
