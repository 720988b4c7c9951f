package reports

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// spread is a ratio with the least and the largest of its rounds.
var spread = regexp.MustCompile(`([0-9.]+) \(([0-9.]+)–([0-9.]+)\)`)

// TestBench holds what the README says of costs to bench.md, which make bench writes: ratios
// with their spread; and what it says of other ways to test to versus.md, which make versus writes.
func TestBench(t *testing.T) {
	b, err := os.ReadFile("bench.md")
	if err != nil {
		t.Fatal(err)
	}
	bench := string(b)
	if why := badBench(bench); why != "" {
		t.Errorf("bench.md: %s", why)
	}
	versus, err := os.ReadFile("versus.md")
	if err != nil {
		t.Fatal(err)
	}
	committed(t, "../README.md", func(readme string) string {
		for _, mark := range []string{"sums", "checks", "versus"} {
			before, _, after, ok := between(readme, mark)
			_, part, _, there := between(bench+string(versus), mark)
			if !ok || !there {
				t.Fatalf("README.md or the page has no marks around %s", mark)
			}
			readme = before + part + after
		}
		return readme
	})
}

// between cuts s around what is between the marks of that name, marks included in the ends.
func between(s, mark string) (before, part, after string, ok bool) {
	i := strings.Index(s, "<!-- "+mark+" -->\n")
	j := strings.Index(s, "<!-- end of "+mark+" -->\n")
	if i < 0 || j < i {
		return "", "", "", false
	}
	i += len("<!-- " + mark + " -->\n")
	return s[:i], s[i:j], s[j:], true
}

// badBench says what is wrong with the page's table and sentence, if anything: each cell is a
// ratio with its spread in order, or – where there is nothing beside, and gonum is always there.
func badBench(bench string) string {
	_, table, _, ok := between(bench, "sums")
	_, checks, _, also := between(bench, "checks")
	if !ok || !also {
		return "its marks are gone"
	}
	rows := 0
	for row := range strings.Lines(table) {
		if !strings.HasPrefix(row, "| n = ") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(strings.TrimSpace(row), "|"), "|")
		if len(cells) != 5 {
			return "it has not five cells: " + row
		}
		for k, cell := range cells[1:] {
			if strings.TrimSpace(cell) == "–" && k > 0 {
				continue
			}
			if m := spread.FindStringSubmatch(cell); m == nil || " "+m[0]+" " != cell || !ascend(m[2], m[1], m[3]) {
				return "no ratio with its spread: " + cell
			}
		}
	}
	if rows != 5 {
		return "it has not five sizes"
	}
	if checks == "Hypothesis or mpmath is not installed here: nothing is compared.\n" {
		return ""
	}
	ratios := spread.FindAllStringSubmatch(checks, -1)
	for _, m := range ratios {
		if !ascend(m[2], m[1], m[3]) {
			return "no ratio with its spread: " + m[0]
		}
	}
	if len(ratios) != 2 || strings.ContainsAny(spread.ReplaceAllString(checks, ""), "0123456789") {
		return "not two ratios with their spread: " + checks
	}
	return ""
}

// ascend reports whether the numbers do.
func ascend(numbers ...string) bool {
	last := 0.0
	for _, s := range numbers {
		x, err := strconv.ParseFloat(s, 64)
		if !(err == nil && x >= last) {
			return false
		}
		last = x
	}
	return true
}

// TestBadBench: a page with a cell, a row or a bound gone wrong is refused.
func TestBadBench(t *testing.T) {
	b, err := os.ReadFile("bench.md")
	if err != nil {
		t.Fatal(err)
	}
	first := spread.FindString(string(b))
	for _, planted := range []string{"–", "1.5", "3 (1–2)", "0 (1–2)", "NaN (NaN–NaN)", "1 (0.5–2) | 1 (0.5–2)"} {
		if badBench(strings.Replace(string(b), first, planted, 1)) == "" {
			t.Errorf("%s for %s is not refused", planted, first)
		}
	}
	if badBench(strings.Replace(string(b), "we make ", "we make 1e+0", 1)) == "" {
		t.Error("another figure among the checks is not refused")
	}
	if badBench(strings.Replace(string(b), "| n = ", "| m = ", 1)) == "" {
		t.Error("four sizes are not refused")
	}
}
