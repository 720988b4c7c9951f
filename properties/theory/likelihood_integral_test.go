package theory

import (
	"testing"

	"ebmcheck/properties/exact"
)

// spikeAt is a spike at β = 2, a = 2.
func spikeAt(W, b, y float64) integral {
	return integral{kind: overSpike, table: table{Beta: 2}, W: W, A: 2, B: b, answer: y}
}

// TestIntegral: g is the integral of what energy says, and as it is shown.
func TestIntegral(t *testing.T) {
	gauss := integral{kind: overGauss, table: table{Beta: 2}, W: 3, answer: -4}
	if F := gauss.energy(); F.V.Mid() != 24 || F.D[0].Mid() != 8 {
		t.Errorf("½·3·4² is %v, with derivative %v", F.V, F.D[0])
	}
	// (∫_0^{b+h} e^{−βF} dy − ∫_0^b e^{−βF} dy)/h lies between the values of e^{−βF} in b and in b + h, as this is monotone between
	// the two, and so does its derivative by W.
	const h = 0x1p-20
	for _, c := range []struct{ W, b float64 }{{1, 1}, {-1, 1}, {0.5, 0.25}, {2, 1}, {0, 1}} {
		to, from := spikeAt(c.W, c.b+h, c.b).g(), spikeAt(c.W, c.b, c.b).g()
		density := func(y float64) exact.Dual {
			return constant(2, 1).Mul(spikeAt(c.W, c.b, y).energy()).Neg().Exp()
		}
		left, right, mean := density(c.b), density(c.b+h), to.Sub(from).Scale(1/h)
		if f := all(within("1/h ∫ e^{−βF} dy over h and e^{−βF}", mean.V, left.V.Hull(right.V)),
			within("1/h ∂/∂W ∫ e^{−βF} dy over h and ∂e^{−βF}/∂W", mean.D[0], left.D[0].Hull(right.D[0]))); f.truth != yes {
			t.Errorf("W=%v, b=%v: %v", c.W, c.b, f)
		}
	}
	// At 2W² = b the derivative of g is 0, the difference of two numbers that are not.
	for _, c := range []integral{spikeAt(1, 2, 1), spikeAt(-0.5, 0.5, 0.5)} {
		for _, f := range []finding{c.exchanges(), c.logarithm(x(-c.Beta)), c.gradient(-1)} {
			if f.truth != yes {
				t.Errorf("%v: %v", c, f)
			}
		}
	}
	// The difference quotients of e^t to either side of 0 are 1 − h/2 and 1 + h/2, up to h².
	const step = 0x1p-40
	if f := all(within("1 and the quotients of e^t", x(1), quotients(exact.Interval.Exp)),
		within("the quotients of e^t and 1 ± h", quotients(exact.Interval.Exp), x(1-step).Hull(x(1+step)))); f.truth != yes {
		t.Error(f)
	}
	const shown = "exp(−βF_W(y)) = 1 + 2·(y^{−1/2} + W³y⁻²exp(−W²/y)) on (0, 3], at W=-1, β=2, y=0.5"
	if got := spikeAt(-1, 3, 0.5).String(); got != shown {
		t.Errorf("%s is shown as %s", shown, got)
	}
}
