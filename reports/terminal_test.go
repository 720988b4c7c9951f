package reports

import (
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// No line is wider than it may be, whatever the texts; and a terminal gets no
// control character but those of the colours.
func TestTerminalWidth(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	sgr := regexp.MustCompile("\x1b\\[[0-9]*m")
	wide := sample(t) // seven regimes
	for i, regime := range []string{"a", "b", "c"} {
		r := wide.Results[len(wide.Results)-1-i]
		r.Regime = regime
		wide.Results = append(wide.Results, r)
	}
	for name, run := range map[string]*Run{"sample": sample(t), "hostile": hostile(t), "wide": wide, "empty": new(Run),
		"joined": Join(sample(t), second(t), wide), "joined hostile": Join(hostile(t), hostile(t))} {
		for _, width := range []int{0, 80, 100} {
			for _, colour := range []bool{false, true} {
				out := text(t, run, func(w io.Writer, r *Run) error { return Terminal(w, r, width, colour) })
				if plain := sgr.ReplaceAllString(out, ""); colour && plain == out {
					t.Errorf("%s: no colour", name)
				} else if !colour && plain != out {
					t.Errorf("%s: colour unasked", name)
				}
				for _, line := range strings.Split(sgr.ReplaceAllString(out, ""), "\n") {
					if columns(line) > max(width, 80) && !strings.HasPrefix(line, "    replay ") {
						t.Errorf("%s at %d: %d columns: %s", name, width, columns(line), line)
					}
					if strings.ContainsFunc(line, steers) {
						t.Errorf("%s: control characters in %q", name, line)
					}
					if strings.TrimRight(line, " ") != line {
						t.Errorf("%s: spaces at the end of %q", name, line)
					}
				}
			}
		}
	}
}

func TestNoColor(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	out := text(t, sample(t), func(w io.Writer, r *Run) error { return Terminal(w, r, 80, true) })
	if strings.Contains(out, "\x1b") {
		t.Error("NO_COLOR is set, and there is colour")
	}
}

func TestCells(t *testing.T) {
	line := func(level result.Level, outcome result.Outcome, grade string, ulps float64) result.Result {
		u, spent := result.Real(ulps), result.Real(ulps/20)
		return result.Result{Spent: spent, Layer: "code", Claim: "x.value", Op: "x", Regime: "tame", Level: level, Outcome: outcome, Grade: grade, Ulps: &u, Cases: 1}
	}
	for _, c := range []struct {
		name  string
		lines []result.Result
		want  string
	}{
		{"the worst grade", []result.Result{line("required", "passed", "A+", 0.5), line("recommended", "refuted", "B", 9)}, "B 3%"},
		{"a required failure by how much", []result.Result{line("required", "refuted", "F", 240)}, "F ×12"},
		{"no number, and far off", []result.Result{line("required", "refuted", "F", math.Inf(1)), line("required", "refuted", "F", 1e17)}, "F"},
		{"where nothing is required", []result.Result{line("recommended", "refuted", "–", math.Inf(1))}, "–"},
		{"all that is recommended", []result.Result{line("required", "passed", "A", 2.5), line("recommended", "passed", "A", 2.5)}, "A 13%"},
		{"a required failure is F, whatever it says", []result.Result{line("required", "refuted", "A+", 0.5), line("recommended", "passed", "A+", 0.5)}, "F"},
		{"a recommended failure is not", []result.Result{line("recommended", "crashed", "", 0.5)}, "✗ 0.5"},
		{"not run", []result.Result{line("required", "not-run", "", 0)}, "not run"},
		{"not offered", []result.Result{line("required", "not-offered", "", 0)}, "–"},
	} {
		if got := tables(c.lines)[0].Rows[0].Cells[0].Text(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The claims about an op are put on the same cases, which are counted once.
func TestCasesAreCountedOnce(t *testing.T) {
	var lines []result.Result
	for _, l := range []struct {
		claim, regime string
		cases         int
	}{{"x.value", "tame", 100}, {"x.gradient", "tame", 90}, {"x.value", "wide", 10}} {
		lines = append(lines, result.Result{Layer: "code", Claim: l.claim, Op: "x", Regime: l.regime, Level: "required", Outcome: "passed", Cases: l.cases})
	}
	if got := tables(lines)[0].Rows[0].Cases(); got != 110 {
		t.Errorf("%d cases, want 110", got)
	}
}

// What a subject called unsupported is told beside what was judged, everywhere.
func TestUnsupportedIsTold(t *testing.T) {
	run := &Run{Complete: true, Results: []result.Result{{Layer: "code", Claim: "x.value", Op: "x", Subject: "s", Regime: "tame", Level: "required", Outcome: "passed", Cases: 12000, Unsupported: 1234}}}
	for name, write := range map[string]func(io.Writer, *Run) error{
		"terminal": func(w io.Writer, r *Run) error { return Terminal(w, r, 80, false) }, "Markdown": Markdown, "HTML": HTML,
	} {
		if out := text(t, run, write); !strings.Contains(out, group(1234)) || !strings.Contains(out, "unsupported") {
			t.Errorf("%s does not say that 1234 cases were unsupported", name)
		}
	}
}
