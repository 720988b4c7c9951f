package theory

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// isSo finds whether something is so of a number.
func isSo(so func(c int) bool) func(int) finding {
	return func(c int) finding { return that("the number", so(c), c, "another") }
}

// divides returns the clause that n divides a number.
func divides(n int) clause[int] {
	return clause[int]{fmt.Sprintf("%d divides it", n), func(c int) bool { return c%n == 0 }}
}

// sixths states of the numbers up to 99 that 6 divides them, under the condition that 2 and 3 do.
func sixths() statement[int] {
	return statement[int]{
		cases: []int{0, 1, 2, 3, 4, 5, 6, 7}, draw: func(t *rapid.T) int { return rapid.IntRange(0, 99).Draw(t, "c") }, show: func(c int) string { return fmt.Sprint(c) },
		reach:     map[string]func(int) bool{"above 9": func(c int) bool { return c > 9 }},
		printed:   isSo(divides(6).met),
		condition: []clause[int]{divides(2), divides(3)},
		corrected: isSo(func(c int) bool { return c < 100 }),
		faulty:    isSo(divides(12).met),
		also:      []func(int) finding{isSo(divides(18).met)},
	}
}

// tens states of numbers from 0 to 99 that they are below 10, and of others nothing.
func tens() statement[int] {
	s := sixths()
	s.cases, s.condition, s.also = nil, nil, nil
	s.printed, s.faulty = isSo(func(c int) bool { return c < 10 }), isSo(func(c int) bool { return c < 50 })
	return s
}

// TestExamine: what is found of a statement, and what trouble there is with one of which something else is said.
func TestExamine(t *testing.T) {
	e := sixths().examine(1, 1000)
	if e.trouble != "" || e.verdict != result.HoldsIf || e.cases != 1008 || e.random != 1000 {
		t.Errorf("%q, %q of %d cases", e.verdict, e.trouble, e.cases)
	}
	if e.example.Case != "2" || e.fault.Case != "6" || len(e.beyond) != 2 || e.beyond[0].Part != "2 divides it" || e.beyond[0].Small.Case != "3" || e.beyond[1].Small.Case != "2" {
		t.Errorf("it fails at %v, its fault at %v, just beyond its condition %v", e.example, e.fault, e.beyond)
	}
	cases, gen := sixths().cases, rapid.Custom(sixths().draw)
	for seed := range uint64(1000) {
		cases = append(cases, draw.Example(gen, 1+seed))
	}
	sides, above := map[string]int{}, 0
	for _, c := range cases {
		sides[side(sixths().printed(c).truth, c%6 == 0)]++
		if c > 9 {
			above++
		}
	}
	if !maps.Equal(e.sides, sides) || !maps.Equal(e.instead, sides) || e.strata["above 9"] != above {
		t.Errorf("sides %v and %v, want %v; %d are above 9, want %d", e.sides, e.instead, sides, e.strata["above 9"], above)
	}
	if e := tens().examine(1, 1000); e.trouble != "" || e.verdict != result.IsRefuted || e.example.Case != "10" || len(e.fault.Case) != 2 {
		t.Errorf("%q, %q: it fails at %v, its fault at %v", e.verdict, e.trouble, e.example, e.fault)
	}

	never := clause[int]{"never", func(int) bool { return false }}
	four := clause[int]{"it is 4", func(c int) bool { return c == 4 }}
	odd := clause[int]{"it is odd", func(c int) bool { return c%2 == 1 }}
	unless := func(c int, truth truth, f func(int) finding) func(int) finding {
		return func(d int) finding {
			if c == d {
				return finding{truth: truth}
			}
			return f(d)
		}
	}
	for _, test := range []struct {
		what, trouble string
		change        func(s *statement[int])
	}{
		{"nothing", "", func(s *statement[int]) {}},
		{"true elsewhere", "what is printed is true beyond the condition, too: 4", func(s *statement[int]) { s.printed = unless(4, yes, s.printed) }},
		{"false within", "although the condition is met", func(s *statement[int]) { s.printed = unless(6, no, s.printed) }},
		{"not decided", "not decided at this precision: 5", func(s *statement[int]) { s.printed = unless(5, undecided, s.printed) }},
		{"not decided instead", "the corrected statement fails: 5", func(s *statement[int]) { s.corrected = unless(5, undecided, s.corrected) }},
		{"false instead", "the corrected statement fails: 5", func(s *statement[int]) { s.corrected = unless(5, no, s.corrected) }},
		{"nothing is said instead", "says nothing on any case", func(s *statement[int]) { s.corrected = func(int) finding { return nothing("") } }},
		{"nothing is said", "says nothing on more than half", func(s *statement[int]) {
			s.printed = func(int) finding { return nothing("") }
			s.printed = unless(0, yes, s.printed)
		}},
		{"no fault", "no wrong variant is planted", func(s *statement[int]) { s.faulty = nil }},
		{"a fault that is none", "was not refuted", func(s *statement[int]) { s.faulty = isSo(divides(3).met) }},
		{"one more that is none", "1 more planted", func(s *statement[int]) { s.also = append(s.also, isSo(divides(3).met)) }},
		{"a clause too many", "just beyond any", func(s *statement[int]) {
			s.condition = append(s.condition, clause[int]{"any", func(int) bool { return true }})
		}},
		{"a clause that another has", "just beyond 2 divides it", func(s *statement[int]) { s.condition = append(s.condition, divides(6)) }},
		{"a stratum that is none", "reached the stratum never", func(s *statement[int]) { s.reach["never"] = never.met }},
		{"an accident", "", func(s *statement[int]) { s.printed, s.accident = unless(4, yes, s.printed), []clause[int]{four} }},
		{"an accident that is none", `"never" excuses nothing`, func(s *statement[int]) { s.accident = []clause[int]{never} }},
		{"an accident too large", `"it is odd" would excuse`, func(s *statement[int]) {
			s.printed, s.accident = unless(5, yes, s.printed), []clause[int]{odd}
		}},
		{"one that may be", "", func(s *statement[int]) { s.printed, s.perhaps = unless(5, yes, s.printed), []clause[int]{odd} }},
		{"accidents that are all", "cases that fail beyond the condition accidents would excuse", func(s *statement[int]) {
			s.printed, s.perhaps = unless(5, yes, s.printed), []clause[int]{{"any", func(int) bool { return true }}}
		}},
		{"tight", "no: 1: the number: 1 as another?", func(s *statement[int]) {
			s.tight = func(c int, p finding) string { return map[bool]string{true: "no"}[p.truth == no] }
		}},
		{"tight, not beyond", "", func(s *statement[int]) {
			s.printed, s.tight = unless(4, yes, s.printed), func(int, finding) string { return "" }
		}},
	} {
		s := sixths()
		test.change(&s)
		if e := s.examine(1, 1000); (test.trouble == "") != (e.trouble == "") || !strings.Contains(e.trouble, test.trouble) {
			t.Errorf("%s: trouble %q, want %q", test.what, e.trouble, test.trouble)
		}
	}
}

