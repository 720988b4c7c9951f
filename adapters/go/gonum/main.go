// Command gonum puts gonum's floats.LogSumExp and what can be made of it
// through ebmcheck, and distuv.Logistic for the two-way sigmoid. Logits are
// −βF; gonum has no softmax, so p_i = exp(x_i − LogSumExp(x)). It has no softplus
// either, and LogSumExp of 0 and d is none: it keeps no digits of a small one.
package main

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"

	"ebmcheck/adapters/go/adapter"
)

// logits returns x = −βF, log Σ exp(x) and the probabilities.
func logits(c adapter.Call) (x []float64, lse float64, p []float64) {
	x = floats.ScaleTo(make([]float64, len(c.Energies)), -c.Beta, c.Energies)
	lse = floats.LogSumExp(x)
	p = make([]float64, len(x))
	for i := range p {
		p[i] = math.Exp(x[i] - lse)
	}
	return x, lse, p
}

func gibbs(c adapter.Call) (adapter.Answer, error) {
	if c.Beta == 0 || math.IsInf(c.Beta, 1) {
		return adapter.Answer{}, adapter.Unsupported("the limits β = 0 and β = ∞ are no calls of LogSumExp")
	}
	_, _, p := logits(c)
	return adapter.Answer{Probs: p}, nil
}

func freeEnergy(c adapter.Call) (adapter.Answer, error) {
	_, lse, p := logits(c)
	return adapter.Answer{Value: -lse / c.Beta, Grad: p}, nil
}

func nll(c adapter.Call) (adapter.Answer, error) {
	x, lse, p := logits(c)
	floats.Scale(-1, p)
	p[c.Answer]++
	return adapter.Answer{Value: (lse - x[c.Answer]) / c.Beta, Grad: p}, nil
}

func infer(c adapter.Call) (adapter.Answer, error) {
	return adapter.Answer{Index: floats.MinIdx(c.Energies)}, nil
}

func perceptron(c adapter.Call) (adapter.Answer, error) {
	grad := make([]float64, len(c.Energies))
	grad[c.Answer]++
	grad[floats.MinIdx(c.Energies)]--
	return adapter.Answer{Value: c.Energies[c.Answer] - floats.Min(c.Energies), Grad: grad}, nil
}

func mce(c adapter.Call) (adapter.Answer, error) {
	d, sigmoid := c.Energies[0]-c.Energies[1], distuv.Logistic{S: 1}
	return adapter.Answer{Value: sigmoid.CDF(d), Grad: []float64{sigmoid.Prob(d), -sigmoid.Prob(d)}}, nil
}

func main() {
	adapter.Serve(adapter.Info{Name: "gonum", Version: "0.17.0", Framework: "gonum v0.17.0"}, adapter.Ops{
		"gibbs": gibbs, "free_energy": freeEnergy, "infer": infer, "perceptron": perceptron,
		"nll": nll, "mce": mce,
	})
}
