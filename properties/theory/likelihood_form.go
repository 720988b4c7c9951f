package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.2(a), (b): what the loss is.
var likelihoodForm = []Claim{
	{
		Claim: result.Claim{
			ID: "likelihood.gibbs-sum", Refs: []string{"C29", "I31"}, Where: "SOURCE 1.2(a)",
			Says:      "e^{−βF} over its integral is the probability of each of the n answers.",
			Printed:   "p(y|x) = exp(−βF_W(x,y)) / ∫_{y'} exp(−βF_W(x,y'))",
			Formula:   "p(y|x) = e^{−βF(x,y)} / Σ_{y'=1}^{n} e^{−βF(x,y')}",
			Condition: "the integral counts the answers: ∫_{y'} is Σ_{y'=1}^{n}",
			Fault:     "e^{+βF} for e^{−βF}",
			Why:       "The answers are the numbers 1 to n, and no measure is named. Integrated over the segment [1, n], even energies that are all 0 give probabilities that sum to n/(n−1).",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[measured]{
			cases: measuredTables(), draw: drawMeasured, show: measured.String,
			reach:     reachOf(tableReach, func(c measured) table { return c.table }),
			printed:   func(c measured) finding { return c.distributes(-1) },
			condition: func(c measured) bool { return c.counts },
			faulty:    func(c measured) finding { return c.distributes(1) },
		},
	},
	{
		Claim: result.Claim{
			ID: "likelihood.minus-log", Refs: []string{"C30", "I41"}, Where: "SOURCE 1.2(b), line 1",
			Says:    "The loss is the negative natural logarithm of the probability of the correct answer.",
			Printed: "ℓ_W(x,y) = −log [ exp(−βF_W(x,y)) / ∫_{y'} exp(−βF_W(x,y')) ]",
			Formula: "ℓ(y) = −ln p(y|x), that is Σ_y e^{−ℓ(y)} = 1, ℓ(y) − ℓ(y') = β(F(y) − F(y')) and ℓ ≥ 0",
			Fault:   "the logarithm to base 2",
			Why:     "A definition; the three facts in the formula single this loss out among all functions of the energies.",
			Verdict: result.Holds,
		},
		Statement: overTables(
			func(c table) finding { return codeLengths(c, x(1)) },
			func(c table) finding { return codeLengths(c, x(2).Log()) }),
	},
	{
		Claim: result.Claim{
			ID: "likelihood.expanded", Refs: []string{"C31", "T1.nll", "E5"}, Where: "SOURCE 1.2(b), line 2",
			Says:    "The logarithm splits the loss into β times the energy and the logarithm of the integral.",
			Printed: "ℓ_W(x,y) = βF_W(x,y) + log ∫_{y'} exp(−βF_W(x,y'))",
			Formula: "−ln p(y|x) = βF_y + ln Z = ln(1 + Σ_{j≠y} e^{−β(F_j − F_y)})",
			Fault:   "e^{+βF} inside the logarithm (erratum 5)",
			Why:     "ln(a/b) = ln a − ln b, and ln e^{−βF} = −βF.",
			Verdict: result.Holds,
		},
		Statement: overTables(
			func(c table) finding { return splits(c, 1) },
			func(c table) finding { return splits(c, -1) }),
	},
	{
		Claim: result.Claim{
			ID: "likelihood.normalised", Refs: []string{"C32", "T1.nll", "I41", "M5"}, Where: "SOURCE 1.2(b), last display",
			Says:    "Divided by β the loss is the energy plus the log-integral over β, with the same minimisers.",
			Printed: "ℓ_W(x,y) = F_W(x,y) + (1/β) log ∫_{y'} exp(−βF_W(x,y'))",
			Formula: "−(1/β) ln p(y|x) = F_y + (1/β) ln Z, and so for its derivative",
			Fault:   "1/β forgotten before the logarithm: F_y + ln Z",
			Why:     "β > 0: a positive factor moves no minimiser. (β < 0 would turn minima into maxima.)",
			Verdict: result.Holds,
		},
		Statement: overMoving(
			func(c table) finding { return normalised(c, c.Beta) },
			func(c table) finding { return normalised(c, 1) }),
	},
	{
		Claim: result.Claim{
			ID: "likelihood.one-name", Refs: []string{"C33", "I41"}, Where: "SOURCE 1.2(b), both displays",
			Says:    "Both displays are named ℓ_W(x,y), so both are the same number.",
			Printed: "βF_W(x,y) + log ∫_{y'} exp(−βF_W(x,y')) = ℓ_W(x,y) = F_W(x,y) + (1/β) log ∫_{y'} exp(−βF_W(x,y'))",
			Formula: "βF_y + ln Z = β (F_y + (1/β) ln Z): the two agree only for β = 1, or where both are 0 (n = 1). Name the second: ℓ := −(1/β) ln p(y|x)",
			Fault:   "the printed form itself",
			Why:     "One letter for two losses, a factor β apart.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[table]{
			cases: tables(), draw: drawTable, show: still, reach: tableReach,
			printed: oneName,
			corrected: func(c table) finding {
				first, second := bothDisplays(c)
				l := surprise(c)
				f := equal("ℓ = ln(1 + Σ_{j≠y} e^{−β(F_j − F_y)}) and ℓ/β", l, l.Div(x(c.Beta)))
				if c.Beta != 1 && len(c.F) > 1 {
					f = not(f)
				}
				return all(f, equal("the first display and β times the second", first, x(c.Beta).Mul(second)))
			},
		},
	},
}

// A measured table is one of n answers and of what ∫_{y'} means: the sum over
// them, or the integral over the segment [1, n] on which they lie, with the
// energies linear in between.
type measured struct {
	table
	counts bool
}

func (c measured) String() string {
	over := fmt.Sprintf("the segment [1, %d]", len(c.F))
	if c.counts {
		over = fmt.Sprintf("the answers 1 to %d", len(c.F))
	}
	return fmt.Sprintf("F=(%s), β=%s, ∫ over %s", list(c.F), result.Decimal(c.Beta), over)
}

// integral returns ∫_{y'} e^{sβF(y')}, s = ±1.
func (c measured) integral(w []exact.Interval, s float64) exact.Interval {
	if c.counts {
		return sum(w)
	}
	Z := x(0)
	for i := 1; i < len(w); i++ {
		piece := w[i-1]
		if c.F[i] != c.F[i-1] { // ∫₀¹ e^{a+(b−a)t} dt = (eᵇ − eᵃ)/(b − a)
			piece = w[i].Sub(w[i-1]).Div(x(c.F[i]).Sub(x(c.F[i-1])).Mul(x(c.Beta)).Scale(s))
		}
		Z = Z.Add(piece)
	}
	return Z
}

// distributes finds whether p_i = e^{sβF_i} / ∫ is the Gibbs distribution:
// whether it sums to 1 with p_i/p_j = e^{−β(F_i − F_j)}.
func (c measured) distributes(s float64) finding {
	w := make([]exact.Interval, len(c.F))
	for i, f := range c.F {
		w[i] = x(c.Beta).Mul(x(f)).Scale(s).Exp()
	}
	if !c.counts && len(w) == 1 {
		return that("the segment from the first answer to the last has a length", false, 0, "> 0")
	}
	Z := c.integral(w, s)
	fs := []finding{equal("Σ_y p(y|x) and 1", sum(w).Div(Z), x(1))}
	for k := 1; k < len(w); k++ {
		i, j := k-1, k
		if c.F[i] > c.F[j] {
			i, j = j, i // a ratio of at least 1
		}
		gap := x(c.F[i]).Sub(x(c.F[j]))
		fs = append(fs, equal("p_i/p_j and e^{−β(F_i − F_j)}", w[i].Div(Z).Div(w[j].Div(Z)), x(c.Beta).Mul(gap).Neg().Exp()))
	}
	return all(fs...)
}

func measuredTables() []measured {
	cs := []measured{{table{F: []float64{0, 0}, Beta: 1, S: []float64{1, -1}}, false}}
	for _, counts := range []bool{true, false} {
		for _, c := range tables() {
			cs = append(cs, measured{c, counts})
		}
	}
	return cs
}

func drawMeasured(t *rapid.T) measured {
	return measured{drawTable(t), rapid.Bool().Draw(t, "counts")}
}

// odds returns Σ_{j≠y} e^{−β(F_j − F_y)}: how much more probable than y the
// other answers are. It keeps all digits however small it is.
func odds(c table) exact.Interval {
	others := slices.Delete(c.energies(), c.Y, c.Y+1)
	if len(others) == 0 {
		return x(0)
	}
	for j, f := range others {
		others[j] = f.Sub(x(c.F[c.Y]))
	}
	return exact.Partition(x(c.Beta), others)
}

// surprise returns −ln p_y = ln(1 + odds), with all digits.
func surprise(c table) exact.Interval { return odds(c).Log1p() }

// probability returns p_y = e^{−βF_y} / Z.
func probability[T exact.Number[T]](beta T, F []T, y int) T {
	return beta.Mul(F[y]).Neg().Exp().Div(exact.Partition(beta, F))
}

// codeLengths finds whether ℓ(y) = −ln p(y)/base is the negative natural
// logarithm of a Gibbs distribution.
func codeLengths(c table, base exact.Interval) finding {
	p := exact.GibbsOf(x(c.Beta), c.energies())
	l, q := make([]exact.Interval, len(p)), make([]exact.Interval, len(p))
	fs := make([]finding, 0, 2*len(p)+1)
	for i := range p {
		l[i] = p[i].Log().Neg().Div(base)
		q[i] = l[i].Neg().Exp()
		fs = append(fs, atMost("0 and ℓ(y)", x(0), l[i]))
		if i > 0 {
			fs = append(fs, equal("ℓ(y) − ℓ(y') and β(F(y) − F(y'))", l[i].Sub(l[i-1]), x(c.F[i]).Sub(x(c.F[i-1])).Mul(x(c.Beta))))
		}
	}
	return all(append(fs, equal("Σ_y e^{−ℓ(y)} and 1", sum(q), x(1)))...)
}

// splits finds whether −ln p_y = βF_y + ln Σ e^{−sβF}.
func splits(c table, s float64) finding {
	F := c.energies()
	beta := x(c.Beta)
	line2 := beta.Mul(F[c.Y]).Add(exact.Partition(beta.Scale(s), F).Log())
	return all(
		equal("lines 1 and 2", probability(beta, F, c.Y).Log().Neg(), line2),
		equal("line 2 and ln(1 + Σ_{j≠y} e^{−β(F_j − F_y)})", line2, surprise(c)))
}

// normalised finds whether −(1/β) ln p_y = F_y + (1/by) ln Z, and the
// derivatives by W too.
func normalised(c table, by float64) finding {
	F, beta := c.moving(), constant(c.Beta, 1)
	left := probability(beta, F, c.Y).Log().Neg().Div(beta)
	right := F[c.Y].Add(exact.Partition(beta, F).Log().Div(constant(by, 1)))
	return all(equal("−(1/β) ln p and the display", left.V, right.V), equal("their derivatives by W", left.D[0], right.D[0]))
}

// oneName finds whether the two displays are one number; their relative
// difference is looked at too, for a loss of e⁻⁵⁰⁰ is not its half.
func oneName(c table) finding {
	first, second := bothDisplays(c)
	f := equal("the two displays", first, second)
	if f.truth == no {
		return f
	}
	l := surprise(c)
	return all(f, equal("ln(1 + Σ_{j≠y} e^{−β(F_j − F_y)}) and itself over β", l, l.Div(x(c.Beta))))
}

// bothDisplays returns βF_y + ln Z and F_y + (1/β) ln Z.
func bothDisplays(c table) (first, second exact.Interval) {
	F, beta := x(c.F[c.Y]), x(c.Beta)
	lnZ := exact.Partition(beta, c.energies()).Log()
	return beta.Mul(F).Add(lnZ), F.Add(lnZ.Div(beta))
}
