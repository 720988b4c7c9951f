package proof

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ebmcheck/properties/proof/kernel"
)

// An attack is a wrong certificate, made by hand or mechanically.
type attack struct {
	tries string // what it tries
	says  string // part of what the checker says of it
	lines string
}

// attacks are those of testdata/attacks.txt.
func attacks(t *testing.T) (as []attack) {
	text, err := os.ReadFile("testdata/attacks.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(text), "\n# ")[1:] {
		lines := strings.SplitN(strings.TrimSuffix(part, "\n"), "\n", 3)
		as = append(as, attack{lines[0], lines[1], "theorem attack\n" + lines[2]})
	}
	return as
}

// bombs are attacks that would take much time or memory, if sizes were not limited.
func bombs() []attack {
	many := func(n int, sep, format string) string {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf(format, i))
		}
		return strings.Join(parts, sep)
	}
	deep := func(n int, before, after string) string {
		return strings.Repeat(before, n) + "x" + strings.Repeat(after, n)
	}
	var double strings.Builder // each abbreviation is the square of the one before
	double.WriteString("let a0 = " + many(50, "+", "x%d") + "\n")
	for i := range 40 {
		fmt.Fprintf(&double, "let a%d = a%d*a%d\n", i+1, i, i)
	}
	var nested strings.Builder // each is the inverse of a sum of two of the one before
	nested.WriteString("let a0 = x+1\n")
	for i := range 60 {
		fmt.Fprintf(&nested, "let a%d = inv(1+a%d*inv(2+a%d))\n", i+1, i, i)
	}
	long := "let a = " + many(60, "+", "x%d*y") + "\n"
	proof := func(lines string) string { return "prove 1 > 0\nproof\n" + lines }
	bomb := func(tries, says, lines string) attack { return attack{tries, says, "theorem attack\n" + lines} }
	return []attack{
		bomb("a long line", "a line of more than", proof("expp "+strings.Repeat("x+", kernel.MaxText/2)+"x")),
		bomb("a long line in the head", "a line of more than", "prove "+strings.Repeat(" ", kernel.MaxText)+"1 > 0"),
		bomb("brackets within brackets", "deep", proof("expp "+deep(1000, "(", ")"))),
		bomb("functions within functions", "deep", proof("expp "+deep(1000, "exp(", ")"))),
		bomb("goals within goals", "deep", proof(many(100, "\n", "have x+%d | >="))),
		bomb("cases within cases", "deep", proof(many(100, "\n", "cases x+%d"))),
		bomb("a long number", "a coefficient of more than", proof("expp "+strings.Repeat("9", 2000))),
		bomb("a power of a power", "more work than", "prove (((x+y+z)^64)^64)^64 > 0"),
		bomb("a product of sums", "a term of more than", proof("expp "+many(100, "*", "(1+x%d)"))),
		bomb("a product of two long sums", "a product of", proof("expp ("+many(300, "+", "x%d")+")*("+many(300, "+", "y%d")+")")),
		bomb("abbreviations that double", "more work than", double.String()+proof("expp a40")),
		bomb("abbreviations that nest", "a monomial of more than", nested.String()+proof("expp a60")),
		bomb("a combination that multiplies sums", "a term of more than", "assume "+many(50, "+", "x%d")+" = 0\n"+proof("comb 1 @ 0"+strings.Repeat(",0", 20))),
		bomb("inverses, long each, in one product", "more work than", long+proof("expp "+many(4000, "*", "inv(a+%d)"))),
		bomb("much work in one line", "more work than", proof("expp ("+many(12, "+", "d(i,j%d)")+")^12"+strings.Repeat("*d(i,j)", 5000))),
		bomb("a sum that is renamed often", "more work than", "let q[k] = ("+many(12, "+", "d(k,j%d)")+")^12\n"+proof("expp "+many(6000, "-", "q[x%d]"))),
		bomb("many facts, and many that look at them all", "more work than", proof(strings.Repeat("expp 0\n", 6000)+strings.Repeat("all j | 1 | >\nqed 0\n", 6000))),
	}
}

// taken reads a certificate without asking what it proves.
func taken(certificate string) error {
	s := newSession()
	for i, line := range strings.Split(strings.TrimSuffix(certificate, "\n"), "\n") {
		if i == 1 && strings.HasPrefix(line, "says ") {
			continue
		}
		if err := s.line(line); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if !s.proved() {
		return fmt.Errorf("the certificate ends before the proof does")
	}
	return nil
}

// TestAttacks: every wrong certificate is refused, with the message for it, soon.
func TestAttacks(t *testing.T) {
	as := append(attacks(t), bombs()...)
	for _, a := range as {
		start := time.Now()
		err := taken(a.lines)
		switch took := time.Since(start); {
		case err == nil:
			t.Errorf("%s: accepted\n%s", a.tries, a.lines)
		case !strings.Contains(err.Error(), a.says):
			t.Errorf("%s: %v; want %q", a.tries, err, a.says)
		case took > 10*time.Second:
			t.Errorf("%s: refused after %v", a.tries, took)
		}
	}
	t.Logf("%d attacks", len(as))
}
