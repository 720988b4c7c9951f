package theory

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A sampling is a Monte Carlo estimate of Z = Σ e^{−βF} from K draws of a proposal q_i = Q_i/ΣQ,
//
//	Ẑ = (1/K) Σ_k v(y_k),   v = e^{−βF}/q weighted, e^{−βF} not
//
// or of Z = ∫ e^{−βAy²} dy from one draw of q(y) = √(a/π) e^{−ay²}.
type sampling struct {
	F    []float64
	Beta float64
	Q    []int
	K    int

	Real bool
	A, a float64
}

func (c sampling) String() string {
	if c.Real {
		return fmt.Sprintf("F = %sy² on ℝ, β=%s, one draw from q ∝ e^{−%sy²}", factor(c.A), result.Decimal(c.Beta), factor(c.a))
	}
	return fmt.Sprintf("F=(%s), β=%s, K=%d draws from q ∝ %v", list(c.F), result.Decimal(c.Beta), c.K, c.Q)
}

// unbiased finds whether E Ẑ = Z, and E ln Ẑ ≤ ln Z, alike for one answer.
func (c sampling) unbiased(weighted bool) finding {
	if c.Real {
		return equal("E Ẑ and Z", c.gaussian(weighted), line{square, c.A, c.Beta, 0}.partition())
	}
	Zhat, lnZhat := c.expectations(weighted)
	Z := exact.Partition(x(c.Beta), xs(c.F))
	ln := Z.Log()
	below := atMost("E ln Ẑ and ln Z", lnZhat, ln)
	if len(c.F) == 1 { // Ẑ does not vary
		below = equalSums("E ln Ẑ and ln Z", lnZhat, ln, ln.Abs().Add(x(1)))
	}
	return all(equal("E Ẑ and Z", Zhat, Z), equal("E Ẑ/Z and 1", Zhat.Div(Z), x(1)), below)
}

// rate returns s = βA.
func (c sampling) rate() exact.Interval { return x(c.Beta).Mul(x(c.A)) }

// gaussian returns E Ẑ on ℝ by E_q e^{ty²} = √(a/(a − t)), t < a, the moments of a Gaussian: unweighted t = −s; weighted
// v = √(π/a) e^{(a−s)y²}.
func (c sampling) gaussian(weighted bool) exact.Interval {
	a, t, scale := x(c.a), c.rate().Neg(), x(1)
	if weighted {
		t, scale = t.Add(a), exact.Pi(bits).Div(a).Sqrt()
	}
	return scale.Mul(a.Div(a.Sub(t)).Sqrt())
}

// tame reports whether E v² is finite on ℝ: 2(a − s) < a.
func (c sampling) tame() bool { return positive(c.rate().Scale(2).Sub(x(c.a))) }

// expectations returns E Ẑ and E ln Ẑ over all n^K samples.
func (c sampling) expectations(weighted bool) (Zhat, lnZhat exact.Interval) {
	total := 0
	for _, a := range c.Q {
		total += a
	}
	q, v := make([]exact.Interval, len(c.F)), make([]exact.Interval, len(c.F))
	for i, F := range c.F {
		q[i] = exact.Ratio(int64(c.Q[i]), int64(total), bits)
		v[i] = x(c.Beta).Mul(x(F)).Neg().Exp()
		if weighted {
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
		{F: []float64{0}, Beta: 1, Q: []int{1}, K: 2},
		{F: []float64{0, 0}, Beta: 1, Q: []int{1, 1}, K: 1},
		{F: []float64{0, 0}, Beta: 2, Q: []int{1, 3}, K: 1},
		{F: []float64{0, 1, 3}, Beta: 1, Q: []int{1, 1, 1}, K: 2},
		{F: []float64{0, 1}, Beta: 2, Q: []int{2, 1}, K: 3},
		{Beta: 1, Real: true, A: 0.5, a: 0.5}, {Beta: 1, Real: true, A: 0.5, a: 2}, {Beta: 2, Real: true, A: 1, a: 1},
	}
}

func drawSampling(t *rapid.T) sampling {
	c := sampling{Beta: drawBeta(t)}
	if rapid.IntRange(0, 3).Draw(t, "ℝ") == 3 {
		c.Real = true
		c.A, c.a = float64(rapid.IntRange(1, 40).Draw(t, "A"))/8, float64(rapid.IntRange(1, 80).Draw(t, "a"))/8
		return c
	}
	n := rapid.IntRange(1, 3).Draw(t, "n")
	c.F, c.Q = make([]float64, n), make([]int, n)
	c.K = rapid.IntRange(1, 5-max(n, 2)).Draw(t, "K")
	for i := range n {
		c.F[i] = decimal(t, 500, "F")
		c.Q[i] = rapid.IntRange(1, 4).Draw(t, "Q")
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
	inputs, outputs := rapid.IntRange(1, 3).Draw(t, "inputs"), drawLength(t, 1, "outputs")
	c := relation{X: rapid.IntRange(0, inputs-1).Draw(t, "x"), Beta: drawBeta(t)}
	for range inputs {
		row := make([]float64, outputs)
		for y := range row {
			row[y] = decimal(t, 500, "F")
		}
		c.F = append(c.F, row)
	}
	return c
}
