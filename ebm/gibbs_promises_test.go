package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/ebm/twofold"
	"ebmcheck/properties/exact"
)

// An ensemble is what a Gibbs says of its distribution, in one row: ln Z, F_β, H, then pᵢ,
// 1 − pᵢ, ln pᵢ and −(1/β) ln pᵢ of answer i, then Var x, ⟨x⟩, and ∂pᵢ/∂Fⱼ for all j.
type ensemble func(F []float64, beta float64, mu Measure, i int, x []float64) []float64

var inRow = []string{"LogZ", "FreeEnergy", "Entropy", "Prob", "Complement", "LogProb", "NLL", "Variance", "Mean", "ProbGrad"}

const (
	atLogZ, atFreeEnergy, atEntropy, atProb, atComplement = 0, 1, 2, 3, 4
	atVariance, atMean                                    = 7, 8
)

func ofGibbs(F []float64, beta float64, mu Measure, i int, x []float64) []float64 {
	g := NewGibbs(F, beta, mu)
	return append([]float64{
		g.LogZ(), g.FreeEnergy(), g.Entropy(), g.Prob(i), g.Complement(i), g.LogProb(i), g.NLL(i), g.Variance(x), g.Mean(x),
	}, g.ProbGrad(nil, i)...)
}

// truths encloses the same row, by the definitions; meanAbs is ⟨|x|⟩.
func truths(F []float64, beta float64, mass []float64, i int, x []float64, prec uint) (row []exact.Interval, meanAbs exact.Interval) {
	of := func(x float64) exact.Interval { return exact.Of(x, prec) }
	low := math.Inf(1)
	for j, f := range F {
		if mass[j] > 0 {
			low = min(low, f)
		}
	}
	n := len(F)
	gap, w, Z := make([]exact.Interval, n), make([]exact.Interval, n), of(0)
	for j, f := range F {
		gap[j], w[j] = of(0), of(0)
		if f < math.Inf(1) && mass[j] > 0 {
			gap[j] = of(f).Sub(of(low)).Mul(of(beta))
			w[j] = gap[j].Neg().Exp().Mul(of(mass[j]))
		}
		Z = Z.Add(w[j])
	}
	others := func(i int) exact.Interval {
		s := of(0)
		for j := range w {
			if j != i {
				s = s.Add(w[j])
			}
		}
		return s
	}
	lnZ := Z.Log().Sub(of(low).Mul(of(beta)))
	meanGap, mean, variance := of(0), of(0), of(0)
	meanAbs = of(0)
	for j := range F {
		p := w[j].Div(Z)
		meanGap = meanGap.Add(p.Mul(gap[j]))
		mean = mean.Add(p.Mul(of(x[j])))
		meanAbs = meanAbs.Add(p.Mul(of(x[j]).Abs()))
	}
	for j := range F {
		variance = variance.Add(w[j].Div(Z).Mul(of(x[j]).Sub(mean).Sqr()))
	}
	p, q := w[i].Div(Z), others(i).Div(Z)
	ln := of(math.Inf(-1))
	if mass[i] > 0 && F[i] < math.Inf(1) {
		if ln = others(i).Div(w[i]).Log1p().Neg(); gap[i].Mid() > 1000 { // w may be too small for exact
			ln = of(mass[i]).Log().Sub(gap[i]).Sub(Z.Log())
		}
	}
	row = []exact.Interval{lnZ, lnZ.Div(of(beta)).Neg(), Z.Log().Add(meanGap), p, q, ln, ln.Div(of(beta)).Neg(), variance, mean}
	for j := range F {
		d := of(beta).Mul(p).Mul(w[j].Div(Z))
		if j == i {
			d = of(beta).Mul(p).Mul(q).Neg()
		}
		row = append(row, d)
	}
	return row, meanAbs
}

// A draw is energies, β, masses that are not all 0 with them, and some x.
type draw func(r *rand.Rand) (F []float64, beta float64, mass, x []float64)

