package ebm

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/ebm/twofold"
	"ebmcheck/properties/exact"
)

// oneRounding is the promise of Gibbs in ulps: ½, and what 2⁻⁹⁰ can add to it.
const oneRounding = 0.5 + 0x1p-30

// thresholds are where algorithms change: 1 + e⁻ˣ, e^x, kinks, ends of the range.
var thresholds = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, math.Ln2, -math.Ln2, 36.04, -36.7, 709.78, -745.13, 745.14, 1e6, 1e16,
	5e-324, -5e-324, 0x1p-1022, 1e-300, 1e300, -1e308, math.MaxFloat64, -math.MaxFloat64}

// wide is the precision that the masses near one are told apart in.
const wide = 400

// expOf returns e^(ab).
func expOf(a, b float64) *big.Float { return exact.Of(a, wide).Mul(exact.Of(b, wide)).Exp().Lo() }

// anyBits draws a finite float64, all exponents alike.
func anyBits(r *rand.Rand) float64 {
	for {
		if x := math.Float64frombits(r.Uint64()); x-x == 0 {
			return x
		}
	}
}

// drawEnergies draws energies and a β: tame, wide, or any bits; tied, free, or
// with gaps that put β(F − min F) between 0 and 1500.
func drawEnergies(r *rand.Rand, regime string) (F []float64, beta float64) {
	one := func() float64 {
		switch k := r.IntN(10); {
		case regime == "extreme" && k < 4:
			return anyBits(r)
		case regime == "extreme" && k < 6:
			return thresholds[r.IntN(len(thresholds))]
		case k < 6:
			return (2*r.Float64() - 1) * map[string]float64{"tame": 50, "wide": 1e6, "extreme": 1e12}[regime]
		case k < 8:
			return float64(r.IntN(7) - 3)
		}
		return r.NormFloat64()
	}
	switch regime {
	case "tame":
		beta = math.Pow(100, 2*r.Float64()-1)
	case "wide":
		beta = math.Pow(1000, 2*r.Float64()-1)
	default:
		beta = math.Exp(1400*r.Float64() - 700)
		if r.IntN(2) == 0 {
			beta = math.Abs(anyBits(r))
		}
	}
	n := []int{1, 2, 2, 3, 3, 4, 5, 9}[r.IntN(8)]
	if r.IntN(200) == 0 {
		n = 40
	}
	F = make([]float64, n)
	base, kind := one(), r.IntN(5)
	for i := range F {
		switch kind {
		case 0, 1:
			F[i] = one()
		case 2:
			F[i] = base + float64(r.IntN(3))*r.Float64()/beta
		case 3:
			F[i] = base + r.Float64()*1500/beta
		case 4:
			F[i] = r.ExpFloat64() * 40 / beta
		}
		if F[i]-F[i] != 0 {
			F[i] = one()
		}
		if i > 0 && r.IntN(8) == 0 {
			F[i] = F[i-1]
		}
	}
	return F, beta
}

// TestGibbsAccuracy holds every method to the true value of the same call.
func TestGibbsAccuracy(t *testing.T) {
	cases := 3500
	if testing.Short() {
		cases = 300
	}
	for seed, regime := range []string{"tame", "wide", "extreme"} {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		largest, numbers := map[string]float64{}, 0
		judge := func(F []float64, beta float64) {
			g := NewGibbs(F, beta, Counting(len(F)))
			number := func(what string, want exact.Value, got float64) {
				t.Helper()
				ulps := want.Ulps(got)
				if !(ulps <= oneRounding) {
					t.Fatalf("F=%v β=%v: %s = %v, want %v + %g ulp: %g ulps", F, beta, what, got, want.Near, want.Off, ulps)
				}
				largest[what] = max(largest[what], ulps)
				numbers++
			}
			for i, p := range exact.Gibbs(F, beta).Probs {
				number("Prob", p, g.Prob(i))
			}
			y := r.IntN(len(F))
			nll := exact.NLL(F, y, beta)
			number("NLL", nll.Value, g.NLL(y))
			number("Complement", nll.Grad[y].Lo, g.Complement(y)) // ∂ℓ/∂F_y = 1 − p_y
			number("FreeEnergy", exact.FreeEnergy(F, beta).Value, g.FreeEnergy())
			if beta == 1 {
				number("LogProb", exact.NLL(F, y, 1).Value, -g.LogProb(y))
				number("LogZ", exact.FreeEnergy(F, 1).Value, -g.LogZ())
			}
		}
		if regime == "extreme" {
			for _, a := range thresholds {
				for _, b := range thresholds {
					judge([]float64{a, b}, 1)
					judge([]float64{a, b}, 0x1p-1074)
					judge([]float64{b, a, b}, 1e308)
					judge([]float64{a, b, math.Inf(1)}, 0.1)
				}
			}
		}
		for range cases {
			F, beta := drawEnergies(r, regime)
			judge(F, beta)
			judge(F, 1)
		}
		t.Logf("%s: largest errors found in %d numbers, in ulps: %v", regime, numbers, largest)
	}
}

