package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ebmcheck/command"
)

// TestContributing holds the table of what to run to the tree: what its first
// column names is there.
func TestContributing(t *testing.T) {
	rows := 0
	for line := range strings.Lines(read(t, "CONTRIBUTING.md")) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		rows++
		for _, span := range spans(strings.Split(line, "|")[1]) {
			if found, err := filepath.Glob(span); err != nil || len(found) == 0 {
				t.Errorf("%s: no such file (%v)", span, err)
			}
		}
	}
	if rows < 2 {
		t.Errorf("%d rows: there is no table", rows)
	}
}

// TestPages: what CONTRIBUTING and README name is there: files, links, targets of make,
// tests, the command's subcommands and flags.
func TestPages(t *testing.T) {
	file := regexp.MustCompile(`^[\w.-]+(/[\w.*-]*)+$|^[\w-]+\.(go|md|mod|jsonl|tsv|yml)$`)
	link := regexp.MustCompile(`\]\(([^)#]+)\)`)
	makefile := read(t, "Makefile")
	for _, page := range []string{"CONTRIBUTING.md", "README.md"} {
		text := read(t, page)
		named := spans(text)
		for line := range strings.Lines(text) {
			if code, ok := strings.CutPrefix(line, "    "); ok { // a block of commands
				code, _, _ = strings.Cut(code, "#")
				named = append(named, strings.TrimSpace(code))
			}
		}
		checked := 0
		for _, s := range named {
			checked++
			switch words := strings.Fields(strings.ReplaceAll(s, `\|`, "|")); {
			case len(words) == 0:
			case words[0] == "make":
				for _, target := range words[1:] {
					if !strings.Contains(target, "=") && !strings.Contains(makefile, "\n"+target+":") {
						t.Errorf("%s: %s: Makefile has no target %s", page, s, target)
					}
				}
			case len(words) > 1 && words[0] == "go" && words[1] == "test":
				goTest(t, page, s, words[2:])
			case words[0] == "ebmcheck" && len(words) > 1:
				subcommand(t, page, s, words[1:])
			case len(words) > 1 && strings.HasSuffix(words[0], "/"): // a line of the layout
				folder := strings.TrimSuffix(words[0], "/")
				here, _ := filepath.Glob(folder)
				below, _ := filepath.Glob("*/" + folder)
				inner, _ := filepath.Glob("*/*/" + folder)
				if len(here)+len(below)+len(inner) == 0 {
					t.Errorf("%s: no folder %s", page, words[0])
				}
			case file.MatchString(s) && !made(s):
				if found, err := filepath.Glob(s); err != nil || len(found) == 0 {
					t.Errorf("%s: %s: no such file (%v)", page, s, err)
				}
			default:
				checked--
			}
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			checked++
			if _, err := os.Stat(m[1]); err != nil && !strings.Contains(m[1], "://") {
				t.Errorf("%s: a link to %s: %v", page, m[1], err)
			}
		}
		if checked < 20 {
			t.Errorf("%s: %d names found, it has more", page, checked)
		}
	}
}

// made reports whether a file is one that a run leaves, or no file: the name of a test.
func made(s string) bool {
	return strings.HasPrefix(s, "out/") || s == "results.jsonl" || s == "exhausted.jsonl" || s == "hinge/tame" || s == "hinge.gradient/required"
}

// goTest holds a go test command to what is there: folders, and for -run and -bench a
// function in one of them.
func goTest(t *testing.T, page, command string, words []string) {
	var sources, patterns []string
	for i, w := range words {
		w = strings.Trim(w, "'")
		switch {
		case w == "." || strings.HasPrefix(w, "./") && w != "./...":
			found, err := filepath.Glob(filepath.Join(w, "*_test.go"))
			if err != nil || len(found) == 0 {
				t.Errorf("%s: %s: no tests in %s (%v)", page, command, w, err)
			}
			for _, f := range found {
				sources = append(sources, read(t, f))
			}
		case i > 0 && (words[i-1] == "-run" || words[i-1] == "-bench") && w != "^$":
			patterns = append(patterns, strings.Split(strings.Split(w, "/")[0], "|")...)
		}
	}
	for _, p := range patterns {
		f := regexp.MustCompile(`(?m)^func \w*` + p)
		if !slices.ContainsFunc(sources, f.MatchString) {
			t.Errorf("%s: %s: no test %s", page, command, p)
		}
	}
}

// subcommand holds a line of the command to what its help says.
func subcommand(t *testing.T, page, line string, words []string) {
	out := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout = w
	code := command.Run([]string{words[0], "--help"})
	os.Stdout = out
	w.Close()
	help, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if code != 0 || !strings.Contains(string(help), "ebmcheck "+words[0]) {
		t.Errorf("%s: %s: no subcommand %s", page, line, words[0])
	}
	for _, flag := range regexp.MustCompile(`--[a-z]+`).FindAllString(line, -1) {
		if !strings.Contains(string(help), flag+" ") {
			t.Errorf("%s: %s: %s has no flag %s", page, line, words[0], flag)
		}
	}
}

// spans are the code spans of a text, outside of blocks of code.
func spans(text string) (named []string) {
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(regexp.MustCompile("(?s)\n```.*?\n```").ReplaceAllString(text, ""), -1) {
		named = append(named, m[1])
	}
	return named
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
