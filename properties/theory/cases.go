package theory

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// The cases that most statements of the theory are about. Numbers are short
// decimals: they read well in a counterexample and shrink to small ones. Ties,
// kinks and zeros are drawn on purpose, for random reals hardly ever hit them.

// A table is a finite answer space with free energies that move along one
// parameter: F_i(W) = F_i + S_i·W, looked at in W = 0.
type table struct {
	F    []float64 // energies
	Y    int       // the correct answer
	Beta float64   // inverse temperature
	S    []float64 // slopes ∂F_i/∂W
}

func (c table) String() string {
	return fmt.Sprintf("F=(%s), y=%d, β=%s, ∂F/∂W=(%s)", list(c.F), c.Y, result.Decimal(c.Beta), list(c.S))
}

// energies returns F as real numbers.
func (c table) energies() []exact.Interval { return xs(c.F) }

// moving returns the energies as functions of W: values and slopes.
func (c table) moving() []exact.Dual {
	F := make([]exact.Dual, len(c.F))
	for i := range F {
		F[i] = exact.Dual{V: x(c.F[i]), D: []exact.Interval{x(c.S[i])}}
	}
	return F
}

// steepest returns the largest |∂F/∂W|.
func (c table) steepest() exact.Interval {
	most := 0.0
	for _, s := range c.S {
		most = max(most, math.Abs(s))
	}
	return x(most)
}

// constant is the real number f as a Dual of n derivatives, all zero.
func constant(f float64, n int) exact.Dual { return exact.Const(x(f), n) }

// levels returns how many answers have the least energy, and how many the second least.
func (c table) levels() (least, second int) {
	sorted := slices.Sorted(slices.Values(c.F))
	for _, f := range sorted {
		if f == sorted[0] {
			least++
		} else if f == sorted[least] {
			second++
		}
	}
	return least, second
}

func (c table) tie() bool {
	k, _ := c.levels()
	return k > 1
}

// full reports whether f is no short number.
func full(f float64) bool { return f*(1<<20) != math.Trunc(f*(1<<20)) && math.Round(f*1e6)/1e6 != f }

// tableReach are strata that every statement about tables must reach.
var tableReach = map[string]func(table) bool{
	"tie at the minimum": table.tie,
	"n = 1":              func(c table) bool { return len(c.F) == 1 },
	"n ≥ 7":              func(c table) bool { return len(c.F) >= 7 },
	"2 ≤ k < n tied, n ≥ 4": func(c table) bool {
		k, _ := c.levels()
		return 2 <= k && k < len(c.F) && len(c.F) >= 4
	},
	"three at the second level": func(c table) bool {
		_, k := c.levels()
		return k >= 3
	},
	"β of a full mantissa": func(c table) bool { return full(c.Beta) },
	"β < 1":                func(c table) bool { return c.Beta < 1 },
	"β > 1":                func(c table) bool { return c.Beta > 1 },
	"y not the minimum":    func(c table) bool { return c.F[c.Y] > slices.Min(c.F) },
}

// reachOf returns the strata of tables, or of twins, for cases that contain one.
func reachOf[C, D any](in map[string]func(D) bool, of func(C) D) map[string]func(C) bool {
	r := map[string]func(C) bool{}
	for name, has := range in {
		r[name] = func(c C) bool { return has(of(c)) }
	}
	return r
}

// still shows a table without its slopes.
func still(c table) string {
	return fmt.Sprintf("F=(%s), y=%d, β=%s", list(c.F), c.Y, result.Decimal(c.Beta))
}

// overTables is a statement that holds on every table, whatever its slopes,
// with its planted fault.
func overTables(printed, faulty func(table) finding) statement[table] {
	return statement[table]{cases: tables(), draw: drawTable, show: still, reach: tableReach, printed: printed, faulty: faulty}
}

// tables are the special cases: every vector of up to three of a few small energies, every answer, β = 1, 2 and ½; two energies
// that move alike; and two tables of many answers.
func tables() []table {
	var cs []table
	for _, beta := range []float64{1, 2, 0.5} {
		for n := 1; n <= 3; n++ {
			for F := range draw.Vectors(n, []float64{0, 1, -1, 2}) {
				for y := range n {
					S := make([]float64, n)
					S[y] = 1
					if n > 1 {
						S[(y+1)%n] = -1
					}
					cs = append(cs, table{slices.Clone(F), y, beta, S})
				}
			}
		}
	}
	return append(cs, together, many(40, 0.5), many(100, 2))
}

// together are two equal energies that move alike.
var together = table{F: []float64{0, 0}, Beta: 1, S: []float64{1, 1}}

// many is a table of n answers, with ties at the least energy, at the second least and above.
func many(n int, beta float64) table {
	c := table{Y: n / 2, Beta: beta}
	for i := range n {
		c.F = append(c.F, float64(i*i%17)/4)
		c.S = append(c.S, float64(i%5-2))
	}
	return c
}

// decimal draws k/100 with |k| ≤ most, small k first when shrinking; one in
// four is whole.
func decimal(t *rapid.T, most int, label string) float64 {
	if rapid.IntRange(0, 3).Draw(t, label+" whole") == 0 {
		return float64(rapid.IntRange(-most/100, most/100).Draw(t, label))
	}
	return float64(rapid.IntRange(-most, most).Draw(t, label)) / 100
}

var betas = []float64{1, 2, 0.5, 3, 0.1, 0.25, 5, 10, 1.5, 0.01, 100}

// drawBeta draws one of a few, or any float64 of six decades, 2⁻¹⁰ to 2¹⁰.
func drawBeta(t *rapid.T) float64 {
	if rapid.IntRange(0, 2).Draw(t, "β of a full mantissa") < 2 {
		return rapid.SampledFrom(betas).Draw(t, "β")
	}
	mantissa := rapid.Int64Range(1<<52, 1<<53-1).Draw(t, "β mantissa")
	return math.Ldexp(float64(mantissa), rapid.IntRange(-62, -43).Draw(t, "β exponent"))
}