// draws are the families of cases: where a number is small beside what it is made of.
var draws = map[string]draw{
	"any energies and masses": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		F, beta = drawEnergies(r, []string{"tame", "wide", "extreme"}[r.IntN(3)])
		return F, max(beta, 5e-324), masses(r, len(F)), values(r, len(F))
	},
	"normalised energies": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		n, sum := 1+r.IntN(8), 0.0
		F, mass = make([]float64, n), masses(r, n)
		for i := range F {
			F[i] = math.Exp(r.NormFloat64() * 10 * float64(r.IntN(2)))
			sum += F[i]
		}
		beta = []float64{1, 1, 0.5, 3, magnitude(r, -3, 3)}[r.IntN(5)]
		for i := range F {
			if mass[i] > 0 {
				F[i] = -math.Log(F[i]/sum/mass[i]) / beta
			}
		}
		return F, beta, mass, values(r, n)
	},
	"masses of sum 1, little β": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		n, left := 2+r.IntN(5), 1.0
		F, mass = make([]float64, n), make([]float64, n)
		for i := range F {
			F[i] = float64(r.IntN(7) - 3)
			if mass[i] = left / 2; i == n-1 {
				mass[i] = left
			}
			left -= mass[i]
		}
		if r.IntN(2) == 0 { // mean energy 0, or nearly
			F[0] = 0
			for i, f := range F[1:] {
				F[0] -= f * mass[i+1] * 2
			}
			F[0] *= 1 + float64(r.IntN(3)-1)*0x1p-52
		}
		return F, magnitude(r, -320, 0), mass, values(r, n)
	},
	"a winner by far": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		n := 2 + r.IntN(5)
		F, mass, x, beta = make([]float64, n), masses(r, n), values(r, n), magnitude(r, -5, 5)
		level := x[0]
		for i := range F {
			F[i] = r.ExpFloat64() * 400 / beta
			if r.IntN(2) == 0 {
				F[i] = 0
			}
			if F[i] == 0 && r.IntN(4) > 0 {
				x[i] = level // of the likely ones one value, or nearly: what varies is rare
			}
		}
		return F, beta, mass, x
	},
	"an enormous offset": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		n, base := 2+r.IntN(5), magnitude(r, 5, 300)
		F, mass, x = make([]float64, n), masses(r, n), values(r, n)
		at := magnitude(r, 5, 300)
		beta = min(1/(math.Nextafter(base, inf)-base), 1e300) * (0.1 + r.Float64())
		for i := range F {
			F[i] = base + float64(r.IntN(40))*(math.Nextafter(base, inf)-base)
			x[i] = at + float64(r.IntN(3))*(math.Nextafter(at, inf)-at)
		}
		return F, beta, mass, x
	},
}

// masses draws n of them: 1, simple fractions, or of any size, some 0 but not all.
func masses(r *rand.Rand, n int) []float64 {
	m := make([]float64, n)
	kind := r.IntN(4)
	for i := range m {
		switch kind {
		case 0:
			m[i] = 1
		case 1:
			m[i] = []float64{0.5, 0.25, 0.75, 1}[r.IntN(4)]
		case 2:
			m[i] = r.Float64()
		default:
			m[i] = magnitude(r, -300, 300)
		}
		if i > 0 && r.IntN(8) == 0 {
			m[i] = 0
		}
	}
	return m
}

// values draws n of them, all of one sign, of either, or at a level.
func values(r *rand.Rand, n int) []float64 {
	x, level, kind := make([]float64, n), r.NormFloat64(), r.IntN(4)
	for i := range x {
		switch kind {
		case 0:
			x[i] = r.NormFloat64()
		case 1:
			x[i] = magnitude(r, -300, 300)
		case 2:
			x[i] = float64(r.IntN(5) - 2)
		default:
			x[i] = level + magnitude(r, -18, 0)
		}
	}
	return x
}

// asTrue tries one case of a family on an ensemble.
func asTrue(of ensemble, from draw) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		F, beta, mass, x := from(r)
		i := r.IntN(len(F))
		mu := Weighted(mass)
		if r.IntN(2) == 0 {
			mu = Counting(len(F))
			for i := range mass {
				mass[i] = 1
			}
		}
		got := of(F, beta, mu, i, x)
		for k := range got {
			what := inRow[min(k, len(inRow)-1)]
			for prec := uint(256); ; prec *= 2 {
				all, meanAbs := truths(F, beta, mass, i, x, prec)
				truth := all[k]
				v, sure := exact.Settle(truth)
				if truth.ContainsZero() && prec >= 8192 { // 0, or too small by far to be a float64
					v, sure = exact.Value{}, true
				}
				if !sure && prec < 8192 {
					continue
				}
				if !sure {
					v = exact.SettleWide(truth)
				}
				if v.Ulps(got[k]) <= oneRounding {
					break
				}
				allowed := exact.Of(0x1p-80, 256).Mul(meanAbs).Add(exact.Of(oneRounding, 256).Mul(ulp(v.Near)))
				if k == atMean && !allowed.Less(truth.Sub(exact.Of(got[k], 256)).Abs()) {
					break
				}
				return fmt.Sprintf("F=%v β=%v μ=%v x=%v i=%d: %s = %v, want %v: %g ulps", F, beta, mass, x, i, what, got[k], v.Near, v.Ulps(got[k]))
			}
		}
		return ""
	}
}

