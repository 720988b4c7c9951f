package proof

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/proof/kernel"
)

// mutant is a certificate with one or two changes at random.
func mutant(r *rand.Rand, certificate string) string {
	lines := strings.Split(strings.TrimSuffix(certificate, "\n"), "\n")
	for range 1 + r.IntN(2) {
		i := r.IntN(len(lines))
		switch r.IntN(8) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
		case 1:
			lines = slices.Insert(lines, i, lines[r.IntN(len(lines))])
		case 2:
			j := r.IntN(len(lines))
			lines[i], lines[j] = lines[j], lines[i]
		default:
			lines[i] = mutantLine(r, lines[i])
		}
		if len(lines) == 0 {
			break
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// alike are words that one may stand for another of.
var alike = [][]string{
	{"0", "1", "2", "3", "4", "5", "7", "64", "65"}, {"+", "-", "*", "^", "/"}, {">", "=", ">="}, {"exp", "inv", "ln", "pos", "sum", "d", "D"},
	{"F", "G", "S", "beta", "Z", "p", "x", "m", "Fbar"}, {"j", "y", "i", "k", "k1", "ybar", "n", "x"}, {"@", ";", ",", "|", "(", ")", "[", "]"},
	{"exp", "exps", "expp", "sq", "inv", "ln", "comb", "div", "have", "cases", "qed", "absurd", "inst", "sum", "drop", "anti", "delta"},
}

// mutantLine has another word or sign in one place of line, or none there.
func mutantLine(r *rand.Rand, line string) string {
	var words []string
	for i := 0; i < len(line); {
		j := i + 1
		for isWord(line[i]) && j < len(line) && isWord(line[j]) {
			j++
		}
		words = append(words, line[i:j])
		i = j
	}
	if len(words) == 0 {
		return "qed 0"
	}
	k := r.IntN(len(words))
	for words[k] == " " {
		k = r.IntN(len(words))
	}
	var others []string
	for _, words2 := range alike {
		if slices.Contains(words2, words[k]) {
			others = append(others, words2...)
		}
	}
	switch {
	case strings.Trim(words[k], "0123456789") == "":
		words[k] = alike[0][r.IntN(len(alike[0]))]
	case len(others) == 0 || r.IntN(8) == 0:
		words[k] = ""
	default:
		words[k] = others[r.IntN(len(others))]
	}
	return strings.Join(words, "")
}

// pinned is the theorem of a certificate: its statement is the one that is written there.
func pinned(t *testing.T, name, certificate string) Theorem {
	lines := strings.Split(certificate, "\n")
	th := Theorem{Name: name, Says: strings.TrimPrefix(lines[1], "says ")}
	for _, line := range lines {
		x, _ := strings.CutPrefix(line, "assume ")
		if x, ok := strings.CutSuffix(x, " > 0"); ok && kernel.IsName(x) && x != "beta" {
			th.Positive = append(th.Positive, x)
		}
	}
	for {
		if _, err := Check(th, certificate); err == nil {
			return th
		} else if len(th.Positive) == 0 {
			t.Fatal(err)
		}
		th.Positive = th.Positive[:len(th.Positive)-1] // what an assumption says
	}
}

// TestMutants: of certificates with changes at random, both checkers accept the same, and find that these ask the same of sums; and the
// first one accepts none that proves another statement. 300 of them, 30 by the second checker too; with -args -long 12 000, each by both.
func TestMutants(t *testing.T) {
	tries, other := 600, 20
	if *long {
		tries, other = 12000, 1
	}
	s := startSecond(t)
	r := rand.New(rand.NewPCG(1, 2))
	names := slices.DeleteFunc(Certified(), func(name string) bool {
		text, _ := Certificate(name)
		return !*long && len(text) > 1000
	})
	theorems := map[string]Theorem{}
	same, accepted, elsewhere := 0, 0, 0
	for k := range tries {
		name := names[r.IntN(len(names))]
		text, err := Certificate(name)
		if err != nil {
			t.Fatal(err)
		}
		th, ok := theorems[name]
		if !ok {
			th = pinned(t, name, text)
			theorems[name] = th
		}
		m := mutant(r, text)
		if m == text {
			same++
			continue
		}
		first := taken(m)
		if k%other == 0 {
			asked, second := s.taken(m)
			if (first == nil) != (second == nil) {
				t.Errorf("the first checker: %v; the second: %v\n%s", first, second, m)
			} else if first == nil && asked != askedBy(t, m) {
				t.Errorf("it asks of sums %s, by the second checker %s\n%s", askedBy(t, m), asked, m)
			}
		}
		head, err := th.Head()
		if err != nil {
			t.Fatal(err)
		}
		_, err = Check(th, m)
		asPinned := first == nil && strings.HasPrefix(m, strings.Join(head, "\n")+"\n")
		switch {
		case (err == nil) != asPinned:
			t.Errorf("accepted as the proof of %s: %v, but %v\n%s", name, asPinned, err, m)
		case err == nil:
			accepted++
		case first == nil:
			elsewhere++
		}
	}
	t.Logf("%d mutants, %d changed nothing, %d prove the theorem nevertheless, %d another one and were refused for that", tries, same, accepted, elsewhere)
	if accepted == 0 || elsewhere == 0 {
		t.Error("the mutants reach only one side")
	}
}
