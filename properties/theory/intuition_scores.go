package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Energies against probabilities: which of the two a model gives out, and what one says of the other.
var intuitionScores = []Claim{
	{
		Claim: result.Claim{
			ID: "energy.softargmax", Refs: []string{"C06", "I80"}, Where: "SOURCE 1.1(b), sentence 1",
			Says:      "An energy-based model does not use softargmax: what it is asked for is had from the scores as they are.",
			Printed:   "Energy based model doesn't use softargmax to produce probability distribution",
			Formula:   "F_i < F_j: p_i > p_j, and F_i = F_j: p_i = p_j, so that ŷ is the same without Z;  p_y = e^{−βF_y}/Z",
			Condition: "it is asked for an answer: a probability takes the softargmax of 1.1(c) (beyond it by accident where Z = 1)",
			Fault:     "the answer is the y of largest energy",
			Why:       "Asked for the answer to F = (0, 0) at β = 1 it needs no Z; asked for its probability it does: e⁰ = 1, p = ½. Softargmax adds the same number, (1/β) ln Z, to all energies, here 0.69, which changes neither answer nor p. So nothing forbids it either: F = −(1/β) ln softargmax_β(s) is an energy too, with Z = 1.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[query]{
			cases: queries(),
			draw: func(t *rapid.T) query {
				c := query{drawTable(t), rapid.Bool().Draw(t, "probability")}
				c.Beta = min(c.Beta, 3) // or else Z is 1 to a hundred bits
				return c
			},
			show:  query.String,
			reach: queryReach(),
			printed: func(c query) finding {
				if c.Probability {
					w := x(c.Beta).Mul(x(c.F[c.Y])).Neg().Exp()
					return equal("e^{−βF_y} against p_y", w, c.gibbs()[c.Y])
				}
				return c.answers(leastIndices(c.F)[0])
			},
			condition: []clause[query]{{"an answer is asked for, not its probability", func(c query) bool { return !c.Probability }}},
			accident:  []clause[query]{{"Z = 1", func(c query) bool { return len(c.F) == 1 && c.F[0] == 0 }}},
			corrected: func(c query) finding {
				if !c.Probability {
					return nothing("no probability is asked for")
				}
				w := x(c.Beta).Mul(x(c.F[c.Y])).Neg().Exp()
				return equal("e^{−βF_y}/Z against p_y", w.Div(exact.Partition(x(c.Beta), c.energies())), c.gibbs()[c.Y])
			},
			faulty: func(c query) finding { return c.answers(slices.Index(c.F, slices.Max(c.F))) },
		},
	},
	{
		Claim: result.Claim{
			ID: "energy.similarity", Refs: []string{"C07", "I32"}, Where: "SOURCE 1.1(b), sentence 1",
			Says:    "The energy is a similarity: the higher F(x, y), the better y fits x.",
			Printed: "it produce the similarity (energy) score",
			Why:     "A similarity is larger the more alike two things are. 1.1(a) gives the most compatible pair the lowest energy, 1.1(c) the highest probability: who takes the score for a similarity takes the worst answer.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "for all i, j: p[i] > p[j] if F[i] > F[j]",
			corrected: "for all i, j: p[i] > p[j] if F[i] < F[j]",
			misprint:  "< → >",
			only:      []string{},
			fault:     "for all i, j: p[i] < p[j] if F[i] < F[j]",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "energy.dichotomy", Refs: []string{"C08", "I80"}, Where: "SOURCE 1.1(b), sentence 2",
			Says:      "Models that produce p(y|x) are of another kind than models that produce an energy.",
			Printed:   "other models produce p(y|x), while the energy model produces F_W(x, y)",
			Formula:   "p > 0: F = −(1/β) ln p has Z = 1 and the Gibbs distribution p;  p(y) = 0: no finite F(y) has e^{−βF(y)} = 0",
			Condition: "p(y|x) = 0 for some y",
			Fault:     "with its zeros replaced by 1/1000, p is the Gibbs distribution of −(1/β) ln p",
			Why:       "A model that produces p > 0 produces energies as well: p = (½, ½) is that of F = (0.69, 0.69) at β = 1. Only a p with a zero, such as (1, 0) or (½, ½, 0), is the Gibbs distribution of no finite energies.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[shares]{
			cases: shareTables(),
			draw: func(t *rapid.T) shares {
				c := shares{Beta: drawBeta(t)}
				for range drawLength(t, 1, "n") {
					c.K = append(c.K, max(0, rapid.IntRange(-2, 20).Draw(t, "k")))
					c.F = append(c.F, decimal(t, 999, "F"))
				}
				c.K[0] = max(c.K[0], 1)
				return c
			},
			show: shares.String,
			reach: map[string]func(shares) bool{
				"certainty": func(c shares) bool { return len(c.K) > 1 && c.K[0] == c.total() },
				"one half":  func(c shares) bool { return 2*c.K[0] == c.total() },
			},
			printed: func(c shares) finding {
				if c.zero() {
					return not(c.given(c.F))
				}
				return not(c.same(c.minusLog(0)))
			},
			condition: []clause[shares]{{"p(y|x) = 0 for some y", shares.zero}},
			faulty:    func(c shares) finding { return c.same(c.minusLog(0.001)) },
		},
	},
	{
		Claim: result.Claim{
			ID: "energy.weights", Refs: []string{"C09"}, Where: "SOURCE 1.1(b), sentence 2",
			Says:    "W stands for the learnable weights.",
			Printed: "F_W(x, y), where W is the learnable weights",
			Why:     "A definition of notation.",
			Verdict: result.NotCheckable,
		},
	},
}

