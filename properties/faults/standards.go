package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// standards are the standard algorithms of the likelihood ops, written down
// in float64 as a competent library has them, with each order of summation and
// each order of scaling and shifting that is in use.
var standards = []Variant{
	variant("standard", "scale, shift by the maximum, exp, sum forwards; 1 − p by subtraction; one-hot − softmax", standard(scaledThenShifted, forwards)),
	variant("standard-backwards", "the sum backwards", standard(scaledThenShifted, backwards)),
	variant("standard-pairwise", "the sum by halves", standard(scaledThenShifted, halves)),
	variant("standard-compensated", "the sum with Neumaier's correction", standard(scaledThenShifted, neumaier)),
	variant("standard-shift-first", "the shift before the scaling", standard(shiftedThenScaled, forwards)),
	variant("standard-smallest-first", "the sum in ascending order", standard(scaledThenShifted, ascending)),
	variant("standard-pairs", "max(t, 0) + log1p(e^−|t|), σ in two branches, squares and exp as written", smoothPairs),
	variant("online", "one pass: the sum is scaled again whenever a new maximum comes", online),
	variant("log-softmax", "p = exp(x − ln Z)", map[op.Op]answer{op.Gibbs: viaLogSoftmax}),
	variant("reciprocal", "weights times 1/Σ instead of divided by it", map[op.Op]answer{op.Gibbs: limits(timesReciprocal)}),
	variant("lowest-minus-log", "F_β = min F − ln Σ/β, shifted in energies", map[op.Op]answer{op.FreeEnergy: lowestMinusLog}),
	variant("log-softmax-nll", "−(x_y − lse)/β, as cross-entropies have it", map[op.Op]answer{op.NLL: viaLSE}),
	variant("complement", "1 − p_y as the sum of the others", complement),
}

// shifted is fl(−β(F − min F)) by one of two ways, and max x = −β min F.
type shifted func(F []float64, beta float64) (s []float64, M float64)

func scaledThenShifted(F []float64, beta float64) (s []float64, M float64) {
	s, M = scaled(call{Energies: F, Beta: beta})
	if math.IsInf(M, -1) {
		return s, 0 // nothing is possible
	}
	for i := range s {
		s[i] -= M
	}
	return s, M
}

func shiftedThenScaled(F []float64, beta float64) (s []float64, M float64) {
	s = make([]float64, len(F))
	low := slices.Min(F)
	if math.IsInf(low, 1) {
		return scaledThenShifted(F, beta)
	}
	for i, f := range F {
		s[i] = -beta * (f - low)
	}
	return s, -beta * low
}

func forwards(w []float64) float64 {
	sum := 0.0
	for _, x := range w {
		sum += x
	}
	return sum
}

func backwards(w []float64) float64 {
	sum := 0.0
	for _, x := range slices.Backward(w) {
		sum += x
	}
	return sum
}

func ascending(w []float64) float64 { return forwards(slices.Sorted(slices.Values(w))) }

func halves(w []float64) float64 {
	if len(w) < 3 {
		return forwards(w)
	}
	return halves(w[:len(w)/2]) + halves(w[len(w)/2:])
}

func neumaier(w []float64) float64 {
	sum, rest := 0.0, 0.0
	for _, x := range w {
		t := sum + x
		if math.Abs(sum) >= math.Abs(x) {
			rest += (sum - t) + x
		} else {
			rest += (x - t) + sum
		}
		sum = t
	}
	return sum + rest
}

// softmax writes the standard algorithm's probabilities.
func softmax(c call, p []float64) []float64 {
	s, _ := scaledThenShifted(c.Energies, c.Beta)
	p = append(p[:0], s...)
	for i := range p {
		p[i] = math.Exp(p[i])
	}
	sum := forwards(p)
	for i := range p {
		p[i] /= sum
	}
	return p
}

// limits says that β = 0 and β = ∞ are not for these: the protocol lets a
// subject say so.
func limits(a answer) answer {
	return func(c call) reply {
		if c.Beta == 0 || math.IsInf(c.Beta, 1) {
			return reply{Unsupported: "β is 0 or ∞"}
		}
		return a(c)
	}
}

// standard are the likelihood ops by the standard algorithms.
func standard(shift shifted, add func([]float64) float64) map[op.Op]answer {
	weights := func(c call) (s, p []float64, M, sum float64) {
		s, M = shift(c.Energies, c.Beta)
		p = make([]float64, len(s))
		for i, t := range s {
			p[i] = math.Exp(t)
		}
		sum = add(p)
		for i := range p {
			p[i] /= sum
		}
		return s, p, M, sum
	}
	return map[op.Op]answer{
		op.Gibbs: limits(func(c call) reply {
			_, p, _, _ := weights(c)
			return reply{Probs: p}
		}),
		op.FreeEnergy: func(c call) reply {
			_, p, M, sum := weights(c)
			return reply{Value: -(M + math.Log(sum)) / c.Beta, Grad: p}
		},
		op.NLL: func(c call) reply {
			s, p, _, sum := weights(c)
			return reply{Value: -(s[c.Answer] - math.Log(sum)) / c.Beta, Grad: oneHotMinus(p, c.Answer)}
		},
		op.MEE: func(c call) reply {
			_, p, _, _ := weights(c)
			value, grad := 1-p[c.Answer], make([]float64, len(p))
			for i := range p {
				grad[i] = c.Beta * p[c.Answer] * (step(i == c.Answer) - p[i])
			}
			return reply{Value: value, Grad: grad}
		},
	}
}

