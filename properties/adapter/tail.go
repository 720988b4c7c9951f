package adapter

import (
	"strings"
	"sync"
)

// maxStderr is how many bytes are kept of a child's standard error.
const maxStderr = 64 << 10

// A tail keeps the last of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(b) >= maxStderr {
		t.kept = append(t.kept[:0], b[len(b)-maxStderr:]...)
		return len(b), nil
	}
	if over := len(t.kept) + len(b) - maxStderr; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	t.kept = append(t.kept, b...)
	return len(b), nil
}

// last is at most n bytes of the end, as text.
func (t *tail) last(n int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(strings.ToValidUTF8(string(t.kept[max(0, len(t.kept)-n):]), "\uFFFD"))
}
