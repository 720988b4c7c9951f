// Command gomlx puts GoMLX through ebmcheck: package graph and the losses of
// ml/train, on the backend in pure Go, gradients by graph.Gradient. float64.
// Logits are −βF.
package main

import (
	"log"
	"math"

	"github.com/gomlx/gomlx/backends"
	_ "github.com/gomlx/gomlx/backends/simplego"
	g "github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/train/losses"

	"ebmcheck/adapters/go/adapter"
)

type nodes = []*g.Node

// in are the inputs of every graph: the energies as one vector F and the first
// and last as scalars, the answer y, and β, m, γ, M. (The gradient of a slice is
// not to be had from this backend.)
type in struct{ F, Fy, Fbar, y, beta, m, gamma, M *g.Node }

func (x in) at(v *g.Node) *g.Node { return g.Reshape(g.Gather(v, x.y)) }
func (x in) logits() *g.Node      { return g.Neg(g.Mul(x.F, x.beta)) }
func (x in) d() *g.Node           { return g.Sub(x.Fy, x.Fbar) }
func (x in) crossEntropy() *g.Node {
	return losses.SparseCategoricalCrossEntropyLogits(nodes{x.y}, nodes{x.logits()})
}
func positive(t *g.Node) *g.Node { return g.Max(t, g.ZerosLike(t)) }

// wholes are the losses of all energies, pairs those of two, Fy and Fbar.
var wholes = map[string]func(in) *g.Node{
	"energy":     func(x in) *g.Node { return x.at(x.F) },
	"perceptron": func(x in) *g.Node { return g.Sub(x.at(x.F), g.ReduceAllMin(x.F)) },
	"nll":        func(x in) *g.Node { return g.Div(x.crossEntropy(), x.beta) },
	"mee":        func(x in) *g.Node { return g.OneMinus(x.at(g.Softmax(x.logits()))) },
}

var pairs = map[string]func(in) *g.Node{
	"simple":        func(x in) *g.Node { return g.Add(positive(x.Fy), positive(g.Sub(x.m, x.Fbar))) },
	"hinge":         func(x in) *g.Node { return positive(g.Add(x.m, x.d())) },
	"log":           func(x in) *g.Node { return g.Softplus(x.d()) },
	"soft_hinge":    func(x in) *g.Node { return g.Div(g.Softplus(g.Mul(x.beta, g.Add(x.m, x.d()))), x.beta) },
	"square_square": func(x in) *g.Node { return g.Add(g.Square(positive(x.Fy)), g.Square(positive(g.Sub(x.m, x.Fbar)))) },
	"square_exp":    func(x in) *g.Node { return g.Add(g.Square(x.Fy), g.Mul(x.gamma, g.Exp(g.Neg(x.Fbar)))) },
	"mce":           func(x in) *g.Node { return g.Sigmoid(x.d()) },
	"lvq2":          func(x in) *g.Node { return g.Min(positive(x.d()), x.M) },
}

// op makes an op of outputs: it compiles a graph for each number of energies.
func op(backend backends.Backend, outputs func(in) nodes, answer func([][]float64) adapter.Answer) func(adapter.Call) (adapter.Answer, error) {
	exec := g.MustNewExec(backend, func(x nodes) nodes { return outputs(in{x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]}) }).SetMaxCache(-1)
	return func(c adapter.Call) (adapter.Answer, error) {
		F := c.Energies
		if c.Op == "gibbs" && (c.Beta == 0 || math.IsInf(c.Beta, 1)) {
			return adapter.Answer{}, adapter.Unsupported("the limits β = 0 and β = ∞ are no calls of Softmax")
		}
		results, err := exec.Exec(F, F[0], F[len(F)-1], []int64{int64(c.Answer)}, c.Beta, c.Margin, c.Gamma, c.Cap)
		if err != nil {
			return adapter.Answer{}, err
		}
		flat := make([][]float64, len(results))
		for i, r := range results {
			flat[i] = tensors.MustCopyFlatData[float64](r)
			r.MustFinalizeAll()
		}
		return answer(flat), nil
	}
}

func main() {
	backend, err := backends.NewWithConfig("go")
	if err != nil {
		log.Fatal(err)
	}
	ops := adapter.Ops{
		"gibbs": op(backend, func(x in) nodes { return nodes{g.Softmax(x.logits())} },
			func(r [][]float64) adapter.Answer { return adapter.Answer{Probs: r[0]} }),
		"infer": op(backend, func(x in) nodes { return nodes{g.ConvertDType(g.ArgMin(x.F, 0), x.F.DType())} },
			func(r [][]float64) adapter.Answer { return adapter.Answer{Index: int(r[0][0])} }),
	}
	for name, loss := range wholes {
		ops[name] = op(backend, func(x in) nodes { v := loss(x); return append(nodes{v}, g.Gradient(v, x.F)...) },
			func(r [][]float64) adapter.Answer { return adapter.Answer{Value: r[0][0], Grad: r[1]} })
	}
	for name, loss := range pairs {
		ops[name] = op(backend, func(x in) nodes { v := loss(x); return append(nodes{v}, g.Gradient(v, x.Fy, x.Fbar)...) },
			func(r [][]float64) adapter.Answer {
				return adapter.Answer{Value: r[0][0], Grad: []float64{r[1][0], r[2][0]}}
			})
	}
	adapter.Serve(adapter.Info{Name: "gomlx", Version: "0.26.0", Framework: "gomlx v0.26.0, backend go"}, ops)
}
