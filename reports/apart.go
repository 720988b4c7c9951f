package reports

import (
	_ "embed"
	"strings"
)

//go:embed claims.md
var claims string

// Apart is a claim that stands by itself, on the page claims.md: of what is no operation, so
// that no subject is asked for it.
type Apart struct {
	ID, Of, Where, Says, Evidence, Faults string
	Package                               string // the test of which, Claims, judges it
}

// FindApart returns the claim of that page with this id; ok is false if there is none.
func FindApart(id string) (c Apart, ok bool) {
	pkg := ""
	for line := range strings.Lines(claims) {
		if name, is := strings.CutPrefix(line, "## "); is {
			pkg = strings.TrimSpace(name)
		}
		cells := strings.Split(strings.Trim(line, "| \n"), " | ") // \| is no border
		if len(cells) != 6 || cells[0] != "`"+id+"`" {
			continue
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], `\|`, "|")
		}
		return Apart{id, cells[1], cells[2], cells[3], cells[4], cells[5], pkg}, true
	}
	return Apart{}, false
}