func TestGibbsMany(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 5))
	F := make([]float64, 10000)
	for i := range F {
		F[i] = 30 * r.NormFloat64()
	}
	for _, beta := range []float64{0.01, 1, 20} {
		g := NewGibbs(F, beta, Counting(len(F)))
		nll, free := exact.NLL(F, 5, beta), exact.FreeEnergy(F, beta).Value
		worst := max(nll.Value.Ulps(g.NLL(5)), free.Ulps(g.FreeEnergy()))
		for i, p := range nll.Grad {
			if i == 5 {
				worst = max(worst, p.Lo.Ulps(g.Complement(i)))
			} else {
				worst = max(worst, p.Lo.Ulps(-g.Prob(i)))
			}
		}
		if !(worst <= oneRounding) {
			t.Errorf("β = %v: %g ulps", beta, worst)
		}
	}
}

// TestFreeEnergyNearZero has sums e^(−βF) that are 1 but for rounding.
func TestFreeEnergyNearZero(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	judge := func(F []float64, beta float64) {
		t.Helper()
		g, truth := NewGibbs(F, beta, Counting(len(F))), exact.FreeEnergy(F, beta).Value
		if ulps := truth.Ulps(g.FreeEnergy()); !(ulps <= oneRounding) {
			t.Fatalf("F=%v β=%v: FreeEnergy = %v, want %v: %g ulps", F, beta, g.FreeEnergy(), truth.Near, ulps)
		}
		if beta == 1 && g.LogZ() != -g.FreeEnergy() {
			t.Fatalf("F=%v: LogZ = %v, FreeEnergy = %v", F, g.LogZ(), g.FreeEnergy())
		}
	}
	judge([]float64{math.Ln2, math.Ln2}, 1)
	judge([]float64{math.Ln2, math.Ln2, math.Inf(1)}, 1)
	judge([]float64{math.Ln2, math.Ln2, 1e300}, 1)
	judge([]float64{math.Log(3), math.Log(3), math.Log(3)}, 1)
	for _, k := range []int{-900, 900} {
		judge([]float64{math.Ldexp(math.Ln2, k), math.Ldexp(math.Ln2, k)}, math.Ldexp(1, -k))
	}
	judge([]float64{1e-3, -math.Log(-math.Expm1(-1e-3))}, 1)
	judge([]float64{4.25e-18, 40}, 1)
	judge([]float64{1.4428166574353674, 0.2695296338124661}, 1) // 38 bits cancel, and the rest is next to a tie
	many := make([]float64, 1000)
	for i := range many {
		many[i] = math.Log(1000)
	}
	judge(many, 1)
	for range 2000 {
		p := r.Float64()
		beta := math.Exp(6*r.Float64() - 3)
		judge([]float64{-math.Log(p) / beta, -math.Log1p(-p) / beta}, beta)
		judge([]float64{-math.Log(p / 2), -math.Log(p / 2), -math.Log1p(-p)}, 1)
	}
}

