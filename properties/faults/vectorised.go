package faults

import (
	"math"

	"ebmcheck/properties/op"
)

// A table is the NLL of all rows at once, as a framework computes it: the energies are one
// table, what is masked has weight 0, and the maxima, sums and gradients are of its rows.
// Its fields are what can be wrong with it.
type table struct {
	fill       func(f float64) float64 // the energy of what is masked; nil: +∞, which is right
	oneMaximum bool                    // of the table, not of each row
	running    bool                    // a maximum begins with that of the row before
	last       *float64                // the maximum that the row before left, also in another batch
	leak       float64                 // how much of its probability the gradient of a masked entry keeps
	nothing    bool                    // rows of which nothing counts are summed, too
}

func none(f float64) float64             { return f }
func to(x float64) func(float64) float64 { return func(float64) float64 { return x } }

// vectorised answers batches of nll by t.
func vectorised(t table) answer {
	return func(c call) reply {
		b := c.Batch
		k, n := len(b.Rows), len(b.Rows[0].Energies)
		x, M := make([][]float64, k), make([]float64, k)
		top, before := math.Inf(-1), math.Inf(-1)
		for i, r := range b.Rows {
			x[i], M[i] = make([]float64, n), math.Inf(-1)
			if t.running {
				M[i] = before
			}
			for j, f := range r.Energies {
				if b.Mask != nil && !b.Mask[i][j] {
					if f = math.Inf(1); t.fill != nil {
						f = t.fill(r.Energies[j])
					}
				}
				x[i][j] = -r.Beta * f
				M[i] = max(M[i], x[i][j])
			}
			before, top = M[i], max(top, M[i])
		}
		s, _ := b.Shares()
		reply := reply{Values: make([]float64, k), Grads: make([][]float64, k)}
		for i, r := range b.Rows {
			m := M[i]
			switch {
			case t.oneMaximum:
				m = top
			case t.last != nil:
				m, *t.last = *t.last, M[i]
			}
			sum := 0.0
			for _, x := range x[i] {
				sum += math.Exp(x - m)
			}
			value := -((x[i][r.Answer] - m) - math.Log(sum)) / r.Beta
			reply.Values[i] = b.Weight(i) * value
			if b.Counts(i) || t.nothing {
				reply.Value += s[i] * value
			}
			reply.Grads[i] = make([]float64, n)
			for j, x := range x[i] {
				p := math.Exp(x-m) / sum
				switch {
				case b.Mask == nil || b.Mask[i][j]:
					reply.Grads[i][j] = s[i]*step(j == r.Answer) - s[i]*p
				case t.leak > 0:
					reply.Grads[i][j] = -t.leak * s[i] * math.Exp(-r.Beta*r.Energies[j]-m) / sum
				}
			}
		}
		if b.Reduction == op.None {
			reply.Value = 0
			return reply
		}
		reply.Values = nil
		return reply
	}
}
