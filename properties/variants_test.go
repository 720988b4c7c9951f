package properties_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A variant is a loss by its formula, and code for it: in ways that are right, and in some
// that are wrong, of which those after a ! are right but for the digits that they lose. The
// energy of the correct answer is the first.
type variant struct {
	name, formula string
	ranges        []properties.Range
	right, wrong  string // ways, divided by ;
	f64           way[float64]
	f32           way[float32]
}

type way[T float] func(F []*num[T], at func(string) T, way string) *num[T]

// from is the range of a parameter.
func from(lo, hi float64, names ...string) (rs []properties.Range) {
	for _, name := range names {
		rs = append(rs, properties.Range{Name: name, Lo: lo, Hi: hi})
	}
	return rs
}

// answer is what f answers to c.
func answer[T float](c op.Call, f way[T], named string) op.Reply {
	t, at := &tape[T]{}, map[string]T{}
	for _, q := range c.Op.Row().Params {
		at[q.Name] = T(q.Of(c))
	}
	F := make([]*num[T], len(c.Energies))
	for i, x := range c.Energies {
		F[i] = t.put(T(x))
	}
	F[0], F[c.Answer] = F[c.Answer], F[0]
	a := f(F, func(name string) T { return at[name] }, named)
	t.slopes(a)
	r := op.Reply{Value: float64(a.v), Grad: make([]float64, len(F))}
	for i, x := range F {
		r.Grad[i] = float64(x.d)
	}
	r.Grad[0], r.Grad[c.Answer] = r.Grad[c.Answer], r.Grad[0]
	return r
}

// subject is one way, as a subject in p.
func (v variant) subject(o op.Op, p op.Precision, way string) op.Subject {
	s := properties.Funcs(way, map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply {
		if p == op.Float64 {
			return answer(c, v.f64, way)
		}
		return answer(c, v.f32, way)
	}})
	s.Precision = p
	return s
}

// judged puts the cases of o in r and p to the ways, to those that are wrong until they are refuted, and returns the claims
// that refute them, with the worst case.
func (v variant) judged(o op.Op, r judge.Regime, p op.Precision, ways, wrong []string, cases judge.Cases) map[string]string {
	var subjects []op.Subject
	var tallies [][]*judge.Tally
	for i, way := range ways {
		subjects = append(subjects, v.subject(o, p, way))
		tallies = append(tallies, judge.Tallies(judge.About(o, r), r, subjects[i]))
	}
	stop := func(i int) bool { return slices.Contains(wrong, ways[i]) && firstOf(tallies[i]) > 0 }
	for i, a := range cases.Ask(subjects, stop) {
		for _, tally := range tallies[i] {
			tally.Add(a)
		}
		if len(ways) == 1 && stop(0) {
			break
		}
	}
	refuted := map[string]string{}
	for i, way := range ways {
		for _, tally := range tallies[i] {
			if spent, on := tally.Spent(result.Required); tally.Refuted() == result.Required {
				refuted[way] = fmt.Sprintf("%s in %s: %.3g on %v", tally.Claim(), r, spent, on)
			}
		}
	}
	return refuted
}

// thin is of how many cases of the grid, and of the calls of -calls, one is put to the variants that are right.
var thin = flag.Int("thin", 3000, "one in so many cases of the grid is asked of each right variant; of tame and wide, which random calls reach, if less than 1000")

// TestVariantsEverywhere: a variant that is right is never refuted at REQUIRED, in the grid, on extreme calls and on odd ones either.
func TestVariantsEverywhere(t *testing.T) {
	regimes := []judge.Regime{judge.Extreme, judge.NonFinite}
	if *thin < 1000 {
		regimes = judge.Regimes
	}
	for _, v := range variants {
		o := properties.Define("variant_"+v.name, v.formula, v.ranges...)
		ways := strings.Split(v.right, "; ")
		for _, p := range []op.Precision{op.Float64, op.Float32} {
			t.Run(fmt.Sprintf("%s/%s", v.name, p), func(t *testing.T) {
				t.Parallel()
				for _, r := range regimes {
					cases := judge.NewCases(o, r, p, 1, *ownCalls / *thin).Thinned(*thin)
					for way, by := range v.judged(o, r, p, ways, nil, cases) {
						t.Errorf("%s is right, and refuted by %s", way, by)
					}
				}
			})
		}
	}
}

// TestVariants: a loss that is written in its right ways, and differentiated by itself or by
// hand, is never refuted at REQUIRED, and in its wrong ways always, within 500 calls a regime.
func TestVariants(t *testing.T) {
	calls := *ownCalls / 60
	for _, v := range variants {
		o := properties.Define("variant_"+v.name, v.formula, v.ranges...)
		right, wrong := strings.Split(v.right, "; "), strings.Split(v.wrong, "; ")
		for _, p := range []op.Precision{op.Float64, op.Float32} {
			t.Run(fmt.Sprintf("%s/%s", v.name, p), func(t *testing.T) {
				t.Parallel()
				regimes, found := []judge.Regime{judge.Tame, judge.Wide}, map[string]bool{}
				for _, r := range regimes {
					for way, by := range v.judged(o, r, p, slices.Concat(right, wrong), wrong, judge.RandomCases(o, r, p, 1, 0, calls)) {
						if found[way] = true; !slices.Contains(wrong, way) {
							t.Errorf("%s is right, and refuted by %s", way, by)
						}
					}
				}
				for _, way := range wrong {
					for _, r := range regimes {
						found[way] = found[way] || len(v.judged(o, r, p, []string{way}, wrong, judge.RandomCases(o, r, p, 1, calls, 500))) > 0
					}
					if !found[way] {
						t.Errorf("%s is wrong, and not refuted", way)
					}
				}
			})
		}
	}
}
