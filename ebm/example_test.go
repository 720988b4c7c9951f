package ebm_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"ebmcheck/ebm"
)

// An energy-based model is learned: each of three inputs has its answer, and what descent on
// the NLL of a table does is to push the energy of that answer down, and all others up as they
// are likely.
func Example() {
	f, ys := ebm.Table{Nx: 3, Ny: 3}, ebm.Answers(3)
	right := []int{2, 0, 1}
	grad := func(dst, W []float64) []float64 {
		clear(dst)
		for x, y := range right {
			F := ebm.Energies(nil, f, W, []float64{float64(x)}, ys)
			g := ebm.NewGibbs(F, 1, ebm.Counting(3)).Probs(nil) // ∂ℓ/∂F = δ_y − p
			for i := range g {
				g[i] = -g[i]
			}
			g[y]++
			for k, d := range ebm.Pull(nil, g, f, W, []float64{float64(x)}, ys) {
				dst[k] += d
			}
		}
		return dst
	}
	W := ebm.Descend(make([]float64, f.Params()), 0.5, 20, grad, nil)
	for x := range right {
		F := ebm.Energies(nil, f, W, []float64{float64(x)}, ys)
		fmt.Printf("F = %5.2f  ŷ = %d\n", F, ebm.Infer(F))
	}
	// Output:
	// F = [ 1.09  1.09 -2.18]  ŷ = 2
	// F = [-2.18  1.09  1.09]  ŷ = 0
	// F = [ 1.09 -2.18  1.09]  ŷ = 1
}

func ExampleNewGibbs() {
	F := []float64{1, 2, 4, math.Inf(1)} // the last answer is impossible
	g := ebm.NewGibbs(F, 1, ebm.Counting(4))
	fmt.Printf("p    = %.4f\n", g.Probs(nil))
	fmt.Printf("ln Z = %.4f\n", g.LogZ())
	fmt.Printf("F_β  = %.4f\n", g.FreeEnergy())
	fmt.Printf("ℓ    = %.4f\n", g.NLL(0))
	// Output:
	// p    = [0.7054 0.2595 0.0351 0.0000]
	// ln Z = -0.6510
	// F_β  = 0.6510
	// ℓ    = 0.3490
}

// The loss of a clear winner and the complement of its probability are small,
// not 0, and a large common energy changes neither.
func ExampleGibbs_Complement() {
	g := ebm.NewGibbs([]float64{0x1p50, 0x1p50 + 100}, 1, ebm.Counting(2))
	fmt.Println(g.Prob(0), g.Complement(0), g.NLL(0))
	// Output:
	// 1 3.720075976020836e-44 3.720075976020836e-44
}

// The partition function of a peak a ten-millionth of its box wide.
func ExampleBox() {
	const σ = 1e-6
	F := func(y []float64) float64 { return math.Pow((y[0]-math.E)/σ, 2) / 2 }
	mu, energies, relErr := ebm.Box([]float64{-10}, []float64{10}, F, 1)
	Z := math.Exp(ebm.NewGibbs(energies, 1, mu).LogZ())
	fmt.Printf("Z/σ = %.6f, √2π = %.6f, good to 1e-7: %v\n", Z/σ, math.Sqrt(2*math.Pi), relErr < 1e-7)
	// Output:
	// Z/σ = 2.506628, √2π = 2.506628, good to 1e-7: true
}

// Z of a Gaussian energy, from a sample of a wider Gaussian.
func ExampleSamples() {
	r := rand.New(rand.NewPCG(1, 2))
	var points [][]float64
	var logq, F []float64
	for range 100_000 {
		y := 2 * r.NormFloat64()
		points = append(points, []float64{y})
		logq = append(logq, -y*y/8-math.Log(2*math.Sqrt(2*math.Pi)))
		F = append(F, y*y/2)
	}
	Z := math.Exp(ebm.NewGibbs(F, 1, ebm.Samples(points, logq)).LogZ())
	fmt.Printf("%.1f\n", Z) // √2π, give or take 0.006
	// Output:
	// 2.5
}

// Minimising over x as well, as printed in SOURCE 1.1(a), answers another
// question (C04).
func ExampleInfer() {
	F := [][]float64{{0, 1}, {3, 2}} // F[x][y]
	_, anywhere := ebm.InferJoint(F)
	fmt.Println("over x and y:", anywhere)
	fmt.Println("given x = 1:", ebm.Infer(F[1]))
	// Output:
	// over x and y: 0
	// given x = 1: 1
}

func ExampleMostOffending() {
	F := []float64{0.5, 2, 0.1, 0.1}
	fmt.Println(ebm.MostOffending(F, 0), ebm.MostOffending(F, 2))
	// Output: 2 3
}

// One input, a circle of answers (C01): each start finds its own.
func ExampleInferFrom() {
	circle, a := ebm.Wells{}, []float64{1}
	for _, start := range [][]float64{{2, 0}, {0, -3}, {3, 4}} {
		y, F, err := ebm.InferFrom(circle, a, nil, [][]float64{start})
		fmt.Printf("%.3f %.0f %v\n", y, F, err)
	}
	// Output:
	// [1.000 0.000] 0 <nil>
	// [0.000 -1.000] 0 <nil>
	// [0.600 0.800] 0 <nil>
}

