package descent

import (
	"math"
	"strings"
	"testing"
)

func square(x float64) float64 { return x * x }

// A function of the plane or the line, with its gradient.
type function struct {
	F    func(y []float64) float64
	grad func(dst, y []float64)
}

// line is a function of one variable.
func line(F, slope func(y float64) float64) function {
	return function{
		func(y []float64) float64 { return F(y[0]) },
		func(dst, y []float64) { dst[0] = slope(y[0]) },
	}
}

// saddle is y₀y₁ + (y₀⁴ + y₁⁴)/4, with minima of −½ at (1, −1) and (−1, 1).
var saddle = function{
	func(y []float64) float64 { return y[0]*y[1] + (square(square(y[0]))+square(square(y[1])))/4 },
	func(dst, y []float64) {
		dst[0], dst[1] = y[1]+y[0]*square(y[0]), y[0]+y[1]*square(y[1])
	},
}

// bowl is (y₀² + 100 y₁²)/2 in units of length and of height.
func bowl(length, height float64) function {
	return function{
		func(y []float64) float64 {
			return height * (square(y[0]/length-1) + 100*square(y[1]/length+2)) / 2
		},
		func(dst, y []float64) {
			dst[0] = height * (y[0]/length - 1) / length
			dst[1] = height * 100 * (y[1]/length + 2) / length
		},
	}
}

// sixth is ± y₀³y₁³ + (y₀² + y₁²)⁴/16, which is −c⁶ + c⁸ on y₀ = ∓y₁ = c: flat to order
// 5 at 0, along the axes to order 7.
func sixth(sign float64) function {
	return function{
		func(y []float64) float64 {
			p, s := y[0]*y[1], square(y[0])+square(y[1])
			return sign*p*p*p + square(square(s))/16
		},
		func(dst, y []float64) {
			p, s := y[0]*y[1], square(y[0])+square(y[1])
			for i := range dst {
				dst[i] = 3*sign*p*p*y[1-i] + s*s*s*y[i]/2
			}
		},
	}
}

// spread returns the coordinate of y along (1, 1, 1), and |y|².
func spread(y []float64) (along, square float64) {
	for _, v := range y {
		along += v / math.Sqrt(3)
		square += v * v
	}
	return along, square
}

// steps is a unit of length in which F has steps.
const steps = 3.390413649996394e+11

func TestMinimum(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      function
		from   []float64
		low    float64
		within float64 // of low, twice the rounding of F there
	}{
		{"a bowl", bowl(1, 1), []float64{3, 3}, 0, 1e-28},
		{"a tiny bowl", bowl(1e-9, 1e-30), []float64{3e-5, 0.3}, 0, 1e-58},
		{"a vast bowl", bowl(1e40, 1e-60), []float64{3e38, 1e41}, 0, 1e-88},
		{"a steep bowl", bowl(1, 1e200), []float64{3, -7}, 0, 1e172},
		{"at the saddle", saddle, []float64{0, 0}, -0.5, 1e-15},
		{"on the way to the saddle", saddle, []float64{2, 2}, -0.5, 1e-15},
		{"a maximum", line(func(y float64) float64 { return square(y*y - 1) }, func(y float64) float64 { return 4 * y * (y*y - 1) }), []float64{0}, 0, 1e-29},
		{"a degenerate maximum", line(func(y float64) float64 { return y*y*y*y*y*y/6 - y*y*y*y/4 }, func(y float64) float64 { return y * y * y * (y*y - 1) }), []float64{0}, -1. / 12, 1e-16},
		{"a domain that ends", line(func(y float64) float64 { return y - math.Log(y) }, func(y float64) float64 { return 1 - 1/y }), []float64{859851.5538575618}, 1, 1e-15},
		{"a quartic", line(func(y float64) float64 { return square(y * y) }, func(y float64) float64 { return 4 * y * y * y }), []float64{5}, 0, 1e-300},
		// of steps that rounding makes, of which some are lower for ever: see Minimum
		{"a slope in steps", line(func(y float64) float64 { return -math.Log(y/steps) - math.Log(2-y/steps) },
			func(y float64) float64 { return (1/(2-y/steps) - steps/y) / steps }), []float64{0.00667474518317926 * steps}, 0, 1e-15},
		// it falls towards infinity, and the search ends before
		{"a step of height 2", line(math.Tanh, func(y float64) float64 { return 1 / square(math.Cosh(y)) }), []float64{3}, -1, 0},
		{"a slope that levels off", line(func(y float64) float64 { return math.Atan(y / 1e300) }, func(y float64) float64 { return 1e-300 / (1 + square(y/1e300)) }), []float64{1}, -math.Pi / 2, 1e-7},
		{"level", line(func(float64) float64 { return 3 }, func(float64) float64 { return 0 }), []float64{7}, 3, 0},
		{"falling along (1, 1, 1) alone", function{
			func(y []float64) float64 {
				t, square := spread(y)
				return 5*square - 5.5*t*t + square*square/4
			},
			func(dst, y []float64) {
				t, square := spread(y)
				for i := range dst {
					dst[i] = (10+square)*y[i] - 11*t/math.Sqrt(3)
				}
			},
		}, []float64{0, 0, 0}, -0.25, 1e-14},
		{"falling along (1, 1, 1) alone, from (100, 0, 3)", function{
			func(y []float64) float64 {
				t, square := spread([]float64{y[0] - 100, y[1], y[2] - 3})
				return 500*square - 500.5*t*t + square*square/4
			},
			func(dst, y []float64) {
				u := []float64{y[0] - 100, y[1], y[2] - 3}
				t, square := spread(u)
				for i := range dst {
					dst[i] = (1000+square)*u[i] - 1001*t/math.Sqrt(3)
				}
			},
		}, []float64{100, 0, 3}, -0.25, 1e-10},
		{"falling along (1, 1) alone, by order 6", sixth(-1), []float64{0, 0}, -27. / 256, 1e-16},
		{"falling along (1, −1) alone, by order 6", sixth(1), []float64{0, 0}, -27. / 256, 1e-16},
		{"y₀²y₁² less than a bowl", function{
			func(y []float64) float64 {
				return -square(y[0]*y[1]) + square(square(square(y[0]))+square(square(y[1])))
			},
			func(dst, y []float64) {
				s := 4 * (square(square(y[0])) + square(square(y[1])))
				for i := range dst {
					dst[i] = -2*y[i]*square(y[1-i]) + 2*s*y[i]*square(y[i])
				}
			},
		}, []float64{0, 0}, -1. / 16, 1e-16}, // flat along the axes and by the Hessian: the diagonals
	} {
		start := append([]float64(nil), c.from...)
		y, low, err := Minimum(c.f.F, c.f.grad, c.from)
		if err != nil || !(math.Abs(low-c.low) <= c.within) || low != c.f.F(y) {
			t.Errorf("%s: F = %v at %v, want %v ± %v; %v", c.name, low, y, c.low, c.within, err)
		}
		for i := range start {
			if len(y) > i && math.IsInf(y[i], 0) {
				t.Errorf("%s: a minimum at %v", c.name, y)
			}
			if c.from[i] != start[i] {
				t.Errorf("%s: the start was moved to %v", c.name, c.from)
			}
		}
	}
}

