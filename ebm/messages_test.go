package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// entries are all numbers of tables of the shape of a chain.
func entries(c Chain) []float64 {
	return append(slices.Concat(c.Unary...), slices.Concat(slices.Concat(c.Pair...)...)...)
}

// TestMessages: one Messages holds chain after chain, as new ones have them, whatever it held and dst has: of
// many shapes, unsound ones, impossible ones, and such as pairs of float64s say nothing of.
func TestMessages(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var m Messages
	for k, size := range [][2]int{{5, 3}, {2, 7}, {1, 1}, {9, 2}, {1, 4}, {4, 4}, {3, 3}, {3, 3}, {3, 3}, {6, 5}} {
		c, beta := random(size[0], size[1], r), 0.7
		y, _ := c.Infer()
		switch k {
		case 5:
			c.Unary[0][0] = nan
		case 6:
			c.Unary[2] = []float64{inf, inf, inf}
		case 7:
			beta = 0x1p-901
		case 8:
			c.Unary[0][y[0]] = -1e300
		}
		m.Hold(c, beta)
		dst := Chain{shaped(nil, c.Unary), allShaped(nil, c.Pair)}
		for _, row := range append(slices.Concat(dst.Pair...), dst.Unary...) {
			for i := range row {
				row[i] = 77
			}
		}
		has := func(what string, got, want []float64) {
			t.Helper()
			for i, x := range got {
				if math.Float64bits(x) != math.Float64bits(want[i]) && x == x {
					t.Errorf("chain %d: %s = %v, want %v", k, what, got, want)
				}
			}
		}
		for range 2 { // nothing that was asked is left over
			has("numbers", []float64{m.FreeEnergy(), m.LogZ(), m.NLL(y)}, []float64{c.FreeEnergy(beta), c.LogZ(beta), c.NLL(y, beta)})
			p, pp := m.Marginals(dst.Unary), m.PairMarginals(dst.Pair)
			has("probabilities", entries(Chain{p, pp}), entries(Chain{c.Marginals(beta), c.PairMarginals(beta)}))
			if &p[0][0] != &dst.Unary[0][0] || len(pp) > 0 && &pp[0][0][0] != &dst.Pair[0][0][0] {
				t.Errorf("chain %d: dst is not what is returned", k)
			}
			has("gradient", entries(m.NLLGrad(dst, y)), entries(c.NLLGrad(y, beta)))
		}
	}
	if m.sound = false; !math.IsNaN(m.NLL(make([]int, 6))) {
		t.Error("the NLL of a chain that is not sound is a number")
	}
}

// TestMessagesAllocate: asked with a dst, Messages that hold one chain after the other allocate nothing.
func TestMessagesAllocate(t *testing.T) {
	cs := []Chain{long(30, 4), long(30, 4), long(20, 3)}
	y := make([]int, 30)
	dst := make([]Chain, len(cs))
	for k, c := range cs {
		dst[k] = c.NLLGrad(y[:len(c.Unary)], 1)
	}
	var m Messages
	if n := testing.AllocsPerRun(10, func() {
		for k, c := range cs {
			m.Hold(c, 1)
			sink = m.FreeEnergy() + m.LogZ() + m.NLL(y[:len(c.Unary)])
			m.Marginals(dst[k].Unary)
			m.PairMarginals(dst[k].Pair)
			m.NLLGrad(dst[k], y[:len(c.Unary)])
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestMessagesShapes: a dst of another shape, tables that do not fit, a y that is no sequence and a β that is no
// number are the caller's mistakes.
func TestMessagesShapes(t *testing.T) {
	c := random(3, 2, rand.New(rand.NewPCG(1, 1)))
	var m Messages
	m.Hold(c, 1)
	for _, dst := range []Chain{
		random(2, 2, rand.New(rand.NewPCG(1, 1))),
		random(3, 3, rand.New(rand.NewPCG(1, 1))),
		{Unary: [][]float64{{0, 0}, {0, 0}, {0}}, Pair: [][][]float64{{{0, 0}, {0, 0}}, {{0, 0}}}},
		{Unary: [][]float64{{0, 0}, {0, 0}, {0, 0, 0}}, Pair: [][][]float64{{{0, 0}, {0, 0}}, {{0, 0}, {0}}}},
	} {
		refuses(t, "wrong length", func() { m.Marginals(dst.Unary) })
		refuses(t, "wrong length", func() { m.PairMarginals(dst.Pair) })
		refuses(t, "wrong length", func() { m.NLLGrad(dst, []int{0, 0, 0}) })
		refuses(t, "wrong length", func() { m.NLLGrad(Chain{Pair: dst.Pair}, []int{0, 0, 0}) })
	}
	for _, y := range [][]int{{0, 0, 2}, {0, -1, 0}} {
		refuses(t, "no such value", func() { m.NLL(y) })
		refuses(t, "no such value", func() { m.NLLGrad(Chain{}, y) })
	}
	refuses(t, "differ in length", func() { m.NLL([]int{0}) })
	for _, beta := range []float64{0, -1, inf, nan} {
		refuses(t, "beta", func() { m.Hold(c, beta) })
	}
	refuses(t, "unary", func() { m.Hold(Chain{}, 1) })
	if g := m.NLLGrad(Chain{Unary: make([][]float64, 3)}, []int{0, 0, 0}); fmt.Sprint(g) != fmt.Sprint(c.NLLGrad([]int{0, 0, 0}, 1)) {
		t.Errorf("what is nil of a dst: %v", g)
	}
}
