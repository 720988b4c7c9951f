package losses

import (
	"math"

	"ebmcheck/ebm/twofold"
)

// SquareSquare is the square-square loss of the source (SOURCE 1.3(d)),
//
//	ℓ = ([F]⁺)² + ([m − F̄]⁺)²
//	∂ℓ/∂F = 2[F]⁺,   ∂ℓ/∂F̄ = −2[m − F̄]⁺
//
// A correct answer of negative energy costs nothing: in that it is another loss
// than TutorialSquareSquare. (The source prints the second branch reversed.)
type SquareSquare struct{ Margin float64 }

// Pair implements PairLoss.
func (l SquareSquare) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	return squares(F, math.Max(F, 0), l.Margin, Fbar)
}

// TutorialSquareSquare is the square-square loss of the text of LeCun et al.
// 2006, made for energies bounded below by 0,
//
//	ℓ = F² + ([m − F̄]⁺)²
//	∂ℓ/∂F = 2F,   ∂ℓ/∂F̄ = −2[m − F̄]⁺
//
// It pulls a negative F up to 0; on F ≥ 0 it is SquareSquare. Table 1 prints
// F² − ([m − F̄]⁺)², a misprint that rewards collapse (erratum 1).
type TutorialSquareSquare struct{ Margin float64 }

// Pair implements PairLoss.
func (l TutorialSquareSquare) Pair(F, Fbar float64) (loss, dF, dFbar float64) {
	return squares(F, F, l.Margin, Fbar)
}

// squares returns e² + ([m − F̄]⁺)², where e is F or its positive part, and its
// derivatives by e and F̄.
func squares(F, e, m, Fbar float64) (loss, de, dFbar float64) {
	if !energies(F, Fbar) || math.IsNaN(m-Fbar) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	value := twofold.Prod(e, e)
	if Fbar < m {
		short := twofold.Diff(m, Fbar)
		value = value.Add(short.Mul(short))
		dFbar = twofold.Of(-2).Mul(short).Float64()
	}
	return value.Float64(), 2 * e, dFbar
}
