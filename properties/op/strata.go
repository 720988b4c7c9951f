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
	Optional bool   // a subject may call it unsupported: the limits of β, impossible answers
	Of       string // the optional stratum that it is a part of: it is owed where any of that is supported
	Enough   int    // so many cases will do, for they are dear; 0: as many as of any other
}

// longOnes is how many long cases will do.
const longOnes = 10

// AllStrata are those that the cases of the op in the finite regimes must reach in
// precision p: of its shape, and its own.
func (r *Row) AllStrata(p Precision) []Stratum {
	if r.Of != nil {
		return r.Strata(p)
	}
	var st []Stratum
	if b, ok := r.Scaled(); ok {
		st = append(st,
			Stratum{Name: "β ≤ 0.1", In: func(c Call) bool { return b.Of(c) <= 0.1 }},
			Stratum{Name: "β ≥ 10", In: func(c Call) bool { return b.Of(c) >= 10 }})
	}
	st = append(st, r.paramStrata()...)
	if r.Pair {
		st = append(st, pairStrata(p)...)
	} else {
		st = append(st, r.listStrata(p)...)
	}
	if r.Strata != nil {
		st = append(st, r.Strata(p)...)
	}
	return st
}

// paramStrata are those of the parameters: what a formatted number would lose, and, where
// no range of a user says otherwise, either sign and any size.
func (r *Row) paramStrata() []Stratum {
	var st []Stratum
	for _, q := range r.Params {
		st = append(st, Stratum{Name: q.Symbol + " of five digits or more", In: func(c Call) bool { return !short(q.Of(c)) }})
		if q.Scale || q.Within != (Within{}) {
			continue
		}
		st = append(st, Stratum{Name: q.Symbol + " > 20", In: func(c Call) bool { return q.Of(c) > 20 }})
		if !q.Unsigned {
			st = append(st, Stratum{Name: q.Symbol + " < 0", In: func(c Call) bool { return q.Of(c) < 0 }})
		}
	}
	return st
}

// short reports whether x is within a rounding of a decimal of four digits.
func short(x float64) bool {
	if x == 0 || math.IsInf(x, 0) {
		return true
	}
	unit := math.Pow10(int(math.Floor(math.Log10(math.Abs(x)))) - 3)
	return math.Abs(x-math.Round(x/unit)*unit) <= 1e-6*math.Abs(x)
}

// few reports whether a and b are up to four ulps apart, but not the same.
func (p Precision) few(a, b float64) bool {
	return a != b && math.Abs(a-b) <= 4*p.Ulp(max(math.Abs(a), math.Abs(b)))
}

// pairStrata are those of every loss of a pair.
func pairStrata(p Precision) []Stratum {
	far := math.Ceil(p.Thresholds()[2]) // beyond, 1 + e^−|d| = 1
	return []Stratum{
		{Name: "F = 0", In: func(c Call) bool { return c.Energies[0] == 0 }},
		{Name: "F < 0", In: func(c Call) bool { return c.Energies[0] < 0 }},
		{Name: "F = F̄", In: func(c Call) bool { return d(c) == 0 }},
		{Name: "a few ulps from F = F̄", In: func(c Call) bool { return p.few(c.Energies[0], c.Energies[1]) }},
		{Name: fmt.Sprintf("|d| > %v", far), In: func(c Call) bool { return math.Abs(d(c)) > far }},
		{Name: "1 < |d| < 20", In: func(c Call) bool { return math.Abs(d(c)) > 1 && math.Abs(d(c)) < 20 }},
	}
}

// marginStrata are those of a loss with a margin: around the kinks F̄ = m and
// m + F = F̄.
func marginStrata(p Precision) []Stratum {
	return []Stratum{
		{Name: "F̄ = m", In: func(c Call) bool { return c.Energies[1] == c.Margin }},
		{Name: "a few ulps from F̄ = m", In: func(c Call) bool { return p.few(c.Energies[1], c.Margin) }},
		{Name: "m + F = F̄", In: func(c Call) bool { return c.Margin+c.Energies[0] == c.Energies[1] }},
		{Name: "m + F > F̄", In: func(c Call) bool { return c.Margin+c.Energies[0] > c.Energies[1] }},
		small(p, func(c Call) float64 { return c.Margin }),
		nearKink(p, func(c Call) float64 { return min(math.Abs(c.Margin+d(c)), math.Abs(d(c))) }),
	}
}

