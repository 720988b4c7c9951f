//go:build bench && unix

package bench

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"
)

// others are the libraries of Python, each asked by a line of JSON; nil where there is no Python.
type others struct {
	in   io.Writer
	out  *bufio.Reader
	have map[string]string // their versions
}

// python starts others.py by the command PYTHON, or python3.
func python(t *testing.T) *others {
	name := os.Getenv("PYTHON")
	if name == "" {
		name = "python3"
	}
	c := exec.Command(name, "others.py")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Logf("no Python: %v", err)
		return &others{}
	}
	t.Cleanup(func() { c.Wait() })
	t.Cleanup(func() { in.Close() })
	o := &others{in: in, out: bufio.NewReader(out)}
	o.answer(t, &o.have)
	return o
}

// An answered is what others.py says to a request.
type answered struct {
	NS         float64
	Values     []float64
	All, Alone float64
}

func (o *others) ask(t *testing.T, request map[string]any) (a answered) {
	t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	o.answer(t, &a)
	return a
}

func (o *others) answer(t *testing.T, a any) {
	t.Helper()
	line, err := o.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("others.py: %v", err)
	}
	if err := json.Unmarshal(line, a); err != nil {
		t.Fatalf("others.py said %q: %v", line, err)
	}
}
