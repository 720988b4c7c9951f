package formula

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the protocol promises parses, and depends on what it says.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, params, vectors string
		pair                  bool
	}{
		{"1 + 0.5 - 1e-6*2E+3/.5", "", "", true},
		{"F[y] - F[ybar] + F̄ + Fbar + F[ȳ] + F[y\u0304]", "", "", true},
		{"pos(m + F[y] - F[ybar])^2", "m", "", true},
		{"if(F[y] <= m, g, -m)^g", "m g", "", true},
		{"c[ybar] + F[y] - F[ybar]", "", "c", true},
		{"with(F[j] := F[j] + c: pos(F[y]))", "c", "", true},
		{"sum(j: F[j])", "", "", false},
		{"F[y] + n", "", "", false},
		{"F[2]", "", "", false},
		{"p[y]", "beta", "", false},
		{"g - p[ybar]*beta", "g beta", "", false},
		{"p[y]^g*beta", "beta g", "", false},
		{"pos(exp(log(log1p(expm1(sqrt(abs(sigmoid(softplus(F[y])))))))))", "", "", true},
		{"max(F[y], m, 0) + min(F[y], γ)", "m gamma", "", true},
		{"sum(j: F[j]) + mean(j != y: F[j]) + max(j≠ybar: F[j]) + min(j: F[j]) + logsumexp(j: F[j])", "", "", false},
		{"logsumexp(m, logsumexp(j != y: F[j]), -1)", "m", "", false},
		{"sum(j: sum(k != j: F[k]*q[j]))", "", "q", false},
		{"β−γ·ε×τ÷σ_1", "beta gamma eps tau sigma_1", "", true},
		{"β_max*1e−6", "beta_max", "", true},
		{"∞*inf", "", "", true},
		{"delta + D + S + W + e + w", "delta D S W e w", "", true},
		{"D(F[y], W) + D(m, beta)", "m beta", "S", true},
		{"delta(y, ybar) + δ(3, y)", "", "", false},
		{"a + Z where Z = b + w, w = sum(j: q[j])", "a b", "q", false},
	} {
		f, err := Parse(c.text)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := strings.Join(f.Params, " "); got != c.params {
			t.Errorf("%s has parameters %q, not %q", c.text, got, c.params)
		}
		if got := strings.Join(f.Vectors, " "); got != c.vectors {
			t.Errorf("%s has vectors %q, not %q", c.text, got, c.vectors)
		}
		if f.Pair != c.pair {
			t.Errorf("%s: Pair is %v", c.text, f.Pair)
		}
	}
}

