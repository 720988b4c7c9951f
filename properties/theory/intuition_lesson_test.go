package theory

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
)

// TestNear: descent has come near where it learns, and nowhere else.
func TestNear(t *testing.T) {
	gen := rapid.Custom(func(t *rapid.T) lesson {
		c := drawLesson(t, leastSquares, fixedCentres)
		c.Steps %= 8 // most learn in fewer
		return c
	})
	near := 0
	for i := range uint64(400) {
		c := draw.Example(gen, i)
		_, F := c.learn()
		if c.near() != (F[0] < F[1]) && math.Abs(F[0]-F[1]) > 0x1p-28*F[1] {
			t.Errorf("%v: near is %v, of energies %v", c, c.near(), F)
		}
		if c.near() {
			near++
		}
	}
	if near < 100 || near > 300 {
		t.Errorf("%d of 400 are near", near)
	}
	for w, want := range map[float64]bool{0: false, 0x1p-40: false, 0x1p-20: true} {
		if c := (lesson{Family: fixedCentres, W: []float64{w}, X: 1, Y: 1}); c.near() != want {
			t.Errorf("%v, off the middle by %g: near is %v", c, w, c.near())
		}
	}
	if c := (lesson{Family: tabular, W: []float64{0, 1}}); c.near() {
		t.Error("a table is of no fixed shape")
	}
}

// TestLessons: the laws of descent hold what their steps make of W, and not what one more makes of it.
func TestLessons(t *testing.T) {
	for _, test := range []struct {
		lesson
		law func(lesson) exact.Interval
	}{
		{lesson{Family: tabular, W: []float64{0.3, 0.7}, Step: 0.01, Steps: 100}, lesson.tableLaw},
		{lesson{Family: leastSquares, W: []float64{0.5}, X: 1.5, Y: 2, Step: 0.1, Steps: 10}, lesson.regressionLaw},
	} {
		w, _ := test.learn()
		law := test.law(test.lesson)
		if got := x(w[0]); !law.Contains(got) {
			t.Errorf("%v: W₀ = %v, not in %v", test.lesson, got, law)
		}
		if got := x(test.step(w)[0]); !law.Disjoint(got) {
			t.Errorf("%v: one step more makes W₀ = %v, which is in %v", test.lesson, got, law)
		}
	}
}

// TestFlat: neither of two energies may be off 0, in neither direction.
func TestFlat(t *testing.T) {
	for _, test := range []struct {
		a, b float64
		want bool
	}{{0, 0, true}, {0.001, -0.001, true}, {0.0011, 0, false}, {0, 0.0011, false}, {-0.0011, 0, false}, {0, -0.0011, false}} {
		if got := flat(test.a, test.b); got != test.want {
			t.Errorf("%v, %v: flat is %v", test.a, test.b, got)
		}
	}
}

// TestCurvatures holds the closed forms of embeddings to descents. At last W shrinks by 1 − 2ημ a step, if each lowers the
// loss, or grows by 2ηλ − 1: λ and μ are the curvatures.
func TestCurvatures(t *testing.T) {
	for _, c := range []lesson{
		{Family: embeddings, W: []float64{1, 0.25}, X: 1, Y: 1, Also: 2, Ybar: 1.5},
		{Family: embeddings, W: []float64{-1, 3}, X: 0.5, Y: 3, Also: -1, Ybar: 2},
	} {
		large, small := c.curvatures()
		size := func(w []float64) float64 { return math.Hypot(w[0], w[1]) }
		c.Step, c.Steps = 0.75/large.Mid(), 60
		if !c.falls() {
			t.Errorf("%v does not fall", c)
		}
		w, F := c.learn()
		if got, want := size(c.step(w))/size(w), 1-2*c.Step*small.Mid(); !(math.Abs(got-want) <= 1e-9) {
			t.Errorf("%v: W shrinks by %v a step, want %v", c, got, want)
		}
		if f := c.collapsed(F); f.truth != yes {
			t.Error(f)
		}
		if got, bound := size(w), math.Sqrt(c.collapse().Mid()); !(got <= bound) {
			t.Errorf("%v: ‖W‖ = %v, above its bound %v", c, got, bound)
		}
		// Along an eigenvector the bound is reached, but for roundings.
		along := c
		along.W, along.Steps = c.unit(w), 10
		w, _ = along.learn()
		if got, bound := size(w), math.Sqrt(along.collapse().Mid()); !((1-1e-9)*bound <= got && got <= bound) {
			t.Errorf("%v: ‖W‖ = %v, its bound %v", along, got, bound)
		}

		c.Step, c.Steps = 1.25/large.Mid(), 60
		if c.falls() {
			t.Errorf("%v falls", c)
		}
		w, F = c.learn()
		if got, want := size(c.step(w))/size(w), 2*c.Step*large.Mid()-1; !(math.Abs(got-want) <= 1e-9*want) {
			t.Errorf("%v: W grows by %v a step, want %v", c, got, want)
		}
		if got, want := F[0]+F[2], c.grown().Mid(); !(math.Abs(got-want) <= 1e-9*want) {
			t.Errorf("%v: the loss comes to %v, want %v", c, got, want)
		}
		for c.Steps = 0; c.Steps < 100 && !c.outgrown(); c.Steps++ {
		}
		start := c.energies(c.W)
		for _, test := range []struct {
			y, also float64
			want    truth
		}{{1, 1, yes}, {1.5, 1, no}, {1, 1.5, no}, {0.5, 0.5, yes}} {
			if f := c.fallen([]float64{test.y * start[0], 0, test.also * start[2]}); f.truth != test.want {
				t.Errorf("%v: %v and %v times the energies: %v", c, test.y, test.also, f)
			}
		}
		if got := c.grown().Mid() / (start[0] + start[2]); !(2 < got && got < 2*2.25) { // (1 − 2ηλ)² a step
			t.Errorf("%v: what has outgrown %v is %v of it", c, start, got)
		}
	}
}

// TestTowers: F is a square, whose slopes are its differences on both sides, without rounding here.
func TestTowers(t *testing.T) {
	w, x, y := []float64{3, 2}, []float64{1.5}, []float64{0.25}
	slope := func(F func(d float64) float64) float64 { return (F(1) - F(-1)) / 2 }
	F := towers{}.Eval
	byW := []float64{
		slope(func(d float64) float64 { return F([]float64{w[0] + d, w[1]}, x, y) }),
		slope(func(d float64) float64 { return F([]float64{w[0], w[1] + d}, x, y) }),
	}
	byY := []float64{slope(func(d float64) float64 { return F(w, x, []float64{y[0] + d}) })}
	full := []float64{7, 7}
	if got := (towers{}).GradW(full, w, x, y); !slices.Equal(got, byW) {
		t.Errorf("∂F/∂W = %v, want %v", got, byW)
	}
	if got := (towers{}).GradY(full, w, x, y); !slices.Equal(got, byY) {
		t.Errorf("∂F/∂y = %v, want %v", got, byY)
	}
}

// step takes one more, from w.
func (c lesson) step(w []float64) []float64 {
	c.W, c.Steps = w, 1
	w, _ = c.learn()
	return w
}

// unit is w at length 1.
func (c lesson) unit(w []float64) []float64 {
	r := math.Hypot(w[0], w[1])
	return []float64{w[0] / r, w[1] / r}
}
