package faults

import (
	"fmt"
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// narrow are right implementations in the narrower precisions: the standard
// algorithms with every operation rounded to the format, with exp, log and log1p
// nearly as bad as REQUIRED allows; computed in float64 and rounded at the end, as
// frameworks do that keep 16 bits in memory only; and, in float64 too, with the
// gradients of automatic differentiation, and with subnormal numbers flushed.
var narrow = func() []Variant {
	var vs []Variant
	for _, p := range op.Precisions[1:] {
		vs = append(vs,
			Variant{ID: fmt.Sprintf("%s-standard", p), Says: fmt.Sprintf("the standard algorithms, every operation in %s, sums in float32 or better", p), In: p, ops: arithmetic{in: p}.ops()},
			Variant{ID: fmt.Sprintf("%s-worst-exp", p), Says: fmt.Sprintf("the same, with exp, log and log1p up to 1½ ulps off in %s", p), In: p, ops: arithmetic{in: p, worst: true}.ops()},
			Variant{ID: fmt.Sprintf("%s-stored", p), Says: fmt.Sprintf("in float64, rounded to %s at the end", p), In: p, ops: everywhere(stored(p))})
	}
	flushes := op.Declared{Flushes: true}
	for _, p := range op.Precisions {
		a := flushing(p)
		vs = append(vs,
			Variant{ID: fmt.Sprintf("%s-chain-rule", p), Says: "the gradient by automatic differentiation: 1/β comes in first and β last; it flushes, and declares so", In: p, Declared: flushes, ops: a.chainRule()},
			Variant{ID: fmt.Sprintf("%s-flushed", p), Says: "subnormal numbers are 0, going in and coming out, as XLA has them, which it declares", In: p, Declared: flushes, ops: a.ops()})
		if p.Short() {
			vs = append(vs, Variant{ID: fmt.Sprintf("%s-adds-up", p), Says: fmt.Sprintf("sums in %s, too, which it declares", p), In: p, Declared: op.Declared{Accumulate: p}, ops: arithmetic{in: p, sums: p}.ops()})
		}
	}
	return vs
}()

// stored is the reference rounded to p.
func stored(p op.Precision) answer {
	return func(c call) reply { return roundedTo(p, right(c)) }
}

// An arithmetic is that of a format, whose operations each round once.
type arithmetic struct {
	in    op.Precision
	worst bool    // exp, log and log1p are the second nearest number
	flush float64 // smaller numbers are 0

	sums op.Precision // the format in which it adds up, where that is coarser than float32; in which it does otherwise
}

// round is x as the format has it.
func (a arithmetic) round(x float64) float64 {
	if math.Abs(x) < a.flush {
		return 0
	}
	return a.in.Round(x)
}

func (a arithmetic) add(x, y float64) float64 { return a.round(x + y) }
func (a arithmetic) mul(x, y float64) float64 { return a.round(x * y) }
func (a arithmetic) div(x, y float64) float64 { return a.round(x / y) }
func (a arithmetic) exp(x float64) float64    { return a.off(math.Exp(x), x) }
func (a arithmetic) log(x float64) float64    { return a.off(math.Log(x), x) }
func (a arithmetic) log1p(x float64) float64  { return a.off(math.Log1p(x), x) }

// off is y = f(x) rounded, and if need be moved by an ulp, up or down as the
// bits of x have it. What is exact stays: f(0), f(1) and the infinities.
func (a arithmetic) off(y, x float64) float64 {
	y = a.round(y)
	if !a.worst || y == 0 || y == 1 || math.IsInf(y, 0) || math.IsNaN(y) {
		return y
	}
	toward := math.Inf(1)
	if math.Float64bits(x*math.Pi)&1 == 0 {
		toward = math.Inf(-1)
	}
	if z := a.in.Next(y, toward); !math.IsInf(z, 0) && z != 0 {
		return z
	}
	return y
}

// accumulator is the arithmetic in which a adds up: that of float32 in 16 bits, or what it
// says, else its own.
func (a arithmetic) accumulator() arithmetic {
	switch {
	case a.sums != op.Float64:
		a.in = a.sums
	case a.in.Short():
		a.in = op.Float32
	}
	return a
}

// weights are s = fl(x − max x), w = exp(s) and Σ w of x = fl(−βF), and max x.
func (a arithmetic) weights(c call) (s, w []float64, sum, M float64) {
	M = math.Inf(-1)
	for _, F := range c.Energies {
		s = append(s, a.mul(-c.Beta, F))
		M = max(M, s[len(s)-1])
	}
	if math.IsInf(M, -1) {
		M = 0 // nothing is possible
	}
	for i, x := range s {
		s[i] = a.add(x, -M)
		w = append(w, a.exp(s[i]))
		sum = a.accumulator().add(sum, w[i])
	}
	return s, w, a.round(sum), M
}

func (a arithmetic) softmax(c call) []float64 {
	_, p, sum, _ := a.weights(c)
	for i := range p {
		p[i] = a.div(p[i], sum)
	}
	return p
}

func (a arithmetic) sigmoid(t float64) float64 {
	if t >= 0 {
		return a.div(1, a.add(1, a.exp(-t)))
	}
	e := a.exp(t)
	return a.div(e, a.add(1, e))
}

func (a arithmetic) softplus(t float64) float64 {
	return a.add(max(t, 0), a.log1p(a.exp(-math.Abs(t))))
}

// ops are the standard algorithms of all ops.
func (a arithmetic) ops() map[op.Op]answer {
	pairs := func(f func(F, Fbar, m float64) (v, dF, dFbar float64)) answer {
		return func(c call) reply {
			v, dF, dFbar := f(pair(c))
			return reply{Value: v, Grad: []float64{dF, dFbar}}
		}
	}
	soft := func(m, beta float64, c call) reply {
		t := a.mul(beta, a.add(m, a.add(c.Energies[0], -c.Energies[1])))
		s := a.sigmoid(t)
		return reply{Value: a.div(a.softplus(t), beta), Grad: []float64{s, -s}}
	}
	ops := map[op.Op]answer{
		op.Gibbs: limits(func(c call) reply { return reply{Probs: a.softmax(c)} }),
		op.FreeEnergy: func(c call) reply {
			_, _, sum, M := a.weights(c)
			return reply{Value: -a.div(a.add(M, a.log(sum)), c.Beta), Grad: a.softmax(c)}
		},
		op.Infer:  right,
		op.Energy: right,
		op.Perceptron: func(c call) reply {
			r := right(c)
			r.Value = a.add(c.Energies[c.Answer], -slices.Min(c.Energies))
			return r
		},
		op.NLL: func(c call) reply {
			s, _, sum, _ := a.weights(c)
			grad := a.softmax(c)
			for i, p := range grad {
				grad[i] = a.add(step(i == c.Answer), -p)
			}
			return reply{Value: -a.div(a.add(s[c.Answer], -a.log(sum)), c.Beta), Grad: grad}
		},
		op.MEE: func(c call) reply {
			p := a.softmax(c)
			py, grad := p[c.Answer], make([]float64, len(p))
			for i := range p {
				grad[i] = a.mul(a.mul(c.Beta, py), a.add(step(i == c.Answer), -p[i]))
			}
			return reply{Value: a.add(1, -py), Grad: grad}
		},
		op.Simple: pairs(func(F, Fbar, m float64) (v, dF, dFbar float64) {
			t := a.add(m, -Fbar)
			return a.add(pos(F), pos(t)), step(F > 0), -step(t > 0)
		}),
		op.Hinge: pairs(func(F, Fbar, m float64) (v, dF, dFbar float64) {
			t := a.add(m, a.add(F, -Fbar))
			return pos(t), step(t > 0), -step(t > 0)
		}),
		op.Log:       func(c call) reply { return soft(0, 1, c) },
		op.SoftHinge: func(c call) reply { return soft(c.Margin, c.Beta, c) },
		op.SquareSquare: pairs(func(F, Fbar, m float64) (v, dF, dFbar float64) {
			f, t := pos(F), pos(a.add(m, -Fbar))
			return a.add(a.mul(f, f), a.mul(t, t)), a.mul(2, f), -a.mul(2, t)
		}),
		op.SquareExp: pairs(func(F, Fbar, gamma float64) (v, dF, dFbar float64) {
			e := a.mul(gamma, a.exp(-Fbar))
			return a.add(a.mul(F, F), e), a.mul(2, F), -e
		}),
		op.MCE: pairs(func(F, Fbar, _ float64) (v, dF, dFbar float64) {
			s := a.sigmoid(a.add(F, -Fbar))
			slope := a.mul(s, a.add(1, -s))
			return s, slope, -slope
		}),
		op.LVQ2: pairs(func(F, Fbar, M float64) (v, dF, dFbar float64) {
			d := a.add(F, -Fbar)
			s := step(d > 0 && d < M)
			return min(M, pos(d)), s, -s
		}),
	}
	for op, answer := range ops {
		ops[op] = func(c call) reply { return answer(a.taken(c)) }
	}
	return ops
}

// chainRule are the ops that divide by β at last, with the gradients that automatic
// differentiation makes of them.
func (a arithmetic) chainRule() map[op.Op]answer {
	ops := a.ops()
	through := func(op op.Op, slope func(c call, g float64, grad []float64)) answer {
		return func(c call) reply {
			r := ops[op](c)
			slope(a.taken(c), a.div(1, c.Beta), r.Grad)
			for i := range r.Grad {
				r.Grad[i] = a.mul(r.Grad[i], c.Beta)
			}
			return r
		}
	}
	scaled := func(_ call, g float64, grad []float64) {
		for i := range grad {
			grad[i] = a.mul(g, grad[i])
		}
	}
	return map[op.Op]answer{
		op.FreeEnergy: through(op.FreeEnergy, scaled),
		op.SoftHinge:  through(op.SoftHinge, scaled),
		op.NLL: through(op.NLL, func(c call, g float64, grad []float64) {
			for i, p := range a.softmax(c) {
				grad[i] = a.add(g*step(i == c.Answer), -a.mul(p, g))
			}
		}),
	}
}

// taken is c as the arithmetic takes it.
func (a arithmetic) taken(c call) call {
	c.Energies = slices.Clone(c.Energies)
	for i, F := range c.Energies {
		c.Energies[i] = a.round(F)
	}
	c.Margin, c.Gamma, c.Cap = a.round(c.Margin), a.round(c.Gamma), a.round(c.Cap)
	return c
}
