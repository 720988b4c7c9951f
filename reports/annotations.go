package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"ebmcheck/properties/result"
)

// annotationsMost is how many failures are annotated: GitHub shows ten
// annotations of a kind a step and drops the others without a word.
const annotationsMost = 9

// Annotations writes GitHub workflow commands, a line each, that put what makes
// the run fail onto the page of the job: at most nine, the worst first, and one
// that counts the rest. A run that passed has none.
func Annotations(w io.Writer, run *Run) error {
	results := cleaned(run.Results)
	many := manySubjects(results)
	var lines []string
	for _, s := range statements(results) {
		if s.Result.Failed() {
			lines = append(lines, annotation(s.ID+" · "+string(s.Outcome), failureText(s.Result)))
		}
	}
	for _, r := range worstFirst(findings(results).Required) {
		lines = append(lines, annotation(title(r, many), failureText(r)))
	}
	if run.ExitCode() != result.ExitPassed {
		for _, warning := range warnings(run) {
			lines = append(lines, annotation(conclusion(run), warning))
		}
	}
	if n := len(lines); n > annotationsMost {
		lines = append(lines[:annotationsMost], annotation("ebmcheck", fmt.Sprintf("and %d more, see the report", n-annotationsMost)))
	}
	var b bytes.Buffer
	for _, l := range lines {
		b.WriteString(l + "\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

var (
	// what GitHub's runner turns back: github.com/actions/toolkit, command.ts; and ##[, which
	// begins a command of its older form
	annotationText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "##[", "## [")
	annotationValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C", "##[", "## [")
)

func annotation(title, text string) string {
	return "::error title=" + annotationValue.Replace(oneLine(clean(title))) + "::" + annotationText.Replace(clean(text))
}

// failureText is a failure in a few lines: what was claimed, why it failed, the
// counterexample, how to see it again.
func failureText(r result.Result) string {
	parts := nonEmpty(r.Says, brieflyWhy(r))
	if c := counterexample(r); c != nil {
		parts = append(parts, witness(c, string(r.Layer)))
		if r.Layer == "code" {
			parts = append(parts, nonEmpty(c.Note)...)
		}
	}
	if r.Likely != "" {
		parts = append(parts, "likely: "+r.Likely)
	}
	if r.Mend != "" {
		parts = append(parts, "mend: "+r.Mend)
	}
	if r.Replay != "" {
		parts = append(parts, "replay: "+r.Replay)
	}
	return strings.Join(parts, "\n")
}

// brieflyWhy is the reason without the middle of a long one: the last lines of a
// traceback say what it is.
func brieflyWhy(r result.Result) string {
	const lines, wide = 5, 300
	why := strings.Split(strings.TrimSpace(r.Why), "\n")
	if n := len(why); n > lines {
		why = append([]string{why[0], "…"}, why[n-lines+2:]...)
	}
	for i, l := range why {
		why[i] = cut(l, wide)
	}
	return strings.Join(why, "\n")
}
