package op

import (
	"fmt"
	"math"
	"slices"
)

// A Stratum is a part of the inputs on which believable faults hide. A run
// fails if its cases do not reach each one often enough.
type Stratum struct {
	Name     string
	In       func(Call) bool
	Optional bool // a subject may call it unsupported (PROTOCOL.md: the limits of β)
}

func gap(c Call) float64 { return c.Energies[0] - c.Energies[1] }

// Strata are those that the cases of op in the finite regimes must reach in precision p.
func (op Op) Strata(p Precision) []Stratum {
	var st []Stratum
	in := func(name string, in func(Call) bool) { st = append(st, Stratum{Name: name, In: in}) }
	s := Sends[op]
	far := math.Ceil(p.Thresholds()[2]) // beyond, 1 + e^−|d| = 1
	small := p.Small()
	if s.Beta {
		in("β ≤ 0.1", func(c Call) bool { return c.Beta <= 0.1 })
		in("β ≥ 10", func(c Call) bool { return c.Beta >= 10 })
	}
	if s.Pair {
		few := func(a, b float64) bool { return a != b && math.Abs(a-b) <= 4*p.Ulp(max(math.Abs(a), math.Abs(b))) }
		in("F = 0", func(c Call) bool { return c.Energies[0] == 0 })
		in("F < 0", func(c Call) bool { return c.Energies[0] < 0 })
		in("F = F̄", func(c Call) bool { return gap(c) == 0 })
		in("a few ulps from F = F̄", func(c Call) bool { return few(c.Energies[0], c.Energies[1]) })
		in(fmt.Sprintf("|d| > %v", far), func(c Call) bool { return math.Abs(gap(c)) > far })
		in("1 < |d| < 20", func(c Call) bool { return math.Abs(gap(c)) > 1 && math.Abs(gap(c)) < 20 })
		if s.Margin {
			in("F̄ = m", func(c Call) bool { return c.Energies[1] == c.Margin })
			in("a few ulps from F̄ = m", func(c Call) bool { return few(c.Energies[1], c.Margin) })
			in("m + F = F̄", func(c Call) bool { return c.Margin+c.Energies[0] == c.Energies[1] })
			in("m + F > F̄", func(c Call) bool { return c.Margin+c.Energies[0] > c.Energies[1] })
		}
		if s.Margin || s.Cap {
			m := func(c Call) float64 { return c.Margin + c.Cap }
			in(fmt.Sprintf("0 < m < %.2g", small), func(c Call) bool { return m(c) > 0 && m(c) < small })
			in(fmt.Sprintf("near a kink, 1e-12 to %.2g", small), func(c Call) bool {
				near := min(math.Abs(c.Margin+gap(c)), math.Abs(gap(c)-c.Cap))
				return near > 1e-12 && near < small
			})
		}
		if s.Cap {
			in("0 < d < M", func(c Call) bool { return gap(c) > 0 && gap(c) < c.Cap })
			in("d = M", func(c Call) bool { return gap(c) == c.Cap })
			in("d > M", func(c Call) bool { return gap(c) > c.Cap })
		}
		return st
	}
	in("n = 1", func(c Call) bool { return len(c.Energies) == 1 })
	in("n ≥ 33", func(c Call) bool { return len(c.Energies) >= 33 })
	in("tie at the minimum", func(c Call) bool { return tied(c.Energies) })
	in("all below 0", func(c Call) bool { return slices.Max(c.Energies) < 0 })
	in("the last is lowest", func(c Call) bool {
		n := len(c.Energies)
		return n > 1 && slices.Index(c.Energies, slices.Min(c.Energies)) == n-1
	})
	in("nearly tied", func(c Call) bool { low, next := lowest(c.Energies); return next > low && next-low < small })
	if s.Beta {
		in("one dominant answer", func(c Call) bool { return c.dominant(p) })
		in("β = 1", func(c Call) bool { return c.Beta == 1 })
	}
	if s.Answer {
		in("y a minimiser", func(c Call) bool { return c.Energies[c.Answer] == slices.Min(c.Energies) })
		in("y no minimiser", func(c Call) bool { return c.Energies[c.Answer] > slices.Min(c.Energies) })
		in("y the last of many", func(c Call) bool { return len(c.Energies) > 4 && c.Answer == len(c.Energies)-1 })
	}
	if op == FreeEnergy {
		in("near cancellation", func(c Call) bool {
			s := newSoftmax(c, p.model())
			return len(c.Energies) > 1 && math.Abs(s.logSum-c.Beta*s.low) <= max(0x1p-10, 4*p.Unit())*c.Beta*math.Abs(s.low)
		})
	}
	return st
}

// lowest returns the two lowest of F, equal where they are tied; next is +Inf
// if there is only one.
func lowest(F []float64) (low, next float64) {
	low, next = math.Inf(1), math.Inf(1)
	for _, f := range F {
		if f < low {
			low, next = f, low
		} else {
			next = min(next, f)
		}
	}
	return low, next
}

// tied reports whether several of F are lowest.
func tied(F []float64) bool {
	low, next := lowest(F)
	return low == next && len(F) > 1
}

// dominant reports whether one of several answers holds all the mass that the
// format can show: all others are −ln u/β or more above it, 36.74/β in float64.
func (c Call) dominant(p Precision) bool {
	low, next := lowest(c.Energies)
	return len(c.Energies) > 1 && c.Beta*(next-low) >= p.Thresholds()[2]
}
