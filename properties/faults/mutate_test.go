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
	"regexp"
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
	of     = flag.String("of", "losses,ebm,ebm/kernel,ebm/twofold", "what to mutate: packages or files, separated by commas")
	by     = flag.String("by", ".", "the tests that are run on a mutant, as -run has them")
	strict = flag.Bool("strict", false, "fail on a survivor that survivors.tsv does not have, and on one that it has and that is killed")
)

// survivors has a line a known survivor: file, function, mutation, reason. A mutation
// to "*" is every one of that line of code.
//
//go:embed survivors.tsv
var survivors string

// root is the module's directory.
const root = "../.."

// A mutant is a function with the bytes of its file from pos to end replaced.
type mutant struct {
	file, function string
	f              *ast.FuncDecl
	source         []byte // of the file
	pos, end       int
	with           string
	change         string // "case t > 0: → case t >= 0:"
}

// String is the mutant as survivors.tsv has it, but for the reason.
func (m mutant) String() string { return m.file + "\t" + m.function + "\t" + m.change }

// anyChange is the line of m in survivors.tsv that stands for every change to
// the same line of code.
func (m mutant) anyChange() string {
	before, _, _ := strings.Cut(m.change, " → ")
	return m.file + "\t" + m.function + "\t" + before + " → *"
}

// What became of a mutant.
const (
	killed    = "killed"
	survived  = "survived"
	notViable = "not viable" // does not compile
	timedOut  = "timed out"
)

// TestMutate runs on every mutant the tests of its package that call its function,
// under -short.
func TestMutate(t *testing.T) {
	known := knownSurvivors(t)
	fmt.Println("file\tmutants\tkilled\tsurvived\tnot viable\ttimed out\tseconds")
	fresh := 0
	for what := range strings.SplitSeq(*of, ",") {
		files := []string{what}
		if !strings.HasSuffix(what, ".go") {
			paths, _ := filepath.Glob(filepath.Join(root, what, "*.go"))
			files = nil
			for _, p := range paths {
				if !strings.HasSuffix(p, "_test.go") && !strings.HasSuffix(p, "doc.go") {
					files = append(files, what+"/"+filepath.Base(p))
				}
			}
		}
		if len(files) == 0 {
			t.Fatalf("%s: no files", what)
		}
		for _, file := range files {
			fresh += judgeFile(t, file, known)
		}
	}
	fmt.Printf("%d new survivors\n", fresh)
}

