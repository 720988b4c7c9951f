package theory

import (
	"slices"

	"ebmcheck/properties/result"
)

// intuition is the ledger of SOURCE 1.1: C01 to C28, in its order.
var intuition = slices.Concat(
	intuitionInference,
	intuitionScores,
	intuitionGibbs,
	intuitionTemperature,
	intuitionMeasure,
	intuitionLimits,
	intuitionEnergyLoss,
	intuitionShaping,
	intuitionNLL,
	intuitionLatent,
)

// leastIndices returns the indices of the least of F, ascending.
func leastIndices(F []float64) []int {
	var least []int
	for i, f := range F {
		switch {
		case least == nil || f < F[least[0]]:
			least = []int{i}
		case f == F[least[0]]:
			least = append(least, i)
		}
	}
	return least
}

// largestIndices returns the indices of the largest of F, ascending.
func largestIndices(F []float64) []int {
	minus := make([]float64, len(F))
	for i, f := range F {
		minus[i] = -f
	}
	return leastIndices(minus)
}

// factor writes a·, which is nothing for 1 and a sign for −1.
func factor(a float64) string {
	switch a {
	case 1:
		return ""
	case -1:
		return "−"
	}
	return result.Decimal(a) + "·"
}
