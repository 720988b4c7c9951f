package properties

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestReference holds this module's own implementation to its own claims; verify runs all
// the cases that are promised.
func TestReference(t *testing.T) { test(t, op.Reference(), Promised/8) }

// TestLedger holds the ledger together: one line a statement C01–C81 in the
// source's order, one a statement of other texts in the order of their index, ids that are used once, and all that a reader needs.
func TestLedger(t *testing.T) {
	ref := regexp.MustCompile(`^(C\d\d|X\d\d|I\d+|E\d+|M\d+|Z\d+|T1\.[a-z0-9-]+)$`)
	id := regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9-]+)+$`)
	seen := map[string]bool{}
	statements, others, text := 0, 0, 0
	for _, c := range all() {
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
			if strings.HasPrefix(c.Refs[0], "C") { // else it is not the source's
				statements++
				if want := fmt.Sprintf("C%02d", statements); c.Refs[0] != want {
					t.Errorf("%s: is %s, want %s: statements stand in the source's order", c.ID, c.Refs[0], want)
				}
				if !strings.HasPrefix(c.Where, "SOURCE ") {
					t.Errorf("%s: where %q: want SOURCE 1.x(…)", c.ID, c.Where)
				}
			}
			if strings.HasPrefix(c.Refs[0], "X") {
				others++
				if want := fmt.Sprintf("X%02d", others); c.Refs[0] != want || len(c.Refs) > 2 || len(c.Refs) == 2 && !strings.HasPrefix(c.Refs[1], "E") {
					t.Errorf("%s: is %s, want %s alone, or with an erratum", c.ID, c.Refs, want)
				}
				for text < len(result.Texts) && !strings.HasPrefix(c.Where, result.Texts[text].Name) {
					text++
				}
				if text == len(result.Texts) {
					t.Fatalf("%s: where %q: want the name of a text of the index, in its order", c.ID, c.Where)
				}
			}
			if (c.statement.Statement == nil) != (c.Verdict == result.NotCheckable) {
				t.Errorf("%s: verdict %s, but a check: %v", c.ID, c.Verdict, c.statement.Statement != nil)
			}
			if c.Verdict != result.NotCheckable {
				need["Printed"], need["Formula"], need["Fault"] = c.Printed, c.Formula, c.Fault
			}
			if c.Verdict == result.HoldsIf {
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
	if statements != 81 || others < 40 || text != len(result.Texts)-1 {
		t.Errorf("%d statements of the source, want 81; %d of other texts, want 40 or more, of each in the index", statements, others)
	}
}

// TestSelect holds the choosing of claims by pattern, and its errors.
func TestSelect(t *testing.T) {
	for pattern, want := range map[string]int{"": len(all()), "nll.gradient": 1, "nll.batch.*": 4, "C37": -1, "*.pure": len(op.Ops) + len(op.Batches), "*": len(all()), "gibbs.pure, infer.pure": 2} {
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
