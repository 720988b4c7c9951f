package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// The estimators are tried by tests of a known error (TestClaims). Each allows what a right one
// exceeds with probability 10⁻⁹ at most, by Hoeffding's inequality, by the exact normal
// distribution, or by the bound of Laurent and Massart (2000, lemma 1) on χ². One of which the
// mean is off by twice as much, and that is spread as a right one is, passes with 10⁻⁷ at most:
// by the same bounds, of which that on χ² with N = 20 000 leaves e^−17.7.

// An annealed draws a chain for e^(−βF) from the proposal of a: its end and weight ω.
type annealed func(a Annealing, f Energy, beta float64, r *rand.Rand) (y, omega float64)

func ofAnnealing(a Annealing, f Energy, beta float64, r *rand.Rand) (y, omega float64) {
	mu := a.Samples(f, nil, nil, beta, 1, r)
	y = mu.Points()[0][0]
	return y, math.Exp(mu.LogMass(0) - beta*f.Eval(nil, nil, mu.Points()[0]))
}

// standard is the standard normal distribution.
func standard(levels, moves int) Annealing {
	return Annealing{
		Draw:       func(r *rand.Rand) []float64 { return []float64{r.NormFloat64()} },
		LogDensity: func(y []float64) float64 { return -(y[0]*y[0] + math.Log(2*math.Pi)) / 2 },
		Levels:     levels, Moves: moves, Sigma: 1.5,
	}
}

// tilted is e^(−βF) = φ(y) e^(−2(y − 1)²) at β = 2: a weight is a product of factors in
// (0, 1] then, and with N(4/5, 1/5)
//
//	Z = e^(−2/5)/√5,    ∫ over y > 4/5 is Z/2
var tilted = field{F: func(y []float64) float64 {
	return (y[0]*y[0]+math.Log(2*math.Pi))/4 + square(y[0]-1)
}}

// unbiased says what is wrong with the means of ω and of ω where y > 4/5.
func unbiased(of annealed, levels, moves int) string {
	const N = 20_000
	r := rand.New(rand.NewPCG(2, uint64(levels)))
	var sum, half float64
	for range N {
		y, omega := of(standard(levels, moves), tilted, 2, r)
		if !(omega >= 0 && omega <= 1+1e-12) {
			return fmt.Sprintf("a weight of %v", omega)
		}
		sum += omega / N
		if y > 0.8 {
			half += omega / N
		}
	}
	Z, bound := math.Exp(-0.4)/math.Sqrt(5), math.Sqrt(math.Log(2/1e-9)/(2*N))
	if !(math.Abs(sum-Z) <= bound) || !(math.Abs(half-Z/2) <= bound) {
		return fmt.Sprintf("%d levels: means %v and %v, want %v and %v ± %.2g", levels, sum, half, Z, Z/2, bound)
	}
	return ""
}

// annealedFaults are chains of their own, each wrong in one respect; it panics if one that is
// right does not pass.
func annealedFaults() map[string]annealed {
	chain := func(last bool, level func(t float64) float64, after bool) annealed {
		return func(a Annealing, f Energy, beta float64, r *rand.Rand) (y, omega float64) {
			at := a.Draw(r)
			var lnOmega float64
			K := float64(a.Levels)
			for k := 0; k < a.Levels; k++ {
				weigh := func() { lnOmega -= (beta*f.Eval(nil, nil, at) + a.LogDensity(at)) / K }
				if !after && (last || k < a.Levels-1) {
					weigh()
				}
				t := level(float64(k+1) / K)
				energy := field{F: func(y []float64) float64 { return t*beta*f.Eval(nil, nil, y) - (1-t)*a.LogDensity(y) }}
				for range a.Moves {
					if k < a.Levels-1 {
						MetropolisStep(energy, nil, nil, at, 1, a.Sigma, r)
					}
				}
				if after {
					weigh()
				}
			}
			return at[0], math.Exp(lnOmega)
		}
	}
	same := func(t float64) float64 { return t }
	if why := unbiased(chain(true, same, false), 4, 3); why != "" {
		panic("a right chain: " + why)
	}
	return map[string]annealed{
		"the last factor is left out":       chain(false, same, false),
		"the steps are those of the end":    chain(true, func(float64) float64 { return 1 }, false),
		"the steps are those of the start":  chain(true, func(float64) float64 { return 0 }, false),
		"a weight is taken after its steps": chain(true, same, true),
		"the proposal's density is forgotten": func(a Annealing, f Energy, beta float64, r *rand.Rand) (y, omega float64) {
			y, omega = ofAnnealing(a, f, beta, r)
			return y, omega * math.Exp(a.LogDensity([]float64{y}))
		},
	}
}

