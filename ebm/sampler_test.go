package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// possible draws 1 to 6 energies k/100 with ties and perhaps some impossible,
// but one.
func possible() *rapid.Generator[[]float64] {
	return rapid.Custom(func(t *rapid.T) []float64 {
		F := rapid.SliceOfN(rapid.OneOf(number(), number(), number(), rapid.Just(inf)), 1, 6).Draw(t, "F")
		F[0] = number().Draw(t, "F0")
		return F
	})
}

// naive returns e^{−βF}/Z as it is written: with |βF| ≤ 15 nothing can go
// wrong.
func naive(F []float64, beta float64) []float64 {
	p := make([]float64, len(F))
	var Z float64
	for i, f := range F {
		p[i] = math.Exp(-beta * f)
		Z += p[i]
	}
	for i := range p {
		p[i] /= Z
	}
	return p
}

// TestMetropolis: P is a transition matrix, in detailed balance with p, so that
// p is unchanged (identity 88).
//
// Errors: P_ij takes a subtraction and a product whose result x, |x| ≤ 60, errs
// by 2u|x|, an exponential (2u) and a division, so 2u·30 + 3u relatively; pᵢ
// has an exponent of one rounding, |βF| ≤ 15: (15 + 2 + n + 2)u. Both sides
// together: under 200u. The largest product is 1, so a row sum (P_ii by n terms
// of expm1) is within (63 + n)u as well.
func TestMetropolis(t *testing.T) {
	var worst spent
	rapid.Check(t, func(t *rapid.T) {
		F := possible().Draw(t, "F")
		beta := rapid.SampledFrom([]float64{0.1, 1, 5}).Draw(t, "beta")
		n := len(F)
		P, p := Metropolis(F, beta), naive(F, beta)
		for i := range P {
			var sum float64
			for j, pij := range P[i] {
				if !(pij >= 0 && pij <= 1) {
					t.Fatalf("P[%d][%d] = %v", i, j, pij)
				}
				sum += pij
				flow := p[i] * pij
				worst.near(t, fmt.Sprintf("pᵢPᵢⱼ − pⱼPⱼᵢ for %d, %d", i, j), flow, p[j]*P[j][i], 200*unit*flow)
			}
			worst.near(t, "row sum", sum, 1, 100*unit)
			if !(P[i][i] >= 1/float64(n)-unit) {
				t.Fatalf("P[%d][%d] = %v is below 1/n", i, i, P[i][i])
			}
		}
		after := Diffuse(nil, p, P, 1)
		for j := range p {
			worst.near(t, "pP", after[j], p[j], 300*unit*p[j])
		}
	})
	t.Logf("largest share of the allowance spent: %.2g", float64(worst))
}

// kl returns KL(q‖p).
func kl(q, p []float64) float64 {
	var s float64
	for i := range q {
		if q[i] > 0 {
			s += q[i] * math.Log(q[i]/p[i])
		}
	}
	return s
}

// TestMetropolisForgets: KL(qP‖p) ≤ KL(q‖p) from any start, so contrastive
// divergence is not negative (identity 88), and the total variation after k
// steps is at most (1 − e^{−βR})ᵏ. In KL each of n ≤ 6 terms q ln(q/p),
// |ln(q/p)| ≤ 35, errs by less than 200u·35: 10⁻¹¹ in all, with room for q
// itself, which k = 50 products of P have moved by 50·200u.
func TestMetropolisForgets(t *testing.T) {
	const slack = 1e-11
	rapid.Check(t, func(t *rapid.T) {
		F := rapid.SliceOfN(number(), 1, 6).Draw(t, "F")
		beta := rapid.SampledFrom([]float64{0.1, 1, 2}).Draw(t, "beta")
		P, p := Metropolis(F, beta), naive(F, beta)
		q := make([]float64, len(F))
		q[rapid.IntRange(0, len(F)-1).Draw(t, "start")] = 1
		R := slices.Max(F) - slices.Min(F)
		for k := 1; k <= 50; k++ {
			before := kl(q, p)
			Diffuse(q, q, P, 1)
			if after := kl(q, p); !(after <= before+slack) {
				t.Fatalf("step %d: KL rose from %v to %v", k, before, after)
			}
			var tv float64
			for i := range q {
				tv += math.Abs(q[i]-p[i]) / 2
			}
			if bound := math.Pow(-math.Expm1(-beta*R), float64(k)); !(tv <= bound+slack) && R > 0 {
				t.Fatalf("step %d: total variation %v, bound %v", k, tv, bound)
			}
		}
	})
}

