package ebm

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/properties/exact"
)

// A densities is ln p and −(1/β) ln p at a point of energy at, 1/Σp², and ln Σμ.
type densities func(F []float64, beta float64, mu Measure, at float64) [4]float64

func ofDensity(F []float64, beta float64, mu Measure, at float64) [4]float64 {
	g := NewGibbs(F, beta, mu)
	return [4]float64{g.LogDensity(at), g.DensityNLL(at), g.EffectiveSize(), mu.LogTotal()}
}

// asDense compares with the definitions in enclosures of 600 bits: half an ulp and 2⁻³⁰
// of one, and for ln p 2⁻⁹⁰ of 1 and of its two terms, which a third of the points is
// placed to make cancel; for ln Σμ 2⁻⁹⁶ of 1.
func asDense(of densities, from draw) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		const prec = 600
		number := func(x float64) exact.Interval { return exact.Of(x, prec) }
		F, beta, mass, _ := from(r)
		mu := Weighted(mass)
		var at float64
		switch r.IntN(3) {
		case 0:
			at = F[r.IntN(len(F))]
		case 1:
			at = NewGibbs(F, beta, mu).FreeEnergy() // of density 1, nearly
		case 2:
			at = magnitude(r, -3, 3)
		}
		if math.IsInf(at, 0) || beta == 0 {
			return ""
		}
		low, Z, total, squares := math.Inf(1), number(0), number(0), number(0)
		for j, f := range F {
			total = total.Add(number(mass[j]))
			if mass[j] > 0 {
				low = min(low, f)
			}
		}
		for j, f := range F {
			if mass[j] > 0 && f < inf {
				w := number(f).Sub(number(low)).Mul(number(beta)).Neg().Exp().Mul(number(mass[j]))
				Z, squares = Z.Add(w), squares.Add(w.Sqr())
			}
		}
		gap := number(at).Sub(number(low)).Mul(number(beta))
		rarity := gap.Add(Z.Log())
		terms := 0x1p-90 * (1 + math.Abs(gap.Mid()) + math.Abs(Z.Log().Mid()))
		want := [4]exact.Interval{rarity.Neg(), rarity.Div(number(beta)), Z.Sqr().Div(squares), total.Log()}
		slack := [4]float64{terms, terms / beta, 0, 0x1p-96}
		for k, got := range of(F, beta, mu, at) {
			allowed := number(slack[k]).Add(number(spacing(want[k].Mid())).Mul(number(0.5 + 0x1p-30)))
			if off := number(got).Sub(want[k]).Abs(); math.IsInf(got, 0) != (math.Abs(want[k].Mid()) > math.MaxFloat64) || !math.IsInf(got, 0) && !(off.Mid() <= allowed.Mid()*(1+0x1p-50)) {
				return fmt.Sprintf("%s = %v, want %v: F = %v, β = %v, μ = %v, at %v", []string{"ln p", "−(1/β) ln p", "1/Σp²", "ln Σμ"}[k], got, want[k].Mid(), F, beta, mass, at)
			}
		}
		return ""
	}
}

// spacing is the distance between the float64s next to x.
func spacing(x float64) float64 {
	_, exp := math.Frexp(x)
	return math.Ldexp(1, max(exp, -1021)-53)
}

func TestDensityPromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(draws)) {
		promise.Try(t, family, 40, asDense(ofDensity, draws[family]))
	}
}

// densityFaults are wrong in a believable way.
var densityFaults = map[string]densities{
	"rounded ln Z": func(F []float64, beta float64, mu Measure, at float64) [4]float64 {
		row, g := ofDensity(F, beta, mu, at), NewGibbs(F, beta, mu)
		row[0] = -beta*at - g.LogZ()
		return row
	},
	"β forgotten": func(F []float64, beta float64, mu Measure, at float64) [4]float64 {
		row := ofDensity(F, beta, mu, at)
		row[1] = -row[0]
		return row
	},
	"p not squared": func(F []float64, beta float64, mu Measure, at float64) [4]float64 {
		row := ofDensity(F, beta, mu, at)
		row[2] = float64(len(F))
		return row
	},
	"masses counted": func(F []float64, beta float64, mu Measure, at float64) [4]float64 {
		row := ofDensity(F, beta, mu, at)
		row[3] = math.Log(float64(len(F)))
		return row
	},
}

