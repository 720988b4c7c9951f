package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// A Variant is a right implementation that differs from the reference: in
// rounding, in the subgradient at a kink, in the answer at a tie. No claim may
// refute it at REQUIRED.
type Variant struct {
	ID   string
	Says string
	In   op.Precision
	op.Declared
	ops map[op.Op]answer
}

func variant(id, says string, ops map[op.Op]answer) Variant {
	return Variant{ID: id, Says: says, ops: ops}
}

// Subject returns v as a subject.
func (v Variant) Subject() op.Subject {
	s := op.Funcs(v.ID, v.ops)
	s.Precision, s.Declares = v.In, v.Declared
	return s
}

// Right are all variants.
var Right = slices.Concat([]Variant{
	variant("correctly-rounded", "the float64 nearest to the truth, of big numbers", everywhere(remembered(rounded))),
	variant("kinks-right", "the slope from the right at every kink: relu'(0) = 1", kinked(1)),
	variant("kinks-middle", "the mean of both slopes at every kink: relu'(0) = ½", kinked(0.5)),
	variant("hinge-margin-last", "(F − F̄) + m", map[op.Op]answer{op.Hinge: hinge(func(F, Fbar, m float64) float64 { return (F - Fbar) + m })}),
	variant("hinge-F-last", "(m − F̄) + F", map[op.Op]answer{op.Hinge: hinge(func(F, Fbar, m float64) float64 { return (m - Fbar) + F })}),
	variant("infer-last", "the last of tied minimisers", map[op.Op]answer{op.Infer: inferLast}),
	variant("infer-sorted", "the first of the answers sorted by energy", map[op.Op]answer{op.Infer: inferSorted}),
	variant("perceptron-mean", "the gradient shared among tied minimisers", map[op.Op]answer{op.Perceptron: perceptronMean}),
	variant("perceptron-other", "at a tie with y the other minimiser: e_y − e_k, not 0", map[op.Op]answer{op.Perceptron: perceptronOther}),
	variant("log-add-exp", "ln(e⁰ + e^d) as max(0, d) + log1p(e^{min − max})", map[op.Op]answer{op.Log: logAddExp}),
	variant("log-is-nll", "the log loss as NLL of two answers at β = 1", map[op.Op]answer{op.Log: logIsNLL}),
	variant("mce-is-mee", "mce as MEE of two answers, by the other's probability", map[op.Op]answer{op.MCE: mceIsMEE}),
	variant("square-fma", "squares added with one rounding less: math.FMA", map[op.Op]answer{op.SquareSquare: squareFMA, op.SquareExp: squareExpFMA}),
	variant("square-pow", "squares by math.Pow", map[op.Op]answer{op.SquareSquare: squarePow}),
	variant("soft-hinge-via-log", "softplus(βm + βd)/β as a log loss", map[op.Op]answer{op.SoftHinge: softHinge}),
}, standards, temperatures, declaring, inBlocks, plain, narrow, batchRight)

func everywhere(a answer) map[op.Op]answer {
	ops := map[op.Op]answer{}
	for _, op := range op.Ops {
		ops[op] = a
	}
	return ops
}

// rounded replies with exact's truth. Where the gradient is a box it takes an
// element of sum zero: e_y − e_k, or nothing.
func rounded(c call) reply {
	if r := right(c); r.Error != "" {
		return r
	}
	t := c.Truth()
	r := reply{Value: t.Value.Near}
	for _, p := range t.Probs {
		r.Probs = append(r.Probs, p.Near)
	}
	if t.Index != nil {
		r.Index = t.Index[len(t.Index)-1]
	}
	open := false
	for _, g := range t.Grad {
		open = open || g.Lo != g.Hi
	}
	for i, g := range t.Grad {
		switch {
		case g.Lo == g.Hi:
			r.Grad = append(r.Grad, g.Lo.Near)
		case t.SumZero && i != c.Answer && c.Op == op.Perceptron:
			r.Grad = append(r.Grad, 0)
		default:
			r.Grad = append(r.Grad, g.Lo.Near)
		}
	}
	if open && t.SumZero {
		return reply{Value: r.Value, Grad: right(c).Grad}
	}
	return r
}

