//go:build mutate

package faults

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Operator mutation asks another question than the kill matrix: not whether the
// claims refute believable mistakes, but whether the tests of ebm and losses hold
// every operator and constant of them in its place. It is slow, most survivors are
// equivalent, and it gates nothing.

var (
	of     = flag.String("of", "losses,ebm", "what to mutate: packages or files, separated by commas")
	strict = flag.Bool("strict", false, "fail on a survivor that survivors.tsv does not have, and on one that it has and that is killed")
)

// survivors has a line a known survivor: file, function, mutation, reason.
//
//go:embed survivors.tsv
var survivors string

// root is the module's directory.
const root = "../.."

// A mutant is a file with the bytes from pos to end replaced.
type mutant struct {
	file, function string
	source         []byte // of the file
	pos, end       int
	with           string
	change         string // "case t > 0: → case t >= 0:"
}

// body is the file with the mutation in it.
func (m mutant) body() []byte {
	return slices.Concat(m.source[:m.pos], []byte(m.with), m.source[m.end:])
}

// String is the mutant as survivors.tsv has it, but for the reason.
func (m mutant) String() string { return m.file + "\t" + m.function + "\t" + m.change }

// What became of a mutant.
const (
	killed    = "killed"
	survived  = "survived"
	notViable = "not viable" // does not compile
	timedOut  = "timed out"
)

// TestMutate runs the tests of each package, under -short, on every mutant of it.
func TestMutate(t *testing.T) {
	var all []mutant
	slowest := time.Duration(0)
	for what := range strings.SplitSeq(*of, ",") {
		ms, err := mutants(what)
		if err != nil || len(ms) == 0 {
			t.Fatalf("%s: %d mutants, %v", what, len(ms), err)
		}
		all = append(all, ms...)
		start := time.Now()
		if got, out := try(t, mutant{file: ms[0].file}, nil, time.Hour); got != survived {
			t.Fatalf("%s without a mutation is %s:\n%s", what, got, out)
		}
		slowest = max(slowest, time.Since(start))
	}
	limit := 30*time.Second + 5*slowest

	became := make([]string, len(all))
	next := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	count := map[string]int{}
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				got, _ := try(t, all[i], all[i].body(), limit)
				mu.Lock()
				became[i] = got
				count[got]++
				if done := total(count); got == survived || done%50 == 0 {
					fmt.Printf("%d of %d, %s: %v\n", done, len(all), got, all[i])
				}
				mu.Unlock()
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()
	if total(count) != len(all) {
		t.Errorf("%d mutants, but %v", len(all), count)
	}
	fmt.Printf("%d mutants: %d killed, %d survived, %d not viable, %d timed out\n",
		len(all), count[killed], count[survived], count[notViable], count[timedOut])

	say := t.Logf
	if *strict {
		say = t.Errorf
	}
	known := knownSurvivors(t)
	lives := map[string]bool{}
	for i, m := range all {
		if became[i] == survived {
			lives[m.String()] = true
		}
	}
	fresh := 0
	for _, m := range slices.Sorted(maps.Keys(lives)) {
		if known[m] == "" {
			fresh++
			say("new survivor\t%s", m)
		}
	}
	tried := map[string]bool{}
	for _, m := range all {
		tried[m.file] = true
	}
	for _, m := range slices.Sorted(maps.Keys(known)) {
		if file, _, _ := strings.Cut(m, "\t"); tried[file] && !lives[m] {
			say("no survivor any more\t%s", m)
		}
	}
	fmt.Printf("%d different survivors, %d of them new\n", len(lives), fresh)
}

// total is how many mutants were counted.
func total(count map[string]int) (sum int) {
	for _, n := range count {
		sum += n
	}
	return sum
}

