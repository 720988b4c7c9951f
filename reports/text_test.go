package reports

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/result"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"F̄ ≤ m\nȳ":            "F̄ ≤ m\nȳ",
		"\x1b[31mred\x1b[0m":   `\x1b[31mred\x1b[0m`,
		"a\tb\r\x00\x7f\u0085": `a    b\x0d\x00\x7f\x85`,
		"abc\u202edef\u2066":   `abc\u202edef\u2066`,
		"\xff":                 "\uFFFD",
		"a\u2028b":             `a\u2028b`,
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	for in, want := range map[string]int{"": 0, "abc": 3, "F̄": 1, "ȳ": 1, "y\u0304": 1, "−(1/β) ln Z": 11} {
		if got := columns(in); got != want {
			t.Errorf("columns(%q) = %d, want %d", in, got, want)
		}
	}
	if got := pad("F̄", 3) + "|" + padLeft("F̄", 3); got != "F̄  |  F̄" {
		t.Errorf("padded: %q", got)
	}
	if got := cut("F̄F̄F̄F̄", 3); got != "F̄F̄…" {
		t.Errorf("cut: %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want []string
	}{
		{"", 5, []string{""}},
		{"a bc def", 4, []string{"a bc", "def"}},
		{"abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		{"one\n\ntwo", 10, []string{"one", "", "two"}},
		{"F̄F̄ F̄F̄", 5, []string{"F̄F̄ F̄F̄"}},
		{"a\u00a0b c", 3, []string{"a\u00a0b", "c"}},
	} {
		if diff := cmp.Diff(c.want, wrap(c.in, c.n)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got)\n%s", c.in, c.n, diff)
		}
	}
}

func TestFigures(t *testing.T) {
	for in, want := range map[float64]string{
		0: "0", 0.5: "0.5", 1: "1", 1.0000001: "1.01", 0.9999: "1", 2.125: "2.13", 1234: "1.24e+03", 9.999e5: "1e+06",
		math.Inf(1): "Inf", 0.001234: "0.00124", 1e-9: "0.001", 1.23e108: "1.3e+108", 9.99e99: "1e+100", math.MaxFloat64: "1.8e+308",
	} {
		if got := figure(result.Real(in)); got != want || len(got) > 8 {
			t.Errorf("figure(%v) = %s, want %s in at most 8 characters", in, got, want)
		}
	}
	if got := figure(result.Real(math.NaN())); got != "NaN" {
		t.Errorf("figure(NaN) = %s", got)
	}
	for in, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234", -123: "-123"} {
		if got := group(in); got != want {
			t.Errorf("group(%d) = %s, want %s", in, got, want)
		}
	}
	for in, want := range map[int]string{999999: "999,999", 1200000: "1.2M", 2_147_483_647: "2.1G"} {
		if got := brief(in); got != want {
			t.Errorf("brief(%d) = %s, want %s", in, got, want)
		}
	}
}

