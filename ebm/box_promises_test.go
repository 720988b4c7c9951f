package ebm

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"

	"ebmcheck/ebm/promise"
)

// A boxer is Box, or what is planted for it.
type boxer func(lo, hi []float64, F func(y []float64) float64, beta float64) (mu Measure, energies []float64, relErr float64)

// short returns what is wrong with a box of known ln Z: that the error is more than
// the estimate, and what rounding ln Z to a float64 costs, which is no part of it.
func short(box boxer, lo, hi []float64, F func(y []float64) float64, beta, lnZ float64) string {
	mu, energies, relErr := box(lo, hi, F, beta)
	if math.IsInf(relErr, 1) { // nothing is promised
		return ""
	}
	got := NewGibbs(energies, beta, mu).LogZ()
	err := math.Abs(math.Expm1(got - lnZ))
	if !(relErr < 1) || !(err <= relErr+8*0x1p-52*(1+math.Abs(lnZ))) {
		return fmt.Sprintf("ln Z = %v, want %v: error %.2g, estimate %.2g", got, lnZ, err, relErr)
	}
	return ""
}

// lnErf returns ln of the integral of a normal density of deviation s about c between
// lo and hi, from the tail that does not cancel.
func lnErf(lo, hi, c, s float64) float64 {
	a, b := (lo-c)/s/math.Sqrt2, (hi-c)/s/math.Sqrt2
	if a > 0 {
		a, b = -b, -a
	}
	if b < 0 { // both tails
		return math.Log((math.Erfc(-b) - math.Erfc(-a)) / 2)
	}
	return math.Log((math.Erf(b) - math.Erf(a)) / 2)
}

// edge draws a place in (lo, hi): anywhere, or next to a place where a panel may end, a
// node, or an end.
func edge(r *rand.Rand, lo, hi float64) float64 {
	u := r.Float64()
	switch r.IntN(4) {
	case 0:
		u = math.Ldexp(float64(1+r.IntN(63)), -6)
		u += u * magnitude(r, -16, -2) * float64(2*r.IntN(2)-1)
	case 1:
		u = magnitude(r, -12, 0)
	case 2:
		u = 1 - magnitude(r, -12, 0)
	}
	return lo + (hi-lo)*min(max(u, 1e-12), 1-1e-12)
}