// TestExamineFew: of a few cases less is asked.
func TestExamineFew(t *testing.T) {
	s := sixths()
	s.reach["never"] = func(int) bool { return false }
	s.accident = []clause[int]{{"never", func(int) bool { return false }}}
	if e := s.examine(1, 100); e.trouble != "" || e.strata["never"] != 0 || len(e.strata) != 2 {
		t.Errorf("of a hundred cases: %q, strata %v", e.trouble, e.strata)
	}
}

// TestProbe: a probe ends where it is contradicted, and where its fault is seen; no fault is asked for, and nothing is shown.
func TestProbe(t *testing.T) {
	s := sixths()
	s.cases = []int{0, 3, 30, 2, 18}
	if e := s.examine(1, 1000); e.fault == nil || e.fault.Case != "18" { // the smallest of the special cases
		t.Errorf("its fault fails at %v", e.fault)
	}
	s = sixths()
	s.probe = true
	if e := s.examine(1, 100); e.trouble != "" || e.cases != 7 || e.fault == nil || e.fault.Case != "6" {
		t.Errorf("with a fault: %q after %d cases, %v", e.trouble, e.cases, e.fault)
	}
	s.faulty, s.also = nil, []func(int) finding{isSo(divides(3).met)}
	s.accident = []clause[int]{{"never", func(int) bool { return false }}}
	if e := s.examine(1, 1000); e.trouble != "" || e.cases != 1008 || e.fault != nil || e.beyond != nil || e.example != nil || e.verdict != result.HoldsIf {
		t.Errorf("without one: %q after %d cases, %q", e.trouble, e.cases, e.verdict)
	}
	s.printed = isSo(divides(12).met)
	if e := s.examine(1, 100); e.trouble != "the printed form fails: 6" {
		t.Errorf("false within: %q", e.trouble)
	}
	s = tens()
	s.probe, s.faulty = true, nil
	if e := s.examine(1, 100); e.trouble != "" || e.verdict != result.IsRefuted || e.example != nil {
		t.Errorf("with what is true instead: %q, %q", e.trouble, e.verdict)
	}
	s.corrected = nil
	if e := s.examine(1, 100); !strings.HasPrefix(e.trouble, "the printed form fails: ") {
		t.Errorf("without: %q", e.trouble)
	}
}

