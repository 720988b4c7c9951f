// Command gorgonia puts Gorgonia's operations on nodes through ebmcheck,
// gradients by gorgonia.Grad. float64. Logits are −βF.
package main

import (
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"ebmcheck/adapters/go/adapter"
)

// in is one call with its energies as a node.
type in struct {
	adapter.Call
	F *G.Node
}

func do(f func(a, b *G.Node) (*G.Node, error), a, b *G.Node) *G.Node { return G.Must(f(a, b)) }

func (x in) at(v *G.Node, i int) *G.Node { return G.Must(G.Slice(v, G.S(i))) }
func (x in) logits() *G.Node             { return do(G.Mul, x.F, G.NewConstant(-x.Beta)) }
func (x in) d() *G.Node                  { return do(G.Sub, x.at(x.F, 0), x.at(x.F, 1)) }
func (x in) over() *G.Node               { return do(G.Add, G.NewConstant(x.Margin), x.d()) } // m + d
func (x in) correct() *G.Node            { return G.Must(G.Rectify(x.at(x.F, 0))) }           // [F]⁺

// inside is [m − F̄]⁺.
func (x in) inside() *G.Node {
	return G.Must(G.Rectify(do(G.Sub, G.NewConstant(x.Margin), x.at(x.F, 1))))
}

func (x in) overBeta(v *G.Node) *G.Node { return do(G.Div, v, G.NewConstant(x.Beta)) }
func (x in) p() *G.Node                 { return x.at(G.Must(G.SoftMax(x.logits())), x.Answer) }

var losses = map[string]func(in) *G.Node{
	"free_energy":   func(x in) *G.Node { return G.Must(G.Neg(x.overBeta(G.Must(G.LogSumExp(x.logits(), 0))))) },
	"perceptron":    func(x in) *G.Node { return do(G.Add, x.at(x.F, x.Answer), G.Must(G.Max(G.Must(G.Neg(x.F))))) },
	"nll":           func(x in) *G.Node { return G.Must(G.Neg(x.overBeta(x.at(G.Must(G.LogSoftMax(x.logits())), x.Answer)))) },
	"mee":           func(x in) *G.Node { return do(G.Sub, G.NewConstant(1.0), x.p()) },
	"simple":        func(x in) *G.Node { return do(G.Add, x.correct(), x.inside()) },
	"hinge":         func(x in) *G.Node { return G.Must(G.Rectify(x.over())) },
	"log":           func(x in) *G.Node { return G.Must(G.Softplus(x.d())) },
	"soft_hinge":    func(x in) *G.Node { return x.overBeta(G.Must(G.Softplus(do(G.Mul, G.NewConstant(x.Beta), x.over())))) },
	"square_square": func(x in) *G.Node { return do(G.Add, G.Must(G.Square(x.correct())), G.Must(G.Square(x.inside()))) },
	"square_exp": func(x in) *G.Node {
		return do(G.Add, G.Must(G.Square(x.at(x.F, 0))), do(G.Mul, G.NewConstant(x.Gamma), G.Must(G.Exp(G.Must(G.Neg(x.at(x.F, 1)))))))
	},
	"mce": func(x in) *G.Node { return G.Must(G.Sigmoid(x.d())) },
}

// evaluate builds the graph of c, runs it and returns the numbers of its nodes.
func evaluate(c adapter.Call, nodes func(in) G.Nodes) ([][]float64, error) {
	g, n := G.NewGraph(), len(c.Energies)
	F := tensor.New(tensor.WithShape(n), tensor.WithBacking(c.Energies))
	out := nodes(in{c, G.NewVector(g, G.Float64, G.WithName("F"), G.WithShape(n), G.WithValue(F))})
	values := make([]G.Value, len(out))
	for i, node := range out {
		G.Read(node, &values[i])
	}
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	if err := vm.RunAll(); err != nil {
		return nil, err
	}
	numbers := make([][]float64, len(out))
	for i, v := range values {
		if x, scalar := v.Data().(float64); scalar {
			numbers[i] = []float64{x}
		} else {
			numbers[i] = v.Data().([]float64)
		}
	}
	return numbers, nil
}

func main() {
	ops := adapter.Ops{"gibbs": func(c adapter.Call) (adapter.Answer, error) {
		if c.Beta == 0 || math.IsInf(c.Beta, 1) {
			return adapter.Answer{}, adapter.Unsupported("the limits β = 0 and β = ∞ are no calls of SoftMax")
		}
		r, err := evaluate(c, func(x in) G.Nodes { return G.Nodes{G.Must(G.SoftMax(x.logits()))} })
		if err != nil {
			return adapter.Answer{}, err
		}
		return adapter.Answer{Probs: r[0]}, nil
	}}
	for name, loss := range losses {
		ops[name] = func(c adapter.Call) (adapter.Answer, error) {
			r, err := evaluate(c, func(x in) G.Nodes {
				v := loss(x)
				slopes, err := G.Grad(v, x.F)
				if err != nil {
					panic(err)
				}
				return append(G.Nodes{v}, slopes...)
			})
			if err != nil {
				return adapter.Answer{}, err
			}
			return adapter.Answer{Value: r[0][0], Grad: r[1]}, nil
		}
	}
	adapter.Serve(adapter.Info{Name: "gorgonia", Version: "0.9.18", Framework: "gorgonia v0.9.18"}, ops)
}