func TestMetropolisSpecial(t *testing.T) {
	P := Metropolis([]float64{0, inf, 1}, 2)
	const third = 0.045111761078870897298 // e⁻²/3
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 1, 0}, {2, 1, 0}, {1, 0, 1.0 / 3}, {1, 2, 1.0 / 3}, {1, 1, 1.0 / 3}, {0, 2, third}, {2, 0, 1.0 / 3}} {
		if P[c.i][c.j] != c.want {
			t.Errorf("with an impossible answer: P[%d][%d] = %v, want %v", c.i, c.j, P[c.i][c.j], c.want)
		}
	}
	if P := Metropolis([]float64{5}, 1); P[0][0] != 1 {
		t.Errorf("one answer: P = %v", P)
	}
	if P := Metropolis([]float64{inf, inf}, 1); P[0][0] != 0.5 || P[0][1] != 0.5 {
		t.Errorf("no possible answer: P = %v", P)
	}
	if P := Metropolis([]float64{nan}, 1); !math.IsNaN(P[0][0]) {
		t.Errorf("one NaN energy: P = %v", P)
	}
	P = Metropolis([]float64{0, nan, 1}, 1)
	for k := range 3 {
		if !math.IsNaN(P[1][k]) || !math.IsNaN(P[k][1]) {
			t.Errorf("NaN energy: P = %v", P)
		}
	}
	refuses(t, "no answers", func() { Metropolis(nil, 1) })
	for _, beta := range []float64{0, -1, inf, nan} {
		refuses(t, "beta", func() { Metropolis([]float64{1}, beta) })
		refuses(t, "beta", func() { MetropolisStep(Wells{}, []float64{1}, nil, []float64{1}, beta, 1, nil) })
		refuses(t, "beta", func() { LangevinStep(Wells{}, []float64{1}, nil, []float64{1}, beta, 1, nil) })
	}
	refuses(t, "eta", func() { LangevinStep(Wells{}, []float64{1}, nil, []float64{1}, 1, -1, nil) })
	P = Metropolis([]float64{0, 1}, 1)
	refuses(t, "differ in length", func() { Diffuse(nil, []float64{1}, P, 1) })
	refuses(t, "negative", func() { Diffuse(nil, []float64{1, 0}, P, -1) })
	refuses(t, "not square", func() { Diffuse(nil, []float64{1}, P[:1], 1) })
	refuses(t, "wrong length", func() { Diffuse(make([]float64, 3), []float64{1, 0}, P, 1) })
	refuses(t, "no such state", func() { Walk(P, 2, 1, nil) })
	refuses(t, "no such state", func() { Walk(P, -1, 1, nil) })
	refuses(t, "negative", func() { Walk(P, 0, -1, nil) })
	refuses(t, "no such answer", func() { CD(nil, P, 2, 1) })
	refuses(t, "no such answer", func() { CD(nil, P, -1, 1) })
	refuses(t, "no such answer", func() { SampleCD(nil, P, -1, []int{0}, 1, nil) })
	refuses(t, "no such answer", func() { SampleCD(nil, P, 2, []int{0}, 1, nil) })
	refuses(t, "no chains", func() { SampleCD(nil, P, 0, nil, 1, nil) })
	refuses(t, "no such state", func() { SampleCD(nil, P, 0, []int{7}, 1, nil) })
	refuses(t, "negative", func() { SampleCD(nil, P, 0, []int{0}, -1, nil) })
	refuses(t, "negative", func() { CD(nil, P, 0, -1) })
	for _, cd := range []func(dst []float64) []float64{
		func(dst []float64) []float64 { return CD(dst, P, 1, 0) },
		func(dst []float64) []float64 { return SampleCD(dst, P, 1, []int{1}, 0, nil) },
	} {
		dst := []float64{7, 7}
		if got := cd(dst); &got[0] != &dst[0] || dst[0] != 0 || dst[1] != 0 {
			t.Errorf("no steps from y: %v in %v, want 0", got, dst)
		}
		if got := cd(nil); len(got) != 2 || got[0] != 0 || got[1] != 0 {
			t.Errorf("no steps from y, into nil: %v, want 0", got)
		}
		refuses(t, "wrong length", func() { cd(make([]float64, 3)) })
	}
}

