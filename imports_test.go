package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed is the import graph of this module: data flows one way, and the
// judge shares no code with what it judges. DO NOT CHANGE THIS TO MAKE A BUILD
// PASS: change the design first.
var allowed = map[string][]string{
	".":                       {"command"},
	"ebm":                     {"ebm/descent", "ebm/kernel", "ebm/quadrature", "ebm/twofold"},
	"ebm/descent":             {},
	"ebm/kernel":              {"ebm/twofold"},
	"ebm/promise":             {},
	"ebm/quadrature":          {"ebm/twofold"},
	"ebm/twofold":             {},
	"losses":                  {"ebm", "ebm/twofold"},
	"properties/exact":        {},
	"properties/result":       {},
	"properties/draw":         {},
	"properties/formula":      {"properties/exact"},
	"properties/op":           {"properties/formula", "properties/exact", "properties/result", "ebm", "losses"},
	"properties/judge":        {"properties/op", "properties/result", "properties/draw"},
	"properties/atlas":        {"properties/judge", "properties/op", "properties/result", "properties/draw"},
	"properties/exhaust":      {"properties/judge", "properties/op", "properties/result"},
	"properties/theory":       {"properties/formula", "properties/proof", "properties/exact", "properties/result", "properties/draw", "ebm", "losses"},
	"properties/proof":        {"properties/formula", "properties/proof/kernel"},
	"properties/proof/kernel": {},
	"properties/proof/coq":    {"properties/formula", "properties/proof"},
	"properties/proof/prove":  {"properties/proof", "properties/proof/kernel"},
	"properties/profile":      {"properties/formula", "properties/proof", "properties/proof/prove", "properties/op"},
	"properties":              {"properties/judge", "properties/op", "properties/profile", "properties/result", "properties/theory"},
	"properties/faults":       {"properties/judge", "properties/op", "properties/result", "ebm", "losses"},
	"properties/adapter":      {"properties/op", "properties/result"},
	"reports":                 {"properties/formula", "properties/result"},
	"reports/pages":           {"properties/formula", "reports"},
	"command":                 {"properties", "properties/proof", "properties/proof/prove", "properties/profile", "properties/theory", "properties/adapter", "properties/atlas", "properties/exhaust", "properties/faults", "properties/judge", "properties/op", "properties/result", "reports"},
	"fuzz":                    {},
}

// plain are packages that link neither rapid nor testing.
var plain = []string{"properties/result", "reports"}

// TestImports holds the imports of every package, tests apart, to the graph.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "adapters" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		may, ok := allowed[pkg]
		if !ok {
			t.Errorf("package %s is not in the graph", pkg)
		}
		seen[pkg] = true
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			if slices.Contains(plain, pkg) && (name == "testing" || strings.HasPrefix(name, "pgregory.net/rapid")) {
				t.Errorf("%s imports %s: who reads results links no generator", path, name)
			}
			if own, ok := strings.CutPrefix(name, "ebmcheck/"); ok && !slices.Contains(may, own) {
				t.Errorf("%s imports %s; %s may import %v", path, name, pkg, may)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range allowed {
		if !seen[pkg] && pkg != "fuzz" {
			t.Errorf("package %s is in the graph, but not in the tree", pkg)
		}
	}
}

// TestLayout: README's layout names the packages of the graph, and folders that there are.
func TestLayout(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, layout, _ := strings.Cut(string(readme), "\n## Layout\n")
	var within []string // the folders that a line is in
	named := map[string]bool{}
	for line := range strings.Lines(layout) {
		indented := strings.TrimLeft(line, " ")
		folder, _, ok := strings.Cut(indented, "/ ")
		depth := (len(line)-len(indented))/2 - 2
		if !ok || depth < 0 || depth > len(within) {
			continue
		}
		within = append(within[:depth], folder)
		path := strings.Join(within, "/")
		named[path] = true
		if d, err := os.Stat(path); err != nil || !d.IsDir() {
			t.Errorf("README's layout has %s/, which is no folder", path)
		}
	}
	for pkg := range allowed {
		if pkg != "." && !named[pkg] {
			t.Errorf("README's layout lacks %s/", pkg)
		}
	}
}