// judgeFile tries every mutant of a file and returns how many survived that
// survivors.tsv does not have.
func judgeFile(t *testing.T, file string, known map[string]string) (fresh int) {
	start := time.Now()
	all := mutants(t, file)
	if len(all) == 0 {
		return 0 // a file without functions
	}
	tests := build(t, file, all)
	tests.measure(t, all)

	became := make([]string, len(all))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				became[i] = tests.try(i, all[i].function)
				if became[i] == survived && known[all[i].String()] == "" && known[all[i].anyChange()] == "" {
					fmt.Printf("survived\t%v\n", all[i])
				}
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()

	say := t.Logf
	if *strict {
		say = t.Errorf
	}
	count := map[string]int{}
	lives := map[string]bool{}
	for i, m := range all {
		count[became[i]]++
		if became[i] != survived {
			continue
		}
		one, line := m.String(), m.anyChange()
		if known[one] == "" && known[line] == "" && !lives[one] {
			fresh++
			say("new survivor\t%s", one)
		}
		lives[one], lives[line] = true, true
	}
	for _, m := range slices.Sorted(maps.Keys(known)) {
		if strings.HasPrefix(m, file+"\t") && !lives[m] {
			say("no survivor any more\t%s", m)
		}
	}
	fmt.Printf("%s\t%d\t%d\t%d\t%d\t%d\t%.0f\n", file, len(all), count[killed], count[survived], count[notViable], count[timedOut],
		time.Since(start).Seconds())
	return fresh
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

// suite is the tests of a package, compiled once with all mutants of a file.
type suite struct {
	dir, binary string
	viable      []bool                   // whether a mutant compiles
	reach       map[string][]string      // by function, the tests that call it
	took        map[string]time.Duration // by test, how long it takes without a mutation

	sync.Mutex
	killers []string // the tests that have killed a mutant
}

// teller has the variable by which the suite is told its mutant, from 1 up; 0 is
// none, and at −1 the functions called are written to a file, by a number of theirs.
const teller = `package %s

import (
	"fmt"
	"os"
	"strconv"
)

var mutantNumber, _ = strconv.Atoi(os.Getenv("MUTANT"))

var mutantReached [%d]bool

func mutantReach(i int) {
	if mutantReached[i] {
		return
	}
	mutantReached[i] = true
	if file, err := os.OpenFile(os.Getenv("REACHED"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644); err == nil {
		fmt.Fprintln(file, i)
		file.Close()
	}
}
`

// build compiles the tests of the file's package with every mutant in it: to
// compile each alone takes longer than to run it. Mutants that do not compile
// are found by the compiler's complaints and left out.
func build(t *testing.T, file string, all []mutant) *suite {
	tmp := t.TempDir()
	abs, _ := filepath.Abs(filepath.Join(root, file))
	s := &suite{dir: filepath.Dir(abs), binary: filepath.Join(tmp, "suite"), viable: slices.Repeat([]bool{true}, len(all))}
	write := func(name string, content []byte) string {
		path := filepath.Join(tmp, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	overlay, _ := json.Marshal(map[string]any{"Replace": map[string]string{
		abs:                                     filepath.Join(tmp, "schema.go"),
		filepath.Join(s.dir, "mutantteller.go"): write("teller.go", fmt.Appendf(nil, teller, filepath.Base(s.dir), len(all))),
	}})
	write("overlay.json", overlay)
	complaint := regexp.MustCompile(`\bmutant(\d+)\.go:`)
	for {
		write("schema.go", schema(all, s.viable))
		c := exec.Command("go", "test", "-c", "-vet=off", "-gcflags=-e", "-overlay", filepath.Join(tmp, "overlay.json"), "-o", s.binary, ".")
		c.Dir = s.dir
		out, err := c.CombinedOutput()
		if err == nil {
			return s
		}
		complaints := complaint.FindAllSubmatch(out, -1)
		if len(complaints) == 0 {
			t.Fatalf("%s does not compile: %v\n%s", file, err, out)
		}
		for _, c := range complaints {
			i, _ := strconv.Atoi(string(c[1]))
			s.viable[i-1] = false
		}
	}
}

// schema returns the file of the mutants with all of them in it. Of each function
// f there are f_0, as it is, f_1, f_2 …, mutated, and f, which calls one of them:
//
//	func f(p0 float64) float64 {
//		switch mutantNumber {
//		case 1:
//			return f_1(p0)
//		case -1:
//			mutantReach(0)
//		}
//		return f_0(p0)
//	}
func schema(all []mutant, viable []bool) []byte {
	var file, added bytes.Buffer
	source := all[0].source
	done := 0
	for i := 0; i < len(all); {
		m := all[i]
		f, text := m.f, func(n ast.Node) string { return string(source[n.Pos()-1 : n.End()-1]) }
		name := f.Name.Name
		call, head := name, "func "
		if f.Recv != nil {
			call, head = "recv."+name, "func (recv "+text(f.Recv.List[0].Type)+") "
		}
		var params, args []string
		for _, field := range f.Type.Params.List {
			for range max(1, len(field.Names)) {
				p := fmt.Sprint("p", len(params))
				params = append(params, p+" "+text(field.Type))
				if _, ok := field.Type.(*ast.Ellipsis); ok {
					p += "..."
				}
				args = append(args, p)
			}
		}
		head += name + "(" + strings.Join(params, ", ") + ") "
		if f.Type.Results != nil {
			head += text(f.Type.Results) + " "
		}
		to := func(i int) {
			one := fmt.Sprintf("%s_%d(%s)", call, i, strings.Join(args, ", "))
			if f.Type.Results != nil {
				fmt.Fprintf(&added, "return %s\n", one)
			} else {
				fmt.Fprintf(&added, "%s\nreturn\n", one)
			}
		}
		file.Write(source[done : f.Name.End()-1])
		file.WriteString("_0")
		done = int(f.Name.End()) - 1
		first := i
		fmt.Fprintf(&added, "\n%s{\nswitch mutantNumber {\n", head)
		for ; i < len(all) && all[i].f == f; i++ {
			if viable[i] {
				fmt.Fprintf(&added, "case %d:\n", i+1)
				to(i + 1)
			}
		}
		fmt.Fprintf(&added, "case -1:\nmutantReach(%d)\n}\n", first)
		to(0)
		added.WriteString("}\n")
		for k, m := range all[first:i] {
			if viable[first+k] {
				k := first + k + 1
				fmt.Fprintf(&added, "//line mutant%d.go:1\n%s_%d%s%s%s\n", k, source[f.Pos()-1:f.Name.End()-1], k,
					source[f.Name.End()-1:m.pos], m.with, source[m.end:f.End()-1])
			}
		}
	}
	file.Write(source[done:])
	file.Write(added.Bytes())
	return file.Bytes()
}

// measure runs each test of the suite as it is, and fills in reach and took.
func (s *suite) measure(t *testing.T, all []mutant) {
	c := exec.Command(s.binary, "-test.list", *by)
	c.Dir = s.dir
	list, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	s.reach, s.took = map[string][]string{}, map[string]time.Duration{}
	for test := range strings.FieldsSeq(string(list)) {
		if strings.HasPrefix(test, "Benchmark") {
			continue
		}
		os.Remove(s.reached())
		start := time.Now()
		s.took[test] = time.Hour
		if got, out := s.run(-1, []string{test}); got != survived {
			t.Fatalf("without a mutation %s of %s is %s:\n%s", test, s.dir, got, out)
		}
		s.took[test] = time.Since(start)
		numbers, _ := os.ReadFile(s.reached())
		for n := range strings.FieldsSeq(string(numbers)) {
			i, _ := strconv.Atoi(n)
			s.reach[all[i].function] = append(s.reach[all[i].function], test)
		}
	}
}

func (s *suite) reached() string { return s.binary + ".reached" }

// try runs on mutant i, of function f, the tests that call f: first those that
// have killed before.
func (s *suite) try(i int, f string) (became string) {
	if !s.viable[i] {
		return notViable
	}
	s.Lock()
	first, rest := []string(nil), []string(nil)
	for _, test := range s.reach[f] {
		if slices.Contains(s.killers, test) {
			first = append(first, test)
		} else {
			rest = append(rest, test)
		}
	}
	s.Unlock()
	for _, tests := range [][]string{first, rest} {
		if len(tests) == 0 {
			continue
		}
		became, out := s.run(i+1, tests)
		if became == killed {
			if killer := regexp.MustCompile(`(?m)^--- FAIL: (\w+)`).FindStringSubmatch(out); killer != nil {
				s.Lock()
				s.killers = append(s.killers, killer[1])
				s.Unlock()
			}
		}
		if became != survived {
			return became
		}
	}
	return survived
}

// run runs tests on the mutant of that number, and waits for ten times as long as
// they take without it.
func (s *suite) run(number int, tests []string) (became, out string) {
	limit := 5 * time.Second
	for _, test := range tests {
		limit += 10 * s.took[test]
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit+time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, s.binary, "-test.run", "^("+strings.Join(tests, "|")+")$", "-test.short", "-test.failfast", "-test.timeout", limit.String())
	c.Dir = s.dir
	c.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(number), "REACHED="+s.reached(), "RAPID_NOFAILFILE=1", "RAPID_SHRINKTIME=0s")
	b, err := c.CombinedOutput()
	switch {
	case err == nil && !bytes.Contains(b, []byte("no tests")):
		return survived, ""
	case bytes.Contains(b, []byte("panic: test timed out")), ctx.Err() != nil:
		return timedOut, string(b)
	default:
		return killed, string(b)
	}
}

// mutants are all mutants of a file.
func mutants(t *testing.T, file string) []mutant {
	source, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []mutant
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			all = append(all, mutate(source, file, f)...)
		}
	}
	return all
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
func mutate(source []byte, file string, f *ast.FuncDecl) []mutant {
	at := func(p token.Pos) int { return int(p) - 1 } // the file is alone in its set
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
			all = append(all, mutant{file, name, f, source, pos, end, with, line(old) + " → " + line(with)})
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
