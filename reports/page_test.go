package reports

import (
	"fmt"
	"html/template"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
	source "ebmcheck/properties/theory"
)

const evil = "</code></script><script>alert(1)</script><img src=x onerror=alert(1)>\"' onclick=\"x\x1b[31m\u202e{{.}} `|` \n\n# h\n" +
	"javascript:alert(1) https://example.org/x.png ]]> <!-- "

// hostile is a run in which every text of every kind of line is evil.
func hostile(t *testing.T) *Run {
	t.Helper()
	run := sample(t)
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(evil)
		case reflect.Pointer:
			if !v.IsNil() {
				fill(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.String {
				v.Set(reflect.ValueOf([]string{evil}))
			}
		case reflect.Map:
			v.Set(reflect.ValueOf(map[string]int{evil: 1, "held": 2}))
		}
	}
	fill(reflect.ValueOf(&run.Header).Elem())
	for i := range run.Results {
		r := &run.Results[i]
		keep := *r
		fill(reflect.ValueOf(r).Elem())
		r.Layer, r.Outcome, r.Level, r.Verdict = keep.Layer, keep.Outcome, keep.Level, keep.Verdict
		if i%2 == 0 {
			r.Expected = ""
		}
	}
	run.Gaps = []string{evil}
	return run
}

var (
	tag      = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>`)
	attrID   = regexp.MustCompile(`\sid="([^"]*)"`)
	attrHref = regexp.MustCompile(`\shref="([^"]*)"`)
	attrRef  = regexp.MustCompile(`\s(?:for|aria-labelledby)="([^"]*)"`)
	void     = map[string]bool{"meta": true, "input": true, "br": true, "wbr": true}
)

// checkPage returns what is wrong with the structure of a page.
func checkPage(page string) []error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	start, end := strings.Index(page, "<style>"), strings.Index(page, "</style>")
	if start < 0 || end < start {
		return []error{fmt.Errorf("no style sheet")}
	}
	if style := page[start:end]; strings.Contains(style, "url(") || strings.Contains(style, "@import") || strings.Contains(style, "Zgot") {
		wrong("the style sheet loads something or is spoilt")
	}
	page = page[:start] + page[end+len("</style>"):]
	var open []string
	ids := make(map[string]bool)
	var refs []string
	rest := tag.ReplaceAllStringFunc(page, func(m string) string {
		parts := tag.FindStringSubmatch(m)
		name, attrs := parts[2], parts[3]
		switch {
		case parts[1] == "/":
			if len(open) == 0 || open[len(open)-1] != name {
				wrong("</%s> closes %v", name, open)
				return ""
			}
			open = open[:len(open)-1]
			return ""
		case name == "script", name == "img", name == "link", name == "iframe":
			wrong("the page has %s", m)
		case regexp.MustCompile(`\s(on\w+|src|srcset)\s*=`).MatchString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(attrs, `""`)):
			wrong("the page runs or loads something: %s", m)
		}
		for _, id := range attrID.FindAllStringSubmatch(attrs, -1) {
			if ids[id[1]] || id[1] == "" {
				wrong("id %q is given twice or empty", id[1])
			}
			ids[id[1]] = true
		}
		for _, h := range attrHref.FindAllStringSubmatch(attrs, -1) {
			if !strings.HasPrefix(h[1], "#") {
				wrong("a link leaves the page: %s", m)
			}
			refs = append(refs, strings.TrimPrefix(h[1], "#"))
		}
		for _, r := range attrRef.FindAllStringSubmatch(attrs, -1) {
			refs = append(refs, r[1])
		}
		if !void[name] && !strings.HasSuffix(attrs, "/") {
			open = append(open, name)
		}
		return ""
	})
	if len(open) > 0 {
		wrong("left open: %v", open)
	}
	if strings.ContainsAny(strings.TrimPrefix(rest, "<!DOCTYPE html>"), "<>\x1b\u202e") {
		wrong("text that is no text: %q", regexp.MustCompile("[<>\x1b\u202e].{0,40}").FindString(strings.TrimPrefix(rest, "<!DOCTYPE html>")))
	}
	for _, r := range refs {
		if !ids[r] {
			wrong("nothing has the id %q that is pointed to", r)
		}
	}
	return errs
}

