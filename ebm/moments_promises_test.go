package ebm

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/ebm/twofold"
	"ebmcheck/properties/exact"
)

// A spreader is SampleVariance, or what is planted for it.
type spreader func(g *Gibbs) float64

// levelled are weights that are all but equal, to any depth.
func levelled(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
	n, little := 2+r.IntN(6), magnitude(r, -34, -1)
	F, mass = make([]float64, n), slices.Repeat([]float64{magnitude(r, -3, 3)}, n)
	for i := range F {
		F[i] = little * r.NormFloat64()
		if r.IntN(4) == 0 { // what the mass adds, the energy takes away
			mass[i] *= 1 + float64(r.IntN(9))*0x1p-40
			F[i] += math.Log(mass[i] / mass[0])
		}
	}
	return F, 1, mass, nil
}

// asSpread compares with (n Σw² − (Σw)²)/((n − 1)(Σw)²) in enclosures: the root may be off by
// 2⁻⁹⁰ √Σp², the value by one rounding besides.
func asSpread(of spreader, from draw) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		const prec = 1200
		number := func(x float64) exact.Interval { return exact.Of(x, prec) }
		F, beta, mass, _ := from(r)
		low, n := math.Inf(1), float64(len(F))
		for j, f := range F {
			if mass[j] > 0 {
				low = min(low, f)
			}
		}
		if n == 1 || math.IsInf(low, 1) {
			return ""
		}
		sum, squares := number(0), number(0)
		for j, f := range F {
			if mass[j] > 0 && f < inf {
				w := number(f).Sub(number(low)).Mul(number(beta)).Neg().Exp().Mul(number(mass[j]))
				sum, squares = sum.Add(w), squares.Add(w.Sqr())
			}
		}
		share := squares.Div(sum.Sqr()) // Σp²
		want := number(n).Mul(share).Sub(number(1)).Div(number(n - 1))
		root := math.Sqrt(max(0, want.Mid()))
		e := 0x1p-90 * math.Sqrt(share.Mid())
		got := of(NewGibbs(F, beta, Weighted(mass)))
		if off := number(got).Sub(want).Abs().Mid(); !(off <= spacing(want.Mid())*oneRounding+e*(2*root+e)) {
			return fmt.Sprintf("F = %v, β = %v, μ = %v: %v, want %v", F, beta, mass, got, want.Mid())
		}
		return ""
	}
}

func TestSampleVariancePromises(t *testing.T) {
	families := maps.Clone(draws)
	families["weights all but equal"] = levelled
	for _, family := range slices.Sorted(maps.Keys(families)) {
		promise.Try(t, family, 40, asSpread((*Gibbs).SampleVariance, families[family]))
	}
	for _, c := range []struct {
		fault string
		of    spreader
	}{
		{"1/ESS − 1/n, rounded before", func(g *Gibbs) float64 {
			n := float64(len(g.plain().w))
			return (1/g.EffectiveSize() - 1/n) * n / (n - 1)
		}},
		{"rounded probabilities", func(g *Gibbs) (s float64) {
			n := float64(len(g.plain().w))
			for _, p := range g.Probs(nil) {
				s += square(p-1/n) * n / (n - 1)
			}
			return s
		}},
		{"a n too many", func(g *Gibbs) float64 { return g.SampleVariance() * float64(len(g.plain().w)) }},
	} {
		promise.Refute(t, c.fault, 40, asSpread(c.of, levelled))
	}
}

