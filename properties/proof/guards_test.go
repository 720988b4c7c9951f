package proof

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// guards are what keeps the kernel sound, each with what stands there when it is gone.
var guards = []struct{ file, is, gone string }{
	{"kernel/rules.go", "f.Rel != Above || !f.P.Equal(t)", "!f.P.Equal(t)"},
	{"kernel/rules.go", "!f.P.Equal(t) && !(either && f.P.Opposite(t))", "false"},
	{"kernel/rules.go", "p.signed(t, a[1].Fact, false)", "p.signed(t, a[1].Fact, true)"},
	{"kernel/rules.go", "c.Sign() <= 0)", "c.Sign() < 0)"},
	{"kernel/rules.go", "(!isNumber || c.Sign() <= 0)", "isNumber && c.Sign() == 0"},
	{"kernel/rules.go", "(!isNumber || c.Sign() <= 0)", "isNumber && c.Sign() <= 0"},
	{"kernel/rules.go", "f.Rel == Equals || f.Rel == AtLeast && r == Above", "f.Rel == Equals"},
	{"kernel/rules.go", "if r == Above || rel == Equals {", "if r != Above || rel == Equals {"},
	{"kernel/rules.go", "if r == Above || rel == Equals {", "if r == Above {"},
	{"kernel/rules.go", "g.Rel != Above || !f.implies(Fact", "!f.implies(Fact"},
	{"kernel/rules.go", "!f.implies(Fact{P: p.Mul(g.P, t), Rel: r})", "f.Rel == notZero"},
	{"kernel/rules.go", "if !f.P.Opposite(g.P) {", "if false && !f.P.Opposite(g.P) {"},
	{"kernel/rules.go", "if f.All != j && f.P.has(j) {", "if false {"},
	{"kernel/rules.go", "p.add(Sub(Sum(f.All, f.P), Rename(f.P, f.All, a[1].Name)), AtLeast)", "p.add(Sub(Sum(f.All, f.P), Rename(f.P, f.All, a[1].Name)), f.Rel)"},
	{"kernel/rules.go", "return f.P.has(x) })", "return false })"},
	{"kernel/rules.go", "rel == Equals || !p.plain", "!p.plain"},
	{"kernel/rules.go", "|| !p.plain(a[4].Fact).implies(since)", ""},
	{"kernel/rules.go", "from.has(x) || ", ""},
	{"kernel/rules.go", "p.pay(owed, second.facts)", "_, _ = owed, second"},
	{"kernel/rules.go", "p.open(Fact{P: slope, Rel: AtLeast}", "p.open(Fact{P: Sub(slope, slope), Rel: AtLeast}"},
	{"kernel/rules.go", "p.open(f.goal, given(Neg(t), Above), p.close)", "p.close()"},
	{"kernel/rules.go", "given(Neg(t), Above)", "given(t, AtLeast)"},
	{"kernel/rules.go", "c.Sign() < 0 || f.Rel == Above", "c.Sign() <= 0 || f.Rel == Above"},
	{"kernel/rules.go", "!ok || !(c.Sign() < 0", "ok && !(c.Sign() < 0"},
	{"kernel/rules.go", "if !f.implies(p.Goal()) {", "if false {"},
	{"kernel/rules.go", "case kind == 'r' &&", "case kind == 'R' &&"},
	{"kernel/rules.go", "case kind == 'x' &&", "case kind == 'X' &&"},
	{"kernel/rules.go", " && !slices.Contains(reserved, x)", ""},
	{"kernel/rules.go", "strings.Trim(x, letters+\"0123456789_\") == \"\"", "strings.Trim(x, letters+\"0123456789_#~\") == \"\""},
	{"kernel/proof.go", "if f.All != \"\" {", "if false {"},
	{"kernel/proof.go", "p.pay(p.owed, facts)", ""},
	{"kernel/proof.go", "p.begin(k+1, append(slices.Clip(last.facts), p.goals[k]))", "p.begin(len(p.goals), last.facts)"},
	{"kernel/rules.go", "len(a) != len(r.takes)", "len(a) < len(r.takes)"},
	{"session.go", "case f.Rel != kernel.Above || f.All != \"\":", "case f.All != \"\":"},
	{"session.go", "case f.Rel != kernel.Above || f.All != \"\":", "case f.Rel != kernel.Above:"},
	{"session.go", "case f.P.Opposite(t):\n\t\t\treturn -1", "case f.P.Opposite(t):\n\t\t\treturn 1"},
	{"session.go", "append(s.owed, owed...)", "append(s.owed, owed[:0]...)"},
	{"session.go", "short.Is, short.owed = s.read(right)", "short.Is = s.term(right)"},
	{"session.go", "|| again ||", "|| again && false ||"},
	{"session.go", " || s.used[toks[0]]", ""},
	{"kernel/fact.go", "if (f.All == \"\") != (g.All == \"\") {", "if false {"},
	{"kernel/fact.go", "(f.Rel == g.Rel || g.Rel == AtLeast) && f.P.Equal(g.P)", "f.P.Equal(g.P)"},
	{"kernel/fact.go", "f.Rel == Above && (f.P.Equal(g.P)", "(f.P.Equal(g.P)"},
	{"kernel/fact.go", "return []Fact{{P: t, Rel: notZero}}", "return nil"},
	{"kernel/fact.go", "owed = []Fact{{P: t, Rel: Above}}", ""},
	{"parse.go", "if p.toks[0] != \"\" {", "if false {"},
	{"parse.go", "p.owed = append(p.owed, kernel.Divided(t)...)", ""},
	{"parse.go", "if p.s.proof != nil {", "if false {"},
	{"parse.go", "if _, ok := p.s.short[x]; ok {\n\t\t\tkernel.Refuse(\"%s is an abb", "if false {\n\t\t\tkernel.Refuse(\"%s is an abb"},
	{"parse.go", "if short.Index != \"\" {\n\t\t\tkernel.Refuse(\"%s takes", "if false {\n\t\t\tkernel.Refuse(\"%s takes"},
	{"parse.go", "if short.Index == \"\" {\n\t\t\tkernel.Refuse(\"%s takes", "if false {\n\t\t\tkernel.Refuse(\"%s takes"},
	{"kernel/derive.go", "d.owed = append(d.owed, Fact{P: a.arg, Rel: notZero})", ""},
	{"kernel/derive.go", "d.owed = append(d.owed, Fact{P: a.arg, Rel: Above})", ""},
	{"kernel/derive.go", "case d.Sign(a.arg) == 0:", "case false:"},
	{"kernel/derive.go", "case d.Sign(a.arg) > 0:", "case d.Sign(a.arg) != 0:"},
	{"kernel/atom.go", "return \"#\" + strconv.Itoa(most+1)", "return \"#1\""},
	{"kernel/sums.go", "\t\t\t\ts.Counted = true", ""},
	{"kernel/sums.go", "s.Terms[f.key] = Indexed{f.idx[0], f.arg}", ""},
	{"kernel/sums.go", "s.Terms[f.key] = Indexed{Is: Int(1)}", ""},
	{"kernel/sums.go", "\t\t\ts.Add(f.arg)", ""},
	{"kernel/sums.go", "\t\ts.Add(m.e)", ""},
	{"kernel/rules.go", "p.sums.Counted = true\n\tp.add(", "p.add("},
	{"kernel/rules.go", "p.sums.Counted = true\n\ti, j, t", "i, j, t"},
	{"kernel/rules.go", "p.sums.Add(item.Term)", "_ = item"},
	{"kernel/proof.go", "\tfor _, f := range given {\n\t\ts.Add(f.P)\n\t}", ""},
	{"kernel/proof.go", "p.sums.Add(goal.P)", ""},
	{"kernel/proof.go", "p.sums.Add(f.P)", ""},
	{"kernel/derive.go", "d.Sums.Under[a.key] = Indexed{a.idx[0], a.arg}", ""},
	{"kernel/derive.go", "if len(db) > 0 {", "if true {"},
	{"parse.go", "p.s.sums.Counted = true", ""},
	{"parse.go", "\t\tp.s.sums.Add(t)", ""},
	{"check.go", "line != head[i]", "line != head[i] && i == 0"},
	{"check.go", "if !s.proved() {\n\t\treturn nil", "if false {\n\t\treturn nil"},
	{"state.go", "for _, x := range invented(s) {", "for _, x := range invented(s)[:0] {"},
	{"state.go", "case isW && curved(of):", "case false:"},
	{"state.go", "case t.inside > 0:", "case false:"},
	{"state.go", "if t.short[\"Z\"] != \"\" && slices.Contains(s.Params, \"Z\") {", "if false {"},
	{"state.go", "if t.moved {\n\t\tkernel.Refuse(\"a derivative", "if false {\n\t\tkernel.Refuse(\"a derivative"},
}

