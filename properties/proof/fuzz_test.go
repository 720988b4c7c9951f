package proof

import (
	"strings"
	"testing"
	"time"

	"ebmcheck/properties/proof/kernel"
)

// FuzzTerm: whatever is read as a term, the reader does not panic, and takes little time; what it reads, printed, is read as the same.
func FuzzTerm(f *testing.F) {
	for _, text := range []string{"x+1", "-2/3*x^2*exp(-beta*F[y])", "sum(j, d(i,j)*exp(F[j]))", "sum(j, sum(k, F[j,k])*inv(G[j]))", "inv(x*inv(y))*ln(exp(2*x))",
		"pos(x-1)^2-pos(-2)", "d(i,i)+d(j,i)^2", "D(ln(x); x -> 1; F[j] -> d(j,i))", "((1+x)^64)^64", "sum(#1,F[#1])", "n*inv(n)", "1/0", "F[", "^", "exp(sum(j, x))"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		d := &Draft{s: newSession()}
		p, err := d.Term(text)
		if err == nil {
			var printed string
			func() {
				defer kernel.Caught("", &err)
				printed = p.String()
			}()
			if err != nil || len(printed) > 1000 {
				return
			}
			q, err := (&Draft{s: newSession()}).Term(printed)
			if err != nil || !p.Equal(q) || q.String() != printed {
				t.Errorf("%q is %s, which reads as %v, %v", text, printed, q, err)
			}
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q: %v", text, took)
		}
	})
}

// FuzzCheck: whatever a certificate has, Check does not panic, takes little time, and what it accepts begins with what is proved.
func FuzzCheck(f *testing.F) {
	theorem := Theorem{Name: "t", Says: "exp(x) >= 1 + x and sum(j: pos(F[j])) >= 0 if x > 0"}
	head, err := theorem.Head()
	if err != nil {
		f.Fatal(err)
	}
	start := strings.Join(head, "\n") + "\n"
	f.Add(start + "exp x\nqed 1\npos F[k]\nall j | pos(F[j]) | >=\npos F[j]\nqed 5\nsum 5\nqed 6\n")
	f.Add(start + "mono x | 0 | exp(x) - x - 1 | >= | 0\nqed 1\n")
	f.Add(start + "cases x\nabsurd 0\n")
	f.Add(start + "let a = exp(x)\ncomb 1 @ 0,0 ; 2 @ 0\ndiv x | > | 1 | 0\ninst 0 | j\ndrop 0 | j\nln x | 0\ndelta i | j | F[i]\n")
	for _, a := range strings.SplitAfter(start, "\n") {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, certificate string) {
		began := time.Now()
		for _, c := range []string{certificate, start + certificate} {
			if _, err := Check(theorem, c); err == nil && !strings.HasPrefix(c, start) {
				t.Errorf("accepted: %q", c)
			}
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%q: %v", certificate, took)
		}
	})
}