// TestShrink: where no special case fails, the random one is made as small as it can be, by the draw that gave it.
func TestShrink(t *testing.T) {
	for seed := range uint64(8) { // the first one, where it fails
		s := tens()
		s.draw, s.corrected = func(t *rapid.T) int { return rapid.IntRange(0, 1_000_000).Draw(t, "c") }, nil
		if e := s.examine(seed, 1); e.example != nil && (e.example.Case != "10" || e.example.Got != "10") {
			t.Errorf("shrunk to %v", e.example)
		}
		s.cases = []int{9, 11}
		if e := s.examine(seed, 1); e.example.Case != "11" {
			t.Errorf("a special case is shown as %v", e.example)
		}
	}
	pair := func(t *rapid.T) [2]int {
		return [2]int{rapid.IntRange(0, 1_000_000_000).Draw(t, "a"), rapid.IntRange(0, 1_000_000_000).Draw(t, "b")}
	}
	const seed = 3
	shrunk := 0
	for i := range uint64(20) {
		c := draw.Example(rapid.Custom(pair), seed+i)
		if c[0] < 1000 || c[1] == 0 { // other draws may have it
			continue
		}
		s := statement[[2]int]{
			cases: make([][2]int, 5), draw: pair, show: func(c [2]int) string { return fmt.Sprint(c) },
			printed: func(d [2]int) finding { return that("a", d[0] != c[0], d[0], "another") },
		}
		if e := s.examine(seed, 20); e.example == nil || e.example.Case != fmt.Sprint([2]int{c[0], 0}) {
			t.Errorf("%v is shrunk to %v", c, e.example)
		}
		shrunk++
	}
	if shrunk == 0 {
		t.Error("none was shrunk")
	}
}

// TestExcuses: how often accidents are met is counted, and what explains nothing is doubted.
func TestExcuses(t *testing.T) {
	e := excuse{alone: make([]int, 3), fails: make([]int, 3)}
	for _, test := range []struct {
		met  []bool
		p    truth
		want bool
	}{
		{[]bool{true, false, false}, yes, true}, {[]bool{false, true, false}, yes, true}, {[]bool{true, true, false}, yes, true},
		{[]bool{false, false, false}, yes, false}, {[]bool{false, false, true}, yes, true}, {[]bool{false, false, true}, undefined, true},
		{[]bool{false, false, true}, no, true}, {[]bool{true, false, true}, no, true}, {[]bool{false, false, false}, no, false},
	} {
		if got := e.excused(test.met, test.p); got != test.want {
			t.Errorf("%v where it is %d: excused %v", test.met, test.p, got)
		}
	}
	if !slices.Equal(e.alone, []int{1, 1, 1}) || !slices.Equal(e.fails, []int{1, 0, 2}) || e.failing != 3 || e.excusable != 2 {
		t.Errorf("counted %+v", e)
	}
	name := func(i int) string { return string(rune('a' + i)) }
	for _, test := range []struct {
		e     excuse
		exact int
		doubt string
	}{
		{excuse{[]int{1, 1}, []int{0, 3}, 4, 3}, 1, ""},
		{excuse{[]int{1, 1}, []int{0, 4}, 5, 4}, 1, "of 5 cases that fail beyond the condition accidents would excuse 4"},
		{excuse{[]int{1, 1}, []int{1, 1}, 4, 2}, 1, `the accident "a" would excuse 1 cases`},
		{excuse{[]int{1, 1}, []int{0, 0}, 4, 0}, 1, `the accident "b" is met in no case that fails`},
		{excuse{[]int{1, 0}, []int{0, 1}, 4, 1}, 1, `the accident "b" excuses nothing`},
		{excuse{[]int{1, 1}, []int{0, 0}, 4, 0}, 2, ""},
	} {
		if got := test.e.doubt(test.exact, name); (test.doubt == "") != (got == "") || !strings.HasPrefix(got, test.doubt) {
			t.Errorf("%+v: doubt %q, want %q", test.e, got, test.doubt)
		}
	}
	clauses := []clause[int]{divides(2), divides(3), divides(5)}
	for c, want := range map[int][2]int{30: {0, 0}, 15: {1, 0}, 6: {1, 2}, 10: {1, 1}, 2: {2, 2}, 7: {3, 2}} {
		if n, last := broken(clauses, c); n != want[0] || last != want[1] {
			t.Errorf("%d breaks %d, the last %d; want %v", c, n, last, want)
		}
	}
}

// found is a statement that was examined.
type found examination

func (f found) examine(uint64, int) examination { return examination(f) }

