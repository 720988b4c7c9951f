package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/properties/exact"
)

// TestTwoLayerSlope: ∂F/∂b = v (1 − tanh² s) is a number for |s| up to 370, where tanh s
// rounds to ±1 from 19 on. s is exact here; e^(−2|s|) is within 2 ulps, and 6 more
// operations round.
func TestTwoLayerSlope(t *testing.T) {
	slopes := func(slope func(s float64) float64) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			s := magnitude(r, -3, 2.5) * float64(1-2*r.IntN(2))
			e := exact.Of(-2*math.Abs(s), 300).Exp()
			one := exact.Of(1, 300)
			want := e.Mul(exact.Of(4, 300)).Div(one.Add(e).Sqr()).Mid()
			if got := slope(s); !(math.Abs(got-want) <= 10*unit*want) {
				return fmt.Sprintf("at s = %v: %v, want %v", s, got, want)
			}
			return ""
		}
	}
	f := TwoLayer{0, 1, 1}
	promise.Try(t, "∂F/∂b", 200, slopes(func(s float64) float64 { return f.GradW(nil, []float64{1, 0, 1}, nil, []float64{s})[1] }))
	promise.Try(t, "∂F/∂y", 200, slopes(func(s float64) float64 { return f.GradY(nil, []float64{1, 0, 1}, nil, []float64{s})[0] }))
	promise.Refute(t, "1 − t²", 200, slopes(func(s float64) float64 { t := math.Tanh(s); return (1 - t) * (1 + t) }))
}

// TestTwoLayerBound: |F| ≤ Σ|vₖ|, and no less far out.
func TestTwoLayerBound(t *testing.T) {
	f, w := TwoLayer{0, 1, 2}, []float64{1, -3, 0.5, 0.5, 2, -0.75}
	for y := -400.0; y <= 400; y += 0.5 {
		F := f.Eval(w, nil, []float64{y})
		if !(math.Abs(F) <= 2.75) || math.Abs(y) == 400 && math.Abs(F) != 2.75 {
			t.Errorf("at y = %v: F = %v, Σ|v| is 2.75", y, F)
		}
	}
}

// TestWellsBeyond: if ‖x‖ > |a|, F has one minimum, at y = 0.
func TestWellsBeyond(t *testing.T) {
	for _, start := range []float64{3, -0.5} {
		if y, F, err := InferFrom(Wells{}, []float64{1}, []float64{2}, [][]float64{{start}}); err != nil || !(math.Abs(y[0]) <= 1e-7) || F != 9 {
			t.Errorf("from %v: F = %v at %v, %v; want 9 at 0", start, F, y, err)
		}
	}
}

// TestLinearDirty: Phi and PullY set only what is not 0.
func TestLinearDirty(t *testing.T) {
	f := Linear{
		N:     3,
		Phi:   func(dst, x, y []float64) { dst[int(y[0])] = 1 },
		PullY: func(dst, w, x, y []float64) { dst[1] += w[0] },
	}
	w := []float64{5, 6, 7}
	if got := f.GradW(undefined(nil, 3), w, nil, []float64{1}); fmt.Sprint(got) != "[0 1 0]" {
		t.Errorf("φ over a dirty dst: %v", got)
	}
	if got := f.GradY(undefined(nil, 2), w, nil, []float64{1, 1}); fmt.Sprint(got) != "[0 5]" {
		t.Errorf("∂F/∂y over a dirty dst: %v", got)
	}
}

// TestMetropolisStepImpossible: between two impossible points it moves, from one to a
// possible point too, back not; a NaN is never left or entered.
func TestMetropolisStepImpossible(t *testing.T) {
	for _, c := range []struct {
		from, to float64
		moves    bool
	}{{inf, inf, true}, {inf, 3, true}, {3, inf, false}, {3, nan, false}, {nan, 3, false}, {nan, nan, false}, {3, 3, true}, {1e308, -1e308, true}, {-1e308, 1e308, false}} {
		f := field{F: func(y []float64) float64 {
			if y[0] == 0 {
				return c.from
			}
			return c.to
		}}
		for seed := range 20 {
			y := []float64{0}
			if moved := MetropolisStep(f, nil, nil, y, 1, 1, rand.New(rand.NewPCG(uint64(seed), 1))); moved != c.moves || moved != (y[0] != 0) {
				t.Errorf("from F = %v to %v: moved is %v, y = %v", c.from, c.to, moved, y)
			}
		}
	}
}

// TestWalkSteps: no step of probability 0, not even to stay, where rounding leaves a u
// over; a NaN is no probability.
func TestWalkSteps(t *testing.T) {
	tenth := []float64{0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0} // they add up to 1 − 2⁻⁵³
	P := make([][]float64, len(tenth))
	for i := range P {
		P[i] = tenth
	}
	for _, u := range []uint64{0, math.MaxUint64} {
		want := 10
		if u == 0 {
			want = 1
		}
		if i := Walk(P, 0, 1, rand.New(&bits{u})); i != want {
			t.Errorf("u of bits %x leads to %d, want %d", u, i, want)
		}
	}
	for _, P := range [][][]float64{{{nan, 0}, {0, 1}}, {{1, nan}, {0, 1}}, Metropolis([]float64{0, nan}, 1)} {
		refuses(t, "undefined probability", func() { Walk(P, 0, 1, rand.New(rand.NewPCG(1, 1))) })
	}
	refuses(t, "not square", func() { Walk([][]float64{{1}, {0, 1}}, 0, 1, nil) })
}

