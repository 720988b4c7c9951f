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
	{"rules.go", "f.Rel != above || !f.P.equal(t)", "!f.P.equal(t)"},
	{"rules.go", "!f.P.equal(t) && !(either && f.P.opposite(t))", "false"},
	{"rules.go", "s.signed(t, a[1], false)", "s.signed(t, a[1], true)"},
	{"rules.go", "c.Sign() <= 0)", "c.Sign() < 0)"},
	{"rules.go", "(!isNumber || c.Sign() <= 0)", "isNumber && c.Sign() == 0"},
	{"rules.go", "(!isNumber || c.Sign() <= 0)", "isNumber && c.Sign() <= 0"},
	{"rules.go", "f.Rel == equals || f.Rel == atLeast && r == above", "f.Rel == equals"},
	{"rules.go", "if r == above || rel == equals {", "if r != above || rel == equals {"},
	{"rules.go", "if r == above || rel == equals {", "if r == above {"},
	{"rules.go", "g.Rel != above || !f.implies(Fact", "!f.implies(Fact"},
	{"rules.go", "!f.implies(Fact{P: s.mul(g.P, t), Rel: r})", "f.Rel == notZero"},
	{"rules.go", "if !f.P.opposite(g.P) {", "if false && !f.P.opposite(g.P) {"},
	{"rules.go", "if f.All != j && f.P.has(j) {", "if false {"},
	{"rules.go", "s.add(Sub(Sum(f.All, f.P), rename(f.P, f.All, a[1])), atLeast)", "s.add(Sub(Sum(f.All, f.P), rename(f.P, f.All, a[1])), f.Rel)"},
	{"rules.go", "if !f.P.has(x) {", "if true {"},
	{"rules.go", "rel == equals || !s.plain", "!s.plain"},
	{"rules.go", "|| !s.plain(a[4]).implies(since)", ""},
	{"rules.go", "s.pay(d.owed, second.facts)", "_ = second"},
	{"rules.go", "s.open(Fact{P: slope, Rel: atLeast}", "s.open(Fact{P: Sub(slope, slope), Rel: atLeast}"},
	{"rules.go", "s.open(f.goal, given(Neg(t), above), s.close)", "s.close()"},
	{"rules.go", "given(Neg(t), above)", "given(t, atLeast)"},
	{"rules.go", "c.Sign() < 0 || f.Rel == above", "c.Sign() <= 0 || f.Rel == above"},
	{"rules.go", "!ok || !(c.Sign() < 0", "ok && !(c.Sign() < 0"},
	{"rules.go", "if !f.implies(s.top().goal) {", "if false {"},
	{"rules.go", "len(a) != r.args", "len(a) < r.args"},
	{"session.go", "if f.All != \"\" {\n\t\trefuse(\"fact %s is about", "if false {\n\t\trefuse(\"fact %s is about"},
	{"session.go", "case f.Rel != above || f.All != \"\":", "case f.All != \"\":"},
	{"session.go", "case f.Rel != above || f.All != \"\":", "case f.Rel != above:"},
	{"session.go", "case f.P.opposite(t):\n\t\t\treturn -1", "case f.P.opposite(t):\n\t\t\treturn 1"},
	{"session.go", "s.pay(s.owed, facts)", ""},
	{"session.go", "append(s.owed, owed...)", "append(s.owed, owed[:0]...)"},
	{"session.go", "short.is, short.owed = s.read(right)", "short.is = s.term(right)"},
	{"session.go", "s.begin(k+1, append(last.facts[:len(last.facts):len(last.facts)], s.goals[k]))", "s.begin(len(s.goals), last.facts)"},
	{"fact.go", "if (f.All == \"\") != (g.All == \"\") {", "if false {"},
	{"fact.go", "(f.Rel == g.Rel || g.Rel == atLeast) && f.P.equal(g.P)", "f.P.equal(g.P)"},
	{"fact.go", "f.Rel == above && (f.P.equal(g.P)", "(f.P.equal(g.P)"},
	{"fact.go", "return []Fact{{P: t, Rel: notZero}}", "return nil"},
	{"parse.go", "len(tokens(x)) == 2 && ", "x != \"\" && "},
	{"parse.go", " && !slices.Contains(reserved, x)", ""},
	{"parse.go", "!strings.ContainsAny(x, \"#~ \")", "!strings.ContainsAny(x, \" \")"},
	{"parse.go", "if p.toks[0] != \"\" {", "if false {"},
	{"parse.go", "p.owed = append(p.owed, divided(t)...)", ""},
	{"parse.go", "p.owed = append(p.owed, Fact{P: t, Rel: above})", ""},
	{"parse.go", "if p.s.proving {\n\t\trefuse(\"a derivative", "if false {\n\t\trefuse(\"a derivative"},
	{"parse.go", "if _, ok := p.s.short[x]; ok {\n\t\t\trefuse(\"%s is an abb", "if false {\n\t\t\trefuse(\"%s is an abb"},
	{"parse.go", "if short.index != \"\" {\n\t\t\trefuse(\"%s takes", "if false {\n\t\t\trefuse(\"%s takes"},
	{"parse.go", "if short.index == \"\" {\n\t\t\trefuse(\"%s takes", "if false {\n\t\t\trefuse(\"%s takes"},
	{"derive.go", "d.owed = append(d.owed, Fact{P: a.arg, Rel: notZero})", ""},
	{"derive.go", "case d.sign(a.arg) == 0:", "case false:"},
	{"derive.go", "case d.sign(a.arg) > 0:", "case d.sign(a.arg) != 0:"},
	{"term.go", "return \"#\" + strconv.Itoa(most+1)", "return \"#1\""},
	{"check.go", "line != head[i]", "line != head[i] && i == 0"},
	{"check.go", "if !s.proved {\n\t\treturn nil", "if false {\n\t\treturn nil"},
	{"state.go", "for _, x := range invented(s) {", "for _, x := range invented(s)[:0] {"},
	{"state.go", "case isW && curved(of):", "case false:"},
	{"state.go", "case t.inside > 0:", "case false:"},
	{"state.go", "if t.short[\"Z\"] != \"\" && slices.Contains(s.Params, \"Z\") {", "if false {"},
	{"state.go", "if t.moved {\n\t\trefuse(\"a derivative", "if false {\n\t\trefuse(\"a derivative"},
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
	other := filepath.Join(dir, file)
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {here: other}})
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{other: []byte(text), filepath.Join(dir, "overlay.json"): overlay} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, _ := exec.Command("go", "test", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-timeout", "2m", "-run", "^(TestAttacks|TestStatements|TestPinned)$", "-count=1", ".").CombinedOutput()
	return string(out)
}
