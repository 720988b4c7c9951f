package properties

import (
	"math"
	"slices"
)

// A stratum is a part of the inputs on which believable faults hide. A run
// fails if its cases do not reach each one often enough.
type stratum struct {
	name string
	in   func(Call) bool
}

// least is how many cases of each stratum a claim must see.
const least = 50

func gap(c Call) float64 { return c.Energies[0] - c.Energies[1] }

// strata are those that the cases of op in regime r must reach.
func strata(op Op, r Regime) []stratum {
	s := sends[op]
	if r == NonFinite {
		has := func(is func(float64) bool) func(Call) bool {
			return func(c Call) bool { return slices.ContainsFunc(c.Energies, is) }
		}
		st := []stratum{{"NaN", has(math.IsNaN)}, {"impossible answer", has(func(f float64) bool { return math.IsInf(f, 1) })}}
		if op == Gibbs {
			st = append(st, stratum{"β = 0", func(c Call) bool { return c.Beta == 0 }}, stratum{"β = ∞", func(c Call) bool { return math.IsInf(c.Beta, 1) }})
		}
		return st
	}
	var st []stratum
	if s.beta {
		st = append(st, stratum{"β ≤ 0.1", func(c Call) bool { return c.Beta <= 0.1 }}, stratum{"β ≥ 10", func(c Call) bool { return c.Beta >= 10 }})
	}
	if s.pair {
		ulps := func(a, b float64) bool { return a != b && math.Abs(a-b) <= 4*ulp(max(math.Abs(a), math.Abs(b))) }
		st = append(st,
			stratum{"F = 0", func(c Call) bool { return c.Energies[0] == 0 }},
			stratum{"F < 0", func(c Call) bool { return c.Energies[0] < 0 }},
			stratum{"F = F̄", func(c Call) bool { return gap(c) == 0 }},
			stratum{"a few ulps from F = F̄", func(c Call) bool { return ulps(c.Energies[0], c.Energies[1]) }},
			stratum{"|d| > 37", func(c Call) bool { return math.Abs(gap(c)) > 37 }},
			stratum{"1 < |d| < 20", func(c Call) bool { return math.Abs(gap(c)) > 1 && math.Abs(gap(c)) < 20 }})
		if s.margin {
			st = append(st,
				stratum{"F̄ = m", func(c Call) bool { return c.Energies[1] == c.Margin }},
				stratum{"a few ulps from F̄ = m", func(c Call) bool { return ulps(c.Energies[1], c.Margin) }},
				stratum{"m + F = F̄", func(c Call) bool { return c.Margin+c.Energies[0] == c.Energies[1] }},
				stratum{"m + F > F̄", func(c Call) bool { return c.Margin+c.Energies[0] > c.Energies[1] }})
		}
		return st
	}
	st = append(st,
		stratum{"n = 1", func(c Call) bool { return len(c.Energies) == 1 }},
		stratum{"n ≥ 33", func(c Call) bool { return len(c.Energies) >= 33 }},
		stratum{"tie at the minimum", func(c Call) bool { return table{F: c.Energies}.tie() }})
	if s.beta {
		st = append(st,
			stratum{"one dominant answer", func(c Call) bool { return dominant(c) }},
			stratum{"β = 1", func(c Call) bool { return c.Beta == 1 }})
	}
	if s.answer {
		st = append(st,
			stratum{"y a minimiser", func(c Call) bool { return c.Energies[c.Answer] == slices.Min(c.Energies) }},
			stratum{"y no minimiser", func(c Call) bool { return c.Energies[c.Answer] > slices.Min(c.Energies) }})
	}
	if op == FreeEnergy {
		st = append(st, stratum{"near cancellation", func(c Call) bool {
			s := newSoftmax(c.Energies, c.Beta)
			return len(c.Energies) > 1 && math.Abs(s.logSum-c.Beta*s.low) <= 0x1p-10*c.Beta*math.Abs(s.low)
		}})
	}
	return st
}

// dominant reports whether one of several answers holds all the mass that a
// float64 can show: all others are 36.7/β or more above it.
func dominant(c Call) bool {
	low, next := math.Inf(1), math.Inf(1)
	for _, f := range c.Energies {
		if f < low {
			low, next = f, low
		} else {
			next = min(next, f)
		}
	}
	return len(c.Energies) > 1 && c.Beta*(next-low) >= 36.7
}
