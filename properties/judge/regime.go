package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Regime is a range of inputs with obligations of its own.
type Regime string

// The regimes. In tame and wide both levels are judged; in extreme only
// RECOMMENDED, for no library promises it; NonFinite asks what becomes of
// NaN, of infinities and of the limits β = 0 and β = ∞. Numbers near the
// subnormal ones, and these, are extreme (Precision.least). What a regime holds
// depends on the subject's precision: in the formats of 16 bits wide ends where
// squares and βF would overflow in float16, and where the rounding of βF alone
// would be as large as exp can take, 88, in bfloat16.
const (
	Tame      Regime = "tame"      // |F| ≤ 50, β from 0.01 to 100
	Wide      Regime = "wide"      // |F| ≤ 10⁶, β from 10⁻³ to 10³; in 16 bits |F| ≤ 100, β ≤ 100
	Extreme   Regime = "extreme"   // any finite input
	NonFinite Regime = "nonfinite" // with NaN, ±Inf, β = 0 or β = ∞
)

// Regimes lists them, easiest first.
var Regimes = []Regime{Tame, Wide, Extreme, NonFinite}

// special are the energies of the grid in this regime, simplest first.
func (r Regime) special(p op.Precision) []float64 {
	tiny, next, at := p.Smallest(), p.Next(1, 2), p.Thresholds()
	one, zero, most, least := at[2], at[1], at[4], at[5]
	huge := 1e300
	if p != op.Float64 {
		huge = math.Ldexp(1, op.Formats[p].Max*3/4)
	}
	tame := []float64{0, 1, -1, 0.5, 2, math.Ln2, next, math.Copysign(0, -1), one, -zero, most / 100, least / 100, 1e-9, tiny, 50, -50}
	switch r {
	case Tame:
		return tame
	case Wide:
		return append(tame[:10:10], most, -least, at[3], 1e-9, 1e6, -1e6, 1e6-1, 123456.789, tiny)
	case Extreme:
		return append(tame[:9:9], most, -least, tiny, 1e16, huge, -huge, p.Largest(), -p.Largest(), p.Normal(), 1/p.Unit())
	default:
		return []float64{0, 1, -1, math.Inf(1), math.NaN(), math.Inf(-1), 50, 0.1}
	}
}

// betas are the inverse temperatures of the grid.
func (r Regime) betas() []float64 {
	switch r {
	case Tame:
		return []float64{1, 2, 0.5, 100, 0.01}
	case Wide:
		return []float64{1, 2, 1.0 / 3, 1e3, 1e-3}
	case Extreme:
		return []float64{1, 2, 1.0 / 3, 1e300, 1e-300, math.MaxFloat64, math.SmallestNonzeroFloat64}
	default:
		return []float64{1, 2, 0, math.Inf(1)}
	}
}

// margins are the margins m of the grid, and what γ and the cap M take.
func (r Regime) margins() []float64 {
	switch r {
	case Tame:
		return []float64{1, 0.5, 0, 0.1, 10}
	case Wide:
		return []float64{1, 0.1, 0, 1e5}
	case Extreme:
		return []float64{1, 0.1, 0, 1e300, 1e-300, math.SmallestNonzeroFloat64}
	default:
		return []float64{1, 0}
	}
}

// size is the largest |F| that the regime draws, and the largest margin.
func (r Regime) size(p op.Precision) float64 {
	switch {
	case r == Tame:
		return 50
	case r == Wide && p.Short():
		return 100
	case r == Wide:
		return 1e6
	default:
		return math.MaxFloat64
	}
}

// least is the smallest positive number in the calls of the regime.
func (r Regime) least(p op.Precision) float64 {
	if r == Extreme {
		return p.Smallest()
	}
	return p.Least()
}

// coldest is the largest β of the tame and wide regimes.
func (r Regime) coldest(p op.Precision) float64 {
	if r == Wide && !p.Short() {
		return 1e3
	}
	return 100
}

