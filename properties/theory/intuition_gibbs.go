package theory

import (
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// From energies to probabilities: the Boltzmann–Gibbs distribution.
var intuitionGibbs = []Claim{
	{
		Claim: result.Claim{
			ID: "gibbs.formula", Refs: []string{"C10", "I18", "I32"}, Where: "SOURCE 1.1(c), formula",
			Says:      "The Boltzmann–Gibbs formula makes energies into a distribution over answers: total mass 1, the lower the energy the more probable, and only differences of energies matter.",
			Printed:   "p(y|x) = exp(−βF_W(x, y)) / ∫_{y′} exp(−βF_W(x, y′))",
			Formula:   "Z < ∞ and β > 0: p ≥ 0, ∫p dy′ = 1, F(y) < F(y′) ⟺ p(y) > p(y′), p(F + c) = p(F)",
			Condition: "Z < ∞ and β > 0",
			Fault:     "the sign lost: exp(+βF)",
			Why:       "F ≡ 0 on ℝ: ∫ 1 dy = ∞, and no p is left. So for −y², and for ln(1 + |y|) at β ≤ 1. At β = 0 all answers are alike, at β < 0 the high energies win.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[domain]{
			cases: append([]domain{
				{Real: true, Line: line{absolute, 0, 1, 1}}, {Real: true, Line: line{square, -1, 1, 1}}, {Real: true, Line: line{logarithm, 1, 1, 1}},
				{Real: true, Line: line{logarithm, 1, 2, 1}}, {Table: table{F: []float64{0, 1}, Beta: 0}}, {Table: table{F: []float64{0, 1}, Beta: -1}},
				{Real: true, Line: line{absolute, -1, -1, 0}},
			}, domains()...),
			draw: func(t *rapid.T) domain {
				c := drawDomain(t)
				if k := rapid.IntRange(0, 11).Draw(t, "sign of β"); k >= 10 { // 0, −β
					c.Table.Beta, c.Line.Beta = float64(10-k)*c.Table.Beta, float64(10-k)*c.Line.Beta
				}
				return c
			},
			show: domain.String,
			reach: domainReach(map[string]func(domain) bool{
				"β < 0":        func(c domain) bool { return c.Table.Beta < 0 },
				"ℝ, Z finite":  func(c domain) bool { return c.Real && c.Line.proper() },
				"ℝ, Z = ∞":     func(c domain) bool { return c.Real && !c.Line.proper() },
				"ℝ, ln(1+|y|)": func(c domain) bool { return c.Real && c.Line.Form == logarithm && c.Line.proper() },
			}),
			printed: func(c domain) finding {
				if c.Real {
					return c.Line.distribution()
				}
				return c.Table.distribution(exact.GibbsOf[exact.Interval])
			},
			condition: []clause[domain]{
				{"Z < ∞", func(c domain) bool { return !c.Real || c.Line.proper() }},
				{"β > 0", func(c domain) bool { return c.beta() > 0 }},
			},
			accident: []clause[domain]{
				{"all energies are equal", func(c domain) bool { return !c.Real && len(leastIndices(c.Table.F)) == len(c.Table.F) }},
				{"Z < ∞, and the answer looked at is that of energy 0", func(c domain) bool { return c.Line.proper() && c.Line.Y == 0 }},
			},
			faulty: func(c domain) finding {
				c.Table.Beta, c.Line.Beta = -c.Table.Beta, -c.Line.Beta
				if c.Real {
					return c.Line.distribution()
				}
				return c.Table.distribution(exact.GibbsOf[exact.Interval])
			},
			also: []func(domain) finding{
				func(c domain) finding { return c.instead(straight) },
				func(c domain) finding { return c.instead(cubed) },
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "gibbs.reverse", Refs: []string{"C11", "I31"}, Where: "SOURCE 1.1(c)",
			Says:    "From the energies the probabilities can be calculated: F determines p.",
			Printed: "We can use the Boltzmann-Gibbs distribution to reverse-calculate the probability p(y|x)",
			Why:     "F → p is a function, but not a reversible one: F and F + c(x) have the same p, so of the energies p tells the differences only.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "for all j != y: log(p[y]/p[j]) = -beta*(F[y] - F[j]) and sum(k: p[k]) = 1",
			fault:   "for all j != y: log(p[y]/p[j]) = beta*(F[y] - F[j]) and sum(k: p[k]) = 1",
			over:    anyTable,
		},
	},
}

// A law makes a distribution of energies at β.
type law func(beta exact.Interval, F []exact.Interval) []exact.Interval

// straight falls as a line with F: its total is 1, and it has the order and the invariance, but it may be below 0.
func straight(beta exact.Interval, F []exact.Interval) []exact.Interval {
	each := exact.Ratio(1, int64(len(F)), bits)
	mean, p := sum(F).Mul(each), make([]exact.Interval, len(F))
	for i := range F {
		p[i] = each.Add(beta.Mul(mean.Sub(F[i])))
	}
	return p
}

// cubed is the Gibbs distribution of F³: all but invariant under F + c.
func cubed(beta exact.Interval, F []exact.Interval) []exact.Interval {
	G := make([]exact.Interval, len(F))
	for i, f := range F {
		G[i] = f.Mul(f).Mul(f)
	}
	return exact.GibbsOf(beta, G)
}

// instead finds what becomes of the statement on a table under another law.
func (c domain) instead(of law) finding {
	if c.Real {
		return nothing("no table")
	}
	return c.Table.distribution(of)
}

// distribution finds whether a law does what the Gibbs formula is for, on a table. Order and shift are looked at from
// answer y.
func (c table) distribution(of law) finding {
	beta, F := x(c.Beta), c.energies()
	p := of(beta, F)
	fs := []finding{equal("Σp against 1", sum(p), x(1))}
	order := func(low, high int) {
		if c.F[low] < c.F[high] {
			fs = append(fs, not(atMost("p of the lower energy against that of the higher", p[low], p[high])))
		}
	}
	shifted := make([]exact.Interval, len(F))
	for j := range F {
		order(j, c.Y)
		order(c.Y, j)
		shifted[j] = F[j].Sub(F[c.Y])
	}
	for j, q := range of(beta, shifted) {
		fs = append(fs, less("p ≥ 0", x(0), p[j]), equal("p of F − F_y against p of F", q, p[j]))
	}
	return all(fs...)
}

// distribution finds the same on ℝ. Where Z is infinite no finite Z will do: the window [−e^Z, e^Z] holds more.
func (c line) distribution() finding {
	if !c.proper() {
		Z := x(math.Abs(c.Y)).Add(x(1))
		return atMost("∫ e^{−βF} over [−e^Z, e^Z], if Z were "+result.Decimal(Z.Mid())+", and so for every Z", c.mass(Z.Exp()), Z)
	}
	Z := c.partition()
	fs := []finding{equal("∫ p over ℝ, but for a tail of e^−150, against 1", c.mass(c.most()).Div(Z), x(1))}
	if c.Y != 0 { // against y = 0, where F = 0
		p, p0 := c.weight(x(c.Y)).Div(Z), c.weight(x(0)).Div(Z)
		fs = append(fs, less("F(y)·(p(y) − p(0)) against 0", c.energy(x(c.Y)).Mul(p.Sub(p0)), x(0)))
	}
	return all(fs...)
}
