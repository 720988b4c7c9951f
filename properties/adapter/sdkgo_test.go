//go:build unix

package adapter

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ebmcheck/properties/op"
)

// TestGoSDK holds the Go SDK, with a loss beside an op, to what it is asked and to the
// schema.
func TestGoSDK(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	limits := ample
	limits.Validate = true
	d, err := Open(t.Context(), buildSDK(t, goLosses), limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	s := d.Subject()
	if r, ok := op.Find("go_hinge"); !ok || !s.Offers("go_hinge") || !s.Offers(op.Infer) || r.Params[0].Within != (op.Within{Lo: 1, Hi: 2}) {
		t.Fatalf("offers %v, %+v", s.Ops, r)
	}
	got := s.Answer([]op.Call{
		{Op: op.Infer, Energies: []float64{3, 1, 2}},
		{Op: op.Gibbs, Energies: []float64{0.25, 0.75}, Beta: 1},
		{Op: "go_hinge", Energies: []float64{3, 1}, Margin: 0.5, Params: map[string]float64{"g": 1.5}},
	})
	for i, want := range []op.Reply{{Index: 2}, {Probs: []float64{0.25, 0.75}}, {Value: 3.75, Grad: []float64{1, -1}}} {
		if !got[i].Equal(want) {
			t.Errorf("answer %d: got %+v, want %+v", i, got[i], want)
		}
	}
}

// buildSDK builds this text of main.go beside the Go SDK, and returns the command.
func buildSDK(t *testing.T, main string) []string {
	t.Helper()
	sdk, err := os.ReadFile("../../adapters/go/adapter/adapter.go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module own\n\ngo 1.26\n", "adapter/adapter.go": string(sdk), "main.go": main} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-o", "own", ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return []string{filepath.Join(dir, "own")}
}

const goLosses = `package main

import "own/adapter"

func main() {
	adapter.Serve(adapter.Info{Name: "own"}, adapter.Ops{
		"infer": func(c adapter.Call) (adapter.Answer, error) { return adapter.Answer{Index: len(c.Energies) - 1}, nil },
		"gibbs": func(c adapter.Call) (adapter.Answer, error) { return adapter.Answer{Probs: c.Energies}, nil },
	}, adapter.Loss{Name: "go_hinge", Formula: "g*pos(m + F[y] - F[ybar])", Ranges: map[string][2]float64{"g": {1, 2}},
		Func: func(c adapter.Call) (adapter.Answer, error) {
			return adapter.Answer{Value: c.Params["g"] * (c.Margin + c.Energies[0] - c.Energies[1]), Grad: []float64{1, -1}}, nil
		},
	})
}
`