// TestWalk: the state after k steps has the distribution that Diffuse knows
// (bound: hoeffding).
func TestWalk(t *testing.T) {
	const N = 100_000
	P := Metropolis([]float64{0, 0.5, 2, inf}, 1)
	r := rand.New(rand.NewPCG(1, 88))
	for _, k := range []int{0, 1, 4} {
		start := []float64{0, 0, 1, 0}
		want := Diffuse(nil, start, P, k)
		share := make([]float64, len(P))
		for range N {
			share[Walk(P, 2, k, r)] += 1. / N
		}
		bound := hoeffding(N, len(P))
		for i := range share {
			if !(math.Abs(share[i]-want[i]) <= bound) || want[i] == 0 && share[i] != 0 {
				t.Errorf("%d steps to %d: share %v, probability %v, more than %.2g apart", k, i, share[i], want[i], bound)
			}
		}
	}
}

// A u of 0 leads to no state of probability 0, and accepts no impossible proposal.
func TestNeverImpossible(t *testing.T) {
	if i := Walk([][]float64{{1, 0}, {0, 1}}, 1, 1, rand.New(&bits{0})); i != 1 {
		t.Errorf("a step of probability 0 was taken")
	}
	alone := Linear{N: 1, Phi: func(dst, x, y []float64) {
		if y[0] != 1 {
			dst[0] = inf
		}
	}}
	y := []float64{1}
	if MetropolisStep(alone, []float64{1}, nil, y, 1, 1, rand.New(&bits{1, 0})) || y[0] != 1 {
		t.Errorf("an impossible proposal was accepted: y = %v", y)
	}
}

// TestCD: the mean gradient is 0 for no steps and the gradient of the NLL for
// many (identity 42); for any k it is δ_y − δ_y Pᵏ and sums to 0. With R ≤ 3, β
// ≤ 1 the rest after 600 steps is below (1 − e⁻³)⁶⁰⁰ < 10⁻¹³; rounding moves
// each of 600 products by 200u.
func TestCD(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		F := rapid.SliceOfN(rapid.Map(rapid.IntRange(-150, 150), func(k int) float64 { return float64(k) / 100 }), 1, 5).Draw(t, "F")
		beta := rapid.SampledFrom([]float64{0.1, 1}).Draw(t, "beta")
		y := rapid.IntRange(0, len(F)-1).Draw(t, "y")
		P, p := Metropolis(F, beta), naive(F, beta)
		for _, k := range []int{0, 1, 3, 600} {
			g, used := CD(nil, P, y, k), CD(undefined(nil, len(F)), P, y, k)
			q := make([]float64, len(F))
			q[y] = 1
			Diffuse(q, q, P, k)
			var sum float64
			for j := range g {
				delta := 0.0
				if j == y {
					delta = 1
				}
				sum += g[j]
				if used[j] != g[j] {
					t.Fatalf("k = %d: into dst %v, into nil %v", k, used, g)
				}
				if !(math.Abs(g[j]-(delta-q[j])) <= float64(k+1)*200*unit) {
					t.Fatalf("k = %d: g[%d] = %v, want %v", k, j, g[j], delta-q[j])
				}
				if k == 600 && !(math.Abs(g[j]-(delta-p[j])) <= 600*200*unit+1e-13) {
					t.Fatalf("g[%d] = %v, the gradient of the NLL is %v", j, g[j], delta-p[j])
				}
			}
			if !(math.Abs(sum) <= float64(2*len(F))*unit) {
				t.Fatalf("k = %d: elements sum to %v", k, sum)
			}
		}
	})
}

// dkw holds a sample to a distribution. By the Dvoretzky–Kiefer–Wolfowitz
// inequality, with Massart's constant, the empirical and the true distribution
// function differ by more than √(ln(2/α)/2n) anywhere with probability at most
// α = 10⁻⁹.
func dkw(t *testing.T, what string, sample []float64, cdf func(float64) float64) {
	t.Helper()
	slices.Sort(sample)
	n := float64(len(sample))
	bound := math.Sqrt(math.Log(2/1e-9) / (2 * n))
	var far float64
	for i, v := range sample {
		far = max(far, cdf(v)-float64(i)/n, float64(i+1)/n-cdf(v))
	}
	if !(far <= bound) {
		t.Errorf("%s: distribution function off by %.3g, bound %.3g", what, far, bound)
	}
	t.Logf("%s: distribution function off by %.3g, bound %.3g", what, far, bound)
}

