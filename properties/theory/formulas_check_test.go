package theory

import (
	"fmt"
	"strings"
	"testing"
)

// TestTight: what contradicts what is said of where a statement is true, in the case F = 2, F̄ = 3, m = 5, β = ½.
func TestTight(t *testing.T) {
	c := twin{2, 3, 5, 0.5, 1, -1}.numbers()
	for _, test := range []struct {
		f       formulas
		trouble string
	}{
		{formulas{printed: "F[y] < m", only: []string{"m = 5"}}, ""},
		{formulas{printed: "F[y] > m", only: []string{"m = 4"}}, ""},
		{formulas{printed: "F[y] > m", only: []string{"m = 5"}}, "fails where it is said to be true"},
		{formulas{printed: "F[y] < m", only: []string{"m = 4"}}, "should be true only where m = 4"},
		{formulas{printed: "log(-m) < 1", only: []string{"m = 4"}}, ""},
		{formulas{printed: "log(-m) < 1", only: []string{"m = 5"}}, ""},

		{formulas{printed: "F[y] < m", condition: "exp(log(m)) < m"}, "the condition is not decided"},
		{formulas{printed: "F[y] < m", condition: "m = 5"}, ""},
		{formulas{printed: "F[y] < m", condition: "m = 5", accident: []string{"beta > 1"}}, ""},
		{formulas{printed: "F[y] < m", condition: "m = 5", accident: []string{"beta < 1"}}, "what the condition grants is said to be true by accident as well"},
		{formulas{printed: "F[y] > m", condition: "m = 4"}, ""},
		{formulas{printed: "F[y] < m", condition: "m = 4"}, "a part of what is printed is true beyond"},
		{formulas{printed: "F[y] > m and F[ybar] < m", condition: "m = 4"}, "a part of what is printed is true beyond"},
		{formulas{printed: "F[y] < m and log(-m) < 1", condition: "m = 4"}, ""},
		{formulas{printed: "F[y] < m and exp(log(m)) < m", condition: "m = 4"}, ""},
		{formulas{printed: "F[y] < m", condition: "m = 4", accident: []string{"beta < 1"}}, ""},
		{formulas{printed: "F[y] > m", condition: "m = 4", accident: []string{"beta < 1"}}, "fails where it is said to be true by accident"},

		{formulas{printed: "F[y] < m if m = 5"}, ""},
		{formulas{printed: "F[y] > m if m = 5"}, ""}, // which is found false elsewhere
		{formulas{printed: "F[y] > m if m = 4"}, ""},
		{formulas{printed: "F[y] < m if m = 4"}, "where the if of what is printed does not hold"},
		{formulas{printed: "F[y] < m if m = 4", accident: []string{"beta < 1"}}, ""},
		{formulas{printed: "F[y] > m if m = 4", accident: []string{"beta < 1"}}, "where the if of what is printed does not hold"},
		{formulas{printed: "for all j: F[j] < m if m = 4"}, ""},
	} {
		r := readingOf(test.f)
		if got := r.tight(c, r.printed.find(c)); (test.trouble == "") != (got == "") || !strings.Contains(got, test.trouble) {
			t.Errorf("%+v: %q, want %q", test.f, got, test.trouble)
		}
	}
	for _, f := range []formulas{
		{printed: "log(-m) < 1 if m = 4", accident: []string{"beta < 1"}},
		{printed: "F[2] < m if m = 4"}, // there are two answers, 0 and 1
	} {
		r := readingOf(f)
		if got := r.exactly(r.printed, r.printed.find(c), c); got.truth != undefined {
			t.Errorf("%+v: exactly where its if holds is %v, want nothing", f, got)
		}
	}
}

// TestFind: of a statement that is false the sign is shown that is, of one that is true the last.
func TestFind(t *testing.T) {
	c := twin{2, 3, 5, 0.5, 1, -1}.numbers()
	for _, test := range []struct {
		text string
		truth
		shown, rel string
	}{
		{"F[y] < F[ybar] <= m", yes, "F̄ ≤ m", "≤"},
		{"F[y] < F[ybar] >= m", no, "F̄ ≥ m", "≥"},
		{"F[y] < F[ybar] != 3 and m = 5", no, "F̄ ≠ 3", "≠"},
		{"F[y] < F[ybar] and m = 4", no, "m = 4", "="},
		{"F[y] = F[ybar] and m = 4", no, "F = F̄", "="},
		{"F[y] < exp(log(m)) < m", undecided, "F < e^{ln m} < m", ""},
		{"F[y] > m if exp(log(m)) < m", undecided, "F > m if e^{ln m} < m", ""},
		{"log(-m) < 1", undefined, "", ""},
	} {
		if f := read(test.text).find(c); f.truth != test.truth || f.about() != test.shown || f.rel != test.rel {
			t.Errorf("%s: %d, %q, %s; want %d, %q, %s", test.text, f.truth, f.about(), f.rel, test.truth, test.shown, test.rel)
		}
	}
	defer func() {
		if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "theory: F[y] < gamma: ") {
			t.Errorf("a statement about what is not given: %s", r)
		}
	}()
	read("F[y] < gamma").find(c)
}
