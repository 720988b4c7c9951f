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

// taken is what the second checker says of a certificate.
func (s *second) taken(certificate string) error {
	fmt.Fprintf(s.in, "%s\nend\n", strings.TrimSuffix(certificate, "\n"))
	s.in.Flush()
	if !s.out.Scan() {
		return fmt.Errorf("no answer")
	}
	why, refused := strings.CutPrefix(s.out.Text(), "refused ")
	switch {
	case refused:
		return fmt.Errorf("%s", why)
	case why != "taken":
		return fmt.Errorf("the answer %q", why)
	}
	return nil
}

// long has the second checker refuse bombs too, and more mutants tried.
var long = flag.Bool("long", false, "")

// TestSecondChecker: the second checker takes every certificate, and refuses every attack at the line where the first does.
func TestSecondChecker(t *testing.T) {
	s := startSecond(t)
	for _, name := range Certified() {
		text, err := Certificate(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.taken(text); err != nil {
			t.Errorf("%s: line %v", name, err)
		}
	}
	for _, a := range attacks(t) {
		first, err := taken(a.lines), s.taken(a.lines)
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
			if err := s.taken(a.lines); err == nil || time.Since(start) > time.Minute {
				t.Errorf("%s: %v after %v", a.tries, err, time.Since(start))
			}
		}
	}
}
