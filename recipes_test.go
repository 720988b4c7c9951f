package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// What the templates of contributing are filled in with.
var (
	squaredHinge = map[string]string{
		"OPNAME": "squared_hinge", "FILENAME": "squaredhinge", "TYPENAME": "SquaredHinge", "ROWNAME": "squaredHinge", "WORDS": "squared hinge",
		"CITATION": "L2-SVM", "REFERENCE": "M7",
		"MATHS": "([m + F − F̄]⁺)²", "SLOPES": "∂ℓ/∂F = −∂ℓ/∂F̄ = 2[m + F − F̄]⁺",
		"FORMULA": "pos(m + F[y] - F[ybar])^2", "BYFBAR": "-2*pos(m + F[y] - F[ybar])", "BYF": "2*pos(m + F[y] - F[ybar])",
		"VALUE": "t.Mul(t)", "SLOPE": "twofold.Of(2).Mul(t)", "TRAITS": "Differentiable | Convex | NonNegative | ShiftInvariant",
	}
	mistakes = []map[string]string{
		{
			"FAULTNAME": "squared-hinge-factor-lost", "CITATION": "§3.4 M3", "MISTAKE": "the gradient of half of it",
			"OPCLAIM": "squared_hinge.gradient", "REGIME": "tame", "CODE": "sloped(func(_ call, grad []float64) { scale(grad, 0.5) })",
		},
		{
			"FAULTNAME": "squared-hinge-not-squared", "CITATION": "planted", "MISTAKE": "the hinge",
			"OPCLAIM": "squared_hinge.value", "REGIME": "tame", "CODE": "pairValue(func(F, Fbar, m float64) float64 { return pos(m + F - Fbar) })",
		},
	}
	slope = map[string]string{
		"CLAIMNAME": "squared-hinge.slope", "REFERENCE": "M7", "CITATION": "L2-SVM",
		"WORDS": "The gradient of the squared hinge is twice the hinge times the difference of the gradients of the energies.", "REASON": "The chain rule.",
		"PRINTED": "D(pos(m + F[y] - F[ybar])^2, W) = 2*pos(m + F[y] - F[ybar])*(D(F[y], W) - D(F[ybar], W))",
		"FAULT":   "D(pos(m + F[y] - F[ybar])^2, W) = 2*pos(m + F[y] - F[ybar])*(D(F[y], W) + D(F[ybar], W))",
		"GROUND":  "anyTwin",
	}
)

// omissions is for make recipes: also with each part of the templates left out.
var omissions = flag.Bool("omissions", false, "leave out each part of the templates, too")

// TestTemplates fills the templates in, puts what they make in place of files of this
// module, and lets the tests of what they touch judge it; then again without each part in
// turn, which must be red and say where to look. It takes 25 s of processor time where what it
// builds is not in the build cache, 9 s where it is.
func TestTemplates(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a third of the module with the templates filled in")
	}
	all := slices.Concat(filled(t, "op", squaredHinge), filled(t, "fault", mistakes...), filled(t, "statement", slope))
	files := map[string]bool{}
	for _, p := range all {
		if file, _, _ := strings.Cut(p.Name, ":"); !strings.HasPrefix(file, "properties/theory") {
			files[file] = true
		}
	}
	if len(files) > 5 {
		t.Errorf("an op takes %d files, 5 are promised: %v", len(files), slices.Sorted(maps.Keys(files)))
	}
	const tests = "^(TestAccuracyPairs|TestPairUndefined|TestNaN|TestTraits|TestValidate|TestCatalogue|TestFormulaTruth|TestSlopes|" +
		"TestNames|TestEveryOp|TestKillMatrix|TestLedger|TestReference|TestTheory)$/squared.hinge"
	out, err := judged(t, all, "-v", "-run", tests, "./losses", "./properties/op", "./properties/faults", "./properties")
	if err != nil {
		t.Fatalf("all of the templates: %v\n%s", err, out)
	}
	for _, name := range []string{"TestAccuracyPairs/loss=squared_hinge", "TestTraits/loss=squared_hinge", "TestValidate", "TestSlopes",
		"TestKillMatrix/squared_hinge", "TestReference/squared_hinge", "TestTheory/M7_squared-hinge.slope"} {
		if !strings.Contains(out, "--- PASS: "+name) {
			t.Errorf("%s did not run:\n%s", name, out)
		}
	}
	if !*omissions {
		return
	}
	for _, c := range []struct{ without, pkg, run, says string }{
		{"properties/op/squaredhinge.go", "./properties/op", "-", "undefined: squaredHinge"},
		{"properties/op/op.go: const", "./properties/op", "-", "undefined: SquaredHinge"},
		{"properties/op/op.go: catalogue", "./properties/op", "TestCatalogue", "losses.Catalogue has squared_hinge, which is no op: want a row of it in properties/op, and that in catalogue in properties/op/op.go"},
		{"losses/squaredhinge.go", "./losses", "-", "undefined: SquaredHinge"},
		{"losses/catalogue.go: entries", "./properties/op", "TestValidate", "op squared_hinge: no loss of this ID in losses.Catalogue: add it to losses/catalogue.go"},
		{"properties/faults/pairs.go: pairs", "./properties/faults", "TestEveryOp", "op squared_hinge has 0 planted faults of its own: add two to properties/faults"},
	} {
		some := slices.DeleteFunc(slices.Clone(all), func(p txtar.File) bool { return p.Name == c.without })
		if len(some) == len(all) {
			t.Errorf("no template has a part %s", c.without)
		}
		if out, err := judged(t, some, "-run", c.run, c.pkg); err == nil || !strings.Contains(out, c.says) {
			t.Errorf("without %s: %v, want %q in\n%s", c.without, err, c.says, out)
		}
	}
}