// TestMassesNearOne has sums of μ e^(−βF) that are 1 but for little, for each way in
// which that can come about.
func TestMassesNearOne(t *testing.T) {
	ln2, ln4, w := math.Ln2, math.Log(4), func() *big.Float { return newBig(wide) }
	// Each mass takes 53 bits of what the ones before left of 1.
	F, masses := []float64{0, 1, 2, 3}, []float64{0.5}
	left := bigFloat(0.5, wide)
	for _, f := range F[1:] {
		m, _ := w().SetMode(big.ToZero).SetPrec(53).Mul(left, expOf(1, f)).Float64()
		masses = append(masses, m)
		left.Sub(left, w().Mul(bigFloat(m, wide), expOf(-1, f)))
	}
	for _, c := range []struct {
		why  string
		mu   Measure
		F    []float64
		beta float64
	}{
		{"masses of 1, little β", Weighted([]float64{0.5, 0.5}), []float64{1, 4}, 1e-40},
		{"masses of 1 with low bits", Samples([][]float64{{0}, {1}, {2}}, []float64{0, 0, 0}), []float64{1, 2, 3}, 1e-20},
		{"masses of 1 and 2⁻⁷⁰", Weighted([]float64{0.5, 0x1p-70, 0.5}), []float64{0, 0, 0}, 1},
		{"a mass near 1", Weighted([]float64{1 + 0x1p-52, 0x1p-30}), []float64{0, 0}, 1},
		{"¾ + ¼", Weighted([]float64{0.75, 1}), []float64{0, ln4}, 1},
		{"¾ + ¼, off 0", Weighted([]float64{0.75, 1}), []float64{1e-20, ln4}, 1},
		{"a large mass at a gap", Weighted([]float64{0x1p-60, 0x1p50}), []float64{0, 50 * ln2}, 1},
		{"1 but for 2⁻¹⁶⁰", Weighted(masses), F, 1},
	} {
		excess := bigFloat(-1, wide)
		for i, f := range c.F {
			e := expOf(-c.beta, f)
			excess.Add(excess, e.Mul(e, c.mu.at(i).Big(wide)))
		}
		ln, power := w(), bigFloat(-1, wide)
		for n := 1.; n < 20; n++ { // ln(1 + x) = x − x²/2 + … ± x¹⁹/19, for x < 2⁻²⁹
			power.Mul(power, w().Neg(excess))
			ln.Add(ln, w().Quo(power, bigFloat(n, wide)))
		}
		logZ, _ := ln.Float64()
		free, _ := w().Quo(ln, bigFloat(-c.beta, wide)).Float64()
		if g := NewGibbs(c.F, c.beta, c.mu); g.LogZ() != logZ || g.FreeEnergy() != free {
			t.Errorf("%s: LogZ = %v, want %v; FreeEnergy = %v, want %v", c.why, g.LogZ(), logZ, g.FreeEnergy(), free)
		}
	}
}

// TestDeepLog asks for more bits than a free energy is likely to.
func TestDeepLog(t *testing.T) {
	const prec = 1024
	g := NewGibbs([]float64{5, 6}, 1, Counting(2))
	_, w := g.plain().deepWeights(prec)
	y := g.plain().deepLog(w)
	sum := twofold.BigExp(bigFloat(-1, prec))
	sum.Add(sum, bigFloat(1, prec))
	if d := sum.Sub(sum, twofold.BigExp(y)); d.Sign() != 0 && d.MantExp(nil) > 64-prec {
		t.Errorf("e^(ln(1 + 1/e)) is off by %.3g", d)
	}
	// As in TestMassesNearOne, but that 2⁻³¹⁸ is left of 1: more than 256 bits can show.
	F, masses, left := []float64{0}, []float64{0.5}, bigFloat(0.5, prec)
	for f := 1.; f < 7; f++ {
		m, _ := newBig(prec).SetMode(big.ToZero).SetPrec(53).Mul(left, twofold.BigExp(bigFloat(f, prec))).Float64()
		F, masses = append(F, f), append(masses, m)
		left.Sub(left, newBig(prec).Mul(bigFloat(m, prec), twofold.BigExp(bigFloat(-f, prec))))
	}
	want, _ := left.Neg(left).Float64() // ln(1 − x) = −x for such an x
	if got := NewGibbs(F, 1, Weighted(masses)).LogZ(); got != want || !(math.Abs(want) <= 0x1p-310) {
		t.Errorf("LogZ = %v, want %v", got, want)
	}
}