// The families of TestBoxPromises.
var boxes = map[string]func(box boxer) func(r *rand.Rand) string{
	// Gaussians of deviation 10⁻¹¹ to 10³, cut off or not, of any β and offset
	"gaussians on the line": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			lo := -magnitude(r, -1, 2)
			hi := lo + magnitude(r, -1, 2)
			c, s, beta, offset := edge(r, lo, hi), magnitude(r, -11, 3), magnitude(r, -3, 3), 10*r.NormFloat64()
			F := func(y []float64) float64 { return offset + square((y[0]-c)/s)/2/beta }
			lnZ := lnErf(lo, hi, c, s) + math.Log(s*math.Sqrt(2*math.Pi)) - beta*offset
			if why := short(box, []float64{lo}, []float64{hi}, F, beta, lnZ); why != "" {
				return fmt.Sprintf("deviation %v about %v in [%v, %v], β = %v: %s", s, c, lo, hi, beta, why)
			}
			return ""
		}
	},
	// e^(−F) = 1 + h/(1 + e^(−(y − c)/w)): its integral is 1 + h w (ln(1 + e^((1 −
	// c)/w)) − ln(1 + e^(−c/w)))
	"sigmoid edges": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			c, w, h := edge(r, 0, 1), magnitude(r, -14, 0), magnitude(r, -4, 4)
			soft := func(t float64) float64 { return max(t, 0) + math.Log1p(math.Exp(-math.Abs(t))) }
			F := func(y []float64) float64 { return -math.Log1p(h / (1 + math.Exp(-(y[0]-c)/w))) }
			Z := 1 + h*w*(soft((1-c)/w)-soft(-c/w))
			if why := short(box, []float64{0}, []float64{1}, F, 1, math.Log(Z)); why != "" {
				return fmt.Sprintf("edge of height %v and width %v at %v: %s", h, w, c, why)
			}
			return ""
		}
	},
	// a |y − c|
	"kinks": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			c, a := edge(r, 0, 1), magnitude(r, -4, 10)
			F := func(y []float64) float64 { return a * math.Abs(y[0]-c) }
			Z := -(math.Expm1(-a*c) + math.Expm1(-a*(1-c))) / a
			if why := short(box, []float64{0}, []float64{1}, F, 1, math.Log(Z)); why != "" {
				return fmt.Sprintf("%v |y − %v|: %s", a, c, why)
			}
			return ""
		}
	},
	// a slope that changes, and a step
	"bends and jumps": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			c, s := edge(r, 0, 1), magnitude(r, -3, 2.5)
			F := func(y []float64) float64 { return y[0] + s*max(0, y[0]-c) }
			Z := -math.Expm1(-c) - math.Exp(-c)*math.Expm1(-(1+s)*(1-c))/(1+s)
			if r.IntN(2) == 0 {
				F = func(y []float64) float64 { return math.Copysign(s, y[0]-c) }
				Z = c*math.Exp(s) + (1-c)*math.Exp(-s)
			}
			if why := short(box, []float64{0}, []float64{1}, F, 1, math.Log(Z)); why != "" {
				return fmt.Sprintf("at %v, by %v: %s", c, s, why)
			}
			return ""
		}
	},
	// e^(−F) = 1 + h |y − c|ᵖ with −½ < p < 1
	"cusps": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			c, h, p := edge(r, 0, 1), magnitude(r, -2, 2), r.Float64()
			F := func(y []float64) float64 { return -math.Log1p(h * math.Pow(math.Abs(y[0]-c), p)) }
			Z := 1 + h*(math.Pow(c, p+1)+math.Pow(1-c, p+1))/(p+1)
			if why := short(box, []float64{0}, []float64{1}, F, 1, math.Log(Z)); why != "" {
				return fmt.Sprintf("%v |y − %v|^%v: %s", h, c, p, why)
			}
			return ""
		}
	},
	// two Gaussians of any widths, each inside by 10 deviations, and such that the narrow
	// one has its slopes where the scan looks: as far as they cross, t/(s + t) of the way
	"two wells": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			s, t := magnitude(r, -8, -2), magnitude(r, -8, -2)
			a, b := 0.1+0.8*r.Float64(), 0.1+0.8*r.Float64()
			for math.Abs(a-b)*min(s, t)/(s+t) < 2./256 {
				t = s * magnitude(r, -2, 2)
				t = min(t, 0.01)
				a, b = 0.1+0.8*r.Float64(), 0.1+0.8*r.Float64()
			}
			F := func(y []float64) float64 {
				f, g := square((y[0]-a)/s)/2, square((y[0]-b)/t)/2
				return min(f, g) - math.Log1p(math.Exp(-math.Abs(f-g)))
			}
			if why := short(box, []float64{0}, []float64{1}, F, 1, math.Log(math.Sqrt(2*math.Pi)*(s+t))); why != "" {
				return fmt.Sprintf("deviations %v about %v, %v about %v: %s", s, a, t, b, why)
			}
			return ""
		}
	},
	"rotated wells in the plane": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			return rotatedWell(box, r, 2, magnitude(r, -7, -0.2), []float64{1, 1, 1, 1, 1, 1, 1, 3}[r.IntN(8)])
		}
	},
	"rotated wells in space": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string { return rotatedWell(box, r, 3, magnitude(r, -4, -0.2), 0.7) }
	},
	// (|y|² − a²)² in the plane: with u = |y|², Z = π ∫ e^(−β(u − a²)²) du over u > 0
	"rings": func(box boxer) func(r *rand.Rand) string {
		return func(r *rand.Rand) string {
			a, beta := 0.5+r.Float64(), magnitude(r, -1, []float64{4, 4, 4, 4, 4, 4, 4, 8}[r.IntN(8)])
			x := []float64{r.NormFloat64(), r.NormFloat64()}
			F := func(y []float64) float64 { return square(square(y[0]-x[0]) + square(y[1]-x[1]) - a*a) }
			Z := math.Pi * math.Sqrt(math.Pi/beta) / 2 * math.Erfc(-a*a*math.Sqrt(beta))
			if why := short(box, []float64{x[0] - 5, x[1] - 6}, []float64{x[0] + 5.5, x[1] + 5}, F, beta, math.Log(Z)); why != "" {
				return fmt.Sprintf("radius %v about %v, β = %v: %s", a, x, beta, why)
			}
			return ""
		}
	},
}