func TestPageStructure(t *testing.T) {
	runs := map[string]*Run{"sample": sample(t), "hostile": hostile(t), "empty": new(Run),
		"joined": Join(sample(t), second(t)), "joined hostile": Join(hostile(t), sample(t), hostile(t)), "joined empty": Join(new(Run), new(Run))}
	for name, run := range runs {
		for _, err := range checkPage(text(t, run, HTML)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]*Comparison{"sample": Compare(sample(t), second(t)), "back": Compare(second(t), sample(t)), "alike": Compare(sample(t), sample(t)), "hostile": Compare(sample(t), hostile(t)),
		"empty": Compare(new(Run), new(Run)), "joined": Compare(Join(sample(t), second(t)), Join(second(t), sample(t)))} {
		for _, err := range checkPage(text(t, c.Head, func(w io.Writer, _ *Run) error { return c.HTML(w) })) {
			t.Errorf("compared, %s: %v", name, err)
		}
	}
}

// The check of the structure can fail.
func TestPageStructureBites(t *testing.T) {
	page := text(t, sample(t), HTML)
	for _, c := range []struct{ old, new string }{
		{"</article>", "</div>"},
		{"</main>", ""},
		{`id="C37"`, `id="C12"`},
		{`href="#C37"`, `href="#C99"`},
		{`href="#C37"`, `href="https://example.org"`},
		{"<p ", "<p onclick=x() "},
		{"<h1>", "<h1><script>"},
		{"<h1>", "<h1>1 < 2"},
	} {
		damaged := strings.Replace(page, c.old, c.new, 1)
		if damaged == page {
			t.Errorf("the page has no %s", c.old)
		}
		if len(checkPage(damaged)) == 0 {
			t.Errorf("%s in place of %s goes unnoticed", c.new, c.old)
		}
	}
}

// Headings go down by one level at most, and the page has one first.
func TestPageHeadings(t *testing.T) {
	level := 0
	for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(text(t, sample(t), HTML), -1) {
		n := int(m[1][0] - '0')
		if n > level+1 || n == 1 && level > 0 {
			t.Errorf("h%d after h%d", n, level)
		}
		level = n
	}
}

// Every statement of the source is on the page, in order, and those with a
// result have an anchor.
func TestPageStatements(t *testing.T) {
	page := text(t, sample(t), HTML)
	at := 0
	for n := 1; n <= lastStatement; n++ {
		i := strings.Index(page[at:], fmt.Sprintf(">%02d</", n))
		if i < 0 {
			t.Fatalf("C%02d is missing or out of order", n)
		}
		at += i
	}
	at = 0
	for _, id := range []string{"C02", "C10", "C29", "C12", "C24", "C37", "C51", "C56", "C66", "C79", "claim-identity.shift"} {
		i := strings.Index(page[at:], ` id="`+id+`"`)
		if i < 0 {
			t.Fatalf("the anchor %s is missing or out of order", id)
		}
		at += i
	}
}

// What is shown of a statement is set from the formula that is examined: every one of the theory.
func TestPageSetsWhatIsExamined(t *testing.T) {
	page := text(t, theorised(), HTML)
	formulas := 0
	for _, c := range slices.Concat(source.Claims, source.Others) {
		if c.Stated == nil {
			continue
		}
		formulas++
		if missing := notShown(c.Stated, c.Verdict, page); missing != "" {
			t.Errorf("%s: the page does not have\n%s", c.ID, missing)
		}
		if other := (&result.Stated{Printed: "m = 12345", True: c.Stated.True}); notShown(other, c.Verdict, page) == "" {
			t.Errorf("%s: another formula goes unnoticed", c.ID)
		}
	}
	if formulas < 40 {
		t.Errorf("%d statements are formulas", formulas)
	}
	if i := strings.Index(page, "_W("); i >= 0 {
		t.Errorf("an index is not set: …%.80s", page[i:])
	}
}

// notShown returns what of a statement is not on the page: its printed form, or with what is right in it.
func notShown(s *result.Stated, v result.Verdict, page string) string {
	want := formula.MustStatement(s.Printed).Lines()
	if v == result.IsRefuted && s.True != "" {
		_, _, want, _ = formula.MustStatement(s.Printed).Against(formula.MustStatement(s.True))
	}
	if strings.Contains(page, want) {
		return ""
	}
	return want
}

// Indices and exponents are set, names of several words are not taken for them, and nothing of the text becomes a tag.
func TestSetText(t *testing.T) {
	for _, c := range [][2]string{
		{"F_W(x, y)", "F<sub>W</sub>(x, y)"},
		{"∫_{y′} e^{−βF_j}", "∫<sub>y′</sub> e<sup>−βF<sub>j</sub></sup>"},
		{"argmin_y soft_hinge ℓ_simple F_ȳ", "argmin<sub>y</sub> soft_hinge ℓ<sub>simple</sub> F<sub>ȳ</sub>"},
		{"_x ^ a_ {b_{c", "_x ^ a_ {b_{c"},
		{"e^(−βF − log Z), x^(", "e<sup>−βF − log Z</sup>, x^("},
		{"F_{<b>}", "F<sub>&lt;b&gt;</sub>"},
	} {
		if got := string(setText(c[0])); got != c[1] {
			t.Errorf("%s is set %s, not %s", c[0], got, c[1])
		}
	}
	for _, c := range [][2]string{
		{"F=(0, -1), β=1e-06", "F = (0, −1), β = 1·10<sup>−6</sup>"},
		{"-0.19661193324148185", "−0.196612"},
		{"[-1, -1]", "[−1, −1]"},
		{"F=-Inf, a-1", "F = −∞, a-1"},
	} {
		if got := string(setNumbers(c[0])); got != c[1] {
			t.Errorf("%s is set %s, not %s", c[0], got, c[1])
		}
	}
	w, r := marked("F(x, y) = argmin_z {G}", "F(x, y) = min_z {G}")
	for got, want := range map[template.HTML]string{w: `<span class="w"><math><munder><mo movablelimits="false">argmin`, r: `<span class="r"><math><munder><mo movablelimits="false">min`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("marked %s, want %s", got, want)
		}
	}
	if w, r := marked("one thing", "quite another"); w != "one thing" || r != "quite another" {
		t.Errorf("marked %s and %s", w, r)
	}
}