func TestGibbsSpecial(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	type row struct {
		F       []float64
		beta    float64
		p       []float64
		q0      float64 // Complement(0)
		nll0    float64
		logZ    float64
		free    float64
		entropy float64
	}
	ln2 := math.Ln2
	for _, c := range []row{
		{[]float64{3}, 2, []float64{1}, 0, 0, -6, 3, 0},
		{[]float64{0, 0}, 1, []float64{0.5, 0.5}, 0.5, ln2, ln2, -ln2, ln2},
		{[]float64{1, inf}, 1, []float64{1, 0}, 0, 0, -1, 1, 0},
		{[]float64{inf, 1}, 1, []float64{0, 1}, 1, inf, -1, 1, 0},
		{[]float64{inf, inf}, 1, []float64{nan, nan}, nan, nan, -inf, inf, nan},
		{[]float64{inf}, 0, []float64{nan}, nan, nan, -inf, inf, nan},
		{[]float64{inf}, inf, []float64{nan}, nan, nan, -inf, inf, nan},
		{[]float64{1, nan}, 1, []float64{nan, nan}, nan, nan, nan, nan, nan},
		{[]float64{nan, inf}, 0, []float64{nan, nan}, nan, nan, nan, nan, nan},
		{[]float64{nan, inf}, inf, []float64{nan, nan}, nan, nan, nan, nan, nan},
		{[]float64{-inf, 1}, 1, []float64{nan, nan}, nan, nan, nan, nan, nan},
		{[]float64{-inf, 1}, inf, []float64{nan, nan}, nan, nan, nan, nan, nan},
		{[]float64{1, 5}, 0, []float64{0.5, 0.5}, 0.5, inf, ln2, -inf, ln2},
		{[]float64{1, 5}, math.Copysign(0, -1), []float64{0.5, 0.5}, 0.5, inf, ln2, -inf, ln2},
		{[]float64{1, inf}, 0, []float64{1, 0}, 0, 0, 0, 1, 0},
		{[]float64{1, 5}, inf, []float64{1, 0}, 0, 0, -inf, 1, 0},
		{[]float64{5, 1}, inf, []float64{0, 1}, 1, 4, -inf, 1, 0},
		{[]float64{-1, -1, 5}, inf, []float64{0.5, 0.5, 0}, 0.5, 0, inf, -1, ln2},
		{[]float64{0, 0, 5}, inf, []float64{0.5, 0.5, 0}, 0.5, 0, ln2, 0, ln2},
		{[]float64{inf, 0}, inf, []float64{0, 1}, 1, inf, 0, 0, 0},
		{[]float64{-1e308, 1e308}, 1, []float64{1, 0}, 0, 0, 1e308, -1e308, 0},
		{[]float64{1e308, -1e308}, 1, []float64{0, 1}, 1, inf, 1e308, -1e308, 0},
		{[]float64{1e300, 1e300}, 1e10, []float64{0.5, 0.5}, 0.5, ln2 / 1e10, -inf, 1e300, ln2},
		{[]float64{0, 700}, 1, []float64{1, 9.859676543759770e-305}, 9.859676543759770e-305, 9.859676543759770e-305, 9.859676543759770e-305, -9.859676543759770e-305, 6.911633257175599e-302},
	} {
		g := NewGibbs(c.F, c.beta, Counting(len(c.F)))
		got := row{c.F, c.beta, g.Probs(nil), g.Complement(0), g.NLL(0), g.LogZ(), g.FreeEnergy(), g.Entropy()}
		if fmt.Sprint(got) != fmt.Sprint(c) {
			t.Errorf("got  %v\nwant %v", got, c)
		}
		if want := math.Log(c.p[0]); !(math.Abs(g.LogProb(0)-want) <= 0x1p-50) && !(math.IsNaN(want) && math.IsNaN(g.LogProb(0))) && g.LogProb(0) != want {
			t.Errorf("F=%v β=%v: LogProb(0) = %v, want %v", c.F, c.beta, g.LogProb(0), want)
		}
	}
}

