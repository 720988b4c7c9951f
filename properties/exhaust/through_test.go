package exhaust

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestThroughDifference reads the code of the losses of which one pair is asked for each
// difference: whatever it does with F and F̄ it does with their exact difference. A loss that
// looks at one of them otherwise is found.
func TestThroughDifference(t *testing.T) {
	b, err := os.ReadFile("../../losses/pair.go")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	losses := []string{"Hinge", "Log", "SoftHinge", "LVQ2", "MCE"}
	for _, loss := range losses {
		if err := seesDifference(text, loss, losses); err != nil {
			t.Error(err)
		}
	}
	if err := seesDifference(text, "Simple", losses); err == nil {
		t.Error("the simple loss is taken for one of F − F̄")
	}
	for old, planted := range map[string]string{
		"t := sum(l.Margin, F, -Fbar)":         "t := sum(l.Margin, F, Fbar)",
		"case t > 0:":                          "case t > 0 && F < 1e4:",
		"d := F - Fbar":                        "d := Fbar - F + 0*F",
		"softplus(twofold.Diff(F, Fbar))":      "softplus(twofold.Diff(F, 2*Fbar))",
		"return SoftHinge{0, 1}.Pair(F, Fbar)": "return SquareExp{0}.Pair(F, Fbar)",
	} {
		changed := strings.Replace(text, old, planted, 1)
		if changed == text {
			t.Fatalf("losses/pair.go has no %q", old)
		}
		if !slices.ContainsFunc(losses, func(loss string) bool { return seesDifference(changed, loss, losses) != nil }) {
			t.Errorf("with %s they still see the difference alone", planted)
		}
	}
}

// seesDifference says where the method Pair of a loss uses F or F̄ otherwise than as
//
//	energies(F, Fbar)                       whether both are possible
//	sum(…, F, -Fbar, …), wideSum(likewise)  with constants, in any order
//	twofold.Diff(F, Fbar), F - Fbar
//	L{…}.Pair(F, Fbar)                      of another such loss L
//
// of which the value, for numbers of float16 and constants 1 and 0, is that of the exact sum.
func seesDifference(text, loss string, others []string) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "pair.go", text, 0)
	if err != nil {
		return err
	}
	shown := func(n ast.Node) string {
		var b strings.Builder
		printer.Fprint(&b, files, n)
		return b.String()
	}
	isPair := func(args []ast.Expr) bool {
		return len(args) == 2 && shown(args[0]) == "F" && shown(args[1]) == "Fbar"
	}
	var wrong error
	found := false
	var look func(n ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return shown(n) != "F - Fbar"
		case *ast.CallExpr:
			name := shown(n.Fun)
			made, method, _ := strings.Cut(name, "{")
			switch {
			case (name == "energies" || name == "twofold.Diff") && isPair(n.Args),
				slices.Contains(others, made) && strings.HasSuffix(method, "}.Pair") && isPair(n.Args):
				return false
			case name == "sum" || name == "wideSum":
				var args []string
				for _, a := range n.Args {
					args = append(args, shown(a))
				}
				args = slices.DeleteFunc(args, func(a string) bool {
					return strings.TrimPrefix(a, "-") == "l.Margin" || strings.TrimPrefix(a, "-") == "l.Cap"
				})
				if slices.Equal(args, []string{"F", "-Fbar"}) {
					return false
				}
			}
		case *ast.Ident:
			if n.Name == "F" || n.Name == "Fbar" {
				wrong = fmt.Errorf("%s: %s sees %s itself", files.Position(n.Pos()), loss, n.Name)
			}
		}
		return true
	}
	for _, d := range f.Decls {
		if m, ok := d.(*ast.FuncDecl); ok && m.Recv != nil && m.Name.Name == "Pair" && shown(m.Recv.List[0].Type) == loss {
			found = true
			ast.Inspect(m.Body, look)
		}
	}
	if !found {
		return fmt.Errorf("pair.go has no method Pair of %s", loss)
	}
	return wrong
}
