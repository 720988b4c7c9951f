package theory

import (
	"fmt"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Energies against probabilities: which of the two a model gives out, and what one says of the other.
var intuitionScores = []Claim{
	{
		Claim: result.Claim{
			ID: "energy.softargmax", Refs: []string{"C06", "I80"}, Where: "SOURCE 1.1(b), sentence 1",
			Says:      "An energy-based model does not use softargmax: its scores are not normalised, Z ≠ 1.",
			Printed:   "Energy based model doesn't use softargmax to produce probability distribution",
			Formula:   "F = −s: Z ≠ 1;  F = −(1/β) ln softargmax_β(s): Z = 1, and the same p",
			Condition: "the scores go in as they are (two or more of them, βs rational: then Z is never 1 by accident)",
			Fault:     "“must” for “need not”: Z = 1",
			Why:       "It need not, but it may: F = −(1/β) ln softargmax_β(s) is an energy too, with Z = 1 and the same p as −s. Softargmax adds the same number, (1/β) ln Z, to all energies; for s = (0, 0) at β = 1 it turns −(0, 0) into (0.69, 0.69).",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[scored]{
			cases: scores(),
			draw: func(t *rapid.T) scored {
				c := scored{Beta: rapid.SampledFrom(betas[:7]).Draw(t, "β"), Normal: rapid.Bool().Draw(t, "normalised")}
				for range rapid.IntRange(2, 3).Draw(t, "n") {
					c.S = append(c.S, decimal(t, 999, "s"))
				}
				return c
			},
			show: scored.String,
			reach: map[string]func(scored) bool{
				"raw":        func(c scored) bool { return !c.Normal },
				"softargmax": func(c scored) bool { return c.Normal },
			},
			printed:   func(c scored) finding { return not(c.normalised()) },
			condition: []clause[scored]{{"the scores are left as they are", func(c scored) bool { return !c.Normal }}},
			corrected: func(c scored) finding {
				if !c.Normal {
					return nothing("no softargmax")
				}
				before, after := exact.GibbsOf(x(c.Beta), c.raw()), exact.GibbsOf(x(c.Beta), c.energies())
				return equal("p of the first answer, without and with softargmax", before[0], after[0])
			},
			faulty: scored.normalised,
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
			Condition: "p(y|x) = 0 for some y, and energies are finite",
			Fault:     "with its zeros replaced by 1/1000, p is the Gibbs distribution of −(1/β) ln p",
			Why:       "A model that produces p > 0 produces energies as well: p = (½, ½) is that of F = (0.69, 0.69) at β = 1. Only a p with a zero, such as (1, 0) or (½, ½, 0), is the Gibbs distribution of no finite energies.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[shares]{
			cases: shareTables(),
			draw: func(t *rapid.T) shares {
				c := shares{Beta: rapid.SampledFrom(betas).Draw(t, "β")}
				for range rapid.IntRange(1, 6).Draw(t, "n") {
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

// scored are a classifier's scores: F = −s or, if Normal, F = −(1/β) ln softargmax_β(s).
type scored struct {
	S      []float64
	Beta   float64
	Normal bool
}

func (c scored) String() string {
	if c.Normal {
		return fmt.Sprintf("F = −(1/β) ln softargmax_β(%s), β=%s", list(c.S), result.Decimal(c.Beta))
	}
	return fmt.Sprintf("F = −(%s), β=%s", list(c.S), result.Decimal(c.Beta))
}

// raw returns −s.
func (c scored) raw() []exact.Interval {
	F := xs(c.S)
	for i := range F {
		F[i] = F[i].Neg()
	}
	return F
}

func (c scored) energies() []exact.Interval {
	if !c.Normal {
		return c.raw()
	}
	return minusLog(x(c.Beta), exact.GibbsOf(x(c.Beta), c.raw()))
}

// minusLog returns the energies −(1/β) ln p.
func minusLog(beta exact.Interval, p []exact.Interval) []exact.Interval {
	F := make([]exact.Interval, len(p))
	for i := range p {
		F[i] = p[i].Log().Div(beta).Neg()
	}
	return F
}

// normalised finds whether Z = 1, as after a softargmax.
func (c scored) normalised() finding {
	return equal("Z against 1", exact.Partition(x(c.Beta), c.energies()), x(1))
}

// scores keeps to n ≥ 2: a single energy of 0 is normalised without anybody's doing. So would two of ln 2 be, but ln 2 is
// no float64: for rational βs and n ≥ 2, Σe^{βs} = e⁰ is excluded by the theorem of Lindemann and Weierstrass.
func scores() []scored {
	var cs []scored
	for _, beta := range []float64{1, 2} {
		for S := range draw.Vectors(2, []float64{0, 1, -1, 5}) {
			s := append([]float64(nil), S...)
			cs = append(cs, scored{s, beta, true}, scored{s, beta, false})
		}
	}
	return cs
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
