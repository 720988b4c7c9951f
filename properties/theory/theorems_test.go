package theory

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/prove"
	"ebmcheck/properties/result"
)

// TestCertificates: every theorem has a certificate that the checker takes, and every certificate is that of a theorem.
func TestCertificates(t *testing.T) {
	var names []string
	steps, bytes := 0, 0
	for _, th := range Theorems {
		names = append(names, th.name)
		p, err := proof.Recheck(th.Pinned())
		if err != nil {
			t.Error(err)
			continue
		}
		steps, bytes = steps+p.Steps, bytes+p.Bytes
	}
	slices.Sort(names)
	if got := proof.Certified(); !slices.Equal(got, names) {
		t.Errorf("the theorems are %v, the certificates %v", names, got)
	}
	t.Logf("%d theorems, %d steps, %d bytes", len(names), steps, bytes)
}

// every says how many of the mutants of theorems are tried: all with -args -every 1.
var every = flag.Int("every", 32, "try one in so many mutants; 1: all, of the formulas, too")

// tried runs a statement on cases of small numbers, until it has held on enough of them, and returns how often it held, and where it
// failed.
func tried(t *testing.T, s *formula.Statement, positive []string, enough, most int) (held int, failed string) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(values ...float64) float64 { return values[r.IntN(len(values))] }
	for k := range most {
		n := 1 + k%4
		switch {
		case s.Pair:
			n = 2
		case n == 1 && strings.Contains(s.Text, "ybar"):
			continue // there is no ȳ
		}
		c := numbers{scalars: map[string]float64{}, vectors: map[string][]float64{}}
		for range n {
			c.F = append(c.F, some(0, 1, -1, 0.25, 2, -3))
		}
		for _, p := range s.Params {
			c.scalars[p] = some(0, 1, -1, 0.5, 2, 0.25, 4)
			if p == "beta" || slices.Contains(positive, p) {
				c.scalars[p] = some(1, 0.5, 2, 0.25, 4)
			}
		}
		for _, v := range s.Vectors {
			for range n {
				if v == "mass" {
					c.vectors[v] = append(c.vectors[v], some(1, 0.5, 0.25, 4))
					continue
				}
				c.vectors[v] = append(c.vectors[v], some(0, 1, 0.5, 0.25, -1))
			}
		}
		check, err := s.Compile(n)
		if err != nil {
			t.Fatal(err)
		}
		params, err := check.Bind(c.scalars, c.vectors)
		if err != nil {
			t.Fatal(err)
		}
		switch f := check.At(formula.Input{F: c.F, Params: params}); f.Verdict {
		case formula.Holds:
			if held++; held == enough {
				return held, ""
			}
		case formula.Fails: // undecided is where two sides of an if are one number
			return held, fmt.Sprintf("%v %s, %v against %v", c, f.Verdict, f.Left, f.Right)
		}
	}
	return held, ""
}

// TestTheoremsOnCases: what is proved is what the formula says, and says something: it holds on cases, and fails on none.
func TestTheoremsOnCases(t *testing.T) {
	for _, th := range Theorems {
		held, failed := tried(t, formula.MustStatement(th.says), th.Pinned().Positive, 12, 4000)
		if failed != "" || held == 0 {
			t.Errorf("%s, %s: held on %d cases, failed at %q", th.name, th.says, held, failed)
		}
	}
}

// TestMutantsOfTheorems: the proof of a theorem proves no false statement that is one slip away from it. Where it proves one, that is true.
func TestMutantsOfTheorems(t *testing.T) {
	tries, accepted := 0, 0
	for _, th := range Theorems {
		text, err := proof.Certificate(th.name)
		if err != nil {
			t.Fatal(err)
		}
		_, steps, _ := strings.Cut(text, "\nproof\n")
		for _, m := range formula.MustStatement(th.says).Mutants() {
			other := th.Pinned()
			other.Says = m.Statement.String()
			head, err := other.Head()
			if err != nil {
				continue // no term says it
			}
			if tries++; tries%*every != 0 {
				continue
			}
			if _, err := proof.Check(other, strings.Join(head, "\n")+"\n"+steps); err != nil {
				continue
			}
			accepted++
			if held, failed := tried(t, m.Statement, other.Positive, 12, 1000); failed != "" {
				t.Errorf("the steps of %s prove %s, which held %d times and then did not: %s", th.name, other.Says, held, failed)
			}
		}
	}
	t.Logf("one in %d of %d slips, %d of them true and proved by the same steps", *every, tries, accepted)
}

// TestEvidence: what is proved of a claim is said of it, and a part is not called the whole.
func TestEvidence(t *testing.T) {
	count := map[result.Evidence]int{}
	for _, c := range Claims {
		r := c.Result()
		if trouble := c.prove(&r); trouble != "" {
			t.Error(trouble)
		}
		count[r.Evidence]++
		if part, ok := provedInPart[c.Refs[0]]; ok && (r.Evidence == result.Proved || part == "" || len(r.Proofs) == 0) {
			t.Errorf("%s: %s, of %d theorems: %q", c.Refs[0], r.Evidence, len(r.Proofs), part)
		}
	}
	t.Logf("%v", count)
}

// TestFoundAgain: the prover finds the certificates that are there, byte for byte. (ebmcheck prove finds all of them.)
func TestFoundAgain(t *testing.T) {
	for i, th := range Theorems {
		if i%*every != 0 {
			continue
		}
		text, err := prove.Find(th.Pinned())
		if there, _ := proof.Certificate(th.name); err != nil || text != there {
			t.Errorf("%s: another certificate, or none: %v", th.name, err)
		}
	}
}

// TestNothingUnsaid: every statement that can be checked and every identity has theorems, of the whole or of a part, of which it is said
// what it leaves open.
func TestNothingUnsaid(t *testing.T) {
	refs := []string{}
	for _, c := range Claims {
		if strings.HasPrefix(c.Refs[0], "C") && c.Verdict != result.NotCheckable {
			refs = append(refs, c.Refs[0])
		}
	}
	for n := range 92 {
		refs = append(refs, fmt.Sprint("I", n+1))
	}
	for _, ref := range refs {
		if About(ref) == nil {
			t.Errorf("%s has no theorem, and nothing says why", ref)
		}
	}
}

// TestProvedInPart: only what has theorems is proved in part, and only what is proved whole is called proved.
func TestProvedInPart(t *testing.T) {
	for ref, part := range provedInPart {
		if About(ref) == nil || part == "" {
			t.Errorf("%s: proved %q, by no theorem", ref, part)
		}
	}
	for _, test := range []struct {
		ref              string
		still, descended result.Evidence // without descents that show it, and with some
	}{
		{"C30", result.Proved, result.Proved},   // by one theorem
		{"C05", result.Sampled, result.Trained}, // in part
		{"X01", result.Sampled, result.Trained},
	} {
		c := Claim{Claim: result.Claim{Refs: []string{test.ref}}}
		for _, want := range []result.Evidence{test.still, test.descended} {
			var r result.Result
			if trouble := c.prove(&r); r.Evidence != want || r.ProvedPart != provedInPart[test.ref] || trouble != "" {
				t.Errorf("%s is %s, in part %q, trouble %q; want %s", test.ref, r.Evidence, r.ProvedPart, trouble, want)
			}
			c.Paths = growing
		}
	}
}
