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
	for _, test := range []struct {
		f                             formulas
		before                        result.Claim
		printed, condition, formulaOf string
	}{
		{formulas{printed: "F[y] < m"}, result.Claim{Printed: "it is low"}, "it is low", "", "F < m"},
		{formulas{printed: "F[y] < m", corrected: "F[y] <= m", otherwise: true}, result.Claim{Printed: "it is low"}, "it is low: F < m", "", "F ≤ m"},
		{formulas{printed: "F[y] < m", corrected: "F[y] <= m", only: []string{}}, result.Claim{}, "F < m", "", "F ≤ m; what is printed is true nowhere"},
		{formulas{printed: "F[y] < m", corrected: "F[y] <= m", only: []string{"m = 0"}}, result.Claim{}, "F < m", "", "F ≤ m; what is printed is true only where m = 0"},
		{formulas{printed: "F[y] < m", condition: "m = 0"}, result.Claim{}, "F < m", "m = 0", "F < m"},
		{formulas{printed: "F[y] < m", condition: "m = 0"}, result.Claim{Condition: "low"}, "F < m", "low: m = 0", "F < m"},
		{formulas{printed: "F[y] < m"}, result.Claim{Condition: "low"}, "F < m", "low", "F < m"},
		{formulas{printed: "F[y] < m", condition: "m = 0", accident: []string{"m = 1", "m = 2"}}, result.Claim{}, "F < m", "m = 0; beyond it by accident where m = 1 or m = 2", "F < m"},
		{formulas{printed: "F[y] < m if m = 0", accident: []string{"m = 1"}}, result.Claim{}, "F < m if m = 0", "", "F < m if m = 0"},
	} {
		test.f.fault = "F[y] = m"
		said := test.before
		if test.f.words(&said); said.Printed != test.printed || said.Condition != test.condition || said.Formula != test.formulaOf {
			t.Errorf("%+v is told as %q, %q, %q; want %q, %q, %q", test.f, said.Printed, said.Condition, said.Formula, test.printed, test.condition, test.formulaOf)
		}
		if s := said.Stated; s == nil || s.Printed != test.f.printed || s.True != test.f.corrected || s.Condition != test.f.condition || len(s.Only) != len(test.f.only) {
			t.Errorf("%+v is kept as %+v", test.f, s)
		}
	}
	unsaid := []Claim{{Statement: formulas{printed: "F[y] < m", fault: "F[y] = m"}}}
	if said := stated(unsaid); said[0].Printed != "F < m" || unsaid[0].Printed != "" {
		t.Errorf("a claim is told as %q, and what is not told yet as %q", said[0].Printed, unsaid[0].Printed)
	}
}

// TestRelated: what the formulas of a claim are to be to each other.
func TestRelated(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"F[y] = m", "F[y] < beta", true},
		{"F[y] = m", "F[ybar] = m", false},
		{"F[y] = 0", "F[ybar] = 0", false},
		{"F[y] = 0 if m < 1", "F[ybar] = 0 if m < 1", true},
		{"F[y] = 0 if m < 1", "m < 1", true},
		{"m < 1", "F[y] = 0 if m < 1", false},
		{"F[y] = 0 if m < 1", "F[ybar] = 0 if m > 1", false},
	} {
		if got := related(test.a, test.b); got != test.want {
			t.Errorf("%s is related to %s: %v", test.b, test.a, got)
		}
	}
	for text, want := range map[string]string{
		"": "", "F[y] < m < F[y]": "", "F[y] = F[y]": "F[y] = F[y]", "m < F[y] = F[y]": "m < F[y] = F[y]", "m < F[y] = F[y] + 0": "",
	} {
		if got := trivial(text); got != want {
			t.Errorf("of %q the sides of %q are the same, want %q", text, got, want)
		}
	}
	for _, test := range []struct {
		f    formulas
		want bool
	}{{formulas{}, false}, {formulas{only: []string{}}, true}, {formulas{misprint: "≤ → <"}, true}, {formulas{otherwise: true}, true}} {
		if got := test.f.refuted(); got != test.want {
			t.Errorf("%+v is refuted: %v", test.f, got)
		}
	}
	for misprint, want := range map[string]string{"> → <": "the mistake: > → <", "< → >": "put right by: < → >", "> → ≥": ""} {
		if got := (formulas{printed: "m < 0", corrected: "m > 0", misprint: misprint}).mistake(); got != want {
			t.Errorf("the misprint %s is told as %q, want %q", misprint, got, want)
		}
	}
	on := anyTwin
	on.cases, on.reach = twins, nil
	for _, test := range []struct {
		f       formulas
		trouble string
	}{
		{formulas{printed: "F[y] = F[ybar]", corrected: "m > 0", fault: "m < 0", otherwise: true}, "about something else"},
		{formulas{printed: "F[y] = F[ybar]", corrected: "m > 0", otherwise: true, probe: true}, ""},
		{formulas{printed: "m < 0", corrected: "m > 0", fault: "-m > 0", misprint: "> → <"}, ""},
		{formulas{printed: "m < 0", corrected: "m > 0", fault: "-m > 0", otherwise: true}, "about something else"},
		{formulas{printed: "F[y] - m > F[y]", corrected: "F[y] - m < F[y]", fault: "F[y] + m < F[y]", otherwise: true}, ""},
		{formulas{printed: "F[y] < 0", condition: "F[y] < 0", fault: "F[y] > 0"}, ""},
		{formulas{printed: "m > 0", fault: "m < 0"}, ""},
		{formulas{printed: "m > 0"}, "the planted fault is not one slip away"},
		{formulas{printed: "m > 0", probe: true}, ""},
		{formulas{printed: "m > 0", fault: "F[y] < m", probe: true}, "the planted fault is not one slip away"},
	} {
		test.f.over = on
		if e := test.f.examine(1, 0); (test.trouble == "") != (e.trouble == "") || !strings.Contains(e.trouble, test.trouble) {
			t.Errorf("%+v: trouble %q, want %q", test.f, e.trouble, test.trouble)
		}
	}
}