func TestDensitySpecial(t *testing.T) {
	level := NewGibbs([]float64{1, 1, 3}, inf, Weighted([]float64{2, 2, 1}))
	for _, c := range []struct {
		why      string
		g        *Gibbs
		F        float64
		ln, loss float64
	}{
		{"impossible", NewGibbs([]float64{1, 2}, 1, Counting(2)), inf, -inf, inf},
		{"NaN", NewGibbs([]float64{1, 2}, 1, Counting(2)), nan, nan, nan},
		{"−Inf", NewGibbs([]float64{1, 2}, 1, Counting(2)), -inf, nan, nan},
		{"impossible, β = 0, mass below 1", NewGibbs([]float64{1, 2}, 0, Weighted([]float64{0.25, 0.25})), inf, -inf, inf},
		{"impossible, β = 0, mass 1", NewGibbs([]float64{1, 2}, 0, Weighted([]float64{0.5, 0.5})), inf, -inf, inf},
		{"impossible, β = +Inf", level, inf, -inf, inf},
		{"impossible, of nothing possible", NewGibbs([]float64{inf}, 1, Counting(1)), inf, nan, nan},
		{"NaN, β = +Inf", level, nan, nan, nan},
		{"NaN, β = 0", NewGibbs([]float64{1, 2}, 0, Counting(2)), nan, nan, nan},
		{"−Inf, β = +Inf", level, -inf, nan, nan},
		{"nothing possible, β = +Inf", NewGibbs([]float64{inf}, inf, Counting(1)), 1, nan, nan},
		{"NaN among the energies, β = 0", NewGibbs([]float64{nan, 1}, 0, Counting(2)), 1, nan, nan},
		{"nothing possible", NewGibbs([]float64{inf}, 1, Counting(1)), 1, nan, nan},
		{"NaN among the energies", NewGibbs([]float64{nan}, 1, Counting(1)), 1, nan, nan},
		{"β = +Inf, least", level, 1, -math.Log(4), 0},
		{"β = +Inf, above", level, 3, -inf, 2},
		{"β = +Inf, below", level, 0.5, inf, -0.5},
		{"β = 0, mass above 1", NewGibbs([]float64{1, 2}, 0, Counting(2)), 5, -math.Log(2), inf},
		{"β = 0, mass below 1", NewGibbs([]float64{1, 2}, 0, Weighted([]float64{0.25, 0.25})), 5, math.Log(2), -inf},
		{"β = 0, mass 1", NewGibbs([]float64{1, 2}, 0, Weighted([]float64{0.5, 0.5})), 5, 0, 3.5},
	} {
		if ln, loss := c.g.LogDensity(c.F), c.g.DensityNLL(c.F); !same(ln, c.ln) || !same(loss, c.loss) {
			t.Errorf("%s: ln p = %v, loss %v, want %v, %v", c.why, ln, loss, c.ln, c.loss)
		}
	}
	for _, g := range []*Gibbs{NewGibbs([]float64{inf}, 1, Counting(1)), NewGibbs([]float64{nan}, 1, Counting(1))} {
		if !math.IsNaN(g.EffectiveSize()) {
			t.Errorf("the effective size of nothing is %v", g.EffectiveSize())
		}
	}
}

// TestMeasures: points with masses, a datum added, total masses, densities beyond the
// float64s.
func TestMeasures(t *testing.T) {
	ys := [][]float64{{0}, {1}, {2}}
	mu := Points(ys, []float64{1, 2, 0})
	if mu.Len() != 3 || mu.LogMass(1) != math.Log(2) || !math.IsInf(mu.LogMass(2), -1) || !(math.Abs(mu.LogTotal()-math.Log(3)) <= 0x1p-52) || len(mu.Points()) != 3 {
		t.Errorf("points with masses: %+v", mu)
	}
	more, other := mu.With([]float64{9}, 5), mu.With([]float64{8}, 0)
	if more.Len() != 4 || more.Points()[3][0] != 9 || more.LogMass(3) != math.Log(5) || other.Points()[3][0] != 8 || mu.Len() != 3 {
		t.Errorf("with a datum: %+v, %+v", more, other)
	}
	one := Points([][]float64{{4}}, []float64{2}).With([]float64{5}, 1)
	if one.Len() != 2 || one.Points()[0][0] != 4 || one.Points()[1][0] != 5 {
		t.Errorf("one point and a datum: %+v", one)
	}
	if got := Counting(7).LogTotal(); got != math.Log(7) {
		t.Errorf("ln of the total of 7 answers: %v", got)
	}
	if got := Weighted([]float64{0}).LogTotal(); !math.IsInf(got, -1) {
		t.Errorf("ln of no mass: %v", got)
	}
	for _, l := range []float64{1 << 25, -1 << 25} {
		if got := Samples(ys, []float64{l, l, l}).LogTotal(); !(math.Abs(got+l) <= 0x1p-28) {
			t.Errorf("ln of the total of densities e^%v: %v", l, got)
		}
		refuses(t, "not within", func() { Samples(ys, []float64{0, 2 * l, 0}) })
	}
	refuses(t, "not within", func() { Samples(ys, []float64{0, nan, 0}) })
	refuses(t, "not within", func() { Samples(ys, []float64{0, inf, 0}) })
	refuses(t, "differ in length", func() { Points(ys, []float64{1}) })
	refuses(t, "differ in length", func() { Points([][]float64{{1}, {1, 2}}, []float64{1, 1}) })
	refuses(t, "no answers", func() { Points(nil, nil) })
	refuses(t, "a mass", func() { Points(ys, []float64{1, -1, 1}) })
	refuses(t, "a mass", func() { mu.With([]float64{1}, nan) })
	refuses(t, "differ in length", func() { mu.With([]float64{1, 2}, 1) })
	refuses(t, "without points", func() { Counting(2).With([]float64{1}, 1) })
}

