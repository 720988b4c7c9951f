package ebm

import "math"

// Infer returns the answer of least energy (SOURCE 1.1(a), with x fixed: C04,
// C27),
//
//	ŷ = argminᵢ Fᵢ,    the first of equals
//
// Special cases are:
//
//	Infer(F) = −1 if any Fᵢ is NaN: there is no answer
//	Infer(F) = −1 if every Fᵢ is +Inf: no answer is possible
//
// It panics if F is empty.
func Infer(F []float64) int {
	if len(F) == 0 {
		panic("ebm: no answers")
	}
	return least(F, -1)
}

// MostOffending returns the most offending incorrect answer, the one a
// contrastive loss pushes up (LeCun et al. 2006, definition 1),
//
//	ȳ = argmin over i ≠ y of Fᵢ,    the first of equals
//
// Special cases are:
//
//	MostOffending(F, y) = −1 if there is one answer only
//	MostOffending(F, y) = −1 if any Fᵢ is NaN, F_y included
//	MostOffending(F, y) = −1 if every incorrect answer has +Inf: an impossible answer offends nobody
//
// It panics if y is not an index of F.
func MostOffending(F []float64, y int) int {
	if y < 0 || y >= len(F) {
		panic("ebm: no such answer")
	}
	return least(F, y)
}

// least returns the first i ≠ but with the least Fᵢ < +Inf, −1 if there is none
// or any Fᵢ is NaN.
func least(F []float64, but int) int {
	at, low := -1, math.Inf(1)
	for i, f := range F {
		if math.IsNaN(f) {
			return -1
		}
		if i != but && f < low {
			at, low = i, f
		}
	}
	return at
}

// Minimisers returns every answer of least energy, all i with Fᵢ = min F, in ascending order:
// the set on which p concentrates as β → ∞ (C15). It is empty where Infer returns −1.
// It panics if F is empty.
func Minimisers(F []float64) []int {
	var all []int
	if first := Infer(F); first >= 0 {
		for i, f := range F {
			if f == F[first] {
				all = append(all, i)
			}
		}
	}
	return all
}

// InferJoint returns the pair of least energy for a table G[y][z] of energies
// with a latent variable,
//
//	(ŷ, ž) = argmin over (y, z) of G(x, y, z),    the first of equals, y before z
//
// ŷ is also argmin_y min_z G (identity 75, C28), not argmin_y argmin_z G. Rows
// may differ in length.
//
// It returns (−1, −1) where Infer returns −1 for the energies in one row. It
// panics if there are no energies.
func InferJoint(G [][]float64) (y, z int) {
	var all []float64
	for _, row := range G {
		all = append(all, row...)
	}
	z = Infer(all)
	if z < 0 {
		return -1, -1
	}
	for z >= len(G[y]) {
		z -= len(G[y])
		y++
	}
	return y, z
}
