package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestNoSuchAnswer: an index out of range is the caller's mistake, and says so.
func TestNoSuchAnswer(t *testing.T) {
	impossible := NewGibbs([]float64{inf, inf}, 1, Counting(2))
	for _, g := range []*Gibbs{NewGibbs([]float64{1, 2}, 1, Counting(2)), NewGibbs([]float64{1, nan}, 1, Counting(2)), impossible} {
		for _, i := range []int{-1, 2} {
			refuses(t, "no such answer", func() { g.Prob(i) })
			refuses(t, "no such answer", func() { g.Complement(i) })
			refuses(t, "no such answer", func() { g.LogProb(i) })
			refuses(t, "no such answer", func() { g.NLL(i) })
			refuses(t, "no such answer", func() { g.ProbGrad(nil, i) })
		}
		refuses(t, "wrong length", func() { g.ProbGrad(make([]float64, 3), 0) })
	}
	c := Chain{Unary: [][]float64{{0, 1}, {0}}, Pair: [][][]float64{{{0}, {1}}}}
	for _, y := range [][]int{{2, 0}, {-1, 0}, {0, 1}, {0, -1}} {
		refuses(t, "no such value", func() { c.Energy(y) })
		refuses(t, "no such value", func() { c.NLL(y, 1) })
		refuses(t, "no such value", func() { c.NLLGrad(y, 1) })
	}
	for _, pair := range [][][]float64{{{0}}, {{0, 1}, {0, 1}}, nil} {
		refuses(t, "does not fit", func() { Chain{c.Unary, [][][]float64{pair}}.Energy([]int{0, 0}) })
	}
}

func TestRaggedMatrices(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, P := range [][][]float64{{{1, 0}, {1}}, {{1}, {0, 1}}, {{1, 0}, {0, 1, 0}}} {
		for _, k := range []int{0, 1} {
			refuses(t, "not square", func() { Diffuse(nil, []float64{1, 0}, P, k) })
			refuses(t, "not square", func() { CD(nil, P, 0, k) })
			refuses(t, "not square", func() { SampleCD(nil, P, 0, []int{0}, k, r) })
		}
	}
}

// TestProbGradSpecial: what the comment says of impossible answers and of β = +Inf.
func TestProbGradSpecial(t *testing.T) {
	for _, c := range []struct {
		why  string
		F    []float64
		beta float64
		i    int
		want []float64
	}{
		{"level", []float64{7, 7}, 2, 0, []float64{-0.5, 0.5}},
		{"alone", []float64{7}, 2, 0, []float64{0}},
		{"impossible", []float64{7, inf}, 2, 1, []float64{0, 0}},
		{"an impossible other", []float64{7, inf, 7}, 4, 0, []float64{-1, 0, 1}},
		{"β = 0", []float64{1, 2}, 0, 0, []float64{0, 0}},
		{"β = +Inf, least", []float64{1, 2}, inf, 0, []float64{0, 0}},
		{"β = +Inf, not least", []float64{1, 2}, inf, 1, []float64{0, 0}},
		{"β = +Inf, tied", []float64{1, 1, 2}, inf, 0, []float64{nan, nan, nan}},
		{"nothing possible", []float64{inf, inf}, 1, 0, []float64{nan, nan}},
		{"NaN", []float64{1, nan}, 1, 0, []float64{nan, nan}},
	} {
		dst := slices.Repeat([]float64{77}, len(c.F))
		if got := NewGibbs(c.F, c.beta, Counting(len(c.F))).ProbGrad(dst, c.i); fmt.Sprint(got) != fmt.Sprint(c.want) && fmt.Sprint(negated(got)) != fmt.Sprint(negated(c.want)) {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

// negated returns −x with no −0 among it.
func negated(x []float64) (y []float64) {
	for _, x := range x {
		y = append(y, 0-x)
	}
	return y
}

// TestPullIntoItself: the gradient in the energies may be where the one in the parameters goes.
func TestPullIntoItself(t *testing.T) {
	g := []float64{1, 2, -3}
	if got := Pull(g, g, Table{1, 3}, []float64{0, 0, 0}, []float64{0}, Answers(3)); &got[0] != &g[0] || !slices.Equal(got, []float64{1, 2, -3}) {
		t.Errorf("Pull(g, g, …) = %v", got)
	}
}

// A slow is an energy of which only GradW is seen.
type slow struct{ Energy }

// TestAdder: what an Adder adds is c times its gradient, so Pull gives the same by either way.
func TestAdder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var f Adder = Table{2, 5}
	w, g := make([]float64, 10), make([]float64, 5)
	for range 100 {
		for i := range g {
			g[i] = r.NormFloat64()
		}
		x := []float64{float64(r.IntN(2))}
		if got, want := Pull(nil, g, f, w, x, Answers(5)), Pull(nil, g, slow{f}, w, x, Answers(5)); !slices.Equal(got, want) {
			t.Fatalf("by AddGradW %v, by GradW %v", got, want)
		}
	}
	dst := make([]float64, 10)
	if f.AddGradW(dst, nan, w, []float64{1}, []float64{2}); !math.IsNaN(dst[7]) || dst[6] != 0 || dst[8] != 0 {
		t.Errorf("NaN of the gradient by entry 7: %v", dst)
	}
	refuses(t, "wrong length", func() { f.AddGradW(make([]float64, 9), 1, w, []float64{0}, []float64{0}) })
	refuses(t, "not an index", func() { f.AddGradW(make([]float64, 10), 1, w, []float64{2}, []float64{0}) })
}

// TestChainNLLSpecial: impossible and undefined sequences, and no −0 in a gradient.
func TestChainNLLSpecial(t *testing.T) {
	c := Chain{Unary: [][]float64{{0, 1}, {0, 2}}, Pair: [][][]float64{{{0, inf}, {inf, inf}}}}
	none := Chain{Unary: [][]float64{{0, 1}}, Pair: [][][]float64{}}
	none.Unary[0] = []float64{inf, inf}
	for _, bad := range []struct {
		why  string
		c    Chain
		y    []int
		want float64
	}{
		{"the only possible sequence", c, []int{0, 0}, 0},
		{"an impossible pair", c, []int{0, 1}, inf},
		{"an impossible pair after an impossible value", c, []int{1, 1}, inf},
		{"an impossible value", Chain{Unary: [][]float64{{0, inf}}, Pair: [][][]float64{}}, []int{1}, inf},
		{"nothing possible", none, []int{0}, nan},
		{"NaN", Chain{Unary: [][]float64{{0, nan}}, Pair: [][][]float64{}}, []int{0}, nan},
		{"−Inf", Chain{Unary: [][]float64{{0, -inf}}, Pair: [][][]float64{}}, []int{0}, nan},
	} {
		if got := bad.c.NLL(bad.y, 2); fmt.Sprint(got) != fmt.Sprint(bad.want) {
			t.Errorf("%s: NLL = %v, want %v", bad.why, got, bad.want)
		}
	}
	if g := c.NLLGrad([]int{0, 0}, 1); fmt.Sprint(g) != "{[[0 0] [0 0]] [[[0 0] [0 0]]]}" {
		t.Errorf("gradient of the only possible sequence: %v", g)
	}
	if g := none.NLLGrad([]int{0}, 1); fmt.Sprint(g) != "{[[NaN NaN]] []}" {
		t.Errorf("gradient where nothing is possible: %v", g)
	}
	refuses(t, "beta", func() { c.NLL([]int{0, 0}, 0) })
	refuses(t, "beta", func() { c.NLLGrad([]int{0, 0}, inf) })
	refuses(t, "differ in length", func() { c.NLL([]int{0}, 1) })
}
