package theory

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// volumesOfLow is what is said of the regions of low energy, of a line and of a plane.
var volumesOfLow = statement[code]{
	cases: []code{
		{Lambda: 1, Root: 1}, {Lambda: 0.25, Root: 2},
		{Centres: []float64{0}, Root: 1}, {Centres: []float64{0, 1}, Root: 1}, {Centres: []float64{0, 2}, Root: 1},
		{Centres: []float64{0, 10}, Root: 1}, {Centres: []float64{3, 3}, Root: 1},
		{Centres: []float64{0}, Second: []float64{0}, Root: 1}, {Centres: []float64{0, 1}, Second: []float64{0, 1}, Root: 1},
		{Centres: []float64{0, 2}, Second: []float64{0, 0}, Root: 1},
	},
	draw: func(t *rapid.T) code {
		c := code{
			Lambda: float64(rapid.IntRange(1, 20).Draw(t, "λ")) / 10,
			Root:   float64(rapid.IntRange(1, 40).Draw(t, "√τ")) / 8,
		}
		plane := rapid.Bool().Draw(t, "plane")
		for range max(0, rapid.IntRange(-2, 6).Draw(t, "K")) {
			c.Centres = append(c.Centres, decimal(t, 999, "c"))
			if plane {
				c.Second = append(c.Second, decimal(t, 999, "c₂"))
			}
		}
		return c
	},
	show: code.String,
	reach: map[string]func(code) bool{
		"regularised": func(c code) bool { return c.Centres == nil },
		"overlapping": func(c code) bool { return len(c.Centres) > 1 && c.low().Less(c.cells(len(c.Centres))) },
		"apart":       func(c code) bool { return len(c.Centres) > 1 && !c.low().Less(c.cells(len(c.Centres))) },
		"in a plane":  func(c code) bool { return len(c.Second) > 1 },
	},
	printed: func(c code) finding {
		if c.Centres != nil {
			return c.holds(len(c.Centres))
		}
		return c.inside(x(c.Root).Mul(x(1).Add(x(c.Lambda)).Div(x(c.Lambda)).Sqrt()))
	},
	faulty: func(c code) finding {
		if c.Centres != nil {
			return c.holds(1)
		}
		return c.inside(x(c.Root))
	},
}

// A code is what y is rebuilt from. With centres, F(y) = min_k (y − c_k)² or, in a plane, the larger of the squares of its two
// parts; else F(y) = min_z (y − z)² + λz², z ∈ ℝ.
type code struct {
	Centres []float64
	Second  []float64 // in a plane
	Lambda  float64
	Root    float64 // √τ: y has low energy if F(y) ≤ τ
}

func (c code) String() string {
	tau := ", √τ=" + result.Decimal(c.Root)
	switch {
	case c.Second != nil:
		s := "F = min_k max((y₁ − a_k)², (y₂ − b_k)²)"
		return s + ", a=(" + list(c.Centres) + "), b=(" + list(c.Second) + ")" + tau
	case c.Centres != nil:
		return "F = min_k (y − c_k)², c=(" + list(c.Centres) + ")" + tau
	}
	return "F = min_z (y − z)² + λz², λ=" + result.Decimal(c.Lambda) + tau
}

// cells returns the length or area of K cells: intervals, or squares, of side 2√τ.
func (c code) cells(K int) exact.Interval {
	side := x(2 * c.Root)
	if c.Second != nil {
		side = side.Sqr()
	}
	return side.Scale(float64(K))
}

// low returns the length or area of {F ≤ τ}, the union of such cells around the centres.
func (c code) low() exact.Interval {
	if c.Second != nil {
		return c.area()
	}
	length := x(2 * c.Root)
	centres := slices.Sorted(slices.Values(c.Centres))
	for k := 1; k < len(centres); k++ {
		length = length.Add(x(centres[k]).Sub(x(centres[k-1])).Min(x(2 * c.Root)))
	}
	return length
}

// area returns that of the union of squares, in whole numbers: centres are hundredths, and √τ eighths.
func (c code) area() exact.Interval {
	const unit = 200
	whole := func(v float64) int { return int(math.Round(v * unit)) }
	r := whole(c.Root)
	edges := func(centres []float64) (es []int) {
		for _, v := range centres {
			es = append(es, whole(v)-r, whole(v)+r)
		}
		slices.Sort(es)
		return es
	}
	first, second := edges(c.Centres), edges(c.Second)
	area := 0
	for i := 1; i < len(first); i++ {
		for j := 1; j < len(second); j++ {
			for k := range c.Centres {
				a, b := whole(c.Centres[k]), whole(c.Second[k])
				if a-r <= first[i-1] && first[i] <= a+r && b-r <= second[j-1] && second[j] <= b+r {
					area += (first[i] - first[i-1]) * (second[j] - second[j-1])
					break
				}
			}
		}
	}
	return x(float64(area)).Div(x(unit * unit))
}

// holds finds whether {F ≤ τ} is no larger than K cells.
func (c code) holds(K int) finding {
	return atMost("size of {F ≤ τ} against its limit", c.low(), c.cells(K))
}

// inside finds whether {F ≤ τ} is |y| ≤ half: F = λy²/(1 + λ) rises with |y|, so that F(half) = τ.
func (c code) inside(half exact.Interval) finding {
	z := half.Div(x(1).Add(x(c.Lambda))) // the best code of y = half
	F := half.Sub(z).Sqr().Add(z.Sqr().Mul(x(c.Lambda)))
	return equal(fmt.Sprintf("F(y) at y = %.4g against τ", half.Mid()), F, x(c.Root).Sqr())
}