// normalCDF returns the distribution function of N(mean, variance).
func normalCDF(mean, variance float64) func(float64) float64 {
	return func(v float64) float64 { return math.Erfc((mean-v)/math.Sqrt(2*variance)) / 2 }
}

// TestMetropolisStep: started in the Gibbs distribution of a quadratic, N(μ,
// 1/(βa)), the chain stays in it, whatever the size of the step. That it moves
// is seen from the share of accepted steps, (2/π) arctan(2/s) for σ = s
// standard deviations.
func TestMetropolisStep(t *testing.T) {
	const N, steps = 20_000, 20
	const mu, a, beta = 0.5, 4., 2.
	deviation := 1 / math.Sqrt(beta*a)
	f, w := Quadratic{1}, []float64{mu, a}
	for _, s := range []float64{0.5, 2.4} {
		r := rand.New(rand.NewPCG(1, 11))
		var stay []float64
		accepted := 0
		for range N {
			y := []float64{mu + deviation*r.NormFloat64()}
			start := y[0]
			moved := MetropolisStep(f, w, nil, y, beta, s*deviation, r)
			if moved != (y[0] != start) {
				t.Fatalf("from %v to %v, but it says %v", start, y[0], moved)
			}
			if moved {
				accepted++
			}
			for range steps - 1 {
				MetropolisStep(f, w, nil, y, beta, s*deviation, r)
			}
			stay = append(stay, y[0])
		}
		dkw(t, fmt.Sprintf("started in p, σ = %v deviations", s), stay, normalCDF(mu, deviation*deviation))
		want := 2 / math.Pi * math.Atan(2/s)
		if got, bound := float64(accepted)/N, hoeffding(N, 1); !(math.Abs(got-want) <= bound) {
			t.Errorf("σ = %v deviations: share %v accepted, want %v ± %.3g", s, got, want, bound)
		}
	}

	y := []float64{1}
	if MetropolisStep(Wells{}, []float64{nan}, nil, y, 1, 1, rand.New(rand.NewPCG(1, 1))) || y[0] != 1 {
		t.Errorf("a proposal with energy NaN was accepted: y = %v", y)
	}
}

// TestLangevinStep: on F = ½ a (y − μ)², with c = 1 − ηa, the state after k
// steps from y₀ is exactly normal,
//
//	N(μ + cᵏ (y₀ − μ), (2η/β)(1 − c²ᵏ)/(1 − c²))
//
// which for large k has the variance (1/(βa))/(1 − ηa/2), not 1/(βa).
func TestLangevinStep(t *testing.T) {
	const N = 40_000
	const mu, a, beta, start = 0.5, 4., 2., 3.
	f, w := Quadratic{1}, []float64{mu, a}
	r := rand.New(rand.NewPCG(1, 12))
	for _, c := range []struct {
		eta float64
		k   int
	}{{0.01, 1}, {0.01, 5}, {0.2, 3}, {0.2, 30}} {
		var sample []float64
		for range N {
			y := []float64{start}
			for range c.k {
				LangevinStep(f, w, nil, y, beta, c.eta, r)
			}
			sample = append(sample, y[0])
		}
		shrink := 1 - c.eta*a
		ck := math.Pow(shrink, float64(c.k))
		variance := 2 * c.eta / beta * (1 - ck*ck) / (1 - shrink*shrink)
		dkw(t, fmt.Sprintf("η = %v, %d steps", c.eta, c.k), sample, normalCDF(mu+ck*(start-mu), variance))
		if c.k == 30 {
			if limit := 1 / (beta * a) / (1 - c.eta*a/2); !(math.Abs(variance-limit) <= 1e-12) { // c⁶⁰ < 10⁻⁴¹, and rounding
				t.Errorf("variance %v after many steps, want %v", variance, limit)
			}
		}
	}
	y := []float64{1, 2}
	LangevinStep(Wells{}, []float64{1}, nil, y, 1, 0, r)
	if y[0] != 1 || y[1] != 2 {
		t.Errorf("a step of size 0 moved to %v", y)
	}
}
