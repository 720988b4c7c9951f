package ebm

import (
	"math"
	"slices"
)

// An Energy is F_W(x, y), a number that says how badly the answer y fits the
// input x: lower fits better (SOURCE 1.1; C02, C07).
//
// x, y and the parameters W are points of ℝⁿ; a discrete answer is written as
// one number, its index (see Answers), or as a unit vector: each model says
// which it reads. Params gives the length of w. The gradients
// are
//
//	GradW  dst[k] = ∂F_W(x, y)/∂W_k        (length Params())
//	GradY  dst[j] = ∂F_W(x, y)/∂y_j        (length len(y)); NaN where y is an index and there is none
//
// At a kink a gradient is one element of the subdifferential, named by the
// model. A nil dst is allocated, a dst of the wrong length panics; dst is
// overwritten, returned, and must not share memory with the arguments. All
// methods panic if w, x or y have a length that the model cannot read.
type Energy interface {
	Params() int
	Eval(w, x, y []float64) float64
	GradW(dst, w, x, y []float64) []float64
	GradY(dst, w, x, y []float64) []float64
}

// Energies returns the energies of a list of answers, after which the answer
// space is a vector like any other (SOURCE 1.1(c), the F_W(x, y′) of its sum):
//
//	dst[i] = F_W(x, yᵢ)
//
// It panics if dst is neither nil nor as long as ys.
func Energies(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
	dst = room(dst, len(ys))
	for i, y := range ys {
		dst[i] = f.Eval(w, x, y)
	}
	return dst
}

// An Adder is an Energy that adds a multiple of its gradient without a visit to the
// parameters that it does not depend on,
//
//	dst[k] += c · ∂F_W(x, y)/∂W_k
//
// so that Pull over the n answers of a table (C43) costs n steps and not n². Those parameters
// stay as they are even if c is not finite. Special cases and panics are those of GradW.
type Adder interface {
	Energy
	AddGradW(dst []float64, c float64, w, x, y []float64)
}

// Pull returns the gradient in the parameters of a loss whose gradient in the
// energies of ys is g,
//
//	dst = Σᵢ gᵢ ∂F_W(x, yᵢ)/∂W
//
// which is the chain rule of every gradient in SOURCE 1.2(c) and 1.3. An answer
// with gᵢ = 0 adds nothing, even if its own gradient is not finite: an
// impossible answer (energy +Inf, probability 0) does no harm. dst may be g.
//
// It costs an addition an answer and parameter; of an Adder, what its AddGradW costs.
// It panics if len(g) ≠ len(ys), or if dst is neither nil nor of length
// f.Params().
func Pull(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
	if len(g) != len(ys) {
		panic("ebm: gradient and answers differ in length")
	}
	g = slices.Clone(g)
	dst = room(dst, f.Params())
	clear(dst)
	add, adds := f.(Adder)
	var df []float64
	for i, y := range ys {
		if g[i] == 0 {
			continue
		}
		if adds {
			add.AddGradW(dst, g[i], w, x, y)
			continue
		}
		df = f.GradW(df, w, x, y)
		for k, d := range df {
			dst[k] += g[i] * d
		}
	}
	return dst
}

// Answers returns the answers yᵢ = (i), i = 0, 1, …, n−1, each as a point of ℝ¹: the answer
// space of a Table (C45, a discrete 𝒴). It panics if n < 1.
func Answers(n int) [][]float64 {
	if n < 1 {
		panic("ebm: no answers")
	}
	ys := make([][]float64, n)
	for i := range ys {
		ys[i] = []float64{float64(i)}
	}
	return ys
}

// room returns dst, allocated if it is nil. It panics if dst has a length other
// than n.
func room(dst []float64, n int) []float64 {
	if dst == nil {
		return make([]float64, n)
	}
	if len(dst) != n {
		panic("ebm: dst has the wrong length")
	}
	return dst
}

// anyLength stands for the length of an x or y of which any will do.
const anyLength = -1

// shape panics unless w has p elements, x has nx and y has ny.
func shape(w, x, y []float64, p, nx, ny int) {
	if len(w) != p {
		panic("ebm: wrong number of parameters")
	}
	if nx != anyLength && len(x) != nx {
		panic("ebm: x has the wrong length")
	}
	if ny != anyLength && len(y) != ny {
		panic("ebm: y has the wrong length")
	}
}

// index returns the integer that v, of length 1, stands for. It panics unless 0
// ≤ v[0] < n is an integer.
func index(v []float64, n int) int {
	if len(v) != 1 || !(v[0] >= 0 && v[0] < float64(n)) || v[0] != math.Trunc(v[0]) {
		panic("ebm: not an index of the table")
	}
	return int(v[0])
}

// undefined returns dst with n elements, all NaN: the derivative by an index.
func undefined(dst []float64, n int) []float64 {
	dst = room(dst, n)
	for i := range dst {
		dst[i] = math.NaN()
	}
	return dst
}
