package ebm_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"ebmcheck/ebm"
)

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
