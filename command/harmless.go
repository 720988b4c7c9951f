package command

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"
)

// A harmless writer keeps what a child says from being a command to the runner of a
// GitHub workflow, which reads all that is printed: a line that begins with :: but for
// blanks, or has ##[ anywhere. There it writes ": :" and "## [".
type harmless struct {
	w     io.Writer
	begun bool   // something other than blanks stands on the line
	last  []byte // of the line, not blank, three bytes at most
}

func (h *harmless) Write(p []byte) (int, error) {
	var b bytes.Buffer
	for rest := p; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case r == '\n', r == '\r': // either ends a line to the runner
			h.begun, h.last = false, nil
		case r == ':' && string(h.last) == "^:", r == '[' && bytes.HasSuffix(h.last, []byte("##")):
			b.WriteByte(' ')
			h.last = []byte{' '}
		case !h.begun && (unicode.IsSpace(r) || unicode.IsControl(r)):
		default:
			if !h.begun {
				h.begun, h.last = true, []byte{'^'} // the start
			}
			h.last = append(h.last, rest[:n]...)
			h.last = h.last[max(0, len(h.last)-3):]
		}
		b.Write(rest[:n])
		rest = rest[n:]
	}
	_, err := h.w.Write(b.Bytes())
	return len(p), err
}

// unguarded is the writer under a harmless one: for commands that are meant.
func unguarded(w io.Writer) io.Writer {
	if h, ok := w.(*harmless); ok {
		return h.w
	}
	return w
}
