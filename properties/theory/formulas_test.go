package theory

import (
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// claimed returns the formulas of the claim with this reference.
func claimed(t *testing.T, ref string) (Claim, formulas) {
	t.Helper()
	for _, c := range Claims {
		if f, ok := c.Statement.(formulas); ok && c.Reference() == ref {
			return c, f
		}
	}
	t.Fatalf("%s is not stated by formulas", ref)
	return Claim{}, formulas{}
}

// TestFormulasFail: what is wrong with the formulas of a claim is a trouble of its examination.
func TestFormulasFail(t *testing.T) {
	right := map[string]bool{}
	for _, test := range []struct {
		name, ref string
		change    func(f *formulas)
		trouble   string
	}{
		{"the correction is the misprint", "C56", func(f *formulas) {
			f.corrected, f.misprint, f.fault = f.printed, "", "D(abs(m - F[ybar]), W) = 0 if m >= F[ybar]"
		}, "the corrected statement fails"},
		{"the correction is of m alone", "C72", func(f *formulas) { f.corrected, f.fault = "m = m + 0", "m < m + 0" }, "about something else"},
		{"the correction is too weak", "C56", func(f *formulas) {
			f.corrected, f.misprint, f.fault = "D(pos(m - F[ybar]), W) = 0 if m < F[ybar]", "", "D(abs(m - F[ybar]), W) = 0 if m < F[ybar]"
		}, "the corrected statement fails"},
		{"the misprint is another", "C56", func(f *formulas) { f.misprint = "≤ → >" }, "not one slip away"},
		{"the condition is narrowed", "C78", func(f *formulas) { f.condition = "F[y] > 0 and F[ybar] <= m" }, "true beyond the condition"},
		{"the condition is narrowed, beside its accident", "C70", func(f *formulas) { f.condition = "F[y] - F[ybar] <= -2*m" }, "true beyond the condition"},
		{"an accident is no other than what is said", "C70", func(f *formulas) { f.accident = []string{"exp(F[ybar] - F[y]) >= 1/eps - 1"} }, "by accident as well"},
		{"the condition is widened", "C26", func(f *formulas) {
			f.condition, f.accident = "2*mu >= 1", []string{"2*mu < 1 and r >= (1 - mu)*exp(-beta*F[y])"}
		}, "although the condition is met"},
		{"half of the condition", "C78", func(f *formulas) { f.condition = "F[y] >= 0" }, "although the condition is met"},
		{"the if is narrowed", "C59", func(f *formulas) {
			f.printed, f.fault = "D(pos(m + F[y] - F[ybar]), W) = 0 if m + F[y] < F[ybar]", "D(pos(m + F[y] - F[ybar]), W) = 0 if F[y] < F[ybar]"
		}, "not false but for the accidents"},
		{"an accident is forgotten", "C60", func(f *formulas) { f.accident = f.accident[:1] }, "not false but for the accidents"},
		{"an accident is none", "C60", func(f *formulas) { f.accident = []string{"m + F[y] <= F[ybar]"} }, "not false but for the accidents"},
		{"true in more places", "C57", func(f *formulas) { f.only = []string{} }, "should be true"},
		{"true far beyond alone", "C73", func(f *formulas) { f.only = []string{"F[y] - F[ybar] > 15"} }, "should be true"},
		{"true in fewer places", "C57", func(f *formulas) { f.only = []string{"m <= F[ybar]"} }, "fails where it is said to be true"},
		{"the fault is two slips", "C62", func(f *formulas) { f.fault = "D(log(1 + exp(d)), W) = exp(d)*D(F[y], W) where d = F[y] - F[ybar]" }, "not one slip away"},
		{"the fault is true", "C62", func(f *formulas) {
			f.fault = "D(log(-(1 + exp(d))), W) = exp(d)/(1 + exp(d))*(D(F[y], W) - D(F[ybar], W)) where d = F[y] - F[ybar]"
		}, "the planted wrong variant was not refuted"},
		{"no fault", "C62", func(f *formulas) { f.fault = "" }, "not one slip away"},
		{"off by something else", "C37", func(f *formulas) {
			f.over = off[table]{movingTable, "D(exp(-beta*F[y]), W) - -beta*F[y]*D(F[y], W) = beta*(F[y] + exp(-beta*F[y]))*D(F[y], W)"}
		}, "off by something else"},
		{"off, of other sides", "C37", func(f *formulas) {
			f.over = off[table]{movingTable, "D(exp(-beta*F[y]), W) - beta*F[y]*D(F[y], W) = -beta*(F[y] + exp(-beta*F[y]))*D(F[y], W)"}
		}, "not about the difference"},
		{"off, and true in fewer places", "C37", func(f *formulas) { f.only = []string{"beta*D(F[y], W) != 0"} }, "fails where it is said to be true"},
		{"the printed form is false", "C62", func(f *formulas) {
			f.printed = "D(log(1 + exp(d)), W) = exp(d)*(D(F[y], W) - D(F[ybar], W)) where d = F[y] - F[ybar]"
			f.fault = "D(log(1 + exp(d)), W) = exp(d)/(D(F[y], W) - D(F[ybar], W)) where d = F[y] - F[ybar]"
		}, "no corrected statement"},
	} {
		c, f := claimed(t, test.ref)
		if !right[test.ref] {
			right[test.ref] = true
			if e := f.examine(1, 500); e.trouble != "" || e.verdict != c.Verdict {
				t.Fatalf("%s: verdict %q, trouble %q", test.ref, e.verdict, e.trouble)
			}
		}
		test.change(&f)
		if e := f.examine(1, 500); e.trouble == "" || !strings.Contains(e.trouble, test.trouble) {
			t.Errorf("%s, %s: trouble %q, verdict %q; want %q", test.ref, test.name, e.trouble, e.verdict, test.trouble)
		}
	}
}

// unasked returns the statement of what f says under its condition alone, without the if that is printed.
func (f formulas) unasked() formulas {
	says, rest, _ := strings.Cut(f.printed, " if ")
	if _, where, ok := strings.Cut(rest, " where "); ok {
		where = " where " + where
		return formulas{printed: says + " if " + f.condition + where, otherwise: true, over: f.over, probe: true}
	}
	return formulas{printed: says + " if " + f.condition, otherwise: true, over: f.over, probe: true}
}

// TestConditionAdds: a condition adds to the if that is printed, which goes on doing its part: under the condition alone the
// statement fails. What would do all of it is no condition, and the statement is refuted, as C73 is.
func TestConditionAdds(t *testing.T) {
	fails := func(f formulas) bool {
		return strings.Contains(f.unasked().examine(1, 500).trouble, "the printed form fails")
	}
	seen := 0
	for _, c := range slices.Concat(Claims, Others) {
		if f, ok := c.Statement.(formulas); ok && f.condition != "" && strings.Contains(f.printed, " if ") {
			if seen++; !fails(f) {
				t.Errorf("%s: under its condition %s it is true without its if", c.Reference(), f.condition)
			}
		}
	}
	if seen == 0 {
		t.Error("no statement with an if has a condition")
	}
	_, f := claimed(t, "C73")
	if f.condition = f.only[0]; fails(f) {
		t.Errorf("where %s C73 needs its if", f.condition)
	}
}

// TestDifference: the difference of the sides of an equation is their difference, and nothing else is.
func TestDifference(t *testing.T) {
	for _, test := range []struct {
		says, equation string
		want           bool
	}{
		{"F[y] - m = beta", "F[y] = m", true},
		{"F[y] - m = 0", "F[y] <= m", false},
		{"F[y] + m = 0", "F[y] = m", false},
		{"F[y] - beta = 0", "F[y] = m", false},
		{"F[ybar] - m = 0", "F[y] = m", false},
		{"m - F[y] = 0", "F[y] = m", false},
	} {
		if got := isDifference(formula.MustStatement(test.says), test.equation); got != test.want {
			t.Errorf("%s of %s: %v", test.says, test.equation, got)
		}
	}
}

// TestWords: what is told of a claim is printed from its formulas.
func TestWords(t *testing.T) {
	c, f := claimed(t, "C56")
	want := result.Claim{
		Printed: "∂[m − F̄]⁺/∂W = 0 if m ≥ F̄",
		Formula: "∂[m − F̄]⁺/∂W = 0 if m ≤ F̄; the mistake: ≤ → ≥; what is printed is true only where m = F̄ or ∂F̄/∂W = 0",
		Fault:   "[·]⁺ → |·|: ∂|m − F̄|/∂W = 0 if m ≤ F̄",
	}
	if c.Printed != want.Printed || c.Formula != want.Formula || c.Fault != want.Fault {
		t.Errorf("%s\n%s\n%s\nwant\n%s\n%s\n%s", c.Printed, c.Formula, c.Fault, want.Printed, want.Formula, want.Fault)
	}
	f.printed = f.corrected
	var said result.Claim
	if f.words(&said); said.Printed == want.Printed {
		t.Error("another formula has the same words")
	}
}