func TestRBFWithoutCentres(t *testing.T) {
	one := []float64{1}
	refuses(t, "no centres", func() { RBF{Nx: 1}.Params() })
	refuses(t, "no centres", func() { RBF{Nx: 1}.Eval(one, one, []float64{0}) })
	refuses(t, "no centres", func() { RBF{Nx: 1}.GradY(nil, one, one, []float64{0}) })
	ragged := RBF{1, [][]float64{{1}, {1, 2}}}
	refuses(t, "centres differ in length", func() { ragged.Eval(one, one, []float64{1}) })
	refuses(t, "centres differ in length", func() { ragged.GradW(nil, one, one, []float64{0}) })
}

// TestMixtureWeights: Soft of a Mixture with masses π is a mixture of the parts' Gibbs
// distributions with weights ∝ π_k Z_k, which are not ∝ π_k where the parts differ in
// width.
func TestMixtureWeights(t *testing.T) {
	const beta = 1.5
	parts := Mixture{Quadratic{1}, Quadratic{1}}
	w, pi := []float64{-2, 4, 1, 0.25}, []float64{0.3, 0.7}
	f := Soft{parts, Weighted(pi), beta}
	var Z [2]float64
	for k := range Z {
		Z[k] = math.Exp(Quadratic{1}.LogZ(w[2*k:2*k+2], beta))
	}
	mu, F, relErr := Box([]float64{-40}, []float64{40}, func(y []float64) float64 { return f.Eval(w, nil, y) }, beta)
	g := NewGibbs(F, beta, mu)
	for _, y := range []float64{-2.1, 0, 1, 3} {
		var right, printed float64
		total := pi[0]*Z[0] + pi[1]*Z[1]
		for k := range Z {
			p := math.Exp(-beta*Quadratic{1}.Eval(w[2*k:2*k+2], nil, []float64{y})) / Z[k]
			right += pi[k] * Z[k] / total * p
			printed += pi[k] * p
		}
		got := math.Exp(g.LogDensity(f.Eval(w, nil, []float64{y})))
		if !(math.Abs(got-right) <= (relErr+1e-14)*right) || !(math.Abs(got-printed) > 0.01*right) {
			t.Errorf("p(%v) = %v, want %v; with weights ∝ π it would be %v", y, got, right, printed)
		}
	}
}

// TestConditional: the conditional distribution of a Gaussian is that of regression,
//
//	y₀ | y₁ ~ N(μ₀ − S₀₁ (y₁ − μ₁)/S₀₀, 1/(βS₀₀))
//
// and p(y₀ | y₁) p(y₁) = p(y₀, y₁).
func TestConditional(t *testing.T) {
	const beta = 0.8
	q, w := Quadratic{2}, []float64{0.5, -1, 2, 0.6, 0.6, 1}
	f := Conditional{q, 2, []int{1}}
	known := []float64{0.3}
	mean, variance := 0.5-0.6*(known[0]+1)/2, 1/(beta*2)
	mu, F, relErr := Box([]float64{-20}, []float64{20}, func(y []float64) float64 { return f.Eval(w, known, y) }, beta)
	g := NewGibbs(F, beta, mu)
	for _, y := range []float64{-2, 0.1, 1.7} {
		want := -square(y-mean)/2/variance - math.Log(2*math.Pi*variance)/2
		if got := g.LogDensity(f.Eval(w, known, []float64{y})); !(math.Abs(got-want) <= 2*relErr+16*unit*(1+math.Abs(want))) {
			t.Errorf("ln p(%v | %v) = %v, want %v", y, known[0], got, want)
		}
		joint := -beta*q.Eval(w, nil, []float64{y, known[0]}) - q.LogZ(w, beta)
		v := 2 / (beta * (2*1 - 0.6*0.6)) // of y₁: S⁻¹₁₁/β
		marginal := -square(known[0]+1)/2/v - math.Log(2*math.Pi*v)/2
		if !(math.Abs(want+marginal-joint) <= 32*unit*(1+math.Abs(joint))) {
			t.Errorf("ln p(%v | %v) + ln p(%v) = %v, ln p of both %v", y, known[0], known[0], want+marginal, joint)
		}
	}
	refuses(t, "x has the wrong length", func() { f.Eval(w, nil, []float64{1}) })
	refuses(t, "y has the wrong length", func() { f.Eval(w, known, []float64{1, 2}) })
	for _, bad := range [][]int{{2}, {-1}} {
		refuses(t, "different indices", func() { Conditional{q, 2, bad}.Eval(w, known, []float64{1}) })
	}
	refuses(t, "different indices", func() { Conditional{Quadratic{3}, 3, []int{1, 1}}.Eval(nil, []float64{1, 2}, []float64{1}) })
	refuses(t, "wrong length", func() { f.GradY(make([]float64, 2), w, known, []float64{1}) })
}
