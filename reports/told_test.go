package reports

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// What one line mends is told together, as is what an op answers otherwise among other
// calls, and one exception; of a claim one sort of number; and nothing else.
func TestByCause(t *testing.T) {
	line := func(claim, regime string, outcome result.Outcome, got, mend string) result.Result {
		op, _, _ := strings.Cut(claim, ".")
		return result.Result{Claim: claim, Op: op, Regime: regime, Outcome: outcome, Mend: mend, Small: &result.Counterexample{Got: got}}
	}
	rs := []result.Result{
		line("gibbs.probabilities", "tame", result.Refuted, "NaN", "shift"),
		line("nll.value", "tame", result.Refuted, "+Inf", "shift"),
		line("nll.gradient", "tame", result.Refuted, "NaN", ""),
		line("nll.gradient", "wide", result.Refuted, "3", ""),
		line("nll.gradient", "extreme", result.Refuted, "NaN", ""),
		line("log.value", "tame", result.Nondeterministic, "1", ""),
		line("log.gradient", "tame", result.Nondeterministic, "NaN", ""),
		line("mce.value", "tame", result.Nondeterministic, "NaN", ""),
	}
	for _, claim := range []string{"hinge.value", "hinge.gradient"} {
		r := line(claim, "tame", result.Errored, "ValueError: no", "")
		r.Small.What = "reply"
		rs = append(rs, r)
	}
	var got []string
	for _, together := range byCause(rs) {
		var claims []string
		for _, r := range together {
			claims = append(claims, r.Claim+"/"+r.Regime)
		}
		got = append(got, strings.Join(claims, " "))
	}
	want := "gibbs.probabilities/tame nll.value/tame; nll.gradient/tame nll.gradient/extreme; nll.gradient/wide; " +
		"log.value/tame log.gradient/tame; mce.value/tame; hinge.value/tame hinge.gradient/tame"
	if shown := strings.Join(got, "; "); shown != want {
		t.Errorf("%s, want %s", shown, want)
	}
}

// The worst case is told where it says more than the smallest: another sort of number, or
// an error ten times as large.
func TestWorstIsTold(t *testing.T) {
	for _, c := range []struct {
		small, worst [2]string // got and want
		told         bool
	}{
		{[2]string{"NaN", "1"}, [2]string{"NaN", "0.5"}, false},
		{[2]string{"2", "1"}, [2]string{"NaN", "1"}, true},
		{[2]string{"2", "1"}, [2]string{"7000", "1"}, false},
		{[2]string{"1.01", "1"}, [2]string{"1.02", "1"}, false},
		{[2]string{"1.01", "1"}, [2]string{"1.2", "1"}, true},
	} {
		x := func(of [2]string, at string) *result.Counterexample {
			return &result.Counterexample{Case: at, Got: of[0], Want: of[1]}
		}
		r := result.Result{Layer: "code", Outcome: result.Refuted, Small: x(c.small, "f(0)"), Worst: x(c.worst, "f(1)")}
		told := false
		for _, l := range evidence(r) {
			told = told || l.Label == "worst"
		}
		if told != c.told {
			t.Errorf("%v, at worst %v: told %v", c.small, c.worst, told)
		}
	}
}

// Of a long traceback the first line and the last ones are told.
func TestBrieflyWhy(t *testing.T) {
	why := "the subject refuses the arguments: Traceback"
	for i := range 50 {
		why += fmt.Sprintf("\n  File %d", i)
	}
	got := brieflyWhy(result.Result{Why: why + "\nZeroDivisionError: division by zero\n"})
	if lines := strings.Split(got, "\n"); len(lines) != 5 || !strings.HasSuffix(got, "\nZeroDivisionError: division by zero") || !strings.HasPrefix(got, "the subject") {
		t.Errorf("%q", got)
	}
}

// What is said of state and races, and what mends a mistake, is told wherever a failure is.
func TestNoteAndMendAreTold(t *testing.T) {
	const note, mend = "answers differently alone", "subtract the minimum"
	r := result.Result{Layer: "code", Claim: "nll.value", Op: "nll", Subject: "s", Regime: "tame", Level: "required", Outcome: result.Refuted, Cases: 1,
		Likely: "nll-naive: no shift", Mend: mend, Small: &result.Counterexample{Case: "nll(F=[0])", Got: "1", Want: "0", Note: note}}
	run := &Run{Complete: true, Results: []result.Result{r}}
	for name, write := range map[string]func(io.Writer, *Run) error{
		"terminal": func(w io.Writer, r *Run) error { return Terminal(w, r, 80, false) }, "Markdown": Markdown, "HTML": HTML,
		"JUnit": JUnit, "annotations": Annotations,
		"replay": func(w io.Writer, r *Run) error { return Replayed(w, r.Results, 1, 80, false) },
	} {
		if out := text(t, run, write); !strings.Contains(out, note) || !strings.Contains(out, mend) {
			t.Errorf("%s does not tell the note, or what mends it:\n%s", name, out)
		}
	}
}
