package theory

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ebmcheck/properties/formula"
)

var update = flag.Bool("update", false, "write what is derived: identities.tsv, reports/mutations.md")

const (
	mutationPage  = "../../reports/mutations.md"
	sameTable     = "testdata/same.tsv"
	operatorTable = "testdata/operators.tsv"
)

// A part is one of the formulas of a claim, and how another is put in its place.
type part struct {
	name, text string
	put        func(f *formulas, text string)
}

func (f formulas) parts() (ps []part) {
	add := func(name, text string, put func(f *formulas, text string)) {
		if text != "" {
			ps = append(ps, part{name, text, put})
		}
	}
	add("printed", f.printed, func(f *formulas, text string) { f.printed = text })
	add("condition", f.condition, func(f *formulas, text string) { f.condition = text })
	add("corrected", f.corrected, func(f *formulas, text string) { f.corrected, f.misprint = text, "" })
	for i, text := range f.only {
		add("only", text, func(f *formulas, text string) { f.only = replaced(f.only, i, text) })
	}
	for i, text := range f.accident {
		add("accident", text, func(f *formulas, text string) { f.accident = replaced(f.accident, i, text) })
	}
	add("fault", f.fault, nil)
	return ps
}

// unsigned writes a statement without the signs of what is to be 0: −u = 0 and u = 0 are one statement.
func unsigned(s *formula.Statement) string {
	s = s.Expand()
	var bare func(e *formula.Expr) *formula.Expr
	bare = func(e *formula.Expr) *formula.Expr {
		linear := map[string]int{"D": 1, "sum": 1, "*": 2}[e.Op] // so many of its arguments
		switch {
		case e.Op == "neg":
			return bare(e.Args[0])
		case linear > 0:
			c := *e
			c.Args = slices.Clone(e.Args)
			for i := range linear {
				c.Args[i] = bare(e.Args[i])
			}
			return &c
		}
		return e
	}
	u := *s
	u.Says = nil
	for _, r := range s.Says {
		if last := len(r.Rels) - 1; last == 0 && r.Rels[0] == "=" && r.Terms[1].Lit == "0" {
			r = formula.Relation{Terms: []*formula.Expr{bare(r.Terms[0]), r.Terms[1]}, Rels: r.Rels}
		}
		u.Says = append(u.Says, r)
	}
	return u.String()
}

func replaced(texts []string, i int, text string) []string {
	texts = slices.Clone(texts)
	texts[i] = text
	return texts
}

// A mutation is a change of one node of one formula of a claim.
type mutation struct {
	claim Claim
	part  part
	to    formula.Mutant
}

func (m mutation) key() string {
	return strings.Join([]string{m.claim.Refs[0], m.part.name, m.to.Statement.String()}, "\t")
}

// changes reports whether the examination of the claim, with the mutation, ends in another verdict or in trouble. It is
// held to what its formulas say of each other, not to its fault, which is bound to the one that is true by its text:
// a fault that changes alone has to be one slip away still, and to be refuted.
func (m mutation) changes() (how string, changed bool) {
	f := m.claim.Statement.(formulas)
	f.probe = true
	if m.part.put == nil {
		f.fault = m.to.Statement.String()
	} else {
		f.fault = ""
		m.part.put(&f, m.to.Statement.String())
	}
	e := f.examine(1, 300)
	if e.trouble != "" {
		return e.trouble, true
	}
	if f.fault != "" {
		return "refuted", e.fault == nil
	}
	return string(e.verdict), e.verdict != m.claim.Verdict
}

// outcome is what changes returned.
type outcome struct {
	how     string
	changed bool
}

// examined returns the outcomes of mutations, in their order.
func examined(ms []mutation) []outcome {
	found := make([]outcome, len(ms))
	var next atomic.Int64
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(ms); i = int(next.Add(1)) - 1 {
				found[i].how, found[i].changed = ms[i].changes()
			}
		})
	}
	done.Wait()
	return found
}

// mutations returns all of them, in the order of the ledger: the source's, then those of other texts.
func mutations() (ms []mutation) {
	for _, c := range slices.Concat(Claims, Others) {
		if f, ok := c.Statement.(formulas); ok {
			for _, p := range f.parts() {
				s := formula.MustStatement(p.text)
				for _, to := range s.Mutants() {
					if unsigned(to.Statement) != unsigned(s) {
						ms = append(ms, mutation{c, p, to})
					}
				}
			}
		}
	}
	return ms
}

// reasons reads why a mutation changes nothing, by its key.
func reasons(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open(sameTable)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	of := map[string]string{}
	for s := bufio.NewScanner(file); s.Scan(); {
		i := strings.LastIndex(s.Text(), "\t")
		if i < 0 {
			t.Fatalf("%s: %q: want claim, part, mutant and reason, with tabs between", sameTable, s.Text())
		}
		of[s.Text()[:i]] = s.Text()[i+1:]
	}
	return of
}

