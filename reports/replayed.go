package reports

import (
	"io"
	"strings"

	"ebmcheck/properties/result"
)

// Replayed writes what became of the claims about a call that was asked again:
// the whole of one that failed, at its strictest level, and of one alone; a
// line of the others.
func Replayed(w io.Writer, results []result.Result, width int, colour bool) error {
	t := newSheet(width, colour)
	whole := len(results) == 1
	told := "" // the claim whose failure has been written
	for _, r := range cleaned(results) {
		code, mark := green, "✓"
		switch {
		case r.Failed():
			code, mark = red, "✗"
		case !r.Attempted():
			code, mark = yellow, "–"
		}
		t.hang(code, mark+" ", strings.Join(nonEmpty(r.Subject, r.Claim, r.Regime, string(r.Level), string(r.Outcome)), " · "))
		t.failure(r, whole || r.Failed() && r.Claim != told)
		if r.Failed() {
			told = r.Claim
		}
	}
	_, err := w.Write(t.Bytes())
	return err
}
