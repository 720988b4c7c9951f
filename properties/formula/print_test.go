package formula

import (
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// What is printed parses back to the same tree, and prints the same.
func TestPrintRandom(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(4000) {
		m := &maker{r: rand.New(rand.NewPCG(seed, 1))}
		e := m.expr(int(seed % 6))
		f, err := Parse(e.String())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !f.Expr.Equal(e) {
			t.Fatalf("seed %d: %s became %s", seed, e, f)
		}
		e.contains(func(e *Expr) bool { seen[e.Op] = true; return false })
		wellFormed(t, f.MathML())
		balanced(t, f.LaTeX())
	}
	for _, op := range strings.Fields("num inf n param F p + - * / ^ neg if D delta with " + strings.Join(functions, " ") + " " + strings.Join(reductions, " ")) {
		if !seen[op] {
			t.Errorf("no tree had a %s", op)
		}
	}
	for seed := range uint64(2000) {
		m := &maker{r: rand.New(rand.NewPCG(seed, 2))}
		s := m.statement(int(seed%4) + 1)
		got, err := ParseStatement(s.String())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got.String() != s.String() || !sameStatement(got, s) {
			t.Fatalf("seed %d:\n%s became\n%s", seed, s, got)
		}
		wellFormed(t, got.MathML())
		balanced(t, got.LaTeX())
		x := got.Expand()
		if again, err := ParseStatement(x.String()); err != nil || !sameStatement(again, x) {
			t.Fatalf("seed %d: %s expands to %s: %v", seed, s, x, err)
		}
	}
}

func sameStatement(a, b *Statement) bool {
	x, y := a.terms(), b.terms()
	for _, d := range a.Where {
		x = append(x, d.Expr)
	}
	for _, d := range b.Where {
		y = append(y, d.Expr)
	}
	if len(x) != len(y) || len(a.Says) != len(b.Says) || len(a.ForAll) != len(b.ForAll) {
		return false
	}
	for i := range x {
		if !x[i].Equal(y[i]) {
			return false
		}
	}
	for i, q := range a.ForAll {
		if r := b.ForAll[i]; q.Name != r.Name || q.Except != r.Except {
			return false
		}
	}
	return true
}

// wellFormed checks that s is XML, and that what has two places has two children.
func wellFormed(t *testing.T, s string) {
	t.Helper()
	var names []string
	children := []int{0}
	for d := xml.NewDecoder(strings.NewReader(s)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, s)
		}
		switch e := token.(type) {
		case xml.StartElement:
			children[len(children)-1]++
			names, children = append(names, e.Name.Local), append(children, 0)
		case xml.EndElement:
			name, n := names[len(names)-1], children[len(children)-1]
			names, children = names[:len(names)-1], children[:len(children)-1]
			if slices.Contains([]string{"mfrac", "msup", "msub", "munder", "mover"}, name) && n != 2 {
				t.Fatalf("%s has %d children in %s", name, n, s)
			}
		}
	}
}

// balanced checks braces and \left \right, and that no command runs into a letter.
func balanced(t *testing.T, s string) {
	t.Helper()
	depth := 0
	for i, r := range s {
		if i > 0 && s[i-1] == '\\' {
			continue
		}
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 || strings.Count(s, `\left`)-strings.Count(s, `\left\`) != strings.Count(s, `\right`) {
		t.Fatalf("unbalanced: %s", s)
	}
}

// The fewest brackets: none that could go, none that must stay is gone.
func TestPrintBrackets(t *testing.T) {
	for _, c := range [][2]string{
		{"((a + b) + (c))", "a + b + c"},
		{"(a + (b + c))", "a + (b + c)"},
		{"a - (b - c) - (d*e)", "a - (b - c) - d*e"},
		{"(a*b)/c*(d/e)", "a*b/c*(d/e)"},
		{"-(a^2)", "-a^2"},
		{"(-a)^2", "(-a)^2"},
		{"a^(b^c)", "a^b^c"},
		{"(a^b)^c", "(a^b)^c"},
		{"a^(-b)", "a^-b"},
		{"(-a)*b", "-a*b"},
		{"-(a*b)", "-(a*b)"},
		{"a*(-b)", "a*-b"},
		{"a - (-b)", "a - -b"},
		{"-(-(a))", "--a"},
		{"(a + b)*(c)", "(a + b)*c"},
		{"max((a), (b + c))", "max(a, b + c)"},
		{"sum(j≠ȳ:(F[j]))", "sum(j != ybar: F[j])"},
		{"F̄·β÷γ−ε×τ", "F[ybar]*beta/gamma - eps*tau"},
		{"if((a)≤b,(c),d)", "if(a <= b, c, d)"},
	} {
		if got := MustParse(c[0]).String(); got != c[1] {
			t.Errorf("%s prints as %s, not as %s", c[0], got, c[1])
		}
	}
}
