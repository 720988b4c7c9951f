package ebm

import (
	"math"

	"gonum.org/v1/gonum/num/dual"
)

const unit = 0x1p-53 // u, the unit roundoff

// A jet is a number, its derivative in one chosen coordinate, and how wrong
// both may be: the first judge of every gradient.
//
// The derivative comes from gonum's dual numbers. V and D are majorants: the
// value and the derivative that the same expression would have if every term
// were positive. Each rounded operation on a path from the inputs to the result
// adds an error of at most 4u times the majorant (a dual product rounds three
// times; exp, log and tanh are within 2 ulps), in this or in any other order of
// the same sums and products. So an expression of K operations is known to 4 K
// u V and 4 K u D, to first order; the second order is below (4Ku)², less than
// 10⁻²² of them here, and the 1 % added in allowance covers it.
type jet struct {
	dual.Number
	V, D float64
	K    int
}

func constant(x float64) jet { return jet{dual.Number{Real: x}, math.Abs(x), 0, 0} }

func constants(xs []float64) []jet {
	js := make([]jet, len(xs))
	for i, x := range xs {
		js[i] = constant(x)
	}
	return js
}

// along marks x as the coordinate of differentiation.
func (x jet) along() jet {
	x.Emag, x.D = 1, 1
	return x
}

func (x jet) add(y jet) jet {
	return jet{dual.Add(x.Number, y.Number), x.V + y.V, x.D + y.D, x.K + y.K + 1}
}
func (x jet) sub(y jet) jet {
	return jet{dual.Sub(x.Number, y.Number), x.V + y.V, x.D + y.D, x.K + y.K + 1}
}
func (x jet) mul(y jet) jet {
	return jet{dual.Mul(x.Number, y.Number), x.V * y.V, x.V*y.D + x.D*y.V, x.K + y.K + 1}
}
func (x jet) sqr() jet            { return x.mul(x) }
func (x jet) times(c float64) jet { return x.mul(constant(c)) }
func (x jet) abs() jet            { return jet{dual.Abs(x.Number), x.V, x.D, x.K + 1} }

// As |tanh′| ≤ 1 and |tanh″| = |2t(1−t²)| ≤ 2, an error δ of s makes one of at
// most δ in t, of 2δ in 1 − t².
func (x jet) tanh() jet { return jet{dual.Tanh(x.Number), x.V, x.D * (1 + 2*x.V), x.K + 1} }

// An absolute error δ of s is a relative error δ of e^s.
func (x jet) exp() jet {
	e := math.Exp(x.Real)
	return jet{dual.Exp(x.Number), e * (1 + x.V), e * x.D * (2 + x.V), x.K + 1}
}

// An absolute error δ of s is a relative error δ/s, so one of δ/s in ln s and
// in 1/s.
func (x jet) log() jet {
	s := x.Real
	return jet{dual.Log(x.Number), math.Abs(math.Log(s)) + x.V/s, x.D/s + x.D*x.V/(s*s), x.K + 1}
}

func dotJets(a, b []jet) jet {
	s := constant(0)
	for i := range a {
		s = s.add(a[i].mul(b[i]))
	}
	return s
}

// allowance returns how far another evaluation may lie from this one, for
// majorant m (V or D): both may err.
func (x jet) allowance(m float64) float64 { return 1.01 * 2 * 4 * float64(x.K) * unit * m }
