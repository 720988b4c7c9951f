package main

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// kinds are guarantees that are given by words of a comment: the lines of promises.tsv about a
// name have those of its comment.
var kinds = map[string]*regexp.Regexp{
	"panics":   regexp.MustCompile(`\bpanics?\b`),
	"special":  regexp.MustCompile(`\bNaN\b|\bInf\b|\bnil if\b|return nil|−1 if`),
	"accuracy": regexp.MustCompile(`[Rr]ound(s|ed|ing) once|correctly rounded|half an ulp|\b2⁻[⁰¹-⁹]+|relative error|roundings?\b|[Ee]xactly|known to 2`),
	"cost":     regexp.MustCompile(`\b[Cc]osts (an? |some |what |n |D³)|\bone pass\b|million times|\b\d+ ns\b`),
}

// A promise is a line of promises.tsv: of names of a package, what is guaranteed and which tests
// would fail.
type promise struct {
	pkg, names, guarantees, tests string
}

// TestPromises: every exported name of ebm and losses, and of what is below them, has its
// guarantees in promises.tsv, of each kind that its comment speaks of, each with tests, which
// are there and have the name in what they call.
func TestPromises(t *testing.T) {
	var lines []promise
	text, err := os.ReadFile("promises.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 4 || slices.Contains(f, "") {
			t.Fatalf("promises.tsv:%d: want package, names, guarantees, tests", n+2)
		}
		lines = append(lines, promise{f[0], f[1], f[2], f[3]})
	}
	tests := map[string]map[string][]string{}
	for _, pkg := range []string{"ebm", "ebm/kernel", "ebm/twofold", "ebm/descent", "ebm/quadrature", "losses", "fuzz"} {
		tests[pkg] = calls(t, pkg+"/*_test.go", "properties/op/*.go", "losses/catalogue.go") // which name all losses
	}
	for _, pkg := range []string{"ebm", "ebm/kernel", "ebm/twofold", "ebm/descent", "ebm/quadrature", "losses"} {
		comments := exported(t, pkg)
		said := map[string]string{}
		for _, l := range lines {
			if l.pkg != pkg {
				continue
			}
			for _, name := range each(l.names, comments) {
				if _, ok := comments[name]; !ok {
					t.Errorf("promises.tsv: %s has no exported %s", pkg, name)
				}
				said[name] += ", " + l.guarantees
				for test := range strings.SplitSeq(l.tests, " ") {
					where, what := pkg, test
					if p, f, ok := strings.Cut(test, "."); ok {
						where, what = p, f
					}
					reached := reach(tests[where], what)
					if reached == nil {
						t.Errorf("promises.tsv: %s.%s: there is no %s", pkg, name, test)
					} else if !slices.ContainsFunc(comments[name].called, func(s string) bool { return reached[s] }) {
						t.Errorf("promises.tsv: %s calls no %s of %s", test, name, pkg)
					}
				}
			}
		}
		for name, c := range comments {
			if said[name] == "" {
				t.Errorf("%s.%s is not in promises.tsv", pkg, name)
				continue
			}
			for kind, words := range kinds {
				if words.MatchString(c.comment) && !strings.Contains(said[name], kind) {
					t.Errorf("%s.%s: its comment has %q, and promises.tsv no %s", pkg, name, words.FindString(c.comment), kind)
				}
			}
		}
	}
}

// each lists names, separated by spaces; *.Pair are all types that have a Pair, and that of each.
func each(names string, all map[string]named) (list []string) {
	for name := range strings.SplitSeq(names, " ") {
		method, ok := strings.CutPrefix(name, "*.")
		if !ok {
			list = append(list, name)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if of, ok := strings.CutSuffix(name, "."+method); ok {
				list = append(list, of, name)
			}
		}
	}
	return list
}

// A named is an exported name: its comment, and what a test has of it: a method or function
// itself, a type, its constants, or what makes it.
type named struct {
	comment string
	called  []string
}

// exported are the exported types, functions and methods of a package.
func exported(t *testing.T, pkg string) map[string]named {
	files, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	set := token.NewFileSet()
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, f)
		}
	}
	d, err := doc.NewFromFiles(set, parsed, "ebmcheck/"+pkg)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]named{}
	add := func(of string, funcs []*doc.Func) (made []string) {
		for _, f := range funcs {
			all[of+f.Name] = named{f.Doc, []string{f.Name}}
			made = append(made, f.Name)
		}
		return made
	}
	add("", d.Funcs)
	for _, typ := range d.Types {
		by := append(add("", typ.Funcs), typ.Name)
		for _, c := range typ.Consts {
			by = append(by, c.Names...)
		}
		all[typ.Name] = named{typ.Doc, by}
		add(typ.Name+".", typ.Methods)
	}
	return all
}

// calls are the identifiers in each function and variable of some files.
func calls(t *testing.T, patterns ...string) map[string][]string {
	var files []string
	for _, pattern := range patterns {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatalf("%s: no files (%v)", pattern, err)
		}
		files = append(files, more...)
	}
	all := map[string][]string{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		names := func(n ast.Node) (ids []string) {
			ast.Inspect(n, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					ids = append(ids, id.Name)
				}
				return true
			})
			return ids
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				all[d.Name.Name] = append(all[d.Name.Name], names(d)...)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						for _, id := range v.Names {
							all[id.Name] = append(all[id.Name], names(v)...)
						}
					}
				}
			}
		}
	}
	return all
}

// reach are the identifiers in a test and in all that it names, nil if there is no such test.
func reach(calls map[string][]string, test string) map[string]bool {
	if _, ok := calls[test]; !ok {
		return nil
	}
	reached, next := map[string]bool{test: true}, []string{test}
	for len(next) > 0 {
		name := next[0]
		next = next[1:]
		for _, id := range calls[name] {
			if !reached[id] {
				reached[id] = true
				next = append(next, id)
			}
		}
	}
	return reached
}