func TestNoMinimum(t *testing.T) {
	for _, c := range []struct {
		name, why string
		f         function
		from      []float64
	}{
		{"no lower bound", "energy", line(func(y float64) float64 { return -y }, func(float64) float64 { return -1 }), []float64{1}},
		{"a NaN", "energy NaN", line(math.Sqrt, func(y float64) float64 { return 1 }), []float64{-1}},
		{"an infinite energy", "energy +Inf", line(func(float64) float64 { return math.Inf(1) }, func(y float64) float64 { return 1 }), []float64{1}},
		{"a gradient that is none", "gradient [NaN]", line(func(y float64) float64 { return y }, func(float64) float64 { return math.NaN() }), []float64{1}},
		{"an infinite start", "at y = [+Inf]", line(math.Tanh, func(float64) float64 { return 0 }), []float64{math.Inf(1)}},
		{"an infinite gradient", "gradient [-Inf]", line(func(y float64) float64 { return -math.Sqrt(y) }, func(y float64) float64 { return -0.5 / math.Sqrt(y) }), []float64{0}},
	} {
		y, _, err := Minimum(c.f.F, c.f.grad, c.from)
		if err == nil || y != nil || !strings.Contains(err.Error(), c.why) || !strings.Contains(err.Error(), "at y = ") {
			t.Errorf("%s: %v, %v", c.name, y, err)
		}
	}
}

// TestCurvature: the eigenvectors of a known Hessian, along which the gradient changes
// by the eigenvalue.
func TestCurvature(t *testing.T) {
	H := [2][2]float64{{2, 3}, {3, -1}}
	grad := func(dst, y []float64) {
		for i := range dst {
			dst[i] = H[i][0]*y[0] + H[i][1]*y[1]
		}
	}
	for _, y := range [][]float64{{0.5, -0.25}, {8, 0}, {-0.5, -4}} {
		at := append([]float64(nil), y...)
		all := curvature(grad, y)
		if len(all) != 2 || y[0] != at[0] || y[1] != at[1] {
			t.Fatalf("%d eigenvectors at %v", len(all), y)
		}
		d := [2]float64{max(1, math.Abs(y[0])), max(1, math.Abs(y[1]))}
		for _, v := range all {
			a, b := d[0]*(H[0][0]*d[0]*v[0]+H[0][1]*d[1]*v[1]), d[1]*(H[1][0]*d[0]*v[0]+H[1][1]*d[1]*v[1])
			if !(math.Abs(a*v[1]-b*v[0]) <= 1e-9*(math.Abs(a)+math.Abs(b))) || !(math.Abs(v[0]*v[0]+v[1]*v[1]-1) <= 1e-12) {
				t.Errorf("at %v: %v is no eigenvector", y, v)
			}
		}
	}
	if got := curvature(func(dst, y []float64) { dst[0] = y[0] }, []float64{1}); got != nil {
		t.Errorf("on the line: %v", got)
	}
	for name, bad := range map[string]func(dst, y []float64){
		"level": func(dst, y []float64) { clear(dst) },
		"NaN":   func(dst, y []float64) { dst[0], dst[1] = math.NaN(), y[0] },
		"Inf":   func(dst, y []float64) { dst[0], dst[1] = math.Inf(1)*y[0], y[0] },
	} {
		if got := curvature(bad, []float64{1, 1}); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}
