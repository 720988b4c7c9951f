package ebm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"pgregory.net/rapid"
)

// example is an input and its right answer.
type example struct{ x, y []float64 }

// energyLoss returns the gradient of the mean energy of the right answers: the
// loss that only pushes down (C18).
func energyLoss(f Energy, data []example) func(dst, w []float64) []float64 {
	return func(dst, w []float64) []float64 {
		clear(dst)
		for _, d := range data {
			floats.AddScaled(dst, 1/float64(len(data)), f.GradW(nil, w, d.x, d.y))
		}
		return dst
	}
}

// TestDescend: on ½ a w², w_t = (1 − step·a)ᵗ w₀; every step is observed; t = 0
// too; a negative step ascends.
func TestDescend(t *testing.T) {
	const a, step = 2., 0.125 // 1 − step·a = ¾: exact
	grad := func(dst, w []float64) []float64 { return floats.ScaleTo(dst, a, w) }
	var seen []float64
	w := []float64{1, -4}
	got := Descend(w, step, 3, grad, func(s int, w []float64) {
		if s != len(seen) {
			t.Errorf("observed step %d after %d", s, len(seen))
		}
		seen = append(seen, w[0])
	})
	if &got[0] != &w[0] || !slices.Equal(seen, []float64{1, 0.75, 0.5625, 0.421875}) || w[1] != -4*0.421875 {
		t.Errorf("w = %v on the way %v", w, seen)
	}
	if w := Descend([]float64{1}, -step, 1, grad, nil); w[0] != 1.25 {
		t.Errorf("ascent: w = %v, want 1.25", w)
	}
	if w := Descend([]float64{1}, step, 0, grad, nil); w[0] != 1 {
		t.Errorf("no steps: w = %v", w)
	}
	own := Descend([]float64{1}, step, 1, func(_, w []float64) []float64 { return []float64{2} }, nil)
	if own[0] != 0.75 {
		t.Errorf("a gradient in its own slice: w = %v", own)
	}
	refuses(t, "negative number of steps", func() { Descend(w, step, -1, grad, nil) })
	refuses(t, "differ in length", func() { Descend(w, step, 1, func(_, w []float64) []float64 { return w[:1] }, nil) })
}

// TestEnergyLossOnTable: the right energy falls for ever, the other is
// untouched: neither flat nor 0 (C18, C19).
func TestEnergyLossOnTable(t *testing.T) {
	f := Table{Nx: 1, Ny: 2}
	w := Descend([]float64{0.3, 0.7}, 0.1, 1000, energyLoss(f, []example{{[]float64{0}, []float64{0}}}), nil)
	if allowed := 1000 * 100 * unit; !(math.Abs(w[0]-(-99.7)) <= allowed) || w[1] != 0.7 { // 1000 roundings below 100u
		t.Errorf("after 1000 steps F = %v, want (−99.7, 0.7)", w)
	}
}

// TestEnergyLossLearnsRegression: F = (y − wx)² learns w = 1 from y = x and
// keeps F(1, 2) = 1 (C18, C20). The loss is the mean of x² (w − 1)²: a step
// multiplies w − 1 by 1 − 2·0.05·(1 + 4 + 0.25)/3 = 0.825, so 200 steps by
// 2·10⁻¹⁷; the rest is rounding, a few ulps of 1 at a fixed point that
// contracts.
func TestEnergyLossLearnsRegression(t *testing.T) {
	f := Regression{1, 1}
	data := []example{{[]float64{1}, []float64{1}}, {[]float64{-2}, []float64{-2}}, {[]float64{0.5}, []float64{0.5}}}
	w := Descend([]float64{-3}, 0.05, 200, energyLoss(f, data), nil)
	if !(math.Abs(w[0]-1) <= 16*unit) {
		t.Errorf("w = %v, want 1", w)
	}
	if F := f.Eval(w, []float64{1}, []float64{2}); !(math.Abs(F-1) <= 64*unit) {
		t.Errorf("F(1, 2) = %v, want 1", F)
	}
}