// knownSurvivors reads survivors.tsv: the reason by mutant.
func knownSurvivors(t *testing.T) map[string]string {
	known := map[string]string{}
	for n, line := range strings.Split(strings.TrimSpace(survivors), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		i := strings.LastIndex(line, "\t")
		if strings.Count(line, "\t") != 3 || line[i+1:] == "" {
			t.Fatalf("survivors.tsv:%d: want file, function, mutation, reason", n+1)
		}
		known[line[:i]] = line[i+1:]
	}
	return known
}

// try runs the tests of m's package with m's file as body, or as it is if body
// is nil.
func try(t *testing.T, m mutant, body []byte, limit time.Duration) (became, out string) {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	replace := map[string]string{}
	if body != nil {
		file, _ := filepath.Abs(filepath.Join(root, m.file))
		replace[file] = filepath.Join(dir, "mutant.go")
		os.WriteFile(replace[file], body, 0o644)
	}
	overlay, _ := json.Marshal(map[string]any{"Replace": replace})
	os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o644)
	ctx, cancel := context.WithTimeout(context.Background(), limit+time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "go", "test", "-short", "-failfast", "-count=1", "-vet=off", "-timeout", limit.String(),
		"-overlay", filepath.Join(dir, "overlay.json"), "./"+filepath.Dir(m.file))
	c.Dir = root
	c.Env = append(os.Environ(), "RAPID_NOFAILFILE=1", "RAPID_SHRINKTIME=0s")
	b, err := c.CombinedOutput()
	switch {
	case err == nil && !bytes.Contains(b, []byte("no tests")):
		return survived, ""
	case bytes.Contains(b, []byte("[build failed]")):
		return notViable, string(b)
	case bytes.Contains(b, []byte("panic: test timed out")), ctx.Err() != nil:
		return timedOut, string(b)
	default:
		return killed, string(b)
	}
}

// mutants are all mutants of a package or a file.
func mutants(what string) ([]mutant, error) {
	files := []string{what}
	if !strings.HasSuffix(what, ".go") {
		paths, err := filepath.Glob(filepath.Join(root, what, "*.go"))
		if err != nil {
			return nil, err
		}
		files = nil
		for _, p := range paths {
			if !strings.HasSuffix(p, "_test.go") {
				files = append(files, what+"/"+filepath.Base(p))
			}
		}
	}
	var all []mutant
	for _, file := range files {
		source, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				all = append(all, mutate(set, source, file, f)...)
			}
		}
	}
	return all, nil
}

// Swaps of one word, operator or function for another: the relations with their
// neighbours and their negations, the signs, the functions that are easily taken
// for each other, as functions and as methods.
var swaps = map[string][]string{
	"<": {"<=", ">="}, "<=": {"<", ">"}, ">": {">=", "<="}, ">=": {">", "<"}, "==": {"!="}, "!=": {"=="},
	"+": {"-"}, "-": {"+"}, "*": {"/"}, "/": {"*"}, "&&": {"||"}, "||": {"&&"},
	"+=": {"-=", "="}, "-=": {"+=", "="}, "*=": {"/=", "="}, "/=": {"*=", "="},
	"Exp": {"Expm1"}, "Expm1": {"Exp"}, "Log": {"Log1p"}, "Log1p": {"Log"}, "Exp2": {"Exp"}, "Sqrt": {"Cbrt"},
	"Max": {"Min"}, "Min": {"Max"}, "max": {"min"}, "min": {"max"}, "Floor": {"Ceil"}, "Ceil": {"Floor"},
	"Sin": {"Cos"}, "Cos": {"Sin"}, "Tanh": {"Sin"}, "Add": {"Sub"}, "Sub": {"Add"}, "Mul": {"Div"}, "Div": {"Mul"},
	"true": {"false"}, "false": {"true"},
}

// dropped are functions of one argument, and methods of none, that are left out.
var dropped = []string{"Abs", "Neg", "Sqrt"}

