package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// An integral is an answer space with an energy that moves with one parameter W,
// and on which every integral over y' is known in closed form.
type integral struct {
	kind
	table           // finite
	W, A, B float64 // where we are; the shape of the spike
	answer  float64 // the correct answer of a continuous space
}

// kind is one of four answer spaces.
type kind int

const (
	// overTable: a table, at W = 0.
	overTable kind = iota

	// overGauss: F_W(y) = ½Wy² on ℝ, W > 0. With ⟨·⟩ the mean under p = N(0, 1/(βW)),
	//
	//	g = √(2π/(βW))
	//	⟨∂F/∂W⟩ = ½⟨y²⟩ = 1/(2βW)
	overGauss

	// overSpike: e^{−βF_W(y)} = 1 + a(y^{−1/2} + W³ y⁻² e^{−W²/y}) for y in (0, b], a, b > 0. It is analytic in W for each y,
	// and above 1: |W|³ e^{−W²/y} is largest at W² = 3y/2, and (3/2e)^{3/2} y^{−1/2} < y^{−1/2}. As e^{−W²/y}/W² is an
	// antiderivative of y⁻² e^{−W²/y}, and with u = 1/y,
	//
	//	g = b + 2a√b + aW e^{−W²/b}
	//	∫ ∂e^{−βF}/∂W dy = ∫_{1/b}^∞ a(3W² − 2W⁴u) e^{−W²u} du = a(1 − 2W²/b) e^{−W²/b}   for W ≠ 0
	//	                 = 0                                                             for W = 0
	//
	// so g is analytic too, and at W = 0 its derivative is a, where that of every e^{−βF(y)} is 0.
	overSpike

	// overFlat: F_W(y) = a on ℝ, whatever W. g = ∞, and ∂e^{−βF}/∂W = 0.
	overFlat
)

func (c integral) String() string {
	switch c.kind {
	case overFlat:
		return fmt.Sprintf("F_W(y) = %s on ℝ, β=%s, y=%s", result.Decimal(c.A), result.Decimal(c.Beta), result.Decimal(c.answer))
	case overGauss:
		return fmt.Sprintf("F_W(y) = ½Wy² on ℝ at W=%s, β=%s, y=%s", result.Decimal(c.W), result.Decimal(c.Beta), result.Decimal(c.answer))
	case overSpike:
		a := ""
		if c.A != 1 {
			a = result.Decimal(c.A) + "·"
		}
		return fmt.Sprintf("exp(−βF_W(y)) = 1 + %s(y^{−1/2} + W³y⁻²exp(−W²/y)) on (0, %s], at W=%s, β=%s, y=%s",
			a, result.Decimal(c.B), result.Decimal(c.W), result.Decimal(c.Beta), result.Decimal(c.answer))
	}
	return c.table.String()
}

// dominated reports whether near W some integrable function of y' dominates the derivatives of e^{−βF}.
func (c integral) dominated() bool { return c.kind != overSpike || c.W != 0 }

// parameter returns W as the variable of differentiation.
func (c integral) parameter() exact.Dual { return exact.Var(x(c.W), 0, 1) }

// g returns ∫_{y'} e^{−βF} and its derivative by W.
func (c integral) g() exact.Dual {
	W := c.parameter()
	switch c.kind {
	case overGauss:
		twoPi := exact.Const(exact.Pi(bits).Scale(2), 1)
		return twoPi.Div(constant(c.Beta, 1).Mul(W)).Sqrt()
	case overSpike:
		b := constant(c.B, 1)
		return b.Add(b.Sqrt().Scale(2 * c.A)).Add(W.Scale(c.A).Mul(W.Sqr().Div(b).Neg().Exp()))
	}
	return partition(c.table)
}