// withoutGuards asks for TestGuards.
var withoutGuards = flag.Bool("guards", false, "")

// TestGuards: each guard is needed: without it one of the attacks goes through.
func TestGuards(t *testing.T) {
	if !*withoutGuards {
		t.Skip("compiles the kernel without each of its guards: -args -guards")
	}
	for _, g := range guards {
		text, err := os.ReadFile(g.file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), g.is); n != 1 {
			t.Errorf("%s has %q %d times", g.file, g.is, n)
			continue
		}
		out := attackWithout(t, g.file, strings.Replace(string(text), g.is, g.gone, 1))
		before, _, ok := strings.Cut(out, "accepted")
		if !ok {
			t.Errorf("%s: %q for %q lets nothing through:\n%.1000s", g.file, g.gone, g.is, out)
			continue
		}
		t.Logf("%s: %q:%s", g.file, g.is, strings.TrimSuffix(before[strings.LastIndex(before, "go:")+3:], ": "))
	}
}

// attackWithout runs the attacks with other text for a file.
func attackWithout(t *testing.T, file, text string) string {
	dir := t.TempDir()
	here, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, filepath.Base(file))
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {here: other}})
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{other: []byte(text), filepath.Join(dir, "overlay.json"): overlay} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, _ := exec.Command("go", "test", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-timeout", "2m", "-run", "^(TestAttacks|TestStatements|TestPinned|TestSums)$", "-count=1", ".").CombinedOutput()
	return string(out)
}
