package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// What ordinary code does with a temperature T = 1/β, with the gradient of a maximum,
// and with exp by powers of 2: right, each in its own way.
var temperatures = []Variant{
	variant("temperature", "T = 1/β: x = −F/T, and products with T", byTemperature),
	variant("through-the-maximum", "the gradient flows through max x, too: 1 − Σp at the maximiser", throughTheMaximum),
	variant("fused", "−βF − max x with one rounding, as fused multiply-add has it: not 0 at the maximum", fused),
	variant("reciprocal-fused", "1 − w·(1/Σ) with one rounding after that of 1/Σ: down to −2⁻⁵³", map[op.Op]answer{op.MEE: reciprocalFused}),
	variant("base-2", "e^x as 2^(x·log₂e): the product rounds, as −βF does", map[op.Op]answer{
		op.Gibbs: limits(func(c call) reply { p, _ := baseTwo(c); return reply{Probs: p} }),
		op.NLL: func(c call) reply {
			p, value := baseTwo(c)
			return reply{Value: value, Grad: oneHotMinus(p, c.Answer)}
		},
	}),
}

var byTemperature = map[op.Op]answer{
	op.Gibbs: limits(func(c call) reply { p, _, _, _ := cooled(c); return reply{Probs: p} }),
	op.FreeEnergy: func(c call) reply {
		p, _, M, sum := cooled(c)
		return reply{Value: -(1 / c.Beta) * (M + math.Log(sum)), Grad: p}
	},
	op.NLL: func(c call) reply {
		p, s, _, sum := cooled(c)
		return reply{Value: -(1 / c.Beta) * (s[c.Answer] - math.Log(sum)), Grad: oneHotMinus(p, c.Answer)}
	},
	op.MEE: func(c call) reply {
		p, _, _, _ := cooled(c)
		T, grad := 1/c.Beta, make([]float64, len(p))
		for i := range p {
			grad[i] = p[c.Answer] * (step(i == c.Answer) - p[i]) / T
		}
		return reply{Value: 1 - p[c.Answer], Grad: grad}
	},
	op.SoftHinge: func(c call) reply {
		T := 1 / c.Beta
		t := (c.Margin + c.Energies[0] - c.Energies[1]) / T
		s := sigmoid(t)
		return reply{Value: T * softplus(t), Grad: []float64{s, -s}}
	},
}

// cooled is the standard softmax of x = −F/T.
func cooled(c call) (p, s []float64, M, sum float64) {
	T := 1 / c.Beta
	s = make([]float64, len(c.Energies))
	M = math.Inf(-1)
	for i, f := range c.Energies {
		s[i] = -f / T
		M = max(M, s[i])
	}
	p = make([]float64, len(s))
	for i := range s {
		if !math.IsInf(M, -1) {
			s[i] -= M
		}
		p[i] = math.Exp(s[i])
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p, s, M, sum
}

var throughTheMaximum = map[op.Op]answer{
	op.FreeEnergy: func(c call) reply {
		p, M, sum := undetached(c)
		return reply{Value: -(M + math.Log(sum)) / c.Beta, Grad: p}
	},
	op.NLL: func(c call) reply {
		p, M, sum := undetached(c)
		x, _ := scaled(c)
		return reply{Value: -((x[c.Answer] - M) - math.Log(sum)) / c.Beta, Grad: oneHotMinus(p, c.Answer)}
	},
}

// undetached is p as the derivative of max x + ln Σ e^(x − max x): what Σp is short of 1
// goes to the first maximiser.
func undetached(c call) (p []float64, M, sum float64) {
	s, M := scaledThenShifted(c.Energies, c.Beta)
	p = make([]float64, len(s))
	first := -1
	for i, t := range s {
		p[i] = math.Exp(t)
		sum += p[i]
		if t == 0 && first < 0 {
			first = i
		}
	}
	total := 0.0
	for i := range p {
		p[i] /= sum
		total += p[i]
	}
	if first >= 0 {
		p[first] += 1 - total
	}
	return p, M, sum
}

// baseTwo is p, and the NLL, with e^x as 2^(x·log₂e): the product rounds, which is |x|u
// of the power.
func baseTwo(c call) (p []float64, nll float64) {
	s, _ := scaledThenShifted(c.Energies, c.Beta)
	p = make([]float64, len(s))
	sum := 0.0
	for i, t := range s {
		p[i] = math.Exp2(t * math.Log2E)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p, -(s[c.Answer] - math.Log(sum)) / c.Beta
}

// fused are the standard algorithms with the shift fused into the product.
var fused = standard(func(F []float64, beta float64) (s []float64, M float64) {
	s, M = scaledThenShifted(F, beta)
	if math.IsInf(slices.Min(F), 1) {
		return s, M
	}
	for i, f := range F {
		s[i] = math.FMA(-beta, f, -M)
	}
	return s, M
}, forwards)

func reciprocalFused(c call) reply {
	w, _ := scaledThenShifted(c.Energies, c.Beta)
	for i, t := range w {
		w[i] = math.Exp(t)
	}
	over := 1 / forwards(w)
	grad := make([]float64, len(w))
	for i, x := range w {
		grad[i] = c.Beta * (w[c.Answer] * over) * math.FMA(-x, over, step(i == c.Answer))
	}
	return reply{Value: math.FMA(-w[c.Answer], over, 1), Grad: grad}
}
