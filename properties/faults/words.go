package faults

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// The words that the faults are written in.

// pos is [t]⁺.
func pos(t float64) float64 { return max(0, t) }

// step is 1 if yes, else 0.
func step(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func negated(F []float64) []float64 {
	G := make([]float64, len(F))
	for i, f := range F {
		G[i] = -f
	}
	return G
}

func scale(x []float64, by float64) {
	for i := range x {
		x[i] *= by
	}
}

// argmin is the first minimiser; a NaN is never one.
func argmin(F []float64) int {
	k := 0
	for i, f := range F {
		if f < F[k] {
			k = i
		}
	}
	return k
}

// tied reports whether the minimum is reached more than once.
func tied(F []float64) bool {
	low, k := slices.Min(F), 0
	for _, f := range F {
		if f == low {
			k++
		}
	}
	return k > 1
}

// partition is Z = Σ e^{−βF}, literally.
func partition(F []float64, beta float64) float64 {
	Z := 0.0
	for _, f := range F {
		Z += math.Exp(-beta * f)
	}
	return Z
}

// scaled is x = fl(−βF) and its maximum.
func scaled(c call) (x []float64, M float64) {
	x, M = make([]float64, len(c.Energies)), math.Inf(-1)
	for i, F := range c.Energies {
		x[i] = -c.Beta * F
		M = max(M, x[i])
	}
	return x, M
}

// logSum is ln Σ e^{x − M}.
func logSum(x []float64, M float64) float64 {
	sum := 0.0
	for _, t := range x {
		sum += math.Exp(t - M)
	}
	return math.Log(sum)
}

// freeEnergy is the true free energy of the energies of c.
func freeEnergy(c call) float64 {
	return right(call{Op: op.FreeEnergy, Energies: c.Energies, Beta: c.Beta}).Value
}

// softplus is ln(1 + e^t), for arguments of everyday size.
func softplus(t float64) float64 { return max(t, 0) + math.Log1p(math.Exp(-math.Abs(t))) }

// sigmoid is 1/(1 + e^{−t}), accurate in both tails.
func sigmoid(t float64) float64 {
	if t >= 0 {
		return 1 / (1 + math.Exp(-t))
	}
	e := math.Exp(t)
	return e / (1 + e)
}

// exp is e^t. Go's own on amd64 gives +Inf from 709.7827128933… on, an ulp of
// the result before its overflow is due.
func exp(t float64) float64 {
	if t > 709 {
		return math.Exp(t/2) * math.Exp(t/2)
	}
	return math.Exp(t)
}