// page is the committed table: the mutants with a reason change nothing, all others do.
func page(ms []mutation, reason map[string]string) string {
	var b, same strings.Builder
	total, rows := 0, 0
	b.WriteString("| Statement | Part | Formula | Mutants | Change the verdict |\n|---|---|---|---|---|\n")
	for i := 0; i < len(ms); {
		first, changed := ms[i], 0
		j := i
		for ; j < len(ms) && ms[j].claim.ID == first.claim.ID && ms[j].part.name == first.part.name && ms[j].part.text == first.part.text; j++ {
			m := ms[j]
			if why, ok := reason[m.key()]; ok {
				fmt.Fprintf(&same, "| %s | %s | %s | `%s` | %s |\n", m.claim.Refs[0], m.part.name, m.to.What, cell(m.to.Statement.String()), why)
			} else {
				changed++
			}
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %d | %d |\n", first.claim.Refs[0], first.part.name, cell(first.part.text), j-i, changed)
		total, rows, i = total+changed, rows+1, j
	}
	return fmt.Sprintf("# Mutants of the ledger's formulas\n\nWritten by `make mutate-formulas`. Each formula of the statements, of the source and of other texts, is changed in one node, in every way that package formula knows "+
		"(a sign, a relation, a constant, an index, a function, an operand or a condition dropped), and its statement is examined again: with another formula in its "+
		"place, the statement must get another verdict, or no verdict. A sign of what is to be 0 is no change. "+
		"Of %d mutants of %d formulas %d do (%.1f %%); the others stand below, with the reason. What is no formula comes at the end.\n\n",
		len(ms), rows, total, 100*float64(total)/float64(len(ms))) + b.String() +
		"\n## Mutants that change nothing\n\n| Statement | Part | Change | Mutant | Why |\n|---|---|---|---|---|\n" + same.String()
}

// operators is the part of the page about the checks that are Go code, from what make mutate-statements noted of each file.
func operators(t *testing.T) string {
	t.Helper()
	table, err := os.ReadFile(operatorTable)
	if err != nil {
		t.Fatal(err)
	}
	untried, empty := map[string]bool{}, []string(nil)
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range paths {
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") && bytes.Contains(code, []byte("func")) {
			untried[name] = true
		}
	}
	var b strings.Builder
	var all, seen, reasoned, open, files int
	for _, line := range strings.Split(strings.TrimSpace(string(table)), "\n")[1:] {
		row := strings.Split(line, "\t")
		file := path.Base(row[0])
		if !untried[file] {
			t.Errorf("%s: %s is not there, or has no functions", operatorTable, file)
		}
		delete(untried, file)
		n := make([]int, len(row))
		for i, s := range row[1:] {
			if n[i+1], err = strconv.Atoi(s); err != nil {
				t.Fatal(err)
			}
		}
		compile := n[1] - n[6]
		files, all, seen, reasoned, open = files+1, all+compile, seen+n[2]+n[3], reasoned+n[4], open+n[5]
		if n[2]+n[3]+n[4]+n[5] != compile {
			t.Errorf("%s: %s: of %d mutants that compile %d are told of", operatorTable, file, compile, n[2]+n[3]+n[4]+n[5])
		}
		if compile == 0 {
			files, empty = files-1, append(empty, file)
			continue
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %.0f %% | %d | %d |\n", file, compile, n[2]+n[3], 100*float64(n[2]+n[3])/float64(compile), n[4], n[5])
	}
	text := fmt.Sprintf("\n## Mutants of the checks that are Go code\n\nWritten by `make mutate-statements`: each operator, number, sign and word of the functions of properties/theory is changed, one at a time, and the statements that call the function are examined again, each to its verdict, to what the ledger shows of it and to its descents. "+
		"Which cases are tried, which strata they are to reach and which faults are planted is a choice, and left as it is, with what serves that alone, and with what is put into words. Of %d mutants in %d files %d are seen (%.1f %%); %d live with a reason, in properties/faults/survivors.tsv, and %d live without one.\n\n"+
		"| File | Mutants that compile | Seen | Share | Live, with a reason | Live, without |\n|---|---|---|---|---|---|\n", all, files, seen, 100*float64(seen)/float64(max(1, all)), reasoned, open) + b.String()
	if len(empty) > 0 {
		text += "\nNothing to change, but what is left as it is: " + strings.Join(empty, ", ") + ".\n"
	}
	if len(untried) > 0 {
		text += "\nNot tried yet: " + strings.Join(slices.Sorted(maps.Keys(untried)), ", ") + ".\n"
	}
	return text
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// TestMutants: a mutant of a formula changes the verdict, or stands in the table of those that are the same. With
// -every 1 all are examined, else one in a hundred.
func TestMutants(t *testing.T) {
	ms, reason := mutations(), reasons(t)
	keys := map[string]bool{}
	for _, m := range ms {
		keys[m.key()] = true
	}
	for key := range reason {
		if !keys[key] {
			t.Errorf("%s: no such mutant: %s", sameTable, key)
		}
	}
	if *every > 1 {
		r := rand.New(rand.NewPCG(1, 2))
		r.Shuffle(len(ms), func(i, j int) { ms[i], ms[j] = ms[j], ms[i] })
		ms = ms[:len(ms)/100]
	}
	found := examined(ms)
	for i, m := range ms {
		how, changed := found[i].how, found[i].changed
		switch why, listed := reason[m.key()]; {
		case !changed && !listed:
			t.Errorf("unchanged, %s, %s: %s\t?", how, m.to.What, m.key())
		case changed && listed:
			t.Errorf("%s: said to be the same (%s), but: %s", m.key(), why, how)
		}
	}
}

// TestMutationPage: the page is that of the present formulas and of the table of the Go code's mutants.
func TestMutationPage(t *testing.T) {
	now := page(mutations(), reasons(t)) + operators(t)
	if *update && !t.Failed() {
		if err := os.WriteFile(mutationPage, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is, err := os.ReadFile(mutationPage); err != nil || string(is) != now {
		t.Errorf("%s is not that of the present formulas (%v): make mutate-formulas", mutationPage, err)
	}
}