// TestEnergyLossCollapses: on F = |g₁x − g₂y| with y not a multiple of x, every
// energy goes to 0, of right answers and wrong ones (C18, C20). The loss ℓ(g)
// is convex, least at g = 0, with subgradients of length at most G, so (Shor)
// the best of T steps η from g₀ has ℓ ≤ |g₀|²/2ηT + ηG²/2. As x = 1 and y = ±1
// both occur, ℓ ≥ ½(|g₁ − g₂| + |g₁ + g₂|) = max(|g₁|, |g₂|), so F(x, y) ≤ ℓ
// (|x| + |y|).
func TestEnergyLossCollapses(t *testing.T) {
	const step, steps = 0.001, 10_000
	f := JointEmbedding{1, 1}
	data := []example{{[]float64{1}, []float64{1}}, {[]float64{1}, []float64{-1}}}
	start := []float64{1, 0.8}
	G2 := 2.0 // |(x, y)|² = 2 for each of the data
	bound := floats.Dot(start, start)/(2*step*steps) + step*G2/2
	best := math.Inf(1)
	var at []float64
	Descend(slices.Clone(start), step, steps, energyLoss(f, data), func(_ int, w []float64) {
		var loss float64
		for _, d := range data {
			loss += f.Eval(w, d.x, d.y) / 2
		}
		if loss < best {
			best, at = loss, slices.Clone(w)
		}
	})
	if !(best <= bound) {
		t.Fatalf("least loss %v, the theorem says at most %v", best, bound)
	}
	for x := -3.; x <= 3; x++ {
		for y := -3.; y <= 3; y++ {
			if F := f.Eval(at, []float64{x}, []float64{y}); !(F <= best*(math.Abs(x)+math.Abs(y))*(1+8*unit)) {
				t.Errorf("F(%v, %v) = %v has not collapsed", x, y, F)
			}
		}
	}
	t.Logf("least loss %.3g, bound %.3g", best, bound)
}

// TestEnergyLossOnRBF: learned centres run into one another, fixed ones cannot
// (C20). With x = 1 for both classes and r_k = u_k − V: one step multiplies the
// difference u₀ − u₁ by 1 − 2η/2, the mean of r by 1 − 2η(1 + ½)... both below
// 0.9 for η = 0.1, so 300 steps leave 10⁻¹³ of them.
func TestEnergyLossOnRBF(t *testing.T) {
	data := []example{{[]float64{1}, []float64{0}}, {[]float64{1}, []float64{1}}}
	learned := LearnedRBF{Nx: 1, D: 1, N: 2}
	w := Descend([]float64{0.5, -1, 1}, 0.1, 300, energyLoss(learned, data), nil)
	for _, F := range Energies(nil, learned, w, []float64{1}, Answers(2)) {
		if !(F <= 1e-20) {
			t.Errorf("learned centres: F = %v, has not collapsed; W = %v", F, w)
		}
	}
	fixed := RBF{Nx: 1, Centres: [][]float64{{-1}, {1}}}
	w = Descend([]float64{0.5}, 0.1, 300, energyLoss(fixed, data), nil)
	F := Energies(nil, fixed, w, []float64{1}, Answers(2))
	if roots := math.Sqrt(F[0]) + math.Sqrt(F[1]); !(math.Abs(roots-2) <= 16*unit) {
		t.Errorf("fixed centres: F = %v, roots add up to %v, want 2", F, roots)
	}
}

// nll returns the gradient of the NLL of answer 0 in a table of one input.
func nll(beta float64) func(dst, w []float64) []float64 {
	return func(dst, w []float64) []float64 {
		g := NewGibbs(w, beta, Counting(len(w)))
		for i := range dst {
			dst[i] = -g.Prob(i)
		}
		dst[0] = g.Complement(0)
		return dst
	}
}

