package op

import (
	"fmt"
	"math"

	"ebmcheck/properties/exact"
)

// batches is the op of batches of r.
func (r *Row) batches() *Row {
	return &Row{
		Op: r.Op + suffix, Of: r, Answers: AsRows,

		Symbol: r.Symbol, Says: "w_i·ℓ_i of each row, Σ_i w_i·ℓ_i, or Σ_i w_i·ℓ_i / Σ_i w_i, each row being asked as alone: " + r.Shown(),
		Truth: r.batchTruth,

		Standard: r.Standard + "; in a batch one rounding more for each weight, sum and quotient",
		Bound:    r.batchBound,
		Strata:   r.batchStrata,

		Where:     "adapters/README.md, Many at once",
		Reference: r.batchReference,
	}
}

// Shares are the factor w_i, or w_i/Σw, of each row; 0 of one that does not count. k is how
// many count.
func (b *Batch) Shares() (s []float64, k int) {
	s = make([]float64, len(b.Rows))
	all := 0.0
	for i := range s {
		if b.Counts(i) {
			s[i] = b.Weight(i)
			all += s[i]
			k++
		}
	}
	if b.Reduction == Mean {
		for i := range s {
			s[i] /= all // 0/0 where no weight counts
		}
	}
	return s, k
}

// batchTruth is the true answer to a batch of r. Its rows have their values and gradients
// as they are weighed.
func (r *Row) batchTruth(c Call) exact.Truth {
	b := c.Batch
	if b == nil {
		panic(fmt.Sprintf("op: a call of %s without a Batch", c.Op))
	}
	const prec = 192
	all := exact.Of(0, prec)
	for i := range b.Rows {
		if b.Counts(i) {
			all = all.Add(exact.Of(b.Weight(i), prec))
		}
	}
	t := exact.Truth{Rows: make([]exact.Truth, len(b.Rows))}
	total, defined := exact.Of(0, prec), true
	for i := range b.Rows {
		row, at := b.Alone(i)
		if len(at) == 0 {
			continue
		}
		by := exact.Of(b.Weight(i), prec)
		if b.Reduction == Mean {
			by = by.Div(all)
		}
		is := r.Truth(row)
		one := exact.Truth{Value: is.Value.Times(by), Grad: make([]exact.Range, len(b.Rows[i].Energies))}
		for k, g := range is.Grad {
			lo := g.Lo.Times(by)
			hi := lo
			if g.Lo != g.Hi {
				hi = g.Hi.Times(by)
			}
			one.Grad[at[k]] = exact.Range{Lo: lo, Hi: hi}
		}
		t.Rows[i] = one
		if defined = defined && one.Value.Defined(); defined {
			total = total.Add(one.Value.Enclosure())
		}
	}
	t.Value = exact.Value{Near: math.NaN()}
	if defined && !total.IsUnbounded() {
		t.Value = exact.SettleBest(total)
	}
	return t
}

// batchReference is the reference of r, row by row: the sums lose what is of second order.
func (r *Row) batchReference(c Call) Reply {
	b := c.Batch
	shares, _ := b.Shares()
	reply := Reply{Values: make([]float64, len(b.Rows)), Grads: make([][]float64, len(b.Rows))}
	sum, lost, all := 0.0, 0.0, 0.0
	for i := range b.Rows {
		reply.Grads[i] = make([]float64, len(b.Rows[i].Energies))
		row, at := b.Alone(i)
		w := b.Weight(i)
		if len(at) == 0 || w == 0 {
			continue
		}
		one := r.refer(row)
		if one.Error != "" {
			return one
		}
		reply.Values[i] = w * one.Value
		for k, g := range one.Grad {
			reply.Grads[i][at[k]] = shares[i] * g
		}
		all += w
		var e float64
		sum, e = twoSum(sum, reply.Values[i])
		lost += e + math.FMA(w, one.Value, -reply.Values[i])
	}
	if b.Reduction == None {
		return reply
	}
	reply.Value, reply.Values = sum+lost, nil
	if math.IsNaN(reply.Value) { // the errors of what is not finite are no numbers
		reply.Value = sum
	}
	if b.Reduction == Mean {
		reply.Value /= all
	}
	return reply
}