// mutate returns the mutants of f.
func mutate(set *token.FileSet, source []byte, file string, f *ast.FuncDecl) []mutant {
	at := func(p token.Pos) int { return set.Position(p).Offset }
	text := func(n ast.Node) string { return string(source[at(n.Pos()):at(n.End())]) }
	name := f.Name.Name
	if f.Recv != nil {
		name = strings.TrimLeft(text(f.Recv.List[0].Type), "*") + "." + name
	}
	var all []mutant
	replace := func(pos, end int, with string) {
		from := bytes.LastIndexByte(source[:pos], '\n') + 1
		to := end + bytes.IndexByte(source[end:], '\n')
		line := func(middle string) string {
			return strings.Join(strings.Fields(string(source[from:pos])+middle+string(source[end:to])), " ")
		}
		if old := string(source[pos:end]); old != with {
			all = append(all, mutant{file, name, source, pos, end, with, line(old) + " → " + line(with)})
		}
	}
	swap := func(p token.Pos, word string) {
		for _, other := range swaps[word] {
			replace(at(p), at(p)+len(word), other)
		}
	}
	infinite := map[ast.Node]bool{} // signs of infinities, mutated already
	// What a panic says is not mutated.
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if infinite[n] {
			return false
		}
		switch n := n.(type) {
		case *ast.BasicLit:
			for _, other := range constants(n) {
				replace(at(n.Pos()), at(n.End()), other)
			}
		case *ast.BinaryExpr:
			swap(n.OpPos, n.Op.String())
			switch n.Op {
			case token.ADD, token.SUB, token.MUL, token.QUO, token.LAND, token.LOR: // an operand less
				replace(at(n.Pos()), at(n.End()), text(n.X))
				if n.Op == token.SUB {
					replace(at(n.Pos()), at(n.End()), "-"+text(n.Y))
				} else {
					replace(at(n.Pos()), at(n.End()), text(n.Y))
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.SUB || n.Op == token.NOT {
				replace(at(n.Pos()), at(n.X.Pos()), "")
			}
		case *ast.AssignStmt:
			swap(n.TokPos, n.Tok.String())
			if n.Tok != token.DEFINE { // a term less
				replace(at(n.Pos()), at(n.End()), "")
			}
		case *ast.ExprStmt:
			replace(at(n.Pos()), at(n.End()), "")
		case *ast.Ident:
			swap(n.Pos(), n.Name)
		case *ast.CallExpr:
			s, ok := n.Fun.(*ast.SelectorExpr)
			switch last := len(n.Args) - 1; text(n.Fun) {
			case "panic":
				return false
			case "math.Inf", "math.IsInf": // only the sign of the last argument counts
				infinite[n.Args[last]] = true
				sign := map[string][]string{"1": {"-1"}, "-1": {"1"}, "0": {"1", "-1"}}
				for _, other := range sign[text(n.Args[last])] {
					replace(at(n.Args[last].Pos()), at(n.Args[last].End()), other)
				}
			}
			switch {
			case !ok || !slices.Contains(dropped, s.Sel.Name):
			case len(n.Args) == 1:
				replace(at(n.Pos()), at(n.End()), "("+text(n.Args[0])+")")
			case len(n.Args) == 0:
				replace(at(n.Pos()), at(n.End()), text(s.X))
			}
		}
		return true
	})
	return all
}

// constants are 0, 1, −c, c + 1 and c − 1 for the number c, without repetition.
func constants(n *ast.BasicLit) []string {
	if n.Kind != token.INT && n.Kind != token.FLOAT {
		return nil
	}
	c, err := strconv.ParseFloat(n.Value, 64)
	if err != nil {
		return nil
	}
	var others []string
	seen := []float64{c}
	for _, o := range []struct {
		value float64
		text  string
	}{{0, "0"}, {1, "1"}, {-c, "(-" + n.Value + ")"}, {c + 1, "(" + n.Value + " + 1)"}, {c - 1, "(" + n.Value + " - 1)"}} {
		if !slices.Contains(seen, o.value) {
			seen, others = append(seen, o.value), append(others, o.text)
		}
	}
	return others
}
