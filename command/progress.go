package command

import (
	"fmt"
	"io"
	"time"

	"ebmcheck/properties"
)

// A progress shows how far a run is: on a terminal one line that is written
// over, elsewhere a plain line every few seconds.
type progress struct {
	w        io.Writer
	terminal bool
	last     time.Time
	shown    bool
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, terminal: terminal(w), last: time.Now()}
}

func (p *progress) update(s properties.Progress) {
	every := 5 * time.Second
	if p.terminal {
		every = 100 * time.Millisecond
	}
	if time.Since(p.last) < every && s.Done < s.Of {
		return
	}
	p.last = time.Now()
	line := fmt.Sprintf("%d of %d done, %s cases, %s cases/s", s.Done, s.Of, thousands(s.Cases), thousands(int(float64(s.Cases)/s.Elapsed.Seconds())))
	if s.Done > 0 && s.Done < s.Of {
		left := time.Duration(float64(s.Elapsed) * float64(s.Of-s.Done) / float64(s.Done))
		line += fmt.Sprintf(", about %s left", left.Round(time.Second))
	}
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%.79s", line)
		p.shown = true
		return
	}
	fmt.Fprintln(p.w, line)
}

// end leaves the terminal's line clean for what comes next.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// thousands writes n with commas between groups of three digits.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