// TestNLLFlow: descent of the NLL on a table leaves ΣF alone (identity 53), and
// with the incorrect energies tied, u = β(F_ȳ − F_y) obeys Φ(u) = eᵘ + (n−1)u =
// Φ(u₀) + nβt along the flow (C52, identity 54): F_y falls and F_ȳ rises like
// ln t, without bound. An Euler step η moves u by δ = nβη/Φ′(u) and so Φ by nβη
// + ½e^ξ δ², ξ in [u, u + δ]: Φ runs ahead by at most the sum of ½ e^{u+δ} δ².
func TestNLLFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "n")
		beta := rapid.SampledFrom([]float64{0.5, 1, 2}).Draw(t, "beta")
		w := make([]float64, n)
		w[0] = float64(rapid.IntRange(-100, 100).Draw(t, "100F")) / 100
		others := float64(rapid.IntRange(-100, 100).Draw(t, "100F̄")) / 100
		for i := range w[1:] {
			w[1+i] = others
		}
		const step, steps = 0.01, 200
		phi := func(w []float64) float64 {
			u := beta * (w[1] - w[0])
			return math.Exp(u) + float64(n-1)*u
		}
		start, sum, ahead, before := phi(w), floats.Sum(w), 0.0, 0.0
		first := slices.Clone(w)
		Descend(w, step, steps, nll(beta), func(s int, w []float64) {
			u := beta * (w[1] - w[0])
			if s > 0 {
				delta := u - before
				ahead += math.Exp(u) * delta * delta / 2
			}
			before = u
		})
		// A step moves n energies of size 4 at most, each rounded by 4u, u in
		// all 8βu; Φ magnifies that by Φ′ ≤ e⁸ + n.
		rounding := steps * 8 * beta * unit * (math.Exp(before) + float64(n))
		if got, want := phi(w), start+float64(n)*beta*step*steps; !(got >= want-rounding && got <= want+ahead+rounding) {
			t.Fatalf("Φ = %v, want %v and at most %v more", got, want, ahead)
		}
		if got := floats.Sum(w); !(math.Abs(got-sum) <= steps*float64(n)*8*unit) {
			t.Fatalf("ΣF went from %v to %v", sum, got)
		}
		if !(w[0] < first[0] && w[1] > first[1]) {
			t.Fatalf("F went from %v to %v", first, w)
		}
	})
}

// Gradients of the pair losses with m = 1, by (F, F̄): as they are, and as
// SOURCE 1.3 prints them with the branches of the second term reversed.
func simpleGrad(printed bool) func(dst, w []float64) []float64 {
	return func(dst, w []float64) []float64 {
		dst[0], dst[1] = 0, 0
		if w[0] > 0 {
			dst[0] = 1
		}
		if (w[1] < 1) != printed && w[1] != 1 {
			dst[1] = -1
		}
		return dst
	}
}

func squareSquareGrad(printed bool) func(dst, w []float64) []float64 {
	return func(dst, w []float64) []float64 {
		dst[0], dst[1] = 2*max(w[0], 0), 0
		if (w[1] < 1) != printed {
			dst[1] = -2 * (1 - w[1])
		}
		return dst
	}
}

