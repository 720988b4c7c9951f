package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// least is how many cases of each stratum a claim must see.
const least = 50

// impossibleAnswer is the stratum of calls with an impossible answer.
const impossibleAnswer = "impossible answer"

// strata are those that the cases of an op in regime r and precision p must reach.
func strata(o op.Op, r Regime, p op.Precision) []op.Stratum {
	row := o.Row()
	if row.Of != nil && r == NonFinite {
		return batchOddities
	}
	if r != NonFinite {
		return row.AllStrata(p)
	}
	has := func(is func(float64) bool) func(op.Call) bool {
		return func(c op.Call) bool { return slices.ContainsFunc(c.Energies, is) }
	}
	st := []op.Stratum{
		{Name: "NaN", In: has(math.IsNaN)},
		{Name: impossibleAnswer, In: has(func(f float64) bool { return math.IsInf(f, 1) }), Optional: true},
	}
	if !row.Pair {
		st = append(st, op.Stratum{Name: "two or more impossible of four or more, not all", Of: impossibleAnswer, In: func(c op.Call) bool {
			possible := 0
			for _, f := range c.Energies {
				if !math.IsInf(f, 1) {
					possible++
				}
			}
			return len(c.Energies) >= 4 && possible > 0 && possible <= len(c.Energies)-2
		}})
	}
	if len(row.Params) > 0 {
		st = append(st, op.Stratum{Name: "a parameter is NaN", In: nanParameterAlone, Optional: true})
	}
	if b, ok := row.Scaled(); ok && row.Limits {
		st = append(st,
			op.Stratum{Name: "β = 0", In: func(c op.Call) bool { return b.Of(c) == 0 }, Optional: true},
			op.Stratum{Name: "β = ∞", In: func(c op.Call) bool { return math.IsInf(b.Of(c), 1) }, Optional: true})
	}
	return st
}
