package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine is the longest line read: a result with its counterexamples takes
// a few kilobytes, and a stream without newlines must not fill the memory.
const maxLine = 16 << 20

// lines reads a stream line by line, and knows where it is.
type lines struct {
	r *bufio.Reader
	n int // lines read
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next line without its newline, and whether it had one.
// The error is io.EOF when no bytes are left.
func (l *lines) next() (line []byte, whole bool, err error) {
	l.n++
	for {
		part, err := l.r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return nil, false, fmt.Errorf("line %d: longer than %d MiB", l.n, maxLine>>20)
		case err == nil:
			return line[:len(line)-1], true, nil
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, false, nil
		case errors.Is(err, io.EOF):
			return nil, false, io.EOF
		default:
			return nil, false, fmt.Errorf("line %d: %w", l.n, err)
		}
	}
}

// tail is the end of an output.
type tail struct{ b []byte }

const tailMost = 2 << 10

func (t *tail) add(s string) {
	t.b = append(t.b, s...)
	if len(t.b) > 4*tailMost {
		t.b = append(t.b[:0], t.b[len(t.b)-tailMost:]...)
	}
}

func (t *tail) String() string {
	b := t.b
	if len(b) > tailMost {
		b = b[len(b)-tailMost:]
	}
	return strings.TrimSpace(strings.ToValidUTF8(string(b), ""))
}
