package proof

import (
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/proof/kernel"
)

// sessionOf reads a certificate that is right.
func sessionOf(t *testing.T, certificate string) *session {
	s := newSession()
	for i, line := range strings.Split(strings.TrimSuffix(certificate, "\n"), "\n") {
		if i == 1 && strings.HasPrefix(line, "says ") {
			continue
		}
		if err := s.line(line); err != nil {
			t.Fatal(err)
		}
	}
	if !s.proved() {
		t.Fatalf("not proved:\n%s", certificate)
	}
	return s
}

// TestSums: what a proof asks of sums is found, wherever in it it is.
func TestSums(t *testing.T) {
	for _, c := range []struct {
		about, lines string
		want         Sums
	}{
		{"no sum", "prove 1 > 0\nproof\nexpp 0\nqed 0", Sums{}},
		{"linearity", "prove sum(j, 2*F[j] + G[j]) = 2*sum(j, F[j]) + sum(j, G[j])\nproof\nsq 0\nsq 0\nanti 0 | 1\nqed 2", Sums{Terms: []string{"F[j]", "G[j]"}}},
		{"a goal", "prove sum(j, exp(F[j]))^2 >= 0\nproof\nsq sum(j, exp(F[j]))\nqed 0", Sums{Terms: []string{"exp(F[j])"}}},
		{"an assumption", "assume sum(j, F[j]) = 0\nprove 1 > 0\nproof\nexpp 0\nqed 1", Sums{Terms: []string{"F[j]"}}},
		{"an argument", "prove 1 > 0\nproof\nsq 0\nsq 0\nanti 0 | 1\ncomb sum(j, F[j]) @ 2\nexpp 0\nqed 4", Sums{Terms: []string{"F[j]"}}},
		{"a sum in a function in a sum", "prove exp(sum(j, F[j]*exp(sum(i, G[i]*F[i]^2)*F[j]))) > 0\nproof\nexpp sum(j, F[j]*exp(sum(i, G[i]*F[i]^2)*F[j]))\nqed 0",
			Sums{Terms: []string{"F[j]^2*G[j]", "F[j]*exp(F[j]*sum(k: F[k]^2*G[k]))"}}},
		{"an inverse and a logarithm", "assume all j: F[j] > 0\nassume sum(j, inv(F[j])*ln(F[j])) > 0\nprove 1 > 0\nproof\nexpp 0\nqed 2", Sums{Terms: []string{"log(F[j])/(F[j])"}}},
		{"the sum of 1", "prove n > 0\nproof\nall j | 1 | >\nexpp 0\nqed 0\nsum 0\nqed 1", Sums{Number: true}},
		{"a sum without a term", "prove sum(j, exp(F[j])) - exp(F[i]) >= 0\nproof\nall j | exp(F[j]) | >\nexpp F[j]\nqed 0\ndrop 0 | i\nqed 1",
			Sums{Counted: true, Terms: []string{"exp(F[j])"}}},
		{"whether two answers are one", "assume d(i,y) = 0\nprove 1 > 0\nproof\nexpp 0\nqed 1", Sums{Counted: true}},
		{"whether two answers are one, in an argument", "prove 1 > 0\nproof\nsq d(i,y)\nexpp 0\nqed 1", Sums{Counted: true}},
		{"what they have in common", "prove 1 > 0\nproof\ndelta i | i | F[i]\nexpp 0\nqed 1", Sums{Counted: true}},
		{"a term that is picked out", "prove sum(j, d(i,j)*F[j]^2) >= 0\nproof\nsq F[i]\nqed 0", Sums{Counted: true}},
		{"a derivative by one energy", "prove D(sum(j, F[j]^2); F[j] -> d(j,i)) = 2*F[i]\nproof\nsq 0\nsq 0\nanti 0 | 1\nqed 2", Sums{Counted: true, Terms: []string{"F[j]^2"}, Under: []string{"F[j]^2"}}},
		{"a derivative", "prove D(sum(j, F[j]*exp(x)); x -> 1; F[j] -> S[j]) = exp(x)*sum(j, F[j] + S[j])\nproof\nsq 0\nsq 0\nanti 0 | 1\nqed 2",
			Sums{Terms: []string{"F[j]", "S[j]"}, Under: []string{"F[j]"}}},
		{"a derivative along which nothing in the sum moves", "prove D(x*sum(j, F[j]); x -> 1) = sum(j, F[j])\nproof\nsq 0\nsq 0\nanti 0 | 1\nqed 2", Sums{Terms: []string{"F[j]"}}},
		{"a function that rises", "assume x >= 0\nprove sum(j, exp(x*F[j]^2)) >= n\nproof\nmono x | 0 | sum(j, exp(x*F[j]^2)) - n | >= | 0\nsq 0\nqed 0\n" +
			"all j | F[j]^2*exp(x*F[j]^2) | >=\nsq F[j]\nexpp x*F[j]^2\ncomb 1 @ 1,2\nqed 3\nsum 1\nqed 2\nqed 1",
			Sums{Number: true, Terms: []string{"exp(x*F[j]^2)", "F[j]^2*exp(x*F[j]^2)"}, Under: []string{"exp(x*F[j]^2)"}}},
	} {
		got := sums(sessionOf(t, "theorem a\n"+c.lines).sums)
		if got.Counted != c.want.Counted || got.Number != c.want.Number || !slices.Equal(got.Terms, c.want.Terms) || !slices.Equal(got.Under, c.want.Under) {
			t.Errorf("%s: accepted as asking %+v, want %+v", c.about, got, c.want)
		}
	}

	// What a reader does not tell: the kernel sees it in the terms.
	some, answers := kernel.Family("F", "j"), kernel.Var("n")
	same, total := kernel.Delta("i", "y"), kernel.Sum("j", some)
	square := func(t kernel.Term) kernel.Fact { return kernel.Fact{P: kernel.Mul(t, t), Rel: kernel.AtLeast} }
	sq := func(t kernel.Term) func(*kernel.Proof) {
		return func(p *kernel.Proof) { p.Step("sq", []kernel.Argument{{Term: t}}) }
	}
	for _, c := range []struct {
		about       string
		given, goal kernel.Fact
		step        func(p *kernel.Proof)
		want        Sums
	}{
		{"nothing", square(nil), square(nil), sq(nil), Sums{}},
		{"a given fact", square(answers), square(nil), sq(nil), Sums{Number: true}},
		{"a goal", square(nil), square(total), sq(nil), Sums{Terms: []string{"F[j]"}}},
		{"a step", square(nil), square(nil), sq(same), Sums{Counted: true}},
		{"a fact", kernel.Fact{P: some, Rel: kernel.AtLeast, All: "j"}, square(nil), func(p *kernel.Proof) { p.Step("sum", []kernel.Argument{{Fact: 0}}) }, Sums{Terms: []string{"F[j]"}}},
		{"an argument that leaves nothing", kernel.Fact{Rel: kernel.Equals}, square(nil), func(p *kernel.Proof) {
			p.Step("comb", []kernel.Argument{{Items: []kernel.Item{{Term: total, Facts: []int{0}}}}})
		}, Sums{Terms: []string{"F[j]"}}},
	} {
		asked := kernel.NewSums()
		c.step(kernel.Begin([]kernel.Fact{c.given}, []kernel.Fact{c.goal}, nil, new(kernel.Work), asked))
		if got := sums(asked); got.Counted != c.want.Counted || got.Number != c.want.Number || !slices.Equal(got.Terms, c.want.Terms) {
			t.Errorf("%s: accepted as asking %+v, want %+v", c.about, got, c.want)
		}
	}
}
