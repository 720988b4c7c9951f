package ebm

import (
	"math"
	"slices"

	"ebmcheck/ebm/twofold"
)

// A Measure is an answer space: a finite list of answers y₀, …, yₙ₋₁, each with
// a mass μᵢ ≥ 0. Sums over the answers and integrals over a continuum become
// one thing (C14, C45),
//
//	∫ g(y) dμ(y) = Σᵢ μᵢ g(yᵢ)
//
// exactly for a finite space (Counting, Weighted, Points), approximately for a
// continuous one (Box, Samples). An answer of mass 0 does not belong to the space.
type Measure struct {
	n      int
	points [][]float64      // nil where the answers are only numbered
	mass   []twofold.Number // nil where every mass is 1
}

// Counting returns n numbered answers of mass μᵢ = 1 each: every sum of the theory over a
// discrete 𝒴 (C45). It panics if n < 1.
func Counting(n int) Measure {
	if n < 1 {
		panic("ebm: no answers")
	}
	return Measure{n: n}
}

// Weighted returns len(w) numbered answers of masses μᵢ = wᵢ, such as the weights of a
// mixture (C22; see Soft). It panics if w is
// empty or has a negative, infinite or NaN element.
func Weighted(w []float64) Measure {
	return Measure{n: len(w), mass: massesOf(w)}
}

// Points returns the answers points of masses w: a measure made by hand, of a rule of
// quadrature or of a sample, ∫ g dμ = Σᵢ wᵢ g(yᵢ) (C14). The points are kept, not copied.
// It panics if there is none, if w differs in length from them, if they do in length among
// each other, or if w has a negative, infinite or NaN element.
func Points(points [][]float64, w []float64) Measure {
	if len(points) != len(w) {
		panic("ebm: points and masses differ in length")
	}
	for _, y := range points {
		if len(y) != len(points[0]) {
			panic("ebm: points differ in length")
		}
	}
	return Measure{n: len(w), points: points, mass: massesOf(w)}
}

// massesOf returns w. It panics if w is empty or has a negative, infinite or NaN element.
func massesOf(w []float64) []twofold.Number {
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
	return mass
}

// Samples returns the points of a sample from a proposal of log density logq,
// with their importance weights,
//
//	μᵢ = 1/(N q(yᵢ)),   Σᵢ μᵢ g(yᵢ) ≈ ∫ g(y) dy
//
// for densities from e^−2²⁵ to e^2²⁵, far beyond the float64s: the weights are kept by
// their exponent and do not overflow. The estimate of Z is unbiased (C48), that of ln Z is
// too low on average (identity 90). The points are kept, not copied.
//
// It panics if there is no point, if logq differs in length from the points, or if it
// has an element that is NaN or not within ±2²⁵.
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
		if !(math.Abs(l) <= 1<<25) {
			panic("ebm: the log density of a sample is not within ±2²⁵")
		}
		mass[i] = twofold.Of(-l).Exp().Div(n)
	}
	return Measure{n: len(points), points: points, mass: mass}
}

// Len returns n, the number of answers.
func (mu Measure) Len() int { return mu.n }

// Points returns the answers as points of ℝᵈ, to be handed to Energies; nil if they are
// only numbered. They are the measure's own and must not be changed.
func (mu Measure) Points() [][]float64 { return mu.points }

// LogMass returns ln μᵢ (C14): 0 under Counting, −Inf for an answer of mass 0. It panics unless
// 0 ≤ i < n.
func (mu Measure) LogMass(i int) float64 { return mu.at(i).Log().Float64() }

// LogTotal returns ln Σᵢ μᵢ, the logarithm of the total mass, ln Z at β = 0 (C16): ln n
// under Counting, the volume's for a Box, −Inf if no answer has mass. It is rounded once,
// but for what cancels where the total is next to 1: it is known to 2⁻⁹⁶, for up to 2⁸ answers.
func (mu Measure) LogTotal() float64 {
	total := twofold.Of(float64(mu.n))
	if mu.mass != nil {
		total = twofold.Number{}
		for _, m := range mu.mass {
			total = total.Add(m)
		}
	}
	return total.Log().Float64()
}

// With returns the measure μ + m δ_y: the point y of mass m is added, the last of its
// answers (SOURCE 1.2(b), on a continuum). With mass 0 it is a datum that does not belong
// to the sum: the density at it, and its loss (losses.NLLOver), are those of the measure
// without it. With mass it makes an estimate of Z that is not 0 whatever the sample.
//
// It panics if the answers of mu are only numbered, if y differs in length from its
// points, or if mass is negative, infinite or NaN.
func (mu Measure) With(y []float64, mass float64) Measure {
	if mu.points == nil {
		panic("ebm: a measure without points")
	}
	if len(y) != len(mu.points[0]) {
		panic("ebm: points differ in length")
	}
	return Measure{
		n:      mu.n + 1,
		points: append(slices.Clip(mu.points), y),
		mass:   append(slices.Clip(mu.mass), massesOf([]float64{mass})...),
	}
}

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