// A query is a table and what is asked of it: an answer, or the probability of y.
type query struct {
	table
	Probability bool
}

func (c query) String() string {
	if c.Probability {
		return still(c.table) + ", asked for p_y"
	}
	return still(c.table) + ", asked for ŷ"
}

func queries() (cs []query) {
	for _, c := range tables() {
		cs = append(cs, query{c, false}, query{c, true})
	}
	return cs
}

func queryReach() map[string]func(query) bool {
	r := reachOf(tableReach, func(c query) table { return c.table })
	r["an answer"] = func(c query) bool { return !c.Probability }
	r["a probability"] = func(c query) bool { return c.Probability }
	return r
}

func (c query) gibbs() []exact.Interval { return exact.GibbsOf(x(c.Beta), c.energies()) }

// answers finds whether the answers whose probability is that of i, and no other's below it, are those that have its energy.
func (c query) answers(i int) finding {
	p := c.gibbs()
	var fs []finding
	for j := range p {
		if c.F[j] == c.F[i] {
			fs = append(fs, equal("p of two answers of that energy", p[j], p[i]))
		} else {
			fs = append(fs, less("p of another answer against that of ŷ", p[j], p[i]))
		}
	}
	return all(fs...)
}

// minusLog returns the energies −(1/β) ln p.
func minusLog(beta exact.Interval, p []exact.Interval) []exact.Interval {
	F := make([]exact.Interval, len(p))
	for i := range p {
		F[i] = p[i].Log().Div(beta).Neg()
	}
	return F
}

// shares are a distribution p_i = k_i/Σk, and finite energies F that are tried where p has a zero.
type shares struct {
	K    []int
	Beta float64
	F    []float64
}

func (c shares) String() string {
	p := ""
	for i, k := range c.K {
		if i > 0 {
			p += ", "
		}
		p += fmt.Sprint(k)
	}
	s := "p=(" + p + ")"
	if n := c.total(); n != 1 {
		s += fmt.Sprintf("/%d", n)
	}
	s += ", β=" + result.Decimal(c.Beta)
	if c.zero() {
		s += ", tried with F=(" + list(c.F) + ")"
	}
	return s
}

func (c shares) total() int {
	n := 0
	for _, k := range c.K {
		n += k
	}
	return n
}

func (c shares) zero() bool {
	for _, k := range c.K {
		if k == 0 {
			return true
		}
	}
	return false
}

func (c shares) p(i int) exact.Interval { return exact.Ratio(int64(c.K[i]), int64(c.total()), bits) }

// minusLog returns −(1/β) ln p, with probabilities of 0 replaced by least.
func (c shares) minusLog(least float64) []exact.Interval {
	p := make([]exact.Interval, len(c.K))
	for i, k := range c.K {
		p[i] = c.p(i)
		if k == 0 {
			p[i] = x(least)
		}
	}
	return minusLog(x(c.Beta), p)
}

// same finds whether p is the Gibbs distribution of F.
func (c shares) same(F []exact.Interval) finding {
	var fs []finding
	for i, q := range exact.GibbsOf(x(c.Beta), F) {
		fs = append(fs, equal(fmt.Sprintf("p_%d against the Gibbs distribution of F", i), c.p(i), q))
	}
	return all(fs...)
}

// given is same for energies that are float64.
func (c shares) given(F []float64) finding { return c.same(xs(F)) }

func shareTables() []shares {
	var cs []shares
	for _, beta := range []float64{1, 2} {
		for _, K := range [][]int{{1, 1}, {1}, {1, 2}, {1, 3}, {1, 0}, {1, 1, 0}, {9999, 1}, {1, 1, 1, 1}} {
			cs = append(cs, shares{K, beta, make([]float64, len(K))})
		}
	}
	return cs
}
