package losses_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	. "ebmcheck/losses"
)

var update = flag.Bool("update", false, "write the table of doc.go")

// TestDoc holds the table of doc.go to the catalogue.
func TestDoc(t *testing.T) {
	const from, to = "// gradient in the energies.\n//\n", "//\n// Table 1 is that of"
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := bytes.Cut(doc, []byte(from))
	old, after, closed := bytes.Cut(rest, []byte(to))
	if !ok || !closed {
		t.Fatalf("losses/doc.go has no lines between %q and %q", from, to)
	}
	want := table(Catalogue())
	if *update {
		if err := os.WriteFile("doc.go", slices.Concat(before, []byte(from), []byte(want), []byte(to), after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(old) != want {
		t.Errorf("losses/doc.go is stale (make update): want\n%s", want)
	}
}

// table is a line of each loss, as a comment.
func table(entries []Entry) string {
	lines := [][]string{{"loss", "formula", "margin", "stated in"}}
	for _, e := range entries {
		var of any = e.Loss
		if e.Pair != nil {
			of = e.Pair
		}
		_, name, _ := strings.Cut(fmt.Sprintf("%T", of), ".")
		margin := e.Margin
		if margin == "" {
			margin = "–"
		}
		var stated []string
		for _, ref := range e.Refs {
			where, _, _ := strings.Cut(ref, ", row")
			stated = append(stated, where)
		}
		lines = append(lines, []string{name, strings.TrimPrefix(e.Formula, "ℓ = "), margin, strings.Join(stated, ", ")})
	}
	wide := make([]int, 4)
	for _, line := range lines {
		for i, cell := range line {
			wide[i] = max(wide[i], width(cell))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString("//\t")
		for i, cell := range line[:3] {
			b.WriteString(cell + strings.Repeat(" ", wide[i]-width(cell)+3))
		}
		b.WriteString(line[3] + "\n")
	}
	return b.String()
}

// width is the number of places that s takes: a bar above a letter takes none.
func width(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}