// under returns ∫_{y'} ∂e^{−βF}/∂W, the derivative taken first.
func (c integral) under() exact.Interval {
	W, beta := x(c.W), x(c.Beta)
	switch c.kind {
	case overGauss: // ∂e^{−βF} = −½βy² e^{−βF}, and ∫ y² e^{−αy²} dy = √π/(2 α√α), here with α = βW/2
		alpha := beta.Mul(W).Scale(0.5)
		return beta.Scale(-0.5).Mul(exact.Pi(bits).Sqrt()).Div(alpha.Mul(alpha.Sqrt()).Scale(2))
	case overSpike:
		if c.W == 0 {
			return x(0)
		}
		q := W.Sqr().Div(x(c.B))
		return x(1).Sub(q.Scale(2)).Mul(q.Neg().Exp()).Scale(c.A)
	}
	terms := x(0)
	for _, F := range c.moving() {
		terms = terms.Add(constant(c.Beta, 1).Mul(F).Neg().Exp().D[0])
	}
	return terms
}

// mean returns ∫_{y'} p(y'|x) ∂F/∂W.
func (c integral) mean() exact.Interval {
	switch c.kind {
	case overGauss:
		return x(0.5).Div(x(c.Beta).Mul(x(c.W)))
	case overSpike: // ∂F = −(1/β) ∂e^{−βF} / e^{−βF}, p = e^{−βF}/g
		return c.under().Div(c.g().V).Div(x(c.Beta)).Neg()
	}
	return exact.MeanOf(exact.GibbsOf(x(c.Beta), c.energies()), xs(c.S))
}

// energy returns F_W of the correct answer.
func (c integral) energy() exact.Dual {
	W := c.parameter()
	switch c.kind {
	case overGauss:
		return W.Scale(0.5).Mul(exact.Const(x(c.answer).Sqr(), 1))
	case overSpike:
		y := constant(c.answer, 1)
		grown := W.Sqr().Mul(W).Mul(W.Sqr().Div(y).Neg().Exp()).Div(y.Sqr())
		return constant(1, 1).Add(constant(1, 1).Div(y.Sqrt()).Add(grown).Scale(c.A)).Log().Div(constant(c.Beta, 1)).Neg()
	}
	return c.moving()[c.Y]
}

// size returns what the terms of mean come to, which may cancel.
func (c integral) size() exact.Interval {
	switch c.kind {
	case overGauss:
		return c.mean()
	case overSpike: // at 2W² = b they do
		q := x(c.W).Sqr().Div(x(c.B))
		return x(1).Add(q.Scale(2)).Mul(q.Neg().Exp()).Scale(c.A).Div(c.g().V).Div(x(c.Beta))
	}
	return c.steepest()
}

// exchanges finds whether ∂∫ = ∫∂.
func (c integral) exchanges() finding {
	g, under, size := c.g(), c.under(), x(c.Beta).Mul(c.size())
	if c.kind != overTable {
		return equalSums("∂∫/∂W and ∫∂/∂W", g.D[0], under, size.Mul(g.V))
	}
	return all( // over g: e⁹⁰⁰ − e⁹⁰⁰ would leave nothing certain
		equalSums("(1/g) ∂Σ/∂W and (1/g) Σ∂/∂W", g.D[0].Div(g.V), under.Div(g.V), size),
		within("(1/g) Σ∂/∂W and the difference quotients of (1/g) Σ", under.Div(g.V), quotients(func(W exact.Interval) exact.Interval {
			return exact.Partition(x(c.Beta), c.movedTo(W)).Div(g.V)
		})))
}

// logarithm finds whether ∂ ln g/∂W = factor · ∫ p ∂F/∂W.
func (c integral) logarithm(factor exact.Interval) finding {
	return equalSums("∂ ln g/∂W and −β ∫p∂F", c.g().Log().D[0], c.mean().Mul(factor), c.size().Mul(factor.Abs()))
}

// exchangesAnswer is exchanges with y for y' inside the sum.
func (c integral) exchangesAnswer() finding {
	if c.kind != overTable {
		return nothing("no sum")
	}
	one := constant(c.Beta, 1).Mul(c.moving()[c.Y]).Neg().Exp().D[0]
	return equal("∂Σ/∂W and Σ_{y'} ∂e^{−βF_y}/∂W", c.g().D[0], one.Scale(float64(len(c.F))))
}