func TestGibbsMeasures(t *testing.T) {
	close := func(what string, got, want, ulps float64) {
		t.Helper()
		if !(math.Abs(got-want) <= ulps*0x1p-52*math.Abs(want)) && got != want {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	inf := math.Inf(1)
	// Masses 1, 2, 0, 3 at level energies: p = 1/6, 1/3, 0, 1/2 at every β.
	mu := Weighted([]float64{1, 2, 0, 3})
	for _, beta := range []float64{0, 1, 1e300, inf} {
		g := NewGibbs([]float64{7, 7, -9, 7}, beta, mu)
		for i, want := range []float64{1. / 6, 1. / 3, 0, 0.5} {
			close("Prob", g.Prob(i), want, 1)
			close("Complement", g.Complement(i), 1-want, 2)
		}
		close("NLL of no answer", g.NLL(2), inf, 0)
		if math.IsInf(beta, 1) {
			close("NLL", g.NLL(0), 0, 0)
			continue
		}
		close("LogZ", g.LogZ(), math.Log(6)-beta*7, 2)
		close("NLL", g.NLL(0), math.Log(6)/beta, 2)
		close("NLL", g.NLL(1), math.Log(3)/beta, 2)
		close("NLL", g.NLL(3), math.Ln2/beta, 2)
	}
	for _, bad := range []float64{math.NaN(), -inf} {
		if p := NewGibbs([]float64{bad, 1}, 1, Weighted([]float64{0, 1})).Prob(1); !math.IsNaN(p) {
			t.Errorf("an energy of %v and mass 0: p = %v", bad, p)
		}
	}
	close("LogZ at β=∞", NewGibbs([]float64{0, 0, 5}, inf, Weighted([]float64{0.5, 0.5 + 0x1p-53, 1000})).LogZ(), 0x1p-53, 0)
	// A winner of mass 3: ℓ = ln(1 + e⁻⁷⁰⁰/3), where ln Z − ln 3 is all cancellation.
	close("NLL of a winner", NewGibbs([]float64{0, 700}, 1, Weighted([]float64{3, 1})).NLL(0), math.Exp(-700)/3, 4)
	// A measure of total mass 1: F_β tends to the mean, and stays accurate.
	for _, beta := range []float64{0, 5e-324, 1e-300, 1e-40, 1e-17} {
		g := NewGibbs([]float64{1, 4}, beta, Weighted([]float64{0.25, 0.75}))
		close("FreeEnergy", g.FreeEnergy(), 3.25, 1)
	}
	close("FreeEnergy at β=1e-4", NewGibbs([]float64{1, 4}, 1e-4, Weighted([]float64{0.25, 0.75})).FreeEnergy(),
		-math.Log1p(0.25*math.Expm1(-1e-4)+0.75*math.Expm1(-4e-4))/1e-4, 8)
	close("FreeEnergy at β=0, mass 2", NewGibbs([]float64{1}, 0, Weighted([]float64{2})).FreeEnergy(), -inf, 0)
	close("FreeEnergy at β=0, mass ½", NewGibbs([]float64{1}, 0, Weighted([]float64{0.5})).FreeEnergy(), inf, 0)
	close("no mass: LogZ", NewGibbs([]float64{1}, 1, Weighted([]float64{0})).LogZ(), -inf, 0)
	// Importance weights beyond the range of float64.
	points := [][]float64{{0}, {1}}
	s := Samples(points, []float64{-2000, -2000 + math.Ln2})
	close("LogMass", s.LogMass(0), 2000-math.Ln2, 1)
	close("LogMass", Weighted([]float64{0, 1}).LogMass(0), -inf, 0)
	close("LogMass", Counting(3).LogMass(2), 0, 0)
	close("Prob", NewGibbs([]float64{3, 3}, 2, s).Prob(0), 2./3, 2000) // the log densities are off by 2000 ulps of 1
	if s.Len() != 2 || &s.Points()[0][0] != &points[0][0] || Counting(2).Points() != nil {
		t.Error("Len or Points")
	}
}

func TestGibbsMoments(t *testing.T) {
	g := NewGibbs([]float64{0, 0, math.Inf(1)}, 1, Counting(3))
	x := []float64{1e16 + 2, 1e16, math.NaN()}
	if m, v := g.Mean(x), g.Variance(x); m != 1e16+1 && m != 1e16 && m != 1e16+2 || v != 1 {
		t.Errorf("mean %v, variance %v, want 1e16 + 1 and 1", m, v)
	}
	rapid.Check(t, func(t *rapid.T) {
		F := rapid.SliceOfN(rapid.Float64Range(-50, 50), 1, 8).Draw(t, "F")
		beta := math.Exp(rapid.Float64Range(-4, 4).Draw(t, "ln β"))
		g := NewGibbs(F, beta, Counting(len(F)))
		// F_β = ⟨F⟩ − H/β (identity 12): three roundings, of numbers of at most this size.
		slack := 0x1p-51 * (50 + math.Abs(g.Entropy()/beta))
		if d := g.FreeEnergy() - (g.Mean(F) - g.Entropy()/beta); !(math.Abs(d) <= slack) {
			t.Fatalf("F_β − (⟨F⟩ − H/β) = %g", d)
		}
		// Var F = −d⟨F⟩/dβ ≥ 0, ≤ R²/4 (Popoviciu, identity 17).
		if v := g.Variance(F); !(v >= 0 && v <= 2500*(1+0x1p-52)) {
			t.Fatalf("Var F = %g", v)
		}
		// 0 ≤ H ≤ ln n (identity 14), the right side rounded.
		if h := g.Entropy(); !(h >= 0 && h <= math.Log(float64(len(F)))*(1+0x1p-51)) {
			t.Fatalf("H = %g", h)
		}
	})
}

// Multiplying β by 2ᵏ and dividing F by it changes no probability at all; nor
// does any shift that is exact, or another order.
func TestGibbsInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		F := make([]float64, n)
		for i := range F {
			F[i] = float64(rapid.IntRange(-900, 900).Draw(t, "100 F")) / 64
		}
		beta := float64(rapid.IntRange(1, 100).Draw(t, "β"))
		k := rapid.IntRange(-900, 900).Draw(t, "k")
		c := float64(rapid.Int64Range(-1<<40, 1<<40).Draw(t, "c"))
		g := NewGibbs(F, beta, Counting(n))
		scaled, shifted := make([]float64, n), make([]float64, n)
		for i, f := range F {
			scaled[i], shifted[i] = math.Ldexp(f, k), f+c
		}
		h, s := NewGibbs(scaled, math.Ldexp(beta, -k), Counting(n)), NewGibbs(shifted, beta, Counting(n))
		for i := range F {
			if g.Prob(i) != h.Prob(i) || g.Prob(i) != s.Prob(i) || g.NLL(i) != s.NLL(i) {
				t.Fatalf("answer %d: p = %v, scaled %v, shifted %v", i, g.Prob(i), h.Prob(i), s.Prob(i))
			}
			if a, b := g.NLL(i), h.NLL(i); min(a, b) >= 0x1p-1022 && b != math.Ldexp(a, k) { // not subnormal
				t.Fatalf("answer %d: ℓ = %v, scaled %v", i, a, b)
			}
		}
	})
}