// TestPrintedGradients: the gradients as printed do the opposite of what the
// losses are for (C57, C66); the corrected ones do it (C74, C75).
func TestPrintedGradients(t *testing.T) {
	const step, steps = 0.01, 2000 // t = 20
	printedSimple, simple := simpleGrad(true), simpleGrad(false)
	printedSquares, squares := squareSquareGrad(true), squareSquareGrad(false)
	// Squares: (1 − 2·0.01)²⁰⁰⁰ < 10⁻¹⁷ of the distance is left, and the ulp of 1
	// of which steps of 0.02 of it no longer count: 50 ulps.
	const settled = 100 * unit
	left := 3 * math.Pow(1-2*step, steps)
	for _, c := range []struct {
		name        string
		grad        func(dst, w []float64) []float64
		start, want [2]float64
		allowed     float64
	}{
		{"simple, printed: a low wrong energy stays", printedSimple, [2]float64{0, 0.5}, [2]float64{0, 0.5}, 0},
		{"simple, printed: a high one runs away", printedSimple, [2]float64{0, 1.5}, [2]float64{0, 21.5}, steps * 32 * unit},
		{"simple: a low one rises to m", simple, [2]float64{0, 0.5}, [2]float64{0, 1}, step},
		{"simple: a high one stays", simple, [2]float64{0, 1.5}, [2]float64{0, 1.5}, 0},
		{"simple: the right one gets to 0", simple, [2]float64{3, 2}, [2]float64{0, 2}, step},
		{"simple: but not from below", simple, [2]float64{-5, 2}, [2]float64{-5, 2}, 0},
		{"squares, printed: a low wrong energy stays", printedSquares, [2]float64{0, 0.5}, [2]float64{0, 0.5}, 0},
		{"squares, printed: a high one is pulled down to m", printedSquares, [2]float64{0, 3}, [2]float64{0, 1}, settled},
		{"squares: a low one rises to m", squares, [2]float64{0, 0.5}, [2]float64{0, 1}, settled},
		{"squares: a high one stays", squares, [2]float64{0, 3}, [2]float64{0, 3}, 0},
		// each step rounds 2F, the product with η and the difference
		{"squares: F₀ (1 − 2η)ᵗ", squares, [2]float64{3, 2}, [2]float64{left, 2}, 4 * steps * unit * left},
	} {
		w := Descend(slices.Clone(c.start[:]), step, steps, c.grad, nil)
		for i := range w {
			if !(math.Abs(w[i]-c.want[i]) <= c.allowed) {
				t.Errorf("%s: from %v to %v, want %v ± %.2g", c.name, c.start, w, c.want, c.allowed)
			}
		}
	}
	if w := Descend([]float64{3, 2}, step, steps, squares, nil); !(w[0] > 0) {
		t.Errorf("square-square: the right energy reached %v in finite time", w[0])
	}
	// One energy for right and wrong: F² + (m − F)² settles at m/2, with loss
	// m²/2 (C75).
	shared := func(dst, w []float64) []float64 {
		g := squares(make([]float64, 2), []float64{w[0], w[0]})
		dst[0] = g[0] + g[1]
		return dst
	}
	if w := Descend([]float64{3}, step, steps, shared, nil); !(math.Abs(w[0]-0.5) <= 100*unit) {
		t.Errorf("shared energy: %v, want ½", w)
	}
}

// TestTrainNetwork: the pieces together. A small network, trained by the NLL
// through Pull, gives three answers to three inputs.
func TestTrainNetwork(t *testing.T) {
	f := TwoLayer{Nx: 1, Ny: 3, Hidden: 6}
	r := rand.New(rand.NewPCG(1, 3))
	w := make([]float64, f.Params())
	for i := range w {
		w[i] = r.NormFloat64()
	}
	xs, ys := [][]float64{{-1}, {0}, {1}}, [][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	loss := func(w []float64) (l float64) {
		for y, x := range xs {
			l += NewGibbs(Energies(nil, f, w, x, ys), 1, Counting(3)).NLL(y)
		}
		return l
	}
	before := loss(w)
	Descend(w, 0.1, 500, func(dst, w []float64) []float64 {
		clear(dst)
		for y, x := range xs {
			g := NewGibbs(Energies(nil, f, w, x, ys), 1, Counting(3)).Probs(nil)
			floats.Scale(-1, g)
			g[y]++
			floats.Add(dst, Pull(nil, g, f, w, x, ys))
		}
		return dst
	}, nil)
	for y, x := range xs {
		if got := Infer(Energies(nil, f, w, x, ys)); got != y {
			t.Errorf("x = %v: answer %d, want %d", x, got, y)
		}
	}
	t.Logf("NLL from %.3g to %.3g", before, loss(w))
}