// TestOutcomes: a line of the ledger passes where the check arrives at what is stated, on as many cases as were promised.
func TestOutcomes(t *testing.T) {
	of := func(s checker) Claim {
		return Claim{Claim: result.Claim{ID: "x", Refs: []string{"none"}, Why: "so", Verdict: result.Holds}, Statement: s}
	}
	for _, test := range []struct {
		statement checker
		outcome   result.Outcome
		why       string
	}{
		{nil, result.Passed, "so"},
		{found{verdict: result.Holds, cases: 9}, result.Passed, "so"},
		{found{verdict: result.Holds, cases: 10}, result.Passed, "so"},
		{found{verdict: result.Holds, cases: 8}, result.NotRun, "8 cases ran, 9 were promised"},
		{found{verdict: result.HoldsIf, cases: 9}, result.Refuted, `the ledger says "holds", the check arrived at "holds-if"`},
		{found{verdict: result.Holds, cases: 9, trouble: "it is none"}, result.Refuted, "it is none"},
	} {
		c := of(test.statement)
		r := c.Examine(1, 9)
		if r.Outcome != test.outcome || r.Why != test.why || r.Verdict != result.Holds {
			t.Errorf("%+v: %s, %q, want %s, %q", test.statement, r.Outcome, r.Why, test.outcome, test.why)
		}
	}
	e := found{verdict: result.Holds, cases: 9, strata: map[string]int{"a": 1}, sides: map[string]int{"b": 1},
		example: &result.Counterexample{Case: "c"}, beyond: []result.Beyond{{Part: "d"}}, fault: &result.Counterexample{Case: "e"}}
	c := of(e)
	Theorems = append(Theorems, Theorem{name: "x", refs: "none", says: "m = m + 1"})
	r := c.Examine(1, 9)
	if Theorems = Theorems[:len(Theorems)-1]; r.Outcome != result.Refuted || !strings.Contains(r.Why, "x") {
		t.Errorf("a theorem without a proof: %s, %q", r.Outcome, r.Why)
	}
	c.Paths = func() []result.Path { return []result.Path{{By: "f"}} }
	if r := c.Examine(1, 9); r.Cases != 9 || r.Strata["a"] != 1 || r.Sides["b"] != 1 || r.Small.Case != "c" || r.Beyond[0].Part != "d" || r.Planted.Case != "e" || r.Paths[0].By != "f" || r.Evidence != result.Trained {
		t.Errorf("what was found is told as %+v", r)
	}
}

// TestCounterexample: how a case, and what is compared in it, are shown.
func TestCounterexample(t *testing.T) {
	s := sixths()
	third := x(1).Div(x(3))
	for _, test := range []struct {
		f                    finding
		got, want, enclosure string
	}{
		{that("", false, 3, "another"), "3", "another", ""},
		{less("", x(2), x(0.5)), "2", "0.5", ""},
		{equal("", x(1).Sub(x(1)), x(1)), "0", "1", ""},
		{finding{left: x(2), right: "what is below"}, fmt.Sprint(x(2)), "what is below", ""},
		{finding{left: "what is below", right: x(2)}, "what is below", fmt.Sprint(x(2)), ""},
		{equal("", third, x(1)), "0.3333333333333333", "1", third.String() + " and " + x(1).String()},
		{equal("", x(1), third), "1", "0.3333333333333333", x(1).String() + " and " + third.String()},
		{within("", x(2), x(0).Hull(x(1))), "2", "[0, 1]", "[2, 2] and [0, 1]"},
	} {
		test.f.what, test.f.rel = "it", "<"
		if e := s.counterexample(7, test.f); e.Case != "7" || e.What != "it" || e.Relation != "<" || e.Got != test.got || e.Want != test.want || e.Enclosure != test.enclosure {
			t.Errorf("%v is shown as %+v", test.f, e)
		}
	}
	for f, want := range map[string]exact.Interval{"1": x(1).Hull(x(1).Add(x(0x1p-53))), "[1, 1.0000000000000003]": x(1).Hull(x(1).Add(x(0x1p-52)))} {
		if got := number(want); got != f {
			t.Errorf("%v is shown as %s, want %s", want, got, f)
		}
	}
	for _, test := range []struct {
		truth
		inside bool
		want   string
	}{{yes, true, "holds"}, {no, true, "fails"}, {undefined, false, "says nothing outside"}, {undecided, true, "undecided"}, {no, false, "fails outside"}} {
		if got := side(test.truth, test.inside); got != test.want {
			t.Errorf("%d, inside %v: %q, want %q", test.truth, test.inside, got, test.want)
		}
	}
}