func TestGibbsSample(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	g := NewGibbs([]float64{0, 1, math.Inf(1), 2, 800}, 1, Weighted([]float64{1, 0, 1, math.Exp(2), 1}))
	const n = 20000
	count := make([]int, 5)
	for range n {
		count[g.Sample(r)]++
	}
	if count[1] != 0 || count[2] != 0 || count[4] != 0 || count[0]+count[3] != n {
		t.Errorf("drew %v: only 0 and 3 can be", count)
	}
	// A fair coin: 6 standard deviations, ½√n each.
	if d := math.Abs(float64(count[0]) - n/2); !(d <= 3*math.Sqrt(n)) {
		t.Errorf("drew %v, want 0 and 3 about equally often", count)
	}
	if i := NewGibbs([]float64{5}, 1, Counting(1)).Sample(r); i != 0 {
		t.Errorf("drew %d of one", i)
	}
}

// bits is a source of the numbers in it.
type bits []uint64

func (b *bits) Uint64() uint64 {
	next := (*b)[0]
	*b = (*b)[1:]
	return next
}

// TestGibbsSampleBits has the two words that make u, below and at the bound of the first answer.
func TestGibbsSampleBits(t *testing.T) {
	const all = 1<<11 - 1 // the bits that do not count
	for _, c := range []struct {
		first  float64 // the mass of answer 0, of answer 1 is 1
		hi, lo uint64
		want   int
	}{
		{1, 0, 0, 0},
		{1, 1<<63 - 1, 1<<64 - 1, 0},
		{1, 1 << 63, 0, 1},
		{0x1p-90, all, (1<<16-1)<<11 + all, 0}, // u = 2⁻⁹⁰ − 2⁻¹⁰⁶
		{0x1p-90, all, 1 << 16 << 11, 1},       // u = 2⁻⁹⁰
		{0x1p-90, 1 << 11, 0, 1},
	} {
		g := NewGibbs([]float64{0, 0}, 1, Weighted([]float64{c.first, 1}))
		if got := g.Sample(rand.New(&bits{c.hi, c.lo})); got != c.want {
			t.Errorf("p₀ = %v: u of %x and %x draws %d, want %d", g.Prob(0), c.hi, c.lo, got, c.want)
		}
	}
}