func TestSixDigits(t *testing.T) {
	for in, want := range map[string]string{
		"0.69314718055994531":                   "0.693147",
		"-0.58170454926530437":                  "-0.581705",
		"[1.9287498479639e-22, 1.92874984e-22]": "[1.92875e-22, 1.92875e-22]",
		"1000000":                               "1000000",
		"0.5":                                   "0.5",
		"0x1.8p+1":                              "0x1.8p+1",
		"10^94.02 terms":                        "10^94.02 terms",
		"W₀(β)/β":                               "W₀(β)/β",
	} {
		if got := sixDigits(in); got != want {
			t.Errorf("sixDigits(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOutwards(t *testing.T) {
	for in, want := range map[string]string{
		"[0.73105857863000487925, 0.73105857863000487926]": "[0.731058, 0.731059]",
		"[-0.73105857863, -0.73105857862]":                 "[-0.731059, -0.731058]",
		"[-0.00010000000075, 7.5495165674510645e-13]":      "[-0.000100001, 7.54952e-13]",
		"[0.99999999, 9.9999999e+20] and [1, 2]":           "[0.99999, 1e+21] and [1, 2]",
		"[1e-400, 2e-400]":                                 "[0, 2e-400]",
		"[-2e-400, -1e-400]":                               "[-2e-400, -0]",
		"[1, 2.5]":                                         "[1, 2.5]",
		"[0.5, +Inf]":                                      "[0.5, +Inf]",
	} {
		if got := outwards(in); got != want {
			t.Errorf("outwards(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShortened(t *testing.T) {
	for _, c := range []struct{ in, short, full string }{
		{"[0.26894142136999512074, 0.26894142136999512075]", "0.268941", "[0.26894142136999512074, 0.26894142136999512075]"},
		{"[-1, -1]", "-1", ""},
		{"[1, 2]", "[1, 2]", ""},
		{"[1.9999999999e-06, 2.00000000001e-06]", "2e-06", "[1.9999999999e-06, 2.00000000001e-06]"},
		{"[0]", "[0]", ""},
		{"-99.7 and 0.7", "-99.7 and 0.7", ""},
	} {
		if short, full := shortened(c.in); short != c.short || full != c.full {
			t.Errorf("shortened(%q) = %q, %q, want %q, %q", c.in, short, full, c.short, c.full)
		}
	}
}

func TestWitness(t *testing.T) {
	for _, c := range []struct {
		c           result.Counterexample
		layer, want string
	}{
		{result.Counterexample{Case: "F=(0, 1)", What: "p_0 against p_1", Relation: "≤", Got: "[0.5, 0.75]", Want: "[0.5, 0.5]"}, "theory",
			"F=(0, 1); p_0 against p_1: claimed ≤ 0.5, actually [0.5, 0.75]"},
		{result.Counterexample{Case: "F=(0, 1)", What: "Z against 1", Relation: "≠", Got: "1", Want: "1"}, "theory",
			"F=(0, 1); Z against 1: claimed ≠ 1, actually 1"},
		{result.Counterexample{Case: "F=(0, 1)", What: "argmin", Got: "[0]", Want: "[1]"}, "theory", "F=(0, 1); argmin: claimed [1], actually [0]"},
		{result.Counterexample{Case: "hinge(…)", What: "grad[1]", Got: "[0.5, 0.5]", Want: "0"}, "code", "hinge(…), grad[1]: got [0.5, 0.5], want 0"},
		{result.Counterexample{Case: "hinge(…)", What: "value", Got: "1", Want: "0"}, "code", "hinge(…): got 1, want 0"},
	} {
		if got := witness(&c.c, c.layer); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestMarkdownQuotes(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{mdText("a|b *c* <d> [e](f) @g"), `a\|b \*c\* &lt;d&gt; \[e\](f) &#64;g`},
		{mdCode("p(y|x)"), "`p(y|x)`"},
		{mdCell("p(y|x)"), "`p(y\\|x)`"},
		{mdCode("a`b``c"), "``` a`b``c ```"},
		{mdCode("  "), ""},
		{mdFence("a\n```\nb\n"), "````text\na\n```\nb\n````"},
		{htmlText(`<a href="x">&`), "&lt;a href=&#34;x&#34;&gt;&amp;"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// The formula with a bar stays one cell of its table.
func TestMarkdownTables(t *testing.T) {
	for _, write := range writers {
		if !strings.HasSuffix(write.golden, ".md") {
			continue
		}
		columns := 0
		for _, line := range strings.Split(text(t, hostile(t), write.write)+text(t, sample(t), write.write), "\n") {
			if !strings.HasPrefix(line, "| ") {
				columns = 0
				continue
			}
			bars := strings.Count(line, "|") - strings.Count(line, `\|`)
			if columns == 0 {
				columns = bars
			}
			if bars != columns {
				t.Errorf("%s: a row of %d bars in a table of %d: %s", write.golden, bars, columns, line)
			}
		}
	}
}

// What is cut in its middle keeps both of its ends, and a column more would be one too many.
func TestCutMiddle(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"torch 2.9", 9, "torch 2.9"},
		{"torch-float32 2.8.0", 12, "torch-…2.8.0"},
		{"torch-float32 2.9.0", 12, "torch-…2.9.0"},
		{"F̄F̄F̄F̄F̄F̄", 5, "F̄F̄…F̄F̄"},
	} {
		if got := cutMiddle(c.s, c.n); got != c.want {
			t.Errorf("cutMiddle(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

// No text is longer than a person reads, but a command, which is copied; what is cut says so.
func TestReadable(t *testing.T) {
	long := strings.Repeat("ȳ", 65536)
	if got, want := readable(long), strings.Repeat("ȳ", 4096)+"… (and 61,440 characters more)"; got != want {
		t.Errorf("%d bytes, ending %q, want %d", len(got), got[len(got)-40:], len(want))
	}
	if s := strings.Repeat("ȳ", 4096); readable(s) != s {
		t.Error("what is short enough is cut")
	}
	run := sample(t)
	for i := range run.Results {
		r := &run.Results[i]
		r.Why, r.Replay = long, "ebmcheck replay "+long
		if r.Small != nil {
			r.Small.Case, r.Small.Got = long, long
		}
	}
	for _, r := range cleaned(run.Results) {
		if len(r.Why) > 9000 || r.Small != nil && len(r.Small.Case) > 9000 || r.Replay != "ebmcheck replay "+long {
			t.Errorf("%s: a reason of %d bytes and a command of %d", r.Claim, len(r.Why), len(r.Replay))
		}
	}
}
