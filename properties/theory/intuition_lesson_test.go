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
		c := drawLesson(t, leastSquares, fixedCentres, tabular)
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
	one := lesson{Family: tabular, W: []float64{1, 0.5}, Ybar: 1, Step: 0.25, Steps: 2}
	if one.near() {
		t.Error("a table whose two energies have come to be one is near")
	}
	if f := statedOver[lesson](t, "C20").printed(one); f.truth != yes {
		t.Errorf("descent has helped a table whose two energies have come to be one: %v", f)
	}
	if c := (lesson{Family: embeddings, W: []float64{1, 1}, X: 1, Y: 1, Ybar: 2, Also: 2}); c.near() {
		t.Error("what collapses is near")
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

// TestDecay holds the rate at which embeddings collapse to descents: no step leaves more than e^{−k} of ‖W‖², up to ηT = 1, and
// with y′ so far from y that one eigenvalue is all but T, and W along the eigenvector of the other, it leaves little less.
func TestDecay(t *testing.T) {
	size2 := func(w []float64) float64 { return w[0]*w[0] + w[1]*w[1] }
	for _, c := range []lesson{
		{Family: embeddings, W: []float64{1, 0.25}, X: 1, Y: 1, Also: 2, Ybar: 1.5, Step: 0.125},
		{Family: embeddings, W: []float64{-1, 3}, X: 0.5, Y: 3, Also: -1, Ybar: 2, Step: 0x1p-5},
		{Family: embeddings, W: []float64{2, 1}, X: 1, Y: 1, Also: 3, Ybar: 2, Step: 0x1p-4},
		{Family: embeddings, W: []float64{1, 0.25}, X: 1, Y: 0.2, Also: 1.4, Ybar: 2, Step: 0.25}, // ηT = 1
	} {
		k := c.decay().Mid()
		if !(k > 0) {
			t.Errorf("%v: k = %v", c, k)
		}
		for w, i := c.W, 0; i < 40; i++ {
			next := c.step(w)
			if left := size2(next) / size2(w); !(left <= math.Exp(-k)*(1+1e-12)) {
				t.Errorf("%v, step %d: %v of ‖W‖² is left, e^−k = %v", c, i, left, math.Exp(-k))
			}
			w = next
		}
		c.Steps = 40
		if w, F := c.learn(); !(size2(w) <= c.collapse().Mid()) || c.collapsed(F).truth != yes {
			t.Errorf("%v: ‖W‖² = %v, its bound %v; %v", c, size2(w), c.collapse().Mid(), c.collapsed(F))
		}
	}
	c := lesson{Family: embeddings, W: []float64{1, 0}, X: 0.125, Y: 1, Also: -1, Ybar: 2, Step: 0x1p-4} // M = diag(2x², 2), ηT = 0.13
	c.Steps = 1000
	w, _ := c.learn()
	if ratio := math.Log(size2(w)) / math.Log(c.collapse().Mid()); !(1 <= ratio && ratio <= 1.02) {
		t.Errorf("‖W‖² falls at %v times its rate", ratio)
	}
	c = lesson{Family: embeddings, X: 1, Y: 1, Also: 2, Step: 0.125} // T = 7, det M = 1
	if k := c.decay(); !k.Agrees(exact.Ratio(1, 14, bits), agree) {
		t.Errorf("%v: k = %v, want 1/14", c, k)
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
