package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestContributing holds the table of what to run to the tree: what its first
// column names is there.
func TestContributing(t *testing.T) {
	b, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted, rows := regexp.MustCompile("`([^`]+)`"), 0
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		rows++
		for _, m := range quoted.FindAllStringSubmatch(strings.Split(line, "|")[1], -1) {
			if found, err := filepath.Glob(m[1]); err != nil || len(found) == 0 {
				t.Errorf("%s: no such file (%v)", m[1], err)
			}
		}
	}
	if rows < 2 {
		t.Errorf("%d rows: there is no table", rows)
	}
}