// ulp returns the distance from x to the next float64.
func ulp(x float64) exact.Interval {
	x = math.Abs(x)
	return exact.Of(math.Nextafter(x, math.Inf(1)), 256).Sub(exact.Of(x, 256))
}

func TestGibbsPromises(t *testing.T) {
	for family, from := range draws {
		promise.Try(t, family, 40, asTrue(ofGibbs, from))
	}
}

// TestGibbsFaults: ensembles that are wrong in a believable way break a promise.
func TestGibbsFaults(t *testing.T) {
	// but is ofGibbs with one of its numbers made in another way.
	but := func(at int, f func(g *Gibbs, i int, x []float64) float64) ensemble {
		return func(F []float64, beta float64, mu Measure, i int, x []float64) []float64 {
			row := ofGibbs(F, beta, mu, i, x)
			row[at] = f(NewGibbs(F, beta, mu), i, x)
			return row
		}
	}
	plain := func(g *Gibbs) (Z float64) {
		for i, f := range g.energies {
			Z += g.mu.at(i).Float64() * math.Exp(-g.beta*(f-g.low))
		}
		return Z
	}
	for _, c := range []struct {
		fault, family string
		of            ensemble
	}{
		{"probabilities in float64", "a winner by far", but(atProb, func(g *Gibbs, i int, _ []float64) float64 {
			return g.mu.at(i).Float64() * math.Exp(-g.beta*(g.energies[i]-g.low)) / plain(g)
		})},
		{"1 − p of a rounded p", "a winner by far", but(atComplement, func(g *Gibbs, i int, _ []float64) float64 { return 1 - g.Prob(i) })},
		{"ln Z in 106 bits", "normalised energies", but(atLogZ, func(g *Gibbs, i int, _ []float64) float64 {
			return g.plain().ln.Sub(twofold.Prod(g.beta, g.low)).Float64()
		})},
		{"F_β in 106 bits", "normalised energies", but(atFreeEnergy, func(g *Gibbs, i int, _ []float64) float64 {
			return twofold.Of(g.low).Sub(g.plain().ln.Div(twofold.Of(g.beta))).Float64()
		})},
		{"F_β by 1024 bits of ln Z", "masses of sum 1, little β", but(atFreeEnergy, func(g *Gibbs, i int, _ []float64) float64 {
			if F := g.FreeEnergy(); math.Abs(F)*g.beta > 0x1p-1000 {
				return F
			}
			return 0
		})},
		{"the variance about the rounded mean of x", "a winner by far", but(atVariance, func(g *Gibbs, i int, x []float64) float64 {
			mean := g.mean(x, 0)
			var s twofold.Number
			for i, w := range g.plain().w {
				if w.Hi != 0 {
					d := twofold.Of(x[i]).Sub(mean)
					s = s.Add(w.Mul(d).Mul(d))
				}
			}
			return s.Div(g.plain().sum).Float64()
		})},
		{"⟨x²⟩ − ⟨x⟩²", "an enormous offset", but(atVariance, func(g *Gibbs, i int, x []float64) float64 {
			var s twofold.Number
			for i, w := range g.plain().w {
				s = s.Add(w.Mul(twofold.Prod(x[i], x[i])))
			}
			mean := g.mean(x, 0)
			return s.Div(g.plain().sum).Sub(mean.Mul(mean)).Float64()
		})},
		{"a mean in float64", "any energies and masses", but(atMean, func(g *Gibbs, i int, x []float64) (m float64) {
			for i, p := range g.Probs(nil) {
				m += p * x[i]
			}
			return m
		})},
		{"the entropy of two numbers that cancel", "masses of sum 1, little β", but(atEntropy, func(g *Gibbs, i int, _ []float64) float64 {
			var s twofold.Number
			for i, w := range g.plain().w {
				if w.Hi != 0 {
					s = s.Add(w.Mul(g.plain().gap[i]))
				}
			}
			return s.Div(g.plain().sum).Add(g.plain().ln).Float64()
		})},
		{"the gradient of p from rounded probabilities", "a winner by far", func(F []float64, beta float64, mu Measure, i int, x []float64) []float64 {
			row := ofGibbs(F, beta, mu, i, x)
			for j := range F {
				if row[9+j] = beta * row[atProb] * NewGibbs(F, beta, mu).Prob(j); j == i {
					row[9+j] = -beta * row[atProb] * row[atComplement]
				}
			}
			return row
		}},
	} {
		promise.Refute(t, c.fault, 40, asTrue(c.of, draws[c.family]))
	}
}
