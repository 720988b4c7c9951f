package theory

import (
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// The answer space ℝ, with energies whose integrals are known in closed form. What a finite space has for nothing is not
// to be had here: that Z is finite, that a loss is ≥ 0, that β → 0 has a limit.

// A form is a shape of F on ℝ.
type form int

const (
	absolute  form = iota // F(y) = A·|y|
	square                // F(y) = A·y²
	logarithm             // F(y) = A·ln(1 + |y|)
)

// A line is an energy on ℝ, an inverse temperature, and an answer.
type line struct {
	Form    form
	A, Beta float64
	Y       float64
}

func (c line) String() string { return c.law() + ", y=" + result.Decimal(c.Y) }

// law writes F and β.
func (c line) law() string {
	F := "F(y) = " + factor(c.A) + map[form]string{absolute: "|y|", square: "y²", logarithm: "ln(1 + |y|)"}[c.Form]
	if c.A == 0 {
		F = "F zero"
	}
	return F + " on ℝ, β=" + result.Decimal(c.Beta)
}

// energy returns F(y).
func (c line) energy(y exact.Interval) exact.Interval {
	switch c.Form {
	case absolute:
		return x(c.A).Mul(y.Abs())
	case square:
		return x(c.A).Mul(y.Sqr())
	}
	return x(c.A).Mul(y.Abs().Log1p())
}

// weight returns e^{−βF(y)}.
func (c line) weight(y exact.Interval) exact.Interval {
	return x(c.Beta).Mul(c.energy(y)).Neg().Exp()
}

// rate returns s = βA, a point: the integrand is e^{−s|y|}, e^{−sy²} or (1 + |y|)^{−s}.
func (c line) rate() exact.Interval { return x(c.Beta).Mul(x(c.A)) }

// excess returns how far the rate is above what makes Z finite: s, or s − 1 for the logarithm.
func (c line) excess() exact.Interval {
	if c.Form == logarithm {
		return c.rate().Sub(x(1))
	}
	return c.rate()
}

// proper reports whether Z is finite.
func (c line) proper() bool { return c.excess().Lo().Sign() > 0 }

// partition returns Z = ∫ e^{−βF(y)} dy where it is finite: 2/s, √(π/s), 2/(s − 1).
func (c line) partition() exact.Interval {
	if c.Form == square {
		return exact.Pi(bits).Div(c.rate()).Sqrt()
	}
	return x(2).Div(c.excess())
}

// mass returns ∫ e^{−βF(y)} dy over [−L, L]: for the absolute value 2(1 − e^{−sL})/s, for the logarithm
// 2(1 − (1 + L)^{1−s})/(s − 1), each with its limit where the divisor is 0. For the square with s > 0 it is an enclosure:
// as a double integral its square lies between that over the disc in the window and that over a disc of the window's
// area, (π/s)(1 − e^{−sL²}) and (π/s)(1 − e^{−4sL²/π}); for s = 0 the integrand is 1, for s < 0 at least that.
func (c line) mass(L exact.Interval) exact.Interval {
	e := c.excess()
	switch c.Form {
	case absolute:
		if e.Lo().Sign() == 0 {
			return L.Scale(2)
		}
		return e.Mul(L).Neg().Expm1().Neg().Scale(2).Div(e)
	case logarithm:
		if e.Lo().Sign() == 0 {
			return L.Log1p().Scale(2)
		}
		return e.Mul(L.Log1p()).Neg().Expm1().Neg().Scale(2).Div(e)
	}
	switch e.Lo().Sign() {
	case 0:
		return L.Scale(2)
	case -1:
		return L.Scale(2).Hull(x(math.Inf(1)))
	}
	disc := func(r2 exact.Interval) exact.Interval { return e.Mul(r2).Neg().Expm1().Neg().Sqrt() }
	return c.partition().Mul(disc(L.Sqr()).Hull(disc(L.Sqr().Scale(4).Div(exact.Pi(bits)))))
}

// most returns L such that [−L, L] holds all of a finite Z but a share of e^{−150} at most, far below 2^−bits.
func (c line) most() exact.Interval {
	L := x(150).Div(c.excess())
	switch c.Form {
	case square:
		return L.Sqrt()
	case logarithm:
		return L.Exp()
	}
	return L
}

// drawLine draws a rate on either side of what makes Z finite, and on the border.
func drawLine(t *rapid.T) line {
	c := line{
		Form: form(rapid.IntRange(0, 2).Draw(t, "form")),
		A:    float64(rapid.IntRange(-4, 12).Draw(t, "A")) / 4,
		Beta: drawBeta(t),
		Y:    decimal(t, 999, "y"),
	}
	if c.Form == logarithm { // βA is not to be above 1 by a hair: the tail would have no end
		c.Beta = rapid.SampledFrom(betas).Draw(t, "β")
	}
	return c
}

// A domain is a finite answer space, or ℝ.
type domain struct {
	Table table
	Real  bool
	Line  line // if Real
}

func (c domain) String() string {
	if c.Real {
		return c.Line.String()
	}
	return still(c.Table)
}

func (c domain) beta() float64 {
	if c.Real {
		return c.Line.Beta
	}
	return c.Table.Beta
}

// domains are the special tables, and energies on ℝ.
func domains() []domain {
	var cs []domain
	for _, c := range tables() {
		cs = append(cs, domain{Table: c})
	}
	for _, f := range []form{square, absolute, logarithm} {
		for _, beta := range []float64{1, 2, 0.5, 100} {
			for _, y := range []float64{0, 1, -2} {
				cs = append(cs, domain{Real: true, Line: line{f, 1, beta, y}}, domain{Real: true, Line: line{f, 3, beta, y}})
			}
		}
	}
	return cs
}

// drawDomain draws a table or, in one of three cases, ℝ.
func drawDomain(t *rapid.T) domain {
	c := domain{Table: drawTable(t)}
	if rapid.IntRange(0, 2).Draw(t, "ℝ") == 2 {
		c.Real, c.Line = true, drawLine(t)
	}
	return c
}

// domainReach adds the strata of tables, reached with 𝒴 finite, to those of more.
func domainReach(more map[string]func(domain) bool) map[string]func(domain) bool {
	for name, in := range tableReach {
		more[name] = func(c domain) bool { return !c.Real && in(c.Table) }
	}
	return more
}
