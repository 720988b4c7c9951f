package theory

import (
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
			Says:    "Other models put out probabilities, p(y|x), and the energy model energies, F_W(x, y).",
			Printed: "other models produce p(y|x), while the energy model produces F_W(x, y)",
			Formula: "p(y|x) = e^{−βF(y)}/Z;  p > 0: F = −(1/β) ln p has Z = 1 and the Gibbs distribution p",
			Why:     "It says what is put out, and not that one cannot be had from the other: 1.1(c) makes p of F, and of a p > 0 energies can be made, (½, ½) being that of F = (0.69, 0.69) at β = 1. A p with a zero, such as (1, 0), is the Gibbs distribution of no finite energies.",
			Verdict: result.NotCheckable,
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