// Softmax regression is an energy-based model: a bilinear energy over unit vectors,
// at β = 1.
func ExampleBilinear() {
	f := ebm.Bilinear{Nx: 2, Ny: 3}
	W := []float64{
		1, 0, -1,
		0, 2, 0,
	}
	F := ebm.Energies(nil, f, W, []float64{1, 1}, [][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
	fmt.Println(F)
	fmt.Printf("%.3f\n", ebm.NewGibbs(F, 1, ebm.Counting(3)).Probs(nil))
	// Output:
	// [-1 -2 1]
	// [0.259 0.705 0.035]
}

// The gradient of the NLL in the parameters: its gradient in the energies,
// pulled back.
func ExamplePull() {
	f, W, x, y := ebm.Table{Nx: 1, Ny: 3}, []float64{0, 1, 3}, []float64{0}, 0
	ys := ebm.Answers(3)
	g := ebm.NewGibbs(ebm.Energies(nil, f, W, x, ys), 1, ebm.Counting(3)).Probs(nil)
	for i := range g {
		g[i] = -g[i]
	}
	g[y]++
	fmt.Printf("%.3f\n", ebm.Pull(nil, g, f, W, x, ys))
	// Output: [0.295 -0.259 -0.035]
}

// The best explanation has energy 3; its place, 1, is no energy (C28).
func ExampleMinimised() {
	G := []float64{7, 3} // G(y, z) for the only y
	F := ebm.Minimised{G: ebm.LatentTable{Ny: 1, Nz: 2}, Z: ebm.Counting(2)}
	y := []float64{0}
	fmt.Println("F =", F.Eval(G, nil, y), "at z =", F.Best(G, nil, y))
	// Output: F = 3 at z = 1
}

// A mixture of two normal densities, as an energy: y = 0.8 is explained by the
// part at 1.
func ExampleSoft() {
	parts := ebm.Mixture{ebm.Quadratic{D: 1}, ebm.Quadratic{D: 1}}
	W := []float64{-1, 4, 1, 4} // means −1 and 1, precision 4
	F := ebm.Soft{G: parts, Z: ebm.Weighted([]float64{0.5, 0.5}), Beta: 1}
	y := []float64{0.8}
	fmt.Printf("F = %.4f\n", F.Eval(W, nil, y))
	fmt.Printf("p(z|y) = %.4f\n", F.Posterior(W, nil, y).Probs(nil))
	fmt.Printf("∂F/∂W = %.4f\n", F.GradW(nil, W, nil, y))
	// Output:
	// F = 0.7715
	// p(z|y) = [0.0017 0.9983]
	// ∂F/∂W = [-0.0119 0.0027 0.7987 0.0200]
}

// A tag for each of three words: the pairwise table makes a noun likely after
// an article.
func ExampleChain() {
	tags := []string{"article", "noun", "verb"}
	c := ebm.Chain{
		Unary: [][]float64{{0, 1, 1}, {2, 0.5, 0}, {3, 1, 0.5}}, // "the", "can", "leaks"
		Pair: [][][]float64{
			{{3, 0, 2}, {2, 1, 0}, {0, 1, 2}},
			{{3, 0, 2}, {2, 1, 0}, {0, 1, 2}},
		},
	}
	y, F := c.Infer()
	for _, v := range y {
		fmt.Print(tags[v], " ")
	}
	fmt.Printf("F = %v, NLL = %.3f\n", F, c.NLL(y, 1))
	fmt.Printf("p(tag of \"can\") = %.3f\n", c.Marginals(1)[1])
	fmt.Printf("∂NLL/∂U of it   = %.3f\n", c.NLLGrad(y, 1).Unary[1])
	// Output:
	// article noun verb F = 1, NLL = 0.717
	// p(tag of "can") = [0.038 0.766 0.196]
	// ∂NLL/∂U of it   = [-0.038 0.234 -0.196]
}

// Text is discrete, yet no sum over all texts can be made (C46): what makes a
// sequence model tractable is structure.
func ExampleChain_tractable() {
	fmt.Printf("50257²⁰ = 10^%.2f sequences\n", 20*math.Log10(50257))
	fmt.Printf("T V² = %d steps of the recursion for V = 50, T = 20\n", 20*50*50)
	// Output:
	// 50257²⁰ = 10^94.02 sequences
	// T V² = 50000 steps of the recursion for V = 50, T = 20
}

// A walk of one step from the right answer shows the wrong answers beside it;
// the exact gradient is its limit.
func ExampleCD() {
	F := []float64{0, 1, 3}
	P := ebm.Metropolis(F, 1)
	for _, k := range []int{0, 1, 10, 100} {
		fmt.Printf("k = %d: %.3f\n", k, ebm.CD(nil, P, 0, k))
	}
	g := ebm.NewGibbs(F, 1, ebm.Counting(3))
	fmt.Printf("NLL: %.3f\n", []float64{g.Complement(0), -g.Prob(1), -g.Prob(2)})
	// Output:
	// k = 0: [0.000 0.000 0.000]
	// k = 1: [0.139 -0.123 -0.017]
	// k = 10: [0.294 -0.259 -0.035]
	// k = 100: [0.295 -0.259 -0.035]
	// NLL: [0.295 -0.259 -0.035]
}

// The energy loss pushes the right energy down for ever and never looks at the
// other (C18).
func ExampleDescend() {
	F := []float64{0.3, 0.7} // the table of one input
	grad := func(dst, w []float64) []float64 {
		dst[0], dst[1] = 1, 0 // ∂F_y/∂W for y = 0
		return dst
	}
	ebm.Descend(F, 0.1, 1000, grad, func(t int, w []float64) {
		if t%500 == 0 {
			fmt.Printf("%4d: %.1f\n", t, w)
		}
	})
	// Output:
	//    0: [0.3 0.7]
	//  500: [-49.7 0.7]
	// 1000: [-99.7 0.7]
}