// fit returns c with numbers that the precision holds and that are of the
// regime in that precision.
func (r Regime) fit(c op.Call, p op.Precision) op.Call {
	c = p.Fit(c, r.least(p))
	if size := r.size(p); r == Wide && p.Short() {
		clamp(c.Energies, size)
		c.Margin, c.Gamma, c.Cap = min(c.Margin, size), min(c.Gamma, size), min(c.Cap, size)
		c.Beta = min(c.Beta, r.coldest(p))
	}
	return c
}

// RegimeOf returns the narrowest regime that has c as a case, in precision p.
func RegimeOf(c op.Call, p op.Precision) Regime {
	if NonFinite.belongs(c) {
		return NonFinite
	}
	beta := c.Beta
	if !op.Sends[c.Op].Beta {
		beta = 1
	}
	size, least := 0.0, math.Inf(1)
	for _, x := range append([]float64{c.Margin, c.Gamma, c.Cap}, c.Energies...) {
		size = max(size, math.Abs(x))
		if x != 0 {
			least = min(least, math.Abs(x))
		}
	}
	switch {
	case least < p.Least():
		return Extreme
	case size <= Tame.size(p) && beta >= p.Round(0.01) && beta <= Tame.coldest(p):
		return Tame
	case size <= Wide.size(p) && beta >= p.Round(1e-3) && beta <= Wide.coldest(p):
		return Wide
	default:
		return Extreme
	}
}

// levels are the levels at which claims are judged in r, the strictest first.
func (r Regime) levels() []result.Level {
	if r == Extreme {
		return []result.Level{result.Recommended}
	}
	return []result.Level{result.Required, result.Recommended}
}

// holds reports whether c is a case of r in precision p: whether r is the
// narrowest regime that has it, or a wider one.
func (r Regime) holds(c op.Call, p op.Precision) bool {
	return r.belongs(c) && slices.Index(Regimes, RegimeOf(c, p)) <= slices.Index(Regimes, r)
}