// small is the stratum of a margin or cap that a tolerance would swallow.
func small(p Precision, m func(Call) float64) Stratum {
	most := p.Small()
	return Stratum{Name: fmt.Sprintf("0 < m < %.2g", most), In: func(c Call) bool { return m(c) > 0 && m(c) < most }}
}

// nearKink is the stratum of what a tolerance around a kink would swallow.
func nearKink(p Precision, distance func(Call) float64) Stratum {
	most := p.Small()
	return Stratum{Name: fmt.Sprintf("near a kink, 1e-12 to %.2g", most), In: func(c Call) bool {
		near := distance(c)
		return near > 1e-12 && near < most
	}}
}

// listStrata are those of every op of n energies.
func (r *Row) listStrata(p Precision) []Stratum {
	var st []Stratum
	if r.Least() == 1 {
		st = append(st, Stratum{Name: "n = 1", In: func(c Call) bool { return len(c.Energies) == 1 }})
	}
	st = append(st, []Stratum{
		{Name: "8 < n ≤ 40", In: func(c Call) bool { return len(c.Energies) > 8 && len(c.Energies) <= 40 }},
		{Name: "n ≥ 33", In: func(c Call) bool { return len(c.Energies) >= 33 }},
		{Name: "n > 1024", In: func(c Call) bool { return len(c.Energies) > 1024 }, Enough: longOnes},
		{Name: "the lowest is an odd one beyond 256", In: func(c Call) bool { return beyond256(slices.Index(c.Energies, slices.Min(c.Energies))) }, Enough: longOnes},
		{Name: "small gaps far from 0", In: func(c Call) bool { return offset(c.Energies) }},
		{Name: "tie at the minimum", In: func(c Call) bool { return tied(c.Energies) }},
		{Name: "all below 0", In: func(c Call) bool { return slices.Max(c.Energies) < 0 }},
		{Name: "the last is lowest", In: func(c Call) bool {
			n := len(c.Energies)
			return n > 1 && slices.Index(c.Energies, slices.Min(c.Energies)) == n-1
		}},
		{Name: "nearly tied", In: func(c Call) bool { low, next := lowest(c.Energies); return next > low && next-low < p.Small() }},
	}...)
	if b, ok := r.Scaled(); ok {
		st = append(st,
			Stratum{Name: "one dominant answer", In: func(c Call) bool { return dominant(c.Energies, b.Of(c), p) }},
			Stratum{Name: "β = 1", In: func(c Call) bool { return b.Of(c) == 1 }},
			Stratum{Name: "n ≥ 33, β ≠ 1 and gaps beyond the end of exp", In: func(c Call) bool {
				F, beta := c.Energies, b.Of(c)
				return len(F) >= 33 && beta != 1 && beta*(slices.Max(F)-slices.Min(F)) > p.Thresholds()[4]
			}, Enough: longOnes})
	}
	if r.Answer {
		st = append(st,
			Stratum{Name: "y a minimiser", In: func(c Call) bool { return c.Energies[c.Answer] == slices.Min(c.Energies) }},
			Stratum{Name: "y no minimiser", In: func(c Call) bool { return c.Energies[c.Answer] > slices.Min(c.Energies) }},
			Stratum{Name: "y an odd one beyond 256", In: func(c Call) bool { return beyond256(c.Answer) }, Enough: longOnes},
			Stratum{Name: "y the last of many", In: func(c Call) bool { return len(c.Energies) > 4 && c.Answer == len(c.Energies)-1 }})
	}
	return st
}

// beyond256 reports whether an index is odd and beyond 256: bfloat16 does not hold it.
func beyond256(i int) bool { return i > 256 && i%2 == 1 }

// offset reports whether several energies lie close together, far from 0.
func offset(F []float64) bool {
	low, high := slices.Min(F), slices.Max(F)
	return len(F) >= 3 && low < high && high-low <= min(math.Abs(low), math.Abs(high))/5
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
func dominant(F []float64, beta float64, p Precision) bool {
	low, next := lowest(F)
	return len(F) > 1 && beta*(next-low) >= p.Thresholds()[2]
}