// A power binds tighter than a minus, a minus than a product; equal ones from the left, but powers.
func TestTree(t *testing.T) {
	num := func(s string) *Expr { return &Expr{Op: "num", Lit: s} }
	for text, want := range map[string]*Expr{
		"1 - 2 - 3":             apply("-", apply("-", num("1"), num("2")), num("3")),
		"1/2*3":                 apply("*", apply("/", num("1"), num("2")), num("3")),
		"-1^2":                  apply("neg", apply("^", num("1"), num("2"))),
		"-1*2":                  apply("*", apply("neg", num("1")), num("2")),
		"1^2^3":                 apply("^", num("1"), apply("^", num("2"), num("3"))),
		"1^-2":                  apply("^", num("1"), apply("neg", num("2"))),
		"1 + 2*3":               apply("+", num("1"), apply("*", num("2"), num("3"))),
		"D(1, F[y])":            apply("D", num("1"), &Expr{Op: "F", Index: "y"}),
		"max(j: p[j])":          {Op: "max", Bind: "j", Args: []*Expr{{Op: "p", Index: "j"}}},
		"if(1 > 2,3,4)":         {Op: "if", Name: ">", Args: []*Expr{num("1"), num("2"), num("3"), num("4")}},
		"with(F[j] := F[j]: 1)": {Op: "with", Bind: "j", Args: []*Expr{num("1"), {Op: "F", Index: "j"}}},
	} {
		if got := MustParse(text).Expr; !got.Equal(want) {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
}

func TestParseStatement(t *testing.T) {
	s := MustStatement("for all j, k != y, l != j: D(Z, F[j]) = -beta*w < F[k] and F[l] >= 0 if m ≠ 0 and m > c[j] where Z = logsumexp(i: -beta*F[i]), w = exp(-beta*F[j])")
	if got := s.ForAll; len(got) != 3 || got[1] != (Quantified{"k", "y", 11}) || got[2].Except != "j" {
		t.Errorf("for all %v", got)
	}
	if len(s.Says) != 2 || !slices.Equal(s.Says[0].Rels, []string{"=", "<"}) || len(s.Says[0].Terms) != 3 || len(s.When) != 2 || s.When[0].Rels[0] != "!=" {
		t.Errorf("says %v, when %v", s.Says, s.When)
	}
	if want := "for all j, k != y, l != j: D(logsumexp(i: -beta*F[i]), F[j]) = -beta*exp(-beta*F[j]) < F[k] and F[l] >= 0 if m != 0 and m > c[j]"; s.Expand().String() != want {
		t.Errorf("expands to %s", s.Expand())
	}
	if got := strings.Join(s.Params, " ") + ";" + strings.Join(s.Vectors, " "); got != "beta m;c" {
		t.Errorf("depends on %s", got)
	}
}

// A definition has the indices of the place where it is used; a variable that would be bound within itself is renamed.
func TestExpand(t *testing.T) {
	for text, want := range map[string]string{
		"sum(j: w/Z) where w = exp(F[j]), Z = sum(j: w)":              "sum(j: exp(F[j])/sum(k: exp(F[k])))",
		"sum(j: w) + sum(k: v) where w = F[j], v = F[k]":              "sum(j: F[j]) + sum(k: F[k])",
		"a*Z where a = b, b = c, Z = 2":                               "c*2",
		"sum(j: sum(k: w)) where w = sum(j: F[j]*q[k])*F[j]":          "sum(j: sum(k: sum(l: F[l]*q[k])*F[j]))",
		"sum(j: with(F[k] := F[k] + F[j]: Z)) where Z = sum(k: F[k])": "sum(j: with(F[k] := F[k] + F[j]: sum(k: F[k])))",
		"sum(j: F[j] + Z) where Z = max(j != y: F[j])":                "sum(j: F[j] + max(k != y: F[k]))",
		"a*b*c*d*i*k*l*sum(j: F[j] + Z) where Z = max(j: F[j])":       "a*b*c*d*i*k*l*sum(j: F[j] + max(j1: F[j1]))",
		"k*sum(j: F[j] + Z) where Z = max(j: F[j])":                   "k*sum(j: F[j] + max(l: F[l]))",
		"sum(j: w) where w = max(i != j: F[i])":                       "sum(j: max(i != j: F[i]))",
	} {
		f, err := Parse(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := f.Expand().String(); got != want {
			t.Errorf("%s expands to %s, not %s", text, got, want)
		}
	}
}

// What is wrong, where, and what would be right.
func TestErrors(t *testing.T) {
	long := strings.Repeat("F[y] + ", 30)
	for _, c := range [][2]string{
		{"2F[y]", `an operator is missing before "F"; multiplication is written *
  2F[y]
   ^`},
		{"F̄ + βm", `an operator is missing before "m"; multiplication is written *
  F̄ + βm
       ^`},
		{"m\t+\n漢", "'漢' has no meaning here\n  m + 漢\n      ^"},
		{"漢", "'漢' has no meaning here\n  漢\n  ^"},
		{"F[y] + m\u0304", "only F and y have a bar: F[ybar]\n  F[y] + m\u0304\n         ^"},
		{long + "F[k] + " + long + "m", "k is not bound here: the index is y, ybar or a variable of sum(k: …)\n  …" + long[len(long)-48:] + "F[k] + F[y] + F[y] + F[y…\n" + strings.Repeat(" ", 51) + "^"},
		{long + "F", "F needs an index: F[y], F[ybar], or F[j] in sum(j: …)\n  …" + long[len(long)-71:] + "F\n" + strings.Repeat(" ", 74) + "^"},
		{"F", "F needs an index: F[y], F[ybar], or F[j] in sum(j: …)\n  F\n  ^"},
		{"(F[y]", "want \")\" to close \"(\" at character 1, found the end\n  (F[y]\n       ^"},
	} {
		_, err := Parse(c[0])
		if err == nil || err.Error() != c[1] {
			t.Errorf("%s: %v\nnot\n%s", c[0], err, c[1])
		}
	}
	for _, c := range []struct{ text, at, msg string }{
		{"", "", "want a number, a name or a bracket, found the end"},
		{"m +", "", "want a number, a name or a bracket, found the end"},
		{"+ m", "+", "+ stands between two terms"},
		{"m m", "m$", "operator is missing"},
		{"2(m)", "(", "operator is missing"},
		{"(m)(m)", "(m)$", "operator is missing"},
		{"m beta", "beta", "operator is missing"},
		{"sin(m)", "sin", `there is no function "sin"`},
		{"tanh(m)", "tanh", "2*sigmoid(2*t) - 1"},
		{"ln(m)", "ln", "write log"},
		{"sofplus(m)", "sofplus", "did you mean softplus?"},
		{"lgo(m)", "lgo", "did you mean log?"},
		{"beta(m)", "beta", `there is no function "beta"; multiplication is written *`},
		{"exp", "exp", "exp is written exp(…)"},
		{"exp(m, m)", ", m", "exp takes one argument"},
		{"sum(m)", "sum", "sum(j: …)"},
		{"max(m)", "max", "max(a, b)"},
		{"sum(y: F[y])", "y:", "y is an answer that is given"},
		{"sum(exp: F[y])", "exp", `"exp" has a meaning of its own`},
		{"sum(j: F[y])", "sum", "j is bound and not used"},
		{"sum(j: sum(j: F[j]))", "sum(j: F", "j is bound already"},
		{"sum(j != j: F[j])", "j: F", "want y, ybar or an outer bound variable"},
		{"sum(j != 3: F[j])", "3", "want y, ybar or an outer bound variable"},
		{"sum(j != k: F[j])", "sum", "k is not bound here"},
		{"sum(j: j*F[j])", "j*", "j is an index in this text, not a number"},
		{"y", "y", "y is an index, not a number"},
		{"F[j]", "F", "j is not bound here"},
		{"F[1.5]", "1.5", "whole number"},
		{"F[01]", "01", "whole number"},
		{"F[exp]", "exp", "is no index"},
		{"F[y", "", `want "]"`},
		{"F[y][y]", "[y]$", "has no index here"},
		{"2[y]", "[", "an index follows a name only"},
		{"F[+]", "+", "want an index"},
		{"_a", "_", "a name begins with a letter"},
		{"m " + strings.Repeat("x", 40), "x", strings.Repeat("x", 30) + "…"},
		{"m[y] + m", "m$", "m has an index in one place and none in another"},
		{"p", "p", "p needs an index"},
		{"m^F[y]", "F", "write exp(b*log(a)) for a^b"},
		{"e^-F[y]", "-", "write exp(b) for e^b"},
		{"2^Z where Z = F[y]", "Z where", "an exponent may not depend on energies"},
		{"m^D(m, W)", "D", "an exponent may not depend on energies"},
		{"if(m, 1, 2)", ", 1", "want one of = != < <= > >="},
		{"if(m < 1 < 2, 1, 2)", "if", "if takes one relation"},
		{"if(m < 1, 2)", ")", `want ","`},
		{"if", "if", "if(a < b, x, y)"},
		{"m and m", "and", "should end before"},
		{"and", "and", "found the word"},
		{"m < 2", "<", "a formula should end before"},
		{"(m < 2)", "<", "without brackets"},
		{"m if m < 2", "if", "cases are written if(a < b, x, y)"},
		{"m**2", "*2", "a power is written a^b"},
		{"erf(m)", "erf", "the functions are pos, exp, log"},
		{"m!", "!", "! stands in != only"},
		{"m² + m", "²", "written with ^"},
		{"{m}", "{", "brackets are ( and )"},
		{"|m|", "|", "abs(…)"},
		{"∑(j: F[j])", "∑", "sum(j: …)"},
		{"é", "é", "has no meaning"},
		{"D(m)", ")", "what D differentiates by"},
		{"D(m, 2)", "2", "D differentiates by"},
		{"D(m, q[y])", "q", "D differentiates by"},
		{"D(m, Z) where Z = 2", "Z) where", "Z is defined"},
		{"D(W*F[y], W)", "", "name the parameter otherwise"},
		{"with(m := 2: m)", "m :=", "with(F[j] := e: f)"},
		{"with(F[j != y] := 2: m)", "with", "with replaces every energy"},
		{"m where Z = 2", "Z", "Z is defined and not used"},
		{"Z where Z = Z", "Z$", "Z is defined by itself"},
		{"Z where Z = w, w = Z", "Z$", "Z is defined by itself"},
		{"Z where Z = 1, Z = 2", "Z = 2", "defined twice"},
		{"Z[y] where Z = 1", "Z[y]", "Z is defined without an index"},
		{"log2 where log = 1", "log = 1", "has a meaning of its own"},
		{"sum(k: w) where w = F[j]", "w)", "j is not bound here"},
		{"sum(j: F[j]*w) where j = 1, w = 1", "sum", "j is bound here and defined by where"},
		{"1e10000", "1e", "the exponent of a number is at most 9999"},
		{"1e999999999999999999999", "1e", "the exponent of a number is at most 9999"},
		{strings.Repeat("(", 300) + "m", "", "more than 200 levels"},
		{strings.Repeat("-", 300) + "m", "", "more than 200 levels"},
		{strings.Repeat("m^", 300) + "m", "", "more than 200 levels"},
		{strings.Repeat("m", 10001), "", "a text has at most 10000 characters, this one 10001"},
		{"a0 where " + doublings(20), "", "more than 20000 operations"},
		{"\xff", "\ufffd", "UTF-8"},
	} {
		start := time.Now()
		_, err := Parse(c.text)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Msg, c.msg) {
			t.Errorf("%.60s: %v, not %q", c.text, err, c.msg)
			continue
		}
		if c.at != "" {
			i := strings.Index(string([]rune(c.text)), strings.TrimSuffix(c.at, "$"))
			if strings.HasSuffix(c.at, "$") {
				i = strings.LastIndex(c.text, strings.TrimSuffix(c.at, "$"))
			}
			if want := len([]rune(c.text[:i])); e.Pos != want {
				t.Errorf("%v\nnot at %d", err, want)
			}
		}
		if d := time.Since(start); d > time.Minute { // hours, where it grows with a power of 2
			t.Errorf("%.60s took %v", c.text, d)
		}
	}
	for _, c := range [][2]string{
		{"m", "want one of = != < <= > >=, found the end"},
		{"for j: m = m", "want all after for"},
		{"for all j: m = m", "j is bound and not used"},
		{"for all j, j: F[j] = m", "j is bound already"},
		{"for all j != k, k: F[j] = F[k]", "k is not bound before j"},
		{"m = m if", "want a number"},
		{"m = m when m > 0", "operator is missing"},
		{"m = m if m > 0 if m > 1", "should end before"},
		{"m == m", `found "="`},
	} {
		if _, err := ParseStatement(c[0]); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v, not %q", c[0], err, c[1])
		}
	}
}

// doublings defines a0 by n definitions as 2ⁿ terms.
func doublings(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d = a%d + a%[2]d, ", i, i+1)
	}
	return fmt.Sprintf("%sa%d = m", &b, n)
}

