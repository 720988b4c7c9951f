package reports

import (
	"fmt"
	"io"
	"strings"

	"ebmcheck/properties/result"
)

// Replayed writes what became of the claims about a call that was asked again:
// the whole of one that failed, at its strictest level, and of one alone; a
// line of the others; and last the verdict, with the exit code that it stands for.
func Replayed(w io.Writer, results []result.Result, code, width int, colour bool) error {
	t := newSheet(width, colour)
	whole := len(results) == 1
	failures := 0
	told := "" // the claim whose failure has been written
	for _, r := range cleaned(results) {
		colour, mark := green, "✓"
		switch {
		case r.Failed():
			colour, mark = red, "✗"
			failures++
		case !r.Attempted():
			colour, mark = yellow, "–"
		}
		t.hang(colour, mark+" ", strings.Join(nonEmpty(r.Subject, r.Claim, r.Regime, string(r.Level), string(r.Outcome)), " · "))
		t.failure(r, whole || r.Failed() && r.Claim != told)
		if r.Failed() {
			told = r.Claim
		}
	}
	t.WriteByte('\n')
	t.line(codeColour[code], replayed(code, failures, len(results)))
	_, err := w.Write(t.Bytes())
	return err
}

// replayed is what became of a call in a sentence.
func replayed(code, failures, all int) string {
	s := "Incomplete: it was not judged, or what it showed did not show again."
	switch code {
	case result.ExitPassed:
		s = "Passed: it does not fail."
	case result.ExitRefuted:
		s = fmt.Sprintf("Failed: %d of %s.", failures, count(all, "claim", "claims"))
	}
	return fmt.Sprintf("%s (exit code %d)", s, code)
}
