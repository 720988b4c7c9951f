package formula

import (
	"slices"
	"testing"
)

// TestSlips holds which formulas are taken for another, beside its mutants, and that none
// is that formula itself.
func TestSlips(t *testing.T) {
	for text, want := range map[string][]string{
		"pos(m + F[y] - F[ybar])":           {"pos(m + F[ybar] - F[y])", "pos(m + -F[y] - -F[ybar])", "pos(0 + F[y] - F[ybar])", "pos(m + F[y] - F[ybar])/2", "2*pos(m + F[y] - F[ybar])", "pos(m - F[y] - F[ybar])"},
		"(1 - p[y])^gamma * -log(p[y])":     {"p[y]^gamma*-log(p[y])", "(1 - p[y])^0*-log(p[y])", "(1 - p[ybar])^gamma*-log(p[ybar])"},
		"sum(j != y: pos(m + F[y] - F[j]))": {"sum(j != ybar: pos(m + F[ybar] - F[j]))", "sum(j: pos(m + F[y] - F[j]))"},
		"d^2 where d = F[y] - F[ybar]":      {"(F[ybar] - F[y])^2"},
	} {
		f := MustParse(text)
		var found []string
		for _, s := range f.Slips() {
			found = append(found, s.Formula.String())
		}
		for _, w := range want {
			if !slices.Contains(found, MustParse(w).String()) {
				t.Errorf("%s: no slip makes it %s, only %q", text, w, found)
			}
		}
		if slices.Sort(found); len(slices.Compact(slices.Clone(found))) != len(found) || slices.Contains(found, f.String()) {
			t.Errorf("%s: one stands twice, or is no slip: %q", text, found)
		}
	}
}