// manyLines is the sample with 5000 lines about code more, one in ten a failure.
func manyLines(t testing.TB) *Run {
	run := sample(t)
	var passed, failed []result.Result
	for _, r := range run.Results {
		switch {
		case r.Layer != result.Code:
		case r.Failed():
			failed = append(failed, r)
		case r.Outcome == result.Passed:
			passed = append(passed, r)
		}
	}
	for i := range 5000 {
		of := passed
		if i%10 == 0 {
			of = failed
		}
		r := of[i/10%len(of)]
		r.Claim = fmt.Sprintf("%s.%d", r.Claim, i)
		run.Results = append(run.Results, r)
	}
	return run
}

// The page of 5000 lines is no longer than 3 MB; how soon it is written, BenchmarkHTML tells.
func TestPageOfManyLines(t *testing.T) {
	if page := text(t, manyLines(t), HTML); len(page) > 3_000_000 {
		t.Errorf("%d bytes", len(page))
	}
}

// BenchmarkHTML writes the page of 5000 lines.
func BenchmarkHTML(b *testing.B) {
	run := manyLines(b)
	for b.Loop() {
		if err := HTML(io.Discard, run); err != nil {
			b.Fatal(err)
		}
	}
}

// Failures stand by cause: those that a planted fault answers like first, then those that end with one error, whatever their op,
// then the rest by op; in a report on several subjects, apart by whose they are.
func TestCauses(t *testing.T) {
	failed := func(op, likely string, outcome result.Outcome, got string) result.Result {
		return result.Result{Claim: op + ".value", Layer: result.Code, Subject: "s", Op: op, Level: result.Required, Outcome: outcome, Likely: likely,
			Small: &result.Counterexample{Case: op + "(F=[0])", Got: got, Want: "1"}}
	}
	rs := []result.Result{
		failed("nll", "", result.Refuted, "0"),
		failed("nll", "", result.Errored, "overflow (line 3)"),
		failed("gibbs", "", result.Errored, "overflow (line 3)"),
		failed("gibbs", "", result.Errored, "overflow (line 4)"),
		failed("log", "log-naive: log(1 + e^d)", result.Refuted, "0"),
	}
	var got []string
	for _, c := range make(anchors).causes(rs, false) {
		got = append(got, fmt.Sprintf("%s ×%d", c.Title, len(c.Findings)))
	}
	want := []string{"log-naive: log(1 + e^d) ×1", "overflow (line 3) ×2", "nll: no planted fault answers alike ×1", "overflow (line 4) ×1"}
	slices.Sort(got[2:])
	if !slices.Equal(got, want) {
		t.Errorf("causes %q, want %q", got, want)
	}
	rs[2].Subject = "other"
	if n := len(make(anchors).causes(rs, true)); n != 5 {
		t.Errorf("%d causes of two subjects, want 5", n)
	}
}

