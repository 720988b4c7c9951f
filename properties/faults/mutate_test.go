//go:build mutate

package faults

import (
	"bytes"
	"cmp"
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
// claims refute believable mistakes, but whether the tests of ebm and losses, and the
// statements of the ledger, hold every operator and constant in its place. It is slow,
// most survivors are equivalent, and it gates nothing.

var (
	of     = flag.String("of", "losses,ebm,ebm/kernel,ebm/twofold", "what to mutate: packages or files, separated by commas")
	by     = flag.String("by", ".", "the tests that are run on a mutant, as -run has them")
	strict = flag.Bool("strict", false, "fail on a survivor that survivors.tsv does not have, and on one that it has and that is killed")
	score  = flag.String("score", "", "a file to write, a line a file of code: what became of its mutants")
)

// survivors has a line a known survivor: file, function, mutation, reason. A mutation
// to "*" is every one of that line of code.
//
//go:embed survivors.tsv
var survivors string

// root is the module's directory.
const root = "../.."

// A site is a function, or a function literal of a package's variable, that is mutated.
type site struct {
	file   string
	source []byte // of the file
	name   string
	decl   *ast.FuncDecl // nil for a literal
	typ    *ast.FuncType
	body   *ast.BlockStmt
}

func (s *site) text(n ast.Node) string { return string(s.source[n.Pos()-1 : n.End()-1]) }

// A mutant is a site with the bytes of its file from pos to end replaced.
type mutant struct {
	*site
	pos, end int
	with     string
	change   string // "case t > 0: → case t >= 0:"
}

// String is the mutant as survivors.tsv has it, but for the reason.
func (m mutant) String() string { return m.file + "\t" + m.name + "\t" + m.change }

// anyChange is the line of m in survivors.tsv that stands for every change to
// the same line of code.
func (m mutant) anyChange() string {
	before, _, _ := strings.Cut(m.change, " → ")
	return m.file + "\t" + m.name + "\t" + before + " → *"
}

// What became of a mutant.
const (
	killed    = "killed"
	survived  = "survived"
	notViable = "not viable" // does not compile
	timedOut  = "timed out"
)

// scoreHead names the columns of a score.
const scoreHead = "file\tmutants\tkilled\ttimed out\tlive, with a reason\tlive, without\tdo not compile\n"

// TestMutate runs on every mutant the tests of its package that call its function,
// under -short.
func TestMutate(t *testing.T) {
	known := knownSurvivors(t)
	fmt.Print(scoreHead)
	files := map[string][]string{} // by package
	var packages []string
	for what := range strings.SplitSeq(*of, ",") {
		pkg, some := what, []string{what}
		if strings.HasSuffix(what, ".go") {
			pkg = filepath.Dir(what)
		} else {
			paths, _ := filepath.Glob(filepath.Join(root, what, "*.go"))
			some = nil
			for _, p := range paths {
				if !strings.HasSuffix(p, "_test.go") && !strings.HasSuffix(p, "doc.go") {
					some = append(some, what+"/"+filepath.Base(p))
				}
			}
		}
		if len(some) == 0 {
			t.Fatalf("%s: no files", what)
		}
		if files[pkg] == nil {
			packages = append(packages, pkg)
		}
		files[pkg] = append(files[pkg], some...)
	}
	for _, pkg := range packages {
		tryAll(t, files[pkg], known)
	}
}

// note puts the row of a file into the score, in place of the one that it had.
func note(t *testing.T, row string) {
	if *score == "" {
		return
	}
	path := filepath.Join(root, *score)
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(strings.TrimPrefix(string(old), scoreHead) + row) {
		file, _, _ := strings.Cut(line, "\t")
		rows[file] = line
	}
	table := scoreHead
	for _, file := range slices.Sorted(maps.Keys(rows)) {
		table += rows[file]
	}
	if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tryAll tries every mutant of some files of one package.
func tryAll(t *testing.T, files []string, known map[string]string) {
	all := mutants(t, files)
	var tests *suite
	if len(all) > 0 {
		tests = build(t, filepath.Dir(files[0]), all)
		tests.measure(t, all)
	}
	first := 0
	for _, file := range files {
		last := first
		for last < len(all) && all[last].file == file {
			last++
		}
		tests.judge(t, file, all, first, last, known)
		first = last
	}
}

// judge tries the mutants first, first + 1, … before last, those of one file.
func (s *suite) judge(t *testing.T, file string, all []mutant, first, last int, known map[string]string) {
	became := make([]string, len(all))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				became[i] = s.try(i, all[i].site)
				if became[i] == survived && known[all[i].String()] == "" && known[all[i].anyChange()] == "" {
					fmt.Printf("survived\t%d\t%v\n", 1+bytes.Count(all[i].source[:all[i].pos], []byte("\n")), all[i])
				}
			}
		})
	}
	for i := first; i < last; i++ {
		next <- i
	}
	close(next)
	wg.Wait()

	say := t.Logf
	if *strict {
		say = t.Errorf
	}
	fresh, count, lives := 0, map[string]int{}, map[string]bool{}
	for i := first; i < last; i++ {
		count[became[i]]++
		if became[i] != survived {
			continue
		}
		one, line := all[i].String(), all[i].anyChange()
		if known[one] == "" && known[line] == "" {
			if fresh++; !lives[one] {
				say("new survivor\t%s", one)
			}
		}
		lives[one], lives[line] = true, true
	}
	for _, m := range slices.Sorted(maps.Keys(known)) {
		if strings.HasPrefix(m, file+"\t") && !lives[m] {
			say("no survivor any more\t%s", m)
		}
	}
	row := fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t%d\t%d\n", file, last-first, count[killed], count[timedOut], count[survived]-fresh, fresh, count[notViable])
	fmt.Print(row)
	note(t, row)
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