// smoothPairs are the smooth pair losses by the standard algorithms.
var smoothPairs = map[op.Op]answer{
	op.Log: func(c call) reply { c.Beta = 1; return softHinge(c) },
	op.MCE: func(c call) reply {
		s := sigmoid(c.Energies[0] - c.Energies[1])
		return reply{Value: s, Grad: []float64{s * (1 - s), -s * (1 - s)}}
	},
	op.SoftHinge: func(c call) reply {
		t := c.Beta * (c.Margin + c.Energies[0] - c.Energies[1])
		s := sigmoid(t)
		return reply{Value: softplus(t) / c.Beta, Grad: []float64{s, -s}}
	},
	op.SquareExp: func(c call) reply {
		F, Fbar, gamma := pair(c)
		e := gamma * exp(-Fbar)
		return reply{Value: F*F + e, Grad: []float64{2 * F, -e}}
	},
}

func oneHotMinus(p []float64, y int) []float64 {
	grad := make([]float64, len(p))
	for i := range p {
		grad[i] = step(i == y) - p[i]
	}
	return grad
}

// online is the softmax of one pass.
var online = func() map[op.Op]answer {
	pass := func(c call) (p []float64, M, sum float64) {
		x, _ := scaled(c)
		M = math.Inf(-1)
		for _, t := range x {
			switch {
			case math.IsInf(t, -1): // impossible
			case t > M:
				sum, M = sum*math.Exp(M-t)+1, t
			default:
				sum += math.Exp(t - M)
			}
		}
		p = make([]float64, len(x))
		for i, t := range x {
			p[i] = math.Exp(t-M) / sum
		}
		return p, M, sum
	}
	return map[op.Op]answer{
		op.Gibbs:      limits(func(c call) reply { p, _, _ := pass(c); return reply{Probs: p} }),
		op.FreeEnergy: func(c call) reply { p, M, sum := pass(c); return reply{Value: -(M + math.Log(sum)) / c.Beta, Grad: p} },
	}
}()

func viaLogSoftmax(c call) reply {
	return limits(func(c call) reply {
		s, M := scaledThenShifted(c.Energies, c.Beta)
		lse := M + logSum(s, 0)
		x, _ := scaled(c)
		p := make([]float64, len(x))
		for i, t := range x {
			p[i] = math.Exp(t - lse)
		}
		return reply{Probs: p}
	})(c)
}

func timesReciprocal(c call) reply {
	p, _ := scaledThenShifted(c.Energies, c.Beta)
	for i, t := range p {
		p[i] = math.Exp(t)
	}
	scale(p, 1/forwards(p))
	return reply{Probs: p}
}

func lowestMinusLog(c call) reply {
	s, _ := shiftedThenScaled(c.Energies, c.Beta)
	return reply{Value: slices.Min(c.Energies) - logSum(s, 0)/c.Beta, Grad: softmax(c, nil)}
}

func viaLSE(c call) reply {
	s, M := scaledThenShifted(c.Energies, c.Beta)
	x, _ := scaled(c)
	return reply{Value: -(x[c.Answer] - (M + logSum(s, 0))) / c.Beta, Grad: oneHotMinus(softmax(c, nil), c.Answer)}
}

var complement = map[op.Op]answer{
	op.NLL: func(c call) reply {
		s, _ := shiftedThenScaled(c.Energies, c.Beta)
		p := softmax(c, nil)
		grad := oneHotMinus(p, c.Answer)
		grad[c.Answer] = others(p, c.Answer)
		return reply{Value: -(s[c.Answer] - logSum(s, 0)) / c.Beta, Grad: grad}
	},
	op.MEE: func(c call) reply {
		p := softmax(c, nil)
		rest, grad := others(p, c.Answer)+0*p[c.Answer], make([]float64, len(p)) // NaN if nothing is possible
		for i := range p {
			grad[i] = -c.Beta * p[c.Answer] * p[i]
		}
		grad[c.Answer] = c.Beta * p[c.Answer] * rest
		return reply{Value: rest, Grad: grad}
	},
}

// others is Σ_{j≠y} p_j.
func others(p []float64, y int) float64 {
	sum := 0.0
	for i, q := range p {
		if i != y {
			sum += q
		}
	}
	return sum
}