// filled is contributing/NAME.go.tmpl, once for each way to fill it in.
func filled(t *testing.T, name string, ways ...map[string]string) (parts []txtar.File) {
	t.Helper()
	template, err := txtar.ParseFile("contributing/" + name + ".go.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, with := range ways {
		var pairs []string
		for _, word := range slices.Backward(slices.Sorted(maps.Keys(with))) { // BYFBAR before BYF
			if !strings.Contains(string(template.Comment), "\t"+word) && !strings.Contains(string(template.Comment), ", "+word) && !strings.Contains(string(template.Comment), "and "+word) {
				t.Errorf("%s: the head of the template does not tell what %s is", name, word)
			}
			pairs = append(pairs, word, with[word])
		}
		for _, f := range template.Files {
			put := strings.NewReplacer(pairs...)
			parts = append(parts, txtar.File{Name: put.Replace(f.Name), Data: []byte(put.Replace(string(f.Data)))})
		}
	}
	return parts
}

// put is this module's files with these parts in them.
func put(t *testing.T, parts []txtar.File) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	for _, p := range parts {
		file, list, there := strings.Cut(p.Name, ": ")
		if !there {
			texts[file] = p.Data
			continue
		}
		if texts[file] == nil {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[file] = b
		}
		at := end(t, file, texts[file], list)
		last := strings.TrimRight(string(texts[file][:at]), " \t\n") // what the list ends with
		indent := string(texts[file][len(last):at])
		indent = indent[strings.LastIndex(indent, "\n")+1:]
		if list != "const" && !strings.HasSuffix(last, ",") {
			last += ","
		}
		texts[file] = []byte(last + "\n" + string(p.Data) + indent + string(texts[file][at:]))
	}
	for file, text := range texts {
		if tidy, err := format.Source(text); err != nil || string(tidy) != string(text) {
			t.Errorf("%s is not as gofmt has it (%v)", file, err)
		}
	}
	return texts
}

// judged runs go test with these parts in place, and returns what it said.
func judged(t *testing.T, parts []txtar.File, args ...string) (string, error) {
	t.Helper()
	dir, texts := t.TempDir(), put(t, parts)
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	for i, file := range slices.Sorted(maps.Keys(texts)) {
		path, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		overlay.Replace[path] = filepath.Join(dir, fmt.Sprint(i, ".go"))
		if err := os.WriteFile(overlay.Replace[path], texts[file], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, b, 0o644); err != nil {
		t.Fatal(err)
	}
	command := []string{"test", "-count=1", "-overlay", list}
	if !*omissions { // vet is for make recipes
		command = append(command, "-vet=off")
	}
	out, err := exec.CommandContext(t.Context(), "go", slices.Concat(command, args)...).CombinedOutput()
	return string(out), err
}

// end is where the list of this name ends, or the first list of constants.
func end(t *testing.T, file string, text []byte, list string) int {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	at := token.NoPos
	ast.Inspect(f, func(n ast.Node) bool {
		var name, value ast.Node
		switch n := n.(type) {
		case *ast.GenDecl:
			if list == "const" && n.Tok == token.CONST && at == token.NoPos {
				at = n.Rparen
			}
		case *ast.ValueSpec:
			if len(n.Values) == 1 {
				name, value = n.Names[0], n.Values[0]
			}
		case *ast.AssignStmt:
			name, value = n.Lhs[0], n.Rhs[0]
		}
		if id, ok := name.(*ast.Ident); ok && id.Name == list {
			if lit, ok := value.(*ast.CompositeLit); ok {
				at = lit.Rbrace
			}
		}
		return true
	})
	if at == token.NoPos {
		t.Fatalf("%s has no list %s", file, list)
	}
	return set.Position(at).Offset
}
