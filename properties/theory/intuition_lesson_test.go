package theory

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
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
	if (lesson{Family: fixedCentres, W: []float64{0}, X: 1, Y: 1}).near() {
		t.Error("what is in the middle is near")
	}
	if c := (lesson{Family: tabular, W: []float64{1, 0.5}, Ybar: 1, Step: 0.25, Steps: 2}); c.near() {
		t.Error("a table whose two energies have come to be one is near")
	}
	if c := (lesson{Family: embeddings, W: []float64{1, 1}, X: 1, Y: 1, Ybar: 2, Also: 2}); c.near() {
		t.Error("what collapses is near")
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

// TestDecay holds the rate at which embeddings collapse to descents: no step leaves more than e^{−k} of ‖W‖², and with steps so
// small that ηT is near 0, y′ so far from y that one eigenvalue is all but T, and W along the eigenvector of the other, it
// leaves little less.
func TestDecay(t *testing.T) {
	size2 := func(w []float64) float64 { return w[0]*w[0] + w[1]*w[1] }
	for _, c := range []lesson{
		{Family: embeddings, W: []float64{1, 0.25}, X: 1, Y: 1, Also: 2, Ybar: 1.5, Step: 0.125},
		{Family: embeddings, W: []float64{-1, 3}, X: 0.5, Y: 3, Also: -1, Ybar: 2, Step: 0x1p-5},
		{Family: embeddings, W: []float64{2, 1}, X: 1, Y: 1, Also: 3, Ybar: 2, Step: 0x1p-4},
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
	c := lesson{Family: embeddings, W: []float64{1, 0}, X: 0.125, Y: 1, Also: -1, Ybar: 2, Step: 0x1p-10} // M = diag(2x², 2)
	c.Steps = 1000
	w, _ := c.learn()
	if ratio := math.Log(size2(w)) / math.Log(c.collapse().Mid()); !(1 <= ratio && ratio <= 1.02) {
		t.Errorf("‖W‖² falls at %v times its rate", ratio)
	}
}

// step takes one more, from w.
func (c lesson) step(w []float64) []float64 {
	c.W, c.Steps = w, 1
	w, _ = c.learn()
	return w
}