// gradient finds whether ∂ℓ/∂W = ∂F_y/∂W ± ∫ p ∂F/∂W.
func (c integral) gradient(sign float64) finding {
	F := c.energy()
	loss := F.Add(c.g().Log().Div(constant(c.Beta, 1)))
	right := F.D[0].Add(c.mean().Scale(sign))
	if c.kind != overTable {
		return equalSums("∂ℓ/∂W and ∂F − ∫p∂F", loss.D[0], right, F.D[0].Abs().Add(c.size()))
	}
	return all(equalSums("∂ℓ/∂W and ∂F − Σp∂F", loss.D[0], right, c.steepest()), within("∂F − Σp∂F and the difference quotients of ℓ", right, quotients(func(W exact.Interval) exact.Interval {
		return exact.NLLOf(x(c.Beta), c.movedTo(W), c.Y)
	})))
}

// What is found where Z = ∞: a derivative that there is not, or no p, of which nothing is said.
var (
	undefinedSlope = that("g = ∫_{y'} e^{−βF}, of which a derivative is asked for", false, "∞", "< ∞")
	noP            = nothing("Z = ∞: there is no p")
	finiteZ        = clause[integral]{"Z < ∞", func(c integral) bool { return c.kind != overFlat }}
)

// overIntegrals is a statement about all kinds of answer spaces, that finds endless where Z = ∞, and asks of them more than
// that their derivatives are dominated.
func overIntegrals(printed, faulty func(integral) finding, endless finding, more ...clause[integral]) statement[integral] {
	finite := func(find func(integral) finding) func(integral) finding {
		return func(c integral) finding {
			if c.kind == overFlat {
				return endless
			}
			return find(c)
		}
	}
	return statement[integral]{
		cases: integrals(), draw: drawIntegral, show: integral.String,
		reach: map[string]func(integral) bool{
			"finite sum":         func(c integral) bool { return c.kind == overTable && len(c.F) > 1 },
			"Gaussian integral":  func(c integral) bool { return c.kind == overGauss },
			"spike, W > 0":       func(c integral) bool { return c.kind == overSpike && c.W > 0 },
			"spike, W < 0":       func(c integral) bool { return c.kind == overSpike && c.W < 0 },
			"Z = ∞":              func(c integral) bool { return c.kind == overFlat },
			"spike at W = 0":     func(c integral) bool { return c.kind == overSpike && c.W == 0 },
			"tie at the minimum": func(c integral) bool { return c.kind == overTable && c.tie() },
		},
		printed: finite(printed), faulty: finite(faulty),
		condition: append(more, clause[integral]{"a finite sum, or the derivatives are dominated near W", integral.dominated}),
	}
}

func integrals() []integral {
	var cs []integral
	for _, c := range tables() {
		cs = append(cs, integral{table: c})
	}
	return append(cs,
		integral{kind: overGauss, table: table{Beta: 1}, W: 1, answer: 0},
		integral{kind: overGauss, table: table{Beta: 2}, W: 0.5, answer: 1},
		integral{kind: overSpike, table: table{Beta: 1}, A: 1, B: 1, W: 1, answer: 1},
		integral{kind: overSpike, table: table{Beta: 1}, A: 1, B: 1, W: 0, answer: 1},
		integral{kind: overFlat, table: table{Beta: 1}})
}

func drawIntegral(t *rapid.T) integral {
	switch shape := rapid.IntRange(0, 10).Draw(t, "kind"); {
	case shape < 6:
		return integral{table: drawTable(t)}
	case shape == 10:
		return integral{kind: overFlat, table: table{Beta: drawBeta(t)}, A: decimal(t, 300, "a"), answer: decimal(t, 300, "y")}
	default:
		c := integral{kind: overGauss, table: table{Beta: drawBeta(t)}}
		c.W = float64(rapid.IntRange(1, 300).Draw(t, "W")) / 100
		c.answer = float64(rapid.IntRange(-300, 300).Draw(t, "y")) / 100
		if shape >= 8 {
			c.kind = overSpike
			c.A = float64(rapid.IntRange(1, 300).Draw(t, "a")) / 100
			b := rapid.IntRange(1, 300).Draw(t, "b")
			c.B, c.answer = float64(b)/100, float64(rapid.IntRange(1, b).Draw(t, "y"))/100
			c.W *= float64(rapid.IntRange(-1, 1).Draw(t, "sign of W"))
		}
		return c
	}
}
