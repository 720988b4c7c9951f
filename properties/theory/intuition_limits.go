package theory

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// β → ∞ and β → 0⁺.
var intuitionLimits = []Claim{
	{
		Claim: result.Claim{
			ID: "temperature.cold-limit", Refs: []string{"C15", "I4", "I30"}, Where: "SOURCE 1.1(d)",
			Says:      "As β → ∞, p(y|x) puts all its mass on one answer, the argmax; on a continuum, around it, as near as one likes.",
			Printed:   "we can tune β → ∞ to make p(y|x) output argmax",
			Formula:   "p → the uniform distribution on the k answers of least energy: 1 − p(argmin F) ≤ ε from β = ln(n/ε)/Δ on, Δ the gap above min F",
			Condition: "one answer alone has the least energy; Z < ∞ from some β on; and if 𝒴 is a continuum, F is continuous there and near its least only there, and every neighbourhood of it has positive measure",
			Fault:     "argmax of F",
			Why:       "Tied answers keep equal shares at every β: F = (0, 0, 1) goes to (½, ½, 0), which is not one-hot. Of F(y) = y on 0, 1, 2, … p goes to one-hot as on n answers: where Z < ∞ no more than finitely many lie below any bound. On ℝ p shares itself between tied minima as F″^{−1/2}. On [0, 2) the energy min(y, 2 − y) is least at 0 alone, and half of the mass goes to the end that is left out. An answer of less energy than all around it, by a jump, has no mass to attract; nor has one with no answers around it, as 2 has in [0, 1] ∪ {2} with length for the measure.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[frozen]{
			cases: freezings(),
			draw: func(t *rapid.T) frozen {
				return frozen{
					F:   drawTable(t).F,
					On:  [13]space{7: naturals, 8: reals, 9: pitted, 10: open, 11: capped, 12: lonely}[rapid.IntRange(0, 12).Draw(t, "𝒴")],
					Eps: rapid.SampledFrom([]float64{0.1, 0.01, 1e-3, 1e-6, 1e-9}).Draw(t, "ε"),
					K:   float64(rapid.IntRange(1, 5).Draw(t, "k")),
				}
			},
			show: frozen.String,
			reach: map[string]func(frozen) bool{
				"ℝ":                    func(c frozen) bool { return c.On == reals },
				"ℕ":                    func(c frozen) bool { return c.On == naturals },
				"a pit":                func(c frozen) bool { return c.On == pitted },
				"an end left out":      func(c frozen) bool { return c.On == open },
				"a point apart":        func(c frozen) bool { return c.On == lonely },
				"no p":                 func(c frozen) bool { return c.On == capped },
				"n = 1":                func(c frozen) bool { return c.On == finite && len(c.F) == 1 },
				"tie at the minimum":   func(c frozen) bool { return !c.unique() && len(leastIndices(c.F)) < len(c.F) },
				"constant F":           func(c frozen) bool { return !c.unique() && len(leastIndices(c.F)) == len(c.F) },
				"n ≥ 5, unique answer": func(c frozen) bool { return c.On == finite && c.unique() && len(c.F) >= 5 },
			},
			printed: func(c frozen) finding {
				switch c.On {
				case finite:
					return atMost("what the largest p lacks of 1, against ε", outside(c.gibbs(), leastIndices(c.F)[0]), x(c.Eps))
				case capped:
					return that("there is a p at β", false, "Z = ∞", "Z < ∞")
				}
				return atMost("what the answers within ½ of ŷ lack of 1, against ε", x(1).Sub(c.around()), x(c.Eps))
			},
			condition: []clause[frozen]{
				{"one answer alone has the least energy", frozen.unique},
				{"Z < ∞ from some β on", func(c frozen) bool { return c.On != capped }},
				{"F is continuous at ŷ", func(c frozen) bool { return c.On != pitted }},
				{"F is near its least only near ŷ", func(c frozen) bool { return c.On != open }},
				{"every neighbourhood of ŷ has positive measure", func(c frozen) bool { return c.On != lonely }},
			},
			corrected: func(c frozen) finding {
				switch c.On {
				case finite:
				case naturals:
					return equal("p(0) against 1 − e^{−β}", c.first(), x(1).Sub(c.beyond(x(1))))
				default:
					return nothing("a continuum")
				}
				least, p := leastIndices(c.F), c.gibbs()
				share := exact.Ratio(1, int64(len(least)), bits)
				return all(
					atMost("what the minimisers of F lack of 1, against ε", outside(p, least...), x(c.Eps)),
					atMost("1/k − p of a minimiser, against ε", share.Sub(p[least[0]]), x(c.Eps)),
					atMost("p of a minimiser against 1/k", p[least[0]], share))
			},
			faulty: func(c frozen) finding {
				if c.On != finite {
					return nothing("no largest energy")
				}
				return atMost("what p at argmax F lacks of 1, against ε", outside(c.gibbs(), largestIndices(c.F)[0]), x(c.Eps))
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "temperature.hot-limit", Refs: []string{"C16", "I10", "I35"}, Where: "SOURCE 1.1(d)",
			Says:      "The smaller β > 0, the smoother p(y|x): its entropy H rises strictly as β → 0⁺.",
			Printed:   "β → 0⁺ yields a smoother distribution",
			Formula:   "H(β/2) > H(β), as dH/dβ = −β Var F < 0; 𝒴 finite: Σ|p_i − 1/n| ≤ βR/2 with R = max F − min F",
			Condition: "there is a p at every β > 0: Z(β) < ∞, as on a finite 𝒴, on one of finite measure with F bounded below, or under y² on ℝ; and F is not equal to a constant almost everywhere",
			Fault:     "β → ∞ in its place: H(2β) > H(β)",
			Why:       "If all energies are equal p is as smooth as can be at every β, and so it is if they are but for answers of measure 0: F = 0 on [0, 1] but for F(½) = 1 has the entropy 0 at every β. Under F = ln(1 + |y|) on ℝ there is no p from β = 1 down. The limit is uniform where there is such a p, on a finite 𝒴 or a segment; under y² on ℝ p gets smoother without limit, its variance being 1/(2β).",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[window]{
			cases: windows(),
			draw: func(t *rapid.T) window {
				c := window{domain: drawDomain(t)}
				c.Table.Y, c.Table.Beta, c.Line.A = 0, min(c.Table.Beta, 5), max(c.Line.A, 0.25) // see mild
				switch L := rapid.IntRange(-20, 20).Draw(t, "L"); {
				case c.Real && L > 0:
					c.Line.Form, c.L = absolute, float64(L)/4
				case c.Real && L < -17:
					c.Line.Form, c.Dot = absolute, true
				}
				return c
			},
			show: window.String,
			reach: map[string]func(window) bool{
				"finite":           func(c window) bool { return !c.Real },
				"tie at the least": func(c window) bool { return !c.Real && c.Table.tie() },
				"constant F":       func(c window) bool { return c.constant() },
				"a dot":            func(c window) bool { return c.Dot },
				"|y| on ℝ":         func(c window) bool { return c.formed() && c.L == 0 && c.Line.Form == absolute },
				"|y| on a segment": func(c window) bool { return c.formed() && c.L > 0 },
				"ln(1 + |y|) on ℝ": func(c window) bool { return c.formed() && c.Line.Form == logarithm && c.halved().proper() },
				"y² on ℝ":          func(c window) bool { return c.formed() && c.Line.Form == square },
				"no p on ℝ":        func(c window) bool { return c.formed() && !c.halved().proper() },
			},
			printed: func(c window) finding { return c.smoother(0.5) },
			condition: []clause[window]{
				{"there is a p at every β > 0", func(c window) bool { return c.Line.Form != logarithm }},
				{"F is not equal to a constant almost everywhere", func(c window) bool { return !c.constant() && !c.Dot }},
			},
			accident: []clause[window]{{"there still is one at β/2", func(c window) bool { return c.Line.Form == logarithm && c.halved().proper() }}},
			faulty:   func(c window) finding { return c.smoother(2) },
		},
	},
}

// A space is what the answers form.
type space int

const (
	finite   space = iota
	naturals       // F(y) = y
	reals          // F(y) = |y|
	pitted         // the same, but F(1) = −1
	open           // F(y) = min(y, 2 − y) on [0, 2)
	capped         // F(y) = |y|/(1 + |y|) on ℝ
	lonely         // F(y) = 2 − y on [0, 1] ∪ {2}, with length
)

// frozen are energies, on n answers or another space, at a β from which on p is to be within ε of its limit: k times the
// least such.
type frozen struct {
	F      []float64
	On     space
	Eps, K float64
}

func (c frozen) String() string {
	F := map[space]string{
		finite: "F=(" + list(c.F) + ")", naturals: "F(y) = y on 0, 1, 2, …", reals: "F(y) = |y| on ℝ, ŷ=0",
		pitted: "F(y) = |y| on ℝ but for F(1) = −1, ŷ=1", open: "F(y) = min(y, 2 − y) on 0 ≤ y < 2, ŷ=0", capped: "F(y) = |y|/(1 + |y|) on ℝ, ŷ=0",
		lonely: "F(y) = 2 − y on [0, 1] ∪ {2}, with length, ŷ=2",
	}[c.On]
	return fmt.Sprintf("%s, ε=%s, β=%.4g", F, result.Decimal(c.Eps), c.beta().Mid())
}

func (c frozen) unique() bool { return c.On != finite || len(leastIndices(c.F)) == 1 }

// beta returns k·ln(n/ε)/Δ: then (n − 1)e^{−βΔ} < ε. Without a gap Δ none will do, and it is 10; on ℕ k·ln(1/ε) leaves ε beyond 0, on ℝ
// twice that beyond ±½.
func (c frozen) beta() exact.Interval {
	switch c.On {
	case finite:
	case naturals:
		return x(c.Eps).Log().Scale(-c.K)
	default:
		return x(c.Eps).Log().Scale(-2 * c.K)
	}
	least, gap := c.F[leastIndices(c.F)[0]], exact.Interval{}
	for _, f := range c.F {
		if d := x(f).Sub(x(least)); f > least && (gap.Prec() == 0 || d.Less(gap)) {
			gap = d
		}
	}
	if gap.Prec() == 0 {
		return x(10)
	}
	return x(float64(len(c.F))).Div(x(c.Eps)).Log().Div(gap).Scale(c.K)
}

// around returns the mass within ½ of ŷ on ℕ or a continuum: with q = e^{−β/2} that is 1 − q under |y|, and (q − q³)/2 around 1;
// on [0, 2), where Z is twice ∫₀¹ e^{−βy} dy, (1 − q)/(2(1 − q²)); and around a point alone that of the point, of length 0.
func (c frozen) around() exact.Interval {
	q := c.beyond(x(0.5))
	switch c.On {
	case naturals:
		return c.first()
	case pitted:
		return q.Sub(c.beyond(x(1.5))).Scale(0.5)
	case open:
		return x(1).Sub(q).Div(x(1).Sub(q.Sqr())).Scale(0.5)
	case lonely:
		return x(0)
	}
	return x(1).Sub(q)
}

// beyond returns the mass outside [−h, h] under F = |y|, and that of h, h + 1, … in ℕ: e^{−βh}.
func (c frozen) beyond(h exact.Interval) exact.Interval { return c.beta().Mul(h).Neg().Exp() }

// first returns p(0) on ℕ: Z is the sum of eight terms, and of the rest as a geometric series.
func (c frozen) first() exact.Interval {
	Z := c.beyond(x(8)).Div(x(1).Sub(c.beyond(x(1))))
	for y := range 8 {
		Z = Z.Add(c.beyond(x(float64(y))))
	}
	return x(1).Div(Z)
}

func (c frozen) gibbs() []exact.Interval { return exact.GibbsOf(c.beta(), xs(c.F)) }

// outside returns the mass of all answers but ys.
func outside(p []exact.Interval, ys ...int) exact.Interval {
	mass := x(0)
	for i := range p {
		if !slices.Contains(ys, i) {
			mass = mass.Add(p[i])
		}
	}
	return mass
}

func freezings() []frozen {
	cs := []frozen{{[]float64{0, 1}, finite, 0.01, 1}, {[]float64{0, 0, 1}, finite, 0.01, 1}, {nil, naturals, 0.01, 1}}
	for _, on := range []space{reals, pitted, open, capped, lonely} {
		cs = append(cs, frozen{nil, on, 0.01, 1})
	}
	for _, c := range tables() {
		cs = append(cs, frozen{c.F, finite, 0.01, 1})
	}
	return cs
}

// A window is a finite answer space, ℝ or, if L > 0, the segment [−L, L] with F = A|y|; or [0, 1] with F = 0 but at a dot, ½.
type window struct {
	domain
	L   float64
	Dot bool // Real, and nothing of Line counts but β, and that Form is not the logarithm
}

// formed reports whether F is that of Line.
func (c window) formed() bool { return c.Real && !c.Dot }

func (c window) String() string {
	switch {
	case c.Dot:
		return "F(y) = 0 on [0, 1] but for F(½) = 1, β=" + result.Decimal(c.Line.Beta)
	case c.L > 0:
		return strings.ReplaceAll(c.Line.law(), "ℝ", "["+result.Decimal(-c.L)+", "+result.Decimal(c.L)+"]")
	case c.Real:
		return c.Line.law()
	}
	return c.domain.String()
}

func (c window) constant() bool { return !c.Real && len(leastIndices(c.Table.F)) == len(c.Table.F) }

// halved returns the energy on ℝ at β/2.
func (c window) halved() line {
	h := c.Line
	h.Beta /= 2
	return h
}

// entropy returns H = ln Z + β⟨F⟩ on ℝ, where Z is finite, or on the segment: 0 of the dot, which Z and ⟨F⟩ do not see. Else β⟨F⟩
// is, with s = βA and q = e^{−sL},
//
//	|y|          1, on [−L, L] 1 − sLq/(1 − q)
//	y²           ½
//	ln(1 + |y|)  s/(s − 1)
func (c window) entropy(at line) exact.Interval {
	s := at.rate()
	switch {
	case c.Dot:
		return x(0)
	case c.L > 0:
		sL := s.Scale(c.L)
		return at.mass(x(c.L)).Log().Add(x(1).Sub(sL.Div(sL.Expm1())))
	case at.Form == absolute:
		return at.partition().Log().Add(x(1))
	case at.Form == square:
		return at.partition().Log().Add(x(0.5))
	}
	return at.partition().Log().Add(s.Div(at.excess()))
}

// smoother finds whether there is a p at k·β, and whether its entropy is no less; on a finite space, too, whether p is within
// its bound of the uniform distribution.
func (c window) smoother(k float64) finding {
	if c.Real {
		at := c.Line
		at.Beta *= k
		switch {
		case c.Dot:
		case !c.Line.proper():
			return that("there is a p at β", false, "Z = ∞", "Z < ∞")
		case !at.proper():
			return that("there is a p at "+result.Decimal(k)+"β", false, "Z = ∞", "Z < ∞")
		}
		return less("H(β) against H("+result.Decimal(k)+"β)", c.entropy(c.Line), c.entropy(at))
	}
	F, beta := c.Table.energies(), x(c.Table.Beta)
	if c.constant() {
		return not(atMost("H("+result.Decimal(k)+"β) against H(β)", entropy(beta.Scale(k), F), entropy(beta, F)))
	}
	p := exact.GibbsOf(beta, F)
	off, bound := c.Table.uneven(p)
	return all(
		less("H(β) against H("+result.Decimal(k)+"β)", exact.EntropyOf(p), entropy(beta.Scale(k), F)),
		atMost("Σ|p_i − 1/n| against βR/2", off, bound))
}

// uneven returns Σ|p_i − 1/n|, and βR/2, which bounds it.
func (c table) uneven(p []exact.Interval) (off, bound exact.Interval) {
	off = x(0)
	for _, q := range p {
		off = off.Add(q.Sub(exact.Ratio(1, int64(len(p)), bits)).Abs())
	}
	R := x(slices.Max(c.F)).Sub(x(slices.Min(c.F)))
	return off, x(c.Beta).Mul(R).Scale(0.5)
}

func windows() []window {
	on := func(f form, beta, L float64) window {
		return window{domain{Real: true, Line: line{f, 1, beta, 0}}, L, false}
	}
	dot := on(absolute, 1, 0)
	dot.Dot = true
	cs := []window{dot, on(logarithm, 1, 0), on(logarithm, 2, 0), on(logarithm, 5, 0), on(square, 0.01, 0), on(absolute, 0.01, 0), on(absolute, 1, 1)}
	for _, c := range tables() {
		cs = append(cs, window{domain{Table: c}, 0, false})
	}
	return cs
}
