package command

import (
	"strings"
	"testing"
)

// TestHarmless holds that no line comes out that the runner of a workflow takes for a
// command, however it is cut, and that others come out as they are.
func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"::stop-commands::x\n":     ": :stop-commands::x\n",
		"  \t::error::x":           "  \t: :error::x",
		"\u00a0\u3000::add-mask::": "\u00a0\u3000: :add-mask::",
		"a\n:::\n::\n":             "a\n: ::\n: :\n",
		"why ##[group]x ###[x":     "why ## [group]x ### [x",
		"##[error]":                "## [error]",
		"##\n[x]":                  "##\n[x]",
		"a\r::error::x\r\n::x":     "a\r: :error::x\r\n: :x",
		"a::b : :c ## [x] #[x]":    "a::b : :c ## [x] #[x]",
		":x:: F̄ ::":               ":x:: F̄ ::",
	} {
		for cut := range in { // between characters
			var b strings.Builder
			h := &harmless{w: &b}
			for _, part := range []string{in[:cut], in[cut:]} {
				if n, err := h.Write([]byte(part)); n != len(part) || err != nil {
					t.Errorf("%d, %v", n, err)
				}
			}
			if b.String() != want {
				t.Errorf("%q cut at %d: %q, want %q", in, cut, &b, want)
			}
		}
	}
}
