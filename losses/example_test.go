package losses_test

import (
	"fmt"

	"ebmcheck/ebm"
	"ebmcheck/losses"
)

func Example() {
	F := []float64{0.5, 0, 3} // the energies of three answers, of which the first is right
	grad := make([]float64, 3)
	for _, l := range []losses.Loss{
		losses.Perceptron{},
		losses.NLL{Beta: 1},
		losses.Contrastive(losses.Hinge{Margin: 1}),
	} {
		value := l.Eval(grad, F, 0)
		fmt.Printf("%.4f %.4f\n", value, grad)
	}
	// Output:
	// 0.5000 [1.0000 -1.0000 0.0000]
	// 1.0046 [0.6338 -0.6037 -0.0301]
	// 1.5000 [1.0000 -1.0000 0.0000]
}

// The winner's loss is tiny, not 0, and so is its gradient.
func ExampleNLL() {
	grad := make([]float64, 2)
	fmt.Println(losses.NLL{Beta: 1}.Eval(grad, []float64{0, 50}, 0))
	fmt.Println(grad)
	// Output:
	// 1.9287498479639178e-22
	// [1.9287498479639178e-22 -1.9287498479639178e-22]
}

// A pair loss takes the source's flat side at its kink, and knows on which side
// of it the exact energies are.
func ExampleHinge() {
	l := losses.Hinge{Margin: 1}
	fmt.Println(l.Pair(0, 1))
	fmt.Println(l.Pair(1e-20, 1))
	// Output:
	// 0 0 0
	// 1e-20 1 -1
}

func ExampleContrastiveBeyond() {
	mu, F, _ := ebm.Box([]float64{-2}, []float64{2}, func(y []float64) float64 { return y[0] * y[0] / 2 }, 1)
	l := losses.ContrastiveBeyond(losses.Hinge{Margin: 1}, mu.Points(), 0.5)
	y := ebm.Infer(F)
	fmt.Printf("%.2f\n", l.Eval(nil, F, y))
	// Output:
	// 0.87
}

// From energies to parameters: with a table, whose parameters are the energies
// of each input, a perceptron step lowers the right answer and raises the winner.
func ExampleGradient() {
	f, ys := ebm.Table{Nx: 2, Ny: 3}, ebm.Answers(3)
	w := []float64{5, 6, 7, -1, -2, -3} // the energies at x = 0, then at x = 1
	x := []float64{1}
	F := ebm.Energies(nil, f, w, x, ys)
	pull := func(dst, g []float64) []float64 { return ebm.Pull(dst, g, f, w, x, ys) }
	fmt.Println(losses.Gradient(nil, losses.Perceptron{}, F, 0, pull))
	// Output:
	// 2 [0 0 0 1 0 -1]
}

func ExampleCatalogue() {
	for _, e := range losses.Catalogue()[:3] {
		fmt.Printf("%-10s  %-23s  margin %-4s  %v\n", e.ID, e.Name, e.Margin, e.Traits)
	}
	// Output:
	// energy      energy                   margin none  smooth, differentiable, convex, needs-floor
	// perceptron  generalised perceptron   margin 0     convex, non-negative, shift-invariant
	// nll         negative log-likelihood  margin > 0   smooth, differentiable, convex, non-negative, shift-invariant
}

// Maximum likelihood on a continuum: the box is the space, the datum a point of mass 0
// added to it, and Pull takes the gradient on to the parameters.
func ExampleNLLOver() {
	f, w := ebm.Quadratic{D: 1}, []float64{0, 1} // N(0, 1)
	mu, _, _ := ebm.Box([]float64{-30}, []float64{30}, func(y []float64) float64 { return f.Eval(w, nil, y) }, 1)
	mu = mu.With([]float64{2}, 0)
	F := ebm.Energies(nil, f, w, nil, mu.Points())
	grad := make([]float64, len(F))
	nll := losses.NLLOver{Beta: 1, Mu: mu}.Eval(grad, F, len(F)-1)
	fmt.Printf("%.6f %.6f\n", nll, ebm.Pull(nil, grad, f, w, nil, mu.Points()))
	// Output:
	// 2.918939 [-2.000000 1.500000]
}

// Two data of a table of two inputs: descent on their mean perceptron loss stops where each
// right answer is least.
func ExampleBatch() {
	f, ys := ebm.Table{Nx: 2, Ny: 2}, ebm.Answers(2)
	batch := []losses.Datum{{X: []float64{0}, Y: 1}, {X: []float64{1}, Y: 0}}
	w := []float64{0, 1, 0, 1}
	ebm.Descend(w, 0.5, 4, func(dst, w []float64) []float64 {
		loss, dW := losses.Batch(dst, losses.Perceptron{}, f, w, ys, batch)
		fmt.Println(loss, dW)
		return dW
	}, nil)
	fmt.Println(w)
	// Output:
	// 0.5 [-0.5 0.5 0 0]
	// 0.25 [-0.5 0.5 0 0]
	// 0 [0 0 0 0]
	// 0 [0 0 0 0]
	// [0.5 0.5 0 1]
}
