package reports

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// one is a complete run of these lines.
func one(results ...result.Result) *Run { return &Run{Results: results, Complete: true} }

// codeLine is a line about the code of a subject.
func codeLine(subject string, outcome result.Outcome) result.Result {
	r := result.Result{Layer: "code", Claim: "x.value", Op: "x", Subject: subject, Regime: "tame", Level: result.Required, Outcome: outcome}
	if r.Outcome != result.NotOffered && r.Outcome != result.NotRun {
		r.Cases = 10
	}
	return r
}

// Where a line goes, by what it was and what it is; "" stands for no line.
func TestCompareOutcomes(t *testing.T) {
	const passed, refuted, notOffered, notRun = result.Passed, result.Refuted, result.NotOffered, result.NotRun
	other := result.Result{Layer: "code", Claim: "y.value", Subject: "s", Regime: "tame", Level: "required", Outcome: passed, Cases: 1}
	for _, c := range []struct {
		was, now result.Outcome
		want     string
		code     int
	}{
		{passed, refuted, "failing", 1},
		{passed, result.Crashed, "failing", 1},
		{notOffered, refuted, "failing", 1},
		{notRun, refuted, "failing", 1},
		{refuted, passed, "fixed", 0},
		{result.Crashed, refuted, "still", 0},
		{refuted, refuted, "still", 0},
		{passed, passed, "", 0},
		{"", passed, "new", 0},
		{"", refuted, "new", 0},
		{notOffered, passed, "new", 0},
		{passed, "", "gone", 1},
		{passed, notOffered, "gone", 1},
		{refuted, notRun, "gone", 1},
		{notOffered, notOffered, "", 0},
		{"", notOffered, "", 0},
		{notOffered, "", "", 0},
	} {
		base, head := one(other), one(other)
		if c.was != "" {
			base.Results = append(base.Results, codeLine("s", c.was))
		}
		if c.now != "" {
			head.Results = append(head.Results, codeLine("s", c.now))
		}
		got := Compare(base, head)
		if f := filed(got); f != c.want {
			t.Errorf("%q → %q is filed as %q, want %q", c.was, c.now, f, c.want)
		}
		if code := got.ExitCode(); code != c.code {
			t.Errorf("%q → %q: exit code %d, want %d", c.was, c.now, code, c.code)
		}
	}
}

func filed(c *Comparison) string {
	var in []string
	for _, l := range []struct {
		name string
		n    int
	}{{"failing", len(c.Failing)}, {"fixed", len(c.Fixed)}, {"still", c.Still}, {"new", len(c.New)}, {"gone", len(c.Gone)}} {
		if l.n > 0 {
			in = append(in, l.name)
		}
	}
	return strings.Join(in, " ")
}

func TestCompareExitCode(t *testing.T) {
	passed, refuted := codeLine("s", result.Passed), codeLine("s", result.Refuted)
	recommended, expected := refuted, refuted
	recommended.Level, expected.Expected = result.Recommended, "issue 17"
	before := passed
	before.Level = result.Recommended
	statement := result.Result{Layer: "theory", Claim: "C", Outcome: result.Passed, Verdict: result.Holds}
	lost := statement
	lost.Outcome = result.Refuted
	incomplete := one(passed)
	incomplete.Complete = false
	incompleteAndWorse := one(refuted)
	incompleteAndWorse.Complete = false
	for _, c := range []struct {
		name       string
		base, head *Run
		want       int
	}{
		{"the same", one(passed), one(passed), 0},
		{"required", one(passed), one(refuted), 1},
		{"recommended", one(before), one(recommended), 0},
		{"expected", one(passed), one(expected), 0},
		{"theory", one(statement), one(lost), 1},
		{"head incomplete", one(passed), incomplete, 4},
		{"head incomplete and worse", one(passed), incompleteAndWorse, 1},
		{"base incomplete", incomplete, one(passed), 0},
		{"nothing", one(), one(), 4},
		{"nothing in common", one(passed), one(statement), 4},
		{"another subject among several", one(passed, codeLine("t", result.Passed)), one(refuted, codeLine("u", result.Passed)), 1},
	} {
		if got := Compare(c.base, c.head).ExitCode(); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}

// Subjects are matched by name; the only one of each run is the same one.
func TestCompareSubjects(t *testing.T) {
	a, b := codeLine("a", result.Passed), codeLine("b", result.Refuted)
	c := Compare(one(a), one(b))
	if filed(c) != "failing" || len(c.Notes) != 1 || !strings.Contains(c.Notes[0], "was a and is b") {
		t.Errorf("one renamed: filed as %q with the notes %q", filed(c), c.Notes)
	}
	c = Compare(one(a, codeLine("c", result.Passed)), one(codeLine("c", result.Refuted), b))
	if len(c.Failing) != 1 || c.Failing[0].Subject != "c" || len(c.New) != 1 || len(c.Gone) != 1 || len(c.Notes) > 0 {
		t.Errorf("several: failing %v, new %v, gone %v, notes %q", c.Failing, c.New, c.Gone, c.Notes)
	}
	if a.Subject != "a" {
		t.Error("the base was changed")
	}
}

func TestCompareGrowth(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		from, to float64
		times    float64 // 0: no growth
	}{
		{1, 2, 2}, {1, 1.99, 0}, {2, 1, 0}, {0, 0.5, 0}, {0, 0.9, 0}, {0, 1, 2}, {0.25, 5, 10},
		{1, inf, inf}, {1, nan, inf}, {inf, inf, 0}, {nan, 3, 0}, {inf, 1, 0}, {0, inf, inf},
	} {
		was, now := codeLine("s", result.Passed), codeLine("s", result.Passed)
		from, to := result.Real(c.from), result.Real(c.to)
		was.Ulps, now.Ulps = &from, &to
		got := Compare(one(was), one(now)).Growth
		if (len(got) == 1) != (c.times > 0) || len(got) == 1 && got[0].Times != c.times {
			t.Errorf("%v → %v ulps: %+v, want %v times", c.from, c.to, got, c.times)
		}
	}
	was, now := codeLine("s", result.Passed), codeLine("s", result.Passed)
	was.Spent, now.Spent = 0.25, 0.5
	if got := Compare(one(was), one(now)).Growth; len(got) != 1 || got[0].Times != 2 {
		t.Errorf("without ulps: %+v, want 2 times the share spent", got)
	}
	crashed := now
	crashed.Outcome, crashed.Spent = result.Crashed, result.Real(inf)
	if got := Compare(one(was), one(crashed)).Growth; len(got) != 0 {
		t.Errorf("a crash has grown: %+v", got)
	}
}