// rotatedWell has a Gaussian with axes of any direction, the longest deviation s and
// the others up to 10^aspect times less, 10 s inside the box.
func rotatedWell(box boxer, r *rand.Rand, d int, s, aspect float64) string {
	Q := rotation(r, d)
	if d == 2 && r.IntN(3) == 0 { // the diagonals
		Q = [][]float64{{math.Sqrt2 / 2, math.Sqrt2 / 2}, {math.Sqrt2 / 2, -math.Sqrt2 / 2}}
	}
	c, dev := make([]float64, d), make([]float64, d)
	lnZ := float64(d) / 2 * math.Log(2*math.Pi)
	for k := range c {
		c[k] = (2*r.Float64() - 1) * (10 - 10*s)
		dev[k] = s
		if k > 0 {
			dev[k] *= magnitude(r, -aspect, 0)
		}
		lnZ += math.Log(dev[k])
	}
	F := func(y []float64) float64 {
		var f float64
		for k, q := range Q {
			var t float64
			for i := range y {
				t += q[i] * (y[i] - c[i])
			}
			f += square(t/dev[k]) / 2
		}
		return f
	}
	lo, hi := []float64{-10, -11, -10}[:d], []float64{11, 10, 10}[:d]
	if why := short(box, lo, hi, F, 1, lnZ); why != "" {
		return fmt.Sprintf("axes %v, deviations %v, about %v: %s", Q, dev, c, why)
	}
	return ""
}

func TestBoxPromises(t *testing.T) {
	share := map[string]int{"rotated wells in the plane": 1, "rotated wells in space": 1, "rings": 1}
	for _, family := range slices.Sorted(maps.Keys(boxes)) {
		n, ok := share[family]
		if !ok {
			n = 40
		}
		promise.Try(t, family, n, boxes[family](Box))
	}
}

// gauss is a fixed product rule of 64 points a line, with what it differs from one of
// 32 for its estimate.
func gauss(lo, hi []float64, F func(y []float64) float64, beta float64) (mu Measure, energies []float64, relErr float64) {
	var lnZ [2]float64
	for i, n := range []int{32, 64} {
		points, logq := [][]float64{{}}, []float64{0} // of the masses, each μ = 1/(Nq)
		for k := range lo {
			x, w := make([]float64, n), make([]float64, n)
			quad.Legendre{}.FixedLocations(x, w, lo[k], hi[k])
			var next [][]float64
			var lnq []float64
			for j, p := range points {
				for m := range x {
					next = append(next, append(slices.Clone(p), x[m]))
					lnq = append(lnq, logq[j]-math.Log(w[m]*float64(n)))
				}
			}
			points, logq = next, lnq
		}
		mu, energies = Samples(points, logq), nil
		for _, y := range points {
			energies = append(energies, F(y))
		}
		lnZ[i] = NewGibbs(energies, beta, mu).LogZ()
	}
	return mu, energies, math.Abs(math.Expm1(lnZ[0]-lnZ[1])) + 1e-12
}

// TestBoxFaults: a rule that does not look for wells, and an estimate that is a
// thousand times too small, break promises.
func TestBoxFaults(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(boxes)) {
		promise.Refute(t, "a fixed rule, "+family, 40, boxes[family](gauss))
	}
	bold := func(lo, hi []float64, F func(y []float64) float64, beta float64) (Measure, []float64, float64) {
		mu, energies, relErr := Box(lo, hi, F, beta)
		return mu, energies, relErr / 1000
	}
	for _, family := range []string{"kinks", "cusps", "bends and jumps"} {
		promise.Refute(t, "a bold estimate, "+family, 40, boxes[family](bold))
	}
}
