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

// weights returns w_i = e^{−βF_i}.
func weights(c table) []exact.Interval {
	w := c.energies()
	for i, f := range w {
		w[i] = x(c.Beta).Mul(f).Neg().Exp()
	}
	return w
}

// moving returns the energies as functions of W: values and slopes.
func (c table) moving() []exact.Dual {
	F := make([]exact.Dual, len(c.F))
	for i := range F {
		F[i] = exact.Dual{V: x(c.F[i]), D: []exact.Interval{x(c.S[i])}}
	}
	return F
}

// constant is the real number f as a Dual of n derivatives, all zero.
func constant(f float64, n int) exact.Dual { return exact.Const(x(f), n) }

func (c table) tie() bool {
	m, k := math.Inf(1), 0
	for _, f := range c.F {
		switch {
		case f < m:
			m, k = f, 1
		case f == m:
			k++
		}
	}
	return k > 1
}

// tableReach are strata that every statement about tables must reach.
var tableReach = map[string]func(table) bool{
	"tie at the minimum": table.tie,
	"n = 1":              func(c table) bool { return len(c.F) == 1 },
	"n ≥ 5":              func(c table) bool { return len(c.F) >= 5 },
	"β < 1":              func(c table) bool { return c.Beta < 1 },
	"β > 1":              func(c table) bool { return c.Beta > 1 },
	"y not the minimum":  func(c table) bool { return c.F[c.Y] > slices.Min(c.F) },
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

// tables are the special cases, smallest first: every vector of up to three
// of a few small energies, every answer, β = 1, 2 and ½.
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
	return cs
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

// drawTable draws one to six energies of up to ±9.99; in one of three the
// minimum is tied, in one of eight all are equal.
func drawTable(t *rapid.T) table {
	n := rapid.IntRange(1, 6).Draw(t, "n")
	c := table{F: make([]float64, n), S: make([]float64, n)}
	for i := range c.F {
		c.F[i] = decimal(t, 999, "F")
		c.S[i] = decimal(t, 300, "S")
	}
	switch shape := rapid.IntRange(0, 23).Draw(t, "shape"); {
	case shape >= 16: // tie at the minimum
		c.F[rapid.IntRange(0, n-1).Draw(t, "tied")] = slices.Min(c.F)
	case shape >= 13:
		for i := range c.F {
			c.F[i] = c.F[0]
		}
	}
	c.Y = rapid.IntRange(0, n-1).Draw(t, "y")
	c.Beta = rapid.SampledFrom(betas).Draw(t, "β")
	return c
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

// twins are the special cases, smallest first: small energies around every
// kink.
func twins() []twin {
	var cs []twin
	for _, m := range []float64{1, 2, 0.5} {
		for v := range draw.Vectors(2, []float64{0, 1, 2, -1, 3, 0.5, -2, 1e-6, 10, -10}) {
			for _, beta := range []float64{1, 2} {
				cs = append(cs, twin{v[0], v[1], m, beta, 1, 1}, twin{v[0], v[1], m, beta, 2, -3})
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
		Beta: rapid.SampledFrom(betas).Draw(t, "β"),
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