// TestGibbsSampleEnd: the largest u draws the last answer that is possible, whatever is left of
// the sum by rounding.
func TestGibbsSampleEnd(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 4))
	for range 1000 {
		F := make([]float64, 3+r.IntN(6))
		for i := range F {
			F[i] = 3 * r.NormFloat64()
		}
		F = append(F, 0, inf)
		if got := NewGibbs(F, 1, Counting(len(F))).Sample(rand.New(&bits{math.MaxUint64, math.MaxUint64})); got != len(F)-2 {
			t.Fatalf("F = %v: u = 1 − 2⁻¹⁰⁶ draws %d", F, got)
		}
	}
}

func TestGibbsCopies(t *testing.T) {
	F := []float64{0, 1}
	g := NewGibbs(F, 1, Counting(2))
	p := g.LogProb(1)
	F[1] = 9
	if g.LogProb(1) != p {
		t.Error("Gibbs reads the caller's energies after NewGibbs")
	}
	dst := []float64{7, 7}
	if got := g.Probs(dst); &got[0] != &dst[0] || dst[0] != g.Prob(0) {
		t.Error("Probs does not set and return dst")
	}
}

func TestGibbsPanics(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	g := NewGibbs([]float64{0, 1}, 1, Counting(2))
	impossible := NewGibbs([]float64{inf}, 1, Counting(1))
	for name, f := range map[string]func(){
		"Counting(0)":          func() { Counting(0) },
		"Weighted(nil)":        func() { Weighted(nil) },
		"Weighted(-1)":         func() { Weighted([]float64{-1}) },
		"Weighted(NaN)":        func() { Weighted([]float64{nan}) },
		"Weighted(Inf)":        func() { Weighted([]float64{inf}) },
		"Samples: none":        func() { Samples(nil, nil) },
		"Samples: lengths":     func() { Samples([][]float64{{0}}, nil) },
		"Samples: -Inf":        func() { Samples([][]float64{{0}}, []float64{-inf}) },
		"Samples: NaN":         func() { Samples([][]float64{{0}}, []float64{nan}) },
		"LogMass":              func() { Counting(2).LogMass(2) },
		"LogMass: negative":    func() { Counting(2).LogMass(-1) },
		"NewGibbs: lengths":    func() { NewGibbs([]float64{0}, 1, Counting(2)) },
		"NewGibbs: beta = -1":  func() { NewGibbs([]float64{0}, -1, Counting(1)) },
		"NewGibbs: beta = NaN": func() { NewGibbs([]float64{0}, nan, Counting(1)) },
		"Hold: lengths":        func() { new(Gibbs).Hold([]float64{0}, 1, Counting(2)) },
		"Hold: beta = NaN":     func() { new(Gibbs).Hold([]float64{0}, nan, Counting(1)) },
		"Rows: lengths": func() {
			for range Rows([][]float64{{0, 1}, {0}}, 1, Counting(2)) {
			}
		},
		"Probs: length":     func() { g.Probs(make([]float64, 3)) },
		"Mean: length":      func() { g.Mean(nil) },
		"Variance: length":  func() { g.Variance(nil) },
		"Sample of nothing": func() { impossible.Sample(rand.New(rand.NewPCG(1, 1))) },
	} {
		mustPanic(t, name, f)
	}
}

func BenchmarkGibbs(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{2, 10, 1000} {
		F := make([]float64, n)
		for i := range F {
			F[i] = 10 * r.NormFloat64()
		}
		b.Run(fmt.Sprintf("op=new/n=%d", n), func(b *testing.B) {
			for b.Loop() {
				NewGibbs(F, 1, Counting(n))
			}
		})
		g, dst := NewGibbs(F, 1, Counting(n)), make([]float64, n)
		b.Run(fmt.Sprintf("op=probs/n=%d", n), func(b *testing.B) {
			for b.Loop() {
				g.Probs(dst)
			}
		})
	}
}
