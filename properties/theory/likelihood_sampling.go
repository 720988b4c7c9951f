package theory

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A sampling is a Monte Carlo estimate of Z = Σ e^{−βF} from K draws of a proposal q_i = Q_i/ΣQ:
//
//	Ẑ = (1/K) Σ_k e^{−βF(y_k)} / q(y_k)   weighted
//	Ẑ = (1/K) Σ_k e^{−βF(y_k)}            not
type sampling struct {
	F        []float64
	Beta     float64
	Q        []int
	K        int
	weighted bool
}

func (c sampling) String() string {
	weights := "unweighted"
	if c.weighted {
		weights = "weighted by 1/q"
	}
	return fmt.Sprintf("F=(%s), β=%s, K=%d draws from q ∝ %v, %s", list(c.F), result.Decimal(c.Beta), c.K, c.Q, weights)
}

// expectations returns E Ẑ and E ln Ẑ over all n^K samples.
func (c sampling) expectations() (Zhat, lnZhat exact.Interval) {
	total := 0
	for _, a := range c.Q {
		total += a
	}
	q, v := make([]exact.Interval, len(c.F)), make([]exact.Interval, len(c.F))
	for i, F := range c.F {
		q[i] = exact.Ratio(int64(c.Q[i]), int64(total), bits)
		v[i] = x(c.Beta).Mul(x(F)).Neg().Exp()
		if c.weighted && c.Q[i] > 0 {
			v[i] = v[i].Div(q[i])
		}
	}
	Zhat, lnZhat = x(0), x(0)
	samples := int(math.Pow(float64(len(c.F)), float64(c.K)))
	for s := range samples {
		probability, estimate := x(1), x(0)
		for range c.K {
			i := s % len(c.F)
			s /= len(c.F)
			probability, estimate = probability.Mul(q[i]), estimate.Add(v[i])
		}
		estimate = estimate.Div(x(float64(c.K)))
		Zhat = Zhat.Add(probability.Mul(estimate))
		lnZhat = lnZhat.Add(probability.Mul(estimate.Log()))
	}
	return Zhat, lnZhat
}

func samplings() []sampling {
	return []sampling{
		{[]float64{0, 0}, 1, []int{1, 1}, 1, false},
		{[]float64{0, 1, 3}, 1, []int{1, 1, 1}, 2, true},
		{[]float64{0}, 1, []int{1}, 2, true},
		{[]float64{0, 0}, 1, []int{1, 1}, 2, true},
		{[]float64{0, 0}, 2, []int{1, 3}, 1, true},
		{[]float64{0, 1}, 2, []int{2, 1}, 3, false},
		{[]float64{0, 0}, 1, []int{1, 0}, 1, true},
	}
}

func drawSampling(t *rapid.T) sampling {
	n := rapid.IntRange(1, 3).Draw(t, "n")
	c := sampling{F: make([]float64, n), Q: make([]int, n), Beta: rapid.SampledFrom(betas[:7]).Draw(t, "β"), K: 1, // β ≤ 5: what is never drawn is missed
		weighted: rapid.IntRange(0, 3).Draw(t, "weighted") > 0}
	if n < 3 {
		c.K = rapid.IntRange(1, 3).Draw(t, "K")
	} else {
		c.K = rapid.IntRange(1, 2).Draw(t, "K")
	}
	for i := range n {
		c.F[i] = decimal(t, 500, "F")
		c.Q[i] = rapid.IntRange(1, 4).Draw(t, "Q")
	}
	if n > 1 && rapid.IntRange(0, 7).Draw(t, "never drawn") == 7 {
		c.Q[n-1] = 0
	}
	if rapid.IntRange(0, 4).Draw(t, "shape") == 4 {
		for i := range c.F {
			c.F[i] = c.F[0]
		}
	}
	return c
}

// A relation is the energies of inputs and outputs, F[x][y], looked at for one input X.
type relation struct {
	F    [][]float64
	X    int
	Beta float64
}

func (c relation) String() string {
	s := ""
	for i, row := range c.F {
		s += fmt.Sprintf("F(%d,·)=(%s), ", i, list(row))
	}
	return fmt.Sprintf("%sx=%d, β=%s", s, c.X, result.Decimal(c.Beta))
}

// inputs returns F(·, y).
func (c relation) inputs(y int) []float64 {
	v := make([]float64, len(c.F))
	for i, row := range c.F {
		v[i] = row[y]
	}
	return v
}

// normalises finds whether Σ_y e^{−βF(x,y)} / Σ e^{−β over(y)} = 1.
func (c relation) normalises(over func(y int) []float64) finding {
	total := x(0)
	for y, F := range c.F[c.X] {
		total = total.Add(x(c.Beta).Mul(x(F)).Neg().Exp().Div(exact.Partition(x(c.Beta), xs(over(y)))))
	}
	return equal("Σ_y p(y|x) and 1", total, x(1))
}

func relations() []relation {
	cs := []relation{{[][]float64{{0, 0}}, 0, 1}}
	for v := range draw.Vectors(4, []float64{0, 1, 2}) {
		cs = append(cs, relation{[][]float64{{v[0], v[1]}, {v[2], v[3]}}, 0, 1})
	}
	return cs
}

func drawRelation(t *rapid.T) relation {
	inputs, outputs := rapid.IntRange(1, 3).Draw(t, "inputs"), rapid.IntRange(1, 3).Draw(t, "outputs")
	c := relation{X: rapid.IntRange(0, inputs-1).Draw(t, "x"), Beta: rapid.SampledFrom(betas).Draw(t, "β")}
	for range inputs {
		row := make([]float64, outputs)
		for y := range row {
			row[y] = decimal(t, 500, "F")
		}
		c.F = append(c.F, row)
	}
	return c
}
