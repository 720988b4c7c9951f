package op

import "math"

// batchBound allows a batch what the standard algorithm of its rows is allowed, and the
// roundings of the weights and sums.
//
// A row is weighed by s_i: w_i, or w_i/Σw. To the number x of a row, off by a, the product
// w_i·x adds one rounding; of a mean, Σw is a sum of k numbers for k rows that count, its
// reciprocal rounds once, and w_i/Σw and its product with x once each; without weights there
// is only 1/k, rounded, and the product with it. That is a factor of at most e^±r with
//
//	r = 0 or v (none, sum without weights, with),  2v or 3v + sum (mean)
//
// in whatever order the products and quotients are taken. A sum of k numbers is off by the
// factor e^±sum: k − 1 roundings in any order, in 16 bits in the format in which the subject
// adds up (Model.sum). So Σ s_i·ℓ_i is off by at most
//
//	Σ|s_i|a_i + (e^{r + sum} − 1) Σ|s_i|(|ℓ_i| + a_i)
//
// and what k products lose that underflow, before or after the division by Σw. Of a row that
// overflows alone nothing is allowed or refused, nor of the sum that it is in.
//
// The gradient is s_i·g_i. Automatic differentiation multiplies s_i not by g_i, but into
// each of the products that g_i is the sum of. Each of these rounds in the standard
// algorithm, and then counts in a_i, or is exact, and then its product with s_i is one of
// a factor. So that costs at most another a_i.
func (r *Row) batchBound(c Call, m Model) Allowance {
	b := c.Batch
	shares, k := b.Shares()
	sum := m.sum(k - 1)
	weighing, all := 0.0, 1.0
	switch {
	case b.Reduction == Mean && b.Weights == nil:
		weighing = 2 * m.v
	case b.Reduction == Mean:
		weighing, all = 3*m.v+sum, 0
		for i := range b.Rows {
			if b.Counts(i) {
				all += b.Weight(i)
			}
		}
	case b.Weights != nil:
		weighing = m.v
	}
	under := 0.0
	if weighing > 0 {
		under = m.tiny * (1 + 1/all)
	}
	weighed := func(size, off float64) float64 { return off + math.Expm1(weighing)*(size+off) + under }
	a := Allowance{Rows: make([]Allowance, len(b.Rows))}
	off, sizes, most := 0.0, 0.0, 0.0
	for i := range b.Rows {
		row, at := b.Alone(i)
		if len(at) == 0 {
			continue
		}
		s, w := shares[i], b.Weight(i)
		is, t := r.Bound(row, m), r.Truth(row)
		one := Allowance{Grad: make([]float64, len(b.Rows[i].Energies)), Kink: is.Kink}
		l := math.Abs(t.Value.Near)
		alone := is.Overflows || l+is.Value >= m.most
		for j, g := range t.Grad {
			size := max(math.Abs(g.Lo.Near), math.Abs(g.Hi.Near))
			alone = alone || size+is.Grad[j] >= m.most
			one.Overflows = one.Overflows || w*(size+is.Grad[j]) >= m.most // before it is divided by Σw
			if is.Kink {
				size = max(size, 1) // the slope of the other side
			}
			slope := s * is.Grad[j]
			if weighing > 0 {
				slope *= 2
			}
			one.Grad[at[j]] = weighed(s*size, slope)
		}
		one.Value = weighed(s*l, s*is.Value)
		switch {
		case alone: // and 0·∞ is no number
			one.Overflows, one.Value = true, math.Inf(1)
			for _, j := range at {
				one.Grad[j] = math.Inf(1)
			}
			a.Overflows = true
		case w == 0: // exactly 0
			one = Allowance{Grad: make([]float64, len(one.Grad))}
		}
		if is.Corner != nil {
			one.Corner = make([]bool, len(one.Grad))
			for j, corner := range is.Corner {
				one.Corner[at[j]] = corner
			}
		}
		a.Rows[i] = one
		off += s * is.Value
		sizes += s * (l + is.Value)
		most += w * (l + is.Value)
	}
	a.Value = off + math.Expm1(weighing+sum)*sizes + float64(k)*under
	if a.Overflows {
		a.Value = math.Inf(1)
	}
	a.Overflows = a.Overflows || most*(1+float64(k)*m.u) >= m.most
	return a
}