// belongs reports whether a call with these energies and β is one of the
// regime: the non-finite regime wants something that is not finite.
func (r Regime) belongs(c op.Call) bool {
	finite := func(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
	s := op.Sends[c.Op]
	plain := !slices.ContainsFunc(c.Energies, func(f float64) bool { return !finite(f) }) && (!s.Beta || finite(c.Beta) && c.Beta > 0)
	return plain == (r != NonFinite)
}

// grid is the deterministic part of the cases: special values × small n ×
// every answer × β, margins and the like, simplest first.
func grid(o op.Op, r Regime, p op.Precision) []op.Call {
	s := op.Sends[o]
	var calls []op.Call
	add := func(c op.Call) {
		if r.belongs(c) {
			calls = append(calls, r.fit(c, p))
		}
	}
	betas, margins := []float64{0}, []float64{0}
	if s.Beta {
		betas = r.betas()
		if r == NonFinite && o != op.Gibbs {
			betas = betas[:2] // only gibbs is asked for the limits β = 0 and β = ∞
		}
	}
	if s.Margin || s.Gamma || s.Cap {
		margins = r.margins()
	}
	set := func(F []float64, y int, beta, m float64) op.Call {
		c := op.Call{Op: o, Energies: F, Answer: y}
		if s.Beta {
			c.Beta = beta
		}
		if s.Margin {
			c.Margin = m
		}
		if s.Gamma && m > 0 {
			c.Gamma = m
		} else if s.Gamma {
			c.Gamma = 3
		}
		if s.Cap {
			c.Cap = m
		}
		return c
	}
	for _, beta := range betas {
		for _, m := range margins {
			if s.Pair {
				for v := range draw.Vectors(2, r.special(p)) {
					add(set(slices.Clone(v), 0, beta, m))
				}
				for _, c := range kinks(r, m, p) {
					add(set(c, 0, beta, m))
				}
				continue
			}
			for n := 1; n <= 3; n++ {
				values := r.special(p)
				if n == 3 {
					values = values[:min(9, len(values))]
				}
				for v := range draw.Vectors(n, values) {
					for y := range answers(s, n) {
						add(set(slices.Clone(v), y, beta, m))
					}
				}
			}
			for _, n := range lengths(beta == betas[0]) {
				for _, F := range longer(n, r) {
					add(set(F, 0, beta, m))
					if s.Answer {
						add(set(F, n/2, beta, m))
						add(set(F, n-1, beta, m))
					}
				}
			}
		}
	}
	return calls
}

// answers is how many answers of n the op is asked about.
func answers(s op.Sent, n int) int {
	if s.Answer {
		return n
	}
	return 1
}

// lengths are the n of the longer vectors: every one to 16, then fewer, and
// with far also those on both sides of the blocks that loops are unrolled by.
func lengths(far bool) []int {
	var ns []int
	for n := 4; n <= 40; n += 1 + n/16 {
		ns = append(ns, n)
	}
	if far {
		ns = append(ns, 63, 64, 65, 129, 257, 1025)
	}
	return ns
}

// kinks are pairs at the kinks of the pair losses and one ulp to either side:
// F = 0, F̄ = m, m + F = F̄, F = F̄, and at the thresholds of exp.
func kinks(r Regime, m float64, p op.Precision) [][]float64 {
	if r == NonFinite {
		return nil
	}
	var pairs [][]float64
	seen := map[[2]float64]bool{}
	add := func(F, Fbar float64) {
		if !seen[[2]float64{F, Fbar}] {
			seen[[2]float64{F, Fbar}] = true
			pairs = append(pairs, []float64{F, Fbar})
		}
	}
	around := func(f float64) []float64 {
		f = p.Round(f)
		return []float64{f, p.Next(f, math.Inf(1)), p.Next(f, math.Inf(-1))}
	}
	for _, F := range []float64{0, 1, -1, 0.1, 0.3, -7.3, 1.0 / 3} {
		for _, Fbar := range slices.Concat(around(m), around(m+F), around(F), around(F-m)) {
			add(F, Fbar)
		}
		for _, t := range p.Thresholds() {
			if t <= r.size(p) {
				add(F, F+t)
				add(F, F-t)
			}
		}
	}
	for _, F := range around(0)[1:] { // an ulp from F = 0
		add(F, m)
		add(F, F+m)
		add(F, 1)
	}
	return pairs
}

// longer are vectors of n energies: all equal, a ramp, one low, one high, two
// tied at the minimum, alternating, and a ramp below 0 that falls to the last.
func longer(n int, r Regime) [][]float64 {
	if r == NonFinite {
		F := make([]float64, n)
		F[n-1] = math.NaN()
		G := make([]float64, n)
		G[0] = math.Inf(1)
		H := make([]float64, n)
		H[n/2], H[n-1] = math.NaN(), math.Inf(1)
		return [][]float64{F, G, H}
	}
	shapes := make([][]float64, 7)
	for k := range shapes {
		F := make([]float64, n)
		for i := range F {
			switch k {
			case 0:
				F[i] = 1
			case 1:
				F[i] = float64(i%90) / 2
			case 2:
				F[i] = 40
			case 4:
				F[i] = 3
			case 5:
				F[i] = float64(i % 2 * 7)
			case 6:
				F[i] = -1 - float64(i)*40/float64(n-1)
			}
		}
		switch k {
		case 2:
			F[n/2] = 0
		case 3:
			F[n-1] = 30
		case 4:
			F[0], F[n-1] = -2, -2
		}
		shapes[k] = F
	}
	return shapes
}

// least is how many cases of each stratum a claim must see.
const least = 50

// strata are those that the cases of op in regime r and precision p must reach.
func strata(o op.Op, r Regime, p op.Precision) []op.Stratum {
	if r != NonFinite {
		return o.Strata(p)
	}
	has := func(is func(float64) bool) func(op.Call) bool {
		return func(c op.Call) bool { return slices.ContainsFunc(c.Energies, is) }
	}
	st := []op.Stratum{
		{Name: "NaN", In: has(math.IsNaN)},
		{Name: "impossible answer", In: has(func(f float64) bool { return math.IsInf(f, 1) })},
	}
	if o == op.Gibbs {
		st = append(st,
			op.Stratum{Name: "β = 0", In: func(c op.Call) bool { return c.Beta == 0 }, Optional: true},
			op.Stratum{Name: "β = ∞", In: func(c op.Call) bool { return math.IsInf(c.Beta, 1) }, Optional: true})
	}
	return st
}