// A run differs from itself in nothing.
func TestCompareWithItself(t *testing.T) {
	for name, run := range map[string]*Run{"sample": sample(t), "second": second(t)} {
		c := Compare(run, run)
		if filed(c) != "still" || len(c.Grades)+len(c.Growth)+len(c.Verdicts) > 0 {
			t.Errorf("%s: filed as %q, %d grades, %d errors, %d verdicts", name, filed(c), len(c.Grades), len(c.Growth), len(c.Verdicts))
		}
	}
	if c := Compare(second(t), sample(t)); len(c.Failing) != len(Compare(sample(t), second(t)).Fixed) {
		t.Error("what is fixed one way does not fail the other")
	}
}

func TestCompareHostile(t *testing.T) {
	c := Compare(hostile(t), second(t))
	var b strings.Builder
	if err := c.Terminal(&b, 80, false); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if columns(line) > 80 || strings.ContainsFunc(line, steers) {
			t.Errorf("a line of %d columns, or one that steers: %q", columns(line), line)
		}
	}
}

// The page shows every change, where a terminal counts what is beyond twenty lines, and each grade that moved beside what it was.
func TestComparedPage(t *testing.T) {
	base, head := one(), one()
	for i := range 25 {
		was, now := codeLine("s", result.Refuted), codeLine("s", result.Passed)
		was.Claim, now.Claim = fmt.Sprintf("x.value%d", i), fmt.Sprintf("x.value%d", i)
		base.Results, head.Results = append(base.Results, was), append(head.Results, now)
	}
	was, now := codeLine("s", result.Passed), codeLine("s", result.Passed)
	was.Claim, was.Op, was.Grade = "y.value", "y", "A"
	now.Claim, now.Op, now.Grade = "y.value", "y", "B"
	base.Results, head.Results = append(base.Results, was), append(head.Results, now)
	page := text(t, head, func(w io.Writer, _ *Run) error { return Compare(base, head).HTML(w) })
	for _, want := range []string{"Fixed: 25", "x.value0 · tame · required, was refuted", "x.value24 · tame", `<span class="cell bad">F</span> → `, `<span class="cell good">A</span> → <span class="cell fair">B</span> <b class="x">↓</b>`, `class="passed">Nothing required fails newly<`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if lines := Compare(base, head).lists(false); len(lines[len(lines)-1].short()) != 21 {
		t.Errorf("a terminal shows %d lines of 25, want 20 and their number", len(lines[len(lines)-1].short()))
	}
	worse := text(t, base, func(w io.Writer, _ *Run) error { return Compare(head, base).HTML(w) })
	for _, want := range []string{`class="refuted">25 required claims fail newly<`, "Required: passed before, and fails now: 25", `<b class="o">↑</b>`} {
		if !strings.Contains(worse, want) {
			t.Errorf("the page of the way back has no %q", want)
		}
	}
}