// quadratics compares ln Z of any Quadratic with its definition in enclosures: half an
// ulp, and 2⁻⁹⁰ of either term where they cancel.
func quadratics(lnZ func(q Quadratic, w []float64, beta float64) float64) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		const prec = 2000
		number := func(x float64) exact.Interval { return exact.Of(x, prec) }
		d := 1 + r.IntN(4)
		size, beta := magnitude(r, -300, 290), magnitude(r, -300, 300)
		kappa := magnitude(r, 0, 20)
		if r.IntN(3) == 0 {
			size, beta, kappa = magnitude(r, -1, 1), magnitude(r, -1, 1), 1
		}
		a := make([]float64, d*d)
		for k, q := range rotation(r, d) { // semidefinite, but for what rounding does where κ is large
			for i := range d {
				for j := range d {
					a[i*d+j] += size * math.Pow(kappa, -float64(k)) * q[i] * q[j]
				}
			}
		}
		if d > 1 && r.IntN(2) == 0 { // A itself need not be symmetric
			a[1] += size / 4
			a[d] -= size / 4
		}
		w := append(make([]float64, d), a...)
		S := make([][]exact.Interval, d)
		for i := range S {
			S[i] = make([]exact.Interval, d)
			for j := range S[i] {
				S[i][j] = number(a[i*d+j]).Add(number(a[j*d+i])).Mul(number(0.5))
			}
		}
		det, definite := number(1), true
		for k := range d { // Gauss
			if definite = S[k][k].Mid() > 0; !definite {
				break
			}
			det = det.Mul(S[k][k])
			for i := k + 1; i < d; i++ {
				for j := k + 1; j < d; j++ {
					S[i][j] = S[i][j].Sub(S[i][k].Mul(S[k][j]).Div(S[k][k]))
				}
			}
		}
		got := lnZ(Quadratic{d}, w, beta)
		if !definite {
			if !math.IsInf(got, 1) {
				return fmt.Sprintf("A = %v is not positive definite: ln Z = %v", a, got)
			}
			return ""
		}
		half := exact.Pi(prec).Mul(number(2)).Div(number(beta)).Log().Mul(number(float64(d)))
		want := half.Sub(det.Log()).Mul(number(0.5))
		allowed := spacing(want.Mid())*(0.5+0x1p-30) + 0x1p-90*max(math.Abs(half.Mid()), math.Abs(det.Log().Mid()))/2
		if off := number(got).Sub(want).Abs().Mid(); !(off <= allowed) {
			return fmt.Sprintf("A = %v, β = %v: ln Z = %v, want %v", a, beta, got, want.Mid())
		}
		return ""
	}
}

func TestQuadraticPromises(t *testing.T) {
	promise.Try(t, "ln Z", 60, quadratics(Quadratic.LogZ))
}

func TestQuadraticFaults(t *testing.T) {
	promise.Refute(t, "products of float64s", 60, quadratics(func(q Quadratic, w []float64, beta float64) float64 {
		det := q.determinant(w[q.D:])
		if det == nil {
			return inf
		}
		x, _ := det.Float64()
		return float64(q.D)/2*math.Log(2*math.Pi/beta) - math.Log(x)/2
	}))
	promise.Refute(t, "A for S", 60, quadratics(func(q Quadratic, w []float64, beta float64) float64 {
		lower := slices.Clone(w)
		for i := range q.D {
			for j := i + 1; j < q.D; j++ {
				lower[q.D+i*q.D+j] = lower[q.D+j*q.D+i]
			}
		}
		return q.LogZ(lower, beta)
	}))
	for _, w := range [][]float64{{nan, 1}, {0, nan}, {0, inf}, {inf, 1}} {
		if got := (Quadratic{1}).LogZ(w, 1); !math.IsNaN(got) {
			t.Errorf("W = %v: ln Z = %v, want NaN", w, got)
		}
	}
	if got := (Quadratic{2}).LogZ([]float64{0, 0, 1e308, 1e308, 1e308, 1.1e308}, 1e-310); !(got-got == 0) {
		t.Errorf("next to the largest float64s: ln Z = %v", got)
	}
	if !math.IsInf((Quadratic{2}).LogZ([]float64{0, 0, 0.25, 0.5, 0.5, 1}, 1), 1) {
		t.Error("a singular A passes for positive definite")
	}
}