func TestMust(t *testing.T) {
	defer func() {
		if s, _ := recover().(string); !strings.HasPrefix(s, "formula: F needs an index") {
			t.Errorf("panics with %q", s)
		}
	}()
	MustParse("F")
}

// Nothing panics; what parses is printed and read back as the same, in both readings.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"pos(m + F[y] - F̄)^2", "F[y] + log(sum(j: exp(-β*F[j])))/β", "sum(j != y: w) where w = p[j]^g", "if(a <= 1e-6, -x, max(a, b))",
		"for all j, k != y: D(Z, F[j]) = S[j] <= inf if m > 0 where Z = with(F[i] := F[i] + c: delta(k, 3))", "((", "a = b = c and d != e", "漢\t\n\x00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if g, err := Parse(text); err != nil {
			_ = err.Error()
		} else if again, err := Parse(g.String()); err == nil {
			if !again.Expr.Equal(g.Expr) {
				t.Errorf("%s became %s", g, again)
			}
			_, _, _ = g.Unicode(), g.LaTeX(), g.MathML()
		} else if len([]rune(g.String())) <= maxRunes {
			t.Error(err)
		}
		if s, err := ParseStatement(text); err != nil {
			_ = err.Error()
		} else if again, err := ParseStatement(s.String()); err == nil {
			if !sameStatement(again, s) {
				t.Errorf("%s became %s", s, again)
			}
			_, _, _ = s.Unicode(), s.LaTeX(), s.MathML()
		} else if len([]rune(s.String())) <= maxRunes {
			t.Error(err)
		}
	})
}

