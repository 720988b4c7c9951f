package atlas

import (
	"math"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// neighbours is how many calls beside the best are asked at a step, and patience how many
// steps in a row may lead no higher.
const (
	neighbours = 32
	patience   = 6
)

// climb goes from a call to the worst of its neighbours, while that is worse than it, by the
// claim of this id.
func (a *ascent) climb(id string, from reached) error {
	best, idle := from, 0
	for range a.Rounds {
		if idle == patience || infinite(best.ulps) {
			return nil
		}
		var beside []op.Call
		for range neighbours {
			if c := a.beside(best.call); judge.RegimeOf(c, a.Subject.Precision) == a.Regime && a.Subject.Precision.Holds(c) {
				beside = append(beside, c)
			}
		}
		off, err := a.ask(beside, id)
		if err != nil {
			return err
		}
		idle++
		for i, ulps := range off {
			if ulps > best.ulps {
				best, idle = reached{call: beside[i], ulps: ulps}, 0
			}
		}
	}
	return nil
}

// beside is c with one or two of its numbers changed in one bit: by a power of two of their
// ulps, by a factor of two, or in their sign.
func (a *ascent) beside(c op.Call) op.Call {
	c = c.Clone()
	row, p := c.Op.Row(), a.Subject.Precision
	for range 1 + a.rng.IntN(2) {
		at := a.rng.IntN(len(c.Energies) + len(row.Params))
		if at < len(c.Energies) {
			c.Energies[at] = a.changed(c.Energies[at], p)
			continue
		}
		q := row.Params[at-len(c.Energies)]
		x := a.changed(q.Of(c), p)
		if q.Unsigned {
			x = math.Abs(x)
		}
		q.Set(&c, x)
	}
	return c
}

// changed is x with a bit changed.
func (a *ascent) changed(x float64, p op.Precision) float64 {
	switch k := a.rng.IntN(12); k {
	case 0:
		return p.Round(2 * x)
	case 1:
		return p.Round(x / 2)
	case 2:
		return -x
	default:
		bits := int(math.Round(-math.Log2(p.Unit())))
		step := math.Ldexp(p.Ulp(x), a.rng.IntN(bits))
		if k%2 == 0 {
			step = -step
		}
		return p.Round(x + step)
	}
}
