package theory

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// groundOf is a ground of cases of type C.
type groundOf[C any] struct {
	cases   func() []C // special values, smallest first
	draw    func(*rapid.T) C
	reach   map[string]func(C) bool // strata that the cases must reach
	numbers func(C) numbers
}

// Numbers are what a case gives to formulas: the energies and other numbers of the answers, the correct one's first, and scalars.
type numbers struct {
	F       []float64
	y       int // where the correct answer stands when the case is shown
	scalars map[string]float64
	vectors map[string][]float64
}

// anyTable is the ground of tables: F, y, β, and S = ∂F/∂W.
var anyTable = groundOf[table]{cases: tables, draw: drawTable, reach: tableReach, numbers: table.numbers}

// anyTwin is the ground of pairs: F, F̄, β, a margin m > 0, and S.
var anyTwin = groundOf[twin]{
	cases: func() []twin { return append(twins(), brinks()...) },
	draw:  drawTwin, reach: twinReach, numbers: twin.numbers,
}

// aimed is the ground g with as many cases more, each turned by at, so that the if of a statement is met in half of them or more.
func (g groundOf[C]) aimed(at func(C) C) groundOf[C] {
	cases, draw := g.cases, g.draw
	g.cases = func() (cs []C) {
		for _, c := range cases() {
			cs = append(cs, c, at(c))
		}
		return cs
	}
	g.draw = func(t *rapid.T) C {
		c := draw(t)
		if rapid.Bool().Draw(t, "turned") {
			return at(c)
		}
		return c
	}
	return g
}

// highTwin is anyTwin with F̄ above the margin in most cases.
var highTwin = anyTwin.aimed(func(c twin) twin {
	c.Fbar = max(c.Fbar, mirrored(c.M, c.Fbar))
	return c
})

// metTwin is anyTwin with m + F ≤ F̄ in most cases.
var metTwin = anyTwin.aimed(func(c twin) twin {
	c.Fbar = max(c.Fbar, mirrored(c.M+c.F, c.Fbar))
	return c
})

// mirrored returns what lies as far beyond a as x lies before it, to six decimals.
func mirrored(a, x float64) float64 { return math.Round((2*a-x)*1e6) / 1e6 }

// mildTable is anyTable with β ≤ 5.
var mildTable = anyTable.mild(5, func(c *table) *float64 { return &c.Beta })

// mild is the ground g with β ≤ most. At 5 no e^{−βF} is so far below another, 2⁻¹⁴⁵, that a sum of both counts as the
// larger one; at 3 the two are no farther apart than 2⁻⁸⁷, and Z is not 1 to a hundred bits.
func (g groundOf[C]) mild(most float64, beta func(*C) *float64) groundOf[C] {
	draw := g.draw
	g.draw = func(t *rapid.T) C {
		c := draw(t)
		*beta(&c) = min(*beta(&c), most)
		return c
	}
	return g
}

// beside is the ground g with more special cases.
func (g groundOf[C]) beside(more ...C) groundOf[C] {
	cases := g.cases
	g.cases = func() []C { return append(cases(), more...) }
	return g
}

// A massed table has any Z > 0 beside it: that of an integral as well as that of a sum.
type massed struct {
	table
	Z float64
}

// anyMass is the ground of tables and a Z.
var anyMass = groundOf[massed]{
	cases: func() []massed {
		cs := []massed{{table{F: []float64{0}, Beta: 100, S: []float64{1}}, math.Sqrt(math.Pi / 100)}}
		for _, c := range tables() {
			cs = append(cs, massed{c, c.sum()}, massed{c, 1}, massed{c, 0.5})
		}
		return cs
	},
	draw: func(t *rapid.T) massed {
		c := massed{drawTable(t), 1}
		switch rapid.IntRange(0, 3).Draw(t, "Z") {
		case 1, 2:
			c.Z = float64(rapid.IntRange(1, 1000).Draw(t, "100 Z")) / 100
		case 3:
			c.Z = c.sum()
		}
		return c
	},
	reach:   reachOf(tableReach, func(c massed) table { return c.table }),
	numbers: func(c massed) numbers { return c.table.numbers().with("Z", c.Z) },
}

// One answer beside others: its measure Mu, and what the integral over the others comes to.
type one struct {
	table
	Mu, R float64
}