// TestAnnealingMeasure: the chains are a measure like any other: ln Z of a narrow
// Gaussian, far out, by its Gibbs distribution, within six of its own deviations.
func TestAnnealingMeasure(t *testing.T) {
	q, w := Quadratic{2}, []float64{3, -2, 4, 1, 1, 2}
	wide := Annealing{
		Draw:       func(r *rand.Rand) []float64 { return []float64{3 * r.NormFloat64(), 3 * r.NormFloat64()} },
		LogDensity: func(y []float64) float64 { return -(y[0]*y[0]+y[1]*y[1])/18 - math.Log(18*math.Pi) },
		Levels:     30, Moves: 2, Sigma: 1,
	}
	g := func(a Annealing) (*Gibbs, Measure) {
		mu := a.Samples(q, w, nil, 1.5, 400, rand.New(rand.NewPCG(3, 4)))
		return NewGibbs(Energies(nil, q, w, nil, mu.Points()), 1.5, mu), mu
	}
	long, mu := g(wide)
	if off, s := long.LogZ()-q.LogZ(w, 1.5), math.Sqrt(long.SampleVariance()); !(math.Abs(off) <= 6*s) || !(s < 0.2) {
		t.Errorf("ln Z off by %v, deviation %v", off, s)
	}
	plain, _ := g(Annealing{wide.Draw, wide.LogDensity, 1, 0, 0})
	if !(long.EffectiveSize() > 3*plain.EffectiveSize()) {
		t.Errorf("effective size %v of 400, %v without levels", long.EffectiveSize(), plain.EffectiveSize())
	}
	if mu.Len() != 400 || len(mu.Points()) != 400 {
		t.Errorf("%d answers, %d points", mu.Len(), len(mu.Points()))
	}

	wall := field{F: func(y []float64) float64 {
		if y[0] < 0 {
			return inf
		}
		return y[0]
	}}
	for _, levels := range []int{1, 5} {
		mu := standard(levels, 1).Samples(wall, nil, nil, 1, 50, rand.New(rand.NewPCG(5, 6)))
		F := Energies(nil, wall, nil, nil, mu.Points())
		for i, f := range F {
			if f == inf && !math.IsInf(mu.LogMass(i), -1) && levels > 1 {
				t.Errorf("%d levels: an impossible point has mass e^%v", levels, mu.LogMass(i))
			}
		}
		if z := NewGibbs(F, 1, mu).LogZ(); z-z != 0 {
			t.Errorf("%d levels: ln Z = %v", levels, z)
		}
	}
	for _, bad := range []float64{nan, -inf} {
		f := field{F: func([]float64) float64 { return bad }}
		for _, levels := range []int{1, 5} {
			mu := standard(levels, 1).Samples(f, nil, nil, 1, 3, rand.New(rand.NewPCG(5, 6)))
			if none := math.IsInf(mu.LogMass(0), -1); none != (levels > 1) {
				t.Errorf("%d levels, an energy of %v: mass e^%v", levels, bad, mu.LogMass(0))
			}
			if z := NewGibbs(Energies(nil, f, nil, nil, mu.Points()), 1, mu).LogZ(); !math.IsNaN(z) {
				t.Errorf("%d levels, an energy of %v: ln Z = %v", levels, bad, z)
			}
		}
	}
	a := standard(1, 0)
	refuses(t, "no answers", func() { a.Samples(wall, nil, nil, 1, 0, nil) })
	refuses(t, "no levels", func() { standard(0, 1).Samples(wall, nil, nil, 1, 1, nil) })
	refuses(t, "negative", func() { standard(1, -1).Samples(wall, nil, nil, 1, 1, nil) })
	for _, beta := range []float64{0, inf, nan, -1} {
		refuses(t, "beta", func() { a.Samples(wall, nil, nil, beta, 1, nil) })
	}
	for _, bad := range []float64{nan, inf, -inf} {
		a.LogDensity = func([]float64) float64 { return bad }
		refuses(t, "not finite", func() { a.Samples(wall, nil, nil, 1, 1, rand.New(rand.NewPCG(1, 1))) })
	}
	for _, q := range []float64{1 << 25, 1<<25 + 1, -1 << 25, -1<<25 - 1, 1e9} {
		a.LogDensity = func([]float64) float64 { return q }
		draw := func() { a.Samples(wall, nil, nil, 1, 1, rand.New(rand.NewPCG(1, 1))) }
		if math.Abs(q) > 1<<25 {
			refuses(t, "not within", draw)
		} else {
			draw()
		}
	}
}

