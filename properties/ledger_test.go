package properties

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// TestReference holds this module's own implementation to its own claims.
func TestReference(t *testing.T) { Test(t, Reference()) }

// TestLedger holds the ledger together: one line a statement C01–C81 in the
// source's order, ids that are used once, and all that a reader needs.
func TestLedger(t *testing.T) {
	ref := regexp.MustCompile(`^(C\d\d|I\d+|E\d+|M\d+|Z\d+|T1\.[a-z0-9-]+)$`)
	id := regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9-]+)+$`)
	seen := map[string]bool{}
	statements := 0
	for _, c := range Claims {
		if seen[c.ID] {
			t.Errorf("id %s is used twice", c.ID)
		}
		seen[c.ID] = true
		if !id.MatchString(c.ID) {
			t.Errorf("id %q: want lower-case words joined by dots", c.ID)
		}
		for _, r := range c.Refs {
			if !ref.MatchString(r) {
				t.Errorf("%s: reference %q", c.ID, r)
			}
		}
		need := map[string]string{"Where": c.Where, "Says": c.Says, "Why": c.Why}
		if c.Layer() == "theory" {
			statements++
			if want := fmt.Sprintf("C%02d", statements); c.Refs[0] != want {
				t.Errorf("%s: is %s, want %s: statements stand in the source's order", c.ID, c.Refs[0], want)
			}
			if !strings.HasPrefix(c.Where, "SOURCE ") {
				t.Errorf("%s: where %q: want SOURCE 1.x(…)", c.ID, c.Where)
			}
			if (c.statement == nil) != (c.Verdict == NotCheckable) {
				t.Errorf("%s: verdict %s, but a check: %v", c.ID, c.Verdict, c.statement != nil)
			}
			if c.Verdict != NotCheckable {
				need["Printed"], need["Formula"], need["Fault"] = c.Printed, c.Formula, c.Fault
			}
			if c.Verdict == HoldsIf {
				need["Condition"] = c.Condition
			}
		} else {
			need["Formula"] = c.Formula
		}
		for name, v := range need {
			if strings.TrimSpace(v) == "" {
				t.Errorf("%s: %s is empty", c.ID, name)
			}
		}
	}
	if statements != 81 {
		t.Errorf("%d statements of the source, want 81", statements)
	}
}

// TestSettle holds the computing of a verdict to its rules: what may be
// concluded from the counts, and that a check which was not seen to fail is
// no check.
func TestSettle(t *testing.T) {
	fault := &Counterexample{Case: "c"}
	for _, test := range []struct {
		name                           string
		sides                          map[string]int
		fault                          *Counterexample
		strata, instead                map[string]int
		conditional, corrected, faulty bool
		verdict, trouble               string
	}{
		{"all hold", map[string]int{"holds": 9}, fault, nil, nil, false, false, true, Holds, ""},
		{"nothing planted", map[string]int{"holds": 9}, nil, nil, nil, false, false, false, Holds, "no wrong variant"},
		{"planted survives", map[string]int{"holds": 9}, nil, nil, nil, false, false, true, Holds, "was not refuted"},
		{"fails, corrected", map[string]int{"holds": 9, "fails": 1}, nil, nil, map[string]int{"fails": 1}, false, true, false, IsRefuted, ""},
		{"fails, corrected elsewhere", map[string]int{"holds": 9, "fails": 1}, nil, nil, map[string]int{"holds": 9}, false, true, false, "", "says nothing where"},
		{"holds, more says nothing", map[string]int{"holds": 9}, fault, nil, nil, false, true, true, Holds, "true besides"},
		{"fails, nothing instead", map[string]int{"holds": 9, "fails": 1}, nil, nil, nil, false, false, false, "", "no corrected statement"},
		{"fails outside only", map[string]int{"holds": 9, "fails outside": 1}, fault, nil, nil, true, false, true, HoldsIf, ""},
		{"fails inside too", map[string]int{"holds": 9, "fails": 1, "fails outside": 1}, fault, nil, nil, true, false, true, "", "although the condition is met"},
		{"no other side", map[string]int{"holds": 9, "holds outside": 3}, fault, nil, nil, true, false, true, "", "without the condition"},
		{"only outside", map[string]int{"fails outside": 3}, fault, nil, nil, true, false, true, "", "although the condition"},
		{"says nothing", map[string]int{"says nothing": 3}, fault, nil, nil, false, false, true, "", "said nothing"},
		{"stratum missed", map[string]int{"holds": 9}, fault, map[string]int{"tie": 0}, nil, false, false, true, "", "stratum tie"},
	} {
		e := examination{sides: test.sides, strata: test.strata, instead: test.instead, fault: test.fault}
		e.settle(test.conditional, test.corrected, test.faulty)
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
		{"0 < 0", less("", x(0), x(0)), no},
		{"0 ≤ 0", atMost("", x(0), x(0)), yes},
		{"1 = 1 + 2⁻⁵²", equal("", x(1), x(1+0x1p-52)), no},
		{"[0, 1] = ½", equal("", x(0).Hull(x(1)), x(0.5)), undecided},
	} {
		if test.f.truth != test.want {
			t.Errorf("%s: %d, want %d", test.name, test.f.truth, test.want)
		}
	}
}

// TestSelect holds the choosing of claims by pattern, and its errors.
func TestSelect(t *testing.T) {
	for pattern, want := range map[string]int{"": len(Claims), "nll.gradient": 1, "C37": -1, "*.pure": len(Ops), "*": len(Claims), "gibbs.pure, infer.pure": 2} {
		cs, err := Select(pattern)
		if err != nil || want >= 0 && len(cs) != want || len(cs) == 0 {
			t.Errorf("%q selects %d claims (%v), want %d", pattern, len(cs), err, want)
		}
	}
	for wrong, nearest := range map[string]string{"nll.gradent": "nll.gradient", "hinge.vlue": "hinge.value"} {
		if _, err := Select(wrong); err == nil || !strings.Contains(err.Error(), `"`+nearest+`"`) {
			t.Errorf("%q: %v, want the suggestion %s", wrong, err, nearest)
		}
		if _, err := Find(wrong); err == nil || !strings.Contains(err.Error(), `"`+nearest+`"`) {
			t.Errorf("Find %q: %v, want the suggestion %s", wrong, err, nearest)
		}
	}
}