// oneOfMany is the ground of an answer, counted or weighed or one of a continuum, and of others.
var oneOfMany = groundOf[one]{
	cases: func() []one {
		cs := []one{{table{F: []float64{0}, Beta: 100, S: []float64{0}}, 0, math.Sqrt(math.Pi / 100)}}
		for _, F := range []float64{0, 1, -1, 2} {
			for _, mu := range []float64{1, 0, 0.5, 2} {
				for _, r := range []float64{0, 1, 0.5, 0.25, 2} {
					if mu+r > 0 {
						cs = append(cs, one{table{F: []float64{F}, Beta: 1, S: []float64{0}}, mu, r})
					}
				}
			}
		}
		return cs
	},
	draw: func(t *rapid.T) one {
		c := one{table{F: []float64{decimal(t, 999, "F")}, Beta: drawBeta(t), S: []float64{0}}, 1, 0}
		c.Mu = rapid.SampledFrom([]float64{1, 1, 1, 0, 0, 0.5, 2, 1.5}).Draw(t, "μ")
		lo := 0
		if c.Mu == 0 { // there are others
			lo = 1
		}
		c.R = float64(rapid.IntRange(lo, 300).Draw(t, "100 r")) / 100
		return c
	},
	reach: map[string]func(one) bool{
		"counted":     func(c one) bool { return c.Mu == 1 },
		"a continuum": func(c one) bool { return c.Mu == 0 },
		"weighed":     func(c one) bool { return c.Mu == 0.5 },
		"alone":       func(c one) bool { return c.Mu == 1 && c.R == 0 },
	},
	numbers: func(c one) numbers { return c.table.numbers().with("mu", c.Mu).with("r", c.R) },
}

// sum returns Σ e^{−βF} as a float64, or the nearest positive one that is finite.
func (c table) sum() float64 {
	Z := 0.0
	for _, f := range c.F {
		Z += math.Exp(-c.Beta * f)
	}
	return min(max(Z, math.SmallestNonzeroFloat64), math.MaxFloat64)
}

func (c table) numbers() numbers {
	return numbers{first(c.F, c.Y), c.Y, map[string]float64{"beta": c.Beta}, map[string][]float64{"S": first(c.S, c.Y)}}
}

func (c twin) numbers() numbers {
	return numbers{[]float64{c.F, c.Fbar}, 0, map[string]float64{"beta": c.Beta, "m": c.M}, map[string][]float64{"S": {c.S, c.Sbar}}}
}

// with returns the numbers and one more.
func (c numbers) with(name string, x float64) numbers {
	c.scalars[name] = x
	return c
}

// first returns v with v_y before the others.
func first(v []float64, y int) []float64 {
	return slices.Concat(v[y:y+1], v[:y], v[y+1:])
}

// back undoes first.
func back(v []float64, y int) []float64 {
	return slices.Concat(v[1:y+1], v[:1], v[y+1:])
}

// Mentioned are the numbers by which a case is shown: those that the formulas of a claim mention.
type mentioned struct {
	scalars, vectors []string
	pair, y, ybar    bool
	energies         bool // F itself, p or the number of answers
}

func mentions(f formulas) (m mentioned) {
	m.pair = true
	for _, text := range append([]string{f.printed, f.condition, f.corrected, f.fault}, slices.Concat(f.only, f.accident)...) {
		if text == "" {
			continue
		}
		s := parsed(text)
		m.pair = m.pair && s.Pair
		m.scalars, m.vectors = append(m.scalars, s.Params...), append(m.vectors, s.Vectors...)
		var look func(e *formula.Expr)
		look = func(e *formula.Expr) {
			m.y, m.ybar = m.y || e.Index == "y", m.ybar || e.Index == "ybar"
			m.energies = m.energies || e.Op == "F" || e.Op == "p" || e.Op == "n"
			for _, a := range e.Args {
				look(a)
			}
		}
		for _, r := range slices.Concat(s.Says, s.When) {
			for _, e := range r.Terms {
				look(e)
			}
		}
		for _, d := range s.Where {
			look(d.Expr)
		}
	}
	return m
}

// show writes a case as a person would: F=0, F̄=1, m=1, or F=(0, 1, 2), y=1, β=2.
func (m mentioned) show(c numbers) string {
	m.pair = m.pair && (len(c.F) == 2 || !m.ybar)
	var parts []string
	add := func(name, value string) { parts = append(parts, name+"="+value) }
	each := func(name string, v []float64) {
		if !m.pair {
			add(name, "("+list(back(v, c.y))+")")
			return
		}
		if m.y {
			add(name, result.Decimal(v[0]))
		}
		if m.ybar {
			add(strings.ReplaceAll(name, "F", "F̄"), result.Decimal(v[1]))
		}
	}
	if m.energies {
		each("F", c.F)
		if !m.pair {
			add("y", fmt.Sprint(c.y))
		}
	}
	letter := func(name string) string { return formula.MustParse(name).Unicode() }
	for _, name := range slices.Sorted(maps.Keys(c.scalars)) {
		if slices.Contains(m.scalars, name) {
			add(letter(name), result.Decimal(c.scalars[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.vectors)) {
		switch {
		case !slices.Contains(m.vectors, name):
		case name == "S":
			each("∂F/∂W", c.vectors[name])
		default:
			add(letter(name), "("+list(back(c.vectors[name], c.y))+")")
		}
	}
	return strings.Join(parts, ", ")
}