// drawLength draws a number from lo to 6, in one of eight from 7 to 12.
func drawLength(t *rapid.T, lo int, label string) int {
	n := rapid.IntRange(lo, 6).Draw(t, label)
	if rapid.IntRange(0, 7).Draw(t, "more") == 7 {
		n = rapid.IntRange(7, 12).Draw(t, label)
	}
	return n
}

// drawTable draws one to twelve energies of up to ±9.99; in one of three some answers tie at the minimum, and some at the
// second least energy, in one of eight all are equal.
func drawTable(t *rapid.T) table { return drawTableFrom(t, 1) }

// drawTableFrom is drawTable with lo energies at least.
func drawTableFrom(t *rapid.T, lo int) table {
	n := drawLength(t, lo, "n")
	c := table{F: make([]float64, n), S: make([]float64, n)}
	for i := range c.F {
		c.F[i] = decimal(t, 999, "F")
		c.S[i] = decimal(t, 300, "S")
	}
	switch shape := rapid.IntRange(0, 23).Draw(t, "shape"); {
	case shape >= 16:
		c.layer(rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(1, n).Draw(t, "tied"), rapid.IntRange(0, n-1).Draw(t, "second"))
	case shape >= 13:
		for i := range c.F {
			c.F[i] = c.F[0]
		}
	}
	c.Y = rapid.IntRange(0, n-1).Draw(t, "y")
	c.Beta = drawBeta(t)
	return c
}

// layer gives k answers, those from number i on, the least energy, the next k2 the second least, and raises the others.
func (c table) layer(i, k, k2 int) {
	n, low := len(c.F), slices.Min(c.F)
	gap := float64(1+n*k%7) / 4
	for r := range n {
		switch F := &c.F[(i+r)%n]; {
		case r < k:
			*F = low
		case r < k+k2:
			*F = low + gap
		default:
			*F = max(*F, low+2*gap)
		}
	}
}

// A twin is what a pair loss sees: the energies of the correct answer and of
// the incorrect one, moving along a parameter with slopes S and Sbar.
type twin struct {
	F, Fbar float64
	M       float64 // margin
	Beta    float64
	S, Sbar float64 // ∂F/∂W, ∂F̄/∂W
}

func (c twin) String() string {
	return fmt.Sprintf("F=%s, F̄=%s, m=%s, β=%s, ∂F/∂W=%s, ∂F̄/∂W=%s",
		result.Decimal(c.F), result.Decimal(c.Fbar), result.Decimal(c.M), result.Decimal(c.Beta), result.Decimal(c.S), result.Decimal(c.Sbar))
}

// free returns F and F̄ as free variables: ∂/∂F is the first derivative.
func (c twin) free() (F, Fbar exact.Dual) { return exact.Var(x(c.F), 0, 2), exact.Var(x(c.Fbar), 1, 2) }

// twinReach are strata that every statement about pairs must reach.
var twinReach = map[string]func(twin) bool{
	"F = 0":      func(c twin) bool { return c.F == 0 },
	"F < 0":      func(c twin) bool { return c.F < 0 },
	"F̄ = m":     func(c twin) bool { return c.Fbar == c.M },
	"F̄ < m":     func(c twin) bool { return c.Fbar < c.M },
	"F̄ > m":     func(c twin) bool { return c.Fbar > c.M },
	"m + F = F̄": func(c twin) bool { return c.M+c.F == c.Fbar },
	"m + F > F̄": func(c twin) bool { return c.M+c.F > c.Fbar },
	"m + F < F̄": func(c twin) bool { return c.M+c.F < c.Fbar },
	"F = F̄":     func(c twin) bool { return c.F == c.Fbar },
}

// twins are the special cases: small energies around every kink. In one of thirteen F and F̄ move alike, which hides what
// only differs in ∂F/∂W − ∂F̄/∂W.
func twins() []twin {
	var cs []twin
	for _, m := range []float64{1, 2, 0.5} {
		for v := range draw.Vectors(2, []float64{0, 1, 2, -1, 3, 0.5, -2, 1e-6, 10, -10}) {
			for _, beta := range []float64{1, 2} {
				cs = append(cs, twin{v[0], v[1], m, beta, 1, -1}, twin{v[0], v[1], m, beta, 2, -3})
				if m == 1 && beta == 2 {
					cs = append(cs, twin{v[0], v[1], m, beta, 1, 1})
				}
			}
		}
	}
	return cs
}

// drawTwin draws energies of up to ±9.99 and a margin; in half of the cases
// one of the kinks F = 0, F̄ = m, m + F = F̄, F = F̄ is met exactly.
func drawTwin(t *rapid.T) twin {
	c := twin{
		F: decimal(t, 999, "F"), Fbar: decimal(t, 999, "F̄"),
		M:    float64(rapid.IntRange(1, 40).Draw(t, "m")) / 8, // eighths add up without rounding
		Beta: drawBeta(t),
		S:    decimal(t, 300, "S"), Sbar: decimal(t, 300, "S̄"),
	}
	switch rapid.IntRange(0, 7).Draw(t, "shape") {
	case 4:
		c.F = 0
	case 5:
		c.Fbar = c.M
	case 6:
		c.F = float64(rapid.IntRange(-40, 40).Draw(t, "F")) / 8
		c.Fbar = c.M + c.F
	case 7:
		c.Fbar = c.F
	}
	return c
}

func list(v []float64) string { return strings.Join(result.Each(v, result.Decimal), ", ") }