// kinked is every pair loss with kinks, with slope at for relu'(0).
func kinked(at float64) map[op.Op]answer {
	relu := func(t float64) float64 {
		if t == 0 {
			return at
		}
		return step(t > 0)
	}
	on := func(f func(F, Fbar, m float64) (v, dF, dFbar float64)) answer {
		return func(c call) reply {
			v, dF, dFbar := f(pair(c))
			return reply{Value: v, Grad: []float64{dF, dFbar}}
		}
	}
	return map[op.Op]answer{
		op.Simple: on(func(F, Fbar, m float64) (float64, float64, float64) {
			return pos(F) + pos(m-Fbar), relu(F), -relu(m - Fbar)
		}),
		op.Hinge: on(func(F, Fbar, m float64) (float64, float64, float64) {
			s := relu(m + F - Fbar)
			return pos(m + F - Fbar), s, -s
		}),
		op.LVQ2: on(func(F, Fbar, m float64) (float64, float64, float64) {
			d := F - Fbar
			s := relu(d) * (1 - relu(d-m))
			if m == 0 { // a corner of slope 0 on both sides
				s = 0
			}
			return min(m, pos(d)), s, -s
		}),
	}
}

func hinge(sum func(F, Fbar, m float64) float64) answer {
	return func(c call) reply {
		t := sum(pair(c))
		s := step(t > 0)
		return reply{Value: pos(t), Grad: []float64{s, -s}}
	}
}

func inferLast(c call) reply {
	k := 0
	for i, F := range c.Energies {
		if F <= c.Energies[k] {
			k = i
		}
	}
	return reply{Index: k}
}

func inferSorted(c call) reply {
	index := make([]int, len(c.Energies))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(i, j int) int {
		switch a, b := c.Energies[i], c.Energies[j]; {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	return reply{Index: index[0]}
}

// minimisers are all k with F_k = min F.
func minimisers(F []float64) []int {
	var ks []int
	low := slices.Min(F)
	for k, f := range F {
		if f == low {
			ks = append(ks, k)
		}
	}
	return ks
}

func perceptronMean(c call) reply {
	r, ks := reply{Value: c.Energies[c.Answer] - slices.Min(c.Energies), Grad: make([]float64, len(c.Energies))}, minimisers(c.Energies)
	for _, k := range ks {
		r.Grad[k] = -1 / float64(len(ks))
	}
	r.Grad[c.Answer]++
	return r
}

func perceptronOther(c call) reply {
	r, ks := reply{Value: c.Energies[c.Answer] - slices.Min(c.Energies), Grad: make([]float64, len(c.Energies))}, minimisers(c.Energies)
	r.Grad[c.Answer] = 1
	if len(ks) == 0 { // NaN among the energies
		return r
	}
	k := ks[len(ks)-1]
	if k == c.Answer {
		k = ks[0]
	}
	r.Grad[k]--
	return r
}

func logAddExp(c call) reply {
	d := c.Energies[0] - c.Energies[1]
	hi, lo := max(0, d), min(0, d)
	s := sigmoid(d)
	return reply{Value: hi + math.Log1p(math.Exp(lo-hi)), Grad: []float64{s, -s}}
}

func logIsNLL(c call) reply {
	r := right(call{Op: op.NLL, Energies: c.Energies, Beta: 1})
	return r
}

func mceIsMEE(c call) reply {
	return right(call{Op: op.MEE, Energies: c.Energies, Beta: 1})
}

func squareFMA(c call) reply {
	F, Fbar, m := pair(c)
	f, v := pos(F), pos(m-Fbar)
	return reply{Value: math.FMA(f, f, v*v), Grad: []float64{2 * f, -2 * v}}
}

func squareExpFMA(c call) reply {
	F, Fbar, gamma := pair(c)
	e := exp(-Fbar)
	return reply{Value: math.FMA(F, F, gamma*e), Grad: []float64{2 * F, -gamma * e}}
}

func squarePow(c call) reply {
	F, Fbar, m := pair(c)
	f, v := pos(F), pos(m-Fbar)
	return reply{Value: math.Pow(f, 2) + math.Pow(v, 2), Grad: []float64{2 * f, -2 * v}}
}

func softHinge(c call) reply {
	t := c.Beta * (c.Margin + (c.Energies[0] - c.Energies[1]))
	s := sigmoid(t)
	return reply{Value: softplus(t) / c.Beta, Grad: []float64{s, -s}}
}
