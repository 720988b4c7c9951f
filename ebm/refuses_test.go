package ebm

import (
	"fmt"
	"strings"
	"testing"
)

// refuses demands that f panics with a message of this package that has about
// in it.
func refuses(t *testing.T, about string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		why := recover()
		if why == nil {
			t.Errorf("no panic about %q", about)
		} else if s := fmt.Sprint(why); !strings.HasPrefix(s, "ebm: ") || !strings.Contains(s, about) {
			t.Errorf("panic %q, want one of this package about %q", s, about)
		}
	}()
	f()
}