// The first screen counts the statements of the source alone, and each number leads to a filter that shows as many.
func TestTop(t *testing.T) {
	p := newPage(theorised())
	if p.Top.Checkable+p.Top.Unchecked() != lastStatement || p.Top.False() == 0 || len(p.Texts) == 0 {
		t.Errorf("%d checkable, %d not, %d false", p.Top.Checkable, p.Top.Unchecked(), p.Top.False())
	}
	shown := make(map[string]int)
	for _, part := range p.Parts {
		for _, para := range part.Paragraphs {
			for _, c := range para.Cards {
				shown[c.Fragment]++
			}
		}
	}
	for _, c := range p.Top.Tally {
		if shown[c.Fragment] != c.Count {
			t.Errorf("%s leads to %d statements, not %d", c.Fragment, shown[c.Fragment], c.Count)
		}
	}
	if len(p.Top.Worst) != mostMistakes {
		t.Errorf("%d mistakes that matter", len(p.Top.Worst))
	}
	for _, w := range p.Top.Worst {
		if w.Printed == "" || w.Right == "" || !strings.Contains(string(w.Printed), `class="w"`) || !strings.Contains(string(w.Right), `class="r"`) {
			t.Errorf("%s: what is wrong is not marked", w.Title)
		}
	}
}

// A formula of a person's is set as it is written: indices, exponents, what stands under a sign; a sentence is not taken for one, nor
// what is wrong in a bracket.
func TestSetMath(t *testing.T) {
	for s, want := range map[string]string{
		"p_i > 0":                          `<math><msub><mi>p</mi><mrow><mi>i</mi></mrow></msub><mo>&gt;</mo><mn>0</mn></math>`,
		"argmin_z F̄":                      `<math><munder><mo movablelimits="false">argmin</mo><mrow><mi>z</mi></mrow></munder><mspace width="0.167em"/><mi>F̄</mi></math>`,
		"e^{−βF} y′²":                      `<math><msup><mi>e</mi><mrow><mo form="prefix">−</mo><mi>β</mi><mi>F</mi></mrow></msup><msup><mi>y</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup></math>`,
		"∫_{y′} p < ∞":                     `<math><msub><mo lspace="0" rspace="0">∫</mo><mrow><msup><mi>y</mi><mrow><mo>′</mo></mrow></msup></mrow></msub><mi>p</mi><mo>&lt;</mo><mi>∞</mi></math>`,
		"10⁻⁶ = x₀":                        `<math><msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup><mo>=</mo><msub><mi>x</mi><mrow><mn>0</mn></mrow></msub></math>`,
		"F ≥ 0, F stays":                   `<math><mi>F</mi><mo>≥</mo><mn>0</mn></math>, F stays`,
		"its volume is finite: Z < ∞; <b>": `its volume is finite: <math><mi>Z</mi><mo>&lt;</mo><mi>∞</mi></math>; <math><mo>&lt;</mo><mi>b</mi><mo>&gt;</mo></math>`,
		"p_{i > 0":                         "p_{i &gt; 0",
		"_ ^":                              "<math><mo>_</mo><mo>^</mo></math>",
	} {
		if got := string(setMath(s)); got != want {
			t.Errorf("%s is set\n%s, want\n%s", s, got, want)
		}
	}
	for _, c := range newPage(theorised()).Parts {
		for _, p := range c.Paragraphs {
			for _, c := range p.Cards {
				if c.Stated == nil && c.Line != "" && !strings.Contains(string(c.Line), "<math>") {
					t.Errorf("%s is not set: %s", c.ID, c.Line)
				}
			}
		}
	}
}