// varied says what is wrong with an estimate of the variance of Ẑ over Z²: on samples of 20,
// times Ẑ², its mean is the true one,
//
//	(∫ φ e^(−4(y − 1)²) dy − Z²)/20 = (e^(−4/9)/3 − Z²)/20
//
// to Hoeffding's bound, as 0 ≤ s² ≤ n/4(n − 1).
func varied(of func(g *Gibbs) float64) string {
	const n, M = 20, 4000
	r := rand.New(rand.NewPCG(7, 8))
	var mean float64
	for range M {
		mu := standard(1, 0).Samples(tilted, nil, nil, 2, n, r)
		g := NewGibbs(Energies(nil, tilted, nil, nil, mu.Points()), 2, mu)
		Z := math.Exp(g.LogZ())
		mean += n * of(g) * Z * Z / M
	}
	want, bound := math.Exp(-4./9)/3-math.Exp(-0.8)/5, float64(n)/4/(n-1)*math.Sqrt(math.Log(2/1e-9)/(2*M))
	if !(math.Abs(mean-want) <= bound) {
		return fmt.Sprintf("mean %v, want %v ± %.2g", mean, want, bound)
	}
	return ""
}

var varianceFaults = map[string]func(g *Gibbs) float64{
	"without the − 1/n":   func(g *Gibbs) float64 { return 1 / g.EffectiveSize() },
	"the variance of one": func(g *Gibbs) float64 { return g.SampleVariance() * float64(len(g.energies)) },
	"the deviation":       func(g *Gibbs) float64 { return math.Sqrt(g.SampleVariance()) },
}

// TestSampleVariance: it is the variance of the mean of the weights over its square.
func TestSampleVariance(t *testing.T) {
	const n = 20
	r := rand.New(rand.NewPCG(7, 8))
	for range 400 {
		mu := standard(1, 0).Samples(tilted, nil, nil, 2, n, r)
		g := NewGibbs(Energies(nil, tilted, nil, nil, mu.Points()), 2, mu)
		Z := math.Exp(g.LogZ())
		var direct float64
		for i := range n {
			direct += square(n*g.Prob(i)*Z-Z) / (n - 1) / n
		}
		if got := g.SampleVariance() * Z * Z; !(math.Abs(got-direct) <= 1e-13*direct) { // n roundings, twice
			t.Fatalf("variance %v, by its definition %v", got, direct)
		}
	}
	level := NewGibbs([]float64{1, 1, 1}, 1, Counting(3))
	if got := level.SampleVariance(); got != 0 {
		t.Errorf("equal weights: %v", got)
	}
	if got := NewGibbs([]float64{0, inf}, 1, Counting(2)).SampleVariance(); got != 1 {
		t.Errorf("all on one: %v", got)
	}
	if got := NewGibbs([]float64{0}, 1, Counting(1)).SampleVariance(); !math.IsNaN(got) {
		t.Errorf("one draw: %v", got)
	}
}

