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

	"ebmcheck/properties/op"
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
		"logisticAt(twofold.Diff(F, Fbar))":    "logisticAt(twofold.Diff(F, 2*Fbar))",
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

// TestParts: what stands for a number has the same truth and the same answer but for the sign
// of a slope, on all of the toy format; and so it is not where a kink is taken for a side of it.
func TestParts(t *testing.T) {
	for o, parts := range parted {
		if err := standsFor(o, parts); err != nil {
			t.Error(err)
		}
		parts[0] = upTo(0.5, -1)
		if o == op.SquareExp {
			parts[0] = func(F float64) float64 { return max(F, -2*F) }
		}
		if standsFor(o, parts) == nil {
			t.Errorf("%s: as good by other parts", o)
		}
	}
	if stand := toy.standing(func(x float64) float64 { return 0 }); !stand[len(toy.units)/2] || !stand[len(toy.units)] || stand[1] {
		t.Error("something stands for −0, or +∞")
	}
}

// standsFor says where a pair and that of the numbers that stand for its parts differ.
func standsFor(o op.Op, parts [2]func(x float64) float64) error {
	var stand [2]map[float64]float64
	for k, part := range parts {
		stand[k] = map[float64]float64{}
		for i, stands := range toy.standing(part) {
			if x := toy.numbers[i]; stands && !toy.alone(i) {
				stand[k][part(x)] = x
			}
		}
	}
	row, numbers := o.Row(), toy.numbers[:len(toy.units)]
	for i, F := range numbers {
		for j, Fbar := range numbers {
			if toy.alone(i) || toy.alone(j) {
				continue
			}
			c, d := ones(o), ones(o)
			c.Energies, d.Energies = []float64{F, Fbar}, []float64{stand[0][parts[0](F)], stand[1][parts[1](Fbar)]}
			a, b, x, y := row.Reference(c), row.Reference(d), row.Truth(c), row.Truth(d)
			for k := range 2 { // the sign of 2F is that of F
				if F < 0 && d.Energies[0] == -F && k == 0 {
					b.Grad[k], y.Grad[k] = -b.Grad[k], op.Range{Lo: opposite(y.Grad[k].Hi), Hi: opposite(y.Grad[k].Lo)}
				}
			}
			if !a.Equal(b) || x.Value != y.Value || !slices.Equal(x.Grad, y.Grad) {
				return fmt.Errorf("%v: %v, truly %v; for it stands %v: %v, truly %v", c, a, x, d, b, y)
			}
		}
	}
	return nil
}

func opposite(v op.Value) op.Value { return op.Value{Near: -v.Near, Off: -v.Off, Err: v.Err} }

// TestThroughParts reads the code of the losses of which one number is asked for all of the
// same part: it uses F and F̄ in no other way than is listed here. A loss that does is found.
func TestThroughParts(t *testing.T) {
	type use struct {
		file, function string
		of             string   // of what
		in             []string // only in these
		under          string   // or where this is known
	}
	uses := []use{
		{"pair.go", "Simple.Pair", "F", []string{"energies(F, Fbar)", "F > 0"}, "right"},
		{"pair.go", "Simple.Pair", "Fbar", []string{"energies(F, Fbar)", "math.IsNaN(l.Margin - Fbar)", "Fbar < l.Margin"}, "wrong"},
		{"square.go", "SquareSquare.Pair", "F", []string{"squares(F, math.Max(F, 0), l.Margin, Fbar)"}, ""},
		{"square.go", "squares", "F", []string{"energies(F, Fbar)"}, ""},
		{"square.go", "squares", "Fbar", []string{"energies(F, Fbar)", "math.IsNaN(m - Fbar)", "Fbar < m"}, "Fbar < m"},
		// F² and F ≠ 0 are those of −F, 2F is the slope, and with γ = 1 the sum is no less than F²: nothing cancels.
		{"pair.go", "SquareExp.Pair", "F", []string{"energies(F, Fbar)", "twofold.Prod(F, F)", "F != 0", "2 * F", "l.cancelled(F, Fbar)"}, ""},
	}
	read := func(file string) string {
		b, err := os.ReadFile("../../losses/" + file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, u := range uses {
		if err := usesOnly(read(u.file), u.function, u.of, u.in, u.under); err != nil {
			t.Error(err)
		}
	}
	if text := read("pair.go"); !strings.Contains(text, "right, wrong := F > 0, Fbar < l.Margin;") || !strings.Contains(text, "F != 0 && (sum.Hi == 0 || sum.Scale < square.Scale-12)") {
		t.Error("right is not F > 0, wrong not F̄ < m, or what cancels is not a sum below F²")
	}
	for i, planted := range []struct{ old, new string }{
		{"return F, 1, 0", "return F, 1, 0 * F"},
		{"return l.Margin - Fbar, 0, -1", "return l.Margin - Fbar, min(F, 0), -1"},
		{"return 0, 0, 0", "return 0 * Fbar, 0, 0"},
		{"squares(F, math.Max(F, 0)", "squares(F, math.Max(F, -1)"},
		{"value := twofold.Prod(e, e)", "value := twofold.Prod(e, F)"},
		{"return value.Float64(), 2 * e, dFbar", "return value.Float64() - 0*Fbar, 2 * e, dFbar"},
		{"return sum.Float64(), 2 * F", "return sum.Float64(), 2 * F * F"},
	} {
		found := false
		for _, u := range uses {
			text := read(u.file)
			changed := strings.Replace(text, planted.old, planted.new, 1)
			found = found || changed != text && usesOnly(changed, u.function, u.of, u.in, u.under) != nil
		}
		if found != (i > 0) { // the first is where F > 0
			t.Errorf("%s for %s: found is %v", planted.new, planted.old, found)
		}
	}
}

// usesOnly says where the function uses what is named otherwise than in the expressions, and
// than in the branches of if and switch whose conditions have the words of under.
func usesOnly(text, function, name string, in []string, under string) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "losses", text, 0)
	if err != nil {
		return err
	}
	shown := func(n any) string {
		var b strings.Builder
		printer.Fprint(&b, files, n)
		return b.String()
	}
	known := func(conditions ...ast.Expr) bool {
		return under != "" && slices.ContainsFunc(conditions, func(e ast.Expr) bool { return strings.Contains(shown(e), under) })
	}
	var wrong error
	found := false
	var look func(n ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CaseClause:
			return !known(n.List...)
		case *ast.IfStmt:
			if known(n.Cond) {
				ast.Inspect(n.Cond, look)
				if n.Else != nil {
					ast.Inspect(n.Else, look)
				}
				return false
			}
		case *ast.Ident:
			if n.Name == name {
				wrong = fmt.Errorf("%s: %s uses %s otherwise than it may", files.Position(n.Pos()), function, name)
			}
		case ast.Expr:
			return !slices.Contains(in, shown(n))
		}
		return true
	}
	for _, d := range f.Decls {
		m, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		full := m.Name.Name
		if m.Recv != nil {
			full = shown(m.Recv.List[0].Type) + "." + full
		}
		if full == function {
			found = true
			ast.Inspect(m.Body, look)
		}
	}
	if !found {
		return fmt.Errorf("there is no %s", function)
	}
	return wrong
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
	look := func(n ast.Node) bool {
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
