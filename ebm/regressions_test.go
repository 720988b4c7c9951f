package ebm

import (
	"math"
	"testing"
)

// TestRegressions: single cases in which a promise of a comment was broken once; their families
// are in the tests of the promises.
func TestRegressions(t *testing.T) {
	near := func(what string, got, want, ulps float64) {
		t.Helper()
		if !(math.Abs(got-want) <= ulps*0x1p-52*math.Abs(want)) {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	// 4·10⁻⁶⁶ where the mean is taken from rounded numbers. 5.41 − 0.41 is 5 to an ulp, of which
	// the square has two; the rest rounds six times
	p := math.Exp(-400) / (1 + math.Exp(-0.76))
	g := NewGibbs([]float64{0, 0.76, 400}, 1, Counting(3))
	near("Var x", g.Variance([]float64{0.41, 0.41, 5.41}), 25*p, 8)
	// −β²(⟨F²⟩ − ⟨F⟩²)/2 to the first order, under the masses: what is next is 10⁻³⁰ of it
	g = NewGibbs([]float64{0, 1, 2}, 5e-31, Weighted([]float64{0.5, 0.25, 0.25}))
	near("S", g.Entropy(), -25e-62*0.6875/2, 4)

	// shallow from the start, and F falls until it is 0
	if y, F, err := InferFrom(Wells{}, []float64{1e-5}, nil, [][]float64{{0.3}}); err != nil || F != 0 || y[0] != 1e-5 {
		t.Errorf("a circle of radius 10⁻⁵ from 0.3: %v, F = %v, %v", y, F, err)
	}
	if y, F, err := InferFrom(Quadratic{1}, []float64{0, 1e-20}, nil, [][]float64{{1e8}}); err != nil || F != 0 {
		t.Errorf("10⁻²⁰y²/2 from 10⁸: %v, F = %v, %v", y, F, err)
	}

	// a Gaussian along the diagonals, far narrower than a cell of any scan
	across := func(y []float64) float64 {
		return (square((y[0]+y[1])/math.Sqrt2/3e-5) + square((y[0]-y[1])/math.Sqrt2/3e-6)) / 2
	}
	if why := short(Box, []float64{-10, -11}, []float64{11, 10}, across, 1, math.Log(2*math.Pi*9e-11)); why != "" {
		t.Error(why)
	}
	const c, w = 0.50003897, 2.5e-7
	edge := func(y []float64) float64 { return math.Log1p(math.Exp(-(y[0] - c) / w)) }
	if why := short(Box, []float64{0}, []float64{1}, edge, 1, math.Log(1-c)); why != "" {
		t.Error(why)
	}
}