// suite is the tests of a package, compiled once with all mutants.
type suite struct {
	dir, binary string
	viable      []bool                   // whether a mutant compiles
	reach       map[*site][]string       // the tests that call it
	took        map[string]time.Duration // by test, how long it takes without a mutation

	sync.Mutex
	kills map[*site]map[string]int // how many of its mutants a test has killed
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

// build compiles the tests of a package with every mutant in it: to compile each alone
// takes longer than to run it. Mutants that do not compile are found by the compiler's
// complaints and left out.
func build(t *testing.T, pkg string, all []mutant) *suite {
	tmp := t.TempDir()
	dir, _ := filepath.Abs(filepath.Join(root, pkg))
	s := &suite{dir: dir, binary: filepath.Join(tmp, "suite"), viable: slices.Repeat([]bool{true}, len(all)), kills: map[*site]map[string]int{}}
	write := func(name string, content []byte) string {
		path := filepath.Join(tmp, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	replaced := map[string]string{filepath.Join(dir, "mutantteller.go"): write("teller.go", fmt.Appendf(nil, teller, filepath.Base(dir), len(all)))}
	for _, m := range all {
		base := filepath.Base(m.file)
		replaced[filepath.Join(dir, base)] = filepath.Join(tmp, "schema_"+base)
	}
	overlay, _ := json.Marshal(map[string]any{"Replace": replaced})
	write("overlay.json", overlay)
	complaint := regexp.MustCompile(`\bmutant(\d+)\.go:`)
	for {
		for i := 0; i < len(all); {
			first := i
			for i < len(all) && all[i].file == all[first].file {
				i++
			}
			write("schema_"+filepath.Base(all[first].file), schema(all[:i], first, s.viable))
		}
		c := exec.Command("go", "test", "-c", "-vet=off", "-tags", "mutate", "-gcflags=-e -dwarf=false", "-ldflags=-s -w", "-overlay", filepath.Join(tmp, "overlay.json"), "-o", s.binary, ".")
		c.Dir = s.dir
		out, err := c.CombinedOutput()
		if err == nil {
			return s
		}
		complaints := complaint.FindAllSubmatch(out, -1)
		if len(complaints) == 0 {
			t.Fatalf("%s does not compile: %v\n%s", pkg, err, out)
		}
		for _, c := range complaints {
			i, _ := strconv.Atoi(string(c[1]))
			s.viable[i-1] = false
		}
	}
}

// schema returns the file of the mutants from number first on, with all of them in it.
// Of each function f there are f_0, as it is, f_1, f_2 …, mutated, and f, which calls
// one of them:
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
//
// A literal has the mutated bodies in such a switch, before its own.
func schema(all []mutant, first int, viable []bool) []byte {
	var file, added bytes.Buffer
	source := all[first].source
	done := 0
	for i := first; i < len(all); {
		begin, s := i, all[i].site
		for i < len(all) && all[i].site == s {
			i++
		}
		if s.decl == nil {
			file.Write(source[done:s.body.Lbrace])
			done = int(s.body.Lbrace)
			file.WriteString("\nswitch mutantNumber {\n")
			for k := begin; k < i; k++ {
				if m := all[k]; viable[k] {
					fmt.Fprintf(&file, "case %d:\n//line mutant%d.go:1\n%s%s%s\n", k+1, k+1, source[done:m.pos], m.with, source[m.end:s.body.Rbrace-1])
					if s.typ.Results == nil {
						file.WriteString("return\n")
					}
				}
			}
			fmt.Fprintf(&file, "case -1:\nmutantReach(%d)\n}\n", begin)
			continue
		}
		name := s.decl.Name
		call, head := name.Name, "func "+name.Name
		if s.decl.Recv != nil {
			call, head = "recv."+name.Name, "func (recv "+s.text(s.decl.Recv.List[0].Type)+") "+name.Name
		}
		if of := s.typ.TypeParams; of != nil {
			head += s.text(of)
			var names []string
			for _, field := range of.List {
				for _, n := range field.Names {
					names = append(names, n.Name)
				}
			}
			call += "_%d[" + strings.Join(names, ", ") + "]"
		} else {
			call += "_%d"
		}
		var params, args []string
		for _, field := range s.typ.Params.List {
			for range max(1, len(field.Names)) {
				p := fmt.Sprint("p", len(params))
				params = append(params, p+" "+s.text(field.Type))
				if _, ok := field.Type.(*ast.Ellipsis); ok {
					p += "..."
				}
				args = append(args, p)
			}
		}
		head += "(" + strings.Join(params, ", ") + ") "
		if s.typ.Results != nil {
			head += s.text(s.typ.Results) + " "
		}
		to := func(i int) {
			one := fmt.Sprintf(call+"(%s)", i, strings.Join(args, ", "))
			if s.typ.Results != nil {
				fmt.Fprintf(&added, "return %s\n", one)
			} else {
				fmt.Fprintf(&added, "%s\nreturn\n", one)
			}
		}
		file.Write(source[done : name.End()-1])
		file.WriteString("_0")
		done = int(name.End()) - 1
		fmt.Fprintf(&added, "\n%s{\nswitch mutantNumber {\n", head)
		for k := begin; k < i; k++ {
			if viable[k] {
				fmt.Fprintf(&added, "case %d:\n", k+1)
				to(k + 1)
			}
		}
		fmt.Fprintf(&added, "case -1:\nmutantReach(%d)\n}\n", begin)
		to(0)
		added.WriteString("}\n")
		for k := begin; k < i; k++ {
			if m := all[k]; viable[k] {
				fmt.Fprintf(&added, "//line mutant%d.go:1\n%s_%d%s%s%s\n", k+1, source[s.decl.Pos()-1:name.End()-1], k+1,
					source[name.End()-1:m.pos], m.with, source[m.end:s.decl.End()-1])
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
	s.reach, s.took = map[*site][]string{}, map[string]time.Duration{}
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
			s.reach[all[i].site] = append(s.reach[all[i].site], test)
		}
	}
}

func (s *suite) reached() string { return s.binary + ".reached" }

// try runs on mutant i, of function f, the tests that call f, until one kills it.
func (s *suite) try(i int, f *site) (became string) {
	if !s.viable[i] {
		return notViable
	}
	for _, tests := range s.batches(f) {
		became, out := s.run(i+1, tests)
		if killer := failed.FindStringSubmatch(out); became == killed && killer != nil {
			s.Lock()
			s.kills[f][killer[1]]++
			s.Unlock()
		}
		if became != survived {
			return became
		}
	}
	return survived
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// batches are the tests that call f: first those that have killed most of its mutants, then the quickest, half a second
// of them or, later, as long as all before.
func (s *suite) batches(f *site) (all [][]string) {
	s.Lock()
	defer s.Unlock()
	if s.kills[f] == nil {
		s.kills[f] = map[string]int{}
	}
	kills, tests := s.kills[f], slices.Clone(s.reach[f])
	slices.SortFunc(tests, func(a, b string) int { return cmp.Compare(s.took[a], s.took[b]) })
	slices.SortStableFunc(tests, func(a, b string) int { return cmp.Compare(kills[b], kills[a]) })
	spent, batch := time.Second/2, time.Duration(0)
	for _, test := range tests {
		if batch == 0 || batch+s.took[test] > spent {
			all, spent, batch = append(all, nil), spent+batch, 0
		}
		all[len(all)-1] = append(all[len(all)-1], test)
		batch += s.took[test]
	}
	return all
}

// run runs tests on the mutant of that number, and waits for ten times as long as
// they take without it.
func (s *suite) run(number int, tests []string) (became, out string) {
	limit := 3 * time.Second
	for _, test := range tests {
		limit += 10 * s.took[test]
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit+time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, s.binary, "-test.run", "^("+strings.Join(tests, "|")+")$", "-test.short", "-test.failfast", "-test.timeout", limit.String())
	c.Dir = s.dir
	c.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(number), "REACHED="+s.reached(), "RAPID_NOFAILFILE=1", "RAPID_SHRINKTIME=0s", "GOGC=off", "GOMEMLIMIT=64MiB")
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

// mutants are all mutants of files of one package, in the order of their functions.
func mutants(t *testing.T, files []string) (all []mutant) {
	t.Helper()
	sources, trees := map[string][]byte{}, map[string]*ast.File{}
	paths, _ := filepath.Glob(filepath.Join(root, filepath.Dir(files[0]), "*.go"))
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		source, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parser.ParseFile(token.NewFileSet(), p, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Dir(files[0]) + "/" + filepath.Base(p)
		sources[file], trees[file] = source, tree
	}
	other := serving(slices.Collect(maps.Values(trees)))
	for _, file := range files {
		if trees[file] == nil {
			t.Fatalf("%s: no such file", file)
		}
		for _, d := range trees[file].Decls {
			if f, ok := d.(*ast.FuncDecl); ok && other[f.Name.Name] {
				continue
			}
			for _, s := range sites(file, sources[file], d) {
				if !draws(s.typ) {
					all = append(all, mutate(s)...)
				}
			}
		}
	}
	return all
}

// chosen reports whether n is what the author of a statement chose: which cases are tried, which strata they are to
// reach, and which mistakes are planted. Another choice is no mistake, and is not tried.
func chosen(n ast.Node) bool {
	var what ast.Expr
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		what = n.Key
	case *ast.AssignStmt: // of a field of a statement, or a stratum
		if what = n.Lhs[0]; len(n.Lhs) > 1 || isName(what) {
			return false
		}
	case *ast.CallExpr: // of a ground, for more of its cases
		what = n.Fun
	case *ast.FuncLit:
		return draws(n.Type)
	default:
		return false
	}
	if at, ok := what.(*ast.IndexExpr); ok {
		what = at.X
	}
	if field, ok := what.(*ast.SelectorExpr); ok {
		what = field.Sel
	}
	name, ok := what.(*ast.Ident)
	return ok && slices.Contains([]string{"cases", "draw", "reach", "over", "faulty", "also", "aimed"}, name.Name)
}

func isName(e ast.Expr) bool {
	_, ok := e.(*ast.Ident)
	return ok
}

// draws reports whether a function takes what rapid draws from: it makes cases.
func draws(f *ast.FuncType) bool {
	return slices.ContainsFunc(f.Params.List, func(p *ast.Field) bool {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			return false
		}
		of, ok := star.X.(*ast.SelectorExpr)
		return ok && of.Sel.Name == "T"
	})
}

// serving are the names of the functions and methods of a package that only serve what is chosen: wherever such a name
// stands, that is chosen, or in the body of one of them.
func serving(trees []*ast.File) map[string]bool {
	names, stands, uses := map[string]bool{}, map[string]bool{}, map[string][]string{} // uses: in which functions, "" for none
	for _, tree := range trees {
		for _, d := range tree.Decls {
			in, own, makes := "", (*ast.Ident)(nil), false
			if f, ok := d.(*ast.FuncDecl); ok {
				in, own, makes = f.Name.Name, f.Name, draws(f.Type)
				names[in] = true
			}
			var walk func(from ast.Node, free bool)
			walk = func(from ast.Node, free bool) {
				ast.Inspect(from, func(n ast.Node) bool {
					if !free && chosen(n) {
						walk(n, true)
						return false
					}
					if name, ok := n.(*ast.Ident); ok && name != own {
						stands[name.Name] = true
						if !free {
							uses[name.Name] = append(uses[name.Name], in)
						}
					}
					return true
				})
			}
			walk(d, makes)
		}
	}
	// What is exported, or stands nowhere, as a method that an interface asks for may, serves others.
	maps.DeleteFunc(names, func(name string, _ bool) bool { return ast.IsExported(name) || !stands[name] })
	for before := -1; before != len(names); {
		before = len(names)
		maps.DeleteFunc(names, func(name string, _ bool) bool {
			return slices.ContainsFunc(uses[name], func(in string) bool { return !names[in] })
		})
	}
	return names
}

// sites are the function that d is, or the literals in the variables that it declares,
// which are named by the variable and by the keys under which they stand.
func sites(file string, source []byte, d ast.Decl) (all []*site) {
	if f, ok := d.(*ast.FuncDecl); ok {
		if f.Body == nil {
			return nil
		}
		s := &site{file, source, f.Name.Name, f, f.Type, f.Body}
		if f.Recv != nil {
			s.name = strings.TrimLeft(s.text(f.Recv.List[0].Type), "*") + "." + s.name
		}
		return []*site{s}
	}
	var path []ast.Node
	ast.Inspect(d, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		if chosen(n) {
			return false
		}
		if f, ok := n.(*ast.FuncLit); ok {
			s := &site{file: file, source: source, typ: f.Type, body: f.Body}
			var names []string
			for _, p := range path {
				switch p := p.(type) {
				case *ast.ValueSpec:
					names = append(names, p.Names[0].Name)
				case *ast.KeyValueExpr:
					names = append(names, strings.Trim(s.text(p.Key), "\""))
				}
			}
			s.name = strings.Join(names, ".")
			all = append(all, s)
			return false
		}
		path = append(path, n)
		return true
	})
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
func mutate(f *site) []mutant {
	at := func(p token.Pos) int { return int(p) - 1 } // the file is alone in its set
	source, text := f.source, f.text
	var all []mutant
	replace := func(pos, end int, with string) {
		from := bytes.LastIndexByte(source[:pos], '\n') + 1
		to := end + bytes.IndexByte(source[end:], '\n')
		line := func(middle string) string {
			return strings.Join(strings.Fields(string(source[from:pos])+middle+string(source[end:to])), " ")
		}
		if old := string(source[pos:end]); old != with {
			all = append(all, mutant{f, pos, end, with, line(old) + " → " + line(with)})
		}
	}
	swap := func(p token.Pos, word string) {
		for _, other := range swaps[word] {
			replace(at(p), at(p)+len(word), other)
		}
	}
	infinite := map[ast.Node]bool{} // signs of infinities, mutated already
	// What a panic says is not mutated, nor is a text that is put together, such as what is told of a failure.
	ast.Inspect(f.body, func(n ast.Node) bool {
		if infinite[n] || isText(n) || chosen(n) {
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

// isText reports whether n is a sum that a text in quotes is part of.
func isText(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		return n.Kind == token.STRING
	case *ast.BinaryExpr:
		return n.Op == token.ADD && (isText(n.X) || isText(n.Y))
	}
	return false
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
