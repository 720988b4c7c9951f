package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// A Regime is a range of inputs with obligations of its own.
type Regime string

// The regimes. In tame and wide both levels are judged; in extreme digits are only
// RECOMMENDED, for no library promises them; NonFinite asks what becomes of
// NaN, of infinities and of the limits β = 0 and β = ∞. Numbers near the
// subnormal ones, and these, are extreme (Precision.Least). What a regime holds
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

// margins are the margins m of the grid, and what γ and, of either sign, the cap M take.
func (r Regime) margins() []float64 {
	switch r {
	case Tame:
		return []float64{1, 0.5, 0, 0.1, 10, -1, 20.5, -2.718281828459045, 1e-9}
	case Wide:
		return []float64{1, 0.1, 0, 1e5, -1, -271828.1828459045}
	case Extreme:
		return []float64{1, 0.1, 0, 1e300, 1e-300, math.SmallestNonzeroFloat64, -1, -1e300}
	default:
		return []float64{1, 0, -1}
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
	if c.Batch != nil {
		return r.fitBatch(c, p)
	}
	c = p.Fit(c, r.least(p))
	if size := r.size(p); r == Wide && p.Short() {
		clamp(c.Energies, size)
		for _, q := range c.Op.Row().Params {
			most := size
			if q.Scale {
				most = r.coldest(p)
			}
			q.Set(&c, max(-most, min(q.Of(c), most)))
		}
	}
	return c
}

// RegimeOf returns the narrowest regime that has c as a case, in precision p.
func RegimeOf(c op.Call, p op.Precision) Regime {
	if c.Batch != nil {
		return regimeOfBatch(c.Batch, p)
	}
	if NonFinite.belongs(c) {
		return NonFinite
	}
	beta, size, least := 1.0, 0.0, math.Inf(1)
	see := func(x float64) {
		size = max(size, math.Abs(x))
		if x != 0 {
			least = min(least, math.Abs(x))
		}
	}
	for _, q := range c.Op.Row().Params {
		if q.Scale {
			beta = q.Of(c)
		} else {
			see(q.Of(c))
		}
	}
	for _, f := range c.Energies {
		see(f)
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

// holds reports whether c is a case of r in precision p: whether r is the
// narrowest regime that has it, or a wider one.
func (r Regime) holds(c op.Call, p op.Precision) bool {
	return r.belongs(c) && slices.Index(Regimes, RegimeOf(c, p)) <= slices.Index(Regimes, r)
}

// belongs reports whether a call with these energies and β is one of the
// regime: the non-finite regime wants something that is not finite.
func (r Regime) belongs(c op.Call) bool {
	if c.Batch != nil {
		return r.batchBelongs(c.Batch)
	}
	finite := func(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
	plain := !slices.ContainsFunc(c.Energies, func(f float64) bool { return !finite(f) })
	for _, q := range c.Op.Row().Params {
		plain = plain && finite(q.Of(c)) && (!q.Scale || q.Of(c) > 0)
	}
	return plain == (r != NonFinite)
}
