package coq_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/coq"
	"ebmcheck/properties/theory"
)

var outside = flag.Bool("outside", false, "have Coq prove the theorems again, and write reports/outside.md")

// again is what the table says of a theorem that Coq proves.
const again = "proved again"

// table is what the run comes to, from this folder.
const table = "../../../reports/outside.md"

// A workshop is a folder in which the prelude is compiled.
type workshop struct{ dir, version string }

// newWorkshop skips the test unless Coq is asked for, and fails it if Coq is not there.
func newWorkshop(t *testing.T) *workshop {
	if !*outside {
		t.Skip("runs Coq: make outside")
	}
	version, err := exec.Command("coqc", "--print-version").Output()
	if err != nil {
		t.Fatalf("coqc is needed, of Coq 8.16 or later (apt-get install coq): %v", err)
	}
	w := &workshop{t.TempDir(), strings.Fields(string(version))[0]}
	for _, name := range coq.Prelude {
		if out, err := w.compile(name, coq.Source(name)); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	return w
}

// compile runs coqc on a file of that text.
func (w *workshop) compile(name, text string) (string, error) {
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o644); err != nil {
		return "", err
	}
	cmd := exec.Command("coqc", "-q", name)
	cmd.Dir = w.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// allowed are the axioms of Coq's own real numbers: no theorem takes more for granted.
var allowed = []string{"ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec", "Classical_Prop.classic",
	"FunctionalExtensionality.functional_extensionality_dep"}

// axiom matches the name of one that Print Assumptions prints.
var axiom = regexp.MustCompile(`(?m)^([A-Za-z0-9_.']+)( :|$)`)

// tooMuch is an error if what Print Assumptions printed has more than is allowed.
func tooMuch(out string) error {
	_, printed, ok := strings.Cut(out, "Axioms:\n")
	if !ok {
		return fmt.Errorf("nothing printed of what it assumes: %s", out)
	}
	for _, m := range axiom.FindAllStringSubmatch(printed, -1) {
		if !slices.Contains(allowed, m[1]) {
			return fmt.Errorf("assumes %s", m[1])
		}
	}
	return nil
}

// digest is the SHA-256 of all that Coq is given of the theorems: the prelude, and each with its proof.
func digest(t *testing.T) string {
	h := sha256.New()
	for _, name := range coq.Prelude {
		io.WriteString(h, coq.Source(name))
	}
	for _, th := range theory.Theorems {
		out, err := exported(t, th)
		if err != nil {
			continue // “not exported”
		}
		io.WriteString(h, out.Text())
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// TestTable: the table is about what Coq is given now.
func TestTable(t *testing.T) {
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if want := "`" + digest(t) + "`"; !strings.Contains(string(text), want) {
		t.Errorf("%s is stale: make outside has Coq prove the theorems again, and writes what it was given, %s", table, want)
	}
}

// prove has Coq prove theorems: the errors are why each is refused, nil for one that is proved and takes no more for granted than what is
// allowed. Of many together both are asked at once, and of each half again if there is something.
func (w *workshop) prove(ths []coq.Theorem) []error {
	text, names := coq.Head, make([]string, len(ths))
	for i, th := range ths {
		text += th.Text()
		names[i] = th.Name
	}
	text += "Definition together := (" + strings.Join(names, ", ") + ", tt).\nPrint Assumptions together.\n"
	out, err := w.compile("theorems.v", text)
	if err == nil {
		err = tooMuch(out)
	} else {
		err = fmt.Errorf("%s", strings.Join(strings.Fields(out), " "))
	}
	if k := len(ths) / 2; err != nil && k > 0 {
		return append(w.prove(ths[:k]), w.prove(ths[k:])...)
	}
	errs := make([]error, len(ths))
	if err != nil {
		errs[0] = err
	}
	return errs
}

// tried is whether Coq takes the steps of each for a proof of its facts.
func (w *workshop) tried(t *testing.T, ths []coq.Theorem) []bool {
	text := coq.Head
	for _, th := range ths {
		text += th.Trial()
	}
	out, err := w.compile("trials.v", text)
	if err != nil {
		t.Fatal(out)
	}
	var taken []bool
	for _, m := range regexp.MustCompile(`(?m)^     = (true|false)$`).FindAllStringSubmatch(out, -1) {
		taken = append(taken, m[1] == "true")
	}
	if len(taken) != len(ths) {
		t.Fatalf("%d of %d answers\n%s", len(taken), len(ths), out)
	}
	return taken
}

// TestOutside has Coq prove every theorem again; nine in ten must be, and the table says so.
func TestOutside(t *testing.T) {
	w := newWorkshop(t)
	const batch = 20
	results := map[string]string{}
	var ths []coq.Theorem
	for _, th := range theory.Theorems {
		out, err := exported(t, th)
		if err != nil {
			results[th.Name()] = "not exported: " + err.Error()
			continue
		}
		ths = append(ths, out)
	}
	for some := range slices.Chunk(ths, batch) {
		for i, err := range w.prove(some) {
			results[some[i].Of] = again
			if err != nil {
				results[some[i].Of] = fmt.Sprintf("refused: %.200s", strings.ReplaceAll(err.Error(), "|", "¦"))
				t.Errorf("%s: %v", some[i].Of, err)
			}
		}
	}
	var b strings.Builder
	count := 0
	for _, th := range theory.Theorems {
		if results[th.Name()] == again {
			count++
		}
		out, _ := exported(t, th)
		fmt.Fprintf(&b, "| %s | `%s` | %s |\n", th.Name(), strings.Join(strings.Fields(out.Statement), " "), results[th.Name()])
	}
	text := fmt.Sprintf(`# The theorems in Coq

Written by `+"`make outside`"+` (Coq %s), which proves each again from its certificate: %d of %d (%.1f %%). The statement is rendered from the formula of the ledger, not from the certificate; what its words mean is in [words.v](../properties/proof/coq/words.v), and [doc.go](../properties/proof/coq/doc.go) says how to read it and how it is proved. What Coq prints that they assume (`+"`Print Assumptions`"+`) is

`, w.version, count, len(theory.Theorems), 100*float64(count)/float64(len(theory.Theorems)))
	for _, x := range allowed {
		text += fmt.Sprintf("- `%s`\n", x)
	}
	text += "\nor less: the axioms of Coq's own real numbers. No theorem adds one, and no rule. What Coq was given, prelude and proofs, has the SHA-256\n`" + digest(t) + "`.\n\n| Theorem | In Coq | Result |\n|---|---|---|\n" + b.String()
	if !(10*count >= 9*len(theory.Theorems)) {
		t.Errorf("%d of %d are proved again", count, len(theory.Theorems))
	}
	if err := os.WriteFile(table, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// changed is a certificate with a number, a relation or a sign of its proof changed, or a line dropped.
func changed(r *rand.Rand, certificate string) string {
	head, steps, _ := strings.Cut(certificate, "\nproof\n")
	lines := strings.Split(strings.TrimSuffix(steps, "\n"), "\n")
	i := r.IntN(len(lines))
	words := regexp.MustCompile(`[0-9]+|[A-Za-z_]+|>=|.`).FindAllString(lines[i], -1)
	swap := map[string]string{">": ">=", ">=": ">", "=": ">=", "+": "-", "-": "+", "exps": "exp", "exp": "expp", "expp": "exp", "sq": "exp", "F": "G", "beta": "x", "j": "i", "y": "j"}
	switch k := r.IntN(len(words)); {
	case r.IntN(6) == 0:
		lines = slices.Delete(lines, i, i+1)
	case strings.Trim(words[k], "0123456789") == "":
		words[k] = fmt.Sprint(r.IntN(9))
		lines[i] = strings.Join(words, "")
	case swap[words[k]] != "":
		words[k] = swap[words[k]]
		lines[i] = strings.Join(words, "")
	default:
		return certificate
	}
	return head + "\nproof\n" + strings.Join(lines, "\n") + "\n"
}

// TestRefused: Coq refuses what the first checker refuses, and takes what that takes: certificates with changes at random, and certificates
// under statements that have one change. And what is proved is not a statement with a change in it, as it is read.
func TestRefused(t *testing.T) {
	w := newWorkshop(t)
	r := rand.New(rand.NewPCG(3, 4))
	var trials []coq.Theorem
	var want []bool
	var what []string
	try := func(th proof.Theorem, certificate, label string) {
		_, refused := proof.Check(th, certificate)
		out, err := coq.Export(th, certificate)
		if err != nil {
			if refused == nil {
				t.Errorf("%s is not exported (%v), and the first checker takes it", label, err)
			}
			return
		}
		out.Name = fmt.Sprintf("t%d", len(trials))
		trials, want, what = append(trials, out), append(want, refused == nil), append(what, fmt.Sprintf("%s: %v\n%s", label, refused, certificate))
	}
	small := slices.DeleteFunc(slices.Clone(theory.Theorems), func(th theory.Theorem) bool {
		text, _ := proof.Certificate(th.Name())
		return len(text) > 2500
	})
	for len(trials) < 300 {
		th := small[r.IntN(len(small))]
		text, _ := proof.Certificate(th.Name())
		if mutant := changed(r, text); mutant != text {
			try(th.Pinned(), mutant, th.Name())
		}
	}
	certificates := len(trials)
	wrong := coq.Head // statements, each of which Coq is to refuse of what is proved
	read := 0
	for len(trials) < certificates+200 {
		th := small[r.IntN(len(small))]
		text, _ := proof.Certificate(th.Name())
		pinned := th.Pinned()
		mutants := formula.MustStatement(pinned.Says).Mutants()
		mutant := mutants[r.IntN(len(mutants))]
		pinned.Says = mutant.Statement.String()
		head, err := pinned.Head()
		if err != nil {
			continue
		}
		_, steps, _ := strings.Cut(text, "\nproof\n")
		try(pinned, strings.Join(head, "\n")+"\n"+steps, pinned.Says)
		if read < 50 {
			right, err1 := exported(t, th)
			other, err2 := coq.Export(pinned, text)
			if err1 == nil && err2 == nil && right.Statement != other.Statement {
				right.Name = fmt.Sprintf("r%d", read)
				wrong += right.Text() + fmt.Sprintf("Check (%s : Prop).\nFail Check (%s : %s).\n", other.Statement, right.Name, other.Statement)
				read++
			}
		}
	}
	refused := [2]int{}
	for i, taken := range w.tried(t, trials) {
		if taken != want[i] {
			t.Errorf("Coq takes it: %v; the first checker: %v. %s", taken, want[i], what[i])
		}
		if !taken && i < certificates {
			refused[0]++
		} else if !taken {
			refused[1]++
		}
	}
	if out, err := w.compile("wrong.v", wrong); err != nil {
		t.Errorf("a theorem is another as well: %s", out)
	}
	out, err := w.compile("axiom.v", coq.Head+"Axiom wrong : 0 = 1.\nDefinition more := (exp_ineq1, wrong).\nPrint Assumptions more.\n")
	if more := tooMuch(out); err != nil || more == nil || more.Error() != "assumes wrong" {
		t.Errorf("of an axiom that is not allowed Coq prints %s: %v, %v", out, err, more)
	}
	t.Logf("Coq refuses %d of %d changed certificates and %d of %d changed statements, all as the first checker does, and %d of %d theorems as another", refused[0], certificates,
		refused[1], len(trials)-certificates, read, read)
	if refused[0] < 50 || refused[1] < 50 || certificates-refused[0] == 0 || read < 50 {
		t.Error("the changes reach too little")
	}
}
