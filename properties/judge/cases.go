package judge

import (
	"iter"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
)

// Cases are the cases of one op in one regime and precision. They are a stream: none
// is kept.
type Cases struct {
	op     op.Op
	regime Regime
	in     op.Precision
	stored []op.Call // counterexamples of earlier runs

	sequences []sequence // and those that need other calls beside them

	fixed  bool   // whether the grid and the regressions come before the random cases
	oneIn  int    // of so many cases of the grid one is asked
	seed   uint64 // of the first random case; the i-th has seed + i
	checks int    // random cases promised
	draw   *rapid.Generator[op.Call]
	strata []op.Stratum
	costs  *Costs // where it is counted what they take; nil: nowhere
}

// NewCases are the cases of op o in r and p: the grid and the regressions, then checks
// random ones. Those stored by earlier runs are asked first, and told after the grid:
// of two counterexamples the one of the grid is the simpler.
func NewCases(o op.Op, r Regime, p op.Precision, seed uint64, checks int, stored ...op.Call) Cases {
	cs := RandomCases(o, r, p, seed, 0, checks)
	cs.fixed, cs.oneIn, cs.stored = true, 1, stored
	return cs
}

// Thinned are cs with one in n cases of the grid, the first of each n.
func (cs Cases) Thinned(n int) Cases {
	cs.oneIn = n
	return cs
}

// RandomCases are the random cases from, …, to − 1 of NewCases with this seed, alone.
func RandomCases(o op.Op, r Regime, p op.Precision, seed uint64, from, to int) Cases {
	cs := Cases{op: o, regime: r, in: p, checks: to - from, strata: strata(o, r, p),
		seed: draw.Seed(seed, string(o)+"/"+string(r)) + uint64(from)}
	if row := o.Row(); row.Of != nil {
		cs.draw, cs.checks = drawBatch(row.Of, r, p), max(1, cs.checks/fewer)
	} else {
		cs.draw = drawCall(o, r, p)
	}
	return cs
}

// alone is the call c as a case.
func alone(c op.Call, r Regime, p op.Precision) Cases {
	return Cases{op: c.Op, regime: r, in: p, stored: []op.Call{c}}
}

// grid are the cases that are not random.
func (cs Cases) grid() iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		if !cs.fixed {
			return
		}
		laid := grid(cs.op, cs.regime, cs.in)
		if of := cs.op.Row().Of; of != nil {
			laid = batchGrid(of, cs.regime, cs.in)
		}
		k := 0
		for c := range laid {
			if k%cs.oneIn == 0 && !yield(c) {
				return
			}
			k++
		}
		for _, c := range slices.Concat(regressions(cs.op, cs.regime), hardest(cs.op, cs.regime, cs.in)) { // less simple than the grid
			if !yield(cs.regime.fit(c, cs.in)) {
				return
			}
		}
	}
}

// random is the i-th random case.
func (cs Cases) random(i int) op.Call { return draw.Example(cs.draw, cs.seed+uint64(i)) }

// Calls are the cases as calls: the grid, then as many random ones as are promised.
func (cs Cases) Calls() iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		for c := range cs.grid() {
			if !yield(c) {
				return
			}
		}
		for i := range cs.checks {
			if !yield(cs.random(i)) {
				return
			}
		}
	}
}

// Strata returns how many of the first checks random cases of op o in r, in float64,
// are in each stratum that the claims about o in r want reached, and the strata in order.
func Strata(o op.Op, r Regime, seed uint64, checks int) (names []string, cases map[string]int) {
	cs := RandomCases(o, r, op.Float64, seed, 0, checks)
	cases = map[string]int{}
	for _, s := range cs.strata {
		names = append(names, s.Name)
		cases[s.Name] = 0
	}
	for i := range checks {
		c := cs.random(i)
		for _, s := range cs.strata {
			if s.In(c) {
				cases[s.Name]++
			}
		}
	}
	return names, cases
}

// Strata names the strata of c among those that the claims about its op want reached.
func (cs Cases) Strata(c op.Call) []string { return cs.stratify([]op.Call{c})[0] }