// TestMomentsSpecial: which x count, and what is NaN.
func TestMomentsSpecial(t *testing.T) {
	three := NewGibbs([]float64{0, 0, inf}, 1, Counting(3))
	massless := NewGibbs([]float64{0, 0, 0}, 1, Weighted([]float64{1, 1, 0}))
	least := NewGibbs([]float64{1, 1, 2}, inf, Counting(3))
	flat := NewGibbs([]float64{-8, 5, inf}, 0, Counting(3))
	for _, c := range []struct {
		x              []float64
		mean, variance float64
	}{
		{[]float64{1, 3, nan}, 2, 1},
		{[]float64{1, 3, inf}, 2, 1},
		{[]float64{1, nan, 0}, nan, nan},
		{[]float64{1, inf, 0}, inf, nan},
		{[]float64{-inf, 3, 0}, -inf, nan},
		{[]float64{-inf, inf, 0}, nan, nan},
		{[]float64{inf, inf, -inf}, inf, nan},
	} {
		for i, g := range []*Gibbs{three, massless, least, flat} {
			if m, v := g.Mean(c.x), g.Variance(c.x); !same(m, c.mean) || !same(v, c.variance) {
				t.Errorf("distribution %d, x = %v: mean %v, variance %v, want %v, %v", i, c.x, m, v, c.mean, c.variance)
			}
		}
	}
	one := []float64{1, 1}
	for why, g := range map[string]*Gibbs{
		"nothing possible": NewGibbs([]float64{inf, inf}, 1, Counting(2)),
		"NaN":              NewGibbs([]float64{0, nan}, 1, Counting(2)),
		"no mass":          NewGibbs([]float64{0, 1}, inf, Weighted([]float64{0, 0})),
	} {
		for what, v := range map[string]float64{
			"mean": g.Mean(one), "variance": g.Variance(one), "entropy": g.Entropy(),
			"effective size": g.EffectiveSize(), "variance of a sample": g.SampleVariance(),
		} {
			if !math.IsNaN(v) {
				t.Errorf("%s: %s %v, want NaN", why, what, v)
			}
		}
	}
}

// TestGibbsLargest has 2²⁰ − 1 answers, of 40 kinds that the truth adds up as one each, and one
// alone. Its energies are normalised: what there is to lose of ln Z is lost.
func TestGibbsLargest(t *testing.T) {
	const n, kinds = 1<<20 - 1, 40
	r := rand.New(rand.NewPCG(20, 20))
	p, level, value := make([]float64, kinds), make([]float64, kinds), make([]float64, kinds)
	count := make([]float64, kinds+1)
	F, x, of := make([]float64, n), make([]float64, n), make([]int, n)
	for i := range of {
		of[i] = r.IntN(kinds)
		count[of[i]]++
	}
	total := 0.0
	for k := range p {
		p[k], value[k] = r.ExpFloat64(), r.NormFloat64()
		total += p[k] * count[k]
	}
	for k := range p {
		level[k] = -math.Log(p[k] / total)
	}
	for i, k := range of {
		F[i], x[i] = level[k], value[k]
	}
	at := r.IntN(n)
	count[of[at]]--
	count[kinds] = 1
	level, value = append(level, F[at]), append(value, x[at])
	g := NewGibbs(F, 1, Counting(n))
	got := []float64{g.LogZ(), g.FreeEnergy(), g.Entropy(), g.Prob(at), g.Complement(at), g.LogProb(at), g.NLL(at), g.Variance(x), g.Mean(x)}
	wants, meanAbs := truths(level, 1, count, kinds, value, 600)
	for k, v := range got {
		want, _ := exact.Settle(wants[k])
		lost := 0.0
		if k == atMean {
			lost = 0x1p-80 * meanAbs.Mid()
		}
		if !(want.Ulps(v) <= oneRounding) && !(wants[k].Sub(exact.Of(v, 600)).Abs().Mid() <= lost+spacing(v)*oneRounding) {
			t.Errorf("%s = %v, want %v: %g ulps", inRow[k], v, want.Near, want.Ulps(v))
		}
	}
	// Additions in float64, as a planted fault, are seen.
	var Z float64
	for _, f := range F {
		Z += math.Exp(-f)
	}
	if want, _ := exact.Settle(wants[atLogZ]); want.Ulps(math.Log(Z)) <= oneRounding || want.Ulps(twofold.Of(Z).Log().Float64()) <= oneRounding {
		t.Error("ln Z of a sum in float64 is not refuted")
	}
}
