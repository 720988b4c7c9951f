package op

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"

	"ebmcheck/losses"
)

// TestValidate: no row lacks anything.
func TestValidate(t *testing.T) {
	if err := Validate(); err != nil {
		t.Error(err)
	}
}

// TestCatalogue: the catalogue has every row and every name that this package declares,
// and every loss of losses.
func TestCatalogue(t *testing.T) {
	var names, listed []string
	declared := map[string]string{} // the file of each row
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			d, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range d.Specs {
				s, ok := s.(*ast.ValueSpec)
				if !ok {
					continue
				}
				if is(s.Type, "Op") && d.Tok == token.CONST {
					for i := range s.Names {
						names = append(names, s.Values[i].(*ast.BasicLit).Value)
					}
				}
				for i, v := range s.Values {
					switch v, _ := v.(*ast.CompositeLit); {
					case v == nil:
					case is(v.Type, "Row"):
						declared[s.Names[i].Name] = file
					case s.Names[i].Name == "catalogue":
						for _, e := range v.Elts {
							listed = append(listed, e.(*ast.UnaryExpr).X.(*ast.Ident).Name)
						}
					}
				}
			}
		}
	}
	for row, file := range declared {
		if !slices.Contains(listed, row) {
			t.Errorf("%s declares the row %s: add it to catalogue in op.go", file, row)
		}
	}
	if len(names) != len(Ops) || len(declared) != len(listed) {
		t.Errorf("op.go: %d constants, %d rows in the catalogue; %d rows are declared", len(names), len(listed), len(declared))
	}
	for _, e := range losses.Catalogue() {
		if e.ID == "tutorial_square_square" { // square_square on F ≥ 0; a test of losses holds it to that
			continue
		}
		if !slices.Contains(Ops, Op(e.ID)) {
			t.Errorf("losses.Catalogue has %s, which is no op: want a row of it in properties/op, and that in catalogue in op.go", e.ID)
		}
	}
}

// is reports whether e is this name.
func is(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
