package theory

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
)

// statedOver returns the statement of the claim with this reference, over cases of type C.
func statedOver[C any](t *testing.T, ref string) statement[C] {
	t.Helper()
	for _, c := range slices.Concat(Claims, Others) {
		if s, ok := c.Statement.(statement[C]); ok && c.Reference() == ref {
			return s
		}
	}
	t.Fatalf("%s is not stated over such cases", ref)
	return statement[C]{}
}

// red reports that the examination of a statement, changed, has not the trouble that the change should make.
func red(t *testing.T, what, trouble string, s checker) {
	t.Helper()
	if e := s.examine(1, 1000); !strings.Contains(e.trouble, trouble) {
		t.Errorf("%s: trouble %q, want %q", what, e.trouble, trouble)
	}
}

// TestPlanted: a change that makes a statement or its check say something else is seen. (The condition that is met in one
// case in 17 of those where it was, for every claim, is TestClauses; the correction that is the misprint is
// TestFormulasFail.)
func TestPlanted(t *testing.T) {
	s1 := statedOver[circle](t, "C01")
	squares := func(c circle, y []exact.Interval) exact.Interval {
		s := x(c.X).Sqr().Sub(x(1))
		for _, v := range y {
			s = s.Add(v.Sqr())
		}
		return s
	}
	s1.printed = func(c circle) finding {
		return c.answers(func(y ...exact.Interval) exact.Interval { return squares(c, y).Sqr().Neg() })
	}
	red(t, "C01, a maximum", "the printed form fails", s1)
	s1.printed = func(c circle) finding {
		return c.answers(func(y ...exact.Interval) exact.Interval { return squares(c, y) })
	}
	red(t, "C01, no extremum", "the printed form fails", s1)

	s5 := statedOver[landscape](t, "C05")
	s5.condition = []clause[landscape]{{"a parabola", func(c landscape) bool { return c.Terrain == parabola }}}
	red(t, "C05, of one parabola", "beyond the condition", s5)
	s5 = statedOver[landscape](t, "C05")
	last := len(s5.condition) - 1
	s5.condition = slices.Clone(s5.condition)
	s5.condition[last].met = func(c landscape) bool { return c.Terrain != twoWells }
	red(t, "C05, of any ties", "the printed form fails although the condition is met", s5)
	s5.condition[last].met = func(c landscape) bool { return !c.tied() }
	red(t, "C05, of two wells", "the printed form fails although the condition is met", s5)
	s5 = statedOver[landscape](t, "C05")
	s5.accident = s5.accident[:1]
	red(t, "C05, of no ties above the least", "beyond the condition", s5)

	s14 := statedOver[renamed](t, "C14")
	accident := s14.accident
	s14.accident = []clause[renamed]{{"anything", func(renamed) bool { return true }}}
	red(t, "C14, all excused", "would excuse", s14)
	s14.accident = append(slices.Clone(accident), clause[renamed]{"nothing", func(renamed) bool { return false }})
	red(t, "C14, an accident that never is", "excuses nothing", s14)

	s69 := statedOver[third](t, "C69")
	s69.printed = s69.also[0]
	red(t, "C69, ȳ sought", "the printed form fails", s69)

	s15 := statedOver[frozen](t, "C15")
	s15.condition = append(slices.Clone(s15.condition), clause[frozen]{"no continuum", func(c frozen) bool { return c.On != reals }})
	red(t, "C15, of no continuum", "beyond the condition", s15)

	s20 := statedOver[lesson](t, "C20")
	still := func(c lesson) lesson {
		if c.Family.collapses() {
			c.Steps = 0
		}
		return c
	}
	of := s20.draw
	s20.draw = func(t *rapid.T) lesson { return still(of(t)) }
	s20.cases = slices.Clone(s20.cases)
	for i, c := range s20.cases {
		s20.cases[i] = still(c)
	}
	red(t, "C20, no step where the family collapses", "reached the stratum", s20)

	_, f26 := claimed(t, "C26")
	f26.condition = "mu >= 2"
	red(t, "C26, of answers that count twice", "beyond the condition", f26)
	_, f73 := claimed(t, "C73")
	f73.only = []string{"F[y] - F[ybar] > 15"}
	red(t, "C73, true only where F − F̄ > 15", "should be true", f73)
	for ref, left := range map[string]string{
		"C37": "D(exp(-beta*F[y]), W)", "C12": "D(-sum(j: p[j]*log(p[j])), beta)", "C51": "F[y]",
		"C72": "D(log(1 + exp(F[y] - F[ybar])), F[y])", "C56": "D(pos(m - F[ybar]), W)",
	} {
		_, f := claimed(t, ref)
		f.corrected, f.misprint, f.fault = left+" = "+left, "", left+" < "+left
		red(t, ref+", the correction is x = x", "what is true instead says nothing", f)
	}
}

// TestLaws: each of the wrong laws beside the Gibbs distribution is refuted by one part of the statement, and by no other:
// without that part it would not be refuted, which is seen.
func TestLaws(t *testing.T) {
	s := statedOver[domain](t, "C10")
	gen := rapid.Custom(s.draw)
	if f := (domain{Table: table{F: []float64{0, 1.25}, Beta: 1}}).instead(straight); f.what != "p ≥ 0" || f.truth != no { // p = (9/8, −1/8)
		t.Error(f)
	}
	for i, part := range []string{"p ≥ 0", "p of F − F_y against p of F"} {
		refuted := 0
		for k := range uint64(500) {
			d := draw.Example(gen, k)
			if n, _ := broken(s.condition, d); n > 0 {
				continue
			}
			if f := s.also[i](d); f.truth == no {
				if refuted++; f.what != part {
					t.Errorf("law %d: refuted by %v in %v", i, f, d)
				}
			}
		}
		if refuted < 50 {
			t.Errorf("law %d: refuted in %d cases of 500", i, refuted)
		}
		without := s
		without.also = append([]func(domain) finding{func(domain) finding { return finding{truth: yes} }}, s.also...)
		red(t, "C10 without "+part, "1 more planted", without)
	}
}

// TestSpread holds the second loss of a spread table to the mean of sin² at 8 points, which is that of the continuum, and of
// classes to Z, which is larger by a share of itself.
func TestSpread(t *testing.T) {
	mean := 0.0
	for k := range 8 {
		mean += math.Pow(math.Sin(math.Pi*float64(k)/8), 2) / 8
	}
	for _, dip := range []float64{0.01, 1, 4} {
		for _, beta := range []float64{0.5, 1, 3} {
			for _, continuum := range []bool{true, false} {
				c := spread{table{F: []float64{0, 1, -2}, Beta: beta}, continuum, dip}
				more := dip
				if continuum {
					more *= mean
				}
				got, want := c.loss(dip).Sub(c.loss(0)).Mid(), math.Log1p(more)/beta
				if !(math.Abs(got-want) <= 16*0x1p-53*math.Abs(want)) { // eight squares and a sum, a logarithm and a quotient
					t.Errorf("%v: the losses differ by %v, not by %v", c, got, want)
				}
			}
		}
	}
}
