package proof

import (
	"bufio"
	"flag"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A second is the second checker, which answers about one certificate after the other.
type second struct {
	in  *bufio.Writer
	out *bufio.Scanner
}

// startSecond starts it; where there is no Python the test is skipped.
func startSecond(t *testing.T) *second {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the second checker needs python3, which is not here")
	}
	cmd := exec.Command(python, "second/check.py", "--each")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var trouble strings.Builder
	cmd.Stderr = &trouble
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the second checker: %v\n%s", err, trouble.String())
		}
	})
	return &second{bufio.NewWriter(in), bufio.NewScanner(out)}
}

// taken is what the second checker says of a certificate, and of what it asks of sums.
func (s *second) taken(certificate string) (asked string, err error) {
	fmt.Fprintf(s.in, "%s\nend\n", strings.TrimSuffix(certificate, "\n"))
	s.in.Flush()
	if !s.out.Scan() {
		return "", fmt.Errorf("no answer")
	}
	if why, refused := strings.CutPrefix(s.out.Text(), "refused "); refused {
		return "", fmt.Errorf("%s", why)
	}
	asked, ok := strings.CutPrefix(s.out.Text(), "taken ")
	if !ok {
		return "", fmt.Errorf("the answer %q", s.out.Text())
	}
	return asked, nil
}

// long has the second checker refuse bombs too, and more mutants tried.
var long = flag.Bool("long", false, "")

// TestSecondChecker: the second checker takes every certificate, of which it finds that it asks the same of sums as the first does, and
// refuses every attack at the line where the first does.
func TestSecondChecker(t *testing.T) {
	s := startSecond(t)
	for _, name := range Certified() {
		text, err := Certificate(name)
		if err != nil {
			t.Fatal(err)
		}
		asked, err := s.taken(text)
		if err != nil {
			t.Errorf("%s: line %v", name, err)
		}
		if mine := askedBy(t, text); asked != mine {
			t.Errorf("%s asks of sums %s, by the first checker %s", name, asked, mine)
		}
	}
	for _, a := range attacks(t) {
		first := taken(a.lines)
		_, err := s.taken(a.lines)
		if err == nil {
			t.Errorf("%s: accepted\n%s", a.tries, a.lines)
			continue
		}
		if line, _, _ := strings.Cut(err.Error(), ":"); !strings.HasPrefix(first.Error(), "line "+line+":") && a.says != "ends before the proof does" {
			t.Errorf("%s: refused for %v, by the first for %v", a.tries, err, first)
		}
	}
	if *long {
		for _, a := range bombs() {
			start := time.Now()
			if _, err := s.taken(a.lines); err == nil || time.Since(start) > time.Minute {
				t.Errorf("%s: %v after %v", a.tries, err, time.Since(start))
			}
		}
	}
}

// askedBy is what the first checker finds that a certificate asks of sums, in the words of the second.
func askedBy(t *testing.T, certificate string) string {
	s := sessionOf(t, certificate)
	number := func(is bool) int { return map[bool]int{true: 1}[is] }
	_, n := s.sums.Terms["n"]
	return fmt.Sprint(number(s.sums.Counted), " ", number(n), " ", len(s.sums.Terms)-number(n), " ", len(s.sums.Under))
}