// No text within the limits costs much, in any form.
func TestLimits(t *testing.T) {
	times := func(n int, s string) string { return strings.Repeat(s, n) }
	for _, text := range []string{
		times(3333, "m+") + "m", times(3333, "m/") + "m", times(3333, "m*") + "m", times(3333, "m-") + "m", times(190, "m^") + "m", times(190, "-") + "m",
		times(190, "exp(") + "m" + times(190, ")"), times(98, "m/(m-") + "m" + times(98, ")"), times(95, "(m+(m/") + "m" + times(95, "))"),
		times(180, "log(m+") + times(4000, "m+") + "m" + times(180, ")"), times(190, "if(m<1,m,") + "m" + times(190, ")"),
		times(90, "D(1+") + "m" + times(90, ",W)"), times(90, "(") + "m" + times(90, ")^2"), times(1000, "1e9999+") + "m", times(9999, "m"), times(4999, "m_"),
		times(1500, "-m^2*") + "m", times(800, "sum(j:F[j])+") + "m", "sum(j:w) where w = " + times(1600, "F[j]+") + "m",
	} {
		start := time.Now()
		f, err := Parse(text)
		if err != nil {
			t.Errorf("%.30s: %v", text, err)
			continue
		}
		n := len(f.String()) + len(f.Unicode()) + len(f.Markdown()) + len(f.LaTeX()) + len(f.MathML()) + len(f.Expand().String())
		if d := time.Since(start); d > time.Minute || n > 4e6 {
			t.Errorf("%.30s took %v and %d bytes", text, d, n)
		} else {
			t.Logf("%.30s took %v and %d bytes", text, d, n)
		}
	}
}
