package reports

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	stated "ebmcheck/properties/theory"
)

// TestLedger holds the committed ledger.md, and the README's table and figures, to the
// ledger: what it says is what
// the claims say and what their checks find. A few random cases are enough,
// for what is rendered comes from the special ones; that 10 000 find the same
// is for TestTheory.
func TestLedger(t *testing.T) {
	var results []result.Result
	all := properties.Run{Claims: properties.Claims, Subject: op.Reference(), Seed: 1, Checks: 200}
	ofTheory := all
	ofTheory.Emit = func(r result.Result) error { results = append(results, r); return nil }
	ofTheory.Claims = slices.DeleteFunc(slices.Clone(all.Claims), func(c properties.Claim) bool { return c.Layer() == "code" })
	if err := ofTheory.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
	results = append(results, all.Unrun(results, "of claims about code the words are rendered")...)
	properties.Sort(all.Units(), results)
	var b bytes.Buffer
	if err := Ledger(&b, results); err != nil {
		t.Fatal(err)
	}
	committed(t, "ledger.md", func(string) string { return b.String() })
	source, texts := apart(statements(results))
	if len(texts) == 0 {
		t.Error("no statement of another text")
	}
	counts := map[result.Verdict]int{}
	for _, s := range source {
		counts[s.Verdict]++
	}
	checkable := counts[result.Holds] + counts[result.HoldsIf] + counts[result.IsRefuted]
	proved, identities := 0, 0
	for _, s := range source {
		if s.Evidence == result.Proved && s.Verdict != result.NotCheckable {
			proved++
		}
	}
	for n := 1; n <= 92; n++ {
		if ref := fmt.Sprint("I", n); stated.About(ref) != nil && stated.ProvedPart(ref) == "" {
			identities++
		}
	}
	said := []string{fmt.Sprintf("%d of its %d checkable statements", counts[result.IsRefuted], checkable),
		fmt.Sprintf("of %d checkable statements %d are false", checkable, counts[result.IsRefuted]), // and so shows the picture
		fmt.Sprintf("%d of the %d checkable statements", proved, checkable), fmt.Sprintf("%d of the 92 [identities]", identities),
		fmt.Sprintf("%d theorems are text files", len(stated.Theorems))}
	page, err := os.ReadFile("identities.md")
	if err != nil {
		t.Fatal(err)
	}
	said = append(said, fmt.Sprintf("%d of the identities are relations between answers of programs", strings.Count(string(page), "; observed by `")))
	committed(t, "../README.md", func(readme string) string {
		for _, figure := range said {
			if !strings.Contains(readme, figure) {
				t.Errorf("README.md does not say %q", figure)
			}
		}
		before, rest, ok1 := strings.Cut(readme, "<!-- worst -->\n")
		_, after, ok2 := strings.Cut(rest, "<!-- end of worst -->\n")
		if !ok1 || !ok2 {
			t.Fatal("README.md has no marks around the table of the mistakes that matter most")
		}
		return before + "<!-- worst -->\n" + worstOf(t, source) + "<!-- end of worst -->\n" + after
	})
}

// committed holds a file to what it should be now, or writes it under -update.
func committed(t *testing.T, name string, now func(old string) string) {
	t.Helper()
	old, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	want := now(string(old))
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), want); diff != "" {
		t.Errorf("%s is stale; make update writes it again (-committed +now):\n%s", name, diff)
	}
}

// worstOf is the README's table of the mistakes that matter most, each shown by its first statement.
func worstOf(t *testing.T, source []statement) string {
	t.Helper()
	cell := strings.NewReplacer("|", `\|`, "\n", " ").Replace
	var b strings.Builder
	b.WriteString("| mistake | as printed | what holds |\n|---|---|---|\n")
	for _, m := range mistakes {
		at := slices.IndexFunc(source, func(s statement) bool { return s.ID == m.refs[0] })
		if at < 0 || source[at].Verdict != result.IsRefuted {
			t.Errorf("%s is not refuted", m.refs[0])
			continue
		}
		fmt.Fprintf(&b, "| %s (%s). %s | %s | %s |\n", m.title, strings.Join(m.refs, ", "), m.says, cell(source[at].Printed), cell(source[at].Formula))
	}
	return b.String()
}

// TestREADMEDefect holds the README's defect, and the figures before it, to wild.md.
func TestREADMEDefect(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	readme, wild := read("../README.md"), read("wild.md")
	_, section, _ := strings.Cut(readme, "## A defect of a library\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var defect []string
	for line := range strings.Lines(section) {
		if line, ok := strings.CutPrefix(line, "    "); ok {
			defect = append(defect, line)
		}
	}
	if text := strings.Join(defect[:3], ""); !strings.Contains(wild, "```text\n"+text) {
		t.Errorf("wild.md has no defect\n%s", text)
	}
	for _, line := range defect[3:] {
		if !strings.Contains(wild, "\n"+line) {
			t.Errorf("wild.md has no line %q", line)
		}
	}
	defects, _, _ := strings.Cut(wild[strings.Index(wild, "## Defects\n\n")+len("## Defects\n\n"):], " ")
	if want := defects + " defects\nbreak what is required"; !strings.Contains(section, want) {
		t.Errorf("README.md does not say %q", want)
	}
}