// A contrast is LangevinCD on Quadratic{1}, or what is planted for it.
type contrast func(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64

func ofLangevin(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
	return LangevinCD(nil, Quadratic{1}, w, nil, y, chains, k, beta, eta, r)
}

// contrasts says what is wrong with CD-3 from y and with the same chains 3 steps later.
// With r = ỹ − μ and c = 1 − ηa, after k steps r is normal of mean m = cᵏ (y − μ) and
// variance v = (2η/β)(1 − c²ᵏ)/(1 − c²), so that of the means of −a r and r²/2 over N
// chains
//
//	that of r is normal of mean m and variance v/N,
//	that of (r − m)² is v χ²_N/N.
//
// From them the gradient is −a(y − μ) + a⟨r⟩ and ((y − μ)² − ⟨r²⟩)/2.
func contrasts(of contrast) string {
	const N, mu, a, beta, eta = 20_000, 0.5, 4., 2., 0.05
	r := rand.New(rand.NewPCG(9, 10))
	w, y := []float64{mu, a}, []float64{1.5}
	chains := make([][]float64, N)
	for i := range chains {
		chains[i] = []float64{y[0]}
	}
	for calls := 1; calls <= 2; calls++ {
		got := of(w, y, chains, 3, beta, eta, r)
		c := 1 - eta*a
		ck := math.Pow(c, float64(3*calls))
		m, v := ck*(y[0]-mu), 2*eta/beta*(1-ck*ck)/(1-c*c)
		mean := got[0]/a + y[0] - mu                                     // of r
		if bound := 6.2 * math.Sqrt(v/N); !(math.Abs(mean-m) <= bound) { // erfc(6.2/√2) < 10⁻⁹
			return fmt.Sprintf("call %d: ⟨r⟩ = %v, want %v ± %.2g", calls, mean, m, bound)
		}
		// ⟨(r − m)²⟩ = ⟨r²⟩ − 2m⟨r⟩ + m²
		square := square(y[0]-mu) - 2*got[1] - 2*m*mean + m*m
		x := math.Log(2 / 1e-9)
		if chi := square / v * N; !(chi-N <= 2*math.Sqrt(N*x)+2*x) || !(N-chi <= 2*math.Sqrt(N*x)) {
			return fmt.Sprintf("call %d: ⟨(r − m)²⟩ = %v, want %v", calls, square, v)
		}
	}
	return ""
}

// contrastFaults are wrong in a believable way.
var contrastFaults = map[string]contrast{
	"chains that are not kept": func(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
		for _, c := range chains {
			c[0] = y[0]
		}
		return ofLangevin(w, y, chains, k, beta, eta, r)
	},
	"a step less": func(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
		return ofLangevin(w, y, chains, k-1, beta, eta, r)
	},
	"the noise of β = 1": func(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
		return ofLangevin(w, y, chains, k, 1, eta, r)
	},
	"the other sign": func(w, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
		g := ofLangevin(w, y, chains, k, beta, eta, r)
		return []float64{-g[0], -g[1]}
	},
}

func TestLangevinCDSpecial(t *testing.T) {
	chains := [][]float64{{2}, {2}}
	dst := []float64{7, 7}
	if got := LangevinCD(dst, Quadratic{1}, []float64{0, 1}, nil, []float64{2}, chains, 0, 1, 0.1, nil); got[0] != 0 || got[1] != 0 || &got[0] != &dst[0] {
		t.Errorf("no steps from y: %v, want 0", got)
	}
	refuses(t, "no chains", func() { LangevinCD(nil, Quadratic{1}, []float64{0, 1}, nil, []float64{2}, nil, 1, 1, 0.1, nil) })
	refuses(t, "negative", func() { LangevinCD(nil, Quadratic{1}, []float64{0, 1}, nil, []float64{2}, chains, -1, 1, 0.1, nil) })
	for _, beta := range []float64{nan, 0, -1, inf} {
		refuses(t, "beta or eta", func() { LangevinCD(nil, Quadratic{1}, []float64{0, 1}, nil, []float64{2}, chains, 0, beta, 0.1, nil) })
	}
	refuses(t, "beta or eta", func() { LangevinCD(nil, Quadratic{1}, []float64{0, 1}, nil, []float64{2}, chains, 0, 1, -1, nil) })
	refuses(t, "wrong length", func() {
		LangevinCD(make([]float64, 3), Quadratic{1}, []float64{0, 1}, nil, []float64{2}, chains, 1, 1, 1, nil)
	})
}

// From a broad Gaussian to the double well, in twenty steps: ln Z and its deviation.
func ExampleAnnealing_Samples() {
	f, w, beta := Wells{}, []float64{1}, 8.0
	a := Annealing{
		Draw:       func(r *rand.Rand) []float64 { return []float64{2 * r.NormFloat64()} },
		LogDensity: func(y []float64) float64 { return -y[0]*y[0]/8 - math.Log(8*math.Pi)/2 },
		Levels:     20, Moves: 3, Sigma: 0.5,
	}
	mu := a.Samples(f, w, nil, beta, 1000, rand.New(rand.NewPCG(1, 2)))
	g := NewGibbs(Energies(nil, f, w, nil, mu.Points()), beta, mu)
	fmt.Printf("ln Z = %.2f ± %.2f\n", g.LogZ(), math.Sqrt(g.SampleVariance()))
	box, F, _ := Box([]float64{-9}, []float64{9}, func(y []float64) float64 { return f.Eval(w, nil, y) }, beta)
	fmt.Printf("on a box %.2f\n", NewGibbs(F, beta, box).LogZ())
	// Output:
	// ln Z = -0.41 ± 0.03
	// on a box -0.44
}
