package ebm

import "ebmcheck/ebm/twofold"

// A Measure is an answer space: a finite list of answers y₀, …, yₙ₋₁, each with
// a mass μᵢ ≥ 0. Sums over the answers and integrals over a continuum become
// one thing,
//
//	∫ g(y) dμ(y) = Σᵢ μᵢ g(yᵢ)
//
// exactly for a finite space (Counting, Weighted), approximately for a
// continuous one (Box, Samples). An answer of mass 0 does not belong to the space.
type Measure struct {
	n      int
	points [][]float64      // nil where the answers are only numbered
	mass   []twofold.Number // nil where every mass is 1
}

// Counting returns n numbered answers of mass 1 each: every sum of the theory
// over a discrete 𝒴. It panics if n < 1.
func Counting(n int) Measure {
	if n < 1 {
		panic("ebm: no answers")
	}
	return Measure{n: n}
}

// Weighted returns len(w) numbered answers of masses w. It panics if w is
// empty or has a negative, infinite or NaN element.
func Weighted(w []float64) Measure {
	if len(w) == 0 {
		panic("ebm: no answers")
	}
	mass := make([]twofold.Number, len(w))
	for i, m := range w {
		if !(m >= 0 && m-m == 0) {
			panic("ebm: a mass is negative or not finite")
		}
		mass[i] = twofold.Of(m)
	}
	return Measure{n: len(w), mass: mass}
}

// Samples returns the points of a sample from a proposal of log density logq,
// with their importance weights,
//
//	μᵢ = 1/(N q(yᵢ)),   Σᵢ μᵢ g(yᵢ) ≈ ∫ g(y) dy
//
// whatever the size of the densities: the weights are kept by their exponent
// and do not overflow. The estimate of Z is unbiased, that of ln Z is too low
// on average (identity 90). The points are kept, not copied.
//
// It panics if there is no point, if logq differs in length from the points,
// or if it has an element that is not finite.
func Samples(points [][]float64, logq []float64) Measure {
	if len(points) == 0 {
		panic("ebm: no answers")
	}
	if len(logq) != len(points) {
		panic("ebm: points and log densities differ in length")
	}
	n := twofold.Of(float64(len(points)))
	mass := make([]twofold.Number, len(points))
	for i, l := range logq {
		if l-l != 0 {
			panic("ebm: the log density of a sample is not finite")
		}
		mass[i] = twofold.Of(-l).Exp().Div(n)
	}
	return Measure{n: len(points), points: points, mass: mass}
}

// Len returns n, the number of answers.
func (mu Measure) Len() int { return mu.n }

// Points returns the answers as points of ℝᵈ, to be handed to Energies; nil if they are only numbered.
// They are the measure's own and must not be changed.
func (mu Measure) Points() [][]float64 { return mu.points }

// LogMass returns ln μᵢ: 0 under Counting, −Inf for an answer of mass 0.
func (mu Measure) LogMass(i int) float64 { return mu.at(i).Log().Float64() }

// at returns μᵢ.
func (mu Measure) at(i int) twofold.Number {
	if i < 0 || i >= mu.n {
		panic("ebm: no such answer")
	}
	if mu.mass == nil {
		return twofold.Of(1)
	}
	return mu.mass[i]
}
