package theory

import (
	"strings"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// TestSettle holds the computing of a verdict to its rules: what may be
// concluded from the counts, and that a check which was not seen to fail is
// no check.
func TestSettle(t *testing.T) {
	fault := &result.Counterexample{Case: "c"}
	for _, test := range []struct {
		name                           string
		sides                          map[string]int
		fault                          *result.Counterexample
		strata, instead                map[string]int
		conditional, corrected, faulty bool
		verdict                        result.Verdict
		trouble                        string
	}{
		{"all hold", map[string]int{"holds": 9}, fault, nil, nil, false, false, true, result.Holds, ""},
		{"nothing planted", map[string]int{"holds": 9}, nil, nil, nil, false, false, false, result.Holds, "no wrong variant"},
		{"planted survives", map[string]int{"holds": 9}, nil, nil, nil, false, false, true, result.Holds, "was not refuted"},
		{"fails, corrected", map[string]int{"holds": 9, "fails": 1}, fault, nil, map[string]int{"fails": 1}, false, true, true, result.IsRefuted, ""},
		{"fails, corrected, nothing planted", map[string]int{"holds": 9, "fails": 1}, nil, nil, map[string]int{"fails": 1}, false, true, false, result.IsRefuted, "no wrong variant"},
		{"fails, corrected elsewhere", map[string]int{"holds": 9, "fails": 1}, nil, nil, map[string]int{"holds": 9}, false, true, false, "", "says nothing where"},
		{"holds, more says nothing", map[string]int{"holds": 9}, fault, nil, nil, false, true, true, result.Holds, "true besides"},
		{"fails, fault of the correction survives", map[string]int{"holds": 9, "fails": 1}, nil, nil, map[string]int{"fails": 1}, false, true, true, result.IsRefuted, "was not refuted"},
		{"fails, nothing instead", map[string]int{"holds": 9, "fails": 1}, nil, nil, nil, false, false, false, "", "no corrected statement"},
		{"fails outside only", map[string]int{"holds": 9, "fails outside": 1}, fault, nil, nil, true, false, true, result.HoldsIf, ""},
		{"fails inside too", map[string]int{"holds": 9, "fails": 1, "fails outside": 1}, fault, nil, nil, true, false, true, "", "although the condition is met"},
		{"no other side", map[string]int{"holds": 9, "holds outside": 3}, fault, nil, nil, true, false, true, "", "without the condition"},
		{"only outside", map[string]int{"fails outside": 3}, fault, nil, nil, true, false, true, "", "although the condition"},
		{"says nothing", map[string]int{"says nothing": 3}, fault, nil, nil, false, false, true, "", "said nothing"},
		{"says nothing too often", map[string]int{"holds": 1, "holds outside": 1, "says nothing outside": 3}, fault, nil, nil, false, false, true, "", "more than half"},
		{"says nothing too often within", map[string]int{"holds": 1, "says nothing": 3}, fault, nil, nil, false, false, true, "", "more than half"},
		{"says nothing of half", map[string]int{"holds": 1, "fails": 1, "holds outside": 1, "says nothing": 3}, fault, nil, map[string]int{"fails": 1}, false, true, true, result.IsRefuted, ""},
		{"holds once", map[string]int{"holds": 1, "fails outside": 9}, fault, nil, nil, true, false, true, result.HoldsIf, ""},
		{"stratum reached", map[string]int{"holds": 2499}, fault, map[string]int{"tie": 4}, nil, false, false, true, result.Holds, ""},
		{"stratum missed", map[string]int{"holds": 1000}, fault, map[string]int{"tie": 0}, nil, false, false, true, "", "stratum tie"},
		{"too few for a stratum", map[string]int{"holds": 999}, fault, map[string]int{"tie": 0}, nil, false, false, true, result.Holds, ""},
		{"stratum all but missed", map[string]int{"holds": 2000}, fault, map[string]int{"tie": 3}, nil, false, false, true, "", "3 cases of 2000 reached the stratum tie, want 4"},
	} {
		cases := 0
		for _, n := range test.sides {
			cases += n
		}
		e := examination{cases: cases, random: cases, sides: test.sides, strata: test.strata, instead: test.instead, fault: test.fault}
		e.settle(test.conditional, test.corrected)
		e.doubt(test.corrected, test.faulty, true)
		if e.verdict != test.verdict || (test.trouble == "") != (e.trouble == "") || !strings.Contains(e.trouble, test.trouble) {
			t.Errorf("%s: verdict %q, trouble %q; want %q, %q", test.name, e.verdict, e.trouble, test.verdict, test.trouble)
		}
	}
}

// TestFindings holds the joining and turning of findings: one that is not
// decided is not lost beside one that says nothing, and an interval of which
// nothing is known decides nothing.
func TestFindings(t *testing.T) {
	of := func(k truth) finding { return finding{truth: k} }
	line := x(1).Div(x(0).Hull(x(1)).Sub(x(0.5)))
	upper := line.Abs()
	for _, test := range []struct {
		name string
		f    finding
		want truth
	}{
		{"yes, yes", all(of(yes), of(yes)), yes},
		{"yes, nothing", all(of(yes), of(undefined)), undefined},
		{"nothing, undecided", all(of(undefined), of(undecided)), undecided},
		{"undecided, nothing, yes", all(of(undecided), of(undefined), of(yes)), undecided},
		{"undecided, no", all(of(undecided), of(no), of(undefined)), no},
		{"not no", not(of(no)), yes},
		{"not undecided", not(of(undecided)), undecided},
		{"not nothing", not(nothing("")), undefined},
		{"1 within the whole line", within("", x(1), line), undecided},
		{"1 within [0, 2]", within("", x(1), x(0).Hull(x(2))), yes},
		{"3 within [0, 2]", within("", x(3), x(0).Hull(x(2))), no},
		{"1 < 2", less("", x(1), x(2)), yes},
		{"2 ≤ 1", atMost("", x(2), x(1)), no},
		{"not yes", not(of(yes)), no},
		{"that is so", that("", true, 1, 1), yes},
		{"0 < 0", less("", x(0), x(0)), no},
		{"0 ≤ 0", atMost("", x(0), x(0)), yes},
		{"1 = 1 + 2⁻⁵²", equal("", x(1), x(1+0x1p-52)), no},
		{"10⁻⁴⁰ = 2·10⁻⁴⁰", equal("", x(1e-40), x(2e-40)), no},
		{"10⁻⁴⁰ within 2⁻¹⁰¹ of 0", equal("", x(1e-40).Hull(x(0)), x(0)), undecided},
		{"10⁻⁴⁰ within 2⁻¹⁰¹ of 0, of terms of 1", equalSums("", x(1e-40).Hull(x(0)), x(0), x(1)), yes},
		{"10⁻⁴⁰ within 2⁻¹⁰¹ of 0, of terms of 10⁻²⁰", equalSums("", x(1e-40).Hull(x(0)), x(0), x(1e-20)), undecided},
		{"3 = 3 + 2⁻¹⁰⁵", equal("", x(3).Hull(x(3).Add(x(0x1p-105))), x(3)), yes},
		{"3 = 3 + 2⁻⁹⁰", equal("", x(3).Hull(x(3).Add(x(0x1p-90))), x(3)), undecided},
		{"10⁻⁴⁰ = 2·10⁻⁴⁰, of terms of 1", equalSums("", x(1e-40), x(2e-40), x(1)), no},
		{"1 = [1, 1 + 2⁻⁹⁰], of terms of 2²⁰", equalSums("", x(1), x(1).Hull(x(1).Add(x(0x1p-90))), x(0x1p20)), yes},
		{"1 = [1, 1 + 2⁻⁷⁹], of terms of 2²⁰", equalSums("", x(1), x(1).Hull(x(1).Add(x(0x1p-79))), x(0x1p20)), undecided},
		{"0 = [0, 2⁻¹⁰⁰], of terms of 1", equalSums("", x(0), x(0).Hull(x(0x1p-100)), x(1)), yes},
		{"[0, 1] ≤ [1, 2]", atMost("", x(0).Hull(x(1)), x(1).Hull(x(2))), yes},
		{"[0, 2] ≤ [1, 3]", atMost("", x(0).Hull(x(2)), x(1).Hull(x(3))), undecided},
		{"[0, 2] < [1, 3]", less("", x(0).Hull(x(2)), x(1).Hull(x(3))), undecided},
		{"2 within [0, ∞)", within("", x(2), upper), undecided},
		{"−2 within (−∞, 0]", within("", x(-2), upper.Neg()), undecided},
		{"[0, 1] = ½", equal("", x(0).Hull(x(1)), x(0.5)), undecided},
	} {
		if test.f.truth != test.want {
			t.Errorf("%s: %d, want %d", test.name, test.f.truth, test.want)
		}
	}
	if f := that("what", true, 1, 1); f.about() != "what" {
		t.Errorf("a finding about %q", f.about())
	}
	if f := not(equal("", x(1), x(2))); f.rel != "≠" {
		t.Errorf("the negation of = is shown as %s", f.rel)
	}
	if f := within("", x(1), x(2)); f.rel != "=" {
		t.Errorf("what is within a point is shown as %s it", f.rel)
	}
	if f := atLeast("", x(1), x(2)); f.truth != no || f.left.(exact.Interval).Mid() != 1 || f.right.(exact.Interval).Mid() != 2 || f.rel != "≥" {
		t.Errorf("that 1 is at least 2 is found %d, and shown as %v %s %v", f.truth, f.left, f.rel, f.right)
	}
	if f := all(that("first", false, 1, 2), that("second", false, 1, 2)); f.what != "first" {
		t.Errorf("of two that are false the %s is shown", f.what)
	}
}
